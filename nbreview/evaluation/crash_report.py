"""What the verdicts about labelled crashes come to, and the report about them.

Imports `crashes` and below.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from nbreview.evaluation.crashes import Judged
from nbreview.evaluation.metrics import bootstrap, share
from nbreview.evaluation.report import Bar, Chart, Report, Table, duration, figure
from nbreview.review.model import Rung, Verdict

PUBLISHED: tuple[tuple[str, float, float], ...] = (
    ("GPT-5", 0.761, 0.806),
    ("Qwen2.5-32B", 0.698, 0.779),
    ("Gemini-2.5-Flash", 0.676, 0.734),
    ("pylint", 0.568, 0.563),
    ("pyright", 0.550, 0.554),
)
"""Accuracy on all 222 cases of JunoBench, code only and with runtime information, as CRANE-LLM's paper
(arXiv 2602.18537) gives it.
"""

_FIGURES = ("accuracy", "precision", "recall", "f1", "pairs_both_right_share", "right_exception_share")


def crash_report(
    judged: Sequence[Judged], rungs: Sequence[Rung], snapshot: bool, notes: Sequence[str]
) -> Report:
    """The report about all cases.

    Parameters
    ----------
    judged:
        Every case, in the order in which it is to be listed.
    rungs:
        The rungs asked, cheapest first.
    snapshot:
        Whether they were told what was in the kernel.
    notes:
        Sentences about this run.
    """
    everything = _block(judged)
    libraries = _grouped(judged, lambda each: each.case.library)
    told = "with what was in the kernel" if snapshot else "code only"
    values = {
        "rungs": [rung.value for rung in rungs],
        "snapshot": snapshot,
        **everything,
        "intervals": _intervals(judged),
        "by_rung": {rung.value: _rung(judged, rung) for rung in rungs},
        "by_library": {name: _block(rows) for name, rows in libraries.items()},
        "by_root_cause": _causes(judged, lambda each: each.case.root_cause),
        "by_crash_type": _causes(judged, lambda each: each.case.crash_type),
        "no_verdict": _no_verdict(judged),
        "seconds": _seconds([each.total_seconds for each in judged]),
        "baselines": _baselines(judged),
        "published": {name: {"code": code, "runtime": runtime} for name, code, runtime in PUBLISHED},
        "rows": [_row(each) for each in judged],
    }
    return Report(
        name="crashes",
        title="Will this cell crash?",
        values=values,
        tables=(
            _summary(values),
            _rungs(values["by_rung"]),
            _libraries(values["by_library"]),
            _cause_table("Root causes", values["by_root_cause"]),
            _cause_table("Crash types", values["by_crash_type"]),
            _wrong(judged),
            _reasons(values["no_verdict"]),
        ),
        chart=_chart(values),
        notes=(
            f"{len(judged)} cases, {everything['pairs']} pairs; rungs: {', '.join(values['rungs'])}; {told}.",
            "No verdict counts as no crash found. The first rung that sees a crash decides.",
            "95 % intervals: percentile bootstrap over pairs.",
            "Published figures are for all 222 cases of JunoBench and stand for orientation only.",
            *notes,
        ),
    )


# --- figures ------------------------------------------------------------------------------------------------


def accuracy(rows: Sequence[Judged]) -> float | None:
    """Share of the cases that were judged right."""
    return share(each.right for each in rows)


def precision(rows: Sequence[Judged]) -> float | None:
    """Share of the flags that are true; None without a flag."""
    return share(each.case.crash for each in rows if each.flagged)


def recall(rows: Sequence[Judged]) -> float | None:
    """Share of the crashes that were flagged; None without a crash."""
    return share(each.flagged for each in rows if each.case.crash)


def f1(rows: Sequence[Judged]) -> float | None:
    """Harmonic mean of precision and recall."""
    hits = sum(each.flagged and each.case.crash for each in rows)
    found = sum(each.flagged for each in rows) + sum(each.case.crash for each in rows)
    return 2 * hits / found if found else None


def right_exception_share(rows: Sequence[Judged]) -> float | None:
    """Share of the true flags, whose exception the truth names, that name it."""
    return share(flag for each in rows if (flag := each.right_exception) is not None)


def pairs_both_right_share(rows: Sequence[Judged]) -> float | None:
    """Share of the pairs of a crash and its mended twin of which both were judged right."""
    return share(all(each.right for each in pair) for pair in _pairs(rows))


def _pairs(rows: Iterable[Judged]) -> list[list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for each in rows:
        found.setdefault(each.case.pair, []).append(each)
    return [pair for pair in found.values() if {each.case.crash for each in pair} == {True, False}]


def _block(rows: Sequence[Judged]) -> dict[str, Any]:
    pairs = _pairs(rows)
    return {
        "cases": len(rows),
        "accuracy": accuracy(rows),
        "precision": precision(rows),
        "recall": recall(rows),
        "f1": f1(rows),
        "true_positives": sum(each.flagged and each.case.crash for each in rows),
        "false_positives": sum(each.flagged and not each.case.crash for each in rows),
        "true_negatives": sum(not each.flagged and not each.case.crash for each in rows),
        "false_negatives": sum(not each.flagged and each.case.crash for each in rows),
        "pairs": len(pairs),
        "pairs_both_right": sum(all(each.right for each in pair) for pair in pairs),
        "pairs_both_right_share": pairs_both_right_share(rows),
        "right_exception": sum(each.right_exception is True for each in rows),
        "right_exception_share": right_exception_share(rows),
    }


def _intervals(rows: Sequence[Judged]) -> dict[str, list[float] | None]:
    groups: dict[str, list[Judged]] = {}
    for each in rows:
        groups.setdefault(each.case.pair, []).append(each)
    statistics = (accuracy, precision, recall, f1, pairs_both_right_share, right_exception_share)
    found: dict[str, list[float] | None] = {}
    for name, statistic in zip(_FIGURES, statistics, strict=True):
        interval = bootstrap(groups, statistic, names="pairs", singles="cases")
        found[name] = [interval.low, interval.high] if interval else None
    return found


def _grouped(rows: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for each in rows:
        found.setdefault(key(each) or "not named", []).append(each)
    return dict(sorted(found.items()))


def _causes(rows: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, Any]:
    """By a label of the crashes. A mended twin bears none and counts with its crash."""
    alarms = {each.case.pair for each in rows if each.flagged and not each.case.crash}
    groups = _grouped([each for each in rows if each.case.crash], key)
    return {
        name: {
            "crashes": len(found),
            "true_positives": sum(each.flagged for each in found),
            "right_exception": sum(each.right_exception is True for each in found),
            "false_positives": sum(each.case.pair in alarms for each in found),
        }
        for name, found in groups.items()
    }


def _rung(rows: Sequence[Judged], rung: Rung) -> dict[str, Any]:
    asked = [each for each in rows if rung in each.answers]
    flagged = [each for each in asked if each.answers[rung].verdict is Verdict.CRASH]
    return {
        "asked": len(asked),
        "true_positives": sum(each.case.crash for each in flagged),
        "false_positives": sum(not each.case.crash for each in flagged),
        "right_exception": sum(each.right_exception is True for each in flagged),
        "no_verdict": sum(each.answers[rung].verdict is Verdict.UNKNOWN for each in asked),
        "seconds": _seconds([each.seconds[rung] for each in asked]),
    }


def _no_verdict(rows: Sequence[Judged]) -> dict[str, Any]:
    reasons = Counter(
        each.answer.reason or "no reason given" for each in rows if each.answer.verdict is Verdict.UNKNOWN
    )
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return {"cases": sum(reasons.values()), "reasons": dict(ordered)}


def _seconds(values: Sequence[float]) -> dict[str, float | None]:
    return {"median": median(values) if values else None, "worst": max(values, default=None)}


def _baselines(rows: Sequence[Judged]) -> dict[str, float | None]:
    crashes = share(each.case.crash for each in rows)
    return {
        "says_never": None if crashes is None else 1 - crashes,
        "says_always": crashes,
    }


def _row(each: Judged) -> dict[str, Any]:
    return {
        "case": each.case.name,
        "library": each.case.library,
        "crash": each.case.crash,
        "true_exception": each.case.exception,
        "verdict": each.answer.verdict.value,
        "right": each.right,
        "rung": each.rung.value,
        "exception": each.answer.exception,
        "message": each.answer.message,
        "line": each.answer.line,
        "probability": each.answer.probability,
        "reason": each.answer.reason,
        "right_exception": each.right_exception,
        "seconds": {rung.value: seconds for rung, seconds in each.seconds.items()},
    }


# --- tables -------------------------------------------------------------------------------------------------


def _summary(values: Mapping[str, Any]) -> Table:
    rows = [
        (
            name.removesuffix("_share").replace("_", " "),
            figure(values[name], *(values["intervals"][name] or ())),
        )
        for name in _FIGURES
    ]
    rows += [
        ("true / false positives", f"{values['true_positives']} / {values['false_positives']}"),
        ("true / false negatives", f"{values['true_negatives']} / {values['false_negatives']}"),
        ("pairs right on both sides", f"{values['pairs_both_right']} of {values['pairs']}"),
        ("right exception among hits", f"{values['right_exception']} of {values['true_positives']}"),
        ("no verdict", str(values["no_verdict"]["cases"])),
        ("time a case: median / worst", _times(values["seconds"])),
        ("baseline: says never / always", " / ".join(map(figure, values["baselines"].values()))),
    ]
    rows += [
        (f"published: {name}, code → runtime", f"{each['code']:.3f} → {each['runtime']:.3f}")
        for name, each in values["published"].items()
    ]
    return Table("All cases", ("figure", "value (95 %)"), tuple(rows))


def _rungs(rungs: Mapping[str, Any]) -> Table:
    return Table(
        "Rungs: who saw it first",
        ("rung", "asked", "true positives", "false positives", "right exception", "no verdict", "time"),
        tuple(
            (
                name,
                str(each["asked"]),
                str(each["true_positives"]),
                str(each["false_positives"]),
                str(each["right_exception"]),
                str(each["no_verdict"]),
                _times(each["seconds"]),
            )
            for name, each in rungs.items()
        ),
    )


def _libraries(libraries: Mapping[str, Any]) -> Table:
    return Table(
        "Libraries",
        ("library", "cases", "accuracy", "true / false positives", "pairs", "right exception"),
        tuple(
            (
                name,
                str(each["cases"]),
                figure(each["accuracy"]),
                f"{each['true_positives']} / {each['false_positives']}",
                f"{each['pairs_both_right']} of {each['pairs']}",
                f"{each['right_exception']} of {each['true_positives']}",
            )
            for name, each in libraries.items()
        ),
    )


def _cause_table(title: str, causes: Mapping[str, Any]) -> Table:
    return Table(
        title,
        ("label", "crashes", "seen", "right exception", "twins flagged"),
        tuple(
            (
                name,
                str(each["crashes"]),
                str(each["true_positives"]),
                str(each["right_exception"]),
                str(each["false_positives"]),
            )
            for name, each in causes.items()
        ),
    )


def _wrong(rows: Sequence[Judged]) -> Table:
    return Table(
        "False alarms",
        ("case", "rung", "exception", "message"),
        tuple(
            (each.case.name, each.rung.value, each.answer.exception, each.answer.message[:120])
            for each in rows
            if each.flagged and not each.case.crash
        ),
    )


def _reasons(no_verdict: Mapping[str, Any]) -> Table:
    return Table(
        "No verdict",
        ("reason", "cases"),
        tuple((reason, str(count)) for reason, count in no_verdict["reasons"].items()),
    )


def _times(seconds: Mapping[str, float | None]) -> str:
    return f"{duration(seconds['median'])} / {duration(seconds['worst'])}"


def _chart(values: Mapping[str, Any]) -> Chart:
    bars = [
        Bar(
            name.removesuffix("_share").replace("_", " "),
            "all cases",
            values[name],
            *(values["intervals"][name] or ()),
        )
        for name in _FIGURES
    ]
    bars += [
        Bar(f"accuracy: {name} ({each['cases']})", "by library", each["accuracy"])
        for name, each in values["by_library"].items()
    ]
    series = "published, all of JunoBench"
    bars += [
        Bar(f"accuracy: {name}", series, each["runtime" if values["snapshot"] else "code"])
        for name, each in values["published"].items()
    ]
    return Chart("Will this cell crash?", tuple(bars))
