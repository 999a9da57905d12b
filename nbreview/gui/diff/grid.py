"""Tables of outputs as painted grids, base beside head: rows and columns of both face each other, and what
differs is marked with its tint and its sign.

Imports the look, the bar under outputs and `presentation.tables`. Headers stay in view: those of the columns
while the table is scrolled, those of the rows while it is moved sideways.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.gui.diff.frame import (
    CENTER,
    RIGHT,
    Frame,
    Place,
    draw_text,
    fill_between,
    fill_sides,
    label_output,
)
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.output_bar import OPEN, OutputBar
from nbreview.gui.diff.output_view import OutputKey, OutputViews
from nbreview.gui.language import tr
from nbreview.notebook.model import Output
from nbreview.notebook.tables import MAX_CELLS, Table, TableCell, read_table
from nbreview.presentation.geometry import Column, Columns
from nbreview.presentation.labels import SIGNS
from nbreview.presentation.rows import Block, FoldKey, FoldKind, ViewOptions, output_sides, part_fold
from nbreview.presentation.tables import shown_rows, sides_of_diff, sides_of_table, table_words

MAX_COLUMN_CHARACTERS = 40

QUIET_CELLS = 3_000
"""Cells read of a table that was not compared, while it is folded: reading more would hold up the frame."""

TABLE = "table"
"""The part of the piece that is no button."""


class GridPiece:
    """A table on each side that has it."""

    def __init__(
        self,
        block: Block,
        diff: NotebookDiff,
        options: ViewOptions,
        look: Look,
        columns: Columns,
        views: OutputViews,
    ) -> None:
        self.block = block
        self.key = OutputKey(block.change, block.output)
        self._look, self._views = look, views
        change = diff.cells[block.change]
        output = change.outputs[block.output]
        base, head = output_sides(diff, change, output)
        self._kind = output.kind
        self._fold = part_fold(FoldKind.TEXT, block.change, block.output + 1, 0)
        is_open = self._fold in options.expanded
        self.width = 0.0
        self.height = 0
        self.empty = False
        """Whether neither side holds a table after all."""
        if output.table is not None:
            self.sides = sides_of_diff(output.table)
        else:
            found, more = _table(head or base, MAX_CELLS if is_open else QUIET_CELLS)
            if found is None:
                self.empty = True
                return
            kind = output.kind if output.kind is not ChangeKind.MODIFIED else ChangeKind.ADDED
            self.sides = sides_of_table(found, kind)
        sides = self.sides
        self._stacked = options.one_column and output.kind is ChangeKind.MODIFIED
        self._rows = list(range(len(sides.rows))) if is_open else shown_rows(sides, views.shown_rows)
        self._hidden = len(sides.rows) - len(self._rows)
        if output.table is None and sides.cut and not is_open:
            self._hidden = max(more - len(self._rows), 1)
        self._font = look.prose
        self._bold = QFont(look.strong)
        self._line = round(QFontMetricsF(self._font).height()) + look.half
        self._sign = look.unit + look.half
        self._widths = self._column_widths()
        self.width = float(sum(self._widths))
        self._tall = self._line * len(self._rows)
        bottom = look.half + self._tall * (2 if self._stacked else 1) + look.unit * self._stacked
        self._fold_top = bottom
        if self._hidden:
            bottom += look.metrics.fold
        column = columns.head if output.kind is ChangeKind.ADDED else columns.base
        right = column.right if output.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) else columns.head.right
        self.words = table_words(sides, views.tolerance if output.table is not None else 0.0, tr=tr)
        self._bar = OutputBar(
            [(OPEN, tr("Open", "button"))],
            self.words,
            column.text,
            bottom + look.half,
            max(right - column.text - look.unit, look.unit),
            look,
        )
        self.height = round(self._bar.bottom) + look.half

    def describe(self) -> str:
        """What a screen reader says of the table that has the keyboard."""
        said = tr("Table: {words}. Enter opens it in a window that sorts and filters.")
        return said.format(words=self.words)

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """The line that counts the hidden rows."""
        inside = self._fold_top <= y < self._fold_top + self._look.metrics.fold
        return self._fold if self._hidden and inside else None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """Tables are copied from their window."""
        return None

    def part_at(self, x: int, y: int) -> str:
        """A button of the bar, `TABLE` over a grid, else ""."""
        if self._look.half <= y < self._fold_top:
            return TABLE
        return self._bar.part_at(x, y)

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint both grids, the line that stands for hidden rows, and the bar."""
        look, columns, sides = self._look, frame.columns, self.sides
        fill_sides(painter, top, self.height, self._kind, frame, self.block)
        y = top + look.half
        if columns.one_column:
            if sides.base is not None and (self._stacked or sides.head is None):
                self._paint_table(painter, sides.base, columns.base, y, frame, head=False)
                y += self._tall + look.unit
            if sides.head is not None:
                self._paint_table(painter, sides.head, columns.head, y, frame, head=True)
        else:
            for head, table in ((False, sides.base), (True, sides.head)):
                if table is not None:
                    column = columns.head if head else columns.base
                    self._paint_table(painter, table, column, y, frame, head=head)
        if self._hidden:
            self._paint_fold(painter, top, frame)
        fill_between(painter, top + self._bar.top, self.height - self._bar.top, self._kind, frame)
        hovered = self._views.hovered
        part = hovered[1] if hovered is not None and hovered[0] == self.key else ""
        self._bar.paint(painter, top, self.words, "", part)
        if self._views.focused == self.key:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            left = columns.base.left + look.half
            painter.drawRect(QRectF(left, top + 1, columns.width - left - look.half, self.height - 2))

    def _paint_fold(self, painter: QPainter, top: int, frame: Frame) -> None:
        look = self._look
        left = frame.columns.base.left
        area = QRectF(left, top + self._fold_top, frame.columns.width - left, look.metrics.fold)
        painter.fillRect(area, look.color("hover" if frame.hovered == self._fold else "surface"))
        painter.setFont(look.caption)
        area.setLeft(frame.columns.base.text)
        said = tr("{count} more row") if self._hidden == 1 else tr("{count} more rows")
        draw_text(painter, area, f"▸  {said.format(count=f'{self._hidden:,}')}", look.color("muted"))

    def _paint_table(
        self, painter: QPainter, table: Table, column: Column, top: int, frame: Frame, *, head: bool
    ) -> None:
        """One side. Index columns stay at the left edge; the other ones move beneath them."""
        look, sides = self._look, self.sides
        label_output(painter, top, frame, self.block, column, head=head)
        fixed = sum(self._widths[: sides.index])
        if fixed > column.text_width / 2:
            fixed = 0.0  # an index that wide would leave no room for the rest
        headers = self._header_rows(top, frame)
        clip = QRectF(column.text, top, column.text_width, self._tall + 1)
        first = max(0, (frame.top - top) // self._line)
        last = min(len(self._rows), (frame.bottom - top) // self._line + 1)
        places = [(shown, top + shown * self._line) for shown in range(max(first, len(headers)), last)]
        shade = self._shade(head=head)
        painter.save()
        # Sideways and upwards what moves goes beneath what stays.
        moving = clip.adjusted(fixed, 0, 0, 0)
        for rows, kept in ((places, False), (headers, True)):
            for shown, y in rows:
                if kept:
                    painter.setClipRect(clip)
                    painter.fillRect(QRectF(column.text, y, column.text_width, self._line), shade)
                painter.setClipRect(moving)
                left = float(column.text - frame.scroll_x)
                self._paint_row(painter, table, shown, y, left, column, head=head, index=False)
                if fixed:
                    painter.setClipRect(QRectF(column.text, top, fixed, self._tall + 1))
                    self._paint_row(painter, table, shown, y, column.text, column, head=head, index=True)
        painter.restore()
        for shown, y in places:
            if shown and self._rows[shown] != self._rows[shown - 1] + 1:  # rows between are left out
                painter.setPen(QPen(look.color("control"), 1, Qt.PenStyle.DashLine))
                right = min(column.text + self.width - frame.scroll_x, column.right)
                painter.drawLine(QPointF(column.text, y), QPointF(right, y))
            self._paint_sign(painter, self._rows[shown], y, column, head=head)
        if fixed and frame.scroll_x:
            painter.setPen(look.hairline)
            x = column.text + fixed
            painter.drawLine(QPointF(x, top), QPointF(x, top + self._tall))

    def _header_rows(self, top: int, frame: Frame) -> list[tuple[int, int]]:
        """Header rows and where they stand: at the table's top, or below the cell's own sticky header."""
        count = min(self.sides.headers, len(self._rows))
        y = top
        if count and count < len(self._rows) and top < frame.top + frame.look.metrics.header:
            lowest = top + self._tall - (count + 1) * self._line
            y = max(top, min(frame.top + frame.look.metrics.header, lowest))
        return [(shown, y + shown * self._line) for shown in range(count)]

    def _shade(self, *, head: bool) -> QColor:
        """The colour behind the table, opaque, for what stays in place while the rest goes beneath it."""
        return self._look.block_fill(self._kind, head=head) or self._look.color("background")

    def _paint_row(
        self,
        painter: QPainter,
        table: Table,
        shown: int,
        y: int,
        left: float,
        column: Column,
        *,
        head: bool,
        index: bool,
    ) -> None:
        """One row of one side from `left` on: its index cells (`index`), or all."""
        look, sides = self._look, self.sides
        row = self._rows[shown]
        number = sides.rows[row][head]
        if number is None:
            return  # the other side's row stands alone
        x = left
        for place in range(sides.index if index else len(sides.columns)):
            width = self._widths[place]
            mine = sides.columns[place][head]
            if mine is not None and x + width > column.text and x < column.right:
                area = QRectF(x, y, width, self._line)
                if sides.marked(row, place):
                    painter.fillRect(area, look.word_fill(head=head))
                sign = self._cell_sign(row, place, head=head)
                self._paint_cell(painter, area, table.rows[number][mine], sign)
            x += width
        painter.setPen(look.hairline)
        bottom = y + self._line
        painter.drawLine(QPointF(column.text, bottom), QPointF(min(x, column.right), bottom))

    def _cell_sign(self, row: int, place: int, *, head: bool) -> tuple[str, QColor] | None:
        """The sign inside a cell: of a cell that differs, and of a column in its lowest header."""
        sides, look = self.sides, self._look
        if (row, place) in sides.changed:
            return ("+", look.color("added_sign")) if head else ("−", look.color("removed_sign"))
        if row == sides.headers - 1 and sides.column_kinds[place] is not ChangeKind.UNCHANGED:
            kind = sides.column_kinds[place]
            return SIGNS[kind], look.theme.sign_color(kind)
        return None

    def _paint_sign(self, painter: QPainter, row: int, y: int, column: Column, *, head: bool) -> None:
        """What became of a row, before it in the gutter."""
        kind = self.sides.row_kinds[row]
        if kind is ChangeKind.UNCHANGED or self.sides.rows[row][head] is None:
            return
        look = self._look
        width = round(look.digit * 2)
        painter.setFont(look.code)
        area = QRectF(column.text - width, y, width, self._line)
        draw_text(painter, area, SIGNS[kind], look.theme.sign_color(kind), CENTER)

    def _column_widths(self) -> list[float]:
        """One width for a column on both sides, so that the eye can go across."""
        metrics, sides = QFontMetricsF(self._bold), self.sides
        limit = MAX_COLUMN_CHARACTERS * metrics.averageCharWidth()
        widths = [0.0] * len(sides.columns)
        signed = {place for place, kind in enumerate(sides.column_kinds) if kind is not ChangeKind.UNCHANGED}
        signed.update(place for _, place in sides.changed)
        for row in self._rows[:200]:
            for head in (False, True):
                for place in range(len(widths)):
                    cell = sides.cell(row, place, head=head)
                    if cell is not None and cell.text:
                        width = min(metrics.horizontalAdvance(cell.text), limit)
                        widths[place] = max(widths[place], width)
        return [
            round(width) + 2.0 * self._look.unit + self._sign * (place in signed)
            for place, width in enumerate(widths)
        ]

    def _paint_cell(
        self, painter: QPainter, area: QRectF, cell: TableCell, sign: tuple[str, QColor] | None
    ) -> None:
        look = self._look
        font = self._bold if cell.header else self._font
        inner = area.adjusted(look.half, 0, -look.half, 0)
        if sign is not None:
            painter.setFont(look.code)
            draw_text(painter, QRectF(inner.left(), area.top(), self._sign, self._line), *sign, CENTER)
            inner.setLeft(inner.left() + self._sign)
        painter.setFont(font)
        text = QFontMetricsF(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, inner.width())
        draw_text(painter, inner, text, look.color("text"), RIGHT)


def guess_height(rows: int, look: Look, views: OutputViews) -> int:
    """How high a table of about so many rows will be, before it is read."""
    line = round(look.prose_metrics.height()) + look.half
    shown = min(rows, views.shown_rows + 1)
    folded = look.metrics.fold if rows > shown else 0
    return look.half + shown * line + folded + look.metrics.fold + 2 * look.half


def _table(output: Output | None, cells: int) -> tuple[Table | None, int]:
    """The first table of an output, and about how many rows its HTML holds."""
    html = output.data.get("text/html") if output is not None else None
    if not isinstance(html, str):
        return None, 0
    return read_table(html, cells), html.count("<tr")
