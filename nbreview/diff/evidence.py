"""What else than its words speaks for a cell: what it printed or drew, the names it defines, its heading.

Pure: imports only `notebook` and below; knows nothing of how cells are matched. All of it is what a reader
goes by without thinking: the cell that still shows the same picture, the one that defines `config`, the title
of the section. Each function looks at every cell once.
"""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from nbreview.notebook.model import Cell, CellType

_Place = TypeVar("_Place", bound=Hashable)

_SUBSTANCE = 16
"""Characters of output that an agreement must rest on: `True` or `0` is printed by any cell."""

_DEFINITION = re.compile(
    r"^(?:async[ \t]+)?(?:def|class|function|struct)[ \t]+(\w+)"  # Python, Julia
    r"|^(\w+)(?:[ \t]*:[^=\n]+)?[ \t]*(?:=(?!=)|<-)",  # also annotated; R
    re.MULTILINE,
)
_HEADING = re.compile(r"\s*(#{1,6})\s")


def same_outputs(
    base: Sequence[Cell], head: Sequence[Cell], rows: Iterable[int], columns: Iterable[int]
) -> dict[int, int]:
    """Of these cells, base to head, those whose outputs are equal and nobody else's.

    Execution counts make no difference.
    """
    return _facing(
        ((row, _printed(base[row])) for row in rows), ((column, _printed(head[column])) for column in columns)
    )


def _printed(cell: Cell) -> tuple[Hashable, ...] | None:
    """What a cell shows, to be compared; None if that is too little to mean anything."""
    if not cell.outputs:
        return None
    shown: list[Hashable] = []
    size = 0
    for output in cell.outputs:
        texts = [(kind, value) for kind, value in output.data.items() if isinstance(value, str)]
        size += sum(len(value) for _, value in texts) + len(output.ename) + len(output.evalue)
        shown.append((output.output_type, output.name, *texts, output.ename, output.evalue))
    return tuple(shown) if size >= _SUBSTANCE else None


def same_definitions(base: Sequence[Cell], head: Sequence[Cell]) -> dict[tuple[int, int], float]:
    """Which share of the names that are defined in one cell only two cells have in common, by base and head.

    The share is of the cell with fewer of these names. By their text, not by a parser: the cell may be of any
    language, and need not be correct.
    """
    first, second = _only_definitions(base), _only_definitions(head)
    counts = tuple(_sizes(side) for side in (first, second))
    shared = _sizes({name: (place, second[name]) for name, place in first.items() if name in second})
    return {
        (row, column): number / min(counts[0][row], counts[1][column])
        for (row, column), number in shared.items()
    }


def _only_definitions(cells: Sequence[Cell]) -> dict[str, int]:
    """Names that one cell defines at the beginning of a line and no other cell does, and which."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if cell.cell_type is CellType.CODE:
            for name in {one or other for one, other in _DEFINITION.findall(cell.source)}:
                found[name] = -1 if name in found else place
    return {name: place for name, place in found.items() if place >= 0}


def _sizes(places: Mapping[str, _Place]) -> dict[_Place, int]:
    sizes: dict[_Place, int] = {}
    for place in places.values():
        sizes[place] = sizes.get(place, 0) + 1
    return sizes


def same_levels(
    base: Sequence[Cell], head: Sequence[Cell], rows: Iterable[int], columns: Iterable[int]
) -> dict[int, int]:
    """Of these cells, base to head, those that begin with the only heading of their level."""
    return _facing(
        ((row, _level(base[row])) for row in rows), ((column, _level(head[column])) for column in columns)
    )


def _level(cell: Cell) -> int | None:
    found = _HEADING.match(cell.source) if cell.cell_type is CellType.MARKDOWN else None
    return len(found[1]) if found else None


def _facing(
    rows: Iterable[tuple[int, Hashable | None]], columns: Iterable[tuple[int, Hashable | None]]
) -> dict[int, int]:
    """Which places hold what stands once on both sides, in base order."""
    first, second = _once(rows), _once(columns)
    return {place: second[value] for value, place in first.items() if value in second}


def _once(places: Iterable[tuple[int, Hashable | None]]) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for place, value in places:
        if value is not None:
            found[value] = -1 if value in found else place
    return {value: place for value, place in found.items() if place >= 0}
