"""The history's acts in the real window: swap, filter, the strip, and the history of a cell."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.cell_history_window import CellHistoryWindow
from nbreview.gui.diff.captions import Captions
from nbreview.services.samples import SampleRepository
from tests.builders import code, notebook
from tests.git_repos import Repo
from tests.gui.programs import settled

TRAIN = "rate = 0.1\nmodel = fit(frame, rate)\nscore = model.score(frame)"
LOAD = "frame = load()"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "work")
    repo.commit("begin", {"old.ipynb": notebook(code(LOAD), code(TRAIN))})
    repo.mv("old.ipynb", "a.ipynb")
    repo.commit("rename")
    repo.commit("load more", {"a.ipynb": notebook(code(LOAD + "\nframe"), code(TRAIN))})
    slower = TRAIN.replace("0.1", "0.01")
    repo.commit("slower", {"a.ipynb": notebook(code(LOAD + "\nframe"), code(slower))})
    return repo


@pytest.fixture
def opened(start: Callable[..., Program], repo: Repo, qtbot: QtBot) -> Program:
    program = start(repo.path("a.ipynb"))
    settled(program, qtbot, lambda: program.session.comparison is not None)
    return program


def sides(program: Program) -> tuple[str, str]:
    comparison = program.session.comparison
    assert comparison is not None
    return comparison.base.label.split("“")[-1].strip("”"), comparison.head.label.split("“")[-1].strip("”")


def act(program: Program, name: str) -> None:
    program.window.actions_[name].trigger()


def show(program: Program, qtbot: QtBot, summary: str) -> None:
    history = program.window.history
    history.choose([next(each for each in history.revisions() if each.summary == summary)])
    settled(program, qtbot, lambda: sides(program)[1] == summary)


def window_of(program: Program) -> CellHistoryWindow:
    window = program.window.history_acts.window
    assert window is not None
    return window


def test_swapping_turns_the_sides_and_again_turns_them_back(opened: Program, qtbot: QtBot) -> None:
    show(opened, qtbot, "slower")
    before = sides(opened)
    act(opened, "swap")
    settled(opened, qtbot, lambda: sides(opened) == before[::-1])
    act(opened, "swap")
    settled(opened, qtbot, lambda: sides(opened) == before)


def test_the_sign_between_the_captions_swaps_too(opened: Program, qtbot: QtBot) -> None:
    show(opened, qtbot, "slower")
    before = sides(opened)
    captions = opened.window.canvas.findChild(Captions)
    assert captions is not None
    button = captions.findChild(QToolButton)
    assert button is not None
    assert (button.text(), button.accessibleName()) == ("⇄", "Swap base and head")
    assert button.geometry().right() <= captions.width()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(opened, qtbot, lambda: sides(opened) == before[::-1])


def test_the_commit_that_added_the_notebook_is_not_swapped_and_says_so(opened: Program, qtbot: QtBot) -> None:
    show(opened, qtbot, "begin")
    act(opened, "swap")
    assert "There is nothing to swap" in " ".join(opened.window.notices.texts())


def test_the_filter_has_a_key_and_enter_goes_on_to_the_list(opened: Program, qtbot: QtBot) -> None:
    window = opened.window
    window.activateWindow()
    act(opened, "filter_history")
    assert window.focusWidget() is window.history.filter
    window.history.filter.setText("slow ada")
    qtbot.keyClick(window.history.filter, Qt.Key.Key_Return)
    assert window.focusWidget() is window.history.list
    settled(opened, qtbot, lambda: sides(opened)[1] == "slower")


def test_the_strip_is_counted_when_it_is_opened_and_leads_to_commits(opened: Program, qtbot: QtBot) -> None:
    strip = opened.window.history_acts.strip
    assert not strip.is_open
    act(opened, "growth")
    settled(opened, qtbot, lambda: not strip.missing())
    assert len(strip.plot.sampled()) == 4
    qtbot.keyClick(strip.plot, Qt.Key.Key_End)
    settled(opened, qtbot, lambda: sides(opened) == ("load more", "slower"))
    qtbot.keyClick(strip.plot, Qt.Key.Key_Left)
    settled(opened, qtbot, lambda: sides(opened)[1] == "load more")
    assert strip.plot.spoken() == next(
        each for each in opened.window.history.revisions() if each.summary == "load more"
    )
    act(opened, "growth")
    assert not strip.is_open
    assert not opened.session.settings.growth_strip


def test_what_the_strip_counted_is_the_badge_beside_the_commit(opened: Program, qtbot: QtBot) -> None:
    act(opened, "growth")
    strip = opened.window.history_acts.strip
    settled(opened, qtbot, lambda: not strip.missing())
    assert not opened.window.history.visible_rows(), "every row has its badge"


def test_the_second_start_counts_no_badge_and_no_column(
    start: Callable[..., Program], repo: Repo, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(repo.path("a.ipynb"))
    act(first, "growth")
    history, strip = first.window.history, first.window.history_acts.strip
    settled(
        first, qtbot, lambda: bool(history.revisions()) and not history.visible_rows() and not strip.missing()
    )
    counted: list[str] = []
    monkeypatch.setattr("nbreview.services.opening.count_cells", lambda *args: counted.append("badge") or {})
    monkeypatch.setattr("nbreview.services.growth.diff_notebooks", lambda *args: counted.append("column"))
    again = start(repo.path("a.ipynb"))
    act(again, "growth")
    rows, columns = again.window.history, again.window.history_acts.strip
    settled(again, qtbot, lambda: bool(rows.revisions()) and not columns.missing())
    commits = [each for each in rows.revisions() if each.blob]
    assert len(commits) == 4
    assert all(again.session.badge_work(each) for each in commits)
    # The working tree alone has no blob that git knows.
    assert counted in ([], ["badge"])


def test_the_history_of_a_cell_opens_beside_the_review(opened: Program, qtbot: QtBot) -> None:
    show(opened, qtbot, "slower")
    opened.window.canvas.goto_head_cell(1)
    act(opened, "cell_history")
    window = window_of(opened)
    settled(opened, qtbot, lambda: len(window.versions) == 2)
    assert not window.isModal()
    assert window.title.text() == "Cell 2 of a.ipynb"
    assert [version.revision.summary for version in window.versions] == ["begin", "slower"]


def test_it_is_looked_up_once(opened: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    show(opened, qtbot, "slower")
    opened.window.canvas.goto_head_cell(1)
    act(opened, "cell_history")
    settled(opened, qtbot, lambda: len(window_of(opened).versions) == 2)
    monkeypatch.setattr("nbreview.gui.history_acts.cell_history", lambda *_: pytest.fail("looked up again"))
    act(opened, "cell_history")
    assert len(window_of(opened).versions) == 2
    assert not opened.window.tasks.is_running("cell history")


def test_a_version_leads_to_its_commit_and_to_the_cell_in_it(opened: Program, qtbot: QtBot) -> None:
    show(opened, qtbot, "slower")
    opened.window.canvas.goto_head_cell(1)
    act(opened, "cell_history")
    window = window_of(opened)
    settled(opened, qtbot, lambda: len(window.versions) == 2)
    qtbot.keyClick(window.slider, Qt.Key.Key_Left)
    window.commit_button.click()
    settled(opened, qtbot, lambda: sides(opened)[1] == "begin")
    change = opened.window.canvas.current_change()
    assert change is not None
    assert change.head_index == 1


def test_outside_of_git_a_cell_says_what_to_do(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "alone.ipynb"
    path.write_bytes(notebook(code(LOAD)))
    program = start(path)
    settled(program, qtbot, lambda: program.session.comparison is not None)
    program.window.canvas.goto_head_cell(0)
    act(program, "cell_history")
    settled(program, qtbot, lambda: bool(program.window.notices.texts()))
    assert "has no history in git" in " ".join(program.window.notices.texts())


def test_without_a_notebook_each_act_says_so(start: Callable[..., Program]) -> None:
    program = start()
    act(program, "swap")
    assert "No notebook is open" in program.window.notices.latest()
    act(program, "cell_history")
    assert "No cell is at hand" in program.window.notices.latest()


def test_another_notebook_has_another_strip(
    start: Callable[..., Program], repo: Repo, sample: SampleRepository, qtbot: QtBot
) -> None:
    program = start(repo.path("a.ipynb"))
    strip = program.window.history_acts.strip
    act(program, "growth")
    settled(program, qtbot, lambda: bool(strip.plot.sampled()) and not strip.missing())
    program.window.controller.open(sample.notebook)
    settled(program, qtbot, lambda: len(strip.plot.sampled()) > 4 and not strip.missing())
    assert not {each.summary for each in strip.plot.sampled()} & {"slower", "load more"}
