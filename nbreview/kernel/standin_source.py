"""A cell's source as a stand-in run executes it: magics taken out, and a guard around every nested statement.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports
nothing of nbreview.

The guards call the builtin `_nbreview` (see `standin_world`). A statement that fails for a reason that says
nothing about the notebook binds its targets to an Unknown, and the statements after it run. Statements inside
the body of a `try` are left as they are: what they raise is for the notebook's own handlers.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

GUARD = "_nbreview"
_ERROR = "_nbreview_error"
_RUN_ON = {"time", "timeit", "capture", "prun", "%time", "%capture", "memit", "mprun"}
_PATH = re.compile(r"[\w./\\ ()-]*\w\.[A-Za-z]\w{0,6}")
_LOOPS = itertools.count(1)  # a number for each loop of the run
_SIMPLE = (
    ast.Assign,
    ast.AnnAssign,
    ast.AugAssign,
    ast.Expr,
    ast.Delete,
    ast.Assert,
    ast.Import,
    ast.ImportFrom,
)
_COMPOUND = (ast.If, ast.For, ast.While, ast.With, ast.Try)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)

_CHANGING = {
    "insert",
    "pop",
    "update",
    "append",
    "extend",
    "sort",
    "fill",
    "put",
    "resize",
    "add",
    "remove",
    "clear",
}


def plain_source(source: str) -> str:
    """The source with IPython's magics, shell lines and help taken out; lines keep their numbers.

    A cell magic that runs its body as Python (`%%time`, `%%capture`) loses its first line, any other
    (`%%bash`) its whole body. `name = !command` and `name = %magic` bind an Unknown.
    IPython's documentation, "Built-in magic commands" and "Shell assignment", has the forms.
    """
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    try:
        ast.parse(source)
        return source
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    lines = source.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        name = (lines[first][2:].split() or [""])[0]
        if name not in _RUN_ON:
            return "\n" * (len(lines) - 1)
        lines[first] = ""
    return "\n".join(_plain_lines(lines))


def _plain_lines(lines: list[str]) -> Iterator[str]:
    continued = False  # a shell line that ends in a backslash goes on in the next
    for line in lines:
        bare = line.strip()
        indent = line[: len(line) - len(line.lstrip())]
        if continued:
            continued = line.rstrip().endswith("\\")
            yield indent + "pass"
            continue
        if bare.startswith(("!", "?")) or re.fullmatch(r"[\w.]+\?{1,2}", bare):
            continued = line.rstrip().endswith("\\")
            yield indent + "pass"
        elif re.match(r"%[%\w]", bare):
            timed = re.match(r"%(?:time|timeit)\s+(?:-\w+(?:\s+\d+)?\s+)*(.+)", bare)
            yield indent + (timed.group(1) if timed else "pass")
        else:
            assigned = re.match(r"([\w., ]+)=\s*[!%]\s*\w", bare)
            yield f"{indent}{assigned.group(1).strip()} = {GUARD}.unknown()" if assigned else line


def parse(source: str, filename: str) -> list[ast.stmt]:
    """The statements of a cell. Raises SyntaxError as Python does, also for what it calls ValueError."""
    try:
        return ast.parse(plain_source(source), filename).body
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(f"the cell cannot be parsed: {error}") from error


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement that run with it: not the bodies of functions and classes defined in it."""
    stack: list[ast.AST] = [node]
    while stack:
        current = stack.pop()
        yield current
        for child in ast.iter_child_nodes(current):
            if isinstance(current, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) and child in _body(
                current
            ):
                continue
            stack.append(child)


def _body(node: Any) -> list[ast.AST]:
    return [node.body] if isinstance(node, ast.Lambda) else list(node.body)


def bound_names(node: ast.AST) -> list[str]:
    """The names that a statement binds in its own scope, in order of appearance."""
    found: dict[str, None] = {}
    for part in own_nodes(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found[part.id] = None
        elif isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found[part.name] = None
        elif isinstance(part, (ast.Import, ast.ImportFrom)):
            for alias in part.names:
                if alias.name != "*":
                    found[alias.asname or alias.name.split(".")[0]] = None
        elif isinstance(part, ast.ExceptHandler) and part.name:
            found[part.name] = None
    return list(found)


def deleted_names(node: ast.AST) -> list[str]:
    """The names that a statement unbinds."""
    return [
        part.id for part in own_nodes(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Del)
    ]


def loaded_names(node: ast.AST) -> set[str]:
    """Every name that is read in a statement, also in the functions and classes that it defines."""
    return {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }


def called_name(call: ast.Call) -> str:
    """The last name of what is called ("b" in `a.b()`), or ""."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def called_methods(node: ast.AST, name: str) -> set[str]:
    """The methods of the object of a name that a statement calls."""
    return {
        part.func.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and isinstance(part.func.value, ast.Name)
        and part.func.value.id == name
    }


def root_name(node: ast.AST) -> str:
    """The name that a chain of attributes, items and calls starts from ("df" in `df.a[0].b()`), or ""."""
    while True:
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred)):
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            return ""


def touched_names(node: ast.AST) -> list[str]:
    """The names whose objects a statement may change in place: roots of stored items and attributes, and of
    calls whose result is dropped (`model.fit(x)`, `df.drop(..., inplace=True)`), with the names passed to
    those.
    """
    found: dict[str, None] = {}
    for part in own_nodes(node):
        if isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, (ast.Store, ast.Del)):
            found[root_name(part)] = None
        elif isinstance(part, ast.Call):
            if isinstance(part.func, ast.Attribute):
                found[root_name(part.func)] = None
            for argument in [*part.args, *(keyword.value for keyword in part.keywords)]:
                if isinstance(argument, ast.Name):
                    found[argument.id] = None
    found.pop("", None)
    return list(found)


def library_of(value: Any) -> str:
    """The top-level package of a value's class."""
    return str(type(value).__module__).partition(".")[0]


def stored_roots(node: ast.AST) -> list[str]:
    """The part of `touched_names` that is certain to be changed when the statement runs: stored items and
    attributes, and receivers of calls whose result is dropped.
    """
    found: dict[str, None] = {}
    for part in own_nodes(node):
        if isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, (ast.Store, ast.Del)):
            found[root_name(part)] = None
        elif isinstance(part, ast.Expr) and isinstance(part.value, ast.Call):
            call = part.value
            if isinstance(call.func, ast.Attribute):
                found[root_name(call.func)] = None
            for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
                if isinstance(argument, ast.Name):
                    found[argument.id] = None
    found.pop("", None)
    return list(found)


def stored_attributes(node: ast.AST) -> list[str]:
    """The names whose attributes a statement sets: "plt" of `plt.title = "x"`."""
    return [
        part.value.id
        for part in own_nodes(node)
        if isinstance(part, ast.Attribute)
        and isinstance(part.ctx, ast.Store)
        and isinstance(part.value, ast.Name)
    ]


def passed_on(node: ast.AST) -> set[str]:
    """The names that a statement only passes to functions of modules and methods of objects ("sns.boxplot(x,
    data=df)", "model.fit(df, y)"), which leave a table as it is, or asks something without `inplace`.
    """
    call = node.value if isinstance(node, ast.Expr) else None
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
        return set()
    passed = {part.id for part in ast.walk(call) if isinstance(part, ast.Name)}
    owner = root_name(call.func)
    inner = [part for part in ast.walk(call) if isinstance(part, ast.Call)]
    changing = any(word.arg == "inplace" for part in inner for word in part.keywords) or any(
        isinstance(part.func, ast.Attribute) and part.func.attr in _CHANGING for part in inner
    )
    plain = {name for part in inner if isinstance(part.func, ast.Name)
             for argument in part.args for name in loaded_names(argument)}  # fmt: skip
    return passed - plain - ({owner} if changing else set())


def constant_keywords(node: ast.AST) -> dict[str, Any]:
    """The keywords with a constant value of the call that an assignment takes its value from."""
    value = getattr(node, "value", None)
    if not isinstance(value, ast.Call):
        return {}
    return {
        keyword.arg: keyword.value.value
        for keyword in value.keywords
        if keyword.arg is not None and isinstance(keyword.value, ast.Constant)
    }


def path_constants(nodes: Iterable[ast.AST]) -> set[str]:
    """The texts in calls that look like paths of files: what one cell writes there, another may read."""
    return {
        part.value
        for node in nodes
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        for part in [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and _PATH.fullmatch(part.value)
    }


def pattern(target: ast.expr) -> Any:
    """The shape of an unpacking target: None for a single name, else a list of patterns ("*" for a
    starred).
    """
    if isinstance(target, (ast.Tuple, ast.List)):
        return ["*" if isinstance(item, ast.Starred) else pattern(item) for item in target.elts]
    return None


class Guarding(ast.NodeTransformer):
    """Puts a guard around every statement of a nested body, and makes loops and unpackings able to take an
    Unknown. Apply it to a whole top-level statement; that statement itself is guarded by who runs it.
    """

    def __init__(self) -> None:
        self._function: list[bool] = []  # whether each enclosing scope is a function

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        return self._function_body(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> Any:
        return self._function_body(node)

    def _function_body(self, node: Any) -> Any:
        self._function.append(True)
        docstring = ast.get_docstring(node, clean=False) is not None
        head, rest = (node.body[:1], node.body[1:]) if docstring else ([], node.body)
        node.body = head + self._block(rest)
        self._function.pop()
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        self._function.append(False)
        node.body = [self.visit(statement) for statement in node.body]
        self._function.pop()
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        shape = next((pattern(target) for target in node.targets if pattern(target) is not None), None)
        if shape is not None:
            node.value = self._call("unpack", node.value, _literal(shape))
        return node

    def visit_For(self, node: ast.For) -> Any:
        loop = next(_LOOPS)
        number = ast.Constant(loop)
        roots = [root for part in node.body for root in stored_roots(part)]
        counted = [
            part.target.id
            for item in node.body
            for part in own_nodes(item)
            if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name)
        ]
        node.iter = self._call("each", node.iter, _literal(pattern(node.target)), number)
        node.body, node.orelse = self._block(node.body), self._block(node.orelse)
        if not roots and not counted:
            return node
        local = ast.Call(ast.Name("locals", ast.Load()), [], [])
        after: list[ast.stmt] = [ast.Expr(self._call("taint", local, _literal(sorted(set(roots)))))]
        after += [
            ast.Assign([ast.Name(name, ast.Store())], self._call("unknown"))
            for name in dict.fromkeys(counted)
        ]
        return [node, ast.copy_location(ast.If(self._call("unsure", number), after, []), node)]

    def visit_While(self, node: ast.While) -> Any:
        name = f"{GUARD}_turns_{next(_LOOPS)}"
        turn = ast.Call(ast.Name(name, ast.Load()), [], [])
        node.test = ast.copy_location(ast.BoolOp(ast.And(), [turn, node.test]), node.test)
        node.body, node.orelse = self._block(node.body), self._block(node.orelse)
        counter = ast.Assign([ast.Name(name, ast.Store())], self._call("turns"))
        return [ast.copy_location(counter, node), node]

    def visit_If(self, node: ast.If) -> Any:
        node.body, node.orelse = self._block(node.body), self._block(node.orelse)
        return node

    def visit_With(self, node: ast.With) -> Any:
        for item in node.items:
            if not any(
                isinstance(part, (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr))
                for part in ast.walk(item.context_expr)
            ):
                nothing = ast.arguments(
                    posonlyargs=[],
                    args=[],
                    vararg=None,
                    kwonlyargs=[],
                    kw_defaults=[],
                    kwarg=None,
                    defaults=[],
                )
                later = ast.copy_location(ast.Lambda(nothing, item.context_expr), item.context_expr)
                item.context_expr = self._call("enter", later)
        node.body = self._block(node.body)
        return node

    def visit_Try(self, node: ast.Try) -> Any:
        # Its body keeps its own handlers; functions defined inside are guarded like any other.
        node.body = (
            _flat(self.visit(item) for item in node.body) if _only_definitions(node.body) else node.body
        )
        for handler in node.handlers:
            handler.body = self._block(handler.body)
        node.finalbody = self._block(node.finalbody)
        return node

    def _block(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        return _flat(self._guarded(statement) for statement in statements)

    def _guarded(self, statement: ast.stmt) -> Any:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            return self.visit(statement)
        in_function = bool(self._function) and self._function[-1]
        returns = isinstance(statement, ast.Return) and statement.value is not None
        if not (isinstance(statement, (*_SIMPLE, *_COMPOUND)) or returns):
            return statement
        after: list[ast.stmt] = [
            ast.Assign([ast.Name(name, ast.Store())], self._call("unknown"))
            for name in bound_names(statement)
        ]
        roots = stored_roots(statement)
        if roots:
            local = ast.Call(ast.Name("locals", ast.Load()), [], [])
            after.append(ast.Expr(self._call("taint", local, _literal(roots))))
        inner = list(own_nodes(statement))
        if in_function and any(isinstance(part, ast.Return) for part in inner):
            after.append(ast.Return(self._call("unknown")))
        elif isinstance(statement, ast.If) and any(
            isinstance(part, ast.Break) for part in _loop_nodes(statement)
        ):
            after.append(ast.Break())
        visited = self.visit(statement)
        absorbed = self._call("absorb", ast.Name(_ERROR, ast.Load()))
        refused = ast.If(ast.UnaryOp(ast.Not(), absorbed), [ast.Raise()], [])
        handler = ast.ExceptHandler(ast.Name("BaseException", ast.Load()), _ERROR, [refused, *after])
        body = visited if isinstance(visited, list) else [visited]
        return ast.copy_location(ast.Try(body, [handler], [], []), statement)

    def _call(self, name: str, *arguments: ast.expr) -> ast.Call:
        function = ast.Attribute(ast.Name(GUARD, ast.Load()), name, ast.Load())
        call = ast.Call(function, list(arguments), [])
        return (
            ast.copy_location(call, arguments[0]) if arguments and hasattr(arguments[0], "lineno") else call
        )


def guarded(statement: ast.stmt) -> ast.Module:
    """A top-level statement with its nested bodies guarded, ready to be compiled."""
    result = Guarding().visit(statement)
    body = result if isinstance(result, list) else [result]
    for node in body:
        ast.copy_location(node, statement)
    return ast.fix_missing_locations(ast.Module(body, []))


def _only_definitions(body: Iterable[ast.stmt]) -> bool:
    return all(isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) for item in body)


def _loop_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement that belong to the same loop as the statement itself."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.For, ast.While, ast.AsyncFor, *_SCOPES)):
            yield from _loop_nodes(child)


def _flat(items: Iterable[Any]) -> list[ast.stmt]:
    return [part for item in items for part in (item if isinstance(item, list) else [item])]


def _literal(value: Any) -> ast.expr:
    return ast.parse(repr(value), mode="eval").body
