"""Cells that Python cannot compile."""

from typing import Any

import pytest

from nbreview.checks.runner import run_checks
from nbreview.checks.syntax import check_syntax
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import Evidence, Finding, Verdict
from tests.builders import code, error, notebook


def check(source: str, *, tags: list[str] | None = None, **metadata: Any) -> tuple[Finding, ...]:
    cell = code(source, tags=tags) if tags else code(source)
    return check_syntax(read_bytes(notebook(cell, **metadata), "x.ipynb"))


def test_a_syntax_error_is_certain_and_has_its_line() -> None:
    (found,) = check("%matplotlib inline\n!ls it's\nx = = 1")
    assert (found.exception, found.line, found.column) == ("SyntaxError", 2, 4)
    assert found.message == "SyntaxError: invalid syntax."


@pytest.mark.parametrize(
    ("source", "exception"),
    [
        ("if x:\ny = 1", "IndentationError"),
        ("return 1", "SyntaxError"),
        ("break", "SyntaxError"),
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


PYTHON_2 = [
    "print 'x'",
    "exec 'x = 1'",
    "try:\n    x\nexcept IOError, error:\n    pass",
    "%time x\nprint 'a', x",
]


@pytest.mark.parametrize("source", PYTHON_2)
def test_a_notebook_that_looks_like_python_2_gets_no_verdict_and_is_told_once(source: str) -> None:
    book = read_bytes(notebook(code("import os"), code(source), code(source), code("raw_input()")), "x.ipynb")
    (found,) = run_checks(book)
    assert (found.evidence, found.verdict, found.exception) == (Evidence.NO_VERDICT, Verdict.UNKNOWN, "")
    assert found.cell_index == 1 and found.line is not None
    assert found.message.startswith("This looks like Python 2")


@pytest.mark.parametrize(
    "metadata",
    [
        {"language_info": {"name": "python", "version": "3.11.2"}},
        {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    ],
)
def test_a_print_statement_in_a_notebook_of_python_3_is_a_syntax_error(metadata: dict[str, Any]) -> None:
    (found,) = check("print 'x'", **metadata)
    assert (found.exception, found.evidence) == ("SyntaxError", Evidence.CERTAIN)


@pytest.mark.parametrize(
    "beside", ["f'{1}'", "print(1, end='')", "def f(a: int): pass", "a, *b = 1, 2", "def f(*, a): pass"]
)
def test_a_print_statement_beside_what_only_python_3_has_is_a_syntax_error(beside: str) -> None:
    (found,) = check_syntax(read_bytes(notebook(code(beside), code("print 'x'")), "x.ipynb"))
    assert (found.cell_index, found.exception) == (1, "SyntaxError")


def test_a_print_statement_that_python_3_has_refused_is_a_syntax_error() -> None:
    refused = code("print 'x'", outputs=[error("SyntaxError", "Missing parentheses")])
    (found,) = check_syntax(read_bytes(notebook(refused), "x.ipynb"))
    assert found.exception == "SyntaxError"
