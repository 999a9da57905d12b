"""What is known of one value, and what a frame's methods give back.

Imports only the standard library.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KEEPS_COLUMNS = _words(
    """
    copy head tail sample dropna fillna ffill bfill sort_values sort_index drop_duplicates query round
    infer_objects convert_dtypes nlargest nsmallest truncate interpolate clip apply where mask
    """
)


KEEPS_SERIES = _words(
    """
    copy head tail sample dropna fillna ffill bfill sort_values sort_index drop_duplicates round astype
    map apply clip replace abs cumsum diff shift reset_index
    """
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one value.

    `kind` is the class's last name ("DataFrame", "Series", "ndarray", "list", "dict", "SVC", …), `dotted` the
    whole path of the callable that made it, where it is known. `columns` are the columns of a frame or the
    keys of a dictionary; `complete` says that there are no others. `dimensions` is that of an array,
    `call` is the call that made the value.
    """

    kind: str
    columns: tuple[str, ...] = ()
    complete: bool = False
    dimensions: int | None = None
    dotted: str = ""
    call: ast.Call | None = None


def after_method(
    owner: Known, method: str, node: ast.Call, given: Mapping[str | None, ast.expr]
) -> Known | None:
    """What a method of a frame gives back."""
    if is_true(given.get("inplace")):
        return Known("NoneType")
    if method in _KEEPS_COLUMNS or (method == "reset_index" and is_true(given.get("drop"))):
        return owner if method != "apply" else None
    if method in ("astype", "replace", "round"):
        return owner
    if method == "reset_index":
        return replace(owner, complete=False)
    if method == "groupby":
        return Known("GroupBy", owner.columns, owner.complete)
    if method in ("to_numpy", "as_matrix"):
        return Known("ndarray", dimensions=2)
    if method in ("drop", "set_index"):
        listed = given.get("columns") or given.get("keys") or given.get("labels")
        by_axis = "axis" in given or len(node.args) > 1 or method == "set_index"
        if listed is None and node.args and (by_axis or method == "set_index"):
            listed = node.args[0]
        if method == "drop" and not by_axis and "columns" not in given:
            return owner
        names = (text_of(listed),) if text_of(listed) is not None else texts_of(getattr(listed, "elts", None))
        if names is None:
            return Known("DataFrame", owner.columns)
        return replace(owner, columns=tuple(name for name in owner.columns if name not in names))
    if method == "rename" and isinstance(columns := given.get("columns"), ast.Dict):
        renamed = {
            text_of(key): text_of(value) for key, value in zip(columns.keys, columns.values, strict=True)
        }
        return replace(owner, columns=tuple(renamed.get(name) or name for name in owner.columns))
    if method == "assign":
        return replace(owner, columns=(*owner.columns, *(word for word in given if word)))
    if method == "merge" or method == "join":
        return Known("DataFrame", owner.columns)
    if method in ("describe", "corr", "pivot_table", "pivot", "melt", "isnull", "isna", "filter"):
        return Known("DataFrame")
    return None


def is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def integer(node: ast.expr | None) -> int | None:
    try:
        value = ast.literal_eval(node) if node is not None else None
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return None
    return value if isinstance(value, int) else None


def text_of(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def texts_of(nodes: Sequence[ast.expr | None] | None) -> tuple[str, ...] | None:
    if nodes is None:
        return None
    texts = [text_of(node) for node in nodes]
    return tuple(text for text in texts if text is not None) if None not in texts else None
