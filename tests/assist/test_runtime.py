"""What is known of the kernel's state is cut to a budget: values first, then columns, names last."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.assist.runtime import fit_snapshot
from nbreview.kernel.crane import snapshot_text
from nbreview.kernel.model import RuntimeSnapshot


def _frame(columns: int) -> dict[str, Any]:
    return {
        "type": "pandas.core.frame.DataFrame",
        "shape": (100, columns),
        "per_column": {
            f"column_{number}": {"type": "categorical", "num_unique": 9, "example_values": ["a" * 8] * 9}
            for number in range(columns)
        },
    }


SNAPSHOT = RuntimeSnapshot(names={"df": _frame(30), "lr": {"type": "<class 'float'>", "value": 0.1}})
WHOLE = len(snapshot_text(SNAPSHOT))


def test_what_fits_is_told_whole() -> None:
    fitted = fit_snapshot(SNAPSHOT, WHOLE, len, snapshot_text)
    assert (fitted.text, fitted.cut, fitted.left_out) == (snapshot_text(SNAPSHOT), "", ())


@pytest.mark.parametrize(
    ("share", "sentence", "kept", "gone"),
    [
        (0.8, "Examples of values are cut.", "num_unique", "'" + "a" * 8 + "', " * 9),
        (0.3, "Columns are told by their types only.", "categorical", "num_unique"),
        (0.08, "Columns are told by their names only.", "column_0", "categorical"),
        (0.03, "Names are told by their types only.", "(100, 30)", "column_0"),
    ],
)
def test_values_go_before_types_and_types_before_names(
    share: float, sentence: str, kept: str, gone: str
) -> None:
    fitted = fit_snapshot(SNAPSHOT, int(WHOLE * share), len, snapshot_text)
    assert fitted.cut == sentence
    assert kept in fitted.text and gone not in fitted.text
    assert "0.1" in fitted.text, "a plain value is short and stays"


def test_a_name_that_does_not_fit_at_all_is_left_out_and_named() -> None:
    names = {"first": {"type": "int", "value": 1}, "second": {"type": "x" * 500}}
    fitted = fit_snapshot(RuntimeSnapshot(names=names), 100, len, snapshot_text)
    assert fitted.left_out == ("second",) and "second" in fitted.cut
    assert "first" in fitted.text


@given(st.integers(0, 40), st.integers(0, 4000))
def test_the_budget_is_never_exceeded(columns: int, budget: int) -> None:
    snapshot = RuntimeSnapshot(names={"a": _frame(columns), "b": {"type": "int", "value": 7}})
    fitted = fit_snapshot(snapshot, budget, len, snapshot_text)
    assert fitted.tokens <= budget and fitted.tokens == len(fitted.text)
