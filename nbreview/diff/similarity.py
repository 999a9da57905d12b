"""How much two cells' sources have in common, and which cells are worth comparing at all.

Pure: imports only `notebook` and below. Words are compared in order (a longest common subsequence over them),
characters as well; the mean of both separates an edited cell from a stranger better than either: code shares
punctuation with any other code, prose its letters. Of very long sources only a sample of the words is
compared, drawn by the word and so alike on both sides: no comparison costs much more than another.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain, cycle, islice

from rapidfuzz.distance import Indel

from nbreview.notebook.model import Cell

_WORD = re.compile(r"\w+")
_SPACED = bytes(code if code < 128 and _WORD.match(chr(code)) else 32 for code in range(256))
"""Every character of ASCII that belongs to no word made a space."""
_CHARACTERS = 4_000
"""Characters beyond which only words are compared."""
_WORDS = 1_000
"""Words of a cell that are compared; of a longer one a sample, drawn alike from both."""
_ENDS = 100_000
"""Characters at either end of a source that are read for words: what lies between is data."""
_LEAST = 0.3
"""Similarities below this need not be exact."""
_RARE = 2
"""Cells of one side that may hold a feature for it to point from one cell to another."""
_NEIGHBOURS = 2
"""Candidates kept for each cell."""
_LINE, _LETTERS = 8, 3
"""Characters of the shortest line and of the shortest word that point from one cell to another."""
_REMEMBERED = 8
"""Answers to "which cells share something" that are kept: the rungs ask the same until something matched."""

_Features = Callable[[int, int], Collection[str]]
_Weight = Callable[[str], int]
_Vote = tuple[int, int, int, int]


class Likeness:
    """Similarities between the cells of two notebooks, with what they need computed once a cell.

    `compared` counts the comparisons: the cost of an alignment.
    """

    def __init__(self, base: Sequence[Cell], head: Sequence[Cell]) -> None:
        self.compared = 0
        self._sides = (base, head)
        self._alphabet = _Alphabet()
        self._samples: dict[tuple[int, int, int], str] = {}
        self._words: tuple[dict[int, str], dict[int, str]] = ({}, {})
        self._scores: dict[tuple[int, int], float] = {}
        self._pointed: dict[tuple[str, tuple[int, ...], tuple[int, ...]], list[tuple[int, int]]] = {}

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
        return min(len(first), len(second)) >= 8 and self._in_order(row, column) < 0.05

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
        return self._pointing("lines", self._lines, len, rows, columns)

    def sharing_words(self, rows: Sequence[int], columns: Sequence[int]) -> list[tuple[int, int]]:
        """The same for words."""
        for side, places in enumerate((rows, columns)):
            for place in places:
                self._worded(side, place)
        self._alphabet.measure()
        return self._pointing("words", self._long_words, self._alphabet.letters.__getitem__, rows, columns)

    def _pointing(
        self,
        kind: str,
        features: _Features,
        weight: _Weight,
        rows: Sequence[int],
        columns: Sequence[int],
    ) -> list[tuple[int, int]]:
        asked = (kind, tuple(rows), tuple(columns))
        if asked not in self._pointed:
            if len(self._pointed) >= _REMEMBERED:
                self._pointed.clear()
            self._pointed[asked] = _pointing(rows, columns, features, weight)
        return self._pointed[asked]

    def _lines(self, side: int, place: int) -> set[str]:
        lines = map(str.strip, self._sides[side][place].source.split("\n"))
        return {line for line in lines if len(line) >= _LINE}

    def _long_words(self, side: int, place: int) -> set[str]:
        return set(self._worded(side, place)) - self._alphabet.short

    def _compare(self, row: int, column: int) -> float:
        self.compared += 1
        base, head = self._sides[0][row].source, self._sides[1][column].source
        first, second = self._worded(0, row), self._worded(1, column)
        if not first and not second:
            old, new = base.strip(), head.strip()
            return float(Indel.normalized_similarity(old, new)) if old and new else 0.0
        by_words = self._in_order(row, column)
        if max(len(base), len(head)) > _CHARACTERS:
            return by_words
        floor = max(0.0, 2 * _LEAST - by_words)
        return (by_words + float(Indel.normalized_similarity(base, head, score_cutoff=floor))) / 2

    def _in_order(self, row: int, column: int) -> float:
        """Similarity of the words of two cells by a longest common subsequence."""
        first, second = self._worded(0, row), self._worded(1, column)
        shorter, longer = sorted((len(first), len(second)))
        if longer > _WORDS:
            most = 2 * shorter / (shorter + longer)
            if most < _LEAST:
                return most
            sparseness = longer // _WORDS + 1
            first, second = self._sampled(0, row, sparseness), self._sampled(1, column, sparseness)
        return float(Indel.normalized_similarity(first, second))

    def _sampled(self, side: int, place: int, sparseness: int) -> str:
        known = self._samples.get((side, place, sparseness))
        if known is None:
            words = self._worded(side, place)
            known = "".join([word for word in words if ord(word) % sparseness == 0])
            self._samples[side, place, sparseness] = known
        return known

    def _worded(self, side: int, place: int) -> str:
        """The words of a cell, each as one character, so that comparing them is comparing short texts."""
        known = self._words[side].get(place)
        if known is None:
            source = self._sides[side][place].source
            if len(source) > 2 * _ENDS:
                source = source[:_ENDS] + source[-_ENDS:]
            known = self._words[side][place] = "".join(map(self._alphabet.__getitem__, _words(source)))
        return known


def _words(text: str) -> list[str]:
    if text.isascii():  # nearly all code: the same in a third of the time
        return text.encode().translate(_SPACED).decode().split()
    return _WORD.findall(text)


class _Alphabet(defaultdict[str, str]):
    """A character for every word, given out in order: no surrogate, and some share one beyond a million.

    Of the words there were when `measure` was last called, `letters` says how long the word of a character
    is, and `short` holds those of words too short to point anywhere.
    """

    def __init__(self) -> None:
        characters = chain.from_iterable(cycle((range(0xD800), range(0xE000, 1_100_000 + 0x800))))
        super().__init__(map(chr, characters).__next__)
        self.letters: dict[str, int] = {}
        self.short: set[str] = set()
        self._measured = 0

    def measure(self) -> None:
        """Bring `letters` and `short` up to date: not word by word, since most notebooks never ask."""
        for word, character in islice(self.items(), self._measured, None):
            self.letters[character] = len(word)
            if len(word) < _LETTERS:
                self.short.add(character)
        self._measured = len(self)


def _pointing(
    rows: Sequence[int], columns: Sequence[int], features: _Features, weight: _Weight
) -> list[tuple[int, int]]:
    """The pairs that rare features vote for by their weight, sorted; of each cell the few with most votes.

    A quarter of what is rare in one of the two cells must agree: less is an accident.
    """
    holders, facing = _holders(0, rows, features), _holders(1, columns, features)
    if holders.keys().isdisjoint(facing.keys()):
        return []
    votes: dict[tuple[int, int], int] = {}
    rare: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for side, index in enumerate((holders, facing)):
        whole = rare[side]
        for feature, having in index.items():
            if len(having) <= _RARE:
                worth = weight(feature)
                for place in having:
                    whole[place] = whole.get(place, 0) + worth
    for feature, having in holders.items():
        others = facing.get(feature)
        if others is None or len(having) > _RARE or len(others) > _RARE:
            continue
        worth = weight(feature)
        for row in having:
            for column in others:
                votes[row, column] = votes.get((row, column), 0) + worth
    ranked: tuple[dict[int, list[_Vote]], dict[int, list[_Vote]]] = ({}, {})
    for (row, column), worth in votes.items():
        if 4 * worth >= min(rare[0][row], rare[1][column]):
            vote = (-worth, abs((row - rows[0]) - (column - columns[0])), row, column)
            ranked[0].setdefault(row, []).append(vote)
            ranked[1].setdefault(column, []).append(vote)
    kept = {vote[2:] for side in ranked for found in side.values() for vote in sorted(found)[:_NEIGHBOURS]}
    return sorted(kept)


def _holders(side: int, places: Iterable[int], features: _Features) -> dict[str, list[int]]:
    """Which cells hold a feature; of a frequent one only as many as show that."""
    found: dict[str, list[int]] = {}
    for place in places:
        for feature in features(side, place):
            having = found.get(feature)
            if having is None:
                found[feature] = [place]
            elif len(having) <= _RARE:
                having.append(place)
    return found
