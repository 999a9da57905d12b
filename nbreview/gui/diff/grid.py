"""Tables of outputs as painted grids, base beside head, with the cells that differ marked."""

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


class GridPiece:
    """A table on each side that has it."""

    def __init__(self, block: Block, diff: NotebookDiff, options: ViewOptions, look: Look) -> None:
        self.block = block
        self._look = look
        change = diff.cells[block.change]
        output = change.outputs[block.output]
        base, head = output_sides(diff, change, output)
        self._kind = output.kind
        self._base = _table(base)
        self._head = self._base if output.kind is ChangeKind.UNCHANGED else _table(head)
        self._stacked = options.one_column and output.kind is ChangeKind.MODIFIED
        self._key = part_fold(FoldKind.TEXT, block.change, block.output + 1, 0)
        longest = max(len(table.rows) if table is not None else 0 for table in (self._base, self._head))
        self._shown = longest if self._key in options.expanded else min(longest, SHOWN_ROWS)
        self._hidden = longest - self._shown
        self._font = look.prose
        self._bold = QFont(look.strong)
        self._line = round(QFontMetricsF(self._font).height()) + look.half
        self._widths = _column_widths((self._base, self._head), self._shown, self._bold, look)
        self.width = float(sum(self._widths))
        tables = self._line * self._shown
        self.height = tables * (2 if self._stacked else 1) + (look.unit if self._stacked else 0) + look.unit
        if self._hidden:
            self.height += look.metrics.fold

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
        width = float(sum(self._widths[: table.columns]))
        other = self._base if head else self._head
        marks = self._kind is ChangeKind.MODIFIED and other is not None
        first = max(0, (frame.top - top) // self._line)
        last = min(len(table.rows), self._shown, (frame.bottom - top) // self._line + 1)
        for number in range(first, last):
            y = top + number * self._line
            x = left
            for place, cell in enumerate(table.rows[number]):
                area = QRectF(x, y, self._widths[place], self._line)
                if marks and other is not None and _text_of(other, number, place) != cell.text:
                    painter.fillRect(area, look.word_fill(head=head))
                self._paint_cell(painter, area, cell)
                x += self._widths[place]
            painter.setPen(look.hairline)
            painter.drawLine(QPointF(left, y + self._line), QPointF(left + width, y + self._line))
        painter.restore()
        return top + self._line * self._shown + look.unit

    def _paint_cell(self, painter: QPainter, area: QRectF, cell: TableCell) -> None:
        font = self._bold if cell.header else self._font
        painter.setFont(font)
        inner = area.adjusted(self._look.half, 0, -self._look.half, 0)
        text = QFontMetricsF(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, inner.width())
        draw_text(painter, inner, text, self._look.color("text"), RIGHT)


def _table(output: Output | None) -> Table | None:
    html = output.data.get("text/html") if output is not None else None
    return read_table(html) if isinstance(html, str) else None


def _text_of(table: Table, row: int, column: int) -> str | None:
    if row >= len(table.rows) or column >= table.columns:
        return None
    return table.rows[row][column].text


def _column_widths(tables: tuple[Table | None, ...], shown: int, font: QFont, look: Look) -> list[float]:
    """One width for a column on both sides, so that the eye can go across."""
    metrics = QFontMetricsF(font)
    limit = MAX_COLUMN_CHARACTERS * metrics.averageCharWidth()
    widths = [0.0] * max(table.columns if table is not None else 0 for table in tables)
    for table in tables:
        for row in table.rows[:shown] if table is not None else ():
            for place, cell in enumerate(row):
                widths[place] = max(widths[place], min(metrics.horizontalAdvance(cell.text), limit))
    return [round(width) + 2.0 * look.unit for width in widths]
