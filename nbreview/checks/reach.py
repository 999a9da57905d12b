"""What a piece of Python does to control flow and to names, as far as its shape tells.

Imports only `notebook` and below. Pure questions about syntax trees, for `flow`: does this test hold, does
this loop have a turn, may this statement jump, may it bind names that nobody can see.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nbreview.notebook.bindings import FunctionNode, bound_in_scope, child_nodes

_EXITS = frozenset({"exit", "quit"})
_FRAME_ATTRIBUTES = frozenset(
    {
        "user_ns",
        "user_global_ns",
        "f_globals",
        "f_locals",
        "f_back",
        "init_session",
        "currentframe",
        "_getframe",
        "__globals__",
    }
)
_NAMESPACE_CALLS = frozenset({"globals", "locals", "exec", "__builtins__"})
_BINDING_MODULES = frozenset({"__main__", "builtins", "pyforest"})
_HARMLESS_SHELL = frozenset(
    {"config", "kernel", "system", "getoutput", "__class__", "set_next_input", "display_formatter"}
)
_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.Assert, ast.Pass)
_SUSPECT = re.compile(
    r"import\s*\(?\s*\*|get_ipython|InteractiveShell|modules|\bvars?\b|"
    + "|".join(sorted(re.escape(word) for word in _NAMESPACE_CALLS | _BINDING_MODULES | _FRAME_ATTRIBUTES))
)


def worth_searching(source: str) -> bool:
    """Whether a text holds any word that `binds_unseen` looks for: most do not, and need no search of their
    trees.
    """
    return _SUSPECT.search(source) is not None


def binds_unseen(node: ast.AST) -> bool:
    """Whether something in this statement, at any depth, may bind names of the notebook that cannot
    be told from it.
    """
    for part in ast.walk(node):
        match part:
            case ast.ImportFrom(names=[ast.alias(name="*"), *_]):
                return True
            case ast.Import(names=aliases) if any(alias.name in _BINDING_MODULES for alias in aliases):
                return True
            case ast.ImportFrom(module=str(module)) if module in _BINDING_MODULES:
                return True
            case ast.Name(id=name) if name in _NAMESPACE_CALLS:
                return True
            case ast.Call(func=ast.Name(id="vars"), args=[]):
                return True
            case ast.Call(
                func=ast.Name(id="var") | ast.Attribute(value=ast.Name(id="sympy" | "sp"), attr="var")
            ):
                return True
            case ast.Attribute(attr=attr) if attr in _FRAME_ATTRIBUTES:
                return True
            case ast.Attribute(value=ast.Name(id="InteractiveShell"), attr="instance"):
                return True
            case ast.Attribute(value=ast.Name(id="sys"), attr="modules"):
                return True
    return _uses_shell(node)


def _uses_shell(node: ast.AST) -> bool:
    """Whether `get_ipython()` is used for more than asking or for a harmless magic."""
    allowed: set[int] = set()
    for part in ast.walk(node):
        match part:
            case ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython") as name), attr=attr),
                args=arguments,
            ) if attr in ("run_line_magic", "magic", "run_cell_magic"):
                words = arguments[0].value if arguments and isinstance(arguments[0], ast.Constant) else ""
                first = str(words).lstrip("%").partition(" ")[0]
                if first in ("matplotlib", "config", "autoreload", "pip", "timeit"):
                    allowed.add(id(name))
            case ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython") as name), attr=attr) if (
                attr in _HARMLESS_SHELL
            ):
                allowed.add(id(name))
            case ast.Call(
                func=ast.Name(id="str" | "type" | "repr" | "hasattr"),
                args=[ast.Call(func=ast.Name(id="get_ipython") as name), *_],
            ):
                allowed.add(id(name))
    return any(
        isinstance(part, ast.Name) and part.id == "get_ipython" and id(part) not in allowed
        for part in ast.walk(node)
    )


def truth(test: ast.expr) -> bool | None:
    """What a test is known to be: a constant, or `__name__ == "__main__"`, which holds in a kernel."""
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.Compare(
            left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]
        ):
            return True
    return None


def has_turn(iterable: ast.expr) -> bool:
    """Whether a loop over this certainly has a first turn."""
    match iterable:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return any(not isinstance(element, ast.Starred) for element in elements)
        case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=int(stop))]):
            return stop > 0
        case ast.Call(
            func=ast.Name(id="range"), args=[ast.Constant(value=int(start)), ast.Constant(value=int(stop))]
        ):
            return start < stop
    return False


@lru_cache(maxsize=32768)
def bound_names(node: ast.AST) -> frozenset[str]:
    """Every name that a statement or target binds on some path; remembered, as several checks ask."""
    return bound_in_scope(node)


def certain_parts(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of an expression or simple statement that are evaluated whenever it is, itself first.

    Left out: the right side of `and` and `or`, both arms of `a if t else b`, later links of a chain of
    comparisons, bodies of lambdas, and all of a comprehension but its first iterable.
    """
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        match current:
            case ast.BoolOp(values=[first, *_]) | ast.IfExp(test=first):
                stack.append(first)
            case ast.Compare(left=left, comparators=[first, *_]):
                stack += [first, left]
            case ast.Lambda(args=arguments):
                stack += reversed([*arguments.defaults, *filter(None, arguments.kw_defaults)])
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                stack.append(current.generators[0].iter)
            case _:
                stack += reversed(child_nodes(current))


@lru_cache(maxsize=16384)
def is_generator(node: FunctionNode) -> bool:
    """Whether calling a function only makes a generator."""
    return any(isinstance(part, ast.Yield | ast.YieldFrom) for part in _own_nodes(node))


def _own_nodes(node: ast.AST) -> Sequence[ast.AST]:
    """Nodes inside `node` without those of nested functions, lambdas and classes."""
    found: list[ast.AST] = []
    stack = child_nodes(node)
    while stack:
        current = stack.pop()
        found.append(current)
        if not isinstance(current, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            stack += child_nodes(current)
    return found


def is_exit(node: ast.AST) -> bool:
    """Whether a statement is a call that ends the kernel or the cell."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return name in _EXITS
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="sys" | "os"), attr=name))):
            return name in ("exit", "_exit", "abort")
    return False


def may_jump(node: ast.stmt) -> bool:
    """Whether control may leave the list of statements that `node` stands in, at `node`, other than
    by an error.
    """
    return not isinstance(node, _SIMPLE) and (_ends_body(node) or _leaves_loop(node))


def _ends_body(node: ast.stmt) -> bool:
    """Whether a `return`, `raise` or exit stands in `node` on some path."""
    if isinstance(node, ast.Return | ast.Raise) or is_exit(node):
        return True
    return any(_ends_body(inner) for inner in _nested(node))


def _leaves_loop(node: ast.stmt) -> bool:
    """Whether a `break` or `continue` in `node` belongs to a loop around it."""
    if isinstance(node, ast.Break | ast.Continue):
        return True
    if isinstance(node, ast.For | ast.AsyncFor | ast.While):
        return any(_leaves_loop(inner) for inner in node.orelse)
    return any(_leaves_loop(inner) for inner in _nested(node))


def _nested(node: ast.stmt) -> Iterator[ast.stmt]:
    """The statements directly inside a compound statement, but not those of a function or class."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for name in ("body", "orelse", "finalbody"):
        yield from getattr(node, name, ())
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from part.body
