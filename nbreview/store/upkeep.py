"""What is done with a whole store: verify and repair it, take over another, forget, copy.

Joins the modules beside it. Every function may take long and may run on a worker thread.
"""

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbreview.errors import UserError
from nbreview.store import forgetting, merging, verification
from nbreview.store.connection import connect, rebuild, translated
from nbreview.store.database import Store
from nbreview.store.forgetting import Selection
from nbreview.store.library import sqlite_utils
from nbreview.store.merging import MergeReport
from nbreview.store.recovery import Recovery
from nbreview.store.search import identify
from nbreview.store.verification import Verified
from nbreview.words import Said, said


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a look at a store found and what was done about it. `recovery`: it had to be written anew."""

    found: Verified
    now: Verified
    recovery: Recovery | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went: rows by table, in the store and in each copy beside it.

    `left` are files beside the store that may still hold it. `emptied` is false while another program reads
    the store and so keeps the log that still holds what was forgotten.
    """

    rows: Mapping[str, int]
    copies: Mapping[Path, Mapping[str, int]]
    left: tuple[Path, ...]
    emptied: bool = True


def verify_store(store: Store) -> Verified:
    """Check every page, reference and text, and the search index; nothing is changed.

    Raises
    ------
    UserError
        The file cannot be read.
    """
    with store._writing() as db:  # what is checked is not to change meanwhile
        return verification.verify(db)


def repair_store(path: Path) -> Repaired:
    """Verify a store and mend what is wrong: what follows from the rest is made again, else what can be read
    is written to a new file and the damaged one set aside.

    Raises
    ------
    UserError
        The file cannot be read or written, or another program has it open.
    """
    with Store.open(path, create=False) as store:
        found = verify_store(store)
        if found.whole and not found.unused_texts:
            return Repaired(found, found, store.recovery)
        if found.whole or found.mendable:
            with store._writing() as db:
                verification.mend(db)
            return Repaired(found, verify_store(store), store.recovery)
    recovery = rebuild(path)
    with Store.open(path, create=False) as store:
        return Repaired(found, verify_store(store), recovery)


def backup_store(store: Store, target: Path) -> Verified:
    """Copy a store, which may be in use, to a new file, and verify the copy.

    Raises
    ------
    UserError
        The target exists or cannot be written, or the copy is not whole: then there is none.
    """
    store.backup(target)
    with translated(target), contextlib.closing(connect(target)) as connection:
        copied = verification.verify(sqlite_utils().Database(connection, execute_plugins=False))
    if copied.whole:
        return copied
    target.unlink()
    raise UserError(
        said(
            "The copy was not whole ({problem}) and was taken away; run `nbreview store verify`.",
            problem=copied.problems[0],
        )
    )


def merge_store(store: Store, other: Path) -> MergeReport:
    """Take over what another store holds, an older one too; the other file is left as it is.

    Raises
    ------
    UserError
        The other file is missing, this store itself, no store, newer than this program, or cannot be read.
        Nothing has been taken over then.
    """
    if not other.is_file():
        raise UserError(said("There is no store at {path}; name the file to merge.", path=other))
    if other.samefile(store.path):
        raise UserError(said("{path} is this store itself; name another one to merge.", path=other))
    with _copy(other) as copy:
        try:
            opened = Store.open(copy, create=False)
        except UserError as error:
            raise UserError(_renamed(error.message, str(copy), str(other))) from error
        with opened, opened._reading() as theirs, store._writing() as db:
            return merging.merge(db, theirs)


def _renamed(text: str, copy: str, other: str) -> str:
    """A sentence about the copy, said of the file that it was made from."""
    if not isinstance(text, Said):
        return text.replace(copy, other)
    return Said(
        text.template,
        {
            name: _renamed(value if isinstance(value, str) else str(value), copy, other)
            for name, value in text.values.items()
        },
    )


@contextlib.contextmanager
def _copy(other: Path) -> Iterator[Path]:
    """A copy of a store that may be in use, upgraded or mended without touching the original."""
    with tempfile.TemporaryDirectory(prefix="nbreview-merge-") as folder:
        copy = Path(folder) / "other.sqlite3"
        try:
            source = sqlite3.connect(f"{other.absolute().as_uri()}?mode=ro", uri=True)
            try:
                with contextlib.closing(sqlite3.connect(copy)) as target:
                    source.backup(target)
            finally:
                source.close()
        except sqlite3.Error:
            # Damaged, or in a folder where SQLite cannot lay its own files: byte for byte.
            _copy_bytes(other, copy)
        yield copy


def _copy_bytes(other: Path, copy: Path) -> None:
    try:
        copy.write_bytes(other.read_bytes())
        log = other.with_name(f"{other.name}-wal")
        if log.exists():
            copy.with_name(f"{copy.name}-wal").write_bytes(log.read_bytes())
    except OSError as error:
        raise UserError(
            said("{path} cannot be read ({reason}); make it readable.", path=other, reason=error.strerror)
        ) from error


def forget(
    store: Store, selection: Selection, *, dry_run: bool = False, with_damaged: bool = False
) -> Forgotten:
    """Take out what is selected, from the store, its free pages, its log and the copies beside it.

    Parameters
    ----------
    selection:
        A decision may be named by the start of its id.
    dry_run:
        Only count.
    with_damaged:
        Delete damaged files that were set aside; nobody can say what they hold.

    Raises
    ------
    UserError
        There is nothing of it in the store or in a copy, or a file cannot be written.
    """
    selection = _whole_id(store, selection)
    rows: dict[str, int] = {}
    with store._reading() as db:
        db.execute("BEGIN IMMEDIATE")
        try:
            rows = forgetting.forget(db, selection)
            db.execute("ROLLBACK" if dry_run else "COMMIT")
        except BaseException:
            db.rollback()
            raise
    copies = {
        copy: gone
        for copy in forgetting.backups(store.path)
        if (gone := _forget_in_copy(copy, selection, dry_run))
    }
    damaged = forgetting.damaged(store.path)
    if not rows and not copies and not (damaged and with_damaged):
        raise UserError(
            said(
                "There is nothing of {name} in {path}; search it for what is meant.",
                name=_named(selection),
                path=store.path,
            )
        )
    emptied = True
    if not dry_run:
        with store._reading() as db:
            emptied = forgetting.scrub(db)
        if with_damaged:
            for file in damaged:
                file.unlink(missing_ok=True)
            damaged = ()
    return Forgotten(rows, copies, damaged, emptied)


def _whole_id(store: Store, selection: Selection) -> Selection:
    if not selection.decision:
        return selection
    with store._reading() as db:
        kind, id = identify(db, selection.decision)
    if kind not in ("decision", "suggestion"):
        raise UserError(
            said("“{id}” is a {kind}; name a decision or its suggestion.", id=selection.decision, kind=kind)
        )
    return Selection(decision=id)


def _forget_in_copy(copy: Path, selection: Selection, dry_run: bool) -> dict[str, int]:
    with translated(copy), contextlib.closing(connect(copy)) as connection:
        if not dry_run:
            return forgetting.forget_in_backup(connection, selection)
        connection.execute("BEGIN")
        try:
            return forgetting.forget(connection, selection)
        finally:
            connection.rollback()


def _named(selection: Selection) -> str:
    return selection.repository or (*selection.notebooks, selection.decision)[0]


def notebook_paths(notebook: Path) -> tuple[str, ...]:
    """The paths by which a notebook may be known in the store: as it was named, absolute, links followed."""
    named = notebook.expanduser()
    return tuple(dict.fromkeys([str(notebook), str(named.absolute()), str(named.resolve())]))
