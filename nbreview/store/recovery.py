"""Recognising a damaged store when it is opened, and putting one in its place that holds what could be read.

The damaged file is kept aside. Whatever interrupts this, the next opening goes on where it ended: the new
file is made ready under a name of its own, and what has that name is whole. Imports `errors` and the modules
beside it.
"""

import contextlib
import functools
import os
import sqlite3
import struct
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.store.migrations import APPLICATION_ID, MAJOR
from nbreview.store.pages import MAGIC, frames
from nbreview.store.salvage import Salvaged, salvage
from nbreview.words import Said, said

CHECK_SECONDS = 0.15
"""How long a store is looked over when it is opened; `verify` takes the time that it needs."""

_TABLES = ("decisions", "suggestions", "comments", "findings", "models", "documents", "cell_acts", "blobs")
_TRACES = (b"CREATE TABLE suggestions", b"CREATE TABLE decisions")
_TRACED_BYTES = 2**20
_WORDS = {
    "decisions": (said("{count} decision"), said("{count} decisions")),
    "suggestions": (said("{count} suggestion"), said("{count} suggestions")),
    "comments": (said("{count} comment"), said("{count} comments")),
    "comment_events": (said("{count} act on comments"), said("{count} acts on comments")),
    "findings": (said("{count} finding"), said("{count} findings")),
    "finding_outcomes": (said("{count} outcome of findings"), said("{count} outcomes of findings")),
    "reviews": (said("{count} review"), said("{count} reviews")),
    "snapshots": (said("{count} snapshot"), said("{count} snapshots")),
    "cell_acts": (said("{count} act that could be undone"), said("{count} acts that could be undone")),
    "draft_steps": (said("{count} step of a draft"), said("{count} steps of drafts")),
}
"""One and many rows of a table."""


class Damaged(Exception):
    """A store's file is damaged: it is ours, and SQLite cannot read all of it. `reason` is what was seen."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was done about a damaged store. `aside` is the damaged file, as it was."""

    path: Path
    aside: Path
    kept: Mapping[str, int]
    lost: Mapping[str, int]
    exact: bool

    @property
    def sentence(self) -> Said:
        """The one sentence for the person."""
        gone = _listed(self.lost)
        if gone is None:
            lost = said("none of them was lost")
        else:
            lost = said("{what} lost", what=gone) if self.exact else said("at most {what} lost", what=gone)
        return said(
            "{path} was damaged: {kept} recovered, {lost}; the damaged file is kept as {aside}, and "
            "`nbreview store merge` brings back what a backup still has.",
            path=self.path,
            kept=_listed(self.kept) or said("nothing"),
            lost=lost,
            aside=self.aside.name,
        )


def _listed(counts: Mapping[str, int]) -> Said | None:
    """What there is of each table, None for nothing at all."""
    parts = [
        Said(_WORDS[name][number != 1].template, {"count": number})
        for name, number in sorted(counts.items())
        if number
    ]
    return (
        functools.reduce(lambda some, one: said("{some}, {one}", some=some, one=one), parts)
        if parts
        else None
    )


def check_files(path: Path, wal: bytes) -> None:
    """Look at a store's files before SQLite does.

    Raises
    ------
    Damaged
        The file is empty and its log is not: SQLite would throw the log away.
    """
    if path.stat().st_size == 0 and any(frame.commit for frame in frames(wal)):
        raise Damaged("the file is empty, its log is not")


def read_log(path: Path) -> bytes:
    """The log beside a store, b"" where there is none."""
    try:
        return _log_of(path).read_bytes()
    except OSError:
        return b""


def missing_log(path: Path) -> str:
    """The sentence for a log that somebody took away, a `Said`; "" where none is missing.

    The log and its index go together when the last program ends: an index alone, which counts more frames of
    the log than were brought into the file, is left of a crash whose log was taken away (the fields of the
    index are described at sqlite.org/walformat.html).
    """
    log, index = _log_of(path), path.with_name(f"{path.name}-shm")
    if not path.exists() or log.exists():
        return ""
    try:
        counts = index.read_bytes()[:100]
        if log.exists() or len(counts) < 100:
            return ""
    except OSError:
        return ""
    if struct.unpack("=I", counts[96:100])[0] >= struct.unpack("=I", counts[16:20])[0]:
        return ""
    return said(
        "{path} is missing, and with it perhaps what was decided last; if you have the file, end the program "
        "and put it back.",
        path=log,
    )


def check_log(db: Any, path: Path, wal: bytes) -> None:
    """See whether SQLite took all of the log that was there before it looked.

    Raises
    ------
    Damaged
        A transaction that was ended lies behind a frame whose checksum is wrong; SQLite passes over it in
        silence.
    """
    if not wal:
        return
    ended = [number for number, frame in enumerate(frames(wal), 1) if frame.commit]
    # A disk that is full, or a lock that somebody holds, is no damage.
    with contextlib.suppress(sqlite3.OperationalError):
        if not ended or _taken(db) >= ended[-1]:
            return
        # Another process may be just about to tell of what it has written: it has done so when it lets one
        # write.
        db.execute("BEGIN IMMEDIATE")
        db.execute("ROLLBACK")
        if _taken(db) < ended[-1] and read_log(path)[:32] == wal[:32]:
            raise Damaged("its log is broken")


def _taken(db: Any) -> int:
    """How many frames of the log SQLite has taken."""
    return int(db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])


def check_tables(db: Any, seconds: float = CHECK_SECONDS) -> None:
    """Look over a store's tables, the most precious first, as long as there is time.

    Raises
    ------
    Damaged
        Something in it is not as SQLite writes it.
    """
    end = time.monotonic() + seconds
    tables = set(db.table_names())
    # An interrupted check says nothing about what it has not seen.
    db.conn.set_progress_handler(lambda: time.monotonic() > end, 1000)
    try:
        for table in _TABLES:
            if table in tables and time.monotonic() < end:
                for (found,) in db.execute(f"PRAGMA quick_check({table})").fetchall():
                    if found != "ok":
                        raise Damaged(str(found).splitlines()[-1])
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
    finally:
        db.conn.set_progress_handler(None, 0)


def is_ours(path: Path) -> bool:
    """Whether a file that SQLite cannot read shows that it was a store, and one that this program knows."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_TRACED_BYTES)
    except OSError:
        return False
    if len(start) >= 100 and start[: len(MAGIC)] == MAGIC:
        version, owner = struct.unpack(">I", start[60:64])[0], struct.unpack(">I", start[68:72])[0]
        if owner == APPLICATION_ID:
            return bool(version <= MAJOR)
    return any(trace in start for trace in _TRACES)


def ready(path: Path) -> Path:
    """Where a recovered store waits to be put in a damaged one's place."""
    return path.with_name(f"{path.name}.recovered")


@contextlib.contextmanager
def alone(path: Path, busy_seconds: float) -> Iterator[None]:
    """Let one process at a time recover a store. A lock of SQLite's own, which ends with its process.

    Raises
    ------
    UserError
        Another process is at it, or the folder cannot be written.
    """
    place = path.with_name(f"{path.name}.recovering")
    try:
        lock = sqlite3.connect(place.absolute(), timeout=busy_seconds, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            lock.close()
            place.unlink(missing_ok=True)
    except sqlite3.OperationalError as error:
        raise UserError(
            said(
                "{path} is damaged and cannot be mended where it is ({reason}); make its folder writable, or "
                "end the other program that is using it, and open it again.",
                path=path,
                reason=str(error),
            )
        ) from error


def set_aside(path: Path, wal: bytes) -> Path:
    """Keep a damaged store, and its log, under a name that says when; the copy's path.

    Raises
    ------
    UserError
        The folder cannot be written.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    try:
        _write(aside, path.read_bytes())
        if wal:
            _write(_log_of(aside), wal)
    except OSError as error:
        drop_aside(aside)
        raise _unwritten(path, error) from error
    return aside


def drop_aside(aside: Path) -> None:
    """Take a copy away that turned out not to be needed."""
    aside.unlink(missing_ok=True)
    _log_of(aside).unlink(missing_ok=True)


def recover(
    path: Path, aside: Path, fill: Callable[[Path, Callable[[Any, Path], Salvaged]], Salvaged]
) -> Recovery:
    """Put what can be read of a store that was set aside in its place.

    Parameters
    ----------
    fill:
        Makes a new store at a path, and calls what it is given with its database and a scratch file, inside
        a transaction.

    Raises
    ------
    UserError
        The folder cannot be written; the damaged file is where it was.
    """
    try:
        data, wal = aside.read_bytes(), read_log(aside)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.", suffix=".new") as folder:
            new = Path(folder) / "new.sqlite3"
            done = fill(new, lambda db, scratch: salvage(data, wal, db, scratch))
            new.replace(ready(path))
        put_in_place(path)
    except OSError as error:
        raise _unwritten(path, error) from error
    return Recovery(path, aside, done.kept, done.lost, done.exact)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _unwritten(path: Path, error: OSError) -> UserError:
    return UserError(
        said(
            "{path} is damaged and what is left of it could not be written ({reason}); free some space or "
            "make its folder writable, and open it again.",
            path=path,
            reason=error.strerror,
        )
    )


def put_in_place(path: Path) -> bool:
    """Put a recovered store that is ready in the damaged one's place; whether there was one.

    The log goes first: it belongs to the damaged file, and SQLite would read it into the new one.
    """
    new = ready(path)
    if not new.exists():
        return False
    for end in ("-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    new.replace(path)
    return True


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
