"""The box for editing a cell's source indents as people expect."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from nbreview.gui.code_edit import CodeEdit
from nbreview.gui.theme import load_theme


@pytest.fixture
def box(qtbot: QtBot) -> CodeEdit:
    box = CodeEdit(load_theme("light"))
    qtbot.addWidget(box)
    box.show()
    return box


def test_tab_goes_to_the_next_stop_of_four(box: CodeEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "ab")
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.toPlainText() == "ab  "


def test_tab_and_shift_tab_move_every_chosen_line(box: CodeEdit, qtbot: QtBot) -> None:
    box.setPlainText("a\n  b\nc")
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.toPlainText() == "    a\n      b\n    c"
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Backtab)
    qtbot.keyClick(box, Qt.Key.Key_Backtab)
    assert box.toPlainText() == "a\nb\nc"


def test_a_new_line_keeps_the_indent_and_goes_in_after_a_colon(box: CodeEdit, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "for x in y:")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClicks(box, "f(x)")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClicks(box, "g(x)")
    assert box.toPlainText() == "for x in y:\n    f(x)\n    g(x)"


def test_escape_gives_up(box: CodeEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.cancelled):
        qtbot.keyClick(box, Qt.Key.Key_Escape)


def test_it_grows_with_its_text_up_to_a_limit(box: CodeEdit) -> None:
    small = box.sizeHint().height()
    box.setPlainText("\n" * 12)
    middle = box.sizeHint().height()
    box.setPlainText("\n" * 500)
    large = box.sizeHint().height()
    assert small < middle < large < 3 * middle


def test_one_undo_takes_an_indent_back(box: CodeEdit, qtbot: QtBot) -> None:
    box.setPlainText("a\nb")
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    box.undo()
    assert box.toPlainText() == "a\nb"
    box.moveCursor(QTextCursor.MoveOperation.Start)
