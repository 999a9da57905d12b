"""Replies guessed ahead from the prompt: the same text, and the same distribution."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import LoadOptions, Message, Reply, Request, Sampling, Token
from tests.llm.conftest import Listener, MakeEngine, ask, say

CELL = "frame = load('data.csv')\nframe = frame.dropna()\nprint(frame.head())\n"


@pytest.fixture(scope="module")
def engine(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalEngine]:
    """The tiny model with a cache that rounds nothing: a batch and single tokens, whose sums have another
    order, must not part at a tie of random weights.
    """
    made = LocalEngine(cache=tmp_path_factory.mktemp("cache") / "models.json")
    options = LoadOptions(tiny_model, context_tokens=8192, threads=1, kv_type="f32", flash_attention="off")
    made.load(options, Listener(), CancelToken())
    yield made
    made.close()


def both(engine: LocalEngine, prompt: str, sampling: Sampling, **fields: object) -> tuple[Reply, Reply]:
    """The reply without guesses, and with."""
    messages = (Message("user", prompt),)
    plain, guessed = (
        ask(engine, Request(messages, sampling, lookup=lookup, **fields))  # type: ignore[arg-type]
        for lookup in (False, True)
    )
    return plain, guessed


@pytest.mark.parametrize("prompt", ["hello", CELL * 3, "a b c " * 50, "é🙂" * 20])
def test_a_greedy_reply_is_the_same_with_and_without(engine: LocalEngine, prompt: str) -> None:
    plain, guessed = both(engine, prompt, Sampling(0.0, max_tokens=160))
    assert guessed.text == plain.text
    assert (guessed.reply_tokens, guessed.finish) == (plain.reply_tokens, plain.finish)
    assert guessed.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-3)
    assert plain.guessed_tokens == plain.taken_tokens == 0


def test_a_reply_that_repeats_its_prompt_is_guessed(engine: LocalEngine) -> None:
    literal = CELL.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
    grammar = f'root ::= "{literal}" "{literal}"'
    plain, guessed = both(engine, CELL, Sampling(0.7, max_tokens=400), grammar=grammar)
    assert guessed.text == plain.text == CELL * 2
    # How far it goes on guessing depends on what a batch costs on the machine.
    assert guessed.taken_tokens > 10
    assert guessed.taken_tokens <= guessed.guessed_tokens


@pytest.mark.parametrize("seed", range(4))
def test_a_drawn_reply_is_the_same_with_one_seed(engine: LocalEngine, seed: int) -> None:
    plain, guessed = both(engine, CELL * 2, Sampling(0.9, 1.0, seed, 120))
    assert guessed.text == plain.text


def test_guesses_leave_the_distribution_as_it_is(engine: LocalEngine) -> None:
    """Two letters, drawn with many seeds: how often each pair comes is the same within chance."""
    counts: list[Counter[str]] = [Counter(), Counter()]
    grammar = 'root ::= ("ab" | "ba") ("ab" | "ba") ("ab" | "ba") ("ab" | "ba")'
    for seed in range(150):
        for lookup, count in enumerate(counts):
            sampling = Sampling(1.0, 1.0, seed + 10_000 * lookup, 20)
            request = Request((Message("user", "abab"),), sampling, grammar=grammar, lookup=bool(lookup))
            count[ask(engine, request).text[-4:]] += 1
    whole = sum(counts[0].values())
    for pair in {*counts[0], *counts[1]}:
        share = (counts[0][pair] + counts[1][pair]) / (2 * whole)
        spread = (2 * share * (1 - share) / whole) ** 0.5
        assert abs(counts[0][pair] - counts[1][pair]) / whole <= 4 * spread


def test_a_stop_text_a_limit_and_the_end_of_the_context_hold_within_guesses(
    engine: LocalEngine, make_engine: MakeEngine, tiny_model: Path
) -> None:
    literal = CELL.replace("\n", "\\n")
    plain, guessed = both(engine, CELL, Sampling(0.0), grammar=f'root ::= "{literal}"', stop=("dropna",))
    assert guessed.text == plain.text == CELL[: CELL.index("dropna")]
    plain, guessed = both(engine, CELL, Sampling(0.0, max_tokens=33), grammar=f'root ::= "{literal}"')
    assert guessed.text == plain.text and guessed.reply_tokens == plain.reply_tokens == 33
    small = make_engine()
    small.load(LoadOptions(tiny_model, context_tokens=512, threads=1), Listener(), CancelToken())
    plain, guessed = both(small, "ab" * 210, Sampling(0.0, max_tokens=5000))
    assert guessed.text == plain.text and guessed.finish == "length"
    assert guessed.prompt_tokens + guessed.reply_tokens in (512, 513)
    assert ask(small, say()).text


def test_the_memory_is_right_after_wrong_guesses(engine: LocalEngine) -> None:
    following = say("what follows", 40)
    expected = ask(engine, following).text
    both(engine, "ab ab ac ab ad " * 20, Sampling(1.2, 1.0, 3, 150))
    assert ask(engine, following).text == expected


def test_guessed_pieces_are_streamed_too(engine: LocalEngine, listener: Listener) -> None:
    request = Request((Message("user", CELL * 3),), Sampling(0.0, max_tokens=60), lookup=True)
    reply = ask(engine, request, listener)
    assert "".join(event.text for event in listener.of(Token)) == reply.text


def test_the_likelihood_is_that_of_the_replys_tokens(engine: LocalEngine) -> None:
    sure = ask(engine, say(max_tokens=40, grammar='root ::= "x = 1"'))
    unlikely = ask(engine, say(max_tokens=40, grammar='root ::= "\x7f\x7f\x7f"'))
    assert sure.log_likelihood is not None and unlikely.log_likelihood is not None
    assert unlikely.log_likelihood < sure.log_likelihood < 0
    assert ask(engine, say(max_tokens=0)).log_likelihood is None
