"""Cells and whole notebooks in the page.

Imports the other parts of the page and below. What changed stands open; cells that did not change are folded,
with their sources as long as the page's budget lasts.
"""

from collections.abc import Callable, Iterator

from nbreview.diff.model import CellChange, ChangeKind, EditKind, NotebookDiff
from nbreview.notebook.model import Cell, CellType
from nbreview.presentation.highlight import TokenLines, language_of
from nbreview.presentation.html_lines import diff_table, one_side
from nbreview.presentation.html_markup import Budget, esc, fold, note, sides
from nbreview.presentation.html_outputs import leaves, outputs
from nbreview.presentation.html_prose import MAX_RENDERED, prose
from nbreview.presentation.hunks import plural
from nbreview.presentation.labels import SIGNS, fold_text, ghost_text, header_text
from nbreview.presentation.lines import split
from nbreview.presentation.rows import QUIET_LINES, BlockKind, FoldKind, ViewOptions, build_blocks
from nbreview.presentation.rows import sides as cell_sides

_KINDS = {ChangeKind.ADDED: EditKind.INSERT, ChangeKind.REMOVED: EditKind.DELETE}


Inside = Callable[[int], str]
"""What stands below a cell, as HTML, by the change's index; "" for nothing."""


def notebook_cells(
    diff: NotebookDiff, place: str, budget: Budget, inside: Inside = lambda _change: ""
) -> Iterator[str]:
    """The cells of one notebook in order, unchanged runs folded.

    Parameters
    ----------
    place:
        What the ids of this notebook start with; letters and digits only.
    inside:
        What is added at the end of a cell; of a cell that is folded away it follows the fold.
    """
    if diff.coarse:
        yield note("The time budget ended: the rest of the cells was aligned by position.")
    if diff.metadata:
        summary = f"≠ Notebook metadata: {plural(len(diff.metadata), 'change')}"
        yield fold(summary, leaves(diff.metadata, "Notebook metadata"), kind="fold meta")
    for block in build_blocks(diff, ViewOptions()):
        if block.kind is BlockKind.HEADER:
            yield _cell(diff, block.change, place, budget, inside(block.change))
        elif block.kind is BlockKind.GHOST:
            link = f'<a href="#{place}c{block.change}">{esc(ghost_text(diff, block.change))}</a>'
            yield f'<p class="ghost" id="{place}g{block.change}">{SIGNS[ChangeKind.MOVED]} {link}</p>'
        elif block.kind is BlockKind.FOLD and block.fold is not None and block.fold.kind is FoldKind.CELLS:
            body = "".join(_quiet(diff, block.change, block.hidden, budget))
            yield fold(f"⋯ {esc(fold_text(diff, block))}", body, kind="fold cells-fold")
            yield from filter(None, map(inside, range(block.change, block.change + block.hidden)))


def _cell(diff: NotebookDiff, index: int, place: str, budget: Budget, inside: str) -> str:
    change = diff.cells[index]
    base, head = cell_sides(diff, change)
    parts = [_header(diff, index, place)]
    if change.source is not None and base is not None and head is not None:
        parts.append(_changed_source(diff, change, base, head, budget))
    else:
        parts.append(_source(diff, change, base, head, budget))
    if change.metadata:
        summary = f"≠ {plural(len(change.metadata), 'metadata change')}"
        parts.append(fold(summary, leaves(change.metadata, "Cell metadata"), kind="fold meta"))
    parts.append(outputs(diff, index, budget))
    parts.append(inside)
    return (
        f'<article class="cell {change.kind.value}" id="{place}c{index}" aria-labelledby="{place}h{index}" '
        f'tabindex="-1">{"".join(parts)}</article>'
    )


def _header(diff: NotebookDiff, index: int, place: str) -> str:
    change = diff.cells[index]
    header = header_text(diff, index)
    link = esc(header.link)
    if link and header.target is not None:
        kind = diff.cells[header.target].kind
        link = f'<a href="#{place}c{header.target}">{link}</a>' if kind is not ChangeKind.UNCHANGED else link
    elif link and change.kind is ChangeKind.MOVED:
        link = f'<a href="#{place}g{index}">{link}</a>'
    tags = "".join(f'<span class="tag">{esc(tag)}</span>' for tag in header.tags)
    notes = "".join(f'<span class="fact">{esc(text)}</span>' for text in header.notes)
    return (
        f'<header><h3 id="{place}h{index}"><span class="sign" aria-hidden="true">{header.sign}</span> '
        f'Cell {esc(header.number)} <span class="kind">{header.word}</span></h3>'
        f'<span class="fact">{esc(header.cell_type)}</span>'
        f'<span class="fact code">{esc(header.prompt)}</span><span class="fact">{link}</span>{notes}{tags}'
        "</header>"
    )


# --- sources ------------------------------------------------------------------------------------------------


def _changed_source(diff: NotebookDiff, change: CellChange, base: Cell, head: Cell, budget: Budget) -> str:
    text = change.source
    assert text is not None  # the caller has looked
    old, new = "\n".join(text.base_lines), "\n".join(text.head_lines)
    old_colours = budget.colours(old, language_of(base.cell_type, diff.base.language))
    new_colours = budget.colours(new, language_of(head.cell_type, diff.head.language))
    table = diff_table(text, budget, "Source, base and head", old_colours, new_colours)
    if base.cell_type is CellType.MARKDOWN or head.cell_type is CellType.MARKDOWN:
        rendered = sides(_rendered(base, budget), _rendered(head, budget))
        table += fold("Rendered", rendered, kind="fold")
    return table


def _rendered(cell: Cell, budget: Budget) -> str:
    if cell.cell_type is CellType.MARKDOWN:
        return prose(cell.source, cell.attachments, budget)
    return note(f"{cell.cell_type.value} cell")


def _source(
    diff: NotebookDiff, change: CellChange, base: Cell | None, head: Cell | None, budget: Budget
) -> str:
    """A source without lines to compare: it stands on one side, or is the same on both."""
    cell, notebook = (head, diff.head) if head is not None else (base, diff.base)
    if cell is None or not cell.source:
        return ""
    kind = _KINDS.get(change.kind, EditKind.EQUAL)
    tokens = budget.colours(cell.source, language_of(cell.cell_type, notebook.language))
    lines = split(cell.source)
    if cell.cell_type is CellType.MARKDOWN and not change.type_changed and len(cell.source) <= MAX_RENDERED:
        body = prose(cell.source, cell.attachments, budget)
        if kind is EditKind.EQUAL:
            return body
        source = one_side(lines, budget, "Source", kind, tokens)
        shown = sides(None, body) if kind is EditKind.INSERT else sides(body, None)
        return shown + fold("Source", source, kind="fold")
    if kind is EditKind.EQUAL:
        return one_side(lines, budget, "Source", kind, tokens, shown=QUIET_LINES)
    return one_side(lines, budget, "Source", kind, tokens)


def _quiet(diff: NotebookDiff, start: int, count: int, budget: Budget) -> Iterator[str]:
    """The sources of cells that did not change, as long as they fit."""
    left_out = 0
    for index in range(start, start + count):
        change = diff.cells[index]
        _, cell = cell_sides(diff, change)
        if cell is None or not budget.take("quiet", len(cell.source) + 200):
            left_out += 1
            continue
        language = language_of(cell.cell_type, diff.head.language)
        tokens: TokenLines = budget.colours(cell.source, language)
        if cell.cell_type is CellType.MARKDOWN:
            body = prose(cell.source, cell.attachments, budget)
        else:
            body = one_side(split(cell.source), budget, "Source", EditKind.EQUAL, tokens)
        words = f"Cell {cell.index + 1}, {cell.cell_type.value}"
        if cell.outputs:
            words += f", {plural(len(cell.outputs), 'output')}"
        yield f'<article class="cell quiet"><p class="what">{words}</p>{body}</article>'
    if left_out:
        yield note(f"{plural(left_out, 'unchanged cell')}, left out of this page")
