"""Very long texts are compared in excerpts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff import excerpts
from nbreview.diff.excerpts import common_ends, diff_long
from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind

LINES = [f"<p>line {number}</p>\n" for number in range(3_000)]


@pytest.fixture
def short_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excerpts, "LONG", 10_000)
    monkeypatch.setattr(excerpts, "_WINDOW", 4_000)
    monkeypatch.setattr(excerpts, "_BUDGET", 30_000)


def test_a_text_within_the_budget_is_compared_as_a_whole() -> None:
    assert diff_long("a\nb\n", "a\nc\n") == diff_text("a\nb\n", "a\nc\n")


@pytest.mark.usefixtures("short_budget")
def test_changes_far_apart_are_each_found_between_what_is_equal() -> None:
    head = list(LINES)
    head[10], head[2_900] = "<p>first</p>\n", "<p>second</p>\n"
    diff = diff_long("".join(LINES), "".join(head))
    assert diff.coarse
    changed = [edit for edit in diff.edits if edit.kind is not EditKind.EQUAL]
    assert [(diff.base_lines[e.base_line or 0], diff.head_lines[e.head_line or 0]) for e in changed] == [
        ("<p>line 10</p>", "<p>first</p>"),
        ("<p>line 2900</p>", "<p>second</p>"),
    ]
    assert "⋯ 10 equal lines" in diff.base_lines
    assert len(diff.edits) < 10


@pytest.mark.usefixtures("short_budget")
def test_what_differs_throughout_is_compared_as_far_as_the_budget_goes() -> None:
    diff = diff_long("".join(LINES), "".join(LINES).replace("line", "row"))
    assert diff.changed
    assert diff.base_lines[-1].startswith("⋯ ")
    assert diff.base_lines[-1].endswith("more characters")


@pytest.mark.usefixtures("short_budget")
def test_a_text_without_lines_shows_its_beginning() -> None:
    base = "x" * 40_000
    assert diff_long(base, base[:9] + "y" + base[9:]).changed
    assert diff_long(base, "").changed


@given(st.text("ab\n", max_size=60), st.text("ab\n", max_size=60))
def test_common_ends_are_common_and_do_not_overlap(base: str, head: str) -> None:
    start, end = common_ends(base, head)
    assert base[:start] == head[:start]
    assert base[len(base) - end :] == head[len(head) - end :]
    assert start + end <= min(len(base), len(head))


@given(st.lists(st.sampled_from("abcd"), max_size=40), st.lists(st.sampled_from("abcd"), max_size=40))
def test_any_two_long_texts_give_a_diff_that_covers_its_lines(base: list[str], head: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(excerpts, "LONG", 0)
        patch.setattr(excerpts, "_WINDOW", 8)
        diff = diff_long("\n".join(base), "\n".join(head))
    rows = [edit.base_line for edit in diff.edits if edit.base_line is not None]
    columns = [edit.head_line for edit in diff.edits if edit.head_line is not None]
    assert (rows, columns) == (list(range(len(diff.base_lines))), list(range(len(diff.head_lines))))
    assert diff.changed == (base != head)
