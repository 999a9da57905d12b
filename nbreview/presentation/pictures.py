"""How large a picture is, read from its first bytes, so that its place is right before it is decoded.

Imports nothing of Qt. Formats: PNG (ISO/IEC 15948), JPEG (ITU-T T.81, marker segments), GIF89a.
"""

import base64
import binascii
import struct
from collections.abc import Mapping
from typing import Any

HEAD_CHARACTERS = 262_144
"""Base64 characters looked at: a JPEG's size may stand behind a long thumbnail."""


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
    return None


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
