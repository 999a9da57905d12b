"""Tables, series and row labels: what is told of the real one is true of the rebuilt one."""

import random
from typing import Any

import pytest

from nbreview.kernel.rebuild import World, rebuild, rebuild_exactly
from tests.kernel.described import describe

numpy = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")
hypothesis = pytest.importorskip("hypothesis")
st = hypothesis.strategies

_COLUMN = ("dtype", "type", "value_range", "has_nan")


def frame(rows: int = 200) -> Any:
    rng = numpy.random.default_rng(3)
    texts = pandas.Series(rng.choice(["1", "2.5", "x"], rows))
    return pandas.DataFrame(
        {
            "whole": rng.integers(0, 50, rows),
            "real": rng.random(rows),
            "holes": numpy.where(rng.random(rows) < 0.2, numpy.nan, rng.random(rows)),
            "text": texts.where(rng.random(rows) < 0.8),
            "many": rng.choice([f"name {k}" for k in range(60)], rows),
            "flag": rng.random(rows) < 0.5,
            "day": pandas.date_range("2020-01-01", periods=rows),
            "kind": pandas.Categorical(rng.choice(list("xyz"), rows)),
            "lists": [[1, 2]] * rows,
            "maybe": pandas.array([1, None] * (rows // 2), dtype="Int64"),
            3: range(rows),
        }
    )


@pytest.mark.parametrize("world", [0, 1])
def test_every_told_fact_of_a_table_is_true_of_the_rebuilt_one(world: int) -> None:
    told = describe(frame())
    made = rebuild_exactly("df", told, World(random.Random(1), world))
    again = describe(made.value)
    for fact in ("shape", "columns", "has_nan", "index_type"):
        assert again[fact] == told[fact]
    for name, column in told["per_column"].items():
        for fact in _COLUMN:
            assert again["per_column"][name].get(fact) == column.get(fact), (name, fact)
        if world or name != "many":  # even worlds invent no text
            assert again["per_column"][name].get("num_unique") == column.get("num_unique"), name
    assert made.exactness.columns and made.exactness.order and made.exactness.dtypes
    assert made.exactness.missing and not made.exactness.values


def test_the_text_that_is_no_number_occurs_where_the_examples_are_numbers() -> None:
    real = pandas.DataFrame({"price": [*(str(k) for k in range(40)), "10,000+"]})
    made = rebuild("df", describe(real), random.Random(1))
    assert "10,000+" in set(made["price"])  # type: ignore[index]


def test_where_only_the_table_is_said_to_have_holes_two_worlds_put_them_elsewhere() -> None:
    column = {"type": "continuous", "num_unique": 20, "value_range": [0.0, 1.0]}
    told = {
        "type": "pandas.core.frame.DataFrame",
        "shape": (60, 3),
        "has_nan": True,
        "per_column": {"a": column, "b": column, "n": {**column, "value_range": [0, 30]}},
    }
    even, odd = (rebuild_exactly("df", told, World(random.Random(1), world)) for world in (0, 1))
    holes = [{name for name in each.value if each.value[name].isna().any()} for each in (even, odd)]
    assert holes[0] and holes[1] and not holes[0] & holes[1] and "n" not in holes[0] | holes[1]
    assert not even.exactness.missing
    only = {**told, "shape": (60, 2), "per_column": {"a": column, "n": told["per_column"]["n"]}}  # type: ignore[index]
    for world in (0, 1):
        assert rebuild("df", only, random.Random(1), world=world)["a"].isna().any()  # type: ignore[index]


def test_a_table_whose_columns_are_not_named_says_so() -> None:
    told = {
        "type": "pandas.core.frame.DataFrame",
        "shape": (30, 5),
        "dtypes": ["int64", "float64", "bool"],
        "has_nan": False,
    }
    made = rebuild_exactly("X", told, World(random.Random(1)))
    assert made.value.shape == (30, 5) and {str(dtype) for dtype in made.value.dtypes} == {
        "int64",
        "float64",
        "bool",
    }
    assert not made.exactness.columns and not made.exactness.dtypes


@pytest.mark.parametrize("world", [0, 1])
@pytest.mark.parametrize(
    "index",
    [
        pandas.RangeIndex(60),
        pandas.Index([f"row{k}" for k in range(60)]),
        pandas.date_range("2021-01-01", periods=60, freq="2D"),
        pandas.Index(numpy.random.default_rng(1).permutation(100)[:60]),
    ],
)
def test_row_labels_are_of_the_told_class_and_begin_as_told(index: Any, world: int) -> None:
    told = describe(pandas.DataFrame({"a": range(60)}, index=index))
    made = rebuild_exactly("df", told, World(random.Random(1), world))
    again = describe(made.value)
    assert again["index_type"] == told["index_type"] and again.get("index") == told.get("index")
    assert not made.exactness.labels


def test_labels_that_are_all_told_are_exact() -> None:
    real = pandas.DataFrame({"a": range(3)}, index=["x", "y", "z"])
    made = rebuild_exactly("df", describe(real), World(random.Random(1)))
    assert list(made.value.index) == ["x", "y", "z"] and made.exactness.labels


def test_tables_of_one_length_share_their_invented_labels() -> None:
    left, right = (
        rebuild("x", {"type": kind, "shape": (50, 1), "length": 50}, random.Random(seed), world=1)
        for seed, kind in ((1, "pandas.core.frame.DataFrame"), (2, "pandas.core.series.Series"))
    )
    assert list(left.index) == list(right.index) != list(range(50))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "series",
    [
        pandas.Series(numpy.linspace(0, 1, 200), name="q"),
        pandas.Series(["a", "b", None], index=[3, 1, 2]),
        pandas.Series(["u", "v"] * 60),
        pandas.Series(["a", "b"] * 40, dtype="category"),
        pandas.Series(pandas.date_range("2020", periods=90, tz="UTC")),
        pandas.Series([], dtype=float),
    ],
)
def test_a_series_is_as_told(series: Any) -> None:
    told = describe(series)
    for world in (0, 1):
        again = describe(rebuild("s", told, random.Random(1), world=world))
        for fact in ("length", "dtype", "has_nan", "index_type", "name"):
            assert again[fact] == told[fact]
        assert again["value_info"].get("num_unique") == told["value_info"].get("num_unique")


def test_an_index_is_as_told() -> None:
    for index in (pandas.RangeIndex(4, 50, 2), pandas.Index(["a", "b"], name="n")):
        assert rebuild("i", describe(index), random.Random(1)).equals(index)  # type: ignore[attr-defined]


_VALUES = st.one_of(
    st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=60),
    st.lists(st.floats(-1e9, 1e9) | st.just(float("nan")), min_size=1, max_size=60),
    st.lists(st.text("abc 1.", max_size=8), min_size=1, max_size=60),
    st.lists(st.booleans(), min_size=1, max_size=60),
)


@hypothesis.settings(max_examples=40, deadline=None, derandomize=True, database=None)
@hypothesis.given(_VALUES, st.integers(0, 1))
def test_any_column_keeps_its_ends_its_dtype_and_its_holes(values: list[Any], world: int) -> None:
    real = pandas.DataFrame({"a": values})
    told = describe(real)
    again = describe(rebuild("df", told, random.Random(1), world=world))
    column, other = told["per_column"]["a"], again["per_column"]["a"]
    assert again["shape"] == told["shape"]
    for fact in ("dtype", "value_range", "has_nan"):
        assert other.get(fact) == column.get(fact)
    if world or column["type"] != "categorical" or "unique_values" in column:
        assert other["num_unique"] == column["num_unique"]
