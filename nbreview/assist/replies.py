"""What a model's reply holds: the new text of a cell and a reason, or why it cannot be used.

Imports `notebook` and below. Pure: text in, `ParsedEdit` out. A reply that is not certainly a whole, usable
cell is a failure with a sentence, which is also what the model is told when it is asked once more.
"""

import re
from dataclasses import dataclass

from nbreview.notebook.bindings import parse_cell
from nbreview.notebook.model import Cell, CellType

NO_REASON = "The model gave no reason."

_THINK = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_THINK_OPEN = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_THINK_CLOSE = re.compile(r"^.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
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
class _Block:
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
    text = _without_thoughts(reply.replace("\r\n", "\n"))
    if text is None:
        return _failure("The reply ended before the model was done thinking.")
    if not text.strip():
        return _failure("The reply is empty.")
    blocks = _blocks(text)
    if not blocks:
        cause = "ended before it came to the code block" if finish == "length" else "has no code block"
        return _failure(f"The reply {cause}.", _reason(text, None))
    reason = _reason(text, blocks[0])
    last = blocks[-1]
    if not last.closed:
        why = "the longest reply was reached" if finish == "length" else "its code block is not closed"
        return _failure(f"The reply is unfinished: {why}.", reason)
    if len({block.text.strip() for block in blocks}) > 1:
        return _failure(
            f"The reply has {len(blocks)} code blocks, where one with the whole cell was asked for.", reason
        )
    source = _as_written(blocks[0].text, cell.source)
    problem = _problem(source, blocks[0].tag.lower(), cell, language)
    return ParsedEdit(source if not problem else "", reason, problem)


def code_in(reply: str) -> str:
    """The first code block of a reply, whatever can be said against it; without one, all of the reply but
    what was thought aloud. For scores, never to be applied.
    """
    return marked_code_in(reply)[1]


def marked_code_in(reply: str) -> tuple[str, str]:
    """As `code_in`, and before it what the block is marked as, in lower case ("" where it is not)."""
    text = _without_thoughts(reply.replace("\r\n", "\n"))
    if text is None:
        return "", ""
    blocks = _blocks(text)
    return (blocks[0].tag.lower(), blocks[0].text) if blocks else ("", text.strip())


def _failure(sentence: str, reason: str = "") -> ParsedEdit:
    return ParsedEdit("", reason, sentence)


def _problem(source: str, tag: str, cell: Cell, language: str) -> str:
    """Why a block cannot replace the cell, or ""."""
    if not source.strip():
        return "The code block is empty."
    if tag in ("diff", "patch"):
        return "The code block is a diff, where the whole cell was asked for."
    if source.rstrip() == cell.source.rstrip():
        return "The code block is the cell as it was: nothing is changed."
    elided = _ELISION.search(source)
    if elided is not None and elided[0].strip() not in cell.source:
        return f"The code block leaves part of the cell out (“{elided[0].strip()}”)."
    if cell.cell_type is CellType.CODE and language.lower() in ("python", "ipython", "python3"):
        if tag not in _PYTHON_TAGS and not cell.source.lstrip().startswith("%%"):
            return f"The code block is marked as {tag}, not as Python."
        problem = parse_cell(source).problem
        if problem is not None:
            return (
                f"The code does not parse: {problem.message}, line {problem.line + 1} ({problem.exception})."
            )
    return ""


def _without_thoughts(reply: str) -> str | None:
    """The reply without what reasoning models think aloud; None when it ends inside a thought."""
    text = _THINK.sub("", reply)
    if _THINK_OPEN.search(text):
        return None
    # Some chat templates open the thought in the prompt: only its end is in the reply.
    return _THINK_CLOSE.sub("", text, count=1)


def _blocks(text: str) -> list[_Block]:
    """Fenced blocks in order. A fence is closed by one of its own kind that is at least as long
    (CommonMark 4.5).
    """
    found: list[_Block] = []
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
                found.append(_Block(tag, "\n".join(lines), start, offset + len(line), True))
                opened = None
            else:
                lines.append(line.removeprefix(indent))
        offset += len(line) + 1
    if opened is not None:
        _, tag, start, lines, _ = opened
        found.append(_Block(tag, "\n".join(lines), start, len(text), False))
    return found


def _as_written(text: str, before: str) -> str:
    """The block's text with the end that the cell had: no newline at the end unless there was one."""
    text = text.strip("\n")
    return f"{text}\n" if before.endswith("\n") and text else text


def _reason(text: str, block: _Block | None) -> str:
    """The first sentence of the prose before the block, else after it."""
    around = [text] if block is None else [text[: block.start], text[block.end :]]
    for prose in around:
        words = " ".join(_LIST_MARK.sub("", line).strip() for line in prose.splitlines() if line.strip())
        words = words.replace("**", "").strip()
        match = _SENTENCE.match(words)
        sentence = (match[1] if match else words).strip().rstrip(":")
        if sentence:
            return sentence if len(sentence) <= _LONGEST_REASON else f"{sentence[:_LONGEST_REASON].rstrip()}…"
    return NO_REASON
