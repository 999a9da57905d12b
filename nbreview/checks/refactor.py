"""Edits that need no model: rename a variable, set a hyper-parameter, collect imports.

Imports the checks beside it, `notebook` and below. Each gives back the changed sources by the index of their
cells, and nothing where it is not sure: a cell that uses the name and cannot be read as a concrete syntax
tree stops the edit as a whole. To wrap a cell into a function, see `refactor_wrap`.
"""

import ast
import keyword
from collections.abc import Mapping
from typing import Any

from nbreview.checks.cells import index_names
from nbreview.checks.fix_names import insert_import
from nbreview.checks.fix_tree import ConcreteCell, concrete_cell, dotted
from nbreview.checks.refactor_wrap import python_cells
from nbreview.errors import UserError
from nbreview.notebook.bindings import (
    bound_in_scope,
    cell_binds,
    cell_imports,
    cell_uses,
    function_locals,
    parse_cell,
)
from nbreview.notebook.model import Cell, Notebook
from nbreview.words import said


def rename_variable(notebook: Notebook, old: str, new: str) -> Mapping[int, str]:
    """Rename a variable of the notebook wherever it is bound and read, across cells.

    A local of a function or comprehension that has the same name is another variable, and stays.

    Raises
    ------
    UserError
        The new name is none, or is taken already; a cell that uses the old one cannot be read.
    """
    if not new.isidentifier() or keyword.iskeyword(new):
        raise UserError(said("“{new}” is not a name that Python takes; choose another.", new=new))
    cells = python_cells(notebook)
    users = [cell for cell in cells if old in cell_binds(cell.source) | cell_uses(cell.source)]
    if not any(old in cell_binds(cell.source) for cell in users):
        raise UserError(said("No cell of this notebook binds “{old}”; choose one of its variables.", old=old))
    for cell in cells:
        if new in cell_binds(cell.source) | cell_uses(cell.source):
            raise UserError(
                said("“{new}” is in use in cell {cell}; choose another name.", new=new, cell=cell.index + 1)
            )
    changed: dict[int, str] = {}
    for cell in users:
        tree = _tree(cell)
        source = tree.edited(
            {node: _name(new) for node in _global_names(cell, tree, old)} | _imported(tree, old, new)
        )
        if not source:
            raise UserError(
                said(
                    "Cell {cell} uses “{old}” in a way that cannot be renamed; edit it first.",
                    cell=cell.index + 1,
                    old=old,
                )
            )
        if source != cell.source:
            changed[cell.index] = source
    return changed


def set_parameter(notebook: Notebook, name: str, value: str) -> Mapping[int, str]:
    """Give a hyper-parameter another value: in assignments to it, and where it is given by keyword.

    Keywords are changed only where a literal is given; `lr=lr` follows the assignment.

    Raises
    ------
    UserError
        The value is no expression, or nothing in the notebook is named so.
    """
    try:
        call = ast.parse(f"f(x={value.strip()})", mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise UserError(
            said("“{value}” is not an expression of Python; write a number or a text.", value=value)
        ) from error
    if not isinstance(call, ast.Call) or call.args or len(call.keywords) != 1:
        raise UserError(
            said(
                "“{value}” is not one value; write one number or text, or a tuple in parentheses.",
                value=value,
            )
        )
    changed: dict[int, str] = {}
    for cell in python_cells(notebook):
        if name not in cell.source:
            continue
        tree = concrete_cell(cell.source)
        changes = _parameter_places(tree, name, value.strip()) if tree is not None else {}
        source = tree.edited(changes) if tree is not None and changes else ""
        if source and source != cell.source:
            changed[cell.index] = source
    if not changed:
        raise UserError(
            said(
                "Nothing in this notebook gives “{name}” a value; choose the name of a parameter in it.",
                name=name,
            )
        )
    return changed


def collect_imports(notebook: Notebook) -> Mapping[int, str]:
    """Put the imports of every cell into the first that holds Python, each once, as they were written.

    Imports inside functions, conditions and `try` stay, and so do those of a name that the notebook binds to
    different things.
    """
    cells = [cell for cell in python_cells(notebook) if parse_cell(cell.source).tree is not None]
    if not cells:
        return {}
    home = next((cell for cell in cells if cell_imports(cell.source)), cells[0])
    index = index_names(notebook)
    moved: dict[str, None] = {}
    changed: dict[int, str] = {}
    for cell in cells:
        if cell.index <= home.index:
            continue
        tree = concrete_cell(cell.source)
        if tree is None:
            continue
        statements, source = _without_imports(cell, tree, index.imports, index.binds)
        if statements and source is not None:
            moved |= dict.fromkeys(statements)
            changed[cell.index] = source
    if not changed:
        return {}
    there = {statement for _, statement in cell_imports(home.source)}
    moved = {statement: None for statement in moved if statement.partition("  #")[0] not in there}
    new = [statement for statement in moved if statement not in home.source.split("\n")]
    changed[home.index] = _with_imports(home.source, new)
    return {number: source for number, source in changed.items() if source != notebook.cells[number].source}


def _tree(cell: Cell) -> ConcreteCell:
    tree = concrete_cell(cell.source)
    if tree is None:
        raise UserError(said("Cell {cell} cannot be read as Python; mend it first.", cell=cell.index + 1))
    return tree


def _name(name: str) -> Any:
    def edit(node: Any) -> Any:
        return node.with_changes(value=name)

    return edit


def _global_names(cell: Cell, tree: ConcreteCell, name: str) -> list[Any]:
    """The nodes of a concrete tree that stand for the notebook's own variable of this name."""
    import libcst as cst

    found: list[Any] = []
    for node in tree.nodes(cst.Name):
        if node.value != name or tree.is_label(node):
            continue
        if isinstance(tree.parent(node), cst.ImportAlias | cst.AsName):
            continue
        if not _is_local(tree, node, name):
            found.append(node)
    return found


def _is_local(tree: ConcreteCell, node: Any, name: str) -> bool:
    """Whether a name belongs to a function, lambda or comprehension around it."""
    import libcst as cst

    inner, outer = node, tree.parent(node)
    while outer is not None:
        if isinstance(outer, cst.FunctionDef | cst.Lambda):
            own = inner is outer.body or (
                isinstance(inner, cst.Param | cst.Parameters) and _is_parameter(tree, node)
            )
            if own and name in _locals(tree, outer):
                return True
        elif isinstance(outer, cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp):
            first = outer.for_in
            if not tree.contains(first.iter, node) and name in _targets(tree, outer.for_in):
                return True
        elif isinstance(outer, cst.ClassDef) and inner is outer.body:
            bound = bound_in_scope(ast.parse(_dedented(tree.text(outer))).body[0])
            if name in bound:
                return True
        inner, outer = outer, tree.parent(outer)
    return False


def _is_parameter(tree: ConcreteCell, node: Any) -> bool:
    import libcst as cst

    parent = tree.parent(node)
    return isinstance(parent, cst.Param) and node is parent.name


def _locals(tree: ConcreteCell, function: Any) -> frozenset[str]:
    parsed = ast.parse(_dedented(tree.text(function)))
    node = next(
        found
        for found in ast.walk(parsed)
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    )
    if isinstance(node, ast.Lambda):
        return frozenset(part.arg for part in ast.walk(node.args) if isinstance(part, ast.arg))
    return function_locals(node)


def _dedented(text: str) -> str:
    """The text of a node from its first line on; LibCST gives the lines of a block their own indentation."""
    import textwrap

    return textwrap.dedent(text).strip("\n")


def _targets(tree: ConcreteCell, clause: Any) -> set[str]:
    import libcst as cst

    found: set[str] = set()
    while clause is not None:
        found |= {node.value for node in tree.inside(clause.target, cst.Name)}
        clause = clause.inner_for_in
    return found


def _imported(tree: ConcreteCell, old: str, new: str) -> dict[Any, Any]:
    """Imports that bind the old name: `import numpy as old`, `from m import old`."""
    import libcst as cst

    changes: dict[Any, Any] = {}
    for alias in tree.nodes(cst.ImportAlias):
        if alias.asname is not None and dotted(alias.asname.name) == old:
            changes[alias.asname.name] = _name(new)
        elif alias.asname is None and dotted(alias.name).partition(".")[0] == old:
            if isinstance(alias.name, cst.Attribute):
                raise UserError(
                    said("“{old}” is a package that is imported as a whole; it keeps its name.", old=old)
                )
            changes[alias] = _with_alias(new)
    return changes


def _with_alias(name: str) -> Any:
    import libcst as cst

    def edit(node: Any) -> Any:
        return node.with_changes(asname=cst.AsName(cst.Name(name)))

    return edit


def _parameter_places(tree: ConcreteCell, name: str, value: str) -> dict[Any, Any]:
    import libcst as cst

    changes: dict[Any, Any] = {}
    for node in tree.nodes(cst.Assign):
        if any(isinstance(part.target, cst.Name) and part.target.value == name for part in node.targets):
            changes[node.value] = value
    for annotated in tree.nodes(cst.AnnAssign):
        if (
            isinstance(annotated.target, cst.Name)
            and annotated.target.value == name
            and annotated.value is not None
        ):
            changes[annotated.value] = value
    for call in tree.nodes(cst.Call):
        for arg in call.args:
            if arg.keyword is not None and arg.keyword.value == name and _is_literal(tree, arg.value):
                changes[arg.value] = value
    for element in tree.nodes(cst.DictElement):
        if isinstance(element.key, cst.SimpleString) and element.key.evaluated_value == name:
            changes[element.value] = value
    return changes


def _is_literal(tree: ConcreteCell, node: Any) -> bool:
    try:
        ast.literal_eval(tree.text(node).strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
    return True


def _without_imports(
    cell: Cell,
    tree: ConcreteCell,
    imports: Mapping[str, tuple[tuple[int, str], ...]],
    binds: Mapping[str, tuple[int, ...]],
) -> tuple[list[str], str | None]:
    """The top-level imports of a cell that can be moved up, as written, and the cell without them."""
    import libcst as cst

    rows: set[int] = set()
    statements: list[str] = []
    for line in tree.module.body:
        if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
            continue
        node = line.body[0]
        if not isinstance(node, cst.Import | cst.ImportFrom) or "*" in tree.text(node):
            continue
        if (
            isinstance(node, cst.ImportFrom)
            and node.module is not None
            and dotted(node.module) == "__future__"
        ):
            continue
        names = _names_of(node)
        if any(
            len({statement for _, statement in imports.get(name, ())}) > 1
            or set(binds.get(name, ())) - {where for where, _ in imports.get(name, ())}
            for name in names
        ):
            continue
        first, last = tree.lines(node)
        rows |= set(range(first, last + 1))
        statements.append("\n".join(cell.source.split("\n")[first : last + 1]).strip())
    lines = cell.source.split("\n")
    kept = [text for row, text in enumerate(lines) if row not in rows]
    while kept and not kept[0].strip():
        kept.pop(0)
    return statements, "\n".join(kept) if rows else None


def _names_of(node: Any) -> list[str]:
    return [
        dotted(alias.asname.name) if alias.asname is not None else dotted(alias.name).partition(".")[0]
        for alias in node.names
    ]


def _with_imports(source: str, statements: list[str]) -> str:
    """Put imports below those that a cell has, or at its top."""
    if not statements:
        return source
    tree = parse_cell(source).tree
    last = 0
    for node in tree.body if tree is not None else ():
        if isinstance(node, ast.Pass):
            continue  # a magic stands there
        if not isinstance(node, ast.Import | ast.ImportFrom):
            break
        last = node.end_lineno or node.lineno
    if not last:
        for statement in reversed(statements):
            source = insert_import(source, statement)
        return source
    lines = source.split("\n")
    return "\n".join([*lines[:last], *statements, *lines[last:]])
