"""StoreFile: one SQLite file that is open, and the ways in: reading, and writing in a transaction.

Imports the modules beside it and nothing above.
"""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nbreview.store.connection import BUSY_SECONDS, open_database, transaction, translated
from nbreview.store.recovery import Recovery, missing_log


class StoreFile:
    """An open store's file. What may be asked of it is in `window_memory` and `database`."""

    def __init__(self, path: Path, db: Any, recovery: Recovery | None = None, notice: str = "") -> None:
        self.path = path
        self.recovery = recovery
        """What was done about the file if it was found damaged: `notice` has its sentence."""
        self.notice = recovery.sentence if recovery is not None else notice
        """What the person must be told about the file, in one sentence; "" mostly."""
        self._db = db
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path, *, create: bool = True, busy_seconds: float = BUSY_SECONDS) -> Self:
        """Open a store, upgrading an older one after a backup beside it. A damaged one is set aside, and a
        new one with all that could be read takes its place (`recovery` then says what).

        Parameters
        ----------
        create:
            Whether a missing file is made, with its folders.
        busy_seconds:
            How long a write waits for another process that is writing.

        Raises
        ------
        UserError
            The file is missing, not a store, newer than this program, or cannot be opened.
        """
        notice = missing_log(path)
        db, recovery = open_database(path, create=create, busy_seconds=busy_seconds)
        return cls(path, db, recovery, notice)

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Any]:
        with self._lock, translated(self.path):
            yield self._db

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Any]:
        with self._reading() as db, transaction(db):
            yield db
