"""Comments and their events: from frozen values to rows and back.

A comment's text and state are not kept: its events say them. Imports `review` and the modules beside it;
every function takes an open database, and those that write belong inside a transaction.
"""

from typing import Any

from nbreview.review.comments import Comment, CommentAct, CommentEvent, CommentState
from nbreview.store.blobs import put_text, unpack_text
from nbreview.store.places import place_of, place_row
from nbreview.store.rows import Row, insert, select

_COMMENT = """
    SELECT c.*, b.encoding AS source_encoding, b.content AS source_content,
        (SELECT text FROM comment_events WHERE comment = c.id AND act = 'edited'
            ORDER BY seq DESC LIMIT 1) AS edited,
        (SELECT act FROM comment_events WHERE comment = c.id AND act IN ('resolved', 'reopened')
            ORDER BY seq DESC LIMIT 1) AS settled,
        (SELECT act FROM comment_events WHERE comment = c.id AND act IN ('deleted', 'restored')
            ORDER BY seq DESC LIMIT 1) AS gone
    FROM comments AS c LEFT JOIN blobs AS b ON b.sha256 = c.source_blob
"""


def add(db: Any, comment: Comment) -> bool:
    """Keep a comment; whether it was new. Its state is what its events say."""
    row = {
        "id": comment.id,
        "created": comment.created,
        **place_row(comment.place),
        "line": comment.line,
        "source_digest": comment.source_digest,
        "author": comment.author,
        "text": comment.text,
        "source_blob": put_text(db, comment.source) if comment.source else None,
        "reply_to": comment.reply_to,
    }
    return insert(db, "comments", row, on_conflict="ON CONFLICT (id) DO NOTHING") > 0


def add_event(db: Any, event: CommentEvent) -> bool:
    """Keep an event; whether it was new.

    Raises
    ------
    KeyError
        Its comment is not in the store.
    """
    if not select(db, "SELECT 1 FROM comments WHERE id = CAST(? AS TEXT)", [event.comment_id]):
        raise KeyError(event.comment_id)
    row = {
        "id": event.id,
        "comment": event.comment_id,
        "act": event.act.value,
        "author": event.author,
        "time": event.time,
        "text": event.text,
    }
    return insert(db, "comment_events", row, on_conflict="ON CONFLICT (id) DO NOTHING") > 0


def get(db: Any, comment_id: str) -> Comment | None:
    """One comment as it stands, or None."""
    rows = select(db, f"{_COMMENT} WHERE c.id = CAST(? AS TEXT)", [comment_id])
    return _comment(rows[0]) if rows else None


def of_notebook(db: Any, notebook: str) -> tuple[Comment, ...]:
    """A notebook's comments as they stand, oldest first; those that were deleted are left out."""
    sql = f"{_COMMENT} WHERE c.notebook = CAST(? AS TEXT) ORDER BY c.created, c.seq"
    return tuple(_comment(row) for row in select(db, sql, [notebook]) if row["gone"] != CommentAct.DELETED)


def events_of(db: Any, comment_id: str) -> tuple[CommentEvent, ...]:
    """What was done with a comment, oldest first."""
    sql = "SELECT * FROM comment_events WHERE comment = CAST(? AS TEXT) ORDER BY seq"
    return tuple(
        CommentEvent(
            row["id"], row["comment"], CommentAct(row["act"]), row["author"], row["time"], row["text"]
        )
        for row in select(db, sql, [comment_id])
    )


def _comment(row: Row) -> Comment:
    state = CommentState.RESOLVED if row["settled"] == CommentAct.RESOLVED else CommentState.OPEN
    key = row["source_blob"]
    return Comment(
        id=row["id"],
        place=place_of(row),
        line=row["line"],
        text=row["text"] if row["edited"] is None else row["edited"],
        author=row["author"],
        created=row["created"],
        state=CommentState.DELETED if row["gone"] == CommentAct.DELETED else state,
        source_digest=row["source_digest"],
        source=unpack_text(key, row["source_encoding"], row["source_content"]) if key else "",
        reply_to=row["reply_to"],
    )
