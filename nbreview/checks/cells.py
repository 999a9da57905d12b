"""Which cells of a notebook the checks look at, and where each name is bound.

Imports `notebook` and below.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from nbreview.cancellation import CancelToken
from nbreview.notebook.bindings import cell_binds, cell_imports, parse_cell
from nbreview.notebook.model import Cell, CellType, Notebook

_EXPECTED_TO_FAIL = frozenset({"raises-exception", "nbval-raises-exception", "nbval-skip", "skip-execution"})
# What CPython's parser says of Python 2's print and exec statements and of its `except E, e`.
_PYTHON_2_PROBLEMS = (
    "Missing parentheses in call to 'print'",
    "Missing parentheses in call to 'exec'",
    "multiple exception types must be parenthesized",
)


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Where a notebook binds its names; cells are given by their index, in order.

    `binds`: the cells that may bind a name. `imports`: cell and statement of each import of a name at the top
    level of a cell. `packages`: the top-level packages imported. `functions`: names defined by a `def` at the
    top level. `deleting`: cells that hold a `del`. `injectable`: papermill may bind names that no cell does.
    """

    cells: tuple[Cell, ...]
    binds: Mapping[str, tuple[int, ...]]
    imports: Mapping[str, tuple[tuple[int, str], ...]]
    packages: frozenset[str]
    functions: frozenset[str]
    deleting: tuple[int, ...]
    injectable: bool


def checked_cells(notebook: Notebook) -> tuple[Cell, ...]:
    """The code cells that are Python 3 of the notebook's own kernel."""
    version = python_version(notebook)
    if (version is not None and version[0] < 3) or python_2_cell(notebook) is not None:
        return ()
    return _python_cells(notebook)


def python_2_cell(notebook: Notebook) -> Cell | None:
    """The first cell that only Python 2 can run, where nothing else tells which Python the notebook is for.

    None where the file names its Python, where a cell is written in Python 3 beyond doubt, or where Python 3
    has refused the cell when it was run: then the cell is wrong, and not the notebook old.
    """
    kernel = notebook.metadata.get("kernelspec")
    if python_version(notebook) is not None or (
        isinstance(kernel, Mapping) and "3" in str(kernel.get("name"))
    ):
        return None
    cells = _python_cells(notebook)
    old = [
        cell
        for cell in cells
        if (problem := parse_cell(cell.source).problem) is not None
        and problem.message.startswith(_PYTHON_2_PROBLEMS)
    ]
    if not old or any(output.ename == "SyntaxError" for cell in old for output in cell.outputs):
        return None
    return None if any(_is_python_3(cell) for cell in cells) else old[0]


def is_python(notebook: Notebook) -> bool:
    """Whether the notebook's kernel runs Python: all that these checks can read."""
    return notebook.language.lower() in ("python", "ipython", "python3")


def expected_to_fail(cell: Cell) -> bool:
    """Whether the cell's tags say that it raises, or is not run."""
    return not _EXPECTED_TO_FAIL.isdisjoint(cell.tags)


def python_version(notebook: Notebook) -> tuple[int, int] | None:
    """The Python that the notebook was last run with, as (major, minor), where the file says so."""
    info = notebook.metadata.get("language_info")
    kernel = notebook.metadata.get("kernelspec")
    text = info.get("version") if isinstance(info, Mapping) else None
    parts = text.split(".") if isinstance(text, str) else []
    if len(parts) >= 2 and parts[0].isdigit() and parts[1].isdigit():
        return int(parts[0]), int(parts[1])
    if isinstance(kernel, Mapping) and kernel.get("name") == "python2":
        return 2, 7
    return None


def index_names(notebook: Notebook, cancel: CancelToken | None = None) -> NameIndex:
    """Look through a notebook once for where its names are bound.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    binds: dict[str, list[int]] = {}
    imports: dict[str, list[tuple[int, str]]] = {}
    packages: set[str] = set()
    functions: set[str] = set()
    deleting: list[int] = []
    cells = checked_cells(notebook)
    for cell in cells:
        if cancel is not None:
            cancel.check()
        for name in cell_binds(cell.source):
            binds.setdefault(name, []).append(cell.index)
        for name, statement in cell_imports(cell.source):
            imports.setdefault(name, []).append((cell.index, statement))
            packages.add(statement.split()[1].partition(".")[0])
        tree = parse_cell(cell.source).tree
        if tree is None:
            continue
        functions |= {
            node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        # The word alone settles it for nearly every cell.
        if "del" in cell.source and any(isinstance(node, ast.Delete) for node in ast.walk(tree)):
            deleting.append(cell.index)
    return NameIndex(
        cells,
        {name: tuple(where) for name, where in binds.items()},
        {name: tuple(where) for name, where in imports.items()},
        frozenset(packages),
        frozenset(functions),
        tuple(deleting),
        any("parameters" in cell.tags for cell in notebook.cells),
    )


def _python_cells(notebook: Notebook) -> tuple[Cell, ...]:
    if not is_python(notebook):
        return ()
    return tuple(
        cell for cell in notebook.cells if cell.cell_type is CellType.CODE and not _other_language(cell)
    )


def _is_python_3(cell: Cell) -> bool:
    """Whether a cell has syntax that Python 2 refuses."""
    tree = parse_cell(cell.source).tree
    return tree is not None and any(_refused_by_python_2(node) for node in ast.walk(tree))


def _refused_by_python_2(node: ast.AST) -> bool:
    match node:
        case ast.JoinedStr() | ast.NamedExpr() | ast.Nonlocal() | ast.AnnAssign() | ast.MatMult():
            return True
        case ast.Await() | ast.AsyncFor() | ast.AsyncWith() | ast.AsyncFunctionDef() | ast.YieldFrom():
            return True
        case ast.arg(annotation=ast.expr()) | ast.arguments(kwonlyargs=[_, *_]):
            return True
        case ast.Raise(cause=ast.expr()) | ast.Starred(ctx=ast.Store()):
            return True
        case ast.Call(func=ast.Name(id="print"), keywords=[_, *_]):
            return True
    return False


def _other_language(cell: Cell) -> bool:
    """Cells of a polyglot notebook say so in their metadata (VS Code and Polyglot Notebooks do)."""
    if not cell.metadata:
        return False
    for key in ("vscode", "polyglot_notebook", "dotnet_interactive"):
        value = cell.metadata.get(key)
        if isinstance(value, Mapping):
            named = value.get("languageId") or value.get("kernelName") or value.get("language")
            if isinstance(named, str) and named.lower() not in ("python", "ipython", "pythonkernel"):
                return True
    return False
