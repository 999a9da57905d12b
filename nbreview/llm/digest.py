"""The hash of a model's files, which says in every stored decision which model it was. Cached by path, size
and time."""

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.llm.cache import JsonCache

_CHUNK = 4 * 2**20


def fingerprint(paths: Sequence[Path]) -> str:
    """What changes when a file is replaced: path, size and time of each."""
    marks = [(path, path.stat()) for path in paths]
    return "|".join(f"{path.resolve()}:{mark.st_size}:{mark.st_mtime_ns}" for path, mark in marks)


class Digest:
    """SHA-256 of files one after the other, computed in a thread from the start; one file gives its usual
    hash."""

    def __init__(self, paths: Sequence[Path], cache: JsonCache) -> None:
        self._paths = tuple(paths)
        self._cache = cache
        self._stop = threading.Event()
        self._done = threading.Event()
        self._hex = ""
        threading.Thread(target=self._compute, daemon=True, name="model hash").start()

    def stop(self) -> None:
        """Give up."""
        self._stop.set()

    def result(self, cancel: CancelToken) -> str:
        """Wait for the hash, in hexadecimal; empty when a file cannot be read any more.

        Raises
        ------
        Cancelled
            The token was cancelled while waiting; the computation ends too.
        """
        cancel.on_cancel(self._done.set)
        self._done.wait()
        if cancel.cancelled:
            self.stop()
        cancel.check()
        return self._hex

    def _compute(self) -> None:
        try:
            key = fingerprint(self._paths)
            known = self._cache.get("sha256", key)
            self._hex = known if isinstance(known, str) else self._hash()
            if self._hex and self._hex != known:
                self._cache.put("sha256", key, self._hex)
        except OSError:
            self._hex = ""
        finally:
            self._done.set()

    def _hash(self) -> str:
        digest = hashlib.sha256()
        for path in self._paths:
            with path.open("rb", buffering=0) as stream:
                while part := stream.read(_CHUNK):
                    if self._stop.is_set():
                        return ""
                    digest.update(part)
        return digest.hexdigest()
