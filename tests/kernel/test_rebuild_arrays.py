"""Arrays and sparse matrices: what is told of the real one is true of the rebuilt one."""

import random
from typing import Any

import pytest

from nbreview.kernel.rebuild import CannotRebuild, World, rebuild, rebuild_exactly
from tests.kernel.described import describe

numpy = pytest.importorskip("numpy")
hypothesis = pytest.importorskip("hypothesis")
st = hypothesis.strategies

RNG = numpy.random.default_rng(5)


@pytest.mark.parametrize("world", [0, 1])
@pytest.mark.parametrize(
    "array",
    [
        RNG.random((10, 20)),
        RNG.integers(0, 255, (5, 6, 3)).astype("uint8"),
        numpy.array([[numpy.nan, 1.0], [2, 3]] * 100),
        RNG.integers(0, 3, 500),
        RNG.choice(["aa", "b"], 300),
        RNG.random(200) < 0.5,
        numpy.zeros((0, 4)),
        numpy.array(3.0),
        RNG.random(200).astype("float16"),
        numpy.arange("2020-01-01", "2020-06-01", dtype="datetime64[D]"),
        RNG.random(100) + 1j,
        numpy.full(300, 7, dtype="int8"),
        numpy.array([numpy.inf, -1.0, 2.0] * 50),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}",
)
def test_every_told_fact_of_an_array_is_true_of_the_rebuilt_one(array: Any, world: int) -> None:
    told = describe(array)
    again = describe(rebuild("a", told, random.Random(1), world=world))
    for fact in ("shape", "dtype", "has_nan", "value_range"):
        assert again.get(fact) == told.get(fact)
    info, other = told.get("value_info", {}), again.get("value_info", {})
    assert other.get("num_unique") == info.get("num_unique")


def test_a_small_array_is_the_real_one() -> None:
    array = numpy.array([[1, 5], [9, 2]])
    made = rebuild_exactly("a", describe(array), World(random.Random(1)))
    assert (made.value == array).all() and made.exactness.values


def test_a_large_array_takes_no_more_than_its_shape_and_keeps_its_range() -> None:
    told = {"type": "numpy.ndarray", "dtype": "uint8", "shape": (5000, 32, 32, 3), "value_range": (3, 250)}
    array: Any = rebuild("a", told, random.Random(1))
    assert array.shape == (5000, 32, 32, 3) and (array.min(), array.max()) == (3, 250)
    array[0] = 0  # it can be written to, as the real one


def test_an_object_array_that_nothing_is_told_of_holds_words_in_one_world_and_numbers_in_the_next() -> None:
    told = {"type": "numpy.ndarray", "dtype": "object", "shape": (20, 1)}
    even, odd = (rebuild_exactly("x", told, World(random.Random(1), world)) for world in (0, 1))
    assert isinstance(even.value[0, 0], str) and isinstance(odd.value[0, 0], int)
    assert not even.exactness.dtypes and not even.exactness.distinct


def test_a_range_that_does_not_fit_the_dtype_is_refused() -> None:
    told = {"type": "numpy.ndarray", "dtype": "uint8", "shape": (3,), "value_range": (0, 300)}
    with pytest.raises(CannotRebuild, match="does not fit its dtype"):
        rebuild("a", told, random.Random(1))


@hypothesis.settings(max_examples=40, deadline=None, derandomize=True, database=None)
@hypothesis.given(
    st.sampled_from(["int8", "uint16", "int64", "float32", "float64", "bool"]),
    st.lists(st.integers(0, 6), max_size=3),
    st.integers(0, 100),
    st.integers(0, 1),
)
def test_any_array_keeps_its_shape_its_dtype_and_its_range(
    dtype: str, shape: list[int], seed: int, world: int
) -> None:
    real = (numpy.random.default_rng(seed).random(shape) * 100).astype(dtype)
    told = describe(numpy.asarray(real))
    del told["literal"]
    again = describe(rebuild("a", told, random.Random(seed), world=world))
    for fact in ("shape", "dtype", "has_nan", "value_range"):
        assert again.get(fact) == told.get(fact)


def test_a_sparse_matrix_is_of_its_class_and_shape() -> None:
    sparse = pytest.importorskip("scipy.sparse")
    real = sparse.random(50, 30, 0.1, "csr", random_state=1)
    made: Any = rebuild("m", describe(real), random.Random(1))
    assert type(made) is type(real) and made.shape == (50, 30) and made.nnz == real.nnz
    assert made.dtype == real.dtype
