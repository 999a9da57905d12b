"""Primitives, sequences and dictionaries from what is told of them."""

import random
from typing import Any

import pytest

from nbreview.kernel.rebuild import CannotRebuild, World, rebuild, rebuild_exactly
from tests.kernel.described import describe


@pytest.mark.parametrize(
    "value",
    [5, 2.5, "text", None, True, 1j, b"ab", [1, 2, 3], (1, "a"), {1, 2}, set(), {"a": 1, 2: [1, 2]}, []],
)
def test_a_small_value_is_the_real_one(value: object) -> None:
    made = rebuild_exactly("v", describe(value), World(random.Random(1)))
    assert made.value == value and type(made.value) is type(value) and made.exactness.values


def test_a_long_text_keeps_its_beginning_and_its_length() -> None:
    made = rebuild_exactly("t", describe("y" * 900), World(random.Random(1)))
    assert isinstance(made.value, str) and len(made.value) == 900 and made.value.startswith("y" * 400)
    assert not made.exactness.values


@pytest.mark.parametrize("value", [list(range(1000)), [f"s{k}" for k in range(700)], [0.5, 2.5] * 300])
def test_a_long_list_keeps_its_length_and_what_is_told_of_its_values(value: list[Any]) -> None:
    told = describe(value)
    for world in (0, 1):
        again = describe(rebuild("v", told, random.Random(1), world=world))
        for fact in ("length", "element_types", "value_info"):
            assert again[fact] == told[fact]


def test_a_list_of_arrays_has_arrays_of_the_told_shape() -> None:
    numpy = pytest.importorskip("numpy")
    made: Any = rebuild("v", describe([numpy.ones((3, 4)) for _ in range(30)]), random.Random(1))
    assert len(made) == 30 and {each.shape for each in made} == {(3, 4)}


def test_items_that_nothing_is_told_of_are_placeholders_or_a_reason() -> None:
    told = {"type": "<class 'list'>", "length": 3}
    with pytest.raises(CannotRebuild, match="an item of a list"):
        rebuild("v", told, random.Random(1))
    assert rebuild("v", told, random.Random(1), unknown=lambda why: why) == ["an item of a list"] * 3


def test_a_history_has_its_metrics_and_no_other() -> None:
    real = {"loss": [0.1] * 200, "accuracy": [0.2] * 200}
    made = rebuild_exactly("h", describe(real), World(random.Random(1)))
    assert {name: len(values) for name, values in made.value.items()} == {"loss": 200, "accuracy": 200}
    assert made.exactness.columns and not made.exactness.values


def test_scalar_metrics_have_their_keys_in_order() -> None:
    told = {
        "type": "<class 'dict'>",
        "detected": "scalar_metrics_dict",
        "length": 2,
        "metrics": ["b", "a"],
    }
    even, odd = (rebuild("m", told, random.Random(1), world=world) for world in (0, 1))
    assert list(even) == list(odd) == ["b", "a"]  # type: ignore[call-overload]
    assert {type(v) for v in even.values()} == {int} and {type(v) for v in odd.values()} == {float}  # type: ignore[attr-defined]


def test_a_previewed_dictionary_has_the_values_that_are_literals() -> None:
    entry = {"key": "n", "key_type": "<class 'str'>", "value_repr": "3", "value_type": "<class 'int'>"}
    other = {"key": "1", "key_type": "<class 'int'>", "value_repr": "<object>", "value_type": "<class 'x.Y'>"}
    told = {"type": "<class 'dict'>", "length": 2, "preview": [entry, other]}
    made = rebuild_exactly("d", told, World(random.Random(1), unknown=lambda why: "?"))
    assert made.value == {"n": 3, 1: "?"} and made.exactness.columns


def test_a_dictionary_that_is_not_told_whole_says_so() -> None:
    real = {k: str(k) for k in range(500)}
    made = rebuild_exactly("d", describe(real), World(random.Random(1), unknown=lambda why: "?"))
    assert made.value[3] == "3" and not made.exactness.columns
