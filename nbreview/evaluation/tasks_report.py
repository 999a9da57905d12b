"""What the programs for tasks come to, and the report about them.

Imports `tasks` and below. Beside the model stands the data set's own program, run in the same sandbox: where
it does not pass, nothing can.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from nbreview.evaluation.form import Dataset, Form, Item, Measure, Value, item_measures
from nbreview.evaluation.metrics import pass_at_k, share
from nbreview.evaluation.report import Bar, Chart, Report, Table, figure
from nbreview.evaluation.sandbox import End
from nbreview.evaluation.tasks import Program, TaskResult, TaskRun

MODEL, REFERENCE = "model", "the data set's own program"
TRIES = (1, 2, 5)
_PASSES = tuple(f"pass@{k}" for k in TRIES)
_PARTS = ("arguments", "all arguments", "output kind", "runs", "time-outs")


def tasks_report(
    run: TaskRun,
    dataset: Dataset,
    seconds: float,
    model: Mapping[str, Any] | None,
    settings: Mapping[str, Any],
    problems: Sequence[str],
    notes: Sequence[str],
) -> Report:
    """The report about all tasks; parameters as those of `edits_report`."""
    items = [_item(result, MODEL, result.programs) for result in run.results if result.programs]
    items += [
        _item(result, REFERENCE, (result.reference,))
        for result in run.results
        if result.reference is not None
    ]
    measures = [each for each in item_measures(items, (*_PASSES, *_PARTS), singles="tasks") if each.items]
    said = [f"The model's engine failed {count} times: {text}" for text, count in run.failures.items()]
    ends = {
        MODEL: _ends([program for result in run.results for program in result.programs]),
        REFERENCE: _ends([result.reference for result in run.results if result.reference is not None]),
    }
    form = Form(
        dataset, tuple(measures), tuple(items), seconds, model, settings, (*problems, *said, *_refusals(run))
    )
    return Report(
        name="tasks",
        title="Programs for tasks in a repository",
        values={"ends": ends},
        tables=(_scores(measures), _ends_table(ends)),
        chart=Chart(
            "Programs for tasks (whiskers: 95 %)",
            tuple(Bar(each.name, each.series, each.value, each.low, each.high) for each in measures),
        ),
        notes=(
            f"{dataset.items} tasks; “{REFERENCE}” ran in the same sandbox.",
            "A program passes when it is of the right kind, uses every argument with its value, and ends "
            "with exit status 0. One that runs out of time does not pass and is counted apart.",
            "pass@k without bias (arXiv 2107.03374); 95 % intervals: percentile bootstrap over "
            f"{next((each.drawn for each in measures if each.drawn), 'nothing')}.",
            "The sandbox has no network.",
            *notes,
        ),
        form=form,
    )


def _item(result: TaskResult, series: str, programs: Sequence[Program]) -> Item:
    judged = [program.passed for program in programs if program.passed is not None]
    values: dict[str, Value] = {
        f"pass@{k}": pass_at_k(len(judged), sum(judged), k) for k in TRIES if len(judged) == len(programs)
    }
    ran = [program for program in programs if program.passed is not None]
    shares = [program.matched / program.arguments for program in programs if program.arguments]
    values |= {
        "arguments": sum(shares) / len(shares) if shares else None,
        "all arguments": share(
            program.matched == program.arguments for program in programs if program.arguments
        ),
        "output kind": share(program.right_kind for program in programs),
        "runs": share(program.end is End.FINISHED for program in ran),
        "time-outs": share(program.end is End.TIME for program in ran),
    }
    seconds = result.seconds if series == MODEL else programs[0].seconds
    return Item(result.item.id, series, result.item.repository, values, seconds)


def _ends(programs: Sequence[Program]) -> dict[str, int]:
    counted = Counter(str(each.end) if each.end is not None else "no program" for each in programs)
    cut = sum(each.cut for each in programs)
    return dict(sorted(counted.items())) | ({"cut short": cut} if cut else {})


def _refusals(run: TaskRun) -> list[str]:
    whys = Counter(
        program.why
        for result in run.results
        for program in (*result.programs, *([result.reference] if result.reference else []))
        if program.passed is None
    )
    return [f"{count} programs were not run: {why}" for why, count in whys.items()]


def _scores(measures: Sequence[Measure]) -> Table:
    known = {(each.series, each.name): each for each in measures}
    columns = tuple(dict.fromkeys(each.name for each in measures))
    rows = []
    for series in dict.fromkeys(each.series for each in measures):
        cells = []
        for name in columns:
            each = known.get((series, name))
            cells.append(figure(each.value, each.low, each.high) if each is not None else "–")
        rows.append((series, *cells))
    return Table("Tasks (95 %)", ("series", *columns), tuple(rows))


def _ends_table(ends: Mapping[str, Mapping[str, int]]) -> Table:
    return Table(
        "How the programs ended",
        ("series", "end", "programs"),
        tuple((series, end, str(count)) for series, counts in ends.items() for end, count in counts.items()),
    )
