"""How often the index finds a definition by the sentence that describes it: rows of the table (`run`)."""

import json
from pathlib import Path

from tests.bench.measure import HERE, Row, Settings, child, milliseconds
from tests.bench.retrieval_case import AT, installed

PACKAGES = ("sklearn", "seaborn", "httpx", "nbformat", "rich")
"""None of those that the weights were chosen on (`store.index`)."""

_SHOWN = {"code": "code without docstrings", "library": "signatures and the rest of the docstring"}


def retrieval_rows(_: Path, __: Settings) -> list[Row]:
    """The share of questions whose definition is among the first passages. Once: nothing of it is chance."""
    packages = installed(PACKAGES)
    found = json.loads(child(str(HERE / "retrieval_case.py"), *packages))
    rows = []
    for kind, what in _SHOWN.items():
        one = found[kind]
        title = f"{one['questions']:,} sentences, {one['passages']:,} definitions of {', '.join(packages)}"
        shares = ", ".join(f"{one[f'found_{number}']:.1%}" for number in AT)
        rows.append(
            Row(f"{what} found by its sentence, among the first {', '.join(map(str, AT))} ({title})", shares)
        )
        rows.append(Row("the same: mean reciprocal rank", f"{one['reciprocal']:.3f}"))
        rows.append(Row("the same: time of a question", milliseconds(one["median_milliseconds"])))
    return rows
