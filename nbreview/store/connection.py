"""Opening, checking, upgrading and copying the store's file; and what its errors mean to a person.

Imports `errors`. sqlite-utils is imported when a store is opened: it brings numpy and pandas along where they
are installed.
"""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.store.blobs import searchable
from nbreview.store.migrations import APPLICATION_ID, MAJOR, migrations
from nbreview.store.rows import decode_text

BUSY_SECONDS = 10.0
"""How long a write waits for another process that is writing."""

_MAGIC = b"SQLite format 3\0"
_OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables
_ELSEWHERE = "or choose another file with --store or NBREVIEW_STORE"


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite that a person can mend into `UserError`; others are faults of ours and pass."""
    try:
        yield
    except sqlite3.Error as error:
        sentence = _sentence(path, error)
        if sentence is None:
            raise
        raise UserError(sentence) from error


def _sentence(path: Path, error: sqlite3.Error) -> str | None:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the low byte is the kind, the rest its detail
        case sqlite3.SQLITE_FULL:
            return f"The disk that holds {path} is full and nothing was stored; free some space."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return f"{path} cannot be written; make the file and its folder writable, {_ELSEWHERE}."
        case sqlite3.SQLITE_NOTADB:
            return f"{path} is not a store of nbreview; move it away, {_ELSEWHERE}."
        case sqlite3.SQLITE_CORRUPT:
            return f"{path} is damaged; put a backup in its place (they lie beside it), {_ELSEWHERE}."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"{path} is in use by another program and nothing was stored; end it or try again."
        case sqlite3.SQLITE_IOERR:
            return (
                f"{path} could not be read or written ({error}); check the disk and try again, {_ELSEWHERE}."
            )
    return None


def open_database(path: Path, *, create: bool, busy_seconds: float) -> Any:
    """Open a store's file, making or upgrading it where needed, and return the `sqlite_utils.Database`.

    Raises
    ------
    UserError
        The file cannot be used as a store; it is as it was.
    """
    import sqlite_utils

    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise UserError(
            f"This Python has SQLite {sqlite3.sqlite_version}, the store needs 3.37; use a newer Python."
        )
    _check_file(path, create)
    with translated(path):
        # Absolute, because a file may be called `:memory:` and SQLite would keep nothing of it.
        connection = sqlite3.connect(
            path.absolute(), timeout=busy_seconds, isolation_level=None, check_same_thread=False
        )
        try:
            connection.text_factory = decode_text
            connection.create_function("searchable", 2, searchable, deterministic=True)
            db = sqlite_utils.Database(connection, execute_plugins=False)
            _check_owner(db, path)
            _configure(db)
            _upgrade(db, path)
        except BaseException:
            connection.close()
            raise
    return db


def _check_file(path: Path, create: bool) -> None:
    try:
        if not path.exists():
            if not create:
                raise UserError(f"There is no store at {path} yet; review a notebook first, {_ELSEWHERE}.")
            if path.parent.is_file():
                raise UserError(f"{path.parent} is a file and holds no store; name a file in a folder.")
            path.parent.mkdir(parents=True, exist_ok=True)
            # Made here and not by SQLite, because what people decide is nobody else's to read.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            return
        if not path.is_file():
            kind = "a folder" if path.is_dir() else "a device"
            raise UserError(f"{path} is {kind} and cannot be the store; name a file.")
        with path.open("rb") as stream:
            start = stream.read(len(_MAGIC))
    except OSError as error:
        raise UserError(
            f"{path} cannot be opened ({error.strerror}); make it accessible, {_ELSEWHERE}."
        ) from error
    if start and start != _MAGIC:
        raise UserError(f"{path} is not a SQLite database; move it away, {_ELSEWHERE}.")


def _check_owner(db: Any, path: Path) -> None:
    # The tables first: another process that is making this store writes its mark together with them.
    tables = db.table_names()
    owner = _pragma(db, "application_id")
    if owner != APPLICATION_ID and (owner != 0 or tables):
        raise UserError(f"{path} is a database of another program; leave it alone, {_ELSEWHERE}.")
    version = _pragma(db, "user_version")
    if version > MAJOR:
        raise UserError(
            f"{path} was written by a newer nbreview (format {version}, this one knows {MAJOR}); "
            f"install that version or a later one, {_ELSEWHERE}."
        )


def _configure(db: Any) -> None:
    # When two processes open a fresh file at once, one is told that it is busy turning to WAL; the other does
    # it for both.
    with contextlib.suppress(sqlite3.OperationalError):
        db.enable_wal()
    db.execute("PRAGMA foreign_keys = ON")
    # A decision must survive the power going out: FULL syncs the log at each commit, EXTRA also the folder's
    # entry where WAL is not to be had (some network drives), and macOS empties the drive's own cache only
    # when asked to.
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA fullfsync = ON")


def _upgrade(db: Any, path: Path) -> None:
    steps = migrations()
    if not steps.pending(db):
        return
    done = len(steps.applied(db))
    if done and _holds_data(db):
        # Named with the version that it holds and the time, so that no backup takes another's place.
        version = f"v{_pragma(db, 'user_version')}.{done}"
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        copy_database(db, path.with_name(f"{path.name}.{version}.{stamp}.backup"))
    with transaction(db):
        steps.apply(db)  # looks again at what is pending, now that no other process can write
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {MAJOR}")


def _holds_data(db: Any) -> bool:
    tables = [name for name in db.table_names() if not name.startswith(("sqlite_", "_sqlite_"))]
    return any(db.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() is not None for name in tables)


def _pragma(db: Any, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


@contextlib.contextmanager
def transaction(db: Any) -> Iterator[None]:
    """All or nothing. IMMEDIATE: two processes queue for the right to write, and never fail half-way."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def copy_database(db: Any, target: Path) -> None:
    """Copy an open database to a new file by SQLite's backup interface: aside first, then renamed.

    Raises
    ------
    UserError
        The target exists or cannot be written.
    """
    if target.exists():
        raise UserError(f"{target} exists already; name a file that does not.")
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".new")
        os.close(handle)
        aside = Path(name)
        try:
            with translated(target):
                copy = sqlite3.connect(aside, isolation_level=None)
                try:
                    db.conn.backup(copy)
                    # One file that stands alone, without a log beside it.
                    copy.execute("PRAGMA journal_mode = DELETE")
                finally:
                    copy.close()
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{target} cannot be written ({error.strerror}); choose another folder.") from error
