"""Line diff of two texts, with the changed words marked inside changed lines.

Pure: imports `sequence`, `sliders`, `words`, `model` and the bottom floor. Equal lines first, by patience: of
the engines that tests/bench/lines_case.py compares on real cells it leaves least to read on whole notebooks,
and it never gets slow. What is replaced between them is paired by its text without indentation, then by
similarity, always in order and never all with all; at last blocks slide to where they read best. Budgets are
counted, not timed, so that the same texts always give the same diff.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import Indel

from nbreview.cancellation import CancelToken
from nbreview.diff.model import EditKind, LineEdit, TextDiff
from nbreview.diff.sequence import Gap, gaps, heaviest_chain, match
from nbreview.diff.sliders import slide
from nbreview.diff.words import Marks, without_space, word_marks

_SIMILAR = 0.45
"""Least similarity of two lines that stand side by side as one replaced line."""
_GRID = 2_500
"""Pairs up to which a replaced block is compared all with all; larger ones where rare words agree, then along
their diagonal."""
_COMPARISONS = 40_000
"""Similarities that one diff may compute."""
_COMPARED = 1_000
"""Characters of a line that its similarity is judged by."""
_MARKED_LINES = 10_000
"""Replaced lines whose words one diff may compare."""
_SAME_DEPTH = 0.02
"""What equal indentation adds to a similarity: enough to settle a tie."""
_WEAK = 0.2
"""What an equal line without a letter or digit counts beside similar ones: it may not keep those apart."""
_SOLID = re.compile(r"\w")
_WORD = re.compile(r"\w{3,}")


def diff_text(
    base: str, head: str, cancel: CancelToken | None = None, *, whitespace: bool = True
) -> TextDiff:
    """The line diff of two texts; `changed` exactly when the texts differ.

    Lines end at `\\n` alone and are given without it. Where both texts end in a newline (or are empty) the
    empty line behind it is left out; where only one does, that line shows the difference.

    Parameters
    ----------
    whitespace:
        Whether white space makes a difference. If not, lines that differ in white space alone are EQUAL
        though their texts differ, and a newline at the end is no difference; but white space that parts two
        words still parts them, and an added blank line is still an added line.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    base_lines, head_lines = split_lines(base, head, whitespace=whitespace)
    base_keys, head_keys = base_lines, head_lines
    if not whitespace:
        base_keys, head_keys = (tuple(map(without_space, side)) for side in (base_lines, head_lines))
    if base_keys == head_keys:
        edits = tuple(LineEdit(EditKind.EQUAL, number, number) for number in range(len(base_lines)))
        return TextDiff(base_lines, head_lines, edits)
    matching = match(base_keys, head_keys, cancel)
    found, coarse = edits_around(matching.pairs, base_lines, head_lines, cancel, whitespace=whitespace)
    return TextDiff(base_lines, head_lines, found, matching.coarse or coarse)


def split_lines(base: str, head: str, *, whitespace: bool = True) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of both texts as `diff_text` numbers them."""
    if not whitespace:
        base, head = base.removesuffix("\n"), head.removesuffix("\n")
    base_lines, head_lines = base.split("\n"), head.split("\n")
    if not base_lines[-1] and not head_lines[-1]:
        base_lines.pop()
        head_lines.pop()
    else:
        base_lines = base_lines if base else []
        head_lines = head_lines if head else []
    return tuple(base_lines), tuple(head_lines)


def edits_around(
    equal: Sequence[tuple[int, int]],
    base_lines: tuple[str, ...],
    head_lines: tuple[str, ...],
    cancel: CancelToken | None = None,
    *,
    whitespace: bool = True,
) -> tuple[tuple[LineEdit, ...], bool]:
    """The edits of two texts whose equal lines are known, and whether a budget was reached.

    Parameters
    ----------
    equal:
        Pairs of line numbers, strictly increasing on both sides. Such a pair without a letter or digit may be
        given up where it keeps similar lines apart.
    """
    block = _Replaced(base_lines, head_lines, cancel, whitespace=whitespace)
    found: list[LineEdit] = []
    row = column = 0
    for pair in _strong(equal, block.base_keys, block.head_keys):
        if (row, column) != pair:
            found.extend(block.edits(Gap(row, pair[0], column, pair[1])))
        found.append(_unmarked(*pair))
        row, column = pair[0] + 1, pair[1] + 1
    if row != len(base_lines) or column != len(head_lines):
        found.extend(block.edits(Gap(row, len(base_lines), column, len(head_lines))))
    return tuple(slide(found, block.base_keys, block.head_keys)), block.coarse


@lru_cache(maxsize=2_000)
def _unmarked(base_line: int | None, head_line: int | None) -> LineEdit:
    """An equal line, or one of one side: the same few numbers in nearly every cell, so it is made once."""
    kind = EditKind.INSERT if base_line is None else EditKind.DELETE if head_line is None else EditKind.EQUAL
    return LineEdit(kind, base_line, head_line)


def _strong(
    equal: Sequence[tuple[int, int]], base_keys: Sequence[str], head_keys: Sequence[str]
) -> Sequence[tuple[int, int]]:
    """The pairs without those islands of blank lines and brackets that stand between two replaced blocks.

    Where much was rewritten, a blank line or a bracket that happens to be equal says nothing, and would part
    lines that belong together. What is left out is found again when the block around it is paired.
    """
    if all(map(_SOLID.search, [base_keys[row] for row, _ in equal])):
        return equal
    ends = (len(base_keys), len(head_keys))
    kept: list[tuple[int, int]] = []
    island: list[tuple[int, int]] = []
    start = (0, 0)  # where the block before the island begins
    after = (0, 0)  # the place behind the last pair
    for pair in [*equal, ends]:
        if pair != after and island:
            # The island ends here; the blocks on both its sides, taken as one, must hold lines of both texts.
            removed = pair[0] - start[0] - len(island)
            added = pair[1] - start[1] - len(island)
            alone = island[0] != start and removed > 0 and added > 0
            spread = (pair[0] - start[0]) * (pair[1] - start[1])
            if not alone or spread > _GRID:
                kept.extend(island)
                start = after
            island = []
        if pair == ends:
            kept.extend(island)  # one that reaches the end of both texts
            break
        weak = not _SOLID.search(base_keys[pair[0]])
        if weak and (pair != after or island) and len(island) < 3:
            island.append(pair)
        else:
            kept.extend(island)
            island = []
            kept.append(pair)
            start = (pair[0] + 1, pair[1] + 1)
        after = (pair[0] + 1, pair[1] + 1)
    return kept


class _Replaced:
    """Turns replaced blocks into edits, within one budget for the whole text."""

    def __init__(
        self,
        base_lines: tuple[str, ...],
        head_lines: tuple[str, ...],
        cancel: CancelToken | None,
        *,
        whitespace: bool,
    ) -> None:
        self.base_lines = base_lines
        self.head_lines = head_lines
        self.cancel = cancel
        self.whitespace = whitespace
        self.base_keys, self.head_keys = (
            (base_lines, head_lines)
            if whitespace
            else (tuple(map(without_space, base_lines)), tuple(map(without_space, head_lines)))
        )
        self.comparisons = _COMPARISONS
        self.markings = _MARKED_LINES
        self.coarse = False

    def edits(self, gap: Gap) -> list[LineEdit]:
        """The edits of one block: pairs side by side, the rest removed, then added."""
        self._check()
        found: list[LineEdit] = []
        row, column = gap.base_start, gap.head_start
        for base_line, head_line in [*self._pairs(gap), (gap.base_end, gap.head_end)]:
            for number in range(row, base_line):
                found.append(_unmarked(number, None))
            for number in range(column, head_line):
                found.append(_unmarked(None, number))
            if base_line < gap.base_end and head_line < gap.head_end:
                if self.base_keys[base_line] == self.head_keys[head_line]:
                    found.append(_unmarked(base_line, head_line))
                else:
                    marks = self._marks(base_line, head_line)
                    found.append(LineEdit(EditKind.REPLACE, base_line, head_line, marks.base, marks.head))
            row, column = base_line + 1, head_line + 1
        return found

    def _check(self) -> None:
        if self.cancel is not None:
            self.cancel.check()

    def _marks(self, base_line: int, head_line: int) -> Marks:
        self._check()
        if self.markings <= 0:
            self.coarse = True
            return Marks()
        self.markings -= 1
        marks = word_marks(
            self.base_lines[base_line], self.head_lines[head_line], self.cancel, whitespace=self.whitespace
        )
        self.coarse |= marks.coarse
        return marks

    def _pairs(self, gap: Gap) -> list[tuple[int, int]]:
        """In-order pairs of one replaced block: equal but for their indentation, then similar."""
        if gap.area <= 1:
            return self._similar(gap)
        keys_base = self._stripped(self.base_lines, gap.base_start, gap.base_end, "base")
        keys_head = self._stripped(self.head_lines, gap.head_start, gap.head_end, "head")
        if set(keys_base).isdisjoint(keys_head):
            return self._similar(gap)
        found: list[tuple[int, int]] = []
        for inner, pair in gaps(
            match(keys_base, keys_head, self.cancel).pairs, len(keys_base), len(keys_head)
        ):
            found.extend(
                self._similar(
                    Gap(
                        gap.base_start + inner.base_start,
                        gap.base_start + inner.base_end,
                        gap.head_start + inner.head_start,
                        gap.head_start + inner.head_end,
                    )
                )
            )
            if pair is not None:
                found.append((gap.base_start + pair[0], gap.head_start + pair[1]))
        return found

    @staticmethod
    def _stripped(lines: Sequence[str], start: int, end: int, side: str) -> list[object]:
        """Lines without their indentation; one without a letter equals nothing, it would anchor anything."""
        return [
            lines[number].strip() if _SOLID.search(lines[number]) else (side, number)
            for number in range(start, end)
        ]

    def _similar(self, gap: Gap) -> list[tuple[int, int]]:
        """In-order pairs of similar lines."""
        area = gap.area
        if not area:
            return []
        if area <= _GRID:
            return self._chain(
                product(range(gap.base_start, gap.base_end), range(gap.head_start, gap.head_end))
            )
        found: list[tuple[int, int]] = []
        row, column = gap.base_start, gap.head_start
        for pair in [*self._chain(self._sharing(gap)), (gap.base_end, gap.head_end)]:
            inner = Gap(row, pair[0], column, pair[1])
            if inner.area <= _GRID:
                found.extend(self._similar(inner))
            else:
                found.extend(self._chain(_diagonal(inner, self.comparisons)))
            found.append(pair)
            row, column = pair[0] + 1, pair[1] + 1
        return found[:-1]

    def _sharing(self, gap: Gap) -> Iterator[tuple[int, int]]:
        """The pairs of a block that share a word which no other of its lines holds."""
        holders: list[dict[str, int]] = []
        for lines, start, end in (
            (self.base_lines, gap.base_start, gap.base_end),
            (self.head_lines, gap.head_start, gap.head_end),
        ):
            self._check()
            words = [(word, number) for number in range(start, end) for word in self._words(lines[number])]
            counts = Counter(word for word, _ in words)
            holders.append({word: number for word, number in words if counts[word] == 1})
        pairs = {(row, holders[1][word]) for word, row in holders[0].items() if word in holders[1]}
        yield from sorted(pairs)

    @staticmethod
    def _words(line: str) -> set[str]:
        return set(_WORD.findall(line[:_COMPARED]))

    def _chain(self, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The heaviest in-order part of those pairs that are similar enough."""
        candidates = []
        for row, column in places:
            if self.comparisons <= 0:
                self.coarse = True
                break
            self.comparisons -= 1
            if not self.comparisons % 1_000:
                self._check()
            score = self._score(row, column)
            if score:
                candidates.append((row, column, score))
        return [candidates[k][:2] for k in heaviest_chain(candidates)]

    def _score(self, row: int, column: int) -> float:
        base, head = self.base_lines[row], self.head_lines[column]
        if self.base_keys[row] == self.head_keys[column]:
            return 1.0 if _SOLID.search(base) else _WEAK
        first, second = base.strip(), head.strip()
        if not first or not second:
            return 0.0
        score = Indel.normalized_similarity(first[:_COMPARED], second[:_COMPARED], score_cutoff=_SIMILAR)
        if score and len(base) - len(base.lstrip()) == len(head) - len(head.lstrip()):
            score += _SAME_DEPTH
        return score


def _diagonal(gap: Gap, budget: int) -> Iterator[tuple[int, int]]:
    """A band along the diagonal of a block, as wide as the budget allows."""
    rows, columns = gap.base_end - gap.base_start, gap.head_end - gap.head_start
    reach = min(max(1, budget // (2 * rows)), 8)
    for row in range(rows):
        middle = row * columns // rows
        for column in range(max(0, middle - reach), min(columns, middle + reach + 1)):
            yield gap.base_start + row, gap.head_start + column
