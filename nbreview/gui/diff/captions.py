"""The strip above the canvas that says which revision stands on which side."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nbreview.gui.diff.frame import draw_text
from nbreview.gui.diff.look import Look
from nbreview.presentation.geometry import Columns


class Captions(QWidget):
    """Base at the left, head at the right, each over its column."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._labels = ("", "")
        self._columns: Columns | None = None

    def sizeHint(self) -> QSize:
        """As high as a cell's header."""
        return QSize(0, self._look.metrics.header + self._look.half)

    def set_look(self, look: Look) -> None:
        """Another theme."""
        self._look = look
        self.update()

    def set_labels(self, base: str, head: str) -> None:
        """What the sides are called."""
        self._labels = (base, head)
        self.setAccessibleName(f"Base: {base}. Head: {head}.")
        self.setToolTip(f"base: {base}\nhead: {head}" if base or head else "")
        self.update()

    def set_columns(self, columns: Columns) -> None:
        """Where the sides lie."""
        if columns != self._columns:
            self._columns = columns
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each label over its column, its role before it."""
        look = self._look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("surface"))
        painter.setPen(look.hairline)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        columns = self._columns
        base, head = self._labels
        if columns is None or not (base or head):
            return
        if columns.one_column:
            half = columns.width / 2
            self._write(painter, "base", base, columns.base.left, half - columns.base.left)
            self._write(painter, "head", head, half, half)
            return
        self._write(painter, "base", base, columns.base.left, columns.base.width)
        self._write(painter, "head", head, columns.head.left, columns.head.width)

    def _write(self, painter: QPainter, role: str, label: str, left: float, width: float) -> None:
        look = self._look
        x = left + look.unit
        color = look.color("removed_sign" if role == "base" else "added_sign")
        painter.setFont(look.caption)
        role_width = look.caption_metrics.horizontalAdvance(role)
        draw_text(painter, QRectF(x, 0, role_width + 1, self.height()), role, color)
        x += role_width + look.unit
        painter.setFont(look.strong)
        room = left + width - look.unit - x
        text = QFontMetricsF(look.strong).elidedText(label, Qt.TextElideMode.ElideRight, max(room, 0.0))
        draw_text(painter, QRectF(x, 0, max(room, 0.0), self.height()), text, look.color("text"))
