"""Statements that take columns, rows or keys from a table, by what pandas documents of them.

Imports the standard library only: pure questions about syntax trees, for `data`.
"""

import ast
from dataclasses import dataclass

INPLACE = frozenset(
    {"drop", "dropna", "fillna", "rename", "replace", "set_index", "sort_index", "sort_values"}
    | {"drop_duplicates"}
)
"""Methods of pandas that return None with `inplace=True`."""

Label = str | int


@dataclass(frozen=True, slots=True)
class Taking:
    """A statement that takes labels from a table: by which method, and whether they must be there."""

    name: str
    method: str
    columns: tuple[Label, ...] = ()
    rows: tuple[Label, ...] = ()
    must_exist: bool = True
    frame: bool = True
    rebinds: bool = False
    inplace: bool = False
    renamed: tuple[Label, ...] = ()


def taking_of(node: ast.stmt) -> Taking | None:
    """What a statement takes from which table, if it is one of the statements that do."""
    match node:
        case ast.Delete(
            targets=[ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(label)))]
        ):
            return Taking(name, "del", (label,), frame=False)
        case ast.Expr(value=ast.Call() as call):
            return _taken_by(call, None)
        case ast.Assign(targets=[ast.Name(id=bound)], value=ast.Call() as call):
            return _taken_by(call, bound)
    return None


def _taken_by(call: ast.Call, bound: str | None) -> Taking | None:
    match call:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=name), attr="pop"),
            args=[ast.Constant(value=str(label))],
            keywords=[],
        ):
            return Taking(name, "pop", (label,), frame=False) if bound != name else None
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in INPLACE:
            pass
        case _:
            return None
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if None in given or any(isinstance(argument, ast.Starred) for argument in call.args):
        return None
    inplace = constant(given.get("inplace"), False)
    if inplace is True and bound is not None:
        return Taking(name, method, rebinds=True, inplace=True) if bound == name else None
    if not (inplace is True and bound is None) and not (inplace is False and bound == name):
        return None
    taken = {"drop": _dropped, "set_index": _indexed, "rename": _renamed}.get(method)
    if taken is None:
        return None
    return taken(name, call, given, bound == name)


def _dropped(name: str, call: ast.Call, given: dict[str | None, ast.expr], rebinds: bool) -> Taking | None:
    if set(given) - {"labels", "axis", "index", "columns", "inplace", "errors"} or len(call.args) > 2:
        return None
    errors = constant(given.get("errors"), "raise")
    axis = constant(call.args[1] if len(call.args) == 2 else given.get("axis"), 0)
    labels = call.args[0] if call.args else given.get("labels")
    if errors not in ("raise", "ignore") or axis not in (0, 1, "index", "columns", "rows"):
        return None
    columns, rows = given.get("columns"), given.get("index")
    if labels is not None:
        columns, rows = (labels, None) if axis in (1, "columns") else (None, labels)
    if isinstance(axis, bool):
        return None
    # Only pandas takes these words; a plain drop(label) is known for another library's, too.
    frame = bool(set(given) & {"axis", "columns", "index", "inplace"}) or len(call.args) == 2
    return (
        Taking(
            name, "drop", labels_of(columns) or (), labels_of(rows) or (), errors == "raise", frame, rebinds
        )
        if frame
        else None
    )


def _indexed(name: str, call: ast.Call, given: dict[str | None, ast.expr], rebinds: bool) -> Taking | None:
    keys = call.args[0] if call.args else given.get("keys")
    labels = labels_of(keys)
    if labels is None or len(call.args) > 1 or set(given) - {"keys", "inplace", "drop"}:
        return None
    if constant(given.get("drop"), True) is not True or not all(isinstance(label, str) for label in labels):
        return None
    return Taking(name, "set_index", labels, rebinds=rebinds)


def _renamed(name: str, call: ast.Call, given: dict[str | None, ast.expr], rebinds: bool) -> Taking | None:
    if call.args or set(given) - {"columns", "inplace"}:
        return None
    match given.get("columns"):
        case ast.Dict(keys=keys, values=values):
            old = [key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
            new = [value.value for value in values if isinstance(value, ast.Constant)]
            if len(old) == len(keys) and len(new) == len(values):
                taken = tuple(label for label in old if label not in new)
                renamed = tuple(label for label in new if isinstance(label, str | int))
                return Taking(name, "rename", taken, must_exist=False, rebinds=rebinds, renamed=renamed)
    return None


def labels_of(node: ast.expr | None) -> tuple[Label, ...] | None:
    """The labels that a literal names: one, or a list of them; None where it is no such literal."""
    match node:
        case ast.Constant(value=str() | int() as value) if not isinstance(value, bool):
            return (value,)
        case ast.List(elts=elements):
            found = [labels_of(element) for element in elements if isinstance(element, ast.Constant)]
            if len(found) == len(elements) and None not in found:
                return tuple(label for labels in found for label in labels or ())
    return None


def constant(node: ast.expr | None, default: object) -> object:
    """The value of a literal, the default where nothing was given, and an object of its own for the rest."""
    if node is None:
        return default
    return node.value if isinstance(node, ast.Constant) else node
