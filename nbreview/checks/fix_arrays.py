"""Fixes of arrays: lists that are counted with, rows without a comma, arrays joined along the wrong axis, and
tensors of another type than a loss takes.

Imports `fix_case`, `fix_tree` and below. The rules follow the references of Python, NumPy ("numpy.array",
"numpy.concatenate") and PyTorch ("torch.nn.CrossEntropyLoss", "torch.nn.BCEWithLogitsLoss").
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_tree import add_argument, dotted, keyword_argument, positional
from nbreview.words import said

_OF_ARRAYS = frozenset(
    {
        "shape", "reshape", "mean", "std", "var", "min", "max", "flatten", "astype", "ndim", "size", "argmax",
        "argmin", "ravel", "cumsum", "round", "dot", "T",
    }
)  # fmt: skip
_FILLED = frozenset({"zeros", "ones", "empty", "full", "random.random", "random.random_sample"})
_DRAWN = frozenset({"random.rand", "random.randn"})
_CLASS_LOSSES = ("CrossEntropyLoss", "NLLLoss", "cross_entropy", "nll_loss")
_NUMBER_LOSSES = (
    "MSELoss", "L1Loss", "BCELoss", "BCEWithLogitsLoss", "SmoothL1Loss", "mse_loss", "l1_loss",
    "binary_cross_entropy", "binary_cross_entropy_with_logits",
)  # fmt: skip


def list_as_array(case: Case) -> Iterator[Candidate]:
    """What only an array has or does, asked of a list: it becomes an array (reference of `numpy.array`)."""
    attribute = case.said(r"^'list' object has no attribute '(\w+)'")
    counted = case.said(
        r"^unsupported operand type\(s\) for (?:-|\*\*|//|%|\*|/): '(?:int|float)' and 'list'|"
        r"^unsupported operand type\(s\) for (?:-|\*\*|//|%|\*|/): 'list' and '(?:int|float)'|"
        r"^unsupported operand type\(s\) for (?:\*\*|//|%|/): 'list' and 'list'|"
        r"^can't multiply sequence by non-int of type '(?:float|list)'|"
        r"^'[<>]=?' not supported between instances of 'list' and '(?:int|float)'"
    )
    numpy = next((name for name, path in case.facts.modules.items() if path == "numpy"), "")
    if not numpy or not (
        (case.exception == "AttributeError" and attribute) or (case.exception == "TypeError" and counted)
    ):
        return
    import libcst as cst

    nodes: list[Any] = []
    if attribute is not None:
        if attribute[1] not in _OF_ARRAYS:
            return
        nodes = [node.value for node in case.at_line(cst.Attribute) if node.attr.value == attribute[1]]
    else:
        for kind in (cst.BinaryOperation, cst.Comparison):
            for node in case.at_line(kind):
                sides = [node.left]
                sides += (
                    [node.right]
                    if isinstance(node, cst.BinaryOperation)
                    else [each.comparator for each in node.comparisons]
                )
                nodes += [side for side in sides if isinstance(side, cst.Name)]
    lists = [node for node in nodes if (known := case.known(node)) is not None and known.kind == "list"]
    if attribute is not None and len(nodes) == 1:
        lists = nodes
    if not lists or (attribute is not None and len(nodes) != len(lists)):
        return
    changes = {node: f"{numpy}.array({case.tree.text(node)})" for node in lists}
    why = said("An array can be counted with as a whole; a list is made one first.")
    if attribute is not None:
        why = said("An array has “{name}”; a list is made one first.", name=attribute[1])
    yield Candidate(
        case.tree.edited(changes),
        why,
        "list as array",
    )


def rows_without_comma(case: Case) -> Iterator[Candidate]:
    """`[[1, 2] [3, 4]]` subscripts the first row, `[(1, 2) (3, 4)]` calls it: a comma is missing between."""
    subscripted = case.said(r"^list indices must be integers or slices, not (?:tuple|list)")
    called = case.said(r"^'tuple' object is not callable")
    if case.exception != "TypeError" or not (subscripted or called):
        return
    import libcst as cst

    changes: dict[Any, Any] = {}
    for element in case.at_line(cst.Element):
        parts = _rows(element.value)
        if len(parts) > 1:
            changes[element] = _apart(parts)
    if len(changes) >= 1:
        yield Candidate(case.tree.edited(changes), said("A comma was missing between two rows."), "rows")


def _rows(node: Any) -> list[tuple[Any, Any]]:
    """The literals that stand side by side, each with the space behind it; the first one alone otherwise."""
    import libcst as cst

    if isinstance(node, cst.Subscript) and (before := _rows(node.value)):
        cells = [
            cst.Element(part.slice.value, comma=part.comma)
            for part in node.slice
            if isinstance(part.slice, cst.Index)
        ]
        if len(cells) == len(node.slice):
            row = cst.List(cells)
            return [*before[:-1], (before[-1][0], node.whitespace_after_value), (row, None)]
        return []
    if (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Tuple | cst.Call)
        and (before := _rows(node.func))
    ):
        if any(arg.keyword is not None or arg.star for arg in node.args):
            return []
        called = cst.Tuple([cst.Element(arg.value, comma=arg.comma) for arg in node.args])
        return [*before[:-1], (before[-1][0], node.whitespace_after_func), (called, None)]
    return [(node, None)] if isinstance(node, cst.List | cst.Tuple) else []


def _apart(parts: list[tuple[Any, Any]]) -> Any:
    import libcst as cst

    def edit(element: Any) -> Any:
        made = []
        for value, space in parts[:-1]:
            after = space if space is not None else cst.SimpleWhitespace(" ")
            if isinstance(after, cst.SimpleWhitespace) and not after.value:
                after = cst.SimpleWhitespace(" ")
            made.append(cst.Element(value, comma=cst.Comma(whitespace_after=after)))
        return cst.FlattenSentinel([*made, cst.Element(parts[-1][0], comma=element.comma)])

    return edit


def joined_axis(case: Case) -> Iterator[Candidate]:
    """Arrays with equally many rows are joined side by side: `axis=1` (reference of `numpy.concatenate`)."""
    pattern = (
        r"^all the input array dimensions except for the concatenation axis must match exactly, "
        r"but along dimension 1"
    )
    if case.exception != "ValueError" or not case.said(pattern):
        return
    import libcst as cst

    calls = [
        call
        for call in case.at_line(cst.Call)
        if case.facts.path_of(dotted(call.func)) in ("numpy.concatenate", "numpy.vstack", "numpy.append")
        and positional(call)
        and keyword_argument(call, "axis") is None
    ]
    if len(calls) != 1:
        return
    call = calls[0]
    name = dotted(call.func).rpartition(".")[2]
    given = call.args[0].value
    if name == "append" or not isinstance(given, cst.List | cst.Tuple) or len(positional(call)) != 1:
        return
    shapes = [_shape(case, part.value) for part in given.elements]
    if None in shapes or len({shape[:1] for shape in shapes if shape is not None}) != 1:
        return
    if any(shape is not None and len(shape) != 2 for shape in shapes):
        return
    reason = said(
        "These arrays have equally many rows, and not equally many columns: they are joined side by side."
    )
    change: dict[Any, Any] = {call: add_argument("axis", "1")}
    if name == "vstack":
        if not isinstance(call.func, cst.Attribute):
            return
        change = {call.func.attr: "hstack"}
    yield Candidate(case.tree.edited(change), reason, "joined axis")


def _shape(case: Case, node: Any) -> tuple[int, ...] | None:
    """The shape of a new array that a name was given, where it is written out."""
    import libcst as cst

    if not isinstance(node, cst.Name):
        return None
    for tree, _ in case.trees(node.value, "="):
        given = [
            assign.value
            for assign in tree.nodes(cst.Assign)
            if len(assign.targets) == 1 and tree.text(assign.targets[0].target) == node.value
        ]
        if len(given) > 1:
            return None
        if given:
            try:
                call = ast.parse(tree.text(given[0]).strip(), mode="eval").body
            except SyntaxError:
                return None
            return _made(case, call)
    return None


def _made(case: Case, call: ast.expr) -> tuple[int, ...] | None:
    if not isinstance(call, ast.Call) or not call.args:
        return None
    path = case.facts.dotted(call.func).removeprefix("numpy.")
    given: Any = call.args if path in _DRAWN else call.args[0] if path in _FILLED else None
    if isinstance(call.func, ast.Attribute) and call.func.attr == "reshape":
        given = call.args if len(call.args) > 1 else call.args[0]
    if path == "array" and isinstance(rows := call.args[0], ast.List) and rows.elts:
        widths = [len(row.elts) if isinstance(row, ast.List) else -1 for row in rows.elts]
        return (len(rows.elts), widths[0]) if set(widths) == {widths[0]} and widths[0] > 0 else None
    try:
        sizes = [
            ast.literal_eval(each) for each in (given.elts if isinstance(given, ast.Tuple) else given or [])
        ]
    except (ValueError, TypeError):
        return None
    fine = bool(sizes) and all(type(size) is int and size > 0 for size in sizes)
    return tuple(sizes) if fine else None


def target_type(case: Case) -> Iterator[Candidate]:
    """Losses over classes take whole numbers as targets, those over numbers take floats."""
    whole = case.said(
        r"expected (?:target dtype|scalar type) (?:to be )?Long(?: or Byte)?,? but (?:got|found)|"
        r"nll_loss\w*\" not implemented for '(?:Float|Double|Int)'"
    )
    numbers = case.said(
        r"[Ff]ound dtype (?:Long|Int|Bool|Double) but expected Float|"
        r"result type Float can't be cast to the desired output type (?:Long|Int|Bool)"
    )
    if case.exception != "RuntimeError" or not (whole or numbers):
        return
    import libcst as cst

    losses = _CLASS_LOSSES if whole else _NUMBER_LOSSES
    before = "\n".join(cell.source for cell in (*case.above(), case.cell))
    in_use = re.search(rf"\b(?:{'|'.join(losses)})\(", before) is not None
    calls = []
    for call in case.at_line(cst.Call):
        inner = call.func.func if isinstance(call.func, cst.Call) else call.func
        known = case.known(inner) if inner is call.func else None
        made = known.kind if known is not None else case.facts.path_of(dotted(inner)).rpartition(".")[2]
        named = in_use and re.search(r"crit|loss", dotted(inner).rpartition(".")[2], re.IGNORECASE)
        if (made in losses or named) and len(positional(call)) == 2 == len(call.args):
            calls.append(call)
    if len(calls) != 1:
        return
    node = calls[0].args[1].value
    text = case.tree.text(node)
    if not isinstance(node, cst.Name | cst.Attribute | cst.Subscript | cst.Call):
        return
    method = "long" if whole else "float"
    why = said("This loss takes floats as targets.")
    if whole:
        why = said("This loss takes whole numbers (the classes) as targets.")
    yield Candidate(
        case.tree.edited({node: f"{text}.{method}()"}),
        why,
        "target",
    )


RULES = (list_as_array, rows_without_comma, joined_axis, target_type)
