"""The engine with the real llama.cpp in a real child: stops and deaths, and what comes after them."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import (
    Died,
    Loading,
    LoadOptions,
    Prompting,
    Ready,
    Token,
)
from tests.llm.conftest import Listener, MakeEngine, ask, ask_after_load, gone, posix, say

# stopping


def test_stop_while_generating(engine: LocalEngine, listener: Listener) -> None:
    before, cancel = engine.pid, CancelToken()
    listener.on(Token, cancel.cancel)
    with pytest.raises(Cancelled):
        engine.ask(say(max_tokens=100_000), listener, cancel)
    assert ask(engine, say()).text
    assert engine.pid == before


def test_stop_while_prompting(engine: LocalEngine, listener: Listener) -> None:
    before, cancel = engine.pid, CancelToken()
    listener.on(Prompting, cancel.cancel)
    with pytest.raises(Cancelled):
        engine.ask(say("x" * 8000), listener, cancel)
    assert not listener.of(Token)
    fresh = ask(engine, say(max_tokens=20))
    assert engine.pid == before
    assert fresh.text == ask(engine, say(max_tokens=20)).text


def test_what_was_evaluated_before_a_stop_is_not_lost(engine: LocalEngine) -> None:
    cancel, listener, request = CancelToken(), Listener(), say("x" * 4000)

    def watch(event: object) -> None:
        listener(event)  # type: ignore[arg-type]
        if isinstance(event, Prompting) and event.done >= 1024:
            cancel.cancel()

    with pytest.raises(Cancelled):
        engine.ask(request, watch, cancel)
    again = ask(engine, request)
    assert again.evaluated_tokens <= again.prompt_tokens - 1024


def test_a_request_cancelled_before_it_starts_asks_nothing(engine: LocalEngine, listener: Listener) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.ask(say(), listener, cancel)
    assert not listener


def test_stop_while_loading_leaves_no_child(
    make_engine: MakeEngine, tiny_model: Path, listener: Listener
) -> None:
    made, cancel = make_engine(), CancelToken()
    listener.on(Loading, cancel.cancel)
    with pytest.raises(Cancelled):
        made.load(LoadOptions(tiny_model, threads=1), listener, cancel)
    assert made.pid is None
    assert made.info is None
    assert ask_after_load(made, tiny_model).text


@posix
def test_a_child_that_does_not_heed_stop_is_ended_and_the_next_request_has_another(
    make_engine: MakeEngine, tiny_model: Path, listener: Listener
) -> None:
    made, cancel = make_engine(grace_seconds=0.05), CancelToken()
    made.load(LoadOptions(tiny_model, context_tokens=2048, threads=1), Listener(), CancelToken())
    first = made.pid
    assert first is not None

    def freeze() -> None:
        os.kill(first, signal.SIGSTOP)
        cancel.cancel()

    listener.on(Token, freeze)
    with pytest.raises(Cancelled):
        made.ask(say(max_tokens=100_000), listener, cancel)
    assert gone(first)
    again = Listener()
    assert ask(made, say(), again).text
    assert again.of(Ready)


# dying


@posix
def test_a_child_killed_in_an_answer_is_reported_and_replaced(
    own_engine: LocalEngine, listener: Listener
) -> None:
    first = own_engine.pid
    assert first is not None
    listener.on(Token, lambda: os.kill(first, signal.SIGKILL))
    with pytest.raises(
        UserError, match="Tiny was ended by SIGKILL in the middle of an answer; it starts again"
    ):
        own_engine.ask(say(max_tokens=100_000), listener, CancelToken())
    (death,) = listener.of(Died)
    assert death.exit_code == -signal.SIGKILL
    assert own_engine.pid is None
    again = Listener()
    assert ask(own_engine, say(), again).text
    assert again.of(Ready)
    assert own_engine.pid not in (None, first)


@posix
def test_a_child_killed_between_requests_is_replaced_without_a_word_lost(own_engine: LocalEngine) -> None:
    expected = ask(own_engine, say()).text
    assert own_engine.pid is not None
    os.kill(own_engine.pid, signal.SIGKILL)
    assert ask(own_engine, say()).text == expected
    os.kill(own_engine.pid, signal.SIGKILL)
    assert own_engine.count_tokens("abc") == 3


@posix
def test_a_child_that_hangs_is_given_up(
    make_engine: MakeEngine, tiny_model: Path, listener: Listener
) -> None:
    made = make_engine(hang_seconds=5.0)
    made.load(LoadOptions(tiny_model, context_tokens=2048, threads=1), Listener(), CancelToken())
    made._hang_seconds = 0.2
    first = made.pid
    assert first is not None
    listener.on(Token, lambda: os.kill(first, signal.SIGSTOP))
    with pytest.raises(UserError, match="gave no sign of life"):
        made.ask(say(max_tokens=100_000), listener, CancelToken())
    assert listener.of(Died)
    assert gone(first)


def test_closing_ends_the_child_and_the_request_under_way(
    own_engine: LocalEngine, listener: Listener
) -> None:
    pid = own_engine.pid
    closer = threading.Thread(target=own_engine.close)
    listener.on(Token, closer.start)
    with pytest.raises(Cancelled):
        own_engine.ask(say(max_tokens=100_000), listener, CancelToken())
    closer.join()
    assert own_engine.info is None
    assert pid is not None
    assert gone(pid)


@posix
def test_a_killed_window_leaves_no_child(tiny_model: Path, tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from nbreview.cancellation import CancelToken\n"
        "from nbreview.llm.local import LocalEngine\n"
        "from nbreview.llm.model import LoadOptions, Message, Request, Sampling, Token\n"
        "engine = LocalEngine(cache=Path(sys.argv[2]))\n"
        "engine.load(LoadOptions(Path(sys.argv[1]), threads=1), lambda event: None, CancelToken())\n"
        "def tell(event):\n"
        "    if isinstance(event, Token): print(engine.pid, flush=True)\n"
        "engine.ask(Request((Message('user', 'x'),), Sampling(max_tokens=100000)), tell, CancelToken())\n"
    )
    window = subprocess.Popen(
        [sys.executable, "-c", script, str(tiny_model), str(tmp_path / "cache.json")],
        stdout=subprocess.PIPE,
        text=True,
    )
    with window:
        assert window.stdout is not None
        child = int(window.stdout.readline())
        waiter = threading.Event()
        window.kill()
    for _ in range(200):
        if gone(child):
            break
        waiter.wait(0.02)
    assert gone(child)
