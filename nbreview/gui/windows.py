"""All windows of the program: they share store, engine and settings, and come back after a restart.

Knows windows by what they announce. Each has a session of its own.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from nbreview.gui.controller import Arguments
from nbreview.gui.kept_windows import keep_windows
from nbreview.gui.revision_keys import sides_key
from nbreview.gui.window import ReviewWindow
from nbreview.llm.model import Engine
from nbreview.services.session import ReviewSession
from nbreview.settings import Settings
from nbreview.store.database import Store

_OFFSET = 32


class Windows(QObject):
    """Makes windows, shows what is asked for in the right one, and takes them down.

    Parameters
    ----------
    settings_path:
        Where changed settings are kept; None keeps them nowhere.
    """

    def __init__(self, store: Store, settings: Settings, settings_path: Path | None, engine: Engine) -> None:
        super().__init__()
        self._store, self._settings, self._settings_path, self._engine = (
            store,
            settings,
            settings_path,
            engine,
        )
        self.windows: list[ReviewWindow] = []
        self._closing = False
        # A window that is moved or resized is noted once it stays.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(500)
        self._timer.timeout.connect(self._remember_soon)

    def make(self) -> ReviewWindow:
        """A new window with nothing open; it is not shown yet."""
        return self.furnish(ReviewWindow(self._store, self._settings))

    def furnish(self, window: ReviewWindow) -> ReviewWindow:
        """Make a frame a window of the program, with nothing open."""
        window.furnish(ReviewSession(self._store, self._settings, self._engine), self._settings_path)
        window.new_window_wanted.connect(lambda: self.open(Arguments(), beside=window))
        window.quit_wanted.connect(self.quit)
        window.closed.connect(lambda: self._closed(window))
        window.controller.opened.connect(self._timer.start)
        window.repository.changed.connect(self._timer.start)
        window.controller.model_changed.connect(lambda: self._model_changed(window))
        window.appearance.settings_changed.connect(lambda settings: self._take_settings(window, settings))
        self.windows.append(window)
        return window

    def open(self, arguments: Arguments, beside: ReviewWindow | None = None) -> ReviewWindow:
        """Show what was asked for: where it is open already, where nothing is open, or in a new window."""
        window = self._showing(arguments) if beside is None else None
        if window is None:
            idle = [each for each in self.windows if _is_empty(each) and not each.tasks.running()]
            if idle and beside is None:
                window = idle[0]
            else:
                last = beside or (self.windows[-1] if self.windows else None)
                window = self.make()
                if last is not None:
                    window.resize(last.size())
                    window.move(last.x() + _OFFSET, last.y() + _OFFSET)
            window.show()
            window.controller.start(arguments)
        window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    def reopen(self, kept: Sequence[Mapping[str, Any]]) -> bool:
        """Bring back the windows of the last time, as `kept_windows` gives them; whether there were any."""
        for each in kept:
            idle = [window for window in self.windows if _is_empty(window)]
            window = idle[0] if idle and not idle[0].tasks.running() else self.make()
            window.places.take_shape(each)
            window.show()
            review, notebook = each.get("review"), Path(each["notebook"]) if each["notebook"] else None
            if isinstance(review, Mapping):
                window.repository.restore(review, notebook, each.get("sides"))
            elif notebook is not None:
                window.controller.open_at(notebook, each.get("sides"))
        return bool(kept)

    def remember(self) -> None:
        """Keep what is open, for the next start, at once."""
        self._timer.stop()
        keep_windows(self._store, self._open())

    def _remember_soon(self) -> None:
        """The same off the main thread."""
        kept = self._open()
        if self.windows:
            tasks = self.windows[0].tasks
            tasks.start(
                "windows", "", lambda _c, _r: keep_windows(self._store, kept), lambda _: None, finish=True
            )

    def _open(self) -> list[dict[str, Any]]:
        kept = []
        for window in self.windows:
            opened, shown = window.session.opened, window.session.comparison
            review = window.repository.kept()
            if shown is not None or review is not None:
                kept.append(
                    {
                        "notebook": str(opened.target.notebook) if opened is not None else "",
                        "sides": sides_key(shown) if shown is not None else [],
                        **({"review": review} if review is not None else {}),
                        **window.places.shape(),
                    }
                )
        return kept

    def quit(self) -> None:
        """Close every window; what was open comes back with the next start."""
        self.remember()
        self._closing = True
        for window in tuple(self.windows):
            window.close()
        self._closing = False

    def take_down(self) -> None:
        """Stop the tasks of every window and close them, before the engine and the store are closed."""
        if self.windows:
            self.remember()
        self._closing = True
        self._timer.stop()
        for window in tuple(self.windows):
            window.shut_down()
            window.close()

    def _showing(self, arguments: Arguments) -> ReviewWindow | None:
        """The window that shows the one notebook, the folder or the range that is asked for."""
        if arguments.model is not None or (len(arguments.paths) != 1 and arguments.review() is None):
            return None
        path, asked = arguments.path(0), arguments.review()
        for window in self.windows:
            review, opened = window.repository.review, window.session.opened
            if review is not None and review.asked == asked:
                return window
            if opened is not None and opened.target.notebook == path:
                return window
        return None

    def _closed(self, window: ReviewWindow) -> None:
        if window not in self.windows:
            return
        last = len(self.windows) == 1
        if last and not self._closing:
            self.remember()  # the last one is what comes back
        self.windows.remove(window)
        if not last and not self._closing:
            self.remember()
        window.deleteLater()

    def _model_changed(self, window: ReviewWindow) -> None:
        for other in self.windows:
            if other is not window:
                other.show_engine()

    def _take_settings(self, window: ReviewWindow, settings: Settings) -> None:
        self._settings = settings
        for other in self.windows:
            if other is not window:
                other.appearance.take(settings)


def _is_empty(window: ReviewWindow) -> bool:
    return window.session.opened is None and window.repository.review is None
