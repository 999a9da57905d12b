"""Each key of the specification's table, pressed in the real window, and what is seen of it.

Accept, reject and hunks have tests of their own where cards are (`test_cards`, `test_card_acts`).
"""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.cancellation import CancelToken
from nbreview.gui.app import Program
from nbreview.gui.window import ReviewWindow
from tests.gui.programs import settled

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key
See = Callable[[ReviewWindow], object]

CHANGES: dict[str, tuple[Qt.Key, Qt.KeyboardModifier, See]] = {
    "next change": (Key.Key_Down, ALT, lambda w: w.canvas.current_index()),
    "next change, a letter": (Key.Key_N, NONE, lambda w: w.canvas.current_index()),
    "previous change": (Key.Key_Up, ALT, lambda w: w.canvas.current_index()),
    "previous change, a letter": (Key.Key_P, NONE, lambda w: w.canvas.current_index()),
    "next finding": (Key.Key_F8, NONE, lambda w: w.canvas.current_index()),
    "previous finding": (Key.Key_F8, SHIFT, lambda w: w.canvas.current_index()),
    "find": (Key.Key_F, CTRL, lambda w: w.canvas._find_bar.isVisible()),
    "one column": (Key.Key_Backslash, CTRL, lambda w: w.canvas.one_column),
    "fold unchanged": (Key.Key_U, NONE, lambda w: w.canvas.fold_unchanged),
    "fold outputs": (Key.Key_O, NONE, lambda w: w.canvas.outputs_shown),
    "fold metadata": (Key.Key_M, NONE, lambda w: w.canvas.metadata_shown),
    "viewed": (Key.Key_V, NONE, lambda w: frozenset(w.session.viewed)),
    "propose": (Key.Key_K, CTRL, lambda w: w.notices.latest() or w.focusWidget()),
    "crash": (Key.Key_K, CTRL | SHIFT, lambda w: w.notices.latest()),
    "accept": (Key.Key_Return, CTRL, lambda w: len(w.session.cards)),
    "reject": (Key.Key_Backspace, CTRL, lambda w: len(w.session.cards)),
    "text view": (Key.Key_F7, NONE, lambda w: w.side.text.isVisible()),
    "palette": (Key.Key_P, CTRL | SHIFT, lambda w: w.palette_.isVisible()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_key_does_what_the_table_says(program: Program, qtbot: QtBot, name: str) -> None:
    settled(program, qtbot, lambda: len(program.session.cards) >= 2)
    window = program.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.canvas.setFocus()
    key, held, see = CHANGES[name]
    if name.startswith("previous change"):
        window.canvas.next_change()  # before the first there is none
    before = see(window)
    qtbot.keyClick(window.canvas, key, held)
    settled(program, qtbot, lambda: see(window) != before)


def test_f3_goes_from_find_to_find(program: Program, qtbot: QtBot) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    canvas = program.window.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Key.Key_F, CTRL)
    qtbot.keyClicks(program.window.focusWidget(), "plt")
    qtbot.waitUntil(lambda: " of " in canvas._find_bar._count.text())
    first = canvas._find_bar._count.text()
    qtbot.keyClick(program.window.focusWidget(), Key.Key_F3)
    qtbot.waitUntil(lambda: canvas._find_bar._count.text() != first)


def test_escape_stops_what_is_running(program: Program, qtbot: QtBot) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    window = program.window
    stopped: list[bool] = []

    def work(cancel: CancelToken, report: object) -> None:
        raised = threading.Event()
        cancel.on_cancel(raised.set)
        raised.wait(30)

    window.tasks.start("held", "Busy", work, lambda _result: None, stopped=lambda: stopped.append(True))
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Key.Key_Escape)
    qtbot.waitUntil(lambda: stopped == [True] and not window.tasks.running())
