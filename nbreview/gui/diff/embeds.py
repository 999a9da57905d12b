"""The name of an output that needs a browser to live: a widget, a Plotly or Vega figure.

One line above whatever still picture or changed values the output carries; a click on its link asks to open
a page of it. Imports the look, and the words from `presentation`.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.gui.diff.frame import Frame, Place, draw_text, fill_missing, label_output
from nbreview.gui.diff.look import Look
from nbreview.gui.language import QT_TR_NOOP, spoken, tr
from nbreview.presentation.geometry import Column
from nbreview.presentation.rich_outputs import embedded
from nbreview.presentation.rows import Block, FoldKey, output_sides

OPEN = QT_TR_NOOP("Open in browser…")


class EmbedPiece:
    """What an output is, on each side that has it, and the link to a page of it."""

    width = 0.0

    def __init__(self, block: Block, diff: NotebookDiff, look: Look) -> None:
        self.block = block
        self._look = look
        self.height = look.metrics.line + 2 * look.metrics.pad
        change = diff.cells[block.change]
        output = change.outputs[block.output]
        self._kind = output.kind
        base, head = output_sides(diff, change, output)
        self._words = tuple(spoken(embedded(side)) if side is not None else "" for side in (base, head))
        self._links: list[QRectF] = []

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """Nothing is hidden here."""
        return None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """This is no text of the notebook."""
        return None

    def link_at(self, x: int, y: int) -> bool:
        """Whether a point inside the piece lies on the link."""
        return any(link.left() <= x <= link.right() for link in self._links)

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint the name on both sides."""
        columns = frame.columns
        self._links = []
        if columns.one_column:
            self._paint_side(painter, top, columns.head, frame, head=bool(self._words[1]))
            return
        for column, head, absent in (
            (columns.base, False, ChangeKind.ADDED),
            (columns.head, True, ChangeKind.REMOVED),
        ):
            if self._kind is absent:
                fill_missing(painter, column, top, self.height, self._look)
            else:
                self._paint_side(painter, top, column, frame, head=head)

    def _paint_side(self, painter: QPainter, top: int, column: Column, frame: Frame, *, head: bool) -> None:
        look = self._look
        fill = look.block_fill(self._kind, head=head)
        if fill is not None:
            painter.fillRect(QRectF(column.left, top, column.width, self.height), fill)
        label_output(painter, top + look.metrics.pad, frame, self.block, column, head=head)
        area = QRectF(column.text, top, column.text_width - look.unit, self.height)
        font = QFont(look.prose)
        font.setUnderline(frame.hovered_link == self.block.change)
        metrics = QFontMetricsF(font)
        link = tr(OPEN)
        room = area.width() - metrics.horizontalAdvance(link) - 2 * look.unit
        words = metrics.elidedText(f"▣  {self._words[head]}", Qt.TextElideMode.ElideRight, max(room, 0.0))
        painter.setFont(look.prose)
        draw_text(painter, area, words, look.color("muted"))
        area.setLeft(area.left() + metrics.horizontalAdvance(words) + 2 * look.unit)
        painter.setFont(font)
        draw_text(painter, area, link, look.color("link"))
        self._links.append(QRectF(area.left(), top, metrics.horizontalAdvance(link), self.height))
