"""Which cell of the base is which cell of the head: a ladder from certain evidence to weak.

Pure: imports `sequence` and below. Each rung sees only what the rungs above left over, so the cost follows
what changed and never the square of the notebook:

1. equal ids that are unique on both sides, unless the sources contradict them;
2. equal sources, in order, between the pairs of rung 1;
3. similar sources, in order, inside the gaps;
4. equal or very similar sources anywhere: cells that were moved;
5. what little is left of a gap: faintly similar cells, blank ones and cells rewritten in place.

`moved` are the pairs outside the heaviest chain that keeps its order, weighed by the length of the sources.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nbreview.cancellation import CancelToken
from nbreview.diff.sequence import Gap, gaps, heaviest_chain, match
from nbreview.diff.similarity import Likeness
from nbreview.notebook.model import Cell

_GRID = 900
"""Pairs up to which a gap is compared all with all."""
_BAND = 3
"""Cells to either side of the diagonal that are compared in a larger gap."""
_MOVED = 0.7
"""Least similarity of a cell that was moved and edited."""
_FAINT = 0.4
"""Least similarity inside a gap once everything clearer has been paired."""

_IN_PLACE = 3
"""Cells of a gap that are taken as rewritten in place; a longer run of strangers is a removal and an
addition.
"""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of indices `(base, head)` in head order, and which of them changed their place."""

    pairs: tuple[tuple[int, int], ...]
    moved: frozenset[tuple[int, int]]


def align(
    base: Sequence[Cell],
    head: Sequence[Cell],
    *,
    similarity: float = 0.5,
    ids: bool = True,
    cancel: CancelToken | None = None,
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

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    state = _State(base, head, cancel)
    if ids:
        state.take(_by_id(state))
    state.take(_by_source(state))
    state.take(_in_gaps(state, similarity))
    state.take(_elsewhere(state, max(similarity, _MOVED)))
    state.take(_in_gaps(state, min(similarity, _FAINT)))
    state.take(_blank_in_gaps(state))
    state.take(_in_place(state))
    pairs = sorted(state.partner.items(), key=lambda pair: pair[1])
    chain = set(state.chain())
    return Alignment(tuple(pairs), frozenset(pair for pair in pairs if pair not in chain))


class _State:
    """What is matched so far; owned by one call of `align`."""

    def __init__(self, base: Sequence[Cell], head: Sequence[Cell], cancel: CancelToken | None) -> None:
        self.base = base
        self.head = head
        self.partner: dict[int, int] = {}
        self.taken: set[int] = set()
        self.likeness = Likeness(base, head)
        self._chain: list[tuple[int, int]] = []
        self._cancel = cancel
        self._chained = 0  # how many pairs there were when the chain was made

    def take(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Accept pairs of cells that are both still free."""
        for row, column in pairs:
            if row not in self.partner and column not in self.taken:
                self.partner[row] = column
                self.taken.add(column)
        self.poll()

    def poll(self) -> None:
        """Raise `Cancelled` when asked to stop."""
        if self._cancel is not None:
            self._cancel.check()

    def chain(self) -> list[tuple[int, int]]:
        """The heaviest in-order chain of the pairs so far."""
        if self._chained == len(self.partner):  # pairs are only ever added
            return self._chain
        pairs = sorted(self.partner.items())
        if any(left[1] > right[1] for left, right in pairwise(pairs)):
            weighed = [(row, column, len(self.head[column].source.strip()) + 1.0) for row, column in pairs]
            pairs = [pairs[k] for k in heaviest_chain(weighed)]
        self._chain, self._chained = pairs, len(self.partner)
        return pairs

    def free(self) -> tuple[list[int], list[int]]:
        """The cells of each side that nothing is matched with."""
        return (
            [row for row in range(len(self.base)) if row not in self.partner],
            [column for column in range(len(self.head)) if column not in self.taken],
        )

    def free_gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """The free cells of both sides between neighbours of the chain, where both sides have some."""
        for gap, _ in gaps(self.chain(), len(self.base), len(self.head)):
            if not gap.area:
                continue
            rows, columns = self.inside(gap)
            if rows and columns:
                yield rows, columns

    def inside(self, gap: Gap) -> tuple[list[int], list[int]]:
        """The free cells of one gap."""
        return (
            [row for row in range(gap.base_start, gap.base_end) if row not in self.partner],
            [column for column in range(gap.head_start, gap.head_end) if column not in self.taken],
        )

    def same_type(self, row: int, column: int) -> bool:
        """Whether two cells are of one type."""
        return self.base[row].cell_type is self.head[column].cell_type


def _key(cell: Cell) -> tuple[str, str]:
    return (cell.cell_type.value, cell.source)


# --- rung 1: ids --------------------------------------------------------------------------------------------


def _by_id(state: _State) -> Iterator[tuple[int, int]]:
    """Cells with one id on both sides. Ids lie after copying, so the sources may veto."""
    rows, columns = _unique_ids(state.base), _unique_ids(state.head)
    base_sources = Counter(_key(cell) for cell in state.base)
    head_sources = Counter(_key(cell) for cell in state.head)
    for identity, row in rows.items():
        column = columns.get(identity)
        if column is None or not state.same_type(row, column):
            continue
        old, new = state.base[row], state.head[column]
        if old.source != new.source:
            swapped = old.source.strip() and (head_sources[_key(old)] == 1 and base_sources[_key(old)] == 1)
            if swapped or state.likeness.contradicts(row, column):
                continue
        yield row, column


def _unique_ids(cells: Sequence[Cell]) -> dict[str, int]:
    counts = Counter(cell.id for cell in cells if cell.id is not None)
    return {cell.id: cell.index for cell in cells if cell.id is not None and counts[cell.id] == 1}


# --- rung 2: equal sources in order -------------------------------------------------------------------------


def _by_source(state: _State) -> list[tuple[int, int]]:
    """Equal cells in order, in each stretch between the pairs so far. Blank cells anchor nothing."""
    found: list[tuple[int, int]] = []
    for rows, columns in list(state.free_gaps()):
        rows = [row for row in rows if state.base[row].source.strip()]
        columns = [column for column in columns if state.head[column].source.strip()]
        matching = match(
            [_key(state.base[row]) for row in rows], [_key(state.head[column]) for column in columns]
        )
        found.extend((rows[first], columns[second]) for first, second in matching.pairs)
    return found


# --- rungs 3 and 5: similar sources inside gaps -------------------------------------------------------------


def _in_gaps(state: _State, least: float) -> list[tuple[int, int]]:
    """The heaviest in-order pairing of similar cells in every gap."""
    found: list[tuple[int, int]] = []
    for rows, columns in list(state.free_gaps()):
        state.poll()
        found.extend(_pair_gap(state, rows, columns, least))
    return found


def _pair_gap(state: _State, rows: list[int], columns: list[int], least: float) -> list[tuple[int, int]]:
    if len(rows) * len(columns) <= _GRID:
        return _chain_of(state, ((row, column) for row in rows for column in columns), least)
    # A large gap is first split at pairs that share rare lines or words; only what remains is compared.
    anchors = _chain_of(state, state.likeness.candidates(rows, columns), max(least, 0.5))
    found = list(anchors)
    places = {row: place for place, row in enumerate(rows)}
    head_places = {column: place for place, column in enumerate(columns)}
    split = [(places[row], head_places[column]) for row, column in anchors]
    for gap, _ in gaps(split, len(rows), len(columns)):
        if gap.area:
            inner = rows[gap.base_start : gap.base_end], columns[gap.head_start : gap.head_end]
            found.extend(_chain_of(state, _near_diagonal(*inner), least))
    return found


def _near_diagonal(rows: list[int], columns: list[int]) -> Iterator[tuple[int, int]]:
    whole = len(rows) * len(columns) <= _GRID
    for place, row in enumerate(rows):
        middle = place * len(columns) // len(rows)
        first, last = (0, len(columns)) if whole else (max(0, middle - _BAND), middle + _BAND + 1)
        for column in columns[first:last]:
            yield row, column


def _chain_of(state: _State, pairs: Iterable[tuple[int, int]], least: float) -> list[tuple[int, int]]:
    scored = [
        (row, column, score)
        for row, column in pairs
        if (score := state.likeness.score(row, column, least)) >= least and score > 0
    ]
    return [scored[k][:2] for k in heaviest_chain(scored)]


# --- rung 4: moved ------------------------------------------------------------------------------------------


def _elsewhere(state: _State, least: float) -> list[tuple[int, int]]:
    """Free cells that are equal or very similar, wherever they stand: best first."""
    rows, columns = state.free()
    rows = [row for row in rows if state.base[row].source.strip()]
    columns = [column for column in columns if state.head[column].source.strip()]
    found: list[tuple[int, int]] = []
    # Equal first; then equal but for the type: a cell that became Markdown keeps its source.
    for key in (_key, lambda cell: cell.source):
        found += _equal_anywhere(state, rows, columns, key)
        gone, used = {row for row, _ in found}, {column for _, column in found}
        rows = [row for row in rows if row not in gone]
        columns = [column for column in columns if column not in used]
    if len(rows) * len(columns) <= _GRID:
        pairs: Iterable[tuple[int, int]] = ((row, column) for row in rows for column in columns)
    else:
        pairs = state.likeness.candidates(rows, columns)
    scored = sorted(
        (-score, row, column)
        for row, column in pairs
        if (score := state.likeness.score(row, column, least)) >= least
        and state.likeness.substantial(row, column)
    )
    return found + [(row, column) for _, row, column in scored]


def _equal_anywhere(
    state: _State, rows: list[int], columns: list[int], key: Callable[[Cell], object]
) -> list[tuple[int, int]]:
    """The k-th free cell with one content to the k-th of the other side.

    A trifle that the notebook repeats (`plt.show()`) is left out: that it moved would be an accident.
    """
    repeated = Counter(key(cell) for cell in state.base) | Counter(key(cell) for cell in state.head)
    places: dict[object, list[int]] = {}
    for column in reversed(columns):
        places.setdefault(key(state.head[column]), []).append(column)
    found = []
    for row in rows:
        content = key(state.base[row])
        waiting = places.get(content)
        if waiting and (repeated[content] == 1 or state.likeness.substantial(row, waiting[-1])):
            found.append((row, waiting.pop()))
    return found


# --- rung 5: what is left of a gap --------------------------------------------------------------------------


def _blank_in_gaps(state: _State) -> list[tuple[int, int]]:
    """Blank cells of one type, in order inside each gap."""
    found: list[tuple[int, int]] = []
    for rows, columns in list(state.free_gaps()):
        rows = [row for row in rows if not state.base[row].source.strip()]
        columns = [column for column in columns if not state.head[column].source.strip()]
        types = match([state.base[row].cell_type for row in rows], [state.head[c].cell_type for c in columns])
        found.extend((rows[first], columns[second]) for first, second in types.pairs)
    return found


def _in_place(state: _State) -> list[tuple[int, int]]:
    """A small gap whose free cells agree in number and types: they were rewritten where they stand."""
    found: list[tuple[int, int]] = []
    for rows, columns in list(state.free_gaps()):
        if len(rows) == len(columns) <= _IN_PLACE and all(map(state.same_type, rows, columns)):
            found.extend(zip(rows, columns, strict=True))
    return found
