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
    """The code cells that are Python of the notebook's own kernel."""
    if notebook.language.lower() not in ("python", "ipython", "python3"):
        return ()
    version = python_version(notebook)
    if version is not None and version[0] < 3:
        return ()
    return tuple(
        cell for cell in notebook.cells if cell.cell_type is CellType.CODE and not _other_language(cell)
    )


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
