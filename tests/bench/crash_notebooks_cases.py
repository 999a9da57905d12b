"""Dry runs against what really happens, on the corpus of notebooks: rows of the table (`run`)."""

import json
from pathlib import Path

from tests.bench.measure import HERE, Row, Settings, child


def crash_notebook_rows(folder: Path, _: Settings) -> list[Row]:
    """Accuracy, false alarms and traces of dry runs, and what the other rungs say of the same cells.

    Once, whatever the settings: about twenty minutes on two cores.
    """
    found = json.loads(child(str(HERE / "crash_notebooks_case.py"), str(folder)))
    count = f"{found['notebooks']} notebooks"
    rows = [
        Row(f"dry run of the last cell of {count}: accuracy", f"{found['accuracy']:.1%}", reach="99 %"),
        Row("false alarms among them", str(len(found["false_alarms"])), reach="0"),
        Row("crashes missed", str(len(found["misses"]))),
        Row("no verdict", str(len(found["no_verdict"]))),
        Row("right exception, right line", f"{found['right_exception']:.1%}, {found['right_line']:.1%}"),
        Row("dry runs that left a trace", str(len(found["traces"])), reach="0"),
        Row("time of a dry run", f"{found['median_seconds']:.2f} s (worst {found['worst_seconds']:.1f} s)"),
    ]
    for name, rung in found["rungs"].items():
        said = f"{rung['accuracy']:.1%}, {len(rung['false_alarms'])} false alarms"
        rows.append(Row(f"the same by the {name}", said))
    return rows


def shown_rows(folder: Path, _: Settings) -> list[Row]:
    """Stand-in runs on nothing but saved outputs: accuracy and false alarms. Once, whatever the settings."""
    found = json.loads(child(str(HERE / "shown_case.py"), str(folder)))
    what = f"stand-in run from saved outputs, {found['notebooks']} notebooks without their data"
    return [
        Row(f"{what}: accuracy", f"{found['accuracy']:.1%}"),
        Row("crashes found, right exception", f"{found['hits']}, {found['right_exception']}"),
        Row("false alarms among them", str(len(found["false_alarms"])), reach="0"),
    ]
