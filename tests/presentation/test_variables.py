"""What lives in a kernel, as rows: from descriptions such as a snapshot holds."""

from nbreview.kernel.model import Definition, RuntimeSnapshot
from nbreview.presentation.variables import variable_rows

FRAME = {
    "type": "pandas.core.frame.DataFrame",
    "shape": [500, 2],
    "has_nan": True,
    "per_column": {
        "age": {
            "dtype": "float64",
            "num_unique": 499,
            "value_range": [1.00578269945661, 70.66],
            "histogram": [2, 0, 5],
            "nan_count": 1,
        },
        "city": {"dtype": "object", "num_unique": 2, "unique_values": ["Rome", "Oslo"], "has_nan": False},
        "odd": {"dtype": "object", "num_unique": -1},
    },
}


def test_a_data_frame_has_its_columns_below_it() -> None:
    (row,) = variable_rows(RuntimeSnapshot({"df": FRAME}, {"df": Definition(2, 4)}))
    assert (row.name, row.type, row.size, row.nan, row.cell, row.line) == (
        "df",
        "DataFrame",
        "500 × 2",
        "some",
        2,
        4,
    )
    age, city, odd = row.children
    assert (age.type, age.size, age.values, age.nan) == ("float64", "499 distinct", "1.00578 … 70.66", "1")
    assert age.histogram == (2, 0, 5)
    assert (city.values, city.nan) == ("Rome, Oslo", "none")
    assert odd.size == ""


def test_values_lengths_and_signatures_stand_in_one_column() -> None:
    snapshot = RuntimeSnapshot(
        {
            "names": {"type": "<class 'list'>", "length": 1, "element_types": {"<class 'str'>": 1}},
            "rate": {"type": "<class 'float'>", "value": 0.5},
            "text": {"type": "<class 'str'>", "value": "a\n" * 90, "length": 180},
            "scaled": {"type": "<class 'function'>", "signature": "(frame, by=2)"},
            "model": {
                "type": "<class 'x.LinearRegression'>",
                "class_name": "LinearRegression",
                "is_fitted": False,
            },
            "__method__df_drop": {"type": "<class 'method'>"},
        }
    )
    rows = {row.name: row for row in variable_rows(snapshot)}
    assert list(rows) == ["model", "names", "rate", "scaled", "text"]
    assert (rows["names"].size, rows["names"].values) == ("1 item", "of str")
    assert rows["rate"].size == "0.5"
    assert rows["scaled"].size == "(frame, by=2)"
    assert (rows["model"].type, rows["model"].values) == ("LinearRegression", "not fitted")
    assert len(rows["text"].size) == 80


def test_a_description_that_lacks_everything_is_a_row_all_the_same() -> None:
    snapshot = RuntimeSnapshot({"x": {}, "y": {"shape": "odd", "per_column": {"a": 3}, "histogram": "no"}})
    assert [(row.name, row.size, row.children) for row in variable_rows(snapshot)] == [
        ("x", "", ()),
        ("y", "", ()),
    ]
