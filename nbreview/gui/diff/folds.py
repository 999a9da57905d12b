"""Which folds there are, in the order in which they stand: for going from one to the next by keyboard.

Holds no widget.
"""

from collections.abc import Iterator
from typing import NamedTuple

from nbreview.diff.model import OutputCategory
from nbreview.gui.diff.page import Page
from nbreview.presentation.lines import EvenRows, block_lines
from nbreview.presentation.rows import Block, BlockKind, FoldKey


class FoldPlace(NamedTuple):
    """Where a fold stands: its block and, of a fold between lines, its row (-1 for a block of its own)."""

    block: int
    row: int
    key: FoldKey


_TEXTUAL = (OutputCategory.TEXT, OutputCategory.ERROR)


def folds_in(page: Page, number: int) -> list[FoldPlace]:
    """The folds of one block, top to bottom."""
    block = page.blocks[number]
    if block.fold is not None:
        return [FoldPlace(number, -1, block.fold)]
    if page.diff is None or not _has_rows(page, block):
        return []
    rows = block_lines(page.diff, block, page.options).rows
    if isinstance(rows, EvenRows):
        return []
    return [FoldPlace(number, row, line.fold) for row, line in enumerate(rows) if line.fold is not None]


def fold_after(page: Page, block: int, row: int, *, backward: bool) -> FoldPlace | None:
    """The first fold after a place, or the last one before it; None at the end."""
    numbers = range(block, -1, -1) if backward else range(block, len(page.blocks))
    for place in _ordered(page, numbers, backward=backward):
        here = place.block, place.row
        if (here < (block, row)) if backward else (here > (block, row)):
            return place
    return None


def _ordered(page: Page, numbers: range, *, backward: bool) -> Iterator[FoldPlace]:
    for number in numbers:
        found = folds_in(page, number)
        yield from reversed(found) if backward else found


def _has_rows(page: Page, block: Block) -> bool:
    if block.kind is BlockKind.SOURCE:
        return True
    return block.kind is BlockKind.OUTPUT and page.category(block) in _TEXTUAL
