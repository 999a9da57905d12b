"""Pictures of outputs: decoded off the main thread, kept up to a number of bytes, painted side by side.

A notebook is untrusted: decoders have Qt's allocation limit, only the first picture of an animation is
read, and an SVG is drawn without whatever it refers to outside itself.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPen

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.gui.diff.background import Background
from nbreview.gui.diff.frame import CENTER, Frame, Place, draw_text, fill_sides, label_output
from nbreview.gui.diff.look import Look
from nbreview.notebook import mime
from nbreview.notebook.model import Output
from nbreview.presentation.geometry import Column, Columns
from nbreview.presentation.pictures import shown_size
from nbreview.presentation.rows import Block, FoldKey, output_sides

CACHE_BYTES = 192 * 2**20
"""Decoded pictures kept; the least recently painted go first."""

MAX_SIDE = 4_096
"""No picture is kept larger than this on a side, in pixels."""

_URL = re.compile(r"""url\(\s*['"]?\s*(?!#)[^)]*\)""", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class PictureKey:
    """Which picture at which size in physical pixels: side, cell and output of the diff at hand."""

    head: bool
    change: int
    output: int
    width: int
    height: int


class Pictures(QObject):
    """The pictures of one canvas. `arrived` says that some picture can now be painted."""

    arrived = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._held: OrderedDict[PictureKey, QImage | str] = OrderedDict()
        self._bytes = 0
        background.done.connect(self._keep)

    def clear(self) -> None:
        """Forget everything: another diff is shown."""
        self._held.clear()
        self._bytes = 0

    def get(self, key: PictureKey, kind: str, value: object) -> QImage | str | None:
        """The picture, a sentence why it cannot be shown, or None while it is being decoded."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
            return found
        self._background.ask(key, lambda: decode(kind, value, QSize(key.width, key.height)))
        return None

    def _keep(self, key: object, result: object) -> None:
        if not isinstance(key, PictureKey):
            return
        picture = result if isinstance(result, QImage | str) else f"{type(result).__name__}: {result}"
        self._held[key] = picture
        self._bytes += _size(picture)
        while self._bytes > CACHE_BYTES and len(self._held) > 1:
            _, dropped = self._held.popitem(last=False)
            self._bytes -= _size(dropped)
        self.arrived.emit()


class PicturePiece:
    """One picture output, on each side that has it."""

    width = 0.0

    def __init__(
        self, block: Block, diff: NotebookDiff, look: Look, columns: Columns, pictures: Pictures, ratio: float
    ) -> None:
        self.block = block
        self._look = look
        self._pictures = pictures
        self._ratio = ratio
        change = diff.cells[block.change]
        output = change.outputs[block.output]
        self._kind = output.kind
        self._base, self._head = output_sides(diff, change, output)
        self._stacked = columns.one_column and output.kind is ChangeKind.MODIFIED
        room = max(columns.head.text_width - 2 * look.unit, 16)
        sizes = [shown_in(output, room, look) for output in (self._base, self._head)]
        self._base_size, self._head_size = sizes
        tallest = [size.height() if size is not None else 0 for size in sizes]
        self.height = (sum(tallest) + look.unit if self._stacked else max(tallest)) + 2 * look.unit

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """Pictures hide nothing."""
        return None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """Pictures hold no text."""
        return None

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint what has been decoded, and a frame where it has not."""
        fill_sides(painter, top, self.height, self._kind, frame, self.block)
        y = top + self._look.unit
        one_column = frame.columns.one_column
        show_base = self._base is not None and (not one_column or self._stacked or self._head is None)
        if show_base and self._base is not None and self._base_size is not None:
            self._paint_picture(
                painter, self._base, self._base_size, frame.columns.base, y, frame, head=False
            )
            if self._stacked:
                y += self._base_size.height() + self._look.unit
        if self._head is not None and self._head_size is not None:
            self._paint_picture(painter, self._head, self._head_size, frame.columns.head, y, frame, head=True)

    def _paint_picture(
        self,
        painter: QPainter,
        output: Output,
        size: QSize,
        column: Column,
        y: int,
        frame: Frame,
        *,
        head: bool,
    ) -> None:
        look = self._look
        label_output(painter, y - look.half, frame, self.block, column, head=head)
        kind = mime.image_type(output.data)
        physical = size * self._ratio
        key = PictureKey(head, self.block.change, self.block.output, physical.width(), physical.height())
        found = self._pictures.get(key, kind, output.data.get(kind))
        area = QRectF(column.text, y, size.width(), size.height())
        if isinstance(found, QImage):
            # Plots are drawn for white paper; transparent ones stay readable in the dark.
            painter.fillRect(area, QColor(Qt.GlobalColor.white))
            painter.drawImage(area, found)
        else:
            painter.fillRect(area, look.color("surface"))
            painter.setFont(look.caption)
            text = found if found is not None else f"{kind} …"
            draw_text(painter, area, text, look.color("muted"), CENTER)
        changed = self._kind is not ChangeKind.UNCHANGED
        token = ("added_sign" if head else "removed_sign") if changed else "border"
        painter.setPen(QPen(look.color(token), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))


def shown_in(output: Output | None, room: int, look: Look) -> QSize | None:
    """The size of an output's picture in device-independent pixels: its own, made to fit the room."""
    if output is None:
        return None
    kind = mime.image_type(output.data)
    metadata = output.metadata if isinstance(output.metadata, Mapping) else {}
    size = shown_size(kind, output.data.get(kind), metadata)
    if size is None:
        return QSize(min(room, look.metrics.picture * 4 // 3), look.metrics.picture)
    width, height = size
    if width > room:
        width, height = room, max(1, round(height * room / width))
    return QSize(width, min(height, MAX_SIDE))


def decode(kind: str, value: object, size: QSize) -> QImage | str:
    """Decode a picture and fit it to a size in physical pixels; a sentence where that cannot be done.

    Runs on a worker thread.
    """
    data = mime.image_bytes(kind, value)
    if not data:
        return f"{kind}: the notebook holds no picture here"
    if kind == "image/svg+xml":
        return _draw_svg(data, size)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    own = reader.size()
    image = reader.read()
    if image.isNull():
        return f"{kind}: {reader.errorString()}"
    if own.width() > size.width() or own.height() > size.height():
        image = image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image


def closed_svg(text: str) -> str:
    """An SVG without entities and without what it refers to outside itself; "" where it is no XML."""
    try:
        root = ElementTree.fromstring(_DOCTYPE.sub("", text))
    except ElementTree.ParseError:
        return ""
    for parent in root.iter():
        for child in list(parent):
            if any(_leaves(name, value) for name, value in child.attrib.items()):
                parent.remove(child)
        for name, value in parent.attrib.items():
            parent.set(name, _URL.sub("none", value))
        if parent.tag.endswith("style"):
            parent.text = _URL.sub("none", parent.text or "").replace("@import", "")
    return ElementTree.tostring(root, encoding="unicode")


def _leaves(name: str, value: str) -> bool:
    """Whether an attribute refers to something outside of its document."""
    return name.rpartition("}")[2].lower() == "href" and not value.strip().startswith(("#", "data:"))


def _draw_svg(data: bytes, size: QSize) -> QImage | str:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(closed_svg(data.decode("utf-8", "replace")).encode()))
    if not renderer.isValid():
        return "image/svg+xml: the drawing cannot be read"
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    own = renderer.defaultSize()
    fitted = own.scaled(size, Qt.AspectRatioMode.KeepAspectRatio) if not own.isEmpty() else size
    renderer.render(painter, QRectF(0, 0, fitted.width(), fitted.height()))
    painter.end()
    return image


def _size(picture: QImage | str) -> int:
    return picture.sizeInBytes() if isinstance(picture, QImage) else len(picture)
