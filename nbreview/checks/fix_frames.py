"""Fixes of what is asked of a pandas frame (or a dictionary): columns, axes, masks, positions.

Imports `fix_case`, `fix_known`, `fix_tree` and below. What each rule follows is the pandas user guide
("Indexing and selecting data", "Boolean indexing") and the API reference of `DataFrame.drop`.
"""

import re
from collections.abc import Iterator
from typing import Any

from nbreview.checks.fix_case import Candidate, Case, meant_pairs, nearest
from nbreview.checks.fix_known import Known
from nbreview.checks.fix_reference import attributes_of
from nbreview.checks.fix_tree import (
    add_argument,
    dotted,
    keyword_argument,
    literal,
    positional,
    root_name,
    string_value,
    with_string,
)
from nbreview.notebook.bindings import parse_cell
from nbreview.words import said

_MISSING_COLUMN = re.compile(
    r"Could not interpret (?:value|input) [`'](?P<a>.+?)[`']|is not the name of a column|"
    r"columns expected but not found|Missing column provided to 'parse_dates'|not found in axis|"
    r"not contained in axis"
)
_AXIS = re.compile(r"not (?:found|contained) in axis")
_TAKES_FRAME = frozenset({"merge", "crosstab", "pivot_table", "melt", "concat"})


def nearest_column(case: Case) -> Iterator[Candidate]:
    """A column or key that does not exist: the one that is spelled almost the same."""
    if case.exception not in ("KeyError", "ValueError") or case.line is None:
        return
    if case.exception == "ValueError" and not _MISSING_COLUMN.search(case.message):
        return
    import libcst as cst

    changes: dict[Any, Any] = {}
    meant: dict[str, str] = {}
    roots: set[str] = set()
    for node in case.at_line(cst.SimpleString):
        name = string_value(node)
        if not name or not _names(case.message, name):
            continue
        receiver, known = _receiver(case, node)
        columns = known.columns if known is not None else ()
        if name in columns or (known is not None and known.kind not in ("DataFrame", "GroupBy", "dict")):
            return
        if columns:
            found = nearest(name, columns)
        elif not _may_be_any_frame(case, receiver):
            return
        else:  # of any frame that the notebook shows, when nothing but case and white space differs
            every = {column for other in case.facts.names.values() for column in other.columns}
            found = "" if name in every else nearest(name, every, slips=False)
        new = with_string(node, found) if found else None
        if new is None:
            return
        meant[name], changes[node] = found, new
        roots.add(receiver)
    if not changes:
        return
    for node in case.tree.nodes(cst.SimpleString):  # the same slip again, in this line and further down
        name = string_value(node)
        if node in changes or not name or case.tree.lines(node)[0] < case.line or _is_stored(case, node):
            continue
        receiver, known = _receiver(case, node)
        if receiver not in roots:
            continue
        if name not in meant and _is_looked_up(case, node):
            again = _same_but_for_form(name, known)
            if again:
                meant[name] = again
        new = with_string(node, meant[name]) if name in meant else None
        if new is not None:
            changes[node] = new
    pairs = meant_pairs(meant)
    why = said("As far as the notebook shows, the column {pairs}.", pairs=pairs)
    if any(case.facts.names.get(root, Known("")).kind == "dict" for root in roots):
        why = said("As far as the notebook shows, the key {pairs}.", pairs=pairs)
    yield Candidate(case.tree.edited(changes), why, "column")


def _same_but_for_form(name: str, known: Known | None) -> str:
    """The column that a label which a frame lacks differs from by case, white space and separators only."""
    if known is None or not known.complete or known.kind != "DataFrame" or name in known.columns:
        return ""
    return nearest(name, known.columns, slips=False)


def _is_looked_up(case: Case, node: Any) -> bool:
    """Whether a label stands right in a subscript: `df["a"]`, `df[["a", "b"]]`."""
    import libcst as cst

    outer = case.tree.parent(node)
    while isinstance(outer, cst.List | cst.Element | cst.Index | cst.SubscriptElement):
        outer = case.tree.parent(outer)
    return isinstance(outer, cst.Subscript)


def _may_be_any_frame(case: Case, name: str) -> bool:
    """Whether a name may stand for a frame that is known: a parameter, or what a function gave back.

    What was grouped, pivoted or read from elsewhere has columns of its own.
    """
    if name not in case.index.binds:
        return True
    given = [
        re.findall(rf"^\s*{re.escape(name)}\s*=(?!=)\s*(.+)$", cell.source, re.MULTILINE)
        for cell in case.cells
    ]
    return all(re.match(r"[a-z_]\w*\(", value) for values in given for value in values)


def _names(message: str, name: str) -> bool:
    """Whether a message is about this label: quoted, or at its end."""
    quoted = rf"['\"`]{re.escape(name)}['\"`]"
    return bool(re.search(quoted, message)) or message.strip("'\"").endswith(f": {name}")


def _is_stored(case: Case, node: Any) -> bool:
    import libcst as cst

    while node is not None and not isinstance(node, cst.AssignTarget):
        node = case.tree.parent(node)
    return node is not None


def _receiver(case: Case, node: Any) -> tuple[str, Known | None]:
    """What a label is looked up in: the name that its expression begins with, and what is known of it."""
    import libcst as cst

    inner = node
    while (outer := case.tree.parent(inner)) is not None:
        if isinstance(outer, cst.Subscript) and inner is not outer.value:
            return root_name(outer.value), _frame(case, outer.value)
        if isinstance(outer, cst.Call) and inner is not outer.func:
            given = keyword_argument(outer, "data") or keyword_argument(outer, "data_frame")
            if given is not None:
                return root_name(given.value), _frame(case, given.value)
            if isinstance(outer.func, cst.Attribute) and root_name(outer.func) not in case.facts.modules:
                return root_name(outer.func), _frame(case, outer.func.value)
            frames = [arg.value for arg in positional(outer) if _is_frame(_frame(case, arg.value))]
            if len(frames) == 1 or (frames and dotted(outer.func).rpartition(".")[2] in _TAKES_FRAME):
                return root_name(frames[0]), _frame(case, frames[0])
        if isinstance(outer, cst.BaseSmallStatement):
            break
        inner = outer
    return "", None


def _is_frame(known: Known | None) -> bool:
    return known is not None and known.kind == "DataFrame"


def _frame(case: Case, node: Any) -> Known | None:
    """What is known of a frame; through `.loc` and `.iloc` too."""
    known = case.known(node)
    if known is None and root_name(node) and not _renames(case.tree.text(node)):
        known = case.facts.names.get(root_name(node))
        return known if known is not None and known.kind in ("DataFrame", "dict") else None
    return known


def _renames(text: str) -> bool:
    return any(word in text for word in ("rename", "get_dummies", "pivot", "melt", "merge", "stack", "agg("))


def column_attribute(case: Case) -> Iterator[Candidate]:
    """`df.salary` where the column is `Salary`, or a method is spelled almost the same."""
    match = case.said(r"^'(DataFrame|Series|DataFrameGroupBy)' object has no attribute '(\w+)'")
    if case.exception != "AttributeError" or match is None:
        return
    import libcst as cst

    nodes = [node for node in case.at_line(cst.Attribute) if node.attr.value == match[2]]
    columns: set[str] = set()
    for node in nodes:
        known = _frame(case, node.value)
        columns |= set(known.columns if known is not None and match[1] != "Series" else ())
    found = nearest(match[2], {name for name in columns if name.isidentifier()})
    found = found or nearest(match[2], [*attributes_of(match[1]), *columns])
    if not nodes or not found or not found.isidentifier():
        return
    changes = {node.attr: _named(found) for node in nodes}
    values = {"owner": match[1], "name": match[2], "found": found}
    reason = said("A {owner} has no “{name}”; its attribute “{found}” is spelled almost the same.", **values)
    if found in columns:
        reason = said("A {owner} has no “{name}”; its column “{found}” is spelled almost the same.", **values)
    yield Candidate(case.tree.edited(changes), reason, "column")


def _named(name: str) -> Any:
    def edit(node: Any) -> Any:
        return node.with_changes(value=name)

    return edit


def drop_axis(case: Case) -> Iterator[Candidate]:
    """`df.drop("column")` looks among the rows: `axis=1` for columns (API reference of `DataFrame.drop`)."""
    if case.exception not in ("KeyError", "ValueError") or not _AXIS.search(case.message):
        return
    import libcst as cst

    for call in case.at_line(cst.Call):
        if not (isinstance(call.func, cst.Attribute) and call.func.attr.value == "drop"):
            continue
        if len(positional(call)) != 1 or any(
            keyword_argument(call, word) for word in ("axis", "columns", "index", "level")
        ):
            continue
        known = _frame(case, call.func.value)
        if known is not None and known.kind != "DataFrame":
            continue
        try:
            labels = literal(call.args[0].value)
        except ValueError:
            labels = re.findall(r"'([^']+)'", case.message)
        labels = [labels] if isinstance(labels, str) else labels
        if not isinstance(labels, list | tuple) or not labels:
            continue
        if any(not isinstance(label, str) for label in labels):
            continue
        columns = known.columns if known is not None else ()
        if not set(labels) <= set(columns) and (columns or (known is not None and known.complete)):
            continue
        if not columns and _is_indexed(case, root_name(call.func)):
            continue
        reason = said("drop takes labels of rows unless it is told otherwise: axis=1 is for columns.")
        yield Candidate(case.tree.edited({call: add_argument("axis", "1")}), reason, "drop axis")


def _is_indexed(case: Case, name: str) -> bool:
    """Whether the rows of a frame may have names: an index was set or read."""
    before = "\n".join(cell.source for cell in (*case.above(), case.cell))
    return (
        bool(re.search(r"set_index|index_col|\bindex\s*=|\.T\b|groupby|transpose|pivot", before)) or not name
    )


def positions(case: Case) -> Iterator[Candidate]:
    """`df[:, 0]` is `df.iloc[:, 0]`; labels go with `loc`, positions with `iloc`."""
    by_key = case.exception == "InvalidIndexError" or case.said(
        r"unhashable type: 'slice'|is an invalid key|^\(slice\("
    )
    misplaced = case.said(
        r"Location based indexing can only have|Cannot index by location index with a non-integer key"
    )
    if not by_key and misplaced is None:
        return
    import libcst as cst

    changes: dict[Any, Any] = {}
    word = ""
    for node in case.at_line(cst.Subscript):
        indexer = node.value.attr.value if isinstance(node.value, cst.Attribute) else ""
        texts = [string_value(inner) for inner in case.tree.inside(node, cst.SimpleString)]
        if misplaced is not None:
            if indexer == "iloc" and texts and not _has_number(case, node):
                changes[node.value.attr] = _named("loc")
                word = "loc"
        elif len(node.slice) == 2 and indexer not in ("loc", "iloc", "at", "iat"):
            known = case.known(node.value)
            if known is not None and known.kind != "DataFrame":
                continue
            if known is None and case.exception != "InvalidIndexError":
                continue
            word = "loc" if texts else "iloc"
            if texts and _has_number(case, node):
                return
            changes[node] = _with_indexer(word)
    if len(changes) == 1:
        why = said("A frame takes positions by “{word}”.", word=word)
        if word == "loc":
            why = said("A frame takes labels by “{word}”.", word=word)
        yield Candidate(
            case.tree.edited(changes),
            why,
            "positions",
        )


def _has_number(case: Case, node: Any) -> bool:
    import libcst as cst

    return any(case.tree.inside(part, cst.Integer) for part in node.slice) and any(
        True for part in node.slice for _ in case.tree.inside(part, cst.Integer)
    )


def _with_indexer(word: str) -> Any:
    import libcst as cst

    def edit(node: Any) -> Any:
        return node.with_changes(value=cst.Attribute(node.value, cst.Name(word)))

    return edit


def masks(case: Case) -> Iterator[Candidate]:
    """Conditions of columns are joined by `&` and `|`, each in brackets (user guide, "Boolean indexing")."""
    if not case.said(
        r"^The truth value of a Series is ambiguous|Cannot perform 'r(?:and|or)_' with|"
        r"unsupported operand type\(s\) for [&|]"
    ):
        return
    import libcst as cst

    changes: dict[Any, Any] = {}
    for node in case.at_line(cst.BooleanOperation):
        if _in_test(case, node):
            return
        changes[node] = _bitwise
        for part in (node.left, node.right):
            if isinstance(part, cst.UnaryOperation) and isinstance(part.operator, cst.Not):
                changes[part] = _inverted
    for node in case.at_line(cst.Comparison):
        regrouped = _regrouped(case, node)
        if regrouped and not _in_test(case, node):
            changes[node] = regrouped
    if changes:
        reason = said(
            "Conditions of columns are joined by & and |, each in brackets; “and” asks for one truth."
        )
        yield Candidate(case.tree.edited(changes), reason, "mask")


def _in_test(case: Case, node: Any) -> bool:
    """Whether one truth value is what is asked for: the test of an `if`, a loop, a lambda."""
    import libcst as cst

    while node is not None and not isinstance(node, cst.BaseSmallStatement | cst.Subscript):
        parent = case.tree.parent(node)
        if isinstance(parent, cst.If | cst.While | cst.IfExp) and node is parent.test:
            return True
        if isinstance(node, cst.Lambda | cst.CompIf):
            return True
        node = parent
    return isinstance(node, cst.Assert)


def _bitwise(node: Any) -> Any:
    import libcst as cst

    space = cst.SimpleWhitespace(" ")
    sign = cst.BitAnd if isinstance(node.operator, cst.And) else cst.BitOr
    return cst.BinaryOperation(
        left=_bracketed(node.left),
        operator=sign(
            getattr(node.operator, "whitespace_before", space),
            getattr(node.operator, "whitespace_after", space),
        ),
        right=_bracketed(node.right),
        lpar=node.lpar,
        rpar=node.rpar,
    )


def _bracketed(node: Any) -> Any:
    import libcst as cst

    if node.lpar or isinstance(node, cst.Name | cst.Attribute | cst.Call | cst.Subscript):
        return node
    if isinstance(node, cst.UnaryOperation | cst.BinaryOperation):
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _inverted(node: Any) -> Any:
    import libcst as cst

    return cst.UnaryOperation(operator=cst.BitInvert(), expression=_bracketed(node.expression))


def _regrouped(case: Case, node: Any) -> str:
    """`a > 1 & b < 2`, which Python reads as `a > (1 & b) < 2`, as it was meant; "" for anything else."""
    import libcst as cst

    if len(node.comparisons) != 2:
        return ""
    first, second = node.comparisons
    middle = first.comparator
    if not isinstance(middle, cst.BinaryOperation) or middle.lpar:
        return ""
    if not isinstance(middle.operator, cst.BitAnd | cst.BitOr):
        return ""
    text = case.tree.text
    return (
        f"({text(node.left)}{text(first.operator)}{text(middle.left)}){text(middle.operator)}"
        f"({text(middle.right)}{text(second.operator)}{text(second.comparator)})"
    )


def inplace_result(case: Case) -> Iterator[Candidate]:
    """`df = df.dropna(inplace=True)` binds None: a method that works in place gives nothing back.

    pandas API reference (`inplace`); the same holds for `list.sort`, `list.append` and `random.shuffle`.
    """
    match = case.said(r"^'NoneType' object (?:has no attribute|is not (?:subscriptable|iterable))")
    if match is None:
        return
    import libcst as cst

    used = {root_name(node) for node in case.at_line(cst.Attribute)}
    used |= {root_name(node) for node in case.at_line(cst.Subscript)}
    used |= {node.value for node in case.at_line(cst.Name)}
    for cell in reversed((*case.above(), case.cell)):
        tree = case.tree if cell.index == case.cell.index else None
        if tree is None:
            if not any(name in cell.source for name in used):
                continue
            if parse_cell(cell.source).tree is None or "=" not in cell.source:
                continue
            from nbreview.checks.fix_tree import concrete_cell

            tree = concrete_cell(cell.source)
        if tree is None:
            continue
        for node in reversed(list(tree.nodes(cst.Assign))):
            target = node.targets[0].target if len(node.targets) == 1 else None
            if not isinstance(target, cst.Name) or target.value not in used:
                continue
            if cell.index == case.cell.index and case.line is not None and tree.lines(node)[0] >= case.line:
                continue
            if not _gives_nothing(node.value, target.value):
                return
            where = None if cell.index == case.cell.index else cell.index
            reason = said(
                "What works in place gives None back, and “{name}” is then None.", name=target.value
            )
            yield Candidate(
                tree.edited({node: lambda done: cst.Expr(done.value)}), reason, "in place", cell_index=where
            )
            return


def _gives_nothing(value: Any, name: str) -> bool:
    import libcst as cst

    if not isinstance(value, cst.Call) or not isinstance(value.func, cst.Attribute):
        return False
    given = keyword_argument(value, "inplace")
    own = dotted(value.func.value) == name
    if given is not None and isinstance(given.value, cst.Name) and given.value.value == "True":
        return own
    if dotted(value.func) in ("random.shuffle", "np.random.shuffle"):
        return any(dotted(arg.value) == name for arg in value.args)
    return (
        own
        and value.func.attr.value in ("sort", "append", "extend", "reverse")
        and (value.func.attr.value == "sort" or bool(value.args) or value.func.attr.value == "reverse")
    )


RULES = (nearest_column, column_attribute, drop_axis, positions, masks, inplace_result)
