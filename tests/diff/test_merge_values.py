"""Three-way merge of JSON values."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff.merge_values import MISSING, merge_mapping, merge_value, same

NAN = float("nan")


def refuse(path: tuple[str, ...], base: Any, ours: Any, theirs: Any) -> Any:
    raise AssertionError(f"no conflict was expected at {path}")


def collect(found: list[Any]) -> Any:
    def choose(path: tuple[str, ...], base: Any, ours: Any, theirs: Any) -> Any:
        found.append((path, base, ours, theirs))
        return ours

    return choose


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        (1, True, False),
        (1, 1.0, False),
        ([0], [False], False),
        (NAN, float("nan"), True),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"a": None}, {}, False),
        ({"a": None}, {"b": None}, False),
        ([1, 2], [2, 1], False),
    ],
)
def test_json_values_are_the_same_when_they_say_the_same(first: Any, second: Any, equal: bool) -> None:
    assert same(first, second) is equal


def test_keys_that_different_sides_changed_are_merged_at_any_depth() -> None:
    base = {"a": {"x": 1, "y": 1}, "gone": 1}
    ours = {"a": {"x": 2, "y": 1}, "gone": 1}
    theirs = {"a": {"x": 1, "y": 3}, "new": 1}

    assert merge_mapping(base, ours, theirs, (), refuse) == {"a": {"x": 2, "y": 3}, "new": 1}


def test_a_value_that_both_changed_is_the_choosers() -> None:
    found: list[Any] = []

    merged = merge_mapping({"a": 1}, {"a": 2}, {}, (), collect(found))

    assert merged == {"a": 2}
    assert found == [(("a",), 1, 2, MISSING)]


def test_a_unit_is_not_taken_apart() -> None:
    found: list[Any] = []

    merge_mapping({}, {"k": {"a": 1}}, {"k": {"b": 1}}, (), collect(found), frozenset({("k",)}))

    assert found == [(("k",), MISSING, {"a": 1}, {"b": 1})]


def test_tags_are_merged_as_a_set() -> None:
    merged = merge_value(["a", "b"], ["b", "c"], ["a", "b", "d", "c"], ("tags",), refuse)

    assert merged == ["b", "c", "d"]


def test_keys_stay_sorted_where_they_were() -> None:
    assert list(merge_mapping({}, {"b": 1, "c": 1}, {"a": 1}, (), refuse)) == ["a", "b", "c"]
    assert list(merge_mapping({}, {"c": 1, "b": 1}, {"a": 1}, (), refuse)) == ["c", "b", "a"]


values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
mappings = st.dictionaries(st.sampled_from(["a", "b", "tags"]), values, max_size=3)


@given(mappings, mappings)
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(base: Any, side: Any) -> None:
    assert same(merge_mapping(base, side, base, (), refuse), side)
    assert same(merge_mapping(base, base, side, (), refuse), side)
    assert same(merge_mapping(base, side, side, (), refuse), side)


@given(mappings, mappings, mappings)
def test_exchanging_the_sides_exchanges_the_conflicts(base: Any, ours: Any, theirs: Any) -> None:
    one: list[Any] = []
    other: list[Any] = []

    merge_mapping(base, ours, theirs, (), collect(one))
    merge_mapping(base, theirs, ours, (), collect(other))

    assert sorted(path for path, *_ in one) == sorted(path for path, *_ in other)
