"""The list of findings: which cell, how it is known, what to know, what it came from, and what is gone.

Imports `theme`, `parts`, the rows and frozen values only.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedLayout, QWidget

from nbreview.gui.card_view import FindingView
from nbreview.gui.finding_rows import ROW, FindingDelegate, Group, Part, Row, spoken
from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
QUIET_ROWS = 3
"""Verdicts without a crash that are listed one by one; more of them are a line that opens."""


class _FindingsModel(QAbstractListModel):
    """The findings as they are, and below a line those that are gone."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def set_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def set_row(self, number: int, row: Row) -> None:
        self.rows[number] = row
        index = self.index(number, 0)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.view.message if row.view is not None else row.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return None


class _List(QListView):
    """The list, which lays its rows out again when its width changes. Enter goes to the cell, right and left
    open and close the traceback, Delete dismisses, or shows what was dismissed again.
    """

    chosen = Signal(QModelIndex, str)
    dismissed = Signal(QModelIndex)
    opened = Signal(QModelIndex, bool)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        delegate = self.itemDelegate()
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            assert isinstance(delegate, FindingDelegate)
            place = event.position().toPoint()
            self.chosen.emit(index, delegate.part_at(index.data(ROW), self.visualRect(index), place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not index.isValid() or event.modifiers():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(index, Part.ROW)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.opened.emit(index, event.key() == Qt.Key.Key_Right)
        elif event.key() == Qt.Key.Key_Delete:
            self.dismissed.emit(index)
        else:
            super().keyPressEvent(event)


class FindingsList(QWidget):
    """The list, or the sentence that says how to fill it."""

    activated = Signal(str)
    origin_activated = Signal(int)
    """Index of the cell that a bad value came from: show it."""
    fix_wanted = Signal(str)
    dismiss_wanted = Signal(str)
    take_back_wanted = Signal(str)

    def __init__(self, theme: Theme, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _FindingsModel(self)
        self._views: tuple[FindingView, ...] = ()
        self._gone: tuple[FindingView, ...] = ()
        self._dismissed: tuple[FindingView, ...] = ()
        self._opened_lines: set[Group] = set()
        self.list = _List(self)
        self.list.setAccessibleName(tr("Findings"))
        self.list.setModel(self._model)
        self._delegate = FindingDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        # Rows differ in height: hundreds of them are measured a few at a time.
        self.list.setLayoutMode(QListView.LayoutMode.Batched)
        self.list.setBatchSize(60)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.list.dismissed.connect(self._dismiss)
        self._empty = Sentence(empty, muted=True, parent=self)
        self._empty.as_page()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        self._pages.setCurrentWidget(self._empty)  # until there are some
        self.setFocusProxy(self.list)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._delegate.set_theme(theme)
        self._empty.set_theme(theme)
        unit = theme.spacing
        self._empty.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        self.list.scheduleDelayedItemsLayout()
        self.list.viewport().update()

    def set_findings(
        self,
        views: Sequence[FindingView],
        gone: Sequence[FindingView] = (),
        dismissed: Sequence[FindingView] = (),
    ) -> None:
        """Show other findings, those of the base that are gone, and those that were dismissed; the one that
        was marked stays marked where it is still there, and what was open stays open.
        """
        if (tuple(views), tuple(gone), tuple(dismissed)) == (self._views, self._gone, self._dismissed):
            return
        marked = self.current()
        opened = self._opened()
        self._views, self._gone, self._dismissed = tuple(views), tuple(gone), tuple(dismissed)
        self._delegate.forget()
        self._model.set_rows(self._rows(opened))
        self._pages.setCurrentWidget(self.list if views or gone or dismissed else self._empty)
        if marked:
            self.set_current(marked)

    def current(self) -> str:
        """The id of the marked finding, or ""."""
        index = self.list.currentIndex()
        view = self._model.rows[index.row()].view if index.isValid() else None
        return view.id if view is not None else ""

    def set_current(self, finding_id: str) -> None:
        """Mark a finding and bring it into view; tells nobody."""
        for number, row in enumerate(self._model.rows):
            if row.view is not None and not row.gone and row.view.id == finding_id:
                index = self._model.index(number, 0)
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.list.selectionModel().setCurrentIndex(index, flag)
                self.list.scrollTo(index)

    def open_trace(self, finding_id: str) -> None:
        """Show the traceback of a finding."""
        for number, row in enumerate(self._model.rows):
            if row.view is not None and not row.gone and row.view.id == finding_id:
                self._open(self._model.index(number, 0), True)

    def _rows(self, opened: set[tuple[str, str]]) -> list[Row]:
        quiet = [view for view in self._views if view.quiet]
        aside = quiet if len(quiet) > QUIET_ROWS else []
        loud = [view for view in self._views if not aside or not view.quiet]
        rows = [Row(view, opened=(view.message, view.trace) in opened) for view in loud]
        for group, heading, views in (
            (Group.QUIET, tr("{n} cells without a crash found"), aside),
            (Group.GONE, tr("{n} gone since base"), self._gone),
            (Group.DISMISSED, tr("{n} dismissed"), self._dismissed),
        ):
            if views:
                shown = group in self._opened_lines
                rows.append(Row(None, heading.format(n=len(views)), shown, group=group))
                gone, dismissed = group is Group.GONE, group is Group.DISMISSED
                rows += [Row(view, gone=gone, dismissed=dismissed) for view in views] if shown else []
        return rows

    def _opened(self) -> set[tuple[str, str]]:
        """The findings whose traceback shows."""
        rows = self._model.rows
        return {(row.view.message, row.view.trace) for row in rows if row.view is not None and row.opened}

    def _choose(self, index: QModelIndex, part: str) -> None:
        row = self._model.rows[index.row()]
        if row.view is None or part == Part.TRACE:
            self._open(index, not row.opened)
        elif part == Part.ORIGIN and row.view.origin is not None:
            self.origin_activated.emit(row.view.origin)
        elif part == Part.FIX:
            self.fix_wanted.emit(row.view.id)
        elif part in (Part.DISMISS, Part.TAKE_BACK):
            self._dismiss(index)
        elif not row.gone and not row.dismissed:
            self.activated.emit(row.view.id)

    def _dismiss(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        if row.view is None or row.gone:
            return
        (self.take_back_wanted if row.dismissed else self.dismiss_wanted).emit(row.view.id)

    def show_dismissed(self) -> None:
        """Open the line of the dismissed, with the keyboard on it."""
        for number, row in enumerate(self._model.rows):
            if row.group is Group.DISMISSED:
                index = self._model.index(number, 0)
                self._open(index, True)
                self.list.setCurrentIndex(index)
                self.list.scrollTo(index)
        self.list.setFocus()

    def _open(self, index: QModelIndex, opened: bool) -> None:
        number = index.row()
        row = self._model.rows[number]
        if row.group is not None:
            line = {row.group}
            self._opened_lines = self._opened_lines | line if opened else self._opened_lines - line
            shown = {
                (one.view.message, one.view.trace) for one in self._model.rows if one.view and one.opened
            }
            self._model.set_rows(self._rows(shown))
            self.list.setCurrentIndex(self._model.index(number, 0))
        elif row.view is not None and row.view.trace and row.opened is not opened:
            self._model.set_row(number, replace(row, opened=opened))
        self.list.scheduleDelayedItemsLayout()
