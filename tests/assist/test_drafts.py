"""Drafts: every step from the one before, edited and made again, with replies good and bad."""

from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.assist.data_model import Column, DataFile
from nbreview.assist.draft_replies import DraftCell, Plan
from nbreview.assist.drafts import (
    Drafter,
    DraftError,
    DraftState,
    DraftStep,
    DraftTask,
    before,
    with_cells,
    with_choice,
    with_critique,
    with_improved,
    with_plan,
)
from nbreview.assist.shown import Extra
from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import LoadOptions, Reply, Sampling
from tests.assist.drafting import cells, plan, whole_draft
from tests.assist.engines import ScriptedEngine, reply

DATA = DataFile(
    Path("/d/data.csv"), "data.csv", "CSV", 10, 3, True, (Column("load", "number", 0, 3, ("1",)),)
)
TASK = DraftTask("Foretell the load.", "mean absolute error", (DATA,))


def drafter(replies: list[Reply | UserError], context: int = 8192) -> tuple[Drafter, ScriptedEngine]:
    engine = ScriptedEngine(list(replies))
    return Drafter(engine, Sampling(max_tokens=512), context, lambda event: None, CancelToken()), engine


def drafted(replies: list[Reply]) -> tuple[DraftState, ScriptedEngine]:
    made, engine = drafter(list(replies))
    state = DraftState(TASK)
    while state.next_step is not None:
        state = made.make(state, plans=2).state
    return state, engine


def test_a_task_becomes_ranked_plans_critiques_a_choice_a_better_plan_and_cells() -> None:
    state, engine = drafted(whole_draft())
    assert [each.title for each in state.plans] == ["Trees", "A line"] and state.weights == (0.7, 0.3)
    assert state.critiques == ("- Forests overfit here.", "- A line is too stiff.")
    assert (state.chosen, state.chances) == (0, (0.9, 0.1)) and state.why.startswith("Plan 1 bends")
    assert state.improved is not None and state.improved.title == "Better trees"
    assert [(each.cell_type, each.source.split("\n")[0]) for each in state.cells] == [
        ("markdown", "# Better trees"),
        ("markdown", "## Data preparation"),
        ("markdown", "First this is done."),
        ("code", "import pandas as pd"),
        ("markdown", "## Model"),
        ("markdown", "First this is done."),
        ("code", "model = 1"),
        ("markdown", "## Training and evaluation"),
        ("markdown", "First this is done."),
        ("code", "print(model)"),
    ]
    first = engine.requests[0].messages[-1].content
    assert "Foretell the load." in first and "mean absolute error" in first
    assert "- load: number, 3 distinct, e.g. 1" in first
    assert "A line" in engine.requests[1].messages[-1].content  # the second plan is to be another one
    choices = engine.requests[5].choices
    assert choices is not None and choices.options == ("1", "2") and choices.prefix.endswith("plan ")


def test_an_engine_without_logits_ranks_as_written_and_chooses_by_its_words() -> None:
    replies = whole_draft(probabilities=False)
    replies[5] = reply("Both are weak, but plan 2 is better than plan 1. The best is plan 2")
    state, _ = drafted(replies)
    assert [each.title for each in state.plans] == ["A line", "Trees"]
    assert (state.weights, state.chances, state.chosen) == ((), (), 1)


def test_every_step_keeps_how_each_answer_was_made() -> None:
    made, _ = drafter(list(whole_draft()))
    result = made.make(DraftState(TASK), plans=2)
    assert [origin.template.split(" ")[0] for origin in result.origins] == [
        "draft-plan.v2",
        "draft-plan.v2",
        "draft-choice.v1",
    ]
    assert all(origin.reply and origin.messages for origin in result.origins)


def test_plans_and_cells_are_written_with_what_the_repository_holds() -> None:
    task = replace(
        TASK, passages=(Extra("load.py:1", "## load.py, lines 1\n```python\ndef read(): ...\n```"),)
    )
    made, engine = drafter(list(whole_draft()))
    state = DraftState(task)
    while state.next_step is not None:
        state = made.make(state, plans=2).state
    shown = [
        number for number, each in enumerate(engine.requests) if "def read()" in each.messages[-1].content
    ]
    assert shown == [0, 1, 7, 8, 9]  # two plans, and the cells of three parts
    assert "# What the repository and its libraries hold" in engine.requests[0].messages[-1].content
    plain, without = drafter([reply(plan("A line"))])
    plain.make(DraftState(TASK), plans=1)
    assert "repository and its libraries" not in without.requests[0].messages[-1].content


def test_passages_take_a_quarter_of_the_context_and_are_whole_or_left_out() -> None:
    long = tuple(Extra(name, f"begin-{name} " + "word " * 300 + f"end-{name}") for name in "abcd")
    for context in (1600, 2400, 4096, 8192):
        made, engine = drafter([reply(plan("A line"))], context)
        made.make(DraftState(replace(TASK, passages=long)), plans=1)
        (request,) = engine.requests
        said = request.messages[-1].content
        fitted = [name for name in "abcd" if f"begin-{name}" in said]
        assert fitted == [name for name in "abcd" if f"end-{name}" in said] == list("abcd")[: len(fitted)]
        whole = sum(engine.count_tokens(each.content) for each in request.messages)
        assert whole + request.sampling.max_tokens <= context
    assert fitted


def test_what_was_made_from_something_edited_is_dropped() -> None:
    state, _ = drafted(whole_draft())
    other = Plan("Other", "a", "b", "c")
    changed = with_plan(state, 1, other)
    assert changed.plans[1] == other and changed.next_step is DraftStep.CRITIQUES
    assert with_critique(state, 0, "no").critiques[0] == "no"
    assert with_critique(state, 0, "no").next_step is DraftStep.CHOICE
    assert with_choice(state, 1).next_step is DraftStep.IMPROVEMENT
    assert with_improved(state, other).next_step is DraftStep.CELLS
    assert with_cells(state, [DraftCell("code", "x")]).next_step is None
    assert before(state, DraftStep.PLANS) == DraftState(TASK)


def test_a_step_is_made_again_from_what_stands_before_it() -> None:
    state, _ = drafted(whole_draft())
    made, engine = drafter([reply(plan("Best of all"))])
    again = made.make(with_choice(state, 1))
    assert again.step is DraftStep.IMPROVEMENT and again.state.cells == ()
    assert "A line is too stiff" in engine.requests[0].messages[-1].content


def test_a_step_before_its_turn_and_one_too_many_are_said_no_to() -> None:
    made, _ = drafter([])
    with pytest.raises(UserError, match="need the plans first"):
        made.make(DraftState(TASK), DraftStep.CELLS)
    state, _ = drafted(whole_draft())
    with pytest.raises(UserError, match="complete"):
        made.make(state)


def test_a_reply_that_cannot_be_used_is_asked_for_once_more_with_the_reason() -> None:
    state = DraftState(TASK)
    made, engine = drafter([reply("I would use trees."), reply(plan("Trees"))])
    done = made.make(state, plans=1)
    assert done.state.plans[0].title == "Trees" and len(done.origins) == 2
    assert "no part “Data preparation”" in engine.requests[1].messages[-1].content


def test_two_such_replies_fail_with_the_raw_text_and_the_state_stays() -> None:
    state = replace(drafted(whole_draft())[0], cells=())
    bad = cells("def broken(:")
    made, _ = drafter([reply(bad), reply(bad)])
    with pytest.raises(DraftError, match="does not parse") as failed:
        made.make(state)
    assert failed.value.reply == bad and len(failed.value.origins) == 2


def test_a_reply_that_was_cut_is_no_reply() -> None:
    made, engine = drafter([reply(plan("Trees"), finish="length"), reply(plan("Trees"))])
    made.make(DraftState(TASK), plans=1)
    assert "be shorter" in engine.requests[1].messages[-1].content


def test_the_data_are_told_as_far_as_there_is_room_and_then_it_is_said() -> None:
    columns = tuple(Column(f"column_{number}", "number", 0, 3, ("1", "2")) for number in range(60))
    task = replace(TASK, files=(replace(DATA, columns=columns),))
    made, engine = drafter([reply(plan("Trees"))], context=1300)
    made.make(DraftState(task), plans=1)
    shown = engine.requests[0].messages[-1].content
    assert "column_5" in shown and "more columns" in shown
    with pytest.raises(UserError, match="does not fit"):
        drafter([], context=300)[0].make(DraftState(task))


def test_it_can_be_stopped() -> None:
    cancel = CancelToken()
    cancel.cancel()
    made = Drafter(ScriptedEngine([]), Sampling(), 4096, lambda event: None, cancel)
    with pytest.raises(Cancelled):
        made.make(DraftState(TASK))


def test_a_real_model_ranks_plans_by_its_own_logits(tiny_model: Path) -> None:
    engine = LocalEngine()
    try:
        engine.load(LoadOptions(tiny_model, context_tokens=2048), lambda event: None, CancelToken())
        plans = (Plan("A line", "a", "b", "c"), Plan("Trees", "d", "e", "f"), Plan("Nets", "g", "h", "i"))
        state = DraftState(TASK, plans=plans, critiques=("x", "y", "z"))
        made = Drafter(engine, Sampling(max_tokens=32), 2048, lambda event: None, CancelToken())
        result = made.make(state)
        assert len(result.state.chances) == 3 and abs(sum(result.state.chances) - 1) < 1e-6
        assert result.state.chosen == max(range(3), key=lambda index: result.state.chances[index])
        with pytest.raises(DraftError):  # its words are random: no plan is in them
            made.make(result.state)
    finally:
        engine.close()
