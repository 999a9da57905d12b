"""The overview ruler: every change of the notebook at a glance, the part in view, and a click to go there."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nbreview.diff.model import ChangeKind
from nbreview.gui.diff.look import Look
from nbreview.gui.language import tr


@dataclass(frozen=True, slots=True)
class Mark:
    """One change, finding or find: where it starts and ends, as fractions of the whole. `kind` is the
    change's, else one of `RulerMark`.
    """

    start: float
    end: float
    kind: "ChangeKind | RulerMark"


class RulerMark(Enum):
    """What is marked besides changes."""

    FINDING = "finding"
    FIND = "find"
    COMMENT = "comment"
    CURRENT = "current"


class Ruler(QWidget):
    """A narrow strip beside the scroll bar. `jumped` carries the fraction of the whole that was clicked."""

    jumped = Signal(float)
    menu_requested = Signal(QPoint)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._marks: Sequence[Mark] = ()
        self._view = (0.0, 1.0)
        self._drawn: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Overview of changes"))
        self.setAccessibleDescription(tr("Changes, findings, comments and finds; a click scrolls there."))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As wide as two units of the grid."""
        return QSize(2 * self._look.unit, 8 * self._look.unit)

    def set_look(self, look: Look) -> None:
        """Another theme."""
        self._look = look
        self._drawn = None
        self.update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Another diff, or another fold of it."""
        self._marks = marks
        self._drawn = None
        self.update()

    def set_view(self, start: float, end: float) -> None:
        """The part in view, as fractions of the whole."""
        if (start, end) != self._view:
            self._view = (start, end)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Marks of at least two pixels; findings at the right, finds in the middle, above the changes."""
        look, height = self._look, self.height()
        painter = QPainter(self)
        if self._drawn is None:
            self._drawn = self._draw_marks()
        painter.drawPixmap(0, 0, self._drawn)
        start, end = self._view
        if end - start < 1.0:
            painter.setPen(QPen(look.color("control"), 1))
            fill = look.theme.color("text")
            fill.setAlpha(24)
            painter.setBrush(fill)
            painter.drawRect(
                QRectF(0.5, start * height + 0.5, self.width() - 1, max((end - start) * height - 1, 6))
            )

    def _draw_marks(self) -> QPixmap:
        """The marks as a picture: they are thousands, and stay while the view moves over them."""
        look, height = self._look, self.height()
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(look.color("surface"))
        painter = QPainter(picture)
        painter.setPen(look.hairline)
        painter.drawLine(0, 0, 0, height)
        inner = self.width() - 2 * 3
        painted: set[tuple[int, object]] = set()
        third = inner / 3
        for mark in self._marks:
            y = int(mark.start * height)
            length = max(3.0, (mark.end - mark.start) * height)
            if length <= 3.0:
                if (y, mark.kind) in painted:
                    continue  # thousands of marks share a few hundred pixels
                painted.add((y, mark.kind))
            if mark.kind is RulerMark.FINDING:
                painter.fillRect(QRectF(3 + 2 * third, y, third, 3.0), look.color("error"))
            elif mark.kind is RulerMark.COMMENT:
                painter.fillRect(QRectF(3, y, third, 3.0), look.color("accent"))
            elif mark.kind is RulerMark.FIND:
                painter.fillRect(QRectF(3 + third / 2, y, 2 * third, 2.0), look.color("find_current"))
            elif mark.kind is RulerMark.CURRENT:
                painter.fillRect(QRectF(1, y, 2, length), look.color("accent"))
            else:
                color = look.theme.sign_color(mark.kind)
                painter.fillRect(QRectF(3, y, inner, min(length, 3.0)), color)
                color.setAlpha(110)
                painter.fillRect(QRectF(3, y, inner, length), color)
        painter.end()
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The marks are drawn for one height."""
        self._drawn = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the ruler's menu."""
        self.menu_requested.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._jump(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._jump(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click was meant for the ruler and goes no further."""
        event.accept()

    def _jump(self, event: QMouseEvent) -> None:
        self.jumped.emit(min(1.0, max(0.0, event.position().y() / max(self.height(), 1))))
