"""How much two cells' sources have in common, and which cells are worth comparing at all.

Pure: imports only `notebook` and below. Words are compared in order (a longest common subsequence over them),
characters as well; the mean of both separates an edited cell from a stranger better than either: code shares
punctuation with any other code, prose its letters.
"""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from nbreview.notebook.model import Cell

_WORD = re.compile(r"\w+")
_LONG = 4_000
"""Characters beyond which only words are compared."""
_RARE = 3
"""Cells of one side that may hold a feature for it to point from one cell to another."""
_NEIGHBOURS = 3
"""Candidates kept for each cell."""


class Likeness:
    """Similarities between the cells of two notebooks, with what they need computed once a cell."""

    def __init__(self, base: Sequence[Cell], head: Sequence[Cell]) -> None:
        self._sides = (base, head)
        self._numbers: dict[str, int] = {}
        self._words: tuple[dict[int, str], dict[int, str]] = ({}, {})

    def score(self, row: int, column: int, least: float = 0.0) -> float:
        """Similarity of two cells of one type, 0 to 1; exact only if it reaches `least`.

        Blank cells and cells of different types are 0: place and an equal source speak for them.
        """
        base, head = self._sides[0][row], self._sides[1][column]
        if base.cell_type is not head.cell_type:
            return 0.0
        first, second = self._worded(0, row), self._worded(1, column)
        if not first and not second:
            old, new = base.source.strip(), head.source.strip()
            return float(Indel.normalized_similarity(old, new)) if old and new else 0.0
        by_words = float(Indel.normalized_similarity(first, second))
        if max(len(base.source), len(head.source)) > _LONG or (by_words + 1) / 2 < least:
            return by_words
        floor = max(0.0, 2 * least - by_words)
        by_characters = Indel.normalized_similarity(base.source, head.source, score_cutoff=floor)
        return (by_words + float(by_characters)) / 2

    def contradicts(self, row: int, column: int) -> bool:
        """Whether two sources have so little in common that an equal id must be a leftover of copying."""
        first, second = self._worded(0, row), self._worded(1, column)
        return min(len(first), len(second)) >= 8 and Indel.normalized_similarity(first, second) < 0.05

    def substantial(self, row: int, column: int) -> bool:
        """Whether both cells hold enough words for a likeness far from their place to mean anything."""
        return min(len(self._worded(0, row)), len(self._worded(1, column))) >= 4

    def candidates(self, rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
        """Pairs that share lines or words which are rare on both sides, at most a few for each cell.

        The cost follows the length of the sources, not the number of pairs.
        """
        holders = self._holders(0, rows)
        others = self._holders(1, columns)
        votes: dict[tuple[int, int], int] = {}
        for feature, having in holders.items():
            facing = others.get(feature)
            if facing is None or len(having) > _RARE or len(facing) > _RARE:
                continue
            for row in having:
                for column in facing:
                    votes[row, column] = votes.get((row, column), 0) + len(feature)
        kept: set[tuple[int, int]] = set()
        for side in (0, 1):
            ranked: dict[int, list[tuple[int, tuple[int, int]]]] = {}
            for pair, weight in votes.items():
                ranked.setdefault(pair[side], []).append((-weight, pair))
            for best in ranked.values():
                kept.update(pair for _, pair in sorted(best)[:_NEIGHBOURS])
        return sorted(kept)

    def _holders(self, side: int, places: Sequence[int]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place in places:
            cell = self._sides[side][place]
            for feature in sorted(set(_features(cell.source))):
                found.setdefault(feature, []).append(place)
        return found

    def _worded(self, side: int, place: int) -> str:
        """The words of a cell, each as one character, so that comparing them is comparing short texts."""
        known = self._words[side].get(place)
        if known is None:
            words = _WORD.findall(self._sides[side][place].source)
            numbers = [self._numbers.setdefault(word, len(self._numbers)) for word in words]
            known = "".join(map(_character, numbers))
            self._words[side][place] = known
        return known


def _features(source: str) -> Iterator[str]:
    for line in source.split("\n"):
        line = line.strip()
        if len(line) >= 8:
            yield line
    for word in _WORD.findall(source):
        if len(word) >= 3:
            yield word


def _character(number: int) -> str:
    """A code point for a word's number, no surrogate; beyond a million words some share one."""
    point = number % 1_100_000
    return chr(point if point < 0xD800 else point + 0x800)
