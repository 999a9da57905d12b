"""Reviews that were held, and acts on cells that can be taken back: from frozen values to rows and back.

Imports `review` and the modules beside it; every function takes an open database, and those that write belong
inside a transaction.
"""

import json
from typing import Any

from nbreview.review.records import KeptAct, Review, ViewedCell
from nbreview.store.blobs import put_bytes, release, unpack_bytes
from nbreview.store.rows import Row, dump_json, execute, insert, select

KEPT_ACTS = 200
"""Acts that are kept for one notebook."""
KEPT_BYTES = 2**28
"""Bytes of files that the acts on one notebook keep; past it the oldest acts go. The newest always stays."""


def put_review(db: Any, review: Review) -> None:
    """Keep a review, or what has been viewed of it since, and whether it has ended."""
    row = {
        "id": review.id,
        "notebook": review.notebook,
        "started": review.started,
        "ended": review.ended,
        "repository": review.repository,
        "remote": review.remote,
        "path": review.path,
        "base_commit": review.base_commit,
        "head_commit": review.head_commit,
        "base_blob": review.base_blob,
        "head_blob": review.head_blob,
    }
    insert(db, "reviews", row, on_conflict="ON CONFLICT (id) DO UPDATE SET ended = excluded.ended")
    for cell in review.viewed:
        row = {
            "review": review.id,
            "digest": cell.digest,
            "time": cell.time,
            "cell_index": cell.cell_index,
            "cell_id": cell.cell_id,
        }
        insert(db, "review_cells", row, on_conflict="ON CONFLICT DO NOTHING")


def reviews_of(db: Any, notebook: str) -> tuple[Review, ...]:
    """A notebook's reviews, oldest first."""
    sql = "SELECT * FROM reviews WHERE notebook = CAST(? AS TEXT) ORDER BY started, seq"
    return tuple(_review(db, row) for row in select(db, sql, [notebook]))


def get_review(db: Any, review_id: str) -> Review | None:
    """One review, or None."""
    rows = select(db, "SELECT * FROM reviews WHERE id = CAST(? AS TEXT)", [review_id])
    return _review(db, rows[0]) if rows else None


def _review(db: Any, row: Row) -> Review:
    cells = select(db, "SELECT * FROM review_cells WHERE review = CAST(? AS TEXT) ORDER BY id", [row["id"]])
    return Review(
        id=row["id"],
        notebook=row["notebook"],
        started=row["started"],
        repository=row["repository"],
        remote=row["remote"],
        path=row["path"],
        base_commit=row["base_commit"],
        head_commit=row["head_commit"],
        base_blob=row["base_blob"],
        head_blob=row["head_blob"],
        ended=row["ended"],
        viewed=tuple(
            ViewedCell(cell["digest"], cell["time"], cell["cell_index"], cell["cell_id"]) for cell in cells
        ),
    )


def put_act(db: Any, act: KeptAct) -> None:
    """Keep an act; the oldest of its notebook make room."""
    row = {
        "id": act.id,
        "notebook": act.notebook,
        "kind": act.kind,
        "time": act.time,
        "base": act.base,
        "details": dump_json(dict(act.details)),
        "before_blob": put_bytes(db, act.before) if act.before is not None else None,
        "after_blob": put_bytes(db, act.after) if act.after is not None else None,
    }
    insert(db, "cell_acts", row, on_conflict="ON CONFLICT (id) DO NOTHING")
    _cut(db, act.notebook)


def _cut(db: Any, notebook: str) -> None:
    sql = """SELECT a.seq AS seq, before_blob, after_blob,
            coalesce(b.size, 0) + coalesce(c.size, 0) AS size FROM cell_acts AS a
        LEFT JOIN blobs AS b ON b.sha256 = a.before_blob LEFT JOIN blobs AS c ON c.sha256 = a.after_blob
        WHERE a.notebook = CAST(? AS TEXT) ORDER BY a.seq DESC"""
    held, old = 0, []
    for number, row in enumerate(select(db, sql, [notebook])):
        held += row["size"]
        if number and (number >= KEPT_ACTS or held > KEPT_BYTES):
            old.append(row)
    for row in old:
        execute(db, "DELETE FROM cell_acts WHERE seq = ?", [row["seq"]])
        release(db, [row["before_blob"], row["after_blob"]])


def acts_of(db: Any, notebook: str) -> tuple[KeptAct, ...]:
    """What can be taken back in a notebook, oldest first."""
    sql = """SELECT a.*, b.encoding AS before_encoding, b.content AS before_content,
            c.encoding AS after_encoding, c.content AS after_content
        FROM cell_acts AS a LEFT JOIN blobs AS b ON b.sha256 = a.before_blob
        LEFT JOIN blobs AS c ON c.sha256 = a.after_blob
        WHERE a.notebook = CAST(? AS TEXT) ORDER BY a.seq"""
    return tuple(
        KeptAct(
            row["id"],
            row["notebook"],
            row["kind"],
            row["time"],
            row["base"],
            json.loads(row["details"]),
            _bytes(row, "before"),
            _bytes(row, "after"),
        )
        for row in select(db, sql, [notebook])
    )


def drop_act(db: Any, act_id: str) -> bool:
    """Take an act off the list, with the bytes that only it kept; whether it was there."""
    where = "FROM cell_acts WHERE id = CAST(? AS TEXT)"
    rows = select(db, f"SELECT before_blob, after_blob {where}", [act_id])
    execute(db, f"DELETE {where}", [act_id])
    for row in rows:
        release(db, row.values())
    return bool(rows)


def _bytes(row: Row, name: str) -> bytes | None:
    key = row[f"{name}_blob"]
    return unpack_bytes(key, row[f"{name}_encoding"], row[f"{name}_content"]) if key else None
