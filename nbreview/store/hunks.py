"""Suggestions that were divided into hunks: their parts stand in their place, or they have come back whole.

Imports `review` and the modules beside it; every function takes an open database, and those that write belong
inside a transaction.
"""

from collections.abc import Sequence
from typing import Any

from nbreview.review.model import Suggestion
from nbreview.store import suggestions
from nbreview.store.rows import execute, select

_PARTS = "SELECT id FROM suggestions WHERE part_of = CAST(? AS TEXT) AND replaced_by <> 'whole'"
_DECIDED = """SELECT 1 FROM suggestions AS s JOIN decisions AS d ON d.suggestion = s.id
    WHERE s.part_of = CAST(?1 AS TEXT) AND s.replaced_by <> 'whole' AND d.kind <> 'undone'
        AND d.seq = (SELECT max(seq) FROM decisions WHERE suggestion = s.id)
    UNION ALL SELECT 1 FROM suggestions WHERE part_of = CAST(?1 AS TEXT) AND replaced_by = 'parts'"""


def divide(db: Any, whole: str, parts: Sequence[Suggestion]) -> bool:
    """Put parts in the place of a whole; False, and nothing done, where others stand there already.

    Raises
    ------
    KeyError
        The whole is not in the store.
    """
    rows = select(db, "SELECT replaced_by FROM suggestions WHERE id = CAST(? AS TEXT)", [whole])
    if not rows:
        raise KeyError(whole)
    if rows[0]["replaced_by"]:
        return False
    for part in parts:
        suggestions.add(db, part)
    _replace(db, whole, "parts")
    return True


def make_whole(db: Any, whole: str) -> bool:
    """Let a whole stand again in the place of its parts, where none of them has been decided on (an
    acceptance that was taken back is none); whether it does.
    """
    sql = "SELECT 1 FROM suggestions WHERE id = CAST(? AS TEXT) AND replaced_by = 'parts'"
    if not select(db, sql, [whole]) or select(db, _DECIDED, [whole]):
        return False
    for row in select(db, _PARTS, [whole]):
        _replace(db, row["id"], "whole")
    _replace(db, whole, "")
    return True


def parts(db: Any, whole: str) -> tuple[str, ...]:
    """Ids of what stands in the place of a divided suggestion."""
    return tuple(row["id"] for row in select(db, f"{_PARTS} ORDER BY seq", [whole]))


def divided(db: Any, notebook: str) -> tuple[str, ...]:
    """Ids of a notebook's suggestions in whose place parts stand, the newest first."""
    sql = """SELECT id FROM suggestions WHERE notebook = CAST(? AS TEXT) AND replaced_by = 'parts'
        ORDER BY seq DESC"""
    return tuple(row["id"] for row in select(db, sql, [notebook]))


def _replace(db: Any, id: str, by: str) -> None:
    execute(db, "UPDATE suggestions SET replaced_by = ? WHERE id = CAST(? AS TEXT)", [by, id])
