"""The eight rules of the window that are never broken, in the real window: real git, model, store, threads.

1 nothing is written before Accept, and it can be undone; 2 a suggestion belongs to its source; 3 a decision
is stored before the window says so; 4 Stop; 5 opening runs and fetches nothing; 6 the window never freezes;
7 no message without a next step, no empty panel without a sentence; 8 findings say how they know.
"""

import ast
import os
import re
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import nbreview
from nbreview.gui.app import Program
from nbreview.history.model import RevisionKind
from nbreview.notebook.reader import read_file
from nbreview.notebook.writer import replace_source
from nbreview.review.model import DecisionKind, Evidence, SuggestionState
from nbreview.services.samples import SampleRepository
from nbreview.services.session import Topic
from nbreview.store.database import Store
from tests.builders import code, notebook
from tests.git_repos import Repo
from tests.gui.programs import SETTINGS, certain_card, settled

CODE_CELL = 1
# The tiny model has a token for about each letter: the instructions alone are some thousand.
LONG_ANSWER = replace(SETTINGS, max_reply_tokens=2000, context_tokens=8192)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another notebook, outside git, without anything to find."""
    path = tmp_path / "other" / "other.ipynb"
    path.parent.mkdir()
    path.write_bytes(notebook(code("answer = 6 * 7", id="z", count=1), code("answer", id="y", count=2)))
    return path


class Watch:
    """What this process does outside itself, as Python's audit events tell: (event, first argument, whether
    on the main thread).
    """

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, bool]] = []
        self.on = False
        sys.addaudithook(self._hook)  # cannot be taken away again, only be told to be quiet

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.on and event in ("open", "subprocess.Popen", "socket.connect", "socket.getaddrinfo"):
            main = threading.current_thread() is threading.main_thread()
            first = arguments[0] if arguments else ""
            name = os.fsdecode(first) if isinstance(first, str | bytes | os.PathLike) else ""
            self.seen.append((event, name, main))


@pytest.fixture(scope="module")
def audit() -> Watch:
    return Watch()


@pytest.fixture
def watch(audit: Watch) -> Iterator[Watch]:
    audit.seen.clear()
    audit.on = True
    yield audit
    audit.on = False


def words_in(widget: QWidget) -> list[str]:
    """Every text that a person can read in a widget now."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return labels + [button.text() for button in widget.findChildren(QPushButton) if button.isVisible()]


def load(program: Program, qtbot: QtBot, model: Path) -> None:
    program.window.controller.load(model, "none")
    settled(program, qtbot, lambda: program.engine.info is not None)


# 1. Nothing is written before Accept; what is written can be undone, also after the program was closed.


def test_nothing_is_written_before_accept(
    program: Program, qtbot: QtBot, sample: SampleRepository, tiny_model: Path
) -> None:
    before, stat = sample.notebook.read_bytes(), sample.notebook.stat()
    settled(program, qtbot, lambda: bool(program.session.cards))
    load(program, qtbot, tiny_model)
    cards = len(program.session.cards)
    program.window.controller.propose("Clearer.", CODE_CELL)
    settled(program, qtbot, lambda: len(program.session.cards) > cards)
    program.window.assistant.edit_current()
    program.window.controller.reject(program.session.cards[0].suggestion.id, "no")
    settled(program, qtbot, lambda: len(program.session.cards) == cards)
    assert sample.notebook.read_bytes() == before
    assert sample.notebook.stat().st_mtime_ns == stat.st_mtime_ns
    assert list(sample.notebook.parent.glob("*.ipynb")) == [sample.notebook]


def test_an_acceptance_is_undone_by_a_key_after_the_program_was_closed(
    start: Callable[..., Program], sample: SampleRepository, qtbot: QtBot
) -> None:
    before = sample.notebook.read_bytes()
    first = start(sample.notebook)
    settled(first, qtbot, lambda: bool(first.session.cards))
    first.window.controller.accept(certain_card(first).suggestion.id)
    settled(first, qtbot, lambda: sample.notebook.read_bytes() != before)
    first.window.close()
    second = start(sample.notebook)
    settled(second, qtbot, lambda: bool(second.session.findings))
    qtbot.keyClick(second.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(second, qtbot, lambda: sample.notebook.read_bytes() == before)


def test_two_undos_in_quick_succession_take_two_back(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    before = sample.notebook.read_bytes()
    settled(program, qtbot, lambda: len(program.session.cards) >= 2)
    for card in program.session.cards:
        program.window.controller.accept(card.suggestion.id)
    settled(program, qtbot, lambda: not program.session.cards)
    program.window.controller.parts.undo()
    program.window.controller.parts.undo()
    settled(program, qtbot, lambda: sample.notebook.read_bytes() == before)


# 2. A suggestion belongs to the exact source that it was made for.


def test_a_card_goes_stale_before_the_eyes_and_its_accept_is_not_offered(
    program: Program, qtbot: QtBot, sample: SampleRepository, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    load(program, qtbot, tiny_model)
    waiting = len(program.session.cards)
    program.window.controller.propose("Clearer.", CODE_CELL)
    settled(program, qtbot, lambda: len(program.session.cards) > waiting)
    card = program.session.cards[0]
    mine = "# mine\n" + card.suggestion.base_source
    typed = replace_source(sample.notebook.read_bytes(), CODE_CELL, mine, "")
    sample.notebook.write_bytes(typed)
    program.window.controller.reload()
    settled(program, qtbot, lambda: bool(program.session.cards))
    again = program.session.card(card.suggestion.id)
    assert again.state in (SuggestionState.STALE, SuggestionState.FAILED)
    program.window.assistant.show_card(card.suggestion.id)
    qtbot.keyClick(program.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(program, qtbot, lambda: True)
    assert sample.notebook.read_bytes() == typed


def test_a_refused_accept_shows_the_cell_as_it_is_now(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    card = certain_card(program)
    mine = "# mine\n" + card.suggestion.base_source
    sample.notebook.write_bytes(replace_source(sample.notebook.read_bytes(), card.cell_index, mine, ""))
    program.window.controller.accept(card.suggestion.id)
    settled(program, qtbot, lambda: "has changed since" in program.window.notices.latest())
    assert program.session.shown().head.notebook.cells[card.cell_index].source == mine


# 3. A decision is in the store before the window says so.


def test_a_decision_is_in_the_store_and_the_file_before_the_card_leaves(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    card = certain_card(program)
    found: list[tuple[list[DecisionKind], bool, str]] = []

    def look(topics: frozenset[Topic]) -> None:
        gone = all(item.suggestion.id != card.suggestion.id for item in program.session.cards)
        if Topic.CARDS in topics and gone and not found:
            with Store.open(program.store.path) as another:  # what another program would see
                decisions = another.decisions(card.suggestion.id)
                source = read_file(sample.notebook).cells[card.cell_index].source
                found.append(([item.kind for item in decisions], another.unapplied() == (), source))

    program.session.subscribe(look)
    program.window.controller.accept(card.suggestion.id)
    settled(program, qtbot, lambda: bool(found))
    assert found == [([DecisionKind.ACCEPTED], True, card.suggestion.proposed_source)]


def test_a_store_that_cannot_be_written_keeps_the_card_and_the_file(
    tmp_path: Path, program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    before = sample.notebook.read_bytes()
    card = certain_card(program)
    blocker = sqlite3.connect(program.store.path, isolation_level=None)
    blocker.execute(
        "CREATE TRIGGER full BEFORE INSERT ON decisions BEGIN SELECT RAISE(ABORT, 'no more'); END"
    )
    program.window.controller.accept(card.suggestion.id)
    settled(program, qtbot, lambda: bool(program.window.notices.latest()))
    blocker.execute("DROP TRIGGER full")
    blocker.close()
    assert sample.notebook.read_bytes() == before
    assert program.session.card(card.suggestion.id) is not None
    program.window.controller.accept(card.suggestion.id)
    settled(program, qtbot, lambda: sample.notebook.read_bytes() != before)


# 4. Stop is visible whenever something runs, answers at once, and leaves nothing half done.


def test_stop_is_there_whenever_something_runs_and_only_then(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    shown: list[bool] = []
    window = program.window
    window.tasks.changed.connect(
        lambda: shown.append(
            window.status.stop_button.isVisible()
            == bool(window.tasks.running())
            == window.actions_["stop"].isEnabled()
        )
    )
    settled(program, qtbot, lambda: bool(program.session.cards))
    assert shown and all(shown)


@pytest.mark.parametrize("place", ["canvas", "filter", "instruction", "models"])
def test_esc_stops_wherever_the_keyboard_is(
    program: Program, qtbot: QtBot, tiny_model: Path, place: str
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    window = program.window
    program.session.adopt_settings(LONG_ANSWER)
    load(program, qtbot, tiny_model)
    widgets = {
        "canvas": window.canvas,
        "filter": window.history.filter,
        "instruction": window.assistant.instruction,
        "models": window.side.models.table,
    }
    if place == "models":
        window.show_models()
        settled(program, qtbot, lambda: True)
    with qtbot.waitSignal(window.controller.streamed):
        window.controller.propose("Improve this cell.", CODE_CELL)
    widgets[place].setFocus()
    qtbot.keyClick(widgets[place], Qt.Key.Key_Escape)
    assert not window.tasks.running()
    assert window.isVisible()
    assert place != "models" or window.side.models.isVisible()


def test_esc_closes_the_find_bar_while_nothing_runs(program: Program, qtbot: QtBot) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    program.window.canvas.show_find()
    field = program.window.focusWidget()
    assert field is not None and field.accessibleName() == "Find in the diff"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()


def test_a_stop_while_an_acceptance_is_written_leaves_file_store_and_window_of_one_mind(
    program: Program, qtbot: QtBot, sample: SampleRepository
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    before = sample.notebook.read_bytes()
    card = certain_card(program)
    program.window.controller.accept(card.suggestion.id)
    program.window.controller.stop()
    settled(program, qtbot, lambda: True)
    written = sample.notebook.read_bytes() != before
    kinds = [item.kind for item in program.store.decisions(card.suggestion.id)]
    queued = any(item.suggestion.id == card.suggestion.id for item in program.session.cards)
    shown = program.session.shown().head.notebook.cells[card.cell_index].source
    assert kinds == ([DecisionKind.ACCEPTED] if written else [])
    assert queued is not written
    assert shown == read_file(sample.notebook).cells[card.cell_index].source


def test_a_load_is_stopped_at_once_and_the_next_one_works(
    program: Program, qtbot: QtBot, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    load(program, qtbot, tiny_model)
    program.window.controller.load(tiny_model, "none")
    program.window.controller.stop()
    assert not program.window.tasks.running()
    load(program, qtbot, tiny_model)


def test_a_model_that_dies_while_it_loads_takes_nothing_along(
    program: Program, qtbot: QtBot, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    program.window.controller.load(tiny_model, "none")
    qtbot.waitUntil(lambda: program.engine.pid is not None)
    os.kill(program.engine.pid or 0, signal.SIGKILL)
    settled(program, qtbot, lambda: bool(program.engine.info or program.window.notices.latest()))
    assert program.window.isVisible()


def test_the_window_closes_while_everything_runs(
    program: Program, qtbot: QtBot, sample: SampleRepository, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    before = sample.notebook.read_bytes()
    program.session.adopt_settings(LONG_ANSWER)
    load(program, qtbot, tiny_model)
    with qtbot.waitSignal(program.window.controller.streamed):
        program.window.controller.propose("Improve this cell.", CODE_CELL)
    program.window.controller.reload()
    program.window.show_models()
    revisions = program.window.history.revisions()
    program.window.history.choose([revisions[-1]])
    program.window.close()
    assert not program.window.tasks.running()
    assert not program.window.isVisible()
    assert sample.notebook.read_bytes() == before


@pytest.mark.parametrize("act", ["reload", "swap", "scan", "cell_history", "next_file"])
def test_esc_answers_within_a_tenth_of_a_second_and_the_act_can_be_done_again(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot, act: str
) -> None:
    repo = Repo(tmp_path / "repo")
    for number in range(6):
        cells = [code(f"x_{cell} = {number * (cell % 5)}", id=f"c{cell}") for cell in range(60)]
        repo.commit(f"step {number}", {f"{name}.ipynb": notebook(*cells) for name in "ab"})
    given = ("HEAD~2..HEAD", repo.root) if act == "next_file" else (repo.path("a.ipynb"),)
    program = start(*given)
    settled(program, qtbot, lambda: program.session.opened is not None)
    window = program.window
    before = repo.git("status", "--porcelain"), repo.path("a.ipynb").read_bytes()
    window.actions_[act].trigger()
    assert window.tasks.running()
    assert window.status.stop_button.isVisible()
    used = time.thread_time()  # of the window's own thread: what other programs do is not counted
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert time.thread_time() - used < 0.1
    assert not window.tasks.running()
    assert not window.status.stop_button.isVisible()
    window.actions_[act].trigger()
    settled(program, qtbot, lambda: program.session.comparison is not None)
    assert before == (repo.git("status", "--porcelain"), repo.path("a.ipynb").read_bytes())


# 5. Opening a notebook runs nothing and fetches nothing.


def test_opening_runs_nothing_of_the_notebook_and_connects_to_nothing(
    start: Callable[..., Program], sample: SampleRepository, qtbot: QtBot, watch: Watch, tiny_model: Path
) -> None:
    remembered = replace(SETTINGS, model_path=str(tiny_model))
    program = start(sample.notebook, settings=remembered)
    settled(program, qtbot, lambda: bool(program.session.cards))
    started = {name for event, name, _ in watch.seen if event == "subprocess.Popen"}
    # Beside git, our own interpreter: it tells what the installed libraries offer (checks.environment).
    assert {Path(name).name for name in started - {sys.executable}} == {"git"}
    kernel = program.session.kernel
    assert kernel is not None
    assert kernel.desk.session is None
    assert not kernel.grants
    assert not [event for event, _, _ in watch.seen if event.startswith("socket.")]
    assert program.engine.pid is None


# 6. The window never freezes.


def test_the_main_thread_reads_no_notebook_starts_no_program_and_asks_no_store(
    program: Program, qtbot: QtBot, sample: SampleRepository, watch: Watch
) -> None:
    asked: list[str] = []

    def trace(statement: str) -> None:
        if threading.current_thread() is threading.main_thread():
            asked.append(statement)

    program.store._db.conn.set_trace_callback(trace)
    settled(program, qtbot, lambda: bool(program.session.cards))
    window = program.window
    for revision in program.window.history.revisions()[:4]:
        window.history.choose([revision])
        settled(program, qtbot, lambda: bool(program.session.comparison))
    window.history.choose([window.history.revisions()[0]])
    settled(program, qtbot, lambda: bool(program.session.cards))
    window.controller.accept(certain_card(program).suggestion.id)
    settled(program, qtbot, lambda: True)
    window.controller.parts.undo()
    settled(program, qtbot, lambda: bool(program.session.cards))
    window.controller.reject(certain_card(program).suggestion.id)
    settled(program, qtbot, lambda: True)
    program.store._db.conn.set_trace_callback(None)
    assert asked == []
    here = [(event, name) for event, name, main in watch.seen if main]
    assert [name for event, name in here if event == "subprocess.Popen"] == []
    assert [name for event, name in here if name.endswith((".ipynb", "kernel.json"))] == []


def test_a_range_under_review_is_read_and_counted_off_the_main_thread_and_runs_nothing_but_git(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot, watch: Watch
) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("one", {f"{name}.ipynb": notebook(code("x = 1", id="a")) for name in "abc"})
    repo.commit("two", {f"{name}.ipynb": notebook(code("x = 2", id="a")) for name in "abc"})
    watch.seen.clear()
    program = start("HEAD~1...HEAD", repo.root)
    window = program.window
    settled(program, qtbot, lambda: program.session.opened is not None)
    for act in ("file_viewed", "next_file", "next_unviewed", "reload"):
        window.actions_[act].trigger()
        settled(program, qtbot, lambda: True)
    assert len(window.repository.panel.model.known) == 3
    on_main = [name for _event, name, main in watch.seen if main and str(repo.root) in name]
    assert on_main == []
    started = {Path(name).name for event, name, _ in watch.seen if event == "subprocess.Popen"}
    assert started - {Path(sys.executable).name} == {"git"}
    assert not [event for event, _, main in watch.seen if event == "subprocess.Popen" and main]


# 7. No message without a next step, no empty panel without a sentence.


def test_a_notebook_without_anything_fills_every_panel_with_a_sentence(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "empty.ipynb"
    path.write_bytes(notebook())
    program = start(path)
    settled(program, qtbot, lambda: program.session.opened is not None)
    window = program.window
    window.resize(1400, 900)  # in a narrow one the panels give way to the diff
    for panel in (window.history, window.outline, window.assistant.cards_area):
        assert any(len(text.split()) > 5 for text in words_in(panel)), panel
    window.assistant.show_findings()
    assert any("does not say that the notebook runs" in text for text in words_in(window.assistant))
    assert window.canvas.accessible_text()


def test_a_commit_as_head_says_where_suggestions_are_made(
    program: Program, qtbot: QtBot, sample: SampleRepository, tiny_model: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    load(program, qtbot, tiny_model)
    window = program.window
    commit = next(item for item in window.history.revisions() if item.kind is RevisionKind.COMMIT)
    window.history.choose([commit])
    settled(program, qtbot, lambda: program.session.shown().head.revision == commit)
    assert any("for the file itself" in text for text in words_in(window.assistant))
    window.controller.propose("Clearer.", CODE_CELL)
    assert "choose the working tree" in window.notices.latest()
    assert not window.tasks.running()


def test_an_old_notebook_says_why_it_is_only_read(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "old.ipynb"
    path.write_bytes(
        b'{"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"metadata": {}, '
        b'"cells": [{"cell_type": "code", "language": "python", "metadata": {}, "collapsed": false, '
        b'"prompt_number": 1, "input": ["np.ones(3)"], "outputs": []}]}]}'
    )
    program = start(path)
    settled(program, qtbot, lambda: bool(program.session.findings))
    assert any("old format 3" in text for text in words_in(program.window.assistant))


def test_a_revision_that_cannot_be_read_is_one_sentence_and_the_history_marks_what_is_shown(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    repo = Repo(tmp_path / "repo")
    path = repo.root / "train.ipynb"
    for number, data in enumerate((notebook(code("1")), b'{"cells": [', notebook(code("2")))):
        path.write_bytes(data)
        repo.git("add", ".")
        repo.git("commit", "--quiet", "-m", f"step {number}")
    program = start(path)
    settled(program, qtbot, lambda: program.session.opened is not None)
    window = program.window
    shown = program.session.comparison
    broken = next(item for item in window.history.revisions() if item.summary == "step 1")
    before = window.history.chosen()
    window.history.choose([broken])
    settled(program, qtbot, lambda: "train.ipynb" in window.notices.latest())
    assert program.session.comparison is shown
    assert window.history.chosen() == before


def words_of(node: ast.expr) -> str:
    """A text as it stands in the source, {} for what is filled in; "" where it is put together elsewhere."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in values)
        case ast.Call(func=ast.Name(id="tr"), args=[text, *_]):
            return words_of(text)
        case ast.Call(func=ast.Attribute(value=text, attr="format")):
            return words_of(text)
    return ""


def messages_in(path: Path) -> Iterator[str]:
    """What a module says of a failure or warns of, where no button says what to do."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="UserError"), args=[text, *_]):
                yield words_of(text)
            case ast.Call(func=ast.Attribute(attr="warn" | "fail"), args=[text]) if "gui" in path.parts:
                yield words_of(text)
            case ast.Call(
                func=ast.Attribute(attr="emit"), args=[ast.Constant(value="warning" | "error"), text]
            ):
                yield words_of(text)


def test_no_message_is_without_a_next_step() -> None:
    package = Path(nbreview.__file__).parent
    found = [(path.name, text) for path in sorted(package.rglob("*.py")) for text in messages_in(path)]
    assert len(found) > 300
    # What is wrong and what to do next are two parts of a sentence; or it only says what to do.
    parted = re.compile(r"[;:.] |^(Name|Say|Choose|Write|\{\}) ")
    assert [each for each in found if len(each[1].split()) > 3 and not parted.search(each[1])] == []


# 8. Findings say how they know, and nothing is ever called safe.


def test_findings_say_how_they_know(
    program: Program, qtbot: QtBot, sample: SampleRepository, tiny_model_q8: Path
) -> None:
    settled(program, qtbot, lambda: bool(program.session.cards))
    load(program, qtbot, tiny_model_q8)
    known = len(program.session.findings)
    program.window.controller.assess(CODE_CELL)
    settled(program, qtbot, lambda: len(program.session.findings) > known)
    for finding in program.session.findings:
        by_model = finding.probability is not None
        assert by_model == (finding.evidence is Evidence.LIKELY)
    window = program.window
    said = [*words_in(window), window.canvas.accessible_text(), window.status.model_button.text()]
    said += [finding.message for finding in program.session.findings]
    assert not [text for text in said if "safe" in text.lower()]
