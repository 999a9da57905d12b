"""What the program is given: arguments, files dropped on it, typed letters, and files that are broken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nbreview import paths
from nbreview.errors import UserError
from nbreview.gui import app
from nbreview.gui.app import Program, running_program
from nbreview.gui.code_edit import CodeEdit
from nbreview.gui.window import ReviewWindow
from nbreview.history.model import RevisionKind
from nbreview.services.samples import SampleRepository
from tests.builders import code, notebook
from tests.git_repos import Repo
from tests.gui.programs import SETTINGS, certain_card, settled


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another notebook, outside git, without anything to find."""
    path = tmp_path / "other" / "other.ipynb"
    path.parent.mkdir()
    path.write_bytes(notebook(code("answer = 6 * 7", id="z", count=1), code("answer", id="y", count=2)))
    return path


@pytest.mark.parametrize(
    ("spec", "base", "head"), [("HEAD~2..HEAD~1", "step 0", "step 1"), ("HEAD~1..", "step 1", "step 2")]
)
def test_a_range_on_the_command_line_shows_those_two(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot, spec: str, base: str, head: str
) -> None:
    repo = Repo(tmp_path / "repo")
    path = repo.root / "train.ipynb"
    for number in range(3):
        path.write_bytes(notebook(code(f"x = {number}", id="a")))
        repo.git("add", ".")
        repo.git("commit", "--quiet", "-m", f"step {number}")
    program = start(spec, path)
    settled(program, qtbot, lambda: program.session.comparison is not None)
    shown = program.session.shown()
    assert (shown.base.revision.summary, shown.head.revision.summary) == (base, head)
    chosen = program.window.history.chosen()
    assert chosen is not None and chosen[1].summary == head


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere...main", "train.ipynb"), "nowhere"),
        (("nowhere...main",), "nowhere"),
        (("nowhere..HEAD", "train.ipynb"), "nowhere"),
        (("../gone.ipynb", "train.ipynb"), "gone.ipynb"),
        (("a", "b", "c"), "Name one notebook"),
        (("vanished/a.ipynb",), "vanished"),
    ],
)
def test_arguments_that_cannot_be_used_are_one_sentence(
    start: Callable[..., Program],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    repo = Repo(tmp_path / "repo")
    (repo.root / "train.ipynb").write_bytes(notebook(code("x")))
    repo.git("add", ".")
    repo.git("commit", "--quiet", "-m", "one")
    monkeypatch.chdir(repo.root)
    program = start(*arguments)
    settled(program, qtbot, lambda: said in program.window.notices.latest())
    assert program.session.opened is None


def test_an_export_to_a_place_that_cannot_be_written_says_so(
    program: Program, qtbot: QtBot, sample: SampleRepository, tmp_path: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    program.window.controller.accept(certain_card(program).suggestion.id)
    settled(program, qtbot, lambda: True)
    (tmp_path / "file").write_text("in the way")
    program.window.controller.export(tmp_path / "file" / "rows.jsonl")
    settled(program, qtbot, lambda: str(tmp_path / "file") in program.window.notices.latest())


def test_a_recent_notebook_that_has_vanished_says_so_and_can_be_forgotten(
    start: Callable[..., Program], other: Path, qtbot: QtBot
) -> None:
    first = start(other)
    settled(first, qtbot, lambda: first.session.opened is not None)
    other.unlink()
    second = start()
    page = second.window.start_page
    assert page.recent.count() == 1
    qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    page.recent.setCurrentRow(0)
    qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    settled(second, qtbot, lambda: "other.ipynb" in second.window.notices.latest())
    qtbot.keyClick(page.recent, Qt.Key.Key_Delete)
    settled(second, qtbot, lambda: page.recent.count() == 0)


def test_files_dropped_on_the_review_are_opened_compared_or_refused(
    program: Program, qtbot: QtBot, sample: SampleRepository, other: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))

    def drop(*paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        program.window.dropEvent(
            QDropEvent(
                QPointF(5, 5),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )

    drop(other, other, other)
    assert "drop one" in program.window.notices.latest()
    drop(other)
    settled(program, qtbot, lambda: program.session.target().notebook == other)
    drop(other, sample.notebook)
    settled(program, qtbot, lambda: program.session.target().notebook == sample.notebook)
    assert program.session.shown().base.revision.kind is RevisionKind.FILE


# Keys.


@pytest.mark.parametrize("key", "npuomv")
def test_letters_typed_into_a_line_are_text_and_no_acts(program: Program, qtbot: QtBot, key: str) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    window = program.window
    acts: list[str] = []
    for action in window.actions_.all():
        action.triggered.connect(lambda _checked=False, act=action: acts.append(act.objectName()))
    window.assistant.edit_current()
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), CodeEdit))
    editor = window.focusWidget()
    assert editor is not None
    for field in (window.history.filter, editor):
        field.setFocus()
        qtbot.keyClick(field, key)
    assert acts == []
    assert window.history.filter.text() == key
    qtbot.keyClick(window.canvas, key)
    assert len(acts) == 1


# Files that are broken.


def test_settings_that_cannot_be_read_are_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object, qtbot: QtBot
) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text('{"theme": "purple"}')
    monkeypatch.setattr(paths, "settings_path", lambda: settings)
    said: list[str] = []

    def look() -> None:
        window = next(item for item in QApplication.topLevelWidgets() if isinstance(item, ReviewWindow))
        said.append(window.notices.latest())
        window.appearance.choose_theme("dark")
        window.close()

    QTimer.singleShot(200, look)
    assert app.run_window((), store=tmp_path / "store.sqlite3") == 0
    assert "settings.json" in said[0]
    assert settings.read_text() == '{"theme": "purple"}'


def test_a_store_that_cannot_be_opened_is_one_sentence_before_any_window(
    tmp_path: Path, qapp: object
) -> None:

    (tmp_path / "store.sqlite3").mkdir()
    with pytest.raises(UserError, match="folder"), running_program(tmp_path / "store.sqlite3", SETTINGS):
        pass


def test_a_broken_model_is_not_remembered(tmp_path: Path, program: Program, qtbot: QtBot) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF and nothing more")
    program.window.side.load_requested.emit(broken, "none")
    settled(program, qtbot, lambda: "broken.gguf" in program.window.notices.latest())
    assert program.session.settings.model_path == ""
