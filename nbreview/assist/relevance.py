"""Which cells matter for a change of some of them: what defines the names they use, and what uses theirs.

Imports `notebook` and below. Definitions are followed transitively, the nearest above first; uses are the
cells below that read a name that a target binds, as a change of the target may break them.
"""

import ast
import re
from collections.abc import Callable, Collection, Sequence

from nbreview.notebook.bindings import cell_binds, cell_imports, cell_uses, parse_cell
from nbreview.notebook.model import Cell, CellType

HEADING = re.compile(r"^#{1,6}\s+\S.*$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]\w{2,}")
_NEAR = 1
"""Cells this close to a target come before what is merely far."""

Taken = tuple[Cell, str]
"""A cell, and why it is shown ("defines df", "uses df", "imports", "beside it", "heading", "nearby")."""


def by_importance(
    candidates: Sequence[Cell], targets: Sequence[Cell], here: int, *, uses: bool
) -> list[Taken]:
    """Each candidate that may be shown once, with the reason, the most important first.

    Parameters
    ----------
    here:
        Where the first target would stand among the candidates.
    uses:
        Whether what uses the targets' names matters: for an edit it does, for a crash nothing below does.
    """
    position = {cell.index: place for place, cell in enumerate(candidates)}
    chosen: dict[int, Taken] = {}

    def take(cell: Cell, why: str) -> None:
        chosen.setdefault(cell.index, (cell, why))

    code = [cell for cell in candidates if cell.cell_type is CellType.CODE]
    sources = [target.source for target in targets if target.cell_type is CellType.CODE]
    # A library that a target imports is not made by it: cells that use the library say nothing of the target.
    bound = frozenset().union(
        *(cell_binds(source) - {name for name, _ in cell_imports(source)} for source in sources)
    )
    for cell, name in _definitions(code, sources, lambda cell: position[cell.index] < here):
        take(cell, f"defines {name}")
    for cell in code:
        if _is_imports(cell):
            take(cell, "imports")
    for cell in code if uses else ():
        read = sorted(bound & cell_uses(cell.source))
        if read and position[cell.index] >= here:
            take(cell, f"uses {read[0]}")
    prose = any(target.cell_type is CellType.MARKDOWN for target in targets)
    outwards = sorted(
        candidates, key=lambda cell: (position[cell.index] >= here, abs(position[cell.index] - here))
    )
    places = {target.index for target in targets}
    for cell in outwards if uses else ():
        near = any(abs(cell.index - place) <= _NEAR for place in places)
        if near and (prose or cell.cell_type is CellType.CODE):
            take(cell, "beside it")
    for cell in candidates:
        if not prose and cell.cell_type is CellType.MARKDOWN and HEADING.search(cell.source):
            take(cell, "heading")
    for cell in outwards:
        if prose or cell.cell_type is CellType.CODE:
            take(cell, "nearby")
    return list(chosen.values())


def _definitions(
    code: Sequence[Cell], sources: Sequence[str], above: Callable[[Cell], bool]
) -> list[tuple[Cell, str]]:
    """The cells that bind the names in use, and those that bind what these use, each with the name."""
    found: list[tuple[Cell, str]] = []
    wanted = sorted(frozenset().union(*(cell_uses(source) for source in sources)))
    followed: set[str] = set()
    while wanted:
        name = wanted.pop(0)
        if name in followed:
            continue
        followed.add(name)
        binding = [cell for cell in code if name in cell_binds(cell.source)]
        if not binding:
            continue
        before = [cell for cell in binding if above(cell)]
        nearest = before[-1] if before else binding[0]
        found.append((nearest, name))
        wanted += sorted(cell_uses(nearest.source) - followed)
    return found


def _is_imports(cell: Cell) -> bool:
    """Whether a cell is there for its imports: work that begins with one is no better known for it."""
    tree = parse_cell(cell.source).tree
    found = [isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body] if tree is not None else []
    return 2 * sum(found) > len(found)


def by_words(cells: Sequence[Cell], text: str, first: Collection[int] = ()) -> list[Cell]:
    """Cells in the order in which a task in words is likely to concern them: those that are named (`first`),
    then those that hold most of its words, else as they stand.
    """
    words = {word.lower() for word in _WORD.findall(text)}

    def shared(cell: Cell) -> int:
        return len(words & {word.lower() for word in _WORD.findall(cell.source)}) if words else 0

    return sorted(cells, key=lambda cell: (cell.index not in first, -shared(cell), cell.index))
