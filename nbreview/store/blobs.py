"""Texts kept once, under the SHA-256 of their content.

A source that is proposed ten times, or a prompt that shares its messages with another, is one row. Content is
compressed where that makes it smaller. Imports `errors` and the rows beside it.
"""

import hashlib
import zlib
from typing import Any

from nbreview.errors import UserError
from nbreview.store.rows import insert

_WORTH_COMPRESSING = 128  # bytes; below, zlib's own header eats the gain


def put_text(db: Any, text: str) -> str:
    """Keep a text and return its key. Belongs inside a transaction."""
    content = text.encode("utf-8", "surrogatepass")
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
    try:
        plain = zlib.decompress(content) if encoding == "zlib" else content
    except zlib.error:
        plain = None
    if plain is None or hashlib.sha256(plain).hexdigest() != key:
        raise UserError(
            f"The store is damaged (text {key[:12]} is not what was written); go back to a backup of it."
        )
    return plain.decode("utf-8", "surrogatepass")
