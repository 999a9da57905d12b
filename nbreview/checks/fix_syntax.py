"""Repairs of cells that Python cannot compile, where one repair is certain.

Imports `fix_text`, `fix_brackets`, `fix_case`, `notebook` and below. What each step follows is the Python
tutorial (chapter 8, "Syntax Errors"), the language reference (chapters 2 and 8), "What's New in Python 3.0"
(print, exceptions) and 3.12 (f-strings).

A cell may be broken in several places: each step mends the one that Python names, and is taken only when
Python then gets further. A fix is what remains when the whole cell compiles; otherwise there is none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from nbreview.checks.fix_brackets import STEPS as BRACKETS
from nbreview.checks.fix_text import COMPOUND, OPENING, Broken, Word, broken
from nbreview.notebook.bindings import parse_cell
from nbreview.words import said

Step = Callable[[Broken], tuple[str, str] | None]
"""The source with one thing mended and why, or None."""

_MOST_STEPS = 60
_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4", "'"),
        **dict.fromkeys("\u2212\u2013\u2010\u2011", "-"),
        **dict.fromkeys("\u00a0\u2003\u2002\u2009\u202f\u3000", " "),
        **dict.fromkeys("\u200b\u200c\u200d\ufeff\u2060", ""),
        "\u00d7": "*",
        "\uff08": "(",
        "\uff09": ")",
        "\uff0c": ",",
        "\uff1a": ":",
        "\uff1b": ";",
        "\uff1d": "=",
    }
)
_WORDS_OF_OTHERS = {"&&": "and", "||": "or", "<>": "!="}


@dataclass(frozen=True, slots=True)
class Repair:
    """A source that compiles, and why it is right in a sentence."""

    source: str
    reason: str


def repair(source: str, message: str = "") -> Repair | None:
    """Mend a cell that cannot be compiled; None where how is not certain.

    Parameters
    ----------
    message:
        What the notebook's own Python said, which may be older than this one: what it could not read this
        one may.
    """
    reasons: dict[str, None] = {}
    text = source
    if parse_cell(source).tree is not None:
        mended = older_quotes(source) if message.startswith("f-string") else None
        return Repair(*mended) if mended is not None else None
    for _ in range(_MOST_STEPS):
        state = broken(text)
        if state is None:
            break
        step = next((found for found in _answers(state) if _gets_further(state, found[0])), None)
        if step is None:
            return None
        text = step[0]
        reasons[step[1]] = None
    if text == source or parse_cell(text).tree is None:
        return None
    first = next(iter(reasons))
    if len(reasons) > 1:
        first = said("{reason} And {count} more of this cell.", reason=first, count=len(reasons) - 1)
    return Repair(text, first)


def _answers(state: Broken) -> Iterator[tuple[str, str]]:
    for step in STEPS:
        found = step(state)
        if found is not None and found[0] and found[0] != state.source:
            yield found


def _gets_further(state: Broken, text: str) -> bool:
    """Whether Python reads more of the cell than before."""
    after = parse_cell(text)
    if after.problem is None:
        return after.tree is not None
    return after.problem.line > state.problem.line


# --- steps --------------------------------------------------------------------------------------------------


def lookalikes(state: Broken) -> tuple[str, str] | None:
    """Typographic quotes, dashes and spaces, as they come with text copied from a page."""
    if not re.match(r"invalid (?:non-printable )?character", state.problem.message):
        return None
    edits = [
        (word.start, word.end, word.text.translate(_LOOKALIKES))
        for word in state.words
        if word.kind not in ("string", "comment") and word.text.translate(_LOOKALIKES) != word.text
    ]
    reason = said("Quotes, dashes or spaces here are those of printed text; Python reads the plain ones.")
    return state.edited(edits), reason


def print_statement(state: Broken) -> tuple[str, str] | None:
    """`print x` of Python 2 is `print(x)` (What's New in Python 3.0)."""
    if not state.problem.message.startswith("Missing parentheses in call to 'print'"):
        return None
    words = [word for word in state.words if word.kind != "comment"]
    here = next(
        (
            number
            for number, word in enumerate(words)
            if word.text == "print" and word.inside < 0 and word.start >= state.at
        ),
        None,
    )
    if here is None:
        return None
    given: list[Word] = []
    for word in words[here + 1 :]:
        ends = word.kind == "end" and not word.text.startswith("\\")
        if word.inside < 0 and (ends or word.text == ";"):
            break
        given.append(word)
    given = [word for word in given if word.kind != "end"]
    if not given or given[0].text == ">>":
        return None
    gap = (words[here].end, given[0].start, "(")
    if given[-1].text == ",":  # no new line behind it
        return state.edited([gap, (given[-1].start, given[-1].end, ', end=" ")')]), _PRINT
    return state.edited([gap, (given[-1].end, given[-1].end, ")")]), _PRINT


_PRINT = said("print is a function in Python 3: what is printed stands in brackets.")


def colon(state: Broken) -> tuple[str, str] | None:
    """The head of an `if`, a loop, a function or a class ends with a colon."""
    if not re.match(r"expected ':'|invalid syntax|expected '\('", state.problem.message):
        return None
    words = state.logical(state.at)
    if not words or words[0].text not in COMPOUND or words[-1].text == ":":
        return _else_if(state, words)
    if any(word.text == ":" and word.inside < 0 for word in words):
        return _else_if(state, words)
    if words[0].text not in ("else", "try", "finally", "except") and len(words) < 2:
        return None
    if not _goes_on_indented(state, words[-1].end) or words[-1].text in (",", "=", "and", "or", "\\"):
        return None
    at = words[-1].end
    return state.edited([(at, at, ":")]), said(
        "The line that begins with “{word}” ends with a colon.", word=words[0].text
    )


def _else_if(state: Broken, words: tuple[Word, ...]) -> tuple[str, str] | None:
    if len(words) < 3 or (words[0].text, words[1].text) != ("else", "if"):
        return None
    return state.edited([(words[0].start, words[1].end, "elif")]), said("Python writes “else if” as “elif”.")


def _goes_on_indented(state: Broken, place: int) -> bool:
    """Whether the next line of code stands further to the right."""
    row = state.line_of(place)
    lines = state.text.split("\n")
    indent = len(lines[_first_row(state, row)]) - len(lines[_first_row(state, row)].lstrip())
    for line in lines[row + 1 :]:
        if line.strip() and not line.lstrip().startswith("#"):
            return len(line) - len(line.lstrip()) > indent
    return False


def _first_row(state: Broken, row: int) -> int:
    """The line on which the statement of a line begins."""
    words = state.logical(state.start_of(row) + len(state.text.split("\n")[row]))
    return state.line_of(words[0].start) if words else row


def comparison(state: Broken) -> tuple[str, str] | None:
    """`==` compares, `=` binds: a condition compares."""
    if "Maybe you meant '=='" not in state.problem.message and state.problem.message != "invalid syntax":
        return None
    words = state.logical(state.at)
    if not words:
        return None
    heads = words[0].text in ("if", "elif", "while", "assert")
    brackets = {word.start: place for place, word in enumerate(words) if word.text in OPENING}
    edits = []
    for word in words:
        if word.text != "=":
            continue
        if _may_bind(words, word):
            return None
        place = brackets.get(word.inside)
        if place is None:
            condition = heads and word.inside < 0
        else:
            called = words[place].text == "(" and place > 0 and words[place - 1].ends_value
            condition = words[place].text in "([" and not called
        if condition:
            edits.append((word.start, word.end, "=="))
    if not edits:
        return None
    return state.edited(edits), said("“=” binds a name; what compares two values is “==”.")


def _may_bind(words: tuple[Word, ...], sign: Word) -> bool:
    """Whether `if m = search(…)` may have been meant to bind a name in its condition."""
    here = words.index(sign)
    named = here == 2 and words[1].kind == "name"
    return named and any(word.text == "(" for word in words[here:])


def other_signs(state: Broken) -> tuple[str, str] | None:
    """`&&`, `||`, `<>` and `i++` are of other languages, or of Python 2."""
    words = state.logical(state.at)
    edits: list[tuple[int, int, str]] = []
    for left, right in pairwise(words):
        if right.text in _WORDS_OF_OTHERS and left.ends_value:
            new = _WORDS_OF_OTHERS[right.text]
            before = " " if left.end == right.start and new.isalpha() else ""
            after = "" if state.text[right.end : right.end + 1].isspace() or not new.isalpha() else " "
            edits.append((right.start, right.end, f"{before}{new}{after}"))
    if len(words) == 2 and words[0].kind == "name" and words[1].text == "++":
        edits.append((words[0].end, words[1].end, " += 1"))
    if not edits:
        return None
    return state.edited(edits), said("Python writes these signs otherwise: and, or, !=, += 1.")


def keywords(state: Broken) -> tuple[str, str] | None:
    """A keyword in capitals or with two letters swapped, at the beginning of a statement."""
    words = state.logical(state.at)
    if not words or words[0].kind != "name" or len(words) < 2:
        return None
    first = words[0].text
    choices = COMPOUND | {"import", "from", "return"}
    lower = first.lower()
    meant = lower if lower in choices and lower != first else ""
    if not meant and len(first) > 3 and first not in choices:
        swapped = [word for word in choices if sorted(word) == sorted(first) and word[0] == first[0]]
        meant = swapped[0] if len(swapped) == 1 else ""
    if not meant:
        return None
    return state.edited([(words[0].start, words[0].end, meant)]), said(
        "“{first}” is the keyword “{meant}”.", first=first, meant=meant
    )


def exceptions(state: Broken) -> tuple[str, str] | None:
    """`except E, e:` is `except E as e:`, `raise E, "…"` is `raise E("…")` (What's New in Python 3.0)."""
    words = state.logical(state.at)
    reason = said("Python 3 writes exceptions this way (What's New in Python 3.0).")
    if len(words) == 5 and words[0].text == "except" and [words[2].text, words[4].text] == [",", ":"]:
        if words[3].kind != "name" or words[3].text[:1].isupper():
            return None
        return state.edited([(words[1].end, words[3].start, " as ")]), reason
    if len(words) >= 4 and words[0].text == "raise" and words[1].kind == "name" and words[2].text == ",":
        if any(word.text == "," and word.inside < 0 for word in words[3:]):
            return None
        end = words[-1].end
        return state.edited([(words[1].end, words[3].start, "("), (end, end, ")")]), reason
    return None


def older_quotes(source: str) -> tuple[str, str] | None:
    """An f-string that uses its own quotes inside its braces, which Python can read since 3.12 only (What's
    New in Python 3.12, PEP 701).
    """
    for match in re.finditer(r"\b(?:[fF][rR]?|[rR][fF])(['\"])(?!\1\1)", source):
        quote, other = match[1], "'" if match[1] == '"' else '"'
        depth, place, inner = 0, match.end(), []
        while place < len(source) and source[place] != "\n":
            sign = source[place]
            if sign == "{" and source[place : place + 2] == "{{" and not depth:
                place += 1
            elif sign in "{}":
                depth += 1 if sign == "{" else -1
            elif sign == quote and depth > 0:
                inner.append(place)
            elif sign == quote:
                break
            place += 1
        whole = source[match.end() : place]
        if not inner or len(inner) % 2 or other in whole or "\\" in whole or depth:
            continue
        letters = list(source)
        for at in inner:
            letters[at] = other
        return "".join(letters), said(
            "Before Python 3.12 an f-string cannot have its own quotes in its braces."
        )
    return None


def nested_quotes(state: Broken) -> tuple[str, str] | None:
    """As `older_quotes`, where the Python that reads it is an old one."""
    line = state.text.split("\n")[state.problem.line]
    if not re.search(r"\b[fF][rR]?['\"]", line):
        return None
    mended = older_quotes(line)
    if mended is None:
        return None
    start = state.start_of(state.problem.line)
    return state.edited([(start, start + len(line), mended[0])]), mended[1]


def apostrophe(state: Broken) -> tuple[str, str] | None:
    """`'It's'`: a text with an apostrophe stands in double quotes (Python tutorial, 3.1.2)."""
    line = state.text.split("\n")[state.problem.line]
    places = [place for place, sign in enumerate(line) if sign == "'"]
    if len(places) != 3 or '"' in line or not re.search(r"\w'(?:s|t|re|ve|ll|d|m)\b", line[places[0] + 1 :]):
        return None
    if not re.match(r"\w'\w", line[places[1] - 1 : places[1] + 2]):
        return None
    start = state.start_of(state.problem.line)
    edits = [(start + place, start + place + 1, '"') for place in (places[0], places[2])]
    return state.edited(edits), said("The apostrophe ends this text; in double quotes it is part of it.")


def unterminated(state: Broken) -> tuple[str, str] | None:
    """A text that is not ended on its line: at the one place where the line then is whole."""
    if not re.match(r"unterminated (?:f-)?string literal|EOL while scanning", state.problem.message):
        return None
    start, row = state.at, state.problem.line
    line_end = state.start_of(row) + len(state.text.split("\n")[row])
    while state.text[start : start + 1].isalpha():
        start += 1
    quote = state.text[start : start + 1]
    rest = state.text[start + 1 : line_end].rstrip()
    if quote not in ("'", '"') or quote in rest or "#" in rest:
        return None
    tail = len(rest) - len(rest.rstrip(")]}"))
    other = "'" if quote == '"' else '"'
    at = start + 1 + len(rest) - tail
    if state.text[at - 1] == other and rest.count(other) == 1 and at - 1 > start + 1:
        return state.edited([(at - 1, at, quote)]), said("A text ends with the quote that it began with.")
    found = []
    for back in range(tail + 1):
        place = start + 1 + len(rest) - back
        text = state.edited([(place, place, quote)])
        if text and _gets_further(state, text):
            found.append(text)
    if len(found) != 1 or not rest[: len(rest) - tail].strip():
        return None
    return found[0], said("The quote that ends this text was missing.")


def block(state: Broken) -> tuple[str, str] | None:
    """A body that is not indented, where it is plain which lines it has."""
    lines = state.text.split("\n")
    message, row = state.problem.message, state.problem.line
    if message.startswith("expected an indented block"):
        head = next(
            (at for at in range(row - 1, -1, -1) if lines[at].strip() and lines[at].strip()[0] != "#"), None
        )
        if head is None or not lines[row].strip():
            return None
        width = _indent(lines[head])
        body = [at for at in range(row, len(lines)) if lines[at].strip()]
        here = next(
            (at for at in range(row, len(lines)) if not lines[at].strip() or _indent(lines[at]) < width),
            len(lines),
        )
        body = [at for at in body if at < here]
        if lines[head].lstrip().startswith(("def ", "async def ")):
            returns = [at for at in body if re.match(r"return\b", lines[at].lstrip())]
            body = [at for at in body if returns and at <= returns[-1]]
        elif len([at for at in body if _indent(lines[at]) == width]) != 1:
            return None
        if not body or any(_indent(lines[at]) < width for at in body):
            return None
        step = " " * _width_of_step(lines)
        edits = [(state.start_of(at), state.start_of(at), step) for at in body]
        return state.edited(edits), said("What belongs to the line above stands further to the right.")
    if message == "unexpected indent":
        above = next((at for at in range(row - 1, -1, -1) if lines[at].strip()), None)
        if above is None or lines[above].rstrip().endswith((":", "\\")) or "#" in lines[above]:
            return None
        extra = _indent(lines[row]) - _indent(lines[above])
        width = _indent(lines[row])
        rows = []
        for at in range(row, len(lines)):
            if lines[at].strip() and _indent(lines[at]) < width:
                break
            if lines[at].strip():
                rows.append(at)
        if extra <= 0 or "\t" in "".join(lines[at][:width] for at in rows):
            return None
        edits = [(state.start_of(at), state.start_of(at) + extra, "") for at in rows]
        return state.edited(edits), said(
            "This line stood further to the right than the lines that it belongs to."
        )
    if message.startswith("unindent does not match"):
        levels = {_indent(line) for line in lines[:row] if line.strip()}
        width = _indent(lines[row])
        near = [level for level in levels if abs(level - width) == 1]
        if len(near) != 1:
            return None
        rows = []
        for at in range(row, len(lines)):
            if lines[at].strip() and _indent(lines[at]) != width:
                break
            rows.append(at)
        edits = [
            (state.start_of(at), state.start_of(at) + width, " " * near[0])
            for at in rows
            if lines[at].strip()
        ]
        return state.edited(edits), said("This line is one space off the lines that it stands with.")
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _width_of_step(lines: list[str]) -> int:
    widths = {_indent(line) for line in lines if line.strip()} - {0}
    return min(widths) if widths and min(widths) in (2, 3, 4) else 4


def tabs(state: Broken) -> tuple[str, str] | None:
    """Tabs among spaces, where it makes no difference how wide a tab is."""
    if state.problem.exception != "TabError":
        return None
    lines = state.source.split("\n")
    found = []
    for width in (4, 8):
        text = "\n".join(line[: _indent(line)].expandtabs(width) + line[_indent(line) :] for line in lines)
        if parse_cell(text).tree is not None:
            found.append(text)
    if len(found) != 1:
        return None
    return found[0], said("Tabs and spaces were mixed; spaces alone say how far a line stands to the right.")


STEPS: tuple[Step, ...] = (
    lookalikes,
    print_statement,
    exceptions,
    nested_quotes,
    apostrophe,
    unterminated,
    *BRACKETS,
    colon,
    comparison,
    other_signs,
    keywords,
    block,
    tabs,
)
"""Every step, surest first."""
