"""Invented values: distinct ones between their ends, and texts like those that occur."""

import random
from datetime import datetime

import pytest

from nbreview.kernel.rebuild_values import distinct_floats, distinct_integers, spread, texts
from nbreview.kernel.rebuild_world import MARK, CannotRebuild, World

numpy = pytest.importorskip("numpy")


def odd(seed: int = 1) -> World:
    return World(random.Random(seed), 1)


@pytest.mark.parametrize(
    ("low", "high", "count"), [(0, 9, 10), (0, 9, 4), (-5, 10**12, 1000), (3, 3, 1), (0, 1, 2)]
)
def test_integers_are_distinct_and_reach_their_ends(low: int, high: int, count: int) -> None:
    values = distinct_integers(low, high, count, numpy.random.default_rng(1))
    assert len(set(values.tolist())) == len(values) == count
    assert values[0] == low and (values[-1] == high or count == 1)


def test_more_distinct_integers_than_there_are_is_a_contradiction() -> None:
    with pytest.raises(CannotRebuild, match="more distinct values than its range holds"):
        distinct_integers(0, 3, 9, numpy.random.default_rng(1))


@pytest.mark.parametrize("whole", [True, False])
def test_floats_are_distinct_and_reach_their_ends(whole: bool) -> None:
    values = distinct_floats(0.0, 500.0, 40, numpy.random.default_rng(1), whole)
    assert len(set(values.tolist())) == 40 and (values.min(), values.max()) == (0.0, 500.0)
    assert all(float(value).is_integer() for value in values) is whole


def test_every_value_is_spread_where_there_is_room_and_examples_come_first() -> None:
    values = numpy.arange(7)
    found = spread(values, 30, numpy.random.default_rng(1), 3)
    assert set(found.tolist()) == set(range(7)) and found[:3].tolist() == [0, 1, 2]
    assert len(spread(values, 3, numpy.random.default_rng(1))) == 3


def test_even_worlds_invent_no_text_and_odd_ones_as_many_as_are_told() -> None:
    assert texts(["a", "b"], 5, False, World(random.Random(1))) == (["a", "b"], False)
    found, exact = texts(["a", "b"], 5, False, odd())
    assert found[:2] == ["a", "b"] and len(set(found)) == 5 and exact


def test_invented_dates_are_dates_of_the_same_form_and_numbers_are_numbers() -> None:
    dates, _ = texts(["09/07/19 20:47", "12/18/19 19:54"], 50, False, odd())
    assert all(datetime.strptime(text, "%m/%d/%y %H:%M") for text in dates)
    numbers, _ = texts(["14.95", "300"], 50, False, odd())
    assert all(float(text) > 0 for text in numbers)


def test_without_an_example_a_conversion_fails_in_one_world_only() -> None:
    words, _ = texts([], 3, False, World(random.Random(1)))
    numbers, _ = texts([], 3, False, odd())
    assert all(text.isalpha() for text in words) and all(text.isdecimal() for text in numbers)


def test_a_shortened_text_gets_an_end_that_is_marked_as_invented() -> None:
    (text,), _ = texts(["Photo Editor & Candy..."], 1, True, World(random.Random(1)))
    assert text.startswith("Photo Editor & Candy") and text.endswith(MARK)
