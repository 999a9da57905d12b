"""What became of a cell's outputs: which belong together, and what differs between them.

Pure: imports `displays`, `images`, `sequence`, `model` and below. An execution count never counts; neither do
colours of a terminal, memory addresses and generated ids alone (a reader would not call them a change), nor
how a stream was cut into pieces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz.distance import Indel

from nbreview.cancellation import CancelToken
from nbreview.diff.displays import category, compare_outputs, kept_metadata, output_text, steady_part
from nbreview.diff.images import thumbnail
from nbreview.diff.markup import MAX_TEXT
from nbreview.diff.model import ChangeKind, OutputCategory, OutputChange
from nbreview.diff.options import DEFAULT_OPTIONS, DiffOptions
from nbreview.diff.sequence import Gap, gaps, heaviest_chain, match
from nbreview.notebook import mime
from nbreview.notebook.model import Output, OutputType

__all__ = ["category", "diff_outputs", "one_sided", "output_text", "unchanged"]

_GRID = 400
"""Pairs up to which a replaced run of outputs is compared all with all; larger ones along the diagonal."""
_COMPARED = 2_000
"""Characters of an output's text that its similarity is judged by."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is compared as one: an output, or the pieces of a stream as the one output they are."""

    indices: tuple[int, ...]
    output: Output
    category: OutputCategory


def diff_outputs(
    base: Sequence[Output],
    head: Sequence[Output],
    options: DiffOptions = DEFAULT_OPTIONS,
    cancel: CancelToken | None = None,
) -> tuple[OutputChange, ...]:
    """Every output of both sides in head order, removed ones where they stood.

    Neighbouring pieces of one stream are one output. Outputs of one kind are paired in order: equal ones
    first, then the most similar between them.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    if not base and not head:
        return ()
    old, new = _units(base), _units(head)
    old_keys, new_keys = [_key(unit, options) for unit in old], [_key(unit, options) for unit in new]
    found: list[OutputChange] = []
    for gap, pair in gaps(match(old_keys, new_keys, cancel).pairs, len(old), len(new)):
        found.extend(_replaced(gap, old, new, options, cancel))
        if pair is not None:
            unit = new[pair[1]]
            change = OutputChange(ChangeKind.UNCHANGED, unit.category, None, None)
            found.append(_placed(change, old[pair[0]], unit))
    return tuple(found)


def one_sided(outputs: Sequence[Output], kind: ChangeKind) -> tuple[OutputChange, ...]:
    """The outputs of a cell that stands on one side only (`kind` is ADDED or REMOVED)."""
    return tuple(_alone(unit, kind) for unit in _units(outputs))


def unchanged(outputs: Sequence[Output]) -> tuple[OutputChange, ...]:
    """The outputs of a cell that holds the same ones on both sides."""
    if not outputs:
        return ()
    return tuple(
        _placed(OutputChange(ChangeKind.UNCHANGED, unit.category, None, None), unit, unit)
        for unit in _units(outputs)
    )


def _units(outputs: Sequence[Output]) -> list[_Unit]:
    found: list[_Unit] = []
    position = 0
    while position < len(outputs):
        output = outputs[position]
        stop = position + 1
        if output.output_type is OutputType.STREAM:
            while (
                stop < len(outputs)
                and outputs[stop].output_type is OutputType.STREAM
                and outputs[stop].name == output.name
            ):
                stop += 1
        if stop > position + 1:
            pieces = (outputs[number].data.get(mime.TEXT_PLAIN) for number in range(position, stop))
            text = "".join(piece for piece in pieces if isinstance(piece, str))
            output = replace(output, data={mime.TEXT_PLAIN: text})
        found.append(_Unit(tuple(range(position, stop)), output, category(output)))
        position = stop
    return found


def _key(unit: _Unit, options: DiffOptions) -> tuple[Any, ...]:
    """A hashable value that is equal only for outputs that show the same, and cheap to make."""
    output, kind = unit.output, unit.category
    if kind is OutputCategory.ERROR:
        return (kind, output.ename, output.evalue, output.traceback)
    shown = tuple(sorted((name, _part(name, value)) for name, value in output.data.items()))
    return (kind, output.name, shown, kept_metadata(output, options))


def _part(name: str, value: Any) -> str:
    if not isinstance(value, str):
        return repr(steady_part(name, value))
    if mime.is_base64(name):
        return str(mime.payload(name, value))
    # What is searched through whole for ids is searched only where it differs.
    return (
        value
        if name in (mime.TEXT_HTML, "image/svg+xml") or len(value) > MAX_TEXT
        else str(steady_part(name, value))
    )


def _replaced(
    gap: Gap,
    base: Sequence[_Unit],
    head: Sequence[_Unit],
    options: DiffOptions,
    cancel: CancelToken | None,
) -> Iterator[OutputChange]:
    """The changes of one run between equal outputs: pairs, and what stands alone, removed before added."""
    likeness = _Likeness()
    candidates = [
        (row, column, score)
        for row, column in _worth_comparing(gap)
        if (score := likeness(base[row], head[column], alone=gap.area == 1)) > 0
    ]
    pairs = [candidates[k][:2] for k in heaviest_chain(candidates)]
    row, column = gap.base_start, gap.head_start
    for base_index, head_index in [*pairs, (gap.base_end, gap.head_end)]:
        for unit in base[row:base_index]:
            yield _alone(unit, ChangeKind.REMOVED)
        for unit in head[column:head_index]:
            yield _alone(unit, ChangeKind.ADDED)
        if base_index < gap.base_end and head_index < gap.head_end:
            if cancel is not None:
                cancel.check()
            old, new = base[base_index], head[head_index]
            yield _placed(compare_outputs(old.output, new.output, options, cancel), old, new)
        row, column = base_index + 1, head_index + 1


def _worth_comparing(gap: Gap) -> Iterator[tuple[int, int]]:
    rows, columns = gap.base_end - gap.base_start, gap.head_end - gap.head_start
    for row in range(rows):
        middle, reach = (0, columns) if gap.area <= _GRID else (row * columns // rows, 2)
        for column in range(max(0, middle - reach), min(columns, middle + reach + 1)):
            yield gap.base_start + row, gap.head_start + column


class _Likeness:
    """How alike two outputs are: 0 for different kinds, else 0.5 to 1. Decodes a picture once."""

    def __init__(self) -> None:
        self._pictures: dict[int, bytes] = {}

    def __call__(self, base: _Unit, head: _Unit, *, alone: bool) -> float:
        if base.category is not head.category or base.output.name != head.output.name:
            return 0.0
        if alone:
            return 1.0
        if base.category is OutputCategory.IMAGE:
            old, new = self._picture(base.output), self._picture(head.output)
            if old and new:
                apart = sum(abs(first - second) for first, second in zip(old, new, strict=True))
                return 0.5 + 0.5 * (1 - apart / (255 * len(old)))
        text, other = _described(base.output), _described(head.output)
        return 0.5 + 0.5 * float(Indel.normalized_similarity(text, other))

    def _picture(self, output: Output) -> bytes:
        known = self._pictures.get(id(output))
        if known is None:
            kind = mime.image_type(output.data)
            data = b"" if kind == "image/svg+xml" else mime.image_bytes(kind, output.data[kind])
            known = self._pictures[id(output)] = thumbnail(data)
        return known


def _described(output: Output) -> str:
    """Some of what an output says, to judge how alike two are."""
    text = output.data.get(mime.TEXT_PLAIN)
    plain = text[: 4 * _COMPARED] if isinstance(text, str) else ""
    if output.output_type is OutputType.ERROR:
        return output_text(output)[:_COMPARED]
    if len(plain) < 80:  # a mere name: what it is the name of says more
        for value in output.data.values():
            if value is not text:
                plain += value[:_COMPARED] if isinstance(value, str) else repr(value)[:_COMPARED]
    return plain[:_COMPARED]


def _alone(unit: _Unit, kind: ChangeKind) -> OutputChange:
    first = unit.indices[0]
    if kind is ChangeKind.ADDED:
        return OutputChange(kind, unit.category, None, first, head_indices=unit.indices)
    return OutputChange(kind, unit.category, first, None, base_indices=unit.indices)


def _placed(change: OutputChange, base: _Unit, head: _Unit) -> OutputChange:
    """The change with its place on both sides."""
    return replace(
        change,
        base_index=base.indices[0],
        head_index=head.indices[0],
        base_indices=base.indices,
        head_indices=head.indices,
    )
