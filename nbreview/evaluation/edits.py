"""A model asked for labelled edits: how near does it come to what the author made of the code?

One cell is asked for as the window does it (`assist.edits`), several cells and whole files with the template
of mined edits (`commit-edit`), both with 0 or more exemplars as earlier turns. Replies are kept, scores are
computed from them, so that a better score needs no new answers.

Imports `assist`, `llm.model`, the modules beside it and below.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import orjson

from nbreview.assist.context import fenced
from nbreview.assist.edits import TooLongError, propose_edit
from nbreview.assist.exemplars import Exemplar, turns
from nbreview.assist.origins import loaded_model
from nbreview.assist.prompts import EDIT, load_template
from nbreview.assist.replies import code_in, parse_edit
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.evaluation.edit_items import EditItem, Mode
from nbreview.evaluation.exemplars import ExemplarPool
from nbreview.evaluation.journal import Journal, key_of
from nbreview.evaluation.models import model_key
from nbreview.llm.model import Engine, Event, Message, Reply, Request, Sampling
from nbreview.notebook.model import Cell, CellType, Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.training.formats import COMMIT_EDIT

FAILURES_IN_A_ROW = 5
"""Engine failures after which a run ends: the next items would fare no better."""

_MARGIN = 64  # tokens that a chat template adds to a message
_LONGER = 1.3  # how much longer than the code before a reply may be
_MORE = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """How the model is asked. `exemplars` are the numbers of them to show, each a series of its own."""

    exemplars: tuple[int, ...]
    sampling: Sampling
    context_tokens: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What a model made of one item with so many exemplars.

    `text` is the code of its reply; `problem` says why the window would not offer it ("" where it would).
    `cut`: the reply ended at its longest. `shown` counts the exemplars in the prompt and `dropped` those left
    out for length; `too_long` says that the item itself did not fit and nothing was asked.
    """

    item: EditItem
    exemplars: int
    text: str
    problem: str
    cut: bool
    too_long: bool
    shown: int
    dropped: int
    seconds: float
    prompt_tokens: int
    reply_tokens: int


@dataclass(frozen=True, slots=True)
class Run:
    """All answers, and how many items the engine failed on, by its sentence."""

    answers: tuple[Answered, ...]
    failures: dict[str, int]


def run_edits(
    engine: Engine,
    items: Sequence[EditItem],
    pool: ExemplarPool,
    asking: Asking,
    journal: Journal,
    progress: Callable[[], None],
    cancel: CancelToken,
) -> Run:
    """Ask for every item with every number of exemplars, what the journal holds not again.

    Raises
    ------
    UserError
        No model is loaded, the journal cannot be written, or the engine failed several times in a row.
    Cancelled
        `cancel` was raised; the journal holds all answers so far.
    """
    info = loaded_model(engine)
    fixed = [model_key(info), info.chat_template, asking.context_tokens, asdict(asking.sampling)]
    fixed += [load_template(EDIT).sha256, load_template(COMMIT_EDIT).sha256]
    answers: list[Answered] = []
    failures: dict[str, int] = {}
    in_a_row = 0
    for item in items:
        shown = pool.resembling(item, max(asking.exemplars, default=0))
        for count in asking.exemplars:
            cancel.check()
            examples = shown[:count]
            key = key_of("edit", *fixed, item.id, item.digest, [each.digest for each in examples])
            kept = journal.get(key)
            if kept is None:
                try:
                    kept = _ask(engine, item, examples, asking, cancel)
                    in_a_row = 0
                except UserError as error:
                    failures[error.message] = failures.get(error.message, 0) + 1
                    in_a_row += 1
                    if in_a_row >= FAILURES_IN_A_ROW:
                        raise
                    progress()
                    continue
                journal.put(key, kept)
            answers.append(_answered(item, count, len(examples), kept))
            progress()
    return Run(tuple(answers), failures)


def exemplar_numbers(text: str) -> tuple[int, ...]:
    """Numbers of exemplars as a person writes them: "0,1,5". Raises UserError."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isdecimal() and int(part) <= 20 for part in parts):
        raise UserError(f"--exemplars {text!r} is no list of numbers from 0 to 20; write 0,1,5.")
    return tuple(sorted({int(part) for part in parts}))


# --- asking -------------------------------------------------------------------------------------------------


def _ask(
    engine: Engine, item: EditItem, examples: Sequence[EditItem], asking: Asking, cancel: CancelToken
) -> dict[str, Any]:
    """One answer as the journal keeps it."""
    started = time.monotonic()
    if item.mode is Mode.CELL:
        answer = _ask_cell(engine, item, examples, asking, cancel)
    else:
        answer = _ask_text(engine, item, examples, asking, cancel)
    return {"item": item.id, **answer, "seconds": time.monotonic() - started}


def _ask_cell(
    engine: Engine, item: EditItem, examples: Sequence[EditItem], asking: Asking, cancel: CancelToken
) -> dict[str, Any]:
    notebook = as_notebook(item.cells, item.language)
    for kept in range(len(examples), -1, -1):
        try:
            proposal = propose_edit(
                engine,
                notebook,
                item.index,
                item.message,
                asking.sampling,
                asking.context_tokens,
                _ignore,
                cancel,
                tuple(_cell_turns(examples[:kept])),
            )
        except TooLongError:
            continue
        origin = proposal.origin
        return {
            "reply": origin.reply,
            "finish": str(origin.settings["finish"]),
            "problem": proposal.failed,
            "dropped": len(examples) - kept,
            "prompt_tokens": origin.prompt_tokens,
            "reply_tokens": origin.reply_tokens,
        }
    return _nothing(len(examples))


def _ask_text(
    engine: Engine, item: EditItem, examples: Sequence[EditItem], asking: Asking, cancel: CancelToken
) -> dict[str, Any]:
    needed = int(engine.count_tokens(item.before) * _LONGER) + _MORE
    for kept in range(len(examples), -1, -1):
        messages = _text_messages(item, examples[:kept])
        text = "".join(message.content for message in messages)
        spent = engine.count_tokens(text) + _MARGIN * len(messages)
        if spent + needed <= asking.context_tokens:
            break
    else:
        return _nothing(len(examples))
    sampling = asking.sampling
    drawn = Sampling(sampling.temperature, sampling.top_p, sampling.seed, needed)
    reply: Reply = engine.ask(Request(messages, drawn), _ignore, cancel)
    parsed = parse_edit(reply.text, _cell(0, "code", item.before), item.language, reply.finish)
    return {
        "reply": reply.text,
        "finish": reply.finish,
        "problem": parsed.failed,
        "dropped": len(examples) - kept,
        "prompt_tokens": reply.prompt_tokens,
        "reply_tokens": reply.reply_tokens,
    }


def _nothing(examples: int) -> dict[str, Any]:
    """The item does not fit the context by itself."""
    return {
        "reply": "",
        "finish": "",
        "problem": "It does not fit the model's context.",
        "too_long": True,
        "dropped": examples,
        "prompt_tokens": 0,
        "reply_tokens": 0,
    }


def _answered(item: EditItem, count: int, found: int, kept: Any) -> Answered:
    return Answered(
        item,
        count,
        code_in(str(kept["reply"])),
        str(kept["problem"]),
        kept["finish"] == "length",
        bool(kept.get("too_long", False)),
        found - int(kept["dropped"]),
        int(kept["dropped"]),
        float(kept["seconds"]),
        int(kept["prompt_tokens"]),
        int(kept["reply_tokens"]),
    )


def _cell_turns(examples: Iterable[EditItem]) -> Iterator[Message]:
    """Exemplars as turns of the window's own prompt, what resembles most nearest to the question."""
    shown = [
        Exemplar(each.id, each.message, each.before, each.after, language=each.language) for each in examples
    ]
    return turns(shown, load_template(EDIT))


def _text_messages(item: EditItem, examples: Sequence[EditItem]) -> tuple[Message, ...]:
    template = load_template(COMMIT_EDIT)
    section = "file" if item.mode is Mode.FILE else "cell"

    def question(edit: EditItem) -> Message:
        values = {"message": edit.message, "source": fenced(edit.before, edit.language)}
        return Message("user", template.fill(section, values))

    turns = [Message("system", template.fill("system", {}))]
    for example in reversed(examples):
        turns += [question(example), Message("assistant", fenced(example.after, example.language))]
    return (*turns, question(item))


# --- notebooks ----------------------------------------------------------------------------------------------


def as_notebook(cells: Sequence[tuple[str, str]], language: str) -> Notebook:
    """A notebook of these types and sources, nothing of it executed."""
    data = {
        "cells": [],
        "metadata": {"language_info": {"name": language}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    empty = read_bytes(orjson.dumps(data), "labelled edit")
    return replace(
        empty, cells=tuple(_cell(index, kind, source) for index, (kind, source) in enumerate(cells))
    )


def _cell(index: int, kind: str, source: str) -> Cell:
    known = kind if kind in set(CellType) else "raw"
    raw: dict[str, Any] = {"cell_type": known, "metadata": {}, "source": source}
    if known == "code":
        raw["outputs"] = []
    return Cell(
        index=index,
        id=None,
        cell_type=CellType(known),
        source=source,
        outputs=(),
        execution_count=None,
        metadata={},
        attachments={},
        raw=raw,
    )


def _ignore(event: Event) -> None:
    """What a person would be shown while it runs."""
