"""The line diff covers both texts, changes exactly where they do, and stays quick."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind, TextDiff

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


def lines(count: int, seed: int = 0) -> list[str]:
    numbers = random.Random(seed)
    return [f"value_{numbers.randrange(10**6)} = compute({numbers.random()}, {i})" for i in range(count)]


@pytest.mark.parametrize("change", ["tenth", "all", "none in common", "shuffled", "few distinct"])
def test_five_thousand_lines_are_quick(change: str) -> None:
    base = lines(5_000)
    head = {
        "tenth": [line.replace("compute", "calc") if n % 10 == 0 else line for n, line in enumerate(base)],
        "all": [line.replace("compute", "calc") for line in base],
        "none in common": [f"other {n * 7}" for n in range(5_000)],
        "shuffled": random.Random(1).sample(base, len(base)),
        "few distinct": [random.Random(n).choice("abc") for n in range(5_000)],
    }[change]
    started = time.process_time()
    diff = diff_text("\n".join(base), "\n".join(head))
    # Half a second is the aim on an idle machine; the margin is for a busy one.
    assert time.process_time() - started < 1.5
    assert diff.changed


def test_it_stops_when_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        diff_text("a", "b", token)
