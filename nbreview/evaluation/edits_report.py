"""What the answers to labelled edits come to, and the report about them.

Imports `edits` and below. Beside the model stands, in the same run, what costs nothing: the code left as it
is. An edit changes little, so that a figure means something only by its distance to that one.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbreview.evaluation.code_metrics import codebleu_counts, codebleu_of
from nbreview.evaluation.edit_items import EditItem, Mode
from nbreview.evaluation.edits import Answered, Run
from nbreview.evaluation.form import Dataset, Form, Item, Measure, by_repository, item_measures, measure
from nbreview.evaluation.report import Bar, Chart, Report, Table, duration, figure
from nbreview.evaluation.statistics import Sums
from nbreview.evaluation.text_metrics import (
    bleu_counts,
    bleu_of,
    edit_similarity,
    exact_match,
    rouge_l,
)

UNCHANGED = "unchanged"
_MEANS = ("exact match", "edit similarity", "ROUGE-L")
_SHOWN = ("exact match", "BLEU", "CodeBLEU", "edit similarity", "ROUGE-L")
_MODE_NAMES = {Mode.CELL: "one cell", Mode.CELLS: "chosen cells", Mode.FILE: "whole file"}


@dataclass(frozen=True, slots=True)
class ScoredEdit:
    """One text against the author's: the item of the report, and the addends of the corpus scores."""

    item: Item
    bleu: Sums
    codebleu: Sums | None


def edits_report(
    run: Run,
    items: Sequence[EditItem],
    dataset: Dataset,
    seconds: float,
    model: Mapping[str, Any] | None,
    settings: Mapping[str, Any],
    problems: Sequence[str],
    notes: Sequence[str],
) -> Report:
    """The report about all answers.

    Parameters
    ----------
    items:
        All that were asked for: the baseline is scored on the same.
    seconds:
        Wall time of the run.
    model, settings:
        What was asked, and what changes figures.
    problems, notes:
        Sentences about the data set and this run.
    """
    done = {answer.item.id for answer in run.answers}
    scored = [
        score(item, item.before, f"{UNCHANGED}, {_MODE_NAMES[item.mode]}")
        for item in items
        if item.id in done
    ]
    scored += [_score_answer(answer) for answer in run.answers]
    said = [f"The model's engine failed on {count} items: {text}" for text, count in run.failures.items()]
    measures = edit_measures(scored)
    form = Form(
        dataset,
        tuple(measures),
        tuple(each.item for each in scored),
        seconds,
        model,
        settings,
        (*problems, *said),
    )
    series = _series_values(run.answers)
    return Report(
        name="edits",
        title="Edits that their authors made",
        values={"by_series": series},
        tables=(_scores(measures), _answers(series)),
        chart=_chart(measures),
        notes=(
            f"{dataset.items} labelled edits; “{UNCHANGED}” is the code left as it was.",
            "BLEU and CodeBLEU are of all items together (tokens: 13a, and split at blanks), the others are "
            "means of the items; 95 % intervals: percentile bootstrap over "
            f"{next((each.drawn for each in measures if each.drawn), 'nothing')}.",
            "A reply counts by the code in it, whether the window would offer it or not; “usable” says that.",
            *notes,
        ),
        form=form,
    )


def score(item: EditItem, text: str, series: str, seconds: float | None = None, **more: bool) -> ScoredEdit:
    """A text against what the author made of the item."""
    python = item.language.lower() in ("python", "python3", "ipython")
    bleu = bleu_counts(text, item.after)
    code = codebleu_counts(text, item.after) if python else None
    values = {
        "exact match": exact_match(text, item.after),
        "BLEU": bleu_of(bleu, effective_order=True),
        "CodeBLEU": codebleu_of(code) if code is not None else None,
        "edit similarity": edit_similarity(text, item.after),
        "ROUGE-L": rouge_l(text, item.after),
        **more,
    }
    return ScoredEdit(Item(item.id, series, item.group, values, seconds), bleu, code)


def edit_measures(scored: Sequence[ScoredEdit]) -> list[Measure]:
    """All figures of all series."""
    found = item_measures([each.item for each in scored], (*_MEANS, "usable", "cut short"))
    for series in dict.fromkeys(each.item.series for each in scored):
        rows = [each for each in scored if each.item.series == series]
        bleu = by_repository((each.item.repository, each.bleu) for each in rows)
        found.append(measure("BLEU", series, bleu, bleu_of))
        code = by_repository(
            (each.item.repository, each.codebleu) for each in rows if each.codebleu is not None
        )
        found.append(measure("CodeBLEU", series, code, codebleu_of))
    return [each for each in found if each.items]


def _score_answer(answer: Answered) -> ScoredEdit:
    return score(
        answer.item,
        answer.text,
        _series(answer),
        answer.seconds,
        **{"usable": not answer.problem, "cut short": answer.cut},
    )


def _series(answer: Answered) -> str:
    number = answer.exemplars
    return f"model, {_MODE_NAMES[answer.item.mode]}, {number} exemplar{'' if number == 1 else 's'}"


def _series_values(answers: Sequence[Answered]) -> dict[str, dict[str, Any]]:
    found: dict[str, list[Answered]] = {}
    for answer in answers:
        found.setdefault(_series(answer), []).append(answer)
    return {
        series: {
            "items": len(rows),
            "usable": sum(not row.problem for row in rows),
            "cut_short": sum(row.cut for row in rows),
            "too_long": sum(row.too_long for row in rows),
            "exemplars_shown": sum(row.shown for row in rows),
            "exemplars_dropped": sum(row.dropped for row in rows if not row.too_long),
            "prompt_tokens": sum(row.prompt_tokens for row in rows),
            "reply_tokens": sum(row.reply_tokens for row in rows),
            "seconds": sum(row.seconds for row in rows),
            "not_usable": dict(Counter(_kind(row.problem) for row in rows if row.problem).most_common()),
        }
        for series, rows in found.items()
    }


def _kind(problem: str) -> str:
    """A sentence without what it says of one reply only."""
    return problem.split(":")[0].split("(")[0].strip().rstrip(".")


# --- tables -------------------------------------------------------------------------------------------------


def _scores(measures: Sequence[Measure]) -> Table:
    known = {(each.series, each.name): each for each in measures}
    rows = []
    for series in dict.fromkeys(each.series for each in measures):
        cells = []
        for name in _SHOWN:
            each = known.get((series, name))
            cells.append(figure(each.value, each.low, each.high) if each is not None else "–")
        rows.append((series, str(max(known[series, "exact match"].items, 0)), *cells))
    return Table("Nearness to the author's code (95 %)", ("series", "items", *_SHOWN), tuple(rows))


def _answers(series: Mapping[str, Mapping[str, Any]]) -> Table:
    return Table(
        "Replies",
        ("series", "items", "usable", "cut short", "too long to ask", "exemplars shown / dropped", "time"),
        tuple(
            (
                name,
                str(each["items"]),
                str(each["usable"]),
                str(each["cut_short"]),
                str(each["too_long"]),
                f"{each['exemplars_shown']} / {each['exemplars_dropped']}",
                f"{duration(each['seconds'] / each['items'])} an item",
            )
            for name, each in series.items()
        ),
    )


def _chart(measures: Sequence[Measure]) -> Chart:
    bars = []
    for each in measures:
        if each.name in _SHOWN:
            who, mode, *number = each.series.split(", ")
            bars.append(
                Bar(f"{each.name}, {mode}", ", ".join([who, *number]), each.value, each.low, each.high)
            )
    modes = list(_MODE_NAMES.values())

    def place(bar: Bar) -> tuple[int, int]:
        name, mode = bar.label.split(", ")
        return _SHOWN.index(name), modes.index(mode)

    bars.sort(key=place)
    return Chart("Nearness to the author's code (whiskers: 95 %)", tuple(bars))
