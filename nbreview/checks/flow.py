"""Which names a notebook reads before anything can have bound them, when it is run top to bottom.

Imports `notebook` and below. Follows the language reference ("Execution model": naming and binding,
evaluation order) statement by statement, and keeps one set: the names that *may* be bound so far. A binding
on any path counts. A read is *certain* only where it is certainly reached once the cell runs: not in a
branch, a loop that may have no turn, the right side of `and`, a comprehension's element, a `try` with
handlers, or after a jump that may be taken. A function's body counts when the function is plain, known and
certainly called; what it calls is followed too.

Whatever may bind names unseen (`from m import *`, `exec`, `globals()`, `%run`, an unknown extension) ends
the analysis: from there on anything may be bound and nothing is said.
"""

import ast
import builtins
from collections.abc import Iterable
from dataclasses import dataclass, field

from nbreview.checks.reach import (
    binds_unseen,
    has_turn,
    is_exit,
    is_generator,
    may_jump,
    truth,
    worth_searching,
)
from nbreview.notebook.bindings import (
    FunctionNode,
    ParsedCell,
    bound_in_scope,
    child_nodes,
    declared_global,
    function_locals,
    names_bound_by,
    position,
)

_PRESET = """
ExceptionGroup BaseExceptionGroup EncodingWarning PythonFinalizationError WindowsError aiter anext
copyright credits license help exit quit In Out get_ipython display _ __ ___ _i _ii _iii _ih _oh _dh
_sh _exit_code open __name__ __doc__ __package__ __loader__ __spec__ __builtin__ __builtins__
__annotations__ __debug__ __IPYTHON__ __vsc_ipynb_file__ __session__ ojs_define spark sc sqlContext
sqlCtx dbutils displayHTML mssparkutils notebookutils
"""
ALWAYS_BOUND = frozenset(dir(builtins)) | frozenset(_PRESET.split())
"""Built-in names of any Python 3, those of IPython, and those that notebook services put there before
the first cell.
"""

SUPPRESSORS = frozenset(
    {"suppress", "raises", "assertRaises", "assertRaisesRegex", "capture", "ignored", "Output"}
)
_DEEPEST_CALL = 20


@dataclass(frozen=True, slots=True)
class Miss:
    """A name read where nothing can have bound it.

    Positions count from 0 in the cell that runs; `via` are the functions called from there to reach the
    read, outermost first, and `deleted` says that a `del` took the name away.
    """

    cell_index: int
    name: str
    line: int
    column: int
    end_column: int
    certain: bool
    via: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(slots=True)
class _Scope:
    """Where statements run: `local` holds the names of a function or class body, None at the top
    level of a cell.
    """

    local: set[str] | None = None
    via: tuple[str, ...] = ()
    site: ast.AST | None = None
    grows: bool = False
    calling: tuple[FunctionNode, ...] = ()


@dataclass(slots=True)
class Flow:
    """The state of a run from the top: feed it the cells in order with `cell`, then read `misses`.

    `annotations`: whether annotations are known to be evaluated (Python 3.0 to 3.13 without the future
    import). `watched`: a name for which `bound_at_watched` is to hold what may be bound where it is missed
    first.
    """

    annotations: bool = False
    bound: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    functions: dict[str, FunctionNode] = field(default_factory=dict)
    defined: set[str] = field(default_factory=set)
    anything: bool = False
    stopped: bool = False
    misses: list[Miss] = field(default_factory=list)
    watched: str = ""
    bound_at_watched: frozenset[str] | None = None
    _index: int = 0
    _parsed: ParsedCell | None = None
    _followed: set[FunctionNode] = field(default_factory=set)
    _seen: set[tuple[str, bool]] = field(default_factory=set)

    def branch(self, watched: str = "") -> "Flow":
        """A run of its own that goes on from here, with no misses yet."""
        return Flow(
            self.annotations,
            set(self.bound),
            set(self.deleted),
            dict(self.functions),
            set(self.defined),
            self.anything,
            self.stopped,
            watched=watched,
        )

    def cell(self, index: int, parsed: ParsedCell, *, completes: bool = True) -> None:
        """Run one cell that could be parsed. A cell that is meant to fail does not complete: nothing
        in it is certain.
        """
        assert parsed.tree is not None
        self._index, self._parsed = index, parsed
        self._followed, self._seen = set(), set()
        persistent = parsed.plain.persistent
        before = set() if persistent else set(self.bound)
        suspect = worth_searching(parsed.plain.source)
        magics = list(parsed.plain.magics)

        def catch_up(line: int) -> None:
            while magics and magics[0].line < line:
                magic = magics.pop(0)
                self.anything = self.anything or magic.binds_unknown
                self._bind(magic.binds, _Scope())

        certain = completes
        for statement in parsed.tree.body:
            catch_up(statement.end_lineno or statement.lineno)
            self.anything = self.anything or (suspect and binds_unseen(statement))
            certain = self._body([statement], _Scope(), certain)
        catch_up(len(parsed.plain.shifts) + 1)
        if not persistent:
            self.bound = before | declared_global(parsed.tree)

    # Statements. Each returns whether what follows it is still certainly reached.

    def _body(self, statements: Iterable[ast.stmt], scope: _Scope, certain: bool) -> bool:
        for statement in statements:
            self._statement(statement, scope, certain)
            if certain and scope.local is None and is_exit(statement):
                self.stopped = True
            certain = certain and not may_jump(statement)
        return certain

    def _statement(self, node: ast.stmt, scope: _Scope, certain: bool) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                self._read(value, scope, certain)
                for target in targets:
                    self._read(target, scope, certain)
            case ast.AugAssign(target=target, value=value):
                if isinstance(target, ast.Name):
                    self._load(target, scope, certain)
                    self._read(value, scope, certain)
                else:
                    self._all((target, value), scope, certain)
                self._read(target, scope, certain)
            case ast.AnnAssign(target=target, annotation=annotation, value=value):
                if value is not None:
                    self._all((value, target), scope, certain)
                if self.annotations and (scope.local is None or scope.grows):
                    self._read(annotation, scope, certain)
            case ast.For(target=target, iter=iterable) | ast.AsyncFor(target=target, iter=iterable):
                self._read(iterable, scope, certain)
                turn = certain and has_turn(iterable)
                self._read(target, scope, turn)
                self._body(node.body, scope, turn)
                self._body(node.orelse, scope, False)
            case ast.While(test=test):
                self._read(test, scope, certain)
                self._body(node.body, scope, certain and truth(test) is True)
                self._body(node.orelse, scope, False)
            case ast.If(test=test):
                self._read(test, scope, certain)
                holds = truth(test)
                self._body(node.body, scope, certain and holds is True)
                self._body(node.orelse, scope, certain and holds is False)
            case ast.With(items=items) | ast.AsyncWith(items=items):
                for item in items:
                    self._read(item.context_expr, scope, certain)
                    certain = certain and self._lets_through(item.context_expr)
                    if item.optional_vars is not None:
                        self._read(item.optional_vars, scope, certain)
                self._body(node.body, scope, certain)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._define_function(node, scope, certain)
            case ast.ClassDef(name=name):
                self._all((*node.decorator_list, *node.bases, *node.keywords), scope, certain)
                types = {getattr(item, "name", "") for item in getattr(node, "type_params", ())}
                inner = types | {"__module__", "__qualname__", "__firstlineno__", "__annotations__"}
                inner |= scope.local or set()
                self._body(node.body, _Scope(inner, scope.via, scope.site, True, scope.calling), certain)
                self._bind((name,), scope)
                self.defined.add(name)
                self._bind(declared_global(node), _Scope())
            case ast.Delete(targets=targets):
                for target in targets:
                    self._delete(target, scope, certain)
            case ast.Assert(test=test, msg=message):
                self._read(test, scope, certain)
                self._read(message, scope, False)
            case ast.Match(subject=subject):
                self._read(subject, scope, certain)
                for case in node.cases:
                    self._bind((n for part in ast.walk(case.pattern) for n in names_bound_by(part)), scope)
                    self._read(case.guard, scope, False)
                    self._body(case.body, scope, False)
            case ast.Import() | ast.ImportFrom():
                self._bind(names_bound_by(node), scope)
                if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                    self.annotations &= all(alias.name != "annotations" for alias in node.names)
            case ast.Try() | ast.TryStar():
                self._try(node, scope, certain)
            case ast.Global() | ast.Nonlocal() | ast.Pass() | ast.Break() | ast.Continue():
                pass
            case ast.Expr() | ast.Return() | ast.Raise():
                self._all(child_nodes(node), scope, certain)
            case _:  # `type X = …` of Python 3.12: binds X, evaluated only when asked for
                self._bind(bound_in_scope(node), scope)

    def _try(self, node: ast.Try | ast.TryStar, scope: _Scope, certain: bool) -> None:
        bound_before = set(self.bound)
        self._body(node.body, scope, certain and not node.handlers)
        for handler in node.handlers:
            self._read(handler.type, scope, False)
            self._bind((handler.name,) if handler.name else (), scope)
            self._body(handler.body, scope, False)
            # "When an exception has been assigned using as target, it is cleared at the end of the except
            # clause."
            if handler.name and handler.name not in bound_before and scope.local is None:
                bound_in_body = {name for part in node.body for name in bound_in_scope(part)}
                if handler.name not in bound_in_body:
                    self.bound.discard(handler.name)
        self._body(node.orelse, scope, certain and not node.handlers)
        self._body(node.finalbody, scope, certain and not node.handlers)

    def _define_function(self, node: FunctionNode, scope: _Scope, certain: bool) -> None:
        arguments = node.args
        self._all(node.decorator_list, scope, certain)
        self._all((*arguments.defaults, *filter(None, arguments.kw_defaults)), scope, certain)
        if self.annotations and not getattr(node, "type_params", ()):
            every = [
                *arguments.posonlyargs,
                *arguments.args,
                *arguments.kwonlyargs,
                arguments.vararg,
                arguments.kwarg,
            ]
            self._all((part.annotation for part in every if part is not None), scope, certain)
            self._read(node.returns, scope, certain)
        self._bind((node.name,), scope)
        self.defined.add(node.name)
        self._bind(declared_global(node), _Scope())
        plain = isinstance(node, ast.FunctionDef) and not node.decorator_list and not is_generator(node)
        if plain and certain and scope.local is None:
            self.functions[node.name] = node

    def _delete(self, target: ast.expr, scope: _Scope, certain: bool) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._delete(element, scope, certain)
        elif isinstance(target, ast.Name):
            self._load(target, scope, certain, builtin=False)
            if scope.local is None:
                self.functions.pop(target.id, None)
                if certain and not any(missed for _, missed in self._seen):
                    self.bound.discard(target.id)
                    self.deleted.add(target.id)
        else:
            self._read(target, scope, certain)

    def _lets_through(self, manager: ast.expr) -> bool:
        """Whether a context manager is known not to swallow exceptions: a call of something imported
        or built in.
        """
        if not isinstance(manager, ast.Call):
            return False
        callee = manager.func
        last = callee.attr if isinstance(callee, ast.Attribute) else getattr(callee, "id", "")
        while isinstance(callee, ast.Attribute | ast.Call):
            callee = callee.value if isinstance(callee, ast.Attribute) else callee.func
        return isinstance(callee, ast.Name) and callee.id not in self.defined and last not in SUPPRESSORS

    # Expressions, in the order in which Python evaluates them.

    def _all(self, nodes: Iterable[ast.AST | None], scope: _Scope, certain: bool) -> None:
        for node in nodes:
            self._read(node, scope, certain)

    def _read(self, node: ast.AST | None, scope: _Scope, certain: bool) -> None:
        match node:
            case None | ast.Constant():
                pass
            case ast.Name(id=name, ctx=ast.Store()):
                self._bind((name,), scope)
            case ast.Name():
                self._load(node, scope, certain)
            case ast.Attribute(value=value):
                self._read(value, scope, certain)
            case ast.Call(func=function):
                self._all(child_nodes(node), scope, certain)
                if certain and isinstance(function, ast.Name):
                    self._follow(function.id, node, scope)
            case ast.NamedExpr(target=target, value=value):
                self._all((value, target), scope, certain)
            case ast.BoolOp(values=[first, *rest]):
                self._read(first, scope, certain)
                self._all(rest, scope, False)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self._read(test, scope, certain)
                self._all((body, orelse), scope, False)
            case ast.Compare(left=left, comparators=[first, *rest]):
                self._all((left, first), scope, certain)
                self._all(rest, scope, False)
            case ast.Lambda(args=arguments):
                self._all((*arguments.defaults, *filter(None, arguments.kw_defaults)), scope, certain)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._comprehension(node, scope, certain)
            case _:
                self._all(child_nodes(node), scope, certain)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, scope: _Scope, certain: bool
    ) -> None:
        self._read(node.generators[0].iter, scope, certain)
        targets = {
            part.id
            for clause in node.generators
            for part in ast.walk(clause.target)
            if isinstance(part, ast.Name)
        }
        self._bind(
            (n for part in ast.walk(node) if isinstance(part, ast.NamedExpr) for n in (part.target.id,)),
            scope,
        )
        inner = _Scope((scope.local or set()) | targets, scope.via, scope.site, False, scope.calling)
        for clause in node.generators:
            self._all(clause.ifs, inner, False)
            if clause is not node.generators[0]:
                self._read(clause.iter, inner, False)
        results = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        self._all(results, inner, False)

    def _follow(self, name: str, call: ast.Call, scope: _Scope) -> None:
        """Run the body of a plain function that is certainly called here, once a cell."""
        node = self.functions.get(name)
        if node is None or self.anything or node in scope.calling or len(scope.calling) >= _DEEPEST_CALL:
            return
        if node in self._followed or (scope.local is not None and name in scope.local):
            return
        self._followed.add(node)
        site = scope.site or call
        inner = _Scope(set(function_locals(node)), (*scope.via, name), site, False, (*scope.calling, node))
        self._body(node.body, inner, True)

    # Names.

    def _bind(self, names: Iterable[str], scope: _Scope) -> None:
        for name in names:
            if scope.local is not None:
                if scope.grows:
                    scope.local.add(name)
                continue
            self.bound.add(name)
            self.deleted.discard(name)
            self.functions.pop(name, None)

    def _load(self, node: ast.Name, scope: _Scope, certain: bool, *, builtin: bool = True) -> None:
        name = node.id
        if self.anything or self.stopped or name in self.bound or (builtin and name in ALWAYS_BOUND):
            return
        if scope.local is not None and name in scope.local:
            return
        if name.startswith("_") and name.strip("_i").isdigit():
            return  # _12 and _i12, the outputs and inputs that IPython keeps
        if (name, True) in self._seen or (name, certain) in self._seen:
            return
        self._seen.add((name, certain))
        if name == self.watched and self.bound_at_watched is None:
            self.bound_at_watched = frozenset(self.bound)
        assert self._parsed is not None
        line, column, end = position(self._parsed, scope.site or node)
        self.misses.append(
            Miss(self._index, name, line, column, end, certain, scope.via, name in self.deleted)
        )
