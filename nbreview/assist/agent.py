"""The agent of ML-Bench for a task in a repository (ML-Agent, arXiv 2311.09835, section 5), in bounded steps.

README files are shown one by one, the most fitting first; of each the model says `CODE` (it tells enough),
`FILE path` (open that first) or `No`. Of an opened file it keeps what concerns the arguments, and then writes
the program. Only files of the index can be opened, by the path that the index has; any other is refused and
the model is told so. Lines that it "keeps" are taken only where they stand in the file. Every step is a
value. Imports the modules beside it, `llm.model` and below; it opens no file itself.
"""

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from nbreview.assist.context import fenced
from nbreview.assist.origins import loaded_model, origin_of
from nbreview.assist.prompts import load_template
from nbreview.assist.replies import code_in, marked_code_in
from nbreview.assist.retrieval import Passage, PassageKind, terms_of
from nbreview.cancellation import CancelToken
from nbreview.llm.model import Engine, Event, Message, Reply, Request, Sampling
from nbreview.notebook.bindings import parse_module
from nbreview.review.model import Origin

AGENT = "agent.v1"
MOST_READMES = 3
MOST_FILES = 3
MOST_STEPS = 10
"""Questions in all, before the program is written."""

_MARGIN = 128  # tokens that a chat template adds
_ANSWER_TOKENS = 96
_LEAST_REPLY = 64
_MOST_PATHS = 60
_ANSWER = re.compile(r"^\W*(CODE|FILE|NO)\b[\s:`*\"'<]*([^\s`*\"'<>]*)", re.IGNORECASE | re.MULTILINE)
_ARGUMENT_CALLS = frozenset({"add_argument", "add_option", "option", "argument", "Option", "Argument"})


class StepKind(StrEnum):
    """What a step of the agent was."""

    READ = "read"
    OPENED = "opened"
    REFUSED = "refused"
    WROTE = "wrote"


@dataclass(frozen=True, slots=True)
class AgentStep:
    """One step. `path` is the file that it was about, `said` the model's answer to the question that ended
    it, `kept` what it contributes to the program's prompt. `cut`: the file was longer than there was room.
    """

    kind: StepKind
    path: str
    said: str = ""
    kept: str = ""
    cut: bool = False
    prompt_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class AgentTask:
    """What is wanted of a repository. `prefix` is how the program begins, `language` its mark ("python")."""

    instruction: str
    repository: str = ""
    prefix: str = ""
    language: str = "python"


@dataclass(frozen=True, slots=True)
class AgentRun:
    """What the agent did and wrote. `mark` is what the program is marked as ("bash"), `code` its text;
    `reply` is the last one as it came.
    """

    steps: tuple[AgentStep, ...]
    mark: str
    code: str
    reply: Reply
    origin: Origin

    @property
    def opened(self) -> tuple[str, ...]:
        """The paths of the files that were opened besides READMEs."""
        return tuple(step.path for step in self.steps if step.kind is StepKind.OPENED)


@dataclass(frozen=True, slots=True)
class AgentReading:
    """What the agent read of a repository before anything is written: the steps, and the origin of the last
    answer (None where there was nothing to ask about).
    """

    steps: tuple[AgentStep, ...]
    origin: Origin | None

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """Path and text of what concerns the task; files that were opened come before READMEs."""
        read = [(step.path, step.kept) for step in self.steps if step.kept and step.kind is StepKind.READ]
        return (
            *((step.path, step.kept) for step in self.steps if step.kept and step.kind is StepKind.OPENED),
            *read,
        )


class Shelf(Protocol):
    """The files of a repository as an index has them (`store.index.PassageIndex`)."""

    def search(
        self, terms: Sequence[str], limit: int, kinds: Sequence[PassageKind] = ()
    ) -> tuple[Passage, ...]:
        """The passages that hold most of the terms, best first."""

    def paths(self, *, readmes: bool = False) -> tuple[str, ...]:
        """The paths of all files, or of README files only."""

    def of(self, path: str) -> tuple[Passage, ...]:
        """The passages of one file."""


class _Asker:
    """Asks the engine, counts the steps and keeps them."""

    def __init__(
        self,
        engine: Engine,
        sampling: Sampling,
        context_tokens: int,
        on_event: Callable[[Event], None],
        cancel: CancelToken,
    ) -> None:
        self.engine, self.sampling, self.context = engine, sampling, context_tokens
        self.on_event, self.cancel = on_event, cancel
        self.replies: list[Reply] = []

    def room(self, texts: Sequence[str], reply_tokens: int) -> int:
        """Tokens that are left for a file beside these texts and the reply."""
        return self.context - self.engine.count_tokens("\n".join(texts)) - reply_tokens - _MARGIN

    def ask(self, messages: tuple[Message, ...], reply_tokens: int) -> Reply:
        """Ask one question; the reply is kept."""
        self.cancel.check()
        drawn = replace(self.sampling, max_tokens=min(self.sampling.max_tokens, max(1, reply_tokens)))
        self.request = Request(messages, drawn)
        reply = self.engine.ask(self.request, self.on_event, self.cancel)
        self.replies.append(reply)
        return reply


def run_agent(
    engine: Engine,
    task: AgentTask,
    shelf: Shelf,
    sampling: Sampling,
    context_tokens: int,
    on_event: Callable[[Event], None],
    cancel: CancelToken,
    on_step: Callable[[AgentStep], None] = lambda step: None,
) -> AgentRun:
    """Read what a task needs of a repository, then write the program.

    Parameters
    ----------
    context_tokens:
        Tokens that prompt and reply may take together.
    on_step:
        Told of every step when it is done.

    Raises
    ------
    UserError
        No model is loaded, or the engine failed.
    Cancelled
        `cancel` was raised.
    """
    info = loaded_model(engine)
    template = load_template(AGENT)
    asker = _Asker(engine, sampling, context_tokens, on_event, cancel)
    steps = _read(task, shelf, asker, on_step)
    reply = _write(task, steps, asker, Message("system", template.sections["system"]), _values(task))
    mark, code = marked_code_in(reply.text)
    steps.append(AgentStep(StepKind.WROTE, "", reply.text, "", reply.finish == "length", *_cost(reply)))
    on_step(steps[-1])
    origin = origin_of(info, template, asker.request, asker.replies, {"agent_steps": trail_of(steps)})
    return AgentRun(tuple(steps), mark, code, reply, origin)


def read_for_task(
    engine: Engine,
    task: AgentTask,
    shelf: Shelf,
    sampling: Sampling,
    context_tokens: int,
    on_event: Callable[[Event], None],
    cancel: CancelToken,
    on_step: Callable[[AgentStep], None] = lambda step: None,
) -> AgentReading:
    """The same without the program: what a task needs of a repository, for whoever writes it.

    Parameters and errors are those of `run_agent`.
    """
    info = loaded_model(engine)
    asker = _Asker(engine, sampling, context_tokens, on_event, cancel)
    steps = _read(task, shelf, asker, on_step)
    if not asker.replies:
        return AgentReading((), None)
    trail = {"agent_steps": trail_of(steps)}
    return AgentReading(
        tuple(steps), origin_of(info, load_template(AGENT), asker.request, asker.replies, trail)
    )


def trail_of(steps: Sequence[AgentStep]) -> list[dict[str, object]]:
    """The steps as they are stored with what was made of them."""
    return [{"kind": str(each.kind), "path": each.path, "said": each.said, "cut": each.cut} for each in steps]


def _values(task: AgentTask) -> dict[str, str]:
    return {"repository": task.repository or "(not named)", "instruction": task.instruction.strip()}


def _read(
    task: AgentTask, shelf: Shelf, asker: _Asker, on_step: Callable[[AgentStep], None]
) -> list[AgentStep]:
    """READMEs one by one, and the files that they lead to."""
    template = load_template(AGENT)
    steps: list[AgentStep] = []
    terms = terms_of(task.instruction)

    def done(step: AgentStep) -> None:
        steps.append(step)
        on_step(step)

    values = _values(task)
    system = Message("system", template.sections["system"])
    listed = _listed(shelf, terms)
    opened: set[str] = set()
    for path in _ranked_readmes(shelf, terms)[:MOST_READMES]:
        if len(asker.replies) >= MOST_STEPS:
            break
        given = {**values, "path": path, "paths": "\n".join(listed)}
        frame = (system.content, template.fill("read", {**given, "text": ""}))
        text, cut = _fitted(shelf.of(path), asker, frame, terms)
        question = Message("user", template.fill("read", {**given, "text": fenced(text, "")}))
        reply = asker.ask((system, question), _ANSWER_TOKENS)
        word, named = parse_answer(reply.text)
        messages: tuple[Message, ...] = (system, question)
        while word == "FILE" and len(asker.replies) < MOST_STEPS:
            reason = _refusal(named, shelf, opened)
            if not reason:
                break
            done(AgentStep(StepKind.REFUSED, named, reply.text, "", False, *_cost(reply)))
            again = Message("user", template.fill("refused", {"reason": reason}))
            messages = (*messages, Message("assistant", reply.text), again)
            if asker.room([each.content for each in messages], _ANSWER_TOKENS) < 0:
                word = ""
                break
            reply = asker.ask(messages, _ANSWER_TOKENS)
            word, named = parse_answer(reply.text)
        concerns = word in ("CODE", "FILE")
        done(AgentStep(StepKind.READ, path, reply.text, text if concerns else "", cut, *_cost(reply)))
        if word == "FILE" and not _refusal(named, shelf, opened) and len(asker.replies) < MOST_STEPS:
            opened.add(named)
            done(_open(named, shelf, asker, template.sections["system"], values, terms))
        if concerns and (word == "CODE" or len(opened) >= MOST_FILES):
            break
    return steps


def parse_answer(reply: str) -> tuple[str, str]:
    """`CODE`, `FILE` or `NO`, and the path of `FILE`; ("", "") where it is none of them."""
    text = reply.rsplit("</think>", 1)[-1]
    match = _ANSWER.search(text)
    if match is None:
        return "", ""
    word = match[1].upper()
    return word, match[2].rstrip(".,;:)") if word == "FILE" else ""


def kept_lines(reply: str, text: str) -> str:
    """The lines of a reply that stand in the file, in the file's order; what was made up is dropped."""
    wanted = {line.strip() for line in code_in(reply).split("\n") if line.strip()}
    return "\n".join(line for line in text.split("\n") if line.strip() in wanted and len(line.strip()) > 1)


def argument_lines(text: str) -> str:
    """The calls of a Python file that declare arguments of a command line, else the signatures of its
    functions.
    """
    tree = parse_module(text)
    if tree is None:
        return "\n".join(line for line in text.split("\n") if re.search(r"--[a-z]|\$\{?[\dA-Z]", line))
    calls, functions = [], []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = getattr(function, "attr", getattr(function, "id", ""))
            if name in _ARGUMENT_CALLS or name.startswith("DEFINE_"):
                calls.append(ast.unparse(node))
        elif isinstance(node, ast.FunctionDef):
            functions.append(f"def {node.name}({ast.unparse(node.args)})")
    return "\n".join(calls or functions)


def _ranked_readmes(shelf: Shelf, terms: Sequence[str]) -> list[str]:
    """README files by their best passage, then those that hold none of the words, top ones first."""
    found = shelf.search(terms, 50, (PassageKind.README,))
    ranked = dict.fromkeys(passage.path for passage in found)
    rest = sorted(shelf.paths(readmes=True), key=lambda path: (path.count("/"), path))
    return list(dict.fromkeys([*ranked, *rest]))


def _listed(shelf: Shelf, terms: Sequence[str]) -> list[str]:
    """The files that a prompt names: those that hold the words first, all of them where they are few."""
    likely = dict.fromkeys(passage.path for passage in shelf.search(terms, 200))
    rest = sorted(shelf.paths(), key=lambda path: (path.count("/"), path))
    return list(dict.fromkeys([*likely, *rest]))[:_MOST_PATHS]


def _refusal(path: str, shelf: Shelf, opened: set[str]) -> str:
    """Why a file cannot be opened, "" where it can: the index is all there is."""
    if not path:
        return "No path was named."
    if path in opened:
        return f"{path} has been read already."
    if path not in shelf.paths():
        return f"There is no file {path} in this repository."
    return ""


def _fitted(
    passages: Sequence[Passage],
    asker: _Asker,
    frame: Sequence[str],
    terms: Sequence[str],
    reply_tokens: int = _ANSWER_TOKENS,
) -> tuple[str, bool]:
    """A file's text in the room that is left; of one that is too long, the passages that hold most of the
    words, in order.
    """
    room = asker.room(frame, reply_tokens)
    count = asker.engine.count_tokens
    whole = "\n\n".join(passage.text for passage in passages)
    if count(whole) <= room:
        return whole, False
    words = set(terms)

    def worth(passage: Passage) -> int:
        return -len(words & set(terms_of(f"{passage.title} {passage.text}")))

    chosen: list[Passage] = []
    for passage in sorted(passages, key=worth):
        tried = [each for each in passages if each in chosen or each is passage]
        if count("\n\n".join(each.text for each in tried)) <= room:
            chosen = tried
    return "\n\n".join(each.text for each in chosen), True


def _open(
    path: str, shelf: Shelf, asker: _Asker, system: str, values: dict[str, str], terms: Sequence[str]
) -> AgentStep:
    template = load_template(AGENT)
    given = {**values, "path": path}
    frame = (system, template.fill("keep", {**given, "text": ""}))
    reply_tokens = min(asker.sampling.max_tokens, max(_LEAST_REPLY, asker.context // 4))
    text, cut = _fitted(shelf.of(path), asker, frame, terms, reply_tokens)
    if not text:
        return AgentStep(StepKind.OPENED, path, cut=cut)
    question = Message("user", template.fill("keep", {**given, "text": fenced(text, "")}))
    reply = asker.ask((Message("system", system), question), reply_tokens)
    kept = kept_lines(reply.text, text) or argument_lines(text)
    return AgentStep(StepKind.OPENED, path, reply.text, kept, cut, *_cost(reply))


def _write(
    task: AgentTask, steps: Sequence[AgentStep], asker: _Asker, system: Message, values: dict[str, str]
) -> Reply:
    """Ask for the program, with what was kept; the files that were opened come before READMEs, and what does
    not fit stays out, the last first.
    """
    template = load_template(AGENT)
    prefix = ""
    if task.prefix.strip():
        prefix = "\n" + template.fill("prefix", {"code": fenced(task.prefix.strip("\n"), task.language)})
    kept = [(step.path, step.kept) for step in steps if step.kept]
    kept.sort(key=lambda each: each[0] in {step.path for step in steps if step.kind is StepKind.READ})
    least = min(asker.sampling.max_tokens, max(_LEAST_REPLY, asker.context // 4))
    while True:
        passages = "".join(f"# From {path}\n{fenced(text, '')}\n\n" for path, text in kept)
        filled = template.fill("write", {**values, "passages": passages, "prefix": prefix})
        room = asker.room((system.content, filled), 0)
        if room >= least or not kept:
            return asker.ask((system, Message("user", filled)), room)
        kept.pop()


def _cost(reply: Reply) -> tuple[int, float]:
    return reply.prompt_tokens, reply.total_seconds
