"""Asks the model for a new text of one cell.

Imports the modules beside it, `llm.model`, `review` and below. Code is asked for in a fence and not inside
JSON: small models write worse code when they have to escape it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nbreview.assist.context import PackedContext, pack
from nbreview.assist.origins import loaded_model, origin_of
from nbreview.assist.prompts import EDIT, load_template
from nbreview.assist.replies import parse_edit
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import Engine, Event, Message, Reply, Request, Sampling
from nbreview.notebook.model import Notebook
from nbreview.review.model import Origin

_MARGIN = 256  # tokens for what a chat template adds, and for the reason in the second question
_LEAST_CONTEXT = 64


class TooLongError(UserError):
    """The cell alone does not fit the model's context."""


@dataclass(frozen=True, slots=True)
class EditProposal:
    """What the model proposed for a cell.

    `failed` is "" for a proposal that can be offered. Otherwise it is the sentence that says why not, and
    `source` is the raw text of the last reply: something to read, never to apply. `cells` are the indices
    that were shown.
    """

    source: str
    reason: str
    failed: str
    origin: Origin
    shown: PackedContext
    cells: tuple[int, ...]


def propose_edit(
    engine: Engine,
    notebook: Notebook,
    cell_index: int,
    instruction: str,
    sampling: Sampling,
    context_tokens: int,
    on_event: Callable[[Event], None],
    cancel: CancelToken,
    earlier: tuple[Message, ...] = (),
) -> EditProposal:
    """Ask for an edit of one cell; ask once more, saying why, when the reply cannot be used.

    Parameters
    ----------
    instruction:
        What the person wants; "" asks for whatever is wrong to be mended.
    context_tokens:
        Tokens that prompt and reply may take together.
    earlier:
        Turns between the instructions and the question: edits that resemble this one, asked and answered.

    Raises
    ------
    UserError
        No model is loaded, the engine failed, or the cell alone does not fit the context (`TooLongError`).
    Cancelled
        `cancel` was raised.
    """
    info = loaded_model(engine)
    template = load_template(EDIT)
    cell = notebook.cells[cell_index]
    task = instruction.strip() or template.sections["instruction"]
    frame = template.fill("system", {"language": notebook.language}) + template.sections["user"] + task
    frame += template.sections["retry"] + "".join(message.content for message in earlier)
    # Room for the reply twice: a second question carries the first answer.
    reply_tokens = min(sampling.max_tokens, max(_LEAST_CONTEXT, context_tokens // 3))
    budget = context_tokens - 2 * reply_tokens - engine.count_tokens(frame) - _MARGIN
    shown = pack(notebook, cell_index, max(budget, _LEAST_CONTEXT), engine.count_tokens)
    if shown.cut or (earlier and budget < shown.tokens):
        raise TooLongError(
            f"Cell {cell_index + 1} does not fit the model's context of {context_tokens:,} tokens together "
            f"with a reply of {reply_tokens:,}; load the model with a larger context, allow shorter replies, "
            "or split the cell."
        )
    values = {
        "language": notebook.language,
        "cells": shown.cells,
        "target": shown.target,
        "target_label": shown.target_label,
        "error": shown.error,
        "instruction": task,
    }
    drawn = Sampling(sampling.temperature, sampling.top_p, sampling.seed, reply_tokens)
    messages: tuple[Message, ...] = (
        Message("system", template.fill("system", values)),
        *earlier,
        Message("user", template.fill("user", values)),
    )
    request = Request(messages, drawn)
    replies: list[Reply] = [engine.ask(request, on_event, cancel)]
    parsed = parse_edit(replies[0].text, cell, notebook.language, replies[0].finish)
    if parsed.failed:
        cancel.check()
        again = template.fill("retry", {**values, "reason": parsed.failed})
        messages = (*messages, Message("assistant", replies[0].text), Message("user", again))
        request = Request(messages, drawn)
        replies.append(engine.ask(request, on_event, cancel))
        parsed = parse_edit(replies[1].text, cell, notebook.language, replies[1].finish)
    origin = origin_of(info, template, request, replies, shown.record)
    return EditProposal(
        source=parsed.source if not parsed.failed else replies[-1].text,
        reason=parsed.reason,
        failed=parsed.failed,
        origin=origin,
        shown=shown,
        cells=tuple(part.index for part in shown.shown),
    )
