"""What is selected in the canvas, and the text that copying it gives.

Pure values and functions; Qt is not needed here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nbreview.presentation.lines import LineRow, Lines
from nbreview.presentation.rows import Block, BlockKind


@dataclass(frozen=True, slots=True, order=True)
class Caret:
    """One end of a selection: block, row in it and column in code points."""

    block: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of text on one side, from where the drag began to where it is."""

    anchor: Caret
    caret: Caret
    head: bool

    @property
    def start(self) -> Caret:
        """The end that stands first."""
        return min(self.anchor, self.caret)

    @property
    def end(self) -> Caret:
        """The end that stands last."""
        return max(self.anchor, self.caret)

    @property
    def empty(self) -> bool:
        """Whether nothing lies between the ends."""
        return self.anchor == self.caret

    def columns_in(self, block: int, row: int, length: int) -> tuple[int, int] | None:
        """The selected columns of one row whose text has `length` characters; None where it is not
        selected.
        """
        start, end = self.start, self.end
        if not (start.block, start.row) <= (block, row) <= (end.block, end.row):
            return None
        first = start.column if (start.block, start.row) == (block, row) else 0
        last = end.column if (end.block, end.row) == (block, row) else length
        return min(first, length), min(last, length)


def selected_text(selection: Selection, blocks: Sequence[Block], lines_of: Callable[[int], Lines]) -> str:
    """The selected text: the lines of one side without signs and numbers, folded ones between them included.

    A selection within one block may lie in an output; across blocks only source counts.
    """
    start, end = selection.start, selection.end
    parts: list[str] = []
    for number in range(start.block, end.block + 1):
        block = blocks[number]
        if block.kind is not BlockKind.SOURCE and start.block != end.block:
            continue
        if block.kind not in (BlockKind.SOURCE, BlockKind.OUTPUT, BlockKind.METADATA):
            continue
        parts.extend(_block_text(selection, number, lines_of(number)))
    return "\n".join(parts)


def line_number(row: LineRow, *, head: bool) -> int | None:
    """The line that a row shows on one side."""
    return row.head if head else row.base


def line_in(lines: Lines, row: LineRow, *, head: bool) -> str | None:
    """The text that a row shows on one side; None where there is none."""
    number = line_number(row, head=head)
    if number is None:
        return None
    return (lines.head if head else lines.base)[number]


def _block_text(selection: Selection, block: int, lines: Lines) -> list[str]:
    start, end = selection.start, selection.end
    first_row = start.row if start.block == block else 0
    last_row = min(end.row if end.block == block else len(lines.rows) - 1, len(lines.rows) - 1)
    numbers = [
        number
        for row in range(first_row, last_row + 1)
        if (number := line_number(lines.rows[row], head=selection.head)) is not None
    ]
    if not numbers:
        return []
    texts = list((lines.head if selection.head else lines.base)[numbers[0] : numbers[-1] + 1])
    if end.block == block and line_number(lines.rows[last_row], head=selection.head) is not None:
        texts[-1] = texts[-1][: end.column]
    if start.block == block and line_number(lines.rows[first_row], head=selection.head) is not None:
        texts[0] = texts[0][start.column :]
    return texts
