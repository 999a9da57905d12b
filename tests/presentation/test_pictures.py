"""The size of a picture is read from its first bytes."""

import base64
import struct

import pytest

from nbreview.presentation.pictures import picture_size, shown_size


def encoded(data: bytes) -> str:
    return base64.encodebytes(data).decode()


PNG = encoded(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + bytes(100))
GIF = encoded(b"GIF89a" + struct.pack("<HH", 32, 16) + bytes(100))
JPEG = encoded(
    b"\xff\xd8\xff\xe0\x00\x10" + bytes(14) + b"\xff\xc4\x00\x04" + bytes(2) + b"\xff\xc2\x00\x11\x08"
    + struct.pack(">HH", 300, 400) + bytes(100)
)  # fmt: skip


@pytest.mark.parametrize(
    ("mime", "value", "size"),
    [("image/png", PNG, (640, 480)), ("image/gif", GIF, (32, 16)), ("image/jpeg", JPEG, (400, 300))],
)
def test_sizes_are_read(mime: str, value: str, size: tuple[int, int]) -> None:
    assert picture_size(mime, value) == size


@pytest.mark.parametrize("value", ["", "!!!!", "AAAA", PNG[:12], None, ["list"]])
@pytest.mark.parametrize("mime", ["image/png", "image/gif", "image/jpeg", "image/svg+xml"])
def test_what_is_no_picture_has_no_size(mime: str, value: object) -> None:
    assert picture_size(mime, value) is None


def test_a_picture_of_no_height_has_no_size() -> None:
    assert picture_size("image/gif", encoded(b"GIF89a" + struct.pack("<HH", 5, 0))) is None


def test_the_notebook_may_ask_for_another_size() -> None:
    assert shown_size("image/png", PNG, {}) == (640, 480)
    assert shown_size("image/png", PNG, {"image/png": {"width": 320}}) == (320, 240)
    assert shown_size("image/png", PNG, {"image/png": {"height": 48}}) == (64, 48)
    assert shown_size("image/png", PNG, {"image/png": {"width": 10, "height": 10}}) == (10, 10)
    assert shown_size("image/png", PNG, {"image/png": {"width": "wide", "height": True}}) == (640, 480)
    assert shown_size("image/png", PNG, {"image/png": "large"}) == (640, 480)
