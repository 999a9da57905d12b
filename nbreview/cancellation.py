"""Cooperative cancellation of long work.

Bottom floor: imports nothing of nbreview. Work takes a `CancelToken` and calls `check` every few hundred
steps; whoever started it calls `cancel` from any thread.
"""

import threading
from collections.abc import Callable


class Cancelled(Exception):
    """The work was stopped on request; nothing it was about to do has happened."""


class CancelToken:
    """A flag that one thread raises and another polls."""

    __slots__ = ("_callbacks", "_event", "_lock")

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` has been called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask the work to stop and run the callbacks once, in the calling thread."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def check(self) -> None:
        """Raise `Cancelled` when the work has been asked to stop."""
        if self._event.is_set():
            raise Cancelled

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Call `callback` when cancelled (at once if that has happened): to end a child process, say."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return
        callback()
