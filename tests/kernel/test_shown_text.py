"""What a saved output's text and HTML say of the value, and what they leave open."""

import io

import pytest

from nbreview.kernel.shown_text import (
    FRAME,
    SERIES,
    by_label,
    info_facts,
    labels_facts,
    series_facts,
    shape_facts,
    table_facts,
    value_facts,
)

pandas = pytest.importorskip("pandas")
numpy = pytest.importorskip("numpy")
PEOPLE = pandas.DataFrame(
    {
        "age": [31, 42, 53],
        "city": ["Rome", "Oslo", "Bern"],
        "pay": [1.5, float("nan"), 3.0],
        "a & b": [True, False, True],
    }
)
WIDE = pandas.DataFrame(numpy.zeros((3, 40)), columns=[f"f{number}" for number in range(40)])


def shown(frame: object) -> str:
    """The HTML that pandas gives Jupyter."""
    with pandas.option_context("display.max_columns", 20):
        page = frame._repr_html_()  # type: ignore[attr-defined]
    assert isinstance(page, str)
    return page


def test_a_whole_table_tells_its_columns_examples_and_missing_values() -> None:
    facts = table_facts(shown(PEOPLE))
    assert (facts["type"], facts["shape"], facts["columns"]) == (FRAME, [3, 4], list(PEOPLE.columns))
    assert facts["per_column"]["age"] == {"example_values": [31, 42, 53]}
    assert facts["per_column"]["city"] == {"example_values": ["Rome", "Oslo", "Bern"]}
    assert facts["per_column"]["pay"] == {"has_nan": True, "example_values": [1.5, 3.0]}
    assert facts["per_column"]["a & b"] == {"example_values": [True, False]}


def test_a_table_cut_short_has_no_complete_list_of_columns_but_its_shape() -> None:
    facts = table_facts(shown(WIDE))
    assert facts["shape"] == [3, 40]
    assert "columns" not in facts
    assert {"f0", "f39"} <= set(facts["per_column"])
    assert "..." not in facts["per_column"]
    assert len(facts["per_column"]) < 40


def test_a_table_of_many_rows_tells_how_many_and_the_row_of_dots_is_no_value() -> None:
    facts = table_facts(shown(pandas.DataFrame({"n": range(500)})))
    assert facts["shape"] == [500, 1]
    assert facts["per_column"]["n"]["example_values"] == [0, 1, 2, 3, 4, 495, 496, 497, 498, 499]


def test_tables_with_columns_of_several_levels_or_of_other_libraries_say_nothing() -> None:
    levels = PEOPLE.groupby("city").agg({"age": ["min", "max"]})
    assert table_facts(shown(levels)) == {}
    assert table_facts('<small>shape: (1, 1)</small><table class="dataframe"><thead></thead></table>') == {}
    assert table_facts("<table><tr><td>1</td></tr></table>") == {}
    assert table_facts("<div class='x'>" * 50 + "<![x <table") == {}


def test_a_name_above_the_row_labels_is_no_column() -> None:
    facts = table_facts(shown(PEOPLE.set_index("city")))
    assert facts["columns"] == ["age", "pay", "a & b"]


def test_columns_that_occur_twice_are_not_told_apart() -> None:
    facts = table_facts(shown(pandas.concat([PEOPLE, PEOPLE], axis=1)))
    assert "columns" not in facts


def test_whole_numbers_as_labels_are_numbers() -> None:
    assert table_facts(shown(pandas.DataFrame(numpy.zeros((2, 3)))))["columns"] == [0, 1, 2]


def test_info_tells_rows_dtypes_and_what_is_missing() -> None:
    said = io.StringIO()
    PEOPLE.rename(columns={"a & b": "c d"}).info(buf=said)
    facts = info_facts(said.getvalue())
    assert facts["shape"] == [3, 4]
    assert facts["columns"] == ["age", "city", "pay", "c d"]
    assert facts["per_column"]["age"] == {"dtype": "int64", "has_nan": False}
    assert facts["per_column"]["pay"] == {"dtype": "float64", "has_nan": True}
    assert facts["whole_index"] is True
    assert info_facts("Data columns (total 3 columns):") == {}


def test_info_of_a_wide_table_tells_its_shape_only() -> None:
    said = io.StringIO()
    pandas.DataFrame(numpy.zeros((2, 200))).info(buf=said)
    assert "columns" not in info_facts(said.getvalue())


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("(100, 3)", {"shape": [100, 3]}),
        ("(7,)", {"shape": [7]}),
        ("()", {"shape": []}),
        ("torch.Size([4, 1, 28, 28])", {"shape": [4, 1, 28, 28], "type": "torch.Tensor"}),
        ("(7)", {}),
        ("(None, 3)", {}),
        ("100, 3", {}),
    ],
)
def test_shapes(text: str, facts: dict[str, object]) -> None:
    assert shape_facts(text) == facts


def test_a_series_tells_dtype_name_and_length() -> None:
    facts = series_facts(repr(PEOPLE["age"]))
    assert (facts["type"], facts["dtype"], facts["length"], facts["name"]) == (SERIES, "int64", 3, "age")
    long = series_facts(repr(pandas.Series(range(500), name="n")))
    assert (long["length"], long["whole"]) == (500, False)
    assert by_label(series_facts(repr(PEOPLE.isnull().sum()))) == {
        "age": "0", "city": "0", "pay": "1", "a & b": "0",
    }  # fmt: skip
    assert series_facts("no series") == {}


def test_labels_with_some_left_out_are_not_all() -> None:
    assert labels_facts(repr(PEOPLE.columns)) == {"columns": list(PEOPLE.columns)}
    assert labels_facts(repr(pandas.Index([f"f{n}" for n in range(200)]))) == {}
    assert labels_facts("['a', 'b']") == {"columns": ["a", "b"]}
    assert labels_facts("['a', 'a']") == {}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("3", {"type": "int", "value": 3}),
        ("'a'", {"type": "str", "value": "a"}),
        ("[1, 2]", {"type": "list", "length": 2, "literal": [1, 2]}),
        ("[1, 2, ...]", {}),
        (
            "{'a': 1, 'b': [2]}",
            {"type": "dict", "keys": ["a", "b"], "length": 2, "literal": {"a": 1, "b": [2]}},
        ),
        ("dict_keys(['a', 'b'])", {"type": "dict", "keys": ["a", "b"], "length": 2}),
        ("array([[1, 2], [3, 4]])", {"type": "numpy.ndarray", "shape": [2, 2], "dtype": "int64",
                                     "literal": [[1, 2], [3, 4]]}),
        ("array([0.5, nan])", {"type": "numpy.ndarray", "shape": [2], "dtype": "float64"}),
        ("array([0, 1, ..., 8, 9])", {"type": "numpy.ndarray"}),
        ("tensor([1., 2.], dtype=torch.float64)", {"type": "torch.Tensor", "shape": [2],
                                                   "dtype": "torch.float64"}),
        ("RandomForestClassifier(n_estimators=10)", {"type": "", "class_name": "RandomForestClassifier",
                                                     "params": {"n_estimators": 10}}),
        ("<matplotlib.axes.Axes at 0x1>", {}),
        ("(" * 5_000, {}),
    ],
)  # fmt: skip
def test_values(text: str, facts: dict[str, object]) -> None:
    assert value_facts(text) == facts
