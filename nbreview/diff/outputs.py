"""What became of a cell's outputs, each compared as what it is.

Pure: imports `lines`, `metadata`, `sequence`, `model` and below. Text as lines (as a terminal would leave
it), tables by their plain text, images by their bytes, errors by name, message and traceback, the rest by
value. An execution count never counts."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rapidfuzz.distance import Indel

from nbreview.cancellation import CancelToken
from nbreview.diff.lines import diff_text
from nbreview.diff.metadata import VOLATILE_OUTPUT, metadata_changes
from nbreview.diff.model import ChangeKind, OutputCategory, OutputChange, TextDiff
from nbreview.diff.options import DEFAULT_OPTIONS, DiffOptions
from nbreview.diff.sequence import Gap, gaps, heaviest_chain, match
from nbreview.notebook import ansi, mime
from nbreview.notebook.model import Output, OutputType

_GRID = 400
"""Pairs up to which a replaced run of outputs is compared all with all; larger ones along the diagonal."""
_COMPARED = 2_000
"""Characters of an output's text that its similarity is judged by."""
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")


def category(output: Output) -> OutputCategory:
    """What an output is compared as: the richest of what it holds."""
    if output.output_type is OutputType.ERROR:
        return OutputCategory.ERROR
    if output.output_type is OutputType.STREAM:
        return OutputCategory.TEXT
    if mime.image_type(output.data):
        return OutputCategory.IMAGE
    if mime.has_table(output.data):
        return OutputCategory.TABLE
    if mime.TEXT_PLAIN in output.data and not any(
        mime.is_json(kind) or kind.startswith("application/") or kind == mime.TEXT_HTML
        for kind in output.data
    ):
        return OutputCategory.TEXT
    return OutputCategory.OTHER


def output_text(output: Output) -> str:
    """The output as plain text: what a terminal would show of it ("" for an image without a description)."""
    if output.output_type is OutputType.ERROR:
        lines = "\n".join(output.traceback)
        return ansi.settle(lines) if lines else f"{output.ename}: {output.evalue}"
    text = output.data.get(mime.TEXT_PLAIN)
    return ansi.settle(text) if isinstance(text, str) else ""


def diff_outputs(
    base: Sequence[Output],
    head: Sequence[Output],
    options: DiffOptions = DEFAULT_OPTIONS,
    cancel: CancelToken | None = None,
) -> tuple[OutputChange, ...]:
    """Every output of both sides in head order, removed ones where they stood.

    Outputs of one kind are paired in order: equal ones first, then the most similar between them.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    if not base and not head:
        return ()
    base_keys, head_keys = [_key(output) for output in base], [_key(output) for output in head]
    found: list[OutputChange] = []
    for gap, pair in gaps(match(base_keys, head_keys, cancel).pairs, len(base), len(head)):
        found.extend(_replaced(gap, base, head, cancel))
        if pair is not None:
            found.append(OutputChange(ChangeKind.UNCHANGED, category(head[pair[1]]), pair[0], pair[1]))
    return tuple(found)


def one_sided(outputs: Sequence[Output], kind: ChangeKind) -> tuple[OutputChange, ...]:
    """The outputs of a cell that stands on one side only."""
    return tuple(
        OutputChange(kind, category(output), None, position)
        if kind is ChangeKind.ADDED
        else OutputChange(kind, category(output), position, None)
        for position, output in enumerate(outputs)
    )


def _key(output: Output) -> tuple[Any, ...]:
    """A hashable value that is equal exactly for outputs that show the same."""
    kind = category(output)
    if kind is OutputCategory.ERROR:
        return (kind, output.ename, output.evalue, output_text(output))
    shown = tuple(sorted((name, _part(name, value, kind)) for name, value in output.data.items()))
    kept = metadata_changes({}, output.metadata, VOLATILE_OUTPUT)
    return (kind, output.name, shown, tuple((change.path, repr(change.head)) for change in kept))


def _part(name: str, value: Any, kind: OutputCategory) -> str:
    if not isinstance(value, str):
        return repr(value)
    if name == mime.TEXT_PLAIN:
        text = ansi.settle(value)
        # Beside a picture or a table this is only its name: an address in it changes at every run.
        return _ADDRESS.sub("0x", text) if kind is not OutputCategory.TEXT else text
    return str(mime.payload(name, value))


def _replaced(
    gap: Gap, base: Sequence[Output], head: Sequence[Output], cancel: CancelToken | None
) -> Iterator[OutputChange]:
    """The changes of one run between equal outputs: pairs, and what stands alone, removed before added."""
    candidates = [
        (row, column, score)
        for row, column in _worth_comparing(gap)
        if (score := _likeness(base[row], head[column])) > 0
    ]
    pairs = [candidates[k][:2] for k in heaviest_chain(candidates)]
    row, column = gap.base_start, gap.head_start
    for base_index, head_index in [*pairs, (gap.base_end, gap.head_end)]:
        for index in range(row, base_index):
            yield OutputChange(ChangeKind.REMOVED, category(base[index]), index, None)
        for index in range(column, head_index):
            yield OutputChange(ChangeKind.ADDED, category(head[index]), None, index)
        if base_index < gap.base_end and head_index < gap.head_end:
            kind = category(head[head_index])
            text = _text_diff(base[base_index], head[head_index], kind, cancel)
            yield OutputChange(ChangeKind.MODIFIED, kind, base_index, head_index, text)
        row, column = base_index + 1, head_index + 1


def _worth_comparing(gap: Gap) -> Iterator[tuple[int, int]]:
    rows, columns = gap.base_end - gap.base_start, gap.head_end - gap.head_start
    for row in range(rows):
        middle, reach = (row, columns) if gap.area <= _GRID else (row * columns // rows, 2)
        for column in range(max(0, middle - reach), min(columns, middle + reach + 1)):
            yield gap.base_start + row, gap.head_start + column


def _likeness(base: Output, head: Output) -> float:
    """0 for outputs of different kinds, else 0.5 and up to 0.5 more for similar texts."""
    if category(base) is not category(head) or base.name != head.name:
        return 0.0
    old, new = output_text(base)[:_COMPARED], output_text(head)[:_COMPARED]
    return 0.5 + 0.5 * float(Indel.normalized_similarity(old, new))


def _text_diff(
    base: Output, head: Output, kind: OutputCategory, cancel: CancelToken | None
) -> TextDiff | None:
    if kind not in (OutputCategory.TEXT, OutputCategory.TABLE, OutputCategory.ERROR):
        return None
    return diff_text(output_text(base), output_text(head), cancel)
