"""Asks the model whether a cell will crash.

Imports the modules beside it, `llm.model`, `kernel`, `review` and below. The reply is held to one JSON object
by a grammar, which generates the reasoning; the verdict is not sampled: P(crash) is read from the logits of
`true` and `false` where the verdict would stand. What is shown (the cells in the order in which they were
executed, the kernel's state, the target) and what is asked for (reasoning, then detection) follow CRANE-LLM
(arXiv 2602.18537); what was found without a model is told besides. Nothing is ever called safe.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nbreview.assist.context import Order, pack
from nbreview.assist.origins import loaded_model, origin_of
from nbreview.assist.prompts import CRASH, CRASH_APART, Template, load_template
from nbreview.assist.runtime import RuntimeText, fit_snapshot
from nbreview.assist.shown import PackedContext
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.crane import snapshot_text
from nbreview.kernel.model import RuntimeSnapshot
from nbreview.llm.model import Choices, Engine, Event, Message, Reply, Request, Sampling
from nbreview.notebook.model import CellType, Notebook
from nbreview.review.model import Evidence, Finding, Origin, Rung, Verdict
from nbreview.words import Said, said

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

SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {
            "reasoning": {"type": "string", "maxLength": LONGEST_REASONING},
            "detection": {"type": "boolean"},
        },
        "required": ["reasoning", "detection"],
    }
)
"""JSON schema of the whole reply, for servers that take no grammar."""

_CHOICES = Choices(', "detection": ', ("true", "false"))
_MARGIN = 96
_LEAST_CONTEXT = 64
_RUNTIME_SHARE = 3
"""One part in so many of the prompt may tell of the kernel's state; the rest is for code."""
_TOLD_SHARE = 16
"""One part in so many of the context is left for what other checks have found."""
_VOTING_TEMPERATURE = 0.7
"""Votes of a model that draws greedily would all be one vote."""


@dataclass(frozen=True, slots=True)
class CrashAssessment:
    """What the model makes of a cell. `probability` is P(crash), None without a verdict; `message` is
    the finding's. `runtime` is what it was told of the kernel's state, None where nothing was known.
    """

    finding: Finding
    probability: float | None
    message: str
    origin: Origin
    shown: PackedContext | None
    runtime: RuntimeText | None = None


def assess_crash(
    engine: Engine,
    notebook: Notebook,
    cell_index: int,
    sampling: Sampling,
    context_tokens: int,
    on_event: Callable[[Event], None],
    cancel: CancelToken,
    *,
    snapshot: RuntimeSnapshot | None = None,
    evidence: Sequence[Finding] = (),
    votes: int = 1,
    prompt: str = CRASH,
    keep: bool = True,
) -> CrashAssessment:
    """Ask whether a cell raises when it is executed after those that were executed before it.

    A failure of the engine is no verdict, with its reason, and not an error.

    Parameters
    ----------
    snapshot:
        The kernel's state before the cell; None asks from the code alone.
    evidence:
        What was found about this cell without a model.
    votes:
        How often the model reasons; P(crash) is the mean.
    prompt:
        Which prompt. `CRASH` shows the target as the last of the cells, so that the prompt of the next cell
        goes on where this one's cells end; `CRASH_APART` shows it under a heading of its own, as the paper
        does.
    keep:
        Whether the evaluated cells may be kept on disk, so that the next question about this notebook has
        them at hand.

    Raises
    ------
    UserError
        No model is loaded.
    Cancelled
        `cancel` was raised.
    """
    info = loaded_model(engine)
    template = load_template(prompt)
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
        rung=Rung.MODEL,
        state_digest=snapshot.digest if snapshot is not None else "",
    )
    request = Request((), drawn)
    shown: PackedContext | None = None
    runtime: RuntimeText | None = None
    replies: list[Reply] = []

    def record() -> dict[str, object]:
        told = (
            {} if runtime is None else {"runtime": runtime.cut or "whole", "runtime_tokens": runtime.tokens}
        )
        return {**(shown.record if shown is not None else {}), **told}

    def no_verdict(why: str) -> CrashAssessment:
        message = said("No verdict: {why}", why=why)
        origin = origin_of(info, template, request, replies, record())
        return CrashAssessment(replace(nothing, message=message), None, message, origin, shown, runtime)

    if cell.cell_type is not CellType.CODE or not cell.source.strip():
        return no_verdict(said("this cell holds no code; choose a code cell."))
    answers: list[tuple[float, str]] = []
    try:
        told = _evidence_text(evidence)
        frame = template.fill("system", {"language": notebook.language}) + "".join(
            template.sections[name] for name in ("user", "runtime", "evidence", "target")
        )
        reserved = min(drawn.max_tokens, max(LONGEST_REASONING, _LEAST_CONTEXT))
        count = lru_cache(maxsize=None)(engine.count_tokens)
        budget = context_tokens - reserved - count(frame + told) - _MARGIN
        # What each cell of the notebook has room for, whatever else is told about it.
        steady = context_tokens - reserved - count(frame) - _MARGIN - context_tokens // _TOLD_SHARE
        if snapshot is not None and snapshot.names:
            share = max(_LEAST_CONTEXT, budget // _RUNTIME_SHARE)
            runtime = fit_snapshot(snapshot, share, count, snapshot_text)
            budget -= runtime.tokens
            steady -= max(_LEAST_CONTEXT, steady // _RUNTIME_SHARE)
        shown = pack(
            notebook,
            cell_index,
            max(budget, _LEAST_CONTEXT),
            count,
            Order.EXECUTED,
            steady=steady if 0 < steady <= budget else 0,
        )
        messages, shared = _messages(template, notebook.language, shown, runtime, told)
        for vote in range(max(1, votes)):
            voting = replace(
                drawn, temperature=max(drawn.temperature, _VOTING_TEMPERATURE), seed=drawn.seed + vote
            )
            request = Request(
                messages,
                voting if votes > 1 else drawn,
                grammar=GRAMMAR,
                choices=_CHOICES,
                schema=SCHEMA,
                state_key=_state_key(template, notebook) if keep else "",
                shared=shared,
            )
            replies.append(engine.ask(request, on_event, cancel))
            reasoning = _reasoning(replies[-1].text)
            if reasoning is not None and len(replies[-1].probabilities) == len(_CHOICES.options):
                answers.append((replies[-1].probabilities[0], reasoning))
    except UserError as error:
        return no_verdict(error.message)
    if not answers:
        if replies[-1].finish == "length":
            return no_verdict(
                said("the reply was cut off; try again, or load a model with a larger context.")
            )
        return no_verdict(
            said("the reply was not the asked-for object; try again, or load a model with a larger context.")
        )
    probability = sum(answer[0] for answer in answers) / len(answers)
    crash = probability >= THRESHOLD
    # The reasoning that is shown is one that led to the verdict.
    reasoning = next((why for each, why in answers if (each >= THRESHOLD) is crash), answers[0][1])
    likely = _percent(probability)
    message = said("No crash found ({likely} likely): {reasoning}", likely=likely, reasoning=reasoning)
    if crash:
        message = said(
            "{likely} likely to crash, says the model: {reasoning}", likely=likely, reasoning=reasoning
        )
    finding = replace(
        nothing,
        evidence=Evidence.LIKELY,
        verdict=Verdict.CRASH if crash else Verdict.NO_CRASH_FOUND,
        message=message,
        probability=probability,
        seconds=sum(reply.total_seconds for reply in replies),
    )
    more = {
        "probability": probability,
        "votes": [answer[0] for answer in answers],
        "weighed": replies[-1].weighed,
    }
    origin = origin_of(info, template, request, replies, {**record(), **more})
    return CrashAssessment(finding, probability, message, origin, shown, runtime)


def _messages(
    template: Template, language: str, shown: PackedContext, runtime: RuntimeText | None, told: str
) -> tuple[tuple[Message, ...], int]:
    """What is common to all cells of a notebook stands first: the instructions, then the executed cells.

    Also how many characters of the last message the prompt of the next cell begins with.
    """
    values = {
        "language": language,
        "cells": shown.cells,
        "runtime": runtime.text if runtime is not None else "",
        "evidence": told,
        "target": shown.target,
        "target_label": shown.target_label,
    }
    if template.name != CRASH_APART:
        alone = len(shown.shown) == 1
        values["cells"] = shown.target if alone else f"{shown.cells}\n\n{shown.target}"
    first = template.fill("user", values)
    parts = ["runtime" if runtime is not None else "", "evidence" if told else "", "target"]
    user = "\n\n".join([first, *(template.fill(part, values) for part in parts if part)])
    return (Message("system", template.fill("system", values)), Message("user", user)), len(first)


def _state_key(template: Template, notebook: Notebook) -> str:
    """Names the notebook as far as prompts about it begin alike: when its first cell is another, so are they
    from the start."""
    first = next((cell for cell in notebook.cells if cell.cell_type is CellType.CODE), notebook.cells[0])
    return f"{template.reference}|{notebook.language}|{first.id}|{first.digest}"


def _evidence_text(findings: Sequence[Finding]) -> str:
    """What other checks have found, a line each; a model's own earlier verdict is none of it."""
    lines = [
        f"- {finding.message} ({finding.evidence.value}, {finding.rung.value})"
        for finding in findings
        if finding.rung is not Rung.MODEL and finding.message
    ]
    return "\n".join(lines)


def _percent(probability: float) -> Said:
    """A probability for people: never 0 % or 100 %, which a model cannot know."""
    whole = round(probability * 100)
    if whole < 1:
        return said("under 1 %")
    return said("over 99 %") if whole > 99 else said("{percent} %", percent=whole)


def _reasoning(text: str) -> str | None:
    """The sentence in an object whose verdict is still to come; None when it is not one."""
    try:
        value = json.loads(f"{text.strip()}}}")
    except ValueError:
        return None
    reasoning = value.get("reasoning") if isinstance(value, dict) else None
    return " ".join(reasoning.split()) if isinstance(reasoning, str) else None
