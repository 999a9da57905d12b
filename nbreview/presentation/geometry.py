"""Where blocks lie: heights, offsets and columns, in device-independent pixels, without a window.

Heights may change after the fact (a picture's size is known once it is decoded), so offsets live in a
Fenwick tree: building is linear, every question and every correction logarithmic. P. M. Fenwick, "A new
data structure for cumulative frequency tables", Software: Practice and Experience 24 (1994). Imports
nothing of Qt.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from nbreview.presentation.rows import Block, BlockKind


class Offsets:
    """Heights of blocks in order, with their running sums."""

    __slots__ = ("_heights", "_top_bit", "_tree")

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights = list(heights)
        count = len(self._heights)
        tree = [0, *self._heights]
        for position in range(1, count + 1):
            parent = position + (position & -position)
            if parent <= count:
                tree[parent] += tree[position]
        self._tree = tree
        self._top_bit = 1 << max(count.bit_length() - 1, 0)

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> int:
        """Height of everything."""
        return self.top(len(self._heights))

    def height(self, index: int) -> int:
        """Height of one block."""
        return self._heights[index]

    def top(self, index: int) -> int:
        """Where a block starts: the sum of the heights before it. `index` may be one past the last."""
        total = 0
        tree = self._tree
        while index > 0:
            total += tree[index]
            index &= index - 1
        return total

    def tops(self) -> list[int]:
        """Where every block starts, and at the end where the last one stops."""
        return [0, *accumulate(self._heights)]

    def set_height(self, index: int, height: int) -> int:
        """Correct one height; what follows moves. Returns the difference."""
        difference = height - self._heights[index]
        if difference:
            self._heights[index] = height
            position, tree = index + 1, self._tree
            while position < len(tree):
                tree[position] += difference
                position += position & -position
        return difference

    def at(self, y: int) -> int:
        """The block that covers `y`; the first above the top, the last below the bottom, -1 where there is
        none.

        A block without height covers nothing.
        """
        count = len(self._heights)
        if not count:
            return -1
        position, step, remaining, tree = 0, self._top_bit, max(y, 0), self._tree
        while step:
            following = position + step
            if following <= count and tree[following] <= remaining:
                position = following
                remaining -= tree[following]
            step >>= 1
        return min(position, count - 1)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes that come from the fonts and the grid. `digit` is the advance of one digit of code."""

    line: int
    prose_line: int
    header: int
    fold: int
    gap: int
    pad: int
    digit: float
    picture: int

    def height(self, block: Block) -> int:
        """Height of a block: exact for lines, headers and folds; a first guess for prose, tables and
        pictures.
        """
        kind = block.kind
        if kind is BlockKind.HEADER:
            return self.gap + self.header
        if kind is BlockKind.SOURCE or kind is BlockKind.METADATA:
            return block.rows * self.line + 2 * self.pad
        if kind is BlockKind.FOLD or kind is BlockKind.GHOST:
            return self.fold
        if kind is BlockKind.PROSE:
            return block.rows * self.prose_line + 2 * self.pad
        return block.rows * self.line + 2 * self.pad


@dataclass(frozen=True, slots=True)
class Column:
    """One side: where it starts, its width, and where its text starts (numbers and sign stand before)."""

    left: int
    width: int
    text: int

    @property
    def right(self) -> int:
        """One past the last pixel."""
        return self.left + self.width

    @property
    def text_width(self) -> int:
        """Room for text."""
        return max(self.right - self.text, 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """Both sides of the canvas. In one column base and head are the same column with two line numbers."""

    base: Column
    head: Column
    width: int
    one_column: bool

    def side_at(self, x: int) -> bool:
        """Whether `x` lies on the head side."""
        return self.one_column or x >= self.head.left


def columns(
    width: int, metrics: Metrics, *, one_column: bool, digits: int, bar: int, between: int
) -> Columns:
    """Divide the canvas.

    Parameters
    ----------
    width:
        Width of the viewport.
    digits:
        Digits of the longest line number.
    bar:
        Room at the left for the mark of the current cell.
    between:
        Room between the sides.
    """
    number = round(metrics.digit * (max(digits, 2) + 1))
    sign = round(metrics.digit * 2.5)
    if one_column:
        text = bar + 2 * number + sign
        column = Column(bar, max(width - bar, 1), text)
        return Columns(column, column, width, True)
    side = max((width - bar - between) // 2, 1)
    head_left = width - side
    return Columns(
        Column(bar, head_left - between - bar, bar + number + sign),
        Column(head_left, side, head_left + number + sign),
        width,
        False,
    )
