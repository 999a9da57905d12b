"""Tables of outputs in the page, built anew from the texts of their cells.

Imports `html_markup` and below. Two tables become one: rows and columns of both in head order, each with its
sign, and in a changed cell the old text struck out before the new one.
"""

from collections.abc import Iterable, Iterator

from nbreview.diff.model import ChangeKind, TableDiff
from nbreview.notebook.tables import Table, TableCell
from nbreview.presentation.html_markup import Budget, esc, fold, note, sign
from nbreview.presentation.hunks import plural
from nbreview.presentation.labels import table_text

_CONTEXT = 2
"""Unchanged rows shown around a changed one."""
_ROWS = 400
_COLUMNS = 60
_SHOWN_ALONE = 20
"""Rows that stand open of a table without a partner."""


def table_alone(table: Table, kind: ChangeKind, budget: Budget) -> str:
    """A table that one side holds, or that is the same on both."""
    name = {ChangeKind.ADDED: "came", ChangeKind.REMOVED: "gone"}.get(kind, "")
    given = budget.rows(min(len(table.rows), _ROWS))
    rows = [f"<tr>{''.join(_plain(cell) for cell in row[:_COLUMNS])}</tr>" for row in table.rows[:given]]
    caption = _size(table)
    parts = [_grid(rows[:_SHOWN_ALONE], caption, name)]
    if len(rows) > _SHOWN_ALONE:
        summary = f"⋯ {plural(len(rows) - _SHOWN_ALONE, 'more row')}"
        parts.append(fold(summary, _grid(rows[_SHOWN_ALONE:], f"{caption}, continued", name), kind="fold"))
    parts.extend(_rest(len(table.rows) - given, table.columns - _COLUMNS, table.cut))
    return "".join(parts)


def table_diff(diff: TableDiff, budget: Budget) -> str:
    """Two tables as one."""
    shown = _shown_rows(diff)
    wanted = [row for row in range(len(diff.rows)) if shown[row]]
    given = budget.rows(min(len(wanted), _ROWS))
    columns = diff.columns[:_COLUMNS]
    parts: list[str] = []
    if any(base is None or head is None for base, head in columns):
        cells = "".join(f'<td class="sign">{sign(_kind(*pair))}</td>' for pair in columns)
        parts.append(f'<tr class="signs"><td class="sign"></td>{cells}</tr>')
    width = len(columns) + 1
    skipped = 0
    last = wanted[given] if given < len(wanted) else len(diff.rows)
    for row in range(last):
        if not shown[row]:
            skipped += 1
            continue
        parts.extend(_skipped(skipped, width))
        skipped = 0
        parts.append(_row(diff, row, columns))
    parts.extend(_skipped(skipped, width))
    caption = f"{_size(diff.base)} → {_size(diff.head)} · {table_text(diff)}"
    body = _grid(parts, caption, "merged")
    cut = diff.base.cut or diff.head.cut
    return body + "".join(_rest(len(diff.rows) - last, len(diff.columns) - _COLUMNS, cut))


def _shown_rows(diff: TableDiff) -> list[bool]:
    """Headings, changed rows, and the rows around them."""
    total = len(diff.rows)
    shown = [False] * total
    changed = {row for row, _ in diff.changed}
    for row, (base, head) in enumerate(diff.rows):
        if row in changed or base is None or head is None:
            first, end = max(0, row - _CONTEXT), min(total, row + _CONTEXT + 1)
            shown[first:end] = [True] * (end - first)
    for row in range(min(total, 4)):
        base, head = diff.rows[row]
        cells = diff.head.rows[head] if head is not None else diff.base.rows[base] if base is not None else ()
        if not cells or not all(cell.header for cell in cells):
            break
        shown[row] = True
    return shown


def _row(diff: TableDiff, row: int, columns: Iterable[tuple[int | None, int | None]]) -> str:
    base_row, head_row = diff.rows[row]
    kind = _kind(base_row, head_row)
    cells = []
    touched = False
    for column, (base_column, head_column) in enumerate(columns):
        old = _at(diff.base, base_row, base_column)
        new = _at(diff.head, head_row, head_column)
        if (row, column) in diff.changed and old is not None and new is not None:
            touched = True
            body = f"<del>{esc(old.text)}</del> <ins>{esc(new.text)}</ins>"
            cells.append(_cell(new, body, "mod"))
            continue
        cell = new or old
        if cell is None:
            cells.append('<td class="x"></td>')
            continue
        name = "" if old is not None and new is not None else "ins" if new is not None else "del"
        cells.append(_cell(cell, f"<{name}>{esc(cell.text)}</{name}>" if name else esc(cell.text), name))
    shown = ChangeKind.MODIFIED if touched and kind is ChangeKind.UNCHANGED else kind
    name = {ChangeKind.ADDED: "came", ChangeKind.REMOVED: "gone"}.get(kind, "")
    head = f'<tr class="{name}">' if name else "<tr>"
    return f'{head}<td class="sign">{sign(shown)}</td>{"".join(cells)}</tr>'


def _kind(base: int | None, head: int | None) -> ChangeKind:
    if base is None:
        return ChangeKind.ADDED
    return ChangeKind.REMOVED if head is None else ChangeKind.UNCHANGED


def _at(table: Table, row: int | None, column: int | None) -> TableCell | None:
    if row is None or column is None or row >= len(table.rows) or column >= len(table.rows[row]):
        return None
    return table.rows[row][column]


def _plain(cell: TableCell) -> str:
    return _cell(cell, esc(cell.text), "")


def _cell(cell: TableCell, body: str, name: str) -> str:
    tag = "th" if cell.header else "td"
    return f'<{tag} class="{name}">{body}</{tag}>' if name else f"<{tag}>{body}</{tag}>"


def _skipped(count: int, width: int) -> Iterator[str]:
    if count:
        yield f'<tr class="skipped"><td colspan="{width}">⋯ {plural(count, "unchanged row")}</td></tr>'


def _size(table: Table) -> str:
    return f"{plural(len(table.rows), 'row')} × {plural(table.columns, 'column')}"


def _grid(rows: Iterable[str], caption: str, name: str) -> str:
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Table"><table class="grid {name}">'
        f"<caption>{caption}</caption><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _rest(rows: int, columns: int, cut: bool) -> Iterator[str]:
    if rows > 0:
        yield note(f"{plural(rows, 'more row')}, left out of this page")
    if columns > 0:
        yield note(f"{plural(columns, 'more column')}, left out of this page")
    if cut:
        yield note("The table goes on: only its first part was compared.")
