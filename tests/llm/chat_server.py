"""A server on loopback that speaks OpenAI's chat completions, as well or as badly as the test says."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from nbreview.llm.server_facts import _TRIAL as TRIAL

Script = Callable[["ChatHandler"], None]
"""How one question is answered."""


@dataclass
class ChatServer:
    """What the server can do, what it answers (`scripts`, used up one a question that is no trial; then
    `words`), and what was asked."""

    models: list[dict[str, Any]] = field(default_factory=lambda: [{"id": "small"}])
    words: tuple[str, ...] = ("import", " pandas")
    logprobs: bool = False
    grammar: bool = False
    schema: str = ""
    counts: bool = True
    context: int = 4096
    key: str = ""
    scripts: list[Script] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    trials: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0
    began: threading.Event = field(default_factory=threading.Event)
    hung_up: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


class ChatHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    chat: ChatServer
    body: dict[str, Any]

    def log_message(self, *_: Any) -> None: ...

    def do_GET(self) -> None:
        if not self._admitted():
            return
        if self.path == "/v1/models":
            self.answer(200, {"data": self.chat.models})
        elif self.path == "/props" and self.chat.context:
            self.answer(200, {"default_generation_settings": {"n_ctx": self.chat.context}})
        else:
            self.answer(404, {"error": {"message": "not here"}})

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._admitted():
            return
        if self.path == "/tokenize" and self.chat.counts:
            self.answer(200, {"tokens": list(range(len(self.body["content"].split())))})
        elif self.path != "/v1/chat/completions":
            self.answer(404, {"error": {"message": "not here"}})
        elif self.body["messages"][-1]["content"] == TRIAL:
            self.chat.trials.append(self.body)
            self._trial()
        else:
            self.chat.asked.append(self.body)
            script = self.chat.scripts.pop(0) if self.chat.scripts else say(self.chat.words)
            script(self)

    def _admitted(self) -> bool:
        self.chat.paths.append(self.path)
        self.chat.keys.append(self.headers.get("Authorization", ""))
        if self.chat.key and self.chat.keys[-1] != f"Bearer {self.chat.key}":
            self.answer(401, {"error": {"message": f"wrong key: {self.chat.keys[-1]}"}})
            return False
        return True

    def _trial(self) -> None:
        """What a server of these abilities makes of the engine's trials."""
        form = self.body.get("response_format", {}).get("type", "")
        if self.body.get("logprobs") and not self.chat.logprobs:
            self.answer(500, {"error": {"message": "no log-probabilities here"}})
        elif "grammar" in self.body and self.chat.grammar:
            say(["nb7"])(self)
        elif form and form == self.chat.schema:
            say(['{"nb7"', ": 7}"])(self)
        elif form and self.chat.schema:
            self.answer(400, {"error": "unknown format"})
        else:
            say(["yes"])(self)

    def answer(self, status: int, value: Any, **headers: str) -> None:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), text)
        if "Content_Type" not in headers:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def begin(self) -> None:
        """The head of a stream that ends with its connection."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def event(self, value: Any) -> None:
        data = value if isinstance(value, bytes) else f"data: {json.dumps(value)}\n\n".encode()
        self.wfile.write(data)
        self.wfile.flush()

    def chunk(self, text: str, alternatives: dict[str, float] | None = None) -> None:
        choice: dict[str, Any] = {"index": 0, "delta": {"content": text}, "finish_reason": None}
        if alternatives is not None:
            top = [{"token": token, "logprob": value} for token, value in alternatives.items()]
            row = {"token": text, "logprob": alternatives.get(text, -0.1), "top_logprobs": top}
            choice["logprobs"] = {"content": [row]}
        self.event({"choices": [choice]})

    def close(self, reason: str = "stop", tokens: int = 0) -> None:
        self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
        if tokens:
            details = {"cached_tokens": 3}
            usage = {"prompt_tokens": 11, "completion_tokens": tokens, "prompt_tokens_details": details}
            self.event({"choices": [], "usage": usage})
        self.event(b"data: [DONE]\n\n")

    def wait_for_hanging_up(self) -> None:
        """Until the other side closes its connection, or the test ends."""
        self.connection.settimeout(0.05)
        while not self.chat.released.is_set():
            try:
                if not self.connection.recv(1):
                    self.chat.hung_up.set()
                    return
            except TimeoutError:
                continue
            except OSError:
                self.chat.hung_up.set()
                return


def say(words: Iterable[str], reason: str = "stop") -> Script:
    """Some words, streamed."""

    def script(handler: ChatHandler) -> None:
        said = list(words)
        handler.begin()
        for word in said:
            more = {word: -0.2, "other": -2.0} if handler.body.get("logprobs") else None
            handler.chunk(word, more)
        handler.close(reason, len(said))

    return script


def written(tokens: Iterable[tuple[str, dict[str, float]]]) -> Script:
    """Tokens with what could have stood in their place."""

    def script(handler: ChatHandler) -> None:
        handler.begin()
        for text, alternatives in tokens:
            handler.chunk(text, alternatives)
        handler.close()

    return script


def refuse(status: int, message: str = "", **headers: str) -> Script:
    return lambda handler: handler.answer(status, {"error": {"message": message}}, **headers)


def raw(data: bytes) -> Script:
    """These bytes as the body of a stream."""

    def script(handler: ChatHandler) -> None:
        handler.begin()
        handler.event(data)

    return script


def reset(handler: ChatHandler) -> None:
    """The connection is reset before anything is answered."""
    handler.close_connection = True
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.shutdown(socket.SHUT_RD)
    handler.connection.close()


def silent(after: Iterable[str] = ()) -> Script:
    """Some words, then nothing until the other side hangs up. Without words not even a head comes."""

    def script(handler: ChatHandler) -> None:
        words = list(after)
        handler.close_connection = True
        if words:
            handler.begin()
        for word in words:
            handler.chunk(word)
        handler.chat.began.set()
        handler.wait_for_hanging_up()

    return script


def endless(handler: ChatHandler) -> None:
    """Words without end."""
    handler.begin()
    try:
        while not handler.chat.released.is_set():
            handler.chunk("more ")
    except OSError:
        handler.chat.hung_up.set()


@contextmanager
def serve(**abilities: Any) -> Iterator[ChatServer]:
    """The server, while the test runs."""
    chat = ChatServer(**abilities)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (ChatHandler,), {"chat": chat}))
    server.daemon_threads = True
    chat.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        chat.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
