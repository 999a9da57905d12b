"""What a model's reply holds: the new text of a cell and a reason, or why it cannot be used.

Imports `thoughts`, `notebook` and below. Pure: text in, `ParsedEdit` out. A reply that is not certainly a
whole, usable cell is a failure with a sentence, which is also what the model is told when it is asked once
more.
"""

import re
from dataclasses import dataclass

from nbreview.assist.thoughts import without_thoughts
from nbreview.notebook.bindings import parse_cell
from nbreview.notebook.model import Cell, CellType
from nbreview.words import said

NO_REASON = said("The model gave no reason.")
UNCHANGED = said("The code block is the cell as it was: nothing is changed.")
UNFINISHED_THOUGHT = said("The reply ended before the model was done thinking.")
EMPTY = said("The reply is empty.")
NO_BLOCK = said("The reply has no code block.")
TOO_LONG = said("The reply is unfinished: the longest reply was reached.")
NOT_CLOSED = said("The reply is unfinished: its code block is not closed.")

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*([\w+.#-]*)[^\n`]*$")
_ELISION = re.compile(
    r"^\s*(?:#|//|<!--)\s*\W{0,3}\s*(?:(?:the\s+)?rest of|remaining|existing|previous|same)\b.{0,40}"
    r"\b(?:code|cell|unchanged|as before|above|here|same)\b|^\s*(?:#|//)\s*(?:\.\.\.|…)",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE = re.compile(r"(.+?[.!?])(?=\s|$)", re.DOTALL)
_LIST_MARK = re.compile(r"^\s*(?:\d+[.)]|[-*•]|#+)\s+")
_LONGEST_REASON = 300
_PYTHON_TAGS = frozenset({"", "python", "py", "python3", "ipython", "ipython3", "jupyter", "code"})


@dataclass(frozen=True, slots=True)
class ParsedEdit:
    """A reply taken apart. `failed` is "" when `source` can be offered, else the sentence that says
    why not.
    """

    source: str
    reason: str
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: what it is marked as, its text, where it begins and ends in the reply, and whether its
    fence is closed.
    """

    tag: str
    text: str
    start: int
    end: int
    closed: bool


def parse_edit(reply: str, cell: Cell, language: str, finish: str) -> ParsedEdit:
    """Take the new source of a cell from a reply.

    Parameters
    ----------
    cell:
        The cell as it is: an answer equal to it changes nothing.
    language:
        The kernel's language; Python is checked to parse, with magics.
    finish:
        How the reply ended ("stop", "length").
    """
    text = without_thoughts(reply.replace("\r\n", "\n"))
    if text is None:
        return _failure(UNFINISHED_THOUGHT)
    if not text.strip():
        return _failure(EMPTY)
    blocks = blocks_in(text)
    if not blocks:
        cut_off = said("The reply ended before it came to the code block.")
        return _failure(cut_off if finish == "length" else NO_BLOCK, reason_in(text, None))
    reason = reason_in(text, blocks[0])
    last = blocks[-1]
    if not last.closed:
        return _failure(TOO_LONG if finish == "length" else NOT_CLOSED, reason)
    if len({block.text.strip() for block in blocks}) > 1:
        return _failure(
            said(
                "The reply has {count} code blocks, where one with the whole cell was asked for.",
                count=len(blocks),
            ),
            reason,
        )
    source = as_written(blocks[0].text, cell.source)
    problem = problem_of(source, blocks[0].tag.lower(), cell.source, cell.cell_type, language)
    return ParsedEdit(source if not problem else "", reason, problem)


def code_in(reply: str) -> str:
    """The first code block of a reply, whatever can be said against it; without one, all of the reply but
    what was thought aloud. For scores, never to be applied.
    """
    return marked_code_in(reply)[1]


def marked_code_in(reply: str) -> tuple[str, str]:
    """As `code_in`, and before it what the block is marked as, in lower case ("" where it is not)."""
    text = without_thoughts(reply.replace("\r\n", "\n"))
    if text is None:
        return "", ""
    blocks = blocks_in(text)
    return (blocks[0].tag.lower(), blocks[0].text) if blocks else ("", text.strip())


def _failure(sentence: str, reason: str = "") -> ParsedEdit:
    return ParsedEdit("", reason, sentence)


def problem_of(source: str, tag: str, before: str, cell_type: CellType, language: str) -> str:
    """Why a block cannot be a cell's source, or "". `before` is the source that it would replace, "" for
    none.
    """
    if not source.strip():
        return said("The code block is empty.")
    if tag in ("diff", "patch"):
        return said("The code block is a diff, where the whole cell was asked for.")
    if source.rstrip() == before.rstrip():
        return UNCHANGED
    elided = _ELISION.search(source)
    if elided is not None and elided[0].strip() not in before:
        return said("The code block leaves part of the cell out (“{mark}”).", mark=elided[0].strip())
    if cell_type is CellType.CODE and language.lower() in ("python", "ipython", "python3"):
        if tag not in _PYTHON_TAGS and not before.lstrip().startswith("%%") and not source.startswith("%%"):
            return said("The code block is marked as {tag}, not as Python.", tag=tag)
        parsed = parse_cell(source)
        if (problem := parsed.problem) is not None:
            return said(
                "The code does not parse: {problem}, line {line} ({exception}).",
                problem=problem.message,
                line=problem.line + 1,
                exception=problem.exception,
            )
        if parsed.tree is None and parsed.plain.python:
            return said("The code does not parse.")
    return ""


def blocks_in(text: str) -> list[Block]:
    """Fenced blocks in order. A fence is closed by one of its own kind that is at least as long
    (CommonMark 4.5).
    """
    found: list[Block] = []
    opened: tuple[str, str, int, list[str], str] | None = None
    offset = 0
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if opened is None:
            if match is not None:
                indent = line[: len(line) - len(line.lstrip())]
                opened = (match[1], match[2], offset, [], indent)
        else:
            mark, tag, start, lines, indent = opened
            bare = match is not None and not match[2] and line.strip() == match[1]
            if bare and match is not None and match[1][0] == mark[0] and len(match[1]) >= len(mark):
                found.append(Block(tag, "\n".join(lines), start, offset + len(line), True))
                opened = None
            else:
                lines.append(line.removeprefix(indent))
        offset += len(line) + 1
    if opened is not None:
        _, tag, start, lines, _ = opened
        found.append(Block(tag, "\n".join(lines), start, len(text), False))
    return found


def as_written(text: str, before: str) -> str:
    """The block's text with the end that the cell had: no newline at the end unless there was one."""
    text = text.strip("\n")
    return f"{text}\n" if before.endswith("\n") and text else text


def reason_in(text: str, block: Block | None) -> str:
    """Why the change is made: the first sentence of the prose before the block, else after it."""
    around = [text] if block is None else [text[: block.start], text[block.end :]]
    for prose in around:
        words = " ".join(_LIST_MARK.sub("", line).strip() for line in prose.splitlines() if line.strip())
        words = words.replace("**", "").strip()
        match = _SENTENCE.match(words)
        sentence = (match[1] if match else words).strip().rstrip(":")
        if sentence:
            return sentence if len(sentence) <= _LONGEST_REASON else f"{sentence[:_LONGEST_REASON].rstrip()}…"
    return NO_REASON
