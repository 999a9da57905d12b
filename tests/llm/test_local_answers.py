"""The engine with the real llama.cpp in a real child: what it answers."""

import math
from pathlib import Path

import orjson
import pytest

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import (
    Choices,
    LoadOptions,
    Message,
    Prompting,
    Reply,
    Request,
    Sampling,
    Token,
)
from tests.llm.conftest import Listener, MakeEngine, ask, say

VERDICT = r"""
root ::= "{\"verdict\": \"" ("crash" | "fine") "\", \"reason\": \"" [a-zé ]{8,40} "\"}"
"""


def test_a_reply_is_streamed_and_counted(engine: LocalEngine, listener: Listener) -> None:
    reply = ask(engine, say(max_tokens=40), listener)
    assert "".join(event.text for event in listener.of(Token)) == reply.text
    assert reply.finish == "length"
    assert reply.reply_tokens == 40
    assert reply.prompt_tokens == reply.evaluated_tokens > len("What changed?")
    assert 0 < reply.first_token_seconds < reply.total_seconds
    assert reply.tokens_per_second > 0
    prompting = listener.of(Prompting)
    assert (prompting[0].done, prompting[-1].done) == (0, reply.prompt_tokens)


def test_the_seed_decides(engine: LocalEngine) -> None:
    def text(seed: int) -> str:
        messages = (Message("user", "hi"),)
        return ask(engine, Request(messages, Sampling(1.5, 1.0, seed, 40))).text

    assert text(1) == text(1) != text(2)


def test_temperature_zero_is_greedy(engine: LocalEngine) -> None:
    texts = {
        ask(engine, Request((Message("user", "hi"),), Sampling(0.0, 1.0, seed, 30))).text for seed in (1, 2)
    }
    assert len(texts) == 1


def test_a_stop_text_ends_the_reply_and_is_not_in_it(engine: LocalEngine, listener: Listener) -> None:
    whole = ask(engine, say(max_tokens=60)).text
    stop = whole[20:23]
    reply = ask(engine, say(max_tokens=60, stop=(stop,)), listener)
    assert reply.text == whole[: whole.index(stop)]
    assert reply.finish == "stop"
    assert "".join(event.text for event in listener.of(Token)) == reply.text


@pytest.mark.parametrize("seed", range(6))
def test_a_grammar_makes_every_verdict_well_formed(engine: LocalEngine, seed: int) -> None:
    request = Request((Message("user", "Will it crash?"),), Sampling(1.2, 1.0, seed, 200), grammar=VERDICT)
    reply = ask(engine, request)
    verdict = orjson.loads(reply.text)
    assert verdict["verdict"] in ("crash", "fine")
    assert len(verdict["reason"]) >= 8
    assert reply.finish == "stop"


def test_characters_of_several_tokens_come_out_whole(engine: LocalEngine, listener: Listener) -> None:
    reply = ask(engine, say(max_tokens=100, grammar='root ::= "né à 北京 🙂"'), listener)
    assert reply.text == "né à 北京 🙂"
    assert all("\ufffd" not in event.text for event in listener.of(Token))


def test_a_grammar_that_is_none_is_our_fault_and_not_the_end(engine: LocalEngine) -> None:
    before = engine.pid
    with pytest.raises(RuntimeError, match="grammar"):
        ask(engine, say(grammar="root ::= unknown"))
    assert ask(engine, say()).text
    assert engine.pid == before


def test_choices_are_probabilities(engine: LocalEngine) -> None:
    choices = Choices('\n{"verdict": "', ("crash", "fine", "fine-ish"))
    reply = ask(engine, say(max_tokens=10, choices=choices))
    assert len(reply.probabilities) == 3
    assert math.isclose(sum(reply.probabilities), 1.0)
    assert all(0 < value < 1 for value in reply.probabilities)


def test_choices_do_not_depend_on_their_order(engine: LocalEngine) -> None:
    def weigh(*options: str) -> dict[str, float]:
        reply = ask(engine, say(max_tokens=10, choices=Choices(" so: ", options)))
        return dict(zip(options, reply.probabilities, strict=True))

    assert weigh("no", "not", "yes") == pytest.approx(weigh("yes", "not", "no"), rel=1e-3)


def test_choices_follow_a_reply_that_a_stop_text_cut(engine: LocalEngine) -> None:
    whole = ask(engine, say(max_tokens=30)).text
    request = say(max_tokens=30, stop=(whole[10:13],), choices=Choices(" ", ("a", "b")))
    assert math.isclose(sum(ask(engine, request).probabilities), 1.0)


def test_what_two_requests_share_is_evaluated_once(engine: LocalEngine) -> None:
    shared = Message("system", "The notebook so far: " + "x = 1\n" * 200)

    def cell(text: str) -> Reply:
        return ask(engine, Request((shared, Message("user", text)), Sampling(max_tokens=8)))

    first, second = cell("cell 1"), cell("cell 2")
    assert first.evaluated_tokens > 1000
    assert second.evaluated_tokens < 40


def test_a_reused_prefix_changes_nothing_in_the_answer(engine: LocalEngine) -> None:
    request = Request((Message("user", "a" * 300),), Sampling(0.0, max_tokens=40))
    fresh = ask(engine, request)
    ask(engine, say("something else entirely"))
    ask(engine, Request((Message("user", "a" * 200 + "b"),), Sampling(0.0, max_tokens=5)))
    assert ask(engine, request).text == fresh.text


def test_a_prompt_that_does_not_fit_says_by_how_much(make_engine: MakeEngine, tiny_model: Path) -> None:
    made = make_engine()
    made.load(LoadOptions(tiny_model, context_tokens=512, threads=1), Listener(), CancelToken())
    with pytest.raises(UserError, match=r"The prompt is 5,0\d\d tokens and the context of Tiny holds 512"):
        ask(made, say("x" * 5000))
    assert ask(made, say()).text


def test_a_reply_ends_where_the_context_does(make_engine: MakeEngine, tiny_model: Path) -> None:
    made = make_engine()
    made.load(LoadOptions(tiny_model, context_tokens=512, threads=1), Listener(), CancelToken())
    reply = ask(made, say("x" * 400, max_tokens=5000))
    assert reply.finish == "length"
    assert reply.prompt_tokens + reply.reply_tokens in (512, 513)
    assert ask(made, say()).text


def test_tokens_are_counted_as_plain_text(engine: LocalEngine) -> None:
    assert engine.count_tokens("") == 0
    assert engine.count_tokens("abc") == 3
    assert engine.count_tokens("a   b") == 4
    assert engine.count_tokens("<|im_end|>") == len("<|im_end|>")


def test_lone_surrogates_do_not_end_anything(engine: LocalEngine) -> None:
    assert ask(engine, say("a\ud800b")).text
