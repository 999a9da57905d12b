"""Events come out whole, however the bytes come in."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.llm.sse import MAX_EVENT_BYTES, EventStream

STREAM = 'data: {"a": 1}\n\n: alive\r\n\r\nevent: x\rdata:two\rdata: lines\r\rdata: é\r\n\r\ndata: [DONE]\n\n'
EVENTS = ['{"a": 1}', "two\nlines", "é", "[DONE]"]


@given(st.lists(st.integers(0, len(STREAM.encode())), max_size=12))
def test_the_pieces_make_no_difference(cuts: list[int]) -> None:
    data = STREAM.encode()
    edges = [0, *sorted(cuts), len(data)]
    stream = EventStream()
    found = [event for begin, end in itertools.pairwise(edges) for event in stream.feed(data[begin:end])]
    assert found == EVENTS


def test_an_unfinished_event_comes_at_the_end() -> None:
    stream = EventStream()
    assert stream.feed(b"data: last") == []
    assert stream.end() == ["last"]
    assert stream.end() == []


@pytest.mark.parametrize("piece", [b"x" * 65536, b"data: x\n" * 8192])
def test_an_event_without_end_is_refused(piece: bytes) -> None:
    stream = EventStream()
    with pytest.raises(ValueError, match="without end"):
        for _ in range(2 + 2 * MAX_EVENT_BYTES // len(piece)):
            stream.feed(piece)
