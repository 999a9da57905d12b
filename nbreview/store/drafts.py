"""Drafts of notebooks: every step of each, as it was made, in the order in which they were.

Imports the modules beside it; every function takes an open database, and those that write belong inside a
transaction. A step is never changed: one that is made again, or edited, is another step.
"""

from dataclasses import dataclass
from typing import Any

from nbreview.store.blobs import put_text, unpack_text
from nbreview.store.rows import insert, select


@dataclass(frozen=True, slots=True)
class KeptDraftStep:
    """One step of a draft. `draft` is shared by the steps of one draft, `step` says which one it is ("plans")
    or "edited"; `notebook` is the absolute path that the cells are for, `content` a JSON text.
    """

    id: str
    draft: str
    step: str
    notebook: str
    time: float
    content: str


def add(db: Any, kept: KeptDraftStep) -> bool:
    """Keep a step; whether it was new."""
    row = {
        "id": kept.id,
        "draft": kept.draft,
        "step": kept.step,
        "notebook": kept.notebook,
        "time": kept.time,
        "content_blob": put_text(db, kept.content),
    }
    return insert(db, "draft_steps", row, on_conflict="ON CONFLICT (id) DO NOTHING") > 0


_STEP = """SELECT d.*, b.encoding AS encoding, b.content AS content
    FROM draft_steps AS d JOIN blobs AS b ON b.sha256 = d.content_blob"""


def of_draft(db: Any, draft: str) -> tuple[KeptDraftStep, ...]:
    """The steps of a draft, oldest first."""
    rows = select(db, f"{_STEP} WHERE d.draft = CAST(? AS TEXT) ORDER BY d.seq", [draft])
    return tuple(
        KeptDraftStep(
            row["id"],
            row["draft"],
            row["step"],
            row["notebook"],
            row["time"],
            unpack_text(row["content_blob"], row["encoding"], row["content"]),
        )
        for row in rows
    )


def newest(db: Any, limit: int) -> tuple[str, ...]:
    """The ids of the drafts that were worked on last, newest first."""
    sql = "SELECT draft, max(seq) AS last FROM draft_steps GROUP BY draft ORDER BY last DESC LIMIT ?"
    return tuple(row["draft"] for row in select(db, sql, [limit]))
