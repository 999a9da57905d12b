"""Words that changed inside a line are marked, and only they."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff.model import Span
from nbreview.diff.words import word_marks


def marked(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("base", "head", "old", "new"),
    [
        ("lr = 1e-3", "lr = 3e-4", ["1e-3"], ["3e-4"]),
        ("fit(x, y, epochs=10)", "fit(x_train, y, epochs=20)", ["x", "10"], ["x_train", "20"]),
        ("model.fit(x)", "model.fit(x, verbose=0)", [], [", verbose=0"]),
        ("    return value", "        return value", [], ["    "]),
        ("the old grey cat sat here", "the young black cat sat here", ["old grey"], ["young black"]),
        ("print(total)", "print(totals)", ["total"], ["totals"]),
        ("価格は安い本です", "価格は高い本です", ["安"], ["高"]),
        ("x = 'cafe\u0301 au lait'", "x = 'cafes au lait'", ["cafe\u0301"], ["cafes"]),
    ],
)
def test_the_changed_words_are_marked(base: str, head: str, old: list[str], new: list[str]) -> None:
    marks = word_marks(base, head)
    base_spans, head_spans = marks.base, marks.head
    assert marked(base, base_spans) == old
    assert marked(head, head_spans) == new


def test_a_rewritten_line_has_no_marks() -> None:
    assert word_spans("import pandas as pd", "for row in table: print(row)") == ((), ())


@given(st.text(max_size=40), st.text(max_size=40))
def test_spans_lie_inside_their_line_in_order(base: str, head: str) -> None:
    for line, spans in zip((base, head), word_spans(base, head), strict=True):
        end = 0
        for span in spans:
            assert end <= span.start < span.end <= len(line)
            end = span.end


@given(st.lists(st.sampled_from(["alpha", "beta", "12", " ", "(", "\u00e9"]), max_size=12), st.data())
def test_what_is_not_marked_is_common(tokens: list[str], data: st.DataObject) -> None:
    base = "".join(tokens)
    place = data.draw(st.integers(0, len(tokens)))
    head = "".join([*tokens[:place], "NEW", *tokens[place:]])
    base_spans, head_spans = word_spans(base, head)
    if not base_spans and not head_spans:
        return  # so much differs that marks would not help

    def rest(line: str, spans: tuple[Span, ...]) -> str:
        kept, start = "", 0
        for span in spans:
            kept, start = kept + line[start : span.start], span.end
        return "".join((kept + line[start:]).split())

    assert rest(base, base_spans) == rest(head, head_spans)


def test_a_line_of_a_megabyte_is_quick() -> None:
    base = " ".join(f"word{number}" for number in range(120_000))
    head = base.replace("word100 ", "x ").replace("word90000 ", "y ")
    started = time.perf_counter()
    base_spans, head_spans = word_spans(base, head)
    assert time.perf_counter() - started < 1
    assert base[: base_spans[0].start] == head[: head_spans[0].start]
