"""Cells as concrete syntax trees: everything that was not edited stays as written."""

import json
import subprocess
import sys

import pytest

from nbreview.checks.fix_reference import parameters_of, removals
from nbreview.checks.fix_tree import add_argument, concrete_cell, drop_argument
from nbreview.paths import resource

CELLS = [
    "x = f( 1,2 )  # odd",
    "%%time\nx = 1",
    "!pip install a\nx = f(1)\n",
    "files = !ls *.csv\nx = f(1)",
    "%time x = f(1)",
    "%matplotlib inline\n\nif a:\n    %timeit f(1)\n    x = 1",
    "    x = 1\n    y = 2",
    "df?\nx = 1",
    "x = '''a\n%not a magic'''",
    "!wget a \\\n  -O b\nx = 1",
]


@pytest.mark.parametrize("source", CELLS)
def test_an_edit_of_nothing_changes_nothing(source: str) -> None:
    cell = concrete_cell(source)
    assert cell is not None
    assert cell.edited({}) == source


@pytest.mark.parametrize("source", ["x = (", "%%bash\nls", ">>> x = 1\n>>> y = 2", "x = 1\r\ny = 2"])
def test_what_cannot_be_read_is_no_tree(source: str) -> None:
    assert concrete_cell(source) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f()", "f(k=1)"),
        ("f(a)", "f(a, k=1)"),
        ("f(a, *b, **c)", "f(a, *b, **c, k=1)"),
        ("f(\n    a,\n    b\n)", "f(\n    a,\n    b,\n    k=1\n)"),
        ("f(\n    a,\n    b,\n)", "f(\n    a,\n    b,\n    k=1,\n)"),
        ("f(\n    a\n)", "f(\n    a, k=1\n)"),
    ],
)
def test_an_argument_is_added_as_the_others_are_written(source: str, expected: str) -> None:
    import libcst as cst

    cell = concrete_cell(source)
    assert cell is not None
    assert cell.edited({next(cell.nodes(cst.Call)): add_argument("k", "1")}) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f(a, k=1)", "f(a)"),
        ("f(k=1)", "f()"),
        ("f(k=1, b=2)", "f(b=2)"),
        ("f(\n  a,\n  k=1,\n)", "f(\n  a,\n)"),
    ],
)
def test_an_argument_goes_with_its_comma(source: str, expected: str) -> None:
    import libcst as cst

    cell = concrete_cell(source)
    assert cell is not None
    assert cell.edited({next(cell.nodes(cst.Call)): drop_argument("k")}) == expected


def test_every_removal_names_its_version_and_a_release_note_that_says_so() -> None:
    rows = removals()
    assert len(rows) >= 120
    for row in rows:
        assert row.version and row.note and row.url.startswith("https://"), row.name
        assert row.library == row.library.strip("-0123456789."), row.name


def test_the_tables_are_well_formed_and_name_a_thing_once() -> None:
    table = json.loads(resource("apis", "removed.v1.json").read_text(encoding="utf-8"))
    keys = [(row["kind"], row["name"], row.get("keyword"), row.get("value")) for row in table["rows"]]
    assert len(keys) == len(set(keys))
    assert "max_iter" in parameters_of("sklearn.linear_model.LogisticRegression")


def test_the_checks_load_no_parser_of_concrete_syntax_until_a_fix_is_asked_for() -> None:
    command = "import sys, nbreview.checks.fixes, nbreview.checks.refactor; print('libcst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
