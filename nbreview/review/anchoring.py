"""Where comments stand in a notebook as it is now: carried along when their cell moves or is edited.

Imports `diff`, `notebook` and the vocabulary beside it. A comment knows the source that it was written for,
so no history is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind
from nbreview.diff.similarity import Likeness
from nbreview.notebook.model import Cell, CellType, Notebook
from nbreview.review.comments import Comment

_ALIKE = 0.5
"""Likeness (`diff.similarity`, 0 to 1) from which a cell is taken for the comment's, edited."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A comment and where it stands now.

    `cell_index` is None when its cell is gone. `line` is the line that it is about, None for a remark on the
    whole cell and where the line itself is gone. `edited`: what it was written about (the line, else the
    cell) reads otherwise now.
    """

    comment: Comment
    cell_index: int | None
    line: int | None
    edited: bool


def anchor(comments: Iterable[Comment], notebook: Notebook) -> tuple[Anchored, ...]:
    """Find each comment's cell and line in a notebook.

    The cell is the one with the comment's id, else one with the very source (the nearest to its place), else
    the one that is most like it, if it is like enough. The line goes with the lines around it: it is where
    the text diff of the two sources has it.
    """
    return tuple(_anchored(comment, notebook) for comment in comments)


def _anchored(comment: Comment, notebook: Notebook) -> Anchored:
    cell = _cell_of(comment, notebook)
    if cell is None:
        return Anchored(comment, None, None, True)
    if comment.source_digest in ("", cell.digest) or not (comment.source or comment.line is None):
        # Of an older comment nobody knows the text that it was written for.
        known = comment.line is not None and comment.line < max(1, len(cell.source.splitlines()))
        edited = comment.source_digest not in ("", cell.digest)
        return Anchored(comment, cell.index, comment.line if known else None, edited)
    if comment.line is None:
        return Anchored(comment, cell.index, None, True)
    line, edited = _line_in(comment.source, cell.source, comment.line)
    return Anchored(comment, cell.index, line, edited)


def _cell_of(comment: Comment, notebook: Notebook) -> Cell | None:
    cells, place = notebook.cells, comment.place

    def distance(cell: Cell) -> int:
        return abs(cell.index - place.cell_index)

    if place.cell_id is not None:
        same_id = [cell for cell in cells if cell.id == place.cell_id]
        if len(same_id) == 1:
            return same_id[0]
    same = [cell for cell in cells if comment.source_digest and cell.digest == comment.source_digest]
    if same:
        return min(same, key=distance)
    if not comment.source.strip():
        in_place = 0 <= place.cell_index < len(cells) and not comment.source_digest
        return cells[place.cell_index] if in_place else None
    old = Cell(0, None, CellType.CODE, comment.source, (), None, {}, {}, {})
    likeness = Likeness((old,), cells)
    scores = {cell.index: likeness.likeness(0, cell.index) for cell in cells}
    best = max(cells, key=lambda cell: (scores[cell.index], -distance(cell)), default=None)
    return best if best is not None and scores[best.index] >= _ALIKE else None


def _line_in(old: str, new: str, line: int) -> tuple[int | None, bool]:
    """Where a line of a text is in a later one (None: gone), and whether it reads otherwise."""
    for edit in diff_text(old, new).edits:
        if edit.base_line == line:
            return edit.head_line, edit.kind is not EditKind.EQUAL
    return None, True
