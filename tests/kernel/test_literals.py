"""Values as text and as plain data: what is printed is read back, and what cannot be read is said."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.errors import UserError
from nbreview.kernel.literals import Opaque, decode, encode, parse, show

leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=120)
keys = st.text(max_size=20) | st.integers() | st.tuples(st.text(max_size=5), st.integers())
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.lists(inner, max_size=6).map(tuple)
        | st.dictionaries(keys, inner, max_size=6)
    ),
    max_leaves=30,
)


@given(values)
def test_what_pprint_prints_is_read_back(value: object) -> None:
    assert parse(show(value)) == value


@given(values)
def test_plain_data_gives_the_values_back_after_json(value: object) -> None:
    assert decode(json.loads(json.dumps(encode(value)))) == value


def test_a_representation_stays_as_it_was_written() -> None:
    text = "{'a': [dtype('O'), <function f at 0x7f>, torch.Size([1, 2])],\n 'b': array([[1],\n       [3]])}"
    value = parse(text)
    assert isinstance(value, dict)
    assert value["a"] == [Opaque("dtype('O')"), Opaque("<function f at 0x7f>"), Opaque("torch.Size([1, 2])")]
    assert value["b"] == Opaque("array([[1],\n       [3]])")
    assert show(decode(encode(value))) == show(value)


def test_a_text_of_which_the_beginning_was_kept_is_read_back() -> None:
    kept = Opaque(repr('a "quoted" line\n') + "...")
    value = {"text": {"value": kept}, "texts": [kept, "b"], "either": (kept, kept)}
    assert parse(show(value)) == value


def test_shapes_and_ranges_are_bare_lists_and_come_back_as_tuples() -> None:
    plain = encode({"shape": (3, 4), "value_range": (0, 1), "values": [1], "pair": (1, 2)})
    assert plain == {"shape": [3, 4], "value_range": [0, 1], "values": [1], "pair": {"$tuple": [1, 2]}}
    assert decode(plain) == {"shape": (3, 4), "value_range": (0, 1), "values": [1], "pair": (1, 2)}


def test_keys_that_are_no_strings_are_told_apart() -> None:
    plain = encode({0: "a", "0": "b", "$x": "c", ("p", 1): "d"})
    assert set(plain) == {"$0", "0", "$'$x'", "$('p', 1)"}
    assert decode(plain) == {0: "a", "0": "b", "$x": "c", ("p", 1): "d"}


def test_not_a_number_is_read() -> None:
    value = parse("[nan, -inf, 1e-05]")
    assert isinstance(value, list)
    assert str(value) == "[nan, -inf, 1e-05]"


@pytest.mark.parametrize(
    "text",
    ["", "{", "{'a': }", "[1, 2", "[1 2]", "{'a': 1, 2}", "(]", "'open", "[1]]", "{[1]: 2}", "[" * 5000],
)
def test_what_is_no_literal_is_said_with_its_line(text: str) -> None:
    with pytest.raises(UserError, match=r"In the snapshot, line \d+, "):
        parse(text, "the snapshot")
