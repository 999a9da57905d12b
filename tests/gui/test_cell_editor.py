"""A cell is edited in place, in the real window: by key, saved, given up, taken back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.diff.celledit import CellEdit
from tests.builders import code, notebook
from tests.git_repos import ISOLATED, Repo
from tests.gui.programs import settled

BASE = notebook(code("a = 1", id="a"), code("b = 1", id="b"))
WORK = notebook(code("a = 2", id="a"), code("b = 1", id="b"), code("c = 'é'", id="c"))
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)
    repo = Repo(tmp_path / "repo")
    repo.commit("first", {"a.ipynb": BASE})
    repo.write("a.ipynb", WORK)
    return repo


@pytest.fixture
def opened(start: Callable[..., Program], repo: Repo, qtbot: QtBot) -> Program:
    program = start(repo.path("a.ipynb"))
    settled(program, qtbot, lambda: program.session.comparison is not None)
    return program


def editing(program: Program, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_E) -> CellEdit:
    """Press the key for the current cell; the box that opens."""
    qtbot.keyClick(program.window.canvas, key)
    box = program.window.cell_editor.box
    assert box is not None
    return box


def source(repo: Repo, cell: int) -> str:
    return "".join(json.loads(repo.path("a.ipynb").read_bytes())["cells"][cell]["source"])


def test_a_key_opens_the_cell_over_the_head_column(opened: Program, qtbot: QtBot) -> None:
    canvas = opened.window.canvas
    canvas.goto_head_cell(0)
    box = editing(opened, qtbot)
    assert box.isVisible()
    assert box.source == "a = 2"
    column = canvas._page.columns.head
    assert box.geometry().right() + 1 == column.left + column.width
    area = canvas.head_area(canvas.current_index())
    assert area is not None
    assert box.geometry().top() == area.top()


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_F4, Qt.Key.Key_Return])
def test_ctrl_enter_saves_this_cell_and_ctrl_z_takes_it_back(
    opened: Program, qtbot: QtBot, repo: Repo, key: Qt.Key
) -> None:
    before = repo.path("a.ipynb").read_bytes()
    opened.window.canvas.goto_head_cell(0)
    box = editing(opened, qtbot, key)
    box.box.setPlainText("a = 3\nprint(a)")
    qtbot.keyClick(box.box, Qt.Key.Key_Return, CTRL)
    settled(opened, qtbot, lambda: opened.window.cell_editor.box is None)
    assert source(repo, 0) == "a = 3\nprint(a)"
    assert "Cell 1 of a.ipynb is saved as you edited it." in opened.window.notices.texts()
    comparison = opened.session.comparison
    assert comparison is not None
    qtbot.waitUntil(lambda: opened.session.shown().head.notebook.cells[0].source.startswith("a = 3"))
    qtbot.keyClick(opened.window.canvas, Qt.Key.Key_Z, CTRL)
    settled(opened, qtbot, lambda: repo.path("a.ipynb").read_bytes() == before)


def test_escape_gives_up_and_writes_nothing(opened: Program, qtbot: QtBot, repo: Repo) -> None:
    before = repo.path("a.ipynb").read_bytes()
    opened.window.canvas.goto_head_cell(0)
    box = editing(opened, qtbot)
    box.box.setPlainText("a = 3")
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    assert opened.window.cell_editor.box is None
    assert repo.path("a.ipynb").read_bytes() == before


def test_what_was_typed_is_kept_where_the_cell_changed_on_disk(
    opened: Program, qtbot: QtBot, repo: Repo
) -> None:
    opened.window.canvas.goto_head_cell(0)
    box = editing(opened, qtbot)
    box.box.setPlainText("a = 3")
    repo.write("a.ipynb", WORK.replace(b"a = 2", b"a = 9"))
    box._save.click()
    settled(opened, qtbot, lambda: bool(opened.window.notices.texts()))
    assert "has changed on disk" in opened.window.notices.latest()
    assert opened.window.cell_editor.box is box
    assert box.source == "a = 3"
    assert not box.box.isReadOnly()
    assert source(repo, 0) == "a = 9"


def test_the_key_goes_back_to_what_is_being_typed(opened: Program, qtbot: QtBot) -> None:
    opened.window.canvas.goto_head_cell(0)
    box = editing(opened, qtbot)
    box.box.setPlainText("a = 3")
    opened.window.canvas.goto_head_cell(2)
    assert editing(opened, qtbot) is box
    assert box.source == "a = 3"


def test_letters_typed_in_the_box_are_letters_and_no_acts(opened: Program, qtbot: QtBot) -> None:
    opened.window.canvas.goto_head_cell(0)
    box = editing(opened, qtbot)
    box.box.selectAll()
    qtbot.keyClicks(box.box, "snvuom")
    assert box.source == "snvuom"


def test_the_box_follows_its_cell(opened: Program, qtbot: QtBot) -> None:
    canvas = opened.window.canvas
    canvas.goto_head_cell(0)
    box = editing(opened, qtbot)
    top = box.geometry().top()
    box.box.setPlainText("a = 3")
    opened.window.actions_["fold_unchanged"].trigger()
    area = canvas.head_area(0)
    assert area is not None
    assert box.geometry().top() == area.top() == top


def test_an_older_version_is_not_edited_and_says_why(opened: Program, qtbot: QtBot) -> None:
    opened.window.history.choose([opened.window.history.revisions()[-1]])
    settled(opened, qtbot, lambda: not opened.session.shown().writable)
    opened.window.notices.clear()
    qtbot.keyClick(opened.window.canvas, Qt.Key.Key_E)
    assert opened.window.cell_editor.box is None
    assert "choose the working tree" in opened.window.notices.latest()
