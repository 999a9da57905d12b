"""Work off the main thread, in named slots.

Imports only `cancellation` and `bridge`. A slot holds one task: a new one cancels the old, and whatever the
old one still brings home is dropped by its generation number. Callbacks run on the main thread, so they may
touch widgets; work may not.
"""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.gui.bridge import FRAME_MS, MainThread
from nbreview.gui.language import spoken

T = TypeVar("T")
Report = Callable[[float, str], None]
"""How work tells its progress: a fraction from 0 to 1 (below 0: unknown) and a few words."""

MAX_THREADS = 16
"""A stopped task may take a moment to notice; its successor must not queue behind it."""


@dataclass(frozen=True, slots=True)
class RunningTask:
    """What the status bar shows of one task. `progress` is from 0 to 1, below 0 while unknown; `started` is
    `time.monotonic`. `finish`: it writes, see `TaskRunner.start`.
    """

    slot: str
    title: str
    progress: float
    detail: str
    started: float
    finish: bool = False


@dataclass(slots=True)
class _Job:
    slot: str
    title: str
    generation: int
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None] | None
    stopped: Callable[[], None] | None
    finish: bool
    token: CancelToken = field(default_factory=CancelToken)
    started: float = field(default_factory=time.monotonic)
    progress: float = -1.0
    detail: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)
    told: bool = False  # a progress message is on its way to the main thread


class TaskRunner(QObject):
    """Owner of every thread that the window starts. Make it, call it and destroy it on the main thread."""

    changed = Signal()
    """The set of running tasks, or the progress of one, has changed (progress at most about 30 times a
    second).
    """
    error = Signal(str, object)
    """A task without a `failed` handler raised, or a callback did: the task's title and the exception."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(MAX_THREADS)
        self._main = MainThread(self)
        self._generations = itertools.count(1)
        self._jobs: dict[str, _Job] = {}
        self._closed = False
        self._progress_timer = QTimer(self)
        self._progress_timer.setSingleShot(True)
        self._progress_timer.setInterval(FRAME_MS)
        self._progress_timer.timeout.connect(self.changed)

    def start(
        self,
        slot: str,
        title: str,
        work: Callable[[CancelToken, Report], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        stopped: Callable[[], None] | None = None,
        *,
        finish: bool = False,
    ) -> bool:
        """Run `work` on another thread; a task that is still in the slot is stopped first. Whether it was
        started: not after `shutdown`, and not in place of a task that is to be finished.

        Parameters
        ----------
        slot:
            Name of the slot ("diff", "model").
        title:
            What the status bar says while it runs ("Comparing").
        work:
            Called as `work(token, report)` on a pool thread; polls `token` and touches no widget.
        done:
            Gets the result on the main thread, unless the task was stopped or replaced meanwhile.
        failed:
            Gets the exception on the main thread; without it the exception goes to `error`. `Cancelled`
            goes to neither.
        stopped:
            Called on the main thread, once, when the task was stopped, was replaced or raised `Cancelled`.
        finish:
            For work that writes: Stop asks it to end, but it keeps its slot until it has said how it ended,
            because what it has written has been written.
        """
        if self._closed or (slot in self._jobs and self._jobs[slot].finish):
            return False
        self._drop(slot)
        job = _Job(slot, title, next(self._generations), done, failed, stopped, finish)
        self._jobs[slot] = job
        # A function, not a QRunnable made in Python: of those PySide keeps every one that a pool was given.
        self._pool.start(lambda: self._perform(job, work))
        self.changed.emit()
        return True

    def running(self) -> tuple[RunningTask, ...]:
        """The tasks under way, oldest first."""
        jobs = sorted(self._jobs.values(), key=lambda job: job.generation)
        return tuple(
            RunningTask(job.slot, job.title, job.progress, job.detail, job.started, job.finish)
            for job in jobs
        )

    def is_running(self, slot: str) -> bool:
        """Whether a task is under way in `slot`."""
        return slot in self._jobs

    def stop(self, slot: str) -> None:
        """Cancel the slot's task, if there is one. Unless it is to be finished, it counts as gone at once and
        its result will be dropped.
        """
        if self._drop(slot):
            self.changed.emit()

    def stop_all(self) -> None:
        """Cancel every task."""
        if [slot for slot in tuple(self._jobs) if self._drop(slot)]:
            self.changed.emit()

    def shutdown(self, timeout_ms: int = 5000) -> bool:
        """Cancel everything, refuse new work and wait for the threads to end.

        Returns whether they all ended within `timeout_ms`; nothing is delivered after this call.
        """
        self._closed = True
        self.stop_all()
        self._jobs.clear()
        self._progress_timer.stop()
        return self._pool.waitForDone(timeout_ms)

    def _drop(self, slot: str) -> bool:
        job = self._jobs.get(slot)
        if job is None:
            return False
        job.token.cancel()
        if job.finish:
            return False
        del self._jobs[slot]
        if job.stopped is not None:
            self._call(job, job.stopped)
        return True

    def _perform(self, job: _Job, work: Callable[[CancelToken, Report], Any]) -> None:
        """On a pool thread: run the work and post what came of it."""

        def report(progress: float, detail: str) -> None:
            with job.lock:
                job.progress, job.detail = min(progress, 1.0), spoken(detail)
                first, job.told = not job.told, True
            if first:
                self._main.post(lambda: self._progressed(job))

        result: Any = None
        failure: BaseException | None = None
        try:
            job.token.check()
            result = work(job.token, report)
        except BaseException as error:  # nothing may be lost on a pool thread, not even SystemExit
            failure = error
        self._main.post(lambda: self._finished(job, result, failure))

    def _progressed(self, job: _Job) -> None:
        with job.lock:
            job.told = False
        if self._jobs.get(job.slot) is job and not self._progress_timer.isActive():
            self._progress_timer.start()

    def _finished(self, job: _Job, result: Any, failure: BaseException | None) -> None:
        current = self._jobs.get(job.slot)
        if current is None or current.generation != job.generation:
            return
        del self._jobs[job.slot]
        if failure is None:
            self._call(job, lambda: job.done(result))
        elif isinstance(failure, Cancelled):
            if job.stopped is not None:
                self._call(job, job.stopped)
        elif job.failed is not None:
            handler = job.failed
            self._call(job, lambda: handler(failure))
        else:
            self.error.emit(job.title, failure)
        self.changed.emit()

    def _call(self, job: _Job, callback: Callable[[], None]) -> None:
        """A callback's own fault must reach a person too, and must not leave the runner half-way."""
        try:
            callback()
        except Exception as error:
            self.error.emit(job.title, error)
