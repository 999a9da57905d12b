"""Calls, attributes and imports that cannot work with what is defined or installed.

Imports the modules of `checks` below it, `notebook`, `review` and below. Follows the notebook top to
bottom, as `flow` does, and keeps what each name certainly stands for: a module, class or function of an
installed library, an object that a call of a known class has made, a function or class of the notebook
itself. A name that is bound on some paths only, declared `global` in a function, or rebound by something
that cannot be read stands for nothing. Only what is certainly reached is judged, and only against facts:
the notebook's own definitions, and what the libraries of the environment said of themselves
(`environment`). Without an environment, or before it was asked, nothing is said about libraries.

Silent, because what the environment says may not hold when the cell runs: after anything that may bind names
unseen, after an installation that may change versions, for attributes of a name that the notebook stores
anywhere (a patch), for attributes of library objects beside packages that may add some, and for modules
that a file beside the notebook shadows.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.checks.causes import classify
from nbreview.checks.cells import checked_cells, expected_to_fail
from nbreview.checks.environment import READABLE, Environment
from nbreview.checks.flow import SUPPRESSORS
from nbreview.checks.parameters import violation
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
from nbreview.checks.returns import made_by
from nbreview.checks.signatures import Arguments, Misfit, arguments_of, misfit, rows_of
from nbreview.checks.surroundings import Surroundings, look_around
from nbreview.checks.values import Bound, Defined, DefinedClass, Instance, Library, Value
from nbreview.notebook.bindings import (
    ParsedCell,
    cell_binds,
    child_nodes,
    function_locals,
    parse_cell,
    position,
)
from nbreview.notebook.model import Cell, Notebook
from nbreview.review.model import Evidence, Finding, Verdict

CHECK = "calls"
MODULES = "modules"

_DEEPEST_CALL = 5


@dataclass(slots=True)
class _Scope:
    """Where statements run: `names` are local to the function that runs, None at the top level of a cell."""

    names: frozenset[str] | None = None
    values: dict[str, Value] = field(default_factory=dict)
    site: ast.AST | None = None
    via: tuple[str, ...] = ()


def check_calls(
    notebook: Notebook,
    cancel: CancelToken | None = None,
    environment: Environment | None = None,
    folder: Path | None = None,
) -> tuple[Finding, ...]:
    """Findings for calls that no signature takes, attributes and imports that are not there.

    Parameters
    ----------
    environment
        The libraries to judge by. Targets that it does not know end up in its `asked`.
    folder
        The notebook's folder: a module beside the notebook is none of the environment's.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    cells = checked_cells(notebook)
    run = Run(environment, look_around(cells, folder))
    for cell in cells:
        if cancel is not None:
            cancel.check()
        run.cell(cell)
    return tuple(run.findings)


class Run:
    """A run of the notebook in thought: feed it the cells in order with `cell`, then read `findings`."""

    def __init__(self, environment: Environment | None, surroundings: Surroundings) -> None:
        self.environment = environment
        self.around = surroundings
        self.values: dict[str, Value] = {}
        self.findings: list[Finding] = []
        self.stopped = False
        self._cell: Cell | None = None
        self._parsed: ParsedCell | None = None
        self._followed: set[ast.AST] = set()
        self._told: set[str] = set()

    def cell(self, cell: Cell) -> None:
        """Follow one cell; nothing is executed."""
        if self.stopped:
            return
        parsed = parse_cell(cell.source)
        if any(magic.binds_unknown for magic in parsed.plain.magics):
            self.stopped = True
            return
        if parsed.tree is None or expected_to_fail(cell) or not parsed.plain.persistent:
            self._forget(cell_binds(cell.source), _Scope())
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
                certain = self._body([statement], _Scope(), certain)
        except RecursionError:  # an expression of a thousand terms: followed no further
            self.stopped = True

    # Statements.

    def _body(self, statements: Iterable[ast.stmt], scope: _Scope, certain: bool) -> bool:
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

    def _statement(self, node: ast.stmt, scope: _Scope) -> None:
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

    def _assign(self, target: ast.expr, value: ast.expr, known: Value | None, scope: _Scope) -> None:
        if isinstance(target, ast.Name):
            self._bind(target.id, known, scope)
            return
        if isinstance(target, ast.Attribute | ast.Subscript):
            self._value(target.value, scope)
            if isinstance(target, ast.Subscript):
                self._value(target.slice, scope)
        self._forget(bound_names(target), scope)

    def _define_class(self, node: ast.ClassDef, scope: _Scope) -> None:
        self._values(node.decorator_list, scope)
        bases = [self._value(base, scope) for base in node.bases]
        known = tuple(base for base in bases if isinstance(base, Library))
        plain = not node.decorator_list and not node.keywords and len(known) == len(bases)
        plain = plain and not getattr(node, "type_params", ())
        self._bind(node.name, DefinedClass(node, self._index, known) if plain else None, scope)

    def _lets_through(self, manager: ast.expr, scope: _Scope) -> bool:
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

    # Imports.

    def _import(self, node: ast.Import | ast.ImportFrom, scope: _Scope) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                readable = self._module(node, alias.name)
                bound = Library(f"{alias.name if alias.asname else top}:") if readable else None
                self._bind(alias.asname or top, bound, scope)
            return
        readable = not node.level and node.module is not None and self._module(node, node.module)
        for alias in node.names:
            if alias.name == "*":
                continue
            known: Value | None = None
            if readable and self.environment is not None:
                fact = self.environment.fact(f"{node.module}:from.{alias.name}")
                if fact is None or fact["kind"] == "unknown":
                    pass
                elif fact["kind"] == "missing":
                    if alias.name not in self.around.stored:
                        self._tell(
                            node,
                            fact["exception"],
                            fact["message"],
                            scope,
                            f"{node.module}".partition(".")[0],
                        )
                elif fact["kind"] == "module":
                    known = Library(f"{node.module}.{alias.name}:")
                else:
                    known = Library(f"{node.module}:{alias.name}")
            self._bind(alias.asname or alias.name, known, scope)

    def _module(self, node: ast.stmt, name: str) -> bool:
        """Whether a module is one that the environment can tell of; a finding where it is not there."""
        top = name.partition(".")[0]
        environment = self.environment
        if environment is None or self.around.is_beside(top):
            return False
        installed = self.around.installs_before(self._index, self._line(node))
        if installed.versions:
            return False
        found = environment.fact(f"find:{top}")
        if found is None:
            return False
        if found["kind"] == "missing":
            if (
                not installed.anything
                and not self.around.searches_elsewhere
                and self.around.folder is not None
            ):
                self._tell(node, "ModuleNotFoundError", found["message"], _Scope(), "", MODULES)
            return False
        if found["kind"] != "found" or top not in READABLE:
            return False
        if name == top:
            return True
        fact = environment.fact(f"{name}:")
        if fact is not None and fact["kind"] == "missing":
            self._tell(node, fact["exception"], fact["message"], _Scope(), top)
        return fact is not None and fact["kind"] == "module"

    # Expressions, in the order in which Python evaluates them.

    def _values(self, nodes: Iterable[ast.AST | None], scope: _Scope) -> None:
        for node in nodes:
            if node is not None:
                self._value(node, scope)

    def _value(self, node: ast.AST, scope: _Scope, called: bool = False) -> Value | None:
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

    def _unsure(self, nodes: Sequence[ast.AST], scope: _Scope) -> None:
        for node in nodes:
            self._forget(bound_names(node), scope)

    def _attribute(
        self, node: ast.Attribute, owner: Value, name: str, scope: _Scope, called: bool
    ) -> Value | None:
        if self.environment is None or self.around.is_patched(name):
            return None
        if isinstance(owner, Library):
            member = owner.member(name)
            fact = self.environment.fact(member.target)
            if fact is None or fact["kind"] == "unknown":
                return None
            if fact["kind"] == "missing":
                if "instance" not in fact or self.around.are_classes_plain:
                    self._tell(node, fact["exception"], fact["message"], scope, owner.package)
                return None
            return member
        if isinstance(owner, Instance):
            member = Library(owner.target).member(name)
            fact = self.environment.fact(member.target)
            if fact is None:
                return None
            known = fact.get("instance")
            if self.around.are_classes_plain and (known == "missing" or (known == "called" and called)):
                made = self.environment.fact(owner.target) or {}
                kind = made.get("name", owner.target.rpartition(".")[2].rpartition(":")[2])
                message = f"'{kind}' object has no attribute '{name}'"
                self._tell(node, "AttributeError", message, scope, owner.package, origin=owner.cell)
            return Bound(member.target, owner) if fact["kind"] == "function" else None
        return None

    # Calls.

    def _call(self, node: ast.Call, callee: Value, scope: _Scope) -> Value | None:
        given = arguments_of(node)
        match callee:
            case Defined(node=function):
                problem = misfit(function.name, rows_of(function.args), given)
                if problem is not None:
                    self._tell_misfit(node, problem, scope, "")
                else:
                    self._follow(function, node, scope)
            case DefinedClass():
                self._construct(node, callee, given, scope)
            case Library(target=target) | Bound(target=target):
                return self._call_library(node, callee, target, given, scope)
        return None

    def _call_library(
        self, node: ast.Call, callee: Library | Bound, target: str, given: Arguments, scope: _Scope
    ) -> Value | None:
        assert self.environment is not None
        fact = self.environment.fact(target)
        if fact is None or fact["kind"] not in ("class", "function"):
            return None
        package = callee.package if isinstance(callee, Library) else callee.owner.package
        bound = int(fact.get("skip", 0)) if isinstance(callee, Bound) else 0
        signatures = fact.get("signatures")
        if signatures:
            counted = 1 if fact["kind"] == "class" else bound
            name = f"{fact['name']}.__init__" if fact["kind"] == "class" else str(fact["name"])
            problems = [misfit(name, rows[bound:], given, counted) for rows in signatures]
            first = problems[0]
            if first is not None and all(problems) and not self._is_mapped(problems, fact.get("mapped", ())):
                self._tell_misfit(node, first, scope, package)
                return None
        if fact["kind"] == "class":
            made = Instance(target, self._index, _literals(node, signatures[0] if signatures else None))
            return made if fact.get("plain") else None
        if isinstance(callee, Bound):
            self._validate(node, callee, scope)
            return self._returned(fact, callee)
        returned = fact.get("returns")
        kind = made_by(target, node) or (returned if returned != "self" else None)
        return Instance(kind, self._index) if kind is not None else None

    def _is_mapped(self, problems: Sequence[Misfit | None], words: Sequence[str]) -> bool:
        """Whether a wrapper knows a keyword that does not fit: it may rename it."""
        return any(problem is not None and problem.keyword in words for problem in problems if problem)

    def _returned(self, fact: object, callee: Bound) -> Value | None:
        assert isinstance(fact, dict)
        # "fit: Returns self", as scikit-learn's developer guide has every estimator do.
        if callee.owner.package == "sklearn" and fact.get("name") == "fit":
            return callee.owner
        returned = fact.get("returns")
        if returned is None:
            return None
        return Instance(callee.owner.target if returned == "self" else returned, self._index)

    def _validate(self, node: ast.Call, callee: Bound, scope: _Scope) -> None:
        """scikit-learn checks the parameters that an estimator was made with when it is fitted."""
        assert self.environment is not None
        fact = self.environment.fact(callee.owner.target) or {}
        if callee.target.rpartition(".")[2] not in fact.get("validated", ()) or self.around.sets_parameters:
            return
        for name, value in callee.owner.literals:
            constraints = fact["constraints"].get(name)
            if constraints is None or name in self.around.stored:
                continue
            message = violation(str(fact["name"]), name, value, constraints)
            if message:
                self._tell(
                    node,
                    "InvalidParameterError",
                    message,
                    scope,
                    callee.owner.package,
                    origin=callee.owner.cell,
                )
                return

    def _construct(self, node: ast.Call, callee: DefinedClass, given: Arguments, scope: _Scope) -> None:
        kind = callee.node
        bound = bound_names(kind)
        if "__new__" in bound or "__init__" in self.around.stored or "__new__" in self.around.stored:
            return
        for base in callee.bases:
            fact = self.environment.fact(base.target) if self.environment is not None else None
            if fact is None or fact["kind"] != "class" or not fact.get("plain"):
                return
        makers = [part for part in kind.body if getattr(part, "name", "") == "__init__"]
        if len(makers) == 1 and isinstance(makers[0], ast.FunctionDef) and not makers[0].decorator_list:
            arguments = makers[0].args
            if not (arguments.posonlyargs or arguments.args):
                return
            problem = misfit(f"{kind.name}.__init__", rows_of(arguments, 1), given, 1)
        elif (
            not makers
            and "__init__" not in bound
            and not callee.bases
            and (given.positional or given.keywords)
        ):
            problem = Misfit(f"{kind.name}() takes no arguments")
        else:
            return
        if problem is not None:
            self._tell_misfit(node, problem, scope, "")

    def _follow(
        self, function: ast.FunctionDef | ast.AsyncFunctionDef, call: ast.Call, scope: _Scope
    ) -> None:
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
        inner = _Scope(names, {}, scope.site or call, (*scope.via, function.name))
        self._body(function.body, inner, True)

    # Names and findings.

    @property
    def _index(self) -> int:
        assert self._cell is not None
        return self._cell.index

    def _line(self, node: ast.AST) -> int:
        return int(getattr(node, "lineno", 1)) - 1

    def _lookup(self, name: str, scope: _Scope) -> Value | None:
        if scope.names is not None and name in scope.names:
            return scope.values.get(name)
        return self.values.get(name)

    def _bind(self, name: str, value: Value | None, scope: _Scope) -> None:
        local = scope.names is not None and name in scope.names
        values = scope.values if local else self.values
        if value is None or (not local and name in self.around.declared_global):
            values.pop(name, None)
        else:
            values[name] = value

    def _forget(self, names: Iterable[str], scope: _Scope) -> None:
        for name in names:
            self._bind(name, None, scope)

    def _tell_misfit(self, node: ast.Call, problem: Misfit, scope: _Scope, package: str) -> None:
        self._tell(node, "TypeError", problem.message, scope, package)

    def _tell(
        self,
        node: ast.AST,
        exception: str,
        message: str,
        scope: _Scope,
        package: str,
        check: str = CHECK,
        origin: int | None = None,
    ) -> None:
        assert self._cell is not None and self._parsed is not None
        text = f"{exception}: {message.rstrip('.')}"
        if scope.via:
            text += f" (in {' → '.join(f'{name}()' for name in scope.via)}, called here)"
        if package and self.environment is not None:
            text += f", in the installed {self.environment.named(package)}."
        elif check == MODULES and self.environment is not None:
            text += f": it is not installed in the environment of {self.environment.python}."
        else:
            text += "."
        if text in self._told:
            return
        self._told.add(text)
        line, column, end = position(self._parsed, scope.site or node)
        self.findings.append(
            Finding(
                check=check,
                evidence=Evidence.CERTAIN,
                verdict=Verdict.CRASH,
                cell_index=self._cell.index,
                source_digest=self._cell.digest,
                message=text,
                cell_id=self._cell.id,
                exception=exception,
                line=line,
                column=column,
                end_column=end,
                origin_index=origin if origin != self._cell.index else None,
                cause=classify(exception, message, package, self._cell.source),
            )
        )


def _literals(call: ast.Call, rows: Sequence[Sequence[object]] | None) -> tuple[tuple[str, object], ...]:
    """The parameters that a call gives as literals."""
    return tuple(_literal_arguments(call, rows))


def _literal_arguments(
    call: ast.Call, rows: Sequence[Sequence[object]] | None
) -> Iterator[tuple[str, object]]:
    given: list[tuple[str, ast.expr]] = [
        (keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg is not None
    ]
    if rows is not None and not any(isinstance(argument, ast.Starred) for argument in call.args):
        given += [(str(row[0]), argument) for row, argument in zip(rows, call.args, strict=False)]
    for name, node in given:
        match node:
            case ast.Constant(value=value):
                yield name, value
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                yield name, -value
