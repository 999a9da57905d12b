"""Several windows in one process share what is theirs together, and come back after a restart."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program, running_program
from nbreview.gui.controller import Arguments
from nbreview.gui.kept_windows import kept_windows
from nbreview.services.samples import SampleRepository
from tests.gui.programs import SETTINGS, settled


@pytest.fixture
def opened(program: Program, qtbot: QtBot) -> Program:
    settled(program, qtbot, lambda: program.session.opened is not None)
    return program


def copy_of(notebook: Path, folder: Path) -> Path:
    other = folder / "other.ipynb"
    other.write_bytes(notebook.read_bytes())
    return other


def test_a_notebook_that_is_open_is_shown_where_it_is(opened: Program, sample: SampleRepository) -> None:
    assert opened.windows.open(Arguments((str(sample.notebook),))) is opened.window
    relative = Arguments((sample.notebook.name,), folder=sample.notebook.parent)
    assert opened.windows.open(relative) is opened.window
    assert len(opened.windows.windows) == 1


def test_another_notebook_gets_a_window_of_its_own(
    opened: Program, sample: SampleRepository, tmp_path: Path, qtbot: QtBot
) -> None:
    other = copy_of(sample.notebook, tmp_path)
    window = opened.windows.open(Arguments((str(other),)))
    assert window is not opened.window
    qtbot.waitUntil(lambda: window.session.opened is not None and not window.tasks.running())
    assert window.session.opened is not None and window.session.opened.target.notebook == other
    assert opened.session.opened is not None and opened.session.opened.target.notebook == sample.notebook
    window.close()
    assert opened.windows.windows == [opened.window]


def test_a_setting_changed_in_one_window_holds_in_all(opened: Program, qtbot: QtBot) -> None:
    opened.window.actions_["new_window"].trigger()
    other = opened.windows.windows[-1]
    other.appearance.change_settings(theme="light", max_reply_tokens=99)
    assert opened.session.settings.max_reply_tokens == 99
    assert opened.window.actions_["theme_light"].isChecked()
    third = opened.windows.make()
    assert third.session.settings.max_reply_tokens == 99


def test_quitting_closes_every_window_and_they_come_back(
    start: Callable[..., Program], sample: SampleRepository, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start(sample.notebook)
    settled(program, qtbot, lambda: program.session.opened is not None)
    other = copy_of(sample.notebook, tmp_path)
    second = program.windows.open(Arguments((str(other),)))
    qtbot.waitUntil(lambda: second.session.opened is not None and not second.tasks.running())
    program.window.actions_["quit"].trigger()
    assert program.windows.windows == []
    again = running_program(tmp_path / "store.sqlite3", SETTINGS)
    reopened = again.__enter__()
    try:
        assert reopened.windows.reopen(kept_windows(reopened.store))

        def names() -> set[Path]:
            shown = [window.session.opened for window in reopened.windows.windows]
            return {each.target.notebook for each in shown if each is not None}

        qtbot.waitUntil(lambda: names() == {sample.notebook, other})
    finally:
        again.__exit__(None, None, None)


def test_a_window_that_was_closed_does_not_come_back_unless_it_was_the_last(
    opened: Program, sample: SampleRepository, tmp_path: Path, qtbot: QtBot
) -> None:
    other = copy_of(sample.notebook, tmp_path)
    window = opened.windows.open(Arguments((str(other),)))
    qtbot.waitUntil(lambda: window.session.opened is not None and not window.tasks.running())
    window.close()
    kept = opened.store.place("windows")
    assert [each["notebook"] for each in kept] == [str(sample.notebook)]
    opened.window.close()
    assert [each["notebook"] for each in opened.store.place("windows")] == [str(sample.notebook)]


def test_the_comparison_and_the_place_come_back(
    start: Callable[..., Program], sample: SampleRepository, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start(sample.notebook)
    settled(program, qtbot, lambda: program.session.opened is not None)
    revisions = program.session.opened.revisions  # type: ignore[union-attr]
    commits = [revision for revision in revisions if revision.commit]
    program.window.controller.compare(commits[-1], commits[0])
    settled(program, qtbot, lambda: program.session.comparison.head.revision == commits[0])  # type: ignore[union-attr]
    for _ in range(3):
        program.window.canvas.next_change()
    here = program.window.canvas.current_index()
    program.windows.quit()
    again = running_program(tmp_path / "store.sqlite3", SETTINGS)
    reopened = again.__enter__()
    try:
        assert reopened.windows.reopen(kept_windows(reopened.store))
        settled(reopened, qtbot, lambda: reopened.session.comparison is not None)
        comparison = reopened.session.comparison
        assert comparison is not None
        assert (comparison.base.revision, comparison.head.revision) == (commits[-1], commits[0])
        assert reopened.window.canvas.current_index() == here
    finally:
        again.__exit__(None, None, None)


def test_what_is_gone_or_spoilt_is_not_reopened(start: Callable[..., Program], tmp_path: Path) -> None:
    program = start()
    for kept in ([{"notebook": str(tmp_path / "gone.ipynb")}], "nonsense", [1, {"notebook": 2}], None):
        program.store.keep_place("windows", json.loads(json.dumps(kept)))
        assert not program.windows.reopen(kept_windows(program.store))
    assert len(program.windows.windows) == 1


def test_a_new_window_uses_the_model_that_is_loaded(opened: Program) -> None:
    other = opened.windows.make()
    assert other.session.engine is opened.session.engine
