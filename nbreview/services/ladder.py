"""Crash verdicts on one cell, the cheapest evidence first; each rung says only what it knows.

Joins `checks`, `kernel` and `assist`. Nothing above the static rung runs unless it is asked for by name. A
rung that has given an answer ends the climb: what is certain needs no run, what was observed needs no model.
Every function may run on a worker thread and changes no state.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nbreview.assist.prompts import CRASH
from nbreview.cancellation import CancelToken
from nbreview.kernel.model import (
    Outcome,
    OutcomeStatus,
    Program,
    RuntimeSnapshot,
    Shown,
    Step,
    beyond_no_crash,
)
from nbreview.llm.model import Engine, Event, Sampling
from nbreview.notebook.model import Cell, CellType, Notebook
from nbreview.review.model import Evidence, Finding, Rung, Verdict
from nbreview.words import said

RUN = "run"
DRY_RUN = "dry-run"
STAND_IN = "stand-in"

_CHECKS = {Rung.RUN: RUN, Rung.DRY_RUN: DRY_RUN, Rung.STAND_IN: STAND_IN}
_WHERE = {
    Rung.RUN: said("when it was run"),
    Rung.DRY_RUN: said("in a dry run on the kernel's state"),
    Rung.STAND_IN: said("in a run on stand-ins for the data"),
}
_LONGEST_MESSAGE = 400


@dataclass(frozen=True, slots=True)
class Runs:
    """The rungs that run something, as callables; None where a rung is not asked for.

    `dry_run` takes the target's step. `stand_in` takes the whole program.
    """

    dry_run: Callable[[Step, CancelToken], Outcome] | None = None
    stand_in: Callable[[Program, CancelToken], Outcome] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The model's rung: which engine, and how it is asked (`prompt` as in `assess_crash`)."""

    engine: Engine
    sampling: Sampling
    context_tokens: int
    votes: int = 1
    prompt: str = CRASH


def climb(
    notebook: Notebook,
    cell_index: int,
    known: Sequence[Finding],
    runs: Runs,
    cancel: CancelToken,
    *,
    program: Program | None = None,
    asked: Asked | None = None,
    on_event: Callable[[Event], None] = lambda event: None,
) -> tuple[Finding, ...]:
    """Judge one cell, rung by rung, until one has answered.

    Parameters
    ----------
    known:
        The findings of the static rung, of any cell.
    program:
        What ran before and what is known of the state; None takes the code cells above, as from the top.

    Returns
    -------
    tuple of Finding
        One for each rung above the static one that was asked, in order; the last is the strongest.

    Raises
    ------
    UserError
        No model is loaded, where one is asked.
    Cancelled
        `cancel` was raised.
    """
    cell = notebook.cells[cell_index]
    told = [finding for finding in known if finding.cell_index == cell_index]
    if cell.cell_type is not CellType.CODE or not cell.source.strip():
        return ()
    if any(finding.evidence is Evidence.CERTAIN for finding in told):
        return ()
    program = program or program_of(notebook, cell_index)
    found: list[Finding] = []
    if runs.dry_run is not None:
        cancel.check()
        outcome = runs.dry_run(program.target, cancel)
        found.append(finding_of(cell, Rung.DRY_RUN, outcome, program))
        if outcome.status is not OutcomeStatus.NO_VERDICT:
            return tuple(found)
    if runs.stand_in is not None:
        cancel.check()
        outcome = runs.stand_in(program, cancel)
        found.append(finding_of(cell, Rung.STAND_IN, outcome, program))
        if outcome.status is OutcomeStatus.RAISED:
            return tuple(found)
    if asked is not None:
        from nbreview.assist.crashes import assess_crash

        cancel.check()
        assessment = assess_crash(
            asked.engine,
            notebook,
            cell_index,
            asked.sampling,
            asked.context_tokens,
            on_event,
            cancel,
            snapshot=program.snapshot,
            evidence=(*told, *found),
            votes=asked.votes,
            prompt=asked.prompt,
        )
        found.append(assessment.finding)
    return tuple(found)


def in_execution_order(cells: Sequence[Cell]) -> list[Cell]:
    """Cells by their execution counts, then those that have none in the order of the document: a prompt shows
    what ran before its cell, so that in this order each prompt goes on where the one before ended.
    """
    ran = [cell for cell in cells if cell.execution_count is not None]
    rest = [cell for cell in cells if cell.execution_count is None]
    return [*sorted(ran, key=lambda cell: (cell.execution_count or 0, cell.index)), *rest]


def program_of(
    notebook: Notebook,
    cell_index: int,
    *,
    executed: Sequence[Step] | None = None,
    snapshot: RuntimeSnapshot | None = None,
    folder: Path | None = None,
) -> Program:
    """What would run: the cells that a kernel has executed, else the code cells above, as from the top, with
    what their saved outputs show.
    """
    target = Step(notebook.cells[cell_index].source, cell_index)
    if executed is not None:
        return Program(tuple(executed), target, snapshot, folder)
    cells = [cell for cell in notebook.cells if cell.cell_type is CellType.CODE and cell.source.strip()]
    above = [cell for cell in cells if cell.index < cell_index]
    shown: tuple[Shown, ...] = ()
    if snapshot is None and any(cell.outputs for cell in above):
        from nbreview.kernel.shown import what_outputs_show

        shown = what_outputs_show(cells, len(above))
    steps = tuple(Step(cell.source, cell.index) for cell in above)
    return Program(steps, target, snapshot, folder, shown)


def finding_of(cell: Cell, rung: Rung, outcome: Outcome, program: Program) -> Finding:
    """What a run showed, as a finding."""
    state = program.snapshot.digest if program.snapshot is not None else ""
    blank = Finding(
        check=_CHECKS[rung],
        evidence=Evidence.OBSERVED,
        verdict=Verdict.NO_CRASH_FOUND,
        cell_index=cell.index,
        source_digest=cell.digest,
        message="",
        cell_id=cell.id,
        seconds=outcome.seconds,
        rung=rung,
        state_digest=state,
    )
    if outcome.status is OutcomeStatus.NO_VERDICT:
        message = said("No verdict: {reason}", reason=outcome.reason)
        return replace(blank, evidence=Evidence.NO_VERDICT, verdict=Verdict.UNKNOWN, message=message)
    if outcome.status is OutcomeStatus.FINISHED:
        how = beyond_no_crash(outcome.reason)
        where = _WHERE[rung]
        message = said("No crash found {where}.", where=where)
        if how:
            message = said("No crash found {where}: {how}", where=where, how=how)
        return replace(blank, message=message)
    from nbreview.checks.causes import classify

    first = outcome.message.strip().split("\n", 1)[0][:_LONGEST_MESSAGE]
    raised = f"{outcome.exception}: {first}" if first else outcome.exception
    origin = None
    if outcome.origin is not None and 0 <= outcome.origin < len(program.executed):
        origin = program.executed[outcome.origin].cell_index
    message = said("{error}, {where}.", error=raised, where=_WHERE[rung])
    if outcome.reason:
        message = said("{first} {second}", first=message, second=outcome.reason)
    return replace(
        blank,
        verdict=Verdict.CRASH,
        message=message,
        exception=outcome.exception,
        line=outcome.line,
        cause=classify(outcome.exception, outcome.message, outcome.library, cell.source),
        origin_index=origin,
        trace=trace_text(outcome),
    )


def trace_text(outcome: Outcome) -> str:
    """The frames of a run that raised, outermost first, as a traceback reads."""
    lines = []
    for frame in outcome.frames:
        where = frame.file or "this cell"
        lines.append(f"{where}, line {frame.line + 1}" + (f", in {frame.function}" if frame.function else ""))
        if frame.text:
            lines.append(f"    {frame.text.strip()}")
    lines.append(f"{outcome.exception}: {outcome.message}".rstrip(": "))
    return "\n".join(lines)


def strongest(findings: Iterable[Finding]) -> Finding | None:
    """The combined verdict on a cell: the finding that rests on the strongest evidence; None without any."""
    return min(findings, key=_rank, default=None)


def _rank(finding: Finding) -> int:
    """0 is strongest. A run of the very cell on the very state outweighs an error that was saved earlier."""
    crash = finding.verdict is Verdict.CRASH
    match finding.evidence, finding.rung:
        case Evidence.CERTAIN, _:
            return 0 if crash else 8
        case Evidence.OBSERVED, Rung.RUN | Rung.DRY_RUN:
            return 1 if crash else 2
        case Evidence.OBSERVED, Rung.STATIC:
            return 3
        case Evidence.OBSERVED, Rung.STAND_IN:
            return 4 if crash else 7
        case Evidence.LIKELY, _:
            return 5 if crash else 6
        case Evidence.NO_VERDICT, _:
            return 9
        case _:
            return 10


def mark_stale(
    findings: Iterable[Finding], notebook: Notebook, state_digest: str = ""
) -> tuple[Finding, ...]:
    """The findings with those marked stale whose cell, or the state that it was judged in, has changed since.

    Parameters
    ----------
    state_digest:
        Of the snapshot of now; "" where there is none, and then a state is not held against a finding.
    """
    marked = []
    for finding in findings:
        index = finding.cell_index
        same = index < len(notebook.cells) and notebook.cells[index].digest == finding.source_digest
        moved_on = bool(state_digest and finding.state_digest) and finding.state_digest != state_digest
        if same and not moved_on:
            marked.append(finding)
        else:
            was = finding.message
            message = (
                said("The state of the kernel has changed since; ask again. It was: {message}", message=was)
                if same
                else said("The cell has changed since; ask again. It was: {message}", message=was)
            )
            marked.append(
                replace(finding, evidence=Evidence.STALE, verdict=Verdict.UNKNOWN, message=message, line=None)
            )
    return tuple(marked)
