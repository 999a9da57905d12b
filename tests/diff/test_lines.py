"""The line diff covers both texts, changes exactly where they do, and stays quick."""

import random
import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind, TextDiff
from nbreview.diff.words import without_space

SIGNS = {EditKind.EQUAL: " ", EditKind.REPLACE: "~", EditKind.DELETE: "-", EditKind.INSERT: "+"}
TEXTS = st.lists(st.sampled_from(["a", "b", "  a", "", "x = 1", "x = 2", "def f():"]), max_size=12).map(
    "\n".join
)


def drawn(diff: TextDiff) -> list[str]:
    """The diff as one string a row: sign and the line of base, or of head for an insertion."""
    rows = []
    for edit in diff.edits:
        line = (
            diff.base_lines[edit.base_line]
            if edit.base_line is not None
            else diff.head_lines[edit.head_line or 0]
        )
        rows.append(f"{SIGNS[edit.kind]}{line}")
    return rows


@given(TEXTS, TEXTS)
def test_every_line_of_both_sides_is_there_once_and_in_order(base: str, head: str) -> None:
    diff = diff_text(base, head)
    assert [e.base_line for e in diff.edits if e.base_line is not None] == list(range(len(diff.base_lines)))
    assert [e.head_line for e in diff.edits if e.head_line is not None] == list(range(len(diff.head_lines)))
    for edit in diff.edits:
        if edit.kind is EditKind.EQUAL:
            assert edit.base_line is not None
            assert edit.head_line is not None
            assert diff.base_lines[edit.base_line] == diff.head_lines[edit.head_line]


@given(TEXTS, TEXTS)
def test_it_is_changed_exactly_when_the_texts_differ(base: str, head: str) -> None:
    assert diff_text(base, head).changed == (base != head)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not diff_text(text, text).changed


def test_a_missing_newline_at_the_end_is_a_difference() -> None:
    assert drawn(diff_text("x\n", "x")) == [" x", "-"]
    assert drawn(diff_text("x\n", "x\n")) == [" x"]
    assert drawn(diff_text("", "x\n")) == ["+x"]
    assert diff_text("", "").edits == ()


def test_carriage_returns_belong_to_their_line() -> None:
    assert diff_text("a\r\nb", "a\nb").counts == (1, 1)


def test_similar_lines_stand_side_by_side() -> None:
    diff = diff_text("a()\nmodel.fit(x, y, epochs=10)\nb()", "a()\nprint(1)\nmodel.fit(x, y, epochs=20)\nb()")
    assert drawn(diff) == [" a()", "+print(1)", "~model.fit(x, y, epochs=10)", " b()"]
    assert diff.counts == (1, 2)


def test_strangers_do_not() -> None:
    assert drawn(diff_text("import os", "plt.show()")) == ["-import os", "+plt.show()"]


def test_lines_that_were_only_indented_are_paired() -> None:
    base = "train(model)\nsave(model)\nload(data)"
    diff = diff_text(base, "if ready:\n    train(model)\n    save(model)\n    load(data)")
    assert drawn(diff) == ["+if ready:", "~train(model)", "~save(model)", "~load(data)"]
    assert [edit.head_spans for edit in diff.edits[1:]] == [(diff.edits[1].head_spans[0],)] * 3


def test_an_added_function_begins_with_its_own_def() -> None:
    base = "def a():\n    return 1\n\ndef c():\n    return 1\n"
    head = "def a():\n    return 1\n\ndef b():\n    return 1\n\ndef c():\n    return 1\n"
    inserted = [row for row in drawn(diff_text(base, head)) if row.startswith("+")]
    assert inserted == ["+def b():", "+    return 1", "+"]


def test_a_removed_function_does_too() -> None:
    head = "def a():\n    return 1\n\ndef c():\n    return 1\n"
    base = "def a():\n    return 1\n\ndef b():\n    return 1\n\ndef c():\n    return 1\n"
    removed = [row for row in drawn(diff_text(base, head)) if row.startswith("-")]
    assert removed == ["-def b():", "-    return 1", "-"]


WHITE = st.text(alphabet="ab= \t\r\n(", max_size=30)


@given(WHITE, WHITE)
def test_without_white_space_equal_lines_hold_the_same_words(base: str, head: str) -> None:
    diff = diff_text(base, head, whitespace=False)
    assert [e.base_line for e in diff.edits if e.base_line is not None] == list(range(len(diff.base_lines)))
    assert [e.head_line for e in diff.edits if e.head_line is not None] == list(range(len(diff.head_lines)))
    for edit in diff.edits:
        if edit.base_line is None or edit.head_line is None:
            continue
        first, second = diff.base_lines[edit.base_line], diff.head_lines[edit.head_line]
        assert (edit.kind is EditKind.EQUAL) == (without_space(first) == without_space(second))
        assert all(first[span.start : span.end].strip() for span in edit.base_spans)
        assert all(second[span.start : span.end].strip() for span in edit.head_spans)


def test_white_space_can_be_no_difference() -> None:
    base, head = "if a:\n  x=1 \n\nf(a, b)\n", "if a:\n\tx  = 1\r\n   \nf( a,b )"
    assert diff_text(base, head).changed
    assert not diff_text(base, head, whitespace=False).changed
    assert diff_text("return x", "returnx", whitespace=False).changed
    assert drawn(diff_text("a", "a\n\nb", whitespace=False)) == [" a", "+", "+b"]


def test_equal_brackets_at_the_end_stay_equal() -> None:
    assert drawn(diff_text("f(\n  a,\n)\n", "f(\n  a,\n  b,\n)\n")) == [" f(", "   a,", "+  b,", " )"]


TEXTS_OF_LINES = st.lists(
    st.sampled_from(["", "}", "    }", "x = load(a, b)", "x = load(a, c)", "  x = load(a)", "return x"]),
    max_size=14,
).map("\n".join)


@given(TEXTS_OF_LINES, TEXTS_OF_LINES)
def test_spans_mark_only_replaced_lines_and_stay_inside_them(base: str, head: str) -> None:
    diff = diff_text(base, head)
    assert diff.changed == (base != head)
    for edit in diff.edits:
        assert edit.kind is EditKind.REPLACE or not (edit.base_spans or edit.head_spans)
        for number, spans, side in (
            (edit.base_line, edit.base_spans, diff.base_lines),
            (edit.head_line, edit.head_spans, diff.head_lines),
        ):
            end = 0
            for span in spans:
                assert number is not None
                assert end <= span.start < span.end <= len(side[number])
                end = span.end


@given(TEXTS_OF_LINES)
def test_what_is_added_one_way_is_removed_the_other_way(text: str) -> None:
    grown = f"{text}\nsomething_new()\nmore_of_it()"
    assert diff_text(text, grown).counts == diff_text(grown, text).counts[::-1]


def lines(count: int, seed: int = 0) -> list[str]:
    numbers = random.Random(seed)
    return [f"value_{numbers.randrange(10**6)} = compute({numbers.random()}, {i})" for i in range(count)]


def changed(kind: str, base: list[str]) -> tuple[list[str], list[str]]:
    numbers = random.Random(1)
    count = len(base)
    some = [line.replace("compute", "calc") if n % 100 == 0 else line for n, line in enumerate(base)]
    return {
        "few edits": (base, some),
        "all edited": (base, [line.replace("compute", "calc") for line in base]),
        "none in common": (base, [f"other {n * 7}" for n in range(count)]),
        "reversed": (base, base[::-1]),
        "shuffled": (base, numbers.sample(base, count)),
        "all equal": (["x"] * count, ["x"] * (count - count // 10)),
        "two in turn": (["a", "b"] * (count // 2), ["b", "a"] * (count // 2)),
        "few distinct": ([numbers.choice("abc") for _ in base], [numbers.choice("abc") for _ in base]),
    }[kind]


def steps(base: str, head: str) -> int:
    """Calls, of Python and of C functions, that one diff makes."""
    count = 0

    def tick(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        diff_text(base, head)
    finally:
        sys.setprofile(before)
    return count


EVERY_CHANGE = [
    "few edits",
    "all edited",
    "none in common",
    "reversed",
    "shuffled",
    "all equal",
    "two in turn",
    "few distinct",
]


@pytest.mark.parametrize("kind", EVERY_CHANGE)
def test_four_times_the_lines_take_about_four_times_the_steps(kind: str) -> None:
    few, many = (steps(*map("\n".join, changed(kind, lines(count)))) for count in (1_000, 4_000))
    assert many < 7 * few + 1_000  # a quadratic diff takes sixteen times as many


@pytest.mark.parametrize("kind", ["none in common", "shuffled", "two in turn", "all edited"])
def test_past_its_budget_a_diff_is_coarser_but_true(kind: str) -> None:
    base, head = changed(kind, lines(24_000))
    diff = diff_text("\n".join(base), "\n".join(head))
    assert diff.coarse
    assert [e.base_line for e in diff.edits if e.base_line is not None] == list(range(len(base)))
    assert [e.head_line for e in diff.edits if e.head_line is not None] == list(range(len(head)))
    for edit in diff.edits:
        if edit.kind is EditKind.EQUAL:
            assert edit.base_line is not None
            assert edit.head_line is not None
            assert base[edit.base_line] == head[edit.head_line]


class Impatient(CancelToken):
    """Raised at the twentieth question."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def check(self) -> None:
        self.asked += 1
        if self.asked == 20:
            self.cancel()
        super().check()


@pytest.mark.parametrize("kind", ["few edits", "all edited"])
def test_it_asks_all_along_whether_it_is_still_wanted(kind: str) -> None:
    base, head = changed(kind, lines(5_000))
    with pytest.raises(Cancelled):
        diff_text("\n".join(base), "\n".join(head), Impatient())


def test_it_stops_when_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        diff_text("a", "b", token)
