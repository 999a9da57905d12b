"""How a model's answer was made, from and to its rows: the model, what it was shown and what it said.

Imports `review` and the modules beside it; functions that write belong inside a transaction.
"""

from typing import Any

from nbreview.review.model import Origin
from nbreview.store.blobs import put_text
from nbreview.store.rows import dump_json, insert, select


def put_model(db: Any, origin: Origin) -> int | None:
    """Keep a model with its settings once, and return its key; None where no model had a part."""
    if not (origin.model_name or origin.model_sha256 or origin.settings):
        return None
    row = {
        "name": origin.model_name,
        "sha256": origin.model_sha256,
        "settings": dump_json(dict(origin.settings)),
    }
    insert(db, "models", row, on_conflict="ON CONFLICT DO NOTHING")
    sql = (
        "SELECT id FROM models WHERE name = CAST(? AS TEXT) AND sha256 = CAST(? AS TEXT) "
        "AND settings = CAST(? AS TEXT)"
    )
    return int(select(db, sql, tuple(row.values()))[0]["id"])


def put_messages(db: Any, origin: Origin) -> str | None:
    """Keep what the model was shown and return its key."""
    if not origin.messages:
        return None
    return put_text(db, dump_json([dict(message) for message in origin.messages]))


def put_reply(db: Any, origin: Origin) -> str | None:
    """Keep what the model said and return its key."""
    return put_text(db, origin.reply) if origin.reply else None


def models(db: Any) -> list[dict[str, Any]]:
    """The models that made suggestions or findings: name, sha256, quantisation and how often each was asked;
    the most used first.
    """
    sql = """SELECT name, sha256, quantisation, count(*) AS times FROM (
            SELECT model FROM suggestions WHERE model IS NOT NULL
            UNION ALL SELECT model FROM findings WHERE model IS NOT NULL) AS used
        JOIN models AS m ON m.id = used.model
        GROUP BY name, sha256, quantisation ORDER BY times DESC, name, sha256"""
    return select(db, sql)
