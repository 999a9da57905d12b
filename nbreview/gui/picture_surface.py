"""Two pictures large: zoomed, moved and compared in one of four ways, with the values of the pixel under the
pointer.

Imports the theme and the decoder's types. Positions are of two kinds: pixels of the pictures, and
device-independent pixels of the widget. A zoom of 1 shows a pixel of the picture as a pixel of the screen.
"""

from dataclasses import dataclass
from math import floor

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nbreview.gui.diff.decoding import Shown, as_drawn, decode, fade
from nbreview.gui.language import tr
from nbreview.gui.theme import Theme, prose_font
from nbreview.presentation.pictures import PictureMode

MIN_ZOOM, MAX_ZOOM = 0.01, 64.0
ZOOM_STEP = 1.25
PAN_STEP = 48
SMALL = 1_000_000
"""Pixels below which no smaller copy of a picture is made."""

Source = tuple[str, object]
"""A side's MIME type and what the notebook holds."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Both sides decoded. Each holds the picture and copies of half its size, a quarter of it, …; a side that
    cannot be shown holds none and says why in `said`. `difference` is as large as both sides together.
    """

    base: tuple[QImage, ...] = ()
    head: tuple[QImage, ...] = ()
    difference: tuple[QImage, ...] = ()
    said: tuple[str, str] = ("", "")

    @property
    def size(self) -> QSize:
        """The size of both sides together, in pixels."""
        size = QSize(0, 0)
        for side in (self.base, self.head):
            if side:
                size = size.expandedTo(side[0].size())
        return size


def load_pair(base: Source | None, head: Source | None, mask: bytes, paper: QColor, mark: QColor) -> Pair:
    """Decode both sides and make the picture of what differs. Runs on a worker thread."""
    first, second = (decode(*side, QSize()) if side is not None else "" for side in (base, head))
    said = tuple(side if isinstance(side, str) else "" for side in (first, second))
    levels: tuple[QImage, ...] = ()
    if isinstance(first, QImage) and isinstance(second, QImage):
        found = mask or as_drawn(first, second).mask
        union = first.size().expandedTo(second.size())
        levels = _levels(fade(second, union, found, union, paper, mark))
    return Pair(_levels(first), _levels(second), levels, (said[0], said[1]))


def _levels(picture: Shown) -> tuple[QImage, ...]:
    """A picture, half of it, a quarter, …: so a small view of a large one is even, and painted fast."""
    if isinstance(picture, str):
        return ()
    found = [picture]
    while found[-1].width() * found[-1].height() > SMALL and min(found[-1].size().toTuple()) > 1:
        half = QSize(max(found[-1].width() // 2, 1), max(found[-1].height() // 2, 1))
        found.append(
            found[-1].scaled(
                half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
    return tuple(found)


class PictureSurface(QWidget):
    """Where the pictures are. Keys: + and − zoom, 0 fits, 1 is 100 %, arrows move."""

    pointed = Signal(str)
    """What is under the pointer, in words."""
    view_changed = Signal()
    """Another zoom, or another place of the divider."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pair = Pair()
        self._sentence = ""
        self.mode = PictureMode.SIDE_BY_SIDE
        self.swipe = self.opacity = 0.5
        self.zoom = 1.0
        self._fits = True
        self._center = QPointF()  # the pixel in the middle of a pane
        self._grabbed: QPointF | None = None
        self._sliding = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(tr("The picture, base and head"))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self.update()

    def set_pair(self, pair: Pair) -> None:
        """Show two pictures, made to fit."""
        self._pair = pair
        self._sentence = ""
        self.fit()

    def set_sentence(self, text: str) -> None:
        """Say something where no picture is."""
        self._pair = Pair()
        self._sentence = text
        self.update()

    def set_mode(self, mode: PictureMode) -> None:
        """Show both sides in another way; the pixel in the middle stays there."""
        self.mode = mode
        if self._fits:
            self.fit()
        self.update()
        self.view_changed.emit()

    # Zoom and place.

    @property
    def two_panes(self) -> bool:
        """Whether base and head stand side by side."""
        return self.mode is PictureMode.SIDE_BY_SIDE and bool(self._pair.base) and bool(self._pair.head)

    def fit(self) -> None:
        """The whole picture in view, never larger than 100 %."""
        size = self._pair.size
        pane = self._pane(False).size()
        self._fits = True
        if not size.isEmpty() and not pane.isEmpty():
            ratio = self.devicePixelRatioF()
            self.zoom = min(1.0, ratio * pane.width() / size.width(), ratio * pane.height() / size.height())
            self.zoom = max(self.zoom, MIN_ZOOM)
        self._center = QPointF(size.width() / 2, size.height() / 2)
        self.update()
        self.view_changed.emit()

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Another zoom; the pixel at `around` (in the widget; the middle if None) stays where it is."""
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        self._fits = False
        if around is not None:
            pane = self._pane_at(around)
            before = self._pixel(around, pane)
            self.zoom = zoom
            after = self._pixel(around, pane)
            self._center += before - after
        self.zoom = zoom
        self._hold()

    def pan(self, dx: float, dy: float) -> None:
        """Move the pictures by device-independent pixels."""
        self._fits = False
        self._center -= QPointF(dx, dy) / self._scale
        self._hold()

    def move_divider(self, step: float) -> None:
        """Move the divider, or the head's opacity, by a share of 1."""
        if self.mode is PictureMode.SWIPE:
            self.swipe = min(max(self.swipe + step, 0.0), 1.0)
        elif self.mode is PictureMode.ONION:
            self.opacity = min(max(self.opacity + step, 0.0), 1.0)
        self.update()
        self.view_changed.emit()

    @property
    def _scale(self) -> float:
        return self.zoom / self.devicePixelRatioF()

    def _hold(self) -> None:
        """Keep some of the picture in view."""
        size = self._pair.size
        self._center = QPointF(
            min(max(self._center.x(), 0.0), size.width()), min(max(self._center.y(), 0.0), size.height())
        )
        self.update()
        self.view_changed.emit()

    def _pane(self, head: bool) -> QRectF:
        """Where a side is shown."""
        whole = QRectF(self.rect())
        if not self.two_panes:
            return whole
        gap = self._theme.spacing
        width = (whole.width() - gap) / 2
        return QRectF(width + gap if head else 0.0, 0.0, width, whole.height())

    def _pane_at(self, point: QPointF) -> QRectF:
        return self._pane(self.two_panes and point.x() >= self._pane(True).left())

    def _pixel(self, point: QPointF, pane: QRectF) -> QPointF:
        """The pixel of the pictures at a point of a pane."""
        return self._center + (point - pane.center()) / self._scale

    def _placed(self, pane: QRectF, size: QSize) -> QRectF:
        """Where a picture of a size in pixels lies."""
        corner = pane.center() - self._center * self._scale
        return QRectF(corner, QSizeF(size) * self._scale)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part in view."""
        painter = QPainter(self)
        theme, pair = self._theme, self._pair
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.setFont(prose_font(theme))
        if self._sentence or pair.size.isEmpty():
            self._paint_words(
                painter, QRectF(self.rect()), self._sentence or " ".join(filter(None, pair.said))
            )
        elif self.mode is PictureMode.DIFFERENCE and pair.difference:
            self._paint_side(painter, self._pane(True), pair.difference)
        elif self.mode is PictureMode.SIDE_BY_SIDE or not (pair.base and pair.head):
            self._paint_beside(painter)
        else:
            self._paint_over(painter)
        if self.hasFocus():
            painter.setClipping(False)
            painter.setPen(QPen(theme.color("focus"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_beside(self, painter: QPainter) -> None:
        for head, levels in ((False, self._pair.base), (True, self._pair.head)):
            if levels:
                pane = self._pane(head)
                painter.setClipRect(pane)
                self._paint_side(painter, pane, levels)
                self._paint_name(painter, pane, head=head)

    def _paint_over(self, painter: QPainter) -> None:
        pane = self._pane(True)
        area = self._placed(pane, self._pair.size)
        swiped = self.mode is PictureMode.SWIPE
        x = area.left() + area.width() * (self.swipe if swiped else self.opacity)
        if swiped:
            painter.setClipRect(QRectF(pane.left(), pane.top(), x - pane.left(), pane.height()))
        self._paint_side(painter, pane, self._pair.base)
        if swiped:
            painter.setClipRect(QRectF(x, pane.top(), pane.right() - x, pane.height()))
        else:
            painter.setOpacity(self.opacity)
        self._paint_side(painter, pane, self._pair.head)
        painter.setOpacity(1.0)
        painter.setClipping(False)
        for head in (False, True):
            self._paint_name(painter, pane, head=head)
        accent, thumb = self._theme.color("accent"), float(self._theme.spacing)
        y = self._slider(area)
        for color, width in ((self._theme.color("accent_text"), 4), (accent, 2)):  # seen on any picture
            painter.setPen(QPen(color, width))
            if swiped:
                painter.drawLine(QPointF(x, pane.top()), QPointF(x, pane.bottom()))
            else:
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent_text"), 1))
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(x, y), thumb, thumb)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _slider(self, area: QRectF) -> float:
        """How high the thumb of the divider lies: always in view."""
        if self.mode is PictureMode.SWIPE:
            return self.rect().center().y()
        return min(area.bottom(), float(self.height())) - 3 * self._theme.spacing

    def _paint_side(self, painter: QPainter, pane: QRectF, levels: tuple[QImage, ...]) -> None:
        area = self._placed(pane, levels[0].size())
        shown = area.intersected(pane)
        if shown.isEmpty():
            return
        level = 0
        while level + 1 < len(levels) and self.zoom * 2 ** (level + 1) <= 1:
            level += 1
        image = levels[level]
        across, down = image.width() / area.width(), image.height() / area.height()
        source = QRectF(
            (shown.left() - area.left()) * across,
            (shown.top() - area.top()) * down,
            shown.width() * across,
            shown.height() * down,
        )
        if painter.opacity() < 1:  # both paper and picture let through what lies beneath, not each by itself
            sheet = QImage(source.toAlignedRect().size(), QImage.Format.Format_RGB32)
            sheet.fill(Qt.GlobalColor.white)
            drawing = QPainter(sheet)
            corner = source.toAlignedRect().topLeft()
            drawing.drawImage(-corner.x(), -corner.y(), image)
            drawing.end()
            image, source = sheet, source.translated(-corner.x(), -corner.y())
        else:
            painter.fillRect(shown, QColor(Qt.GlobalColor.white))
        # Beyond 100 % a reader looks at pixels, and wants to see them.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < 1)
        painter.drawImage(shown, image, source)
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_name(self, painter: QPainter, pane: QRectF, *, head: bool) -> None:
        theme = self._theme
        painter.setFont(prose_font(theme, theme.caption))
        text = "head" if head else "base"
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(text) + theme.spacing, metrics.height() + 4
        left = pane.right() - width if head and not self.two_panes else pane.left()
        label = QRectF(left, pane.top(), width, height)
        painter.fillRect(label, theme.color("raised"))
        painter.setPen(theme.color("added_sign" if head else "removed_sign"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter.value, text)

    def _paint_words(self, painter: QPainter, area: QRectF, text: str) -> None:
        painter.setPen(self._theme.color("muted"))
        flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
        margin = 3 * self._theme.spacing
        painter.drawText(area.adjusted(margin, margin, -margin, -margin), flags, text)

    # What is under the pointer.

    def words_at(self, point: QPoint) -> str:
        """Place and values of the pixel under a point, on both sides; "" outside the pictures."""
        at = self._pixel(QPointF(point), self._pane_at(QPointF(point)))
        x, y = floor(at.x()), floor(at.y())
        size = self._pair.size
        if not (0 <= x < size.width() and 0 <= y < size.height()):
            return ""
        parts = [f"x {x}, y {y}"]
        values = []
        for name, levels in ((tr("base"), self._pair.base), (tr("head"), self._pair.head)):
            if not levels:
                continue
            inside = levels[0].rect().contains(x, y)
            color = levels[0].pixelColor(x, y) if inside else None
            values.append(color)
            parts.append(f"{name} {_color_words(color)}")
        if len(values) == 2:
            parts.insert(1, tr("equal") if values[0] == values[1] else tr("differs"))
        return " · ".join(parts)

    # Events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fits goes on to fit."""
        if self._fits:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        self.set_zoom(self.zoom * ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider, or of the picture."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._grabbed = event.position()
            self._sliding = self._on_divider(event.position())
            if not self._sliding:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held, and say what lies under the pointer."""
        self.pointed.emit(self.words_at(event.position().toPoint()))
        if self._grabbed is None:
            on = self._on_divider(event.position())
            self.setCursor(Qt.CursorShape.SplitHCursor if on else Qt.CursorShape.CrossCursor)
            return
        if self._sliding:
            area = self._placed(self._pane(True), self._pair.size)
            step = (event.position().x() - self._grabbed.x()) / max(area.width(), 1.0)
            self.move_divider(step)
        else:
            moved = event.position() - self._grabbed
            self.pan(moved.x(), moved.y())
        self._grabbed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grabbed = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def _on_divider(self, point: QPointF) -> bool:
        if self.mode not in (PictureMode.SWIPE, PictureMode.ONION) or not self._pair.difference:
            return False
        area = self._placed(self._pane(True), self._pair.size)
        reach = 1.5 * self._theme.spacing
        if self.mode is PictureMode.SWIPE:
            return bool(abs(point.x() - area.left() - area.width() * self.swipe) <= reach)
        return bool(abs(point.y() - self._slider(area)) <= reach)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, fit, and move; left and right move the divider where there is one, with Shift the picture."""
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        ways = {
            Qt.Key.Key_Left: (1, 0),
            Qt.Key.Key_Right: (-1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_zoom(self.zoom * ZOOM_STEP)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.set_zoom(self.zoom / ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_1:
            self.set_zoom(1.0)
        elif key in ways:
            across, down = ways[Qt.Key(key)]
            if across and not shift and self.mode in (PictureMode.SWIPE, PictureMode.ONION):
                self.move_divider(-0.05 * across)
            else:
                self.pan(across * PAN_STEP, down * PAN_STEP)
        else:
            super().keyPressEvent(event)


def _color_words(color: QColor | None) -> str:
    if color is None:
        return "nothing"
    if color.alpha() == 0:
        return "transparent"
    values = f"{color.red()}, {color.green()}, {color.blue()}"
    return f"{color.name()} ({values}{f', alpha {color.alpha()}' if color.alpha() < 255 else ''})"
