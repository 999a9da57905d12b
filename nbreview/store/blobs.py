"""Contents kept once, under the SHA-256 of what they hold.

A source that is proposed ten times, or a prompt that shares its messages with another, is one row. Content is
compressed where that makes it smaller. Nobody counts references: what refers to a blob is asked of the tables
(`REFERENCES`), so that a count is never wrong. Imports `errors` and the rows beside it.
"""

import hashlib
import zlib
from collections.abc import Iterable
from typing import Any

from nbreview.errors import UserError
from nbreview.store.rows import insert
from nbreview.words import said

_WORTH_COMPRESSING = 128  # bytes; below, zlib's own header eats the gain

REFERENCES = (
    ("suggestions", "base_blob"),
    ("suggestions", "proposed_blob"),
    ("suggestions", "messages_blob"),
    ("suggestions", "reply_blob"),
    ("decisions", "final_blob"),
    ("decisions", "kept_blob"),
    ("comments", "source_blob"),
    ("findings", "messages_blob"),
    ("findings", "reply_blob"),
    ("snapshots", "content_blob"),
    ("cell_acts", "before_blob"),
    ("cell_acts", "after_blob"),
    ("draft_steps", "content_blob"),
)
"""Every column that names a blob, with its table."""


def put_text(db: Any, text: str) -> str:
    """Keep a text and return its key. Belongs inside a transaction."""
    return put_bytes(db, text.encode("utf-8", "surrogatepass"))


def put_bytes(db: Any, content: bytes) -> str:
    """Keep a content and return its key. Belongs inside a transaction."""
    key = hashlib.sha256(content).hexdigest()
    if db.execute("SELECT 1 FROM blobs WHERE sha256 = ?", [key]).fetchone() is not None:
        return key
    encoding, packed = "plain", content
    if len(content) >= _WORTH_COMPRESSING:
        compressed = zlib.compress(content)
        if len(compressed) < len(content):
            encoding, packed = "zlib", compressed
    row = {"sha256": key, "size": len(content), "encoding": encoding, "content": packed}
    insert(db, "blobs", row, on_conflict="ON CONFLICT DO NOTHING")
    return key


def unpack_text(key: str, encoding: str, content: bytes) -> str:
    """The text of a blob's row.

    Raises
    ------
    UserError
        The content is not what its key says: the file has been damaged.
    """
    return unpack_bytes(key, encoding, content).decode("utf-8", "surrogatepass")


def unpack_bytes(key: str, encoding: str, content: bytes) -> bytes:
    """The content of a blob's row; errors are those of `unpack_text`."""
    plain = unpacked(key, encoding, content)
    if plain is None:
        raise UserError(
            said(
                "The store is damaged (text {key} is not what was written); look at it with "
                "`nbreview store verify` or go back to a backup of it.",
                key=key[:12],
            )
        )
    return plain


def unpacked(key: str, encoding: str, content: bytes) -> bytes | None:
    """The content of a blob's row, None where it is not what its key says."""
    try:
        plain = zlib.decompress(content) if encoding == "zlib" else content
    except zlib.error:
        return None
    return plain if hashlib.sha256(plain).hexdigest() == key else None


def searchable(encoding: str | None, content: bytes | None) -> str:
    """A blob's text as SQL of the search index sees it (`searchable(encoding, content)`); "" where there is
    none. What UTF-8 cannot hold is replaced, always in the same way, because the index must be told what to
    forget in the words that it was told.
    """
    if content is None:
        return ""
    try:
        plain = zlib.decompress(content) if encoding == "zlib" else content
    except zlib.error:
        return ""
    return plain.decode("utf-8", "replace")


def release(db: Any, keys: Iterable[str | None]) -> int:
    """Take out those of these blobs that nothing refers to, and return how many. Inside a transaction."""
    used = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE {column} = ?1)" for table, column in REFERENCES
    )
    return sum(
        int(db.execute(f"DELETE FROM blobs WHERE sha256 = ?1 AND {used}", [key]).rowcount)
        for key in set(keys)
        if key is not None
    )


def collect(db: Any) -> int:
    """Take out every blob that nothing refers to, and return how many there were. Inside a transaction.

    The database may be an older one, without some of the tables.
    """
    return int(db.execute(f"DELETE FROM blobs WHERE {_unused(db)}").rowcount)


def unused(db: Any) -> int:
    """How many blobs nothing refers to."""
    return int(db.execute(f"SELECT count(*) FROM blobs WHERE {_unused(db)}").fetchone()[0])


def _unused(db: Any) -> str:
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    used = " UNION ALL ".join(
        f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"
        for table, column in REFERENCES
        if table in tables and column in {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
    )
    return f"sha256 NOT IN ({used})"
