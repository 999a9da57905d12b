"""Small widgets that several panels are made of: sentences, pills, folds, headings.

Imports `theme` only. None of them knows what it is about.
"""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from nbreview.gui.theme import Theme, prose_font


class Sentence(QLabel):
    """Prose that wraps, can be selected with the mouse, and is muted, plain or a heading."""

    def __init__(
        self,
        text: str = "",
        *,
        muted: bool = False,
        size: str = "body",
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._size, self._bold = size, bold
        self._font: QFont | None = None
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if muted:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def as_page(self) -> None:
        """Fill a page by itself: take the room there is, and ask for none in the name of other pages."""
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's size; the colour comes with the application's palette."""
        self.set_font(prose_font(theme, getattr(theme, self._size), bold=self._bold))

    def set_font(self, font: QFont) -> None:
        """Write in this font, for good."""
        self._font = font
        self.setFont(font)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Under an application style sheet, Qt forgets a child's font when an ancestor gets another parent.
        wanted = self._font
        if event.type() != QEvent.Type.FontChange or wanted is None:
            return
        if (self.font().pointSizeF(), self.font().weight()) != (wanted.pointSizeF(), wanted.weight()):
            self.setFont(wanted)

    def minimumSizeHint(self) -> QSize:
        # Wrapping prose gives way: asking for its width would widen a narrow panel, and asking for the height
        # that it has at its narrowest would make the window taller than the screen at 200 %.
        metrics = QFontMetrics(self.font())
        margins = self.contentsMargins()
        width = min(super().minimumSizeHint().width(), metrics.averageCharWidth() * 12)
        return QSize(width, metrics.height() + margins.top() + margins.bottom())


class Column(QWidget):
    """A column of wrapping things in a scroll area: as high as they are at the width there is.

    Without it Qt takes the height that they have at their narrowest for the least there may be, which leaves
    holes in the column and something to scroll below it.
    """

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class Pill(QWidget):
    """A short word in a rounded outline: how something is known, or what has become of it."""

    def __init__(
        self, theme: Theme, text: str = "", token: str = "muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._text, self._token = theme, text, token
        self._hint = pill_size(theme, text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str, token: str) -> None:
        """Say something else, in the colour of a token."""
        self._text, self._token = text, token
        self._hint = pill_size(self._theme, text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self._hint = pill_size(theme, self._text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._hint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, self.rect(), self._theme, self._text, self._token)
        painter.end()


def pill_size(theme: Theme, text: str) -> QSize:
    """The size of a pill around `text`."""
    metrics = QFontMetrics(_pill_font(theme))
    return QSize(metrics.horizontalAdvance(text) + 2 * theme.spacing, metrics.height() + theme.spacing // 2)


def paint_pill(painter: QPainter, area: QRect, theme: Theme, text: str, token: str) -> None:
    """Paint a pill into `area` (use `pill_size`): text and outline in the token's colour over a faint tint
    of it.
    """
    color = theme.color(token)
    tint = QColor(color)
    tint.setAlpha(26)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1))
    painter.setBrush(tint)
    frame = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
    painter.setFont(_pill_font(theme))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _pill_font(theme: Theme) -> QFont:
    return prose_font(theme, theme.caption)


def paint_card(painter: QPainter, area: QRect, theme: Theme, *, marked: bool) -> None:
    """Paint the ground and the outline of a card; one that is `marked` has a bar in the accent colour at
    its left.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("border"), 1))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius, theme.radius)
    if marked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        bar = QRectF(area.left(), area.top(), theme.spacing // 2, area.height())
        painter.drawRoundedRect(bar, theme.spacing // 4, theme.spacing // 4)
    painter.restore()


def paint_tick(painter: QPainter, area: QRect, color: QColor) -> None:
    """Paint a tick into a square: drawn, as not every typeface has one."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(
            color,
            max(1.5, area.width() / 8),
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    left, top, side = area.left(), area.top(), area.width()
    painter.drawPolyline(
        [QPointF(left + side * x, top + side * y) for x, y in ((0.2, 0.55), (0.42, 0.75), (0.82, 0.28))]
    )
    painter.restore()


class Choice(QComboBox):
    """A drop-down list. The style sheet's frame spoils Qt's own arrow, so the arrow is drawn here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet("QComboBox::drop-down { border: none; width: 1.6em; }")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self.fontMetrics().height() / 5
        middle = QPointF(self.width() - 4 * half, self.height() / 2)
        role = QPalette.ColorRole.Text if self.isEnabled() else QPalette.ColorRole.Dark
        painter.setPen(QPen(self.palette().color(role), max(1.5, half / 2)))
        left, right = QPointF(-half, -half / 2), QPointF(half, -half / 2)
        painter.drawPolyline([middle + left, middle + QPointF(0, half / 2), middle + right])
        painter.end()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self.fontMetrics().height(), hint.height())


class Line(QLineEdit):
    """A line to write in. Empty, it leaves Ctrl+Z to the window: not what was typed is meant then."""

    def event(self, event: QEvent) -> bool:
        undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if undo and event.type() == QEvent.Type.ShortcutOverride and not self.text():
            event.ignore()
            return False
        return super().event(event)


class Panel(QWidget):
    """A part of a window that hands the keyboard on to what it is mostly for.

    A focus proxy would do that as well, but Tab then goes past what stands before the proxy.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: QWidget | None = None

    def aim_focus(self, entry: QWidget) -> None:
        """What gets the keyboard that is given to the panel."""
        self._entry = entry

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to what the panel is mostly for."""
        if self._entry is not None and isValid(self._entry):  # a card may have gone
            self._entry.setFocus(reason)


class Tabs(QTabWidget):
    """Pages with a bar above them, which is not there while there is one page.

    Qt lets the keyboard come to the hidden bar, where Tab then ends.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setTabBarAutoHide(True)

    def tabInserted(self, index: int) -> None:
        super().tabInserted(index)
        self._let_pass()

    def tabRemoved(self, index: int) -> None:
        super().tabRemoved(index)
        self._let_pass()

    def _let_pass(self) -> None:
        policy = Qt.FocusPolicy.TabFocus if self.count() > 1 else Qt.FocusPolicy.NoFocus
        self.tabBar().setFocusPolicy(policy)


class Fold(QWidget):
    """A heading that opens and closes what is below it; the inside is made at the first opening."""

    toggled = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = QToolButton(self)
        self._button.setText(title)
        self._button.setCheckable(True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setArrowType(Qt.ArrowType.RightArrow)
        # The sheet tints a checked button; here the arrow tells the state.
        self._button.setStyleSheet(
            "QToolButton { padding: 2px 4px 2px 0; }"
            "QToolButton:checked { background: transparent; color: palette(window-text); }"
        )
        self._button.toggled.connect(self._show)
        self._inside: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def is_open(self) -> bool:
        """Whether the inside shows."""
        return self._button.isChecked()

    def set_open(self, opened: bool) -> None:
        """Open or close."""
        self._button.setChecked(opened)

    def set_title(self, title: str) -> None:
        """Head it with other words."""
        self._button.setText(title)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's size of text."""
        self._button.setFont(prose_font(theme, theme.caption))

    def set_inside(self, inside: QWidget) -> None:
        """What is below the heading."""
        self._inside = inside
        inside.setVisible(self.is_open())
        layout = self.layout()
        assert layout is not None
        layout.addWidget(inside)

    def _show(self, opened: bool) -> None:
        self._button.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.toggled.emit(opened)  # first, so that who listens can make the inside now
        if self._inside is not None:
            self._inside.setVisible(opened)
