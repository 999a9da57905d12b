"""CRANE-LLM's published layout: a case is read and printed as it was."""

import json

import pytest

from nbreview.errors import UserError
from nbreview.kernel.crane import case_text, parse_case, parse_snapshot, snapshot_text
from nbreview.kernel.model import Definition, Program, RuntimeSnapshot, Step

INFORMATION = """\
{'__method__df_drop': {'type': "<class 'method'>"},
 'df': {'execution_cell_source': {'cellno': 4, 'lineno': 2},
        'has_nan': False,
        'per_column': {'a': {'num_unique': 3,
                             'type': 'continuous',
                             'value_range': (0.5, 2.0)},
                       'b': {'num_unique': 2,
                             'type': 'categorical',
                             'unique_values': ['x', 'y']}},
        'shape': (3, 2),
        'type': 'pandas.core.frame.DataFrame'},
 'kinds': {'length': 2,
           'type': "<class 'list'>",
           'value_info': {'num_unique': 2,
                          'unique_values': [dtype('int64'), <Kind a>],
                          'value_type': 'categorical or object'}}}
"""
CASE = f"""\
# Executed Cells:
## Cell 1:

import pandas as pd

## Cell 2:

# a comment that looks like a heading:
## Cell 7:
df = pd.DataFrame()

# Current relevent runtime information:
{INFORMATION}# Target Cell:

df.drop('c', axis=1)
"""


def test_a_case_is_its_cells_its_target_and_what_lives() -> None:
    program = parse_case(CASE)
    assert [step.source.splitlines()[-1] for step in program.executed] == [
        "import pandas as pd",
        "df = pd.DataFrame()",
    ]
    assert program.target.source == "df.drop('c', axis=1)\n"
    assert program.snapshot is not None
    assert program.snapshot.names["df"]["shape"] == [3, 2]
    assert program.snapshot.definitions == {"df": Definition(3, 1)}
    assert "execution_cell_source" not in program.snapshot.names["df"]


def test_what_is_printed_is_what_was_read() -> None:
    assert snapshot_text(parse_snapshot(INFORMATION)) == INFORMATION
    assert case_text(parse_case(CASE)) == CASE


def test_it_survives_json() -> None:
    snapshot = parse_snapshot(INFORMATION)
    names = json.loads(json.dumps(snapshot.names))
    assert snapshot_text(RuntimeSnapshot(names, snapshot.definitions)) == INFORMATION
    assert RuntimeSnapshot(names).digest == snapshot.digest


def test_without_information_there_is_no_snapshot() -> None:
    empty = CASE.replace(INFORMATION, "{}\n")
    missing = CASE.replace("# Current relevent runtime information:\n" + INFORMATION, "")
    assert parse_case(empty).snapshot is None
    assert parse_case(missing).snapshot is None
    assert case_text(parse_case(missing)) == missing


def test_a_case_may_have_no_executed_cell() -> None:
    text = case_text(Program((), Step("x")))
    assert text == "# Executed Cells:\nNo cell has been executed\n# Target Cell:\n\nx"
    assert parse_case(text) == Program((), Step("x"))


def test_only_published_fields_are_printed_unless_ours_are_asked_for() -> None:
    description = {
        "type": "pandas.core.frame.DataFrame",
        "columns": ["b", "a"],
        "per_column": {"a": {"type": "binary", "nan_count": 2, "num_unique": 2}},
    }
    snapshot = RuntimeSnapshot(
        {"df": description, "t": {"type": "<class 'torch.Tensor'>", "value_range": [0, 1]}}
    )
    assert snapshot_text(snapshot) == (
        "{'df': {'per_column': {'a': {'num_unique': 2, 'type': 'binary'}},\n"
        "        'type': 'pandas.core.frame.DataFrame'},\n"
        " 't': {'type': \"<class 'torch.Tensor'>\"}}\n"
    )
    assert "'columns': ['b', 'a']" in snapshot_text(snapshot, ours=True)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "# Executed Cells:"),
        ("# Executed Cells:\nx = 1\n", "# Target Cell:"),
        (CASE.replace("(3, 2)", "(3, 2"), "line"),
        (CASE.replace(INFORMATION, "[1]\n"), "no dictionary"),
        (CASE.replace(INFORMATION, "{'a': 1}\n"), "'a'"),
        ("\x00\xff", "# Executed Cells:"),
    ],
)
def test_what_is_no_case_is_said_by_name(text: str, what: str) -> None:
    with pytest.raises(UserError, match=what) as raised:
        parse_case(text, "cases/one.txt")
    assert "cases/one.txt" in raised.value.message
