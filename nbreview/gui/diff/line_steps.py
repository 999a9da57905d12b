"""Selecting lines step by step, as the keyboard does: from a line to the one above or below, across cells.

Pure functions on a page's blocks; Qt is not needed here.
"""

from collections.abc import Callable, Iterator, Sequence

from nbreview.gui.diff.selection import Caret, Selection, line_in
from nbreview.presentation.lines import Lines
from nbreview.presentation.rows import Block, BlockKind

LinesOf = Callable[[int], Lines]


def first_line(
    blocks: Sequence[Block], lines_of: LinesOf, block: int, *, head: bool
) -> tuple[int, int] | None:
    """The block and the row of the first line of source on a side, at or below a block."""
    return next(_places(blocks, lines_of, block, -1, head=head, up=False), None)


def stepped(
    selection: Selection, blocks: Sequence[Block], lines_of: LinesOf, *, up: bool
) -> Selection | None:
    """The whole lines from the one where the selection began to the one above or below its end. None where
    there is none on that side.
    """
    end = selection.caret
    place = next(_places(blocks, lines_of, end.block, end.row, head=selection.head, up=up), None)
    if place is None:
        return None
    return whole_lines((selection.anchor.block, selection.anchor.row), place, lines_of, head=selection.head)


def whole_lines(
    anchor: tuple[int, int], caret: tuple[int, int], lines_of: LinesOf, *, head: bool
) -> Selection:
    """The selection from one line to another, both included; `anchor` is where it began."""
    upper, lower = min(anchor, caret), max(anchor, caret)
    lines = lines_of(lower[0])
    start = Caret(*upper, 0)
    end = Caret(*lower, len(line_in(lines, lines.rows[lower[1]], head=head) or ""))
    return Selection(start, end, head) if anchor <= caret else Selection(end, start, head)


def _places(
    blocks: Sequence[Block], lines_of: LinesOf, block: int, row: int, *, head: bool, up: bool
) -> Iterator[tuple[int, int]]:
    """The lines of a side's sources beyond a place, in the order in which they are met."""
    for number in range(block, -1, -1) if up else range(block, len(blocks)):
        if blocks[number].kind is not BlockKind.SOURCE:
            continue
        lines = lines_of(number)
        count = len(lines.rows)
        if up:
            rows = range((row if number == block else count) - 1, -1, -1)
        else:
            rows = range(row + 1 if number == block else 0, count)
        for place in rows:
            if lines.rows[place].fold is None and line_in(lines, lines.rows[place], head=head) is not None:
                yield number, place
