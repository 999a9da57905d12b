"""Several cells, several answers: what is asked, which answer is first, and what becomes of the unusable."""

from pathlib import Path

import pytest

from nbreview.assist.changes import CellProposal
from nbreview.assist.edits import Answer, Asking, Known, Task, TooLongError, propose_answers
from nbreview.assist.exemplars import Exemplar
from nbreview.assist.ranking import Judgement
from nbreview.assist.shown import Extra
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import LoadOptions, Reply, Sampling
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import CellEdit
from tests.assist.engines import ScriptedEngine, reply
from tests.builders import code, notebook

BOOK = read_bytes(notebook(code("x = 1", count=1), code("print(y)", count=2), code("z = 3")), "x.ipynb")
TWO = "Both.\n## cell 1\n```python\ny = 1\n```\n## cell 2\n```python\nprint(y, 2)\n```"


def one(source: str) -> str:
    return f"Why.\n```python\n{source}\n```"


def ask(
    engine: ScriptedEngine,
    cells: tuple[int, ...] | None = (1,),
    task: Task | None = None,
    known: Known | None = None,
    candidates: int = 1,
    judge=None,  # type: ignore[no-untyped-def]
    context: int = 4096,
) -> tuple[Answer, ...]:
    asking = Asking(Sampling(0.3, 0.9, 11, 256), context, candidates, "book")
    return propose_answers(
        engine,
        BOOK,
        cells,
        task or Task.of("Use x."),
        asking,
        known or Known(),
        judge,
        lambda event: None,
        CancelToken(),
    )


def sources(answers: tuple[Answer, ...]) -> list[str]:
    return [answer.parsed.proposals[0].source for answer in answers]


def test_chosen_cells_are_asked_about_together() -> None:
    engine = ScriptedEngine([reply(TWO)])
    (answer,) = ask(engine, (0, 1))
    assert [(each.edit, each.index) for each in answer.parsed.proposals] == [
        (CellEdit.CHANGE, 0),
        (CellEdit.CHANGE, 1),
    ]
    user = engine.requests[0].messages[-1].content
    assert "# The cells to change: cells 1–2" in user and user.index("z = 3") < user.index("x = 1")
    assert answer.origin.template.startswith("cells-edit.v1 ")


def test_an_edit_may_be_guessed_from_its_prompt_and_its_prompt_may_be_kept() -> None:
    engine = ScriptedEngine([reply(one("print(x)"))])
    ask(engine)
    assert engine.requests[0].lookup and engine.requests[0].state_key.endswith("|book")


def test_the_whole_notebook_may_gain_and_lose_cells() -> None:
    said = "Why.\n## new cell after 1\n```markdown\n# Then\n```\n## remove cell 3"
    (answer,) = ask(ScriptedEngine([reply(said)]), None)
    assert [(each.edit, each.index) for each in answer.parsed.proposals] == [
        (CellEdit.INSERT, 0),
        (CellEdit.REMOVE, 2),
    ]


def test_what_is_known_stands_in_the_question() -> None:
    engine = ScriptedEngine([reply(one("print(x)"))])
    known = Known(
        findings=(Extra("names", "- Cell 2: y is not bound (certain)"),),
        exemplars=(Exemplar("e", "Use a.", "b", "a"),),
        passages=(Extra("README", "## README\nx is the length"),),
    )
    (answer,) = ask(engine, known=known, task=Task("finding", "y is not bound"))
    messages = engine.requests[0].messages
    assert [message.role for message in messages] == ["system", "user", "assistant", "user"]
    user = messages[-1].content
    places = [
        user.index(text) for text in ("x = 1", "x is the length", "print(y)", "(certain)", "Mend this: y")
    ]
    assert places == sorted(places)
    assert answer.shown.exemplars == ("e",)


def test_candidates_are_drawn_apart_and_the_same_answer_is_one() -> None:
    engine = ScriptedEngine(
        [reply(one(text)) for text in ("print(x)", "print( x )", "print(x, x)", "print(z)")]
    )
    answers = ask(engine, candidates=4)
    assert sources(answers) == ["print(x)", "print(z)", "print(x, x)"]  # the smaller change first
    drawn = [request.sampling for request in engine.requests]
    assert [each.seed for each in drawn] == [11, 12, 13, 14]
    assert [each.temperature for each in drawn] == [0.3, 0.7, 0.7, 0.7]


def test_what_the_judge_and_the_model_find_best_comes_first() -> None:
    def judge(changed: Notebook, proposals: tuple[CellProposal, ...]) -> Judgement:
        return Judgement(problems=int("q" in changed.cells[1].source), sentence="looked at")

    texts = {"print(q)": -0.1, "print(x)": -0.9, "print(z)": -0.2}
    said = [
        Reply(one(text), "stop", 1, 1, 1, 0.1, 0.2, log_likelihood=value) for text, value in texts.items()
    ]
    answers = ask(ScriptedEngine(list(said)), candidates=3, judge=judge)
    assert sources(answers) == ["print(z)", "print(x)", "print(q)"]
    assert answers[0].judgement.sentence == "looked at" and answers[0].log_likelihood == -0.2


def test_one_usable_answer_of_several_is_enough() -> None:
    engine = ScriptedEngine([reply("no"), reply(one("print(x)")), reply("no")])
    assert sources(ask(engine, candidates=3)) == ["print(x)"] and len(engine.requests) == 3


def test_where_no_answer_can_be_used_one_is_asked_for_again() -> None:
    engine = ScriptedEngine([reply("no"), reply("nor this"), reply(one("print(x)"))])
    assert sources(ask(engine, candidates=2)) == ["print(x)"]
    assert "The reply has no code block." in engine.requests[2].messages[-1].content
    failed = ask(ScriptedEngine([reply("no")] * 3), candidates=2)
    assert len(failed) == 1 and failed[0].parsed.failed == "The reply has no code block."


def test_a_half_usable_answer_is_kept_where_the_second_is_worse() -> None:
    half = TWO.replace("print(y, 2)", "print((")
    engine = ScriptedEngine([reply(half), reply("I am sorry.")])
    (answer,) = ask(engine, (0, 1))
    assert [bool(each.failed) for each in answer.parsed.proposals] == [False, True]
    assert "Cell 2: The code does not parse" in engine.requests[1].messages[-1].content


def test_an_engine_that_fails_after_a_usable_answer_leaves_it() -> None:
    engine = ScriptedEngine([reply(one("print(x)")), UserError("It died.")])
    assert sources(ask(engine, candidates=3)) == ["print(x)"]
    with pytest.raises(UserError, match="It died"):
        ask(ScriptedEngine([reply("no"), UserError("It died.")]), candidates=2)


def test_what_does_not_fit_is_refused_by_name() -> None:
    long = read_bytes(notebook(*[code("\n".join(f"v{n} = {n}" for n in range(400)))] * 2), "x.ipynb")
    asking = Asking(Sampling(max_tokens=200), 1024)
    for cells, said in (((0, 1), "Cells 1–2 do not fit"), (None, "No cell of the notebook fits")):
        with pytest.raises(TooLongError, match=said):
            propose_answers(
                ScriptedEngine([]), long, cells, Task.of(""), asking, Known(), None, print, CancelToken()
            )


def test_a_real_model_takes_a_prompt_that_fills_its_context(tiny_model: Path, tmp_path: Path) -> None:
    from nbreview.llm.local import LocalEngine

    cells = [code("\n".join(f"value_{n}_{k} = {n} * {k}" for k in range(9))) for n in range(40)]
    large = read_bytes(notebook(*cells), "x.ipynb")
    asking = Asking(Sampling(max_tokens=24), 5120)
    engine = LocalEngine(cache=tmp_path / "models.json")
    try:
        engine.load(LoadOptions(tiny_model, "none", 5120, 1), lambda event: None, CancelToken())
        for cells_asked in (None, (3, 20)):
            (answer,) = propose_answers(
                engine, large, cells_asked, Task.of(""), asking, Known(), None, print_nothing, CancelToken()
            )
            assert answer.parsed.failed and answer.origin.settings["attempts"] == 2
            assert answer.shown.left_out and answer.shown.tokens <= answer.shown.budget
            assert answer.shown.tokens > 0.8 * answer.shown.budget
    finally:
        engine.close()


def print_nothing(event: object) -> None:
    """What a person would be shown while it runs."""
