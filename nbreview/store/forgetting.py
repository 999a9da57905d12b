"""Taking things out of a store so that they are gone: rows, texts, search index, free pages, log and backups.

Imports `errors` and the modules beside it. What is shared with something that stays (a source that another
repository has as well) stays with it. Copies that are elsewhere, and what a disk keeps of blocks that were
written over, are beyond a program's reach.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbreview.store.blobs import collect
from nbreview.store.rows import bound, execute
from nbreview.store.search import belongs_to, repository_values

_PLACED = ("suggestions", "comments", "findings", "reviews")
# These know the notebook only.
_NOTED = ("snapshots", "cell_acts", "draft_steps", "viewed", "viewed_cells", "recent", "file_writes")
_CHILDREN = (
    ("decisions", "suggestion", "suggestions"),
    ("comment_events", "comment", "comments"),
    ("finding_outcomes", "finding", "findings"),
    ("review_cells", "review", "reviews"),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What to forget: a repository (its folder, its remote, or the last part of either), a notebook (the
    paths by which it may be known), or a decision (its id, or its suggestion's). One of them is given.
    """

    repository: str = ""
    notebooks: tuple[str, ...] = ()
    decision: str = ""


def forget(db: Any, selection: Selection) -> dict[str, int]:
    """Take out what is selected, and the texts that only it had. Belongs inside a transaction.

    The database may be an older one, without some of the tables. Returns how many rows of each table went.
    """
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    gone: dict[str, int] = {}

    def delete(table: str, where: str, values: Sequence[Any] = ()) -> None:
        if table in tables:
            number = execute(db, f"DELETE FROM {table} WHERE {where}", values)
            gone[table] = gone.get(table, 0) + number

    chosen = _chosen(db, selection, tables)
    folders = _folders(db, selection, tables)
    for table, keys in chosen.items():
        for child, column, parent in _CHILDREN:
            if parent == table:
                for key in keys:
                    delete(child, f"{column} = CAST(? AS TEXT)", [key])
    if "finding_outcomes" in tables:
        for key in chosen.get("suggestions", ()):
            sql = "UPDATE finding_outcomes SET suggestion = NULL WHERE suggestion = CAST(? AS TEXT)"
            execute(db, sql, [key])
    for table, keys in chosen.items():
        column = "id" if _knows_repository(db, table) else "notebook"
        for key in keys:
            delete(table, f"{column} = CAST(? AS TEXT)", [key])
    _forget_window(folders, set(chosen.get("recent", ())) | set(selection.notebooks), delete)
    if any(gone.values()):
        used = " UNION ALL ".join(
            f"SELECT model FROM {table} WHERE model IS NOT NULL"
            for table in ("suggestions", "findings")
            if table in tables and _has(db, table, "model")
        )
        delete("models", f"id NOT IN ({used})")
        delete(
            "diff_badges", "1"
        )  # counts by what git calls the contents; they are made again when asked for
        gone["blobs"] = collect(db)
    return {table: number for table, number in gone.items() if number}


def _folders(db: Any, selection: Selection, tables: set[str]) -> set[str]:
    """The folders of the repository that is selected, also where it is named by its remote."""
    if not selection.repository:
        return set()
    where = f"{belongs_to('repository')} OR {belongs_to('remote')}"
    values = bound(repository_values(selection.repository) * 2)
    known = [table for table in _PLACED if table in tables and _knows_repository(db, table)]
    rows = [db.execute(f"SELECT DISTINCT repository FROM {table} WHERE {where}", values) for table in known]
    return {selection.repository.rstrip("/"), *(row[0] for found in rows for row in found if row[0])}


def _forget_window(
    folders: set[str], notebooks: set[str], delete: Callable[[str, str, Sequence[Any]], None]
) -> None:
    """Ticks of files, and the places of windows, that name a notebook or lie in a repository's folder."""
    for folder in sorted(folders):
        delete("viewed_files", belongs_to("repository"), repository_values(folder))
    for name in sorted(notebooks):
        delete("viewed_files", "repository || '/' || path = CAST(? AS TEXT)", [name])
    for name in sorted(notebooks | {f"{folder}/" for folder in folders}):
        told = json.dumps(name)[1:-1]  # as it stands in JSON
        where = "instr(name, CAST(? AS TEXT)) OR instr(value, CAST(? AS TEXT))"
        delete("window_places", where, [name, told])


def _has(db: Any, table: str, column: str) -> bool:
    return column in {row[1] for row in db.execute(f"PRAGMA table_info({table})")}


def _knows_repository(db: Any, table: str) -> bool:
    return table in _PLACED and _has(db, table, "repository")


def _chosen(db: Any, selection: Selection, tables: set[str]) -> dict[str, list[Any]]:
    """Ids by table; notebooks for tables that know no more."""
    if selection.decision:
        sql = """SELECT suggestion FROM decisions WHERE id = CAST(?1 AS TEXT)
            UNION SELECT id FROM suggestions WHERE id = CAST(?1 AS TEXT)"""
        return {"suggestions": [row[0] for row in db.execute(sql, bound([selection.decision]))]}
    chosen: dict[str, list[Any]] = {}
    notebooks = set(selection.notebooks)
    for table in _PLACED:
        if table not in tables or not _knows_repository(db, table):
            continue
        if selection.notebooks:
            where = " OR ".join(["notebook = CAST(? AS TEXT)"] * len(selection.notebooks))
            values = list(selection.notebooks)
        else:
            where = f"{belongs_to('repository')} OR {belongs_to('remote')}"
            values = repository_values(selection.repository) * 2
        rows = db.execute(f"SELECT id, notebook FROM {table} WHERE {where}", bound(values)).fetchall()
        chosen[table] = [row[0] for row in rows]
        notebooks |= {row[1] for row in rows}
    folder = selection.repository.rstrip("/") + "/"
    for table in (*_NOTED, *_PLACED):
        if table in tables and not _knows_repository(db, table):
            there = {row[0] for row in db.execute(f"SELECT DISTINCT notebook FROM {table}")}
            inside = {name for name in there if selection.repository and name.startswith(folder)}
            chosen[table] = sorted(there & notebooks | inside)
    return chosen


def scrub(db: Any) -> bool:
    """Write the file anew without its free pages, fill the search index anew, and empty the log; whether the
    log could be emptied (another program that reads keeps it). Belongs outside a transaction.
    """
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA temp_store = MEMORY")  # VACUUM's own copy is not to lie on a disk
    if db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'search'").fetchone():
        # Segments that were merged away may still hold words; a rebuilt index has none of them.
        db.execute("INSERT INTO search (search) VALUES ('rebuild')")
    db.execute("VACUUM")
    busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def backups(path: Path) -> tuple[Path, ...]:
    """The copies that upgrades of the store have left beside it."""
    return tuple(sorted(path.parent.glob(f"{_literal(path.name)}.v*.backup")))


def damaged(path: Path) -> tuple[Path, ...]:
    """Damaged files of the store that were set aside, with their logs."""
    return tuple(sorted(path.parent.glob(f"{_literal(path.name)}.damaged-*")))


def _literal(name: str) -> str:
    return "".join(f"[{each}]" if each in "*?[" else each for each in name)


def forget_in_backup(connection: sqlite3.Connection, selection: Selection) -> dict[str, int]:
    """Forget in a copy that stays at the schema it has."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("BEGIN IMMEDIATE")
    try:
        gone = forget(connection, selection)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    if gone:
        scrub(connection)
    return gone
