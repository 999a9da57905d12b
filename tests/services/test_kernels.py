"""Run to here in a live kernel: what is said before, what runs, where it ends, and what is remembered."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.connection import RunningKernel
from nbreview.kernel.model import KernelState
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.services.kernels import KernelDesk
from nbreview.services.running import ACCESS
from tests import builders
from tests.kernel.live import QUICK, gone, until

pytest.importorskip("jupyter_client", reason="the kernel extra is not installed")


def notebook(*cells: dict[str, Any], **metadata: Any) -> Notebook:
    """A notebook of these cells."""
    return read_bytes(builders.notebook(*cells, **metadata), "test.ipynb")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KernelDesk]:
    """A desk with a kernel started."""
    desk = KernelDesk(tmp_path_factory.mktemp("notebooks"), QUICK)
    desk.start(desk.suggested(notebook()))
    assert desk.session is not None
    pid = desk.session.pid
    yield desk
    if desk.session is not None:
        pid = desk.session.pid
    desk.shutdown()
    assert pid is not None
    assert gone(pid)


@pytest.fixture
def desk(shared: KernelDesk) -> KernelDesk:
    """The desk, its kernel fresh."""
    if shared.ran:
        shared.restart()
    return shared


BOOK = notebook(
    builders.code("import os\nsteps = ['one']"),
    builders.markdown("# Text"),
    builders.code(""),
    builders.code("steps.append('two')\n!echo shell"),
    builders.code("raise KeyError('meant')", tags=["raises-exception"]),
    builders.code("steps.append('never')", tags=["skip-execution"]),
    builders.code("steps.append('three')"),
    builders.code("steps[9]"),
    builders.code("steps.append('four')"),
)


def test_what_will_run_is_said_before(tmp_path: Path) -> None:
    desk = KernelDesk(tmp_path)
    choice = desk.suggested(BOOK)
    said = desk.what_will_run(BOOK, 6, choice)
    assert said[0].startswith(f"Starts {choice.title}")
    assert str(tmp_path) in said[0]
    assert said[1:] == (
        "Runs 4 code cells, from cell 1 to cell 7 in the notebook's order; stops at the first error.",
        "Left out: 1 tagged skip-execution.",
        "Shell commands or installations are in cell 4.",
        ACCESS,
    )
    assert "No cell is run" in desk.what_will_run(BOOK, None, choice)[1]
    with pytest.raises(UserError, match="No kernel is running; start one first"):
        desk.what_will_run(BOOK, 6)
    with pytest.raises(UserError, match="No kernel is running"):
        desk.run_to(BOOK, 6)
    with pytest.raises(UserError, match="no such connection file"):
        desk.what_will_run(BOOK, None, RunningKernel(tmp_path / "kernel-none.json"))
    assert desk.state is KernelState.NONE


def test_run_to_here_runs_code_cells_in_order_and_goes_on_from_there(desk: KernelDesk) -> None:
    seen: list[tuple[int, int, int]] = []
    outputs: list[tuple[int, str]] = []
    report = desk.run_to(
        BOOK, 3, None, lambda *at: seen.append(at), lambda at, one: outputs.append((at, one.get("text", "")))
    )
    assert seen == [(0, 0, 2), (3, 1, 2)]
    assert outputs == [(3, "shell\r\n")] or outputs == [(3, "shell\n")]
    assert (report.failed, report.stopped, len(report.ran)) == (None, False, 2)
    assert desk.what_will_run(BOOK, 6)[2] == "2 before that have run already and are not run again."
    assert [ran.step.cell_index for ran in desk.run_to(BOOK, 6).ran] == [4, 6]
    assert desk.session is not None
    assert desk.session.evaluate("steps") == ["one", "two", "three"]
    assert desk.run_to(BOOK, 3).message.startswith("Nothing was left to run")
    assert [step.cell_index for step in desk.executed] == [0, 3, 4, 6]
    assert sorted(desk.cells_by_count.values()) == [0, 3, 4, 6]
    assert desk.status_line({}).endswith("idle · 4 cells run")


def test_a_run_ends_at_the_first_error_and_the_failed_cell_is_run_again(desk: KernelDesk) -> None:
    report = desk.run_to(BOOK, 8)
    assert report.failed is not None
    assert report.failed.step.cell_index == 7
    assert report.message == "Cell 8 failed: IndexError: list index out of range"
    cells = list(BOOK.cells)
    mended = notebook(*[dict(cell.raw) if cell.index != 7 else builders.code("steps[0]") for cell in cells])
    before = desk.history_digest
    assert desk.stale_cells(mended) == (7,)
    report = desk.run_to(mended, 8)
    assert [ran.step.cell_index for ran in report.ran] == [7, 8]
    assert desk.stale_cells(mended) == ()
    assert desk.history_digest != before
    assert [step.source for step in desk.executed][-3:] == ["steps[9]", "steps[0]", "steps.append('four')"]


def test_a_changed_cell_asks_for_a_restart(desk: KernelDesk) -> None:
    first = notebook(builders.code("a = 1"), builders.code("b = a"))
    changed = notebook(builders.code("a = 2"), builders.code("b = a"))
    desk.run_to(first, 1)
    assert desk.stale_cells(changed) == (0,)
    with pytest.raises(UserError, match="Cell 1 is not what the kernel has run there; restart the kernel"):
        desk.run_to(changed, 1)
    assert "restart the kernel" in desk.what_will_run(changed, 1)[1]
    desk.restart()
    assert desk.ran == ()
    desk.run_to(changed, 1)
    assert desk.session is not None
    assert desk.session.evaluate("b") == 2


def test_stop_ends_the_run_and_says_where(desk: KernelDesk) -> None:
    book = notebook(
        builders.code("import time"), builders.code("while True: time.sleep(.01)"), builders.code("1")
    )
    token = CancelToken()
    reports: list[Any] = []
    thread = threading.Thread(target=lambda: reports.append(desk.run_to(book, 2, token)))
    thread.start()
    assert until(lambda: "running cell 2 (2 of 3)" in desk.status_line({}))
    with pytest.raises(UserError, match="under way in this kernel"):
        desk.run_to(book, 0)
    token.cancel()
    thread.join(10)
    assert reports[0].stopped
    assert reports[0].message.startswith("Cell 2: Stopped")
    assert desk.session is not None
    assert desk.session.wait(10) is KernelState.IDLE
    assert desk.run_to(book, 2, token).message == "Stopped before cell 2."


def test_a_kernel_that_ends_is_said_with_its_cell(desk: KernelDesk) -> None:
    changes: list[str] = []
    desk.on_change = lambda: changes.append(desk.status_line({}))
    with pytest.raises(UserError, match=r"Cell 1: The kernel ended with code 5.*start it again"):
        desk.run_to(notebook(builders.code("import os; os._exit(5)")), 0)
    desk.on_change = None
    assert desk.ran == ()
    assert desk.session is None
    assert "dead, ended with code 5" in desk.status_line({})
    assert any("running cell 1 (1 of 1)" in line for line in changes)
    with pytest.raises(UserError, match="start it again"):
        desk.run_to(BOOK, 0)
    assert "No kernel is running" in desk.why_no_probe(BOOK)
    desk.restart()
    assert desk.why_no_probe(BOOK) == ""


def test_a_kernel_that_is_shut_down_while_it_starts_is_not_kept(tmp_path: Path) -> None:
    desk = KernelDesk(tmp_path, QUICK)
    errors: list[str] = []

    def start() -> None:
        try:
            desk.start(desk.suggested(BOOK))
        except UserError as error:
            errors.append(error.message)

    thread = threading.Thread(target=start)
    thread.start()
    assert until(lambda: desk.status_line({}).endswith(", starting"))
    assert desk.state is KernelState.STARTING
    desk.shutdown()
    thread.join(30)
    assert errors == ["The kernel was shut down before it had started; start it again."]
    assert desk.state is KernelState.NONE


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nbreview.kernel import specs

    desk = KernelDesk(tmp_path)
    choice = desk.suggested(BOOK)
    monkeypatch.setattr(specs.importlib.util, "find_spec", lambda name: None)
    assert desk.choices() == ()
    for act in (lambda: desk.start(choice), lambda: desk.suggested(BOOK), lambda: desk.attach(tmp_path)):
        with pytest.raises(UserError, match="pip install 'nbreview"):
            act()


def test_another_desk_attaches_says_so_and_leaves_it(desk: KernelDesk, tmp_path: Path) -> None:
    assert desk.session is not None
    file = desk.session.connection_file
    assert file is not None
    assert file not in [kernel.file for kernel in desk.running()]
    other = KernelDesk(tmp_path, QUICK)
    [found] = [kernel for kernel in other.running() if kernel.file == file]
    assert "never restarted or shut down from here" in other.what_will_run(BOOK, None, found)[0]
    other.attach(file)
    assert other.run_to(BOOK, 0).failed is None
    assert "attached, idle" in other.status_line({})
    assert "started elsewhere" in other.what_will_run(BOOK, 3)[0]
    with pytest.raises(UserError, match="restart it there"):
        other.restart()
    assert len(other.ran) == 1
    other.shutdown()
    assert desk.session.evaluate("steps") == ["one"]
