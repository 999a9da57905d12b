"""What every evaluation says in the same words, so that any two runs of it can be compared.

Imports `metrics`, `statistics` and the bottom floor. `resources/schemas/report.schema.json` is the form as a
JSON schema.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from nbreview.errors import UserError
from nbreview.evaluation.metrics import Interval
from nbreview.evaluation.statistics import (
    Figure,
    Groups,
    Sums,
    interval,
    mean_of,
    total_of,
    value_groups,
)

VERSION = 1
"""Of the form: a reader refuses a larger one."""

_PIECE = 1 << 20

Value = float | bool | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """What was measured on: its name without its folder, the SHA-256 of its files, and its items scored."""

    name: str
    sha256: str
    items: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with its 95 % interval. `series` is who or what it is of; `items` counts what it is over."""

    name: str
    series: str
    value: float | None
    low: float | None
    high: float | None
    items: int
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What one item scored in one series. A value is a number, right or wrong, or None for no figure."""

    id: str
    series: str
    repository: str
    values: Mapping[str, Value]
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The part of a report that all evaluations share.

    `model` says what was asked (name, file hash, …), None where none was. `settings` are those that change
    figures. `seconds` is wall time; `problems` are sentences, with what was skipped counted.
    """

    dataset: Dataset
    measures: tuple[Measure, ...]
    items: tuple[Item, ...]
    seconds: float
    model: Mapping[str, Any] | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def form_value(form: Form) -> dict[str, Any]:
    """The form as JSON values."""
    times = [item.seconds for item in form.items if item.seconds is not None]
    return {
        "form": VERSION,
        "dataset": {
            "name": form.dataset.name,
            "sha256": form.dataset.sha256,
            "items": form.dataset.items,
        },
        "model": None if form.model is None else dict(form.model),
        "settings": dict(form.settings),
        "measures": [
            {
                "name": each.name,
                "series": each.series,
                "value": each.value,
                "low": each.low,
                "high": each.high,
                "items": each.items,
                "drawn": each.drawn,
            }
            for each in form.measures
        ],
        "items": [
            {
                "id": each.id,
                "series": each.series,
                "repository": each.repository,
                "values": dict(each.values),
                "seconds": each.seconds,
            }
            for each in form.items
        ],
        "time": {
            "seconds": form.seconds,
            "median": median(times) if times else None,
            "worst": max(times, default=None),
        },
        "problems": list(form.problems),
    }


def measure(
    name: str, series: str, groups: Groups, figure: Figure = mean_of, *, singles: str = "items"
) -> Measure:
    """A figure of the sums over all rows, with its interval over repositories."""
    sums = total_of(groups)
    found: Interval | None = interval(groups, figure, singles=singles)
    return Measure(
        name,
        series,
        figure(sums) if sums else None,
        found.low if found else None,
        found.high if found else None,
        sum(len(rows) for rows in groups.values()),
        found.drawn if found else "",
    )


def item_measures(items: Sequence[Item], names: Iterable[str], *, singles: str = "items") -> list[Measure]:
    """The mean of each named value, for every series, over the items that have it."""
    wanted = tuple(names)
    return [
        measure(name, series, value_groups(_grouped(items, series, name)), singles=singles)
        for series in dict.fromkeys(item.series for item in items)
        for name in wanted
    ]


def by_repository(rows: Iterable[tuple[str, Sums]]) -> dict[str, list[Sums]]:
    """Addends by their repository."""
    groups: dict[str, list[Sums]] = {}
    for repository, sums in rows:
        groups.setdefault(repository, []).append(sums)
    return groups


def dataset_of(path: Path, items: int, *, ignored: Path | None = None) -> Dataset:
    """A data set by its name and content: a file, or a folder with all that is in it.

    Parameters
    ----------
    items:
        How many were scored.
    ignored:
        A folder inside it that does not count: where the report goes.

    Raises
    ------
    UserError
        A file of it cannot be read.
    """
    whole = path.resolve()
    digest = hashlib.sha256()
    files = [whole]
    if whole.is_dir():
        hidden = ignored.resolve() if ignored is not None else None
        files = sorted(
            file
            for file in whole.rglob("*")
            if file.is_file() and (hidden is None or not file.is_relative_to(hidden))
        )
    for file in files:
        try:
            if file != whole:
                name = file.relative_to(whole).as_posix().encode("utf-8", "surrogateescape")
                digest.update(b"%d:%s%d:" % (len(name), name, file.stat().st_size))
            with file.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    digest.update(piece)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UserError(f"{file} cannot be read ({reason}); make it readable or remove it.") from None
    return Dataset(whole.name, digest.hexdigest(), items)


def _grouped(items: Sequence[Item], series: str, name: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for item in items:
        value = item.values.get(name)
        if item.series == series and value is not None:
            found.setdefault(item.repository, []).append(float(value))
    return found
