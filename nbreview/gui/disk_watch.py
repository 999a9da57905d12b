"""Notices that the notebook's file was changed by another program, and offers to read it again.

Knows the session, the tasks, the controller's `reread` and the notices. What nbreview wrote itself is no
news: the bytes on disk are held against those that are shown.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QTimer
from PySide6.QtWidgets import QWidget

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.controller import ReviewController
from nbreview.gui.language import tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.tasks import Report, TaskRunner
from nbreview.gui.theme import Theme
from nbreview.notebook.reader import read_file
from nbreview.services.session import ReviewSession, Topic

SETTLE_MS = 250
"""An editor writes in several steps; the file is looked at once it has been quiet for so long."""
SLOT = "disk"
SHOWING = ("open", "compare", "reread", "check")
"""How the slots begin whose tasks are about to show what the file holds."""


class DiskWatch:
    """A room of the window, see `gui.room`."""

    def __init__(
        self,
        session: ReviewSession,
        controller: ReviewController,
        tasks: TaskRunner,
        notices: NoticeArea,
        parent: QWidget,
    ) -> None:
        self._session, self._controller, self._tasks, self._notices = session, controller, tasks, notices
        self._path: Path | None = None
        self._offered: int | None = None
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._look)
        self._watcher = QFileSystemWatcher(parent)
        self._watcher.fileChanged.connect(lambda _path: self._timer.start())
        # Most editors replace the file, and what was watched is then gone.
        self._watcher.directoryChanged.connect(lambda _path: self._timer.start())

    def handlers(self) -> dict[str, Callable[..., object]]:
        """It has no acts: F5 reads again."""
        return {}

    def set_theme(self, theme: Theme) -> None:
        """There is nothing to paint."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """Watch the file that is reviewed; once it is read again there is nothing to offer."""
        if Topic.TARGET in topics:
            opened = self._session.opened
            path = opened.target.notebook if opened is not None else None
            if path != self._path:
                self._path = path
                self._withdraw()
                watched = self._watcher.files() + self._watcher.directories()
                if watched:
                    self._watcher.removePaths(watched)
            self._watch()
        if Topic.COMPARISON in topics and self._offered is not None:
            self._timer.start()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._timer.stop()
        watched = self._watcher.files() + self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)

    def _watch(self) -> None:
        if self._path is None:
            return
        for name in (str(self._path), str(self._path.parent)):
            if name not in self._watcher.files() + self._watcher.directories() and Path(name).exists():
                self._watcher.addPath(name)

    def _look(self) -> None:
        """Hold the file against what is shown, off the main thread."""
        self._watch()
        shown, path = self._session.comparison, self._path
        if shown is None or path is None or not shown.writable:
            return
        if self._busy():
            self._timer.start()
            return
        raw, limit = shown.head.notebook.raw, self._session.settings.max_notebook_mib * 2**20

        def work(_cancel: CancelToken, _report: Report) -> bool | None:
            try:
                return read_file(path, max_bytes=limit).raw == raw
            except UserError:
                return None  # half written, or gone: the next change tells

        def done(same: bool | None) -> None:
            if self._session.comparison is not shown or self._busy():  # nbreview has just written it, or will
                self._timer.start()
            elif same:
                self._withdraw()
            elif same is False and self._offered is None:
                text = tr("{name} was changed by another program. Read it again to see how it is now; "
                          "comments, ticks and cards stay.").format(name=path.name)  # fmt: skip
                self._offered = self._notices.inform(text, tr("Read again"), self._read_again)

        self._tasks.start(SLOT, tr("Looking at the file"), work, done)

    def _busy(self) -> bool:
        """Whether a task writes, the file or something else, or is about to show what was written."""
        return any(task.finish or task.slot.startswith(SHOWING) for task in self._tasks.running())

    def _read_again(self) -> None:
        self._offered = None
        self._controller.reread()

    def _withdraw(self) -> None:
        if self._offered is not None:
            self._notices.dismiss(self._offered)
            self._offered = None
