"""Does the target cell crash? The rungs of the ladder, asked about programs whose answer is known.

Each rung is a callable, so that a rung is scored as it is used elsewhere. They are asked in order, cheapest
first, and the first that says that the cell crashes has said it for all.

Imports `kernel`, `notebook`, `review` and below.
"""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.evaluation.crash_cases import CrashCase, read_program
from nbreview.kernel.model import Program, RunLimits
from nbreview.notebook.model import Cell, CellType, Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Finding, Rung, Verdict

SCORED = (Rung.STATIC, Rung.STAND_IN, Rung.MODEL)
"""The rungs that can be asked about a program on disk, cheapest first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one rung says about one target cell. `reason` says why there is no verdict. `findings` is what a
    later rung is told of it.
    """

    verdict: Verdict
    exception: str = ""
    message: str = ""
    reason: str = ""
    line: int | None = None
    probability: float | None = None
    findings: tuple[Finding, ...] = ()


Tool = Callable[[Program, CancelToken, Sequence[Finding]], Answer]
"""A program and what cheaper rungs found in; what a rung says about its target cell out."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One case and what the rungs said: `answer` is the verdict of `rung`, the first that sees a crash, else
    the last asked. `seconds` maps each rung asked to its wall time.
    """

    case: CrashCase
    rung: Rung
    answer: Answer
    answers: Mapping[Rung, Answer]
    seconds: Mapping[Rung, float]

    @property
    def flagged(self) -> bool:
        """Whether the cell was said to crash. No verdict flags nothing."""
        return self.answer.verdict is Verdict.CRASH

    @property
    def right(self) -> bool:
        """Whether that is the truth."""
        return self.flagged is self.case.crash

    @property
    def right_exception(self) -> bool | None:
        """Whether a crash was seen with its very exception; None where no true crash was seen, or the truth
        does not name it. The labels of JunoBench are in lower case.
        """
        if not (self.flagged and self.case.crash and self.case.exception):
            return None
        return self.answer.exception.lower() == self.case.exception.lower()

    @property
    def total_seconds(self) -> float:
        """Wall time of all rungs asked."""
        return sum(self.seconds.values())


def read_rungs(names: str) -> tuple[Rung, ...]:
    """The rungs that a text names, separated by commas, cheapest first whatever their order.

    Raises
    ------
    UserError
        There is no such rung, or none can be scored by that name. The model is asked where one is named.
    """
    known = {rung.value: rung for rung in SCORED if rung is not Rung.MODEL}
    wanted = {name.strip().lower() for name in names.split(",") if name.strip()}
    unknown = sorted(wanted - known.keys())
    if unknown or not wanted:
        said = f"there is no rung {unknown[0]!r}" if unknown else "no rung is named"
        raise UserError(f"--rungs {names!r}: {said}; choose from {', '.join(known)}.")
    return tuple(rung for rung in SCORED if rung.value in wanted)


def as_notebook(program: Program) -> Notebook:
    """The program as a notebook: the executed cells, counted from 1, and the target, not executed, last."""
    empty = read_bytes(b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}', "program")
    sources = [*(step.source for step in program.executed), program.target.source]
    cells = tuple(
        Cell(
            index=index,
            id=None,
            cell_type=CellType.CODE,
            source=source,
            outputs=(),
            execution_count=index + 1 if index < len(program.executed) else None,
            metadata={},
            attachments={},
            raw={"cell_type": "code", "metadata": {}, "outputs": [], "source": source},
        )
        for index, source in enumerate(sources)
    )
    return replace(empty, cells=cells)


def fitting_jobs() -> int:
    """How many programs to judge at a time: one a core, as far as each can have what a stand-in run takes."""
    cores = os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # no such question on this system
        return cores
    return max(1, min(cores, memory // RunLimits().memory_bytes))


def judge(case: CrashCase, tools: Mapping[Rung, Tool], snapshot: bool, cancel: CancelToken) -> Judged:
    """One case asked about, rung after rung, until one sees a crash.

    Raises
    ------
    UserError
        The case's file cannot be read.
    Cancelled
        `cancel` was raised.
    """
    program = read_program(case, snapshot=snapshot)
    answers: dict[Rung, Answer] = {}
    seconds: dict[Rung, float] = {}
    decided = next(iter(tools))
    told: list[Finding] = []
    for rung, tool in tools.items():
        cancel.check()
        started = time.perf_counter()
        answers[rung] = tool(program, cancel, told)
        seconds[rung] = time.perf_counter() - started
        decided = rung
        told += answers[rung].findings
        if answers[rung].verdict is Verdict.CRASH:
            break
    return Judged(case, decided, answers[decided], answers, seconds)


def judge_all(
    cases: Iterable[CrashCase],
    tools: Mapping[Rung, Tool],
    *,
    snapshot: bool,
    jobs: int | None = None,
    progress: Callable[[], None],
    cancel: CancelToken,
) -> list[Judged]:
    """All cases, several at a time, in the order of the cases.

    Parameters
    ----------
    cases:
        As `read_cases` gave them.
    tools:
        The rungs, cheapest first; at least one.
    snapshot:
        Tell the rungs what was in the kernel.
    jobs:
        How many at a time; None for as many as `crash_tools.fitting_jobs` says.
    progress:
        Called after each case, in the calling thread.
    cancel:
        Ends what runs; an interrupt of the calling thread does so too.

    Raises
    ------
    UserError
        A case's file cannot be read.
    Cancelled
        `cancel` was raised.
    """
    with ThreadPoolExecutor(jobs or fitting_jobs(), thread_name_prefix="crash-case") as pool:
        waiting: list[Future[Judged]] = [pool.submit(judge, case, tools, snapshot, cancel) for case in cases]
        try:
            pending = set(waiting)
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
                    progress()
        except BaseException:
            cancel.cancel()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if cancel.cancelled:
        raise Cancelled
    return [future.result() for future in waiting]
