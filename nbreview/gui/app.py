"""Composition root: builds every object that owns something, hands it on, and takes it down again.

Nothing else in `gui` makes a store, an engine or an application.
"""

import gc
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QElapsedTimer,
    QEventLoop,
    QMessageLogContext,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from nbreview import __version__, paths
from nbreview import settings as settings_file
from nbreview.gui.fault_report import crash_log
from nbreview.gui.instance import InstanceServer, hand_over, instance_name
from nbreview.gui.kept_windows import kept_windows, restore_geometry
from nbreview.gui.language import install_language, spoken, tr
from nbreview.gui.window import ReviewWindow
from nbreview.settings import Settings
from nbreview.store.database import Store

if TYPE_CHECKING:
    from nbreview.gui.controller import Arguments
    from nbreview.gui.windows import Windows
    from nbreview.llm.local import LocalEngine
    from nbreview.services.session import ReviewSession

_FRAME_MS = 250
"""So long at most the frame of the first window is waited for: a desktop may not show a window at once."""


@dataclass(frozen=True, slots=True)
class Program:
    """The running program: what owns a resource, in the order in which it was made."""

    store: Store
    engine: "LocalEngine"
    """That for model files, which the windows' shared engine turns to."""
    windows: "Windows"
    session: "ReviewSession"
    """That of the first window."""
    window: ReviewWindow
    """The first window."""


def make_application() -> QApplication:
    """The one QApplication, made if there is none yet."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("nbreview")
    app.setApplicationDisplayName("nbreview")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("nbreview")
    app.setWindowIcon(QIcon(str(paths.resource("icons", "nbreview.svg"))))
    return app


def quiet_offscreen() -> None:
    """Leave out what Qt says, at every layout, about a platform without a window manager; print the rest."""

    def show(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if not message.startswith("This plugin does not support"):
            sys.stderr.write(f"{message}\n")

    qInstallMessageHandler(show)


@contextmanager
def running_program(
    store_path: Path,
    settings: Settings,
    settings_path: Path | None = None,
    *,
    shown: Callable[[ReviewWindow, Store], None] | None = None,
) -> Iterator[Program]:
    """Build the program, and take it down at the end: tasks stopped, child process ended, store closed.

    Parameters
    ----------
    settings_path:
        Where changed settings are kept; None keeps them nowhere (the demo, tests).
    shown:
        Shows the frame of the first window, before what is inside has been imported and made.
    """
    app = make_application()
    language = install_language(settings.language, app)
    with Store.open(store_path) as store:
        window = ReviewWindow(store, settings)
        if shown is not None:
            shown(window, store)
        from nbreview.gui.windows import Windows
        from nbreview.llm.local import LocalEngine
        from nbreview.services.engines import EngineSwitch

        engine = LocalEngine()
        shared = EngineSwitch(engine)
        windows = Windows(store, settings, settings_path, shared)
        windows.furnish(window)
        favour_window()
        try:
            yield Program(store, engine, windows, window.session, window)
        finally:
            windows.take_down()
            shared.close()
            windows.deleteLater()
            for translator in language:
                app.removeTranslator(translator)


def favour_window() -> None:
    """Keep the window's thread from waiting for the others: they share one interpreter.

    A worker hands over after half a millisecond and not five, since each call into Qt asks anew; and the
    garbage collector looks at less, less often, as on a notebook of thousands of cells it would stop every
    thread for a fifth of a second again and again.
    """
    sys.setswitchinterval(0.0005)
    gc.freeze()  # without a collection before: of a start's hundred thousand objects some fifteen are garbage
    gc.set_threshold(50_000, 20, 50)


def show_frame(window: ReviewWindow) -> None:
    """Show a window that is not furnished, and wait until it is painted: half of a start is still to come.

    What the person does meanwhile is kept for the window as it will be.
    """
    window.show()
    handle, clock = window.windowHandle(), QElapsedTimer()
    clock.start()
    while clock.elapsed() < _FRAME_MS:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 10)
        if handle.isExposed():
            break
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def run_window(given: Sequence[str], *, store: Path | None = None, model: Path | None = None) -> int:
    """Open the window on what the command line named and run until it is closed."""
    app = make_application()
    store_path = paths.store_path(store)
    name = instance_name(store_path)
    asked = {"paths": list(given), "model": str(model.absolute()) if model else "", "folder": str(Path.cwd())}
    if hand_over(name, asked):
        return 0
    settings_path = paths.settings_path()
    problem = ""
    try:
        settings = settings_file.load(settings_path)
    except ValueError as error:
        settings, problem = Settings(), str(error)
    # A file that a person wrote and we cannot read is left as it is.
    kept = None if problem else settings_path
    reopens = not given and model is None and settings.reopen
    before: list[dict[str, Any]] = []

    def shown(window: ReviewWindow, store: Store) -> None:
        if reopens:
            before.extend(kept_windows(store))
        if before:
            restore_geometry(window, before[0])
        show_frame(window)

    with running_program(store_path, settings, kept, shown=shown) as program, crash_log() as last_crash:
        from nbreview.gui.controller import Arguments

        window = program.window
        server = InstanceServer(name)
        server.asked.connect(lambda message: program.windows.open(arguments_of(message)))
        server.listen()
        sys.excepthook = lambda kind, error, trace: _report(window, kind, error, trace)
        if not program.windows.reopen(before):
            window.controller.start(Arguments(tuple(given), model))
        if problem:
            window.notices.warn(problem)
        if program.store.notice:
            window.notices.warn(spoken(program.store.notice))
        if last_crash:
            window.notices.notify(
                "warning",
                tr("nbreview ended by itself the last time. No decision is lost; look at the report."),
                tr("Show report"),
                lambda: window.faults.show_report(last_crash),
            )
        code = app.exec()
        server.close()
        sys.excepthook = sys.__excepthook__
    return code


def arguments_of(message: Mapping[str, object]) -> "Arguments":
    """What a later start asks for."""
    from nbreview.gui.controller import Arguments

    paths_, model, folder = message.get("paths"), message.get("model"), message.get("folder")
    return Arguments(
        tuple(str(path) for path in paths_) if isinstance(paths_, list) else (),
        Path(str(model)) if model else None,
        Path(str(folder)) if folder else Path.cwd(),
    )


def _report(
    window: ReviewWindow,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """A fault of ours: shown in place and printed, and the window goes on."""
    if issubclass(kind, KeyboardInterrupt):
        window.close()
        return
    text = "".join(traceback.format_exception(kind, error, trace))
    sys.stderr.write(text)
    window.faults.show(tr("what you just did"), error)
