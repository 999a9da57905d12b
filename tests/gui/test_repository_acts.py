"""A folder or a range in the real window: real git, store and threads."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from nbreview.diff.model import ChangeKind
from nbreview.gui.app import Program, running_program
from nbreview.gui.controller import Arguments
from nbreview.gui.kept_windows import kept_windows
from nbreview.services.repository_review import ReviewRange
from tests.builders import code, notebook
from tests.git_repos import ISOLATED, Repo
from tests.gui.programs import SETTINGS, settled

Start = Callable[..., Program]


def book(*sources: str) -> bytes:
    return notebook(*(code(source, id=f"c{n}", count=n + 1) for n, source in enumerate(sources)))


@pytest.fixture(autouse=True)
def isolated_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "prices")
    repo.commit("begin", {f"{name}.ipynb": book("a = 1", "b = 1") for name in ("a", "b", "c", "d")})
    repo.branch("feature")
    changed: dict[str, bytes | str] = {f"{name}.ipynb": book("a = 1", f"b = '{name}'") for name in "bcd"}
    repo.commit("feature", {**changed, "a.ipynb": "{"})
    repo.checkout("main")
    repo.commit("main goes on", {"e.ipynb": book("e")})
    return repo


def shown(program: Program) -> str:
    opened = program.session.opened
    return opened.target.path if opened is not None else ""


def reviewing(program: Program, qtbot: QtBot, name: str) -> None:
    settled(program, qtbot, lambda: program.window.repository.review is not None and shown(program) == name)


def test_a_range_lists_what_changed_opens_the_first_that_can_be_read_and_counts_them_all(
    start: Start, repo: Repo, qtbot: QtBot
) -> None:
    program = start("main...feature", repo.root)
    reviewing(program, qtbot, "b.ipynb")
    panel = program.window.repository.panel
    assert [row.path for row in panel.model.files] == ["a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb"]
    assert panel.model.open_place == 1
    assert "a.ipynb" in panel.model.known[0].problem
    counts = panel.model.known[1].counts
    assert counts is not None and counts[ChangeKind.MODIFIED] == 1
    assert panel.isVisible() and panel.progress_words.text().startswith("0 of 4 viewed")
    assert panel.title.text() == "main...feature"


def test_keys_go_from_notebook_to_notebook_and_tick(start: Start, repo: Repo, qtbot: QtBot) -> None:
    program = start("main...feature", repo.root)
    reviewing(program, qtbot, "b.ipynb")
    window, panel = program.window, program.window.repository.panel
    canvas = window.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
    assert panel.model.viewed == {1}
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    reviewing(program, qtbot, "c.ipynb")
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    reviewing(program, qtbot, "d.ipynb")
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert "last notebook" in window.notices.latest()
    qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    reviewing(program, qtbot, "c.ipynb")
    window.actions_["go_files"].trigger()
    assert panel.list.hasFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_V)
    assert panel.model.viewed == {1, 2} and program.session.viewed == frozenset()
    window.repository.toggle_viewed(0)
    window.actions_["next_unviewed"].trigger()
    reviewing(program, qtbot, "d.ipynb")
    window.repository.toggle_current()
    window.actions_["next_unviewed"].trigger()
    assert "No other notebook" in window.notices.latest()
    assert panel.progress_words.text().startswith("4 of 4 viewed")


def test_ticks_and_the_list_come_back_after_a_restart(
    start: Start, repo: Repo, qtbot: QtBot, tmp_path: Path
) -> None:
    program = start("main...feature", repo.root)
    reviewing(program, qtbot, "b.ipynb")
    repository = program.window.repository
    for place in (1, 3, 1, 1):
        repository.toggle_viewed(place)
    repository.show(2)
    reviewing(program, qtbot, "c.ipynb")
    program.windows.quit()
    again = running_program(tmp_path / "store.sqlite3", SETTINGS)
    reopened = again.__enter__()
    try:
        assert reopened.windows.reopen(kept_windows(reopened.store))
        reviewing(reopened, qtbot, "c.ipynb")
        panel = reopened.window.repository.panel
        assert panel.model.viewed == {1, 3} and panel.model.open_place == 2
        review = reopened.window.repository.review
        assert review is not None and review.asked == ReviewRange(repo.root, "main...feature")
        assert reopened.session.shown().head.revision.summary == "feature"  # type: ignore[union-attr]
    finally:
        again.__exit__(None, None, None)


def test_a_window_of_before_comes_back_without_a_list(start: Start, repo: Repo, qtbot: QtBot) -> None:
    program = start()
    program.store.keep_place("windows", [{"notebook": str(repo.path("b.ipynb")), "sides": []}])
    assert program.windows.reopen(kept_windows(program.store))
    settled(program, qtbot, lambda: shown(program) == "b.ipynb")
    assert program.window.repository.review is None


def test_a_file_that_is_written_is_another_version_that_nobody_viewed(
    start: Start, repo: Repo, qtbot: QtBot
) -> None:
    repo.write("b.ipynb", book("a = 1", "b = 2"))
    repo.write("c.ipynb", book("a = 1", "b = 2"))
    program = start(repo.root)
    reviewing(program, qtbot, "b.ipynb")
    window, panel = program.window, program.window.repository.panel
    window.repository.toggle_viewed(0)
    repo.write("b.ipynb", book("a = 5", "b = 2"))
    window.controller.refresh()
    settled(program, qtbot, lambda: panel.model.viewed == set())
    counts = panel.model.known[0].counts
    assert counts is not None and counts[ChangeKind.MODIFIED] == 2
    repo.write("d.ipynb", book("d"))
    window.actions_["reload"].trigger()
    settled(program, qtbot, lambda: len(panel.model.files) == 3)
    assert shown(program) == "b.ipynb" and panel.model.open_place == 0


def test_a_folder_without_changes_says_so_and_lists_its_notebooks(
    start: Start, repo: Repo, qtbot: QtBot
) -> None:
    program = start(repo.root)
    settled(program, qtbot, lambda: program.window.repository.review is not None)
    panel = program.window.repository.panel
    assert panel.isVisible() and "no notebook has changed" in panel.caption.text()
    assert program.session.opened is None and len(panel.model.files) == 5
    panel.list.setCurrentIndex(panel.model.index(4, 0))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    settled(program, qtbot, lambda: shown(program) == "e.ipynb")
    assert panel.model.open_place == 4


def test_a_folder_of_one_notebook_opens_it(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "only.ipynb").write_bytes(book("x = 1"))
    program = start(folder)
    settled(program, qtbot, lambda: program.session.opened is not None)
    assert program.session.target().notebook == folder / "only.ipynb"
    assert program.window.repository.review is None


def test_a_folder_without_notebooks_is_one_sentence(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    program = start(tmp_path / "empty")
    settled(program, qtbot, lambda: "holds no notebook" in program.window.notices.latest())
    assert program.window.repository.review is None


def test_a_folder_that_is_dropped_is_reviewed(start: Start, repo: Repo, qtbot: QtBot) -> None:
    repo.write("b.ipynb", book("a = 1", "b = 2"))
    program = start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(repo.root))])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    program.window.dropEvent(event)
    settled(program, qtbot, lambda: program.window.repository.review is not None)


def test_one_folder_is_reviewed_in_one_window(start: Start, repo: Repo, qtbot: QtBot) -> None:
    program = start("main...feature", repo.root)
    reviewing(program, qtbot, "b.ipynb")
    again = Arguments(("main...feature",), folder=repo.root)
    assert program.windows.open(again) is program.window
    other = program.windows.open(Arguments((str(repo.root),)))
    assert other is not program.window
    qtbot.waitUntil(lambda: other.repository.review is not None and not other.tasks.running())


def test_closing_the_list_leaves_the_notebook_and_its_history(start: Start, repo: Repo, qtbot: QtBot) -> None:
    program = start("main...feature", repo.root)
    reviewing(program, qtbot, "b.ipynb")
    window = program.window
    window.actions_["close_review"].trigger()
    assert not window.repository.panel.isVisible() and window.history.isVisible()
    assert shown(program) == "b.ipynb" and window.repository.kept() is None
    window.actions_["next_file"].trigger()
    assert "Open folder" in window.notices.latest()


def test_the_form_proposes_the_range_of_the_branch_and_opens_it(
    start: Start, repo: Repo, qtbot: QtBot
) -> None:
    repo.checkout("feature")
    program = start(repo.path("b.ipynb"))
    settled(program, qtbot, lambda: program.session.opened is not None)
    program.window.actions_["review_range"].trigger()
    asking = program.window.repository._range_window
    assert asking is not None
    settled(program, qtbot, lambda: asking.range() == "main...feature")
    asking.review_button.click()
    reviewing(program, qtbot, "b.ipynb")
    assert program.window.repository.panel.model.open_place == 1


def test_a_range_that_cannot_be_leaves_what_is_shown(start: Start, repo: Repo, qtbot: QtBot) -> None:
    program = start("main...feature", repo.root)
    reviewing(program, qtbot, "b.ipynb")
    program.window.controller.start(Arguments(("nowhere...main",), folder=repo.root))
    settled(program, qtbot, lambda: "nowhere" in program.window.notices.latest())
    review = program.window.repository.review
    assert review is not None and review.asked.spec == "main...feature"
