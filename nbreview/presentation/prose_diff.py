"""What differs between two rendered texts: which part faces which, and the words that changed in it.

Pure: imports `markdown` and `diff`. Equal parts are paired first, then the most similar ones of one kind
between them; what is left stands on one side only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from nbreview.diff.model import EditKind, Span
from nbreview.diff.sequence import Gap, gaps, heaviest_chain, match
from nbreview.diff.words import word_marks
from nbreview.presentation.markdown import Part

_GRID = 2_500
"""Pairs of parts up to which a rewritten stretch is compared all with all; larger ones along the diagonal."""
_SIMILAR = 0.45
"""Least similarity of two parts that are one part, changed."""
_COMPARED = 2_000
"""Characters of a part that its similarity is judged by."""


@dataclass(frozen=True, slots=True)
class ProseRow:
    """Two parts that face each other; a side that lacks one holds None.

    The spans count in `Part.words`; a REPLACE without any differs in how it is set, or almost wholly.
    """

    kind: EditKind
    base: Part | None
    head: Part | None
    base_spans: tuple[Span, ...] = ()
    head_spans: tuple[Span, ...] = ()


def pair_parts(base: Sequence[Part] | None, head: Sequence[Part] | None) -> tuple[ProseRow, ...]:
    """The rows of two texts in head order, removed parts where they stood. None is a side without a text."""
    if base is None:
        return tuple(ProseRow(EditKind.INSERT, None, part) for part in head or ())
    if head is None:
        return tuple(ProseRow(EditKind.DELETE, part, None) for part in base)
    pairs = match([part.key for part in base], [part.key for part in head]).pairs
    rows: list[ProseRow] = []
    for gap, pair in gaps(pairs, len(base), len(head)):
        rows.extend(_replaced(gap, base, head))
        if pair is not None:
            rows.append(ProseRow(EditKind.EQUAL, base[pair[0]], head[pair[1]]))
    return tuple(rows)


def _replaced(gap: Gap, base: Sequence[Part], head: Sequence[Part]) -> Iterator[ProseRow]:
    scored = [
        (row, column, score)
        for row, column in _worth_comparing(gap)
        if (score := _likeness(base[row], head[column])) >= _SIMILAR
    ]
    chain = [scored[number][:2] for number in heaviest_chain(scored)]
    row, column = gap.base_start, gap.head_start
    for base_stop, head_stop in [*chain, (gap.base_end, gap.head_end)]:
        for part in base[row:base_stop]:
            yield ProseRow(EditKind.DELETE, part, None)
        for part in head[column:head_stop]:
            yield ProseRow(EditKind.INSERT, None, part)
        if base_stop < gap.base_end and head_stop < gap.head_end:
            yield _changed(base[base_stop], head[head_stop])
        row, column = base_stop + 1, head_stop + 1


def _worth_comparing(gap: Gap) -> Iterator[tuple[int, int]]:
    rows, columns = gap.base_end - gap.base_start, gap.head_end - gap.head_start
    for row in range(rows):
        middle, reach = (0, columns) if gap.area <= _GRID else (row * columns // rows, 3)
        for column in range(max(0, middle - reach), min(columns, middle + reach + 1)):
            yield gap.base_start + row, gap.head_start + column


def _likeness(base: Part, head: Part) -> float:
    if base.name != head.name:
        return 0.0
    old, new = base.words[:_COMPARED], head.words[:_COMPARED]
    if not old or not new:
        return 1.0 if old == new else 0.0
    return float(Indel.normalized_similarity(old, new))


def _changed(base: Part, head: Part) -> ProseRow:
    old, new = base.words, head.words
    if old == new:
        return ProseRow(EditKind.REPLACE, base, head)
    marks = word_marks(old, new)
    return ProseRow(EditKind.REPLACE, base, head, marks.base, marks.head)
