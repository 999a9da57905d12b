"""Suggestions and decisions: from frozen values to rows and back.

A suggestion's state is not kept: its newest decision says it, and without one it is pending or failed. What
was divided into hunks is DIVIDED as long as its parts stand in its place.
Imports `review` and the modules beside it; every function takes an open database, and those that write belong
inside a transaction.
"""

import json
from collections.abc import Iterable
from typing import Any

from nbreview.review.model import (
    CellEdit,
    Decision,
    DecisionKind,
    Evidence,
    Origin,
    Suggestion,
    SuggestionState,
)
from nbreview.store.blobs import put_text, unpack_text
from nbreview.store.origins import put_messages, put_model, put_reply
from nbreview.store.places import place_of, place_row
from nbreview.store.rows import Row, execute, insert, select

_NEWEST = "(SELECT max(seq) FROM decisions WHERE suggestion = s.id)"

_SUGGESTION = f"""
    SELECT s.*, m.name AS model_name, m.sha256 AS model_sha256, m.settings AS model_settings,
        b.encoding AS base_encoding, b.content AS base_content,
        p.encoding AS proposed_encoding, p.content AS proposed_content,
        q.encoding AS messages_encoding, q.content AS messages_content,
        r.encoding AS reply_encoding, r.content AS reply_content,
        (SELECT kind FROM decisions WHERE seq = {_NEWEST}) AS decided
    FROM suggestions AS s
    JOIN blobs AS b ON b.sha256 = s.base_blob
    JOIN blobs AS p ON p.sha256 = s.proposed_blob
    LEFT JOIN blobs AS q ON q.sha256 = s.messages_blob
    LEFT JOIN blobs AS r ON r.sha256 = s.reply_blob
    LEFT JOIN models AS m ON m.id = s.model
"""

_DECISION = """
    SELECT d.*, f.encoding AS final_encoding, f.content AS final_content
    FROM decisions AS d JOIN blobs AS f ON f.sha256 = d.final_blob
"""


def add(db: Any, suggestion: Suggestion) -> bool:
    """Keep a suggestion; whether it was new. Of its state only FAILED is kept."""
    origin = suggestion.origin
    row = {
        "id": suggestion.id,
        "created": suggestion.created,
        **place_row(suggestion.place),
        "cell_type": suggestion.cell_type,
        "language": suggestion.language,
        "instruction": suggestion.instruction,
        "reason": suggestion.reason,
        "evidence": suggestion.evidence.value,
        "failed": int(suggestion.state is SuggestionState.FAILED),
        "maker": origin.maker,
        "model": put_model(db, origin),
        "template": origin.template,
        "prompt_tokens": origin.prompt_tokens,
        "reply_tokens": origin.reply_tokens,
        "first_token_seconds": origin.first_token_seconds,
        "total_seconds": origin.total_seconds,
        "base_blob": put_text(db, suggestion.base_source),
        "proposed_blob": put_text(db, suggestion.proposed_source),
        "messages_blob": put_messages(db, origin),
        "reply_blob": put_reply(db, origin),
        "edit": suggestion.edit.value,
        "follows": suggestion.after,
        "answer": suggestion.group,
        "part_of": suggestion.part_of,
    }
    return insert(db, "suggestions", row, on_conflict="ON CONFLICT (id) DO NOTHING") > 0


def mark_failed(db: Any, suggestion_id: str) -> bool:
    """Note that a suggestion could not be used; whether there is one of that id."""
    sql = "UPDATE suggestions SET failed = 1 WHERE id = CAST(? AS TEXT)"
    return execute(db, sql, [suggestion_id]) > 0


def get(db: Any, suggestion_id: str) -> Suggestion | None:
    """One suggestion with its current state, or None."""
    rows = select(db, f"{_SUGGESTION} WHERE s.id = CAST(? AS TEXT)", [suggestion_id])
    return _suggestion(rows[0]) if rows else None


def of_notebook(db: Any, notebook: str) -> tuple[Suggestion, ...]:
    """A notebook's suggestions with their current state, oldest first."""
    sql = f"{_SUGGESTION} WHERE s.notebook = CAST(? AS TEXT) ORDER BY s.created, s.seq"
    return tuple(_suggestion(row) for row in select(db, sql, [notebook]))


def add_decision(db: Any, decision: Decision) -> bool:
    """Keep a decision; whether it was new.

    Raises
    ------
    KeyError
        Its suggestion is not in the store.
    ValueError
        Another decision has the same id.
    """
    known = select(db, f"{_DECISION} WHERE d.id = CAST(? AS TEXT)", [decision.id])
    if known:
        before = _decision(known[0])
        if (before.suggestion_id, before.kind, before.final_source) != (
            decision.suggestion_id,
            decision.kind,
            decision.final_source,
        ):
            raise ValueError(f"decision {decision.id} is in the store with another content")
        return False
    sql = "SELECT 1 FROM suggestions WHERE id = CAST(? AS TEXT)"
    if not select(db, sql, [decision.suggestion_id]):
        raise KeyError(decision.suggestion_id)
    row = {
        "id": decision.id,
        "suggestion": decision.suggestion_id,
        "kind": decision.kind.value,
        "final_blob": put_text(db, decision.final_source),
        "time": decision.time,
        "comment": decision.comment,
        "applied": int(decision.applied),
        "batch": decision.batch,
    }
    return insert(db, "decisions", row) > 0


def mark_applied(db: Any, decision_id: str) -> bool:
    """Note that the file holds what was decided; whether there is a decision of that id."""
    sql = "UPDATE decisions SET applied = 1 WHERE id = CAST(? AS TEXT)"
    return execute(db, sql, [decision_id]) > 0


def decisions_of(db: Any, suggestion_id: str) -> tuple[Decision, ...]:
    """A suggestion's decisions, oldest first."""
    sql = f"{_DECISION} WHERE d.suggestion = CAST(? AS TEXT) ORDER BY d.seq"
    return tuple(_decision(row) for row in select(db, sql, [suggestion_id]))


def decided(db: Any, decision_id: str) -> str | None:
    """Id of the suggestion that a decision is about, or None."""
    rows = select(db, "SELECT suggestion FROM decisions WHERE id = CAST(? AS TEXT)", [decision_id])
    return str(rows[0]["suggestion"]) if rows else None


def newest_unapplied(db: Any) -> list[int]:
    """Keys of decisions that stand, would change a file, and are not known to have done so; oldest first."""
    return _standing(db, "d.applied = 0 AND d.kind <> 'rejected' ORDER BY d.seq")


def batch_of(db: Any, decision_id: str) -> list[int]:
    """Keys of the acceptances that stand and were written together with one, in their order."""
    rows = select(db, "SELECT seq, batch FROM decisions WHERE id = CAST(? AS TEXT)", [decision_id])
    batch = rows[0]["batch"] if rows else ""
    if not batch:
        return [row["seq"] for row in rows]
    where = "d.kind IN ('accepted', 'edited') AND d.batch = CAST(? AS TEXT) ORDER BY d.seq"
    return _standing(db, where, [batch])


def newest_acceptances(db: Any, notebook: str | None = None) -> list[int]:
    """Keys of acceptances that stand, in the order of their times (the ids decide between equal ones)."""
    where = "d.kind IN ('accepted', 'edited') AND s.replaced_by = ''"
    if notebook is None:
        return _standing(db, f"{where} ORDER BY d.time, d.id")
    where += " AND s.notebook = CAST(? AS TEXT) ORDER BY d.seq"
    return _standing(db, where, [notebook])


def _standing(db: Any, where: str, values: Iterable[str] = ()) -> list[int]:
    sql = f"""SELECT d.seq AS seq FROM decisions AS d JOIN suggestions AS s ON s.id = d.suggestion
        WHERE d.seq = {_NEWEST} AND {where}"""
    return [row["seq"] for row in select(db, sql, tuple(values))]


def pair(db: Any, decision_seq: int) -> tuple[Suggestion, Decision] | None:
    """A decision, by its key, with its suggestion."""
    rows = select(db, f"{_DECISION} WHERE d.seq = ?", [decision_seq])
    if not rows:
        return None
    decision = _decision(rows[0])
    suggestion = get(db, decision.suggestion_id)
    return (suggestion, decision) if suggestion is not None else None


def _suggestion(row: Row) -> Suggestion:
    messages = _text(row, "messages")
    decided = row["decided"]
    undecided = SuggestionState.FAILED if row["failed"] else SuggestionState.PENDING
    state = SuggestionState(decided) if decided else undecided
    return Suggestion(
        id=row["id"],
        place=place_of(row),
        base_source=_text(row, "base"),
        proposed_source=_text(row, "proposed"),
        reason=row["reason"],
        evidence=Evidence(row["evidence"]),
        origin=Origin(
            maker=row["maker"],
            model_name=row["model_name"] or "",
            model_sha256=row["model_sha256"] or "",
            settings=json.loads(row["model_settings"]) if row["model_settings"] else {},
            template=row["template"],
            messages=tuple(json.loads(messages)) if messages else (),
            reply=_text(row, "reply"),
            prompt_tokens=row["prompt_tokens"],
            reply_tokens=row["reply_tokens"],
            first_token_seconds=row["first_token_seconds"],
            total_seconds=row["total_seconds"],
        ),
        cell_type=row["cell_type"],
        language=row["language"],
        instruction=row["instruction"],
        state=SuggestionState.DIVIDED if row["replaced_by"] else state,
        created=row["created"],
        edit=CellEdit(row["edit"]),
        after=row["follows"],
        group=row["answer"],
        part_of=row["part_of"],
    )


def _decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        suggestion_id=row["suggestion"],
        kind=DecisionKind(row["kind"]),
        final_source=_text(row, "final"),
        time=row["time"],
        comment=row["comment"],
        applied=bool(row["applied"]),
        batch=row["batch"],
    )


def _text(row: Row, name: str) -> str:
    key = row[f"{name}_blob"]
    return unpack_text(key, row[f"{name}_encoding"], row[f"{name}_content"]) if key else ""
