"""Small computations off the main thread: a picture decoded, a source coloured.

Imports Qt only. Work must not touch widgets; results arrive on the main thread by signal. One object
belongs to one canvas and is closed with it.
"""

from collections.abc import Callable, Hashable
from contextlib import suppress

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot


class _Work:
    def __init__(
        self, owner: "Background", key: Hashable, generation: int, call: Callable[[], object]
    ) -> None:
        self.key: Hashable = key
        self.generation = generation
        self._work: tuple[Background, Callable[[], object]] | None = owner, call

    def forget(self) -> None:
        """Let go of what it was about; it is not begun any more."""
        self.key, self._work = None, None

    def run(self) -> None:
        """On a thread of the pool: do it, and tell so."""
        work, self._work = self._work, None
        if work is None:
            return
        owner, call = work
        result: object
        try:
            result = call()
        except Exception as error:
            result = error
        with suppress(RuntimeError):  # the canvas has gone meanwhile: nobody waits
            owner.finished.emit(self, result)


class Background(QObject):
    """A pool of threads that answers by key; asking twice for one key asks once.

    `done` carries the key and the result, or the exception that the work raised.
    """

    done = Signal(object, object)
    finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._running: dict[Hashable, _Work] = {}
        self._generation = 0
        self.finished.connect(self._deliver)

    def ask(self, key: Hashable, call: Callable[[], object]) -> None:
        """Run `call` on a thread, unless this key is being worked on."""
        if key in self._running:
            return
        work = _Work(self, key, self._generation, call)
        self._running[key] = work
        # A function, not a QRunnable made in Python: of those PySide keeps every one that a pool was given.
        self._pool.start(work.run)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return bool(self._running)

    def forget(self) -> None:
        """Drop what is under way: late answers are not delivered."""
        self._generation += 1
        for work in self._running.values():
            work.forget()
        self._running.clear()

    def close(self) -> None:
        """Wait for the threads; nothing is delivered afterwards."""
        self.forget()
        self._pool.waitForDone()

    @Slot(object, object)
    def _deliver(self, work: _Work, result: object) -> None:
        key = work.key
        work.forget()
        if work.generation != self._generation:
            return
        self._running.pop(key, None)
        self.done.emit(key, result)
