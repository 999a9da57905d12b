"""The window runs what was agreed to and nothing else: real kernels, started once for most tests."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program, running_program
from nbreview.gui.controller import Arguments
from nbreview.gui.kernel_acts import SLOT
from nbreview.kernel.model import KernelState
from nbreview.notebook.model import source_digest
from nbreview.review.model import Evidence, Rung, Verdict
from nbreview.services.kernel_review import Grant
from tests.builders import code, markdown, notebook
from tests.gui.programs import SETTINGS, settled
from tests.kernel.live import gone

pytest.importorskip("ipykernel", reason="the kernel extra is not installed")

BASE = notebook(
    markdown("# Load", id="m"),
    code("rows = [3, 1, 2]\nrate = 0.5", id="a"),
    code("print(nowhere)", id="b"),
    code("first = rows[0]", id="c"),
    code("last = rows[7]", id="d"),
    code("import time\nwhile True: time.sleep(0.01)", id="e"),
)
HEAD = BASE.replace(b"print(nowhere)", b"print('fine')").replace(
    b"first = rows[0]", b"first = rows[0] + missing_one"
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Iterator[Program]:
    """The program on a notebook whose base is another file."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "base.ipynb").write_bytes(BASE)
    (folder / "head.ipynb").write_bytes(HEAD)
    with running_program(folder / "store.sqlite3", SETTINGS) as program:
        program.window.show()
        paths = (str(folder / "base.ipynb"), str(folder / "head.ipynb"))
        program.window.controller.start(Arguments(paths))
        yield program
        pid = pid_of(program)
    assert pid is None or gone(pid)


@pytest.fixture
def program(running: Program, qtbot: QtBot) -> Program:
    """The program, checked, with nothing asked."""
    settled(running, qtbot, lambda: running.session.changes is not None)
    running.window.kernel_views.ask_window.reject()
    running.window.notices.clear()
    return running


def pid_of(program: Program) -> int | None:
    review = program.session.kernel
    return review.desk.session.pid if review is not None and review.desk.session is not None else None


def asked(program: Program, qtbot: QtBot) -> tuple[str, ...]:
    """What is asked, once it is."""
    window = program.window.kernel_views.ask_window
    settled(program, qtbot, lambda: window.question() is not None)
    question = window.question()
    assert question is not None
    return (question.title, *window.said())


def agree(program: Program) -> None:
    program.window.kernel_views.ask_window.agree_button.click()


def started(program: Program, qtbot: QtBot) -> None:
    """A kernel runs, whatever ran before."""
    if pid_of(program) is None:
        program.window.actions_["kernel_start"].trigger()
        asked(program, qtbot)
        agree(program)
    settled(program, qtbot, lambda: pid_of(program) is not None)


def at(program: Program, qtbot: QtBot, index: int) -> None:
    """The kernel has run the cells up to one, and was asked for it."""
    started(program, qtbot)
    review = program.session.kernel
    assert review is not None
    if review.desk.ran:
        review.desk.restart()
    review.allow(Grant.RUN)
    program.window.controller.kernel.run_to(index)
    settled(program, qtbot, lambda: program.session.variables is not None)


def test_every_act_says_what_to_do_first_and_runs_nothing(program: Program, qtbot: QtBot) -> None:
    window = program.window
    for act in ("kernel_interrupt", "kernel_restart", "kernel_shut_down"):
        window.notices.clear()
        window.actions_[act].trigger()
        assert window.notices.latest() == "No kernel is running; start one first."
    program.session.choose_cell(0)
    window.actions_["run_to"].trigger()
    assert "Choose a code cell" in window.notices.latest()
    program.session.choose_cell(3)
    window.actions_["dry_run"].trigger()
    assert "needs a kernel" in window.notices.latest()
    window.actions_["variables"].trigger()
    assert window.assistant.tabs.currentWidget() is window.assistant.variables
    assert pid_of(program) is None
    assert program.session.kernel is not None
    assert not program.session.kernel.grants


def test_what_will_be_started_is_said_and_declining_starts_nothing(program: Program, qtbot: QtBot) -> None:
    program.window.actions_["kernel_start"].trigger()
    said = asked(program, qtbot)
    assert "Start a kernel for head.ipynb" in said[0]
    assert any(sentence.startswith("Starts ") and "working in" in sentence for sentence in said)
    assert any("No cell is run" in sentence for sentence in said)
    program.window.kernel_views.ask_window.cancel_button.click()
    settled(program, qtbot, lambda: True)
    assert pid_of(program) is None


def test_new_and_gone_findings_are_told_apart(program: Program, qtbot: QtBot) -> None:
    shown = {
        row.view.cell_title[:6]: row.view for row in program.window.assistant.findings._model.rows if row.view
    }
    assert shown["Cell 4"].news == "new"
    headings = [row.heading for row in program.window.assistant.findings._model.rows if row.view is None]
    assert headings == ["1 gone since base"]
    assert program.session.changes is not None
    assert "nowhere" in program.session.changes.gone[0].message


def test_run_to_here_asks_once_and_fills_the_variables(program: Program, qtbot: QtBot) -> None:
    started(program, qtbot)
    program.session.choose_cell(1)
    program.window.actions_["run_to"].trigger()
    said = asked(program, qtbot)
    assert any("Runs the code cell 2" in sentence for sentence in said)
    assert any("all that you may do" in sentence for sentence in said)
    agree(program)
    settled(program, qtbot, lambda: program.session.variables is not None)
    assert program.window.assistant.variables.shown_names() == ("rate", "rows")
    program.window.controller.kernel.run_to(2)
    settled(program, qtbot, lambda: "at cell 3" in program.window.notices.latest())
    assert "2 cells run" in program.window.status.kernel_button.text()


def test_a_cell_that_fails_is_flagged_with_its_traceback(program: Program, qtbot: QtBot) -> None:
    at(program, qtbot, 3)
    settled(program, qtbot, lambda: any(item.rung is Rung.RUN for item in program.session.findings))
    finding = next(item for item in program.session.findings if item.rung is Rung.RUN)
    assert (finding.cell_index, finding.exception, finding.verdict) == (3, "NameError", Verdict.CRASH)
    assert "missing_one" in finding.trace
    assert "\x1b" not in finding.trace
    assert "Cell 4 failed" in program.window.notices.latest()


def test_a_dry_run_is_allowed_by_name_and_leaves_the_kernel_alone(program: Program, qtbot: QtBot) -> None:
    at(program, qtbot, 2)
    acts = program.window.controller.kernel
    acts.dry_run(4)
    assert "cell 4 has not run" in program.window.notices.latest()
    acts.dry_run(3)
    said = asked(program, qtbot)
    assert any("copy of the kernel" in sentence for sentence in said)
    assert any("Here it is held by" in sentence for sentence in said)
    before = len(program.session.kernel.desk.ran) if program.session.kernel is not None else 0
    agree(program)
    settled(
        program,
        qtbot,
        lambda: any(item.rung is Rung.DRY_RUN for item in program.session.findings) or acts.is_sure(3),
    )
    assert program.session.kernel is not None
    assert len(program.session.kernel.desk.ran) == before
    assert Grant.DRY_RUN in program.session.kernel.grants


def test_stop_answers_at_once_and_a_second_act_waits_its_turn(program: Program, qtbot: QtBot) -> None:
    at(program, qtbot, 2)
    session = program.session.kernel.desk.session if program.session.kernel is not None else None
    assert session is not None
    acts, window = program.window.controller.kernel, program.window
    before = window.session.variables
    acts._run(SLOT, "Running", lambda cancel, report: session.execute("while True: pass", cancel=cancel), id)
    qtbot.waitUntil(lambda: session.state is KernelState.BUSY)
    acts.run_to(3)
    assert "is under way" in window.notices.latest()
    window.actions_["stop"].trigger()
    assert not window.tasks.is_running(SLOT)
    qtbot.waitUntil(lambda: session.state is KernelState.IDLE)
    assert window.session.variables is before


def test_variables_are_stale_once_a_cell_that_ran_has_changed(program: Program, qtbot: QtBot) -> None:
    at(program, qtbot, 2)
    path = program.session.target().notebook
    path.write_bytes(HEAD.replace(b"rate = 0.5", b"rate = 0.7"))
    program.window.controller.refresh()
    note = program.window.assistant.variables.note
    settled(program, qtbot, lambda: "cell 2 has changed since" in note.text())
    path.write_bytes(HEAD)
    program.window.controller.refresh()
    settled(program, qtbot, lambda: not note.text())


def test_a_kernel_that_dies_is_said_with_the_next_step(program: Program, qtbot: QtBot) -> None:
    at(program, qtbot, 2)
    pid = pid_of(program)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    settled(program, qtbot, lambda: "The kernel has ended" in program.window.notices.latest())
    assert "start one again" in program.window.notices.latest()
    assert program.session.variables is None
    words = program.window.assistant.variables._empty.text()
    assert "Start a kernel and run to a cell" in words


def test_opening_another_notebook_ends_the_kernel_and_forgets_what_was_allowed(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    started(program, qtbot)
    pid = pid_of(program)
    assert pid is not None
    before = program.session.target().notebook
    other = tmp_path / "other.ipynb"
    other.write_bytes(notebook(code("a = 1", id="z")))
    program.window.controller.open(other)
    settled(program, qtbot, lambda: program.session.target().notebook == other)
    qtbot.waitUntil(lambda: gone(pid))
    assert program.session.kernel is not None
    assert not program.session.kernel.grants
    program.window.controller.open_pair(before.with_name("base.ipynb"), before)
    settled(program, qtbot, lambda: program.session.changes is not None)
    assert not program.session.kernel.grants


def test_stand_ins_judge_a_cell_without_a_kernel(program: Program, qtbot: QtBot) -> None:
    acts = program.window.controller.kernel
    program.window.controller.assess(4)
    title, *said = asked(program, qtbot)
    assert "Will cell 5 crash?" in title
    agree(program)
    said = list(asked(program, qtbot))
    assert any("stand-ins" in sentence for sentence in said)
    assert pid_of(program) is None
    agree(program)
    settled(
        program,
        qtbot,
        lambda: any(item.rung is Rung.STAND_IN and item.cell_index == 4 for item in program.session.findings),
        seconds=90,
    )
    finding = next(item for item in program.session.findings if item.rung is Rung.STAND_IN)
    assert finding.source_digest == source_digest("last = rows[7]")
    assert finding.evidence in (Evidence.OBSERVED, Evidence.NO_VERDICT)
    assert acts.usable(4) == {Rung.STAND_IN}


def test_a_scan_counts_its_cells_and_can_be_stopped(program: Program, qtbot: QtBot) -> None:
    window = program.window
    assert program.session.kernel is not None
    program.session.kernel.allow(Grant.STAND_IN)
    seen: list[str] = []
    window.tasks.changed.connect(lambda: seen.append(window.status.task_label.toolTip()))
    window.actions_["scan"].trigger()
    # Progress is drawn at most 30 times a second, so the count of the first cell may never be seen.
    qtbot.waitUntil(lambda: any(re.match(r"scanning [1-5]/5", text) for text in seen))
    window.actions_["stop"].trigger()
    assert not window.tasks.is_running("scan")
    settled(program, qtbot, lambda: True)


def test_closing_the_window_leaves_no_process(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "one.ipynb"
    path.write_bytes(notebook(code("a = 1", id="z")))
    program = start(path)
    settled(program, qtbot, lambda: program.session.changes is not None)
    started(program, qtbot)
    pid = pid_of(program)
    assert pid is not None
    program.window.close()
    assert gone(pid)
    QTest.qWait(0)
