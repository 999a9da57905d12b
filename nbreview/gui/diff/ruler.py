"""The overview ruler: every change of the notebook at a glance, the part in view, and a click to go there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nbreview.diff.model import ChangeKind
from nbreview.gui.diff.look import Look
from nbreview.gui.language import tr

LEAST = 3.0
"""Pixels that a mark takes at least."""


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
        third = inner / 3
        # Thousands of marks share a few hundred pixels: those of one kind that touch are painted at once, the
        # rarest kinds last, so that the many do not cover the few.
        kinds: dict[ChangeKind | RulerMark, list[Mark]] = {}
        for mark in self._marks:
            kinds.setdefault(mark.kind, []).append(mark)
        for kind in sorted(kinds, key=lambda kind: (isinstance(kind, RulerMark), -len(kinds[kind]))):
            marks = kinds[kind]
            if kind is RulerMark.FINDING:
                left, width, color = 3 + 2 * third, third, look.color("error")
            elif kind is RulerMark.COMMENT:
                left, width, color = 3.0, third, look.color("accent")
            elif kind is RulerMark.FIND:
                left, width, color = 3 + third / 2, 2 * third, look.color("find_current")
            elif kind is RulerMark.CURRENT:
                left, width, color = 1.0, 2.0, look.color("accent")
            else:
                left, width, color = 3.0, float(inner), look.theme.sign_color(kind)
                pale = look.theme.sign_color(kind)
                pale.setAlpha(110)
                for top, bottom in _runs(marks, height, whole=True):
                    painter.fillRect(QRectF(left, top, width, bottom - top), pale)
            for top, bottom in _runs(marks, height, whole=kind is RulerMark.CURRENT):
                painter.fillRect(QRectF(left, top, width, bottom - top), color)
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


def _runs(marks: Sequence[Mark], height: int, *, whole: bool) -> Iterator[tuple[float, float]]:
    """Where marks of one kind lie on a ruler of this height, as runs of those that touch: of each mark all of
    it (`whole`) or its first pixels.
    """
    start = end = -1.0
    for mark in sorted(marks, key=lambda mark: mark.start):
        top = float(int(mark.start * height))
        bottom = top + (max(LEAST, (mark.end - mark.start) * height) if whole else LEAST)
        if top > end:
            if end > start:
                yield start, end
            start, end = top, bottom
        end = max(end, bottom)
    if end > start:
        yield start, end
