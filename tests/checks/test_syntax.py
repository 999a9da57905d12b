"""Cells that Python cannot compile."""

from typing import Any

import pytest

from nbreview.checks.syntax import check_syntax
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Finding
from tests.builders import code, notebook


def check(source: str, *, tags: list[str] | None = None, **metadata: Any) -> tuple[Finding, ...]:
    cell = code(source, tags=tags) if tags else code(source)
    return check_syntax(read_bytes(notebook(cell, **metadata), "x.ipynb"))


def test_a_syntax_error_is_certain_and_has_its_line() -> None:
    (found,) = check("%matplotlib inline\n!ls it's\nx = = 1")
    assert (found.exception, found.line, found.column) == ("SyntaxError", 2, 4)
    assert found.message == "This cell cannot be run: SyntaxError: invalid syntax."


@pytest.mark.parametrize(
    ("source", "exception"),
    [
        ("if x:\ny = 1", "IndentationError"),
        ("return 1", "SyntaxError"),
        ("break", "SyntaxError"),
        ("print 'x'", "SyntaxError"),
        ("x = 'open", "SyntaxError"),
        ("f(", "SyntaxError"),
        ("def f(a, a): pass", "SyntaxError"),
        ("if x: !ls", "SyntaxError"),
    ],
)
def test_what_python_refuses_is_found(source: str, exception: str) -> None:
    assert [found.exception for found in check(source)] == [exception]


@pytest.mark.parametrize(
    "source",
    [
        "await f()",
        "async with a as b: pass",
        "[x async for x in y]",
        "%%bash\nif [ 1 ]; then",
        "%%latex\n\\frac{1}{2}",
        "  x = 1\n  y = 2",
        ">>> x = 1",
        "x?",
        "!cat <<EOF",
        "'\\d'",
        "assert (1, 'always true')",
        "# only a comment",
        "ls -l",
    ],
)
def test_what_ipython_takes_is_no_syntax_error(source: str) -> None:
    assert check(source) == ()


def test_newer_syntax_is_not_judged_by_an_older_python() -> None:
    nested = "f'{a['b']}'\ntype = ="
    assert check(nested) == ()
    assert check("type X = = int") == ()
    assert check("x = =", language_info={"name": "python", "version": "3.99"}) != ()


def test_a_cell_that_is_meant_to_fail_is_left_alone() -> None:
    assert check("x = =", tags=["raises-exception"]) == ()


def test_a_cell_nested_too_deep_for_the_parser_is_not_called_wrong() -> None:
    assert check("(" * 150 + ")" * 150) == () or check("(" * 150 + ")" * 150)[0].exception == "SyntaxError"
