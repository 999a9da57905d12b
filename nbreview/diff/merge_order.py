"""Which cells of three notebooks are one cell, and in which order they stand when merged.

Pure: imports `cells`, `sequence` and below. A cell that a side moved stands where that side put it;
everything else keeps the order of the base, and what a side inserted follows the cell that it followed there.
Cells that both sides inserted at one place are taken once where they are the same; different ones are all
kept, those of ours first: nothing is lost, and two people who add cells at the end of a notebook have no
conflict.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from nbreview.cancellation import CancelToken
from nbreview.diff.cells import align
from nbreview.diff.sequence import heaviest_chain, match
from nbreview.notebook.model import Cell, Notebook

_GRID = 900
"""Pairs of inserted cells at one place up to which all are compared with all."""
_SIMILAR = 0.9
"""Least similarity of two inserted cells that are two versions of one."""
_SUBSTANTIAL = 40
"""Characters that such a cell has at least: short cells are alike by accident."""
_COMPARED = 2_000
"""Characters of a cell that its similarity is judged by."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the merged order by its index in each version. `torn`: both sides moved it, to different
    places, and it stands where ours put it.
    """

    base: int | None
    ours: int | None
    theirs: int | None
    torn: bool = False


def merged_order(
    base: Notebook, ours: Notebook, theirs: Notebook, cancel: CancelToken | None = None
) -> list[Place]:
    """Every cell that at least one side still holds, in merged order; deleted ones where they would stand.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    to_ours = dict(align(base.cells, ours.cells, cancel=cancel).pairs)
    to_theirs = dict(align(base.cells, theirs.cells, cancel=cancel).pairs)
    moved_ours, moved_theirs = _moved(base.cells, to_ours), _moved(base.cells, to_theirs)
    floating = moved_ours | moved_theirs
    slots_ours, place_ours = _slots(len(ours.cells), to_ours, floating)
    slots_theirs, place_theirs = _slots(len(theirs.cells), to_theirs, floating)
    from_ours = {column: row for row, column in to_ours.items()}
    from_theirs = {column: row for row, column in to_theirs.items()}

    order: list[Place] = []
    for row in range(-1, len(base.cells)):
        if row >= 0 and row not in floating and (row in to_ours or row in to_theirs):
            order.append(Place(row, to_ours.get(row), to_theirs.get(row)))
        mine = []
        for column in slots_ours.get(row, ()):
            origin = from_ours.get(column)
            if origin is None:
                mine.append(Place(None, column, None))
            elif origin in moved_ours:
                torn = origin in moved_theirs and place_ours[column] != place_theirs[to_theirs[origin]]
                mine.append(Place(origin, column, to_theirs.get(origin), torn))
        yours = []
        for column in slots_theirs.get(row, ()):
            origin = from_theirs.get(column)
            if origin is None:
                yours.append(Place(None, None, column))
            elif origin not in moved_ours:
                yours.append(Place(origin, to_ours.get(origin), column))
        order += _both(mine, yours, ours.cells, theirs.cells) if mine and yours else mine or yours
    return order


def _moved(base: Sequence[Cell], pairs: Mapping[int, int]) -> frozenset[int]:
    """The base cells that a side moved. Weighed by the base alone, so that the same reordering on both sides
    names the same cells, whatever else was edited.
    """
    rows = sorted(pairs)
    weighed = [(row, pairs[row], len(base[row].source.strip()) + 1.0) for row in rows]
    return frozenset(rows) - {weighed[k][0] for k in heaviest_chain(weighed)}


def _slots(
    length: int, pairs: Mapping[int, int], floating: frozenset[int]
) -> tuple[dict[int, list[int]], dict[int, int]]:
    """The cells of one side that do not stand in the base's order, by the base cell that they follow (-1 at
    the beginning), and the reverse.
    """
    settled = {column: row for row, column in pairs.items() if row not in floating}
    slots: dict[int, list[int]] = {}
    places: dict[int, int] = {}
    row = -1
    for column in range(length):
        if column in settled:
            row = settled[column]
        else:
            slots.setdefault(row, []).append(column)
            places[column] = row
    return slots, places


def _both(
    mine: Sequence[Place], yours: Sequence[Place], ours: Sequence[Cell], theirs: Sequence[Cell]
) -> Iterable[Place]:
    """What both sides put at one place: what is the same once, the rest between, ours first."""
    first = [k for k, place in enumerate(mine) if place.base is None]
    second = [k for k, place in enumerate(yours) if place.base is None]
    cells = [_cell(ours, mine[k].ours) for k in first], [_cell(theirs, yours[k].theirs) for k in second]
    pairs = [(first[row], second[column]) for row, column in _alike(*cells)]
    row = column = 0
    for end, facing in (*pairs, (len(mine), len(yours))):
        yield from mine[row:end]
        yield from yours[column:facing]
        if end < len(mine):
            yield Place(None, mine[end].ours, yours[facing].theirs)
        row, column = end + 1, facing + 1


def _cell(cells: Sequence[Cell], index: int | None) -> Cell:
    assert index is not None
    return cells[index]


def _alike(ours: Sequence[Cell], theirs: Sequence[Cell]) -> list[tuple[int, int]]:
    """In-order pairs of inserted cells that are the same, or two versions of one."""
    if len(ours) * len(theirs) > _GRID:
        first = [(cell.cell_type, cell.source) for cell in ours]
        return list(match(first, [(cell.cell_type, cell.source) for cell in theirs]).pairs)
    scored = [
        (row, column, score)
        for row, mine in enumerate(ours)
        for column, yours in enumerate(theirs)
        if (score := _score(mine, yours))
    ]
    return [scored[k][:2] for k in heaviest_chain(scored)]


def _score(ours: Cell, theirs: Cell) -> float:
    if ours.cell_type is not theirs.cell_type:
        return 0.0
    if ours.source == theirs.source:
        return 2.0
    if ours.id is not None and ours.id == theirs.id:
        return 1.5  # ids are random: the cell came to both sides from one place
    first, second = ours.source[:_COMPARED], theirs.source[:_COMPARED]
    if min(len(first), len(second)) < _SUBSTANTIAL:
        return 0.0
    return Indel.normalized_similarity(first, second, score_cutoff=_SIMILAR)
