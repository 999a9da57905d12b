"""Opening, checking, upgrading and copying the store's file; and what its errors mean to a person.

Imports `errors`. sqlite-utils is imported when a store is opened: it brings numpy and pandas along where they
are installed.
"""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.store.blobs import searchable
from nbreview.store.library import sqlite_utils
from nbreview.store.migrations import APPLICATION_ID, MAJOR, migrations
from nbreview.store.recovery import (
    Damaged,
    Recovery,
    alone,
    check_files,
    check_log,
    check_tables,
    drop_aside,
    is_ours,
    put_in_place,
    read_log,
    ready,
    recover,
    set_aside,
)
from nbreview.store.rows import decode_text
from nbreview.store.salvage import Salvaged
from nbreview.words import Said, said

BUSY_SECONDS = 10.0
"""How long a write waits for another process that is writing."""

_OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_UNWRITABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
_ELSEWHERE = said("or choose another file with --store or NBREVIEW_STORE")


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


def _sentence(path: Path, error: sqlite3.Error) -> Said | None:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the low byte is the kind, the rest its detail
        case sqlite3.SQLITE_FULL:
            return said(
                "The disk that holds {path} is full and nothing was stored; free some space.", path=path
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return said(
                "{path} cannot be written; make the file and its folder writable, {elsewhere}.",
                path=path,
                elsewhere=_ELSEWHERE,
            )
        case sqlite3.SQLITE_NOTADB:
            return said(
                "{path} is not a SQLite database; move it away, {elsewhere}.", path=path, elsewhere=_ELSEWHERE
            )
        case sqlite3.SQLITE_CORRUPT:
            return said(
                "{path} is damaged; close the program and open it again, and what can be read of it is "
                "recovered.",
                path=path,
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return said(
                "{path} is in use by another program and nothing was stored; end it or try again.", path=path
            )
        case sqlite3.SQLITE_IOERR:
            return said(
                "{path} could not be read or written ({reason}); check the disk and try again, {elsewhere}.",
                path=path,
                reason=str(error),
                elsewhere=_ELSEWHERE,
            )
    return None


def open_database(path: Path, *, create: bool, busy_seconds: float) -> tuple[Any, Recovery | None]:
    """Open a store's file, making or upgrading it where needed; a damaged one is set aside and what could be
    read of it is put in its place.

    Returns the `sqlite_utils.Database`, and what was recovered if the file was damaged.

    Raises
    ------
    UserError
        The file cannot be used as a store; it is as it was.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise UserError(
            said(
                "This Python has SQLite {version}, the store needs 3.37; use a newer Python.",
                version=sqlite3.sqlite_version,
            )
        )
    if ready(path).exists():  # a recovery was interrupted at its last step
        with alone(path, busy_seconds):
            put_in_place(path)
    _check_file(path, create)
    with translated(path):
        try:
            opened = _open(path, busy_seconds)
        except sqlite3.OperationalError as error:
            # A log cannot be laid beside a store in a folder that is read-only.
            if error.sqlite_errorcode & 0xFF not in _UNWRITABLE or os.access(path.parent, os.W_OK):
                raise
            return _open_to_read(path), None
        if not isinstance(opened, Recovery):
            return opened, None
        again = _open(path, busy_seconds)
        if isinstance(again, Recovery):
            raise UserError(
                said(
                    "{path} was damaged again; check the disk, {elsewhere}.", path=path, elsewhere=_ELSEWHERE
                )
            )
        return again, opened


def rebuild(path: Path, busy_seconds: float = BUSY_SECONDS) -> Recovery:
    """Treat a store as damaged, whatever a short look says of it: set it aside and put what can be read of it
    in its place. It must be closed.

    Raises
    ------
    UserError
        Another program has it open, or the folder cannot be written.
    """
    with translated(path):
        recovery = _recover(path, path.stat().st_ino, read_log(path), connect(path), busy_seconds)
    assert isinstance(recovery, Recovery)
    return recovery


def connect(path: Path, busy_seconds: float = BUSY_SECONDS, *, mode: str = "") -> sqlite3.Connection:
    """A connection that reads texts and searches as the store does. `mode` holds parameters of SQLite's URI
    for a file that is not to be written.
    """
    # Absolute, because a file may be called `:memory:` and SQLite would keep nothing of it.
    place = f"{path.absolute().as_uri()}?{mode}" if mode else path.absolute()
    connection = sqlite3.connect(
        place, timeout=busy_seconds, isolation_level=None, check_same_thread=False, uri=bool(mode)
    )
    connection.text_factory = decode_text
    connection.create_function("searchable", 2, searchable, deterministic=True)
    return connection


def _open(path: Path, busy_seconds: float) -> Any:
    """The open database, or the `Recovery` that took its place."""
    file = path.stat().st_ino
    wal = read_log(path)
    connection = connect(path, busy_seconds)
    try:
        db = sqlite_utils().Database(connection, execute_plugins=False)
        try:
            check_files(path, wal)
            _check_owner(db, path)
            _check_length(db, path, wal)
            _configure(db)
            check_log(db, path, wal)
            check_tables(db)
        except Damaged:
            return _recover(path, file, wal, connection, busy_seconds)
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_CORRUPT and not is_ours(path):
                raise UserError(
                    said(
                        "{path} is damaged and shows no trace of a store; put a backup in its place, "
                        "{elsewhere}.",
                        path=path,
                        elsewhere=_ELSEWHERE,
                    )
                ) from error
            if code not in _BROKEN or not is_ours(path):
                raise
            return _recover(path, file, wal, connection, busy_seconds)
        _upgrade(db, path)
    except BaseException:
        connection.close()
        raise
    return db


def _open_to_read(path: Path) -> Any:
    """A store in a folder that cannot be written, to look at; what writes says that it cannot.

    Raises
    ------
    UserError
        It is of an older version, or was left by a crash with a log that only a writer can read.
    """
    # Nobody can write it here, so nothing needs to be locked; but a log would be passed over.
    connection = connect(path, mode="mode=ro" if read_log(path) else "mode=ro&immutable=1")
    try:
        db = sqlite_utils().Database(connection, execute_plugins=False)
        _check_owner(db, path)
        if migrations().pending(db):
            raise UserError(
                said(
                    "{path} is of an older version and its folder cannot be written to upgrade it; copy it "
                    "to another folder and name that with --store.",
                    path=path,
                )
            )
    except Damaged as error:
        connection.close()
        raise UserError(
            said(
                "{path} is damaged and its folder cannot be written to recover it; copy it to another folder "
                "and name that with --store.",
                path=path,
            )
        ) from error
    except BaseException:
        connection.close()
        raise
    return db


def _recover(path: Path, file: int, wal: bytes, connection: sqlite3.Connection, busy_seconds: float) -> Any:
    with alone(path, busy_seconds):
        if path.stat().st_ino != file:  # another process has just recovered it
            connection.close()
            return _open(path, busy_seconds)
        # Kept before SQLite closes the file: it would write its log into it, and throw the log away.
        aside = set_aside(path, wal)
        try:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA journal_mode = DELETE")  # refused while another program has it open
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                drop_aside(aside)
                raise UserError(
                    said(
                        "{path} is damaged and in use by another program; end that program and open it "
                        "again: what can be read of it is then recovered.",
                        path=path,
                    )
                ) from error
        connection.close()
        return recover(path, aside, _fill)


def _fill(new: Path, fill: Callable[[Any, Path], Salvaged]) -> Salvaged:
    os.close(os.open(new, os.O_CREAT | os.O_RDWR, 0o600))
    db = _open(new, BUSY_SECONDS)
    try:
        with transaction(db):
            done = fill(db, new.with_name("scratch.sqlite3"))
        db.execute("PRAGMA journal_mode = DELETE")  # one file that stands alone
    finally:
        db.close()
    return done


def _check_file(path: Path, create: bool) -> None:
    try:
        if not path.exists():
            if not create:
                raise UserError(
                    said(
                        "There is no store at {path} yet; review a notebook first, {elsewhere}.",
                        path=path,
                        elsewhere=_ELSEWHERE,
                    )
                )
            if path.parent.is_file():
                raise UserError(
                    said("{path} is a file and holds no store; name a file in a folder.", path=path.parent)
                )
            path.parent.mkdir(parents=True, exist_ok=True)
            # Made here and not by SQLite, because what people decide is nobody else's to read.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            return
        if path.is_dir():
            raise UserError(said("{path} is a folder and cannot be the store; name a file.", path=path))
        if not path.is_file():
            raise UserError(said("{path} is a device and cannot be the store; name a file.", path=path))
    except OSError as error:
        raise UserError(
            said(
                "{path} cannot be opened ({reason}); make it accessible, {elsewhere}.",
                path=path,
                reason=error.strerror,
                elsewhere=_ELSEWHERE,
            )
        ) from error


def _check_owner(db: Any, path: Path) -> None:
    # The tables first: another process that is making this store writes its mark together with them.
    tables = db.table_names()
    owner = _pragma(db, "application_id")
    # A store gets its tables and its mark in one transaction: one without the other is a broken page.
    marked, filled = owner == APPLICATION_ID, {"suggestions", "decisions", "blobs"} <= set(tables)
    if marked != filled and (marked or "_sqlite_migrations" in tables):
        raise Damaged("its first page is broken")
    if owner != APPLICATION_ID and (owner != 0 or tables):
        raise UserError(
            said(
                "{path} is a database of another program; leave it alone, {elsewhere}.",
                path=path,
                elsewhere=_ELSEWHERE,
            )
        )
    version = _pragma(db, "user_version")
    if version > MAJOR:
        raise UserError(
            said(
                "{path} was written by a newer nbreview (format {version}, this one knows {known}); "
                "install that version or a later one, {elsewhere}.",
                path=path,
                version=version,
                known=MAJOR,
                elsewhere=_ELSEWHERE,
            )
        )


def _check_length(db: Any, path: Path, wal: bytes) -> None:
    expected = _pragma(db, "page_count") * _pragma(db, "page_size")
    if wal or path.stat().st_size >= expected:
        return
    # Another process may have begun to write since the log was read: what is not in the file is now in the
    # log, or was brought from there into the file.
    if not read_log(path) and path.stat().st_size < expected:
        raise Damaged("its end is missing")


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
    # What is taken out is overwritten: a page that is free holds nothing that was forgotten, or that a
    # recovery could take for a row.
    db.execute("PRAGMA secure_delete = ON")


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
        raise UserError(said("{path} exists already; name a file that does not.", path=target))
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
        raise UserError(
            said(
                "{path} cannot be written ({reason}); choose another folder.",
                path=target,
                reason=error.strerror,
            )
        ) from error
