"""The text of a cell that Python cannot compile: its words, its brackets, and edits at places.

Imports `notebook` and below. A broken cell has no tree and Python's own tokenizer gives up on it, so that
words are read here by a pattern (Python language reference, chapter 2, "Lexical analysis"). IPython's syntax
is taken out by `magics`; an edit at a place that is not as written is refused.
"""

import keyword
import re
from collections.abc import Sequence
from dataclasses import dataclass

from nbreview.notebook.bindings import ParsedCell, SyntaxProblem, parse_cell

_WORDS = re.compile(
    r"(?P<comment>\#[^\n]*)"
    r"|(?P<string>(?i:rb|br|fr|rf|[rbuf])?"
    r"(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'))"
    r"|(?P<number>(?:\d[\w.]*|\.\d\w*))"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<end>\\?\n)"
    r"|(?P<space>[ \t\f]+)"
    r"|(?P<sign>\*\*=|//=|>>=|<<=|[-+*/%&|^=!<>:@]=|->|\*\*|//|<<|>>|<>|&&|\|\||\+\+|.)",
    re.DOTALL,
)
OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = {end: start for start, end in OPENING.items()}
COMPOUND = frozenset(
    {"if", "elif", "else", "for", "while", "def", "class", "try", "except", "finally", "with", "async"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a source: what it is, its text, and where it begins in the source. `inside` is the place
    of the bracket that it stands in, -1 for none.
    """

    kind: str
    text: str
    start: int
    inside: int = -1

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.start + len(self.text)

    @property
    def ends_value(self) -> bool:
        """Whether an expression may end with it."""
        if self.kind == "name":
            return not keyword.iskeyword(self.text) or self.text in ("None", "True", "False")
        return self.kind in ("number", "string") or self.text in CLOSING

    @property
    def begins_value(self) -> bool:
        """Whether an expression may begin with it, other than by a bracket or a sign."""
        if self.kind == "name":
            plain = not keyword.iskeyword(self.text)
            return plain or self.text in ("None", "True", "False", "lambda")
        return self.kind in ("number", "string")


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that cannot be compiled, as text without IPython's syntax, and where Python gave up.

    `at` is the place in `text` that Python names.
    """

    source: str
    parsed: ParsedCell
    problem: SyntaxProblem
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The cell as plain Python."""
        return self.parsed.plain.source

    @property
    def at(self) -> int:
        """The place that Python's message names."""
        shift = self.parsed.plain.shifts[self.problem.line]
        return self.start_of(self.problem.line) + max(self.problem.column - shift, 0)

    def start_of(self, line: int) -> int:
        """Where a line begins."""
        return sum(len(each) + 1 for each in self.text.split("\n")[:line])

    def line_of(self, place: int) -> int:
        """The line that a place is on, from 0."""
        return self.text.count("\n", 0, place)

    def logical(self, place: int) -> tuple[Word, ...]:
        """The words of the statement at a place: comments and what joins lines left out."""
        found: list[Word] = []
        for word in self.words:
            if word.kind == "end" and word.inside < 0 and not word.text.startswith("\\"):
                if word.start >= place:
                    break
                found = []
            elif word.kind not in ("comment", "end"):
                found.append(word)
        return tuple(found)

    def edited(self, edits: Sequence[tuple[int, int, str]]) -> str:
        """The source with stretches of the text replaced, "" where one is not as written."""
        written = self.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines, shifts = self.text.split("\n"), self.parsed.plain.shifts
        for start, end, new in sorted(edits, reverse=True):
            row = self.line_of(start)
            column, width = start - self.start_of(row), end - start
            shift = shifts[row]
            if written[row][shift:] != lines[row] and written[row].strip():
                return ""
            if column + width > len(lines[row]):
                return ""
            at = column + shift
            written[row] = written[row][:at] + new + written[row][at + width :]
            lines[row] = lines[row][:column] + new + lines[row][column + width :]
        return "\n".join(written)


def broken(source: str) -> Broken | None:
    """Read a cell that cannot be compiled; None where it can, or where nothing is to be said of it."""
    parsed = parse_cell(source)
    if parsed.problem is None:
        return None
    return Broken(source, parsed, parsed.problem, words_of(parsed.plain.source))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a source, space left out, each with the bracket that it stands in."""
    found: list[Word] = []
    open_: list[tuple[int, str]] = []
    for match in _WORDS.finditer(text):
        kind = str(match.lastgroup)
        if kind == "space":
            continue
        said = match.group()
        if said in CLOSING and open_ and open_[-1][1] == CLOSING[said]:
            open_.pop()
        found.append(Word(kind, said, match.start(), open_[-1][0] if open_ else -1))
        if kind == "sign" and said in OPENING:
            open_.append((match.start(), said))
    return tuple(found)
