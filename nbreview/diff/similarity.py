"""How much two cells' sources have in common, and which cells are worth comparing at all.

Pure: imports only `notebook` and below. Words are compared in order (a longest common subsequence over them),
characters as well; the mean of both separates an edited cell from a stranger better than either: code shares
punctuation with any other code, prose its letters. Very long sources are compared by how often each word
stands in them, so that no comparison costs more than the length of its texts.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from rapidfuzz.distance import Indel

from nbreview.notebook.model import Cell

_WORD = re.compile(r"\w+")
_CHARACTERS = 4_000
"""Characters beyond which only words are compared."""
_WORDS = 4_000
"""Words beyond which their order no longer counts."""
_LEAST = 0.3
"""Similarities below this need not be exact."""
_RARE = 3
"""Cells of one side that may hold a feature for it to point from one cell to another."""
_NEIGHBOURS = 2
"""Candidates kept for each cell."""
_LINE = 8
"""Characters of the shortest line that points from one cell to another."""


class Likeness:
    """Similarities between the cells of two notebooks, with what they need computed once a cell.

    `compared` counts the comparisons: the cost of an alignment.
    """

    def __init__(self, base: Sequence[Cell], head: Sequence[Cell]) -> None:
        self.compared = 0
        self._sides = (base, head)
        self._numbers: dict[str, int] = {}
        self._words: tuple[dict[int, str], dict[int, str]] = ({}, {})
        self._scores: dict[tuple[int, int], float] = {}

    def score(self, row: int, column: int) -> float:
        """Similarity of two cells of one type, 0 to 1.

        Blank cells and cells of different types are 0: place and an equal source speak for them.
        """
        if self._sides[0][row].cell_type is not self._sides[1][column].cell_type:
            return 0.0
        return self.likeness(row, column)

    def likeness(self, row: int, column: int) -> float:
        """Similarity of two sources, 0 to 1, whatever the cells' types; 0 for a blank one."""
        known = self._scores.get((row, column))
        if known is None:
            known = self._scores[row, column] = self._compare(row, column)
        return known

    def contradicts(self, row: int, column: int) -> bool:
        """Whether two sources have so little in common that an equal id must be a leftover of copying."""
        first, second = self._worded(0, row), self._worded(1, column)
        return min(len(first), len(second)) >= 8 and _in_order(first, second) < 0.05

    def words(self, side: int, place: int) -> int:
        """How many words a cell holds."""
        return len(self._worded(side, place))

    def substantial(self, row: int, column: int) -> bool:
        """Whether both cells hold enough words for a likeness far from their place to mean anything."""
        return min(self.words(0, row), self.words(1, column)) >= 4

    def sharing_lines(self, rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
        """Pairs that share lines which are rare on both sides, at most a few for each cell.

        The cost follows the length of the sources, not the number of pairs.
        """
        return _pointing(rows, columns, self._lines, len)

    def sharing_words(self, rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
        """The same for words."""
        for side, places in enumerate((rows, columns)):
            for place in places:
                self._worded(side, place)
        lengths = {_character(number): len(word) for word, number in self._numbers.items() if len(word) >= 3}
        return _pointing(
            rows,
            columns,
            lambda side, place: set(self._worded(side, place)) & lengths.keys(),
            lengths.__getitem__,
        )

    def _lines(self, side: int, place: int) -> set[str]:
        found = {line.strip() for line in self._sides[side][place].source.split("\n")}
        return {line for line in found if len(line) >= _LINE}

    def _compare(self, row: int, column: int) -> float:
        self.compared += 1
        base, head = self._sides[0][row].source, self._sides[1][column].source
        first, second = self._worded(0, row), self._worded(1, column)
        if not first and not second:
            old, new = base.strip(), head.strip()
            return float(Indel.normalized_similarity(old, new)) if old and new else 0.0
        by_words = _in_order(first, second)
        if max(len(base), len(head)) > _CHARACTERS:
            return by_words
        floor = max(0.0, 2 * _LEAST - by_words)
        return (by_words + float(Indel.normalized_similarity(base, head, score_cutoff=floor))) / 2

    def _worded(self, side: int, place: int) -> str:
        """The words of a cell, each as one character, so that comparing them is comparing short texts."""
        known = self._words[side].get(place)
        if known is None:
            numbers = self._numbers
            known = "".join(
                [
                    _character(numbers.setdefault(word, len(numbers)))
                    for word in _WORD.findall(self._sides[side][place].source)
                ]
            )
            self._words[side][place] = known
        return known


def _in_order(first: str, second: str) -> float:
    """Similarity of two texts by a longest common subsequence, or by counts where that would take long."""
    if min(len(first), len(second)) <= _WORDS:
        return float(Indel.normalized_similarity(first, second))
    common = sum((Counter(first) & Counter(second)).values())
    return 2 * common / (len(first) + len(second))


def _pointing(
    rows: Sequence[int],
    columns: Sequence[int],
    features: Callable[[int, int], Collection[str]],
    weight: Callable[[str], int],
) -> list[tuple[int, int]]:
    """The pairs that rare features vote for, sorted; of each cell the few with most votes."""
    holders, facing = _holders(0, rows, features), _holders(1, columns, features)
    votes: dict[tuple[int, int], int] = {}
    for feature, having in holders.items():
        others = facing.get(feature)
        if others is None or len(having) > _RARE or len(others) > _RARE:
            continue
        worth = weight(feature)
        for row in having:
            for column in others:
                votes[row, column] = votes.get((row, column), 0) + worth
    kept: set[tuple[int, int]] = set()
    for side in (0, 1):
        ranked: dict[int, list[tuple[int, int, tuple[int, int]]]] = {}
        for pair, worth in votes.items():
            off = abs((pair[0] - rows[0]) - (pair[1] - columns[0]))
            ranked.setdefault(pair[side], []).append((-worth, off, pair))
        for best in ranked.values():
            kept.update(pair for _, _, pair in sorted(best)[:_NEIGHBOURS])
    return sorted(kept)


def _holders(
    side: int, places: Iterable[int], features: Callable[[int, int], Collection[str]]
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place in places:
        for feature in features(side, place):
            if feature in found:
                found[feature].append(place)
            else:
                found[feature] = [place]
    return found


def _character(number: int) -> str:
    """A code point for a word's number, no surrogate; beyond a million words some share one."""
    point = number % 1_100_000
    return chr(point if point < 0xD800 else point + 0x800)
