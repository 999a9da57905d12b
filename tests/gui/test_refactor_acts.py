"""The menu Refactor makes suggestions with the keyboard alone, and writes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.views import card_views
from tests.builders import code, notebook
from tests.gui.programs import settled

BOOK = notebook(code("import math\nrate = 0.1", id="a"), code("import re\nprint(rate)", id="b"))


@pytest.fixture
def opened(start: Callable[..., Program], tmp_path: Path, qtbot: QtBot) -> Program:
    path = tmp_path / "book.ipynb"
    path.write_bytes(BOOK)
    program = start(path)
    settled(program, qtbot, lambda: program.session.comparison is not None)
    return program


def proposed(program: Program) -> list[str]:
    return [card.suggestion.proposed_source for card in program.session.cards]


def test_a_variable_is_renamed_by_typing_its_new_name(opened: Program, qtbot: QtBot) -> None:
    window = opened.window
    window.actions_["rename_variable"].trigger()
    form = window.refactor_acts.window_
    assert form.names.currentText() == "rate"
    assert not form.agree_button.accessibleName() or form.agree_button.isEnabled()
    qtbot.keyClick(form.names, Qt.Key.Key_Tab)
    QApplication.processEvents()
    form.text.selectAll()
    qtbot.keyClicks(form.text, "pace")
    qtbot.keyClick(form.text, Qt.Key.Key_Return)
    settled(opened, qtbot, lambda: len(opened.session.cards) == 2)
    assert proposed(opened) == ["import math\npace = 0.1", "import re\nprint(pace)"]
    shown = opened.session.shown().target.notebook
    assert shown.read_bytes() == BOOK
    assert "nothing is written before you accept" in " ".join(window.notices.texts())


def test_cells_that_change_together_are_one_card_and_one_step_back(opened: Program, qtbot: QtBot) -> None:
    window, path = opened.window, opened.session.shown().target.notebook
    window.actions_["rename_variable"].trigger()
    form = window.refactor_acts.window_
    form.text.setText("pace")
    qtbot.mouseClick(form.agree_button, Qt.MouseButton.LeftButton)
    settled(opened, qtbot, lambda: len(opened.session.cards) == 2)
    (view,) = card_views(opened.session)
    assert len(view.cells) == 2
    window.card_acts.accept_all([cell.id for cell in view.cells])
    settled(opened, qtbot, lambda: not opened.session.cards and path.read_bytes() != BOOK)
    assert "pace = 0.1" in path.read_text() and "print(pace)" in path.read_text()
    window.actions_["undo"].trigger()
    settled(opened, qtbot, lambda: path.read_bytes() == BOOK)


def test_a_parameter_begins_with_its_value_and_nothing_is_done_without_one(
    opened: Program, qtbot: QtBot
) -> None:
    opened.window.actions_["set_parameter"].trigger()
    form = opened.window.refactor_acts.window_
    assert (form.names.currentText(), form.text.text()) == ("rate", "0.1")
    assert (form.names.accessibleName(), form.text.accessibleName()) == ("Parameter", "New value")
    form.text.clear()
    assert not form.agree_button.isEnabled()
    qtbot.keyClicks(form.text, "0.2")
    qtbot.mouseClick(form.agree_button, Qt.MouseButton.LeftButton)
    settled(opened, qtbot, lambda: bool(opened.session.cards))
    assert proposed(opened) == ["import math\nrate = 0.2"]


def test_a_cell_is_wrapped_and_imports_are_collected(opened: Program, qtbot: QtBot) -> None:
    opened.session.choose_cell(1)
    opened.window.actions_["wrap_cell"].trigger()
    form = opened.window.refactor_acts.window_
    assert not form.names.isVisible()
    qtbot.keyClicks(form.text, "show_rate")
    qtbot.mouseClick(form.agree_button, Qt.MouseButton.LeftButton)
    settled(opened, qtbot, lambda: bool(opened.session.cards))
    assert "def show_rate(rate):" in proposed(opened)[0]
    opened.window.actions_["collect_imports"].trigger()
    settled(opened, qtbot, lambda: len(opened.session.cards) == 3)
    assert proposed(opened)[0].startswith("import math\nimport re\n")


def test_what_cannot_be_done_is_said_in_place(opened: Program, qtbot: QtBot) -> None:
    opened.window.actions_["rename_variable"].trigger()
    form = opened.window.refactor_acts.window_
    form.text.setText("not a name")
    qtbot.mouseClick(form.agree_button, Qt.MouseButton.LeftButton)
    settled(opened, qtbot, lambda: "not a name" in " ".join(opened.window.notices.texts()))
    assert opened.session.cards == ()
