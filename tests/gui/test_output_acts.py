"""Pictures and tables in the real window: acts, keys, menu, windows and settings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.diff.output_view import OutputKey
from nbreview.gui.diff.picture_piece import PicturePiece
from nbreview.gui.output_acts import MODES
from nbreview.presentation.pictures import PictureMode
from nbreview.settings import Settings
from tests.builders import code, display, notebook
from tests.gui.diff.conftest import png, table

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def compared(start: Callable[..., Program], tmp_path: Path, qtbot: QtBot) -> Program:
    for name, color, loss in (("base", "#ff0000", 0.5), ("head", "#0000ff", 0.25)):
        cells = [
            code("plot()", id="a", outputs=[display(image_png=png(color, 200, 100))]),
            code("frame", id="b", outputs=[display(text_html=table(loss, 0.4), text_plain="loss")]),
        ]
        (tmp_path / f"{name}.ipynb").write_bytes(notebook(*cells))
    program = start(tmp_path / "base.ipynb", tmp_path / "head.ipynb")
    qtbot.waitUntil(lambda: program.window.canvas.diff is not None)
    return program


def at_hand(program: Program) -> PicturePiece:
    piece = program.window.canvas.outputs.current()
    assert isinstance(piece, PicturePiece)
    return piece


def test_keys_go_to_a_picture_and_show_it_in_each_way(compared: Program, qtbot: QtBot) -> None:
    window = compared.window
    qtbot.keyClick(window.canvas, Qt.Key.Key_I)
    assert at_hand(compared).key == OutputKey(0, 0)
    for key, mode in zip(
        (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_1),
        [*MODES.values()][1:] + [PictureMode.SIDE_BY_SIDE],
        strict=True,
    ):
        qtbot.keyClick(window.canvas, key, ALT)
        assert at_hand(compared).mode is mode
    qtbot.keyClick(window.canvas, Qt.Key.Key_I)
    current = window.canvas.outputs.current()
    assert current is not None
    assert current.key == OutputKey(1, 0)
    assert "Table" in window.canvas.accessibleDescription()


def test_a_picture_opens_in_its_window_in_the_way_it_is_shown(compared: Program, qtbot: QtBot) -> None:
    window = compared.window
    window.output_acts.go(1)
    window.output_acts.show_as(PictureMode.SWIPE)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    picture = window.output_acts.picture
    assert picture is not None
    qtbot.waitUntil(lambda: not picture.loading)
    assert picture.isVisible()
    assert not picture.isModal()
    assert picture.surface.mode is PictureMode.SWIPE
    assert "100 % of pixels differ" in picture.words.text()


def test_a_table_opens_in_its_window_and_is_copied(compared: Program, qtbot: QtBot) -> None:
    window = compared.window
    window.canvas.goto_output(OutputKey(1, 0))
    window.actions_["view_output"].trigger()
    shown = window.output_acts.table
    assert shown is not None
    qtbot.waitUntil(lambda: not shown.loading)
    assert shown.model.index(0, 1).data() == "0.5 → 0.25"
    window.output_acts.copy()
    qtbot.waitUntil(lambda: "0\t0.25" in QGuiApplication.clipboard().text())


def test_all_pictures_are_shown_this_way_and_the_settings_keep_it(compared: Program) -> None:
    acts = compared.window.output_acts
    acts.show_as(PictureMode.DIFFERENCE)
    acts.show_all()
    assert compared.session.settings.picture_mode == "difference"
    assert compared.window.canvas.outputs.default_mode is PictureMode.DIFFERENCE


def test_an_act_without_a_picture_says_what_to_do(compared: Program) -> None:
    compared.window.canvas.goto_output(OutputKey(1, 0))
    compared.window.output_acts.show_as(PictureMode.SWIPE)
    assert any("press I" in text for text in compared.window.notices.texts())


def test_the_menu_of_a_table_offers_what_a_table_can(compared: Program, qtbot: QtBot) -> None:
    window = compared.window
    acts = window.output_acts
    window.canvas.goto_output(OutputKey(1, 0))
    acts.fit_menu()
    assert not window.actions_["picture_swipe"].isVisible()
    assert window.actions_["view_output"].isVisible()
    acts.menu.aboutToHide.emit()
    assert window.actions_["picture_swipe"].isVisible()
    assert any(action.text() == "This &cell" for action in acts.menu.actions())


def test_the_settings_know_every_way() -> None:
    field = next(item for item in Settings.__dataclass_fields__.values() if item.name == "picture_mode")
    assert set(field.metadata["choices"]) == {mode.value for mode in PictureMode}
