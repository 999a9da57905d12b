"""The history of the notebook: working tree and staged on top, then each commit that touched it.

Imports `theme`, `parts` and frozen values only. One revision chosen means: against its parent; two: against
each other; a range: its oldest against its newest. Rows are painted, of one height, so that ten thousand of
them scroll.
"""

import time
from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QObject,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.history_model import Badge, HistoryModel, Index, badge_parts, details_of, title_of
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.parts import Panel, Sentence
from nbreview.gui.theme import Theme, prose_font
from nbreview.history.model import Revision, RevisionKind

OUTSIDE_GIT = QT_TR_NOOP(
    "This notebook is not in a git repository, so it has no history here. Compare it with another notebook "
    "(Ctrl+Shift+O), or run “git init” in its folder and commit it to start one."
)
NOTHING_FOUND = QT_TR_NOOP("No revision has these words. Clear the filter to see them all.")


class _RevisionDelegate(QStyledItemDelegate):
    """Paints a row: the line of history with its dot, the summary, and below it who and when, and the
    badge.
    """

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.title_font: QFont = prose_font(theme)
        self.detail_font: QFont = prose_font(theme, theme.caption)
        self.title_metrics = QFontMetrics(self.title_font)
        self.detail_metrics = QFontMetrics(self.detail_font)
        self.height = self.title_metrics.height() + self.detail_metrics.height() + theme.spacing + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, HistoryModel)
        theme, unit, area = self.theme, self.theme.spacing, option.rect
        revision = model.revision_at(index.row())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(area, theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        gutter = self._paint_dot(painter, area, revision, index.row(), model.rowCount())
        left, right = area.left() + gutter, area.right() - unit
        top = area.top() + unit // 2
        painter.setFont(self.title_font)
        painter.setPen(theme.color("selection_text" if chosen else "text"))
        title = self.title_metrics.elidedText(title_of(revision), Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(left, top + self.title_metrics.ascent(), title)

        base_line = top + self.title_metrics.height() + 2 + self.detail_metrics.ascent()
        painter.setFont(self.detail_font)
        badge = model.badge_at(index.row())
        if badge is not None:
            right = self._paint_badge(painter, badge, right, base_line, chosen) - unit
        painter.setPen(theme.color("selection_text" if chosen else "muted"))
        details = " · ".join(details_of(revision, model.now))
        if right - left > 4 * self.title_metrics.averageCharWidth():  # less would be an ellipsis and no word
            elided = self.detail_metrics.elidedText(details, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(left, base_line, elided)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_dot(self, painter: QPainter, area: QRect, revision: Revision, row: int, rows: int) -> int:
        """The line and the dot: filled for what is not committed yet, a ring for a commit. Returns the
        gutter's width.
        """
        theme = self.theme
        radius = max(3.0, self.title_metrics.height() / 4.5)
        center = QPointF(area.left() + theme.spacing + radius, area.top() + area.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("control"), 1.5))
        if row > 0:
            painter.drawLine(QPointF(center.x(), area.top()), QPointF(center.x(), center.y() - radius))
        if row < rows - 1:
            painter.drawLine(QPointF(center.x(), center.y() + radius), QPointF(center.x(), area.bottom() + 1))
        committed = revision.kind is RevisionKind.COMMIT
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.setBrush(theme.color("background" if committed else "accent"))
        painter.drawEllipse(center, radius, radius)
        if revision.is_merge:
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(center, radius / 2.5, radius / 2.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return int(2 * radius + 2 * theme.spacing)

    def _paint_badge(self, painter: QPainter, badge: Badge, right: int, base_line: int, chosen: bool) -> int:
        """The counts, right-aligned; returns where they begin."""
        pieces = [(self.theme.sign_color(kind), text) for kind, text in badge_parts(badge)]
        if not pieces:
            pieces = [(self.theme.color("selection_text" if chosen else "muted"), "=")]
        for color, text in reversed(pieces):
            right -= self.detail_metrics.horizontalAdvance(text)
            painter.setPen(color)
            painter.drawText(right, base_line, text)
            right -= self.theme.spacing
        return right + self.theme.spacing


class _RevisionList(QListView):
    """The list, which says when other rows come into view."""

    seen = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.seen.emit()

    def selectionCommand(self, index: Index, event: object = None) -> QItemSelectionModel.SelectionFlag:
        flags = super().selectionCommand(index, event)  # type: ignore[arg-type]
        # Ctrl with the only chosen row would leave nothing chosen, and the diff without a reason to be there.
        if (
            flags & QItemSelectionModel.SelectionFlag.Toggle
            and self.selectionModel().isSelected(index)
            and len(self.selectedIndexes()) == 1
        ):
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return flags


class HistoryPanel(Panel):
    """The list of revisions with its filter."""

    comparison_chosen = Signal(object, object)
    """Base revision (None: the head's parent) and head revision."""
    visible_changed = Signal()
    """Other rows are in view: badges for `visible_rows` are wanted first."""
    resized = Signal(int)
    """How high the panel is now, in pixels."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HistoryModel(self)
        self._delegate = _RevisionDelegate(theme, self)
        self._chosen: tuple[int, ...] = ()
        self._announcing = True
        self.filter = QLineEdit(self)
        self.filter.setAccessibleName(tr("Filter the history"))
        self.filter.setPlaceholderText(tr("Filter by words, author or id"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self._enter_list)
        self.list = _RevisionList(self)
        self.list.setAccessibleName(tr("History of the notebook"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.selectionModel().selectionChanged.connect(self._selected)
        self._empty = Sentence(tr(OUTSIDE_GIT), muted=True, parent=self)
        self._empty.as_page()
        # Rows come into view by many small steps; they are told of once the steps have been made.
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(0)
        self._seen.timeout.connect(self.visible_changed)
        # Not the timer's start itself: it would take the bar's value for its interval.
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self._seen.start())
        self.list.seen.connect(self._seen.start)

        # A list that is not shown yet has no size to scroll in.
        self._reveal = QTimer(self)
        self._reveal.setSingleShot(True)
        self._reveal.setInterval(0)
        self._reveal.timeout.connect(self._scroll_to_current)

        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top = QVBoxLayout()
        self._top.addWidget(self.filter)
        layout.addLayout(self._top)
        layout.addLayout(self._pages, 1)
        self.aim_focus(self.list)
        self.set_theme(theme)
        self._show_page(OUTSIDE_GIT)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._delegate.set_theme(theme)
        self._top.setContentsMargins(theme.spacing, theme.spacing, theme.spacing, theme.spacing)
        self._empty.set_theme(theme)
        self._empty.setContentsMargins(2 * theme.spacing, theme.spacing, 2 * theme.spacing, theme.spacing)
        self.list.doItemsLayout()
        self.list.viewport().update()

    def set_history(
        self, revisions: Sequence[Revision], now: float | None = None, empty: str = OUTSIDE_GIT
    ) -> None:
        """Show other revisions, newest first; nothing is chosen, and no signal says so.

        `now` is the time that ages are counted to (None: the clock's). `empty` is the sentence for no
        revisions.
        """
        self._announcing = False
        self._chosen = ()
        self.filter.clear()
        self._model.set_revisions(revisions, time.time() if now is None else now)
        self._announcing = True
        self._show_page(empty)
        self.list.scrollToTop()
        self._seen.start()

    def add_below(self, widget: QWidget) -> None:
        """Put a widget below the list."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)

    def show_filter(self) -> None:
        """Put the keyboard into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def set_badge_of(self, revision: Revision, counts: Badge) -> None:
        """Fill in what a revision changed, if it is in this history."""
        index = self._model.index_of(revision)
        if index is not None:
            self.set_badge(index, counts)

    def revisions(self) -> tuple[Revision, ...]:
        """All revisions, also those filtered away."""
        return self._model.revisions

    def set_badge(self, index: int, counts: Badge) -> None:
        """Fill in what a revision changed; `index` counts in all revisions."""
        if not 0 <= index < len(self._model.revisions):
            return
        self._model.badges[index] = dict(counts)
        row = self._model.row_of(index)
        if row is not None:
            place = self._model.index(row, 0)
            self._model.dataChanged.emit(place, place)

    def clear_badge(self, index: int) -> None:
        """Take a badge away: the working tree has been written."""
        self._model.badges.pop(index, None)
        self.list.viewport().update()

    def visible_rows(self) -> tuple[int, ...]:
        """Indices (in all revisions) of the rows in view that have no badge yet, top to bottom."""
        rows = self._model.rowCount()
        if not rows or self._delegate.height <= 0:
            return ()
        first = max(0, self.list.verticalScrollBar().value() // self._delegate.height)
        count = self.list.viewport().height() // self._delegate.height + 2
        shown = self._model.shown[first : min(rows, first + count)]
        return tuple(place for place in shown if place not in self._model.badges)

    def choose(self, revisions: Iterable[Revision], *, announce: bool = True) -> None:
        """Choose one revision (against its parent) or two (against each other), as a click would."""
        places = sorted(self._model.revisions.index(revision) for revision in revisions)
        if any(self._model.row_of(place) is None for place in places):
            self.filter.clear()
        self._announcing = False
        self._select(places)
        self._announcing = True
        if places and announce:
            self._chosen = ()
            self._announce(tuple(places))
        else:
            self._chosen = tuple(places)

    def chosen(self) -> tuple[Revision | None, Revision] | None:
        """Base (None: the head's parent) and head that are chosen, or None."""
        if not self._chosen:
            return None
        head = self._model.revisions[self._chosen[0]]
        return (self._model.revisions[self._chosen[-1]] if len(self._chosen) > 1 else None, head)

    def _select(self, places: Sequence[int]) -> None:
        selection = QItemSelection()
        rows = [row for row in map(self._model.row_of, places) if row is not None]
        for row in rows:
            index = self._model.index(row, 0)
            selection.select(index, index)
        model = self.list.selectionModel()
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            model.setCurrentIndex(self._model.index(rows[0], 0), QItemSelectionModel.SelectionFlag.NoUpdate)
            self._reveal.start()

    def _scroll_to_current(self) -> None:
        if self.list.isVisible() and self.list.currentIndex().isValid():
            self.list.scrollTo(self.list.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(self.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reveal.start()

    def _selected(self) -> None:
        if not self._announcing:
            return
        places = sorted(self._model.shown[index.row()] for index in self.list.selectedIndexes())
        if places:
            self._announce((places[0], places[-1]) if len(places) > 1 else (places[0],))

    def _announce(self, places: tuple[int, ...]) -> None:
        if places == self._chosen:
            return
        self._chosen = places
        revisions = self._model.revisions
        self.comparison_chosen.emit(revisions[places[-1]] if len(places) > 1 else None, revisions[places[0]])

    def _narrow(self, text: str) -> None:
        if not self._announcing:
            return
        self._announcing = False
        self._model.set_filter(text)
        self._select(self._chosen)
        self._announcing = True
        self._show_page(NOTHING_FOUND)
        self._seen.start()

    def _enter_list(self) -> None:
        """Go on from the filter to what it left, and choose the first of it where nothing is chosen."""
        if self._model.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.selectedIndexes():
                self.list.setCurrentIndex(self._model.index(0, 0))

    def _show_page(self, empty: str) -> None:
        rows = bool(self._model.rowCount())
        self.filter.setEnabled(bool(self._model.revisions))
        if not rows:
            self._empty.setText(tr(empty))
        self._pages.setCurrentWidget(self.list if rows else self._empty)
