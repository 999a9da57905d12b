"""One question to an OpenAI-compatible server and its streamed answer: attempts, time limits, refusals in
plain sentences.

httpx is imported late. Redirects are not followed, so that neither key nor notebook goes to another host;
certificates are verified; proxies come from the environment as httpx takes them, but never for a server on
this machine. Retried is only what failed before the first token.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

import orjson

from nbreview import __version__
from nbreview.errors import UserError
from nbreview.llm.endpoint import KEY_VARIABLE, Endpoint, Key
from nbreview.llm.sse import MAX_EVENT_BYTES, EventStream
from nbreview.llm.verdicts import Written

if TYPE_CHECKING:
    import httpx

_CONTEXT = re.compile(
    r"context.?(length|size|window)|maximum context|exceed\w* .{0,40}context|too many tokens", re.IGNORECASE
)
_BUSY = (408, 409, 425, 429)
_SHOWN = 240


@dataclass(frozen=True, slots=True)
class Limits:
    """Time limits, seconds: to connect, until the first token, between two; then how often and after which
    pause (doubled each time, up to `longest`) a request is sent again."""

    connect: float = 10.0
    first: float = 600.0
    between: float = 120.0
    retries: int = 4
    pause: float = 0.5
    longest: float = 20.0


@dataclass(slots=True)
class Answer:
    """An answer as it grows. Counts are the server's, 0 where it tells none; `cached` of the prompt's tokens
    it had evaluated before."""

    pieces: list[str] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    finish: str = ""
    prompt_tokens: int = 0
    cached_tokens: int = 0
    reply_tokens: int = 0
    first_token: float = 0.0

    @property
    def text(self) -> str:
        """What has been written so far."""
        return "".join(self.pieces)


class RefusedError(Exception):
    """The server answered with an error; `status` is HTTP's."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class _TryAgain(Exception):
    """It failed before the first token, in a way that may pass."""

    def __init__(self, sentence: str, wait: float = 0.0, status: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.wait = wait
        self.status = status


class Client:
    """Asks one server for one model.

    Parameters
    ----------
    tls:
        The certificates trusted; made once, as that takes a while.
    """

    def __init__(self, endpoint: Endpoint, key: Key, limits: Limits, tls: Any) -> None:
        self._endpoint = endpoint
        self._key = key
        self._limits = limits
        self._tls = tls

    def settings(self) -> dict[str, Any]:
        """What every httpx client here is made with. A connection serves one question: one that a server has
        closed in between would fail the next."""
        import httpx

        return {
            "limits": httpx.Limits(max_keepalive_connections=0),
            "headers": {"User-Agent": f"nbreview/{__version__}", **self._key.headers()},
            "timeout": httpx.Timeout(None, connect=self._limits.connect),
            "verify": self._tls,
            "trust_env": not self._endpoint.loopback,
            "follow_redirects": False,
        }

    async def get(self, client: "httpx.AsyncClient", url: str) -> tuple[int, Any]:
        """Status and JSON (None where there is none) of a short question; 0 where nothing answers.

        Raises
        ------
        RefusedError
            The server cannot be reached at all.
        """
        import httpx

        try:
            async with asyncio.timeout(max(self._limits.connect, 10.0)):
                response = await client.get(url)
        except httpx.TransportError as error:
            raise RefusedError(self._unreachable(error), 0) from None
        except TimeoutError:
            return 0, None
        try:
            return response.status_code, orjson.loads(response.content)
        except ValueError:
            return response.status_code, None

    async def chat(
        self,
        client: "httpx.AsyncClient",
        body: dict[str, Any],
        on_text: Callable[[str], bool],
        retries: int | None = None,
    ) -> Answer:
        """Ask and read the answer as it comes; again, after a pause, where it failed before the first token.

        Parameters
        ----------
        on_text:
            Takes each piece of text; True ends the answer there.

        Raises
        ------
        RefusedError
            The server refuses the question.
        UserError
            It broke off, sends no answer, or takes too long.
        """
        failed, limits = 0, self._limits
        while True:
            try:
                return await self._attempt(client, body, on_text)
            except _TryAgain as again:
                if failed >= (limits.retries if retries is None else retries):
                    raise RefusedError(again.sentence, again.status) from None
                wait = max(again.wait, limits.pause * 2**failed)
                failed += 1
                if again.status == 200:
                    # An empty stream: some servers can say what is wrong only where they do not stream.
                    body = {**body, "stream": False}
                    body.pop("stream_options", None)
                    wait = again.wait
                await asyncio.sleep(min(wait, limits.longest))

    def refuse_key(self, status: int) -> NoReturn:
        """Raise that the key is wrong or missing."""
        verb = "refuses the key" if self._key else "wants a key"
        raise RefusedError(
            f"{self._endpoint.host} {verb} ({status}); put the right one into {KEY_VARIABLE} or the keyring.",
            status,
        )

    async def _attempt(
        self, client: "httpx.AsyncClient", body: Mapping[str, Any], on_text: Callable[[str], bool]
    ) -> Answer:
        import httpx

        host, answer = self._endpoint.host, Answer()
        deadline = time.monotonic() + self._limits.first
        request = client.build_request("POST", f"{self._endpoint.url}/chat/completions", json=body)
        try:
            async with asyncio.timeout(self._limits.first):
                response = await client.send(request, stream=True)
            try:
                if response.status_code != 200:
                    await self._refuse(response)
                return await self._read(response, answer, body, on_text, deadline)
            finally:
                await response.aclose()
        except httpx.TransportError as error:
            if answer.pieces:
                raise UserError(f"{host} broke off in the middle of its answer; ask again.") from None
            raise _TryAgain(self._unreachable(error)) from None
        except TimeoutError:
            when = "gone on" if answer.pieces else "begun to answer"
            limit = self._limits.between if answer.pieces else self._limits.first
            raise UserError(
                f"{host} has not {when} for {limit:g} s; ask again, or ask a smaller or less busy model."
            ) from None

    async def _read(
        self,
        response: "httpx.Response",
        answer: Answer,
        body: Mapping[str, Any],
        on_text: Callable[[str], bool],
        deadline: float,
    ) -> Answer:
        """Take the events of an answer until it ends."""
        most = 4 * int(body["max_tokens"]) + 256
        stream = EventStream()
        streamed = "json" not in response.headers.get("Content-Type", "")
        whole: list[bytes] = []
        pieces = response.aiter_bytes()
        while (piece := await _next(pieces, deadline)) is not None:
            if not streamed:
                whole.append(piece)
                if sum(map(len, whole)) > MAX_EVENT_BYTES:
                    raise UserError(self._garbage("an answer without end"))
                continue
            try:
                events = stream.feed(piece)
            except ValueError as error:
                raise UserError(self._garbage(str(error))) from None
            for event in events:
                known = len(answer.pieces)
                if event.strip() == "[DONE]" or self._take(event, answer, on_text):
                    return self._ended(answer)
                if len(answer.pieces) > known:
                    deadline = time.monotonic() + self._limits.between
                if len(answer.pieces) > most:
                    answer.finish = "length"
                    return answer
        for event in [b"".join(whole).decode("utf-8", "replace")] if not streamed else stream.end():
            if event.strip() != "[DONE]":
                self._take(event, answer, on_text)
        return self._ended(answer)

    def _ended(self, answer: Answer) -> Answer:
        """An answer that is over; one that nobody ended has been cut off."""
        if answer.finish:
            return answer
        if answer.pieces:
            raise UserError(f"{self._endpoint.host} broke off in the middle of its answer; ask again.")
        raise _TryAgain(f"{self._endpoint.host} ended its answer before it began; ask again.", status=200)

    def _take(self, event: str, answer: Answer, on_text: Callable[[str], bool]) -> bool:
        """One event; True when nothing more is wanted."""
        try:
            value = orjson.loads(event)
            if not isinstance(value, dict):
                raise ValueError
        except ValueError:
            raise UserError(self._garbage(event)) from None
        if value.get("error"):
            said = self._said(event)
            if answer.pieces:
                raise UserError(f"{self._endpoint.host} broke off its answer ({said}); ask again.")
            self._raise(int(_number(value["error"], "code") or 500), said, 0.0)
        usage = value.get("usage")
        if isinstance(usage, dict):
            answer.prompt_tokens = _number(usage, "prompt_tokens")
            answer.reply_tokens = _number(usage, "completion_tokens")
            answer.cached_tokens = _number(usage.get("prompt_tokens_details"), "cached_tokens")
        choices = value.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, dict):
            return False
        message = choice.get("delta") or choice.get("message")
        text = message.get("content") if isinstance(message, dict) else None
        answer.written += _written(choice.get("logprobs"))
        if isinstance(choice.get("finish_reason"), str):
            answer.finish = "length" if choice["finish_reason"] == "length" else "stop"
        if isinstance(text, str) and text:
            answer.first_token = answer.first_token or time.monotonic()
            answer.pieces.append(text)
            if on_text(text):
                answer.finish = "stop"
                return True
        return False

    async def _refuse(self, response: "httpx.Response") -> NoReturn:
        """Raise what a status other than 200 means."""
        said = bytearray()
        async with asyncio.timeout(10):
            async for piece in response.aiter_bytes():
                said += piece
                if len(said) > 64 * 1024:
                    break
        if response.is_redirect:
            raise RefusedError(
                f"{self._endpoint.host} sends on to another address, which is not followed; give that "
                f"address if you trust it: {self._key.hide(response.headers.get('Location', ''))[:_SHOWN]}.",
                response.status_code,
            )
        after = response.headers.get("Retry-After", "")
        wait = float(after) if after.isdecimal() else 0.0
        self._raise(response.status_code, self._said(said.decode("utf-8", "replace")), wait)

    def _raise(self, status: int, said: str, wait: float) -> NoReturn:
        host = self._endpoint.host
        because = f" ({said})" if said else ""
        if _CONTEXT.search(said):
            raise RefusedError(
                f"The prompt is too long for the model at {host}{because}; ask about less, or give the "
                "server a larger context.",
                status,
            )
        if status in (401, 403):
            self.refuse_key(status)
        if status == 404:
            raise RefusedError(
                f"{host} knows no such model or address (404){because}; see what it has with "
                f"nbreview models endpoint {self._endpoint.url}.",
                status,
            )
        if status in _BUSY or status >= 500:
            what = "is busy" if status in _BUSY else "failed"
            raise _TryAgain(f"{host} {what} ({status}){because}; ask again later.", wait, status)
        raise RefusedError(f"{host} refuses the question ({status}){because}; choose another model.", status)

    def _said(self, text: str) -> str:
        """The server's own words, shortened and without the key."""
        try:
            value = orjson.loads(text)
        except ValueError:
            value = text
        for key in ("error", "message", "detail"):
            if isinstance(value, dict) and value.get(key):
                value = value[key]
        words = value if isinstance(value, str) else orjson.dumps(value).decode()
        plain = "".join(sign if sign.isprintable() else " " for sign in self._key.hide(words))
        return " ".join(plain.split())[:_SHOWN].rstrip(". ")

    def _garbage(self, event: str) -> str:
        return (
            f"{self._endpoint.host} sent something that is no answer of a model ({self._said(event)[:80]}); "
            "check that the address is that of an OpenAI-compatible server, as a rule with /v1."
        )

    def _unreachable(self, error: Exception) -> str:
        host, kinds = self._endpoint.host, {kind.__name__ for kind in type(error).__mro__}
        reason = self._key.hide(" ".join(str(error).split()))[:_SHOWN].rstrip(".") or type(error).__name__
        if "CERTIFICATE_VERIFY_FAILED" in reason:
            return (
                f"The certificate of {host} is not trusted; set SSL_CERT_FILE to the one your site gives out."
            )
        if "ProxyError" in kinds:
            return f"The proxy refuses to connect to {host} ({reason}); check HTTPS_PROXY and NO_PROXY."
        if kinds & {"ConnectError", "ConnectTimeout"}:
            return f"{host} cannot be reached ({reason}); start the server there or check the address."
        return f"The connection to {host} broke ({reason}); ask again."


async def _next(pieces: AsyncIterator[bytes], deadline: float) -> bytes | None:
    """The next bytes, None at the end; TimeoutError at the deadline."""
    async with asyncio.timeout(max(0.001, deadline - time.monotonic())):
        return await anext(pieces, None)


def _written(logprobs: Any) -> list[Written]:
    """The tokens in a chunk that tells log-probabilities."""
    rows = logprobs.get("content") if isinstance(logprobs, dict) else None
    found = []
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or not isinstance(row.get("token"), str):
            continue
        top = row.get("top_logprobs")
        alternatives = {
            each["token"]: float(each["logprob"])
            for each in [*(top if isinstance(top, list) else []), row]
            if isinstance(each, dict)
            and isinstance(each.get("token"), str)
            and isinstance(each.get("logprob"), int | float)
        }
        found.append(Written(row["token"], alternatives))
    return found


def _number(value: Any, key: str) -> int:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, int) else 0
