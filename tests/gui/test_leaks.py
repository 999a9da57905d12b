"""Reviews that are opened and closed leave nothing behind: memory, objects, widgets, threads, files.

`python -m tests.bench.run leaks` counts the same over two hundred reviews and thirty windows.
"""

import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from nbreview.gui.app import Program
from nbreview.gui.controller import Arguments
from nbreview.gui.window import ReviewWindow
from tests.builders import code, notebook
from tests.gui.holdings import COUNTABLE, holdings
from tests.gui.programs import settled

WARM, ROUNDS = 6, 40
WINDOWS = 8
MIB = 1 << 20
POOL = 8
"""Threads that pools may start meanwhile, each of which holds one file while it lives."""


@pytest.fixture
def notebooks(tmp_path: Path) -> tuple[Path, Path]:
    """Two small notebooks."""
    paths = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    for path in paths:
        cells = (code(f"{path.stem}_{n} = {n}", id=f"{path.stem}{n}") for n in range(12))
        path.write_bytes(notebook(*cells))
    return paths


linux = pytest.mark.skipif(not COUNTABLE, reason="counts what Linux tells of a process")


@linux
def test_a_window_that_opens_one_notebook_after_the_other_holds_one(
    start: Callable[..., Program], notebooks: tuple[Path, Path], qtbot: QtBot
) -> None:
    program = start(notebooks[0])
    controller = program.window.controller

    def open_some(rounds: int) -> None:
        for number in range(rounds):
            path = notebooks[(number + 1) % 2]
            controller.open(path)
            settled(program, qtbot, lambda path=path: program.session.target().notebook == path)  # type: ignore[misc]

    settled(program, qtbot, lambda: program.session.opened is not None)
    open_some(WARM)
    before = holdings()
    open_some(ROUNDS)
    after = holdings()
    assert after.widgets <= before.widgets
    assert after.threads <= before.threads
    assert after.files - before.files <= POOL
    assert after.objects - before.objects < 10 * ROUNDS  # pytest itself keeps eight with each
    assert after.resident - before.resident < 8 * MIB


@linux
def test_windows_that_are_closed_are_gone(
    start: Callable[..., Program], notebooks: tuple[Path, Path], qtbot: QtBot
) -> None:
    program = start(notebooks[0])
    settled(program, qtbot, lambda: program.session.opened is not None)
    gone: list[weakref.ref[ReviewWindow]] = []

    def open_and_close() -> None:
        window = program.windows.make()
        window.show()
        window.controller.start(Arguments((str(notebooks[1]),)))
        qtbot.waitUntil(lambda: window.session.comparison is not None and not window.tasks.running())
        gone.append(weakref.ref(window))
        window.close()

    for _ in range(2):
        open_and_close()
    before = holdings()
    for _ in range(WINDOWS):
        open_and_close()
    after = holdings()
    assert after.widgets <= before.widgets
    assert after.threads <= before.threads
    assert after.files - before.files <= POOL
    assert [window for window in gone if window() is not None] == []
