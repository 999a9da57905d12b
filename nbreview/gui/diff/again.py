"""A notebook that is read again: which change of before is which now, so that what the reader opened and
looks at stays.

Pure functions over diffs; no widget.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff
from nbreview.notebook.model import Cell
from nbreview.presentation.rows import Block, FoldKey, FoldKind, sides


def places_after(before: NotebookDiff, after: NotebookDiff) -> dict[int, int]:
    """Each change of `before` in `after`; those whose cell is gone are left out.

    Cells are told by their ids; where ids are missing or not their own, by their number from the start of the
    notebook up to where it was edited, and from its end after that.
    """
    named = _by_id(after)
    shift = _shift(before.head.cells, after.head.cells)
    heads = {each.head_index: index for index, each in enumerate(after.cells) if each.head_index is not None}
    bases = {each.base_index: index for index, each in enumerate(after.cells) if each.base_index is not None}
    old = _by_id(before)
    places: dict[int, int] = {}
    for index, change in enumerate(before.cells):
        name = _id(before, change)
        found: int | None
        if name and old.get(name) == index:
            found = named.get(name)
        elif change.head_index is not None:
            found = heads.get(shift[change.head_index])
        else:
            found = bases.get(change.base_index if change.base_index is not None else -1)
        if found is not None:
            places[index] = found
    return places


def folds_after(
    opened: Collection[FoldKey], shown: Sequence[Block], blocks: Sequence[Block], places: Mapping[int, int]
) -> frozenset[FoldKey]:
    """The folds to open among `blocks`, which are all folded, so that what was open in `shown` still is."""
    seen = {
        places[change]
        for block in shown
        if block.fold is not None and block.fold.kind is FoldKind.CELLS and block.open
        for change in range(block.change, block.change + block.hidden)
        if change in places
    }
    found = {
        block.fold
        for block in blocks
        if block.fold is not None
        and block.fold.kind is FoldKind.CELLS
        and not seen.isdisjoint(range(block.change, block.change + block.hidden))
    }
    for key in opened:
        if key.kind is not FoldKind.CELLS and key.change in places:
            found.add(key._replace(change=places[key.change]))
    return frozenset(found)


def goes_on_at(
    before: NotebookDiff, after: NotebookDiff, current: int, places: Mapping[int, int]
) -> int | None:
    """Where the reader goes on: at the same cell; after it where it no longer differs and others do."""
    same = places.get(current)
    was_changed = before.cells[current].kind is not ChangeKind.UNCHANGED
    if same is not None and (after.cells[same].kind is not ChangeKind.UNCHANGED or not was_changed):
        return same
    changed = [index for index, each in enumerate(after.cells) if each.kind is not ChangeKind.UNCHANGED]
    if not changed:
        return same
    # Of a cell that is gone, what followed it tells where it was.
    followed = (places[index] for index in range(current, len(before.cells)) if index in places)
    start = next(followed, len(after.cells))
    return next((index for index in changed if index >= start), changed[-1])


def _id(diff: NotebookDiff, change: CellChange) -> str | None:
    base, head = sides(diff, change)
    cell = head or base
    return cell.id if cell is not None else None


def _by_id(diff: NotebookDiff) -> dict[str, int]:
    """The changes by the ids of their cells, as far as an id is one cell's own."""
    ids = [_id(diff, change) for change in diff.cells]
    counts = Counter(ids)
    return {name: index for index, name in enumerate(ids) if name and counts[name] == 1}


def _shift(before: Sequence[Cell], after: Sequence[Cell]) -> list[int]:
    """For each cell of a notebook its number after one place of it was edited."""
    room = min(len(before), len(after))
    start = next((n for n in range(room) if before[n].source != after[n].source), room)
    end = next(
        (n for n in range(room - start) if before[-1 - n].source != after[-1 - n].source), room - start
    )
    grown = len(after) - len(before)
    return [number + (grown if number >= len(before) - end else 0) for number in range(len(before))]
