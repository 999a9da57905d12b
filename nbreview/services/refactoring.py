"""Edits that need no model: rename a variable, set a parameter, wrap a cell into a function, collect imports.

Joins `checks` and `fixing`. Each becomes suggestions like any other; nothing is written before they are
accepted. May run on a worker thread and changes no state but the store's.
"""

import ast
from collections.abc import Mapping

from nbreview.checks.cells import is_python
from nbreview.checks.refactor import collect_imports, rename_variable, set_parameter
from nbreview.checks.refactor_wrap import python_cells, wrap_in_function
from nbreview.errors import UserError
from nbreview.notebook.bindings import cell_binds, cell_imports, cell_uses, parse_cell
from nbreview.notebook.model import CellType, Notebook
from nbreview.services.assistant import Card, make_card
from nbreview.services.fixing import propose_edit
from nbreview.services.opening import Comparison
from nbreview.store.database import Store
from nbreview.words import said


def rename(comparison: Comparison, store: Store, old: str, new: str) -> tuple[Card, ...]:
    """Rename a variable in its scope, across cells. Errors are those of `rename_variable` and the store."""
    sources = rename_variable(_python(comparison), old.strip(), new.strip())
    what = said("Rename “{old}” to “{new}”", old=old.strip(), new=new.strip())
    return _cards(comparison, store, what, "rename variable", sources)


def set_value(comparison: Comparison, store: Store, name: str, value: str) -> tuple[Card, ...]:
    """Give a hyper-parameter another value wherever it has one. Errors are those of `set_parameter` and the
    store.
    """
    sources = set_parameter(_python(comparison), name.strip(), value)
    what = said("Set {name} to {value}", name=name.strip(), value=value.strip())
    return _cards(comparison, store, what, "set parameter", sources)


def wrap(comparison: Comparison, store: Store, cell_index: int, name: str) -> tuple[Card, ...]:
    """Make a function of a cell, and call it. Errors are those of `wrap_in_function` and the store."""
    sources = wrap_in_function(_python(comparison), cell_index, name.strip())
    what = said("Wrap into the function “{name}”", name=name.strip())
    return _cards(comparison, store, what, "wrap cell", sources)


def collect(comparison: Comparison, store: Store) -> tuple[Card, ...]:
    """Put all imports into the first cell that has some. UserError where they are there already."""
    sources = collect_imports(_python(comparison))
    if not sources:
        raise UserError(
            said("The imports stand together already, or moving them would change what runs; leave them.")
        )
    return _cards(comparison, store, said("Collect imports"), "collect imports", sources)


def variables_of(notebook: Notebook, cell_index: int | None) -> tuple[str, ...]:
    """The variables that the notebook binds, those of one cell first."""
    if not is_python(notebook):
        return ()
    cells = python_cells(notebook)
    imported = {name for cell in cells for name, _ in cell_imports(cell.source)}
    bound = dict.fromkeys(name for cell in cells for name in sorted(cell_binds(cell.source)))
    here: frozenset[str] = frozenset()
    if cell_index is not None and notebook.cells[cell_index].cell_type is CellType.CODE:
        source = notebook.cells[cell_index].source
        here = cell_binds(source) | cell_uses(source)
    found = [name for name in bound if name not in imported]
    return tuple(sorted(found, key=lambda name: (name not in here, name)))


def parameters_of(notebook: Notebook, cell_index: int | None) -> Mapping[str, str]:
    """Names that the notebook gives a literal value, by assignment or keyword, with that value; those of one
    cell first.
    """
    found: dict[str, str] = {}
    if not is_python(notebook):
        return found
    for cell in sorted(python_cells(notebook), key=lambda cell: (cell.index != cell_index, cell.index)):
        tree = parse_cell(cell.source).tree
        for node in ast.walk(tree) if tree is not None else ():
            if isinstance(node, ast.keyword) and node.arg and isinstance(node.value, ast.Constant):
                found.setdefault(node.arg, ast.unparse(node.value))
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, ast.unparse(node.value))
    return found


def _python(comparison: Comparison) -> Notebook:
    head = comparison.head.notebook
    if not is_python(head):
        raise UserError(
            said("The notebook is in {language}; these edits are for Python.", language=head.language)
        )
    return head


def _cards(
    comparison: Comparison, store: Store, what: str, rule: str, sources: Mapping[int, str]
) -> tuple[Card, ...]:
    made = propose_edit(comparison, store, what, rule, sources)
    return tuple(make_card(comparison.head.notebook, suggestion) for suggestion in made)
