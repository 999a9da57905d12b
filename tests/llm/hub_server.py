"""A server on loopback that speaks the hub's protocol: HEAD with the linked hash, redirects to another host
for large files, ranges, listings; and fails as the test says."""

import functools
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Asked:
    """One request as it came in."""

    method: str
    path: str
    host: str
    range: str
    authorization: str


Fault = Callable[["Handler", bytes, int], bool]
"""What a GET of content does instead; True when it has answered."""


@dataclass
class HubServer:
    """The files of repositories ("owner/name/file" -> content), and what was asked.

    `faults` are used up, one a GET of content; `heads` likewise, a status (and error code) a HEAD.
    """

    files: dict[str, bytes]
    faults: list[Fault] = field(default_factory=list)
    heads: list[tuple[int, str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    announced_size: int | None = None
    port: int = 0
    sending: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ranges(self) -> list[str]:
        """The ranges that were asked of the host of large files."""
        return [each.range for each in self.asked if each.path.startswith("/lfs/")]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    hub: HubServer

    def log_message(self, *_: Any) -> None: ...

    def do_HEAD(self) -> None:
        self._note()
        if self.hub.heads:
            status, code = self.hub.heads.pop(0)
            self.answer(status, {"X-Error-Code": code} if code else {})
            return
        self._resolve()

    def do_GET(self) -> None:
        self._note()
        path = urlsplit(self.path).path
        if path.startswith("/api/models/"):
            owner_name = "/".join(path.split("/")[3:5])
            names = [name for name in self.hub.files if name.startswith(f"{owner_name}/")]
            rows = [
                {"type": "file", "path": name.split("/", 2)[2], "size": 1, "oid": "0" * 40} for name in names
            ]
            self.answer(200, {"Content-Type": "application/json"}, json.dumps(rows).encode())
        elif path.startswith("/lfs/"):
            self._content(path.removeprefix("/lfs/"))
        else:
            self._resolve()

    def _note(self) -> None:
        get = self.headers.get
        self.hub.asked.append(
            Asked(self.command, self.path, get("Host", ""), get("Range", ""), get("Authorization", ""))
        )

    def _resolve(self) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/", 4)
        if len(parts) < 5:  # huggingface_hub looks for more of the hub at times
            self.answer(404, {})
            return
        owner, name, _, revision, file = parts
        content = self.hub.files.get(f"{owner}/{name}/{file}")
        if not any(known.startswith(f"{owner}/{name}/") for known in self.hub.files):
            self.answer(401, {"X-Error-Code": "RepoNotFound"})
        elif revision not in ("main", COMMIT):
            self.answer(404, {"X-Error-Code": "RevisionNotFound"})
        elif content is None:
            self.answer(404, {"X-Error-Code": "EntryNotFound"})
        else:
            digest = digest_of(content)
            size = len(content) if self.hub.announced_size is None else self.hub.announced_size
            self.answer(
                302,
                {
                    "X-Repo-Commit": COMMIT,
                    "X-Linked-Etag": f'"{digest}"',
                    "X-Linked-Size": str(size),
                    "Location": f"http://localhost:{self.hub.port}/lfs/{digest}",
                },
            )

    def _content(self, digest: str) -> None:
        contents = {digest_of(each): each for each in self.hub.files.values()}
        content = contents[digest]
        begin = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        if self.hub.faults and self.hub.faults.pop(0)(self, content, begin):
            return
        self.send(content, begin)

    def send(self, content: bytes, begin: int) -> None:
        """Content from a place on."""
        if begin:
            total = len(content)
            self.answer(206, {"Content-Range": f"bytes {begin}-{total - 1}/{total}"}, content[begin:])
        else:
            self.answer(200, {}, content)

    def answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def begin(self, status: int, length: int, headers: dict[str, str] | None = None) -> None:
        """A head that promises `length` bytes."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()


@functools.lru_cache(maxsize=64)
def digest_of(content: bytes) -> str:
    """The SHA-256 of a file, reckoned once."""
    return hashlib.sha256(content).hexdigest()


def cut(after: int) -> Fault:
    """The connection ends after so many bytes."""

    def fault(handler: Handler, content: bytes, begin: int) -> bool:
        rest = content[begin:]
        total = len(content)
        handler.begin(
            206 if begin else 200, len(rest), {"Content-Range": f"bytes {begin}-{total - 1}/{total}"}
        )
        handler.wfile.write(rest[:after])
        handler.wfile.flush()
        handler.close_connection = True
        return True

    return fault


def hang(after: int) -> Fault:
    """So many bytes come, then nothing until the test releases the server."""

    def fault(handler: Handler, content: bytes, begin: int) -> bool:
        handler.begin(200, len(content))
        handler.wfile.write(content[:after])
        handler.wfile.flush()
        handler.hub.sending.set()
        handler.hub.released.wait(30)
        handler.close_connection = True
        return True

    return fault


def status(code: int, **headers: str) -> Fault:
    """An answer without content."""

    def fault(handler: Handler, content: bytes, begin: int) -> bool:
        handler.answer(code, {name.replace("_", "-"): value for name, value in headers.items()})
        return True

    return fault


def whole(handler: Handler, content: bytes, begin: int) -> bool:
    """The range is ignored."""
    handler.answer(200, {}, content)
    return True


def altered(handler: Handler, content: bytes, begin: int) -> bool:
    """Another content of the same length."""
    handler.send(bytes(byte ^ 1 for byte in content), begin)
    return True


def longer(handler: Handler, content: bytes, begin: int) -> bool:
    handler.send(content + b"more", begin)
    return True


@contextmanager
def serve(files: dict[str, bytes]) -> Iterator[HubServer]:
    """The server, while the test runs."""
    hub = HubServer(files)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"hub": hub}))
    server.daemon_threads = True
    hub.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
