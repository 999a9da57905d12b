"""Asking whether a cell will crash: the verdict comes from the logits, and nothing is called safe."""

from pathlib import Path

import pytest

from nbreview.assist.crashes import GRAMMAR, CrashAssessment, assess_crash
from nbreview.assist.prompts import CRASH, CRASH_APART
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.model import RuntimeSnapshot
from nbreview.llm.model import LoadOptions, Sampling
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Evidence, Finding, Rung, Verdict
from tests.assist.engines import ScriptedEngine, reply
from tests.builders import code, markdown, notebook

BOOK = read_bytes(
    notebook(code("x = 1", count=1), code("x + 'a'", count=2, id="b2"), markdown("# T")), "x.ipynb"
)
SAID = '{"reasoning": "An int and a str cannot be added."'


def assess(engine: ScriptedEngine, cell: int = 1) -> CrashAssessment:
    return assess_crash(engine, BOOK, cell, Sampling(0.0), 4096, lambda event: None, CancelToken())


def test_a_likely_crash_has_its_probability_and_reason() -> None:
    engine = ScriptedEngine([reply(SAID, probabilities=(0.87, 0.13))])
    assessment = assess(engine)
    finding = assessment.finding
    assert (finding.evidence, finding.verdict, finding.probability) == (Evidence.LIKELY, Verdict.CRASH, 0.87)
    assert finding.message == "87 % likely to crash, says the model: An int and a str cannot be added."
    assert (finding.cell_index, finding.cell_id, finding.model) == (1, "b2", "Scripted")
    assert finding.source_digest == BOOK.cells[1].digest
    assert assessment.origin.template.startswith("crash.v3 ")
    assert assessment.origin.settings["probability"] == 0.87


def test_the_request_is_held_to_the_grammar_and_weighs_true_and_false() -> None:
    engine = ScriptedEngine([reply(SAID, probabilities=(0.5, 0.5))])
    assess(engine)
    (request,) = engine.requests
    assert request.grammar == GRAMMAR
    assert request.choices is not None and request.choices.options == ("true", "false")
    assert request.choices.prefix == ', "detection": '


@pytest.mark.parametrize(
    ("probability", "verdict", "said"),
    [
        (0.5, Verdict.CRASH, "50 % likely"),
        (0.49, Verdict.NO_CRASH_FOUND, "No crash found (49 % likely)"),
        (0.0001, Verdict.NO_CRASH_FOUND, "No crash found (under 1 % likely)"),
        (0.9999, Verdict.CRASH, "over 99 % likely"),
    ],
)
def test_a_cell_is_flagged_from_one_half_and_never_called_safe(
    probability: float, verdict: Verdict, said: str
) -> None:
    assessment = assess(ScriptedEngine([reply(SAID, probabilities=(probability, 1 - probability))]))
    assert assessment.finding.verdict is verdict
    assert assessment.message.startswith(said)
    assert "safe" not in assessment.message.lower()


def test_an_engine_that_fails_is_no_verdict_with_its_reason() -> None:
    assessment = assess(ScriptedEngine([UserError("The model's process ended; it is being started again.")]))
    assert (assessment.finding.evidence, assessment.finding.verdict) == (Evidence.NO_VERDICT, Verdict.UNKNOWN)
    assert assessment.probability is None
    assert assessment.message == "No verdict: The model's process ended; it is being started again."


@pytest.mark.parametrize("text", ["", '{"reasoning": "cut', "prose", '{"other": "x"'])
def test_a_reply_that_is_not_the_object_is_no_verdict(text: str) -> None:
    finding = assess(ScriptedEngine([reply(text, finish="length", probabilities=(0.9, 0.1))])).finding
    assert finding.evidence is Evidence.NO_VERDICT and finding.probability is None


def test_a_cell_without_code_is_not_asked_about() -> None:
    engine = ScriptedEngine([])
    assert assess(engine, 2).message == "No verdict: this cell holds no code; choose a code cell."
    assert engine.requests == []


@pytest.mark.parametrize(
    ("prompt", "order"),
    [
        (CRASH, ("x = 1", "x + 'a'", "<class 'int'>", "it has a socket", "Does Cell 2 crash?")),
        (CRASH_APART, ("x = 1", "<class 'int'>", "it has a socket", "x + 'a'")),
    ],
)
def test_what_differs_from_cell_to_cell_stands_last_or_where_the_paper_has_it(
    prompt: str, order: tuple[str, ...]
) -> None:
    engine = ScriptedEngine([reply(SAID, probabilities=(0.9, 0.1))])
    snapshot = RuntimeSnapshot(names={"x": {"type": "<class 'int'>", "value": 1}})
    told = Finding("dry-run", Evidence.NO_VERDICT, Verdict.UNKNOWN, 1, "", "No verdict: it has a socket.")
    assessment = assess_crash(
        engine,
        BOOK,
        1,
        Sampling(0.0),
        4096,
        lambda event: None,
        CancelToken(),
        snapshot=snapshot,
        evidence=[told],
        prompt=prompt,
    )
    asked = engine.requests[0].messages[1].content
    places = [asked.index(part) for part in order]
    assert places == sorted(places)
    assert order[0] in asked[: engine.requests[0].shared]
    assert order[-2] not in asked[: engine.requests[0].shared]
    assert assessment.finding.rung is Rung.MODEL and assessment.finding.state_digest == snapshot.digest
    assert assessment.runtime is not None and assessment.origin.settings["runtime"] == "whole"


def test_the_cells_alone_are_asked_about_where_nothing_is_known_of_the_state() -> None:
    engine = ScriptedEngine([reply(SAID, probabilities=(0.9, 0.1))])
    assert assess(engine).runtime is None
    assert "runtime information" not in engine.requests[0].messages[1].content


def test_the_cells_may_be_kept_on_disk_unless_told_otherwise() -> None:
    answer = reply(SAID, probabilities=(0.5, 0.5))
    kept, other = ScriptedEngine([answer, answer]), ScriptedEngine([answer])
    assess(kept)
    assess_crash(kept, BOOK, 0, Sampling(0.0), 4096, lambda event: None, CancelToken())
    assert kept.requests[0].state_key == kept.requests[1].state_key != ""
    assess_crash(other, BOOK, 1, Sampling(0.0), 4096, lambda event: None, CancelToken(), keep=False)
    assert other.requests[0].state_key == ""


def test_votes_differ_in_their_seeds_and_the_probability_is_their_mean() -> None:
    other = '{"reasoning": "It adds two numbers."'
    answers = [reply(other, probabilities=(0.1, 0.9)), reply(SAID, probabilities=(0.9, 0.1))]
    engine = ScriptedEngine([*answers, reply(SAID, probabilities=(0.8, 0.2))])
    assessment = assess_crash(
        engine, BOOK, 1, Sampling(0.0), 4096, lambda event: None, CancelToken(), votes=3
    )
    assert assessment.probability == pytest.approx(0.6)
    assert "An int and a str" in assessment.message, "the reasoning shown is one of the majority"
    assert len({request.sampling.seed for request in engine.requests}) == 3
    assert all(request.sampling.temperature > 0 for request in engine.requests)


def test_a_vote_that_is_no_answer_does_not_count() -> None:
    engine = ScriptedEngine([reply("prose"), reply(SAID, probabilities=(0.7, 0.3))])
    assessment = assess_crash(
        engine, BOOK, 1, Sampling(0.0), 4096, lambda event: None, CancelToken(), votes=2
    )
    assert assessment.probability == 0.7


def test_a_real_model_gives_a_well_formed_verdict(tiny_model: Path) -> None:
    from nbreview.llm.local import LocalEngine

    engine = LocalEngine()
    try:
        engine.load(LoadOptions(tiny_model, "none", 2048), lambda event: None, CancelToken())
        assessment = assess_crash(engine, BOOK, 1, Sampling(0.0), 2048, lambda event: None, CancelToken())
    finally:
        engine.close()
    assert assessment.finding.evidence is Evidence.LIKELY
    assert assessment.probability is not None and 0.0 <= assessment.probability <= 1.0
