"""Objects rebuilt from descriptions: which kind, the same by seed, bad descriptions, whole snapshots."""

import random
from typing import Any

import pytest

from nbreview.kernel.rebuild import (
    CannotRebuild,
    World,
    attributes_of,
    fitting_length,
    rebuild,
    rebuild_exactly,
    rebuild_names,
)

numpy = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")

FRAME = {
    "type": "pandas.core.frame.DataFrame",
    "shape": [40, 3],
    "has_nan": False,
    "per_column": {
        "age": {"type": "continuous", "num_unique": 20, "value_range": [18, 90]},
        "city": {"type": "categorical", "num_unique": 9, "example_values": ["Rome", "Oslo", "Bern"]},
        "score": {"type": "continuous", "num_unique": 30, "value_range": [0.5, 9.5]},
    },
}
LABELS = {
    "type": "<class 'pandas.core.series.Series'>",
    "value_info": {"value_type": "binary", "unique_values": [0, 1]},
}


def test_the_same_seed_makes_the_same_object_and_another_a_different_one() -> None:
    first, again, other = (rebuild("df", FRAME, random.Random(seed)) for seed in (1, 1, 2))
    pandas.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_two_worlds_agree_on_what_is_known_and_differ_in_what_is_not() -> None:
    even, odd = (rebuild_exactly("df", FRAME, World(random.Random(1), world)) for world in (0, 1))
    assert even.value.shape == odd.value.shape == (40, 3)
    assert set(even.value.columns) == set(odd.value.columns) == {"age", "city", "score"}
    assert list(even.value.columns) != list(odd.value.columns)
    assert not even.exactness.order and even.exactness.columns and even.exactness.shape
    assert set(even.value["city"]) == {"Rome", "Oslo", "Bern"} and not even.exactness.distinct
    assert odd.value["city"].nunique() == 9 and {"Rome", "Oslo", "Bern"} < set(odd.value["city"])


def test_what_cells_define_is_not_rebuilt() -> None:
    for kind in ("function", "method", "type", "module", "builtin_function_or_method"):
        with pytest.raises(CannotRebuild, match="comes from the cell that defines it"):
            rebuild("f", {"type": f"<class '{kind}'>"}, random.Random(1))
    with pytest.raises(CannotRebuild, match=r"__main__\.Net are not rebuilt"):
        rebuild("net", {"type": "<class '__main__.Net'>"}, random.Random(1))


@pytest.mark.parametrize(
    "description",
    [
        {},
        {"type": 3},
        {"type": "numpy.ndarray"},
        {"type": "numpy.ndarray", "shape": "big", "dtype": "float64"},
        {"type": "numpy.ndarray", "shape": [-1], "dtype": "float64"},
        {"type": "numpy.ndarray", "shape": [3], "dtype": "no such"},
        {"type": "numpy.ndarray", "shape": [10**9, 10**3], "dtype": "float64"},
        {"type": "numpy.ndarray", "shape": [10**30], "dtype": "O"},
        {"type": "pandas.core.frame.DataFrame", "shape": [10**8, 400], "per_column": {}},
        {"type": "pandas.core.frame.DataFrame", "shape": [3]},
        {"type": "pandas.core.frame.DataFrame", "shape": [3, 1], "per_column": {"a": {}, "b": {}}},
        {"type": "pandas.core.frame.DataFrame", "shape": [3, 1], "per_column": {"a": {"dtype": "nonsense"}}},
        {"type": "pandas.core.frame.DataFrame", "shape": [9, 1], "per_column": {"a": {"num_unique": "many"}}},
        {"type": "<class 'list'>", "length": "long"},
        {"type": "<class 'list'>", "length": 10**12},
        {"type": "<class 'dict'>", "length": 3},
        {"type": "<class 'int'>", "value": "3"},
        {"type": "<class 'str'>"},
        {"type": "<class 'pandas.core.series.Series'>", "value_info": 3, "length": -4},
        {"type": "torch.utils.data.dataloader.DataLoader", "batch_size": 0},
        {
            "type": "<class 'sklearn.no.Such'>",
            "is_fitted": True,
            "class_name": "Such",
            "module": "sklearn.no",
        },
        {"type": "<class 'os.system'>", "is_fitted": True, "class_name": "system", "module": "os"},
        "text",
        None,
    ],
)
def test_a_bad_description_is_refused_with_a_reason(description: Any) -> None:
    with pytest.raises(CannotRebuild) as raised:
        rebuild("x", description, random.Random(1))
    assert raised.value.reason and not raised.value.reason.endswith(".")


def test_a_class_is_only_called_where_it_is_an_estimator_of_a_known_library() -> None:
    bad = {"type": "<class 'subprocess.Popen'>", "params": {"args": "ls"}, "is_fitted": False}
    with pytest.raises(CannotRebuild, match="estimators of subprocess are not rebuilt"):
        rebuild("x", bad, random.Random(1))


def test_all_names_come_with_reasons_for_those_that_do_not() -> None:
    descriptions = {
        "df": FRAME,
        "f": {"type": "<class 'function'>"},
        "n": {"type": "<class 'int'>", "value": 3},
    }
    made, reasons = rebuild_names(descriptions, random.Random(1))
    assert list(made) == ["df", "n"] and made["n"].value == 3
    assert list(reasons) == ["f"]


def test_leaving_a_name_out_changes_no_other() -> None:
    whole, _ = rebuild_names({"n": LABELS, "df": FRAME}, random.Random(1))
    part, _ = rebuild_names({"df": FRAME}, random.Random(1))
    pandas.testing.assert_frame_equal(whole["df"].value, part["df"].value)


def test_a_length_that_is_not_told_fits_the_other_half_of_a_split() -> None:
    array = {"type": "numpy.ndarray", "dtype": "float64", "has_nan": False}
    descriptions: dict[str, Any] = {
        "X_train": {**array, "shape": [70, 2]},
        "X_test": {**array, "shape": [30, 2]},
        "y_train": LABELS,
        "y_test": LABELS,
    }
    made, _ = rebuild_names(descriptions, random.Random(1))
    assert len(made["y_train"].value) == 70 and len(made["y_test"].value) == 30
    assert not made["y_test"].exactness.shape
    assert fitting_length("weights", descriptions) in (70, 30)
    assert fitting_length("y", {"y": LABELS}) is None


def test_a_length_that_nothing_tells_differs_between_worlds() -> None:
    lengths = {len(rebuild("y", LABELS, random.Random(1), world=world)) for world in (0, 1)}  # type: ignore[arg-type]
    assert len(lengths) == 2


def test_attributes_are_described_under_the_longest_owner() -> None:
    history = {"type": "<class 'dict'>", "length": 0}
    descriptions = {
        "model": {"type": "x"},
        "model_fit": {"type": "x"},
        "__method__model_fit_history": history,
        "__method__model_name": {"type": "<class 'str'>", "value": "m"},
        "__method__model_summary": {"type": "<class 'method'>"},
    }
    assert list(attributes_of("model", descriptions)) == ["name"]
    assert attributes_of("model_fit", descriptions) == {"history": history}


def test_columns_that_are_described_as_attributes_are_columns() -> None:
    descriptions = {
        "df": {"type": "pandas.core.frame.DataFrame", "shape": [50, 4], "dtypes": ["int64", "object"]},
        "__method__df_city": {
            "type": "<class 'pandas.core.series.Series'>",
            "value_info": {
                "num_unique": 2,
                "unique_values": [" a", " b"],
                "value_type": "categorical or object",
            },
        },
        "__method__df_dtypes": {"type": "<class 'pandas.core.series.Series'>", "value_info": {}},
    }
    made, _ = rebuild_names(descriptions, random.Random(1))
    frame, exactness = made["df"].value, made["df"].exactness
    assert frame.shape == (50, 4) and set(frame["city"]) == {" a", " b"}
    assert not exactness.columns and "dtypes" not in list(frame.columns)
