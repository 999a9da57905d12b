"""Rungs asked about programs whose answer is known: order, parallel runs, stopping."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.evaluation.crash_cases import read_cases
from nbreview.evaluation.crash_tools import static_tool
from nbreview.evaluation.crashes import (
    Answer,
    Judged,
    Tool,
    as_notebook,
    fitting_jobs,
    judge,
    judge_all,
    read_rungs,
)
from nbreview.kernel.model import Program
from nbreview.review.model import Finding, Rung, Verdict
from tests.evaluation.crash_folder import program, small_folder, write_case, write_truth


def divides(program: Program, cancel: CancelToken, told: Sequence[Finding]) -> Answer:
    """A rung that knows one crash."""
    if any(step.source == "n = 0" for step in program.executed):
        return Answer(Verdict.CRASH, "ZeroDivisionError", "division by zero")
    return Answer(Verdict.UNKNOWN, reason="The file is missing.")


def judged(folder: Path, tools: dict[Rung, Tool], jobs: int | None = None) -> list[Judged]:
    cases = read_cases(folder)
    return judge_all(cases, tools, snapshot=True, jobs=jobs, progress=lambda: None, cancel=CancelToken())


def test_a_program_is_a_notebook_whose_last_cell_has_not_run() -> None:
    notebook = as_notebook(program("a = 1", "a + 1", "a + b"))
    assert [cell.execution_count for cell in notebook.cells] == [1, 2, None]
    assert [cell.source for cell in notebook.cells] == ["a = 1", "a + 1", "a + b"]


def test_the_first_rung_that_sees_a_crash_decides(tmp_path: Path) -> None:
    tools: dict[Rung, Tool] = {Rung.STATIC: static_tool(), Rung.STAND_IN: divides}
    fixed_1, crash_1, fixed_10, crash_10 = judged(small_folder(tmp_path), tools)
    assert crash_1.rung is Rung.STATIC and list(crash_1.answers) == [Rung.STATIC]
    assert crash_1.right and crash_1.right_exception is True
    assert crash_10.rung is Rung.STAND_IN and list(crash_10.seconds) == [Rung.STATIC, Rung.STAND_IN]
    assert crash_10.flagged and crash_10.right_exception is True
    for fixed in (fixed_1, fixed_10):
        assert fixed.answer.verdict is Verdict.UNKNOWN and not fixed.flagged and fixed.right
        assert fixed.right_exception is None


def test_cases_come_in_their_order_whatever_ends_first(tmp_path: Path) -> None:
    small_folder(tmp_path)
    last = threading.Event()

    def waits(program: Program, cancel: CancelToken, told: Sequence[Finding]) -> Answer:
        if program.target.source == "1 / n":
            last.set()
        assert last.wait(10)
        return Answer(Verdict.NO_CRASH_FOUND)

    found = judged(tmp_path, {Rung.STAND_IN: waits}, jobs=4)
    assert [each.case.name for each in found] == [case.name for case in read_cases(tmp_path)]


def test_progress_is_told_after_each_case(tmp_path: Path) -> None:
    steps: list[int] = []
    judge_all(
        read_cases(small_folder(tmp_path)),
        {Rung.STATIC: static_tool()},
        snapshot=True,
        progress=lambda: steps.append(1),
        cancel=CancelToken(),
    )
    assert len(steps) == 4


def test_stopping_ends_what_runs_and_starts_nothing_more(tmp_path: Path) -> None:
    cancel = CancelToken()
    asked: list[str] = []

    def stops(program: Program, token: CancelToken, told: Sequence[Finding]) -> Answer:
        asked.append(program.target.source)
        token.cancel()
        token.check()
        raise AssertionError("a cancelled token lets nothing pass")

    with pytest.raises(Cancelled):
        judge_all(
            read_cases(small_folder(tmp_path)),
            {Rung.STATIC: stops},
            snapshot=True,
            jobs=1,
            progress=lambda: None,
            cancel=cancel,
        )
    assert len(asked) == 1


def test_a_broken_program_ends_the_run_with_its_sentence(tmp_path: Path) -> None:
    write_case(tmp_path, "one", program("1"))
    write_truth(tmp_path, {"case": "one", "crash": True})
    (case,) = read_cases(tmp_path)
    case.path.write_text("nothing", encoding="utf-8")
    with pytest.raises(UserError, match=r"one\.txt"):
        judge(case, {Rung.STATIC: static_tool()}, True, CancelToken())


def test_rungs_are_named_in_any_order_and_asked_cheapest_first() -> None:
    assert read_rungs("stand-in, STATIC") == (Rung.STATIC, Rung.STAND_IN)
    assert read_rungs("static") == (Rung.STATIC,)


@pytest.mark.parametrize("names", ["", ",", "magic", "static,magic"])
def test_a_rung_that_does_not_exist_is_one_sentence(names: str) -> None:
    with pytest.raises(UserError, match="choose from static, stand-in"):
        read_rungs(names)


def test_no_more_run_at_a_time_than_there_are_cores() -> None:
    assert 1 <= fitting_jobs() <= (os.cpu_count() or 1)
