"""Each key of the specification's table, pressed in the real window, and what is seen of it."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.cancellation import CancelToken
from nbreview.gui.app import Program
from nbreview.gui.window import ReviewWindow
from nbreview.notebook.reader import read_file
from nbreview.review.model import Evidence, Origin, Place, Suggestion, new_id, now
from nbreview.store.database import Store
from tests.builders import code, notebook
from tests.git_repos import Repo
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


# What is written: a file, the index and the store show whether a key did what it says.

BASE, WORK, PROPOSED = "a = 1\nb = 2\nc = 3", "a = 9\nb = 2\nc = 3", "a = 8\nb = 2\nc = 7"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A notebook whose only cell differs from its commit."""
    repo = Repo(tmp_path / "repo")
    repo.commit("first", {"n.ipynb": notebook(code(BASE, id="a", count=1))})
    repo.write("n.ipynb", notebook(code(WORK, id="a", count=1)))
    return repo


@pytest.fixture
def changed(start: Callable[..., Program], repo: Repo, tmp_path: Path, qtbot: QtBot) -> ReviewWindow:
    """The window on it, with a card of two hunks at hand and the keyboard in the diff."""
    made = Suggestion(
        id=new_id(),
        place=Place(str(repo.path("n.ipynb")), 0, "a"),
        base_source=WORK,
        proposed_source=PROPOSED,
        reason="Other figures.",
        evidence=Evidence.LIKELY,
        origin=Origin("model", "Tiny", messages=({"role": "user", "content": "Edit."},)),
        created=now(),
    )
    with Store.open(tmp_path / "store.sqlite3") as store:
        store.add_suggestions((made,))
    program = start(repo.path("n.ipynb"))
    settled(program, qtbot, lambda: program.session.comparison is not None and bool(program.session.cards))
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    program.window.canvas.goto_head_cell(0)
    program.window.canvas.setFocus()
    return program.window


def source(repo: Repo) -> str:
    return read_file(repo.path("n.ipynb")).cells[0].source


def test_s_stages_the_cell(changed: ReviewWindow, repo: Repo, qtbot: QtBot) -> None:
    assert repo.git("diff", "--cached", "--name-only").strip() == ""
    qtbot.keyClick(changed.canvas, Key.Key_S)
    qtbot.waitUntil(lambda: repo.git("diff", "--cached", "--name-only").strip() == "n.ipynb")
    assert source(repo) == WORK


def test_revert_gives_the_cell_its_base_again(changed: ReviewWindow, repo: Repo, qtbot: QtBot) -> None:
    qtbot.keyClick(changed.canvas, Key.Key_Z, CTRL | ALT)
    qtbot.waitUntil(lambda: source(repo) == BASE)


def test_c_opens_a_line_to_comment_in(changed: ReviewWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(changed.canvas, Key.Key_C)
    qtbot.waitUntil(lambda: changed.focusWidget() is not changed.canvas)
    qtbot.keyClicks(changed.focusWidget(), "Why?")
    qtbot.keyClick(changed.focusWidget(), Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(changed.session.threads) == 1)


def test_a_hunk_is_accepted_and_the_other_stays_on_the_card(
    changed: ReviewWindow, repo: Repo, qtbot: QtBot
) -> None:
    qtbot.keyClick(changed.canvas, Key.Key_Return, CTRL | SHIFT)
    qtbot.waitUntil(lambda: source(repo) == "a = 8\nb = 2\nc = 3")
    qtbot.waitUntil(lambda: [card.suggestion.proposed_source for card in changed.session.cards] == [PROPOSED])


def test_a_hunk_is_rejected_and_the_other_stays_on_the_card(
    changed: ReviewWindow, repo: Repo, qtbot: QtBot
) -> None:
    qtbot.keyClick(changed.canvas, Key.Key_Backspace, CTRL | SHIFT)
    rest = "a = 9\nb = 2\nc = 7"
    qtbot.waitUntil(lambda: [card.suggestion.proposed_source for card in changed.session.cards] == [rest])
    assert source(repo) == WORK
