"""The wire to one kernel: five ZeroMQ channels served by one thread. It knows messages, not what they mean.

Imports `connection` and below; `zmq` and `jupyter_client` only when a wire is opened. Nothing blocks on the
kernel: sending is queued, and a flood on one channel holds up neither the others nor Stop. The protocol is
documented under "Messaging in Jupyter" in jupyter_client's documentation.
"""

import contextlib
import queue
import socket
import threading
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from nbreview.kernel.connection import Connection, connected

_LARGEST_MESSAGE = 64 << 20
_LARGEST_REPLY = 256 << 20
_CHANNELS = ("control", "shell", "stdin", "iopub")
_BATCH = 64
_BATCH_SECONDS = 0.05
_TICK_SECONDS = 0.1
_BEAT_SECONDS = 1.0
_CLOSE_SECONDS = 2.0
_LINGER_MILLISECONDS = 200


class Listener(Protocol):
    """Whom a wire tells, in its own thread."""

    def wants(self, channel: str, message_type: str, parent: Mapping[str, Any], size: int) -> bool:
        """Whether the content of this message, of `size` bytes, is worth parsing."""

    def received(
        self,
        channel: str,
        message_type: str,
        parent: Mapping[str, Any],
        content: Mapping[str, Any],
        size: int,
    ) -> None:
        """A message came. Its content is empty when it was not wanted."""

    def tick(self, silent_seconds: float) -> None:
        """Ten times a second. `silent_seconds`: since the heartbeat was answered last."""

    def lost(self, channel: str) -> None:
        """The connection of this channel broke, and with it what was on its way; it is being made again."""

    def closed(self) -> None:
        """The wire serves no more; nothing follows."""


class Wire:
    """The channels of one kernel, open from `start` to `close`.

    Parameters
    ----------
    connection:
        Where the kernel listens.
    listener:
        Whom to tell.

    `session_id` is in the header of all that is sent, and in the parent header of what comes of it.
    """

    def __init__(self, connection: Connection, listener: Listener) -> None:
        self._connection = connection
        self._listener = listener
        self.session_id = uuid.uuid4().hex
        self._outbox: queue.SimpleQueue[tuple[str, dict[str, Any]]] = queue.SimpleQueue()
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        self._closing = threading.Event()
        self._thread = threading.Thread(
            target=self._serve, daemon=True, name=f"kernel wire {connection.file.stem[-12:]}"
        )

    def start(self) -> None:
        """Open the channels and begin to listen."""
        self._thread.start()

    def send(
        self,
        channel: str,
        message_type: str,
        content: Mapping[str, Any],
        subshell: str = "",
        parent: Mapping[str, Any] | None = None,
    ) -> str:
        """Queue a request and return its number; from any thread."""
        message = self.message(message_type, content, subshell, parent)
        self.post(channel, message)
        return str(message["header"]["msg_id"])

    def message(
        self,
        message_type: str,
        content: Mapping[str, Any],
        subshell: str = "",
        parent: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """A message with its number, not sent yet: its sender can wait for replies before they come."""
        header: dict[str, Any] = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": message_type,
            "username": "nbreview",
            "session": self.session_id,
            "date": datetime.now(UTC),
            "version": "5.4",
        }
        if subshell:
            header["subshell_id"] = subshell
        return {
            "header": header,
            "msg_id": header["msg_id"],
            "msg_type": message_type,
            "parent_header": dict(parent or {}),
            "content": dict(content),
            "metadata": {},
        }

    def post(self, channel: str, message: dict[str, Any]) -> None:
        """Queue a message for a channel; from any thread."""
        self._outbox.put((channel, message))
        self._wake()

    def close(self) -> None:
        """Close the channels; from any thread, and twice if need be."""
        self._closing.set()
        self._wake()
        if threading.current_thread() is not self._thread:
            self._thread.join(_CLOSE_SECONDS)

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full: a wake is on its way; closed: nobody is there to wake
            self._wake_out.send(b"\0")

    def _serve(self) -> None:
        import zmq
        from jupyter_client.session import Session

        context = zmq.Context()
        sockets: dict[str, Any] = {}
        try:
            signer = Session(
                key=self._connection.key,
                signature_scheme=self._connection.signature_scheme,
                session=self.session_id,
                username="nbreview",
            )
            sockets.update({channel: self._open(context, channel) for channel in _CHANNELS})
            beat = connected(context, zmq.DEALER, self._connection, "hb")
            self._loop(zmq, context, signer, sockets, beat)
        finally:
            for opened in sockets.values():
                _close(opened, _LINGER_MILLISECONDS)
            context.destroy(linger=_LINGER_MILLISECONDS)
            self._wake_in.close()
            self._wake_out.close()
            self._listener.closed()

    def _open(self, context: Any, channel: str) -> Any:
        import zmq

        kind = zmq.SUB if channel == "iopub" else zmq.DEALER
        options: dict[int, Any] = {
            # A message above the bound ends the connection before it is taken into memory, and ZeroMQ does
            # not make it again by itself; see `_reopen`.
            zmq.MAXMSGSIZE: _LARGEST_MESSAGE if channel == "iopub" else _LARGEST_REPLY,
            # A kernel that has stopped reading holds up nobody here.
            zmq.SNDTIMEO: 0,
        }
        if kind == zmq.DEALER:
            # What a cell asks for comes by stdin, to the identity that its request came from.
            options[zmq.IDENTITY] = self.session_id.encode()
        opened = connected(context, kind, self._connection, channel, options)
        if kind == zmq.SUB:
            opened.setsockopt(zmq.SUBSCRIBE, b"")
        opened.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        return opened

    def _reopen(self, zmq: Any, context: Any, poller: Any, sockets: dict[str, Any]) -> None:
        """Open the channels again whose connection was lost."""
        for channel, opened in list(sockets.items()):
            try:
                opened.get_monitor_socket().recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                continue
            poller.unregister(opened)
            _close(opened, 0)
            sockets[channel] = self._open(context, channel)
            poller.register(sockets[channel], zmq.POLLIN)
            self._listener.lost(channel)

    def _loop(self, zmq: Any, context: Any, signer: Any, sockets: dict[str, Any], beat: Any) -> None:
        poller = zmq.Poller()
        for opened in sockets.values():
            poller.register(opened, zmq.POLLIN)
        poller.register(self._wake_in, zmq.POLLIN)
        poller.register(beat, zmq.POLLIN)
        answered = last_tick = time.monotonic()
        last_beat = 0.0
        while not self._closing.is_set():
            poller.poll(int(_TICK_SECONDS * 1000))
            self._drain_wakes()
            self._send_queued(zmq, signer, sockets)
            for channel, opened in sockets.items():
                self._receive(zmq, signer, channel, opened)
            now = time.monotonic()
            with contextlib.suppress(zmq.Again):
                while True:
                    beat.recv_multipart(zmq.NOBLOCK)
                    answered = now
            if now - last_beat >= _BEAT_SECONDS:
                last_beat = now
                with contextlib.suppress(zmq.Again):
                    beat.send_multipart([b"", b"nbreview"], zmq.NOBLOCK)
            if now - last_tick >= _TICK_SECONDS:
                last_tick = now
                self._reopen(zmq, context, poller, sockets)
                self._listener.tick(now - answered)
        self._send_queued(zmq, signer, sockets)

    def _drain_wakes(self) -> None:
        with contextlib.suppress(OSError):
            while self._wake_in.recv(4096):
                pass

    def _send_queued(self, zmq: Any, signer: Any, sockets: Mapping[str, Any]) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                channel, message = self._outbox.get_nowait()
                with contextlib.suppress(zmq.Again):
                    signer.send(sockets[channel], message)

    def _receive(self, zmq: Any, signer: Any, channel: str, opened: Any) -> None:
        deadline = time.monotonic() + _BATCH_SECONDS
        for _ in range(_BATCH):
            try:
                frames = opened.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            self._dispatch(signer, channel, frames)
            if time.monotonic() > deadline:
                return

    def _dispatch(self, signer: Any, channel: str, frames: list[bytes]) -> None:
        try:
            _, parts = signer.feed_identities(frames)
            message = signer.deserialize(parts, content=False)
            kind = str(message["msg_type"])
            parent = message["parent_header"]
            parent = parent if isinstance(parent, Mapping) else {}
            size = len(parts[4])
            content: Any = {}
            if self._listener.wants(channel, kind, parent, size):
                content = signer.unpack(parts[4])
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            return  # unsigned, or not of the protocol: from nobody that we speak with
        self._listener.received(channel, kind, parent, content if isinstance(content, Mapping) else {}, size)


def _close(opened: Any, linger: int) -> None:
    """Close a socket and the one that reports on it."""
    monitor = opened.get_monitor_socket()
    opened.disable_monitor()
    monitor.close(linger=0)
    opened.close(linger=linger)
