"""What lives in the kernel, as a table that can be sorted and filtered; data frames open to their columns.

Imports `theme`, `parts` and frozen rows only. A click on the cell of a variable goes there.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.parts import Panel, Sentence
from nbreview.gui.theme import Theme, code_font, prose_font
from nbreview.presentation.variables import VariableRow

Index = QModelIndex | QPersistentModelIndex
NO_KERNEL = QT_TR_NOOP(
    "No variables: no kernel is running. Start a kernel and run to a cell (F6 "
    "runs to the current cell), and what it holds is listed here, data frames with their columns."
)
NO_NAMES = QT_TR_NOOP(
    "The kernel holds no variables yet. Run to a cell (F6), and what its cells have bound is listed here."
)
NOT_FOUND = QT_TR_NOOP("No variable has these words. Clear the filter to see them all.")
HEADERS = (
    QT_TR_NOOP("Name"),
    QT_TR_NOOP("Type"),
    QT_TR_NOOP("Shape or value"),
    QT_TR_NOOP("Spread"),
    QT_TR_NOOP("Values"),
    "NaN",
    QT_TR_NOOP("Cell"),
)
NAME, TYPE, SIZE, SPREAD, VALUES, NAN, CELL = range(7)
_ROW = Qt.ItemDataRole.UserRole
_SORT = Qt.ItemDataRole.UserRole + 1


class _Filter(QSortFilterProxyModel):
    """Sorts by what a column means, and keeps a name where one of its columns has the words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words: tuple[str, ...] = ()
        self.setSortRole(_SORT)
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)

    def set_words(self, text: str) -> None:
        self.beginFilterChange()
        self.words = tuple(text.casefold().split())
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        shown = self.sourceModel().index(row, 0, parent).data(_ROW)
        if not self.words or not isinstance(shown, VariableRow):
            return True
        text = f"{shown.name} {shown.type} {shown.size} {shown.values}".casefold()
        return all(word in text for word in self.words)


class _RowDelegate(QStyledItemDelegate):
    """Paints the spread of values as a row of bars, and names and values in the typeface of code."""

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        super().__init__(view)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.prose, self.code = prose_font(theme), code_font(theme, theme.body)
        self.metrics = QFontMetrics(self.prose)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.metrics.height() + self.theme.spacing)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, area = self.theme, option.rect
        row = index.sibling(index.row(), NAME).data(_ROW)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(area, theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        inner = area.adjusted(theme.spacing // 2, 0, -theme.spacing // 2, 0)
        text_color = theme.color("selection_text" if chosen else "text")
        if index.column() == SPREAD:
            if isinstance(row, VariableRow):
                color = text_color if chosen else theme.color("accent")
                paint_spread(painter, QRectF(inner).adjusted(0, 3, 0, -3), row.histogram, theme, color)
        else:
            muted = index.column() in (TYPE, NAN) and not chosen
            link = index.column() == CELL and not chosen
            painter.setPen(theme.color("link" if link else "muted") if muted or link else text_color)
            font = self.code if index.column() in (NAME, SIZE) else self.prose
            painter.setFont(font)
            right = index.column() in (NAN, CELL)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            text = QFontMetrics(font).elidedText(
                str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


def paint_spread(painter: QPainter, area: QRectF, counts: Sequence[int], theme: Theme, color: QColor) -> None:
    """Paint how values are spread: a bar for each part of their range, over a line."""
    most = max(counts, default=0)
    if not most:
        return
    painter.save()
    painter.setPen(theme.color("border"))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    width = area.width() / len(counts)
    for place, count in enumerate(counts):
        if count:
            height = max(1.0, (area.height() - 1) * count / most)
            bar = QRectF(area.left() + place * width, area.bottom() - height, max(1.0, width - 0.5), height)
            painter.fillRect(bar, color)
    painter.restore()


class _Tree(QTreeView):
    """The table. Enter goes to the cell that bound the marked name."""

    wanted = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.wanted.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().drawRow(painter, option, index)
        delegate = self.itemDelegate()
        if isinstance(delegate, _RowDelegate):
            painter.setPen(delegate.theme.color("border"))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
            now = self.currentIndex()
            if self.hasFocus() and (index.row(), index.parent()) == (now.row(), now.parent()):
                painter.setPen(delegate.theme.color("focus"))
                painter.drawRect(QRect(option.rect).adjusted(0, 0, -1, -1))


class VariablesPanel(Panel):
    """The table, or the sentence that says how to fill it."""

    cell_wanted = Signal(int, int)
    """Index of the cell that bound a name, and the line in it."""
    refresh_wanted = Signal()
    start_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[VariableRow, ...] = ()
        self._why_empty = NO_KERNEL
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("Filter by name, type or value"))
        self.filter.setAccessibleName(tr("Filter the variables"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.refresh_button = QPushButton(tr("Look again"), self)
        self.refresh_button.setToolTip(tr("Look at the kernel's variables again"))
        self.refresh_button.clicked.connect(lambda _checked=False: self.refresh_wanted.emit())
        self.note = Sentence(parent=self)
        self.note.hide()
        self._model = QStandardItemModel(self)
        self._proxy = _Filter(self)
        self._proxy.setSourceModel(self._model)
        self.tree = _Tree(self)
        self.tree.setModel(self._proxy)
        self.tree.setAccessibleName(tr("Variables in the kernel"))
        self._delegate = _RowDelegate(theme, self.tree)
        self.tree.setItemDelegate(self._delegate)
        self.tree.setSortingEnabled(True)
        self.tree.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setUniformRowHeights(True)
        self.tree.setMouseTracking(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.clicked.connect(lambda index: self._go(index) if index.column() == CELL else None)
        self.tree.wanted.connect(self._go)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.tree.header().setStretchLastSection(False)
        self._empty = Sentence(tr(NO_KERNEL), muted=True)
        self.start_button = QPushButton(tr("Start kernel…"))
        self.start_button.clicked.connect(lambda _checked=False: self.start_wanted.emit())
        blank = QWidget(self)
        self._blank = QVBoxLayout(blank)
        self._blank.addWidget(self._empty)
        self._blank.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._blank.addStretch(1)
        table = QWidget(self)
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.filter, 1)
        self._bar.addWidget(self.refresh_button)
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self.note)
        self._nothing = Sentence(tr(NOT_FOUND), muted=True)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)
        self._table, self._blank_page = table, blank
        self._pages = QStackedLayout(self)
        self._pages.addWidget(table)
        self._pages.addWidget(blank)
        self.set_theme(theme)
        self.set_rows((), NO_KERNEL)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._delegate.set_theme(theme)
        for sentence in (self._empty, self.note, self._nothing):
            sentence.set_theme(theme)
        self._empty.setContentsMargins(unit, 0, unit, 0)
        self._nothing.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        self._blank.setContentsMargins(unit, unit, unit, unit)
        self._blank.setSpacing(unit)
        self._bar.setContentsMargins(unit, unit, unit, unit)
        self._bar.setSpacing(unit)
        self.note.setStyleSheet(f"background: {theme.warning_bg}; padding: {unit // 2}px {unit}px;")
        self.tree.setIndentation(2 * unit)
        # The application's style sheet has the last word on a header's font, unless it is told by another.
        self.tree.header().setStyleSheet(f"QHeaderView::section {{ font-size: {theme.caption}pt; }}")
        self._size_columns()
        self.tree.viewport().update()

    def set_rows(
        self, rows: Sequence[VariableRow], why_empty: str = NO_NAMES, can_start: bool = True
    ) -> None:
        """Show other variables; what was open and marked stays so where it is still there.

        Parameters
        ----------
        why_empty:
            What stands where there are none: how they would come. A constant, marked for translators.
        can_start:
            Whether starting a kernel is how.
        """
        self._empty.setText(tr(why_empty))
        self.start_button.setVisible(can_start and not rows)
        self._pages.setCurrentWidget(self._table if rows else self._blank_page)
        self.aim_focus(self.tree if rows else self.start_button)
        if tuple(rows) == self._rows and self._model.columnCount() == len(HEADERS):
            return
        opened, marked = self._opened(), self._marked()
        self._rows = tuple(rows)
        self._model.clear()
        headers = [tr(words) for words in HEADERS]
        self._model.setHorizontalHeaderLabels(headers)
        for column, words in enumerate(headers):  # a narrow column cuts them off
            self._model.setHeaderData(column, Qt.Orientation.Horizontal, words, Qt.ItemDataRole.ToolTipRole)
        for row in rows:
            self._model.appendRow(self._items(row))
        for place in range(self._proxy.rowCount()):
            index = self._proxy.index(place, NAME)
            if index.data() in opened:
                self.tree.setExpanded(index, True)
            if index.data() == marked:
                self.tree.setCurrentIndex(index)
        self._size_columns()
        self._filter(self.filter.text())

    def set_note(self, text: str) -> None:
        """Say why what is shown may not be so any more; "" says nothing."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def open_name(self, name: str) -> None:
        """Open a data frame to its columns."""
        for place in range(self._proxy.rowCount()):
            if self._proxy.index(place, NAME).data() == name:
                self.tree.setExpanded(self._proxy.index(place, NAME), True)

    def shown_names(self) -> tuple[str, ...]:
        """The names that the filter lets through, in the order shown."""
        return tuple(str(self._proxy.index(place, NAME).data()) for place in range(self._proxy.rowCount()))

    def _items(self, row: VariableRow) -> list[QStandardItem]:
        where = str(row.cell + 1) if row.cell is not None else ""
        texts = (row.name, row.type, row.size, "", row.values, _nan_words(row), where)
        missing = float(row.nan) if row.nan.isdigit() else {"some": 0.5, "none": 0.0}.get(row.nan, -1.0)
        keys = (
            row.name,
            row.type,
            row.order,
            "",
            row.values,
            missing,
            row.cell if row.cell is not None else -1,
        )
        items = []
        for text, key in zip(texts, keys, strict=True):
            item = QStandardItem(text)
            item.setData(key, _SORT)
            item.setToolTip(text)
            items.append(item)
        items[NAME].setData(row, _ROW)
        items[NAME].setData(_spoken(row), Qt.ItemDataRole.AccessibleTextRole)
        if row.histogram:
            low = tr("{count} values in {parts} equal parts of their range").format(
                count=sum(row.histogram), parts=len(row.histogram)
            )
            items[SPREAD].setToolTip(low)
            items[SPREAD].setData(low, Qt.ItemDataRole.AccessibleTextRole)
        for child in row.children:
            items[NAME].appendRow(self._items(child))
        return items

    def _size_columns(self) -> None:
        width = QFontMetrics(prose_font(self._theme)).averageCharWidth()
        for column, characters in zip(range(7), (13, 11, 13, 9, 24, 6, 6), strict=True):
            if self.tree.header().count() > column:
                self.tree.setColumnWidth(column, width * characters)

    def _filter(self, text: str) -> None:
        self._proxy.set_words(text)
        self._nothing.setVisible(bool(self._rows) and not self._proxy.rowCount())

    def _opened(self) -> set[str]:
        indices = [self._proxy.index(place, NAME) for place in range(self._proxy.rowCount())]
        return {str(index.data()) for index in indices if self.tree.isExpanded(index)}

    def _marked(self) -> str:
        index = self.tree.currentIndex().siblingAtColumn(NAME)
        return str(index.data()) if index.isValid() and not index.parent().isValid() else ""

    def _go(self, index: QModelIndex) -> None:
        top = index.parent() if index.parent().isValid() else index
        row = top.siblingAtColumn(NAME).data(_ROW)
        if isinstance(row, VariableRow) and row.cell is not None:
            self.cell_wanted.emit(row.cell, row.line or 0)


def _nan_words(row: VariableRow) -> str:
    return {"some": tr("some"), "none": tr("none")}.get(row.nan, row.nan)


def _spoken(row: VariableRow) -> str:
    """A row for a screen reader."""
    where = tr("cell {cell}").format(cell=row.cell + 1) if row.cell is not None else ""
    missing = f"NaN: {_nan_words(row)}" if row.nan else ""
    return ", ".join(filter(None, (row.name, row.type, row.size, row.values, missing, where)))
