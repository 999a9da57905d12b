"""One question to an OpenAI-compatible server and its streamed answer: attempts, time limits, refusals in
plain sentences.

httpx is imported late. Redirects are not followed, so that neither key nor notebook goes to another host;
certificates are verified; proxies come from the environment as httpx takes them, but never for a server on
this machine. Retried is only what failed before the first token.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

import orjson

from nbreview import __version__
from nbreview.errors import UserError
from nbreview.llm.endpoint import Endpoint, Key
from nbreview.llm.server_words import (
    BUSY,
    SHOWN,
    exceeds_context,
    no_answer,
    own_words,
    refused,
    unreachable,
    wrong_key,
)
from nbreview.llm.sse import MAX_EVENT_BYTES, EventStream
from nbreview.llm.verdicts import Written
from nbreview.words import Said, said

if TYPE_CHECKING:
    import httpx


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

    def __init__(self, sentence: Said, status: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class _TryAgain(Exception):
    """It failed before the first token, in a way that may pass."""

    def __init__(self, sentence: Said, wait: float = 0.0, status: int = 0) -> None:
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
            raise RefusedError(unreachable(self._endpoint.host, error, self._key), 0) from None
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
        raise RefusedError(wrong_key(self._endpoint.host, status, self._key), status)

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
                raise UserError(
                    said("{host} broke off in the middle of its answer; ask again.", host=host)
                ) from None
            raise _TryAgain(unreachable(self._endpoint.host, error, self._key)) from None
        except TimeoutError:
            between, first = self._limits.between, self._limits.first
            raise UserError(
                said(
                    "{host} has not gone on for {seconds} s; ask again, or ask a smaller or less busy model.",
                    host=host,
                    seconds=f"{between:g}",
                )
                if answer.pieces
                else said(
                    "{host} has not begun to answer for {seconds} s; ask again, or ask a smaller or less "
                    "busy model.",
                    host=host,
                    seconds=f"{first:g}",
                )
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
                    raise UserError(no_answer(self._endpoint.host, said("an answer without end")))
                continue
            try:
                events = stream.feed(piece)
            except ValueError as error:
                raise UserError(no_answer(self._endpoint.host, self._words(str(error))[:80])) from None
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
            raise UserError(
                said("{host} broke off in the middle of its answer; ask again.", host=self._endpoint.host)
            )
        sentence = said("{host} ended its answer before it began; ask again.", host=self._endpoint.host)
        raise _TryAgain(sentence, status=200)

    def _take(self, event: str, answer: Answer, on_text: Callable[[str], bool]) -> bool:
        """One event; True when nothing more is wanted."""
        try:
            value = orjson.loads(event)
            if not isinstance(value, dict):
                raise ValueError
        except ValueError:
            raise UserError(no_answer(self._endpoint.host, self._words(event)[:80])) from None
        if value.get("error"):
            words = self._words(event)
            if answer.pieces:
                raise UserError(
                    said(
                        "{host} broke off its answer ({words}); ask again.",
                        host=self._endpoint.host,
                        words=words,
                    )
                )
            self._raise(int(_number(value["error"], "code") or 500), words, 0.0)
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
        body = bytearray()
        async with asyncio.timeout(10):
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > 64 * 1024:
                    break
        if response.is_redirect:
            address = self._key.hide(response.headers.get("Location", ""))[:SHOWN]
            raise RefusedError(
                said(
                    "{host} sends on to another address, which is not followed; give that address if you "
                    "trust it: {address}.",
                    host=self._endpoint.host,
                    address=address,
                ),
                response.status_code,
            )
        after = response.headers.get("Retry-After", "")
        wait = float(after) if after.isdecimal() else 0.0
        self._raise(response.status_code, self._words(body.decode("utf-8", "replace")), wait)

    def _raise(self, status: int, words: str, wait: float) -> NoReturn:
        too_long = exceeds_context(words)
        if status in (401, 403) and not too_long:
            self.refuse_key(status)
        sentence = refused(self._endpoint, status, words)
        if not too_long and (status in BUSY or status >= 500):
            raise _TryAgain(sentence, wait, status)
        raise RefusedError(sentence, status)

    def _words(self, text: str) -> str:
        return own_words(text, self._key)


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
