"""What the window remembers between two starts: recent notebooks, what was viewed of which versions, counts
beside revisions, and where the person was.

All of it can be lost without harm. Imports the rows beside it; every function takes an open database, and
those that write belong inside a transaction.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from nbreview.store.rows import dump_json, execute, insert, select

Pair = tuple[str, str, str]
"""A notebook's path, and git's object ids of the two versions that are compared."""
File = tuple[str, str, str]
"""A file's path in its repository, and git's object ids of its two versions."""

KEPT_TICKS = 20_000
"""Cells, and as many files, that stay ticked as viewed."""
KEPT_BADGES = 50_000
"""Pairs of contents whose counts are kept."""
KEPT_PLACES = 2_000
"""Names under which something is remembered."""

_PAIR = "notebook = CAST(? AS TEXT) AND base_blob = ? AND head_blob = ?"


def touch_recent(db: Any, notebook: str, time: float) -> None:
    """Note that a notebook was opened at `time`."""
    # A row that is made anew is the last one, whatever the clock says.
    forget_recent(db, notebook)
    insert(db, "recent", {"notebook": notebook, "time": time})


def recent(db: Any, limit: int) -> tuple[str, ...]:
    """Notebooks opened, the latest first."""
    rows = select(db, "SELECT notebook FROM recent ORDER BY rowid DESC LIMIT ?", [limit])
    return tuple(row["notebook"] for row in rows)


def forget_recent(db: Any, notebook: str) -> None:
    """Take a notebook off the list."""
    execute(db, "DELETE FROM recent WHERE notebook = CAST(? AS TEXT)", [notebook])


def set_viewed(db: Any, pair: Pair, cells: Mapping[str, bool], time: float) -> None:
    """Tick cells of a pair of versions as viewed, or take their ticks away; the oldest ticks make room."""
    notebook, base_blob, head_blob = pair
    for cell, viewed in cells.items():
        if viewed:
            row = {
                "notebook": notebook,
                "base_blob": base_blob,
                "head_blob": head_blob,
                "cell": cell,
                "time": time,
            }
            insert(db, "viewed_cells", row, on_conflict="ON CONFLICT DO NOTHING")
        else:
            sql = f"DELETE FROM viewed_cells WHERE {_PAIR} AND cell = CAST(? AS TEXT)"
            execute(db, sql, [*pair, cell])
    _cut(db, "viewed_cells", KEPT_TICKS)


def viewed(db: Any, pair: Pair) -> frozenset[str]:
    """The cells of a pair of versions that are ticked as viewed."""
    rows = select(db, f"SELECT cell FROM viewed_cells WHERE {_PAIR}", pair)
    return frozenset(row["cell"] for row in rows)


def set_file_viewed(db: Any, repository: str, file: File, viewed: bool, time: float) -> None:
    """Tick a file's pair of versions as viewed, or take the tick away; the oldest ticks make room."""
    path, base_blob, head_blob = file
    if viewed:
        row = {
            "repository": repository,
            "path": path,
            "base_blob": base_blob,
            "head_blob": head_blob,
            "time": time,
        }
        insert(db, "viewed_files", row, on_conflict="ON CONFLICT DO NOTHING")
        _cut(db, "viewed_files", KEPT_TICKS)
    else:
        sql = """DELETE FROM viewed_files WHERE repository = CAST(? AS TEXT) AND path = CAST(? AS TEXT)
            AND base_blob = ? AND head_blob = ?"""
        execute(db, sql, [repository, *file])


def viewed_files(db: Any, repository: str) -> frozenset[File]:
    """The files of a repository that are ticked as viewed: path, base blob and head blob of each."""
    sql = "SELECT path, base_blob, head_blob FROM viewed_files WHERE repository = CAST(? AS TEXT)"
    rows = select(db, sql, [repository])
    return frozenset((row["path"], row["base_blob"], row["head_blob"]) for row in rows)


def keep_place(db: Any, name: str, value: Any, time: float) -> None:
    """Remember a value, JSON, under a name, in the place of what was remembered; the oldest make room."""
    row = {"name": name, "value": dump_json(value), "time": time}
    replace = "ON CONFLICT (name) DO UPDATE SET value = excluded.value, time = excluded.time"
    insert(db, "window_places", row, on_conflict=replace)
    _cut(db, "window_places", KEPT_PLACES)


def places(db: Any, start: str) -> dict[str, Any]:
    """What is remembered under names that start so, the latest first."""
    sql = """SELECT name, value FROM window_places WHERE substr(name, 1, length(?1)) = CAST(?1 AS TEXT)
        ORDER BY time DESC, name"""
    return {row["name"]: json.loads(row["value"]) for row in select(db, sql, [start])}


def place(db: Any, name: str) -> Any | None:
    """What is remembered under a name, or None."""
    rows = select(db, "SELECT value FROM window_places WHERE name = CAST(? AS TEXT)", [name])
    return json.loads(rows[0]["value"]) if rows else None


def drop_place(db: Any, name: str) -> None:
    """Remember nothing under a name any more."""
    execute(db, "DELETE FROM window_places WHERE name = CAST(? AS TEXT)", [name])


def _cut(db: Any, table: str, number: int) -> None:
    """Keep the newest rows. Rows of one moment stay or go together."""
    sql = f"DELETE FROM {table} WHERE time < (SELECT time FROM {table} ORDER BY time DESC LIMIT 1 OFFSET ?)"
    execute(db, sql, [number - 1])


def badge(db: Any, base_blob: str, head_blob: str, options: str) -> dict[str, int] | None:
    """Cells of each kind between two contents, or None."""
    sql = "SELECT counts FROM diff_badges WHERE base_blob = ? AND head_blob = ? AND options = ?"
    rows = select(db, sql, [base_blob, head_blob, options])
    return (
        {str(kind): int(number) for kind, number in json.loads(rows[0]["counts"]).items()} if rows else None
    )


def put_badges(
    db: Any, rows: Iterable[tuple[str, str, Mapping[str, int]]], options: str, time: float
) -> None:
    """Keep counts of cells by kind in the place of those of the same two contents; the oldest make room."""
    replace = """ON CONFLICT (base_blob, head_blob, options)
        DO UPDATE SET counts = excluded.counts, time = excluded.time"""
    for base_blob, head_blob, counts in rows:
        row = {
            "base_blob": base_blob,
            "head_blob": head_blob,
            "options": options,
            "counts": dump_json({str(kind): number for kind, number in counts.items()}),
            "time": time,
        }
        insert(db, "diff_badges", row, on_conflict=replace)
    _cut(db, "diff_badges", KEPT_BADGES)
