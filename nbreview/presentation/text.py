"""A diff for people at a terminal, in the manner of `git diff`.

Imports `diff` and below, and rich only when something is printed. `hunks` says what may be printed at all.
"""

from typing import TYPE_CHECKING

from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff, RelationKind
from nbreview.presentation.hunks import STYLES, Layout, OneColumn, plural, safe
from nbreview.presentation.ink import Ink
from nbreview.presentation.labels import SIGNS, header_text
from nbreview.presentation.text_outputs import add_metadata, add_output

if TYPE_CHECKING:
    from rich.console import Console

_RELATIONS = {
    RelationKind.SPLIT: "split from cell",
    RelationKind.MERGED: "merged into cell",
    RelationKind.COPIED: "copy of cell",
}


def render_diff(
    diff: NotebookDiff,
    base_label: str,
    head_label: str,
    console: "Console",
    context_lines: int = 3,
    *,
    width: int | None = None,
    note: str = "",
) -> None:
    """Print what differs; nothing at all where nothing does.

    Parameters
    ----------
    diff:
        What to print.
    base_label, head_label:
        What the two sides are called.
    console:
        Where to print. Colour is its business: rich honours `NO_COLOR` and drops styles in a pipe.
    context_lines:
        Equal lines around each hunk.
    width:
        Put lines in two columns that fit a terminal this wide; None puts old lines above new ones.
    note:
        What else a person must know of the comparison.
    """
    if not diff.changed:
        return
    if width is None:
        layout: Layout = OneColumn(context_lines)
    else:
        from nbreview.presentation.side_by_side import TwoColumns

        layout = TwoColumns(width, context_lines)
    _heading(diff, base_label, head_label, note).write(console)
    unchanged = 0
    for index, change in enumerate(diff.cells):
        if change.kind is ChangeKind.UNCHANGED:
            unchanged += 1
            continue
        _print_fold(console, unchanged)
        unchanged = 0
        _cell(diff, index, change, layout).write(console)
    _print_fold(console, unchanged)
    if diff.metadata:
        text = Ink()
        text.append("≠ notebook metadata\n", style="bold yellow")
        add_metadata(text, diff.metadata)
        text.write(console)


def render_unchanged(base_label: str, head_label: str, console: "Console", note: str = "") -> None:
    """Say that a notebook's bytes differ and nothing of what is compared does."""
    text = Ink()
    text.append(f"{safe(base_label)} → {safe(head_label)}\n", style="bold")
    text.append(f"({safe(note)})\n" if note else "", style="dim")
    text.append("(no difference in what is compared; --show all compares the rest)\n", style="dim")
    text.write(console)


def relation_words(change: CellChange) -> str:
    """Where a cell of one side came from or went, as `split from cell 3`; "" where nothing is known."""
    relation = change.relation
    return "" if relation is None else f"{_RELATIONS[relation.kind]} {relation.index + 1}"


def _print_fold(console: "Console", count: int) -> None:
    if count:
        text = Ink()
        text.append(f"⋯ {plural(count, 'unchanged cell')}\n", style="dim")
        text.write(console)


def _heading(diff: NotebookDiff, base_label: str, head_label: str, note: str) -> Ink:
    counts = diff.counts()
    parts = [
        (f"{SIGNS[kind]} {counts[kind]} {kind}", STYLES[kind])
        for kind in (ChangeKind.MODIFIED, ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED)
        if counts[kind]
    ]
    text = Ink()
    text.append(f"{safe(base_label)} → {safe(head_label)}\n", style="bold")
    for position, (part, style) in enumerate(parts or [("no cell changed", "dim")]):
        text.append("  " if position else "")
        text.append(part, style=style)
    text.append("\n")
    if note:
        text.append(f"({safe(note)})\n", style="dim")
    if diff.coarse:
        text.append(
            "(the time for aligning ended: the rest is paired by position; --seconds allows more)\n",
            style="dim",
        )
    return text


def _cell(diff: NotebookDiff, index: int, change: CellChange, layout: Layout) -> Ink:
    header = header_text(diff, index)
    style = STYLES[change.kind]
    text = Ink()
    text.append(f"{header.sign} cell {header.number}", style=f"bold {style}")
    details = [header.cell_type, header.prompt, f"{header.word} {header.link}".strip(), *header.notes]
    relation = relation_words(change)
    if not any(relation in detail for detail in details):
        details.append(relation)
    text.append("  " + safe("  ".join(detail for detail in details if detail)) + "\n", style=style)
    base = None if change.base_index is None else diff.base.cells[change.base_index]
    head = None if change.head_index is None else diff.head.cells[change.head_index]
    if change.source is not None:
        layout.hunks(text, change.source, "  ")
    elif base is None or head is None:
        cell = head or base
        if cell is not None and cell.source:
            layout.lines(text, cell.source.removesuffix("\n").split("\n"), "  ", change.kind)
    base_outputs = base.outputs if base is not None else ()
    head_outputs = head.outputs if head is not None else ()
    for output in change.outputs:
        if output.kind is not ChangeKind.UNCHANGED:
            add_output(text, output, base_outputs, head_outputs, layout)
    add_metadata(text, change.metadata)
    return text
