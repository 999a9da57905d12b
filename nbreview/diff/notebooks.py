"""The one entry: two notebooks in, a `NotebookDiff` out.

Imports the rest of this room and below; neither side is ever changed.
"""

from collections.abc import Sequence

from nbreview.cancellation import CancelToken
from nbreview.diff.cells import align
from nbreview.diff.lines import diff_text
from nbreview.diff.metadata import cell_changes, notebook_changes
from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff, OutputChange
from nbreview.diff.options import DEFAULT_OPTIONS, DiffOptions
from nbreview.diff.outputs import category, diff_outputs, one_sided
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
        pairs = [(index, index) for index in range(len(head.cells))]
        moved: frozenset[tuple[int, int]] = frozenset()
    else:
        alignment = align(
            base.cells, head.cells, similarity=options.similarity, ids=options.ids, cancel=cancel
        )
        pairs, moved = list(alignment.pairs), alignment.moved
    changes = []
    for base_index, head_index in _in_order(pairs, moved, len(base.cells), len(head.cells)):
        if cancel is not None:
            cancel.check()
        if base_index is not None and head_index is not None:
            old, new = base.cells[base_index], head.cells[head_index]
            changes.append(_matched(old, new, (base_index, head_index) in moved, cancel))
        elif base_index is not None:
            outputs = one_sided(base.cells[base_index].outputs, ChangeKind.REMOVED)
            changes.append(CellChange(ChangeKind.REMOVED, base_index, None, outputs=outputs))
        elif head_index is not None:
            outputs = one_sided(head.cells[head_index].outputs, ChangeKind.ADDED)
            changes.append(CellChange(ChangeKind.ADDED, None, head_index, outputs=outputs))
    return NotebookDiff(base, head, tuple(changes), notebook_changes(base, head))


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


def _matched(base: Cell, head: Cell, moved: bool, cancel: CancelToken | None) -> CellChange:
    """The change of a cell that stands on both sides."""
    source = None if base.source == head.source else diff_text(base.source, head.source, cancel)
    metadata = cell_changes(base, head)
    outputs = _outputs(base, head, cancel)
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


def _outputs(base: Cell, head: Cell, cancel: CancelToken | None) -> tuple[OutputChange, ...]:
    if base.cell_type is head.cell_type and base.raw.get("outputs") == head.raw.get("outputs"):
        return tuple(
            OutputChange(ChangeKind.UNCHANGED, category(output), position, position)
            for position, output in enumerate(head.outputs)
        )
    return diff_outputs(base.outputs, head.outputs, cancel=cancel)
