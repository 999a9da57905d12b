"""Taking over what another store holds: two people's decisions in one, nothing twice.

What has the same id is the same; where its content differs, ours stays and the difference is reported. A
suggestion of another id that proposes the same for the same cell, and was decided on in the same way, is the
same too. Acts that can be undone, recent notebooks and ticks belong to one person's machine and stay there.
Imports the modules beside it; the functions belong inside a transaction.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbreview.store.blobs import REFERENCES, unpacked
from nbreview.store.rows import Row, execute, insert, select

_PARTS = (
    # table, what its rows belong to (column, table), columns that may differ between equal rows
    ("findings", None, {"time", "seconds", "model"}),
    ("finding_outcomes", ("finding", "findings"), set[str]()),
    ("comments", None, set[str]()),
    ("comment_events", ("comment", "comments"), set[str]()),
    ("reviews", None, {"ended"}),
    ("snapshots", None, set[str]()),
    ("draft_steps", None, set[str]()),
)
_SUGGESTION_MAY_DIFFER = {"seq", "failed", "model", "replaced_by"}


@dataclass(slots=True)
class MergeReport:
    """How many rows of each table came in, how many were here already, and what could not be taken.

    `conflicts` are (table, id) of what has the same id and another content here. `damaged` counts what the
    other store could not give whole.
    """

    added: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)
    conflicts: list[tuple[str, str]] = field(default_factory=list)
    damaged: int = 0

    def count(self, counts: dict[str, int], table: str) -> None:
        """Count one row."""
        counts[table] = counts.get(table, 0) + 1


def merge(db: Any, other: Any) -> MergeReport:
    """Take over what `other`, an open store's database of the same schema, holds.

    All of it happens in the caller's transaction, or nothing; a second time changes nothing.
    """
    report = MergeReport()
    for row in _rows(other, "suggestions"):
        _merge_suggestion(db, other, row, report)
    skipped = {table: set[str]() for table, _, _ in _PARTS}
    for table, parent, may_differ in _PARTS:
        for row in _rows(other, table):
            if parent is not None and row[parent[0]] in skipped[parent[1]]:
                continue
            if not _merge_row(db, other, table, row, may_differ, report):
                skipped[table].add(row["id"])
    for row in _rows(other, "review_cells"):
        if row["review"] not in skipped["reviews"]:
            row.pop("id")
            insert(db, "review_cells", row, on_conflict="ON CONFLICT DO NOTHING")
    return report


def _rows(other: Any, table: str) -> Iterator[Row]:
    order = "id" if table == "review_cells" else "seq"
    # One at a time: a store may hold more than memory does.
    cursor = other.execute(f"SELECT * FROM {table} ORDER BY {order}")
    names = [column[0] for column in cursor.description]
    for values in cursor:
        yield dict(zip(names, values, strict=True))


def _one(db: Any, table: str, key: str) -> Row | None:
    rows = select(db, f"SELECT * FROM {table} WHERE id = CAST(? AS TEXT)", [key])
    return rows[0] if rows else None


def _merge_row(db: Any, other: Any, table: str, row: Row, may_differ: set[str], report: MergeReport) -> bool:
    """Take over one row; whether what is here under its id is the same."""
    row.pop("seq")
    ours = _one(db, table, row["id"])
    if ours is not None:
        if any(ours[name] != value for name, value in row.items() if name not in may_differ):
            report.conflicts.append((table, row["id"]))
            return False
        report.count(report.same, table)
        return True
    if row.get("suggestion") and _one(db, "suggestions", row["suggestion"]) is None:
        row["suggestion"] = None  # it came in under the id that it has here, or was damaged
    if not _take_blobs(db, other, table, row):
        report.damaged += 1
        return False
    if row.get("model") is not None:
        row["model"] = _take_model(db, other, row["model"])
    insert(db, table, row)
    report.count(report.added, table)
    return True


def _merge_suggestion(db: Any, other: Any, row: Row, report: MergeReport) -> None:
    decisions = select(
        other, "SELECT * FROM decisions WHERE suggestion = CAST(? AS TEXT) ORDER BY seq", [row["id"]]
    )
    ours = _one(db, "suggestions", row["id"])
    if ours is not None:
        if any(ours[name] != value for name, value in row.items() if name not in _SUGGESTION_MAY_DIFFER):
            report.conflicts.append(("suggestions", row["id"]))
            return
        if row["failed"] and not ours["failed"]:
            execute(db, "UPDATE suggestions SET failed = 1 WHERE id = CAST(? AS TEXT)", [row["id"]])
        _merge_division(db, row)
        report.count(report.same, "suggestions")
    elif _twin(db, other, row, decisions):
        report.count(report.same, "suggestions")
        for _ in decisions:
            report.count(report.same, "decisions")
        return
    else:
        row.pop("seq")
        if not _take_blobs(db, other, "suggestions", row):
            report.damaged += 1
            return
        if row["model"] is not None:
            row["model"] = _take_model(db, other, row["model"])
        insert(db, "suggestions", row)
        report.count(report.added, "suggestions")
    _merge_decisions(db, other, row["id"], decisions, report)


def _merge_division(db: Any, row: Row) -> None:
    """What was divided there and not yet decided on here is divided here too; its parts come as rows."""
    sql = """UPDATE suggestions SET replaced_by = ?1 WHERE id = CAST(?2 AS TEXT) AND replaced_by = ''
        AND NOT EXISTS (SELECT 1 FROM decisions WHERE suggestion = CAST(?2 AS TEXT))"""
    if row["replaced_by"]:
        execute(db, sql, [row["replaced_by"], row["id"]])


def _merge_decisions(db: Any, other: Any, suggestion: str, theirs: list[Row], report: MergeReport) -> None:
    sql = "SELECT * FROM decisions WHERE suggestion = CAST(? AS TEXT) ORDER BY seq"
    ours = select(db, sql, [suggestion])
    contents = {_decided(row): row for row in ours}
    new: list[Row] = []
    for row in theirs:
        known = _one(db, "decisions", row["id"])
        if known is not None and (known["suggestion"], *_decided(known)) != (suggestion, *_decided(row)):
            report.conflicts.append(("decisions", row["id"]))
        elif known is not None or (*_decided(row), row["time"]) in {
            (*content, held["time"]) for content, held in contents.items()
        }:
            report.count(report.same, "decisions")
        elif not _take_blobs(db, other, "decisions", row):
            report.damaged += 1
        else:
            # What another machine's file holds is not for this one to find out.
            new.append({**row, "applied": 1})
            report.count(report.added, "decisions")
    if not new:
        return
    # The newest decision says the state, and the newest is the last row: they stand in the order of time.
    combined = sorted(ours + new, key=lambda row: row["time"])
    if combined[: len(ours)] != ours:
        execute(db, "DELETE FROM decisions WHERE suggestion = CAST(? AS TEXT)", [suggestion])
    else:
        combined = combined[len(ours) :]
    for row in combined:
        insert(db, "decisions", {name: value for name, value in row.items() if name != "seq"})


def _decided(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["kind"], row["final_blob"], row["comment"]


def _twin(db: Any, other: Any, row: Row, decisions: list[Row]) -> bool:
    """Whether a suggestion here proposes the same for the same cell and was decided on in the same way."""
    sql = """SELECT * FROM suggestions WHERE base_blob = ? AND proposed_blob = ?
        AND instruction = CAST(? AS TEXT) AND maker = CAST(? AS TEXT)
        AND edit = ? AND follows = ? AND part_of = '' AND replaced_by = '' ORDER BY seq"""
    values = [row[name] for name in ("base_blob", "proposed_blob", "instruction", "maker", "edit", "follows")]
    if row["part_of"] or row["replaced_by"]:
        return False  # known by its id, which its whole or its parts know too
    for candidate in select(db, sql, values):
        if _cell(candidate) != _cell(row) or _model(db, candidate) != _model(other, row):
            continue
        sql = "SELECT * FROM decisions WHERE suggestion = CAST(? AS TEXT) ORDER BY seq"
        ours = [_decided(decision) for decision in select(db, sql, [candidate["id"]])]
        if ours == [_decided(decision) for decision in decisions]:
            return True
    return False


def _cell(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What is the same for two clones of a repository: the remote, the path inside, the cell."""
    notebook = (row["remote"], row["path"]) if row["remote"] else ("", row["notebook"])
    return *notebook, row["cell_id"] or row["cell_index"]


def _model(db: Any, row: Mapping[str, Any]) -> tuple[Any, ...]:
    found = select(db, "SELECT name, sha256 FROM models WHERE id = ?", [row["model"]])
    return tuple(found[0].values()) if found else ()


def _take_model(db: Any, other: Any, key: int) -> int:
    row = select(other, "SELECT name, sha256, settings FROM models WHERE id = ?", [key])[0]
    insert(db, "models", row, on_conflict="ON CONFLICT DO NOTHING")
    sql = (
        "SELECT id FROM models WHERE name = CAST(? AS TEXT) AND sha256 = CAST(? AS TEXT) "
        "AND settings = CAST(? AS TEXT)"
    )
    return int(select(db, sql, list(row.values()))[0]["id"])


def _take_blobs(db: Any, other: Any, table: str, row: Row) -> bool:
    """Take over what a row refers to; whether all of it is whole."""
    taken = []
    for of, column in REFERENCES:
        key = row.get(column) if of == table else None
        if key is None or select(db, "SELECT 1 FROM blobs WHERE sha256 = ?", [key]):
            continue
        found = select(other, "SELECT sha256, size, encoding, content FROM blobs WHERE sha256 = ?", [key])
        if not found or unpacked(key, found[0]["encoding"], found[0]["content"]) is None:
            return False
        taken.append(found[0])
    for blob in taken:
        insert(db, "blobs", blob, on_conflict="ON CONFLICT DO NOTHING")
    return True
