"""Two runs of one evaluation on the same data: how much they differ, and whether by more than chance.

Imports `form`, `report`, `statistics` and below. Only what is known of each item is compared, item by item:
what holds for a whole data set at once (BLEU of a corpus, precision) is compared as the mean over its items,
where items have it.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from nbreview.errors import UserError
from nbreview.evaluation.form import VERSION, Dataset, Form, Measure
from nbreview.evaluation.report import Bar, Chart, Report, Table, figure
from nbreview.evaluation.statistics import (
    Difference,
    interval,
    paired_difference,
    paired_outcomes,
    value_groups,
)

_FILE = "report.json"
_SHOWN_DIGITS = 16


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report of a run as its file holds it. `name` is what it is called here."""

    path: Path
    value: Mapping[str, Any]

    @property
    def items(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        """Items by series and id."""
        return {(item["series"], item["id"]): item for item in self.value["items"]}


def read_report(path: Path) -> ReadReport:
    """Read a report.json, or that of a folder, and hold it against its schema.

    Raises
    ------
    UserError
        It cannot be read, or is no such report.
    """
    import jsonschema

    from nbreview.paths import resource

    file = path / _FILE if path.is_dir() else path
    try:
        value = orjson.loads(file.read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"{file} cannot be read ({reason}); name a {_FILE} of nbreview evaluate.") from None
    except orjson.JSONDecodeError:
        raise UserError(f"{file} is no JSON; name a {_FILE} of nbreview evaluate.") from None
    form = value.get("form") if isinstance(value, dict) else None
    if isinstance(form, int) and form > VERSION:
        raise UserError(f"{file} is of a newer nbreview (form {form}); compare it with that one.")
    schema = orjson.loads(resource("schemas", "report.schema.json").read_bytes())
    try:
        jsonschema.validate(value, schema, jsonschema.Draft202012Validator)
    except jsonschema.ValidationError as error:
        where = "/".join(map(str, error.absolute_path)) or "the whole"
        raise UserError(
            f"{file} is no report of nbreview evaluate ({where} is not of its form); name a {_FILE}."
        ) from None
    return ReadReport(file, value)


def compare_reports(first: ReadReport, second: ReadReport) -> Report:
    """The report about what the second run has more than the first.

    Raises
    ------
    UserError
        They are of different evaluations or data sets, or have no item in common.
    """
    began = time.monotonic()
    kinds = first.value["evaluation"], second.value["evaluation"]
    if kinds[0] != kinds[1] or kinds[0] == "comparison":
        raise UserError(
            f"{first.path} is about {kinds[0]} and {second.path} about {kinds[1]}; name two runs of one "
            "evaluation."
        )
    hashes = first.value["dataset"]["sha256"], second.value["dataset"]["sha256"]
    if hashes[0] != hashes[1]:
        raise UserError(
            f"{first.path} and {second.path} are of different data sets (SHA-256 "
            f"{hashes[0][:_SHOWN_DIGITS]}… and {hashes[1][:_SHOWN_DIGITS]}…); run both on the same data."
        )
    mine, theirs = first.items, second.items
    common = [key for key in mine if key in theirs]
    if not common:
        raise UserError(
            f"{first.path} and {second.path} have no item of the same series in common; run both on the same "
            "items."
        )
    rows = _differences(mine, theirs, common)
    alone = len(mine) - len(common), len(theirs) - len(common)
    problems = tuple(
        f"{number} items are in {name} only and were left out."
        for number, name in zip(alone, ("A", "B"), strict=True)
        if number
    )
    differing = _differing_settings(first.value, second.value)
    return Report(
        name="comparison",
        title=f"Two runs: {first.value['title']}",
        values={
            "of": kinds[0],
            "runs": [_run(first.value), _run(second.value)],
            "differences": [_value(*row) for row in rows],
        },
        tables=(_table(rows),),
        chart=_chart(rows),
        notes=(
            f"A: {_run_text(first.value)}. B: {_run_text(second.value)}.",
            *((f"The runs differ in: {', '.join(differing)}.",) if differing else ()),
            f"{len(common)} items in both, matched by id; differences are B minus A, with 95 % intervals.",
            "p is not corrected for the number of rows: of twenty rows without a difference one has p < "
            "0.05. McNemar's test takes items for independent; the interval does not.",
        ),
        form=Form(
            Dataset(first.value["dataset"]["name"], hashes[0], len({key[1] for key in common})),
            tuple(
                Measure(row[1], row[0], row[4].value, row[4].low, row[4].high, row[4].items, "repositories")
                for row in rows
            ),
            (),
            time.monotonic() - began,
            problems=problems,
        ),
    )


_Row = tuple[str, str, Measure, Measure, Difference]
"""Series, name of the value, its mean in both runs, and the difference."""


def _differences(
    mine: Mapping[tuple[str, str], Mapping[str, Any]],
    theirs: Mapping[tuple[str, str], Mapping[str, Any]],
    common: list[tuple[str, str]],
) -> list[_Row]:
    pairs: dict[tuple[str, str], dict[str, list[tuple[Any, Any]]]] = {}
    for key in common:
        for name, value in mine[key]["values"].items():
            other = theirs[key]["values"].get(name)
            if value is not None and other is not None:
                groups = pairs.setdefault((key[0], name), {})
                groups.setdefault(mine[key]["repository"], []).append((value, other))
    rows: list[_Row] = []
    for (series, name), groups in pairs.items():
        flat = [value for group in groups.values() for pair in group for value in pair]
        outcomes = all(isinstance(value, bool) for value in flat)
        found = paired_outcomes(groups) if outcomes else paired_difference(groups)
        if found is not None:
            rows.append((series, name, _mean(series, name, groups, 0), _mean(series, name, groups, 1), found))
    return rows


def _mean(series: str, name: str, groups: Mapping[str, list[tuple[Any, Any]]], side: int) -> Measure:
    values = {key: [float(pair[side]) for pair in pairs] for key, pairs in groups.items()}
    flat = [value for rows in values.values() for value in rows]
    found = interval(value_groups(values))
    return Measure(
        name,
        series,
        sum(flat) / len(flat),
        found.low if found else None,
        found.high if found else None,
        len(flat),
    )


def _value(series: str, name: str, first: Measure, second: Measure, found: Difference) -> dict[str, Any]:
    return {
        "series": series,
        "name": name,
        "items": found.items,
        "first": first.value,
        "second": second.value,
        "difference": found.value,
        "low": found.low,
        "high": found.high,
        "p": found.p,
        "test": found.test,
        "only_first": found.only_first,
        "only_second": found.only_second,
    }


def _run(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value[key] for key in ("nbreview", "machine", "model", "settings", "time")}


def _run_text(value: Mapping[str, Any]) -> str:
    model = value["model"]["name"] if value["model"] is not None else "no model"
    return f"{model}, nbreview {value['nbreview']}"


def _differing_settings(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    settings = first["settings"], second["settings"]
    names = [
        name
        for name in dict.fromkeys([*settings[0], *settings[1]])
        if settings[0].get(name) != settings[1].get(name)
    ]
    models = [(each["model"] or {}).get("sha256") for each in (first, second)]
    names += ["model"] if models[0] != models[1] else []
    names += ["program version"] if first["nbreview"] != second["nbreview"] else []
    return names + (["machine"] if first["machine"] != second["machine"] else [])


def _table(rows: list[_Row]) -> Table:
    return Table(
        "B minus A (95 %)",
        ("series", "value", "items", "A", "B", "difference", "right in A only / B only", "p", "test"),
        tuple(
            (
                series,
                name,
                str(found.items),
                figure(first.value),
                figure(second.value),
                f"{found.value:+.3f} ({found.low:+.3f} to {found.high:+.3f})",
                "–" if found.only_first is None else f"{found.only_first} / {found.only_second}",
                "–" if found.p is None else f"{found.p:.3g}",
                found.test,
            )
            for series, name, first, second, found in rows
        ),
    )


def _chart(rows: list[_Row]) -> Chart:
    bars = []
    highest = 1.0
    for series, name, first, second, _ in rows:
        for run, mean in (("A", first), ("B", second)):
            bars.append(Bar(f"{name}, {series}", run, mean.value, mean.low, mean.high))
            highest = max(highest, mean.value or 0.0, mean.high or 0.0)
    return Chart("Two runs (whiskers: 95 %)", tuple(bars), highest)
