"""The words and signs that go with a change: headers, folds, and the change at hand as plain text.

Colour never stands alone: every kind has its sign. Imports nothing of Qt: who shows the words hands in `tr`,
which puts a text into the reader's language; without it they are English.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nbreview.diff.model import (
    CellChange,
    ChangeKind,
    ImageDiff,
    NotebookDiff,
    OutputCategory,
    Relation,
    RelationKind,
    TableDiff,
)
from nbreview.notebook.model import Cell, CellType
from nbreview.presentation.lines import LineRow, block_lines
from nbreview.presentation.rich_outputs import embedded
from nbreview.presentation.rows import (
    PART_STRIDE,
    Block,
    BlockKind,
    FoldKind,
    ViewOptions,
    build_blocks,
    output_sides,
    sides,
)

SIGNS = {
    ChangeKind.UNCHANGED: "",
    ChangeKind.MODIFIED: "≠",
    ChangeKind.MOVED: "⇄",
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "−",
}

EVERYTHING = ViewOptions(fold_unchanged=False, metadata=True, one_column=True, context_lines=1_000_000)


@dataclass(frozen=True, slots=True)
class HeaderText:
    """What a cell's header says. `link` is the part of it that leads elsewhere: to the change `target`, or
    without one to the place that a moved cell has left.
    """

    number: str
    prompt: str
    cell_type: str
    sign: str
    word: str
    link: str
    notes: tuple[str, ...]
    tags: tuple[str, ...]
    target: int | None = None


def kind_word(kind: ChangeKind, *, tr: Callable[[str], str] = str) -> str:
    """What became of a cell or an output, in a word."""
    return {
        ChangeKind.UNCHANGED: tr("unchanged"),
        ChangeKind.MODIFIED: tr("modified"),
        ChangeKind.MOVED: tr("moved"),
        ChangeKind.ADDED: tr("added"),
        ChangeKind.REMOVED: tr("removed"),
    }[kind]


def header_text(diff: NotebookDiff, index: int, *, tr: Callable[[str], str] = str) -> HeaderText:
    """What the header of a change says; cells count from 1, as people do."""
    change = diff.cells[index]
    base, head = sides(diff, change)
    shown = head or base
    assert shown is not None  # a change has at least one side
    cell_type = str(shown.cell_type)
    if change.type_changed and base is not None and head is not None:
        cell_type = f"{base.cell_type} → {head.cell_type}"
    link = ""
    if change.kind is ChangeKind.MOVED and change.base_index is not None:
        link = tr("from cell {cell}").format(cell=change.base_index + 1)
    target = None
    if change.relation is not None:
        related = {
            RelationKind.SPLIT: tr("split from cell {cell}"),
            RelationKind.MERGED: tr("merged into cell {cell}"),
            RelationKind.COPIED: tr("copy of cell {cell}"),
        }
        link = related[change.relation.kind].format(cell=change.relation.index + 1)
        target = _related(diff, change.relation)
    return HeaderText(
        number=str(shown.index + 1),
        prompt=_prompt(shown),
        cell_type=cell_type,
        sign=SIGNS[change.kind],
        word="" if change.kind is ChangeKind.UNCHANGED else kind_word(change.kind, tr=tr),
        link=link,
        notes=_notes(change, tr),
        tags=shown.tags,
        target=target,
    )


def _related(diff: NotebookDiff, relation: Relation) -> int | None:
    """The change that holds the cell which a relation points to."""
    for index, change in enumerate(diff.cells):
        place = change.head_index if relation.kind is RelationKind.MERGED else change.base_index
        if place == relation.index:
            return index
    return None


def fold_text(diff: NotebookDiff, block: Block, *, tr: Callable[[str], str] = str) -> str:
    """What a fold of cells, outputs or metadata says."""
    assert block.fold is not None
    count = block.hidden
    if block.fold.kind is FoldKind.CELLS:
        heading = first_heading(diff, block.change, block.change + block.hidden)
        text = _fold_words(FoldKind.CELLS, count, tr)
        return f"{text}  ·  {heading}" if heading else text
    if block.fold.kind is FoldKind.OUTPUTS:
        outputs = diff.cells[block.change].outputs
        start = block.fold.at % PART_STRIDE
        changed = outputs[start].kind is not ChangeKind.UNCHANGED or block.fold.at >= PART_STRIDE
        if changed:
            hidden = tr("{n} changed output, hidden") if count == 1 else tr("{n} changed outputs, hidden")
        else:
            hidden = tr("{n} output unchanged") if count == 1 else tr("{n} outputs unchanged")
        return hidden.format(n=count)
    return _fold_words(block.fold.kind, count, tr)


def row_fold_text(row: LineRow, *, earlier: bool = False, tr: Callable[[str], str] = str) -> str:
    """What a fold between lines says. `earlier`: it hides what came before (the first frames of a
    traceback).
    """
    if row.note:
        return row.note
    return _fold_words(row.fold.kind, row.hidden, tr, earlier=earlier) if row.fold is not None else ""


def ghost_text(diff: NotebookDiff, index: int, *, tr: Callable[[str], str] = str) -> str:
    """What stands at the place that a moved cell has left."""
    change = diff.cells[index]
    base_index, head_index = change.base_index or 0, change.head_index or 0
    return tr("cell {base} moved to cell {head}").format(base=base_index + 1, head=head_index + 1)


def first_heading(diff: NotebookDiff, start: int, stop: int, limit: int = 200) -> str:
    """The first Markdown heading among some changes, "" where the first `limit` hold none."""
    for change in diff.cells[start : min(stop, start + limit)]:
        base, head = sides(diff, change)
        cell = head or base
        if cell is not None and cell.cell_type is CellType.MARKDOWN and cell.source.lstrip().startswith("#"):
            return cell.source.lstrip().split("\n", 1)[0].lstrip("#").strip()
    return ""


def change_title(diff: NotebookDiff, index: int, *, tr: Callable[[str], str] = str) -> str:
    """A change in one sentence: which cell, and what became of it."""
    header = header_text(diff, index, tr=tr)
    title = tr("Cell {number}, {cell_type}, {word}").format(
        number=header.number, cell_type=header.cell_type, word=header.word or tr("unchanged")
    )
    title += f" {header.link}" if header.link else ""
    return ". ".join((title, *header.notes)) + "."


def describe_change(diff: NotebookDiff, index: int, *, tr: Callable[[str], str] = str) -> str:
    """A change as plain text, a line a row, each with its sign: what a screen reader is given."""
    change = diff.cells[index]
    parts = [change_title(diff, index, tr=tr)]
    only = NotebookDiff(diff.base, diff.head, (change,))
    for block in build_blocks(only, EVERYTHING):
        if block.kind in (BlockKind.HEADER, BlockKind.FOLD, BlockKind.GHOST):
            continue
        if block.kind is BlockKind.EMBED:
            shown = output_sides(only, change, change.outputs[block.output])
            said = tr("Output: {what}")
            parts.extend(
                dict.fromkeys(said.format(what=embedded(side)) for side in shown if side is not None)
            )
            continue
        if block.kind is BlockKind.OUTPUT:
            output = change.outputs[block.output]
            word = kind_word(output.kind, tr=tr)
            parts.append(tr("Output, {category}, {word}:").format(category=output.category, word=word))
        if block.kind is BlockKind.METADATA:
            parts.append(tr("Metadata:"))
        lines = block_lines(only, block, EVERYTHING)
        for row in lines.rows:
            if row.fold is not None:
                parts.append(f"  {row_fold_text(row, tr=tr)}")
            elif row.base is not None and row.head is not None:
                parts.append(f"  {lines.head[row.head]}")
            elif row.base is not None:
                parts.append(f"− {lines.base[row.base]}")
            elif row.head is not None:
                parts.append(f"+ {lines.head[row.head]}")
    return "\n".join(parts)


def _prompt(cell: Cell) -> str:
    if cell.cell_type is not CellType.CODE:
        return ""
    return f"In [{cell.execution_count if cell.execution_count is not None else ' '}]"


def _notes(change: CellChange, tr: Callable[[str], str]) -> tuple[str, ...]:
    if change.kind not in (ChangeKind.MODIFIED, ChangeKind.MOVED):
        return ()
    notes: list[str] = []
    if change.source is not None:
        removed, added = change.source.counts
        notes.append(f"−{removed} +{added}")
    if change.outputs_changed:
        notes.append(_outputs_note(change, tr))
    if change.metadata:
        notes.append(tr("metadata differs"))
    if any(output.coarse for output in change.outputs) or (
        change.source is not None and change.source.coarse
    ):
        notes.append(tr("compared coarsely"))
    return tuple(notes)


def _outputs_note(change: CellChange, tr: Callable[[str], str]) -> str:
    """What differs in a single changed output; of several, that they do."""
    differing = [output for output in change.outputs if output.kind is not ChangeKind.UNCHANGED]
    if len(differing) == 1:
        output = differing[0]
        if output.image is not None and (output.image.ratio > 0 or output.image.coarse):
            return image_text(output.image, tr=tr)
        if output.table is not None:
            return table_text(output.table, tr=tr)
        if output.category is OutputCategory.ERROR and output.kind is ChangeKind.ADDED:
            return tr("now ends in an error")
        if output.category is OutputCategory.ERROR and output.kind is ChangeKind.REMOVED:
            return tr("no longer ends in an error")
        if output.error is not None and output.error.type_changed:
            return tr("another error")
    return tr("outputs differ")


def image_text(image: ImageDiff, *, tr: Callable[[str], str] = str) -> str:
    """How much of a picture differs, in words."""
    if image.base_size is None or image.head_size is None:
        return tr("picture differs")
    if image.base_size != image.head_size:
        sizes = f"{_size(image.base_size)} → {_size(image.head_size)}"
        return tr("picture {sizes}").format(sizes=sizes)
    if image.coarse:
        return tr("picture differs")
    percent = 100 * image.ratio
    if percent < 0.1:
        return tr("picture differs in under 0.1 %")
    return tr("picture differs in {percent} %").format(percent=f"{percent:.1f}")


def table_text(table: TableDiff, *, tr: Callable[[str], str] = str) -> str:
    """How much of a table differs, in words."""
    parts = []
    if table.changed:
        count = len(table.changed)
        said = tr("{n} table cell differs") if count == 1 else tr("{n} table cells differ")
        parts.append(said.format(n=count))
    for one, more, places in (
        (tr("{n} row"), tr("{n} rows"), table.rows),
        (tr("{n} column"), tr("{n} columns"), table.columns),
    ):
        added = sum(base is None for base, _ in places)
        removed = sum(head is None for _, head in places)
        if added:
            parts.append("+" + (one if added == 1 else more).format(n=added))
        if removed:
            parts.append("−" + (one if removed == 1 else more).format(n=removed))
    return ", ".join(parts) or tr("table differs")


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"


def _fold_words(kind: FoldKind, count: int, tr: Callable[[str], str], *, earlier: bool = False) -> str:
    one, more = {
        FoldKind.CELLS: (tr("{n} unchanged cell"), tr("{n} unchanged cells")),
        FoldKind.LINES: (tr("{n} unchanged line"), tr("{n} unchanged lines")),
        FoldKind.OUTPUTS: (tr("{n} output"), tr("{n} outputs")),
        FoldKind.METADATA: (tr("{n} metadata change"), tr("{n} metadata changes")),
        FoldKind.TEXT: (tr("{n} more line"), tr("{n} more lines")),
    }[kind]
    if earlier and kind is FoldKind.TEXT:
        one, more = tr("{n} earlier line"), tr("{n} earlier lines")
    return (one if count == 1 else more).format(n=count)
