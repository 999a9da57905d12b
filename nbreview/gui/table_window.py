"""The window of one table: base and head as one, sorted by a column, filtered, searched, and copied.

Imports `table_model` and the theme. It stands beside the review and is not modal. Reading, sorting and
searching are done on threads of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from nbreview.diff.model import ChangeKind, TableDiff
from nbreview.gui.diff.background import Background
from nbreview.gui.flow import FlowRow
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.table_model import TableModel
from nbreview.gui.theme import Theme, load_theme, prose_font
from nbreview.notebook.tables import read_table
from nbreview.presentation.tables import (
    TableSides,
    find_places,
    row_order,
    sides_of_diff,
    sides_of_table,
    table_words,
    tsv,
)

MAX_CELLS = 1_000_000
"""Cells read of a table that was not compared."""

MAX_COPIED = 1_000_000
"""Cells put on the clipboard at once."""

NO_TABLE = QT_TR_NOOP("No table is at hand; open one from the diff.")


@dataclass(frozen=True, slots=True)
class TableSubject:
    """What the window shows: a table diff, or the HTML of the side that has the table."""

    title: str
    kind: ChangeKind
    diff: TableDiff | None = None
    html: str = ""
    tolerance: float = 0.0


def read_sides(subject: TableSubject) -> TableSides | None:
    """The subject's table; None where its HTML holds none. Runs on a worker thread."""
    if subject.diff is not None:
        return sides_of_diff(subject.diff)
    table = read_table(subject.html, MAX_CELLS)
    kind = ChangeKind.ADDED if subject.kind is ChangeKind.MODIFIED else subject.kind
    return sides_of_table(table, kind) if table is not None else None


class TableWindow(QDialog):
    """One window for the table at hand; another table takes the place of the one shown."""

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._theme = theme or load_theme("light")
        self._subject: TableSubject | None = None
        self._background = Background(self)
        self._background.done.connect(self._arrived)
        self._asked = 0
        self._newest: dict[str, int] = {}
        self._order: tuple[int | None, bool] = (None, False)  # column, descending
        self._found: Sequence[tuple[int, int]] = ()
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAccessibleName(tr("Table"))
        self.model = TableModel(self._theme)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setAccessibleName(tr("What differs"))
        self.status = QLabel(tr(NO_TABLE), self)
        self.status.setAccessibleName(tr("Rows shown"))
        self.needle = QLineEdit(self)
        self.needle.setPlaceholderText(tr("Find in the table (Ctrl+F)"))
        self.needle.setAccessibleName(tr("Find in the table"))
        self.needle.setClearButtonEnabled(True)
        self.only_changed = QCheckBox(tr("Only &changed rows"), self)
        self.shown = QComboBox(self)
        self.shown.addItems([tr("Old → new"), tr("Base"), tr("Head")])
        self.shown.setAccessibleName(tr("What cells show"))
        self.sort = QPushButton(tr("&Sort by column"), self)
        self.sort.setToolTip(
            tr("By the column of the current cell: up, down, and back to the table's own order")
        )
        self.copy_button = QPushButton(tr("Copy"), self)
        self.copy_button.setToolTip(tr("Copies the selected cells, with tabs between them (Ctrl+C)"))
        for button in (self.sort, self.copy_button):
            button.setAutoDefault(False)
        self.view = QTableView(self)
        self._lay_out()
        self._connect()
        self.set_theme(self._theme)
        self.resize(1000, 700)

    def _lay_out(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setAccessibleName(tr("Cells of the table"))
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)  # Tab leads out of the table
        header = view.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        bar = FlowRow(self)
        for widget in (self.needle, self.only_changed, self.shown, self.sort, self.copy_button):
            bar.add(widget)
        self._bar = bar
        layout = QVBoxLayout(self)
        layout.addWidget(bar)
        layout.addWidget(self.words)
        layout.addWidget(view, 1)
        layout.addWidget(self.status)

    def _connect(self) -> None:
        self.view.horizontalHeader().sectionClicked.connect(self.sort_by)
        self.sort.clicked.connect(lambda: self.sort_by(max(self.view.currentIndex().column(), 0)))
        self.copy_button.clicked.connect(self.copy)
        self.only_changed.toggled.connect(self._reorder)
        self.shown.currentIndexChanged.connect(self._show_side)
        self.needle.textChanged.connect(self._search)
        self.needle.returnPressed.connect(self.find_next)
        for keys, act in (
            (QKeySequence.StandardKey.Copy, self.copy),
            (QKeySequence.StandardKey.Find, self._begin_find),
            (QKeySequence(Qt.Key.Key_F3), self.find_next),
            (QKeySequence("Shift+F3"), self.find_previous),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, act=act: act())
            self.addAction(action)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.model.set_theme(theme)
        font = prose_font(theme)
        self.setFont(font)
        self._bar.set_gap(theme.spacing)
        self.needle.setMinimumWidth(round(QFontMetricsF(font).averageCharWidth() * 32))
        for widget in (self.view, self.view.horizontalHeader(), self.view.verticalHeader()):
            widget.setFont(font)
        height = round(QFontMetricsF(font).height()) + theme.spacing
        self.view.verticalHeader().setDefaultSectionSize(height)
        self.view.verticalHeader().setMinimumSectionSize(height)

    # What is shown.

    def show_table(self, subject: TableSubject) -> None:
        """Show a table; it is read meanwhile."""
        self._subject = subject
        self._order, self._found = (None, False), ()
        self.setWindowTitle(subject.title)
        self.model.set_table(None)
        self.words.clear()
        self.needle.clear()
        self.view.horizontalHeader().setSortIndicatorShown(False)
        compared = subject.diff is not None
        for widget in (self.only_changed, self.shown):
            widget.setEnabled(compared)
        self.only_changed.setChecked(False)
        self.status.setText(tr("The table is being read …"))
        self._ask("read", lambda: read_sides(subject))
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.setFocus()

    @property
    def loading(self) -> bool:
        """Whether a thread is at work for this window."""
        return self._background.busy

    def sort_by(self, column: int) -> None:
        """Sort by a column: up, the second time down, the third time as the table stands by itself."""
        known, descending = self._order
        if known != column:
            self._order = (column, False)
        else:
            self._order = (column, True) if not descending else (None, False)
        column_now, down = self._order
        header = self.view.horizontalHeader()
        header.setSortIndicatorShown(column_now is not None)
        if column_now is not None:
            way = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(column_now, way)
        self._reorder()

    def copy(self) -> None:
        """Put the selected cells on the clipboard: rows in lines, tabs between cells."""
        sides = self.model.sides
        if sides is None:
            return
        rows: set[int] = set()
        columns: set[int] = set()
        for part in self.view.selectionModel().selection().toList():
            rows.update(range(part.top(), part.bottom() + 1))
            columns.update(range(part.left(), part.right() + 1))
        if not rows:
            self.status.setText(tr("No cell is selected; select some, or press Ctrl+A for all of them."))
            return
        if len(rows) * len(columns) > MAX_COPIED:
            self.status.setText(
                tr("More than {MAX_COPIED:,} cells are selected; select fewer to copy them.").format(
                    MAX_COPIED=MAX_COPIED
                )
            )
            return
        places = [self.model.rows[row] for row in sorted(rows)]
        side, across = self.model.side, sorted(columns)
        self._ask("copy", lambda: tsv(sides, places, across, head=side))

    def find_next(self, *, backward: bool = False) -> None:
        """Go to the next cell that holds the text, around the end."""
        if not self._found:
            self._say_found(0)
            return
        here = self.view.currentIndex()
        at = (here.row(), here.column()) if here.isValid() else (-1, -1)
        if backward:
            before = [number for number, place in enumerate(self._found) if place < at]
            number = before[-1] if before else len(self._found) - 1
        else:
            number = next((number for number, place in enumerate(self._found) if place > at), 0)
        self._go(self._found[number])
        self._say_found(number + 1)

    def find_previous(self) -> None:
        """Go to the cell before, around the start."""
        self.find_next(backward=True)

    def _begin_find(self) -> None:
        self.needle.setFocus()
        self.needle.selectAll()

    def _go(self, place: tuple[int, int]) -> None:
        index = self.model.index(*place)
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.view.scrollTo(index)

    def _search(self) -> None:
        sides, needle, rows = self.model.sides, self.needle.text(), self.model.rows
        self._found = ()
        if sides is None or not needle:
            self._say_rows()
            return
        self._ask("find", lambda: find_places(sides, rows, needle))

    def _reorder(self) -> None:
        sides, (column, descending) = self.model.sides, self._order
        only = self.only_changed.isChecked()
        if sides is not None:
            self._ask("order", lambda: row_order(sides, column, descending=descending, only_changed=only))

    def _show_side(self, choice: int) -> None:
        self.model.set_side((None, False, True)[choice])

    def _ask(self, what: str, work: Callable[[], object]) -> None:
        """Have something worked out; of the same kind, only the newest counts."""
        self._asked += 1
        self._newest[what] = self._asked
        self._background.ask((what, self._asked), work)

    def _arrived(self, key: object, result: object) -> None:
        if not isinstance(key, tuple) or self._newest.get(key[0]) != key[1]:
            return
        what = key[0]
        if isinstance(result, Exception):
            self.status.setText(
                tr("This table cannot be shown ({name__}: {result}).").format(
                    name__=type(result).__name__, result=result
                )
            )
        elif what == "read":
            self._show_read(result if isinstance(result, TableSides) else None)
        elif what == "order" and isinstance(result, list):
            self.model.set_rows(result)
            self._say_rows()
            self._search()
        elif what == "find" and isinstance(result, list):
            self._found = result
            self.find_next()
        elif what == "copy" and isinstance(result, str):
            QGuiApplication.clipboard().setText(result)
            lines = result.count("\n") + 1
            one = tr("{lines:,} row copied, with tabs between cells.")
            more = tr("{lines:,} rows copied, with tabs between cells.")
            self.status.setText((one if lines == 1 else more).format(lines=lines))

    def _show_read(self, sides: TableSides | None) -> None:
        if sides is None:
            self.status.setText(tr("The output holds no table that can be read; look at it in the diff."))
            return
        self.model.set_table(sides, range(sides.headers, len(sides.rows)))
        subject = self._subject
        self.words.setText(table_words(sides, subject.tolerance if subject and subject.diff else 0.0, tr=tr))
        self._set_widths()
        self._say_rows()
        if self.model.rowCount():
            self._go((0, 0))

    def _set_widths(self) -> None:
        """Widths by what the first rows hold: measuring all of them would take long."""
        metrics = QFontMetricsF(self.view.font())
        limit = 40 * metrics.averageCharWidth()
        for column in range(min(self.model.columnCount(), 500)):
            texts = [self.model.text(row, column) for row in self.model.rows[:50]]
            name = str(self.model.headerData(column, Qt.Orientation.Horizontal)) + "  ▾"
            width = max(metrics.horizontalAdvance(text) for text in [name, *texts])
            self.view.setColumnWidth(column, round(min(width, limit)) + 3 * self._theme.spacing)

    def _say_rows(self) -> None:
        sides = self.model.sides
        if sides is None:
            return
        total, shown = len(sides.rows) - sides.headers, self.model.rowCount()
        if not shown and self.only_changed.isChecked():
            self.status.setText(tr("No row differs; clear “Only changed rows” to see them all."))
            return
        if shown != total:
            said = tr("{shown:,} of {total:,} rows shown")
        else:
            said = tr("{total:,} row shown") if total == 1 else tr("{total:,} rows shown")
        self.status.setText(said.format(shown=shown, total=total))

    def _say_found(self, number: int) -> None:
        if self.needle.text():
            count = len(self._found)
            self.status.setText(
                tr("{number:,} of {count:,} cells that hold “{text}”").format(
                    number=number, count=count, text=self.needle.text()
                )
                if count
                else tr("No cell shown holds “{text}”; look for less of it.").format(text=self.needle.text())
            )

    def reject(self) -> None:
        """The window is closed, by Esc or by its frame: let go of the table."""
        self.forget()
        super().reject()

    def forget(self) -> None:
        """Show nothing."""
        self._background.forget()
        self._subject = None
        self.model.set_table(None)
        self.status.setText(tr(NO_TABLE))

    def close_workers(self) -> None:
        """Wait for the threads; call before the program ends."""
        self._background.close()
