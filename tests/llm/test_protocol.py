"""Frames survive the pipe, and what is not a frame is told from the end of the stream."""

import io

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.llm import protocol
from nbreview.llm.model import Loading, Prompting, Reply, Token

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(max_size=5), json_values, max_size=4), max_size=4))
def test_messages_come_out_as_they_went_in(messages: list[dict[str, object]]) -> None:
    stream = io.BytesIO(b"".join(map(protocol.encode_frame, messages)))
    for message in messages:
        assert protocol.read_frame(stream) == message
    assert protocol.read_frame(stream) is None


@given(st.integers(0, 20))
def test_a_stream_cut_anywhere_is_an_end(kept: int) -> None:
    frame = protocol.encode_frame({"is": "token", "text": "abc"})
    assert protocol.read_frame(io.BytesIO(frame[:kept])) is None


class Dribble(io.RawIOBase):
    """A pipe that gives one byte at a time."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(min(size, 1))


def test_a_frame_may_come_byte_by_byte() -> None:
    assert protocol.read_frame(Dribble(protocol.encode_frame({"a": "é"}))) == {"a": "é"}  # type: ignore[arg-type]


def test_a_length_over_the_bound_is_refused_before_anything_is_read() -> None:
    with pytest.raises(protocol.ProtocolError, match="announces 4294967295 bytes"):
        protocol.read_frame(io.BytesIO(b"\xff\xff\xff\xff"))


def test_a_message_over_the_bound_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MAX_FRAME_BYTES", 100)
    with pytest.raises(protocol.ProtocolError, match="over the limit of 100"):
        protocol.encode_frame({"text": "x" * 100})


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff"])
def test_a_body_that_is_not_an_object_is_refused(body: bytes) -> None:
    with pytest.raises(protocol.ProtocolError):
        protocol.read_frame(io.BytesIO(len(body).to_bytes(4, "big") + body))


def test_lone_surrogates_become_question_marks() -> None:
    frame = protocol.encode_frame({"messages": [{"content": "a\ud800b"}]})
    assert orjson.loads(frame[4:]) == {"messages": [{"content": "a?b"}]}


@pytest.mark.parametrize(
    "event",
    [
        Loading(0.5, "reading weights"),
        Prompting(3, 9),
        Token("é"),
        Reply("text", "stop", 9, 3, 2, 0.1, 0.2, (0.25, 0.75)),
    ],
)
def test_events_come_out_as_they_went_in(event: protocol.Streamed) -> None:
    frame = protocol.encode_frame(protocol.encode_event(event))
    message = protocol.read_frame(io.BytesIO(frame))
    assert message is not None
    assert protocol.decode_event(message) == event


def test_other_messages_are_no_events() -> None:
    assert protocol.decode_event({"is": "alive"}) is None
