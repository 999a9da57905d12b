"""The real server of llama-cpp-python, with the tiny model, answers like the local engine does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.endpoint import parse_endpoint
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import Choices, LoadOptions, Message, Request, Sampling, Token
from nbreview.llm.remote import RemoteEngine
from tests.llm.conftest import Listener, ask, say
from tests.llm.llama_server import llama_server

GRAMMAR = 'root ::= "{\\"reasoning\\": \\"" [a-z]{4,8} "\\""'
VERDICT = Choices(', "detection": ', ("true", "false"))
QUESTION = Request(
    (Message("user", "Will it crash?"),), Sampling(0.0, max_tokens=60), grammar=GRAMMAR, choices=VERDICT
)


@pytest.fixture(scope="module")
def url(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the tiny model twice: once it tells log-probabilities."""
    models = {name: {"model": tiny_model, "logits_all": name == "telling"} for name in ("telling", "silent")}
    with llama_server(tmp_path_factory.mktemp("server"), models) as found:
        yield found


@pytest.fixture(scope="module")
def telling(url: str) -> Iterator[RemoteEngine]:
    yield from loaded(url, "telling")


@pytest.fixture(scope="module")
def silent(url: str) -> Iterator[RemoteEngine]:
    yield from loaded(url, "silent")


def loaded(url: str, name: str) -> Iterator[RemoteEngine]:
    made = RemoteEngine(parse_endpoint(url), name)
    made.load(LoadOptions(Path(name), context_tokens=2048), Listener(), CancelToken())
    yield made
    made.close()


def test_what_the_server_can_do_is_found_out(telling: RemoteEngine, silent: RemoteEngine) -> None:
    assert telling.info is not None and silent.info is not None
    assert telling.info.name == "telling"
    assert telling.info.fallbacks == (
        "a context of 2048 tokens is assumed: the server does not tell its own",
    )
    assert silent.info.fallbacks[-1] == "verdicts are 5 votes: the server tells no log-probabilities"


def test_tokens_are_counted_as_the_local_engine_counts_them(
    silent: RemoteEngine, engine: LocalEngine
) -> None:
    for text in ("import pandas as pd", "a  b", "größer", "<|im_end|>"):
        assert abs(silent.count_tokens(text) - engine.count_tokens(text)) <= len("<|im_end|>")
    assert silent.count_tokens("import pandas") == engine.count_tokens("import pandas")


def test_the_reply_is_that_of_the_local_engine(silent: RemoteEngine, engine: LocalEngine) -> None:
    request = Request((Message("user", "What changed?"),), Sampling(0.0, max_tokens=24))
    listener = Listener()
    reply, local = silent.ask(request, listener, CancelToken()), ask(engine, request)
    assert reply.text == local.text
    assert "".join(token.text for token in listener.of(Token)) == reply.text  # type: ignore[attr-defined]
    assert (reply.reply_tokens, reply.finish) == (24, "length")
    # This server tells no counts of a streamed answer: the words are counted, without the template.
    assert reply.prompt_tokens == silent.count_tokens("What changed?")


def test_a_verdict_is_weighed_under_the_grammar_as_the_local_engine_weighs_it(
    telling: RemoteEngine, engine: LocalEngine
) -> None:
    reply, local = telling.ask(QUESTION, Listener(), CancelToken()), ask(engine, QUESTION)
    for text in (reply.text, local.text):
        assert re.fullmatch(r'\{"reasoning": "[a-z]{4,8}"', text)
    assert sum(reply.probabilities) == pytest.approx(1.0)
    assert reply.weighed.startswith("log-probabilities of 127.0.0.1")
    # The tiny vocabulary has single bytes, so the server tells of “t” and “f” where the local engine weighs
    # the whole words; both say which way it leans.
    assert all(0 < share < 1 for share in reply.probabilities)


def test_without_log_probabilities_it_is_voted_on(silent: RemoteEngine) -> None:
    reply = silent.ask(QUESTION, Listener(), CancelToken())
    assert reply.weighed == "5 votes"
    assert sum(reply.probabilities) == pytest.approx(1.0)


def test_a_prompt_that_is_too_long_is_told(silent: RemoteEngine) -> None:
    with pytest.raises(UserError, match="The prompt is too long for the model at"):
        silent.ask(say("x = 1\n" * 2000), Listener(), CancelToken())


def test_stop_answers_at_once_and_the_server_goes_on(silent: RemoteEngine) -> None:
    cancel = CancelToken()
    listener = Listener().on(Token, cancel.cancel)
    with pytest.raises(Cancelled):
        silent.ask(say("Write on.", max_tokens=1500), listener, cancel)
    assert len(listener.of(Token)) < 100
    assert silent.ask(say(max_tokens=8), Listener(), CancelToken()).reply_tokens == 8
