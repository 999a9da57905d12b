"""Every test of the window draws to memory: no display is needed, and none is opened where there is one.

The fixtures build the program as `nbreview` does: a real store, a real engine, the real window.
"""

import os
import shutil
import subprocess

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from nbreview.gui.app import Program, running_program
from nbreview.gui.controller import Arguments
from nbreview.services.samples import SampleRepository, make_sample_repository
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.gui.programs import SETTINGS


class PatientBot(QtBot):
    """Waits as long as a machine may take that does much else; what comes, comes far sooner."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 60_000) -> None:
        """Handle events until the callback is true (or None, without an assertion failing); milliseconds."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = 60_000, **more: Any) -> SignalBlocker:
        """What waits for the signal at the end of its `with`."""
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with that patience."""
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def learned_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is learned of the installed libraries and the repositories is kept for the tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setattr("nbreview.paths.cache_dir", lambda: folder)  # prompts that models keep, among others
        patch.setattr("nbreview.checks.environment.cache_dir", lambda: folder)
        patch.setattr("nbreview.store.index.cache_dir", lambda: folder)
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> SampleRepository:
    """The sample repository, packed into few files."""
    made = make_sample_repository(tmp_path_factory.mktemp("made") / "sample")
    subprocess.run(["git", "gc", "--quiet"], cwd=made.root, check=True)
    shutil.rmtree(made.root / ".git" / "hooks", ignore_errors=True)
    return made


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "store.sqlite3"
    Store.open(path).close()
    return path


@pytest.fixture
def sample(made_once: SampleRepository, tmp_path: Path) -> SampleRepository:
    """The sample repository, a copy for each test: making one calls git again and again."""
    root = tmp_path / "sample"
    shutil.copytree(made_once.root, root, symlinks=True)
    subprocess.run(["git", "update-index", "-q", "--refresh"], cwd=root, check=False)
    return SampleRepository(root, root / made_once.notebook.relative_to(made_once.root))


@pytest.fixture
def start(tmp_path: Path, empty_store: Path, qapp: object) -> Iterator[Callable[..., Program]]:
    """Starts the program on what a command line names; each of them ends with the test, the last first."""
    running = []
    if not (tmp_path / "store.sqlite3").exists():
        shutil.copyfile(empty_store, tmp_path / "store.sqlite3")

    def start(*paths: Path | str, settings: Settings = SETTINGS) -> Program:
        context = running_program(tmp_path / "store.sqlite3", settings)
        program = context.__enter__()
        running.append(context)
        program.window.show()
        program.window.controller.start(Arguments(tuple(str(path) for path in paths)))
        return program

    yield start
    for context in reversed(running):
        context.__exit__(None, None, None)


@pytest.fixture
def program(start: Callable[..., Program], sample: SampleRepository) -> Program:
    """The program with the sample notebook being opened."""
    return start(sample.notebook)
