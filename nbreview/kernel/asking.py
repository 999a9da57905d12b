"""How a Python kernel is asked for a value: the expression that is sent, and the reading of its answer.

Imports only `errors`. The expression travels as a user expression of an empty, silent request: IPython runs
no cell for it, so that no counter, history or name of the person's changes, and the answer comes back to the
asker alone. See "user_expressions" under "Messaging in Jupyter" in jupyter_client's documentation.
"""

import ast
import json
from collections.abc import Mapping
from typing import Any, Protocol

from nbreview.errors import UserError
from nbreview.words import said

KEY = "nbreview"

# One expression keeps its names in the person's view; statements get a namespace of their own, where
# `user_ns` is the person's. Whatever the value is, it comes back as JSON in ASCII.
_RUNNER = """
def run(source, user_ns):
    import ast, json
    tree = ast.parse(source)
    if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr):
        code = compile(ast.Expression(tree.body[0].value), "<nbreview>", "eval")
        value = eval(code, user_ns, {})
    else:
        space = {"__name__": "nbreview_probe", "user_ns": user_ns}
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<nbreview>", "exec"), space)
        value = None
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "<nbreview>", "eval"), space)
    return json.dumps([value], default=str)
"""


class Evaluator(Protocol):
    """What can ask a kernel for a value (`session.KernelSession`)."""

    def evaluate(self, expression_source: str, timeout: float = ..., subshell: bool = ...) -> Any:
        """The value of the last expression of a source that runs without a trace."""


def question(source: str) -> str:
    """The expression that runs this Python source in a kernel and yields its last value as JSON."""
    return (
        "(lambda space: (__import__('builtins').exec("
        f"{_RUNNER!r}, space), space['run']({source!r}, (lambda: 0).__globals__))[1])"
        "({'__name__': 'nbreview_probe'})"
    )


def check_text(source: str) -> None:
    """Raise `UserError` where no kernel can read the source."""
    try:
        source.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UserError(
            said(
                "The source holds half of a character (a lone surrogate) at position {position}, which no "
                "kernel can read; type that place again.",
                position=error.start,
            )
        ) from error


def execute_content(source: str, silent: bool, store_history: bool) -> dict[str, Any]:
    """The content of an `execute_request`."""
    return {
        "code": source,
        "silent": silent,
        "store_history": store_history,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": True,
    }


def answer(content: Mapping[str, Any]) -> Any:
    """The value in a reply to `question`. A value that is a string holding JSON is read once more.

    Raises
    ------
    UserError
        The source raised in the kernel, or the reply is none.
    """
    if content.get("status") != "ok":
        raise UserError(
            said(
                "The kernel did not answer a question of nbreview ({reason}); try again, or restart it.",
                reason=_what(content),
            )
        )
    expressions = content.get("user_expressions")
    told = expressions.get(KEY) if isinstance(expressions, Mapping) else None
    if not isinstance(told, Mapping):
        raise UserError(
            said(
                "The kernel does not evaluate expressions for other programs; use a kernel of ipykernel "
                "(pip install ipykernel)."
            )
        )
    if told.get("status") != "ok":
        raise UserError(
            said(
                "A question of nbreview failed in the kernel ({reason}); the kernel is as it was: go on "
                "without it, or restart it.",
                reason=_what(told),
            )
        )
    try:
        text = ast.literal_eval(told["data"]["text/plain"])
        [value] = json.loads(text)
    except (KeyError, TypeError, ValueError, SyntaxError, RecursionError, MemoryError) as error:
        raise UserError(
            said("The kernel gave an answer that cannot be read; restart it and try again.")
        ) from error
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _what(content: Mapping[str, Any]) -> str:
    name, text = str(content.get("ename") or ""), str(content.get("evalue") or "")
    if not name:
        return said("no reason given: {text}", text=text[:283]) if text else said("no reason given")
    return f"{name}: {text}"[:300] if text else name
