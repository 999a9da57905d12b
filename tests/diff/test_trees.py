"""JSON is compared branch by branch."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff import trees
from nbreview.diff.model import ChangeKind
from nbreview.diff.trees import diff_trees

ADDED, REMOVED, MODIFIED = ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MODIFIED


def found(base: Any, head: Any, tolerance: float = 0.0) -> list[tuple[Any, ...]]:
    return [(c.path, c.kind, c.base, c.head) for c in diff_trees(base, head, tolerance).changes]


def test_a_changed_leaf_is_told_by_its_path() -> None:
    base = {"data": [{"type": "bar", "y": [1, 2]}], "layout": {"title": "a"}}
    head = {"data": [{"type": "bar", "y": [1, 3]}], "layout": {"title": "b", "width": 3}}
    assert found(base, head) == [
        (("data", 0, "y", 1), MODIFIED, 2, 3),
        (("layout", "title"), MODIFIED, "a", "b"),
        (("layout", "width"), ADDED, None, 3),
    ]


def test_an_inserted_element_is_one_addition() -> None:
    base = [{"name": "a"}, {"name": "b"}]
    assert found(base, [{"name": "new"}, *base]) == [((0,), ADDED, None, {"name": "new"})]
    assert found([1, 2, 3], [2, 3]) == [((0,), REMOVED, 1, None)]


def test_an_edited_element_is_found_beside_an_inserted_one() -> None:
    base = [{"name": "first", "y": [1, 2, 3]}, {"name": "second", "y": [4, 5, 6]}]
    head = [{"kind": "none"}, {"name": "first", "y": [1, 2, 9]}, {"name": "second", "y": [4, 5, 6]}]
    assert found(base, head) == [
        ((0,), ADDED, None, {"kind": "none"}),
        ((1, "y", 2), MODIFIED, 3, 9),
    ]


def test_numbers_are_equal_as_numbers() -> None:
    assert found({"a": math.nan, "b": [1, math.nan]}, {"a": math.nan, "b": [1.0, float("nan")]}) == []
    assert found([True], [1]) == [((0,), MODIFIED, True, 1)]
    assert found({"x": [1, {"y": 1}]}, {"x": [1, {"y": True}]}) == [(("x", 1, "y"), MODIFIED, 1, True)]
    assert found([0.1], [0.1 + 1e-12], 1e-6) == []
    assert found([0.1, 0.2, 0.3], [0.1, 0.2 + 1e-12, 0.4], 1e-6) == [((2,), MODIFIED, 0.3, 0.4)]
    assert found([1000000], [1000001], 1e-6) != []


def test_what_nests_deeply_is_compared() -> None:
    base: Any = 1
    head: Any = 2
    for _ in range(3_000):
        base, head = [base], {"a": [head]}["a"]
    (change,) = diff_trees(base, head).changes
    assert (len(change.path), change.base, change.head) == (3_000, 1, 2)


def test_past_a_budget_it_is_coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MAX_CHANGES", 3)
    few = diff_trees({str(n): n for n in range(9)}, {str(n): -n - 1 for n in range(9)})
    assert (len(few.changes), few.coarse) == (3, True)
    monkeypatch.setattr(trees, "_MAX_ELEMENTS", 3)
    whole = diff_trees({"a": list(range(9))}, {"a": list(range(9, 0, -1))})
    assert ([change.path for change in whole.changes], whole.coarse) == ([("a",)], True)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=12,
)


@given(values, values)
def test_any_two_values_are_compared_and_swapping_them_swaps_the_sides(base: Any, head: Any) -> None:
    assert diff_trees(base, json.loads(json.dumps(base))).changes == ()
    there, back = diff_trees(base, head), diff_trees(head, base)
    assert bool(there.changes) == bool(back.changes)
