"""Findings for machines that know files and lines: SARIF 2.1.0, and the annotations of GitHub's actions.

Imports `review` and below. SARIF is the OASIS standard "Static Analysis Results Interchange Format" 2.1.0;
annotations are the workflow commands `error`, `warning` and `notice`, with the escapes that GitHub documents
for them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nbreview.notebook.places import source_places
from nbreview.review.model import Evidence, Finding, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Evidence.CERTAIN: "error", Evidence.OBSERVED: "error", Evidence.LIKELY: "warning"}
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


@dataclass(frozen=True, slots=True)
class Flagged:
    """A finding and where it stands: the notebook's path as it was named, and the file's line from 1 (None:
    not known).
    """

    path: Path
    finding: Finding
    file_line: int | None = None


def flag(path: Path, data: bytes, findings: Iterable[Finding]) -> list[Flagged]:
    """Findings of one notebook with the lines of the file, `data`, that they point to."""
    places = source_places(data)

    def line_of(finding: Finding) -> int | None:
        if finding.cell_index >= len(places):
            return None
        lines = places[finding.cell_index]
        return lines[min(finding.line or 0, len(lines) - 1)]

    return [Flagged(path, finding, line_of(finding)) for finding in findings]


def level_of(finding: Finding) -> str:
    """SARIF's level: "error" for what is certain or was observed, "warning" for what is likely, else
    "note".
    """
    return _LEVELS.get(finding.evidence, "note") if finding.verdict is Verdict.CRASH else "note"


def sarif_log(flagged: Sequence[Flagged], version: str, problems: Sequence[str] = ()) -> dict[str, Any]:
    """One SARIF run.

    Parameters
    ----------
    version:
        Of nbreview.
    problems:
        Sentences about notebooks that could not be checked: notifications of the run, which is then marked
        as not having succeeded.
    """
    rules = sorted({each.finding.check for each in flagged})
    number = {rule: index for index, rule in enumerate(rules)}
    notes = [{"level": "error", "message": {"text": text}} for text in problems]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "nbreview", "version": version, "rules": [_rule(r) for r in rules]}
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {"executionSuccessful": not problems, "toolExecutionNotifications": notes},
                ],
                "results": [_result(each, number) for each in flagged],
            }
        ],
    }


def _rule(check: str) -> dict[str, Any]:
    return {"id": check, "name": check, "shortDescription": {"text": f"nbreview's check “{check}”"}}


def _result(flagged: Flagged, number: dict[str, int]) -> dict[str, Any]:
    finding = flagged.finding
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(flagged.path)}}
    if flagged.file_line is not None:
        place["region"] = {"startLine": flagged.file_line}
    cell = f"cell {finding.cell_index + 1}"
    line = f", line {finding.line + 1}" if finding.line is not None else ""
    properties: dict[str, Any] = {
        "evidence": finding.evidence.value,
        "rung": finding.rung.value,
        "cellIndex": finding.cell_index,
        "cellId": finding.cell_id,
        "cellLine": finding.line,
        "exception": finding.exception,
    }
    if finding.probability is not None:
        properties["probability"] = finding.probability
    return {
        "ruleId": finding.check,
        "ruleIndex": number[finding.check],
        "level": level_of(finding),
        "message": {"text": f"{cell}{line}: {finding.message}"},
        "locations": [
            {"physicalLocation": place, "logicalLocations": [{"name": cell, "kind": "module"}]},
        ],
        # What stays the same when cells are put above it: the cell's text and what is said of it.
        "partialFingerprints": {
            "cellAndMessage/v1": f"{finding.source_digest[:16]}:{finding.check}:{finding.exception}",
        },
        "properties": properties,
    }


def _uri(path: Path) -> str:
    """A path as a relative reference, or a `file:` address where it is absolute."""
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def annotations(flagged: Iterable[Flagged]) -> list[str]:
    """One workflow command a finding, as GitHub's actions read them from standard output."""
    lines = []
    for each in flagged:
        finding = each.finding
        where = f"file={_property(each.path.as_posix())}"
        if each.file_line is not None:
            where += f",line={each.file_line}"
        title = f"cell {finding.cell_index + 1} ({finding.evidence.value})"
        command = _COMMANDS[level_of(finding)]
        lines.append(f"::{command} {where},title={_property(title)}::{_data(finding.message)}")
    return lines


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
