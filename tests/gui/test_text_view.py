"""A change as text can be walked with the keyboard, and not changed."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.text_view import TextView
from nbreview.gui.theme import load_theme


def test_it_opens_at_the_beginning_and_the_keyboard_walks_it(qtbot: QtBot) -> None:
    view = TextView(theme=load_theme("light"))
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show_change("Cell 3", "Cell 3, code, modified.\n− import x\n+ import y")
    assert view.windowTitle() == "Cell 3"
    assert view.focusWidget() is view.text
    qtbot.keyClick(view.text, Qt.Key.Key_Down)
    assert view.text.textCursor().blockNumber() == 1


def test_it_cannot_be_changed_and_is_not_in_the_way(qtbot: QtBot) -> None:
    view = TextView(theme=load_theme("light"))
    qtbot.addWidget(view)
    view.show_change("Cell 3", "text")
    qtbot.keyClicks(view.text, "typed")
    assert view.text.toPlainText() == "text"
    assert not view.isModal()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
