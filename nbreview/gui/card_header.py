"""The head of a card: which cell it is about, how that is known, and while the card is closed, its reason
in a line.

Imports `theme` and `parts` only.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nbreview.gui.parts import Pill
from nbreview.gui.theme import Theme, prose_font


class CardHeader(QWidget):
    """Title and pill; a click or Enter opens the card."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._take(theme)
        self._title, self._hint = "", ""
        self.pill = Pill(theme, "", "muted", self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_text(self, title: str, hint: str) -> None:
        """`hint` is a second line, in muted letters; "" for none."""
        self._title, self._hint = title, hint
        self.setAccessibleName(f"{title}. {hint}" if hint else title)
        self.setToolTip(title)
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._take(theme)
        self.pill.set_theme(theme)
        self.updateGeometry()
        self.update()

    def _take(self, theme: Theme) -> None:
        self._theme = theme
        self._bold, self._small = prose_font(theme, bold=True), prose_font(theme, theme.caption)
        self._bold_metrics, self._small_metrics = QFontMetrics(self._bold), QFontMetrics(self._small)

    def sizeHint(self) -> QSize:
        height = max(self._bold_metrics.height(), self.pill.sizeHint().height())
        if self._hint:
            height += self._small_metrics.height() + 2
        return QSize(self._bold_metrics.averageCharWidth() * 16, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.pill.sizeHint().width() + 4 * self._theme.spacing, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        metrics = self._bold_metrics
        painter.setFont(self._bold)
        painter.setPen(theme.color("text"))
        first = max(metrics.height(), self.pill.sizeHint().height())
        room = self.width() - self.pill.width() - theme.spacing
        base_line = (first - metrics.height()) // 2 + metrics.ascent()
        painter.drawText(0, base_line, metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room))
        if self._hint:
            small = self._small_metrics
            painter.setFont(self._small)
            painter.setPen(theme.color("muted"))
            hint = small.elidedText(self._hint, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(0, first + 2 + small.ascent(), hint)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
