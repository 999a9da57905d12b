"""From a damaged store to a new one with all that can still be read, and the count of what cannot.

Rows are read out of the leaf pages themselves, so that neither a broken header nor a broken page on the way
to them loses more than is on it; a row's table is told by the number and the types of its fields. What was
there is then asked of SQLite: each index lists the rows of its table, and a whole index makes the count of
what is lost exact. Imports the modules beside it.
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbreview.store.blobs import unpacked
from nbreview.store.pages import LeafRow, Value, leaf_rows, mended, page_size, read_pages
from nbreview.store.rows import decode_text, insert

COUNTED = (
    "suggestions",
    "decisions",
    "findings",
    "finding_outcomes",
    "comments",
    "comment_events",
    "reviews",
    "snapshots",
    "cell_acts",
    "draft_steps",
)
"""Tables whose rows a person would miss; each has a `seq` and an `id`."""

_ORDER = ("blobs", "models", *COUNTED, "review_cells", "recent")
# Kept in the pages of an index, which only SQLite reads.
_WHOLE = ("viewed_cells", "viewed_files", "window_places", "diff_badges", "file_writes")

_TYPES: Mapping[str, tuple[type, ...]] = {
    "TEXT": (str,),
    "INTEGER": (int,),
    "REAL": (float, int),  # a whole number is stored as one
    "BLOB": (bytes,),
}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many rows of each table were kept and lost. `exact` is false where no index was left to say what
    there was: then `lost` is the most that it can be.
    """

    kept: Mapping[str, int]
    lost: Mapping[str, int]
    exact: bool


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    type: str
    needed: bool
    default: Any


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[_Column, ...]
    key: int | None  # the column that is the row's number
    references: tuple[tuple[int, str, str], ...]  # column here, table, column there

    def fits(self, fields: Sequence[Value]) -> bool:
        """Whether fields can be a row of this table."""
        if len(fields) > len(self.columns):
            return False
        if self.name == "models" and not str(fields[-1]).startswith("{"):
            return False  # the record of the schema's steps has the same form, and no JSON
        for place, column in enumerate(self.columns):
            if place >= len(fields):
                if column.needed and column.default is None:
                    return False
            elif place == self.key:
                if fields[place] is not None:
                    return False
            elif fields[place] is None:
                if column.needed:
                    return False
            elif not isinstance(fields[place], _TYPES[column.type]):
                return False
        return True

    def row(self, found: LeafRow) -> dict[str, Any]:
        """The row by the names of its columns; what an older file did not have has its default."""
        missing = [column.default for column in self.columns[len(found.fields) :]]
        values = [*found.fields, *missing]
        if self.key is not None:
            values[self.key] = found.rowid
        return {column.name: value for column, value in zip(self.columns, values, strict=True)}


def salvage(data: bytes, wal: bytes, db: Any, scratch: Path) -> Salvaged:
    """Fill a new store with what can be read of a damaged one. Belongs inside a transaction.

    Parameters
    ----------
    data, wal:
        The damaged file and the log beside it (b"" without one).
    db:
        The new store's database.
    scratch:
        A file that may be written, on which SQLite tries what it can.
    """
    size = page_size(data, wal)
    pages = read_pages(data, wal)
    scratch.write_bytes(mended(pages, size))
    tables = {name: _table(db, name) for name in _ORDER}
    found: dict[str, dict[Any, dict[str, Any]]] = {name: {} for name in _ORDER}
    for row in leaf_rows(pages, size):
        for name, table in tables.items():
            if table.fits(row.fields):
                found[name].setdefault(row.rowid, table.row(row))
                break
    found["blobs"] = {key: row for key, row in found["blobs"].items() if _whole(row)}
    kept = _keep(db, tables, found)
    lost, exact = {}, True
    with _opened(scratch) as old:
        for name in COUNTED:
            there, sure = _expected(old, name, found[name])
            lost[name] = len(there - kept[name])
            exact = exact and (sure or not lost[name])
        for name in _WHOLE:
            _copy(old, db, name)
    return Salvaged({name: len(kept[name]) for name in COUNTED}, lost, exact)


def _table(db: Any, name: str) -> _Table:
    # Generated columns are hidden, and not stored.
    rows = [row for row in db.execute(f"PRAGMA table_xinfo({name})").fetchall() if row[6] == 0]
    columns = tuple(_Column(row[1], row[2], bool(row[3]) or bool(row[5]), _literal(row[4])) for row in rows)
    key = next((at for at, row in enumerate(rows) if row[5] == 1 and row[2] == "INTEGER"), None)
    names = [column.name for column in columns]
    references = tuple(
        (names.index(row[3]), row[2], row[4])
        for row in db.execute(f"PRAGMA foreign_key_list({name})").fetchall()
    )
    return _Table(name, columns, key, references)


def _literal(default: str | None) -> str | None:
    return default.strip("'") if default is not None else None


def _whole(blob: Mapping[str, Any]) -> bool:
    return unpacked(blob["sha256"], blob["encoding"], blob["content"]) is not None


def _keep(
    db: Any, tables: Mapping[str, _Table], found: Mapping[str, Mapping[Any, dict[str, Any]]]
) -> dict[str, set[Any]]:
    """Write what holds together: a row that needs another goes with it, one that can do without stays."""
    present: dict[tuple[str, str], set[Any]] = {}
    kept: dict[str, set[Any]] = {}
    for name in _ORDER:
        table, kept[name] = tables[name], set()
        for key, row in sorted(found[name].items()):
            if not _settle(table, row, present):
                continue
            # What has the form of a row and breaks a rule of the table is not one.
            with contextlib.suppress(sqlite3.Error):
                if insert(db, name, row, on_conflict="ON CONFLICT DO NOTHING"):
                    kept[name].add(key)
                    for column in ("sha256", "id"):
                        if column in row:
                            present.setdefault((name, column), set()).add(row[column])
    return kept


def _settle(table: _Table, row: dict[str, Any], present: Mapping[tuple[str, str], set[Any]]) -> bool:
    for at, other, key in table.references:
        column = table.columns[at]
        if row[column.name] is None or row[column.name] in present.get((other, key), ()):
            continue
        if column.needed:
            return False
        row[column.name] = None
    return True


@contextlib.contextmanager
def _opened(scratch: Path) -> Iterator[sqlite3.Connection | None]:
    try:
        old = sqlite3.connect(f"{scratch.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        yield None
        return
    old.text_factory = decode_text
    try:
        yield old
    finally:
        old.close()


def _expected(
    old: sqlite3.Connection | None, name: str, found: Mapping[Any, object]
) -> tuple[set[Any], bool]:
    """Keys of the rows that a table had, and whether that is certain."""
    known, whole = set(found), False
    if old is None:
        return known | set(range(1, max(known, default=0) + 1)), False
    try:
        there = old.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", [name]).fetchone()
        indexes = [row[1] for row in old.execute(f"PRAGMA index_list({name})")]
    except (sqlite3.Error, ValueError):
        return known | set(range(1, max(known, default=0) + 1)), False
    if there is None:
        return known, True  # an older schema, without this table
    for index in indexes:
        try:
            for row in old.execute(f'SELECT seq FROM {name} INDEXED BY "{index}"'):
                known.add(row[0])
            partial = old.execute("SELECT sql LIKE '% WHERE %' FROM sqlite_schema WHERE name = ?", [index])
            whole = whole or not (partial.fetchone() or [None])[0]
        except (sqlite3.Error, ValueError):
            continue
    if whole:
        return known, True
    last = max(known, default=0)
    with contextlib.suppress(sqlite3.Error, ValueError, TypeError):
        row = old.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [name]).fetchone()
        last = max(last, row[0] if row else 0)
    return known | set(range(1, last + 1)), False


def _copy(old: sqlite3.Connection | None, db: Any, name: str) -> None:
    """What nobody would miss: ticks, and counts that can be made again."""
    if old is None:
        return
    with contextlib.suppress(sqlite3.Error, ValueError):
        cursor = old.execute(f"SELECT * FROM {name}")
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            insert(db, name, row, on_conflict="ON CONFLICT DO NOTHING")
