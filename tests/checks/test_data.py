"""Columns, rows and keys that are taken away twice, or used after they were taken away."""

import pytest

from nbreview.checks.data import check_data
from tests.checks.libraries import book

START = "import pandas as pd\nimport seaborn as sns\ndf = pd.read_csv('a.csv')\nx = y = []"


def said(*cells: str) -> list[tuple[int, str]]:
    return [(finding.cell_index, finding.exception) for finding in check_data(book(START, *cells))]


@pytest.mark.parametrize(
    ("first", "second", "exception"),
    [
        ("df.drop(columns='a', inplace=True)", "df.drop(columns='a', inplace=True)", "KeyError"),
        ("df = df.drop('a', axis=1)", "df = df.drop('a', axis=1)", "KeyError"),
        ("df = df.drop('a', axis=1)", "df.drop(columns=['b', 'a'], inplace=True)", "KeyError"),
        ("df.drop([3, 4], inplace=True)", "df.drop([3], axis=0, inplace=True)", "KeyError"),
        ("del df['a']", "del df['a']", "KeyError"),
        ("y = df.pop('a')", "z = df['a'].mean()", "KeyError"),
        ("df.pop('a')", "df.pop('a')", "KeyError"),
        ("df = df.set_index('a')", "df = df.set_index('a')", "KeyError"),
        ("df.set_index('a', inplace=True)", "print(df['a'])", "KeyError"),
        ("df = df.rename(columns={'a': 'b'})", "df[['a', 'c']]", "KeyError"),
        ("df.rename(columns={'a': 'b'}, inplace=True)", "df.drop(columns='a', inplace=True)", "KeyError"),
        ("df = df.drop('a', axis=1)\ndf = df.dropna()\ndf.fillna(0, inplace=True)", "df['a']", "KeyError"),
    ],
)
def test_what_was_certainly_taken_away_is_gone(first: str, second: str, exception: str) -> None:
    assert said(first, "print(len(df))\ndf.describe()\nsns.heatmap(df)", second) == [(3, exception)]


@pytest.mark.parametrize(
    "between",
    [
        "df['a'] = 1",
        "df = pd.read_csv('a.csv')",
        "df.loc[:, 'a'] = 1",
        "df.columns = x",
        "df.insert(0, 'a', y)",
        "df.reset_index(inplace=True)",
        "df.rename(columns={'b': 'a'}, inplace=True)",
        "df.rename(columns=x, inplace=True)",
        "if x:\n    df['a'] = 1",
        "for df in x:\n    pass",
        "for each in [df]:\n    each['a'] = 1",
        "prepare(df)",
        "other = df\nother['a'] = 1",
        "tables = {'df': df}",
        "model.fit(df)",
        "from m import *",
        "exec(x)",
        "%run other.ipynb",
        "df.eval('a = b', inplace=True)",
        "df = df.reset_index()",
    ],
)
def test_a_table_that_may_have_been_given_something_back_is_forgotten(between: str) -> None:
    assert said("df.drop(columns='a', inplace=True)", between, "df.drop(columns='a', inplace=True)") == []


@pytest.mark.parametrize(
    "second",
    [
        "df.drop(columns='b', inplace=True)",
        "df.drop(columns='a', inplace=True, errors='ignore')",
        "df.drop('a', inplace=True)",
        "if x:\n    df['a']",
        "x and df['a']",
        "df['a'] if x else 1",
        "[df['a'] for i in x]",
        "lambda: df['a']",
        "try:\n    df['a']\nexcept KeyError:\n    pass",
        "'a' in df",
        "df.get('a')",
        "df['a'] = 2",
    ],
)
def test_what_need_not_be_there_or_may_not_be_reached_is_not_flagged(second: str) -> None:
    assert said("df.drop(columns='a', inplace=True)", second) == []


def test_a_name_that_was_bound_to_the_none_of_an_inplace_call_is_no_table() -> None:
    assert said("df = df.drop('a', axis=1, inplace=True)", "df.head()") == [(2, "AttributeError")]
    assert said("df = df.sort_values('a', inplace=True)", "df['b']") == [(2, "TypeError")]
    assert said("df = df.dropna(inplace=True)", "df = 1", "df.real") == []
    assert said("df = df.dropna(inplace=True)", "df.__class__") == []


def test_a_table_that_functions_use_is_left_alone() -> None:
    assert said("def f():\n    df['a'] = 1", "df.drop(columns='a', inplace=True)", "f()", "df['a']") == []


def test_rows_are_other_labels_than_columns() -> None:
    assert said("df.drop(index=['a'], inplace=True)", "df['a']") == []


def test_a_new_index_has_rows_of_its_own() -> None:
    assert (
        said("df.drop([3], inplace=True)", "df.set_index('n', inplace=True)", "df.drop([3], inplace=True)")
        == []
    )


def test_a_dictionary_loses_its_key_but_its_items_are_not_judged() -> None:
    assert said("d = {'a': 1}", "d.pop('a')", "d.pop('a')") == [(3, "KeyError")]
    assert said("d = make()", "d.pop('a')", "d['a']") == []
    assert said("d = {'a': 1}", "d.pop('a')", "d.pop('a', None)") == []


@pytest.mark.parametrize(
    "library", ["import polars as pl", "from pyspark.sql import SparkSession", "import dask"]
)
def test_other_libraries_of_tables_end_the_check(library: str) -> None:
    assert said(library, "df = df.drop('a', axis=1)", "df = df.drop('a', axis=1)") == []


def test_the_cell_that_took_it_away_is_named() -> None:
    (found,) = check_data(book(START, "df.drop(columns='a', inplace=True)", "1\ndf['a']"))
    assert (found.origin_index, found.line) == (1, 1)
    assert found.message == "KeyError: 'a': 'a' was taken away by cell 2, line 1."


def test_pandas_itself_says_the_same() -> None:
    pandas = pytest.importorskip("pandas")
    for first, second in (
        ("df.drop(columns='a', inplace=True)", "df.drop(columns='a', inplace=True)"),
        ("df = df.set_index('a')", "df['a']"),
        ("df = df.set_index('a')", "df.set_index('a')"),
        ("df = df.rename(columns={'a': 'b'})", "df[['a', 'c']]"),
        ("df.drop([0], inplace=True)", "df.drop([0], inplace=True)"),
    ):
        space = {"df": pandas.DataFrame({"a": [1, 2], "c": [3, 4]})}
        exec(first, space)
        with pytest.raises(KeyError):
            exec(second, space)


@pytest.mark.parametrize(
    "source", ["df.drop(" * 90, "del df[" + "'a'" + "]" * 3, "df" + "['a']" * 3000, "%%x\ndf", ""]
)
def test_odd_cells_end_in_no_finding(source: str) -> None:
    assert said(source, "df.head()") == []
