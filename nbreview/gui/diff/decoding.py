"""Pictures decoded, drawn and compared: what the worker threads do for the canvas and the picture window.

A notebook is untrusted: what a decoder gets is judged by its first bytes and its size before, only the first
picture of an animation is read, and a drawing is closed first (`presentation.svg`). Touches no widget.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, QPainter

from nbreview.diff.images import MAX_PIXELS, diff_images
from nbreview.diff.model import ImageDiff
from nbreview.gui.language import spoken, tr
from nbreview.notebook import mime
from nbreview.presentation.pictures import difference_words, format_name, picture_size
from nbreview.presentation.svg import closed_svg

RASTER = frozenset({b"png", b"jpeg", b"jpg", b"jfif", b"gif", b"webp", b"bmp", b"ico", b"tiff", b"tif"})
"""What Qt's readers may be given; the reader of drawings would follow what they refer to."""

DEFAULT_DRAWING = QSize(640, 480)
"""The size of a drawing that asks for none, in pixels."""

FADED = 0.3
"""Opacity of the picture behind the pixels that differ."""

Shown = QImage | str
"""A picture, or a sentence why there is none."""


def decode(kind: str, value: object, size: QSize) -> Shown:
    """Decode a picture and fit it to a size in physical pixels; it never grows, except for a drawing.

    An empty size leaves a picture as large as it is.
    """
    data = mime.image_bytes(kind, value)
    if not data:
        said = tr("The notebook holds no {name} here; run the cell again to draw it anew.")
        return said.format(name=format_name(kind))
    if kind == "image/svg+xml":
        return draw_svg(data.decode("utf-8", "replace"), size)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    found = bytes(QImageReader.imageFormat(buffer).data())
    if found not in RASTER:
        return tr(
            "What the notebook calls a {name} is none that can be read; run the cell again to draw it anew."
        ).format(name=format_name(kind))
    reader = QImageReader(buffer, QByteArray(found))
    reader.setAutoTransform(True)
    own = reader.size()
    if own.width() * own.height() > MAX_PIXELS:
        return too_large(format_name(kind), own)
    image = reader.read()
    if image.isNull():
        said = tr("This {name} is damaged ({reason}); run the cell again to draw it anew.")
        return said.format(name=format_name(kind), reason=reader.errorString().rstrip("."))
    if not size.isEmpty() and (image.width() > size.width() or image.height() > size.height()):
        image = image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def on_paper(picture: Shown) -> Shown:
    """A picture on white paper, as plots are drawn for: nothing of it is transparent."""
    if isinstance(picture, str):
        return picture
    sheet = QImage(picture.size(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, picture)
    painter.end()
    return sheet


def draw_svg(text: str, size: QSize) -> Shown:
    """Draw an SVG as it stands still, filling a size; in its own size where that is empty."""
    from PySide6.QtSvg import QSvgRenderer

    closed = closed_svg(text)
    renderer = QSvgRenderer(QByteArray(closed.encode())) if closed else None
    if renderer is None or not renderer.isValid():
        return tr(
            "This SVG cannot be read, or takes too much to draw; save it, and open the file in a viewer of "
            "pictures."
        )
    if size.isEmpty():
        size = QSize(*(picture_size("image/svg+xml", text) or DEFAULT_DRAWING.toTuple()))
    if size.width() * size.height() > MAX_PIXELS:
        return too_large("SVG", size)
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    own = renderer.defaultSize()
    fitted = own.scaled(size, Qt.AspectRatioMode.KeepAspectRatio) if not own.isEmpty() else size
    renderer.render(painter, QRectF(0, 0, fitted.width(), fitted.height()))
    painter.end()
    return image


def too_large(name: str, size: QSize) -> str:
    """Why a picture of so many pixels is not shown, and what to do."""
    return tr(
        "This {name} of {width} × {height} pixels is too large to be shown here; save it, and open the file "
        "in a viewer of pictures."
    ).format(name=name, width=size.width(), height=size.height())


def as_drawn(base: QImage, head: QImage) -> ImageDiff:
    """Two pictures compared as they are drawn: for drawings, which have no pixels of their own."""
    return diff_images(_png(base), _png(head))


def compared_words(base: tuple[str, object], head: tuple[str, object]) -> str:
    """How much two pictures differ as drawn, in words; of each the MIME type and what the notebook holds."""
    first, second = (decode(kind, value, QSize()) for kind, value in (base, head))
    if isinstance(first, str) or isinstance(second, str):
        return tr("one side cannot be shown: nothing to compare")
    return tr("{difference}, as drawn").format(difference=spoken(difference_words(as_drawn(first, second))))


def difference(
    base: tuple[str, object],
    head: tuple[str, object],
    mask: bytes,
    size: QSize,
    paper: QColor,
    mark: QColor,
) -> Shown:
    """The head faded on `paper`, and every pixel that differs in the colour `mark`.

    Parameters
    ----------
    mask:
        PNG of one bit a pixel, white where it differs; b"" has it worked out here, from what is drawn.
    size:
        Of the result, in physical pixels: the union of both sides.
    """
    sides = [decode(kind, value, QSize()) for kind, value in (base, head)]
    first, second = sides
    if isinstance(first, str) or isinstance(second, str):
        return first if isinstance(first, str) else str(second)
    found = mask or as_drawn(first, second).mask
    union = QSize(max(first.width(), second.width()), max(first.height(), second.height()))
    return fade(second, union, found, size, paper, mark)


def fade(head: QImage, union: QSize, mask: bytes, size: QSize, paper: QColor, mark: QColor) -> QImage:
    """The picture that `difference` tells of, from a decoded head; `union` is the size of both sides."""
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(paper)
    painter = QPainter(image)
    across, down = size.width() / max(union.width(), 1), size.height() / max(union.height(), 1)
    area = QRectF(0, 0, head.width() * across, head.height() * down)
    shown = head.scaled(
        area.size().toSize(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    painter.setOpacity(FADED)
    if opaque(shown):
        shown = shown.convertToFormat(QImage.Format.Format_Grayscale8)
    painter.drawImage(0, 0, shown)
    painter.setOpacity(1.0)
    marked = QImage.fromData(QByteArray(mask)) if mask else QImage()
    if not marked.isNull():
        painter.drawImage(0, 0, _tinted(marked, size, mark))
    painter.end()
    return image


def opaque(image: QImage) -> bool:
    """Whether a picture hides what it is painted on, as far as its four corners tell."""
    if image.isNull():
        return False
    right, bottom = image.width() - 1, image.height() - 1
    corners = ((0, 0), (right, 0), (0, bottom), (right, bottom))
    return all(image.pixelColor(x, y).alpha() == 255 for x, y in corners)


def _tinted(mask: QImage, size: QSize, mark: QColor) -> QImage:
    """A mask in a colour, scaled so that no single pixel of it is lost."""
    grey = mask.convertToFormat(QImage.Format.Format_Grayscale8)
    smaller = size.width() < grey.width() or size.height() < grey.height()
    how = Qt.TransformationMode.SmoothTransformation if smaller else Qt.TransformationMode.FastTransformation
    grey = grey.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, how)
    grey = grey.convertToFormat(QImage.Format.Format_Grayscale8)
    # The grey values become indices of a table of colours: whatever is not 0 is marked.
    grey.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    grey.setColorTable([0, *[mark.rgba()] * 255])
    return grey.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setCompression(1)  # hardly: it is read again at once
    writer.write(image)
    return bytes(data.data())
