"""Engines that run the real llama.cpp on the tiny models; each test's child is ended with it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import CancelToken
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import Event, LoadOptions, Message, Reply, Request, Sampling

MakeEngine = Callable[..., LocalEngine]
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX signals")


class Listener(list[Event]):
    """Keeps the events of a call; `on` runs a function at the first event of a kind."""

    def __init__(self) -> None:
        super().__init__()
        self._actions: dict[type, Callable[[], None]] = {}

    def on(self, kind: type, action: Callable[[], None]) -> "Listener":
        self._actions[kind] = action
        return self

    def __call__(self, event: Event) -> None:
        self.append(event)
        action = self._actions.pop(type(event), None)
        if action is not None:
            action()

    def of(self, kind: type) -> list[Event]:
        return [event for event in self if isinstance(event, kind)]


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def make_engine(tmp_path: Path) -> Iterator[MakeEngine]:
    """Builds engines with a cache of the test's own."""
    engines: list[LocalEngine] = []

    def make(**arguments: object) -> LocalEngine:
        arguments.setdefault("cache", tmp_path / "models.json")
        engines.append(LocalEngine(**arguments))  # type: ignore[arg-type]
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture(scope="module")
def engine(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalEngine]:
    """An engine with the tiny F16 model, shared by the tests that leave its child alive."""
    made = LocalEngine(cache=tmp_path_factory.mktemp("cache") / "models.json")
    made.load(LoadOptions(tiny_model, context_tokens=8192, threads=1), Listener(), CancelToken())
    yield made
    made.close()


@pytest.fixture
def own_engine(make_engine: MakeEngine, tiny_model: Path) -> LocalEngine:
    """The same for one test, which may do to its child what it wants."""
    made = make_engine()
    made.load(LoadOptions(tiny_model, context_tokens=8192, threads=1), Listener(), CancelToken())
    return made


def say(text: str = "What changed?", max_tokens: int = 24, **fields: object) -> Request:
    """A request of one user message."""
    return Request((Message("user", text),), Sampling(max_tokens=max_tokens), **fields)  # type: ignore[arg-type]


def ask(engine: LocalEngine, request: Request, listener: Listener | None = None) -> Reply:
    return engine.ask(request, Listener() if listener is None else listener, CancelToken())


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def ask_after_load(engine: LocalEngine, path: Path) -> Reply:
    engine.load(LoadOptions(path, context_tokens=2048, threads=1), Listener(), CancelToken())
    return ask(engine, say())
