"""The strip above the canvas that says which revision stands on which side."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from nbreview.gui.diff.frame import draw_text
from nbreview.gui.diff.look import Look
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.presentation.geometry import Columns

_OF_GIT = (QT_TR_NOOP("working tree"), QT_TR_NOOP("staged"))


class Captions(QWidget):
    """Base at the left, head at the right, each over its column."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._labels = ("", "")
        self._columns: Columns | None = None
        self._swap: QToolButton | None = None

    def set_swap(self, act: QAction) -> None:
        """Offer to swap the sides, between their labels."""
        self._swap = QToolButton(self)
        self._swap.setDefaultAction(act)
        self._swap.setAccessibleName(act.text().replace("&", ""))
        self._swap.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place_swap()

    def sizeHint(self) -> QSize:
        """As high as a cell's header."""
        return QSize(0, self._look.metrics.header + self._look.half)

    def set_look(self, look: Look) -> None:
        """Another theme."""
        self._look = look
        self._place_swap()
        self.update()

    def set_labels(self, base: str, head: str) -> None:
        """What the sides are called."""
        base, head = (tr(each) if each in _OF_GIT else each for each in (base, head))
        self._labels = (base, head)
        self.setAccessibleName(tr("Base: {base}. Head: {head}.").format(base=base, head=head))
        self.setToolTip(tr("base: {base}\nhead: {head}").format(base=base, head=head) if base or head else "")
        self._place_swap()
        self.update()

    def set_columns(self, columns: Columns) -> None:
        """Where the sides lie."""
        if columns != self._columns:
            self._columns = columns
            self._place_swap()
            self.update()

    def _taken(self) -> int:
        """Width of the button, at the end of the base's label."""
        return self._swap.width() if self._swap is not None and not self._swap.isHidden() else 0

    def _place_swap(self) -> None:
        button, columns = self._swap, self._columns
        if button is None:
            return
        button.setVisible(columns is not None and any(self._labels))
        if columns is None:
            return
        button.setFont(self._look.strong)
        height = self.sizeHint().height() - 1
        width = max(height, button.fontMetrics().horizontalAdvance(button.text()) + 2 * self._look.unit)
        base = columns.base
        words = self._look.caption_metrics.horizontalAdvance(tr("base")) + 2 * self._look.unit
        if base.width < words + width:
            button.hide()  # there is no room beside the side's name; its act stays
        right = columns.width // 2 if columns.one_column else base.left + base.width
        button.setGeometry(int(right) - width, 0, width, height)

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
        left: tuple[float, float] = (columns.base.left, columns.base.width)
        right: tuple[float, float] = (columns.head.left, columns.head.width)
        if columns.one_column:
            half = columns.width / 2
            left, right = (left[0], half - left[0]), (half, half)
        self._write(painter, (tr("base"), "removed_sign"), base, left[0], left[1] - self._taken())
        self._write(painter, (tr("head"), "added_sign"), head, *right)

    def _write(self, painter: QPainter, side: tuple[str, str], label: str, left: float, width: float) -> None:
        """`side`: its name, and the token of the colour that it has."""
        look = self._look
        x = left + look.unit
        role, color = side[0], look.color(side[1])
        painter.setFont(look.caption)
        role_width = look.caption_metrics.horizontalAdvance(role)
        draw_text(painter, QRectF(x, 0, role_width + 1, self.height()), role, color)
        x += role_width + look.unit
        painter.setFont(look.strong)
        room = left + width - look.unit - x
        text = QFontMetricsF(look.strong).elidedText(label, Qt.TextElideMode.ElideRight, max(room, 0.0))
        draw_text(painter, QRectF(x, 0, max(room, 0.0), self.height()), text, look.color("text"))
