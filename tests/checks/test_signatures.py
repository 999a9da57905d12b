"""Whether a call fits a signature: the same answer, in the same words, as Python's own."""

import ast
import re

import pytest

from nbreview.checks.signatures import arguments_of, misfit, rows_of

SIGNATURES = [
    "",
    "a",
    "a, b=1",
    "a, /, b",
    "*, k",
    "a, *rest, k=1",
    "a, **extra",
    "a, b, c=1, *, k, m=2",
    "*a, **k",
]
CALLS = [
    "",
    "1",
    "1, 2",
    "1, 2, 3, 4",
    "a=1",
    "1, a=2",
    "1, b=2",
    "k=1",
    "1, k=1",
    "1, 2, k=3",
    "1, z=1",
    "1, 2, m=3",
]


@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize("call", CALLS)
def test_a_call_misfits_exactly_when_python_says_so(signature: str, call: str) -> None:
    tree = ast.parse(f"def f({signature}): pass\nf({call})")
    function, expression = tree.body
    assert isinstance(function, ast.FunctionDef)
    assert isinstance(expression, ast.Expr) and isinstance(expression.value, ast.Call)
    found = misfit("f", rows_of(function.args), arguments_of(expression.value))
    space: dict[str, object] = {}
    exec(f"def f({signature}): pass", space)
    try:
        exec(f"f({call})", space)
    except TypeError as error:
        assert found is not None
        if "positional-only" not in str(error) and "(and" not in str(error):
            assert _kind(found.message) == _kind(str(error))
    else:
        assert found is None


def _kind(message: str) -> str:
    return re.sub(r"'\w+'|\d+|s\b|were|was", "", message)


@pytest.mark.parametrize("call", ["*x", "**x", "1, *x", "*x, k=1", "a=1, **x"])
def test_a_call_that_may_hand_over_more_may_fit(call: str) -> None:
    tree = ast.parse(f"def f(a, b, *, k): pass\nf({call})")
    expression = tree.body[1]
    assert isinstance(expression, ast.Expr) and isinstance(expression.value, ast.Call)
    given = arguments_of(expression.value)
    assert misfit("f", rows_of(tree.body[0].args), given) is None or not given.open_keywords  # type: ignore[attr-defined]


def test_a_bound_argument_is_counted_as_python_counts_it() -> None:
    rows = [["x", 1, False]]
    call = ast.parse("m(1, 2)", mode="eval").body
    assert isinstance(call, ast.Call)
    found = misfit("m", rows, arguments_of(call), bound=1)
    assert found is not None
    assert found.message == "m() takes 2 positional arguments but 3 were given"
