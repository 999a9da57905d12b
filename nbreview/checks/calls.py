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
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.checks.causes import classify
from nbreview.checks.cells import checked_cells
from nbreview.checks.environment import READABLE, Environment
from nbreview.checks.parameters import violation
from nbreview.checks.reach import (
    bound_names,
)
from nbreview.checks.returns import made_by
from nbreview.checks.signatures import Arguments, Misfit, arguments_of, misfit, rows_of
from nbreview.checks.surroundings import Surroundings, look_around
from nbreview.checks.values import Bound, Defined, DefinedClass, Instance, Library, Value
from nbreview.checks.walk import Scope, Walk
from nbreview.notebook.bindings import (
    position,
)
from nbreview.notebook.model import Notebook
from nbreview.review.model import Evidence, Finding, Verdict
from nbreview.words import said

CHECK = "calls"
MODULES = "modules"


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


class Run(Walk):
    """A walk that holds what it meets against signatures and facts: read `findings` afterwards."""

    def __init__(self, environment: Environment | None, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.environment = environment
        self.findings: list[Finding] = []

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
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
                self._tell(node, "ModuleNotFoundError", found["message"], Scope(), "", MODULES)
            return False
        if found["kind"] != "found" or top not in READABLE:
            return False
        if name == top:
            return True
        fact = environment.fact(f"{name}:")
        if fact is not None and fact["kind"] == "missing":
            self._tell(node, fact["exception"], fact["message"], Scope(), top)
        return fact is not None and fact["kind"] == "module"

    def _attribute(
        self, node: ast.Attribute, owner: Value, name: str, scope: Scope, called: bool
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

    def _call(self, node: ast.Call, callee: Value, scope: Scope) -> Value | None:
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
        self, node: ast.Call, callee: Library | Bound, target: str, given: Arguments, scope: Scope
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

    def _validate(self, node: ast.Call, callee: Bound, scope: Scope) -> None:
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

    def _construct(self, node: ast.Call, callee: DefinedClass, given: Arguments, scope: Scope) -> None:
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

    def _tell_misfit(self, node: ast.Call, problem: Misfit, scope: Scope, package: str) -> None:
        self._tell(node, "TypeError", problem.message, scope, package)

    def _tell(
        self,
        node: ast.AST,
        exception: str,
        message: str,
        scope: Scope,
        package: str,
        check: str = CHECK,
        origin: int | None = None,
    ) -> None:
        assert self._cell is not None and self._parsed is not None
        error = f"{exception}: {message.rstrip('.')}"
        if scope.via:
            calls = " → ".join(f"{name}()" for name in scope.via)
            error = said("{error} (in {calls}, called here)", error=error, calls=calls)
        if package and self.environment is not None:
            library = self.environment.named(package)
            text = said("{error}, in the installed {library}.", error=error, library=library)
        elif check == MODULES and self.environment is not None:
            text = said(
                "{error}: it is not installed in the environment of {python}.",
                error=error,
                python=self.environment.python,
            )
        else:
            text = said("{error}.", error=error)
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
