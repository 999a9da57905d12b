"""Pairing what lies between matched cells, from similar sources to mere place.

Pure: imports `evidence`, `ladder`, `relations` and below. Every function looks at the gaps as they are and
returns pairs for the ladder to take; none compares more cells than grow with the length of a gap.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from nbreview.diff.evidence import same_definitions, same_levels
from nbreview.diff.ladder import Ladder
from nbreview.diff.relations import contained
from nbreview.diff.sequence import gaps, heaviest_chain, match
from nbreview.notebook.model import CellType

GRID = 400
"""Pairs up to which a gap is compared all with all."""
_BAND = 2
"""Cells to either side of the diagonal that are compared in a larger gap."""
_RETYPED = 0.7
"""Least similarity of a cell that was edited while it changed its type."""
_SAME_OUTPUTS = 0.3
"""What equal outputs add to a similarity."""
_DEFINED = 0.5
"""Least share of the names defined in one cell only that must agree."""
_IN_PLACE = 3
"""Cells of a gap that are taken as rewritten in place; a longer run of strangers is a removal and an
addition.
"""


def in_gaps(ladder: Ladder, least: float, again: bool = False) -> list[tuple[int, int]]:
    """The heaviest in-order pairing of similar cells in every gap.

    `least` is the least similarity; `again` says that the large gaps were split before.
    """
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        ladder.poll()
        found.extend(_pair_gap(ladder, rows, columns, least, 2 if again else 0))
    return found


def _pair_gap(
    ladder: Ladder, rows: list[int], columns: list[int], least: float, stage: int
) -> list[tuple[int, int]]:
    """A small gap is compared all with all; a large one is split at cells that share rare lines, then at
    those that share rare words, and what remains is compared along its diagonal.
    """
    found: list[tuple[int, int]] = []
    work = [(rows, columns, stage)]
    while work:
        rows, columns, stage = work.pop()
        if len(rows) * len(columns) <= GRID:
            found += chain_of(ladder, ((row, column) for row in rows for column in columns), least)
        elif stage == 2:
            found += chain_of(ladder, _near_diagonal(rows, columns), least)
        else:
            pointing = ladder.likeness.sharing_words if stage else ladder.likeness.sharing_lines
            anchors = chain_of(ladder, pointing(rows, columns), max(least, 0.5))
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


def chain_of(
    ladder: Ladder,
    pairs: Iterable[tuple[int, int]],
    least: float,
    score: Callable[[int, int], float] | None = None,
) -> list[tuple[int, int]]:
    """The heaviest in-order chain of the pairs whose score is enough.

    Squares weigh, so that two half-similar pairs do not displace a nearly equal one.
    """
    scored: list[tuple[int, int, float]] = []
    score = score or _alike(ladder)
    for row, column in pairs:
        ladder.step()
        likeness = score(row, column)
        if likeness >= least and likeness > 0:
            scored.append((row, column, likeness * likeness))
    return [scored[k][:2] for k in heaviest_chain(scored)]


def _alike(ladder: Ladder) -> Callable[[int, int], float]:
    """The similarity of two cells; more if they show the same and nobody else does: a cell that was rewritten
    and not run again.
    """
    score, shows = ladder.likeness.score, ladder.same_outputs
    if not shows:
        return score
    return lambda row, column: score(row, column) + (_SAME_OUTPUTS if shows.get(row) == column else 0.0)


def grown(ladder: Ladder) -> list[tuple[int, int]]:
    """Cells of which the other holds nearly every line: parts of what was split, and cells that grew."""

    def part(row: int, column: int) -> float:
        return contained(ladder.base[row], ladder.head[column])

    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        pairs = promising(ladder, rows, columns, ladder.likeness.sharing_lines)
        found += chain_of(ladder, pairs, 0.0, part)
    return found


def defining(ladder: Ladder) -> list[tuple[int, int]]:
    """Cells of a gap that define the same names, which no other cell defines."""
    gaps_now = ladder.free_gaps()
    if not gaps_now:
        return []
    shares = same_definitions(ladder.base, ladder.head)
    facing: dict[int, list[int]] = {}
    for row, column in shares:
        facing.setdefault(row, []).append(column)
    found: list[tuple[int, int]] = []
    for rows, columns in gaps_now:
        inside = set(columns)
        pairs = ((row, column) for row in rows for column in facing.get(row, ()) if column in inside)
        found += chain_of(ladder, pairs, _DEFINED, lambda row, column: shares[row, column])
    return found


def entitled(ladder: Ladder) -> list[tuple[int, int]]:
    """The only headings of their level in a gap: a section that was given another title."""
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        facing = same_levels(ladder.base, ladder.head, rows, columns)
        weighed = [(row, column, ladder.weight(row, column)) for row, column in facing.items()]
        found.extend(weighed[k][:2] for k in heaviest_chain(weighed))
    return found


def retyped(ladder: Ladder) -> list[tuple[int, int]]:
    """Cells of different types that are similar."""
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        types = {ladder.base[row].cell_type for row in rows} | {ladder.head[c].cell_type for c in columns}
        if len(types) > 1:
            pairs = promising(ladder, rows, columns, ladder.likeness.sharing_words)
            found += chain_of(ladder, pairs, _RETYPED, ladder.likeness.likeness)
    return found


def promising(
    ladder: Ladder,
    rows: list[int],
    columns: list[int],
    sharing: Callable[[Sequence[int], Sequence[int]], list[tuple[int, int]]],
) -> Iterable[tuple[int, int]]:
    """All pairs of a small gap; of a large one those that share something, asked once for the notebook."""
    if len(rows) * len(columns) <= GRID:
        return ((row, column) for row in rows for column in columns)
    own, facing = set(rows), set(columns)
    return [(row, column) for row, column in sharing(*ladder.free()) if row in own and column in facing]


def blank_in_gaps(ladder: Ladder) -> list[tuple[int, int]]:
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


def in_place(ladder: Ladder) -> list[tuple[int, int]]:
    """A small gap whose free cells agree in number and types: they were rewritten where they stand. The same
    for the only cell of its type on both sides of a gap, and for what agrees once blank cells are left out.
    """
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        if _agree(ladder, rows, columns):
            found.extend(zip(rows, columns, strict=True))
            continue
        alone: list[tuple[int, int, float]] = []
        for cell_type in CellType:
            own = [row for row in rows if ladder.base[row].cell_type is cell_type]
            facing = [column for column in columns if ladder.head[column].cell_type is cell_type]
            if len(own) == len(facing) == 1:
                alone.append((own[0], facing[0], ladder.weight(own[0], facing[0])))
        if alone:
            found.extend(alone[k][:2] for k in heaviest_chain(alone))
            continue
        rows, columns = ladder.worded(rows, columns)
        if _agree(ladder, rows, columns):
            found.extend(zip(rows, columns, strict=True))
    return found


def _agree(ladder: Ladder, rows: list[int], columns: list[int]) -> bool:
    return len(rows) == len(columns) <= _IN_PLACE and all(map(ladder.same_type, rows, columns))


def by_position(ladder: Ladder) -> list[tuple[int, int]]:
    """The k-th free cell of a gap to the k-th of the other side, where their types agree."""
    found: list[tuple[int, int]] = []
    for rows, columns in ladder.free_gaps():
        found.extend(pair for pair in zip(rows, columns, strict=False) if ladder.same_type(*pair))
    return found
