"""The picture window: four ways, zoom and place, pixel values, copying and saving."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from nbreview.gui.picture_window import PictureSubject, PictureWindow
from nbreview.gui.theme import load_theme
from nbreview.presentation.pictures import PictureMode
from tests.gui.diff.conftest import png

RED, BLUE = ("image/png", png("#ff0000", 200, 100)), ("image/png", png("#0000ff", 200, 100))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[PictureWindow]:
    window = PictureWindow(None, load_theme("light"))
    qtbot.addWidget(window)
    yield window
    window.close()
    window.close_workers()


def shown(window: PictureWindow, qtbot: QtBot, mode: PictureMode = PictureMode.SIDE_BY_SIDE) -> PictureWindow:
    window.show_picture(PictureSubject("Picture", RED, BLUE, b"", "words"), mode)
    qtbot.waitUntil(lambda: not window.loading)
    return window


def color(window: PictureWindow, share: float) -> str:
    """The colour painted at a share of the surface's width, at half its height and a little above."""
    image = window.surface.grab().toImage()
    return image.pixelColor(round(share * image.width()), image.height() // 2 - 20).name()


def test_each_way_is_painted(window: PictureWindow, qtbot: QtBot) -> None:
    shown(window, qtbot)
    assert (color(window, 0.25), color(window, 0.75)) == ("#ff0000", "#0000ff")
    window.modes[PictureMode.SWIPE].trigger()
    assert (color(window, 0.47), color(window, 0.53)) == ("#ff0000", "#0000ff")
    window.modes[PictureMode.ONION].trigger()
    assert color(window, 0.47) in ("#7f007f", "#800080", "#80007f", "#7f0080")
    window.modes[PictureMode.DIFFERENCE].trigger()
    assert color(window, 0.5) == load_theme("light").color("error").name()


def test_keys_zoom_fit_and_move(window: PictureWindow, qtbot: QtBot) -> None:
    surface = shown(window, qtbot).surface
    assert surface.zoom == 1.0  # a small picture does not grow
    qtbot.keyClick(surface, Qt.Key.Key_Plus)
    qtbot.keyClick(surface, Qt.Key.Key_Plus)
    assert surface.zoom == pytest.approx(1.5625)
    qtbot.keyClick(surface, Qt.Key.Key_Minus)
    assert surface.zoom == pytest.approx(1.25)
    before = surface.grab().toImage()
    qtbot.keyClick(surface, Qt.Key.Key_Up)
    assert surface.grab().toImage() != before
    qtbot.keyClick(surface, Qt.Key.Key_1)
    assert surface.zoom == 1.0
    surface.resize(100, 80)
    qtbot.keyClick(surface, Qt.Key.Key_0)
    assert surface.zoom < 1


def test_left_and_right_move_the_divider(window: PictureWindow, qtbot: QtBot) -> None:
    surface = shown(window, qtbot, PictureMode.SWIPE).surface
    qtbot.keyClick(surface, Qt.Key.Key_Right)
    assert surface.swipe == pytest.approx(0.55)
    window.modes[PictureMode.ONION].trigger()
    qtbot.keyClick(surface, Qt.Key.Key_Left)
    assert surface.opacity == pytest.approx(0.45)
    assert "head at 45 %" in window.zoom.text()


def test_the_pixel_under_the_pointer_is_told_for_both_sides(window: PictureWindow, qtbot: QtBot) -> None:
    surface = shown(window, qtbot, PictureMode.SWIPE).surface
    words = surface.words_at(surface.rect().center())
    assert words.startswith(("x 99, y 49 · differs", "x 100, y 50 · differs"))
    assert "base #ff0000 (255, 0, 0)" in words
    assert "head #0000ff (0, 0, 255)" in words
    assert surface.words_at(QPoint(0, 0)) == ""


def test_a_picture_is_copied(window: PictureWindow, qtbot: QtBot) -> None:
    shown(window, qtbot).copy(head=False)
    image = QGuiApplication.clipboard().image()
    assert image.pixelColor(5, 5).name() == "#ff0000"


def test_a_picture_is_saved_byte_for_byte(window: PictureWindow, qtbot: QtBot, tmp_path: Path) -> None:
    shown(window, qtbot).save(tmp_path / "head.png")
    window.save_difference(tmp_path / "difference.png")
    qtbot.waitUntil(lambda: not window.loading)
    assert (tmp_path / "head.png").read_bytes() == base64.b64decode(BLUE[1])
    assert not QImage(str(tmp_path / "difference.png")).isNull()
    window.save(tmp_path / "none" / "head.png")
    qtbot.waitUntil(lambda: not window.loading)
    assert "choose another folder or name" in window.pixel.text()


def test_a_side_that_cannot_be_read_is_named(window: PictureWindow, qtbot: QtBot) -> None:
    window.show_picture(
        PictureSubject("Picture", ("image/png", "AAAA"), BLUE, b"", "words"), PictureMode.SWIPE
    )
    qtbot.waitUntil(lambda: not window.loading)
    assert window.words.text().startswith("Base: ")
    assert "run the cell again" in window.words.text()
    assert color(window, 0.5) == "#0000ff"


def test_one_side_alone_has_one_way(window: PictureWindow, qtbot: QtBot) -> None:
    window.show_picture(PictureSubject("Picture", None, BLUE), PictureMode.DIFFERENCE)
    qtbot.waitUntil(lambda: not window.loading)
    assert not window.modes[PictureMode.SWIPE].isEnabled()
    assert color(window, 0.5) == "#0000ff"


def test_closing_lets_go_of_the_pictures(window: PictureWindow, qtbot: QtBot) -> None:
    shown(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert window._pair.size.isEmpty()
