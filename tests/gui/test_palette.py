"""The palette finds acts by a few letters and does the one that is chosen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from nbreview.gui.palette import CommandPalette, fuzzy_match
from nbreview.gui.theme import load_theme


class Window(QMainWindow):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        for text, key in (
            ("&Next change", "Alt+Down"),
            ("Accept card", "Ctrl+Return"),
            ("Text larger", "Ctrl++"),
            ("Stop", "Esc"),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _checked=False, text=text: self.done.append(text))
            self.addAction(action)
        self.field = QLineEdit(self)
        self.setCentralWidget(self.field)
        self.palette_ = CommandPalette(self.actions(), load_theme("light"), self)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    window = Window()
    qtbot.addWidget(window)
    window.resize(900, 600)
    with qtbot.waitActive(window):
        window.show()
    return window


def type_into(qtbot: QtBot, window: Window, text: str) -> None:
    focused = window.focusWidget()
    assert isinstance(focused, QLineEdit)
    qtbot.keyClicks(focused, text)


def test_letters_must_stand_in_order() -> None:
    assert fuzzy_match("nc", "Next change") is not None
    assert fuzzy_match("cn", "Next change") is None or fuzzy_match("zz", "Next change") is None


def test_letters_that_start_words_win() -> None:
    starts = fuzzy_match("nc", "Next change")
    inside = fuzzy_match("nc", "Announce a thing")
    assert starts is not None and inside is not None
    assert starts.positions == (0, 5)
    assert starts.score > inside.score


def test_letters_in_a_row_win_over_scattered_ones() -> None:
    row = fuzzy_match("change", "Next change")
    scattered = fuzzy_match("change", "Choose a new page")
    assert row is not None
    assert scattered is None or row.score > scattered.score


def test_an_empty_query_lists_every_act_in_its_order(window: Window) -> None:
    window.palette_.open()
    assert window.palette_.names() == ("Next change", "Accept card", "Text larger", "Stop")


def test_letters_narrow_and_enter_does_it(window: Window, qtbot: QtBot) -> None:
    window.palette_.open()
    type_into(qtbot, window, "tl")
    assert window.palette_.names() == ("Text larger",)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.done == ["Text larger"]
    assert window.palette_.isHidden()


def test_arrows_choose_and_wrap_around(window: Window, qtbot: QtBot) -> None:
    window.palette_.open()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Up)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.done == ["Stop"]


def test_escape_leaves_without_doing_anything_and_gives_the_keyboard_back(
    window: Window, qtbot: QtBot
) -> None:
    window.field.setFocus()
    window.palette_.open()
    assert window.focusWidget() is not window.field
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.done == []
    assert window.palette_.isHidden()
    assert window.focusWidget() is window.field


def test_a_disabled_act_is_shown_last_and_not_done(window: Window, qtbot: QtBot) -> None:
    window.actions()[0].setEnabled(False)
    window.palette_.open()
    type_into(qtbot, window, "c")
    assert window.palette_.names() == ("Accept card", "Next change")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.done == []


def test_letters_of_no_act_are_answered_with_a_sentence(window: Window, qtbot: QtBot) -> None:
    window.palette_.open()
    type_into(qtbot, window, "zzzz")
    assert window.palette_.names() == ()
    assert "Fewer letters" in window.palette_._nothing.text()
    assert window.palette_._nothing.isVisible()


def test_it_fits_into_a_small_window_at_twice_the_size(window: Window) -> None:
    window.palette_.set_theme(load_theme("dark", text_scale=2.0))
    window.resize(400, 300)
    window.palette_.open()
    assert window.rect().contains(window.palette_.geometry())
