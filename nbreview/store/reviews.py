"""What the window remembers between two starts: recent notebooks, viewed changes, and counts beside
revisions.

All of it can be lost without harm. Imports the rows beside it; every function takes an open database, and
those that write belong inside a transaction.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from nbreview.store.rows import dump_json, execute, insert, select


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


def set_viewed(db: Any, notebook: str, digest: str, viewed: bool, time: float) -> None:
    """Tick a change as viewed, or take the tick away."""
    if viewed:
        row = {"notebook": notebook, "digest": digest, "time": time}
        insert(db, "viewed", row, on_conflict="ON CONFLICT DO NOTHING")
    else:
        sql = "DELETE FROM viewed WHERE notebook = CAST(? AS TEXT) AND digest = ?"
        execute(db, sql, [notebook, digest])


def viewed(db: Any, notebook: str) -> frozenset[str]:
    """Digests of the changes ticked as viewed."""
    rows = select(db, "SELECT digest FROM viewed WHERE notebook = CAST(? AS TEXT)", [notebook])
    return frozenset(row["digest"] for row in rows)


def badge(db: Any, base_blob: str, head_blob: str, options: str) -> dict[str, int] | None:
    """Cells of each kind between two contents, or None."""
    sql = "SELECT counts FROM diff_badges WHERE base_blob = ? AND head_blob = ? AND options = ?"
    rows = select(db, sql, [base_blob, head_blob, options])
    return (
        {str(kind): int(number) for kind, number in json.loads(rows[0]["counts"]).items()} if rows else None
    )


def put_badges(db: Any, rows: Iterable[tuple[str, str, Mapping[str, int]]], options: str) -> None:
    """Keep counts of cells by kind; what was kept of the same two contents makes room."""
    replace = "ON CONFLICT (base_blob, head_blob, options) DO UPDATE SET counts = excluded.counts"
    for base_blob, head_blob, counts in rows:
        row = {
            "base_blob": base_blob,
            "head_blob": head_blob,
            "options": options,
            "counts": dump_json({str(kind): number for kind, number in counts.items()}),
        }
        insert(db, "diff_badges", row, on_conflict=replace)
