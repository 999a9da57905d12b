"""The engine that all windows share: whichever is asked at present, the local one or a server's.

Joins `llm` and `settings`. Questions of several windows wait their turn here, in the order in which they
came, and a wait ends at once when its task is stopped. May run on any worker thread.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm.endpoint import find_key, parse_endpoint
from nbreview.llm.local import missing_reason
from nbreview.llm.model import Engine, Event, Loading, LoadOptions, ModelInfo, Reply, Request, Server
from nbreview.services.endpoints import consent_question
from nbreview.settings import Settings
from nbreview.words import said

WAITING = said("waiting for the question of another window")
_LOOK_SECONDS = 0.02


def connect(server: Server) -> Engine:
    """The engine of a server; it has asked for nothing yet.

    Raises
    ------
    UserError
        The address is none, or sending notebook content there has not been agreed to.
    """
    from nbreview.llm.remote import RemoteEngine

    endpoint = parse_endpoint(server.address)
    if not endpoint.loopback and not server.agreed:
        raise UserError(
            said(
                "Sending notebook content to {host} has not been agreed to; agree once under "
                "“On a server” in the models window.",
                host=endpoint.host,
            )
        )
    return RemoteEngine(endpoint, server.model, find_key(endpoint))


class EngineSwitch:
    """Implements `llm.model.Engine` by the engine that was loaded last, and may be called from any number of
    threads.

    Parameters
    ----------
    local:
        The engine for model files.
    remote:
        Makes that of a server.
    """

    def __init__(self, local: Engine, remote: Callable[[Server], Engine] = connect) -> None:
        self._local = self._engine = local
        self._coming: Engine | None = None
        self._remote = remote
        self._line = threading.Condition()
        self._turns: deque[object] = deque()
        self._closings = 0

    @property
    def info(self) -> ModelInfo | None:
        """The model that questions go to."""
        return self._engine.info

    def load(self, options: LoadOptions, on_event: Callable[[Event], None], cancel: CancelToken) -> ModelInfo:
        """Load a file, or prove that a server answers; what was asked before is given up once that is done.

        Raises
        ------
        UserError
            The model cannot be used; where it is of the other kind, the one before is still there.
        Cancelled
            Stopped, also while another window's question was waited for.
        """
        with self._turn(cancel, on_event):
            engine = self._local if options.server is None else self._remote(options.server)
            self._coming = engine
            try:
                info = engine.load(options, on_event, cancel)
            finally:
                self._coming = None
            before, self._engine = self._engine, engine
            if before is not engine:
                before.close()
            return info

    def ask(self, request: Request, on_event: Callable[[Event], None], cancel: CancelToken) -> Reply:
        """Answer one request, after those that came before it; raises what the engine does."""
        with self._turn(cancel, on_event):
            return self._engine.ask(request, on_event, cancel)

    def count_tokens(self, text: str, cancel: CancelToken | None = None) -> int:
        """How many tokens of the loaded model a text is. A `cancel` ends the wait for a turn."""
        with self._turn(cancel or CancelToken(), _ignore):
            return self._engine.count_tokens(text)

    def rest(self, cancel: CancelToken) -> None:
        """Give the model up, so that its memory is free, once no question is under way."""
        with self._turn(cancel, _ignore):
            self._engine.close()

    def close(self) -> None:
        """Give everything up, from any thread: what is under way ends as cancelled, and what waits too."""
        with self._line:
            self._closings += 1
            self._line.notify_all()
        for engine in (self._coming, self._engine, self._local):
            if engine is not None:
                engine.close()

    @contextmanager
    def _turn(self, cancel: CancelToken, on_event: Callable[[Event], None]) -> Iterator[None]:
        """Wait until those before have been served."""
        own, told = object(), False
        with self._line:
            self._turns.append(own)
            closings = self._closings
        try:
            while True:
                cancel.check()
                with self._line:
                    if self._closings != closings:
                        raise Cancelled
                    if self._turns[0] is own:
                        break
                    self._line.wait(_LOOK_SECONDS)
                if not told:
                    told = True
                    on_event(Loading(0.0, WAITING))
            yield
        finally:
            with self._line:
                self._turns.remove(own)
                self._line.notify_all()


class TaskEngine:
    """The shared engine as one task sees it: its Stop also ends the wait for counting tokens.

    Parameters
    ----------
    engine:
        Any engine; only with an `EngineSwitch` there is something to wait for.
    """

    def __init__(self, engine: Engine, cancel: CancelToken) -> None:
        self._engine = engine
        self._cancel = cancel

    @property
    def info(self) -> ModelInfo | None:
        """As the engine's."""
        return self._engine.info

    def load(self, options: LoadOptions, on_event: Callable[[Event], None], cancel: CancelToken) -> ModelInfo:
        """As the engine's."""
        return self._engine.load(options, on_event, cancel)

    def ask(self, request: Request, on_event: Callable[[Event], None], cancel: CancelToken) -> Reply:
        """As the engine's."""
        return self._engine.ask(request, on_event, cancel)

    def count_tokens(self, text: str) -> int:
        """As the engine's; Cancelled when the task was stopped before its turn."""
        if isinstance(self._engine, EngineSwitch):
            return self._engine.count_tokens(text, self._cancel)
        return self._engine.count_tokens(text)

    def close(self) -> None:
        """As the engine's."""
        self._engine.close()


def load_options(path: Path, chosen: Settings) -> LoadOptions:
    """How a model file is loaded with these settings."""
    return LoadOptions(path, chosen.gpu_layers, chosen.context_tokens, chosen.threads, kv_type=chosen.kv_type)


def server_options(address: str, model: str, chosen: Settings) -> LoadOptions:
    """How a model on a server is taken, with the consent that was given.

    Raises
    ------
    UserError
        The address is none.
    """
    endpoint = parse_endpoint(address)
    server = Server(endpoint.url, model, agreed=not consent_question(endpoint, chosen))
    return LoadOptions(Path(endpoint.host) / model, context_tokens=chosen.context_tokens, server=server)


def remembered_options(chosen: Settings) -> LoadOptions | None:
    """The model of last time, which is loaded with the first question; None where there was none, or where
    its server may not be sent to any more."""
    if chosen.endpoint:
        try:
            options = server_options(chosen.endpoint, chosen.endpoint_model, chosen)
        except UserError:
            return None
        endpoint = parse_endpoint(chosen.endpoint)
        agreed = endpoint.loopback or (options.server is not None and options.server.agreed)
        return options if agreed else None
    return load_options(Path(chosen.model_path), chosen) if chosen.model_path else None


def remembered_name(chosen: Settings) -> str:
    """The name of that model; "" for none."""
    options = remembered_options(chosen)
    if options is None:
        return ""
    if options.server is not None:
        host = parse_endpoint(options.server.address).host
        if not options.server.model:
            return host
        return said("{model} on {host}", model=options.server.model, host=host)
    return options.path.name


def lacking(engine: Engine, chosen: Settings) -> str:
    """Why no question can be asked whatever model is chosen here: llama.cpp is missing, and no server is
    asked; "" where one can."""
    info, kept = engine.info, remembered_options(chosen)
    remote = info.remote if info is not None else kept is not None and kept.server is not None
    return "" if remote else missing_reason()


def _ignore(_: Event) -> None:
    """No one listens."""
