"""Where a cell that stands on one side only came from or went: split, merged and copied cells.

Pure: imports `model` and below; knows nothing of how cells are matched. Works by whole lines, ignoring their
indentation: a line counts by its length, an import and a line of punctuation not at all, so that no relation
rests on what any cell might hold. The cost follows the length of the sources.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from nbreview.diff.model import Relation, RelationKind
from nbreview.notebook.model import Cell

_HALF = 0.5
"""Share of a cell that must have come out of the other."""
_NEARLY_ALL = 0.8
"""Share of the shorter cell that must stand in the longer one for it to be contained."""
_NEAR_EQUAL = 0.85
"""Least similarity of a copy."""
_SUBSTANCE = 16
"""Characters that a relation must rest on."""
_RARE = 3
"""Cells that may hold a line for it to say where it came from."""

_COMMON = re.compile(r"(?:import|from|library|require|using|#include)\b|[%!]\s*pip\b|\W*$")


@dataclass(frozen=True, slots=True)
class Relations:
    """What is known of added cells (by head index) and of removed ones (by base index)."""

    added: Mapping[int, Relation] = field(default_factory=dict)
    removed: Mapping[int, Relation] = field(default_factory=dict)


NO_RELATIONS = Relations()


def relate(base: Sequence[Cell], head: Sequence[Cell], partner: Mapping[int, int]) -> Relations:
    """Relations of the cells without a partner.

    Parameters
    ----------
    base, head:
        The cells of each side.
    partner:
        The head cell of each base cell that has one.
    """
    taken = set(partner.values())
    added = [column for column in range(len(head)) if column not in taken]
    removed = [row for row in range(len(base)) if row not in partner]
    if not partner or not (added or removed):
        return NO_RELATIONS
    edited = [
        (row, column, _lines(base[row]), _lines(head[column]))
        for row, column in partner.items()
        if base[row].source != head[column].source
    ]
    lost = _index((row, old - new) for row, _, old, new in edited)
    gained = _index((column, new - old) for _, column, old, new in edited)
    merged = {row: origin for row in removed if (origin := _origin(base[row], gained)) is not None}
    split = {column: origin for column in added if (origin := _origin(head[column], lost)) is not None}
    copied = _copies(base, head, [column for column in added if column not in split], partner)
    return Relations(
        {column: Relation(RelationKind.SPLIT, row) for column, row in split.items()}
        | {column: Relation(RelationKind.COPIED, row) for column, row in copied.items()},
        {row: Relation(RelationKind.MERGED, column) for row, column in merged.items()},
    )


def contained(base: Cell, head: Cell) -> float:
    """How large the part is that two cells share, 0 to 1, if the longer holds nearly every line of the other.

    0 if it does not, or if their types differ.
    """
    if base.cell_type is not head.cell_type:
        return 0.0
    old, new = _all_lines(base), _all_lines(head)
    first, second, shared = _weight(old), _weight(new), _weight(old & new)
    if not shared or shared < _NEARLY_ALL * min(first, second):
        return 0.0
    return shared / max(first, second)


def _all_lines(cell: Cell) -> Counter[str]:
    return Counter(line for line in map(str.strip, cell.source.split("\n")) if line)


def _lines(cell: Cell) -> Counter[str]:
    """The lines that say something, with how often each stands there."""
    return Counter(
        line for line in map(str.strip, cell.source.split("\n")) if line and not _COMMON.match(line)
    )


def _weight(lines: Counter[str]) -> int:
    return sum(len(line) * count for line, count in lines.items())


def _index(cells: Iterable[tuple[int, Counter[str]]]) -> dict[str, list[tuple[int, int]]]:
    """Which cells hold a line, and how often, in order."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, lines in cells:
        for line, count in lines.items():
            found.setdefault(line, []).append((place, count))
    return found


def _origin(cell: Cell, holders: Mapping[str, Sequence[tuple[int, int]]]) -> int | None:
    """The cell that at least half of this one's lines are held by."""
    lines = _lines(cell)
    if not holders or _weight(lines) < _SUBSTANCE:
        return None
    place, shared = _most_shared(lines, holders)
    if shared < max(_SUBSTANCE, _HALF * _weight(lines)):
        return None
    return place


def _most_shared(lines: Counter[str], holders: Mapping[str, Sequence[tuple[int, int]]]) -> tuple[int, int]:
    """The cell that shares most with these lines, by rare ones, and how much that is."""
    shares: dict[int, int] = {}
    for line, count in lines.items():
        having = holders.get(line, ())
        if len(having) <= _RARE:
            for place, times in having:
                shares[place] = shares.get(place, 0) + len(line) * min(count, times)
    return max(shares.items(), key=lambda share: (share[1], -share[0]), default=(-1, 0))


def _copies(
    base: Sequence[Cell], head: Sequence[Cell], added: Sequence[int], partner: Mapping[int, int]
) -> dict[int, int]:
    """Added cells that repeat a base cell which is still there."""
    found: dict[int, int] = {}
    if not added:
        return found
    lined = [(row, _lines(base[row])) for row in sorted(partner)]
    holders = _index(lined)
    equal: dict[str, int] = {}
    for row, _ in lined:
        equal.setdefault(base[row].source, row)
    for column in added:
        cell = head[column]
        lines = _lines(cell)
        if _weight(lines) < _SUBSTANCE:
            continue
        if cell.source in equal:
            found[column] = equal[cell.source]
            continue
        row, shared = _most_shared(lines, holders)
        if 2 * shared < _weight(lines):
            continue
        if Indel.normalized_similarity(base[row].source, cell.source) >= _NEAR_EQUAL:
            found[column] = row
    return found
