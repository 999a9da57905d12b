"""Which statement of a cell displayed what.

Imports `shown_text`, `shown_views` and floors below. Nothing is executed.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from nbreview.kernel.shown_text import info_facts
from nbreview.kernel.shown_views import Told, attribute_of, seen
from nbreview.notebook.model import Cell, Output, OutputType

_LONGEST_TEXT = 200_000
_LONGEST_PRINTED = 4_000  # matching takes up to the square of it
_MOST_OPEN = 4


def displayed(cell: Cell, statements: Sequence[ast.stmt]) -> dict[int, list[Told]]:
    """By place of the statement: the names that its output speaks of, with what it says of each."""
    found: dict[int, list[Told]] = {}
    results = [one for one in cell.outputs if one.output_type is OutputType.EXECUTE_RESULT]
    last = len(statements) - 1
    if len(results) == 1 and statements and isinstance(statements[-1], ast.Expr):
        found[last] = list(seen(statements[-1].value, *_text_and_page(results[0])))
    displays = [one for one in cell.outputs if one.output_type is OutputType.DISPLAY_DATA]
    calls = [
        (place, argument)
        for place, statement in enumerate(statements)
        if (call := _call_of(statement, "display")) is not None
        for argument in call.args
    ]
    if calls and len(calls) == len(displays):
        for (place, argument), output in zip(calls, displays, strict=True):
            found.setdefault(place, []).extend(seen(argument, *_text_and_page(output)))
    for place, told in _printed(cell, statements):
        found.setdefault(place, []).append(told)
    return found


def _text_and_page(output: Output) -> tuple[str, str]:
    text, page = output.data.get("text/plain"), output.data.get("text/html")
    return tuple(  # type: ignore[return-value]
        part if isinstance(part, str) and len(part) <= _LONGEST_TEXT else "" for part in (text, page)
    )


def _call_of(statement: ast.stmt, name: str) -> ast.Call | None:
    """The call of a plain function that a statement is."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        if isinstance(call.func, ast.Name) and call.func.id == name and not call.keywords:
            return call
    return None


def _printed(cell: Cell, statements: Sequence[ast.stmt]) -> Iterator[tuple[int, Told]]:
    """What `print` and `info` said, where all of a cell's printed text is theirs."""
    text = "".join(
        str(one.data.get("text/plain", ""))
        for one in cell.outputs
        if one.output_type is OutputType.STREAM and one.name == "stdout"
    )
    if not text or len(text) > _LONGEST_PRINTED:
        return
    expected = ""
    wanted: list[tuple[int, ast.expr | str | None]] = []
    for place, statement in enumerate(statements):
        info = _info_of(statement)
        printed = _call_of(statement, "print")
        if info:
            expected += r"(<class 'pandas[\s\S]*?memory usage: [^\n]*\n)"
            wanted.append((place, info))
        elif printed is not None:
            parts = []
            for argument in printed.args:
                form, values = _printed_form(argument)
                parts.append(form)
                wanted += [(place, value) for value in values]
            expected += " ".join(parts) + r"\n"
    if not wanted or expected.count("*?") > _MOST_OPEN or expected.count(r"[\s\S]*?") > 2:
        return
    found = re.fullmatch(expected, text)
    if found is None:
        return
    for (place, asked), said in zip(wanted, found.groups(), strict=True):
        if isinstance(asked, str):
            yield place, (asked, info_facts(said))
        elif asked is not None:
            for name, facts in seen(asked, said, "", printed=True):
                yield place, (name, facts)


_ANYTHING = r"([\s\S]*?)"
_SHAPE_FORM = r"(torch\.Size\(\[[\d, ]*\]\)|\([\d, ]*\))"


def _printed_form(argument: ast.expr) -> tuple[str, list[ast.expr | None]]:
    """What a printed argument looks like, as a regular expression, and what its groups speak of."""
    if isinstance(argument, ast.Constant):
        return re.escape(str(argument.value)), []
    if isinstance(argument, ast.JoinedStr):
        form = ""
        asked: list[ast.expr | None] = []
        for part in argument.values:
            plain = isinstance(part, ast.FormattedValue) and part.conversion == -1 and not part.format_spec
            if isinstance(part, ast.FormattedValue) and plain:
                inner, more = _printed_form(part.value)
                form, asked = form + inner, asked + more
            elif isinstance(part, ast.FormattedValue):
                form, asked = form + r"([^\n]*?)", [*asked, None]
            else:
                form += _printed_form(part)[0]
        return form, asked
    if attribute_of(argument, "shape"):
        return _SHAPE_FORM, [argument]
    if isinstance(argument, ast.Subscript) and attribute_of(argument.value, "shape"):
        return r"(\d+)", [argument]
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name) and argument.func.id == "len":
        return r"(\d+)", [argument]
    return _ANYTHING, [argument]


def _info_of(statement: ast.stmt) -> str:
    """The name in `name.info()`."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="info"), args=[])):
            return name
    return ""
