"""Pictures are decoded away from the window, fit their place, and bring nothing in from outside."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from nbreview.gui.diff import images
from nbreview.gui.diff.background import Background
from nbreview.gui.diff.decoding import decode
from nbreview.gui.diff.images import PictureKey, Pictures
from nbreview.presentation.svg import closed_svg
from tests.gui.diff.conftest import png

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">
<rect width="20" height="10" fill="red"/></svg>"""


def key(number: int, size: int = 40) -> PictureKey:
    return PictureKey(True, number, 0, size, size)


def test_a_picture_larger_than_its_place_is_made_to_fit(qapp: object) -> None:
    image = decode("image/png", png("green", 400, 200), QSize(100, 50))
    assert isinstance(image, QImage)
    assert image.size() == QSize(100, 50)
    assert image.pixelColor(50, 25).name() == "#008000"


def test_a_small_picture_stays_as_it_is(qapp: object) -> None:
    image = decode("image/png", png("green", 10, 10), QSize(100, 100))
    assert isinstance(image, QImage)
    assert image.size() == QSize(10, 10)


@pytest.mark.parametrize("value", ["", "!!", "AAAA", png("red")[:80], None])
def test_what_is_broken_is_a_sentence(qapp: object, value: object) -> None:
    said = decode("image/png", value, QSize(10, 10))
    assert isinstance(said, str)
    assert "PNG" in said
    assert "run the cell again" in said


def test_a_drawing_is_drawn(qapp: object) -> None:
    image = decode("image/svg+xml", SVG, QSize(40, 20))
    assert isinstance(image, QImage)
    assert image.pixelColor(20, 10).name() == "#ff0000"
    assert "cannot be read" in str(decode("image/svg+xml", "<svg", QSize(10, 10)))


def test_a_drawing_brings_nothing_in_from_outside(tmp_path, qapp: object) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0xFF00FF00)
    image.save(str(secret))
    drawing = f"""<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "&#60;rect/>"><!ENTITY y "&x;&x;">]>
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height="8">
    <image width="8" height="8" xlink:href="{secret}"/><image width="8" height="8" href='file://{secret}'/>
    <style>rect {{ fill: url({secret}) }}</style><rect id="own" width="2" height="2" fill="url({secret}#a)"/>
    <use href="#own"/></svg>"""
    closed = closed_svg(drawing)
    assert str(secret) not in closed
    assert "ENTITY" not in closed
    assert 'href="#own"' in closed
    shown = decode("image/svg+xml", drawing, QSize(8, 8))
    assert isinstance(shown, QImage)
    assert shown.pixelColor(4, 4).name() != "#00ff00"


def test_a_picture_arrives_later_and_is_kept(qtbot: QtBot) -> None:
    background = Background()
    pictures = Pictures(background)
    with qtbot.waitSignal(pictures.arrived):
        assert pictures.get(key(1), "image/png", png("red")) is None
    assert isinstance(pictures.get(key(1), "image/png", png("red")), QImage)
    pictures.clear()
    assert pictures.get(key(1), "image/png", png("red")) is None
    background.close()


def test_pictures_are_kept_up_to_a_number_of_bytes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "CACHE_BYTES", 40 * 40 * 4 * 2)
    background = Background()
    pictures = Pictures(background)
    for number in range(3):
        with qtbot.waitSignal(pictures.arrived):
            pictures.get(key(number), "image/png", png("red", 40, 40))
    assert pictures.get(key(2), "image/png", png("red")) is not None
    assert pictures.get(key(0), "image/png", png("red")) is None
    background.close()
