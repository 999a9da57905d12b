"""Errors that the notebook's own outputs hold."""

import pytest

from nbreview.checks.execution import check_order, check_saved_errors
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Evidence, Finding, Verdict
from tests.builders import code, error, notebook, stream

NEW = [
    "\x1b[31m---------\x1b[39m",
    "\x1b[31mKeyError\x1b[39m                 Traceback (most recent call last)",
    "\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[4]\x1b[39m\x1b[32m, line 2\x1b[39m\n"
    "      1 a = 1\n   (...)\n\x1b[32m----> \x1b[39m\x1b[32m2\x1b[39m df[\x1b[33m'price'\x1b[39m]",
    "\x1b[36mFile \x1b[39m\x1b[32m/lib/frame.py:10\x1b[39m, in f()\n---> 10 raise",
    "\x1b[31mKeyError\x1b[39m: 'price'",
]
OLD = [
    "---------------------------------------------------------------------------",
    "KeyError                                  Traceback (most recent call last)",
    "<ipython-input-4-0a1b2c> in <module>\n      1 a = 1\n----> 2 df['price']\n",
    "/lib/frame.py in f()\n---> 10 raise\n",
    "KeyError: 'price'",
]


def check(*cells: dict) -> tuple[Finding, ...]:
    return check_saved_errors(read_bytes(notebook(*cells), "x.ipynb"))


def test_a_saved_error_is_observed_with_its_line() -> None:
    for traceback in (NEW, OLD):
        outputs = [stream("before"), error("KeyError", "'price'", traceback)]
        (found,) = check(code("a = 1\ndf['price']", count=4, outputs=outputs))
        assert (found.evidence, found.exception, found.line) == (Evidence.OBSERVED, "KeyError", 1)
        assert found.message == "KeyError: 'price', when this cell was last run."


RAISED = [
    "---------",
    "KeyError                 Traceback (most recent call last)",
    "Cell In[4], line 3\n      1 a = 1\n      2 for b in a:\n----> 3     df[b]\n      4 a",
    "KeyError: 'price'",
]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a = 1\nfor b in a:\n    df[b]\na", 2),
        ("import x\n\na = 1\nfor b in a:\n    df[b]", 4),
        ("for b in a:\n        df[b]", 1),
        ("a = 1\nfor b in a:\n    df[b]\n\n\ndf[b]", None),
        ("df[b]\ndf[b]\ndf[b]", None),
        ("a = 1\nfor b in a:\n    df[a]", None),
        ("x", None),
        ("", None),
    ],
)
def test_the_line_is_where_the_text_that_raised_stands_now(source: str, line: int | None) -> None:
    (found,) = check(code(source, outputs=[error("KeyError", "'price'", RAISED)]))
    assert found.line == line


def test_a_cell_that_no_longer_has_the_line_says_that_it_has_changed() -> None:
    (found,) = check(code("x", outputs=[error("KeyError", "'price'", RAISED)]))
    assert found.message == "KeyError: 'price', when this cell was last run; it has been changed since."


def test_magics_are_shown_otherwise_than_they_are_written() -> None:
    shown = [
        "Cell In[1], line 3\n      1 get_ipython().run_line_magic('time', 'x')\n      2 y = 1\n----> 3 1 / 0"
    ]
    (found,) = check(code("%time x\ny = 1\n1 / 0\n", outputs=[error("ZeroDivisionError", "0", shown)]))
    assert found.line == 2
    raised = ["Cell In[1], line 2\n      1 y = 1\n----> 2 get_ipython().run_line_magic('run', 'x.py')"]
    (found,) = check(code("y = 1\n%run x.py", outputs=[error("ZeroDivisionError", "0", raised)]))
    assert found.line == 1
    assert "changed" not in found.message


def test_a_line_number_without_its_text_is_not_believed() -> None:
    (found,) = check(code("a\nb", outputs=[error("KeyError", "1", ["Cell In[1], line 2", "KeyError: 1"])]))
    assert found.line is None


def test_only_the_first_line_of_a_long_message_is_told() -> None:
    (found,) = check(code("x", outputs=[error("ValueError", "\x1b[1mbad\x1b[0m " + "y" * 500 + "\nmore")]))
    assert found.message.startswith("ValueError: bad yyy")
    assert len(found.message) < 280 and "more" not in found.message


def test_an_interruption_is_no_crash() -> None:
    assert check(code("x", outputs=[error("KeyboardInterrupt", "")])) == ()


def test_an_expected_exception_is_no_crash() -> None:
    assert check(code("x", outputs=[error("ValueError", "a")], tags=["raises-exception"])) == ()


def test_an_exception_without_a_message_is_named() -> None:
    (found,) = check(code("x", outputs=[error("AssertionError", "")]))
    assert found.message == "AssertionError, when this cell was last run."


# The order in which the cells were run.


def order(*cells: dict) -> list[tuple[int, str]]:
    found = check_order(read_bytes(notebook(*cells), "x.ipynb"))
    assert all(finding.verdict is Verdict.UNKNOWN for finding in found)
    return [(finding.cell_index, finding.message) for finding in found]


SHOWN = [stream("1")]


def test_an_output_that_comes_from_a_cell_below_is_told_without_a_verdict() -> None:
    ((number, message),) = order(
        code("x = 1", count=1), code("print(x)", count=3, outputs=SHOWN), code("x = 2", count=2)
    )
    assert number == 1
    assert message.startswith(
        "By the counts, this cell was run ([3]) after cell 3 below it ([2]), which binds 'x'"
    )


def test_cells_run_in_the_order_that_they_stand_in_are_not_told() -> None:
    assert (
        order(code("x = 1", count=1), code("print(x)", count=2, outputs=SHOWN), code("x = 2", count=3)) == []
    )


def test_another_order_that_changes_nothing_is_not_told() -> None:
    assert (
        order(code("x = 1", count=2), code("y = 1", count=1), code("print(x)", count=3, outputs=SHOWN)) == []
    )
    again = (
        code("import os", count=1),
        code("os.getcwd()", count=3, outputs=SHOWN),
        code("import os", count=2),
    )
    assert order(*again) == []


def test_a_cell_without_a_trace_of_a_run_cannot_have_bound_what_was_used() -> None:
    ((number, message),) = order(code("x = 1"), code("print(x)", count=2, outputs=SHOWN))
    assert (number, "no trace of a run" in message) == (1, True)


def test_cells_without_counts_or_outputs_say_nothing_of_order() -> None:
    assert order(code("x = 1"), code("print(x)"), code("x = 2")) == []
    assert order(code("x = 1", count=1), code("y = x", count=3), code("x = 2", count=2)) == []
