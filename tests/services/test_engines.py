"""All windows ask one engine in turn; which one it is can change, and every wait can be stopped."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import Event, Loading, LoadOptions, Message, Request, Sampling, Server, Token
from nbreview.services.engines import (
    WAITING,
    EngineSwitch,
    TaskEngine,
    lacking,
    load_options,
    remembered_name,
    remembered_options,
    server_options,
)
from nbreview.settings import Settings
from tests.llm.llama_server import llama_server

LONG = Request((Message("user", "Count."),), Sampling(0.0, max_tokens=1500))
SHORT = Request((Message("user", "Count."),), Sampling(0.0, max_tokens=2))
AFAR = "https://models.example.org/v1"


@pytest.fixture
def switch(tmp_path: Path) -> Iterator[EngineSwitch]:
    switch = EngineSwitch(LocalEngine(cache=tmp_path / "models.json"))
    yield switch
    switch.close()


@pytest.fixture
def loaded(switch: EngineSwitch, tiny_model: Path) -> EngineSwitch:
    switch.load(LoadOptions(tiny_model, "none", 2048, 1), _ignore, CancelToken())
    return switch


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Iterator[str]:
    with llama_server(tmp_path_factory.mktemp("server"), {"tiny": {"model": tiny_model}}) as url:
        yield url


class Question:
    """A question of another window, which goes on until it is stopped."""

    def __init__(self, switch: EngineSwitch) -> None:
        self.cancel, self.writing = CancelToken(), threading.Event()
        self._switch = switch
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()
        assert self.writing.wait(30)

    def _ask(self) -> None:
        try:
            while True:
                self._switch.ask(LONG, self._take, self.cancel)
        except Cancelled:
            return

    def _take(self, event: Event) -> None:
        if isinstance(event, Token):
            self.writing.set()

    def end(self) -> None:
        self.cancel.cancel()
        self._thread.join(30)
        assert not self._thread.is_alive()


@pytest.fixture
def question(loaded: EngineSwitch) -> Iterator[Question]:
    question = Question(loaded)
    yield question
    question.end()


@pytest.mark.parametrize("what", ["ask", "count", "load", "rest"])
def test_stop_ends_the_wait_for_another_windows_question(
    loaded: EngineSwitch, question: Question, tiny_model: Path, what: str
) -> None:
    cancel, waiting = CancelToken(), threading.Event()
    calls: dict[str, Callable[[], object]] = {
        "ask": lambda: loaded.ask(SHORT, lambda _: waiting.set(), cancel),
        "count": lambda: TaskEngine(loaded, cancel).count_tokens("one two"),
        "load": lambda: loaded.load(LoadOptions(tiny_model), lambda _: waiting.set(), cancel),
        "rest": lambda: loaded.rest(cancel),
    }
    ended: list[BaseException] = []

    def call() -> None:
        if what in ("count", "rest"):
            waiting.set()
        try:
            calls[what]()
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    assert waiting.wait(30)
    cancel.cancel()
    thread.join(30)
    assert [type(error) for error in ended] == [Cancelled]
    assert not question.cancel.cancelled  # it was not waited for: only this ends it
    assert loaded.info is not None


def test_a_wait_says_what_it_waits_for(loaded: EngineSwitch, question: Question) -> None:
    cancel, events = CancelToken(), []

    def take(event: Event) -> None:
        events.append(event)
        cancel.cancel()

    with pytest.raises(Cancelled):
        loaded.ask(SHORT, take, cancel)
    assert events == [Loading(0.0, WAITING)]


def test_after_the_question_of_another_window_comes_ones_own(
    loaded: EngineSwitch, question: Question
) -> None:
    threading.Timer(0.2, question.cancel.cancel).start()
    assert loaded.ask(SHORT, _ignore, CancelToken()).finish in ("stop", "length")


def test_closing_ends_what_runs_and_what_waits(loaded: EngineSwitch, question: Question) -> None:
    waiting, ended = threading.Event(), []

    def wait() -> None:
        try:
            loaded.ask(SHORT, lambda _: waiting.set(), CancelToken())
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    assert waiting.wait(30)
    question.cancel.cancel()
    loaded.close()
    thread.join(30)
    assert len(ended) == 1 or not thread.is_alive()
    assert loaded.info is None


def test_a_server_takes_the_place_of_the_local_model_and_gives_it_back(
    loaded: EngineSwitch, server: str, tiny_model: Path
) -> None:
    info = loaded.load(server_options(server, "tiny", Settings()), _ignore, CancelToken())
    assert info.remote
    assert info.backend == f"remote: {server.split('/')[2]}"
    assert loaded.info == info
    assert loaded.ask(SHORT, _ignore, CancelToken()).reply_tokens
    assert loaded.count_tokens("one two") > 0
    back = loaded.load(LoadOptions(tiny_model, "none", 2048, 1), _ignore, CancelToken())
    assert not back.remote
    assert loaded.info == back


def test_a_server_that_does_not_answer_leaves_the_local_model_loaded(loaded: EngineSwitch) -> None:
    before = loaded.info
    with pytest.raises(UserError):
        loaded.load(server_options("http://127.0.0.1:9/v1", "tiny", Settings()), _ignore, CancelToken())
    assert loaded.info == before
    assert loaded.ask(SHORT, _ignore, CancelToken()).prompt_tokens


def test_nothing_is_sent_to_a_server_without_consent(switch: EngineSwitch) -> None:
    options = LoadOptions(Path("models.example.org"), server=Server(AFAR, "tiny"))
    with pytest.raises(UserError, match="has not been agreed to"):
        switch.load(options, _ignore, CancelToken())


def test_what_was_asked_last_is_remembered_file_or_server() -> None:
    assert remembered_options(Settings()) is None
    local = Settings(model_path="/m/small.gguf", gpu_layers="none", threads=3, kv_type="q8_0")
    assert remembered_options(local) == LoadOptions(
        Path("/m/small.gguf"), "none", 8192, threads=3, kv_type="q8_0"
    )
    assert remembered_options(local) == load_options(Path("/m/small.gguf"), local)
    assert remembered_name(local) == "small.gguf"
    remote = replace(local, endpoint="127.0.0.1:8080", endpoint_model="tiny")
    options = remembered_options(remote)
    assert options is not None
    assert options.server == Server("http://127.0.0.1:8080/v1", "tiny", agreed=True)
    assert remembered_name(remote) == "tiny on 127.0.0.1:8080"


def test_a_server_whose_consent_was_taken_back_is_not_asked_by_itself() -> None:
    chosen = Settings(endpoint=AFAR, endpoint_model="tiny")
    assert remembered_options(chosen) is None
    assert remembered_options(replace(chosen, agreed_servers=("https://models.example.org",)))
    assert remembered_options(Settings(endpoint="::")) is None


def test_a_server_needs_no_llama_cpp(switch: EngineSwitch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nbreview.services.engines.missing_reason", lambda: "It is missing.")
    assert lacking(switch, Settings()) == "It is missing."
    assert lacking(switch, Settings(endpoint="127.0.0.1:8080")) == ""


def _ignore(_: Event) -> None:
    """No one listens."""
