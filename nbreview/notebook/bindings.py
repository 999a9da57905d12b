"""Cells as Python trees, and which names a cell binds and uses.

Imports `magics` and the standard library. Lives below `checks` and `assist`, which both need it and may not
import each other. Nothing here runs a cell: text is compiled, never executed.
"""

import ast
import re
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nbreview.notebook.magics import PlainCell, plain_cell

_WORD = re.compile(r"[^\W\d]\w*")
_NEVER_NODES = frozenset({"ctx", "op", "ops", "id", "attr", "kind", "lineno", "level", "type_comment"})
_WARNINGS = threading.Lock()  # the list of warning filters belongs to the whole process

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a cell cannot be compiled. `line` and `column` count from 0 in the cell's source."""

    exception: str
    message: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A code cell without its magics, as a tree.

    `tree` is None when the cell is not Python as a whole (`plain.python` is False) or cannot be compiled;
    `problem` says why, or is None when the reason is none of Python's grammar (nested too deep, a null
    byte, a lone surrogate).
    """

    plain: PlainCell
    tree: ast.Module | None
    problem: SyntaxProblem | None = None


@lru_cache(maxsize=8192)
def parse_cell(source: str) -> ParsedCell:
    """Parse a cell's source as IPython would, top-level `await` included."""
    plain = plain_cell(source)
    if not plain.python:
        return ParsedCell(plain, None)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        with _WARNINGS, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = compile(plain.source, "<cell>", "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
            assert isinstance(tree, ast.Module)
            compile(tree, "<cell>", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        line = min(max((error.lineno or 1) - 1, 0), len(plain.shifts) - 1)
        column = max((error.offset or 1) - 1, 0) + plain.shifts[line]
        problem = SyntaxProblem(type(error).__name__, error.msg, line, column)
        return ParsedCell(plain, None, problem if "null bytes" not in error.msg else None)
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return ParsedCell(plain, None)
    return ParsedCell(plain, tree)


def parse_module(source: str) -> ast.Module | None:
    """The tree of a Python module, None where it cannot be parsed. Nothing of it is kept or compiled."""
    try:
        with _WARNINGS, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None


def position(parsed: ParsedCell, node: ast.AST) -> tuple[int, int, int]:
    """Line, column and end column of a node (on its first line), from 0, in characters of the cell's
    source.
    """
    line = getattr(node, "lineno", 1) - 1
    text = parsed.plain.source.split("\n")[line]
    encoded = text.encode("utf-8", "surrogatepass")
    start = len(encoded[: getattr(node, "col_offset", 0)].decode("utf-8", "replace"))
    end = len(text)
    if getattr(node, "end_lineno", None) == line + 1:
        end = len(encoded[: getattr(node, "end_col_offset", 0)].decode("utf-8", "replace"))
    shift = parsed.plain.shifts[line]
    return line, start + shift, end + shift


def child_nodes(node: ast.AST) -> list[ast.AST]:
    """The children of a node that can read or bind a name, in the order of its fields.

    As `ast.iter_child_nodes` without operators and contexts, which are half of all nodes.
    """
    found: list[ast.AST] = []
    for name in node._fields:
        if name in _NEVER_NODES:
            continue
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def scope_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run in the scope of `node`, outermost first, without entering functions, lambdas and
    classes.

    Comprehensions are entered: since a walrus inside one binds outside. Their own targets come as
    `ast.comprehension` nodes, whose `target` is left out.
    """
    stack: list[ast.AST] = [node]
    while stack:
        current = stack.pop()
        yield current
        if current is not node and isinstance(current, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = current.args
            stack += [*current.decorator_list, *arguments.defaults, *filter(None, arguments.kw_defaults)]
        elif current is not node and isinstance(current, ast.ClassDef):
            stack += [*current.decorator_list, *current.bases, *current.keywords]
        elif isinstance(current, ast.Lambda):
            stack += [*current.args.defaults, *filter(None, current.args.kw_defaults)]
        elif isinstance(current, ast.comprehension):
            stack += [*reversed(current.ifs), current.iter]
        else:
            stack += reversed(child_nodes(current))


def names_bound_by(node: ast.AST) -> Iterator[str]:
    """The names that one node itself binds in its scope (not what lies inside it)."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases):
            for alias in aliases:
                yield alias.asname or alias.name.partition(".")[0]
        case ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name for alias in aliases if alias.name != "*")
        case ast.ExceptHandler(name=str(name)):
            yield name
        case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name


def bound_in_scope(node: ast.AST) -> frozenset[str]:
    """Every name that the scope of `node` binds on some path."""
    return frozenset(
        name
        for inner in scope_nodes(node)
        if inner is not node or not isinstance(node, FunctionNode | ast.ClassDef)
        for name in names_bound_by(inner)
    )


@lru_cache(maxsize=16384)
def declared_global(node: ast.AST) -> frozenset[str]:
    """Names that functions inside `node`, at any depth, declare `global`: calling them may bind these."""
    return frozenset(
        name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names
    )


def parameters(node: FunctionNode | ast.Lambda) -> frozenset[str]:
    """The names of a function's parameters."""
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
    return frozenset(argument.arg for argument in every)


@lru_cache(maxsize=16384)
def function_locals(node: FunctionNode) -> frozenset[str]:
    """The names that are local to a function (parameters included)."""
    outer = frozenset(
        name
        for inner in scope_nodes(node)
        if isinstance(inner, ast.Global | ast.Nonlocal)
        for name in inner.names
    )
    types = frozenset(getattr(item, "name", "") for item in getattr(node, "type_params", ()))
    return (parameters(node) | bound_in_scope(node) | types | {"__class__"}) - outer


@lru_cache(maxsize=8192)
def cell_binds(source: str) -> frozenset[str]:
    """Names that running this cell may bind in the notebook. For a cell that cannot be compiled:
    every word in it.
    """
    parsed = parse_cell(source)
    if parsed.tree is None:
        return frozenset(_WORD.findall(source)) if parsed.plain.python else frozenset()
    named = frozenset(name for magic in parsed.plain.magics for name in magic.binds)
    return named | bound_in_scope(parsed.tree) | declared_global(parsed.tree)


@lru_cache(maxsize=8192)
def cell_uses(source: str) -> frozenset[str]:
    """Names that this cell reads, inside functions too (their locals may be among them)."""
    parsed = parse_cell(source)
    if parsed.tree is None:
        return frozenset(_WORD.findall(source)) if parsed.plain.python else frozenset()
    return frozenset(
        node.id
        for node in ast.walk(parsed.tree)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)
    ) | frozenset(
        node.target.id
        for node in ast.walk(parsed.tree)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    )


@lru_cache(maxsize=8192)
def cell_imports(source: str) -> tuple[tuple[str, str], ...]:
    """Top-level imports of this cell as pairs of the bound name and a statement that imports only it."""
    tree = parse_cell(source).tree
    found: list[tuple[str, str]] = []
    for node in tree.body if tree is not None else ():
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                renamed = f" as {alias.asname}" if alias.asname else ""
                found.append((bound, f"import {alias.name}{renamed}"))
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                if alias.name != "*":
                    renamed = f" as {alias.asname}" if alias.asname else ""
                    found.append((alias.asname or alias.name, f"from {module} import {alias.name}{renamed}"))
    return tuple(found)
