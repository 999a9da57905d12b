"""The one entry: two notebooks in, a `NotebookDiff` out.

Imports the rest of this room and below; neither side is ever changed.
"""

from collections.abc import Sequence

from nbreview.cancellation import CancelToken
from nbreview.diff.cells import Alignment, align
from nbreview.diff.lines import diff_text
from nbreview.diff.metadata import cell_changes, notebook_changes
from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff, OutputChange, TextDiff
from nbreview.diff.options import DEFAULT_OPTIONS, Aspect, DiffOptions
from nbreview.diff.outputs import diff_outputs, one_sided, unchanged
from nbreview.notebook.model import Cell, Notebook


def diff_notebooks(
    base: Notebook,
    head: Notebook,
    options: DiffOptions = DEFAULT_OPTIONS,
    cancel: CancelToken | None = None,
) -> NotebookDiff:
    """What differs between two notebooks: every cell of both, in head order, removed ones where they stood.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    if base is head or (base.raw is head.raw and base.raw):
        alignment = Alignment(tuple((index, index) for index in range(len(head.cells))), frozenset())
    else:
        alignment = align(
            base.cells,
            head.cells,
            similarity=options.similarity,
            ids=options.ids,
            seconds=options.seconds,
            cancel=cancel,
        )
    outputs = options.compares(Aspect.OUTPUTS)
    relations = alignment.relations
    changes = []
    for row, column in _in_order(alignment.pairs, alignment.moved, len(base.cells), len(head.cells)):
        if cancel is not None:
            cancel.check()
        if row is not None and column is not None:
            moved = (row, column) in alignment.moved
            changes.append(_matched(base.cells[row], head.cells[column], moved, options, cancel))
        elif row is not None:
            gone = one_sided(base.cells[row].outputs, ChangeKind.REMOVED) if outputs else ()
            relation = relations.removed.get(row)
            changes.append(CellChange(ChangeKind.REMOVED, row, None, outputs=gone, relation=relation))
        elif column is not None:
            new = one_sided(head.cells[column].outputs, ChangeKind.ADDED) if outputs else ()
            relation = relations.added.get(column)
            changes.append(CellChange(ChangeKind.ADDED, None, column, outputs=new, relation=relation))
    metadata = notebook_changes(base, head, options)
    return NotebookDiff(base, head, tuple(changes), metadata, alignment.coarse)


def _in_order(
    pairs: Sequence[tuple[int, int]], moved: frozenset[tuple[int, int]], base_length: int, head_length: int
) -> list[tuple[int | None, int | None]]:
    """All cells in head order; a removed cell follows the unmoved cell that it followed in the base."""
    partner = {head: base for base, head in pairs}
    matched_base = set(partner.values())
    anchors = sorted((head, base) for base, head in pairs if (base, head) not in moved)
    found: list[tuple[int | None, int | None]] = []
    row = column = 0
    for anchor, anchor_base in [*anchors, (head_length, base_length)]:
        found.extend((index, None) for index in range(row, anchor_base) if index not in matched_base)
        found.extend((partner.get(index), index) for index in range(column, anchor))
        if anchor < head_length:
            found.append((anchor_base, anchor))
        row, column = anchor_base + 1, anchor + 1
    return found


def _matched(
    base: Cell, head: Cell, moved: bool, options: DiffOptions, cancel: CancelToken | None
) -> CellChange:
    """The change of a cell that stands on both sides."""
    source = _source(base, head, options, cancel)
    metadata = cell_changes(base, head, options)
    outputs = _outputs(base, head, options, cancel)
    type_changed = base.cell_type is not head.cell_type
    if moved:
        kind = ChangeKind.MOVED
    elif (
        source is not None
        or metadata
        or type_changed
        or any(output.kind is not ChangeKind.UNCHANGED for output in outputs)
    ):
        kind = ChangeKind.MODIFIED
    else:
        kind = ChangeKind.UNCHANGED
    return CellChange(kind, base.index, head.index, source, outputs, metadata, type_changed)


def _source(base: Cell, head: Cell, options: DiffOptions, cancel: CancelToken | None) -> TextDiff | None:
    """What differs in the sources; None where that is nothing that counts."""
    if base.source == head.source or not options.compares(Aspect.SOURCES):
        return None
    text = diff_text(base.source, head.source, cancel, whitespace=options.whitespace)
    return text if text.changed else None


def _outputs(
    base: Cell, head: Cell, options: DiffOptions, cancel: CancelToken | None
) -> tuple[OutputChange, ...]:
    """Every output; none where outputs are ignored."""
    if not options.compares(Aspect.OUTPUTS):
        return ()
    if base.cell_type is head.cell_type and base.raw.get("outputs") == head.raw.get("outputs"):
        return unchanged(head.outputs)
    return diff_outputs(base.outputs, head.outputs, options, cancel)
