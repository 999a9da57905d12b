"""MIME bundles: what kind of value a MIME type holds and how to read it.

Imports nothing of nbreview. A bundle maps MIME types to values as nbformat stores them: a text, a list of
lines to be joined, or, for JSON types, any JSON value.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

_TABLE = re.compile("<table", re.IGNORECASE)

TEXT_PLAIN = "text/plain"
TEXT_HTML = "text/html"


def is_json(mime: str) -> bool:
    """Whether the type's value is JSON and not text (`application/json` and every `…+json`)."""
    return mime == "application/json" or mime.endswith("+json")


def is_image(mime: str) -> bool:
    """Whether the type is an image, vector or raster."""
    return mime.startswith("image/")


def joined(data: Mapping[str, Any]) -> dict[str, Any]:
    """The bundle with lists of lines joined to texts; JSON values and anything odd stay as they are."""
    return {
        mime: value if not isinstance(value, list) or is_json(mime) else _joined(value)
        for mime, value in data.items()
    }


def _joined(value: list[Any]) -> Any:
    try:
        return "".join(value)
    except TypeError:  # not all of it is text
        return value


def image_type(data: Mapping[str, Any]) -> str:
    """The image type of a bundle that is best shown: raster before vector, "" without an image."""
    images = [mime for mime, value in data.items() if is_image(mime) and isinstance(value, str)]
    return min(images, key=lambda mime: (mime == "image/svg+xml", mime != "image/png", mime), default="")


def has_table(data: Mapping[str, Any]) -> bool:
    """Whether the bundle's HTML holds a table (as a pandas frame's does)."""
    html = data.get(TEXT_HTML)
    return isinstance(html, str) and ("<table" in html or _TABLE.search(html) is not None)


def payload(mime: str, value: Any) -> Any:
    """What to compare of one value: base64 without its line breaks, everything else as it is.

    The line breaks inside base64 depend on the writer's version and never on the picture.
    """
    if isinstance(value, str) and is_base64(mime):
        return "".join(value.split()) if any(mark in value for mark in "\n\r ") else value
    return value


def is_base64(mime: str) -> bool:
    """Whether nbformat stores the type's bytes as base64."""
    return (is_image(mime) and mime != "image/svg+xml") or mime in (
        "application/pdf",
        "application/octet-stream",
    )


def image_bytes(mime: str, value: Any) -> bytes:
    """The bytes of an image as a decoder wants them; b"" when the value does not hold any."""
    if not isinstance(value, str):
        return b""
    if mime == "image/svg+xml":
        return value.encode("utf-8", "replace")
    try:
        return base64.b64decode(payload(mime, value), validate=True)
    except (binascii.Error, ValueError):
        return b""
