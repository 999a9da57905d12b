"""Asks the model whether a cell will crash.

Imports the modules beside it, `llm.model`, `review` and below. The reply is held to one JSON object by a
grammar, which generates the reasoning; the verdict is not sampled: P(crash) is read from the logits of
`true` and `false` where the verdict would stand. The order (reasoning, then verdict) follows CRANE-LLM
(arXiv 2602.18537). Nothing is ever called safe.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from nbreview.assist.context import Order, PackedContext, pack
from nbreview.assist.origins import loaded_model, origin_of
from nbreview.assist.prompts import CRASH, load_template
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import Choices, Engine, Event, Message, Reply, Request, Sampling
from nbreview.notebook.model import CellType, Notebook
from nbreview.review.model import Evidence, Finding, Origin, Verdict

CHECK = "model"
THRESHOLD = 0.5
"""P(crash) from which a cell is flagged."""

LONGEST_REASONING = 320
"""Characters of reasoning that the grammar lets through."""

GRAMMAR = (
    'root ::= "{\\"reasoning\\": \\"" char{1,' + str(LONGEST_REASONING) + '} "\\""\n'
    'char ::= [^"\\\\\\x00-\\x1F\\x7F] | "\\\\" ["\\\\/nt]\n'
)
"""GBNF of the reply up to the verdict."""

_CHOICES = Choices(', "crash": ', ("true", "false"))
_MARGIN = 96
_LEAST_CONTEXT = 64


@dataclass(frozen=True, slots=True)
class CrashAssessment:
    """What the model makes of a cell. `probability` is P(crash), None without a verdict; `message` is
    the finding's.
    """

    finding: Finding
    probability: float | None
    message: str
    origin: Origin
    shown: PackedContext | None


def assess_crash(
    engine: Engine,
    notebook: Notebook,
    cell_index: int,
    sampling: Sampling,
    context_tokens: int,
    on_event: Callable[[Event], None],
    cancel: CancelToken,
) -> CrashAssessment:
    """Ask whether a cell raises when it is executed after those that were executed before it.

    A failure of the engine is no verdict, with its reason, and not an error.

    Raises
    ------
    UserError
        No model is loaded.
    Cancelled
        `cancel` was raised.
    """
    info = loaded_model(engine)
    template = load_template(CRASH)
    cell = notebook.cells[cell_index]
    # The grammar ends the reply, not the token limit: at worst one token a byte.
    drawn = replace(
        sampling, max_tokens=min(4 * LONGEST_REASONING + 32, max(_LEAST_CONTEXT, context_tokens // 2))
    )
    nothing = Finding(
        check=CHECK,
        evidence=Evidence.NO_VERDICT,
        verdict=Verdict.UNKNOWN,
        cell_index=cell_index,
        source_digest=cell.digest,
        message="",
        cell_id=cell.id,
        model=info.name,
    )
    request = Request((), drawn)
    shown: PackedContext | None = None
    replies: list[Reply] = []

    def no_verdict(why: str) -> CrashAssessment:
        message = f"No verdict: {why}"
        origin = origin_of(info, template, request, replies, shown.record if shown is not None else {})
        return CrashAssessment(replace(nothing, message=message), None, message, origin, shown)

    if cell.cell_type is not CellType.CODE or not cell.source.strip():
        return no_verdict("this cell holds no code; choose a code cell.")
    try:
        frame = template.fill("system", {"language": notebook.language}) + template.sections["user"]
        reserved = min(drawn.max_tokens, max(LONGEST_REASONING, _LEAST_CONTEXT))
        budget = context_tokens - reserved - engine.count_tokens(frame) - _MARGIN
        shown = pack(notebook, cell_index, max(budget, _LEAST_CONTEXT), engine.count_tokens, Order.EXECUTED)
        values = {
            "language": notebook.language,
            "cells": shown.cells,
            "target": shown.target,
            "target_label": shown.target_label,
        }
        messages = tuple(Message(role, template.fill(role, values)) for role in ("system", "user"))
        request = Request(messages, drawn, grammar=GRAMMAR, choices=_CHOICES)
        replies.append(engine.ask(request, on_event, cancel))
    except UserError as error:
        return no_verdict(error.message)
    reply = replies[0]
    reasoning = _reasoning(reply.text)
    if reasoning is None or len(reply.probabilities) != len(_CHOICES.options):
        why = (
            "the reply was cut off" if reply.finish == "length" else "the reply was not the asked-for object"
        )
        return no_verdict(f"{why}; try again, or load a model with a larger context.")
    probability = reply.probabilities[0]
    crash = probability >= THRESHOLD
    likely = _percent(probability)
    said = f"{likely} likely to crash, says the model" if crash else f"No crash found ({likely} likely)"
    message = f"{said}: {reasoning}"
    finding = replace(
        nothing,
        evidence=Evidence.LIKELY,
        verdict=Verdict.CRASH if crash else Verdict.NO_CRASH_FOUND,
        message=message,
        probability=probability,
        seconds=reply.total_seconds,
    )
    origin = origin_of(info, template, request, replies, {**shown.record, "probability": probability})
    return CrashAssessment(finding, probability, message, origin, shown)


def _percent(probability: float) -> str:
    """A probability for people: never 0 % or 100 %, which a model cannot know."""
    whole = round(probability * 100)
    return "under 1 %" if whole < 1 else "over 99 %" if whole > 99 else f"{whole} %"


def _reasoning(text: str) -> str | None:
    """The sentence in an object whose verdict is still to come; None when it is not one."""
    try:
        value = json.loads(f"{text.strip()}}}")
    except ValueError:
        return None
    reasoning = value.get("reasoning") if isinstance(value, dict) else None
    return " ".join(reasoning.split()) if isinstance(reasoning, str) else None
