"""Findings: the latest of each check for each source of a notebook's cells.

Imports `review` and the rows beside it; every function takes an open database, and those that write belong
inside a transaction.
"""

from collections.abc import Iterable
from typing import Any

from nbreview.review.model import Evidence, Finding, Verdict
from nbreview.store.rows import execute, insert, select


def put(db: Any, notebook: str, findings: Iterable[Finding], time: float) -> None:
    """Keep findings; what the same check said before of the same source, in this notebook, makes room."""
    findings = tuple(findings)
    for digest, check in {(finding.source_digest, finding.check) for finding in findings}:
        sql = """DELETE FROM findings WHERE notebook = CAST(? AS TEXT) AND source_digest = CAST(? AS TEXT)
            AND check_name = CAST(? AS TEXT)"""
        execute(db, sql, [notebook, digest, check])
    for finding in findings:
        row = {
            "notebook": notebook,
            "source_digest": finding.source_digest,
            "check_name": finding.check,
            "time": time,
            "evidence": finding.evidence.value,
            "verdict": finding.verdict.value,
            "cell_index": finding.cell_index,
            "cell_id": finding.cell_id,
            "message": finding.message,
            "exception": finding.exception,
            "line": finding.line,
            "column": finding.column,
            "end_column": finding.end_column,
            "probability": finding.probability,
            "model": finding.model,
            "seconds": finding.seconds,
        }
        insert(db, "findings", row)


def of_notebook(db: Any, notebook: str) -> tuple[Finding, ...]:
    """A notebook's findings in cell order."""
    sql = """SELECT * FROM findings WHERE notebook = CAST(? AS TEXT)
        ORDER BY cell_index, line, "column", check_name, id"""
    return tuple(
        Finding(
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
            model=row["model"],
            seconds=row["seconds"],
        )
        for row in select(db, sql, [notebook])
    )


def count(db: Any) -> dict[str, int]:
    """How many findings there are."""
    return {"findings": int(db["findings"].count)}
