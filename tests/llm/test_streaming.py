"""A reply is whole characters and never holds a stop text, however its bytes are cut into tokens."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.llm.streaming import ReplyText


def feed(data: bytes, cuts: set[int], stop: tuple[str, ...]) -> ReplyText:
    text = ReplyText(stop)
    bounds = [0, *sorted(cut for cut in cuts if 0 < cut < len(data)), len(data)]
    shown = "".join(text.add(data[start:end]) for start, end in pairwise(bounds))
    shown += text.finish()
    assert shown == text.text
    return text


@given(st.text(max_size=30), st.sets(st.integers(1, 60)))
def test_cuts_inside_characters_do_not_show(content: str, cuts: set[int]) -> None:
    assert feed(content.encode(), cuts, ()).text == content


@given(st.text(alphabet="ab`", max_size=30), st.sets(st.integers(1, 30)))
def test_the_reply_ends_before_the_first_stop_text(content: str, cuts: set[int]) -> None:
    stop = ("``", "aba")
    text = feed(content.encode(), cuts, stop)
    ends = [content.find(end) for end in stop if end in content]
    assert text.stopped == bool(ends)
    assert text.text == (content[: min(ends)] if ends else content)


def test_the_beginning_of_a_stop_text_is_held_back_until_it_is_decided() -> None:
    text = ReplyText(("```",))
    assert text.add(b"x``") == "x"
    assert text.add(b"y") == "``y"


def test_bytes_that_are_no_text_are_marked() -> None:
    text = ReplyText()
    assert text.add(b"a\xffb") == "a\ufffdb"
    text.add(b"\xc3")
    assert text.finish() == "\ufffd"


def test_nothing_comes_after_a_stop() -> None:
    text = ReplyText(("END",))
    assert text.add(b"x END y") == "x "
    assert text.add(b"more") == ""
    assert text.finish() == ""


@pytest.mark.parametrize("stop", [(), ("",)])
def test_an_empty_stop_text_stops_nothing(stop: tuple[str, ...]) -> None:
    text = ReplyText(stop)
    assert text.add(b"abc") == "abc"
    assert not text.stopped
