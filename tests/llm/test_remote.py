"""A server's model answers like a local one; what fails says so once, what the server lacks is named, and the
key is nowhere but in the header."""

import logging
import pickle
import threading
import traceback
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.endpoint import Key, parse_endpoint
from nbreview.llm.model import Choices, LoadOptions, Message, Ready, Reply, Request, Sampling, Token
from nbreview.llm.remote import RemoteEngine
from nbreview.llm.remote_client import Limits
from tests.llm.chat_server import ChatServer, endless, raw, refuse, reset, say, serve, silent, written
from tests.llm.conftest import Listener

QUICK = Limits(connect=5, first=10, between=10, retries=3, pause=0, longest=0)
OPTIONS = LoadOptions(Path("small"), context_tokens=2048)
VERDICT = Choices(', "detection": ', ("true", "false"))
SCHEMA = '{"type": "object"}'


class Place:
    """A server and engines that ask it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def serve(self, **abilities: Any) -> ChatServer:
        return self._stack.enter_context(serve(**abilities))

    def engine(
        self,
        server: ChatServer | str,
        model: str = "small",
        limits: Limits = QUICK,
        key: str = "",
        votes: int = 5,
    ) -> RemoteEngine:
        url = server if isinstance(server, str) else server.url
        engine = RemoteEngine(parse_endpoint(url), model, Key(key), limits=limits, votes=votes)
        self._stack.callback(engine.close)
        return engine

    def loaded(self, server: ChatServer, **arguments: Any) -> RemoteEngine:
        engine = self.engine(server, **arguments)
        engine.load(OPTIONS, Listener(), CancelToken())
        return engine


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NBREVIEW_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with ExitStack() as stack:
        yield Place(stack)


def ask(engine: RemoteEngine, listener: Listener | None = None, **fields: Any) -> Reply:
    fields.setdefault("messages", (Message("user", "Which library?"),))
    fields.setdefault("sampling", Sampling(max_tokens=64))
    return engine.ask(Request(**fields), Listener() if listener is None else listener, CancelToken())


def test_loading_says_where_the_model_is_and_what_the_server_lacks(place: Place) -> None:
    server = place.serve(models=[{"id": "small", "meta": {"n_params": 7_000_000_000, "size": 4_000_000_000}}])
    engine, listener = place.engine(server), Listener()
    info = engine.load(OPTIONS, listener, CancelToken())
    assert engine.info == info
    assert listener[-1] == Ready(info)
    assert info.backend == f"remote: 127.0.0.1:{server.port}"
    assert (info.name, info.parameters, info.size) == ("small", 7_000_000_000, 4_000_000_000)
    assert info.context_tokens == 2048
    assert info.fallbacks == (
        "verdicts are 5 votes: the server tells no log-probabilities",
        "the form of verdicts is asked for and not enforced",
    )


def test_a_server_that_can_do_all_lacks_nothing(place: Place) -> None:
    info = place.loaded(place.serve(logprobs=True, grammar=True)).info
    assert info is not None
    assert info.fallbacks == ()


def test_a_server_that_tells_nothing_is_named_for_it(place: Place) -> None:
    engine = place.loaded(place.serve(models=[{"id": "small"}], context=0, counts=False))
    assert engine.info is not None
    assert engine.info.fallbacks[:2] == (
        "a context of 2048 tokens is assumed: the server does not tell its own",
        "tokens are estimated (2.5 bytes each): the server does not count them",
    )
    assert engine.count_tokens("x" * 100) == 40


def test_the_context_is_no_larger_than_the_servers(place: Place) -> None:
    info = place.loaded(place.serve(context=1024)).info
    assert info is not None
    assert info.context_tokens == 1024
    info = place.loaded(place.serve(context=0, models=[{"id": "small", "max_model_len": 512}])).info
    assert info is not None
    assert info.context_tokens == 512


def test_the_trials_hold_nothing_of_a_notebook_and_are_few(place: Place) -> None:
    server = place.serve()
    place.loaded(server)
    assert server.asked == []
    assert len(server.trials) <= 6


@pytest.mark.parametrize(
    ("name", "listed", "chosen"),
    [
        ("", ["only"], "only"),
        ("coder", ["coder:latest", "other"], "coder:latest"),
        ("coder.gguf", ["/models/coder.gguf"], "/models/coder.gguf"),
        ("coder", ["/models/coder.gguf"], "/models/coder.gguf"),
        ("me/coder", ["me/coder", "x"], "me/coder"),
    ],
)
def test_the_model_is_chosen_by_its_name(place: Place, name: str, listed: list[str], chosen: str) -> None:
    server = place.serve(models=[{"id": each} for each in listed])
    ask(place.loaded(server, model=name))
    assert server.asked[0]["model"] == chosen


@pytest.mark.parametrize(
    ("name", "listed", "said"),
    [
        ("none", ["a", "b"], "has no model “none”; it has a, b"),
        ("", ["a", "b"], "has several models; name one with --model: a, b"),
        ("", [], "does not list its models"),
    ],
)
def test_a_model_that_is_not_there_is_told_with_those_that_are(
    place: Place, name: str, listed: list[str], said: str
) -> None:
    engine = place.engine(place.serve(models=[{"id": each} for each in listed]), model=name)
    with pytest.raises(UserError, match=said):
        engine.load(OPTIONS, Listener(), CancelToken())
    assert engine.info is None


def test_a_reply_is_streamed_and_counted(place: Place) -> None:
    server = place.serve()
    listener = Listener()
    reply = ask(place.loaded(server), listener, stop=("###",))
    assert reply.text == "import pandas"
    assert listener.of(Token) == [Token("import"), Token(" pandas")]
    assert (reply.finish, reply.prompt_tokens, reply.evaluated_tokens, reply.reply_tokens) == (
        "stop",
        11,
        8,
        2,
    )
    assert 0 < reply.first_token_seconds <= reply.total_seconds
    body = server.asked[0]
    assert body["messages"] == [{"role": "user", "content": "Which library?"}]
    assert (body["temperature"], body["top_p"], body["seed"], body["max_tokens"]) == (0.2, 0.95, 7, 64)
    assert body["stop"] == ["###"]
    assert body["stream"] is True


def test_a_stop_text_that_the_server_lets_through_ends_the_reply(place: Place) -> None:
    server = place.serve(words=("one #", "## two", " three"))
    reply = ask(place.loaded(server), stop=("###",))
    assert (reply.text, reply.finish) == ("one ", "stop")


def test_a_server_that_does_not_stream_is_understood(place: Place) -> None:
    server = place.serve()
    value = {"choices": [{"message": {"content": "all at once"}, "finish_reason": "length"}]}
    server.scripts.append(lambda handler: handler.answer(200, value))
    reply = ask(place.loaded(server))
    assert (reply.text, reply.finish) == ("all at once", "length")


def test_thinking_apart_from_the_answer_is_no_part_of_it(place: Place) -> None:
    server = place.serve()

    def think(handler: Any) -> None:
        handler.begin()
        handler.event({"choices": [{"delta": {"reasoning_content": "let me see"}}]})
        handler.chunk("x = 1")
        handler.close()

    server.scripts.append(think)
    assert ask(place.loaded(server)).text == "x = 1"


def test_tokens_are_counted_by_the_server_and_once_a_text(place: Place) -> None:
    server = place.serve()
    engine = place.loaded(server)
    before = server.paths.count("/tokenize")
    assert [engine.count_tokens("a b c") for _ in range(3)] == [3, 3, 3]
    assert server.paths.count("/tokenize") == before + 1


def test_without_a_load_there_is_a_sentence(place: Place) -> None:
    with pytest.raises(UserError, match="No model is loaded"):
        ask(place.engine(place.serve()))


@pytest.mark.parametrize(
    "failure",
    [refuse(429, Retry_After="0"), refuse(503), refuse(500), reset, raw(b""), raw(b": still here\n\n")],
    ids=["429", "503", "500", "reset", "nothing", "a comment only"],
)
def test_what_fails_before_the_first_token_is_asked_again(place: Place, failure: Any) -> None:
    server = place.serve()
    engine = place.loaded(server)
    server.scripts += [failure, failure]
    assert ask(engine).text == "import pandas"
    assert len(server.asked) == 3


def test_it_is_not_asked_for_ever(place: Place) -> None:
    server = place.serve()
    engine = place.loaded(server)
    server.scripts += [refuse(429, "slow down")] * 10
    with pytest.raises(UserError, match=r"is busy \(429\) \(slow down\); ask again later"):
        ask(engine)
    assert len(server.asked) == 1 + QUICK.retries


def test_stop_ends_the_pause_before_another_attempt(place: Place) -> None:
    server = place.serve()
    engine = place.loaded(server, limits=Limits(pause=60, longest=60))
    cancel = CancelToken()

    def busy(handler: Any) -> None:
        refuse(503)(handler)
        cancel.cancel()

    server.scripts.append(busy)
    with pytest.raises(Cancelled):
        engine.ask(Request((Message("user", "?"),)), Listener(), cancel)


@pytest.mark.parametrize("end", [b"", b'data: {"error": {"message": "out of memory"}}\n\n'])
def test_an_answer_that_breaks_off_is_no_answer_and_not_asked_again(place: Place, end: bytes) -> None:
    server = place.serve()
    engine = place.loaded(server)

    def cut(handler: Any) -> None:
        handler.begin()
        handler.chunk("import")
        handler.event(end)

    server.scripts.append(cut)
    with pytest.raises(UserError, match="broke off"):
        ask(engine)
    assert len(server.asked) == 1
    assert ask(engine).text == "import pandas"


@pytest.mark.parametrize(
    "data",
    [b"data: {no json\n\n", b"data: [1, 2]\n\n", b"data: 3\n\n", b"data: \xff\xfe\n\n", b"data: <html>\n\n"],
)
def test_garbage_is_told_as_garbage(place: Place, data: bytes) -> None:
    server = place.serve()
    engine = place.loaded(server)
    server.scripts.append(raw(data))
    with pytest.raises(UserError, match="sent something that is no answer of a model"):
        ask(engine)


@pytest.mark.parametrize(
    "odd",
    [
        {"choices": None},
        {"choices": [None]},
        {"choices": [{"delta": None}]},
        {"choices": [{"delta": {"content": 3}}]},
        {"choices": [{"delta": {"content": None}, "logprobs": {"content": [None, {"token": 1}]}}]},
        {"usage": 3},
        {},
    ],
)
def test_odd_events_are_passed_over(place: Place, odd: dict[str, Any]) -> None:
    server = place.serve()
    engine = place.loaded(server)

    def script(handler: Any) -> None:
        handler.begin()
        handler.event(odd)
        handler.chunk("fine")
        handler.close()

    server.scripts.append(script)
    assert ask(engine).text == "fine"


def test_a_line_without_end_is_given_up(place: Place) -> None:
    server = place.serve()
    engine = place.loaded(server)
    server.scripts.append(raw(b"data: " + b"x" * (5 * 2**20)))
    with pytest.raises(UserError, match="no answer of a model"):
        ask(engine)


def test_a_model_that_never_ends_is_ended(place: Place) -> None:
    server = place.serve()
    engine = place.loaded(server)
    server.scripts.append(endless)
    reply = ask(engine, sampling=Sampling(max_tokens=8))
    assert reply.finish == "length"
    assert server.hung_up.wait(10)


@pytest.mark.parametrize(
    ("after", "said"), [((), "has not begun to answer for 0.2 s"), (("one",), "has not gone on for 0.2 s")]
)
def test_a_server_that_falls_silent_is_given_up(place: Place, after: tuple[str, ...], said: str) -> None:
    server = place.serve()
    engine = place.loaded(server)
    server.scripts.append(silent(after))
    engine._limits = Limits(first=0.2, between=0.2)
    with pytest.raises(UserError, match=said):
        ask(engine)
    assert server.hung_up.wait(10)


@pytest.mark.parametrize("after", [(), ("one",)], ids=["before the first byte", "in the middle"])
def test_stop_answers_while_the_server_is_silent_and_hangs_up(place: Place, after: tuple[str, ...]) -> None:
    server = place.serve()
    engine = place.loaded(server)
    server.scripts.append(silent(after))
    cancel = CancelToken()

    def stop() -> None:
        assert server.began.wait(10)
        cancel.cancel()

    thread = threading.Thread(target=stop)
    thread.start()
    with pytest.raises(Cancelled):
        engine.ask(Request((Message("user", "?"),)), Listener(), cancel)
    thread.join()
    assert server.hung_up.wait(10)
    assert ask(engine).text == "import pandas"


def test_closing_ends_a_request_under_way_as_cancelled(place: Place) -> None:
    server = place.serve()
    engine = place.loaded(server)
    server.scripts.append(silent())
    closer = threading.Thread(target=lambda: server.began.wait(10) and engine.close())
    closer.start()
    with pytest.raises(Cancelled):
        ask(engine)
    closer.join()
    assert engine.info is None


def test_a_server_that_is_not_there_is_named(place: Place) -> None:
    engine = place.engine("http://127.0.0.1:9/v1")
    with pytest.raises(UserError, match=r"127.0.0.1:9 cannot be reached .* start the server there"):
        engine.load(OPTIONS, Listener(), CancelToken())


def test_a_server_that_is_none_is_told(place: Place) -> None:
    server = place.serve()
    engine = place.engine(f"http://127.0.0.1:{server.port}/wrong")
    with pytest.raises(UserError, match=r"knows no such model or address \(404\)"):
        engine.load(OPTIONS, Listener(), CancelToken())


@pytest.mark.parametrize(
    ("status", "message", "said"),
    [
        (400, "This model's maximum context length is 2048 tokens", "prompt is too long for the model"),
        (400, "request (5000 tokens) exceeds the available context size", "prompt is too long"),
        (422, "bad\nfield", r"refuses the question \(422\) \(bad field\)"),
        (404, "model unloaded", r"knows no such model or address \(404\) \(model unloaded\)"),
    ],
)
def test_a_refusal_is_told_in_the_servers_words(place: Place, status: int, message: str, said: str) -> None:
    server = place.serve()
    engine = place.loaded(server)
    server.scripts.append(refuse(status, message))
    with pytest.raises(UserError, match=said):
        ask(engine)
    assert len(server.asked) == 1


def test_a_redirect_is_not_followed(place: Place) -> None:
    server, other = place.serve(), place.serve()
    engine = place.loaded(server, key="sk-secret")
    server.scripts.append(refuse(307, Location=f"{other.url}/chat/completions"))
    with pytest.raises(UserError, match="sends on to another address, which is not followed"):
        ask(engine)
    assert other.paths == []


def test_the_key_goes_into_the_header_and_nowhere_else(
    place: Place, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    server = place.serve(key="sk-secret")
    engine = place.loaded(server, key="sk-secret")
    reply = ask(engine)
    assert engine.count_tokens("a b") == 2
    assert set(server.keys) == {"Bearer sk-secret"}
    assert "sk-secret" not in f"{engine.info}{reply}{vars(engine)}{caplog.text}{capfd.readouterr()}"
    with pytest.raises(TypeError, match="is not stored"):
        pickle.dumps(Key("sk-secret"))


@pytest.mark.parametrize(("key", "said"), [("sk-wrong", "refuses the key"), ("", "wants a key")])
def test_a_wrong_key_is_told_without_it(place: Place, key: str, said: str) -> None:
    engine = place.engine(place.serve(key="sk-right"), key=key)
    with pytest.raises(
        UserError, match=rf"{said} \(401\); put the right one into NBREVIEW_API_KEY"
    ) as caught:
        engine.load(OPTIONS, Listener(), CancelToken())
    assert "sk-" not in "".join(traceback.format_exception(caught.value))


def test_what_a_server_repeats_of_the_key_is_hidden(place: Place) -> None:
    server = place.serve()
    engine = place.loaded(server, key="sk-secret")
    server.scripts.append(refuse(400, "what is sk-secret to me?"))
    with pytest.raises(UserError, match="what is … to me"):
        ask(engine)


def test_nothing_for_this_machine_goes_through_a_proxy(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = place.serve()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    assert ask(place.loaded(place.serve())).text == "import pandas"
    assert proxy.paths == []


def test_a_proxy_of_the_environment_is_used_for_other_machines(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = place.serve()
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
    with pytest.raises(UserError):
        place.engine("http://models.invalid/v1").load(OPTIONS, Listener(), CancelToken())
    assert proxy.paths[0] == "http://models.invalid/v1/models"


# Verdicts

WRITTEN = [
    ('{"reasoning"', {}),
    (': "no such column"', {}),
    (', "detection', {}),
    ('":', {}),
    (" true", {" true": -0.2231, " false": -1.8971, " maybe": -3.0}),
    ("}", {}),
]


def test_a_verdict_is_weighed_by_the_servers_log_probabilities(place: Place) -> None:
    server = place.serve(logprobs=True)
    engine = place.loaded(server)
    server.scripts.append(written(WRITTEN))
    reply = ask(engine, choices=VERDICT)
    assert reply.text == '{"reasoning": "no such column"'
    assert reply.probabilities == pytest.approx((0.8 / 0.95, 0.15 / 0.95), abs=1e-3)
    assert reply.weighed == f"log-probabilities of 127.0.0.1:{server.port}"
    assert (server.asked[0]["logprobs"], server.asked[0]["top_logprobs"]) == (True, 20)
    assert len(server.asked) == 1


def test_a_grammar_is_sent_with_the_choice_behind_it(place: Place) -> None:
    server = place.serve(logprobs=True, grammar=True)
    engine = place.loaded(server)
    server.scripts.append(written(WRITTEN))
    ask(engine, choices=VERDICT, grammar='root ::= "{" [a-z"]* "}"', schema=SCHEMA)
    assert server.asked[0]["grammar"].splitlines()[0] == (
        'root ::= reply-before-choice ", \\"detection\\": " ("true" | "false")'
    )
    assert "response_format" not in server.asked[0]


@pytest.mark.parametrize("form", ["json_schema", "json_object"])
def test_a_schema_is_sent_where_there_is_no_grammar(place: Place, form: str) -> None:
    server = place.serve(logprobs=True, schema=form)
    engine = place.loaded(server)
    server.scripts.append(written(WRITTEN))
    ask(engine, choices=VERDICT, grammar='root ::= "x"', schema=SCHEMA)
    assert server.asked[0]["response_format"]["type"] == form
    assert "grammar" not in server.asked[0]


def test_without_log_probabilities_a_verdict_is_voted_on_and_named_so(place: Place) -> None:
    server = place.serve()
    engine = place.loaded(server)

    def verdict(word: str) -> Any:
        return say(['{"reasoning": "', f"because {word}", '","detection":', word, "}"])

    server.scripts += [verdict(word) for word in ("false", "true", "true", "true", "false")]
    reply = ask(engine, choices=VERDICT)
    assert reply.probabilities == pytest.approx((3.5 / 6, 2.5 / 6))
    assert reply.weighed == "5 votes"
    assert reply.text == '{"reasoning": "because true"'
    assert [body["seed"] for body in server.asked] == [7, 8, 9, 10, 11]
    assert all(body["temperature"] >= 0.7 for body in server.asked[1:])


def test_votes_that_hold_no_verdict_are_not_counted(place: Place) -> None:
    server = place.serve()
    engine = place.loaded(server, votes=3)
    server.scripts += [say(['{"reasoning": "x", "detection": true}']), say(["I cannot say"]), say(["?"])]
    reply = ask(engine, choices=VERDICT)
    assert (reply.probabilities, reply.weighed) == (pytest.approx((0.75, 0.25)), "1 votes")


def test_a_reply_without_a_verdict_has_no_probability(place: Place) -> None:
    server = place.serve(logprobs=True)
    reply = ask(place.loaded(server), choices=VERDICT)
    assert (reply.text, reply.probabilities) == ("import pandas", ())
