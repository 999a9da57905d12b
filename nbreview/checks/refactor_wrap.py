"""Makes a function of a cell.

Imports `notebook`, `errors` and below. What the cell reads comes in, what later cells read goes out,
by the names that cells bind and use.
"""

import ast
import keyword
from collections.abc import Mapping

from nbreview.checks.cells import is_python
from nbreview.errors import UserError
from nbreview.notebook.bindings import (
    bound_in_scope,
    cell_binds,
    cell_imports,
    cell_uses,
    parse_cell,
)
from nbreview.notebook.model import Cell, CellType, Notebook
from nbreview.words import said

_LEAVES_FUNCTION = (ast.Return, ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith)


def wrap_in_function(notebook: Notebook, index: int, name: str) -> Mapping[int, str]:
    """Make a function of a cell, and call it: what it reads comes in, what later cells read goes out.

    Imports stay above the function, so that what they bind stays bound.

    Raises
    ------
    UserError
        The cell is no Python, has magics, or cannot be a function's body.
    """
    cell = notebook.cells[index]
    where = said("Cell {cell}", cell=index + 1)
    if not name.isidentifier() or keyword.iskeyword(name):
        raise UserError(said("“{name}” is not a name that Python takes; choose another.", name=name))
    parsed = parse_cell(cell.source)
    if cell.cell_type is not CellType.CODE or parsed.tree is None or not parsed.tree.body:
        raise UserError(said("{where} holds no Python that can be read; choose another cell.", where=where))
    if parsed.plain.source != cell.source:
        raise UserError(
            said(
                "{where} has magics or is indented, which a function cannot be; take them out first.",
                where=where,
            )
        )
    taken = {
        found
        for other in python_cells(notebook)
        for found in cell_binds(other.source) | cell_uses(other.source)
    }
    if name in taken:
        raise UserError(said("“{name}” is in use in this notebook; choose another name.", name=name))
    for node in ast.walk(parsed.tree):
        if isinstance(node, _LEAVES_FUNCTION) and not _inside_function(parsed.tree, node):
            raise UserError(
                said(
                    "{where} waits or returns at its top level, which a function cannot; take that out "
                    "first.",
                    where=where,
                )
            )
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            raise UserError(
                said(
                    "{where} imports everything of a module, which a function cannot; name what is used.",
                    where=where,
                )
            )
        if isinstance(node, ast.Global):
            raise UserError(
                said(
                    "{where} declares names global, which a function would change; edit it first.",
                    where=where,
                )
            )
        if isinstance(node, ast.Delete):
            raise UserError(
                said(
                    "{where} deletes names, which a function would do to its own only; take it out first.",
                    where=where,
                )
            )
    return {index: _wrapped(notebook, cell, parsed.tree, name)}


def _inside_function(tree: ast.Module, node: ast.AST) -> bool:
    return any(
        found is node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for found in ast.walk(function)
        if found is not function
    )


def _wrapped(notebook: Notebook, cell: Cell, tree: ast.Module, name: str) -> str:
    """The cell as a function and its call."""
    lines = cell.source.split("\n")
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    alone = [node for node in imports if _has_own_lines(tree, node)]
    body_rows = set(range(len(lines))) - {
        row for node in alone for row in range(node.lineno - 1, node.end_lineno or node.lineno)
    }
    rest = ast.Module([node for node in tree.body if node not in alone], [])
    bound = bound_in_scope(rest)
    above = [other for other in python_cells(notebook) if other.index < cell.index]
    earlier = {found for other in above for found in cell_binds(other.source)}
    shared = {found for other in above for found in _made_by_statement(other.source)}
    inputs = sorted(_read_first(rest) & (earlier - shared))
    later = {
        found
        for other in python_cells(notebook)
        if other.index != cell.index
        for found in cell_uses(other.source)
    }
    outputs = [found for found in _in_order(rest, bound) if found in later]
    shown = rest.body[-1] if rest.body and isinstance(rest.body[-1], ast.Expr) else None
    head = [lines[row] for node in alone for row in range(node.lineno - 1, node.end_lineno or node.lineno)]
    inside = _lines_of_strings(rest)
    body = [
        f"    {lines[row]}" if lines[row].strip() and row not in inside else lines[row]
        for row in sorted(body_rows)
    ]
    while body and not body[0].strip():
        body.pop(0)
    while body and not body[-1].strip():
        body.pop()
    made = [*head, *([""] if head else []), f"def {name}({', '.join(inputs)}):", *(body or ["    pass"])]
    call = f"{name}({', '.join(inputs)})"
    if outputs:
        made += [f"    return {', '.join(outputs)}", "", "", f"{', '.join(outputs)} = {call}"]
    else:
        made += ["", "", call]
    if shown is not None:
        made = _shown_again(made, lines, shown, outputs)
    return "\n".join(made)


def _shown_again(made: list[str], lines: list[str], shown: ast.Expr, outputs: list[str]) -> list[str]:
    """What the cell showed by its last line is shown below the call, where a name that goes out tells it."""
    names = {node.id for node in ast.walk(shown) if isinstance(node, ast.Name)}
    one_line = shown.lineno == shown.end_lineno
    simple = not any(isinstance(node, ast.Call) for node in ast.walk(shown)) or isinstance(
        getattr(shown.value, "func", None), ast.Attribute
    )
    if not one_line or not simple or not names or not names <= set(outputs):
        return made
    text = lines[shown.lineno - 1]
    at = made.index(f"    {text}") if f"    {text}" in made else -1
    if at < 0:
        return made
    return [*made[:at], *made[at + 1 :], text]


def _has_own_lines(tree: ast.Module, node: ast.stmt) -> bool:
    rows = range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return not any(
        other is not node
        and not set(rows).isdisjoint(range(other.lineno, (other.end_lineno or other.lineno) + 1))
        for other in tree.body
    )


def _lines_of_strings(tree: ast.Module) -> set[int]:
    """Lines that a text of several lines covers beyond its first: they keep their own white space."""
    return {
        row
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr)
        and isinstance(getattr(node, "value", ""), str | list)
        for row in range(getattr(node, "lineno", 1), getattr(node, "end_lineno", None) or 1)
    }


def _made_by_statement(source: str) -> set[str]:
    """Names that a cell makes by import, `def` or `class`: a function reads them as they are."""
    tree = parse_cell(source).tree
    found = {name for name, _ in cell_imports(source)}
    for node in tree.body if tree is not None else ():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
    return found


def _read_first(tree: ast.Module) -> set[str]:
    """Names that are read, in this scope or a function of it, before the cell is sure to have bound them."""
    bound: set[str] = set()
    read: set[str] = set()
    for statement in tree.body:
        inner = {
            node.id
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        inner |= {
            node.target.id
            for node in ast.walk(statement)
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
        }
        read |= inner - bound
        # What a branch or a loop binds may not have been bound: a name set only there comes in as well.
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom | ast.With):
            bound |= bound_in_scope(statement)
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef):
            bound.add(statement.name)
        else:
            read |= bound_in_scope(statement) - bound if _is_conditional(statement) else set()
            bound |= bound_in_scope(statement)
    return read


def _is_conditional(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If | ast.For | ast.While | ast.Try | ast.Match)


def _in_order(tree: ast.Module, bound: frozenset[str]) -> list[str]:
    """The names that a cell binds, in the order in which they appear."""
    seen: dict[str, None] = {}
    for node in ast.walk(tree):
        names = [getattr(node, "id", None), getattr(node, "name", None)]
        seen |= {name: None for name in names if isinstance(name, str) and name in bound}
    places = {name: _first_line(tree, name) for name in seen}
    return sorted(seen, key=lambda name: places[name])


def _first_line(tree: ast.Module, name: str) -> tuple[int, int]:
    return min(
        (getattr(node, "lineno", 1 << 30), getattr(node, "col_offset", 0))
        for node in ast.walk(tree)
        if name in (getattr(node, "id", None), getattr(node, "name", None))
    )


def python_cells(notebook: Notebook) -> list[Cell]:
    """The code cells of a Python notebook."""
    if not is_python(notebook):
        return []
    return [cell for cell in notebook.cells if cell.cell_type is CellType.CODE]
