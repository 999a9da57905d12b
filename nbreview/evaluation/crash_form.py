"""Judged crashes in the form that all evaluations share.

Imports `crashes`, `form` and below. A crashing case and its mended twin are alike in all but a line, so that
pairs take the place of repositories: intervals draw whole pairs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from nbreview.evaluation.crashes import Judged
from nbreview.evaluation.form import Dataset, Form, Item, Measure, item_measures, measure
from nbreview.evaluation.statistics import Sums
from nbreview.review.model import Verdict

SERIES = "nbreview"


def crash_form(
    judged: Sequence[Judged],
    dataset: Dataset,
    seconds: float,
    settings: Mapping[str, Any],
    model: Mapping[str, Any] | None = None,
) -> Form:
    """What all evaluations say alike, of judged cases.

    Parameters
    ----------
    judged:
        Every case.
    seconds:
        Wall time of the run.
    settings, model:
        What changes figures, and what was asked after the rungs.
    """
    groups: dict[str, list[Sums]] = {}
    items = []
    for each in judged:
        hit = each.flagged and each.case.crash
        addends = (float(hit), float(each.flagged), float(each.case.crash))
        groups.setdefault(each.case.pair, []).append(addends)
        values = {
            "accuracy": each.right,
            "recall": each.flagged if each.case.crash else None,
            "right exception": each.right_exception,
        }
        items.append(Item(each.case.name, SERIES, each.case.pair, values, each.total_seconds))
    measures: list[Measure] = [
        *item_measures(items, ("accuracy", "recall", "right exception"), singles="cases"),
        measure("precision", SERIES, groups, _precision, singles="cases"),
        measure("F1", SERIES, groups, _f1, singles="cases"),
    ]
    unknown = sum(each.answer.verdict is Verdict.UNKNOWN for each in judged)
    problems = (f"{unknown} cases without a verdict, counted as no crash found.",) if unknown else ()
    return Form(dataset, tuple(measures), tuple(items), seconds, model, settings, problems)


def _precision(sums: Sums) -> float | None:
    return sums[0] / sums[1] if sums[1] else None


def _f1(sums: Sums) -> float | None:
    found = sums[1] + sums[2]
    return 2 * sums[0] / found if found else None
