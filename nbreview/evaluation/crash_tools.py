"""The rungs of this program as callables, for scoring: what they need is made before the first case.

Importing the libraries, asking them for their signatures and loading a model are paid once in practice, and
so they are here; the time of a case is that of its verdict.

Imports `assist`, `services`, `checks`, `kernel`, `review` and below.
"""

import contextlib
import queue
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.cancellation import CancelToken
from nbreview.checks.calls import check_calls
from nbreview.checks.environment import Environment, Reader, read_environment, save_facts
from nbreview.checks.runner import run_checks
from nbreview.errors import UserError
from nbreview.evaluation.crashes import Answer, Tool, as_notebook
from nbreview.kernel.model import Outcome, OutcomeStatus, Program
from nbreview.review.model import Evidence, Finding, Rung, Verdict

if TYPE_CHECKING:
    from nbreview.services.ladder import Asked

_MOST_ROUNDS = 8  # an answer about a class leads to questions about what it makes


@contextlib.contextmanager
def open_tools(
    rungs: Iterable[Rung],
    programs: Sequence[Program],
    python: Path | None = None,
    *,
    asked: "Asked | None" = None,
    jobs: int = 1,
    cancel: CancelToken | None = None,
) -> Iterator[dict[Rung, Tool]]:
    """The rungs, ready to be asked; what they started ends with the context.

    Parameters
    ----------
    rungs:
        Which, cheapest first.
    programs:
        What they will be asked about: their libraries are learned and imported beforehand.
    python:
        The interpreter whose libraries the programs need; None for our own.
    asked:
        The engine, for the rung of the model.
    jobs:
        How many programs will be asked about at a time.

    Raises
    ------
    UserError
        `python` is no file or does not start.
    Cancelled
        `cancel` was raised.
    """
    if python is not None and not python.is_file():
        raise UserError(f"{python} is no interpreter; name the python of the environment of the cells.")
    with contextlib.ExitStack() as stack:
        tools: dict[Rung, Tool] = {}
        for rung in rungs:
            if rung is Rung.STATIC:
                tools[rung] = static_tool(_environment(programs, python or Path(sys.executable), cancel))
            elif rung is Rung.STAND_IN:
                tools[rung] = stack.enter_context(_stand_ins(programs, python, jobs, cancel))
            elif rung is Rung.MODEL and asked is not None:
                tools[rung] = model_tool(asked)
        yield tools


def static_tool(environment: Environment | None = None) -> Tool:
    """The first rung: what is certain about the target cell without running anything.

    Parameters
    ----------
    environment:
        What is known of the libraries; None says nothing about them.
    """

    def ask(program: Program, cancel: CancelToken, told: Sequence[Finding]) -> Answer:
        notebook = as_notebook(program)
        here = len(notebook.cells) - 1
        findings = [each for each in run_checks(notebook, cancel, environment) if each.cell_index == here]
        for finding in findings:
            if finding.evidence is Evidence.CERTAIN and finding.verdict is Verdict.CRASH:
                return Answer(Verdict.CRASH, finding.exception, finding.message, line=finding.line)
        return Answer(Verdict.NO_CRASH_FOUND, findings=tuple(findings))

    return ask


def stand_in_tool(run: Callable[[Program, CancelToken], Outcome]) -> Tool:
    """The fourth rung: objects rebuilt and the target run in a contained child process, by `run`."""

    def ask(program: Program, cancel: CancelToken, told: Sequence[Finding]) -> Answer:
        outcome = run(program, cancel)
        if outcome.status is OutcomeStatus.RAISED:
            return Answer(Verdict.CRASH, outcome.exception, outcome.message, line=outcome.line)
        finished = outcome.status is OutcomeStatus.FINISHED
        verdict = Verdict.NO_CRASH_FOUND if finished else Verdict.UNKNOWN
        return Answer(verdict, reason=outcome.reason, findings=(_finding(program, outcome),))

    return ask


def model_tool(asked: "Asked") -> Tool:
    """The last rung: a model reads the cells, what was in the kernel, and what the other rungs found.

    The engine answers one question at a time.
    """
    from nbreview.assist.crashes import assess_crash

    turn = threading.Lock()

    def ask(program: Program, cancel: CancelToken, told: Sequence[Finding]) -> Answer:
        notebook = as_notebook(program)
        with turn:
            assessment = assess_crash(
                asked.engine,
                notebook,
                len(notebook.cells) - 1,
                asked.sampling,
                asked.context_tokens,
                lambda event: None,
                cancel,
                snapshot=program.snapshot,
                evidence=told,
                votes=asked.votes,
                prompt=asked.prompt,
                keep=False,
            )
        finding = assessment.finding
        return Answer(
            finding.verdict,
            finding.exception,
            finding.message,
            reason=finding.message if finding.verdict is Verdict.UNKNOWN else "",
            probability=assessment.probability,
        )

    return ask


def _finding(program: Program, outcome: Outcome) -> Finding:
    from nbreview.services.ladder import finding_of

    return finding_of(as_notebook(program).cells[-1], Rung.STAND_IN, outcome, program)


def _environment(programs: Sequence[Program], python: Path, cancel: CancelToken | None) -> Environment:
    """What the libraries say about all programs, kept for the next time. One child process answers for all:
    most of its time goes into importing them.
    """
    environment = before = read_environment(python)
    notebooks = [as_notebook(program) for program in programs]
    with Reader(python, cancel) as reader:
        for _ in range(_MOST_ROUNDS):
            probe = replace(environment, asked=set())
            for notebook in notebooks:
                check_calls(notebook, cancel, probe)
            learned = reader.learn(environment, probe.asked)
            if len(learned.facts) == len(environment.facts):
                break
            environment = learned
    if environment is not before:
        with contextlib.suppress(UserError, OSError):  # asked again the next time
            save_facts(environment)
    return environment


@contextlib.contextmanager
def _stand_ins(
    programs: Sequence[Program], python: Path | None, jobs: int, cancel: CancelToken | None
) -> Iterator[Tool]:
    """As many servers as programs are judged at a time, each with the libraries of all of them imported."""
    from nbreview.kernel.standin import StandInServer, imported_by

    wanted = {name: None for program in programs for name in imported_by(program)}
    free: queue.SimpleQueue[StandInServer] = queue.SimpleQueue()

    def run(program: Program, token: CancelToken) -> Outcome:
        server = free.get()
        try:
            return server.run(program, cancel=token)
        finally:
            free.put(server)

    with contextlib.ExitStack() as stack:
        count = max(1, min(jobs, len(programs)))
        servers = [stack.enter_context(StandInServer(python, tuple(wanted))) for _ in range(count)]
        with ThreadPoolExecutor(count, thread_name_prefix="stand-in-start") as pool:
            for _ in pool.map(lambda server: server.start(cancel), servers):
                pass
        for server in servers:
            free.put(server)
        yield stand_in_tool(run)
