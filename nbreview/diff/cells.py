"""Which cell of the base is which cell of the head: a ladder from certain evidence to weak.

Pure: imports `ladder`, `relations` and below. Each rung sees only what the rungs above left over, so the cost
follows what changed and never the square of the notebook:

1. equal ids that are unique on both sides, if the ids can be trusted and the sources are alike;
2. equal sources, in order, between the pairs of rung 1;
3. similar sources, in order, inside the gaps;
4. equal or very similar sources anywhere: cells that were moved, and their companions;
5. equal ids of sources that are not alike;
6. what is left of a gap: faintly similar cells, cells of which the other holds every line, cells that changed
   their type, blank ones and the only ones of their type.

`moved` are the pairs outside the heaviest chain that keeps its order, weighed by the length of the sources.
Every choice is made by content and position; the two sides are put into an order of their own first, so that
aligning them the other way round gives the mirror image.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from nbreview.cancellation import CancelToken
from nbreview.diff.ladder import Ladder, TimeIsUp
from nbreview.diff.relations import NO_RELATIONS, Relations, contained, relate
from nbreview.diff.sequence import gaps, heaviest_chain, match
from nbreview.notebook.model import Cell, CellType

_Key = TypeVar("_Key")

_GRID = 400
"""Pairs up to which a gap is compared all with all."""
_BAND = 2
"""Cells to either side of the diagonal that are compared in a larger gap."""
_MOVED = 0.7
"""Least similarity of a cell that was moved and edited."""
_FAINT = 0.4
"""Least similarity inside a gap once everything clearer has been paired."""
_RETYPED = 0.7
"""Least similarity of a cell that was edited while it changed its type."""
_ID_ALONE = 0.3
"""Similarity under which an equal id waits until nothing better claims either cell."""
_IN_PLACE = 3
"""Cells of a gap that are taken as rewritten in place; a longer run of strangers is a removal and an
addition.
"""


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
        ladder.take(_by_position(ladder))
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
    if ids and _trustworthy(ladder):
        sure, waiting = _by_id(ladder)
        ladder.take(sure)
    ladder.take(_by_source(ladder))
    ladder.take(_in_gaps(ladder, similarity))
    ladder.take(_elsewhere(ladder, max(similarity, _MOVED)))
    _companions(ladder, similarity)
    ladder.take(waiting)
    ladder.take(_in_gaps(ladder, min(similarity, _FAINT)))
    ladder.take(_grown(ladder))
    ladder.take(_retyped(ladder))
    ladder.take(_blank_in_gaps(ladder))
    ladder.take(_in_place(ladder))


def _key(cell: Cell) -> tuple[str, str]:
    return (cell.cell_type.value, cell.source)


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
        rows, columns = _worded(ladder, rows, columns)
        matching = match(
            [_key(ladder.base[row]) for row in rows], [_key(ladder.head[column]) for column in columns]
        )
        found.extend((rows[first], columns[second]) for first, second in matching.pairs)
    return found


def _worded(ladder: Ladder, rows: Sequence[int], columns: Sequence[int]) -> tuple[list[int], list[int]]:
    """Those that are not blank."""
    return (
        [row for row in rows if ladder.base[row].source.strip()],
        [column for column in columns if ladder.head[column].source.strip()],
    )


# --- similar sources inside gaps ----------------------------------------------------------------------------


def _in_gaps(ladder: Ladder, least: float) -> list[tuple[int, int]]:
    """The heaviest in-order pairing of similar cells in every gap."""
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        ladder.poll()
        found.extend(_pair_gap(ladder, rows, columns, least))
    return found


def _pair_gap(ladder: Ladder, rows: list[int], columns: list[int], least: float) -> list[tuple[int, int]]:
    """A small gap is compared all with all; a large one is split at cells that share rare lines, then at
    those that share rare words, and what remains is compared along its diagonal.
    """
    found: list[tuple[int, int]] = []
    work = [(rows, columns, 0)]
    while work:
        rows, columns, stage = work.pop()
        if len(rows) * len(columns) <= _GRID:
            found += _chain_of(ladder, ((row, column) for row in rows for column in columns), least)
        elif stage == 2:
            found += _chain_of(ladder, _near_diagonal(rows, columns), least)
        else:
            pointing = ladder.likeness.sharing_words if stage else ladder.likeness.sharing_lines
            anchors = _chain_of(ladder, pointing(rows, columns), max(least, 0.5))
            found += anchors
            places = {row: place for place, row in enumerate(rows)}
            head_places = {column: place for place, column in enumerate(columns)}
            split = [(places[row], head_places[column]) for row, column in anchors]
            for gap, _ in gaps(split, len(rows), len(columns)):
                if gap.area:
                    inner = rows[gap.base_start : gap.base_end], columns[gap.head_start : gap.head_end]
                    work.append((*inner, stage + 1))
    return found


def _near_diagonal(rows: list[int], columns: list[int]) -> Iterator[tuple[int, int]]:
    for place, row in enumerate(rows):
        middle = place * len(columns) // len(rows)
        for column in columns[max(0, middle - _BAND) : middle + _BAND + 1]:
            yield row, column


def _chain_of(
    ladder: Ladder,
    pairs: Iterable[tuple[int, int]],
    least: float,
    score: Callable[[int, int], float] | None = None,
) -> list[tuple[int, int]]:
    """The heaviest in-order chain of the pairs whose score is enough."""
    scored: list[tuple[int, int, float]] = []
    score = score or ladder.likeness.score
    for row, column in pairs:
        ladder.step()
        likeness = score(row, column)
        if likeness >= least and likeness > 0:
            scored.append((row, column, likeness))
    return [scored[k][:2] for k in heaviest_chain(scored)]


# --- moved --------------------------------------------------------------------------------------------------


def _elsewhere(ladder: Ladder, least: float) -> list[tuple[int, int]]:
    """Free cells that are equal or very similar, wherever they stand: best first."""
    ladder.poll()
    rows, columns = _worded(ladder, *ladder.free())
    found: list[tuple[int, int]] = []
    # Equal first; then equal but for the type: a cell that became Markdown keeps its source.
    for key in (_key, lambda cell: cell.source):
        found += _equal_anywhere(ladder, rows, columns, key)
        gone, used = {row for row, _ in found}, {column for _, column in found}
        rows = [row for row in rows if row not in gone]
        columns = [column for column in columns if column not in used]
    pairs: Iterable[tuple[int, int]]
    if len(rows) * len(columns) <= _GRID:
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

    A trifle that the notebook repeats (`plt.show()`) is left out: that it moved would be an accident.
    """
    repeated = Counter(key(cell) for cell in ladder.base) | Counter(key(cell) for cell in ladder.head)
    places: dict[object, list[int]] = {}
    for column in reversed(columns):
        places.setdefault(key(ladder.head[column]), []).append(column)
    found = []
    for row in rows:
        content = key(ladder.base[row])
        waiting = places.get(content)
        if waiting and (repeated[content] == 1 or ladder.likeness.substantial(row, waiting[-1])):
            found.append((row, waiting.pop()))
    return found


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


# --- what is left of a gap ----------------------------------------------------------------------------------


def _grown(ladder: Ladder) -> list[tuple[int, int]]:
    """Cells of which the other holds nearly every line: parts of what was split, and cells that grew."""
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        ladder.poll()
        if len(rows) * len(columns) <= _GRID:
            pairs: Iterable[tuple[int, int]] = ((row, column) for row in rows for column in columns)
        else:
            pairs = ladder.likeness.sharing_lines(rows, columns)
        found += _chain_of(ladder, pairs, 0.0, lambda r, c: contained(ladder.base[r], ladder.head[c]))
    return found


def _retyped(ladder: Ladder) -> list[tuple[int, int]]:
    """Cells of different types that are similar."""
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        rows, columns = _worded(ladder, rows, columns)
        if len(rows) * len(columns) <= _GRID:
            pairs: Iterable[tuple[int, int]] = ((row, column) for row in rows for column in columns)
        else:
            pairs = ladder.likeness.sharing_words(rows, columns)
        found += _chain_of(ladder, pairs, _RETYPED, ladder.likeness.likeness)
    return found


def _blank_in_gaps(ladder: Ladder) -> list[tuple[int, int]]:
    """Blank cells of one type, in order inside each gap."""
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        rows = [row for row in rows if not ladder.base[row].source.strip()]
        columns = [column for column in columns if not ladder.head[column].source.strip()]
        types = match(
            [ladder.base[row].cell_type for row in rows], [ladder.head[c].cell_type for c in columns]
        )
        found.extend((rows[first], columns[second]) for first, second in types.pairs)
    return found


def _in_place(ladder: Ladder) -> list[tuple[int, int]]:
    """A small gap whose free cells agree in number and types: they were rewritten where they stand. The same
    for the only cell of its type on both sides of a gap.
    """
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        if len(rows) == len(columns) <= _IN_PLACE and all(map(ladder.same_type, rows, columns)):
            found.extend(zip(rows, columns, strict=True))
            continue
        alone: list[tuple[int, int, float]] = []
        for cell_type in CellType:
            own = [row for row in rows if ladder.base[row].cell_type is cell_type]
            facing = [column for column in columns if ladder.head[column].cell_type is cell_type]
            if len(own) == len(facing) == 1:
                alone.append((own[0], facing[0], ladder.weight(own[0], facing[0])))
        found.extend(alone[k][:2] for k in heaviest_chain(alone))
    return found


def _by_position(ladder: Ladder) -> list[tuple[int, int]]:
    """The k-th free cell of a gap to the k-th of the other side, where their types agree."""
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        found.extend(pair for pair in zip(rows, columns, strict=False) if ladder.same_type(*pair))
    return found
