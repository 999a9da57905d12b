"""Asks the model for new texts of cells: of one, of chosen ones, or of whatever in a notebook a task
concerns.

Imports the modules beside it, `llm.model`, `review` and below. Code is asked for in a fence and not inside
JSON: small models write worse code when they have to escape it. One cell, chosen cells and the whole file,
each with no, one or several exemplars, are the settings of arXiv 2501.09745.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from nbreview.assist.cell_replies import ParsedCells, parse_cells
from nbreview.assist.changes import CellProposal
from nbreview.assist.context import pack, pack_whole
from nbreview.assist.exemplars import Exemplar, turns
from nbreview.assist.origins import loaded_model, origin_of
from nbreview.assist.prompts import CELLS_EDIT, EDIT, Template, load_template
from nbreview.assist.ranking import Judge, Judgement, distinct, order, weigh
from nbreview.assist.replies import parse_edit
from nbreview.assist.runtime import RuntimeText
from nbreview.assist.shown import Extra, Material, PackedContext, ranges
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import Engine, Event, Message, Reply, Request, Sampling
from nbreview.notebook.model import Notebook
from nbreview.review.model import CellEdit, Origin
from nbreview.words import Said, said

_MARGIN = 256  # tokens for what a chat template adds, and for the reason in the second question
_LEAST_CONTEXT = 64
_DRAWN = 0.7
"""Least temperature of the candidates after the first: draws that are all alike leave nothing to choose
from.
"""


class TooLongError(UserError):
    """What is to be changed does not fit the model's context."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is wanted. `section` is that of the template ("instruction", "improve", "finding", "raised",
    "commit"), `text` what is put into it. `cells` are those that it names, which come first where not all of
    a notebook can be shown.
    """

    section: str
    text: str = ""
    cells: tuple[int, ...] = ()

    @classmethod
    def of(cls, instruction: str) -> "Task":
        """An instruction in a person's words; "" asks for whatever is wrong to be mended."""
        return cls("instruction", instruction.strip()) if instruction.strip() else cls("improve")

    def words(self, template: Template) -> str:
        """The task as the model is told it."""
        if self.section == "instruction":
            return self.text
        return template.fill(self.section, {"text": self.text})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the notebook; see `shown.Material`. `earlier` are turns that must be shown
    whole.
    """

    findings: tuple[Extra, ...] = ()
    exemplars: tuple[Exemplar, ...] = ()
    passages: tuple[Extra, ...] = ()
    runtime: Callable[[int], RuntimeText] | None = None
    earlier: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """How the model is asked. `context_tokens` are those that prompt and reply may take together;
    `candidates` is how many answers are drawn; `state_key` see `llm.model.Request`.
    """

    sampling: Sampling
    context_tokens: int
    candidates: int = 1
    state_key: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the model. `parsed.failed` says why nothing of it can be offered."""

    parsed: ParsedCells
    origin: Origin
    shown: PackedContext
    log_likelihood: float | None = None
    judgement: Judgement = field(default_factory=Judgement)


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
    asking = Asking(sampling, context_tokens)
    known = Known(earlier=earlier)
    (answer,) = propose_answers(
        engine, notebook, (cell_index,), Task.of(instruction), asking, known, None, on_event, cancel
    )
    parsed, failed = answer.parsed, answer.parsed.failed
    return EditProposal(
        source=parsed.proposals[0].source if not failed else answer.origin.reply,
        reason=parsed.reason,
        failed=failed,
        origin=answer.origin,
        shown=answer.shown,
        cells=tuple(part.index for part in answer.shown.shown),
    )


def propose_answers(
    engine: Engine,
    notebook: Notebook,
    cells: tuple[int, ...] | None,
    task: Task,
    asking: Asking,
    known: Known,
    judge: Judge | None,
    on_event: Callable[[Event], None],
    cancel: CancelToken,
) -> tuple[Answer, ...]:
    """Ask for a change of some cells, or of the whole notebook; the distinct answers, best first.

    Where nothing of any answer can be offered, it is asked once more with the reason, and the last answer
    says why it failed.

    Parameters
    ----------
    cells:
        The cells that may change; None for the whole notebook.
    judge:
        Looks at the notebook as each answer would make it.

    Raises
    ------
    UserError
        No model is loaded, the engine failed, or the cells do not fit the context (`TooLongError`).
    Cancelled
        `cancel` was raised.
    """
    question = _Question(engine, notebook, cells, task, asking, known)
    answers = [question.ask(0, on_event, cancel)]
    for number in range(1, max(1, asking.candidates)):
        cancel.check()
        try:
            answers.append(question.ask(number, on_event, cancel))
        except UserError:
            if not any(answer.parsed.usable for answer in answers):
                raise
            break  # the engine is gone; there is something to choose from
    if not any(answer.parsed.whole for answer in answers):
        cancel.check()
        best = max(range(len(answers)), key=lambda number: (answers[number].parsed.usable, -number))
        answers[best] = question.ask_again(best, answers[best], on_event, cancel)
    usable = [answer for answer in answers if answer.parsed.usable]
    if not usable:
        return (answers[0],) if len(answers) == 1 else (answers[best],)
    return _ranked(notebook, usable, judge)


def _ranked(notebook: Notebook, answers: Sequence[Answer], judge: Judge | None) -> tuple[Answer, ...]:
    kept = distinct(notebook, answers, lambda answer: answer.parsed.proposals)
    weighed = [weigh(notebook, each.parsed.proposals, each.log_likelihood, judge) for each in kept]
    return tuple(replace(kept[number], judgement=weighed[number].judgement) for number in order(weighed))


class _Question:
    """One question with its prompt, asked as often as there are candidates; owned by one call."""

    def __init__(
        self,
        engine: Engine,
        notebook: Notebook,
        cells: tuple[int, ...] | None,
        task: Task,
        asking: Asking,
        known: Known,
    ) -> None:
        self._engine, self._notebook, self._asking = engine, notebook, asking
        self._info = loaded_model(engine)
        self._single = cells is not None and len(cells) == 1
        self._template = load_template(EDIT if self._single else CELLS_EDIT)
        words = task.words(self._template)
        tokens = asking.context_tokens
        # Room for the reply twice: a second question carries the first answer.
        reply_tokens = min(asking.sampling.max_tokens, max(_LEAST_CONTEXT, tokens // 3))
        self._drawn = replace(asking.sampling, max_tokens=reply_tokens)
        frame = _frame(self._template, notebook.language, words, known.earlier)
        budget = tokens - 2 * reply_tokens - engine.count_tokens(frame) - _MARGIN
        material = self._material(known)
        count, room = engine.count_tokens, max(budget, _LEAST_CONTEXT)
        if cells is None:
            self.shown = pack_whole(notebook, room, count, material, words, task.cells)
            self._asked = tuple(cell.index for cell in self.shown.shown if cell.why == "target")
        else:
            self.shown = pack(notebook, cells, room, count, material=material)
            self._asked = tuple(sorted(set(cells)))
        if self.shown.cut or not self._asked or (known.earlier and budget < self.shown.tokens):
            raise TooLongError(_too_long(cells, tokens, reply_tokens))
        self._values = {
            "language": notebook.language,
            "cells": self.shown.cells,
            "target": self.shown.target,
            "target_label": self.shown.target_label,
            "error": self.shown.error,
            "findings": self.shown.findings,
            "passages": self.shown.passages,
            "runtime": self.shown.runtime,
            "numbers": ranges(cell.index + 1 for cell in self.shown.left_out),
            "instruction": words,
        }
        self._replies: dict[int, list[Reply]] = {}
        chosen = [each for each in known.exemplars if each.id in self.shown.exemplars]
        self._messages = (
            Message("system", self._template.fill("system", self._values)),
            *known.earlier,
            *turns(chosen, self._template, labelled=not self._single),
            Message("user", self._user(cells is None)),
        )

    def ask(self, number: int, on_event: Callable[[Event], None], cancel: CancelToken) -> Answer:
        """One answer; those after the first are drawn with more chance."""
        drawn = self._drawn
        if number:
            warm = max(drawn.temperature, _DRAWN)
            drawn = replace(drawn, temperature=warm, seed=drawn.seed + number)
        request = self._request(self._messages, drawn)
        self._replies[number] = [self._engine.ask(request, on_event, cancel)]
        return self._answer(request, self._replies[number])

    def ask_again(
        self, number: int, before: Answer, on_event: Callable[[Event], None], cancel: CancelToken
    ) -> Answer:
        """Ask once more, with the reason why the answer before cannot be used; the better one of both."""
        reason = before.parsed.complaint
        again = self._template.fill("retry", {**self._values, "reason": reason})
        messages = (*self._messages, Message("assistant", before.origin.reply), Message("user", again))
        request = self._request(messages, self._drawn)
        answer = self._answer(request, [*self._replies[number], self._engine.ask(request, on_event, cancel)])
        return answer if answer.parsed.usable >= before.parsed.usable else before

    def _request(self, messages: tuple[Message, ...], drawn: Sampling) -> Request:
        key = self._asking.state_key and f"{self._template.reference}|{self._asking.state_key}"
        return Request(messages, drawn, state_key=key, lookup=True)

    def _answer(self, request: Request, replies: Sequence[Reply]) -> Answer:
        last = replies[-1]
        parsed = self._parsed(last)
        settings = {**self.shown.record, "log_likelihood": last.log_likelihood}
        if self.shown.runtime_cut:
            settings["runtime"] = self.shown.runtime_cut
        origin = origin_of(self._info, self._template, request, replies, settings)
        return Answer(parsed, origin, self.shown, last.log_likelihood)

    def _parsed(self, reply: Reply) -> ParsedCells:
        if not self._single:
            return parse_cells(reply.text, self._notebook, self._asked, reply.finish)
        cell = self._notebook.cells[self._asked[0]]
        parsed = parse_edit(reply.text, cell, self._notebook.language, reply.finish)
        if parsed.failed:
            return ParsedCells((), parsed.reason, parsed.failed)
        made = CellProposal(CellEdit.CHANGE, cell.index, parsed.source, cell.cell_type)
        return ParsedCells((made,), parsed.reason)

    def _user(self, whole: bool) -> str:
        """The question: what stays the same from one to the next stands first."""
        values = self._values
        sections = ["whole" if whole else "notebook"]
        if whole and values["numbers"]:
            sections.append("unshown")
        sections += [name for name in ("passages", "runtime") if values[name]]
        sections += [] if whole else ["target"]
        sections += [name for name in ("error", "findings") if values[name]]
        return "\n\n".join(self._template.fill(name, values) for name in (*sections, "task"))

    def _material(self, known: Known) -> Material:
        exemplars = tuple(
            Extra(
                f"“{_short(each.instruction or each.reason)}”",
                "\n\n".join(
                    turn.content for turn in turns([each], self._template, labelled=not self._single)
                ),
                each.id,
            )
            for each in known.exemplars
        )
        return Material(known.findings, exemplars, known.passages, known.runtime)


def _frame(template: Template, language: str, words: str, earlier: Sequence[Message]) -> str:
    """All of a prompt that is not chosen by importance, at its longest."""
    fixed = (
        "notebook",
        "whole",
        "unshown",
        "passages",
        "runtime",
        "target",
        "error",
        "findings",
        "task",
        "retry",
    )
    parts = [template.fill("system", {"language": language}), words]
    parts += [template.sections[name] for name in fixed if name in template.sections]
    return "\n\n".join([*parts, *(message.content for message in earlier)])


def _too_long(cells: tuple[int, ...] | None, tokens: int, reply_tokens: int) -> Said:
    context, reply = f"{tokens:,}", f"{reply_tokens:,}"
    if cells is None:
        return said(
            "No cell of the notebook fits the model's context of {context} tokens together with a reply of "
            "{reply}; load the model with a larger context, allow shorter replies, or choose single cells.",
            context=context,
            reply=reply,
        )
    if len(cells) == 1:
        return said(
            "Cell {cell} does not fit the model's context of {context} tokens together with a reply of "
            "{reply}; load the model with a larger context, allow shorter replies, or split the cell.",
            cell=cells[0] + 1,
            context=context,
            reply=reply,
        )
    return said(
        "Cells {cells} do not fit the model's context of {context} tokens together with a reply of "
        "{reply}; load the model with a larger context, allow shorter replies, or choose fewer cells.",
        cells=ranges(index + 1 for index in cells),
        context=context,
        reply=reply,
    )


def _short(text: str) -> str:
    first = text.strip().split("\n", 1)[0]
    return first if len(first) <= 60 else f"{first[:59].rstrip()}…"
