"""What verdicts come to: figures, groups, intervals, and a report that says them all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.evaluation.crash_cases import CrashCase
from nbreview.evaluation.crash_report import crash_report
from nbreview.evaluation.crashes import Answer, Judged
from nbreview.evaluation.pairs import Line
from nbreview.evaluation.report import Report, json_text, markdown, svg
from nbreview.review.model import Rung, Verdict

CRASH = Answer(Verdict.CRASH, "ValueError", "bad | value")
NONE = Answer(Verdict.NO_CRASH_FOUND)
OPEN = Answer(Verdict.UNKNOWN, reason="It took too long.")


def each(pair: str, crash: bool, answer: Answer, seconds: float = 1.0, rung: Rung = Rung.STAND_IN) -> Judged:
    case = CrashCase(
        name=f"{pair}_{'reproduced' if crash else 'fixed'}",
        pair=pair,
        crash=crash,
        path=Path("case.txt"),
        line=Line(Path("truth.jsonl"), 1, {}),
        library="pandas" if pair < "c" else "numpy",
        exception="valueerror" if crash else "",
        root_cause="API misuse" if crash else "",
        crash_type="value error" if crash else "",
    )
    return Judged(case, rung, answer, {rung: answer}, {rung: seconds})


JUDGED = [
    each("a", False, NONE),
    each("a", True, CRASH, 2.0),
    each("b", False, CRASH),
    each("b", True, replace(CRASH, exception="KeyError"), 4.0),
    each("c", False, OPEN),
    each("c", True, OPEN, 9.0),
]


@pytest.fixture(scope="module")
def report() -> Report:
    return crash_report(JUDGED, (Rung.STAND_IN,), True, ["One run."])


def test_the_figures_that_a_script_asks_for(report: Report) -> None:
    values = json.loads(json_text(report))
    assert values["cases"] == 6 and values["pairs"] == 3
    assert values["accuracy"] == pytest.approx(4 / 6)
    assert values["precision"] == pytest.approx(2 / 3) and values["recall"] == pytest.approx(2 / 3)
    assert values["f1"] == pytest.approx(2 / 3)
    counts = [values[f"{flag}_{kind}"] for flag in ("true", "false") for kind in ("positives", "negatives")]
    assert counts == [2, 2, 1, 1]
    assert values["pairs_both_right"] == 1
    assert values["right_exception"] == 1 and values["right_exception_share"] == 0.5


def test_no_verdict_is_counted_with_its_reason_and_flags_nothing(report: Report) -> None:
    assert report.values["no_verdict"] == {"cases": 2, "reasons": {"It took too long.": 2}}
    rows = {row["case"]: row for row in report.values["rows"]}
    assert rows["c_fixed"]["right"] and not rows["c_reproduced"]["right"]


def test_groups_by_library_cause_and_rung(report: Report) -> None:
    values = report.values
    assert values["by_library"]["pandas"]["accuracy"] == 0.75
    assert values["by_library"]["numpy"]["pairs_both_right"] == 0
    expected = {"crashes": 3, "true_positives": 2, "right_exception": 1, "false_positives": 1}
    assert values["by_root_cause"] == {"API misuse": expected}
    assert values["by_crash_type"] == {"value error": expected}
    assert values["by_rung"]["stand-in"]["no_verdict"] == 2
    assert values["by_rung"]["stand-in"]["seconds"] == {"median": 1.5, "worst": 9.0}


def test_intervals_hold_the_figure_and_are_the_same_at_every_run(report: Report) -> None:
    again = crash_report(JUDGED, (Rung.STAND_IN,), True, ["One run."])
    assert json_text(again) == json_text(report)
    low, high = report.values["intervals"]["accuracy"]
    assert low <= report.values["accuracy"] <= high


def test_baselines_stand_beside_it(report: Report) -> None:
    assert report.values["baselines"] == {"says_never": 0.5, "says_always": 0.5}
    text = markdown(report)
    assert "published: GPT-5, code → runtime | 0.761 → 0.806" in text


def test_the_page_and_the_picture_say_it_all(report: Report) -> None:
    text = markdown(report)
    assert "| accuracy | 0.667" in text and "| b_fixed | stand-in | ValueError | bad \\| value |" in text
    assert "| It took too long. | 2 |" in text and "- One run." in text
    assert svg(report.chart).startswith("<svg ")


def test_nothing_but_silence_has_no_precision_and_is_still_a_report() -> None:
    silent = crash_report([each("a", True, NONE)], (Rung.STAND_IN,), False, [])
    assert silent.values["precision"] is None and silent.values["recall"] == 0.0
    assert silent.values["pairs"] == 0 and silent.values["pairs_both_right_share"] is None
    assert "code only" in markdown(silent) and json.loads(json_text(silent))["intervals"]["precision"] is None
