"""Which names hold what a text file held, by the statements that made them.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports
nothing of nbreview except its neighbours, which travel with it.

`pandas.read_csv` and `read_table` infer the type of each column ("IO tools", "Specifying column data types"):
a column is left as objects only where some of its values are no numbers. So an object column that comes
straight from one holds such a text, also where a snapshot's few examples are all numbers.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from nbreview.kernel.standin_source import bound_names, called_name, passed_on, root_name, stored_roots

_READERS = {"read_csv", "read_table"}
_TYPING = {"dtype", "converters", "thousands", "decimal", "usecols", "names"}
_KEEPING = {
    "copy", "drop", "dropna", "reset_index", "set_index", "to_numpy", "reshape", "ravel", "flatten",
    "squeeze", "to_frame", "sort_values", "sort_index", "rename", "drop_duplicates", "transpose",
    "array", "asarray",
}  # fmt: skip
_CLEANING = {"replace", "isin", "strip", "lstrip", "rstrip", "contains", "startswith", "endswith", "ne", "eq"}


def text_file_names(steps: Iterable[ast.stmt]) -> dict[str, frozenset[str]]:
    """The names whose values are still those of a text file, each with the columns that were set since.

    Parameters
    ----------
    steps:
        The executed top-level statements, in order.
    """
    held: dict[str, frozenset[str]] = {}
    for step in steps:
        source = _source(step.value, held) if isinstance(step, ast.Assign) else None
        columns = _set_columns(step)
        if columns is not None:
            name, column = columns
            if name in held:
                held[name] = held[name] | {column}
            continue
        changed = set(bound_names(step))
        for name in stored_roots(step):
            if not _keeps(step, name) and name not in passed_on(step):
                changed.add(name)
        for name in changed:
            held.pop(name, None)
        if source is not None and isinstance(step, ast.Assign):
            for target in step.targets:
                if isinstance(target, ast.Name):
                    held[target.id] = source
    return held


def _source(node: ast.expr, held: dict[str, frozenset[str]]) -> frozenset[str] | None:
    """The columns set since an expression's values were read from a text file; None where they were not."""
    if isinstance(node, ast.Name):
        return held.get(node.id)
    if isinstance(node, ast.Attribute):
        return _source(node.value, held)
    if isinstance(node, ast.Subscript):
        # A filter may have left out the very texts that are no numbers.
        inner = ast.walk(node.slice)
        filters = any(isinstance(part, (ast.Compare, ast.Call, ast.UnaryOp)) for part in inner)
        negative = isinstance(node.slice, (ast.Slice, ast.Tuple))  # -1 in a slice
        return None if filters and not negative else _source(node.value, held)
    if isinstance(node, ast.Call):
        name = called_name(node)
        if name in _READERS:
            return (
                None
                if any(word.arg in _TYPING or word.arg is None for word in node.keywords)
                else frozenset()
            )
        if name in _KEEPING and isinstance(node.func, ast.Attribute):
            if name in ("array", "asarray"):
                return _source(node.args[0], held) if node.args else None
            return _source(node.func.value, held)
    return None


def _set_columns(step: ast.stmt) -> tuple[str, str] | None:
    """The table and the column of `table["column"] = …` and `table.column = …`."""
    if not (isinstance(step, ast.Assign) and len(step.targets) == 1):
        return None
    target: Any = step.targets[0]
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
        key = target.slice
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return target.value.id, key.value
    elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        return target.value.id, target.attr
    return None


def _keeps(step: ast.stmt, name: str) -> bool:
    """Whether a call whose result is dropped leaves the texts in `name` as they are, or only prints it."""
    if not (isinstance(step, ast.Expr) and isinstance(step.value, ast.Call)):
        return False
    call = step.value
    if isinstance(call.func, ast.Attribute) and root_name(call.func) == name:
        return call.func.attr in _KEEPING | {"head", "tail", "info", "describe", "hist", "plot", "isnull"}
    return isinstance(call.func, ast.Name) and call.func.id in ("print", "display", "len")


def text_constants(statements: Iterable[ast.stmt]) -> tuple[str, ...]:
    """The texts that statements compare with or replace: no keys of tables, no words of a format."""
    found: dict[str, None] = {}
    for statement in statements:
        for node in ast.walk(statement):
            parts: list[Any] = []
            if isinstance(node, ast.Compare):
                parts = [node.left, *node.comparators]
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in _CLEANING
            ):
                parts = [
                    *node.args[:1],
                    *(word.value for word in node.keywords if word.arg in ("to_replace", "pat")),
                ]
            for part in parts:
                for leaf in ast.walk(part) if isinstance(part, (ast.List, ast.Dict, ast.Tuple)) else [part]:
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and leaf.value.strip():
                        found[leaf.value] = None
    return tuple(found)


_ITEM_BY_ITEM = {"list", "tuple", "sorted", "array", "asarray", "enumerate", "reversed", "Series"}
_ORDERING = {"list", "tuple", "sorted", "array", "asarray"}
_DISTINCT = {"set", "frozenset", "unique"}


def distinct_names(steps: Iterable[ast.stmt]) -> set[str]:
    """The names bound to collections no two of whose items are equal: a set, in an order or not.

    Parameters
    ----------
    steps:
        The executed top-level statements, in order.
    """
    distinct: set[str] = set()
    for step in steps:
        distinct.difference_update({*bound_names(step), *stored_roots(step)})
        if isinstance(step, ast.Assign) and _is_distinct(step.value):
            distinct.update(target.id for target in step.targets if isinstance(target, ast.Name))
    return distinct


def _is_distinct(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = called_name(node)
    if called in _DISTINCT:
        return not node.keywords  # `numpy.unique(a, return_counts=True)` gives several
    return called in _ORDERING and bool(node.args) and _is_distinct(node.args[0])


def one_for_one(name: str, step: ast.stmt, distinct: set[str]) -> str:
    """The collection whose items a statement takes one for one into what it binds to `name`: its name, or "".

    `numpy.array(chars)`, `[len(w) for w in words]`, and of a collection without equal items also
    `{c: i for i, c in enumerate(chars)}`. A comprehension that leaves items out takes none.
    """
    if not (isinstance(step, ast.Assign) and len(step.targets) == 1):
        return ""
    target = step.targets[0]
    if not (isinstance(target, ast.Name) and target.id == name):
        return ""
    if isinstance(step.value, ast.DictComp) and len(step.value.generators) == 1:
        loop = step.value.generators[0].target
        item = loop.elts[-1] if isinstance(loop, ast.Tuple) else loop
        keys = isinstance(step.value.key, ast.Name) and getattr(item, "id", "") == step.value.key.id
        found = _taken_by(step.value.generators)
        return found if keys and found in distinct else ""
    return _taken(step.value)


def _taken(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.ListComp):
        return _taken_by(node.generators)
    if isinstance(node, ast.Call) and len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        return _taken(node.args[0]) if called_name(node) in _ITEM_BY_ITEM else ""
    return ""


def _taken_by(generators: list[ast.comprehension]) -> str:
    only = generators[0]
    return _taken(only.iter) if len(generators) == 1 and not only.ifs and not only.is_async else ""
