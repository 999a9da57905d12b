"""Comments on the canvas: where they stand, what a click on their sign means, and the line that a new one
would be about.

Knows places and counts, and no text of a comment.
"""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from nbreview.gui.diff.cells import HeaderPiece
from nbreview.gui.diff.comment_marks import CellComments
from nbreview.gui.diff.lines import LinesPiece
from nbreview.gui.diff.selection import line_number
from nbreview.gui.diff.selectview import SelectView
from nbreview.gui.theme import Theme
from nbreview.presentation.rows import BlockKind


class LinePlace(NamedTuple):
    """A line of a cell's source on one side; `line` None: the whole cell."""

    change: int
    head: bool = True
    line: int | None = None


class CommentView(SelectView):
    """Owns the signs of comments."""

    comment_clicked = Signal(object)
    """The sign of a `LinePlace` was clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._comments: Mapping[int, CellComments] = {}

    def set_comments(self, comments: Mapping[int, CellComments]) -> None:
        """Mark cells and lines, by change."""
        self._comments = dict(comments)
        self._commented = sorted(self._comments)
        self._ruler_timer.start()
        self.viewport().update()

    def line_at_hand(self) -> LinePlace | None:
        """What a comment would be about now: the last selected line of the current cell, the line that was
        clicked, else the cell. None where there is no cell.
        """
        if self._current < 0:
            return None
        selection, page = self._pointer.selection, self._page
        if selection is not None and selection.end.block < len(page.blocks):
            block = page.blocks[selection.end.block]
            rows = page.lines_of(selection.end.block).rows
            if block.kind is BlockKind.SOURCE and block.change == self._current and rows:
                row = rows[min(selection.end.row, len(rows) - 1)]
                line = line_number(row, head=selection.head)
                if line is not None:
                    return LinePlace(self._current, selection.head, line)
        change = self.current_change()
        return LinePlace(self._current, change is None or change.head_index is not None)

    def show_line(self, place: LinePlace) -> None:
        """Bring a line into view, out of whatever fold hides it."""
        self.goto_change(place.change)
        block = self._source_block(place.change)
        if block is None or place.line is None or self._page.blocks[block].kind is not BlockKind.SOURCE:
            return
        page, metrics = self._page, self._look.metrics
        row, fold = page.find_row(block, place.line, head=place.head)
        if fold is not None:
            self._open(fold)
            row, _ = page.find_row(block, place.line, head=place.head)
        self._show_block(block, metrics.pad + row * metrics.line, metrics.line)

    def line_area(self, place: LinePlace) -> QRect | None:
        """Where a line, or the cell's header, stands on its side, in the viewport; None while the cell is
        folded away.
        """
        page = self._page
        header = page.header_block(place.change)
        if header is None:
            return None
        column = page.columns.head if place.head else page.columns.base
        value, block = self.verticalScrollBar().value(), self._source_block(place.change)
        metrics = self._look.metrics
        if place.line is not None and block is not None and page.blocks[block].kind is BlockKind.SOURCE:
            row, _ = page.find_row(block, place.line, head=place.head)
            top = page.offsets.top(block) + metrics.pad + row * metrics.line
            return QRect(column.left, top - value, column.width, metrics.line)
        if place.line is not None and block is not None and page.blocks[block].kind is BlockKind.PROSE:
            # Rendered text has no lines; what is said of one is said below all of it.
            top = page.offsets.top(block)
            return QRect(column.left, top - value, column.width, page.offsets.height(block))
        top = page.offsets.top(header) + metrics.gap
        return QRect(column.left, top - value, column.width, metrics.header)

    def _source_block(self, change: int) -> int | None:
        header = self._page.header_block(change)
        if header is None or header + 1 >= len(self._page.blocks):
            return None
        block = self._page.blocks[header + 1]
        return header + 1 if block.change == change else None

    def _comment_at(self, point: QPoint) -> LinePlace | None:
        """The commented place whose sign lies under a point of the viewport."""
        if not self._comments:
            return None
        hit = self._pointer.hit(point, self.verticalScrollBar().value())
        if hit is None:
            return None
        block, piece = self._page.blocks[hit.block], self._page.piece(hit.block)
        marks = self._comments.get(block.change)
        if marks is None:
            return None
        if isinstance(piece, HeaderPiece):
            return LinePlace(block.change) if piece.comments_at(hit.x) else None
        if not isinstance(piece, LinesPiece) or block.kind is not BlockKind.SOURCE or not piece.lines.rows:
            return None
        columns = self._page.columns
        row = piece.lines.rows[piece.row_at(hit.y)]
        sides = (True, False) if columns.one_column else (columns.side_at(hit.x),)
        for head in sides:
            column, line = columns.head if head else columns.base, line_number(row, head=head)
            number_ends = column.text - round(self._look.digit * 2.5)
            if line is not None and (head, line) in marks.lines and column.left <= hit.x < number_ends:
                return LinePlace(block.change, head, line)
        return None

    def _press_comment(self, point: QPoint) -> bool:
        """Whether a press was meant for the sign of a comment."""
        place = self._comment_at(point)
        if place is None:
            return False
        self._set_current(place.change)
        self.comment_clicked.emit(place)
        return True
