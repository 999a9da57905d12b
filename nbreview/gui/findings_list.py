"""The list of findings: which cell, how it is known, and what to know.

Imports `theme`, `parts` and frozen values only. Rows are painted and as high as their sentence needs.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from nbreview.gui.cards import FindingView, evidence_words
from nbreview.gui.parts import Sentence, paint_pill, pill_size
from nbreview.gui.theme import Theme, prose_font

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
HAS_FIX = "A fix is among the suggestions."


class _FindingsModel(QAbstractListModel):
    """The findings as they are."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.views: tuple[FindingView, ...] = ()

    def set_views(self, views: tuple[FindingView, ...]) -> None:
        self.beginResetModel()
        self.views = views
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.views)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        view = self.views[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return view.message
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words, _token = evidence_words(view.evidence, view.probability)
            return f"{view.cell_title}, {words}: {view.message}" + (f" {HAS_FIX}" if view.has_fix else "")
        return None


class _FindingDelegate(QStyledItemDelegate):
    """Paints title and pill, then the sentence, then whether there is a fix."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.title_font, self.font = prose_font(theme, bold=True), prose_font(theme)
        self.small_font = prose_font(theme, theme.caption)
        self.title_metrics, self.metrics = QFontMetrics(self.title_font), QFontMetrics(self.font)
        self.small_metrics = QFontMetrics(self.small_font)
        self._heights: dict[tuple[FindingView, int], int] = {}

    def _parts(self, view: FindingView, row: QRect) -> tuple[QRect, QRect, QRect, int]:
        """Areas of title, pill and sentence, and the height of the whole row."""
        unit = self.theme.spacing
        left, width = row.left() + unit + unit // 2, row.width() - 3 * unit
        words, _token = evidence_words(view.evidence, view.probability)
        pill = pill_size(self.theme, words)
        first = max(self.title_metrics.height(), pill.height())
        title = QRect(left, row.top() + unit, width - pill.width() - unit, first)
        pill_area = QRect(left + width - pill.width(), row.top() + unit + (first - pill.height()) // 2, 0, 0)
        pill_area.setSize(pill)
        text = self.metrics.boundingRect(0, 0, max(10, width), 10_000, _WRAP, view.message)
        sentence = QRect(left, row.top() + unit + first + unit // 2, width, text.height())
        height = unit + first + unit // 2 + text.height() + unit
        if view.has_fix:
            height += self.small_metrics.height() + unit // 2
        return title, pill_area, sentence, height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, _FindingsModel)
        key = (model.views[index.row()], self._view.viewport().width())
        if key not in self._heights:  # Qt asks several times a layout
            self._heights[key] = self._parts(key[0], QRect(0, 0, key[1], 0))[3]
        return QSize(0, self._heights[key])

    def forget(self) -> None:
        """Other findings have come: the heights of the old ones are not kept."""
        self._heights.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _FindingsModel)
        view, theme, row = model.views[index.row()], self.theme, option.rect
        title, pill, sentence, _height = self._parts(view, row)
        words, token = evidence_words(view.evidence, view.probability)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(row, theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.color("hover"))
        painter.fillRect(QRect(row.left(), row.top(), theme.spacing // 2, row.height()), theme.color(token))
        text = theme.color("selection_text" if chosen else "text")
        painter.setPen(text)
        painter.setFont(self.title_font)
        name = self.title_metrics.elidedText(view.cell_title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        paint_pill(painter, pill, theme, words, token)
        painter.setPen(text)
        painter.setFont(self.font)
        painter.drawText(sentence, _WRAP, view.message)
        if view.has_fix:
            painter.setFont(self.small_font)
            painter.setPen(theme.color("selection_text" if chosen else "muted"))
            top = sentence.bottom() + theme.spacing // 2 + self.small_metrics.ascent()
            painter.drawText(sentence.left(), top, HAS_FIX)
        painter.setPen(theme.color("border"))
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.adjusted(1, 1, -1, -2))
        painter.restore()


class _List(QListView):
    """The list, which lays its rows out again when its width changes."""

    chosen = Signal(QModelIndex)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class FindingsList(QWidget):
    """The list, or the sentence that says how to fill it."""

    activated = Signal(str)

    def __init__(self, theme: Theme, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _FindingsModel(self)
        self.list = _List(self)
        self.list.setAccessibleName("Findings")
        self.list.setModel(self._model)
        self._delegate = _FindingDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        # Rows differ in height: hundreds of them are measured a few at a time.
        self.list.setLayoutMode(QListView.LayoutMode.Batched)
        self.list.setBatchSize(60)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._activate)
        self.list.chosen.connect(self._activate)
        self._empty = Sentence(empty, muted=True, parent=self)
        self._empty.as_page()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
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

    def set_findings(self, views: Sequence[FindingView]) -> None:
        """Show other findings; the one that was marked stays marked where it is still there."""
        marked = self.current()
        self._delegate.forget()
        self._model.set_views(tuple(views))
        self._pages.setCurrentWidget(self.list if views else self._empty)
        if marked:
            self.set_current(marked)

    def current(self) -> str:
        """The id of the marked finding, or ""."""
        index = self.list.currentIndex()
        return self._model.views[index.row()].id if index.isValid() else ""

    def set_current(self, finding_id: str) -> None:
        """Mark a finding and bring it into view; tells nobody."""
        for row, view in enumerate(self._model.views):
            if view.id == finding_id:
                index = self._model.index(row, 0)
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.list.selectionModel().setCurrentIndex(index, flag)
                self.list.scrollTo(index)

    def _activate(self, index: QModelIndex) -> None:
        self.activated.emit(self._model.views[index.row()].id)
