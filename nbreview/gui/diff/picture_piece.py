"""One picture output on the canvas, on each side that has it, in one of four ways: side by side, swiped, one
over the other, or only what differs.

Imports the cache, the look and `presentation`. Side by side, each side keeps to its column and both to one
scale; in the other ways one picture has the room of both columns, and both sides lie in the corner at its
upper left.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from nbreview.diff.model import ChangeKind, ImageDiff, NotebookDiff
from nbreview.gui.diff.decoding import compared_words, decode, difference, on_paper
from nbreview.gui.diff.frame import Frame, Place, draw_text, fill_between, fill_sides, label_output
from nbreview.gui.diff.images import PictureKey, Pictures
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.output_bar import OPEN, OutputBar
from nbreview.gui.diff.output_view import OutputKey, OutputViews, PictureView
from nbreview.gui.language import QT_TR_NOOP, spoken, tr
from nbreview.notebook import mime
from nbreview.notebook.model import Output
from nbreview.presentation.geometry import Columns
from nbreview.presentation.pictures import (
    PictureMode,
    difference_words,
    format_name,
    picture_size,
    shown_size,
    size_words,
)
from nbreview.presentation.rows import Block, FoldKey, output_sides

MAX_SIDE = 4_096
"""No picture is painted larger than this on a side, in device-independent pixels."""

PICTURE = "picture"
"""The part of the piece that is no button."""

MODES = {
    PictureMode.SIDE_BY_SIDE: (QT_TR_NOOP("Side by side"), QT_TR_NOOP("side by side")),
    PictureMode.SWIPE: (QT_TR_NOOP("Swipe"), QT_TR_NOOP("swipe")),
    PictureMode.ONION: (QT_TR_NOOP("Onion skin"), QT_TR_NOOP("onion skin")),
    PictureMode.DIFFERENCE: (QT_TR_NOOP("Difference"), QT_TR_NOOP("difference")),
}
"""What the button of each way says, and what it is called within a sentence."""

_WRAP = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value


class Side:
    """One side's picture: its type, its value, its size in pixels, and by what factor it asks to be shown."""

    def __init__(self, output: Output, look: Look) -> None:
        self.kind = mime.image_type(output.data)
        self.value: Any = output.data.get(self.kind)
        metadata = output.metadata if isinstance(output.metadata, Mapping) else {}
        own = picture_size(self.kind, self.value)
        self.known = own is not None
        self.own = own or (look.metrics.picture * 4 // 3, look.metrics.picture)
        wished = shown_size(self.kind, self.value, metadata) or self.own
        self.wished = QSizeF(*wished)
        self.factor = wished[0] / self.own[0]


class PicturePiece:
    """One picture output, on each side that has it."""

    width = 0.0

    def __init__(
        self,
        block: Block,
        diff: NotebookDiff,
        look: Look,
        columns: Columns,
        pictures: Pictures,
        views: OutputViews,
        ratio: float,
    ) -> None:
        self.block = block
        self.key = OutputKey(block.change, block.output)
        self._look, self._pictures, self._views, self._ratio = look, pictures, views, ratio
        change = diff.cells[block.change]
        output = change.outputs[block.output]
        self._kind = output.kind
        self._image = output.image
        base, head = output_sides(diff, change, output)
        self._base = Side(base, look) if base is not None else None
        self._head = Side(head, look) if head is not None else None
        self.compared = output.kind is ChangeKind.MODIFIED and base is not None and head is not None
        self.areas: dict[bool, QRectF] = {}
        """Where the base (False) and the head (True) are painted, below the piece's top."""
        view = views.view(self.key)
        self.mode = view.mode if self.compared else PictureMode.SIDE_BY_SIDE
        bottom = (
            self._lay_beside(columns) if self.mode is PictureMode.SIDE_BY_SIDE else self._lay_over(columns)
        )
        parts = [(mode.value, tr(MODES[mode][0])) for mode in PictureMode] if self.compared else []
        column = columns.base if output.kind is not ChangeKind.ADDED else columns.head
        right = columns.head.right if column is columns.base and self._head else column.right
        room = max(right - column.text - look.unit, look.unit)
        words = self._words(view, ask=False)  # of what is not in view nothing is compared
        parts.append((OPEN, tr("Open", "button")))
        self._bar = OutputBar(parts, words, column.text, bottom + look.half, room, look)
        self.height = round(self._bar.bottom) + look.unit

    @property
    def image(self) -> ImageDiff | None:
        """What the decoded pixels told, None for drawings and for one side alone."""
        return self._image

    @property
    def sides(self) -> tuple[Side | None, Side | None]:
        """Base and head."""
        return self._base, self._head

    def words(self) -> str:
        """Format, size and what differs."""
        return self._words(self._views.view(self.key))

    def describe(self) -> str:
        """What a screen reader says of the picture that has the keyboard."""
        words = self._words(self._views.view(self.key))
        if not self.compared:
            return tr("Picture: {words}. Enter opens its window.").format(words=words)
        return tr(
            "Picture, {mode}: {words}. Alt+1 to Alt+4 choose how it is shown, left and right move the "
            "divider, Enter opens its window."
        ).format(mode=tr(MODES[self.mode][1]), words=words)

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """Pictures hide nothing."""
        return None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """Pictures hold no text."""
        return None

    def part_at(self, x: int, y: int) -> str:
        """A button of the bar, `PICTURE` over a picture, else ""."""
        if any(area.contains(x, y) for area in self.areas.values()):
            return PICTURE
        return self._bar.part_at(x, y)

    def share_at(self, x: int) -> float:
        """How far a point lies across the picture, from its left edge (0) to its right one (1)."""
        area = self.areas.get(True) or self.areas[False]
        return min(max((x - area.left()) / max(area.width(), 1.0), 0.0), 1.0)

    # Layout.

    def _lay_beside(self, columns: Columns) -> float:
        """Both pictures in their columns, at one scale where neither asks for another."""
        look = self._look
        present = [side for side in (self._base, self._head) if side is not None]
        room = max(columns.head.text_width - 2 * look.unit, 16)
        widest = max((side.wished.width() for side in present), default=1.0)
        scale = min(1.0, room / widest)
        y = bottom = float(look.unit)
        alone = self._kind is ChangeKind.UNCHANGED and columns.one_column
        for head, side in ((False, self._base), (True, self._head)):
            if side is None or (alone and not head and self._head is not None):
                continue
            column = columns.head if head else columns.base
            self.areas[head] = _bounded(QRectF(column.text, y, *(side.wished * scale).toTuple()))
            bottom = max(bottom, self.areas[head].bottom())
            if columns.one_column:
                y = bottom + look.unit
        return bottom

    def _lay_over(self, columns: Columns) -> float:
        """One picture as large as both sides together."""
        look = self._look
        assert self._base is not None  # there is one side only side by side
        assert self._head is not None
        left = columns.base.text
        room = max(columns.head.right - left - 2 * look.unit, 16)
        width = max(self._base.own[0], self._head.own[0])
        height = max(self._base.own[1], self._head.own[1])
        scale = min(self._head.factor, room / width)
        area = _bounded(QRectF(left, look.unit, width * scale, height * scale))
        self.areas = {False: area, True: area}
        return area.bottom()

    # Painting.

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint what has been decoded, and a frame where it has not."""
        look, columns = self._look, frame.columns
        fill_sides(painter, top, self.height, self._kind, frame, self.block)
        view = self._views.view(self.key)
        if self.mode is PictureMode.SIDE_BY_SIDE:
            for head, side in ((False, self._base), (True, self._head)):
                area = self.areas.get(head)
                if side is not None and area is not None:
                    column = columns.head if head else columns.base
                    label_output(
                        painter, round(top + area.top() - look.half), frame, self.block, column, head=head
                    )
                    self._paint_alone(painter, area.translated(0, top), side, head=head)
        else:
            fill_between(painter, top, self._bar.top, self._kind, frame)
            label_output(painter, top + look.unit - look.half, frame, self.block, columns.base, head=True)
            self._paint_over(painter, self.areas[True].translated(0, top), view)
        fill_between(painter, top + self._bar.top, self.height - self._bar.top, self._kind, frame)
        hovered = self._views.hovered
        part = hovered[1] if hovered is not None and hovered[0] == self.key else ""
        self._bar.paint(painter, top, self._words(view), self.mode.value if self.compared else "", part)
        if self._views.focused == self.key:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for area in set_of(self.areas):
                painter.drawRect(area.translated(0, top).adjusted(-3, -3, 3, 3))

    def _paint_alone(self, painter: QPainter, area: QRectF, side: Side, *, head: bool) -> None:
        found = self._decoded(side, area.size(), head=head)
        if isinstance(found, QImage):
            self._paint_image(painter, area, found, fit=not side.known)
        else:
            self._paint_sentence(painter, area, found, side.kind)
        changed = self._kind is not ChangeKind.UNCHANGED
        self._paint_edge(painter, area, ("added_sign" if head else "removed_sign") if changed else "border")

    def _paint_over(self, painter: QPainter, area: QRectF, view: PictureView) -> None:
        base, head = self._base, self._head
        assert base is not None
        assert head is not None
        if view.mode is PictureMode.DIFFERENCE:
            self._paint_difference(painter, area, base, head)
            self._paint_edge(painter, area, "modified_sign")
            return
        scale = area.width() / max(base.own[0], head.own[0])
        for is_head, side in ((False, base), (True, head)):
            place = QRectF(area.topLeft(), QSizeF(side.own[0] * scale, side.own[1] * scale))
            painter.save()
            if view.mode is PictureMode.SWIPE:
                divider = area.left() + area.width() * view.swipe
                half = area.adjusted(0, 0, 0, 0)
                if is_head:
                    half.setLeft(divider)
                else:
                    half.setRight(divider)
                painter.setClipRect(half)
            elif is_head:
                painter.setOpacity(view.opacity)
            found = self._decoded(side, place.size(), head=is_head, paper=True)
            if isinstance(found, QImage):
                self._paint_image(painter, place, found, fit=not side.known)
            else:
                self._paint_sentence(painter, place, found, side.kind)
            painter.restore()
        self._paint_edge(painter, area, "modified_sign")
        share = view.swipe if view.mode is PictureMode.SWIPE else view.opacity
        self._paint_divider(painter, area, share, over=view.mode is PictureMode.ONION)

    def _paint_divider(self, painter: QPainter, area: QRectF, share: float, *, over: bool) -> None:
        """The line that parts two sides, or the slider of an opacity; the names of both sides below."""
        look = self._look
        x = area.left() + area.width() * share
        thumb = look.unit
        y = area.bottom() - 2 * look.unit if over else area.center().y()
        for token, thick in (("accent_text", 4), ("accent", 2)):  # to be seen on any picture
            painter.setPen(QPen(look.color(token), thick))
            if over:
                painter.drawLine(round(area.left()), round(y), round(area.right()), round(y))
            else:
                painter.drawLine(round(x), round(area.top()), round(x), round(area.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("accent_text"), 1))
        painter.setBrush(look.color("accent"))
        painter.drawEllipse(QRectF(x - thumb, y - thumb, 2 * thumb, 2 * thumb))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(look.caption)
        metrics = look.caption_metrics
        for text, right in (("base", False), ("head", True)):
            width = metrics.horizontalAdvance(text) + look.unit
            left = area.right() - width if right else area.left()
            if area.width() < 4 * width:
                continue
            label = QRectF(left, area.top(), width, look.metrics.fold)
            painter.fillRect(label, look.color("raised"))
            draw_text(painter, label.adjusted(look.half, 0, 0, 0), text, look.color("text"))

    def _paint_difference(self, painter: QPainter, area: QRectF, base: Side, head: Side) -> None:
        look = self._look
        mask = self._image.mask if self._image is not None else b""
        paper, mark = look.color("background"), look.color("error")
        size = self._physical(area.size())
        made = f"difference {paper.name()} {mark.name()}"
        key = PictureKey(True, *self.key, size.width(), size.height(), made)
        sides = (base.kind, base.value), (head.kind, head.value)
        found = self._pictures.made(key, lambda: difference(*sides, mask, size, paper, mark))
        if isinstance(found, QImage):
            painter.drawImage(area, found)
        else:
            self._paint_sentence(painter, area, found, head.kind)

    def _paint_image(self, painter: QPainter, area: QRectF, image: QImage, *, fit: bool) -> None:
        if fit:  # its own size was not known before
            size = QSizeF(image.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            area = QRectF(area.topLeft(), size)
        if image.hasAlphaChannel():  # plots are drawn for white paper, and stay readable on it in the dark
            painter.fillRect(area, QColor(Qt.GlobalColor.white))
        painter.drawImage(area, image)

    def _paint_sentence(self, painter: QPainter, area: QRectF, found: str | None, kind: str) -> None:
        look = self._look
        painter.fillRect(area, look.color("surface"))
        painter.setFont(look.caption)
        painter.setPen(look.color("muted"))
        text = found if found is not None else f"{format_name(kind)} …"
        painter.drawText(area.adjusted(look.half, 0, -look.half, 0), _WRAP, text)

    def _paint_edge(self, painter: QPainter, area: QRectF, token: str) -> None:
        painter.setPen(QPen(self._look.color(token), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _decoded(self, side: Side, size: QSizeF, *, head: bool, paper: bool = False) -> QImage | str | None:
        """A side's picture; on `paper` where it lies over another one."""
        physical = self._physical(size)
        if paper:
            on = PictureKey(head, *self.key, physical.width(), physical.height(), "on paper")
            return self._pictures.made(on, lambda: on_paper(decode(side.kind, side.value, physical)))
        key = PictureKey(head, *self.key, physical.width(), physical.height())
        return self._pictures.get(key, side.kind, side.value)

    def _physical(self, size: QSizeF) -> QSize:
        return (size * self._ratio).toSize().expandedTo(QSize(1, 1))

    # Words.

    def _words(self, view: PictureView, *, ask: bool = True) -> str:
        base, head = self._base, self._head
        named = head or base
        if named is None:
            return ""
        names = {format_name(side.kind) for side in (base, head) if side is not None}
        parts = [" → ".join(sorted(names)) if len(names) > 1 else f"{format_name(named.kind)}"]
        if "GIF" in names:
            parts[0] = tr("{format} (first frame)").format(format=parts[0])
        if named.known:
            parts.append(size_words((named.own[0], named.own[1])))
        if self.compared:
            parts.append(self._difference_words(ask=ask))
            if view.mode is PictureMode.SWIPE:
                parts.append(tr("divider at {percent} %").format(percent=f"{100 * view.swipe:.0f}"))
            elif view.mode is PictureMode.ONION:
                parts.append(tr("head at {percent} %").format(percent=f"{100 * view.opacity:.0f}"))
        return " · ".join(parts)

    def _difference_words(self, *, ask: bool) -> str:
        image = self._image
        assert self._base is not None
        assert self._head is not None
        drawn = "image/svg+xml" in (self._base.kind, self._head.kind)
        if image is not None and not drawn:
            return spoken(difference_words(image))
        if not ask:
            return tr("being compared …")
        # Drawings are compared by their text; how much of the picture differs is worked out when it is seen.
        key = PictureKey(True, *self.key, 0, 0, "words")
        base, head = (self._base.kind, self._base.value), (self._head.kind, self._head.value)
        found = self._pictures.made(key, lambda: compared_words(base, head))
        return found if isinstance(found, str) else tr("being compared …")


def set_of(areas: Mapping[bool, QRectF]) -> list[QRectF]:
    """The areas, one that both sides share once."""
    found: list[QRectF] = []
    for area in areas.values():
        if area not in found:
            found.append(area)
    return found


def _bounded(area: QRectF) -> QRectF:
    """An area that is not larger than `MAX_SIDE` on a side."""
    scale = min(1.0, MAX_SIDE / max(area.width(), area.height(), 1.0))
    return QRectF(area.topLeft(), area.size() * scale)
