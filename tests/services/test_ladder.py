"""Verdicts climb from the cheapest evidence, stop at the first answer, and say how each is known."""

from dataclasses import replace

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.checks.runner import run_checks
from nbreview.kernel.model import (
    Frame,
    Outcome,
    OutcomeStatus,
    Program,
    RuntimeSnapshot,
    Step,
    no_verdict,
)
from nbreview.llm.model import Sampling
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Evidence, Finding, Rung, Verdict
from nbreview.review.taxonomy import CrashType
from nbreview.services.ladder import (
    Asked,
    Runs,
    climb,
    in_execution_order,
    mark_stale,
    program_of,
    strongest,
)
from tests.assist.engines import ScriptedEngine, reply
from tests.builders import code, markdown, notebook

BOOK = read_bytes(
    notebook(
        code("import pandas as pd\ndf = pd.DataFrame({'Price': [1]})"),
        markdown("# T"),
        code("df['Pric']"),
        code("undefined_name"),
    ),
    "x.ipynb",
)
RAISED = Outcome(
    OutcomeStatus.RAISED,
    "KeyError",
    "'Pric'",
    line=0,
    library="pandas",
    origin=0,
    frames=(Frame("", 0, "<module>", "df['Pric']"),),
)
FINISHED = Outcome(OutcomeStatus.FINISHED)
ASKED = '{"reasoning": "There is no such column."'


class _Rungs:
    """Real callables that note that they were asked."""

    def __init__(self, dry_run: Outcome | None = None, stand_in: Outcome | None = None) -> None:
        self.asked: list[str] = []
        self.programs: list[Program] = []
        self._dry_run, self._stand_in = dry_run, stand_in

    def runs(self) -> Runs:
        return Runs(
            self._fork if self._dry_run is not None else None,
            self._invent if self._stand_in is not None else None,
        )

    def _fork(self, step: Step, cancel: CancelToken) -> Outcome:
        self.asked.append("dry run")
        assert self._dry_run is not None
        return self._dry_run

    def _invent(self, program: Program, cancel: CancelToken) -> Outcome:
        self.asked.append("stand-in")
        self.programs.append(program)
        assert self._stand_in is not None
        return self._stand_in


def _climb(rungs: _Rungs, cell: int = 2, asked: Asked | None = None) -> tuple[Finding, ...]:
    return climb(BOOK, cell, run_checks(BOOK), rungs.runs(), CancelToken(), asked=asked)


def test_what_a_dry_run_raised_ends_the_climb() -> None:
    rungs = _Rungs(RAISED, FINISHED)
    (finding,) = _climb(rungs)
    assert rungs.asked == ["dry run"]
    assert (finding.evidence, finding.verdict, finding.rung) == (
        Evidence.OBSERVED,
        Verdict.CRASH,
        Rung.DRY_RUN,
    )
    assert finding.message == "KeyError: 'Pric', in a dry run on the kernel's state."
    assert (finding.line, finding.origin_index, finding.exception) == (0, 0, "KeyError")
    assert finding.cause is not None and finding.cause.crash_type is CrashType.KEY_ERROR
    assert "df['Pric']" in finding.trace and finding.trace.endswith("KeyError: 'Pric'")


def test_a_dry_run_that_says_nothing_hands_on_to_the_stand_in() -> None:
    rungs = _Rungs(no_verdict("it holds a socket."), RAISED)
    first, second = _climb(rungs)
    assert (first.evidence, first.message) == (Evidence.NO_VERDICT, "No verdict: it holds a socket.")
    assert (second.rung, second.verdict) == (Rung.STAND_IN, Verdict.CRASH)


def test_a_model_is_asked_only_where_no_run_has_seen_a_crash_and_is_told_what_they_saw() -> None:
    engine = ScriptedEngine([reply(ASKED, probabilities=(0.8, 0.2))])
    asked = Asked(engine, Sampling(0.0), 4096)
    assert len(_climb(_Rungs(stand_in=RAISED), asked=asked)) == 1
    assert engine.requests == []
    *_, last = _climb(_Rungs(stand_in=no_verdict("the data is not known.")), asked=asked)
    assert (last.rung, last.evidence, last.probability) == (Rung.MODEL, Evidence.LIKELY, 0.8)
    assert "the data is not known" in engine.requests[0].messages[1].content


@pytest.mark.parametrize("cell", [1, 3])
def test_prose_and_what_is_certain_need_no_run(cell: int) -> None:
    rungs = _Rungs(RAISED, RAISED)
    assert _climb(rungs, cell) == ()
    assert rungs.asked == []


def test_a_program_is_the_code_above_or_what_the_kernel_has_executed() -> None:
    rungs = _Rungs(stand_in=FINISHED)
    _climb(rungs)
    (program,) = rungs.programs
    assert [step.cell_index for step in program.executed] == [0]
    assert program.target == Step("df['Pric']", 2)
    assert program_of(BOOK, 2, executed=[Step("x", 5)]).executed == (Step("x", 5),)


def test_no_crash_found_says_where_it_was_looked_for_and_never_safe() -> None:
    reason = Outcome(OutcomeStatus.FINISHED, reason="No crash found: 2 of 3 statements ran")
    (finding,) = _climb(_Rungs(stand_in=reason))
    assert finding.message == "No crash found in a run on stand-ins for the data: 2 of 3 statements ran"
    assert finding.verdict is Verdict.NO_CRASH_FOUND


def test_stop_is_heard_before_each_rung() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        climb(BOOK, 2, (), _Rungs(RAISED).runs(), cancel)


def _finding(evidence: Evidence, rung: Rung, verdict: Verdict = Verdict.CRASH) -> Finding:
    return Finding("c", evidence, verdict, 2, BOOK.cells[2].digest, "m", rung=rung, state_digest="s")


def test_the_combined_verdict_rests_on_the_strongest_evidence() -> None:
    order = [
        _finding(Evidence.CERTAIN, Rung.STATIC),
        _finding(Evidence.OBSERVED, Rung.DRY_RUN),
        _finding(Evidence.OBSERVED, Rung.DRY_RUN, Verdict.NO_CRASH_FOUND),
        _finding(Evidence.OBSERVED, Rung.STATIC),
        _finding(Evidence.OBSERVED, Rung.STAND_IN),
        _finding(Evidence.LIKELY, Rung.MODEL),
        _finding(Evidence.NO_VERDICT, Rung.STAND_IN, Verdict.UNKNOWN),
        _finding(Evidence.STALE, Rung.DRY_RUN, Verdict.UNKNOWN),
    ]
    for place in range(len(order)):
        assert strongest(order[: place - 1 : -1] if place else order[::-1]) is order[place]
    assert strongest([]) is None


def test_a_verdict_is_stale_once_the_cell_or_the_state_has_changed() -> None:
    finding = _finding(Evidence.OBSERVED, Rung.DRY_RUN)
    assert mark_stale([finding], BOOK, "s") == mark_stale([finding], BOOK) == (finding,)
    (moved_on,) = mark_stale([finding], BOOK, "another state")
    assert (moved_on.evidence, moved_on.verdict) == (Evidence.STALE, Verdict.UNKNOWN)
    assert moved_on.message.startswith("The state of the kernel has changed since; ask again.")
    edited: Notebook = read_bytes(notebook(code("a"), markdown("b"), code("other")), "x.ipynb")
    (changed,) = mark_stale([finding], edited)
    assert changed.message.startswith("The cell has changed since")


def test_equal_states_have_equal_digests() -> None:
    first = RuntimeSnapshot(names={"x": {"type": "int"}}, seconds=1.0)
    assert first.digest == RuntimeSnapshot(names={"x": {"type": "int"}}, seconds=2.0).digest
    assert first.digest != RuntimeSnapshot(names={"x": {"type": "str"}}).digest


def test_a_scan_asks_in_the_order_in_which_the_cells_ran() -> None:
    counts = (None, 3, 1, 2)
    cells = [replace(cell, execution_count=count) for cell, count in zip(BOOK.cells, counts, strict=True)]
    assert [cell.index for cell in in_execution_order(cells)] == [2, 3, 1, 0]


def test_what_came_from_saved_outputs_is_named_in_the_verdict() -> None:
    result = {"output_type": "execute_result", "metadata": {}, "execution_count": 2}
    shown = read_bytes(
        notebook(
            code("import numpy as np", count=1),
            code(
                "X = np.load('x.npy')\nX.shape",
                count=2,
                outputs=[{**result, "data": {"text/plain": "(9, 2)"}}],
            ),
            code("X[9]"),
        ),
        "x.ipynb",
    )
    program = program_of(shown, 2)
    assert [(one.name, one.step, one.told_by) for one in program.shown] == [("X", 1, (1,))]
    told = "Rebuilt from saved outputs: X (cell 2)."
    crash = Outcome(OutcomeStatus.RAISED, "IndexError", "index 9 is out of bounds", reason=told, line=0)
    rungs = _Rungs(stand_in=crash)
    (found,) = climb(shown, 2, (), rungs.runs(), CancelToken(), program=program)
    assert found.message.endswith(f"in a run on stand-ins for the data. {told}")
    rungs = _Rungs(
        stand_in=Outcome(OutcomeStatus.FINISHED, reason=f"No crash found: 1 statements ran. {told}")
    )
    (found,) = climb(shown, 2, (), rungs.runs(), CancelToken(), program=program)
    assert found.message.endswith(told)


def test_a_snapshot_outweighs_what_outputs_show() -> None:
    assert program_of(BOOK, 2, executed=(), snapshot=RuntimeSnapshot()).shown == ()
