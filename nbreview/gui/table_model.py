"""A table of an output for Qt's views: rows of base and head as one, in whatever order was worked out.

Imports `presentation.tables` and the theme. Orders come from elsewhere, as sorting may take long; the model
only follows them.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from nbreview.diff.model import ChangeKind
from nbreview.diff.numbers import read_number
from nbreview.gui.theme import Theme, prose_font
from nbreview.presentation.labels import SIGNS
from nbreview.presentation.tables import TableSides, cell_words

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class TableModel(QAbstractTableModel):
    """One table, base and head in one. `side` chooses what a cell says: True the head, False the base, None
    both where they differ ("0.4 → 0.3").
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sides: TableSides | None = None
        self._rows: Sequence[int] = ()
        self.side: bool | None = None

    @property
    def sides(self) -> TableSides | None:
        """The table shown."""
        return self._sides

    @property
    def rows(self) -> Sequence[int]:
        """Places of the rows shown, in order."""
        return self._rows

    def set_table(self, sides: TableSides | None, rows: Sequence[int] = ()) -> None:
        """Show another table."""
        self.beginResetModel()
        self._sides, self._rows = sides, rows
        self.endResetModel()

    def set_rows(self, rows: Sequence[int]) -> None:
        """Show other rows, or the same in another order."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def set_side(self, side: bool | None) -> None:
        """What cells say."""
        self.side = side
        self._repaint()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self._repaint()

    def _repaint(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NONE) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        """Columns of both sides."""
        return 0 if parent.isValid() or self._sides is None else len(self._sides.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One cell: its text, its tint, both texts as a tip, and in words what became of it."""
        sides = self._sides
        if sides is None or not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.BackgroundRole:
            kind = self._kind(row, column)
            return None if kind is ChangeKind.UNCHANGED else self._theme.fill_color(kind)
        if role == Qt.ItemDataRole.ForegroundRole and (row, column) in sides.changed:
            return self._theme.sign_color(ChangeKind.MODIFIED)
        if role == Qt.ItemDataRole.FontRole and (row, column) in sides.changed:
            return prose_font(self._theme, bold=True)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            text = self.text(row, column).rpartition("→")[2]
            return _RIGHT if read_number(text) is not None else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole and (row, column) in sides.changed:
            return "\n".join(self._both(row, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = self._kind(row, column)
            said = "" if kind is ChangeKind.UNCHANGED else f", {kind}"
            return f"{self.text(row, column)}{said}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of columns and numbers of rows, each with the sign of what became of it."""
        sides = self._sides
        if sides is None:
            return None
        across = orientation is Qt.Orientation.Horizontal
        place = section if across else self._rows[section] if section < len(self._rows) else 0
        kinds = sides.column_kinds if across else sides.row_kinds
        if place >= len(kinds):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            sign = "" if kinds[place] is ChangeKind.UNCHANGED else f"{SIGNS[kinds[place]]} "
            if across:
                return f"{sign}{sides.name(place) or ('index' if place < sides.index else place)}"
            return f"{sign}{place - sides.headers + 1:,}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return kinds[place].value
        if role == Qt.ItemDataRole.TextAlignmentRole and not across:
            return _RIGHT
        return None

    def text(self, row: int, column: int) -> str:
        """What stands at a place of the table."""
        assert self._sides is not None  # there is a row
        if self.side is None:
            return cell_words(self._sides, row, column)
        cell = self._sides.cell(row, column, head=self.side)
        return cell.text if cell is not None else ""

    def _kind(self, row: int, column: int) -> ChangeKind:
        """What became of one cell."""
        sides = self._sides
        assert sides is not None
        if (row, column) in sides.changed:
            return ChangeKind.MODIFIED
        for kind in (sides.row_kinds[row], sides.column_kinds[column]):
            if kind in (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED):
                return kind
        return ChangeKind.UNCHANGED

    def _both(self, row: int, column: int) -> tuple[str, str]:
        assert self._sides is not None
        cells = [self._sides.cell(row, column, head=head) for head in (False, True)]
        base, head = (cell.text if cell is not None else "" for cell in cells)
        return f"base: {base}", f"head: {head}"
