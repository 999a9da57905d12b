"""How much there is in a store. Imports `review` and the modules beside it."""

from typing import Any

from nbreview.review.model import SuggestionState
from nbreview.store.rows import select

_DECIDED = """
    SELECT kind AS state, count(*) AS number
    FROM (SELECT kind, max(seq) FROM decisions WHERE suggestion NOT IN
        (SELECT id FROM suggestions WHERE replaced_by <> '') GROUP BY suggestion) GROUP BY kind
"""
_FAILED = """count(*) AS number FROM suggestions AS s
    WHERE failed = 1 AND replaced_by = '' AND NOT EXISTS (SELECT 1 FROM decisions WHERE suggestion = s.id)"""
_DIVIDED = "count(*) AS number FROM suggestions WHERE replaced_by <> ''"

_COUNTED = {
    "decisions": "decisions",
    "comments": "comments",
    "findings": "findings",
    "outcomes": "finding_outcomes",
    "reviews": "reviews",
    "snapshots": "snapshots",
    "cell_acts": "cell_acts",
}


def count(db: Any) -> dict[str, int]:
    """How many suggestions there are, by state, what they are made of, and what else there is."""
    # Of the rows of a group, a bare column is taken from the one that has the maximum (SQLite documents it).
    by_state = {row["state"]: row["number"] for row in select(db, _DECIDED)}
    number = _number(db, "count(*) AS number FROM suggestions")
    by_state["failed"] = _number(db, _FAILED)
    by_state["divided"] = _number(db, _DIVIDED)
    by_state["pending"] = number - sum(by_state.values())
    kept = (state for state in SuggestionState if state is not SuggestionState.STALE)
    sizes = select(db, "SELECT count(*) AS texts, coalesce(sum(stored), 0) AS bytes FROM blobs")[0]
    counted = {name: _number(db, f"count(*) AS number FROM {table}") for name, table in _COUNTED.items()}
    return {
        "suggestions": number,
        **{state.value: by_state.get(state.value, 0) for state in kept},
        **counted,
        "notebooks": _number(db, "count(DISTINCT notebook) AS number FROM suggestions"),
        "repositories": _number(
            db, "count(DISTINCT repository) AS number FROM suggestions WHERE repository <> ''"
        ),
        "models": _number(db, "count(*) AS number FROM (SELECT DISTINCT name, sha256 FROM models)"),
        "prompts": _number(
            db, "count(DISTINCT messages_blob) AS number FROM suggestions WHERE messages_blob IS NOT NULL"
        ),
        "texts": sizes["texts"],
        "text_bytes": sizes["bytes"],
    }


def _number(db: Any, query: str) -> int:
    return int(select(db, f"SELECT {query}")[0]["number"])
