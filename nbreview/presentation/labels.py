"""The words and signs that go with a change: headers, folds, and the change at hand as plain text.

Colour never stands alone: every kind has its sign. Imports nothing of Qt.
"""

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


_RELATED = {
    RelationKind.SPLIT: "split from cell {}",
    RelationKind.MERGED: "merged into cell {}",
    RelationKind.COPIED: "copy of cell {}",
}


def header_text(diff: NotebookDiff, index: int) -> HeaderText:
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
        link = f"from cell {change.base_index + 1}"
    target = None
    if change.relation is not None:
        link = _RELATED[change.relation.kind].format(change.relation.index + 1)
        target = _related(diff, change.relation)
    return HeaderText(
        number=str(shown.index + 1),
        prompt=_prompt(shown),
        cell_type=cell_type,
        sign=SIGNS[change.kind],
        word="" if change.kind is ChangeKind.UNCHANGED else str(change.kind),
        link=link,
        notes=_notes(change),
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


def fold_text(diff: NotebookDiff, block: Block) -> str:
    """What a fold of cells, outputs or metadata says."""
    assert block.fold is not None
    text = _fold_words(block.fold.kind, block.hidden)
    if block.fold.kind is FoldKind.CELLS:
        heading = first_heading(diff, block.change, block.change + block.hidden)
        return f"{text}  ·  {heading}" if heading else text
    if block.fold.kind is FoldKind.OUTPUTS:
        outputs = diff.cells[block.change].outputs
        start = block.fold.at % PART_STRIDE
        changed = outputs[start].kind is not ChangeKind.UNCHANGED or block.fold.at >= PART_STRIDE
        return f"{block.hidden} changed {text.split(' ', 1)[1]}, hidden" if changed else f"{text} unchanged"
    return text


def row_fold_text(row: LineRow, *, earlier: bool = False) -> str:
    """What a fold between lines says. `earlier`: it hides what came before (the first frames of a
    traceback).
    """
    if row.note:
        return row.note
    return _fold_words(row.fold.kind, row.hidden, earlier=earlier) if row.fold is not None else ""


def ghost_text(diff: NotebookDiff, index: int) -> str:
    """What stands at the place that a moved cell has left."""
    change = diff.cells[index]
    base_index, head_index = change.base_index or 0, change.head_index or 0
    return f"cell {base_index + 1} moved to cell {head_index + 1}"


def first_heading(diff: NotebookDiff, start: int, stop: int, limit: int = 200) -> str:
    """The first Markdown heading among some changes, "" where the first `limit` hold none."""
    for change in diff.cells[start : min(stop, start + limit)]:
        base, head = sides(diff, change)
        cell = head or base
        if cell is not None and cell.cell_type is CellType.MARKDOWN and cell.source.lstrip().startswith("#"):
            return cell.source.lstrip().split("\n", 1)[0].lstrip("#").strip()
    return ""


def change_title(diff: NotebookDiff, index: int) -> str:
    """A change in one sentence: which cell, and what became of it."""
    header = header_text(diff, index)
    title = f"Cell {header.number}, {header.cell_type}, {header.word or 'unchanged'}"
    title += f" {header.link}" if header.link else ""
    return ". ".join((title, *header.notes)) + "."


def describe_change(diff: NotebookDiff, index: int) -> str:
    """A change as plain text, a line a row, each with its sign: what a screen reader is given."""
    change = diff.cells[index]
    parts = [change_title(diff, index)]
    only = NotebookDiff(diff.base, diff.head, (change,))
    for block in build_blocks(only, EVERYTHING):
        if block.kind in (BlockKind.HEADER, BlockKind.FOLD, BlockKind.GHOST):
            continue
        if block.kind is BlockKind.EMBED:
            shown = output_sides(only, change, change.outputs[block.output])
            parts.extend(dict.fromkeys(f"Output: {embedded(side)}" for side in shown if side is not None))
            continue
        if block.kind is BlockKind.OUTPUT:
            output = change.outputs[block.output]
            parts.append(f"Output, {output.category}, {output.kind}:")
        if block.kind is BlockKind.METADATA:
            parts.append("Metadata:")
        lines = block_lines(only, block, EVERYTHING)
        for row in lines.rows:
            if row.fold is not None:
                parts.append(f"  {row_fold_text(row)}")
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


def _notes(change: CellChange) -> tuple[str, ...]:
    if change.kind not in (ChangeKind.MODIFIED, ChangeKind.MOVED):
        return ()
    notes: list[str] = []
    if change.source is not None:
        removed, added = change.source.counts
        notes.append(f"−{removed} +{added}")
    if change.outputs_changed:
        notes.append(_outputs_note(change))
    if change.metadata:
        notes.append("metadata differs")
    if any(output.coarse for output in change.outputs) or (
        change.source is not None and change.source.coarse
    ):
        notes.append("compared coarsely")
    return tuple(notes)


def _outputs_note(change: CellChange) -> str:
    """What differs in a single changed output; of several, that they do."""
    differing = [output for output in change.outputs if output.kind is not ChangeKind.UNCHANGED]
    if len(differing) == 1:
        output = differing[0]
        if output.image is not None and (output.image.ratio > 0 or output.image.coarse):
            return image_text(output.image)
        if output.table is not None:
            return table_text(output.table)
        if output.category is OutputCategory.ERROR and output.kind is ChangeKind.ADDED:
            return "now ends in an error"
        if output.category is OutputCategory.ERROR and output.kind is ChangeKind.REMOVED:
            return "no longer ends in an error"
        if output.error is not None and output.error.type_changed:
            return "another error"
    return "outputs differ"


def image_text(image: ImageDiff) -> str:
    """How much of a picture differs, in words."""
    if image.base_size is None or image.head_size is None:
        return "picture differs"
    if image.base_size != image.head_size:
        return f"picture {_size(image.base_size)} → {_size(image.head_size)}"
    if image.coarse:
        return "picture differs"
    percent = 100 * image.ratio
    return f"picture differs in {percent:.1f} %" if percent >= 0.1 else "picture differs in under 0.1 %"


def table_text(table: TableDiff) -> str:
    """How much of a table differs, in words."""
    parts = []
    if table.changed:
        several = len(table.changed) != 1
        parts.append(f"{len(table.changed)} table {'cells differ' if several else 'cell differs'}")
    for word, places in (("row", table.rows), ("column", table.columns)):
        added = sum(base is None for base, _ in places)
        removed = sum(head is None for _, head in places)
        if added:
            parts.append(f"+{added} {word}{'s' * (added != 1)}")
        if removed:
            parts.append(f"−{removed} {word}{'s' * (removed != 1)}")
    return ", ".join(parts) or "table differs"


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"


def _fold_words(kind: FoldKind, count: int, *, earlier: bool = False) -> str:
    several = count != 1
    if kind is FoldKind.CELLS:
        return f"{count} unchanged cell{'s' * several}"
    if kind is FoldKind.LINES:
        return f"{count} unchanged line{'s' * several}"
    if kind is FoldKind.OUTPUTS:
        return f"{count} output{'s' * several}"
    if kind is FoldKind.METADATA:
        return f"{count} metadata change{'s' * several}"
    return f"{count} {'earlier' if earlier else 'more'} line{'s' * several}"
