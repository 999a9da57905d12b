"""Errors that the notebook's own outputs hold."""

from nbreview.checks.execution import check_saved_errors
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Evidence, Finding
from tests.builders import code, error, notebook, stream

NEW = [
    "\x1b[31m---------\x1b[39m",
    "\x1b[31mKeyError\x1b[39m                 Traceback (most recent call last)",
    "\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[4]\x1b[39m\x1b[32m, line 2\x1b[39m\n      1 a = 1",
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
        assert found.message == "This cell ended in KeyError: 'price' when it was last run."


def test_a_line_that_the_cell_has_not_is_not_given() -> None:
    assert check(code("x", outputs=[error("KeyError", "'price'", NEW)]))[0].line is None


def test_only_the_first_line_of_a_long_message_is_told() -> None:
    (found,) = check(code("x", outputs=[error("ValueError", "\x1b[1mbad\x1b[0m " + "y" * 500 + "\nmore")]))
    assert found.message.startswith("This cell ended in ValueError: bad yyy")
    assert len(found.message) < 280 and "more" not in found.message


def test_an_interruption_is_no_crash() -> None:
    assert check(code("x", outputs=[error("KeyboardInterrupt", "")])) == ()


def test_an_expected_exception_is_no_crash() -> None:
    assert check(code("x", outputs=[error("ValueError", "a")], tags=["raises-exception"])) == ()


def test_an_exception_without_a_message_is_named() -> None:
    assert (
        "ended in AssertionError when" in check(code("x", outputs=[error("AssertionError", "")]))[0].message
    )
