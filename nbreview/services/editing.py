"""A cell's source changed by hand: written into the file, that cell alone, and taken back like a revert.

On the pattern of `staging.revert_part`: the file must hold the cell as it was shown, the write is atomic, and
every other byte stays. May run on a worker thread; the caller holds the lock of what writes.
"""

from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.history.model import RevisionKind
from nbreview.notebook.model import Cell, Notebook
from nbreview.notebook.reader import load_file, read_bytes
from nbreview.notebook.writer import replace_source, write_atomic
from nbreview.services.opening import Comparison
from nbreview.services.staging import Reverting
from nbreview.words import said

_MAX_BYTES = 2**30


def edit_source(
    comparison: Comparison, change: int, source: str, cancel: CancelToken | None = None
) -> Reverting:
    """Write another source into one cell of the file.

    Parameters
    ----------
    comparison:
        What is shown; its head is the working tree, or a file outside of git.
    change:
        Which cell, counted in the cells of the comparison's diff.
    source:
        The whole new source.

    Raises
    ------
    UserError
        The head is not the file, the cell is not in it, it has changed on disk meanwhile, the source is as it
        was, or the file cannot be written.
    Cancelled
        `cancel` was raised before anything was written.
    """
    cell, path = shown_cell(comparison, change), _path(comparison)
    data = load_file(path, max_bytes=_MAX_BYTES)
    place = _place(read_bytes(data, path.name, max_bytes=_MAX_BYTES), cell, path.name)
    after = replace_source(data, place, source, path.name)
    if after == data:
        raise UserError(
            said(
                "Cell {number} of {name} is as it was; change its source, then save.",
                number=place + 1,
                name=path.name,
            )
        )
    if cancel is not None:
        cancel.check()
    if load_file(path, max_bytes=_MAX_BYTES) != data:
        raise UserError(
            said("{name} was being written meanwhile; it was left as it is. Save once more.", name=path.name)
        )
    write_atomic(path, after)
    return Reverting(path, data, after)


def shown_cell(comparison: Comparison, change: int) -> Cell:
    """The cell of the file that may be edited.

    Raises
    ------
    UserError
        There is none: the head shown is not the file, is only read, or lacks the cell.
    """
    target, head = comparison.target, comparison.head
    if head.notebook.read_only:
        raise UserError(head.notebook.read_only)
    revision = head.revision
    conflict = revision is not None and bool(revision.stage)
    on_disk = revision is not None and revision.kind in (RevisionKind.FILE, RevisionKind.WORKING_TREE)
    if conflict or not on_disk or not comparison.writable:
        raise UserError(
            said(
                "{name} is shown as it was, not as it is; choose the working tree as the head "
                "to edit a cell.",
                name=target.notebook.name,
            )
        )
    index = comparison.diff.cells[change].head_index if 0 <= change < len(comparison.diff.cells) else None
    if index is None:
        raise UserError(
            said(
                "{name} does not hold that cell any more; revert it to the base to have it back.",
                name=target.notebook.name,
            )
        )
    return head.notebook.cells[index]


def _path(comparison: Comparison) -> Path:
    revision, target = comparison.head.revision, comparison.target
    assert revision is not None  # `shown_cell` has seen it
    if revision.kind is RevisionKind.WORKING_TREE and target.repository is not None:
        return target.repository.path_of(revision.path)
    return Path(revision.path)


def _place(found: Notebook, shown: Cell, name: str) -> int:
    """Where the cell that was shown stands in the file now: by its id, else by its place."""
    changed = UserError(
        said(
            "Cell {number} of {name} has changed on disk since it was shown; what you typed is kept in "
            "the editor. Compare again (F5), then save or copy it.",
            number=shown.index + 1,
            name=name,
        )
    )
    if shown.id:
        alike = [cell for cell in found.cells if cell.id == shown.id]
    else:
        alike = [cell for cell in found.cells[shown.index : shown.index + 1] if not cell.id]
    if len(alike) != 1 or alike[0].digest != shown.digest or alike[0].cell_type is not shown.cell_type:
        raise changed
    return alike[0].index
