"""Notices in place: what went wrong or well, with what to do next, above the panels and in nobody's way.

Imports `theme` and `parts` only. Nothing here is modal; a notice stays until it is dismissed or answered.
"""

import itertools
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, load_theme, prose_font

SHOWN = 3
"""Notices shown at once; older ones are counted below, and come up as the newer ones go."""


class Level(StrEnum):
    """How grave a notice is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_COLORS = {
    Level.INFO: ("accent", "accent_bg"),
    Level.WARNING: ("warning", "warning_bg"),
    Level.ERROR: ("error", "error_bg"),
}


class _Sign(QWidget):
    """The level as a drawn sign: a circled i, a triangle, a crossed circle."""

    def __init__(self, level: Level, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._level, self._theme = level, theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(level.value)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFont(prose_font(theme))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        side = self.fontMetrics().height()
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._theme.color(_COLORS[self._level][0])
        side = float(min(self.width(), self.height()))
        painter.setPen(QPen(color, max(1.5, side / 11), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = QPointF(side / 2, side / 2)

        def stroke(x1: float, y1: float, x2: float, y2: float) -> None:
            painter.drawLine(QPointF(x1 * side, y1 * side), QPointF(x2 * side, y2 * side))

        if self._level is Level.WARNING:
            corners = ((0.5, 0.12), (0.94, 0.88), (0.06, 0.88))
            painter.drawPolygon(QPolygonF([QPointF(x * side, y * side) for x, y in corners]))
            stroke(0.5, 0.42, 0.5, 0.6)
            stroke(0.5, 0.75, 0.5, 0.755)
        else:
            painter.drawEllipse(middle, side * 0.42, side * 0.42)
            if self._level is Level.INFO:
                stroke(0.5, 0.47, 0.5, 0.7)
                stroke(0.5, 0.3, 0.5, 0.305)
            else:
                stroke(0.37, 0.37, 0.63, 0.63)
                stroke(0.63, 0.37, 0.37, 0.63)
        painter.end()


class _Notice(QFrame):
    """One notice: sign, text, the act that helps, and a button that takes it away."""

    closed = Signal()

    def __init__(
        self,
        level: Level,
        text: str,
        action: tuple[str, Callable[[], None]] | None,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.level, self.text = level, text
        self.setAccessibleName(f"{level}: {text}")
        self._sign = _Sign(level, theme, self)
        self._sentence = Sentence(text, parent=self)
        self._sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addWidget(self._sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        self.action_button: QPushButton | None = None
        if action is not None:
            words, act = action
            self.action_button = QPushButton(words, self)
            self.action_button.clicked.connect(self.closed)
            self.action_button.clicked.connect(lambda _checked=False: act())
            self._layout.addWidget(self.action_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.close_button = QToolButton(self)
        self.close_button.setText("×")
        self.close_button.setAccessibleName(tr("Dismiss this notice"))
        self.close_button.setToolTip(tr("Dismiss"))
        self.close_button.clicked.connect(self.closed)
        self._layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        color, tint = (getattr(theme, token) for token in _COLORS[self.level])
        self.setStyleSheet(
            f"#notice {{ background: {tint}; border: none; border-left: {theme.spacing // 2}px solid {color};"
            f" border-bottom: 1px solid {theme.border}; }}"
        )
        self._sign.set_theme(theme)
        self._sentence.set_theme(theme)
        self.close_button.setFont(prose_font(theme, theme.title))
        unit = theme.spacing
        self._layout.setContentsMargins(unit + unit // 2, unit // 2, unit // 2, unit // 2)
        self._layout.setSpacing(unit)


class NoticeArea(QWidget):
    """Notices, newest on top. The same text is not shown twice: it moves to the top. Of those that only say
    that something went well, and ask for nothing, the newest is shown.
    """

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._theme = theme or load_theme("light")
        self._numbers = itertools.count(1)
        self._notices: dict[int, _Notice] = {}  # oldest first
        self._more = Sentence("", muted=True, size="caption", parent=self)
        self._more.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._more)
        self.setAccessibleName(tr("Notices"))
        self.set_theme(self._theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self._more.set_theme(theme)
        self._more.setContentsMargins(3 * theme.spacing, 2, theme.spacing, 2)
        for notice in self._notices.values():
            notice.set_theme(theme)

    def inform(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> int:
        """Say that something went well or is worth knowing; returns the notice's number."""
        return self.notify(Level.INFO, text, action_text, action)

    def warn(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> int:
        """Say that something could not be done as asked, but was done, or can be mended here."""
        return self.notify(Level.WARNING, text, action_text, action)

    def fail(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> int:
        """Say that something failed, and what to do next."""
        return self.notify(Level.ERROR, text, action_text, action)

    def notify(
        self, level: str, text: str, action_text: str = "", action: Callable[[], None] | None = None
    ) -> int:
        """Show a notice of a level ("info", "warning", "error"), with a button where there is an act."""
        told = Level(level) is Level.INFO and action is None
        for number, notice in tuple(self._notices.items()):
            if notice.text == text or (told and notice.level is Level.INFO and notice.action_button is None):
                self._remove(number)
        number = next(self._numbers)
        chosen = (action_text, action) if action_text and action is not None else None
        notice = _Notice(Level(level), text, chosen, self._theme, self)
        notice.closed.connect(lambda: self.dismiss(number))
        self._notices[number] = notice
        self._layout.insertWidget(0, notice)
        self._arrange()
        QAccessible.updateAccessibility(QAccessibleEvent(notice, QAccessible.Event.Alert))
        return number

    def latest(self) -> str:
        """The text of the newest notice, or ""."""
        return next(reversed(self._notices.values())).text if self._notices else ""

    def texts(self) -> tuple[str, ...]:
        """The texts of all notices, newest first."""
        return tuple(notice.text for notice in reversed(self._notices.values()))

    def dismiss(self, number: int) -> None:
        """Take one notice away; one that has gone already is no error."""
        self._remove(number)
        self._arrange()

    def clear(self) -> None:
        """Take all notices away."""
        for number in tuple(self._notices):
            self._remove(number)
        self._arrange()

    def _remove(self, number: int) -> None:
        notice = self._notices.pop(number, None)
        if notice is not None:
            notice.hide()
            self._layout.removeWidget(notice)
            notice.deleteLater()

    def _arrange(self) -> None:
        for place, notice in enumerate(reversed(self._notices.values())):
            notice.setVisible(place < SHOWN)
        hidden = len(self._notices) - SHOWN
        one, more = tr("{hidden} older notice below these"), tr("{hidden} older notices below these")
        self._more.setText((one if hidden == 1 else more).format(hidden=hidden))
        self._more.setVisible(hidden > 0)
        self.setVisible(bool(self._notices))
