"""The rows of one block, made when it comes into view: which line of base stands beside which line of head.

Takes the blocks of `nbreview.presentation.rows` and agrees with the row counts that it gave. Imports
nothing of Qt.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from nbreview.diff.model import (
    ChangeKind,
    EditKind,
    LineEdit,
    MetadataChange,
    NotebookDiff,
    OutputCategory,
    Span,
    TextDiff,
    TreeChange,
)
from nbreview.notebook import ansi
from nbreview.notebook.model import Cell, Output
from nbreview.presentation.rows import (
    LONG_OUTPUT,
    QUIET_LINES,
    SHOWN_OF_LONG_OUTPUT,
    Block,
    BlockKind,
    FoldKey,
    FoldKind,
    ViewOptions,
    folded_runs,
    frame_fold_key,
    frame_folds,
    opened,
    output_sides,
    part_fold,
    sides,
)

LONGEST_VALUE = 2_000
"""Characters of a leaf's value that are shown."""


class LineRow(NamedTuple):
    """One row: a line of base, of head, of both, or a fold that hides `hidden` rows."""

    kind: EditKind
    base: int | None
    head: int | None
    base_spans: tuple[Span, ...] = ()
    head_spans: tuple[Span, ...] = ()
    fold: FoldKey | None = None
    hidden: int = 0
    note: str = ""  # what the fold says instead of its count


@dataclass(frozen=True, slots=True)
class Lines:
    """Both texts of a block and its rows. `numbered` says whether line numbers mean anything here."""

    base: Sequence[str]
    head: Sequence[str]
    rows: Sequence[LineRow]
    numbered: bool = True


class EvenRows(Sequence[LineRow]):
    """Rows of a text that has no line diff: all of one kind, built when asked for."""

    __slots__ = ("_count", "_kind")

    def __init__(self, kind: EditKind, count: int) -> None:
        self._kind = kind
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> LineRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LineRow]: ...
    def __getitem__(self, index: int | slice) -> LineRow | Sequence[LineRow]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(self._count))]
        if not -self._count <= index < self._count:
            raise IndexError(index)
        number = index % self._count
        return LineRow(
            self._kind,
            None if self._kind is EditKind.INSERT else number,
            None if self._kind is EditKind.DELETE else number,
        )


def block_lines(diff: NotebookDiff, block: Block, options: ViewOptions) -> Lines:
    """The rows of a SOURCE, METADATA or textual OUTPUT block."""
    if block.kind is BlockKind.METADATA:
        changes = diff.metadata if block.change < 0 else diff.cells[block.change].metadata
        return _leaf_lines(changes, options)
    if block.kind is BlockKind.OUTPUT:
        return _output_lines(diff, block, options)
    change = diff.cells[block.change]
    if change.source is not None:
        rows = tuple(_text_rows(change.source, options, block.change, 0))
        return Lines(change.source.base_lines, change.source.head_lines, rows)
    base, head = sides(diff, change)
    lines = split(_source(head or base))
    kind = _kind_of(base is None, head is None)
    rows_: Sequence[LineRow] = EvenRows(kind, len(lines))
    key = FoldKey(FoldKind.LINES, block.change, QUIET_LINES)
    if block.rows < len(lines):
        rows_ = [*rows_[:QUIET_LINES], _fold_row(key, len(lines) - QUIET_LINES)]
    return Lines(lines if base is not None else (), lines if head is not None else (), rows_)


def split(text: str) -> list[str]:
    """The lines of a text without their line breaks; one line break at the end does not start another."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def output_text(output: Output) -> str:
    """What an output says in plain text, as a terminal would leave it."""
    if output.traceback:
        return ansi.settle("\n".join(output.traceback))
    if output.ename or output.evalue:
        return f"{output.ename}: {output.evalue}"
    text = output.data.get("text/plain")
    if isinstance(text, str):
        return ansi.settle(text)
    for mime, value in output.data.items():
        if isinstance(value, str) and mime.startswith("text/"):
            return ansi.settle(value)
    return ""


def _source(cell: Cell | None) -> str:
    return cell.source if cell is not None else ""


def _kind_of(no_base: bool, no_head: bool) -> EditKind:
    if no_base:
        return EditKind.INSERT
    return EditKind.DELETE if no_head else EditKind.EQUAL


def _fold_row(key: FoldKey, count: int) -> LineRow:
    return LineRow(EditKind.EQUAL, None, None, fold=key, hidden=count)


def _text_rows(text: TextDiff, options: ViewOptions, change: int, part: int) -> Iterator[LineRow]:
    runs = folded_runs(text.edits, options.context_lines, opened(options, change, part))
    position = 0
    for start, stop in [*runs, (len(text.edits), len(text.edits))]:
        shown = (_row(edit) for edit in text.edits[position:start])
        yield from _stacked(shown) if options.one_column else shown
        if stop > start:
            yield _fold_row(part_fold(FoldKind.LINES, change, part, start), stop - start)
        position = stop


def _row(edit: LineEdit) -> LineRow:
    return LineRow(edit.kind, edit.base_line, edit.head_line, edit.base_spans, edit.head_spans)


def _stacked(rows: Iterator[LineRow]) -> Iterator[LineRow]:
    """One column: in each hunk first what went, then what came."""
    came: list[LineRow] = []
    for row in rows:
        if row.kind is EditKind.EQUAL:
            yield from came
            came = []
            yield row
            continue
        if row.base is not None:
            yield row._replace(head=None, head_spans=())
        if row.head is not None:
            came.append(row._replace(base=None, base_spans=()))
    yield from came


def _output_lines(diff: NotebookDiff, block: Block, options: ViewOptions) -> Lines:
    change = diff.cells[block.change]
    output = change.outputs[block.output]
    base, head = output_sides(diff, change, output)
    part = block.output + 1
    base_lines: Sequence[str]
    head_lines: Sequence[str]
    rows: Sequence[LineRow]
    if output.tree:
        leaves = _leaf_lines(output.tree, options)
        base_lines, head_lines, rows = leaves.base, leaves.head, leaves.rows
    elif output.text is not None and output.text.changed:
        base_lines, head_lines = output.text.base_lines, output.text.head_lines
        rows = tuple(_text_rows(output.text, options, block.change, part))
    else:
        base_lines = split(output_text(base)) if base is not None else ()
        head_lines = split(output_text(head)) if head is not None else ()
        if output.kind is ChangeKind.UNCHANGED or (base is not None and base_lines == head_lines):
            rows = EvenRows(EditKind.EQUAL, len(head_lines))
        else:
            rows = [
                *EvenRows(EditKind.DELETE, len(base_lines)),
                *EvenRows(EditKind.INSERT, len(head_lines)),
            ]
    rows = _without_frames(rows, diff, block, options)
    key = part_fold(FoldKind.TEXT, block.change, part, 0)
    if len(rows) > LONG_OUTPUT and key not in options.expanded:
        hidden = len(rows) - SHOWN_OF_LONG_OUTPUT
        if output.category is OutputCategory.ERROR:  # the last frames say where it broke
            rows = [_fold_row(key, hidden), *rows[hidden:]]
        else:
            rows = [*rows[:SHOWN_OF_LONG_OUTPUT], _fold_row(key, hidden)]
    return Lines(base_lines, head_lines, rows, numbered=False)


def _without_frames(
    rows: Sequence[LineRow], diff: NotebookDiff, block: Block, options: ViewOptions
) -> Sequence[LineRow]:
    """The rows of an error with the frames of libraries folded."""
    folds = frame_folds(diff, block.change, block.output, options)
    if not folds:
        return rows
    shown: list[LineRow] = []
    position = 0
    for fold in folds:
        shown += rows[position : fold.start]
        key = frame_fold_key(block.change, block.output, fold)
        shown.append(_fold_row(key, fold.stop - fold.start)._replace(note=fold.text))
        position = fold.stop
    return [*shown, *rows[position:]]


def _leaf_lines(changes: Sequence[MetadataChange] | Sequence[TreeChange], options: ViewOptions) -> Lines:
    """One line a side for each leaf that differs: its path and its value."""
    base: list[str] = []
    head: list[str] = []
    rows: list[LineRow] = []
    for change in changes:
        path = leaf_path(change.path)
        base_line = head_line = None
        if change.kind is not ChangeKind.ADDED:
            base_line = len(base)
            base.append(f"{path} = {_shown(change.base)}")
        if change.kind is not ChangeKind.REMOVED:
            head_line = len(head)
            head.append(f"{path} = {_shown(change.head)}")
        if base_line is not None and head_line is not None:
            value = len(path) + 3
            spans = Span(value, len(base[-1])), Span(value, len(head[-1]))
            rows.append(LineRow(EditKind.REPLACE, base_line, head_line, spans[:1], spans[1:]))
        else:
            rows.append(LineRow(_kind_of(base_line is None, head_line is None), base_line, head_line))
    if options.one_column:
        rows = list(_stacked(iter(rows)))
    return Lines(base, head, rows, numbered=False)


def leaf_path(path: Sequence[str | int]) -> str:
    """A path into JSON as people write it: `layout.axes[2].title`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} …"
