"""What the diff shows, top to bottom: a diff and the view's options become a sequence of blocks.

A block is a strip of the canvas (a cell's header, its source, one output, a fold). Building them looks at
cells, never at lines that nobody sees: it counts line breaks and runs of equal lines and builds no rows.
The rows of one block are made when it comes into view (`nbreview.presentation.lines`). Imports nothing of
Qt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import NamedTuple

from nbreview.diff.model import (
    CellChange,
    ChangeKind,
    EditKind,
    LineEdit,
    NotebookDiff,
    OutputCategory,
    OutputChange,
    TextDiff,
)
from nbreview.notebook.model import Cell, CellType, Output
from nbreview.presentation.rich_outputs import is_embedded
from nbreview.presentation.tracebacks import FrameFold, traceback_folds

MIN_FOLDED_LINES = 4
"""Fewer unchanged lines than this stay: a fold would save nothing."""

QUIET_LINES = 3
"""Lines shown of a source that has not changed in a cell that has (it moved, or only its outputs did)."""

LONG_OUTPUT = 30
"""An output with more lines than this folds with a count."""

SHOWN_OF_LONG_OUTPUT = 12


class BlockKind(IntEnum):
    """What a block is."""

    HEADER = 0
    SOURCE = 1  # lines of code, or of Markdown that changed
    PROSE = 2  # Markdown, rendered
    OUTPUT = 3
    METADATA = 4
    FOLD = 5
    GHOST = 6  # the place that a moved cell has left
    EMBED = 7  # the name of an output that needs a browser to live


class FoldKind(StrEnum):
    """What a fold hides."""

    CELLS = "cells"
    LINES = "lines"
    OUTPUTS = "outputs"
    TEXT = "text"
    METADATA = "metadata"


class FoldKey(NamedTuple):
    """Which fold: `change` is an index into `NotebookDiff.cells`, `at` where in it the fold starts."""

    kind: FoldKind
    change: int
    at: int


class Block(NamedTuple):
    """One strip of the canvas.

    A named tuple and no dataclass: fifteen thousand are made at every fold and unfold. `change` is an index
    into `NotebookDiff.cells` (the first hidden one for a fold of cells, -1 for the notebook's own
    metadata), `output` one into its `outputs`. `rows` is the number of lines (an estimate for tables and
    prose), `hidden` how much a fold hides.
    """

    kind: BlockKind
    change: int
    rows: int = 1
    output: int = -1
    fold: FoldKey | None = None
    hidden: int = 0
    open: bool = False


class MarkdownView(StrEnum):
    """How cells of Markdown are shown."""

    SOURCE = "source"
    QUIET = "quiet"  # rendered where the source has not changed
    RENDERED = "rendered"


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """How the diff is shown. `expanded` holds the folds that were opened by hand."""

    fold_unchanged: bool = True
    outputs: bool = True
    metadata: bool = False
    one_column: bool = False
    context_lines: int = 3
    markdown: MarkdownView = MarkdownView.QUIET
    expanded: frozenset[FoldKey] = field(default_factory=frozenset)


def build_blocks(diff: NotebookDiff, options: ViewOptions) -> list[Block]:
    """The strips of the canvas in order. Cost: one step a cell, and one a line of changed cells that are
    long.
    """
    blocks: list[Block] = []
    if diff.metadata:
        blocks.extend(_metadata(-1, len(diff.metadata), options))
    ghosts = _ghosts(diff)
    for ghost in ghosts.get(-1, ()):
        blocks.append(Block(BlockKind.GHOST, ghost))
    cells = diff.cells
    position, total = 0, len(cells)
    while position < total:
        change = cells[position]
        if change.kind is not ChangeKind.UNCHANGED:
            blocks.extend(_cell(diff, position, options))
            if position in ghosts:
                blocks.extend(Block(BlockKind.GHOST, ghost) for ghost in ghosts[position])
            position += 1
            continue
        stop = position + 1
        # A run ends where a cell has left, so that the ghost stands at its own place.
        while stop < total and cells[stop].kind is ChangeKind.UNCHANGED and stop - 1 not in ghosts:
            stop += 1
        blocks.extend(_unchanged_run(diff, position, stop, options))
        blocks.extend(Block(BlockKind.GHOST, ghost) for ghost in ghosts.get(stop - 1, ()))
        position = stop
    return blocks


def sides(diff: NotebookDiff, change: CellChange) -> tuple[Cell | None, Cell | None]:
    """The cell on the base side and on the head side."""
    base = diff.base.cells[change.base_index] if change.base_index is not None else None
    head = diff.head.cells[change.head_index] if change.head_index is not None else None
    return base, head


def output_sides(
    diff: NotebookDiff, change: CellChange, output: OutputChange
) -> tuple[Output | None, Output | None]:
    """One output on the base side and on the head side; a stream written in pieces is one output here."""
    base, head = sides(diff, change)
    return (
        _whole(base, output.base_index, output.base_indices),
        _whole(head, output.head_index, output.head_indices),
    )


def _whole(cell: Cell | None, index: int | None, indices: tuple[int, ...]) -> Output | None:
    if cell is None or index is None:
        return None
    output = cell.outputs[index]
    if len(indices) < 2:
        return output
    pieces = (cell.outputs[number].data.get("text/plain", "") for number in indices)
    return replace(output, data={"text/plain": "".join(piece for piece in pieces if isinstance(piece, str))})


def count_lines(text: str) -> int:
    """Lines of a text; one line break at the end does not start another."""
    if not text:
        return 0
    return text.count("\n") + (not text.endswith("\n"))


def folded_runs(
    edits: Sequence[LineEdit], context: int, is_open: frozenset[int] = frozenset()
) -> list[tuple[int, int]]:
    """Runs of equal lines to hide, as half-open ranges of `edits`: those further than `context` from a
    change.

    `is_open` holds the starts of runs that were opened by hand.
    """
    runs: list[tuple[int, int]] = []
    total = len(edits)
    if total <= MIN_FOLDED_LINES + context:  # one line at least has changed
        return runs
    start: int | None = None
    for position in range(total + 1):
        if position < total and edits[position].kind is EditKind.EQUAL:
            if start is None:
                start = position
            continue
        if start is not None:
            first = start + (context if start else 0)
            last = position - (context if position < total else 0)
            if last - first >= MIN_FOLDED_LINES and first not in is_open:
                runs.append((first, last))
            start = None
    return runs


NOTHING_OPENED: frozenset[int] = frozenset()

PART_STRIDE = 1_000_000_000
"""Folds of one cell share a number line: part 0 is its source, part n + 1 its output n."""


def opened(options: ViewOptions, change: int, part: int) -> frozenset[int]:
    """Where folds of lines were opened in one part of a cell (0: source, n + 1: output n)."""
    if not options.expanded:
        return NOTHING_OPENED
    return _opened_lines(options.expanded).get((change, part), NOTHING_OPENED)


@lru_cache(maxsize=4)
def _opened_lines(expanded: frozenset[FoldKey]) -> dict[tuple[int, int], frozenset[int]]:
    """Starts of the opened folds of lines, by change and part: asked once a cell, worked out once a click."""
    starts: dict[tuple[int, int], set[int]] = {}
    for key in expanded:
        if key.kind is FoldKind.LINES:
            part, at = divmod(key.at, PART_STRIDE)
            starts.setdefault((key.change, part), set()).add(at)
    return {place: frozenset(found) for place, found in starts.items()}


def part_fold(kind: FoldKind, change: int, part: int, at: int) -> FoldKey:
    """The key of a fold at line `at` of one part of a cell."""
    return FoldKey(kind, change, part * PART_STRIDE + at)


def row_count(text: TextDiff, options: ViewOptions, is_open: frozenset[int]) -> int:
    """Rows that a text diff takes: its lines less what folds, and one a fold."""
    count = len(text.edits)
    runs = folded_runs(text.edits, options.context_lines, is_open)
    count -= sum(stop - start - 1 for start, stop in runs)
    if options.one_column:
        count += sum(edit.kind is EditKind.REPLACE for edit in text.edits)
    return count


def is_prose(diff: NotebookDiff, change: CellChange, markdown: MarkdownView = MarkdownView.QUIET) -> bool:
    """Whether the source is shown rendered: Markdown, as far as the view asks for it."""
    if markdown is MarkdownView.SOURCE:
        return False
    base, head = sides(diff, change)
    shown = head or base
    return (
        shown is not None
        and shown.cell_type is CellType.MARKDOWN
        and not change.type_changed
        and (change.source is None or markdown is MarkdownView.RENDERED)
    )


def _ghosts(diff: NotebookDiff) -> dict[int, list[int]]:
    """For each change after which a moved cell once stood, the moved changes; -1: before everything."""
    moved = {
        change.base_index: index
        for index, change in enumerate(diff.cells)
        if change.kind is ChangeKind.MOVED and change.base_index is not None
    }
    if not moved:
        return {}
    stays = {
        change.base_index: index
        for index, change in enumerate(diff.cells)
        if change.base_index is not None and change.base_index not in moved
    }
    places: dict[int, list[int]] = {}
    previous = -1
    for base_index in range(len(diff.base.cells)):
        if base_index in moved:
            places.setdefault(previous, []).append(moved[base_index])
        else:
            previous = stays.get(base_index, previous)
    return places


def _unchanged_run(diff: NotebookDiff, start: int, stop: int, options: ViewOptions) -> Iterator[Block]:
    if options.fold_unchanged:
        key = FoldKey(FoldKind.CELLS, start, 0)
        is_open = key in options.expanded
        yield Block(BlockKind.FOLD, start, fold=key, hidden=stop - start, open=is_open)
        if not is_open:
            return
    for index in range(start, stop):
        yield from _cell(diff, index, options)


def _cell(diff: NotebookDiff, index: int, options: ViewOptions) -> Iterator[Block]:
    change = diff.cells[index]
    yield Block(BlockKind.HEADER, index)
    rows = _source_rows(diff, index, options)
    if rows:
        prose = is_prose(diff, change, options.markdown)
        yield Block(BlockKind.PROSE if prose else BlockKind.SOURCE, index, rows)
    if change.metadata:
        yield from _metadata(index, len(change.metadata), options)
    yield from _outputs(diff, index, options)


def _source_rows(diff: NotebookDiff, index: int, options: ViewOptions) -> int:
    change = diff.cells[index]
    if change.source is not None and not is_prose(diff, change, options.markdown):
        return row_count(change.source, options, opened(options, index, 0))
    base, head = sides(diff, change)
    shown = head or base
    count = count_lines(shown.source) if shown is not None else 0
    prose = is_prose(diff, change, options.markdown)
    quiet = change.kind in (ChangeKind.MOVED, ChangeKind.MODIFIED) and not prose
    if quiet and count >= QUIET_LINES + MIN_FOLDED_LINES:
        folded = FoldKey(FoldKind.LINES, index, QUIET_LINES) not in options.expanded
        return QUIET_LINES + 1 if folded else count
    return count


def _metadata(index: int, count: int, options: ViewOptions) -> Iterator[Block]:
    key = FoldKey(FoldKind.METADATA, index, 0)
    shown = options.metadata or key in options.expanded
    if not options.metadata:
        yield Block(BlockKind.FOLD, index, fold=key, hidden=count, open=shown)
    if shown:
        yield Block(BlockKind.METADATA, index, 2 * count if options.one_column else count)


def _outputs(diff: NotebookDiff, index: int, options: ViewOptions) -> Iterator[Block]:
    change = diff.cells[index]
    if not change.outputs:
        return
    if not options.outputs:
        differing = sum(output.kind is not ChangeKind.UNCHANGED for output in change.outputs)
        if differing and change.kind is not ChangeKind.REMOVED:
            key = part_fold(FoldKind.OUTPUTS, index, 1, 0)
            is_open = key in options.expanded
            yield Block(BlockKind.FOLD, index, fold=key, hidden=differing, open=is_open)
            if is_open:
                for number in range(len(change.outputs)):
                    yield from _output(diff, index, number, options)
        return
    position, total = 0, len(change.outputs)
    while position < total:
        if change.outputs[position].kind is not ChangeKind.UNCHANGED or change.kind is ChangeKind.UNCHANGED:
            yield from _output(diff, index, position, options)
            position += 1
            continue
        stop = position
        while stop < total and change.outputs[stop].kind is ChangeKind.UNCHANGED:
            stop += 1
        key = FoldKey(FoldKind.OUTPUTS, index, position)
        is_open = key in options.expanded
        yield Block(BlockKind.FOLD, index, fold=key, hidden=stop - position, open=is_open)
        if is_open:
            for number in range(position, stop):
                yield from _output(diff, index, number, options)
        position = stop


def _output(diff: NotebookDiff, index: int, number: int, options: ViewOptions) -> Iterator[Block]:
    change = diff.cells[index]
    output = change.outputs[number]
    base, head = output_sides(diff, change, output)
    if any(side is not None and is_embedded(side) for side in (base, head)):
        yield Block(BlockKind.EMBED, index, 1, number)
        named = output.category is OutputCategory.JSON and not output.tree
        if named and not (output.text is not None and output.text.changed):
            return  # its plain text says less than its name
    if output.category is OutputCategory.TABLE:
        rows = max(_table_rows(base), _table_rows(head))
    elif output.tree or output.text is not None or output.category in _TEXTUAL:
        if output.tree:
            rows = tree_rows(output, options)
        elif output.text is not None and output.text.changed:
            rows = row_count(output.text, options, opened(options, index, number + 1))
        else:
            rows = max(_text_rows(base), _text_rows(head))
        rows -= sum(fold.stop - fold.start - 1 for fold in frame_folds(diff, index, number, options))
        if rows > LONG_OUTPUT and part_fold(FoldKind.TEXT, index, number + 1, 0) not in options.expanded:
            rows = SHOWN_OF_LONG_OUTPUT + 1
    else:
        rows = 1
    yield Block(BlockKind.OUTPUT, index, max(rows, 1), number)


def frame_folds(diff: NotebookDiff, index: int, number: int, options: ViewOptions) -> tuple[FrameFold, ...]:
    """The frames of libraries that are folded in an error that stands alone, or is the same on both sides."""
    change = diff.cells[index]
    output = change.outputs[number]
    if output.category is not OutputCategory.ERROR or (output.text is not None and output.text.changed):
        return ()
    base, head = output_sides(diff, change, output)
    if base is not None and head is not None and base.traceback != head.traceback:
        return ()
    shown = head or base
    if shown is None or not shown.traceback:
        return ()
    return tuple(
        fold
        for fold in traceback_folds("\n".join(shown.traceback))
        if frame_fold_key(index, number, fold) not in options.expanded
    )


def frame_fold_key(index: int, number: int, fold: FrameFold) -> FoldKey:
    """The key of a fold of frames; 0 is that of the whole text."""
    return part_fold(FoldKind.TEXT, index, number + 1, fold.start + 1)


_TEXTUAL = (OutputCategory.TEXT, OutputCategory.ERROR)


def tree_rows(output: OutputChange, options: ViewOptions) -> int:
    """Rows that the changed leaves of a JSON value take: one each, in one column one a side."""
    if not options.one_column:
        return len(output.tree)
    return sum(1 if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) else 2 for change in output.tree)


def _text_rows(output: Output | None) -> int:
    if output is None:
        return 0
    if output.traceback:
        return sum(line.count("\n") + 1 for line in output.traceback)
    if output.ename or output.evalue:
        return 1
    text = output.data.get("text/plain", "")
    return count_lines(text) if isinstance(text, str) else 1


def _table_rows(output: Output | None) -> int:
    """An estimate: the rows that the HTML opens."""
    html = output.data.get("text/html", "") if output is not None else ""
    return html.count("<tr") if isinstance(html, str) else 0
