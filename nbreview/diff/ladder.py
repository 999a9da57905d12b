"""What is matched so far while two notebooks are aligned, and where to look next.

Pure: imports `evidence`, `sequence`, `similarity` and below. The rungs in `cells` climb it; it owns the
pairs, the clock and the gaps.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from nbreview.cancellation import CancelToken
from nbreview.diff.evidence import same_outputs
from nbreview.diff.sequence import heaviest_chain
from nbreview.diff.similarity import Likeness
from nbreview.notebook.model import Cell

_STEPS = 64
"""Comparisons between two looks at the clock."""


class TimeIsUp(Exception):
    """The budget of an alignment is spent; what is matched so far stands."""


class Ladder:
    """The pairs found so far; owned by one call of `align`.

    Parameters
    ----------
    base, head:
        The cells of each side.
    seconds:
        How long `poll` lets the work go on; None for ever.
    cancel:
        Polled together with the clock.
    clock:
        Seconds since whenever.
    """

    def __init__(
        self,
        base: Sequence[Cell],
        head: Sequence[Cell],
        seconds: float | None,
        cancel: CancelToken | None,
        clock: Callable[[], float],
    ) -> None:
        self.base = base
        self.head = head
        self.partner: dict[int, int] = {}
        self.taken: dict[int, int] = {}
        self.likeness = Likeness(base, head)
        self._chain: list[tuple[int, int]] = []
        self._chained = 0  # how many pairs there were when the chain was made
        self._gaps: list[tuple[list[int], list[int]]] = []
        self._gapped = -1  # the same for the gaps
        self.cancel = cancel
        self._clock = clock
        self._end = None if seconds is None else clock() + seconds
        self._steps = 0

    def take(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Accept pairs of cells that are both still free."""
        for row, column in pairs:
            if row not in self.partner and column not in self.taken:
                self.partner[row] = column
                self.taken[column] = row

    def poll(self) -> None:
        """Raise `Cancelled` when asked to stop and `TimeIsUp` when the budget is spent."""
        if self.cancel is not None:
            self.cancel.check()
        if self._end is not None and self._clock() >= self._end:
            raise TimeIsUp

    def step(self) -> None:
        """`poll`, once in a while."""
        self._steps += 1
        if self._steps % _STEPS == 0:
            self.poll()

    def chain(self) -> list[tuple[int, int]]:
        """The heaviest in-order chain of the pairs so far, weighed by the length of the sources."""
        if self._chained == len(self.partner):  # pairs are only ever added
            return self._chain
        pairs = sorted(self.partner.items())
        if any(left[1] > right[1] for left, right in pairwise(pairs)):
            weighed = [(row, column, self.weight(row, column)) for row, column in pairs]
            pairs = [pairs[k] for k in heaviest_chain(weighed)]
        self._chain, self._chained = pairs, len(self.partner)
        return pairs

    def weight(self, row: int, column: int) -> float:
        """How much there is to move of a pair."""
        return (len(self.base[row].source.strip()) + len(self.head[column].source.strip())) / 2 + 1.0

    def free(self) -> tuple[list[int], list[int]]:
        """The cells of each side that nothing is matched with."""
        return (
            [row for row in range(len(self.base)) if row not in self.partner],
            [column for column in range(len(self.head)) if column not in self.taken],
        )

    @cached_property
    def same_outputs(self) -> dict[int, int]:
        """Of the cells that are free when this is first asked, those that show the same as no other one."""
        return same_outputs(self.base, self.head, *self.free())

    def free_gaps(self) -> list[tuple[list[int], list[int]]]:
        """The free cells of both sides between neighbours, where both sides have some.

        Neighbours are two pairs that follow each other within something that moved as a whole, and then those
        of the chain.
        """
        if self._gapped == len(self.partner):  # as for the chain
            return self._gaps
        found = list(self._gaps_of_moved())
        row = column = 0
        for next_row, next_column in (*self.chain(), (len(self.base), len(self.head))):
            if row < next_row and column < next_column:
                rows = [place for place in range(row, next_row) if place not in self.partner]
                columns = [place for place in range(column, next_column) if place not in self.taken]
                if rows and columns:
                    found.append((rows, columns))
            row, column = next_row + 1, next_column + 1
        self._gaps, self._gapped = found, len(self.partner)
        return found

    def _gaps_of_moved(self) -> Iterator[tuple[list[int], list[int]]]:
        chain = set(self.chain())
        if len(chain) == len(self.partner):
            return
        columns_in_order = sorted(self.taken)
        rank = {column: place for place, column in enumerate(columns_in_order)}
        for left, right in pairwise(sorted(self.partner.items())):
            if left in chain and right in chain:
                continue
            if rank[right[1]] == rank[left[1]] + 1 and right[0] - left[0] > 1 and right[1] - left[1] > 1:
                yield list(range(left[0] + 1, right[0])), list(range(left[1] + 1, right[1]))

    def moved(self) -> list[tuple[int, int]]:
        """The pairs outside the chain, in base order."""
        chain = set(self.chain())
        return [pair for pair in sorted(self.partner.items()) if pair not in chain]

    def same_type(self, row: int, column: int) -> bool:
        """Whether two cells are of one type."""
        return self.base[row].cell_type is self.head[column].cell_type

    def worded(self, rows: Iterable[int], columns: Iterable[int]) -> tuple[list[int], list[int]]:
        """Those that are not blank."""
        return (
            [row for row in rows if self.base[row].source.strip()],
            [column for column in columns if self.head[column].source.strip()],
        )
