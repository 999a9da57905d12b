"""Matching of two sequences of hashable elements, in order: what lines, cells and outputs are aligned with.

Pure: imports nothing but the bottom floor and knows nothing of notebooks. Three tools: `match` pairs equal
elements (anchors first, as in Bram Cohen's patience diff, then a longest common subsequence in the gaps),
`heaviest_chain` keeps the best in-order part of scored pairs, `gaps` says what lies between pairs. None of
them depends on hash seeds: every choice is made by position.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, MatchingBlock

from nbreview.cancellation import CancelToken

_LCS_BUDGET = 400_000_000
"""Cells of the bit-parallel LCS tables that one call may fill (one bit each: 50 MB, some 0.2 s)."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs of positions with equal elements, strictly increasing on both sides.

    `coarse` says that the budget ran out, so that more could have been matched.
    """

    pairs: tuple[tuple[int, int], ...]
    coarse: bool


class Gap(NamedTuple):
    """What lies between two neighbouring pairs: half-open ranges of both sides.

    A tuple, because a diff makes one for every block of every cell.
    """

    base_start: int
    base_end: int
    head_start: int
    head_end: int

    @property
    def area(self) -> int:
        """How many pairs the gap could hold."""
        return (self.base_end - self.base_start) * (self.head_end - self.head_start)


def match(base: Sequence[Hashable], head: Sequence[Hashable], cancel: CancelToken | None = None) -> Matching:
    """Pair equal elements in order.

    Elements that stand exactly once on both sides are anchors; the longest increasing run of them splits the
    problem, and what has no anchors left is solved by a longest common subsequence (Hyyrö's bit-parallel
    algorithm, as rapidfuzz implements it) as long as the budget lasts. Nearly linear for what people write.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    numbers: dict[Hashable, int] = {}  # what follows hashes an element often, and a tuple each time anew
    base_numbers = [numbers.setdefault(element, len(numbers)) for element in base]
    head_numbers = [numbers.setdefault(element, len(numbers)) for element in head]
    pairs: list[tuple[int, int]] = []
    budget = _LCS_BUDGET
    coarse = False
    work = [(0, len(base), 0, len(head))]
    while work:
        if cancel is not None:
            cancel.check()
        base_start, base_end, head_start, head_end = _trim(base_numbers, head_numbers, work.pop(), pairs)
        if base_end - base_start <= 1 >= head_end - head_start:
            continue  # nothing is left, or one element that became another
        first, second = base_numbers[base_start:base_end], head_numbers[head_start:head_end]
        anchors = _unique_anchors(first, second)
        if not anchors:
            if set(first).isdisjoint(second):
                continue
            cost = len(first) * len(second)
            if cost <= budget:
                budget -= cost if cost > 10_000 else 0
                for block in equal_blocks(first, second):
                    row, column = base_start + block.a, head_start + block.b
                    pairs.extend((row + step, column + step) for step in range(block.size))
                continue
            coarse = True
            anchors = _repeated_anchors(first, second)
            if not anchors:
                continue
        pairs.extend((base_start + row, head_start + column) for row, column in anchors)
        row, column = base_start, head_start
        for anchor_row, anchor_column in [*anchors, (len(first), len(second))]:
            if row < base_start + anchor_row and column < head_start + anchor_column:
                work.append((row, base_start + anchor_row, column, head_start + anchor_column))
            row, column = base_start + anchor_row + 1, head_start + anchor_column + 1
    pairs.sort()
    return Matching(tuple(pairs), coarse)


def equal_blocks(base: Sequence[Hashable], head: Sequence[Hashable]) -> list[MatchingBlock]:
    """The runs of a longest common subsequence, and behind them an empty one at both ends."""
    # Made from the edits: by way of opcodes the same takes twice as long.
    return LCSseq.editops(base, head).as_matching_blocks()


def heaviest_chain(candidates: Sequence[tuple[int, int, float]]) -> list[int]:
    """Positions of the candidates `(row, column, weight)` that form the heaviest strictly increasing chain.

    A Fenwick tree of prefix maxima over the columns makes it O(n log n). Weights are positive; equal ones are
    settled by position, earlier columns first.
    """
    if len(candidates) < 2 or all(
        left[0] < right[0] and left[1] < right[1] for left, right in pairwise(candidates)
    ):
        return list(range(len(candidates)))  # nothing crosses: by far the most frequent case
    order = sorted(range(len(candidates)), key=lambda k: (candidates[k][0], -candidates[k][1]))
    columns = {
        column: rank for rank, column in enumerate(sorted({candidate[1] for candidate in candidates}), 1)
    }
    size = len(columns)
    weights = [0.0] * (size + 1)
    holders = [-1] * (size + 1)
    previous = [-1] * len(candidates)
    best, last = 0.0, -1
    for k in order:
        _, column, weight = candidates[k]
        rank = columns[column]
        total, holder = 0.0, -1
        position = rank - 1
        while position:
            if weights[position] > total:
                total, holder = weights[position], holders[position]
            position &= position - 1
        previous[k] = holder
        total += weight
        if total > best:
            best, last = total, k
        position = rank
        while position <= size:
            if total > weights[position]:
                weights[position], holders[position] = total, k
            position += position & -position
    chain = []
    while last >= 0:
        chain.append(last)
        last = previous[last]
    chain.reverse()
    return chain


def gaps(
    pairs: Sequence[tuple[int, int]], base_length: int, head_length: int
) -> Iterator[tuple[Gap, tuple[int, int] | None]]:
    """Every stretch between in-order pairs together with the pair that ends it (None after the last)."""
    row = column = 0
    for pair in pairs:
        yield Gap(row, pair[0], column, pair[1]), pair
        row, column = pair[0] + 1, pair[1] + 1
    yield Gap(row, base_length, column, head_length), None


def _trim(
    first: list[int], second: list[int], work: tuple[int, int, int, int], pairs: list[tuple[int, int]]
) -> tuple[int, int, int, int]:
    """Pair the common beginning and end of a range and return what is left of it."""
    base_start, base_end, head_start, head_end = work
    while base_start < base_end and head_start < head_end and first[base_start] == second[head_start]:
        pairs.append((base_start, head_start))
        base_start += 1
        head_start += 1
    while base_start < base_end and head_start < head_end and first[base_end - 1] == second[head_end - 1]:
        base_end -= 1
        head_end -= 1
        pairs.append((base_end, head_end))
    return base_start, base_end, head_start, head_end


def _unique_anchors(first: list[int], second: list[int]) -> list[tuple[int, int]]:
    """The longest in-order run of elements that stand exactly once on both sides."""
    places, facing = _once(first), _once(second)
    pairs = [(row, facing[element]) for element, row in places.items() if element in facing]
    columns = [column for _, column in pairs]
    if columns == sorted(columns):
        return pairs
    return [pairs[k] for k in heaviest_chain([(row, column, 1.0) for row, column in pairs])]


def _once(elements: list[int]) -> dict[int, int]:
    """Where each element stands that stands once, in order."""
    places = {element: position for position, element in enumerate(elements)}
    if len(places) == len(elements):
        return places
    counts = Counter(elements)
    return {element: position for element, position in places.items() if counts[element] == 1}


def _repeated_anchors(first: list[int], second: list[int]) -> list[tuple[int, int]]:
    """The same for elements that stand equally often on both sides, the k-th facing the k-th.

    Right when nothing moved, and linear: what is left when a longest common subsequence would cost too much.
    """
    places: dict[int, list[int]] = {}
    for position, element in enumerate(second):
        places.setdefault(element, []).append(position)
    counts = Counter(first)
    seen: Counter[int] = Counter()
    candidates = []
    for row, element in enumerate(first):
        if counts[element] == len(places.get(element, ())):
            candidates.append((row, places[element][seen[element]], 1.0))
            seen[element] += 1
    return [candidates[k][:2] for k in heaviest_chain(candidates)]
