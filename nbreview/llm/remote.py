"""The engine that asks a model on a server that speaks OpenAI's protocol: llama-server, Ollama, LM Studio,
vLLM or a service.

Imports the modules beside it; httpx and asyncio are imported late. What a server can do is found out when it
is loaded, by small questions that hold nothing of a notebook: whether it tells log-probabilities, keeps to a
grammar or to a JSON schema (some accept these and ignore them, so the answer is looked at), counts tokens
and names its context. What it lacks is named in `ModelInfo.fallbacks`, and so in the origin of every answer.
"""

import math
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.llm import verdicts
from nbreview.llm.endpoint import Endpoint, Key
from nbreview.llm.model import (
    Choices,
    Event,
    Loading,
    LoadOptions,
    ModelInfo,
    Prompting,
    Ready,
    Reply,
    Request,
    Token,
)
from nbreview.llm.remote_client import Answer, Client, Limits, RefusedError
from nbreview.llm.server_facts import ServedModel, ServerFacts, count_paths, find_facts, list_models
from nbreview.llm.streaming import ReplyText
from nbreview.llm.waiting import run_async
from nbreview.words import said

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
Listener = Callable[[Event], None]

VOTES = 5
"""How often a verdict is asked for where the server tells no log-probabilities."""

BYTES_PER_TOKEN = 2.5
"""For the estimate where the server does not count: code of the usual vocabularies takes three to four bytes
a token, numbers and names of one letter less; a prompt must not become longer than was reckoned."""

_VOTING_TEMPERATURE = 0.7
_VERDICT_TOKENS = 32
_MOST_STOPS = 4  # OpenAI's limit; more are cut off here
_COUNTED = 4096


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What is known of the model that is asked."""

    info: ModelInfo
    facts: ServerFacts


class RemoteEngine:
    """Implements `llm.model.Engine` over HTTP.

    Parameters
    ----------
    model:
        Its name on the server; empty: the only one that is there.
    votes:
        See `VOTES`.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        model: str,
        key: Key | None = None,
        *,
        limits: Limits | None = None,
        votes: int = VOTES,
    ) -> None:
        self._endpoint = endpoint
        self._model = model
        self._key = key or Key()
        self._limits = limits or Limits()
        self._votes = max(1, votes)
        self._lock = threading.Lock()
        self._under_way: CancelToken | None = None
        self._closing = False
        self._loaded: _Loaded | None = None
        self._tls: Any = None
        self._counter: httpx.Client | None = None
        self._counts: dict[str, int] = {}

    @property
    def endpoint(self) -> Endpoint:
        """The server that is asked."""
        return self._endpoint

    @property
    def info(self) -> ModelInfo | None:
        """The model that requests go to."""
        return self._loaded.info if self._loaded is not None else None

    def list_models(self, cancel: CancelToken) -> tuple[ServedModel, ...] | None:
        """The models that the server lists; None where it has no list. Loads none of them.

        Raises
        ------
        UserError
            It cannot be reached, or wants a key.
        Cancelled
            Stopped.
        """
        with self._lock:
            return self._run(
                lambda connection: list_models(self._client(), connection, self._endpoint), cancel
            )

    def load(self, options: LoadOptions, on_event: Listener, cancel: CancelToken) -> ModelInfo:
        """Find out what the server can do, and prove that it answers. Of `options`, only the context counts.

        Raises
        ------
        UserError
            The server cannot be reached, refuses, or has no such model.
        Cancelled
            Stopped.
        """
        with self._lock:
            self._closing = False
            self._give_up()
            started = time.monotonic()
            on_event(Loading(0.0, said("asking {host}", host=self._endpoint.host)))
            facts = self._run(
                lambda client: find_facts(
                    self._client(),
                    client,
                    self._endpoint,
                    self._model,
                    lambda done, what: on_event(Loading(done, what)),
                ),
                cancel,
            )
            info = self._describe(facts, options.context_tokens, time.monotonic() - started)
            self._loaded = _Loaded(info, facts)
            on_event(Ready(info))
            return info

    def ask(self, request: Request, on_event: Listener, cancel: CancelToken) -> Reply:
        """Answer one request. With choices and no log-probabilities it is asked `votes` times.

        Raises
        ------
        UserError
            The server refused, broke off or took too long.
        Cancelled
            Stopped, or the engine was closed; the connection is closed.
        """
        with self._lock:
            loaded = self._loaded
            if loaded is None:
                raise UserError(said("No model is loaded; choose one first."))
            started = time.monotonic()
            on_event(Prompting(0, max(1, self._estimate(_words(request)))))
            if request.choices is None:
                answer, text = self._answer(loaded, request, on_event, cancel)
                return self._reply(request, [answer], text.text, started)
            return self._ask_verdict(loaded, request, request.choices, on_event, cancel, started)

    def count_tokens(self, text: str) -> int:
        """How many tokens a text is: by the server where it counts, else an estimate by `BYTES_PER_TOKEN`.

        Raises
        ------
        UserError
            The server counted when it was loaded and does no longer.
        """
        with self._lock:
            return self._counted(text)

    def close(self) -> None:
        """Forget the model; from any thread. A request under way ends as cancelled."""
        self._closing = True
        while not self._lock.acquire(timeout=0.02):
            under_way = self._under_way
            if under_way is not None:
                under_way.cancel()
        try:
            self._give_up()
        finally:
            self._lock.release()

    def _ask_verdict(
        self,
        loaded: _Loaded,
        request: Request,
        choices: Choices,
        on_event: Listener,
        cancel: CancelToken,
        started: float,
    ) -> Reply:
        answer, text = self._answer(loaded, request, on_event, cancel)
        answers, first = [answer], verdicts.find_verdict(text.text, choices)
        if first is None:
            return self._reply(request, answers, text.text, started)
        shares = verdicts.weigh(answer.written, choices) if loaded.facts.logprobs else ()
        if shares:
            how = said("log-probabilities of {host}", host=self._endpoint.host)
            return self._reply(request, answers, first.before, started, shares, how)
        found = [first]
        for vote in range(1, self._votes):
            sampling = request.sampling
            voting = replace(
                sampling,
                temperature=max(sampling.temperature, _VOTING_TEMPERATURE),
                seed=sampling.seed + vote,
            )
            on_event(
                Loading(vote / self._votes, said("vote {vote} of {votes}", vote=vote + 1, votes=self._votes))
            )
            answer, text = self._answer(loaded, replace(request, sampling=voting), _ignore, cancel)
            answers.append(answer)
            verdict = verdicts.find_verdict(text.text, choices)
            if verdict is not None:
                found.append(verdict)
        shares = verdicts.votes_shares([verdict.option for verdict in found], len(choices.options))
        likely = shares.index(max(shares))
        # The reasoning that is shown is one that led to the verdict.
        shown = next((verdict for verdict in found if verdict.option == likely), first)
        return self._reply(
            request, answers, shown.before, started, shares, said("{count} votes", count=len(found))
        )

    def _answer(
        self, loaded: _Loaded, request: Request, on_event: Listener, cancel: CancelToken
    ) -> tuple[Answer, ReplyText]:
        text = ReplyText(request.stop)

        def show(piece: str) -> bool:
            shown = text.add(piece.encode("utf-8", "surrogatepass"))
            if shown:
                on_event(Token(shown))
            return text.stopped

        body = self._body(loaded, request)
        answer = self._run(lambda client: self._client().chat(client, body, show), cancel)
        if shown := text.finish():
            on_event(Token(shown))
        return answer, text

    def _body(self, loaded: _Loaded, request: Request) -> dict[str, Any]:
        """The request in OpenAI's words, with what this server understands besides."""
        sampling, facts, choices = request.sampling, loaded.facts, request.choices
        body: dict[str, Any] = {
            "model": facts.model,
            "messages": [{"role": each.role, "content": each.content} for each in request.messages],
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "seed": sampling.seed,
            "max_tokens": sampling.max_tokens + (_VERDICT_TOKENS if choices is not None else 0),
            "stream": True,
            **facts.streaming,
        }
        if request.stop:
            body["stop"] = list(request.stop[:_MOST_STOPS])
        if request.grammar and facts.grammar:
            body["grammar"] = (
                request.grammar if choices is None else verdicts.with_choice(request.grammar, choices)
            )
        elif request.schema and facts.schema is not None:
            body["response_format"] = facts.schema(orjson.loads(request.schema))
        if choices is not None and facts.logprobs:
            body |= {"logprobs": True, "top_logprobs": facts.logprobs}
        return body

    def _reply(
        self,
        request: Request,
        answers: list[Answer],
        text: str,
        started: float,
        shares: tuple[float, ...] = (),
        how: str = "",
    ) -> Reply:
        ended = time.monotonic()
        prompt = sum(answer.prompt_tokens for answer in answers)
        if not prompt:  # the server does not tell; the template around the messages is not in this
            prompt = len(answers) * self._counted(_words(request))
        return Reply(
            text=text,
            finish=answers[0].finish,
            prompt_tokens=prompt,
            evaluated_tokens=max(0, prompt - sum(answer.cached_tokens for answer in answers)),
            reply_tokens=sum(answer.reply_tokens or len(answer.pieces) for answer in answers),
            first_token_seconds=(answers[0].first_token or ended) - started,
            total_seconds=ended - started,
            probabilities=shares,
            weighed=how,
        )

    def _describe(self, facts: ServerFacts, wanted: int, seconds: float) -> ModelInfo:
        context = min(wanted, facts.context_tokens) if facts.context_tokens else wanted
        lacks = []
        if not facts.context_tokens:
            lacks.append(
                said(
                    "a context of {tokens} tokens is assumed: the server does not tell its own", tokens=wanted
                )
            )
        if not facts.count_path:
            lacks.append(
                said(
                    "tokens are estimated ({bytes} bytes each): the server does not count them",
                    bytes=f"{BYTES_PER_TOKEN:g}",
                )
            )
        if not facts.logprobs:
            lacks.append(
                said("verdicts are {votes} votes: the server tells no log-probabilities", votes=self._votes)
            )
        if not facts.grammar and facts.schema is None:
            lacks.append(said("the form of verdicts is asked for and not enforced"))
        if not self._endpoint.secure and not self._endpoint.loopback:
            lacks.append(said("what is sent is not encrypted (http)"))
        name = Path(facts.model).name if facts.model.endswith(".gguf") else facts.model
        return ModelInfo(
            path=Path(self._endpoint.host) / name,
            name=name,
            sha256="",
            architecture="",
            quantisation="",
            parameters=facts.parameters,
            size=facts.size,
            context_tokens=context,
            layers=0,
            gpu_layers=0,
            backend=f"remote: {self._endpoint.host}",
            chat_template="server",
            load_seconds=seconds,
            fallbacks=tuple(lacks),
        )

    def _client(self) -> Client:
        return Client(self._endpoint, self._key, self._limits, self._trusted())

    def _trusted(self) -> Any:
        """The certificates trusted, read once; for a server without encryption none, which takes no time."""
        if self._tls is None:
            import ssl

            import httpx

            secure = self._endpoint.secure
            self._tls = httpx.create_ssl_context() if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return self._tls

    def _run(self, work: "Callable[[httpx.AsyncClient], Coroutine[Any, Any, T]]", cancel: CancelToken) -> T:
        """One piece of work with a client of its own, which ends when `cancel` is raised or on `close`."""
        import httpx

        under_way = CancelToken()
        cancel.on_cancel(under_way.cancel)
        self._under_way = under_way
        if self._closing:
            raise Cancelled
        client = self._client()

        async def run() -> T:
            async with httpx.AsyncClient(**client.settings()) as connection:
                return await work(connection)

        try:
            return run_async(run, under_way)
        except RefusedError as refusal:
            raise UserError(refusal.sentence) from None
        finally:
            self._under_way = None

    def _counted(self, text: str) -> int:
        path = self._loaded.facts.count_path if self._loaded is not None else ""
        if not path:
            return self._estimate(text)
        if text not in self._counts:
            while len(self._counts) >= _COUNTED:
                del self._counts[next(iter(self._counts))]
            self._counts[text] = self._count(path, text)
        return self._counts[text]

    def _count(self, path: str, text: str) -> int:
        import httpx

        if self._counter is None:
            settings = self._client().settings()
            settings |= {
                "timeout": httpx.Timeout(30.0, connect=self._limits.connect),
                # Counts are many and short. A connection that was closed in between is made again, once.
                "limits": httpx.Limits(max_keepalive_connections=1),
            }
            self._counter = httpx.Client(**settings)
        body, read = count_paths(self._loaded.facts.model if self._loaded is not None else "")[path]
        host = self._endpoint.host
        count = None
        for _ in range(2):
            try:
                response = self._counter.post(f"{self._endpoint.root}{path}", json=body(text))
                count = read(orjson.loads(response.content)) if response.status_code == 200 else None
                break
            except ValueError:
                break
            except httpx.TransportError:
                continue
        if count is None:
            raise UserError(
                said(
                    "{host} has stopped counting tokens; check the server and load the model again.",
                    host=host,
                )
            )
        return count

    def _estimate(self, text: str) -> int:
        return math.ceil(len(text.encode("utf-8", "surrogatepass")) / BYTES_PER_TOKEN)

    def _give_up(self) -> None:
        self._loaded = None
        self._counts.clear()
        if self._counter is not None:
            self._counter.close()
            self._counter = None


def _words(request: Request) -> str:
    return "\n".join(message.content for message in request.messages)


def _ignore(_: Event) -> None:
    """No one listens."""
