"""The engine that runs a GGUF in a child process. No llama_cpp here: only the child imports it.

A load is proved by the child with a small batch before it counts. When the child dies on the way, plainer
settings are tried (`fallback`), and what worked is kept for this machine, build and file. A child that dies
or hangs later is given up; the next request starts and loads another one.

Stop has three steps: a flag that the child reads between tokens, llama.cpp's abort callback while it
evaluates the prompt (both by one cancel frame), and, when neither has ended the request after a grace, the
end of the child.
"""

import contextlib
import importlib.util
import os
import queue
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nbreview import paths
from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm import calibration, fallback, hardware, protocol
from nbreview.llm.admission import calibrated_options, check_memory, load_settings
from nbreview.llm.cache import JsonCache
from nbreview.llm.child import Child, Wake
from nbreview.llm.conversation import Listener, wait
from nbreview.llm.digest import Digest, fingerprint
from nbreview.llm.failures import (
    DeathError,
    RefusedError,
    died_answering,
    died_counting,
    early_death,
    hopeless,
    import_error,
    load_error,
    no_start,
    request_error,
    too_large,
)
from nbreview.llm.fallback import LoadSettings
from nbreview.llm.header import Header, read_model
from nbreview.llm.model import Died, Event, Loading, LoadOptions, ModelInfo, Ready, Reply, Request
from nbreview.llm.states import state_name
from nbreview.words import Said, joined, said

HANG_SECONDS = 120.0
"""Silence after which a child counts as hung. It gives a sign of life each second while llama.cpp calls
back."""

GRACE_SECONDS = 1.5
"""How long a cancelled request may go on before the child is ended."""

KEEP_SECONDS = 2.0
"""How long closing waits for the evaluated prompt to be written."""


def missing_reason() -> str:
    """Nothing when a local model can be run, else the sentence that says how to switch that on."""
    if importlib.util.find_spec("llama_cpp") is not None:
        return ""
    return said(
        "A local model needs llama-cpp-python, which is not installed; run: pip install 'nbreview[llama]' "
        "(it compiles for about five minutes)."
    )


def states_folder(cache: Path | None = None) -> Path:
    """Where evaluated prompts are kept: in the user's cache folder, or in the one given."""
    return (cache or paths.cache_dir()) / "prompt-states"


class LocalEngine:
    """Implements `llm.model.Engine` with a child process; no process runs before the first load.

    Parameters
    ----------
    python:
        The interpreter that starts the child.
    cache:
        File for hashes and for the settings that worked; by default in the user's cache folder.
    states:
        Folder for evaluated prompts; by default beside the cache.
    hang_seconds, grace_seconds:
        See `HANG_SECONDS` and `GRACE_SECONDS`.
    """

    def __init__(
        self,
        python: str = sys.executable,
        *,
        cache: Path | None = None,
        states: Path | None = None,
        hang_seconds: float = HANG_SECONDS,
        grace_seconds: float = GRACE_SECONDS,
    ) -> None:
        self._python = python
        cache = cache or paths.cache_dir() / "models.json"
        self._cache = JsonCache(cache)
        self._states = states or states_folder(cache.parent)
        self._state_parts: tuple[object, ...] = ()
        self._where: tuple[str, str, str] | None = None
        self._guesses = True
        self._unkept = False
        self._hang_seconds = hang_seconds
        self._grace_seconds = grace_seconds
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._options: LoadOptions | None = None
        self._info: ModelInfo | None = None
        self._number = 0
        self._closing = False

    @property
    def info(self) -> ModelInfo | None:
        """The model that requests go to, also while its process waits to be started again."""
        return self._info

    @property
    def pid(self) -> int | None:
        """The child's process number, when it runs."""
        child = self._child
        return child.pid if child is not None and child.alive else None

    @property
    def _name(self) -> str:
        return self._info.name if self._info else said("the model")

    def load(self, options: LoadOptions, on_event: Listener, cancel: CancelToken) -> ModelInfo:
        """Load and prove a model, with plainer settings when the child dies on the way.

        Raises
        ------
        UserError
            llama-cpp-python is missing, the file is not usable, or memory is short.
        Cancelled
            Stopped; no model is loaded then.
        """
        with self._lock:
            self._closing = False
            self._give_up()
            self._info = self._options = None
            info = self._load(options, on_event, cancel)
            self._options = options
            return info

    def ask(self, request: Request, on_event: Listener, cancel: CancelToken) -> Reply:
        """Answer one request; a child that has died since is started again first.

        Raises
        ------
        UserError
            The child died, the prompt does not fit, or the template refuses the messages.
        Cancelled
            Stopped, or the engine was closed.
        """
        with self._lock:
            cancel.check()
            message = asdict(request)
            message["do"] = "ask"
            message["lookup"] = request.lookup and self._guesses
            message["state_file"] = self._state_file(request.state_key)
            self._unkept = bool(message["state_file"])
            try:
                answer = self._request(message, on_event, cancel)
            except DeathError as death:
                raise self._report(death, on_event, died_answering(self._name, death)) from None
            except RefusedError as refusal:
                if refusal.kind == "decode":
                    self._give_up()
                raise request_error(self._name, refusal) from None
            reply = protocol.decode_event(answer)
            if not isinstance(reply, Reply):
                raise RuntimeError(f"the model's process answered {answer.get('is')!r} to a request")
            return reply

    def count_tokens(self, text: str) -> int:
        """How many tokens of the loaded model a text is, control tokens in it counted as plain text."""
        with self._lock:
            try:
                answer = self._request({"do": "count", "text": text}, _ignore, CancelToken())
            except DeathError as death:
                raise self._report(death, _ignore, died_counting(self._name, death)) from None
            return int(answer["tokens"])

    def keep_calibration(self, found: calibration.Calibration) -> None:
        """Keep what a trial of the loaded model found; it holds from its next load on this machine and build.

        Raises
        ------
        UserError
            No model is loaded.
        """
        if self._info is None or self._where is None:
            raise UserError(said("No model is loaded; choose one first."))
        calibration.keep(self._cache, *self._where, found)

    def close(self) -> None:
        """End the child process; from any thread. A request under way ends as cancelled."""
        if self._unkept and self._lock.acquire(blocking=False):
            try:
                self._keep()
            finally:
                self._lock.release()
        self._closing = True
        while not self._lock.acquire(timeout=0.02):
            child = self._child
            if child is not None:
                child.end(at_once=True)
        try:
            self._give_up()
            self._info = self._options = None
        finally:
            self._lock.release()

    def _state_file(self, key: str) -> str:
        """The name under which the evaluated prompt of a request is kept; it tells nothing of the key."""
        if not key or self._info is None or not self._info.sha256:
            return ""
        return state_name(self._info.sha256, *self._state_parts, key)

    def _keep(self) -> None:
        """Have the child write the prompt that it holds, if it is there and does so soon."""
        self._unkept = False
        child = self._child
        if child is None or not child.alive:
            return
        self._number += 1
        child.send({"do": "keep", "id": self._number})
        deadline = time.monotonic() + KEEP_SECONDS
        with contextlib.suppress(queue.Empty):
            while (message := child.receive(deadline - time.monotonic())) is not None:
                if not isinstance(message, Wake) and message.get("id") == self._number:
                    return

    def _request(self, message: dict[str, Any], on_event: Listener, cancel: CancelToken) -> dict[str, Any]:
        """One exchange; once more when the child says nothing of it before it dies: it had gone before."""
        heard = False

        def listen(event: Event) -> None:
            nonlocal heard
            heard = True
            on_event(event)

        child = self._running(on_event, cancel)
        try:
            return self._exchange(child, message, listen, cancel)
        except DeathError as death:
            if heard or death.code is None:
                raise
        return self._exchange(self._running(on_event, cancel), message, on_event, cancel)

    def _running(self, on_event: Listener, cancel: CancelToken) -> Child:
        """The child with its model loaded; loads again when it has gone."""
        if self._options is None:
            raise UserError(said("No model is loaded; choose one first."))
        if self._child is not None and not self._child.alive:
            how, code = self._child.how_it_ended()
            self._child = None
            on_event(Died(said("The model's process {how}; it is being started again.", how=how), code))
        if self._child is None:
            self._load(self._options, on_event, cancel)
        if self._child is None:
            raise Cancelled
        return self._child

    def _load(self, options: LoadOptions, on_event: Listener, cancel: CancelToken) -> ModelInfo:
        missing = missing_reason() if self._python == sys.executable else ""
        if missing:
            raise UserError(missing)
        started = time.monotonic()
        header, files = read_model(options.path)
        on_event(Loading(0.0, said("starting")))
        digest = Digest(files, self._cache)
        try:
            return self._climb_down(options, header, files, digest, started, on_event, cancel)
        except BaseException:
            digest.stop()
            self._give_up()
            raise

    def _climb_down(
        self,
        options: LoadOptions,
        header: Header,
        files: tuple[Path, ...],
        digest: Digest,
        started: float,
        on_event: Listener,
        cancel: CancelToken,
    ) -> ModelInfo:
        """Try to load, then with plainer settings until one is proved."""
        hello = self._start(cancel)
        devices = hardware.from_hello(hello)
        gpus = tuple(device for device in devices if device.gpu)
        where = (hardware.machine(), hardware.build_name(hello), fingerprint(files))
        calibrated = calibration.kept(self._cache, *where)
        options = calibrated_options(options, calibrated)
        asked = load_settings(options, header, gpus)
        if not asked.gpu_layers:
            check_memory(options, header)
        key = "|".join(
            [*where, *(f"{name}={value}" for name, value in asdict(asked).items())]
            + [str(options.context_tokens)]
        )
        settings = fallback.from_json(self._cache.get("load", key)) or fallback.fitting(asked)
        died = False
        while True:
            try:
                facts = self._try(options, settings, on_event, cancel)
                break
            except DeathError as death:
                died, following = True, fallback.after_death(settings, asked)
                if following is None:
                    raise hopeless(options.path, hello["version"], death) from None
            except RefusedError as refusal:
                following = None
                if refusal.kind == "memory":
                    following = fallback.after_shortage(settings)
                elif refusal.kind == "context":
                    died, following = True, fallback.after_refusal(settings)
                elif refusal.kind in ("proof", "decode"):
                    died, following = True, fallback.after_death(settings, asked)
                if following is None:
                    raise load_error(options, refusal) from None
            settings = following
            off = joined(fallback.words(settings, asked))
            on_event(Loading(0.0, said("trying again: {off}", off=off)))
            self._give_up()
            self._start(cancel)
        if died:
            self._cache.put("load", key, fallback.to_json(settings))
        on_event(Loading(1.0, said("hashing the file")))
        info = ModelInfo(
            path=options.path,
            name=facts["name"] or options.path.stem,
            sha256=digest.result(cancel),
            architecture=facts["architecture"],
            quantisation=header.quantisation,
            parameters=facts["parameters"],
            size=sum(file.stat().st_size for file in files),
            context_tokens=facts["context_tokens"],
            layers=facts["layers"],
            gpu_layers=settings.gpu_layers,
            backend=gpus[0].backend if gpus else "CPU",
            chat_template=facts["chat_template"],
            load_seconds=time.monotonic() - started,
            fallbacks=fallback.words(settings, asked),
        )
        self._info = info
        self._where, self._guesses = where, calibrated is None or calibrated.lookup
        self._state_parts = (
            hello["version"],
            facts["context_tokens"],
            settings.kv_type,
            settings.flash_attention,
            settings.gpu_layers,
        )
        on_event(Ready(info))
        return info

    def _start(self, cancel: CancelToken) -> dict[str, Any]:
        """Start a child and wait until it has imported llama.cpp."""
        if self._closing:
            raise Cancelled
        try:
            child = self._child = Child(self._python)
        except OSError as error:
            raise no_start(self._python, error) from error
        try:
            return self._wait(child, 0, _ignore, cancel, end_on_cancel=True)
        except RefusedError as refusal:
            raise import_error(refusal) from None
        except DeathError as death:
            raise early_death(death, child.log) from None

    def _try(
        self, options: LoadOptions, settings: LoadSettings, on_event: Listener, cancel: CancelToken
    ) -> dict[str, Any]:
        """One load with these settings; what the child says about the model."""
        child = self._child
        if child is None:
            raise Cancelled
        message = {
            "do": "load",
            "path": os.fsencode(options.path).decode("latin-1"),
            "context_tokens": options.context_tokens,
            "states": str(self._states),
            **asdict(settings),
        }
        answer = self._exchange(child, message, on_event, cancel, end_on_cancel=True)
        facts: dict[str, Any] = answer["facts"]
        return facts

    def _exchange(
        self,
        child: Child,
        message: dict[str, Any],
        on_event: Listener,
        cancel: CancelToken,
        *,
        end_on_cancel: bool = False,
    ) -> dict[str, Any]:
        self._number += 1
        message["id"] = self._number
        try:
            child.send(message)
        except protocol.ProtocolError as error:
            raise too_large(error) from error
        return self._wait(child, self._number, on_event, cancel, end_on_cancel=end_on_cancel)

    def _wait(
        self, child: Child, number: int, on_event: Listener, cancel: CancelToken, *, end_on_cancel: bool
    ) -> dict[str, Any]:
        """The answer to message `number`; a child that had to be ended for Stop is none of ours any more."""
        try:
            return wait(
                child,
                number,
                on_event,
                cancel,
                hang_seconds=self._hang_seconds,
                grace_seconds=self._grace_seconds,
                closing=lambda: self._closing,
                end_on_cancel=end_on_cancel,
            )
        except Cancelled:
            if not child.alive:
                self._give_up()
            raise

    def _report(self, death: DeathError, on_event: Listener, message: Said) -> UserError:
        """Give the child up, and tell the listener."""
        self._give_up()
        on_event(Died(message, death.code))
        return UserError(message)

    def _give_up(self, *, at_once: bool = False) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end(at_once=at_once)


def _ignore(_: Event) -> None:
    """No one listens."""
