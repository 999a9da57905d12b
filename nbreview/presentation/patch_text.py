"""Changed cells as a patch that people paste: the signs of a unified diff, a hunk a cell.

It is for reading, in a message or a review; a notebook is JSON, and git's own patch of it is another thing.
Imports nothing of Qt.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nbreview.diff.model import EditKind, NotebookDiff
from nbreview.presentation.labels import change_title
from nbreview.presentation.lines import split
from nbreview.presentation.rows import sides

CONTEXT = 3
"""Unchanged lines around a change, as git shows."""


class Part(NamedTuple):
    """Lines of one change: `first` and `last` count in its edits, both included; None is the end there."""

    change: int
    first: int | None = None
    last: int | None = None


class _Line(NamedTuple):
    kind: EditKind
    base: int | None
    head: int | None


def patch_text(diff: NotebookDiff, parts: Sequence[Part], base: str, head: str) -> str:
    """Some changes as a unified diff. `base` and `head` are what the sides are called."""
    lines = [f"--- {base or 'base'}", f"+++ {head or 'head'}"]
    for part in parts:
        lines.extend(_part(diff, part))
    return "\n".join(lines) + "\n"


def edit_place(diff: NotebookDiff, change: int, base: int | None, head: int | None) -> int | None:
    """Which edit of a change holds a line of base or of head."""
    for place, line in enumerate(_lines(diff, change)[2]):
        if (head is not None and line.head == head) or (base is not None and line.base == base):
            return place
    return None


def _lines(diff: NotebookDiff, index: int) -> tuple[Sequence[str], Sequence[str], list[_Line]]:
    change = diff.cells[index]
    if change.source is not None:
        text = change.source
        found = [_Line(edit.kind, edit.base_line, edit.head_line) for edit in text.edits]
        return text.base_lines, text.head_lines, found
    base, head = sides(diff, change)
    lines = split((head or base).source)  # type: ignore[union-attr]  # a change has a side at least
    kind = EditKind.INSERT if base is None else EditKind.DELETE if head is None else EditKind.EQUAL
    numbers = range(len(lines))
    return (
        lines if base is not None else (),
        lines if head is not None else (),
        [
            _Line(kind, None if base is None else number, None if head is None else number)
            for number in numbers
        ],
    )


def _part(diff: NotebookDiff, part: Part) -> Iterator[str]:
    base_lines, head_lines, lines = _lines(diff, part.change)
    whole = part.first is None and part.last is None
    first = part.first or 0
    last = len(lines) - 1 if part.last is None else part.last
    ranges = list(_around_changes(lines)) if whole else [(first, last + 1)]
    for start, stop in ranges or [(first, last + 1)]:
        shown = lines[start:stop]
        old = [line.base for line in shown if line.base is not None]
        new = [line.head for line in shown if line.head is not None]
        title = change_title(diff, part.change).rstrip(".")
        yield f"@@ -{_range(old)} +{_range(new)} @@ {title}"
        came: list[str] = []
        for line in shown:
            if line.kind is EditKind.EQUAL and line.head is not None:
                yield from came
                came = []
                yield f" {head_lines[line.head]}"
                continue
            if line.base is not None:
                yield f"-{base_lines[line.base]}"
            if line.head is not None:
                came.append(f"+{head_lines[line.head]}")
        yield from came


def _around_changes(lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines that hold changes, with what stands around them, joined where they meet."""
    start = stop = -1
    for place, line in enumerate(lines):
        if line.kind is EditKind.EQUAL:
            continue
        if stop > 0 and place - CONTEXT <= stop:
            stop = min(place + CONTEXT + 1, len(lines))
            continue
        if stop > 0:
            yield start, stop
        start, stop = max(place - CONTEXT, 0), min(place + CONTEXT + 1, len(lines))
    if stop > 0:
        yield start, stop


def _range(numbers: Sequence[int]) -> str:
    return f"{numbers[0] + 1},{len(numbers)}" if numbers else "0,0"
