"""From worker threads to the window: calls that run on the main thread, and a stream that arrives in even
steps.

May import nothing of nbreview. Qt delivers a signal to an object on the thread the object lives on; both
classes here live on the main thread and are told things from any other, so that nobody else has to think
about threads.
"""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

FRAME_MS = 33
"""Time between two batches of a stream, milliseconds: about 30 Hz, which the eye takes for continuous."""


class MainThread(QObject):
    """Runs callables on the thread that it was made on, in the order they were posted."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Queue `call`; may be called from any thread, and returns at once."""
        self._posted.emit(call)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        call()


class Stream(QObject):
    """Values pushed from any thread, handed over on the main thread in batches.

    A model writes a hundred tokens a second and more; repainting for each would starve the window. `batch`
    carries the list of values since the last batch, at most once in `FRAME_MS`.
    """

    batch = Signal(list)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._values: list[Any] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.flush)
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)

    def push(self, value: Any) -> None:
        """Add a value; may be called from any thread."""
        with self._lock:
            first = not self._values
            self._values.append(value)
        if first:
            self._woken.emit()

    @Slot()
    def flush(self) -> None:
        """Hand over what has gathered now; call on the main thread."""
        self._timer.stop()
        with self._lock:
            values, self._values = self._values, []
        if values:
            self.batch.emit(values)

    def clear(self) -> None:
        """Forget what has not been handed over: the stream's task was stopped."""
        self._timer.stop()
        with self._lock:
            self._values.clear()

    @Slot()
    def _wake(self) -> None:
        if not self._timer.isActive():
            self._timer.start()
