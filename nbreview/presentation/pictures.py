"""Pictures in words and numbers: how large one is, read from its first bytes, so that its place is right
before it is decoded; the ways of showing two, and what is said of them.

Imports nothing of Qt. Formats: PNG (ISO/IEC 15948), JPEG (ITU-T T.81, marker segments), GIF89a, SVG 1.1
(section 7.2 and 7.12 for its size).
"""

import base64
import binascii
import re
import struct
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from nbreview.diff.model import ImageDiff
from nbreview.words import Said, said

HEAD_CHARACTERS = 262_144
"""Base64 characters looked at: a JPEG's size may stand behind a long thumbnail."""

_SVG_TAG = re.compile(r"<(?:\w+:)?svg\b([^>]{0,4000})>", re.IGNORECASE)
_SVG_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{0,6})?)\s*(px|pt|pc|mm|cm|in)?\s*")
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""Pixels of CSS in one of each unit of length."""

_NAMES = {"image/svg+xml": "SVG", "image/x-icon": "icon"}


class PictureMode(StrEnum):
    """How the two sides of a picture that differs are shown."""

    SIDE_BY_SIDE = "side by side"
    SWIPE = "swipe"
    ONION = "onion skin"
    DIFFERENCE = "difference"

    @property
    def label(self) -> str:
        """The name as a button says it."""
        return self.value[0].upper() + self.value[1:]


def format_name(mime: str) -> str:
    """What people call a format: "PNG" for `image/png`."""
    return _NAMES.get(mime) or mime.rpartition("/")[2].upper() or "picture"


def size_words(size: tuple[int, int] | None) -> str:
    """A size in pixels, "" where it is not known."""
    return f"{size[0]} × {size[1]}" if size is not None else ""


def ratio_words(ratio: float) -> Said:
    """The share of pixels that differ, 0 to 1, in words."""
    if not ratio:
        return said("no pixel differs")
    percent = 100 * ratio
    if percent < 0.1:
        return said("fewer than 0.1 % of pixels differ")
    shown = f"{min(percent, 99.9):.1f}" if ratio < 1 else "100"
    return said("{percent} % of pixels differ", percent=shown)


def difference_words(image: ImageDiff) -> Said:
    """How much two pictures differ: the share of pixels, and their sizes where those are not the same."""
    too_large = said("too large to be compared pixel by pixel")
    if image.base_size is None or image.head_size is None:
        if image.coarse:
            return too_large
        if image.base_size is image.head_size:
            return said("both sides cannot be decoded: compared byte by byte")
        return said("one side cannot be decoded: compared byte by byte")
    words = too_large if image.coarse else ratio_words(image.ratio)
    if image.base_size == image.head_size:
        return words
    base, head = size_words(image.base_size), size_words(image.head_size)
    return said("{words}; other size: {base} → {head}", words=words, base=base, head=head)


def picture_size(mime: str, value: Any) -> tuple[int, int] | None:
    """Width and height in pixels of a base64 picture, None where its head does not say."""
    if not isinstance(value, str):
        return None
    if mime == "image/png":
        return _png(_head(value, 64))
    if mime == "image/gif":
        return _gif(_head(value, 64))
    if mime == "image/jpeg":
        return _jpeg(_head(value, HEAD_CHARACTERS))
    if mime == "image/svg+xml":
        return svg_size(value)
    return None


def svg_size(text: str) -> tuple[int, int] | None:
    """What a drawing asks for in pixels: its width and height, else those of its view box."""
    found = _SVG_TAG.search(text[:HEAD_CHARACTERS])
    if found is None:
        return None
    width, height = _svg_length(found[1], "width"), _svg_length(found[1], "height")
    box = re.search(r"viewBox\s*=\s*[\"']([^\"']{0,200})", found[1])
    try:
        sides = [float(part) for part in box[1].replace(",", " ").split()][2:4] if box else []
    except ValueError:
        sides = []
    if len(sides) == 2 and all(0 < side < 1_000_000 for side in sides):
        ratio = sides[1] / sides[0]
        width, height = (
            width or (height / ratio if height else sides[0]),
            height or (width * ratio if width else sides[1]),
        )
    return _positive(round(width), round(height)) if width and height else None


def _svg_length(attributes: str, name: str) -> float | None:
    value = re.search(rf"(?<![\w-]){name}\s*=\s*[\"']([^\"']{{0,40}})", attributes)
    length = _SVG_LENGTH.fullmatch(value[1]) if value else None
    return float(length[1]) * _UNITS[length[2] or ""] if length else None


def shown_size(mime: str, value: Any, metadata: Mapping[str, Any]) -> tuple[int, int] | None:
    """The size to show: what the output's metadata ask for (`{"image/png": {"width": …}}`), else the
    picture's.
    """
    size = picture_size(mime, value)
    wished = metadata.get(mime)
    if size is None or not isinstance(wished, Mapping):
        return size
    width, height = _length(wished.get("width")), _length(wished.get("height"))
    ratio = size[1] / size[0]
    if width is None and height is None:
        return size
    if width is None:
        width = (height or 0) / ratio
    if height is None:
        height = width * ratio
    return max(1, round(width)), max(1, round(height))


def _length(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 100_000:
        return float(value)
    return None


def _head(value: str, characters: int) -> bytes:
    text = "".join(value[: characters + characters // 32].split())
    try:
        return base64.b64decode(text[: len(text) // 4 * 4])
    except (binascii.Error, ValueError):
        return b""


def _png(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24 or not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    return _positive(*struct.unpack(">II", data[16:24]))


def _gif(data: bytes) -> tuple[int, int] | None:
    if len(data) < 10 or not data.startswith(b"GIF8"):
        return None
    return _positive(*struct.unpack("<HH", data[6:10]))


def _jpeg(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(b"\xff\xd8"):
        return None
    position = 2
    while position + 9 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        # Start of frame, whatever the coding; C4, C8 and CC are tables.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return _positive(width, height)
        position += 2 + struct.unpack(">H", data[position + 2 : position + 4])[0]
    return None


def _positive(width: int, height: int) -> tuple[int, int] | None:
    return (width, height) if width > 0 and height > 0 else None
