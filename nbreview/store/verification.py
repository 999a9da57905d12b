"""Looking a store over to the last byte, and mending what can be made again from the rest.

Imports `errors` and the modules beside it; functions take an open database.
"""

import sqlite3
from dataclasses import dataclass
from typing import Any

from nbreview.store.blobs import collect, unpacked, unused
from nbreview.store.rows import select
from nbreview.words import said

_SHOWN = 20  # problems of one sort that are told one by one


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at the whole store found. `problems` are sentences, none where all is as it was written.

    `lost_texts` are blobs whose content is not what its key says; `unused_texts` are blobs that nothing
    refers to, which is waste and no damage.
    """

    problems: tuple[str, ...]
    rows: int
    texts: int
    lost_texts: int
    unused_texts: int
    mendable: bool

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify(db: Any) -> Verified:
    """Check the pages, the references, each text against its hash, and the search index.

    Returns
    -------
    Verified
        `mendable` says that what is wrong can be made again from what is right (indexes, the search).
    """
    reported = _pragma(db, "integrity_check")
    pages = [line for line in reported if not _of_index(line) and "fts5" not in line]
    problems = reported[:_SHOWN]
    references = select(db, "PRAGMA foreign_key_check")
    problems += [
        said(
            "Row {row} of {table} refers to a row of {parent} that is not there.",
            row=row["rowid"],
            table=row["table"],
            parent=row["parent"],
        )
        for row in references[:_SHOWN]
    ]
    texts, lost = _check_texts(db) if not pages else (0, [])
    problems += [said("Text {key} is not what was written.", key=key[:12]) for key in lost[:_SHOWN]]
    if not pages:
        problems += _check_search(db)
    rows = 0 if pages else _rows(db)
    return Verified(
        tuple(problems),
        rows,
        texts,
        len(lost),
        0 if pages else unused(db),
        mendable=bool(problems) and not (pages or references or lost),
    )


def _pragma(db: Any, name: str) -> list[str]:
    try:
        reported = [str(row[0]) for row in db.execute(f"PRAGMA {name}").fetchall()]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return [f"{error}."]
    return [] if reported == ["ok"] else [line for text in reported for line in text.splitlines()]


def _of_index(line: str) -> bool:
    """Whether the check speaks of an index whose rows are all right; REINDEX makes it again."""
    return "missing from index" in line or line.startswith("wrong # of entries in index")


def _check_texts(db: Any) -> tuple[int, list[str]]:
    lost, number = [], 0
    for key, encoding, content in db.execute("SELECT sha256, encoding, content FROM blobs"):
        number += 1
        if unpacked(key, encoding, content) is None:
            lost.append(key)
    return number, lost


def _check_search(db: Any) -> list[str]:
    problems: list[str] = []
    try:
        # With a rank, the index is compared with the texts that it stands for.
        db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        problems.append(said("The search index is not in step with what it stands for."))
    sql = """SELECT count(*) FROM suggestions
        WHERE id NOT IN (SELECT ref FROM documents WHERE kind = 'suggestion')"""
    if missing := db.execute(sql).fetchone()[0]:
        problems.append(said("{count} suggestions are not in the search index.", count=missing))
    return problems


def _rows(db: Any) -> int:
    names = [name for name in db.table_names() if not name.startswith(("sqlite_", "_sqlite_", "search"))]
    return sum(int(db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names)


def mend(db: Any) -> int:
    """Make the indexes and the search again and take out texts that nothing refers to; how many those were.
    Belongs inside a transaction.
    """
    db.execute("REINDEX")
    db.execute(
        "INSERT INTO documents (kind, ref) SELECT 'suggestion', id FROM suggestions "
        "WHERE id NOT IN (SELECT ref FROM documents WHERE kind = 'suggestion')"
    )
    db.execute("INSERT INTO search (search) VALUES ('rebuild')")
    return collect(db)
