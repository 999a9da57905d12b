"""Two tables by row and column, numbers with a tolerance.

Pure: imports `model`, `numbers`, `sequence` and `notebook.tables`. Columns are matched by their headers (of
all levels), rows by what they hold and by their index.
"""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.diff.model import TableDiff
from nbreview.diff.numbers import near_texts, read_number
from nbreview.diff.sequence import Gap, gaps, heaviest_chain, match
from nbreview.notebook.tables import Table, TableCell

_GRID = 2_500
"""Pairs up to which the replaced rows of a gap are compared all with all; more of them by position."""
_SAMPLE = 200
"""Rows by which two columns of different names are judged alike."""
_ALIKE = 0.5
"""Least share of equal cells of two rows, or columns, that are one, changed."""

_Pairs = tuple[tuple[int | None, int | None], ...]


def diff_tables(
    base: Table, head: Table, tolerance: float = 0.0, cancel: CancelToken | None = None
) -> TableDiff:
    """What differs between two tables.

    Parameters
    ----------
    tolerance:
        Relative difference up to which two numbers are equal; see `numbers.near_texts`.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    old, new = _Side(base, tolerance), _Side(head, tolerance)
    columns = _columns(old, new, cancel)
    shared = [(row, column) for row, column in columns if row is not None and column is not None]
    if cancel is not None:
        cancel.check()
    rows, coarse = _rows(old, new, shared, cancel)
    changed = set()
    for row, (top, bottom) in enumerate(rows):
        if top is None or bottom is None:
            continue
        if cancel is not None and row % 500 == 0:
            cancel.check()
        before, after = base.rows[top], head.rows[bottom]
        for column, (left, right) in enumerate(columns):
            if left is None or right is None:
                continue
            first, second = before[left], after[right]
            if first is not second and not near_texts(first.text, second.text, tolerance):
                changed.add((row, column))
    return TableDiff(base, head, rows, columns, frozenset(changed), coarse or base.cut or head.cut)


def table_changed(diff: TableDiff) -> bool:
    """Whether anything differs: a cell, a row, a column, or their order."""
    return bool(diff.changed) or not (_in_step(diff.rows) and _in_step(diff.columns))


def _in_step(pairs: _Pairs) -> bool:
    """Whether all of both sides is paired, in order."""
    return all(old is not None and old == new for old, new in pairs)


class _Side:
    """One table with what it is matched by."""

    def __init__(self, table: Table, tolerance: float) -> None:
        self.table = table
        self.headers = _header_rows(table)
        self.index = _index_columns(table, self.headers)
        self._digits = min(max(1, math.floor(-math.log10(tolerance))), 15) if 0 < tolerance < 1 else 0
        self._known: dict[str, str] = {}
        filled = [_filled(row) for row in table.rows[: max(self.headers - 1, 0)]]
        last = [[cell.text for cell in row] for row in table.rows[max(self.headers - 1, 0) : self.headers]]
        names = list(zip(*filled, *last, strict=True)) if self.headers else []
        self.names = _numbered([(place < self.index, *name) for place, name in enumerate(names)])

    def text(self, cell: TableCell) -> str:
        """A cell's text, a fraction rounded to what the tolerance leaves of it."""
        if not self._digits or ("." not in cell.text and "e" not in cell.text):
            return cell.text
        known = self._known.get(cell.text)
        if known is None:
            number = read_number(cell.text)
            known = cell.text
            if number is not None and not number.whole:
                known = f"{number.unit[0]}{number.value:.{self._digits}g}{number.unit[1]}"
            self._known[cell.text] = known
        return known

    def column(self, place: int) -> tuple[str, ...]:
        """The first cells of a column below the headers."""
        rows = self.table.rows[self.headers : self.headers + _SAMPLE]
        return tuple(self.text(row[place]) for row in rows)

    def row(self, number: int, places: Sequence[int]) -> tuple[str, ...]:
        """A row by some of its columns."""
        row = self.table.rows[number]
        return tuple([self.text(row[place]) for place in places])

    def labels(self) -> list[tuple[str, ...]]:
        """The index of every row below the headers; what a spanning cell leaves empty comes from above."""
        found: list[tuple[str, ...]] = []
        above: tuple[str, ...] = ("",) * self.index
        for row in self.table.rows[self.headers :]:
            label = [cell.text for cell in row[: self.index]]
            for level in range(len(label) - 1):
                if label[level]:
                    break
                label[level] = above[level]
            above = tuple(label)
            found.append(above)
        return found


def _header_rows(table: Table) -> int:
    """Rows at the top that hold nothing but headers."""
    count = 0
    for row in table.rows:
        if not all(cell.header for cell in row):
            break
        count += 1
    return count if count < len(table.rows) or count == 1 else 0


def _index_columns(table: Table, headers: int) -> int:
    """Columns at the left that hold nothing but headers."""
    body = table.rows[headers:]
    count = 0
    while body and count < table.columns - 1 and all(row[count].header for row in body):
        count += 1
    return count


def _filled(row: Sequence[TableCell]) -> list[str]:
    """The texts of a header row, each standing for the empty ones that it spans."""
    found: list[str] = []
    for cell in row:
        found.append(cell.text or (found[-1] if found else ""))
    return found


def _numbered(names: Sequence[Hashable]) -> list[Hashable]:
    """The names, equal ones told apart by how many there were before."""
    seen: Counter[Hashable] = Counter()
    found: list[Hashable] = []
    for name in names:
        found.append((name, seen[name]))
        seen[name] += 1
    return found


def _columns(base: _Side, head: _Side, cancel: CancelToken | None) -> _Pairs:
    """Columns by header, wherever they stand; those between them of other names by what they hold."""
    rows, columns = base.table.columns, head.table.columns
    if base.names and head.names:
        places = {name: place for place, name in enumerate(base.names)}
        pairs = {places[name]: place for place, name in enumerate(head.names) if name in places}
    else:
        first = [base.column(place) for place in range(rows)]
        second = [head.column(place) for place in range(columns)]
        pairs = dict(match(first, second, cancel).pairs)
    gone = [place for place in range(rows) if place not in pairs]
    taken = set(pairs.values())
    came = [place for place in range(columns) if place not in taken]
    if gone and came:
        pairs.update(_alike_columns(base, head, gone, came, named=bool(base.names and head.names)))
    return _in_head_order(pairs, rows, columns)


def _alike_columns(
    base: _Side, head: _Side, gone: list[int], came: list[int], *, named: bool
) -> list[tuple[int, int]]:
    if len(gone) * len(came) > _GRID or (not named and len(gone) == len(came)):
        return list(zip(gone, came, strict=False)) if not named else []
    texts = [base.column(place) for place in gone], [head.column(place) for place in came]
    candidates = []
    for row, before in enumerate(texts[0]):
        for column, after in enumerate(texts[1]):
            score = _share(before, after)
            if score >= _ALIKE and (gone[row] < base.index) == (came[column] < head.index):
                candidates.append((row, column, score))
    return [(gone[candidates[k][0]], came[candidates[k][1]]) for k in heaviest_chain(candidates)]


def _rows(
    base: _Side, head: _Side, shared: list[tuple[int, int]], cancel: CancelToken | None
) -> tuple[_Pairs, bool]:
    """Rows: headers by level, the others by all they hold, then by what they hold beside the index and by the
    index (labels of its own come first, a mere count last), then by likeness.
    """
    lefts, rights = [pair[0] for pair in shared], [pair[1] for pair in shared]
    first = [base.row(number, lefts) for number in range(base.headers, len(base.table.rows))]
    second = [head.row(number, rights) for number in range(head.headers, len(head.table.rows))]
    steps: list[tuple[Sequence[Hashable], Sequence[Hashable]]] = [(first, second)]
    labelled = bool(base.index and head.index)
    if labelled:
        beside = [k for k, (left, right) in enumerate(shared) if left >= base.index and right >= head.index]
        labels = base.labels(), head.labels()
        counted = all(label[-1].isdecimal() for side in labels for label in side)
        if beside:
            steps.append((_parts(first, beside), _parts(second, beside)))
        steps.insert(2 if counted else 1, labels)
    pairing = _Pairing(steps, labelled, cancel)
    pairing.pair(Gap(0, len(first), 0, len(second)), 0)
    found = pairing.found
    found.update(_moved(first, second, found))
    pairs = {number: number for number in range(min(base.headers, head.headers))}
    pairs.update({base.headers + row: head.headers + column for row, column in found.items()})
    return _in_head_order(pairs, len(base.table.rows), len(head.table.rows)), pairing.coarse


class _Pairing:
    """Pairs rows step by step, each step inside the gaps that the one before has left."""

    def __init__(
        self,
        steps: list[tuple[Sequence[Hashable], Sequence[Hashable]]],
        labelled: bool,
        cancel: CancelToken | None,
    ) -> None:
        self.steps = steps
        self.labelled = labelled
        self.cancel = cancel
        self.found: dict[int, int] = {}
        self.coarse = False

    def pair(self, gap: Gap, step: int) -> None:
        """Pair the rows of one gap, from this step on."""
        if not gap.area:
            return
        if step == len(self.steps):
            self._alike(gap)
            return
        base, head = self.steps[step]
        rows, columns = base[gap.base_start : gap.base_end], head[gap.head_start : gap.head_end]
        matching = match(rows, columns, self.cancel)
        self.coarse = self.coarse or matching.coarse
        for inner, pair in gaps(matching.pairs, len(rows), len(columns)):
            self.pair(
                Gap(
                    gap.base_start + inner.base_start,
                    gap.base_start + inner.base_end,
                    gap.head_start + inner.head_start,
                    gap.head_start + inner.head_end,
                ),
                step + 1,
            )
            if pair is not None:
                self.found[gap.base_start + pair[0]] = gap.head_start + pair[1]

    def _alike(self, gap: Gap) -> None:
        """What is left: as many rows without labels stand for each other, else those that are alike."""
        rows, columns = range(gap.base_start, gap.base_end), range(gap.head_start, gap.head_end)
        if gap.area > _GRID:
            self.coarse = True
        if gap.area > _GRID or (not self.labelled and len(rows) == len(columns)):
            self.found.update(zip(rows, columns, strict=False))
            return
        base, head = self.steps[0]
        candidates = []
        for row in rows:
            for column in columns:
                score = _share(base[row], head[column])
                if score >= _ALIKE:
                    candidates.append((row, column, score))
        self.found.update(candidates[k][:2] for k in heaviest_chain(candidates))


def _moved(base: Sequence[Hashable], head: Sequence[Hashable], found: Mapping[int, int]) -> dict[int, int]:
    """Rows that are left on both sides, hold the same and stand once: they stand elsewhere now."""
    taken = set(found.values())
    gone = Counter(row for number, row in enumerate(base) if number not in found)
    came = Counter(row for number, row in enumerate(head) if number not in taken)
    places = {row: number for number, row in enumerate(head) if number not in taken}
    return {
        number: places[row]
        for number, row in enumerate(base)
        if number not in found and gone[row] == came[row] == 1
    }


def _parts(rows: Sequence[tuple[str, ...]], places: Sequence[int]) -> list[tuple[str, ...]]:
    return [tuple([row[place] for place in places]) for row in rows]


def _share(base: Any, head: Any) -> float:
    """How many of the cells of two rows, or columns, are equal at their place."""
    longest = max(len(base), len(head))
    return sum(old == new for old, new in zip(base, head, strict=False)) / longest if longest else 0.0


def _in_head_order(pairs: Mapping[int, int], base_length: int, head_length: int) -> _Pairs:
    """All of both sides in head order; what is gone follows what it followed in the base."""
    partner = {new: old for old, new in pairs.items()}
    behind: dict[int, list[int]] = {}
    last = -1
    for place in range(base_length):
        if place in pairs:
            last = pairs[place]
        else:
            behind.setdefault(last, []).append(place)
    found: list[tuple[int | None, int | None]] = [(place, None) for place in behind.get(-1, ())]
    for place in range(head_length):
        found.append((partner.get(place), place))
        found.extend((old, None) for old in behind.get(place, ()))
    return tuple(found)
