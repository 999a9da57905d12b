"""Asking for an edit: once, once more, and what is kept of it."""

from pathlib import Path

import pytest

from nbreview.assist.edits import EditProposal, propose_edit
from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import LoadOptions, Sampling
from nbreview.notebook.reader import read_bytes
from tests.assist.engines import ScriptedEngine, reply
from tests.builders import code, notebook

BOOK = read_bytes(notebook(code("x = 1", count=1), code("print(y)", count=2)), "x.ipynb")
GOOD = "y is not bound; x is.\n```python\nprint(x)\n```"


def propose(engine: ScriptedEngine, instruction: str = "", **changes: int) -> EditProposal:
    sampling = Sampling(0.3, 0.9, 11, 256)
    context = changes.get("context", 4096)
    return propose_edit(engine, BOOK, 1, instruction, sampling, context, lambda event: None, CancelToken())


def test_a_usable_reply_is_a_proposal() -> None:
    engine = ScriptedEngine([reply(GOOD)])
    proposal = propose(engine, "Use x.")
    assert (proposal.source, proposal.reason, proposal.failed) == ("print(x)", "y is not bound; x is.", "")
    assert proposal.cells == (1, 0)
    system, user = engine.requests[0].messages
    assert (system.role, user.role) == ("system", "user")
    assert user.content.index("x = 1") < user.content.index("print(y)") < user.content.index("Use x.")


def test_the_origin_holds_all_that_is_needed_to_ask_again() -> None:
    origin = propose(ScriptedEngine([reply(GOOD)])).origin
    assert (origin.maker, origin.model_name, origin.model_sha256) == ("model", "Scripted", "ab" * 32)
    assert origin.template.startswith("edit.v2 sha256:")
    assert [message["role"] for message in origin.messages] == ["system", "user"]
    assert origin.reply == GOOD
    assert (origin.prompt_tokens, origin.reply_tokens) == (100, 10)
    assert (origin.first_token_seconds, origin.total_seconds) == (0.5, 2.0)
    expected = {
        "temperature": 0.3,
        "top_p": 0.9,
        "seed": 11,
        "max_tokens": 256,
        "context_tokens": 4096,
        "gpu_layers": 1,
        "layers": 2,
        "backend": "CPU",
        "load_seconds": 0.5,
        "attempts": 1,
        "shown_cells": [0, 1],
    }
    assert {key: origin.settings[key] for key in expected} == expected


def test_an_unusable_reply_is_asked_for_once_more_with_the_reason() -> None:
    engine = ScriptedEngine([reply("Rename it."), reply(GOOD)])
    proposal = propose(engine)
    assert proposal.source == "print(x)" and proposal.failed == ""
    again = engine.requests[1].messages
    assert [message.role for message in again] == ["system", "user", "assistant", "user"]
    assert again[2].content == "Rename it."
    assert "The reply has no code block." in again[3].content
    assert proposal.origin.settings["attempts"] == 2
    assert (proposal.origin.prompt_tokens, proposal.origin.total_seconds) == (200, 4.0)


def test_after_a_second_unusable_reply_the_proposal_has_failed_and_holds_the_raw_text() -> None:
    engine = ScriptedEngine([reply("Rename it."), reply("```python\nprint(", finish="length")])
    proposal = propose(engine)
    assert proposal.failed == "The reply is unfinished: the longest reply was reached."
    assert proposal.source == "```python\nprint("
    assert len(engine.requests) == 2


def test_without_an_instruction_the_template_asks_for_what_is_wrong() -> None:
    engine = ScriptedEngine([reply(GOOD)])
    propose(engine)
    assert "Find what is wrong with this cell" in engine.requests[0].messages[1].content


def test_a_cell_that_does_not_fit_is_refused_before_anything_is_asked() -> None:
    engine = ScriptedEngine([])
    long = read_bytes(notebook(code("\n".join(f"value_{i} = {i}" for i in range(900)))), "x.ipynb")
    with pytest.raises(UserError, match="Cell 1 does not fit the model's context of 1,024 tokens"):
        propose_edit(engine, long, 0, "", Sampling(), 1024, lambda event: None, CancelToken())


def test_without_a_model_it_says_how_to_get_one() -> None:
    with pytest.raises(UserError, match="No model is loaded"):
        propose(ScriptedEngine([], info=None))


def test_a_failure_of_the_engine_is_passed_on() -> None:
    with pytest.raises(UserError, match="died"):
        propose(ScriptedEngine([UserError("The model died.")]))


def test_stop_between_two_questions_is_obeyed() -> None:
    cancel = CancelToken()

    class Stopping(ScriptedEngine):
        def ask(self, request, on_event, cancel):  # type: ignore[no-untyped-def]
            answer = super().ask(request, on_event, cancel)
            cancel.cancel()
            return answer

    with pytest.raises(Cancelled):
        propose_edit(Stopping([reply("no")]), BOOK, 1, "", Sampling(), 4096, lambda event: None, cancel)


def test_a_real_model_answers_and_its_noise_is_never_offered(tiny_model: Path) -> None:
    from nbreview.llm.local import LocalEngine

    engine = LocalEngine()
    try:
        engine.load(LoadOptions(tiny_model, "none", 2048), lambda event: None, CancelToken())
        proposal = propose_edit(
            engine, BOOK, 1, "", Sampling(max_tokens=12), 2048, lambda event: None, CancelToken()
        )
    finally:
        engine.close()
    assert proposal.failed and proposal.origin.settings["attempts"] == 2
    assert proposal.source == proposal.origin.reply
    assert proposal.origin.model_sha256 and proposal.origin.total_seconds > 0
