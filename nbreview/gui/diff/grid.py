"""Tables of outputs as painted grids, base beside head: rows and columns of both face each other, and the
cells that differ are marked.
"""

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.gui.diff.frame import RIGHT, Frame, Place, draw_text, fill_sides, label_output
from nbreview.gui.diff.look import Look
from nbreview.notebook.model import Output
from nbreview.notebook.tables import Table, TableCell, read_table
from nbreview.presentation.geometry import Column
from nbreview.presentation.rows import Block, FoldKey, FoldKind, ViewOptions, output_sides, part_fold

SHOWN_ROWS = 20
"""Rows of a table shown before it folds with a count."""

MAX_COLUMN_CHARACTERS = 40

Places = Sequence[tuple[int | None, int | None]]


class GridPiece:
    """A table on each side that has it."""

    def __init__(self, block: Block, diff: NotebookDiff, options: ViewOptions, look: Look) -> None:
        self.block = block
        self._look = look
        change = diff.cells[block.change]
        output = change.outputs[block.output]
        base, head = output_sides(diff, change, output)
        self._kind = output.kind
        self._diff = output.table
        self._base = self._diff.base if self._diff is not None else _table(base)
        if self._diff is not None:
            self._head: Table | None = self._diff.head
        else:
            self._head = self._base if output.kind is ChangeKind.UNCHANGED else _table(head)
        self._stacked = options.one_column and output.kind is ChangeKind.MODIFIED
        self._rows, self._columns = self._places()
        self._key = part_fold(FoldKind.TEXT, block.change, block.output + 1, 0)
        self._shown = len(self._rows) if self._key in options.expanded else min(len(self._rows), SHOWN_ROWS)
        self._hidden = len(self._rows) - self._shown
        self._font = look.prose
        self._bold = QFont(look.strong)
        self._line = round(QFontMetricsF(self._font).height()) + look.half
        self._widths = self._column_widths()
        self.width = float(sum(self._widths))
        tables = self._line * self._shown
        self.height = tables * (2 if self._stacked else 1) + (look.unit if self._stacked else 0) + look.unit
        if self._hidden:
            self.height += look.metrics.fold

    def _places(self) -> tuple[Places, Places]:
        """Which row of base faces which of head, and the same for columns."""
        if self._diff is not None:
            return self._diff.rows, self._diff.columns
        tables = self._base, self._head
        rows = [range(len(table.rows)) if table is not None else range(0) for table in tables]
        columns = [range(table.columns) if table is not None else range(0) for table in tables]
        return list(zip_longest(rows[0], rows[1])), list(zip_longest(columns[0], columns[1]))

    @property
    def empty(self) -> bool:
        """Whether neither side holds a table after all."""
        return self._base is None and self._head is None

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """The line that counts the hidden rows."""
        return self._key if self._hidden and y >= self.height - self._look.metrics.fold else None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """Tables are copied as a whole cell."""
        return None

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint both grids."""
        fill_sides(painter, top, self.height, self._kind, frame, self.block)
        y = top + self._look.half
        if frame.columns.one_column:
            if self._stacked or self._head is None:
                y = self._paint_table(painter, self._base, frame.columns.base, y, frame, head=False)
            if self._head is not None:
                self._paint_table(painter, self._head, frame.columns.head, y, frame, head=True)
        else:
            if self._kind is not ChangeKind.ADDED:
                self._paint_table(painter, self._base, frame.columns.base, y, frame, head=False)
            if self._kind is not ChangeKind.REMOVED:
                self._paint_table(painter, self._head, frame.columns.head, y, frame, head=True)
        if self._hidden:
            look = self._look
            fold_top = top + self.height - look.metrics.fold
            left = frame.columns.base.left
            area = QRectF(left, fold_top, frame.columns.width - left, look.metrics.fold)
            painter.fillRect(area, look.color("hover" if frame.hovered == self._key else "surface"))
            painter.setFont(look.caption)
            area.setLeft(frame.columns.base.text)
            text = f"▸  {self._hidden} more row{'s' * (self._hidden != 1)}"
            draw_text(painter, area, text, look.color("muted"))

    def _paint_table(
        self, painter: QPainter, table: Table | None, column: Column, top: int, frame: Frame, *, head: bool
    ) -> int:
        if table is None:
            return top
        look = self._look
        label_output(painter, top, frame, self.block, column, head=head)
        painter.save()
        painter.setClipRect(QRectF(column.text, top, column.text_width, self._line * self._shown + 1))
        left = float(column.text - frame.scroll_x)
        first = max(0, (frame.top - top) // self._line)
        last = min(self._shown, (frame.bottom - top) // self._line + 1)
        for place in range(first, last):
            number = self._rows[place][head]
            if number is None:
                continue  # the other side's row stands alone
            y = top + place * self._line
            x = left
            for position, pair in enumerate(self._columns):
                width = self._widths[position]
                mine = pair[head]
                if mine is not None:
                    area = QRectF(x, y, width, self._line)
                    if self._differs(place, position):
                        painter.fillRect(area, look.word_fill(head=head))
                    self._paint_cell(painter, area, table.rows[number][mine])
                x += width
            painter.setPen(look.hairline)
            painter.drawLine(QPointF(left, y + self._line), QPointF(x, y + self._line))
        painter.restore()
        return top + self._line * self._shown + look.unit

    def _differs(self, row: int, column: int) -> bool:
        """Whether the cell at a place of the diff is marked: it differs, or stands on one side only."""
        if self._diff is None:
            return False
        alone = None in self._diff.rows[row] or None in self._diff.columns[column]
        return alone or (row, column) in self._diff.changed

    def _column_widths(self) -> list[float]:
        """One width for a column on both sides, so that the eye can go across."""
        metrics = QFontMetricsF(self._bold)
        limit = MAX_COLUMN_CHARACTERS * metrics.averageCharWidth()
        widths = [0.0] * len(self._columns)
        for place in self._rows[: self._shown]:
            for head, table in enumerate((self._base, self._head)):
                number = place[head]
                if table is None or number is None:
                    continue
                for position, pair in enumerate(self._columns):
                    mine = pair[head]
                    if mine is not None:
                        text = table.rows[number][mine].text
                        widths[position] = max(widths[position], min(metrics.horizontalAdvance(text), limit))
        return [round(width) + 2.0 * self._look.unit for width in widths]

    def _paint_cell(self, painter: QPainter, area: QRectF, cell: TableCell) -> None:
        font = self._bold if cell.header else self._font
        painter.setFont(font)
        inner = area.adjusted(self._look.half, 0, -self._look.half, 0)
        text = QFontMetricsF(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, inner.width())
        draw_text(painter, inner, text, self._look.color("text"), RIGHT)


def _table(output: Output | None) -> Table | None:
    html = output.data.get("text/html") if output is not None else None
    return read_table(html) if isinstance(html, str) else None
