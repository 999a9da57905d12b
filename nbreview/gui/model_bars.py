"""Bars that show where a model would go: a bar for each device, with weights, KV cache, compute, what others
have taken and what is left.

Imports `theme`, `language` and frozen plans only. Each part has its words, and a pattern beside its colour.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nbreview.gui.language import tr
from nbreview.gui.theme import Theme, prose_font
from nbreview.llm.offload import OffloadPlan, Part

_MIB = 2**20


def memory_in_words(size: int) -> str:
    """Memory as programs are told it: "4.7 GiB", "320 MiB"."""
    if abs(size) >= 2**30:
        return f"{size / 2**30:,.1f} GiB"
    return f"{size / _MIB:,.0f} MiB" if abs(size) >= _MIB or not size else tr("under 1 MiB")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a device's memory. `token` names its colour, `pattern` fills it."""

    words: str
    size: int
    token: str
    pattern: Qt.BrushStyle


def pieces(part: Part) -> tuple[Piece, ...]:
    """What a device's memory would be taken by, in the order in which it is drawn."""
    lacking = part.free_bytes < 0
    said = [
        (tr("others {size}"), part.others_bytes, "control", Qt.BrushStyle.SolidPattern),
        (tr("weights {size}"), part.weights_bytes, "accent", Qt.BrushStyle.SolidPattern),
        (tr("KV cache {size}"), part.cache_bytes, "moved_sign", Qt.BrushStyle.BDiagPattern),
        (tr("compute {size}"), part.compute_bytes, "warning", Qt.BrushStyle.Dense4Pattern),
        (
            tr("{size} too little") if lacking else tr("free {size}"),
            abs(part.free_bytes),
            "error" if lacking else "background",
            Qt.BrushStyle.DiagCrossPattern if lacking else Qt.BrushStyle.SolidPattern,
        ),
    ]
    return tuple(
        Piece(words.format(size=memory_in_words(size)), size, token, pattern)
        for words, size, token, pattern in said
    )


def device_title(part: Part, plan: OffloadPlan) -> str:
    """The device, and how many of the model's layers would be there."""
    device = part.device
    name = device.description if device.gpu and device.description else ""
    known = " ".join(word for word in (device.backend, name) if word)
    if not device.gpu and len(plan.parts) == 1:
        return tr("{device}: all layers").format(device=known)
    layers = part.layers if device.gpu else plan.total_layers - plan.layers
    return tr("{device}: {layers} of {total} layers").format(
        device=known, layers=layers, total=plan.total_layers
    )


class _DeviceBar(QWidget):
    """One device: its title, its bar and the words of the bar, which wrap."""

    def __init__(self, plan: OffloadPlan, part: Part, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._part, self._theme = part, theme
        self._title, self._pieces = device_title(part, plan), pieces(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        said = ", ".join(piece.words for piece in self._pieces)
        self.setAccessibleName(f"{self._title}: {said}")
        self.setToolTip(said)

    @property
    def _small(self) -> QFontMetrics:
        return QFontMetrics(prose_font(self._theme, self._theme.caption))

    @property
    def _bar_top(self) -> int:
        return QFontMetrics(prose_font(self._theme)).height() + self._theme.spacing // 2

    @property
    def _bar_height(self) -> int:
        return max(2 * self._theme.spacing, self._small.height())

    def sizeHint(self) -> QSize:
        width = self._small.averageCharWidth() * 40
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._small.averageCharWidth() * 20, self._bar_top + self._bar_height)

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return places[-1].bottom() + 1

    def _places(self, width: int) -> list[QRect]:
        """Where the words of each piece stand, each with room for its sign at the left."""
        metrics, unit = self._small, self._theme.spacing
        sign = metrics.height()
        left, top = 0, self._bar_top + self._bar_height + unit // 2
        found = []
        for piece in self._pieces:
            wide = sign + metrics.horizontalAdvance(piece.words) + 2 * unit
            if left and left + wide > width:
                left, top = 0, top + metrics.height() + 2
            found.append(QRect(left, top, wide, metrics.height()))
            left += wide
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, metrics = self._theme, self._small
        painter.setFont(prose_font(theme))
        painter.setPen(theme.color("text"))
        title = QFontMetrics(painter.font()).elidedText(
            self._title, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(QPoint(0, QFontMetrics(painter.font()).ascent()), title)
        self._paint_bar(painter)
        painter.setFont(prose_font(theme, theme.caption))
        for piece, place in zip(self._pieces, self._places(self.width()), strict=True):
            side = metrics.ascent()
            sign = QRectF(place.left() + 0.5, place.top() + metrics.height() - side - 1.5, side - 3, side - 3)
            self._fill(painter, sign, piece)
            painter.setPen(QPen(theme.color("control"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(sign)
            painter.setPen(theme.color("error" if piece.token == "error" else "text"))
            painter.drawText(
                place.adjusted(metrics.height(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, piece.words
            )
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        theme = self._theme
        frame = QRectF(0.5, self._bar_top + 0.5, self.width() - 1, self._bar_height - 1)
        used = sum(piece.size for piece in self._pieces[:-1])
        whole = max(used, self._part.device.total_bytes, 1)
        painter.fillRect(frame, theme.color("background"))
        left = frame.left()
        for piece in self._pieces[:-1]:
            width = frame.width() * piece.size / whole
            self._fill(painter, QRectF(left, frame.top(), width, frame.height()), piece)
            left += width
        if self._part.free_bytes < 0:
            # What is over the edge of the memory there is.
            share = frame.width() * -self._part.free_bytes / whole
            over = QRectF(frame.right() - share, frame.top(), share, frame.height())
            painter.fillRect(over, QBrush(theme.color("error"), Qt.BrushStyle.DiagCrossPattern))
            painter.setPen(QPen(theme.color("error"), 2))
            painter.drawLine(over.topLeft(), over.bottomLeft())
        painter.setPen(QPen(theme.color("control"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)

    def _fill(self, painter: QPainter, area: QRectF, piece: Piece) -> None:
        color = self._theme.color(piece.token)
        if piece.pattern != Qt.BrushStyle.SolidPattern:
            tint = QColor(color)
            tint.setAlpha(70)
            painter.fillRect(area, tint)
        painter.fillRect(area, QBrush(color, piece.pattern))


class PlanBars(QWidget):
    """The bars of a plan, one device under the other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: OffloadPlan | None = None
        self._bars: list[_DeviceBar] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(tr("Where the model would go"))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self._column.setSpacing(theme.spacing)
        self.set_plan(self._plan)

    def set_plan(self, plan: OffloadPlan | None) -> None:
        """Show a plan; None shows nothing."""
        self._plan = plan
        for bar in self._bars:
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        parts = plan.parts if plan is not None else ()
        self._bars = [_DeviceBar(plan, part, self._theme, self) for part in parts] if plan is not None else []
        for bar in self._bars:
            self._column.addWidget(bar)
            bar.show()

    def words(self) -> tuple[str, ...]:
        """What each bar says."""
        return tuple(bar.accessibleName() for bar in self._bars)
