"""Fixes of brackets, of views that have no positions, and of a file's encoding.

Imports `fix_case`, `fix_tree` and below. The rules follow the Python tutorial and the references of pandas
and Matplotlib.
"""

import builtins
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_tree import dotted, literal
from nbreview.words import said

_NO_FUNCTION = (
    r"^'(tuple|Index|RangeIndex|numpy\.ndarray|Series|int|DataFrame|Text|dict|list|_LocIndexer|str)' "
    r"object is not callable"
)


_NO_CONTAINER = r"^'(?:method|builtin_function_or_method|function|type)' object is not subscriptable"


_METHODS = frozenset(["head", "tail", "sample", "describe", "append", "groupby", "sort_values", "mean"])


_PROPERTIES = frozenset(
    {"shape", "columns", "size", "dtypes", "index", "values", "dtype", "ndim", "T", "iloc", "loc"}
)


def not_called(case: Case) -> Iterator[Candidate]:
    """`df.shape()` calls what is no function, `df.head[5]` subscripts what is one."""
    import libcst as cst

    called = case.said(_NO_FUNCTION)
    subscripted = case.said(_NO_CONTAINER)
    if case.exception != "TypeError" or not (called or subscripted):
        return
    changes: dict[Any, Any] = {}
    what = ""
    if called:
        for call in case.at_line(cst.Call):
            func = call.func
            known = case.known(func)
            if isinstance(func, cst.Attribute) and func.attr.value in _PROPERTIES and not call.args:
                changes[call], what = (
                    case.tree.text(func),
                    said("“{name}” is no method: it is not called.", name=func.attr.value),
                )
            elif (
                isinstance(func, cst.Attribute)
                and func.attr.value in ("loc", "iloc", "at", "iat")
                and call.args
            ):
                inner = ", ".join(case.tree.text(arg.value) for arg in call.args)
                changes[call] = f"{case.tree.text(func)}[{inner}]"
                what = said("“{name}” takes square brackets.", name=func.attr.value)
            elif isinstance(func, cst.Attribute) and func.attr.value == "title" and called[1] == "Text":
                changes[func.attr], what = "set_title", said("An axes' title is set by set_title.")
            elif (
                known is not None
                and known.kind == called[1]
                and known.kind in ("DataFrame", "dict", "list", "Series")
                and len(call.args) == 1
                and isinstance(func, cst.Name)
                and not hasattr(builtins, func.value)
            ):
                changes[call] = f"{case.tree.text(func)}[{case.tree.text(call.args[0].value)}]"
                what = said(
                    "“{name}” is no function: what it holds is taken with square brackets.", name=func.value
                )
    else:
        for node in case.at_line(cst.Subscript):
            func = node.value
            if isinstance(func, cst.Attribute) and func.attr.value in _METHODS:
                inner = node.slice[0].slice
                if len(node.slice) == 1 and isinstance(inner, cst.Index):
                    changes[node] = f"{case.tree.text(func)}({case.tree.text(inner.value)})"
                    what = said(
                        "“{name}” is a method: it is called with round brackets.", name=func.attr.value
                    )
    if len(changes) == 1:
        yield Candidate(case.tree.edited(changes), what, "brackets")


def views_as_lists(case: Case) -> Iterator[Candidate]:
    """`map`, `filter`, `zip` and the views of a dictionary have no positions in Python 3: a list has."""
    match = case.said(
        r"^'(map|filter|zip|dict_keys|dict_values|dict_items|generator|set)' object is not subscriptable|"
        r"^object of type '(map|filter|zip|generator)' has no len\(\)"
    )
    if case.exception != "TypeError" or match is None:
        return
    import libcst as cst

    subscripts = [node for node in case.at_line(cst.Subscript) if isinstance(node.value, cst.Call)]
    changes = {
        node.value: f"list({case.tree.text(node.value)})"
        for node in subscripts
        if dotted(node.value.func).rpartition(".")[2] in ("map", "filter", "zip", "keys", "values", "items")
    }
    for call in case.at_line(cst.Call):
        if dotted(call.func) == "len" and len(call.args) == 1 and isinstance(call.args[0].value, cst.Call):
            inner = call.args[0].value
            if dotted(inner.func) in ("map", "filter", "zip"):
                changes[inner] = f"list({case.tree.text(inner)})"
    if not changes:
        subscripted = [node.value for node in case.at_line(cst.Subscript) if isinstance(node.value, cst.Name)]
        if len(subscripted) == 1 and match[1]:
            changes = {subscripted[0]: f"list({subscripted[0].value})"}
    if len(changes) == 1:
        kind = match[1] or match[2]
        yield Candidate(
            case.tree.edited(changes), said("A {kind} has no positions; a list has.", kind=kind), "list"
        )


def read_encoding(case: Case) -> Iterator[Candidate]:
    """A CSV file that is not UTF-8: most that are not are Latin-1 (pandas reference, `read_csv`)."""
    match = case.said(r"'utf-?8' codec can't decode byte 0x([0-9a-f]{2}) in position (\d+)")
    if case.exception != "UnicodeDecodeError" or match is None:
        return
    import libcst as cst

    if match[1] in ("ff", "fe", "1f", "89", "50") and match[2] in ("0", "1"):
        return  # UTF-16, or no text at all
    for call in case.at_line(cst.Call):
        path = case.facts.path_of(dotted(call.func))
        if path in ("pandas.read_csv", "pandas.read_table"):
            from nbreview.checks.fix_tree import add_argument, keyword_argument

            given = keyword_argument(call, "encoding")
            change: dict[Any, Any] = (
                {given.value: "'latin-1'"}
                if given is not None
                else {call: add_argument("encoding", "'latin-1'")}
            )
            name = call.args[0].value if call.args else None
            if name is not None and _is_compressed(name):
                return
            reason = said("The file is not UTF-8; Latin-1 reads every byte.")
            yield Candidate(case.tree.edited(change), reason, "encoding")
            return


def _is_compressed(node: Any) -> bool:
    try:
        value = literal(node)
    except ValueError:
        return False
    return isinstance(value, str) and value.lower().endswith(
        (".xlsx", ".xls", ".zip", ".gz", ".parquet", ".pkl")
    )


RULES = (not_called, views_as_lists, read_encoding)
