"""Findings and what became of them: from frozen values to rows and back.

Imports `review` and the modules beside it; every function takes an open database, and those that write belong
inside a transaction.
"""

import json
from dataclasses import asdict
from typing import Any

from nbreview.review.model import Evidence, Finding, Origin, Rung, Verdict
from nbreview.review.outcomes import FindingOutcome, KeptFinding, OutcomeKind
from nbreview.review.taxonomy import Cause, CrashType, RootCause, Stage
from nbreview.store.blobs import unpack_text
from nbreview.store.origins import put_messages, put_model, put_reply
from nbreview.store.places import place_of, place_row
from nbreview.store.rows import Row, dump_json, insert, select

_FINDING = """
    SELECT f.*, m.name AS origin_name, m.sha256 AS origin_sha256, m.settings AS origin_settings,
        q.encoding AS messages_encoding, q.content AS messages_content,
        r.encoding AS reply_encoding, r.content AS reply_content
    FROM findings AS f
    LEFT JOIN blobs AS q ON q.sha256 = f.messages_blob
    LEFT JOIN blobs AS r ON r.sha256 = f.reply_blob
    LEFT JOIN models AS m ON m.id = f.model
"""


def add(db: Any, kept: KeptFinding) -> bool:
    """Keep a finding; whether it was new."""
    finding, origin = kept.finding, kept.origin
    row = {
        "id": kept.id,
        "time": kept.time,
        **place_row(kept.place),
        "check_name": finding.check,
        "evidence": finding.evidence.value,
        "verdict": finding.verdict.value,
        "rung": finding.rung.value,
        "source_digest": finding.source_digest,
        "state_digest": finding.state_digest,
        "message": finding.message,
        "exception": finding.exception,
        "line": finding.line,
        "column": finding.column,
        "end_column": finding.end_column,
        "probability": finding.probability,
        "model_name": finding.model,
        "seconds": finding.seconds,
        "cause": dump_json(asdict(finding.cause)) if finding.cause is not None else "",
        "origin_index": finding.origin_index,
        "trace": finding.trace,
        "model": put_model(db, origin) if origin else None,
        "template": origin.template if origin else "",
        "messages_blob": put_messages(db, origin) if origin else None,
        "reply_blob": put_reply(db, origin) if origin else None,
        "origin": dump_json(_counts(origin)) if origin else "",
    }
    # The cell's number in the finding is what it was then; its place holds the same.
    return insert(db, "findings", row, on_conflict="ON CONFLICT (id) DO NOTHING") > 0


def add_outcome(db: Any, outcome: FindingOutcome) -> bool:
    """Keep what became of a finding; whether it was new.

    Raises
    ------
    KeyError
        Its finding, or the suggestion that it names, is not in the store.
    """
    wanted = [("findings", outcome.finding_id)]
    if outcome.suggestion_id:
        wanted.append(("suggestions", outcome.suggestion_id))
    for table, key in wanted:
        if not select(db, f"SELECT 1 FROM {table} WHERE id = CAST(? AS TEXT)", [key]):
            raise KeyError(key)
    row = {
        "id": outcome.id,
        "finding": outcome.finding_id,
        "kind": outcome.kind.value,
        "time": outcome.time,
        "suggestion": outcome.suggestion_id or None,
        "reason": outcome.reason,
        "commit_id": outcome.commit,
    }
    return insert(db, "finding_outcomes", row, on_conflict="ON CONFLICT (id) DO NOTHING") > 0


def get(db: Any, finding_id: str) -> KeptFinding | None:
    """One finding, or None."""
    rows = select(db, f"{_FINDING} WHERE f.id = CAST(? AS TEXT)", [finding_id])
    return _finding(rows[0]) if rows else None


def of_notebook(db: Any, notebook: str) -> tuple[KeptFinding, ...]:
    """A notebook's findings, oldest first."""
    sql = f"{_FINDING} WHERE f.notebook = CAST(? AS TEXT) ORDER BY f.time, f.seq"
    return tuple(_finding(row) for row in select(db, sql, [notebook]))


def outcomes_of(db: Any, finding_id: str) -> tuple[FindingOutcome, ...]:
    """What became of a finding, oldest first."""
    sql = "SELECT * FROM finding_outcomes WHERE finding = CAST(? AS TEXT) ORDER BY seq"
    return tuple(
        FindingOutcome(
            row["id"],
            row["finding"],
            OutcomeKind(row["kind"]),
            row["time"],
            row["suggestion"] or "",
            row["reason"],
            row["commit_id"],
        )
        for row in select(db, sql, [finding_id])
    )


def dismissed_of(db: Any, notebook: str) -> frozenset[str]:
    """Ids of a notebook's findings that are dismissed, and not shown again since (STILL_THERE, without a
    commit).
    """
    sql = """SELECT o.finding AS finding, o.kind AS kind FROM finding_outcomes AS o
        JOIN findings AS f ON f.id = o.finding
        WHERE f.notebook = CAST(? AS TEXT)
            AND (o.kind = 'dismissed' OR (o.kind = 'still there' AND o.commit_id = '')) ORDER BY o.seq"""
    last = {row["finding"]: row["kind"] for row in select(db, sql, [notebook])}
    return frozenset(key for key, kind in last.items() if kind == OutcomeKind.DISMISSED)


def _counts(origin: Origin) -> dict[str, Any]:
    return {
        "maker": origin.maker,
        "prompt_tokens": origin.prompt_tokens,
        "reply_tokens": origin.reply_tokens,
        "first_token_seconds": origin.first_token_seconds,
        "total_seconds": origin.total_seconds,
    }


def _finding(row: Row) -> KeptFinding:
    place = place_of(row)
    finding = Finding(
        check=row["check_name"],
        evidence=Evidence(row["evidence"]),
        verdict=Verdict(row["verdict"]),
        cell_index=row["cell_index"],
        source_digest=row["source_digest"],
        message=row["message"],
        cell_id=row["cell_id"],
        exception=row["exception"],
        line=row["line"],
        column=row["column"],
        end_column=row["end_column"],
        probability=row["probability"],
        model=row["model_name"],
        seconds=row["seconds"],
        rung=Rung(row["rung"]),
        cause=_cause(row["cause"]),
        origin_index=row["origin_index"],
        state_digest=row["state_digest"],
        trace=row["trace"],
    )
    return KeptFinding(row["id"], place, finding, row["time"], _origin(row))


def _cause(text: str) -> Cause | None:
    if not text:
        return None
    value = json.loads(text)
    return Cause(
        exception=value["exception"],
        message=value["message"],
        crash_type=CrashType(value["crash_type"]) if value["crash_type"] else None,
        root_cause=RootCause(value["root_cause"]) if value["root_cause"] else None,
        stage=Stage(value["stage"]) if value["stage"] else None,
        library=value["library"],
    )


def _origin(row: Row) -> Origin | None:
    if not row["origin"]:
        return None
    messages = _text(row, "messages")
    return Origin(
        model_name=row["origin_name"] or "",
        model_sha256=row["origin_sha256"] or "",
        settings=json.loads(row["origin_settings"]) if row["origin_settings"] else {},
        template=row["template"],
        messages=tuple(json.loads(messages)) if messages else (),
        reply=_text(row, "reply"),
        **json.loads(row["origin"]),
    )


def _text(row: Row, name: str) -> str:
    key = row[f"{name}_blob"]
    return unpack_text(key, row[f"{name}_encoding"], row[f"{name}_content"]) if key else ""
