"""Fixes of methods that a library has removed or renamed, and of calls that are written otherwise now.

Imports `fix_case`, `fix_reference`, `fix_tree` and below.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case
from nbreview.checks.fix_reference import Removal, removals_of
from nbreview.checks.fix_tree import dotted, literal, positional
from nbreview.words import said

_NO_MEMBER = re.compile(r"'([\w.]+)' object has no attribute '(\w+)'")


def removed_methods(case: Case) -> Iterator[Candidate]:
    """Methods and attributes of objects that are gone: `iteritems` is `items`."""
    match = case.said(_NO_MEMBER.pattern)
    if case.exception != "AttributeError" or match is None:
        return
    kind, name = match[1].rpartition(".")[2], match[2]
    key = f"{kind}.{name}"
    calls = removals_of("call")
    if key in calls or f"{match[1]}.{name}" in calls:
        row = (calls.get(key) or calls[f"{match[1]}.{name}"])[0]
        yield from by_template(case, row, lambda func: dotted(func).rpartition(".")[2] == name, method=name)
        return
    row_of = removals_of("method").get(key)
    if row_of is None or not row_of[0].replacement:
        return
    import libcst as cst

    row = row_of[0]
    changes: dict[Any, Any] = {}
    for node in case.tree.nodes(cst.Attribute):
        if node.attr.value != name or not _may_be(case, node, kind):
            continue
        if row.special in ("concat", "ix"):
            change = (_concat if row.special == "concat" else _located)(case, node)
            if change is None:
                return
            changes[change[0]] = change[1]
        else:
            changes[node] = _method_change(row.replacement)
    if changes:
        instead = "pd.concat" if row.special == "concat" else row.replacement
        reason = said(
            "{kind}.{name} is gone: “{instead}” replaces it ({source}).",
            kind=kind,
            name=name,
            instead=instead,
            source=row.says,
        )
        yield Candidate(case.tree.edited(changes), reason, "removed method")


def _may_be(case: Case, node: Any, kind: str) -> bool:
    """Whether the receiver of an attribute may be of this class: it raised here, or nothing else is known."""
    if case.line is not None and case.tree.lines(node)[1] < case.line:
        statement = case.tree.statement_at(case.line)
        if statement is None or not case.tree.contains(statement, node):
            return False
    known = case.known(node.value)
    if known is not None:
        return known.kind == kind or {known.kind, kind} <= {"Sequential", "Model", "Functional"}
    return case.line is None or node in case.at_line(type(node))


def _method_change(replacement: str) -> Callable[[Any], Any]:
    import libcst as cst

    def edit(node: Any) -> Any:
        if replacement.isidentifier():
            return node.with_changes(attr=cst.Name(replacement))
        expression: Any = cst.parse_expression(f"_.{replacement}")

        class Receiver(cst.CSTTransformer):
            def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> Any:  # noqa: N802
                return node.value if original_node.value == "_" else updated_node

        return expression.visit(Receiver())

    return edit


def _alias(case: Case, module: str) -> str:
    return next((name for name, path in case.facts.modules.items() if path == module), "")


def _concat(case: Case, node: Any) -> tuple[Any, str] | None:
    """`a.append(b)` as `pd.concat([a, b])` (What's new in pandas 2.0.0)."""
    import libcst as cst

    call, pandas = case.tree.parent(node), _alias(case, "pandas")
    if not isinstance(call, cst.Call) or not pandas or len(positional(call)) != 1:
        return None
    words = {arg.keyword.value: case.tree.text(arg.value) for arg in call.args if arg.keyword is not None}
    if not set(words) <= {"ignore_index", "sort", "verify_integrity"}:
        return None
    other = call.args[0].value
    text = case.tree.text(other)
    known = case.known(other)
    kind = known.kind if known is not None else ""
    owner = case.known(node.value)
    if isinstance(other, cst.Dict | cst.DictComp) or kind == "dict":
        text = f"{pandas}.DataFrame([{text}])"
    elif isinstance(other, cst.List):
        if other.elements and isinstance(other.elements[0].value, cst.Dict):
            text = f"{pandas}.DataFrame({text})"
        elif all(isinstance(part.value, cst.Name) for part in other.elements):
            text = ", ".join(case.tree.text(part.value) for part in other.elements)
        else:
            return None
    elif kind == "Series" and not (owner is not None and owner.kind == "Series"):
        text = f"{text}.to_frame().T"
    elif (kind and kind not in ("DataFrame", "Series")) or (not kind and "ignore_index" in words):
        return None
    given = "".join(f", {word}={value}" for word, value in words.items())
    return call, f"{pandas}.concat([{case.tree.text(node.value)}, {text}]{given})"


def _located(case: Case, node: Any) -> tuple[Any, Any] | None:
    """`.ix` as `.loc` or `.iloc`, where what stands in the brackets tells (What's new in pandas 1.0.0)."""
    import libcst as cst

    subscript = case.tree.parent(node)
    if not isinstance(subscript, cst.Subscript) or subscript.value is not node:
        return None
    kinds = [_index_kind(case, part.slice) for part in subscript.slice]
    if "text" in kinds or "mask" in kinds:
        word = "loc" if "number" not in kinds else ""
    elif len(kinds) == 2 and kinds[1] == "number" and kinds[0] == "all":
        word = "iloc"
    elif kinds == ["number"] or (len(kinds) == 2 and kinds[0] == "number" and kinds[1] == "all"):
        word = "loc"  # on the usual index of row numbers, ix looked for labels
    else:
        word = ""
    if word == "" and kinds == ["number", "text"]:
        word = "loc"
    return (node, _method_change(word)) if word else None


def _index_kind(case: Case, part: Any) -> str:
    import libcst as cst

    if isinstance(part, cst.Slice):
        ends = [end for end in (part.lower, part.upper) if end is not None]
        return _value_kind(case, ends[0]) if ends else "all"
    return _value_kind(case, part.value)


def _value_kind(case: Case, node: Any) -> str:
    import libcst as cst

    if isinstance(node, cst.Comparison | cst.BinaryOperation | cst.BooleanOperation):
        return "mask"
    try:
        value = literal(node)
    except ValueError:
        known = case.known(node)
        return "mask" if known is not None and known.kind == "Series" else ""
    value = value[0] if isinstance(value, list) and value else value
    return "number" if isinstance(value, int) else "text" if isinstance(value, str) else ""


def by_template(
    case: Case, row: Removal, is_meant: Callable[[Any], bool], method: str = ""
) -> Iterator[Candidate]:
    """Calls whose replacement is an expression of their parts."""
    import libcst as cst

    changes: dict[Any, Any] = {}
    for call in case.at_line(cst.Call):
        func = call.func
        named = isinstance(func, cst.Attribute) and func.attr.value == method if method else is_meant(func)
        if not named:
            continue
        arguments = positional(call)
        if row.arguments is not None and (
            len(arguments) != row.arguments or len(call.args) != len(arguments)
        ):
            return
        replacement = row.replacement
        if row.special == "classes":
            replacement = _classes(case, replacement)
        if not replacement:
            return
        texts = [case.tree.text(arg.value) for arg in arguments]
        owner = case.tree.text(func.value) if isinstance(func, cst.Attribute) else ""
        everything = ", ".join(
            case.tree.text(arg.with_changes(comma=_no_comma())).strip() for arg in call.args
        )
        changes[call] = replacement.format(*texts, self=owner, args=everything, module=owner)
    if changes:
        told = row.replacement.format(*["…"] * 4, self="…", args="…", module=row.library)
        reason = said(
            "“{name}” is gone: {told} says the same ({source}).", name=row.name, told=told, source=row.says
        )
        yield Candidate(case.tree.edited(changes), reason, "removed call")


def _no_comma() -> Any:
    import libcst as cst

    return cst.MaybeSentinel.DEFAULT


def _classes(case: Case, of_several: str) -> str:
    """How classes come from probabilities: by what the notebook's models end in (TensorFlow 2.6 notes).

    The argmax of a softmax, the half of a sigmoid; "" where a notebook has both, or neither.
    """
    before = "\n".join(cell.source for cell in (*case.above(), case.cell))
    ends = ("softmax" in before, "sigmoid" in before)
    if ends == (True, False):
        return of_several
    return '({self}.predict({args}) > 0.5).astype("int32")' if ends == (False, True) else ""


RULES = (removed_methods,)
