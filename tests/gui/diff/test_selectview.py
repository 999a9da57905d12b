"""Lines are selected and copied by the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from nbreview.gui.diff.canvas import DiffCanvas

Key, SHIFT, CTRL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def press(canvas: DiffCanvas, *keys: Qt.Key) -> str:
    for key in keys:
        QTest.keyClick(canvas, key, SHIFT)
    return canvas._selected()


def copied(canvas: DiffCanvas) -> str:
    QTest.keyClick(canvas, Key.Key_C, CTRL)
    return QGuiApplication.clipboard().text()


@pytest.fixture(autouse=True)
def at_the_settings(canvas: DiffCanvas) -> None:
    canvas.goto_head_cell(3)


def test_shift_and_an_arrow_select_line_by_line(canvas: DiffCanvas) -> None:
    assert press(canvas, Key.Key_Down) == "lr = 3e-4"
    assert press(canvas, Key.Key_Down) == "lr = 3e-4\nepochs = 20"
    assert press(canvas, Key.Key_Up) == "lr = 3e-4"
    assert copied(canvas) == "lr = 3e-4"


def test_the_selection_goes_on_in_the_next_cell_and_in_the_one_above(canvas: DiffCanvas) -> None:
    lines = press(canvas, *[Key.Key_Down] * 3).splitlines()
    assert lines[:2] == ["lr = 3e-4", "epochs = 20"]
    assert len(lines) > 2
    assert canvas.current_index() != canvas._by_head[3]
    press(canvas, *[Key.Key_Up] * 4)
    assert canvas._selected().splitlines()[-1] == "lr = 3e-4"
    assert len(canvas._selected().splitlines()) > 1


def test_the_other_side_has_the_same_lines(canvas: DiffCanvas) -> None:
    press(canvas, Key.Key_Down, Key.Key_Down)
    assert press(canvas, Key.Key_Left) == "lr = 1e-3\nepochs = 20"
    assert press(canvas, Key.Key_Right) == "lr = 3e-4\nepochs = 20"


def test_selected_lines_are_a_patch(canvas: DiffCanvas) -> None:
    press(canvas, Key.Key_Down)
    canvas.copy_patch()
    assert QGuiApplication.clipboard().text().splitlines()[3:] == ["-lr = 1e-3", "+lr = 3e-4"]


def test_escape_lets_go(canvas: DiffCanvas) -> None:
    press(canvas, Key.Key_Down)
    QTest.keyClick(canvas, Key.Key_Escape)
    assert canvas._selected() == ""


def test_a_long_selection_stays_in_view_and_is_told(canvas: DiffCanvas) -> None:
    canvas.set_fold_unchanged(False)
    canvas.resize(canvas.width(), 200)
    press(canvas, *[Key.Key_Down] * 40)
    caret = canvas._pointer.selection.caret  # type: ignore[union-attr]
    line = canvas._look.metrics.line
    top = canvas._page.offsets.top(caret.block) + caret.row * line - canvas.verticalScrollBar().value()
    assert 0 <= top <= canvas.viewport().height() - line
    assert canvas.accessibleDescription() == canvas._selected().splitlines()[-1]


def test_nothing_is_selected_where_nothing_is_shown(canvas: DiffCanvas) -> None:
    canvas.set_diff(None)
    assert press(canvas, Key.Key_Down, Key.Key_Left) == ""
