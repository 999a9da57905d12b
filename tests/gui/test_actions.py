"""Every act is in a menu with its key, and does something."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from nbreview.gui.act_table import ACTS
from nbreview.gui.actions import Actions


def actions_of(menu: QMenu) -> list[QAction]:
    found = []
    for action in menu.actions():
        submenu = action.menu()
        found += actions_of(submenu) if isinstance(submenu, QMenu) else [action]
    return found


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


def test_every_act_is_in_exactly_one_menu(window: QMainWindow) -> None:
    actions = Actions(window)
    actions.build_menus(window.menuBar())
    listed = [
        action.objectName()
        for top in window.menuBar().actions()
        if isinstance(top.menu(), QMenu)
        for action in actions_of(top.menu())
        if not action.isSeparator()
    ]
    assert sorted(listed) == sorted(act.id for act in ACTS)


def test_no_two_acts_share_a_key() -> None:
    keys = [key.casefold() for act in ACTS for key in act.keys]
    assert len(keys) == len(set(keys))


def test_the_keys_are_those_of_the_specification(window: QMainWindow) -> None:
    actions = Actions(window)
    expected = {
        "next_change": ["Alt+Down", "N"],
        "previous_change": ["Alt+Up", "P"],
        "next_finding": ["F8"],
        "previous_finding": ["Shift+F8"],
        "find": ["Ctrl+F"],
        "find_next": ["F3"],
        "one_column": ["Ctrl+\\"],
        "fold_unchanged": ["U"],
        "fold_outputs": ["O"],
        "fold_metadata": ["M"],
        "viewed": ["V"],
        "propose": ["Ctrl+K"],
        "assess": ["Ctrl+Shift+K"],
        "accept": ["Ctrl+Return", "Ctrl+Enter"],
        "reject": ["Ctrl+Backspace"],
        "accept_hunk": ["Ctrl+Shift+Return", "Ctrl+Shift+Enter"],
        "reject_hunk": ["Ctrl+Shift+Backspace"],
        "stage": ["S"],
        "unstage": ["Shift+S"],
        "revert": ["Ctrl+Alt+Z"],
        "undo": ["Ctrl+Z"],
        "text_view": ["F7"],
        "palette": ["Ctrl+Shift+P"],
        "stop": ["Esc"],
    }
    shown = {act_id: [key.toString() for key in actions[act_id].shortcuts()] for act_id in expected}
    assert shown == expected


def test_connect_refuses_acts_that_would_do_nothing(window: QMainWindow) -> None:
    actions = Actions(window)
    handlers = {act.id: lambda *_state: None for act in ACTS}
    del handlers["accept"]
    with pytest.raises(ValueError, match="accept"):
        actions.connect(handlers)


def test_connect_refuses_a_handler_of_no_act(window: QMainWindow) -> None:
    actions = Actions(window)
    handlers = {act.id: lambda *_state: None for act in ACTS} | {"fly": lambda *_state: None}
    with pytest.raises(ValueError, match="fly"):
        actions.connect(handlers)


def test_a_plain_act_is_called_without_and_a_checkable_one_with_its_state(window: QMainWindow) -> None:
    actions = Actions(window)
    calls: list[tuple[str, tuple[bool, ...]]] = []
    actions.connect({act.id: lambda *state, name=act.id: calls.append((name, state)) for act in ACTS})
    actions["accept"].trigger()
    actions["one_column"].trigger()
    actions["one_column"].trigger()
    assert calls == [("accept", ()), ("one_column", (True,)), ("one_column", (False,))]


def test_themes_exclude_each_other(window: QMainWindow) -> None:
    actions = Actions(window)
    assert actions["theme_system"].isChecked()
    actions["theme_dark"].trigger()
    assert actions["theme_dark"].isChecked()
    assert not actions["theme_system"].isChecked()
