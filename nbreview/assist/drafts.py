"""From a task in words to the cells of a notebook, in steps (Linguacodus, arXiv 2403.11585).

Plans with the sections data preparation, model, training and evaluation, ranked; a critique of each; the best
one, chosen by the model's own logits where the engine has them; that one improved by its critique; cells that
parse. Every step takes a `DraftState` and gives the next one: each can be edited and run again, and what was
made from what has changed is dropped. Nothing is run here.

Imports the modules beside it, `llm.model`, `review` and below.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from nbreview.assist.context import fenced
from nbreview.assist.data_model import DataFile, describe_data
from nbreview.assist.draft_replies import (
    SECTIONS,
    DraftCell,
    Plan,
    UnusableReplyError,
    parse_draft_cells,
    parse_number,
    parse_plan,
    parse_points,
)
from nbreview.assist.origins import loaded_model, origin_of
from nbreview.assist.prompts import load_template
from nbreview.assist.shown import Extra
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import Choices, Engine, Event, Message, Reply, Request, Sampling
from nbreview.review.model import Origin
from nbreview.words import said

PLAN, CRITIQUE, CHOICE = "draft-plan.v2", "draft-critique.v1", "draft-choice.v1"
IMPROVE, CELLS = "draft-improve.v1", "draft-cells.v2"
MOST_PLANS = 9  # one digit each, so that every choice is one token

_MARGIN = 128  # tokens that a chat template adds
_LEAST_REPLY = 128
_PASSAGE_SHARE = 4
_REASON_TOKENS = 160
_T = TypeVar("_T")


class DraftStep(StrEnum):
    """The steps, in their order."""

    PLANS = "plans"
    CRITIQUES = "critiques"
    CHOICE = "choice"
    IMPROVEMENT = "improvement"
    CELLS = "cells"


@dataclass(frozen=True, slots=True)
class DraftTask:
    """What is wanted: the task in words, how the result is measured ("" where nobody said), the data, and
    what the repository and its libraries hold about it, the most helpful first.
    """

    text: str
    metric: str = ""
    files: tuple[DataFile, ...] = ()
    language: str = "python"
    passages: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft so far. What a step has not made yet is empty.

    `plans` are in the order of their rank, `weights` are the model's probabilities for that (empty where it
    gave none); `critiques` stand in the order of the plans. `chosen` is the index of the best, `why` the
    model's sentence for it, `chances` its probabilities. `improved` is that plan, better.
    """

    task: DraftTask
    plans: tuple[Plan, ...] = ()
    weights: tuple[float, ...] = ()
    critiques: tuple[str, ...] = ()
    chosen: int | None = None
    why: str = ""
    chances: tuple[float, ...] = ()
    improved: Plan | None = None
    cells: tuple[DraftCell, ...] = ()

    @property
    def next_step(self) -> DraftStep | None:
        """The step to be made next; None where all are made."""
        if not self.plans:
            return DraftStep.PLANS
        if len(self.critiques) != len(self.plans):
            return DraftStep.CRITIQUES
        if self.chosen is None:
            return DraftStep.CHOICE
        if self.improved is None:
            return DraftStep.IMPROVEMENT
        return None if self.cells else DraftStep.CELLS


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a step made, and how: an origin for every answer of the model."""

    step: DraftStep
    state: DraftState
    origins: tuple[Origin, ...]


class DraftError(UserError):
    """The model's answers to a step could not be used; `reply` is the raw text of the last one."""

    def __init__(self, message: str, reply: str, origins: tuple[Origin, ...]) -> None:
        super().__init__(message)
        self.reply = reply
        self.origins = origins


def before(state: DraftState, step: DraftStep) -> DraftState:
    """The state as it was before a step, so that the step can be made again."""
    order = list(DraftStep)
    place = order.index(step)
    empty: dict[DraftStep, dict[str, Any]] = {
        DraftStep.PLANS: {"plans": (), "weights": ()},
        DraftStep.CRITIQUES: {"critiques": ()},
        DraftStep.CHOICE: {"chosen": None, "why": "", "chances": ()},
        DraftStep.IMPROVEMENT: {"improved": None},
        DraftStep.CELLS: {"cells": ()},
    }
    for later in order[place:]:
        state = replace(state, **empty[later])
    return state


def with_plan(state: DraftState, index: int, plan: Plan) -> DraftState:
    """The state with a plan that a person has edited; its critique and what follows are to be made again."""
    plans = tuple(plan if number == index else each for number, each in enumerate(state.plans))
    return replace(before(state, DraftStep.CRITIQUES), plans=plans)


def with_critique(state: DraftState, index: int, text: str) -> DraftState:
    """The state with a critique that a person has edited."""
    critiques = tuple(text if number == index else each for number, each in enumerate(state.critiques))
    return replace(before(state, DraftStep.CHOICE), critiques=critiques)


def with_choice(state: DraftState, index: int) -> DraftState:
    """The state with the plan that a person has chosen."""
    return replace(before(state, DraftStep.CHOICE), chosen=index, why=said("Chosen by hand."))


def with_improved(state: DraftState, plan: Plan) -> DraftState:
    """The state with an improved plan that a person has edited."""
    return replace(before(state, DraftStep.CELLS), improved=plan)


def with_cells(state: DraftState, cells: Sequence[DraftCell]) -> DraftState:
    """The state with cells that a person has edited."""
    return replace(state, cells=tuple(cells))


class Drafter:
    """Asks one engine for the steps of drafts.

    Parameters
    ----------
    context_tokens:
        Tokens that prompt and reply may take together.
    """

    def __init__(
        self,
        engine: Engine,
        sampling: Sampling,
        context_tokens: int,
        on_event: Callable[[Event], None],
        cancel: CancelToken,
    ) -> None:
        self._info = loaded_model(engine)
        self._engine, self._sampling, self._context = engine, sampling, context_tokens
        self._on_event, self._cancel = on_event, cancel
        self._origins: list[Origin] = []

    def make(self, state: DraftState, step: DraftStep | None = None, plans: int = 3) -> StepResult:
        """Make one step: the next one, or an earlier one again, which drops what was made from it.

        Parameters
        ----------
        plans:
            How many plans there are to be.

        Raises
        ------
        DraftError
            The model's answer could not be used, twice.
        UserError
            The engine failed, the task does not fit the model's context, or the draft is complete.
        Cancelled
            The token was raised.
        """
        step = step or state.next_step
        if step is None:
            raise UserError(said("The draft is complete; name the step that is to be made again."))
        order = list(DraftStep)
        needed = state.next_step
        if needed is not None and order.index(step) > order.index(needed):
            raise UserError(
                said("The {step} need the {needed} first; make that step.", step=step, needed=needed)
            )
        state = before(state, step)
        self._origins = []
        match step:
            case DraftStep.PLANS:
                made = self._plans(state, max(1, min(plans, MOST_PLANS)))
            case DraftStep.CRITIQUES:
                made = replace(state, critiques=tuple(self._critique(state, plan) for plan in state.plans))
            case DraftStep.CHOICE:
                made = self._choose(state)
            case DraftStep.IMPROVEMENT:
                made = self._improve(state)
            case DraftStep.CELLS:
                made = self._cells(state)
        return StepResult(step, made, tuple(self._origins))

    def fitting(self, passages: Sequence[Extra]) -> tuple[Extra, ...]:
        """The first of these passages, whole ones, that take at most a quarter of the context together."""
        room = self._context // _PASSAGE_SHARE
        for count in range(len(passages), 0, -1):
            if self._engine.count_tokens(_together(passages[:count])) <= room:
                return tuple(passages[:count])
        return ()

    def _plans(self, state: DraftState, count: int) -> DraftState:
        plans: list[Plan] = []
        for number in range(count):
            listed = "\n".join(f"- {plan.title}: {' '.join(plan.model.split())[:200]}" for plan in plans)
            others = load_template(PLAN).fill("others", {"plans": listed}) + "\n\n" if plans else ""
            plans.append(self._answer(PLAN, state.task, {"others": others}, parse_plan, seed=number))
        if len(plans) == 1:
            return replace(state, plans=tuple(plans))
        weights, _ = self._weigh(state.task, plans, ())
        if weights:
            order = sorted(range(count), key=lambda index: -weights[index])
            plans = [plans[index] for index in order]
            weights = tuple(weights[index] for index in order)
        return replace(state, plans=tuple(plans), weights=weights)

    def _critique(self, state: DraftState, plan: Plan) -> str:
        return self._answer(CRITIQUE, state.task, {"plan": plan.text}, parse_points)

    def _choose(self, state: DraftState) -> DraftState:
        if len(state.plans) == 1:
            return replace(state, chosen=0, why=said("There is one plan."))
        chances, reply = self._weigh(state.task, state.plans, state.critiques)
        count = len(state.plans)
        if chances:
            chosen = max(range(count), key=lambda index: chances[index])
        else:
            named = parse_number(reply, count)
            chosen = named if named is not None else 0
        return replace(state, chosen=chosen, why=" ".join(reply.split())[:400], chances=chances)

    def _improve(self, state: DraftState) -> DraftState:
        assert state.chosen is not None
        values = {"plan": state.plans[state.chosen].text, "critique": state.critiques[state.chosen]}
        return replace(state, improved=self._answer(IMPROVE, state.task, values, parse_plan))

    def _cells(self, state: DraftState) -> DraftState:
        plan = state.improved
        assert plan is not None
        cells = [DraftCell("markdown", f"# {plan.title}\n\n{state.task.text.strip()}")]
        for section in SECTIONS:
            values = {"plan": plan.text, "section": section, "cells": _shown(cells)}
            made = self._answer(
                CELLS, state.task, values, lambda reply: parse_draft_cells(reply, state.task.language)
            )
            cells += [DraftCell("markdown", f"## {section}"), *made]
        return replace(state, cells=tuple(cells))

    def _weigh(
        self, task: DraftTask, plans: Sequence[Plan], critiques: Sequence[str]
    ) -> tuple[tuple[float, ...], str]:
        """The probability of each plan to be named best, from the logits of its number; none where the engine
        has none. And what the model said.
        """
        template = load_template(CHOICE)
        parts = []
        for number, plan in enumerate(plans, 1):
            part = f"# Plan {number}: {plan.title}\n{plan.text}"
            if critiques:
                part += f"\n\nWhat is said against plan {number}:\n{critiques[number - 1]}"
            parts.append(part)
        messages = self._fitted(CHOICE, task, {"plans": "\n\n".join(parts)}, _REASON_TOKENS)
        options = tuple(str(number) for number in range(1, len(plans) + 1))
        prefix = f"\n{template.sections['prefix'].rstrip()} "
        drawn = replace(self._sampling, temperature=0.0, max_tokens=_REASON_TOKENS)
        request = Request(messages, drawn, choices=Choices(prefix, options))
        reply = self._ask(CHOICE, request)
        weights = reply.probabilities if len(reply.probabilities) == len(plans) else ()
        return weights, reply.text.strip()

    def _answer(
        self,
        name: str,
        task: DraftTask,
        values: dict[str, str],
        parse: Callable[[str], _T],
        seed: int = 0,
    ) -> _T:
        """Ask, and once more with the reason where the reply cannot be used."""
        tokens = min(self._sampling.max_tokens, max(_LEAST_REPLY, self._context // 4))
        messages = self._fitted(name, task, values, 2 * tokens)
        drawn = replace(self._sampling, seed=self._sampling.seed + seed, max_tokens=tokens)
        reply = self._ask(name, Request(messages, drawn))
        try:
            return parse(_whole(reply))
        except UnusableReplyError as error:
            again = load_template(name).fill("retry", {**values, "reason": error.message})
        messages = (*messages, Message("assistant", reply.text), Message("user", again))
        reply = self._ask(name, Request(messages, drawn))
        try:
            return parse(_whole(reply))
        except UnusableReplyError as error:
            raise DraftError(
                said(
                    "The model's answer cannot be used: {reason} Make the step again, or edit the one "
                    "before.",
                    reason=error.message,
                ),
                reply.text,
                tuple(self._origins),
            ) from error

    def _ask(self, name: str, request: Request) -> Reply:
        self._cancel.check()
        reply = self._engine.ask(request, self._on_event, self._cancel)
        self._origins.append(origin_of(self._info, load_template(name), request, (reply,), {}))
        return reply

    def _fitted(
        self, name: str, task: DraftTask, values: dict[str, str], reply_tokens: int
    ) -> tuple[Message, ...]:
        """The question, with the passages that are `fitting` and as many columns of the data as there is room
        for.

        Raises
        ------
        UserError
            It does not fit even without them.
        """
        template = load_template(name)
        known = ""
        if "known" in template.sections and (fitting := self.fitting(task.passages)):
            known = template.fill("known", {"passages": _together(fitting)}) + "\n\n"
        for columns, shown in ((60, known), (30, known), (15, known), (15, ""), (6, ""), (0, "")):
            data = "\n\n".join(describe_data(file, columns) for file in task.files) or "(no files)"
            filled = {
                "language": task.language,
                "task": task.text.strip(),
                "metric": task.metric.strip() or "(not said: choose one that fits and say which)",
                "data": data,
                "known": shown,
                **values,
            }
            system, user = template.fill("system", filled), template.fill("user", filled)
            if self._engine.count_tokens(system + user) + reply_tokens + _MARGIN <= self._context:
                return (Message("system", system), Message("user", user))
        raise UserError(
            said(
                "The draft does not fit the model's context of {context} tokens; load the model with a "
                "larger context, allow shorter replies, or make the task shorter.",
                context=f"{self._context:,}",
            )
        )


def _together(passages: Sequence[Extra]) -> str:
    return "\n\n".join(each.text for each in passages)


def _whole(reply: Reply) -> str:
    if reply.finish == "length":
        raise UnusableReplyError(said("The longest reply was reached before it was done; be shorter."))
    return reply.text


def _shown(cells: Sequence[DraftCell]) -> str:
    return "\n\n".join(
        fenced(cell.source, "python" if cell.cell_type == "code" else "markdown") for cell in cells
    )
