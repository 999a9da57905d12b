"""Two pictures by their decoded pixels.

Pure: imports `model` and below; Pillow is loaded when a picture is compared. Bytes that no decoder
understands are no error: such a side has no size.
"""

import functools
import io
import warnings
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nbreview.cancellation import CancelToken
from nbreview.diff.model import ImageDiff

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 32_000_000
"""Pixels of one picture up to which it is decoded."""

MAX_FRAMES = 50
"""Frames of an animation that are compared."""

_LOSSY = frozenset({"JPEG", "MPO", "WEBP", "JPEG2000", "AVIF"})
_LOSSY_STEPS = ((0, 4, 16), (0, 16, 5), (1, 8, 24), (2, 8, 24))
"""Where a side was compressed with loss: `(channel of YCbCr, width of a block, steps of 255)` by which the
means of two blocks may differ. Measured on plots and noise saved once more at qualities 60 to 95: single
pixels are off by 90 steps at coloured edges, the means of such blocks stay below these."""


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture that was opened, or why it was not."""

    image: "Image.Image | None" = None
    frames: int = 0
    lossy: bool = False
    size: tuple[int, int] | None = None
    too_large: bool = False


def diff_images(base: bytes, head: bytes, cancel: CancelToken | None = None) -> ImageDiff:
    """What differs between two pictures; `ratio` is 0 exactly when they show the same.

    Metadata, compression, palettes, and the colour of what is fully transparent make no difference; neither
    does what compression with loss adds. Of an animation the first frame that differs is told. Pictures that
    cannot be decoded, or are too large to be, differ as a whole unless their bytes are equal.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    whole = float(base != head)
    old, new = _open(base), _open(head)
    if old.image is None or new.image is None:
        return ImageDiff(old.size, new.size, whole, coarse=bool(whole) and (old.too_large or new.too_large))
    lossy = old.lossy or new.lossy
    sizes: tuple[tuple[int, int] | None, tuple[int, int] | None] = (None, None)
    for number in range(min(max(old.frames, new.frames), MAX_FRAMES)):
        if cancel is not None:
            cancel.check()
        first, second = _decode(old, number), _decode(new, number)
        if number == 0:
            sizes = (first.size if first is not None else None, second.size if second is not None else None)
        if first is None or second is None:
            return ImageDiff(*sizes, whole)
        found = _differing(first, second, lossy)
        if found is not None:
            return ImageDiff(*sizes, *found)
    more = max(old.frames, new.frames) > MAX_FRAMES and bool(whole)
    return ImageDiff(*sizes, float(more), coarse=more)


def load_decoders() -> None:
    """Import Pillow and its usual formats, which the first picture would wait for."""
    from PIL import Image, ImageChops, ImageOps  # noqa: F401

    Image.preinit()


def thumbnail(data: bytes) -> bytes:
    """A picture as 8 × 8 grey values, to judge how alike two are; b"" where it cannot be decoded."""
    frame = _decode(_open(data), 0)
    if frame is None:
        return b""
    from PIL import Image

    return frame.convert("RGB").convert("L").resize((8, 8), Image.Resampling.BOX).tobytes()


def _open(data: bytes) -> _Picture:
    """Read the head of a picture; nothing of it is decoded yet."""
    from PIL import Image

    if not data:
        return _Picture()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged metadata and of size, which is looked at below
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > MAX_PIXELS:
                return _Picture(size=(image.width, image.height), too_large=True)
            return _Picture(image, int(getattr(image, "n_frames", 1)), image.format in _LOSSY)
    except Image.DecompressionBombError:
        return _Picture(too_large=True)
    except Exception:
        return _Picture()


def _decode(picture: _Picture, number: int) -> "Image.Image | None":
    """One frame, upright, as `_comparable` gives it.

    Of sixteen bits a channel the upper eight are kept. None where the frame is missing or damaged.
    """
    from PIL import Image, ImageOps

    image = picture.image
    if image is None or number >= picture.frames:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.seek(number)
            image.load()
            frame = ImageOps.exif_transpose(image)
            if frame.mode == "I":
                frame = frame.point(lambda value: value * (1 / 256)).convert("L")
            elif frame.mode.startswith("I;16"):
                high = 0 if frame.mode == "I;16B" else 1
                frame = Image.frombytes("L", frame.size, frame.tobytes()[high::2])
            if frame.mode == "CMYK":
                frame = frame.convert("RGB")
            return _comparable(frame)
    except Exception:
        return None


def _comparable(frame: "Image.Image") -> "Image.Image":
    """A frame in L, RGB or RGBA where all of it is opaque, else in RGBa: the colour multiplied by alpha, so
    that what is transparent is equal.
    """
    if not frame.has_transparency_data:
        return frame if frame.mode in ("L", "RGB") else frame.convert("RGB")
    full = frame if frame.mode == "RGBA" else frame.convert("RGBA")
    return full if full.getchannel("A").getextrema()[0] == 255 else full.convert("RGBa")


def _in_one_mode(base: "Image.Image", head: "Image.Image", lossy: bool) -> "tuple[Image.Image, Image.Image]":
    """Both in a mode that their values can be compared in; for loss that is RGB or RGBa."""
    if "RGBa" in (base.mode, head.mode):
        base, head = (
            side if side.mode == "RGBa" else side.convert("RGBA").convert("RGBa") for side in (base, head)
        )
    elif base.mode != head.mode or (lossy and base.mode != "RGB"):
        base, head = (side if side.mode == "RGB" else side.convert("RGB") for side in (base, head))
    return base, head


def _differing(base: "Image.Image", head: "Image.Image", lossy: bool) -> tuple[float, bytes] | None:
    """The share of differing pixels and their mask; None where there are none."""
    from PIL import Image

    base, head = _in_one_mode(base, head, lossy)
    width, height = max(base.width, head.width), max(base.height, head.height)
    shared = (min(base.width, head.width), min(base.height, head.height))
    box = (0, 0, *shared)
    cropped = [side if side.size == shared else side.crop(box) for side in (base, head)]
    marked = _loss_apart(*cropped) if lossy else _apart(*cropped)
    area = shared[0] * shared[1]
    union = base.width * base.height + head.width * head.height - area
    count = marked.histogram()[255] + union - area
    if not count:
        return None
    if union != area or marked.size != (width, height):
        mask = Image.new("L", (width, height), 0)
        for side in (base, head):
            mask.paste(255, (0, 0, *side.size))
        mask.paste(marked, (0, 0))
        marked = mask
    target = io.BytesIO()
    marked.convert("1", dither=Image.Dither.NONE).save(
        target, "PNG", compress_level=1, compress_type=zlib.Z_RLE
    )
    return count / union, target.getvalue()


def _apart(base: "Image.Image", head: "Image.Image") -> "Image.Image":
    """255 where any channel differs at all, else 0."""
    from PIL import ImageChops

    bands = ImageChops.difference(base, head).split()
    return functools.reduce(ImageChops.lighter, bands).point([0] + [255] * 255)


def _loss_apart(base: "Image.Image", head: "Image.Image") -> "Image.Image":
    """255 in the blocks whose means differ by more than compression explains, or whose alpha does."""
    from PIL import Image, ImageChops

    marked = Image.new("L", base.size, 0)
    colors = [side if side.mode == "RGB" else Image.merge("RGB", side.split()[:3]) for side in (base, head)]
    sides = [color.convert("YCbCr").split() for color in colors]
    for channel, block, steps in _LOSSY_STEPS:
        old, new = (side[channel].reduce(block) for side in sides)
        beyond = ImageChops.difference(old, new).point([0] * (steps + 1) + [255] * (255 - steps))
        if beyond.getextrema()[1]:
            large = beyond.resize((beyond.width * block, beyond.height * block), Image.Resampling.NEAREST)
            marked = ImageChops.lighter(marked, large.crop((0, 0, *base.size)))
    if base.mode == "RGB":
        return marked
    return ImageChops.lighter(marked, _apart(base.getchannel("a"), head.getchannel("a")))
