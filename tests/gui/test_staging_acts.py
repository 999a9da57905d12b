"""A cell is staged, unstaged and reverted from the window, and Ctrl+Z takes each back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from nbreview.diff.model import ChangeKind
from nbreview.gui.app import Program
from nbreview.gui.cell_acts import MENU
from nbreview.history.model import Revision, RevisionKind
from nbreview.review.model import SuggestionState
from tests.builders import code, markdown, notebook, stream
from tests.git_repos import ISOLATED, Repo
from tests.gui.programs import settled

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BASE = notebook(
    markdown("# Title", id="t"), code("a = 1", id="a", count=1), code("b = 1", id="b"), code("last", id="l")
)
WORK = notebook(
    markdown("# Title", id="t"),
    code("a = 2", id="a", count=1, outputs=[stream("2\n")]),
    code("b = 2", id="b"),
    code("last", id="l"),
    code("new = 'é'", id="n"),
)


@pytest.fixture(autouse=True)
def isolated_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("first", {"a.ipynb": BASE})
    repo.write("a.ipynb", WORK)
    return repo


@pytest.fixture
def opened(start: Callable[..., Program], repo: Repo, qtbot: QtBot) -> Program:
    program = start(repo.path("a.ipynb"))
    settled(program, qtbot, lambda: program.session.comparison is not None)
    return program


def press(program: Program, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> str:
    """Press a key in the diff, wait until all is done, and return what was said last."""
    program.window.notices.clear()
    qtbot.keyClick(program.window.canvas, key, modifiers or Qt.KeyboardModifier.NoModifier)
    settled(program, qtbot, lambda: bool(program.window.notices.texts()))
    return program.window.notices.latest()


def stage(program: Program, qtbot: QtBot) -> str:
    return press(program, qtbot, Qt.Key.Key_S)


def unstage(program: Program, qtbot: QtBot) -> str:
    return press(program, qtbot, Qt.Key.Key_S, SHIFT)


def revert(program: Program, qtbot: QtBot) -> str:
    return press(program, qtbot, Qt.Key.Key_Z, CTRL | ALT)


def undo(program: Program, qtbot: QtBot) -> str:
    return press(program, qtbot, Qt.Key.Key_Z, CTRL)


def rows(program: Program) -> list[str]:
    return [revision.label for revision in program.window.history.revisions()]


def kinds(program: Program) -> str:
    assert program.session.comparison is not None
    return " ".join(change.kind.value for change in program.session.comparison.diff.cells)


def changed_lines(repo: Repo, *arguments: str) -> list[str]:
    """Lines that a diff of git adds and removes."""
    lines = repo.git("diff", "--no-ext-diff", *arguments).splitlines()
    return [line.strip() for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def sources(data: bytes | str) -> list[str]:
    value: dict[str, Any] = json.loads(data)
    return ["".join(cell["source"]) for cell in value["cells"]]


def choose(program: Program, qtbot: QtBot, kind: RevisionKind) -> Revision:
    revision = next(each for each in program.window.history.revisions() if each.kind is kind)
    program.window.history.choose([revision])
    settled(
        program,
        qtbot,
        lambda: (
            program.session.comparison is not None and program.session.comparison.head.revision == revision
        ),
    )
    return revision


# Staging.


def test_one_of_three_changed_cells_is_all_that_is_staged_and_the_history_shows_it(
    opened: Program, qtbot: QtBot, repo: Repo
) -> None:
    assert rows(opened) == ["working tree", f"{repo.head()[:7]} “first”"]
    assert kinds(opened) == "unchanged modified modified unchanged added"
    opened.window.canvas.goto_head_cell(2)

    assert stage(opened, qtbot) == "Cell 3 of a.ipynb is staged."

    assert changed_lines(repo, "--cached") == ['-    "b = 1"', '+    "b = 2"']
    assert repo.path("a.ipynb").read_bytes() == WORK
    assert rows(opened)[:2] == ["working tree", "staged"]
    # The working tree stands against what is staged now, and the reader at the next cell to stage.
    assert kinds(opened) == "unchanged modified unchanged unchanged added"
    assert opened.session.cell_index == 4
    assert opened.window.history.chosen() == (None, opened.window.history.revisions()[0])


def test_cells_are_staged_one_after_the_other_until_git_sees_no_difference(
    opened: Program, qtbot: QtBot, repo: Repo
) -> None:
    for _ in range(3):
        stage(opened, qtbot)
    assert changed_lines(repo) == []
    assert changed_lines(repo, "--cached") != []
    assert not opened.window.actions_["stage"].isEnabled()
    assert not opened.window.actions_["revert"].isEnabled()
    assert opened.window.actions_["unstage"].isEnabled()


def test_ctrl_z_takes_staging_back_and_the_row_with_it(opened: Program, qtbot: QtBot, repo: Repo) -> None:
    stage(opened, qtbot)
    assert undo(opened, qtbot) == "What is staged of a.ipynb is as it was before cell 2 was staged."
    assert changed_lines(repo, "--cached") == []
    assert "staged" not in rows(opened)
    assert kinds(opened) == "unchanged modified modified unchanged added"


def test_a_cell_is_taken_out_of_the_index_and_put_back(opened: Program, qtbot: QtBot, repo: Repo) -> None:
    stage(opened, qtbot)
    opened.window.canvas.goto_head_cell(2)
    stage(opened, qtbot)
    both = changed_lines(repo, "--cached")
    choose(opened, qtbot, RevisionKind.INDEX)
    opened.window.canvas.goto_head_cell(1)

    assert unstage(opened, qtbot) == "Cell 2 of a.ipynb is no longer staged."

    assert changed_lines(repo, "--cached") == ['-    "b = 1"', '+    "b = 2"']
    assert kinds(opened) == "unchanged unchanged modified unchanged"
    # With the last one the staged version is gone, and the working tree is shown.
    assert opened.session.cell_index == 2
    unstage(opened, qtbot)
    assert changed_lines(repo, "--cached") == []
    assert opened.session.shown().head.label == "working tree"
    undo(opened, qtbot)
    undo(opened, qtbot)
    assert changed_lines(repo, "--cached") == both


def test_the_second_press_of_two_does_nothing_and_other_cells_need_not_wait(
    opened: Program, qtbot: QtBot, repo: Repo
) -> None:
    window = opened.window
    for cell in (1, 1, 2, 4):
        window.canvas.goto_head_cell(cell)
        window.actions_["stage"].trigger()
    settled(opened, qtbot, lambda: kinds(opened) == "unchanged unchanged unchanged unchanged unchanged")
    assert not any("already" in text for text in window.notices.texts())
    assert changed_lines(repo) == []
    for _ in range(3):
        window.actions_["undo"].trigger()
    settled(opened, qtbot, lambda: kinds(opened) == "unchanged modified modified unchanged added")
    assert changed_lines(repo, "--cached") == []


def test_the_badge_of_what_is_staged_follows(opened: Program, qtbot: QtBot) -> None:
    def badge(row: int) -> dict[ChangeKind, int]:
        return dict(opened.window.history._model.badges.get(row, {}))

    stage(opened, qtbot)
    settled(opened, qtbot, lambda: badge(1).get(ChangeKind.MODIFIED) == 1)
    stage(opened, qtbot)
    settled(opened, qtbot, lambda: badge(1).get(ChangeKind.MODIFIED) == 2)
    settled(opened, qtbot, lambda: badge(0).get(ChangeKind.MODIFIED, 0) == 0)


# Reverting.


def test_a_reverted_cell_has_its_bytes_back_and_the_other_edits_stay(
    opened: Program, qtbot: QtBot, repo: Repo
) -> None:
    opened.window.canvas.goto_head_cell(2)
    said = revert(opened, qtbot)
    assert said.startswith("Cell 3 of a.ipynb is as in the base again (")
    assert repo.path("a.ipynb").read_bytes() == WORK.replace(b"b = 2", b"b = 1")
    assert kinds(opened) == "unchanged modified unchanged unchanged added"
    undo(opened, qtbot)
    assert repo.path("a.ipynb").read_bytes() == WORK


def test_every_change_reverted_gives_the_bytes_of_the_base(opened: Program, qtbot: QtBot, repo: Repo) -> None:
    for _ in range(3):
        revert(opened, qtbot)
    assert repo.path("a.ipynb").read_bytes() == BASE
    for _ in range(3):
        undo(opened, qtbot)
    assert repo.path("a.ipynb").read_bytes() == WORK


def test_the_notice_of_the_last_act_takes_it_back_and_goes_when_a_key_did(
    opened: Program, qtbot: QtBot, repo: Repo
) -> None:
    def buttons() -> list[QPushButton]:
        return [each for each in opened.window.notices.findChildren(QPushButton) if each.text() == "Undo"]

    for cell in (1, 2):
        opened.window.canvas.goto_head_cell(cell)
        opened.window.actions_["revert"].trigger()
        number = cell + 1
        settled(opened, qtbot, lambda number=number: f"Cell {number}" in opened.window.notices.latest())  # type: ignore[misc]
    assert len(opened.window.notices.texts()) == 1
    buttons()[-1].click()
    settled(opened, qtbot, lambda: "before cell 3 was reverted" in opened.window.notices.latest())
    assert sources(repo.path("a.ipynb").read_bytes())[:3] == ["# Title", "a = 1", "b = 2"]
    opened.window.canvas.goto_head_cell(2)
    revert(opened, qtbot)
    qtbot.keyClick(opened.window.canvas, Qt.Key.Key_Z, CTRL)
    settled(opened, qtbot, lambda: "before cell 3 was reverted" in opened.window.notices.latest())
    assert len(opened.window.notices.texts()) == 1


def test_an_acceptance_a_revert_and_staging_are_taken_back_in_turn(
    start: Callable[..., Program], repo: Repo, qtbot: QtBot
) -> None:
    work = notebook(
        code("import os", id="i"),
        code("x = np.ones(3)", id="a"),
        code("b = 2", id="b"),
        code("c = 2", id="c"),
    )
    repo.commit("second", {"a.ipynb": work.replace(b"b = 2", b"b = 1").replace(b"c = 2", b"c = 1")})
    path = repo.write("a.ipynb", work)
    program = start(path)
    settled(program, qtbot, lambda: bool(program.session.cards))
    session, canvas = program.session, program.window.canvas

    canvas.goto_head_cell(2)
    revert(program, qtbot)
    program.window.controller.accept(session.cards[0].suggestion.id)
    settled(program, qtbot, lambda: not session.cards)
    canvas.goto_head_cell(3)
    stage(program, qtbot)
    states = path.read_bytes(), changed_lines(repo, "--cached")
    assert b"import numpy" in states[0] and states[1] == ['-    "c = 1"', '+    "c = 2"']

    undo(program, qtbot)
    assert (path.read_bytes(), changed_lines(repo, "--cached")) == (states[0], [])
    undo(program, qtbot)
    assert path.read_bytes() == work.replace(b"b = 2", b"b = 1")
    undo(program, qtbot)
    assert path.read_bytes() == work
    assert "There is nothing to undo" in undo(program, qtbot)


def test_a_card_for_a_reverted_cell_is_stale(start: Callable[..., Program], repo: Repo, qtbot: QtBot) -> None:
    path = repo.write("a.ipynb", WORK.replace(b"b = 2", b"b = np.ones(2)"))
    program = start(path)
    settled(program, qtbot, lambda: bool(program.session.cards))
    card = program.session.cards[0]
    program.window.canvas.goto_head_cell(2)
    revert(program, qtbot)
    before = path.read_bytes()
    assert all(
        each.suggestion.id != card.suggestion.id or each.state is SuggestionState.STALE
        for each in program.session.cards
    )
    program.window.controller.accept(card.suggestion.id)
    settled(program, qtbot, lambda: True)
    assert path.read_bytes() == before


# What is refused, each with a sentence, and nothing is written.


def test_nothing_is_staged_without_a_repository(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    base, head = tmp_path / "base.ipynb", tmp_path / "head.ipynb"
    base.write_bytes(BASE)
    head.write_bytes(WORK)
    program = start(base, head)
    settled(program, qtbot, lambda: program.session.comparison is not None)
    assert "not in a git repository" in stage(program, qtbot)
    assert not program.window.actions_["unstage"].isEnabled()
    # A revert needs none.
    revert(program, qtbot)
    assert sources(head.read_bytes())[:3] == ["# Title", "a = 1", "b = 2"]
    assert base.read_bytes() == BASE


def test_a_commit_is_neither_staged_nor_reverted(opened: Program, qtbot: QtBot, repo: Repo) -> None:
    choose(opened, qtbot, RevisionKind.COMMIT)
    for said in (stage(opened, qtbot), revert(opened, qtbot)):
        assert "choose the working tree as the head" in said
    assert changed_lines(repo, "--cached") == []
    assert repo.path("a.ipynb").read_bytes() == WORK


@pytest.mark.parametrize(
    ("attributes", "config"), [("*.ipynb filter=lfs", "lfs"), ("*.ipynb filter=nbstripout", "nbstripout")]
)
def test_a_notebook_that_goes_through_a_filter_is_not_staged(
    opened: Program, qtbot: QtBot, repo: Repo, attributes: str, config: str
) -> None:
    ran = repo.root / "ran"
    repo.git("config", f"filter.{config}.clean", f"touch {ran}; cat")
    repo.write(".gitattributes", attributes)
    assert f"filter “{config}”" in stage(opened, qtbot)
    assert repo.git("diff", "--cached", "--name-only") == ""
    assert not ran.exists()


def test_a_conflict_is_resolved_first(start: Callable[..., Program], qtbot: QtBot, repo: Repo) -> None:
    repo.commit("second")
    repo.branch("topic")
    repo.commit("theirs", {"a.ipynb": WORK.replace(b"b = 2", b"b = 3")})
    repo.checkout("main")
    repo.commit("ours", {"a.ipynb": WORK.replace(b"b = 2", b"b = 4")})
    repo.conflict("topic")
    program = start(repo.path("a.ipynb"))
    settled(program, qtbot, lambda: program.session.comparison is not None)
    before = repo.path("a.ipynb").read_bytes()
    for said in (stage(program, qtbot), revert(program, qtbot)):
        assert "merge conflict" in said
    assert repo.path("a.ipynb").read_bytes() == before


def test_a_file_that_was_edited_meanwhile_is_left_alone_and_shown_as_it_is(
    opened: Program, qtbot: QtBot, repo: Repo
) -> None:
    edited = repo.write("a.ipynb", WORK.replace(b"last", b"later")).read_bytes()
    assert "has changed since it was compared" in revert(opened, qtbot)
    assert repo.path("a.ipynb").read_bytes() == edited
    assert kinds(opened) == "unchanged modified modified modified added"
    revert(opened, qtbot)
    assert sources(repo.path("a.ipynb").read_bytes()) == ["# Title", "a = 1", "b = 2", "later", "new = 'é'"]


# Where the acts are.


def test_the_acts_wait_until_a_notebook_is_open(start: Callable[..., Program]) -> None:
    actions = start().window.actions_
    assert not any(actions[act].isEnabled() for act in ("stage", "unstage", "revert", "copy_source"))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_right_click_makes_the_cell_current_and_opens_its_menu(
    opened: Program, qtbot: QtBot, repo: Repo
) -> None:
    window = opened.window
    canvas, menu = window.canvas, window.cell_acts.menu
    header = canvas._page.header_block(2)
    assert header is not None
    point = QPoint(40, canvas._page.offsets.top(header) - canvas.verticalScrollBar().value() + 12)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, canvas.viewport().mapToGlobal(point))
    QApplication.sendEvent(canvas.viewport(), event)
    assert menu.isVisible() and canvas.current_index() == 2
    shown = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert shown == [act for group in MENU for act in group]
    assert {"stage", "unstage", "revert", "edit_cell", "copy_patch", "dry_run"} <= set(shown)
    menu.close()
    # The menu key opens it on the current cell, wherever that is.
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), canvas.mapToGlobal(point))
    QApplication.sendEvent(canvas, by_key)
    assert menu.isVisible() and canvas.current_index() == 2
    menu.close()
    window.actions_["copy_source"].trigger()
    assert QGuiApplication.clipboard().text() == "b = 2"
    menu.actions()[0].trigger()
    settled(opened, qtbot, lambda: bool(window.notices.texts()))
    assert changed_lines(repo, "--cached") == ['-    "b = 1"', '+    "b = 2"']
