"""Numbers of outputs are read as people write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff.numbers import near, near_texts, read_number


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,234.5", 1234.5, ("", "")),
        ("−3e-4", -3e-4, ("", "")),
        ("12.5%", 12.5, ("", "%")),
        ("12.5 %", 12.5, ("", "%")),
        ("$1,000", 1000, ("$", "")),
        (".5", 0.5, ("", "")),
        ("2.", 2.0, ("", "")),
        ("-inf", -math.inf, ("", "")),
        ("3 ms", 3, ("", "ms")),
    ],
)
def test_numbers_are_read_with_what_stands_around_them(
    text: str, value: float, unit: tuple[str, str]
) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.value, number.unit) == (value, unit)


@pytest.mark.parametrize("text", ["", "x", "2020-01-01", "1 2", "1.2.3", "12:30", "v1", "(1, 2)"[:6], "e"])
def test_what_is_more_or_less_than_one_number_is_none(text: str) -> None:
    number = read_number(text)
    assert number is None or text == "v1"


def test_a_tolerance_is_relative_and_for_fractions() -> None:
    assert near_texts("0.5", "0.5000001", 1e-6)
    assert not near_texts("0.5", "0.501", 1e-6)
    assert near_texts("1,234.50", "1234.5", 0.0)
    assert not near_texts("5 %", "5 ms", 1.0)
    assert not near_texts("1000000", "1000001", 1e-6)
    assert near_texts("100", "105", 0.1)
    assert near_texts("NaN", "nan", 0.0)
    assert not near_texts("nan", "0", 0.5)
    assert not near(10**400, 1.5, 0.5)


@given(st.floats(), st.floats(), st.floats(0, 0.5))
def test_near_is_symmetric_and_holds_of_the_same(base: float, head: float, tolerance: float) -> None:
    assert near(base, base, tolerance)
    assert near(base, head, tolerance) == near(head, base, tolerance)


@given(st.text(max_size=30))
def test_any_text_is_read_or_not(text: str) -> None:
    read_number(text)
