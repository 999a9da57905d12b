"""Which cell of the base is which cell of the head: a ladder from certain evidence to weak.

Pure: imports `gaps`, `ladder`, `relations` and below. Each rung sees only what the rungs above left over, so
the cost follows what changed and never the square of the notebook:

1. equal ids that are unique on both sides, if the ids can be trusted and the sources are alike;
2. equal sources, in order, between the pairs of rung 1; then anywhere, if they stand once on either side;
3. similar sources, in order, inside the gaps; equal outputs speak for a pair;
4. equal or very similar sources anywhere: cells that were moved, and their companions;
5. equal ids of sources that are not alike;
6. what is left: faintly similar cells of a gap, cells of which the other holds nearly every line (anywhere if
   one of these stands nowhere else), cells that changed their type, those that define the same names, the
   headings of one level, blank ones, and the only ones of their type.

`moved` are the pairs outside the heaviest chain that keeps its order, weighed by the length of the sources.
Every choice is made by content and position; the two sides are put into an order of their own first, so that
aligning them the other way round gives the mirror image.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from nbreview.cancellation import CancelToken
from nbreview.diff.gaps import (
    GRID,
    blank_in_gaps,
    by_position,
    defining,
    entitled,
    grown,
    in_gaps,
    in_place,
    retyped,
)
from nbreview.diff.ladder import Ladder, TimeIsUp
from nbreview.diff.relations import NO_RELATIONS, Relations, contained, relate, unique_lines
from nbreview.diff.sequence import match
from nbreview.notebook.model import Cell

_Key = TypeVar("_Key")

_MOVED = 0.7
"""Least similarity of a cell that was moved and edited."""
_FAINT = 0.4
"""Least similarity inside a gap once everything clearer has been paired."""
_ID_ALONE = 0.3
"""Similarity under which an equal id waits until nothing better claims either cell."""
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of indices `(base, head)` in head order, and which of them changed their place.

    `relations` say where cells without a partner came from or went. `coarse`: the time budget ended, and what
    was left was paired by position.
    """

    pairs: tuple[tuple[int, int], ...]
    moved: frozenset[tuple[int, int]]
    relations: Relations = NO_RELATIONS
    coarse: bool = False


def align(
    base: Sequence[Cell],
    head: Sequence[Cell],
    *,
    similarity: float = 0.5,
    ids: bool = True,
    seconds: float | None = None,
    cancel: CancelToken | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Alignment:
    """Match the cells of two notebooks.

    Parameters
    ----------
    base, head:
        The cells of each side.
    similarity:
        Least similarity (0 to 1) of an edited cell that neither id nor place vouches for.
    ids:
        Whether equal cell ids are evidence.
    seconds:
        Time budget; past it the rest is paired by position. None is no budget.
    cancel:
        Polled every few dozen comparisons.
    clock:
        What tells the seconds.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    mirrored = _precedes(head, base, ids)
    ladder = Ladder(*((head, base) if mirrored else (base, head)), seconds, cancel, clock)
    try:
        _climb(ladder, similarity, ids)
        coarse = False
    except TimeIsUp:
        ladder.take(by_position(ladder))
        coarse = True
    pairs, moved = ladder.partner.items(), ladder.moved()
    if mirrored:
        pairs, moved = ladder.taken.items(), [(column, row) for row, column in moved]
    partner = dict(pairs)
    return Alignment(
        tuple(sorted(partner.items(), key=lambda pair: pair[1])),
        frozenset(moved),
        NO_RELATIONS if coarse else relate(base, head, partner),
        coarse,
    )


def _precedes(first: Sequence[Cell], second: Sequence[Cell], ids: bool) -> bool:
    """Whether the first side comes before the second in an order that depends on nothing but the cells."""
    for left, right in zip(first, second, strict=False):
        one = (left.cell_type.value, left.source, (left.id or "") if ids else "")
        other = (right.cell_type.value, right.source, (right.id or "") if ids else "")
        if one != other:
            return one < other
    return len(first) < len(second)


def _climb(ladder: Ladder, similarity: float, ids: bool) -> None:
    """All rungs, from the top."""
    ladder.poll()
    waiting: list[tuple[int, int]] = []
    if ids and any(cell.id is not None for cell in ladder.base) and _trustworthy(ladder):
        sure, waiting = _by_id(ladder)
        ladder.take(sure)
    ladder.take(_by_source(ladder))
    ladder.take(_equal_once(ladder))
    ladder.take(in_gaps(ladder, similarity))
    ladder.take(_elsewhere(ladder, max(similarity, _MOVED)))
    _companions(ladder, similarity)
    ladder.take(waiting)
    ladder.take(in_gaps(ladder, min(similarity, _FAINT), again=True))
    ladder.take(_vouched(ladder))
    ladder.take(grown(ladder))
    ladder.take(retyped(ladder))
    ladder.take(defining(ladder))
    ladder.take(entitled(ladder))
    ladder.take(blank_in_gaps(ladder))
    ladder.take(_only_blank(ladder))
    ladder.take(in_place(ladder))


def _key(cell: Cell) -> tuple[str, str]:
    return (cell.cell_type, cell.source)


# --- ids ----------------------------------------------------------------------------------------------------


def _trustworthy(ladder: Ladder) -> bool:
    """Whether the ids agree with the cells that stand unchanged and once on both sides.

    A tool that numbers cells anew gives every cell the id of another one.
    """
    rows, columns = _unique(map(_key, ladder.base)), _unique(map(_key, ladder.head))
    base_ids, head_ids = {cell.id for cell in ladder.base}, {cell.id for cell in ladder.head}
    agree = disagree = 0
    for key, row in rows.items():
        column = columns.get(key)
        if column is None or not key[1].strip():
            continue
        old, new = ladder.base[row].id, ladder.head[column].id
        if old is not None and old == new:
            agree += 1
        elif (old is not None and old in head_ids) or (new is not None and new in base_ids):
            disagree += 1
    return agree >= disagree


def _by_id(ladder: Ladder) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Cells of one type with one id on both sides: those that are alike, and those that may wait.

    Ids lie after copying, so the sources may veto.
    """
    rows = _unique(cell.id for cell in ladder.base)
    columns = _unique(cell.id for cell in ladder.head)
    base_sources, head_sources = Counter(map(_key, ladder.base)), Counter(map(_key, ladder.head))
    sure: list[tuple[int, int]] = []
    waiting: list[tuple[int, int]] = []
    for identity, row in rows.items():
        column = columns.get(identity)
        if identity is None or column is None or not ladder.same_type(row, column):
            continue
        ladder.step()
        old, new = ladder.base[row], ladder.head[column]
        if old.source == new.source:
            sure.append((row, column))
            continue
        copied = any(
            cell.source.strip() and base_sources[_key(cell)] == head_sources[_key(cell)] == 1
            for cell in (old, new)
        )
        if copied or ladder.likeness.contradicts(row, column):
            continue
        alike = (
            not ladder.likeness.substantial(row, column) or ladder.likeness.score(row, column) >= _ID_ALONE
        )
        (sure if alike else waiting).append((row, column))
    return sure, waiting


def _unique(keys: Iterable[_Key]) -> dict[_Key, int]:
    """Where each key stands that stands once."""
    places: dict[_Key, int] = {}
    twice = set()
    for place, key in enumerate(keys):
        if key in places:
            twice.add(key)
        places[key] = place
    return {key: place for key, place in places.items() if key not in twice}


# --- equal sources in order ---------------------------------------------------------------------------------


def _by_source(ladder: Ladder) -> list[tuple[int, int]]:
    """Equal cells in order, in each stretch between the pairs so far. Blank cells anchor nothing."""
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        rows, columns = ladder.worded(rows, columns)
        matching = match(
            [_key(ladder.base[row]) for row in rows],
            [_key(ladder.head[column]) for column in columns],
            ladder.cancel,
        )
        found.extend((rows[first], columns[second]) for first, second in matching.pairs)
    return found


def _equal_once(ladder: Ladder) -> list[tuple[int, int]]:
    """Equal free cells that stand once on either side, wherever: no cell that is merely similar may take
    their place where a section of similar cells was put into another order.
    """
    rows, columns = _unique(map(_key, ladder.base)), _unique(map(_key, ladder.head))
    return [
        (row, columns[key])
        for key, row in rows.items()
        if row not in ladder.partner
        and key in columns
        and columns[key] not in ladder.taken
        and ladder.likeness.substantial(row, columns[key])
    ]


# --- moved --------------------------------------------------------------------------------------------------


def _elsewhere(ladder: Ladder, least: float) -> list[tuple[int, int]]:
    """Free cells that are equal or very similar, wherever they stand: best first."""
    ladder.poll()
    rows, columns = ladder.worded(*ladder.free())
    found: list[tuple[int, int]] = []
    # Equal first; then equal but for the type: a cell that became Markdown keeps its source.
    for key in (_key, lambda cell: cell.source):
        found += _equal_anywhere(ladder, rows, columns, key)
        gone, used = {row for row, _ in found}, {column for _, column in found}
        rows = [row for row in rows if row not in gone]
        columns = [column for column in columns if column not in used]
    pairs: Iterable[tuple[int, int]]
    if len(rows) * len(columns) <= GRID:
        pairs = ((row, column) for row in rows for column in columns)
    else:
        likeness = ladder.likeness
        pairs = sorted({*likeness.sharing_lines(rows, columns), *likeness.sharing_words(rows, columns)})
    scored = []
    for row, column in pairs:
        ladder.step()
        score = ladder.likeness.score(row, column)
        if score >= least and ladder.likeness.substantial(row, column):
            scored.append((-score, row, column))
    return found + [(row, column) for _, row, column in sorted(scored)]


def _equal_anywhere(
    ladder: Ladder, rows: list[int], columns: list[int], key: Callable[[Cell], object]
) -> list[tuple[int, int]]:
    """The k-th free cell with one content to the k-th of the other side.

    A trifle (`plt.show()`) of which there is more or less than before is left out: that it moved would be an
    accident.
    """
    old, new = Counter(map(key, ladder.base)), Counter(map(key, ladder.head))
    places: dict[object, list[int]] = {}
    for column in reversed(columns):
        places.setdefault(key(ladder.head[column]), []).append(column)
    found = []
    for row in rows:
        content = key(ladder.base[row])
        waiting = places.get(content)
        if waiting and (old[content] == new[content] or ladder.likeness.substantial(row, waiting[-1])):
            found.append((row, waiting.pop()))
    return found


def _only_blank(ladder: Ladder) -> list[tuple[int, int]]:
    """The blank cell of either side, where there is but one."""
    rows = [row for row, cell in enumerate(ladder.base) if not cell.source.strip()]
    columns = [column for column, cell in enumerate(ladder.head) if not cell.source.strip()]
    if len(rows) == len(columns) == 1 and ladder.same_type(rows[0], columns[0]):
        return [(rows[0], columns[0])]
    return []


def _vouched(ladder: Ladder) -> list[tuple[int, int]]:
    """Free cells that share a line which stands nowhere else, if one holds nearly every line of the other."""
    ladder.poll()
    rows, columns = ladder.free()
    pairs = ladder.likeness.sharing_lines(rows, columns)
    if not pairs:
        return []
    lines = unique_lines(ladder.base), unique_lines(ladder.head)
    scored = []
    for row, column in pairs:
        ladder.step()
        part = contained(ladder.base[row], ladder.head[column])
        if part and not lines[0].get(row, _NOTHING).isdisjoint(lines[1].get(column, _NOTHING)):
            scored.append((-part, row, column))
    return [(row, column) for _, row, column in sorted(scored)]


def _companions(ladder: Ladder, least: float) -> None:
    """Whatever stands beside a moved cell on both sides and is equal or similar came along with it."""
    for step in (1, -1):
        for row, column in ladder.moved()[::step]:
            while True:
                row, column = row + step, column + step
                if not (0 <= row < len(ladder.base) and 0 <= column < len(ladder.head)):
                    break
                if row in ladder.partner or column in ladder.taken:
                    break
                ladder.step()
                equal = _key(ladder.base[row]) == _key(ladder.head[column])
                if not equal and ladder.likeness.score(row, column) < least:
                    break
                ladder.take([(row, column)])
