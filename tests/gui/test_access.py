"""Everything that takes the keyboard has a name and a role, and Tab goes through the window as it is read."""

from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.parts import Sentence
from tests.gui.programs import settled

SIDE_WINDOWS = ("models", "training", "preferences", "text_view", "set_parameter", "review_range", "draft")


def is_inside(widget: QWidget) -> bool:
    """A part that Qt makes of a control and speaks of with it: a spin box's line, a choice's list."""
    parent = widget.parentWidget()
    if widget.objectName().startswith("qt_") or parent is None:
        return True
    listed = isinstance(widget, QListView) and isinstance(parent, QFrame) and parent.isWindow()
    written = isinstance(widget, QLineEdit) and isinstance(parent, QComboBox)
    return listed or written or parent.focusProxy() is widget


def nameless(window: QWidget) -> list[str]:
    """What takes the keyboard in a window and has no name or no role."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.window() is not window or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if is_inside(widget):
            continue
        if isinstance(widget, Sentence) and not widget.text():
            continue  # it is hidden until there is something to say
        spoken = QAccessible.queryAccessibleInterface(widget)
        no_role = spoken is None or spoken.role() is QAccessible.Role.NoRole
        if no_role or not spoken.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def parents(widget: QWidget) -> list[QWidget]:
    """What a widget stands in, up to its window."""
    parent = widget.parentWidget()
    return [] if parent is None else [parent, *parents(parent)]


def test_every_control_of_every_window_has_a_name_and_a_role(program: Program, qtbot: QtBot) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    window = program.window
    window.canvas.show_find()
    window.canvas.ask_cell()
    for act in SIDE_WINDOWS:
        window.actions_[act].trigger()
        settled(program, qtbot, lambda: True)
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert len(windows) > len(SIDE_WINDOWS)
    assert {type(each).__name__: nameless(each) for each in windows} == {
        type(each).__name__: [] for each in windows
    }


@pytest.mark.parametrize("back", [False, True])
def test_tab_goes_through_the_panels_in_the_order_in_which_they_stand(
    program: Program, qtbot: QtBot, back: bool
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    window = program.window
    window.resize(1400, 900)  # in a narrow one panels give way to the diff
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    panels = {
        "history": window.history,
        "outline": window.outline,
        "diff": window.canvas,
        "assistant": window.assistant,
        "status": window.status,
    }
    window.history.filter.setFocus()
    seen = []
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    for _ in range(200):
        focused = window.focusWidget()
        assert focused is not None and focused.isVisible()
        inside = (name for name, panel in panels.items() if panel in (focused, *parents(focused)))
        seen.append(next(inside, ""))
        QTest.keyClick(focused, key)
        if window.focusWidget() is window.history.filter:
            break
    else:
        pytest.fail(f"Tab does not come back: {seen}")
    stands = [name for name, _run in groupby(seen) if name]
    if back:  # from the first stop of the history to the end of the window, and up to it again
        stands = stands[:0:-1]
    assert stands == list(panels), seen
