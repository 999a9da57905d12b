"""What a displayed expression says of the names in it.

Imports `shown_text` only. Nothing is executed.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any

from nbreview.kernel.shown_text import (
    FRAME,
    SERIES,
    Facts,
    by_label,
    labels_facts,
    literal_of,
    plain_value,
    series_facts,
    shape_facts,
    table_facts,
    value_facts,
)

Told = tuple[str, Facts]
"""A name and what is said of it."""

_PART = frozenset(("head", "tail", "sample"))


def attribute_of(node: ast.expr, attribute: str) -> str:
    """The name in `name.attribute`."""
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr=found) if found == attribute:
            return name
    return ""


def seen(node: ast.expr, text: str, page: str, printed: bool = False) -> Iterator[Told]:
    """The facts that follow from an expression and the text (and HTML) that it was displayed as.

    `printed` texts have lost their quotes: a text and a number look alike.
    """
    match node:
        case ast.Tuple(elts=parts):
            yield from _seen_together(parts, text)
        case ast.Name(id=name):
            facts = table_facts(page) if page else {}
            if not facts and not (page and "<table" in page):
                facts = value_facts(text)
            if not (printed and facts.get("type") in ("int", "float", "bool", "str")):
                yield name, facts
        case ast.Attribute(value=ast.Name(id=name), attr="shape"):
            yield name, shape_facts(text)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="size"), args=[]):
            facts = shape_facts(text)
            if facts.get("type"):
                yield name, facts
        case ast.Subscript(
            value=ast.Attribute(value=ast.Name(id=name), attr="shape"), slice=ast.Constant(value=0 | 1)
        ):
            if isinstance(node.slice, ast.Constant) and node.slice.value == 0 and text.strip().isdigit():
                yield name, {"rows": int(text)}
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]):
            if text.strip().isdigit():
                yield name, {"rows": int(text)}
        case ast.Call(func=ast.Name(id="type"), args=[ast.Name(id=name)]):
            found = re.fullmatch(r"<class '([\w.]+)'>|([\w.]+)", text.strip())
            if found:
                kind = found[1] or found[2]
                known = {"DataFrame": FRAME, "Series": SERIES} if kind.startswith("pandas.") else {}
                yield name, {"type": known.get(kind.rpartition(".")[2], kind)}
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Slice()):
            yield name, _part(table_facts(page))
        case ast.Call(func=ast.Attribute(value=inner, attr=method)):
            yield from _seen_method(node, inner, method, text, page)
        case _:
            yield from _seen_labels(node, text)


def _seen_together(parts: Sequence[ast.expr], text: str) -> Iterator[Told]:
    """A tuple of shapes or lengths."""
    values = literal_of(re.sub(r"torch\.Size\((\[[\d, ]*\])\)", r"\1", text))
    if not isinstance(values, tuple) or len(values) != len(parts):
        return
    for part, value in zip(parts, values, strict=True):
        if isinstance(value, list) and attribute_of(part, "shape"):
            yield from seen(part, f"torch.Size({value})", "")
        else:
            yield from seen(part, repr(value), "")


def _seen_method(node: ast.Call, inner: ast.expr, method: str, text: str, page: str) -> Iterator[Told]:
    name = inner.id if isinstance(inner, ast.Name) else ""
    if name and method in _PART:
        yield name, _part(table_facts(page))
    elif name and method == "copy":
        yield name, table_facts(page)
    elif name and method == "describe" and not node.keywords:
        yield name, _ranges(table_facts(page))
    elif name and method == "nunique":
        counts = by_label(series_facts(text))
        yield name, _columns_with({key: {"num_unique": int(n)} for key, n in counts.items() if n.isdigit()})
    elif name and method == "keys":
        yield name, value_facts(text)
    elif method == "sum" and isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
        if inner.func.attr in ("isnull", "isna") and isinstance(inner.func.value, ast.Name):
            counts = by_label(series_facts(text))
            if all(count.isdigit() for count in counts.values()):
                told = {key: {"has_nan": int(count) > 0} for key, count in counts.items()}
                yield inner.func.value.id, _columns_with(told)
    elif method in ("unique", "value_counts") and not node.args and not node.keywords:
        yield from _seen_values(inner, method, text)
    else:
        yield from _seen_labels(node, text)


def _seen_values(inner: ast.expr, method: str, text: str) -> Iterator[Told]:
    """All values of one column."""
    match inner:
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(column))):
            pass
        case ast.Attribute(value=ast.Name(id=name), attr=column):
            pass
        case _:
            return
    if method == "unique":
        values = literal_of(re.sub(r"^array\((\[.*\])(?:, dtype=\w+)?\)$", r"\1", text.strip(), flags=re.S))
        if not isinstance(values, list):
            return
    else:
        counts = by_label(series_facts(text))
        counts.pop(column, None)  # the name of the index, which newer versions write above the labels
        values = [value for label in counts if (value := plain_value(label)) is not None]
    if values and len({type(value) for value in values}) == 1:
        info = {"unique_values": values, "num_unique": len(values)}
        yield name, {"type": FRAME, "per_column": {column: info}}


def _seen_labels(node: ast.expr, text: str) -> Iterator[Told]:
    """Columns and dtypes of a table."""
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr="columns"):
            pass
        case ast.Call(
            func=ast.Name(id="list"), args=[ast.Attribute(value=ast.Name(id=name), attr="columns")]
        ):
            pass
        case ast.Call(
            func=ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=name), attr="columns"), attr="tolist" | "to_list"
            )
        ):
            pass
        case ast.Attribute(value=ast.Name(id=name), attr="dtypes"):
            dtypes = by_label(series_facts(text))
            yield name, _columns_with({key: {"dtype": dtype} for key, dtype in dtypes.items()})
            return
        case ast.Attribute(value=ast.Name(id=name), attr="dtype"):
            found = re.fullmatch(r"dtype\('(.+?)'\)|(torch\.\w+)|(\w+)", text.strip())
            if found and found[1] != "O":
                yield name, {"dtype": found[1] or found[2] or found[3]}
            return
        case ast.Attribute(
            value=ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(column))), attr="dtype"
        ):
            found = re.fullmatch(r"dtype\('(.+?)'\)", text.strip())
            if found:
                dtype = "object" if found[1] == "O" else found[1]
                yield name, {"type": FRAME, "per_column": {column: {"dtype": dtype}}}
            return
        case _:
            return
    facts = labels_facts(text)
    if facts:
        yield name, {"type": FRAME, **facts, "shape": [None, len(facts["columns"])]}


def _columns_with(per_column: dict[str, Facts]) -> Facts:
    """A table whose columns are all described."""
    if not per_column:
        return {}
    told = {int(name) if re.fullmatch(r"\d{1,9}", name) else name: info for name, info in per_column.items()}
    return {"type": FRAME, "columns": list(told), "shape": [None, len(told)], "per_column": told}


def _part(facts: Facts) -> Facts:
    """What the first or last rows of a table say of the whole."""
    if "shape" in facts:
        facts["shape"] = [None, facts["shape"][1]]
    return facts


def _ranges(facts: Facts) -> Facts:
    """What `describe()` says: some columns are numbers, between a least and a greatest."""
    if "columns" not in facts and "per_column" not in facts:
        return {}
    told: dict[Any, Facts] = {}
    for name, info in facts["per_column"].items():
        values = info.get("example_values", [])
        if len(values) >= 3 and all(isinstance(value, int | float) for value in values):
            told[name] = {"numeric": True}
    return {"type": FRAME, "per_column": told} if told else {}
