"""Two tables as a reader looks at them: which row and column is of what kind, in which order rows stand when
a column sorts them, and what is copied.

Pure: imports `diff` and `notebook.tables`. Places are positions in `TableDiff.rows` and `TableDiff.columns`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nbreview.cancellation import CancelToken
from nbreview.diff.model import ChangeKind, TableDiff
from nbreview.diff.numbers import read_number
from nbreview.notebook.tables import Table, TableCell

Pairs = Sequence[tuple[int | None, int | None]]

CONTEXT_ROWS = 1
"""Unchanged rows shown around one that differs where a table is cut short."""


@dataclass(frozen=True, slots=True)
class TableSides:
    """One table on each side that has it, row by row and column by column.

    `row_kinds` and `column_kinds` say of each place whether it came, went, moved, differs (a row only), or
    stayed. `headers` are the rows at the top that hold nothing but headers, `index` such columns at the left.
    `changed` are the places of cells that differ. `kind` is that of the whole output.
    """

    kind: ChangeKind
    base: Table | None
    head: Table | None
    rows: Pairs
    columns: Pairs
    row_kinds: tuple[ChangeKind, ...]
    column_kinds: tuple[ChangeKind, ...]
    changed: frozenset[tuple[int, int]]
    headers: int
    index: int
    cut: bool

    def cell(self, row: int, column: int, *, head: bool) -> TableCell | None:
        """The cell at a place on one side, None where that side lacks it."""
        table = self.head if head else self.base
        at, across = self.rows[row][head], self.columns[column][head]
        if table is None or at is None or across is None:
            return None
        return table.rows[at][across]

    def marked(self, row: int, column: int) -> bool:
        """Whether the cell at a place differs, or stands on one side only of two tables."""
        if (row, column) in self.changed:
            return True
        if self.base is None or self.head is None:
            return False
        return None in self.rows[row] or None in self.columns[column]

    def name(self, column: int) -> str:
        """What a column is called: its headers from above to below, old and new where it was renamed."""
        found: list[str] = []
        for row in range(self.headers):
            text = cell_words(self, row, column)
            if text and text not in found:
                found.append(text)
        return " / ".join(found)


def sides_of_diff(diff: TableDiff) -> TableSides:
    """Two tables that were compared."""
    rows, columns = kinds(diff.rows), kinds(diff.columns)
    changed = {row for row, _ in diff.changed}
    rows = tuple(
        ChangeKind.MODIFIED if row in changed and kind is ChangeKind.UNCHANGED else kind
        for row, kind in enumerate(rows)
    )
    headers, index = _headers(diff.head if diff.head.rows else diff.base)
    return TableSides(
        ChangeKind.MODIFIED,
        diff.base,
        diff.head,
        diff.rows,
        diff.columns,
        rows,
        columns,
        diff.changed,
        headers,
        index,
        diff.base.cut or diff.head.cut,
    )


def sides_of_table(table: Table, kind: ChangeKind) -> TableSides:
    """One table: of the side that has it, or of both where they are equal (or were not compared)."""
    base = None if kind is ChangeKind.ADDED else table
    head = None if kind is ChangeKind.REMOVED else table
    rows, columns = (
        [(None if base is None else at, None if head is None else at) for at in range(count)]
        for count in (len(table.rows), table.columns)
    )
    headers, index = _headers(table)
    return TableSides(
        kind=kind,
        base=base,
        head=head,
        rows=rows,
        columns=columns,
        row_kinds=(ChangeKind.UNCHANGED,) * len(rows),
        column_kinds=(ChangeKind.UNCHANGED,) * len(columns),
        changed=frozenset(),
        headers=headers,
        index=index,
        cut=table.cut,
    )


def kinds(pairs: Pairs) -> tuple[ChangeKind, ...]:
    """Of each pair whether it came, went, moved or stayed.

    Those that stayed are a longest run of pairs whose order is the same on both sides (patience sorting:
    C. L. Mallows, "Problem 62-2", SIAM Review 4 (1962)); the other pairs have moved.
    """
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for place, (base, head) in enumerate(pairs):
        if base is None or head is None:
            continue
        at = bisect_left(tails, base)
        if at:
            before[place] = ends[at - 1]
        tails[at : at + 1] = [base]
        ends[at : at + 1] = [place]
    stayed = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        stayed.add(place)
        place = before.get(place, -1)
    found = []
    for place, (base, head) in enumerate(pairs):
        if base is None:
            found.append(ChangeKind.ADDED)
        elif head is None:
            found.append(ChangeKind.REMOVED)
        else:
            found.append(ChangeKind.UNCHANGED if place in stayed else ChangeKind.MOVED)
    return tuple(found)


def shown_rows(sides: TableSides, limit: int) -> list[int]:
    """The rows to show of a table that is cut short: its headers, then `limit` others, those that differ and
    the rows around them first where any does.
    """
    total = len(sides.rows)
    body = range(sides.headers, total)
    if total <= sides.headers + limit:
        return list(range(total))
    wanted: list[int] = []
    last = sides.headers - 1
    for row in body:
        if sides.row_kinds[row] is ChangeKind.UNCHANGED:
            continue
        for near in range(max(row - CONTEXT_ROWS, last + 1), min(row + CONTEXT_ROWS + 1, total)):
            wanted.append(near)
            last = near
        if len(wanted) >= limit:
            break
    if not wanted:
        wanted = list(body)
    return [*range(sides.headers), *wanted[:limit]]


def row_order(
    sides: TableSides,
    column: int | None,
    *,
    descending: bool = False,
    only_changed: bool = False,
    cancel: CancelToken | None = None,
) -> list[int]:
    """The rows below the headers, in the order of one column: numbers by value before words by letters.

    Parameters
    ----------
    column:
        A place in `columns`; None leaves the tables' own order.
    only_changed:
        Leave out rows that stayed as they are.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    rows: Iterable[int] = range(sides.headers, len(sides.rows))
    if only_changed:
        rows = [row for row in rows if sides.row_kinds[row] is not ChangeKind.UNCHANGED]
    if cancel is not None:
        cancel.check()
    if column is None:
        return list(rows)
    numbers: list[tuple[float, int]] = []
    words: list[tuple[str, int]] = []
    empty: list[int] = []
    for row in rows:
        cell = sides.cell(row, column, head=True) or sides.cell(row, column, head=False)
        number = read_number(cell.text) if cell is not None else None
        if number is not None and number.value == number.value:
            numbers.append((number.value, row))
        elif cell is None or not cell.text or number is not None:
            empty.append(row)  # NaN and nothing stand last in both directions
        else:
            words.append((cell.text.casefold(), row))
    numbers.sort(key=lambda each: each[0], reverse=descending)
    words.sort(key=lambda each: each[0], reverse=descending)
    ordered = [[row for _, row in numbers], [row for _, row in words]]
    if descending:
        ordered.reverse()
    return [*ordered[0], *ordered[1], *empty]


def find_places(
    sides: TableSides, rows: Sequence[int], needle: str, cancel: CancelToken | None = None
) -> list[tuple[int, int]]:
    """Where a text stands, on either side, upper and lower case alike: positions in `rows`, and columns.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    needle = needle.casefold()
    found: list[tuple[int, int]] = []
    for position, row in enumerate(rows):
        if cancel is not None and position % 500 == 0:
            cancel.check()
        for column in range(len(sides.columns)):
            cells = sides.cell(row, column, head=True), sides.cell(row, column, head=False)
            if any(cell is not None and needle in cell.text.casefold() for cell in cells):
                found.append((position, column))
    return found


def cell_words(sides: TableSides, row: int, column: int) -> str:
    """What stands at a place: the text, or the old and the new one where they differ."""
    base, head = sides.cell(row, column, head=False), sides.cell(row, column, head=True)
    if (row, column) in sides.changed and base is not None and head is not None:
        return f"{base.text} → {head.text}"
    cell = head or base
    return cell.text if cell is not None else ""


def tsv(sides: TableSides, rows: Sequence[int], columns: Sequence[int], *, head: bool | None) -> str:
    """Places as text with tabs between cells and a line a row, as a spreadsheet takes it.

    `head` chooses a side; None writes what `cell_words` says.
    """
    lines = []
    for row in rows:
        if head is None:
            texts = [cell_words(sides, row, column) for column in columns]
        else:
            cells = [sides.cell(row, column, head=head) for column in columns]
            texts = [cell.text if cell is not None else "" for cell in cells]
        lines.append("\t".join(text.replace("\t", " ") for text in texts))
    return "\n".join(lines)


def table_words(sides: TableSides, tolerance: float, *, tr: Callable[[str], str] = str) -> str:
    """How large the table is, what differs, and how near two numbers must be to count as equal. `tr` puts a
    text into the reader's language.
    """
    parts = [size_of(sides, tr=tr)]
    if sides.kind is ChangeKind.MODIFIED:
        count = len(sides.changed)
        parts.append((tr("{n:,} cell differs") if count == 1 else tr("{n:,} cells differ")).format(n=count))
        for found, words in (
            (
                sides.row_kinds,
                (
                    (ChangeKind.ADDED, tr("+ {n:,} row added"), tr("+ {n:,} rows added")),
                    (ChangeKind.REMOVED, tr("− {n:,} row removed"), tr("− {n:,} rows removed")),
                    (ChangeKind.MOVED, tr("⇄ {n:,} row moved"), tr("⇄ {n:,} rows moved")),
                ),
            ),
            (
                sides.column_kinds,
                (
                    (ChangeKind.ADDED, tr("+ {n:,} column added"), tr("+ {n:,} columns added")),
                    (ChangeKind.REMOVED, tr("− {n:,} column removed"), tr("− {n:,} columns removed")),
                    (ChangeKind.MOVED, tr("⇄ {n:,} column moved"), tr("⇄ {n:,} columns moved")),
                ),
            ),
        ):
            for kind, one, more in words:
                count = found.count(kind)
                if count:
                    parts.append((one if count == 1 else more).format(n=count))
        if tolerance > 0:
            equal = tr("numbers within {tolerance:g} of each other (relative) are equal")
            parts.append(equal.format(tolerance=tolerance))
    if sides.cut:
        parts.append(tr("the table goes on: only its first part was read"))
    return " · ".join(parts)


def size_of(sides: TableSides, *, tr: Callable[[str], str] = str) -> str:
    """Rows and columns without headers and index; of both sides where they are not the same."""
    sizes = [
        (max(len(table.rows) - sides.headers, 0), table.columns - sides.index)
        for table in (sides.base, sides.head)
        if table is not None
    ]
    said = [
        (tr("{rows:,} row × {columns:,}") if rows == 1 else tr("{rows:,} rows × {columns:,}")).format(
            rows=rows, columns=columns
        )
        for rows, columns in dict.fromkeys(sizes)
    ]
    one = not sizes or sizes[-1][1] == 1
    return (tr("{sizes} column") if one else tr("{sizes} columns")).format(sizes=" → ".join(said))


def _headers(table: Table) -> tuple[int, int]:
    """Rows at the top and columns at the left that hold nothing but headers."""
    headers = 0
    for row in table.rows:
        if not all(cell.header for cell in row):
            break
        headers += 1
    if headers == len(table.rows):
        headers = min(headers, 1)
    index = 0
    body = table.rows[headers:]
    while body and index < table.columns - 1 and all(row[index].header for row in body[:200]):
        index += 1
    return headers, index
