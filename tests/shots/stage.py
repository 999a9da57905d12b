"""The running program as the pictures need it: windows with nothing, little and much in them.

Real git, store and threads, as in the tests; an engine is there, a model only where a picture tells of one.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from nbreview.gui.app import Program, make_application, running_program
from nbreview.gui.controller import Arguments
from nbreview.gui.theme import Theme
from nbreview.gui.window import ReviewWindow
from nbreview.services.samples import SampleRepository, make_sample_repository
from nbreview.settings import Settings
from tests.builders import notebook
from tests.shots.looks import HEIGHT, Look

PATIENCE_S = 60


class Stage:
    """Windows of one program by what is in them, in one look at a time."""

    def __init__(self, program: Program, folder: Path, look: Look) -> None:
        self.program, self.folder, self.look = program, folder, look
        self._windows: dict[str, ReviewWindow] = {}
        self._sample: SampleRepository | None = None

    @property
    def theme(self) -> Theme:
        """The theme of every window now."""
        return self.program.window.appearance.theme()

    @property
    def sample(self) -> SampleRepository:
        """A small repository with a history."""
        if self._sample is None:
            self._sample = make_sample_repository(self.folder / "sample")
        return self._sample

    def show_in(self, look: Look) -> None:
        """Take on another look; the language stays that of the start."""
        self.look = look
        self.program.window.appearance.change_settings(
            theme=look.theme, text_percent=look.percent, high_contrast=look.contrast
        )
        for window in self._windows.values():
            window.resize(look.width, HEIGHT)
        self.breathe()

    def window(self, name: str) -> ReviewWindow:
        """The window called "start" (nothing is open), "empty" (a notebook without cells outside of git),
        "sample" (a notebook with a history) or "folder" (a folder under review).
        """
        window = self._windows.get(name)
        if window is None:
            window = self.program.window if not self._windows else self.program.windows.make()
            self._windows[name] = window
            window.resize(self.look.width, HEIGHT)
            window.show()
            _OPEN[name](self, window)
        for other in self._windows.values():
            other.setVisible(other is window)
        window.activateWindow()
        self.breathe()
        return window

    def wait(self, reached: Callable[[], bool]) -> None:
        """Run the window until `reached`."""
        end = time.monotonic() + PATIENCE_S
        while not reached():
            if time.monotonic() > end:
                said = [window.notices.texts() for window in self._windows.values()]
                raise TimeoutError(f"what the picture is to show did not come; the windows said {said}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def breathe(self) -> None:
        """Let everything be laid out and painted."""
        for _ in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settle(self, shown: QWidget) -> None:
        """Wait until what is in view has its colours and pictures."""
        self.breathe()
        if isinstance(shown, ReviewWindow):
            shown.canvas.settle()
            self.breathe()

    @contextmanager
    def alone(self, widget: QWidget, width: int = 0, height: int = 0) -> Iterator[QWidget]:
        """A widget that is shown by itself, and then goes."""
        for window in self._windows.values():
            window.hide()
        if width:
            widget.resize(min(width * self.look.percent // 100, self.look.width), height)
        elif widget.width() > self.look.width:
            widget.resize(self.look.width, widget.height())
        widget.show()
        self.breathe()
        yield widget
        widget.close()
        if not isinstance(widget.parent(), ReviewWindow):  # else it is the window's, and opens again
            widget.deleteLater()
        self.breathe()

    @contextmanager
    def busy(self, window: ReviewWindow, title: str, progress: float, detail: str) -> Iterator[None]:
        """Something runs in a window meanwhile."""
        go, reported = threading.Event(), threading.Event()

        def work(cancel: object, report: Callable[[float, str], None]) -> None:
            report(progress, detail)
            reported.set()
            go.wait(PATIENCE_S)

        window.tasks.start("shot", title, work, lambda _result: None)
        self.wait(reported.is_set)
        self.wait(lambda: any(task.progress == progress for task in window.tasks.running()))
        # Progress is shown once it has taken 300 ms.
        end = time.monotonic() + 0.6
        self.wait(lambda: time.monotonic() > end)
        yield
        go.set()
        self.wait(lambda: not window.tasks.is_running("shot"))


def _start(stage: Stage, window: ReviewWindow) -> None:
    stage.wait(lambda: not window.tasks.running())


def _empty(stage: Stage, window: ReviewWindow) -> None:
    path = stage.folder / "empty.ipynb"
    path.write_bytes(notebook())
    window.controller.start(Arguments((str(path),)))
    stage.wait(lambda: window.session.comparison is not None and not window.tasks.running())


def _sample(stage: Stage, window: ReviewWindow) -> None:
    window.controller.start(Arguments((str(stage.sample.notebook),)))
    stage.wait(lambda: bool(window.session.cards) and not window.tasks.running())


def _folder(stage: Stage, window: ReviewWindow) -> None:
    window.controller.start(Arguments((str(stage.sample.root),)))
    stage.wait(lambda: window.session.comparison is not None and not window.tasks.running())


_OPEN: dict[str, Callable[[Stage, ReviewWindow], None]] = {
    "start": _start,
    "empty": _empty,
    "sample": _sample,
    "folder": _folder,
}


@contextmanager
def staged(folder: Path, look: Look, settings: Settings) -> Iterator[Stage]:
    """The program with nothing open, in a look; everything that it keeps is in `folder`."""
    make_application()
    folder.mkdir(parents=True, exist_ok=True)
    with running_program(folder / "store.sqlite3", look.settings(settings)) as program:
        yield Stage(program, folder, look)
