"""Where a block of added or removed lines is put when several places mean the same.

Pure: imports only `model`. A block whose first line equals the line behind it can stand one line lower, and
so on: every such place is an equally small and equally true diff, but a person expects a block to begin with
its own opening and to end before the next one. (That one place reads better than the others is the idea of
git's indent heuristic; the scores are ours, with the signs that Python, JSON and Markdown open and close by.)
"""

import re
from collections.abc import Sequence

from nbreview.diff.model import EditKind, LineEdit

_FARTHEST = 100
"""Lines that a block may slide."""

_CLOSER = re.compile(r"\s*(?:[)\]}]|</|\"\"\"\s*$|'''\s*$)")
_BRANCH = re.compile(r"\s*(?:elif|else|except|finally|case)\b")
_DECORATOR = re.compile(r"\s*@\w")
_COMMENT = re.compile(r"\s*#")


def slide(
    edits: Sequence[LineEdit], base_keys: Sequence[str], head_keys: Sequence[str]
) -> Sequence[LineEdit]:
    """The same edits with every block of pure insertions or removals at the place that reads best.

    A block beside replaced lines slides too, away from them; one of removals that stands beside insertions
    stays, because the two belong together.

    Parameters
    ----------
    base_keys, head_keys:
        What the lines are equal by.
    """
    if len(edits) == len(base_keys) == len(head_keys):
        return edits  # every line has its partner
    inserted, deleted = EditKind.INSERT, EditKind.DELETE
    placed = list(edits)
    position = 0
    while position < len(placed):
        kind = placed[position].kind
        end = position + 1
        if kind is inserted or kind is deleted:
            while end < len(placed) and placed[end].kind is kind:
                end += 1
            end += _slide_block(placed, position, end, head_keys if kind is inserted else base_keys)
        position = end
    return placed


def _slide_block(placed: list[LineEdit], start: int, end: int, lines: Sequence[str]) -> int:
    """Slide the block `placed[start:end]`, whose lines are of one side; by how many rows it sank."""
    kind = placed[start].kind
    other = EditKind.DELETE if kind is EditKind.INSERT else EditKind.INSERT
    if (start and placed[start - 1].kind is other) or (end < len(placed) and placed[end].kind is other):
        return 0
    first, size = _line(placed[start], kind), end - start
    up = 0
    while (
        up < min(_FARTHEST, start)
        and placed[start - up - 1].kind is EditKind.EQUAL
        and lines[first - up - 1] == lines[first + size - up - 1]
    ):
        up += 1
    down = 0
    while (
        down < min(_FARTHEST, len(placed) - end)
        and placed[end + down].kind is EditKind.EQUAL
        and lines[first + down] == lines[first + size + down]
    ):
        down += 1
    if not up and not down:
        return 0
    scores = [_opening(lines, place) for place in range(first - up, first + down + 1)]
    ends = [_opening(lines, place) for place in range(first + size - up, first + size + down + 1)]
    best = max(range(-up, down + 1), key=lambda shift: (scores[shift + up] + ends[shift + up], shift))
    if best > 0:
        equal = placed[end : end + best]
        placed[start : end + best] = _rows(kind, equal, first, first + best, size, before=True)
    elif best < 0:
        equal = placed[start + best : start]
        placed[start + best : end] = _rows(kind, equal, first + best + size, first + best, size, before=False)
    return best


def _line(edit: LineEdit, kind: EditKind) -> int:
    number = edit.head_line if kind is EditKind.INSERT else edit.base_line
    assert number is not None  # a block has lines on its own side
    return number


def _rows(
    kind: EditKind, equal: Sequence[LineEdit], paired: int, first: int, size: int, *, before: bool
) -> list[LineEdit]:
    """The block from line `first` on, and the equal lines with their side of it from `paired` on."""
    inserted = kind is EditKind.INSERT
    kept = [
        LineEdit(EditKind.EQUAL, edit.base_line, paired + step)
        if inserted
        else LineEdit(EditKind.EQUAL, paired + step, edit.head_line)
        for step, edit in enumerate(equal)
    ]
    block = [
        LineEdit(kind, None, number) if inserted else LineEdit(kind, number, None)
        for number in range(first, first + size)
    ]
    return [*kept, *block] if before else [*block, *kept]


def _opening(lines: Sequence[str], place: int) -> int:
    """How well something new begins at `lines[place]`.

    Little indentation and a blank line before it speak for it; against it a blank line or a closing bracket
    as its first line, a branch that belongs to what stands above, and a comment or a decorator left behind.
    """
    if place == 0 or place >= len(lines):
        return 20
    before, line = lines[place - 1], lines[place]
    if not line.strip():
        beyond = next((line for line in lines[place + 1 : place + 4] if line.strip()), "")
        return -10 - 2 * min(_indentation(beyond), 40)
    score = -2 * min(_indentation(line), 40)
    if not before.strip():
        score += 20
    if _CLOSER.match(line):
        score -= 12
    if _BRANCH.match(line):
        score -= 3
    if _DECORATOR.match(before) or (_COMMENT.match(before) and not _COMMENT.match(line)):
        score -= 10
    return score


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip()) if "\t" not in line else _indentation(line.expandtabs(4))
