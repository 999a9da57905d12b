"""What the model's replies to the steps of a draft hold: plans, points, a number, cells.

Imports `replies`, `thoughts`, `notebook` and below. Pure: text in, values out; a reply that cannot be used
raises `UnusableReplyError` with the sentence that the model is told when it is asked once more.
"""

import re
from dataclasses import dataclass

from nbreview.assist.replies import EMPTY, NO_BLOCK, UNFINISHED_THOUGHT, blocks_in, problem_of
from nbreview.assist.thoughts import without_thoughts
from nbreview.notebook.model import CellType
from nbreview.words import Said, said

SECTIONS = ("Data preparation", "Model", "Training and evaluation")

_HEADING = re.compile(r"^\s*(?:#{1,6}\s+|\*\*)(.+?)(?:\*\*)?\s*:?\s*(?:\*\*)?\s*$")
_NUMBERED = re.compile(r"^(?:plan\s*)?\d+\s*[.:)]\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\bplan\s*\**#?(\d)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\b(\d)\b")
_LONGEST_TITLE = 120


class UnusableReplyError(ValueError):
    """A reply that cannot be used, with a sentence that says why."""

    def __init__(self, message: Said) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan, in its three sections."""

    title: str
    preparation: str
    model: str
    training: str

    @property
    def text(self) -> str:
        """The plan as a person reads it and a prompt shows it."""
        parts = zip(SECTIONS, (self.preparation, self.model, self.training), strict=True)
        return "\n\n".join(f"## {title}\n{body}" for title, body in parts)


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell of a draft; `cell_type` is code or markdown."""

    cell_type: str
    source: str


def parse_plan(reply: str) -> Plan:
    """A plan with all of its sections; headings may be dressed as models like to."""
    title = ""
    bodies: dict[int, list[str]] = {}
    current: int | None = None
    for line in _plain(reply).split("\n"):
        match = _HEADING.match(line)
        place = _section(match[1]) if match else None
        if match and place is not None:
            current = place
            bodies.setdefault(place, [])
        elif match and not bodies and not title:
            title = _NUMBERED.sub("", match[1]).strip(" *:#")
        elif current is not None:
            bodies[current].append(line)
    texts = ["\n".join(bodies.get(place, ())).strip() for place in range(len(SECTIONS))]
    missing = [name for name, text in zip(SECTIONS, texts, strict=True) if not text]
    if missing:
        raise UnusableReplyError(said("The plan has no part “{part}”.", part=missing[0]))
    first = texts[1].split("\n")[0].strip("-* ")
    title = title or first
    return Plan(title[:_LONGEST_TITLE], *texts)


def parse_points(reply: str) -> str:
    """A critique: any words."""
    text = _plain(reply).strip()
    if not re.search(r"\w{3}", text):
        raise UnusableReplyError(EMPTY)
    return text


def parse_number(reply: str, count: int) -> int | None:
    """The index of the plan that a reply names last, None where it names none."""
    text = without_thoughts(reply) or ""
    found = _NUMBER.findall(text) or _DIGIT.findall(text)
    numbers = [int(each) for each in found if 1 <= int(each) <= count]
    return numbers[-1] - 1 if numbers else None


def parse_draft_cells(reply: str, language: str) -> tuple[DraftCell, ...]:
    """Markdown and code cells in order: text outside of fences is markdown, a block is code unless it is
    marked as text. Every code cell parses, and there is one at least.
    """
    text = _plain(reply)
    blocks = blocks_in(text)
    if not blocks:
        raise UnusableReplyError(NO_BLOCK)
    cells: list[DraftCell] = []
    place = 0
    for number, block in enumerate(blocks, 1):
        if not block.closed:
            raise UnusableReplyError(said("Code block {number} is not closed.", number=number))
        _add(cells, "markdown", text[place : block.start])
        place = block.end
        tag = block.tag.lower()
        if tag in ("markdown", "md", "text", "txt", "output"):
            _add(cells, "markdown", block.text)
            continue
        source = block.text.strip("\n")
        if tag in ("bash", "sh", "shell", "console") and language.lower() == "python":
            source = "\n".join(_shell(line) for line in source.split("\n") if line.strip())
            tag = "python"
        if not source.strip():
            continue
        problem = problem_of(source, tag, "", CellType.CODE, language)
        if problem:
            raise UnusableReplyError(
                said("Code block {number} cannot be used. {problem}", number=number, problem=problem)
            )
        _add(cells, "code", source)
    _add(cells, "markdown", text[place:])
    if not any(cell.cell_type == "code" for cell in cells):
        raise UnusableReplyError(said("The reply has no code block that is code."))
    return tuple(cells)


def _plain(reply: str) -> str:
    text = without_thoughts(reply.replace("\r\n", "\n"))
    if text is None:
        raise UnusableReplyError(UNFINISHED_THOUGHT)
    if not text.strip():
        raise UnusableReplyError(EMPTY)
    return text


def _section(heading: str) -> int | None:
    """Which section a heading begins."""
    words = _NUMBERED.sub("", heading.strip(" *:#")).lower()
    if len(words) > 60:
        return None
    if words.startswith(("data prep", "data proc", "preprocess", "data clean", "preparation", "data")):
        return 0
    if words.startswith(
        ("training", "train ", "evaluation", "model training", "model evaluation", "validation")
    ):
        return 2
    if words.startswith("model"):
        return 1
    return None


def _shell(line: str) -> str:
    """A command as IPython runs it; installing goes through `%pip`, which meets the kernel's environment."""
    command = line.strip().removeprefix("$").strip()
    if command.startswith(("#", "!", "%")):
        return command
    return f"%{command}" if command.startswith("pip ") else f"!{command}"


def _add(cells: list[DraftCell], cell_type: str, text: str) -> None:
    stripped = text.strip() if cell_type == "markdown" else text.strip("\n")
    if stripped:
        cells.append(DraftCell(cell_type, stripped))
