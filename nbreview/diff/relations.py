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
_PART = 0.25
"""Share of the longer cell that the shorter must make up, unless it begins it."""
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
    wanted = {column: _lines(head[column]) for column in added}
    missed = {row: _lines(base[row]) for row in removed}
    edited = [(row, column) for row, column in partner.items() if base[row].source != head[column].source]
    lost = _holding(((row, base[row], head[column]) for row, column in edited), wanted.values())
    gained = _holding(((column, head[column], base[row]) for row, column in edited), missed.values())
    split = {column: place for column, lines in wanted.items() if (place := _origin(lines, lost)) is not None}
    merged = {row: place for row, lines in missed.items() if (place := _origin(lines, gained)) is not None}
    rest = {column: lines for column, lines in wanted.items() if column not in split}
    copied = _copies(base, head, rest, partner)
    return Relations(
        {column: Relation(RelationKind.SPLIT, row) for column, row in split.items()}
        | {column: Relation(RelationKind.COPIED, row) for column, row in copied.items()},
        {row: Relation(RelationKind.MERGED, column) for row, column in merged.items()},
    )


def contained(base: Cell, head: Cell) -> float:
    """How large the part is that two cells share, 0 to 1, if the longer holds nearly every line of the other
    and these make a good part of it, or begin it.

    0 if not, or if their types differ.
    """
    if base.cell_type is not head.cell_type:
        return 0.0
    old, new = _all_lines(base), _all_lines(head)
    first, second, shared = _weight(old), _weight(new), _weight(old & new)
    if not shared or shared < _NEARLY_ALL * min(first, second):
        return 0.0
    part = shared / max(first, second)
    return part if part >= _PART or next(iter(old)) == next(iter(new)) else 0.0


def unique_lines(cells: Sequence[Cell]) -> dict[int, set[str]]:
    """The lines of each cell that say something and stand in no other cell."""
    where: dict[str, int] = {}
    for place, cell in enumerate(cells):
        for line in _lines(cell):
            where[line] = -1 if line in where else place
    found: dict[int, set[str]] = {}
    for line, place in where.items():
        if place >= 0:
            found.setdefault(place, set()).add(line)
    return found


def _all_lines(cell: Cell) -> Counter[str]:
    return Counter(line for line in map(str.strip, cell.source.split("\n")) if line)


def _lines(cell: Cell) -> Counter[str]:
    """The lines that say something, with how often each stands there."""
    return Counter(
        line for line in map(str.strip, cell.source.split("\n")) if line and not _COMMON.match(line)
    )


def _weight(lines: Counter[str]) -> int:
    return sum(len(line) * count for line, count in lines.items())


_Holders = Mapping[str, Sequence[tuple[int, int]]]
"""Which cells hold a line, and how often, in order."""


def _holding(cells: Iterable[tuple[int, Cell, Cell | None]], wanted: Iterable[Counter[str]]) -> _Holders:
    """Which cells hold lines that are wanted and that their partner, where one is given, does not hold."""
    asked = {line for lines in wanted for line in lines}
    found: dict[str, list[tuple[int, int]]] = {}
    if not asked:
        return found
    for place, cell, other in cells:
        # Most cells hold none of them; counting the lines of each costs more than looking.
        if asked.isdisjoint(map(str.strip, cell.source.split("\n"))):
            continue
        lines = _lines(cell) if other is None else _lines(cell) - _lines(other)
        for line in lines.keys() & asked:
            found.setdefault(line, []).append((place, lines[line]))
    return found


def _origin(lines: Counter[str], holders: _Holders) -> int | None:
    """The cell that holds at least half of these lines."""
    whole = _weight(lines)
    if not holders or whole < _SUBSTANCE:
        return None
    place, shared = _most_shared(lines, holders)
    return place if shared >= max(_SUBSTANCE, _HALF * whole) else None


def _most_shared(lines: Counter[str], holders: _Holders) -> tuple[int, int]:
    """The cell that shares most with these lines, by rare ones, and how much that is."""
    shares: dict[int, int] = {}
    for line, count in lines.items():
        having = holders.get(line, ())
        if len(having) <= _RARE:
            for place, times in having:
                shares[place] = shares.get(place, 0) + len(line) * min(count, times)
    return max(shares.items(), key=lambda share: (share[1], -share[0]), default=(-1, 0))


def _copies(
    base: Sequence[Cell], head: Sequence[Cell], added: Mapping[int, Counter[str]], partner: Mapping[int, int]
) -> dict[int, int]:
    """Added cells that repeat a base cell which is still there."""
    found: dict[int, int] = {}
    if not added:
        return found
    still = sorted(partner)
    holders = _holding(((row, base[row], None) for row in still), added.values())
    equal = {base[row].source: row for row in reversed(still)}
    for column, lines in added.items():
        if _weight(lines) < _SUBSTANCE:
            continue
        source = head[column].source
        if source in equal:
            found[column] = equal[source]
            continue
        row, shared = _most_shared(lines, holders)
        if shared and Indel.normalized_similarity(base[row].source, source) >= _NEAR_EQUAL:
            found[column] = row
    return found
