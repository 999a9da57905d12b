"""Line diff of two texts, with the changed words marked inside changed lines.

Pure: imports `sequence`, `words`, `model` and the bottom floor. Equal lines first; what is replaced between
them is paired by its text without indentation, then by similarity, always in order and never all with all.
"""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from nbreview.cancellation import CancelToken
from nbreview.diff.model import EditKind, LineEdit, TextDiff
from nbreview.diff.sequence import Gap, gaps, heaviest_chain, match
from nbreview.diff.words import without_space, word_spans

_SIMILAR = 0.45
"""Least similarity of two lines that stand side by side as one replaced line."""
_GRID = 2_500
"""Pairs up to which a replaced block is compared all with all; larger ones along their diagonal."""
_COMPARISONS = 40_000
"""Similarities that one diff may compute."""
_COMPARED = 1_000
"""Characters of a line that its similarity is judged by."""


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
    base_lines, head_lines = _split(base, head, whitespace=whitespace)
    base_keys, head_keys = base_lines, head_lines
    if not whitespace:
        base_keys, head_keys = (tuple(map(without_space, side)) for side in (base_lines, head_lines))
    if base_keys == head_keys:
        edits = tuple(LineEdit(EditKind.EQUAL, number, number) for number in range(len(base_lines)))
        return TextDiff(base_lines, head_lines, edits)
    matching = match(base_keys, head_keys, cancel)
    pairing = _Pairing(base_lines, head_lines, whitespace=whitespace)
    found: list[LineEdit] = []
    row = column = 0
    for base_line, head_line in [
        *slide(matching.pairs, base_keys, head_keys),
        (len(base_lines), len(head_lines)),
    ]:
        if row != base_line or column != head_line:
            if cancel is not None:
                cancel.check()
            found.extend(_replaced(Gap(row, base_line, column, head_line), pairing))
        found.append(LineEdit(EditKind.EQUAL, base_line, head_line))
        row, column = base_line + 1, head_line + 1
    found.pop()  # the end, which is no line
    return TextDiff(base_lines, head_lines, tuple(found), matching.coarse or pairing.coarse)


def _split(base: str, head: str, *, whitespace: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
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


def slide(
    pairs: Sequence[tuple[int, int]], base_lines: Sequence[str], head_lines: Sequence[str]
) -> list[tuple[int, int]]:
    """Move pure insertions and deletions to where a person would put them, without changing their size.

    An inserted block whose first line equals the line behind it can stand one line lower, and so on. Of all
    such places the one is taken where the block and what follows it begin with little indentation, behind a
    blank line: an added function then begins with its own `def` and not with the end of its neighbour. (The
    idea is that of git's indent heuristic.)
    """
    placed = list(pairs)
    row = column = -1
    for position in range(len(placed) + 1):
        end = placed[position] if position < len(placed) else (len(base_lines), len(head_lines))
        base_gap, head_gap = end[0] - row - 1, end[1] - column - 1
        if base_gap and not head_gap:
            _slide_block(placed, position, base_lines, 0, base_gap)
        elif head_gap and not base_gap:
            _slide_block(placed, position, head_lines, 1, head_gap)
        if position < len(placed):
            row, column = placed[position]
    return placed


def _slide_block(
    placed: list[tuple[int, int]], position: int, lines: Sequence[str], side: int, size: int
) -> None:
    """Slide the block of `size` lines on `side` that ends just before `placed[position]`."""
    end = placed[position][side] if position < len(placed) else len(lines)
    start = end - size
    up = 0  # by how many lines the block can rise: the pairs above it must stay neighbours on both sides
    while (
        up < position
        and up < 100
        and lines[start - up - 1] == lines[end - up - 1]
        and _adjacent(placed, position - up - 1, side, start - up - 1, up)
    ):
        up += 1
    down = 0
    while (
        position + down < len(placed)
        and down < 100
        and lines[start + down] == lines[end + down]
        and placed[position + down][side] == end + down
        and (down == 0 or placed[position + down][1 - side] == placed[position][1 - side] + down)
    ):
        down += 1
    if not up and not down:
        return
    best = max(range(-up, down + 1), key=lambda shift: (_boundary(lines, start + shift, end + shift), shift))
    if best < 0:
        for step in range(1, -best + 1):
            placed[position - step] = _with(placed[position - step], side, end - step)
    else:
        for step in range(best):
            placed[position + step] = _with(placed[position + step], side, start + step)


def _adjacent(placed: list[tuple[int, int]], position: int, side: int, line: int, step: int) -> bool:
    if placed[position][side] != line:
        return False
    return step == 0 or placed[position][1 - side] == placed[position + step][1 - side] - step


def _with(pair: tuple[int, int], side: int, value: int) -> tuple[int, int]:
    return (value, pair[1]) if side == 0 else (pair[0], value)


def _boundary(lines: Sequence[str], start: int, end: int) -> int:
    """How good a place for a block is: its first line and the line behind it should open something new."""
    score = 0
    for place in (start, end):
        line = lines[place] if place < len(lines) else ""
        if place < len(lines):
            score -= 2 * (len(line) - len(line.lstrip())) if line.strip() else 40
        if place == 0 or place >= len(lines) or not lines[place - 1].strip():
            score += 20
    return score


class _Pairing:
    """Pairs replaced lines by similarity within one budget for the whole text."""

    def __init__(self, base_lines: Sequence[str], head_lines: Sequence[str], *, whitespace: bool) -> None:
        self.base_lines = base_lines
        self.head_lines = head_lines
        self.whitespace = whitespace
        self.left = _COMPARISONS
        self.coarse = False

    def pairs(self, gap: Gap) -> list[tuple[int, int]]:
        """In-order pairs of one replaced block."""
        if gap.area == 1:
            return self._similar(gap)
        found: list[tuple[int, int]] = []
        keys_base = self._stripped(self.base_lines, gap.base_start, gap.base_end, "base")
        keys_head = self._stripped(self.head_lines, gap.head_start, gap.head_end, "head")
        same = match(keys_base, keys_head).pairs
        for inner, pair in gaps(same, len(keys_base), len(keys_head)):
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
        """Lines without their indentation; a blank line equals nothing, it would anchor anything."""
        return [lines[number].strip() or (side, number) for number in range(start, end)]

    def _similar(self, gap: Gap) -> list[tuple[int, int]]:
        if not gap.area:
            return []
        if self.left <= 0:
            self.coarse = True
            return []
        candidates = []
        for row, column in _cells_of(gap, self.left):
            score = self._score(row, column)
            if score:
                candidates.append((row, column, score))
        return [candidates[k][:2] for k in heaviest_chain(candidates)]

    def _score(self, row: int, column: int) -> float:
        self.left -= 1
        base, head = self.base_lines[row].strip(), self.head_lines[column].strip()
        return Indel.normalized_similarity(base[:_COMPARED], head[:_COMPARED], score_cutoff=_SIMILAR)


def _cells_of(gap: Gap, budget: int) -> Iterator[tuple[int, int]]:
    """The pairs of a block worth comparing: all of a small one, a band along the diagonal of a large one."""
    rows, columns = gap.base_end - gap.base_start, gap.head_end - gap.head_start
    if gap.area <= min(_GRID, budget):
        for row in range(gap.base_start, gap.base_end):
            for column in range(gap.head_start, gap.head_end):
                yield row, column
        return
    reach = min(max(1, budget // (2 * rows)), 8)
    for row in range(rows):
        middle = row * columns // rows
        for column in range(max(0, middle - reach), min(columns, middle + reach + 1)):
            yield gap.base_start + row, gap.head_start + column


def _replaced(gap: Gap, pairing: _Pairing) -> Iterator[LineEdit]:
    """The edits of one block between equal lines: pairs side by side, the rest removed, then added."""
    pairs = pairing.pairs(gap) if gap.area else []
    row, column = gap.base_start, gap.head_start
    for base_line, head_line in [*pairs, (gap.base_end, gap.head_end)]:
        for number in range(row, base_line):
            yield LineEdit(EditKind.DELETE, number, None)
        for number in range(column, head_line):
            yield LineEdit(EditKind.INSERT, None, number)
        if base_line < gap.base_end and head_line < gap.head_end:
            spans = word_spans(
                pairing.base_lines[base_line], pairing.head_lines[head_line], whitespace=pairing.whitespace
            )
            yield LineEdit(EditKind.REPLACE, base_line, head_line, *spans)
        row, column = base_line + 1, head_line + 1
