"""A model asked for programs that use a repository: do they use the arguments, and do they run?

Each task is asked for several times with different seeds. A program passes when it is of the right kind, uses
every argument with its value, and ends with exit status 0 in the sandbox within its time. One that runs out
of time does not pass, and is counted apart.

Imports `assist`, `llm.model`, `kernel` and the modules beside it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from nbreview.assist.agent import AGENT, AgentTask, run_agent
from nbreview.assist.context import fenced
from nbreview.assist.origins import loaded_model
from nbreview.assist.prompts import load_template
from nbreview.assist.replies import marked_code_in
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.evaluation.edits import FAILURES_IN_A_ROW
from nbreview.evaluation.journal import Journal, key_of
from nbreview.evaluation.models import model_key
from nbreview.evaluation.sandbox import End, Execution, Kind, run_contained
from nbreview.evaluation.task_items import TaskItem, copy_of
from nbreview.evaluation.task_metrics import kind_of, matched_arguments
from nbreview.kernel.model import RunLimits
from nbreview.llm.model import Engine, Event, Message, Request, Sampling
from nbreview.services.knowledge import Knowledge

TASK = "task.v1"

_MARGIN = 128  # tokens that a chat template adds
_LEAST_REPLY = 64


@dataclass(frozen=True, slots=True)
class TaskSetup:
    """How tasks are asked for and run. `copies` holds the repositories' folders; `passages`: show the passage
    of the README that tells how. With `agent` the model looks for it itself, in the task's copy of its
    repository; where there is none it is asked without.
    """

    samples: int
    sampling: Sampling
    context_tokens: int
    limits: RunLimits
    copies: Path | None = None
    python: Path | None = None
    passages: bool = True
    agent: Knowledge | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """One program and what became of it. `end` is None where it was of no kind that can be run."""

    code: str
    kind: Kind | None
    right_kind: bool
    matched: int
    arguments: int
    end: End | None
    cut: bool = False
    why: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool | None:
        """None where the sandbox could not run it."""
        if self.end in (End.REFUSED, End.BROKEN):
            return None
        return self.right_kind and self.matched == self.arguments and self.end is End.FINISHED


@dataclass(frozen=True, slots=True)
class TaskResult:
    """The programs of one task: the model's, in the order of their seeds, and the data set's own."""

    item: TaskItem
    programs: tuple[Program, ...]
    reference: Program | None
    seconds: float


@dataclass(frozen=True, slots=True)
class TaskRun:
    """All results, and how often the engine failed, by its sentence."""

    results: tuple[TaskResult, ...]
    failures: dict[str, int]


def run_tasks(
    engine: Engine,
    items: Sequence[TaskItem],
    setup: TaskSetup,
    journal: Journal,
    progress: Callable[[], None],
    cancel: CancelToken,
) -> TaskRun:
    """Ask for every task as often as wanted and run what is answered; what the journal holds, not again.

    Raises
    ------
    UserError
        No model is loaded, the journal cannot be written, or the engine failed several times in a row.
    Cancelled
        `cancel` was raised; the journal holds all answers so far.
    """
    info = loaded_model(engine)
    fixed = [model_key(info), info.chat_template, setup.context_tokens, load_template(TASK).sha256]
    results: list[TaskResult] = []
    failures: dict[str, int] = {}
    in_a_row = 0
    for item in items:
        began = time.monotonic()
        programs = []
        for sample in range(setup.samples):
            cancel.check()
            sampling = replace(setup.sampling, seed=setup.sampling.seed + sample)
            how: bool | str = setup.passages
            if setup.agent is not None and copy_of(item, setup.copies) is not None:
                how = load_template(AGENT).sha256
            key = key_of("task", *fixed, asdict(sampling), how, item.id, item.digest)
            kept = journal.get(key)
            if kept is None:
                try:
                    kept = _ask(engine, item, setup, sampling, cancel)
                    in_a_row = 0
                except UserError as error:
                    failures[error.message] = failures.get(error.message, 0) + 1
                    in_a_row += 1
                    if in_a_row >= FAILURES_IN_A_ROW:
                        raise
                    continue
                journal.put(key, kept)
            mark, code = marked_code_in(str(kept["reply"]))
            program = _program(item, code, kind_of(mark, code), setup, journal, cancel)
            programs.append(replace(program, cut=kept["finish"] == "length"))
        reference = None
        if item.reference.strip():
            reference = _program(item, item.reference, item.kind, setup, journal, cancel)
        results.append(TaskResult(item, tuple(programs), reference, time.monotonic() - began))
        progress()
    return TaskRun(tuple(results), failures)


def task_messages(item: TaskItem, passages: bool) -> tuple[Message, ...]:
    """The question for a task."""
    template = load_template(TASK)
    shown = passages and bool(item.passage.strip())
    values = {
        "repository": item.repository or "(not named)",
        "instruction": item.instruction.strip(),
        "passage": template.fill("passage", {"text": item.passage.strip()}) + "\n\n" if shown else "",
        "prefix": "",
    }
    if item.prefix.strip():
        tag = str(item.kind)
        values["prefix"] = "\n" + template.fill("prefix", {"code": fenced(item.prefix.strip("\n"), tag)})
    return (
        Message("system", template.fill("system", values)),
        Message("user", template.fill("user", values)),
    )


def _ask(
    engine: Engine, item: TaskItem, setup: TaskSetup, sampling: Sampling, cancel: CancelToken
) -> dict[str, Any]:
    started = time.monotonic()
    folder = copy_of(item, setup.copies)
    if setup.agent is not None and folder is not None:
        task = AgentTask(item.instruction, item.repository, item.prefix, str(item.kind))
        shelf = setup.agent.files(folder, cancel)
        done = run_agent(engine, task, shelf, sampling, setup.context_tokens, _ignore, cancel)
        return {
            "item": item.id,
            "reply": done.reply.text,
            "finish": done.reply.finish,
            "seconds": time.monotonic() - started,
            "steps": [[str(step.kind), step.path] for step in done.steps],
        }
    for passages in (True, False) if setup.passages else (False,):
        messages = task_messages(item, passages)
        spent = engine.count_tokens("".join(message.content for message in messages)) + _MARGIN
        room = setup.context_tokens - spent
        if room >= _LEAST_REPLY:
            break
    else:
        return {"item": item.id, "reply": "", "finish": "", "seconds": 0.0}
    drawn = replace(sampling, max_tokens=min(sampling.max_tokens, room))
    reply = engine.ask(Request(messages, drawn), _ignore, cancel)
    return {
        "item": item.id,
        "reply": reply.text,
        "finish": reply.finish,
        "seconds": time.monotonic() - started,
    }


def _program(
    item: TaskItem, code: str, kind: Kind | None, setup: TaskSetup, journal: Journal, cancel: CancelToken
) -> Program:
    """A program judged by what it says, then by what it does."""
    matched = matched_arguments(code, kind, item.arguments)
    found = Program(code, kind, kind is item.kind, matched, len(item.arguments), None)
    if kind is None:
        return found
    folder = copy_of(item, setup.copies)
    python = str(setup.python) if setup.python is not None else ""
    key = key_of("run", code, kind, str(folder or ""), python, asdict(setup.limits))
    kept = journal.get(key)
    if kept is None:
        done: Execution = run_contained(code, kind, folder, setup.limits, cancel, python=setup.python)
        kept = {"end": str(done.end), "code": done.code, "seconds": done.seconds, "why": done.why}
        if done.end not in (End.REFUSED, End.BROKEN):
            journal.put(key, kept | {"output": done.output[-2000:]})
    return replace(
        found, end=End(str(kept["end"])), why=str(kept["why"]), seconds=float(kept["seconds"] or 0.0)
    )


def _ignore(event: Event) -> None:
    """What a person would be shown while it runs."""
