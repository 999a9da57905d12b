"""The pipe between the engine and its child process: length-prefixed JSON frames.

A frame is four bytes, the length of the body in network order, and a body of JSON (one object). Both ends
use only what is here, so that the worker stays light: no llama_cpp, no Qt, nothing above `llm.model`.
"""

import struct
from dataclasses import asdict
from typing import Any, BinaryIO

import orjson

from nbreview.llm.model import Loading, Prompting, Reply, Token

MAX_FRAME_BYTES = 64 * 2**20
"""Largest body accepted. A prompt that fills a context of a million tokens takes some 4 MiB."""

Streamed = Loading | Prompting | Token | Reply
"""The events that the child sends; Ready and Died are made by the engine."""

_LENGTH = struct.Struct(">I")


class ProtocolError(Exception):
    """The other end sent something that is not a frame; nothing after it can be trusted."""


def encode_frame(message: dict[str, Any]) -> bytes:
    """One frame as bytes. Lone surrogates, which JSON over UTF-8 cannot carry, become question marks.

    Raises
    ------
    ProtocolError
        The body is larger than `MAX_FRAME_BYTES`.
    """
    try:
        body = orjson.dumps(message)
    except TypeError:
        body = orjson.dumps(_without_surrogates(message))
    if len(body) > MAX_FRAME_BYTES:
        raise ProtocolError(f"a message of {len(body)} bytes is over the limit of {MAX_FRAME_BYTES}")
    return _LENGTH.pack(len(body)) + body


def read_frame(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message, or None when the stream ends, be it between two frames or in the middle of one.

    Raises
    ------
    ProtocolError
        The length is over the limit or the body is not one JSON object.
    """
    head = _read_exactly(stream, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MAX_FRAME_BYTES:
        raise ProtocolError(f"a frame announces {length} bytes, over the limit of {MAX_FRAME_BYTES}")
    body = _read_exactly(stream, length)
    if body is None:
        return None
    try:
        message = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ProtocolError(f"a frame is not JSON: {error}") from error
    if not isinstance(message, dict):
        raise ProtocolError("a frame is not a JSON object")
    return message


def encode_event(event: Streamed) -> dict[str, Any]:
    """An event as a message; its kind is the class name in lower case under `is`."""
    return {"is": type(event).__name__.lower(), **asdict(event)}


def decode_event(message: dict[str, Any]) -> Streamed | None:
    """The event in a message, or None when the message is something else."""
    fields = {key: value for key, value in message.items() if key not in ("is", "id")}
    match message.get("is"):
        case "loading":
            return Loading(**fields)
        case "prompting":
            return Prompting(**fields)
        case "token":
            return Token(**fields)
        case "reply":
            return Reply(**{**fields, "probabilities": tuple(fields["probabilities"])})
        case _:
            return None


def _read_exactly(stream: BinaryIO, count: int) -> bytes | None:
    parts: list[bytes] = []
    while count:
        part = stream.read(count)
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
