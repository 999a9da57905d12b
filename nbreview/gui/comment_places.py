"""Where comments that are being written belong: names of cells that another comparison of the same notebook
knows again.

Knows comparisons and places; no widget and no store.
"""

from nbreview.gui.diff.commentview import LinePlace
from nbreview.services.opening import Comparison


def drafts_name(shown: Comparison) -> str:
    """Under which name the store keeps what was typed and not saved in a notebook."""
    return f"comment drafts:{shown.target.notebook}"


def cell_name(shown: Comparison, place: LinePlace) -> str:
    """A cell that a later comparison knows again: by its id, else by its place."""
    at = shown.diff.cells[place.change]
    index = at.head_index if place.head else at.base_index
    if index is None:
        return ""
    cell = (shown.head if place.head else shown.base).notebook.cells[index]
    return cell.id or f"#{index}"


def draft_key(shown: Comparison, place: LinePlace) -> str:
    """What a draft is kept under: its side, its cell and its line."""
    side = "head" if place.head else "base"
    return f"{side} {cell_name(shown, place)} {'' if place.line is None else place.line}"


def same_cell(before: Comparison, after: Comparison, place: LinePlace) -> int | None:
    """The cell of a place in another comparison of the same notebook."""
    if before.target.notebook != after.target.notebook:
        return None
    name = cell_name(before, place)
    for change in range(len(after.diff.cells)):
        if name and cell_name(after, place._replace(change=change)) == name:
            return change
    return None
