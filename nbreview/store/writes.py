"""Decisions that are one write of a notebook's file: kept together, settled together, taken back together.

Imports `review` and the modules beside it; every function takes an open database, and those that write belong
inside a transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nbreview.review.model import Decision
from nbreview.review.records import FileWrite
from nbreview.store import suggestions
from nbreview.store.blobs import put_bytes, release, unpack_bytes
from nbreview.store.rows import execute, insert, select

KEPT_BYTES = 2**28
"""Bytes of removed cells that are kept for one notebook; past it the oldest go. The newest always stays."""


def decide(
    db: Any, decisions: Sequence[Decision], write: FileWrite | None, kept: Mapping[str, bytes]
) -> None:
    """Keep decisions of one batch, what they are to make of the file, and what taking each back needs (by the
    decision's id). Errors are those of `suggestions.add_decision`.
    """
    for decision in decisions:
        suggestions.add_decision(db, decision)
    if write is not None:
        row = {
            "batch": write.batch,
            "notebook": write.notebook,
            "before_digest": write.before,
            "after_digest": write.after,
        }
        insert(db, "file_writes", row, on_conflict="ON CONFLICT DO NOTHING")
    for taken_back, content in kept.items():
        sql = "UPDATE decisions SET kept_blob = ? WHERE id = CAST(? AS TEXT)"
        execute(db, sql, [put_bytes(db, content), taken_back])
    if kept and write is not None:
        _cut(db, write.notebook)


def settle(db: Any, batch: str, released: Iterable[str] = ()) -> None:
    """Note that the file is as the decisions of a batch say; what was kept for those in `released` goes."""
    execute(db, "UPDATE decisions SET applied = 1 WHERE batch = CAST(? AS TEXT)", [batch])
    execute(db, "DELETE FROM file_writes WHERE batch = CAST(? AS TEXT)", [batch])
    for decision in released:
        _release(db, "id = CAST(? AS TEXT)", decision)


def get(db: Any, batch: str) -> FileWrite | None:
    """What a batch was to make of the file; None where nobody knows any more."""
    rows = select(db, "SELECT * FROM file_writes WHERE batch = CAST(? AS TEXT)", [batch])
    if not rows:
        return None
    row = rows[0]
    return FileWrite(row["batch"], row["notebook"], row["before_digest"], row["after_digest"])


def kept(db: Any, decision: str) -> bytes | None:
    """What was kept for taking a decision back, or None."""
    sql = """SELECT b.sha256, b.encoding, b.content FROM decisions AS d
        JOIN blobs AS b ON b.sha256 = d.kept_blob WHERE d.id = CAST(? AS TEXT)"""
    rows = select(db, sql, [decision])
    return unpack_bytes(rows[0]["sha256"], rows[0]["encoding"], rows[0]["content"]) if rows else None


def _cut(db: Any, notebook: str) -> None:
    sql = """SELECT d.seq AS seq, b.size AS size FROM decisions AS d JOIN blobs AS b ON b.sha256 = d.kept_blob
        JOIN suggestions AS s ON s.id = d.suggestion
        WHERE s.notebook = CAST(? AS TEXT) ORDER BY d.seq DESC"""
    held = 0
    for number, row in enumerate(select(db, sql, [notebook])):
        held += row["size"]
        if number and held > KEPT_BYTES:
            _release(db, "seq = ?", row["seq"])


def _release(db: Any, where: str, key: Any) -> None:
    rows = select(db, f"SELECT kept_blob FROM decisions WHERE {where}", [key])
    execute(db, f"UPDATE decisions SET kept_blob = NULL WHERE {where}", [key])
    release(db, [row["kept_blob"] for row in rows])
