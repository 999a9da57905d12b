"""What each name of a notebook certainly stands for, statement by statement, top to bottom.

Imports the modules of `checks` below it, `notebook` and below. `Walk` follows what is certainly reached, in
the order in which Python evaluates it, and binds names to `values`; what may be bound otherwise on some path
is forgotten. What is known of attributes, calls and imports is for whoever derives from it (`calls`).
"""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nbreview.checks.cells import expected_to_fail
from nbreview.checks.flow import SUPPRESSORS
from nbreview.checks.reach import (
    binds_unseen,
    bound_names,
    has_turn,
    is_exit,
    is_generator,
    may_jump,
    truth,
    worth_searching,
)
from nbreview.checks.surroundings import Surroundings
from nbreview.checks.values import Defined, DefinedClass, Library, Value
from nbreview.notebook.bindings import ParsedCell, cell_binds, child_nodes, function_locals, parse_cell
from nbreview.notebook.model import Cell

_DEEPEST_CALL = 5


@dataclass(slots=True)
class Scope:
    """Where statements run: `names` are local to the function that runs, None at the top level of a cell."""

    names: frozenset[str] | None = None
    values: dict[str, Value] = field(default_factory=dict)
    site: ast.AST | None = None
    via: tuple[str, ...] = ()


class Walk:
    """A run of the notebook in thought: feed it the cells in order with `cell`; nothing is executed."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.values: dict[str, Value] = {}
        self.stopped = False
        self._cell: Cell | None = None
        self._parsed: ParsedCell | None = None
        self._followed: set[ast.AST] = set()
        self._told: set[str] = set()

    # What is judged: for whoever derives from this.

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        """Bind what an import certainly binds to a known value, and forget the rest."""
        self._forget(bound_names(node), scope)

    def _attribute(
        self, node: ast.Attribute, owner: Value, name: str, scope: Scope, called: bool
    ) -> Value | None:
        """What an attribute of a known value is."""
        return None

    def _call(self, node: ast.Call, callee: Value, scope: Scope) -> Value | None:
        """What a call of a known value gives."""
        return None

    # Statements.

    def cell(self, cell: Cell) -> None:
        """Follow one cell; nothing is executed."""
        if self.stopped:
            return
        parsed = parse_cell(cell.source)
        if any(magic.binds_unknown for magic in parsed.plain.magics):
            self.stopped = True
            return
        if parsed.tree is None or expected_to_fail(cell) or not parsed.plain.persistent:
            self._forget(cell_binds(cell.source), Scope())
            self.stopped = parsed.tree is None and parsed.plain.python and "import *" in cell.source
            return
        self._cell, self._parsed = cell, parsed
        self._followed, self._told = set(), set()
        suspect = worth_searching(parsed.plain.source)
        certain = True
        try:
            for statement in parsed.tree.body:
                if suspect and binds_unseen(statement):
                    if not isinstance(statement, ast.ImportFrom):
                        self.stopped = True
                        return
                    self.values.clear()  # `from m import *` may rebind anything, once
                certain = self._body([statement], Scope(), certain)
        except RecursionError:  # an expression of a thousand terms: followed no further
            self.stopped = True

    def _body(self, statements: Iterable[ast.stmt], scope: Scope, certain: bool) -> bool:
        for statement in statements:
            if self.stopped:
                return False
            if not certain:
                self._forget(bound_names(statement), scope)
                continue
            self._statement(statement, scope)
            if scope.names is None and is_exit(statement):
                self.stopped = True
            certain = not may_jump(statement)
        return certain

    def _statement(self, node: ast.stmt, scope: Scope) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                known = self._value(value, scope)
                for target in targets:
                    self._assign(target, value, known, scope)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value, self._value(value, scope), scope)
            case ast.AnnAssign():
                pass
            case ast.AugAssign(target=target, value=value):
                self._value(value, scope)
                self._assign(target, value, None, scope)
            case ast.Import() | ast.ImportFrom():
                self._import(node, scope)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                arguments = node.args
                self._values(
                    (*node.decorator_list, *arguments.defaults, *filter(None, arguments.kw_defaults)), scope
                )
                plain = not node.decorator_list and self._cell is not None
                self._bind(node.name, Defined(node, self._index) if plain else None, scope)
            case ast.ClassDef():
                self._define_class(node, scope)
            case ast.If(test=test):
                self._value(test, scope)
                holds = truth(test)
                if holds is not None:
                    self._body(node.body if holds else node.orelse, scope, True)
                self._forget(bound_names(node) if holds is None else (), scope)
            case ast.For(iter=iterable) | ast.AsyncFor(iter=iterable):
                self._value(iterable, scope)
                self._forget(bound_names(node.target), scope)
                if has_turn(iterable):
                    self._body(node.body, scope, True)  # its first turn
                self._forget(bound_names(node), scope)
            case ast.While(test=test):
                self._value(test, scope)
                if truth(test):
                    self._body(node.body, scope, True)
                self._forget(bound_names(node), scope)
            case ast.With(items=items) | ast.AsyncWith(items=items):
                certain = True
                for item in items:
                    if certain:
                        self._value(item.context_expr, scope)
                    certain = certain and self._lets_through(item.context_expr, scope)
                    if item.optional_vars is not None:
                        self._forget(bound_names(item.optional_vars), scope)
                self._body(node.body, scope, certain)
            case ast.Try() | ast.TryStar():
                certain = not node.handlers
                self._body(node.body, scope, certain)
                self._forget(bound_names(node) if node.handlers else (), scope)
                self._body(node.finalbody, scope, certain)
            case ast.Match(subject=subject):
                self._value(subject, scope)
                self._forget(bound_names(node), scope)
            case ast.Delete(targets=targets):
                for target in targets:
                    self._forget((part.id for part in ast.walk(target) if isinstance(part, ast.Name)), scope)
            case ast.Expr(value=value):
                self._value(value, scope)
            case ast.Assert(test=test):
                self._value(test, scope)
            case ast.Return() | ast.Raise():
                self._values(child_nodes(node), scope)
            case _:
                self._forget(bound_names(node), scope)

    def _assign(self, target: ast.expr, value: ast.expr, known: Value | None, scope: Scope) -> None:
        if isinstance(target, ast.Name):
            self._bind(target.id, known, scope)
            return
        if isinstance(target, ast.Attribute | ast.Subscript):
            self._value(target.value, scope)
            if isinstance(target, ast.Subscript):
                self._value(target.slice, scope)
        self._forget(bound_names(target), scope)

    def _define_class(self, node: ast.ClassDef, scope: Scope) -> None:
        self._values(node.decorator_list, scope)
        bases = [self._value(base, scope) for base in node.bases]
        known = tuple(base for base in bases if isinstance(base, Library))
        plain = not node.decorator_list and not node.keywords and len(known) == len(bases)
        plain = plain and not getattr(node, "type_params", ())
        self._bind(node.name, DefinedClass(node, self._index, known) if plain else None, scope)

    def _lets_through(self, manager: ast.expr, scope: Scope) -> bool:
        """Whether a context manager is known not to swallow exceptions: a call of something of a library, or
        of `open`.
        """
        if not isinstance(manager, ast.Call):
            return False
        callee = manager.func
        last = callee.attr if isinstance(callee, ast.Attribute) else getattr(callee, "id", "")
        while isinstance(callee, ast.Attribute | ast.Call):
            callee = callee.value if isinstance(callee, ast.Attribute) else callee.func
        if not isinstance(callee, ast.Name) or last in SUPPRESSORS:
            return False
        return callee.id == "open" or isinstance(self._lookup(callee.id, scope), Library)

    def _values(self, nodes: Iterable[ast.AST | None], scope: Scope) -> None:
        for node in nodes:
            if node is not None:
                self._value(node, scope)

    def _value(self, node: ast.AST, scope: Scope, called: bool = False) -> Value | None:
        """What an expression that is certainly evaluated stands for, as far as it is known."""
        match node:
            case ast.Constant():
                return None
            case ast.Name(id=name):
                return self._lookup(name, scope)
            case ast.Attribute(value=value, attr=name):
                owner = self._value(value, scope)
                return self._attribute(node, owner, name, scope, called) if owner is not None else None
            case ast.Call(func=function):
                known = self._value(function, scope, called=True)
                self._values(node.args, scope)
                self._values((keyword.value for keyword in node.keywords), scope)
                return self._call(node, known, scope) if known is not None else None
            case ast.NamedExpr(target=target, value=value):
                known = self._value(value, scope)
                self._bind(target.id, known, scope)
                return known
            case ast.BoolOp(values=[first, *rest]):
                self._value(first, scope)
                self._unsure(rest, scope)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self._value(test, scope)
                self._unsure((body, orelse), scope)
            case ast.Compare(left=left, comparators=[first, *rest]):
                self._values((left, first), scope)
                self._unsure(rest, scope)
            case ast.Lambda(args=arguments):
                self._values((*arguments.defaults, *filter(None, arguments.kw_defaults)), scope)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._value(node.generators[0].iter, scope)
                self._forget(bound_names(node), scope)
            case _:
                self._values(child_nodes(node), scope)
        return None

    def _unsure(self, nodes: Sequence[ast.AST], scope: Scope) -> None:
        for node in nodes:
            self._forget(bound_names(node), scope)

    def _follow(self, function: ast.FunctionDef | ast.AsyncFunctionDef, call: ast.Call, scope: Scope) -> None:
        """Run the body of a plain function that is certainly called here, once a cell."""
        if (
            function in self._followed
            or len(scope.via) >= _DEEPEST_CALL
            or isinstance(function, ast.AsyncFunctionDef)
            or is_generator(function)
        ):
            return
        self._followed.add(function)
        names = function_locals(function)
        inner = Scope(names, {}, scope.site or call, (*scope.via, function.name))
        self._body(function.body, inner, True)

    @property
    def _index(self) -> int:
        assert self._cell is not None
        return self._cell.index

    def _line(self, node: ast.AST) -> int:
        return int(getattr(node, "lineno", 1)) - 1

    def _lookup(self, name: str, scope: Scope) -> Value | None:
        if scope.names is not None and name in scope.names:
            return scope.values.get(name)
        return self.values.get(name)

    def _bind(self, name: str, value: Value | None, scope: Scope) -> None:
        local = scope.names is not None and name in scope.names
        values = scope.values if local else self.values
        if value is None or (not local and name in self.around.declared_global):
            values.pop(name, None)
        else:
            values[name] = value

    def _forget(self, names: Iterable[str], scope: Scope) -> None:
        for name in names:
            self._bind(name, None, scope)
