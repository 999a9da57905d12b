"""A cell as a concrete syntax tree: what is not edited stays as written.

Imports `notebook` and below. LibCST is imported when a cell is first parsed, never with this module.

LibCST reads Python only. What IPython's syntax stood for is taken out by `magics`, each such line is marked
with a comment of its own, and put back once the tree has been edited; where an edit touched a marked line
the cell is given up. A cell that is indented as a whole, as IPython allows, is read without the indentation.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from nbreview.notebook.magics import plain_cell

if TYPE_CHECKING:
    import libcst as cst

_NodeT = TypeVar("_NodeT")
_MARK = "  #\u29d6{}\u29d6"
_TIMED = "pass; "
_MOST_KEPT = 64  # trees in memory; each is some hundred times its source


@dataclass(frozen=True, slots=True)
class _Masked:
    """A line whose IPython syntax was taken out: as it was, and as it is in the tree (with its mark)."""

    original: str
    plain: str


@dataclass(slots=True)
class ConcreteCell:
    """A cell that LibCST could parse. Lines count from 0, as in the cell."""

    source: str
    module: cst.Module
    _spans: Mapping[Any, tuple[int, int, int, int]]
    _parents: Mapping[Any, Any]
    _masked: tuple[_Masked, ...]
    _indent: str
    _all: list[Any] = field(default_factory=list)

    def nodes(self, kind: type[_NodeT]) -> Iterator[_NodeT]:
        """Every node of one kind, in the order of the source, outer before inner."""
        return (node for node in self._all if isinstance(node, kind))

    def inside(self, top: Any, kind: type[_NodeT]) -> Iterator[_NodeT]:
        """Every node of one kind that is, or lies in, `top`."""
        return (node for node in self._all if isinstance(node, kind) and self.contains(top, node))

    def contains(self, top: Any, node: Any) -> bool:
        """Whether `node` is `top` or lies in it."""
        while node is not None and node is not top:
            node = self._parents.get(node)
        return node is not None

    def lines(self, node: Any) -> tuple[int, int]:
        """The first and last line of a node."""
        first, _, last, _ = self._spans[node]
        return first, last

    def parent(self, node: Any) -> Any:
        """The node that holds this one, None for the module."""
        return self._parents.get(node)

    def is_label(self, name: Any) -> bool:
        """Whether a name is that of an attribute or of a keyword, and so no variable's."""
        import libcst as cst

        parent = self.parent(name)
        attribute = isinstance(parent, cst.Attribute) and name is parent.attr
        return attribute or (isinstance(parent, cst.Arg) and name is parent.keyword)

    def text(self, node: Any) -> str:
        """A node as written."""
        return self.module.code_for_node(node)

    def statement(self, node: Any) -> Any:
        """The statement line, or the compound statement, that a node stands in."""
        import libcst as cst

        while node is not None and not isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement):
            node = self._parents.get(node)
        return node

    def at(self, line: int | None, kind: type[_NodeT]) -> list[_NodeT]:
        """The nodes of one kind in the statement that a line of a traceback belongs to.

        A compound statement counts with its own head only. Without a line: those of the whole cell.
        """
        found = list(self.nodes(kind))
        if line is None:
            return found
        top = self.statement_at(line)
        return [node for node in found if top is not None and self.statement(node) is top]

    def statement_at(self, line: int) -> Any:
        """The innermost statement that spans a line."""
        import libcst as cst

        best = None
        for node in self._all:
            if isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement):
                first, last = self.lines(node)
                if first <= line <= last:
                    best = node
        return best

    def edited(
        self,
        changes: Mapping[Any, str | Callable[[Any], Any] | None],
        before: Mapping[Any, Sequence[str]] | None = None,
    ) -> str:
        """The source with nodes replaced and statements put in, "" where that cannot be done.

        `changes` maps a node to what comes in its place: an expression as text, a function of the node (whose
        inner edits are done already), or None to remove it. `before` maps a statement to source lines to
        put above it, at its indentation.
        """
        import libcst as cst

        above_of: Mapping[Any, Sequence[str]] = before or {}

        class Editor(cst.CSTTransformer):
            def on_leave(self, original_node: Any, updated_node: Any) -> Any:
                result: Any = updated_node
                if original_node in changes:
                    change = changes[original_node]
                    if change is None:
                        result = cst.RemovalSentinel.REMOVE
                    elif isinstance(change, str):
                        result = cst.parse_expression(change)
                    else:
                        result = change(updated_node)
                if original_node in above_of:
                    above = [cst.parse_statement(text) for text in above_of[original_node]]
                    lead = getattr(result, "leading_lines", ())
                    above[0] = above[0].with_changes(leading_lines=lead)
                    result = cst.FlattenSentinel([*above, result.with_changes(leading_lines=())])
                return result

        try:
            code = self.module.visit(Editor()).code
        except (cst.ParserSyntaxError, cst.CSTValidationError, TypeError, ValueError):
            return ""
        return self._restored(code)

    def _restored(self, code: str) -> str:
        """Put the magics back, and the indentation."""
        lines = code.split("\n")
        for number, masked in enumerate(self._masked):
            mark = _MARK.format(number)
            at = [row for row, line in enumerate(lines) if line.endswith(mark)]
            if len(at) != 1:
                return ""
            line = lines[at[0]]
            if line == masked.plain:
                lines[at[0]] = masked.original
                continue
            head = masked.plain[: len(masked.plain) - len(masked.plain.lstrip())] + _TIMED
            if not (masked.plain.startswith(head) and line.startswith(head) and "%time " in masked.original):
                return ""
            prefix = masked.original[: masked.original.index("%time ") + len("%time ")]
            lines[at[0]] = prefix + line[len(head) : -len(mark)]
        return "\n".join(f"{self._indent}{line}" if line.strip() else line for line in lines)


@lru_cache(maxsize=_MOST_KEPT)
def concrete_cell(source: str) -> ConcreteCell | None:
    """Parse a cell; None where it is not Python, or LibCST cannot read it."""
    plain = plain_cell(source)
    if not plain.python or "\r" in source or "\u29d6" in source:
        return None
    written = source.split("\n")
    lines = plain.source.split("\n")
    shifts = {shift for shift, line in zip(plain.shifts, written, strict=True) if line.strip()}
    if len(shifts) > 1:
        return None  # interpreter prompts, or a string that reaches to the left of the cell
    shift = max(shifts, default=0)
    indent = next((line[:shift] for line in written if line.strip()), "")
    if indent.strip():
        return None
    masked: list[_Masked] = []
    for number, (line, was) in enumerate(zip(lines, written, strict=True)):
        bare = was[shift:] if was.strip() else was
        if line != bare:
            lines[number] = line + _MARK.format(len(masked))
            masked.append(_Masked(bare, lines[number]))
    return _parse(source, "\n".join(lines), tuple(masked), indent)


def _parse(source: str, code: str, masked: tuple[_Masked, ...], indent: str) -> ConcreteCell | None:
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

    try:
        ast.parse(code)
        module = cst.parse_module(code)
    except (cst.ParserSyntaxError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if module.code != code:
        return None
    try:
        wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
        ranges = wrapper.resolve(PositionProvider)
        parents = wrapper.resolve(ParentNodeProvider)
    except RecursionError:
        return None
    spans = {
        node: (span.start.line - 1, span.start.column, span.end.line - 1, span.end.column)
        for node, span in ranges.items()
    }
    every = sorted(
        (node for node in spans if node is not module),
        key=lambda node: (spans[node][0], spans[node][1], -spans[node][2], -spans[node][3]),
    )
    return ConcreteCell(source, module, spans, parents, masked, indent, every)


def dotted(node: Any) -> str:
    """`a.b.c` of a name or a chain of attributes, "" for anything else."""
    import libcst as cst

    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return ""
    return ".".join([node.value, *reversed(parts)])


def root_name(node: Any) -> str:
    """The name that a chain of attributes, calls and subscripts begins with, "" without one."""
    import libcst as cst

    while isinstance(node, cst.Attribute | cst.Call | cst.Subscript):
        node = node.func if isinstance(node, cst.Call) else node.value
    return node.value if isinstance(node, cst.Name) else ""


def string_value(node: Any) -> str | None:
    """The text of a plain string literal, None for anything else."""
    import libcst as cst

    if not isinstance(node, cst.SimpleString):
        return None
    value = node.evaluated_value
    return value if isinstance(value, str) else None


def with_string(node: Any, value: str) -> str | None:
    """A string literal of the same quotes and prefix with another text, None where it would need escapes."""
    quote = node.quote
    if quote[0] in value or "\\" in value or "\n" in value:
        return None
    return f"{node.prefix}{quote}{value}{quote}"


def literal(node: Any) -> Any:
    """What a literal expression stands for; raises ValueError where it is none."""
    import libcst as cst

    try:
        return ast.literal_eval(cst.Module([]).code_for_node(node).strip())
    except (SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ValueError(str(error)) from error


def keyword_argument(call: Any, name: str) -> Any:
    """The argument of a call that is given by this keyword, None without it."""
    return next((arg for arg in call.args if arg.keyword is not None and arg.keyword.value == name), None)


def positional(call: Any) -> list[Any]:
    """The arguments of a call given by position, [] where one is unpacked."""
    found = [arg for arg in call.args if arg.keyword is None]
    return [] if any(arg.star for arg in found) else found


def add_argument(name: str, value: str) -> Callable[[Any], Any]:
    """An edit of a call: one more keyword argument behind its last, written as the others are."""
    import libcst as cst

    def edit(call: Any) -> Any:
        new = cst.Arg(
            value=cst.parse_expression(value),
            keyword=cst.Name(name),
            equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
        )
        if not call.args:
            return call.with_changes(args=[new])
        last = call.args[-1]
        # `f(*args, x=1)` and `f(**options, x=1)` both may have one more keyword behind them.
        comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
        if len(call.args) > 1 and isinstance(call.args[-2].comma, cst.Comma):
            comma = call.args[-2].comma
        new = new.with_changes(comma=last.comma, whitespace_after_arg=last.whitespace_after_arg)
        if not isinstance(last.comma, cst.Comma):
            new = new.with_changes(comma=cst.MaybeSentinel.DEFAULT)
        moved = last.with_changes(comma=comma, whitespace_after_arg=cst.SimpleWhitespace(""))
        return call.with_changes(args=[*call.args[:-1], moved, new])

    return edit


def drop_argument(name: str) -> Callable[[Any], Any]:
    """An edit of a call: a keyword argument goes."""
    import libcst as cst

    def edit(call: Any) -> Any:
        kept = [arg for arg in call.args if arg.keyword is None or arg.keyword.value != name]
        if kept and kept[-1] is not call.args[-1]:
            gone = call.args[-1]
            kept[-1] = kept[-1].with_changes(comma=gone.comma, whitespace_after_arg=gone.whitespace_after_arg)
            if not isinstance(gone.comma, cst.Comma):
                kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return call.with_changes(args=kept)

    return edit


def name_arguments(names: Mapping[int, str]) -> Callable[[Any], Any]:
    """An edit of a call: the arguments at these places are given by keyword."""
    import libcst as cst

    def edit(call: Any) -> Any:
        equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        args = [
            arg.with_changes(keyword=cst.Name(names[place]), equal=equal) if place in names else arg
            for place, arg in enumerate(call.args)
        ]
        return call.with_changes(args=args)

    return edit


def chained(*edits: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several edits of one node, one after the other."""

    def edit(node: Any) -> Any:
        for step in edits:
            node = step(node)
        return node

    return edit
