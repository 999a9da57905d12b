"""The notebook at a glance: headings, changed cells, findings, and a tick for what has been viewed.

Imports `theme`, `parts` and frozen values only. Painted rows of one height, as in the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nbreview.diff.model import ChangeKind
from nbreview.gui.diff.comment_marks import paint_bubble
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.parts import Sentence, paint_tick
from nbreview.gui.theme import Theme, prose_font
from nbreview.presentation.labels import kind_word

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
EMPTY = QT_TR_NOOP(
    "Nothing to list yet. Choose a revision in the history: its headings and changed cells stand here."
)
UNCHANGED = QT_TR_NOOP("Nothing changed between these two, and the notebook has no headings to list.")
SIGNS = {
    ChangeKind.MODIFIED: "≠",
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "−",
    ChangeKind.MOVED: "⇄",
}


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One row: a heading of `level` 1 to 6, or with level 0 a cell, which stands below the heading before it.

    `kind` None: it has not changed. `change_index` counts in `NotebookDiff.cells`. `finding`: something is
    known about the cell. `viewed`: ticked. `comments` are open threads, `resolved` those that are settled.
    """

    change_index: int
    level: int
    text: str
    kind: ChangeKind | None
    finding: bool
    viewed: bool
    comments: int = 0
    resolved: int = 0

    @property
    def spoken(self) -> str:
        """The row in words, for a screen reader."""
        words = [
            tr("heading level {level}").format(level=self.level) if self.level else tr("cell"),
            self.text,
        ]
        if self.kind is not None:
            words.append(kind_word(self.kind, tr=tr))
        if self.finding:
            words.append(tr("has a finding"))
        if self.comments:
            words.append(tr("%n open comment(s)", "", self.comments))
        elif self.resolved:
            words.append(tr("%n resolved comment(s)", "", self.resolved))
        if self.viewed:
            words.append(tr("viewed"))
        return ", ".join(words)

    @property
    def tickable(self) -> bool:
        """Whether the row can be ticked as viewed: there is a change to view."""
        return self.kind is not None


class OutlineModel(QAbstractListModel):
    """The rows as they are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[OutlineItem, ...] = ()
        self.depths: tuple[int, ...] = ()

    def set_items(self, items: tuple[OutlineItem, ...]) -> None:
        same_rows = len(items) == len(self.items) and all(
            (new.change_index, new.level, new.kind) == (old.change_index, old.level, old.kind)
            for new, old in zip(items, self.items, strict=True)
        )
        if same_rows and items:  # a tick or a finding: the place in the list and the scroll stay
            self.items = items
            self.dataChanged.emit(self.index(0, 0), self.index(len(items) - 1, 0))
            return
        self.beginResetModel()
        self.items = items
        depths, heading = [], 0
        for item in items:
            heading = item.level or heading
            depths.append(item.level - 1 if item.level else heading)
        self.depths = tuple(depths)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return item.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.spoken
        return None


class _OutlineDelegate(QStyledItemDelegate):
    """Paints a row: sign in its colour, text indented by level, warning and tick at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.font = prose_font(theme)
        self.heading_font = prose_font(theme, bold=True)
        self.metrics = QFontMetrics(self.font)
        self.heading_metrics = QFontMetrics(self.heading_font)
        self.height = self.metrics.height() + theme.spacing

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.height)

    def tick_area(self, row: QRect) -> QRect:
        """Where the tick of a row is, and where a click sets it."""
        side = self.metrics.height()
        return QRect(row.right() - self.theme.spacing - side, row.center().y() - side // 2 + 1, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, OutlineModel)
        item, theme, unit, area = model.items[index.row()], self.theme, self.theme.spacing, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if chosen:
            painter.fillRect(area, theme.color("selection"))
        elif hovered:
            painter.fillRect(area, theme.color("hover"))
        left = area.left() + unit + min(unit * model.depths[index.row()], area.width() // 4)
        right = area.right() - unit
        base_line = area.top() + (area.height() - self.metrics.height()) // 2 + self.metrics.ascent()
        if item.tickable:
            self._paint_tick(painter, area, item.viewed, chosen or hovered)
        if item.tickable or item.finding:  # ticks stand below ticks, warnings below warnings
            right = self.tick_area(area).left() - unit // 2
        if item.finding:
            right = self._paint_warning(painter, area, right) - unit
        if item.comments or item.resolved:
            right = self._paint_comments(painter, area, right, bool(item.comments)) - unit
        font, metrics = (self.heading_font, self.heading_metrics) if item.level else (self.font, self.metrics)
        if item.kind is not None:
            painter.setFont(self.font)
            painter.setPen(theme.sign_color(item.kind))
            painter.drawText(left, base_line, SIGNS.get(item.kind, ""))
        if item.kind is not None or not item.level:
            left += self.metrics.horizontalAdvance("⇄") + unit
        painter.setFont(font)
        painter.setPen(theme.color("selection_text" if chosen else "muted" if item.viewed else "text"))
        text = metrics.elidedText(item.text, Qt.TextElideMode.ElideRight, max(0, right - left))
        painter.drawText(left, base_line, text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_tick(self, painter: QPainter, row: QRect, viewed: bool, offered: bool) -> None:
        """A tick, or an empty box where the pointer or the keyboard is."""
        box = self.tick_area(row).adjusted(2, 2, -2, -2)
        if viewed:
            paint_tick(painter, box, self.theme.color("accent"))
        elif offered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.color("control"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 3, 3)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_comments(self, painter: QPainter, row: QRect, right: int, opened: bool) -> int:
        """A speech bubble, filled where a thread is open. Returns where it begins."""
        side = round(self.metrics.ascent() * 0.9)
        bubble = QRectF(right - side, row.center().y() - side / 2 + 1, side, side)
        color = self.theme.color("accent" if opened else "muted")
        paint_bubble(painter, bubble, color, filled=opened)
        return right - side

    def _paint_warning(self, painter: QPainter, row: QRect, right: int) -> int:
        """A triangle with its stroke: drawn, as not every typeface has the sign. Returns where it begins."""
        side = self.metrics.ascent()
        left, top = right - side, row.center().y() - side / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("warning"), 1.4))
        painter.setBrush(self.theme.color("warning_bg"))
        middle = left + side / 2
        painter.drawPolygon(
            QPolygonF([QPointF(middle, top + 1), QPointF(right, top + side), QPointF(left, top + side)])
        )
        painter.drawLine(QPointF(middle, top + side * 0.42), QPointF(middle, top + side * 0.68))
        painter.drawPoint(QPointF(middle, top + side * 0.84))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return left


class _OutlineList(QListView):
    """The list; Space and a click on the box tick, Enter and a click elsewhere go there."""

    ticked = Signal(QModelIndex)
    chosen = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() == Qt.Key.Key_Space:
            self.ticked.emit(index)
        elif (
            index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        ):
            self.chosen.emit(index)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position().toPoint()
        index = self.indexAt(place)
        delegate = self.itemDelegate()
        if not index.isValid() or not isinstance(delegate, _OutlineDelegate):
            return
        box = delegate.tick_area(self.visualRect(index))
        (self.ticked if box.contains(place) else self.chosen).emit(index)


class OutlinePanel(QWidget):
    """The list of headings and changed cells."""

    activated = Signal(int)
    """Go to this cell: its index in `NotebookDiff.cells`."""
    viewed_toggled = Signal(int)
    """Tick or untick this cell as viewed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = OutlineModel(self)
        self._delegate = _OutlineDelegate(theme, self)
        self.list = _OutlineList(self)
        self.list.setAccessibleName(tr("Outline: headings and changed cells"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.chosen.connect(self._activate)
        self.list.ticked.connect(self._tick)
        self._empty = Sentence(tr(EMPTY), muted=True, parent=self)
        self._empty.as_page()
        self._summary = Sentence("", muted=True, size="caption", parent=self)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._summary)
        layout.addLayout(self._pages, 1)
        self.setFocusProxy(self.list)
        self.set_theme(theme)
        self.set_outline((), EMPTY)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._delegate.set_theme(theme)
        for sentence in (self._empty, self._summary):
            sentence.set_theme(theme)
        self._empty.setContentsMargins(2 * theme.spacing, theme.spacing, 2 * theme.spacing, theme.spacing)
        self._summary.setContentsMargins(theme.spacing, theme.spacing, theme.spacing, theme.spacing // 2)
        self.list.doItemsLayout()
        self.list.viewport().update()

    def set_outline(self, items: Sequence[OutlineItem], empty: str = UNCHANGED) -> None:
        """Show other rows, in the order of the notebook; `empty` is the sentence for none."""
        self._model.set_items(tuple(items))
        cells = {item.change_index: item.viewed for item in items if item.tickable}
        viewed = sum(cells.values())
        one, more = tr("{n} changed cell"), tr("{n} changed cells")
        changed = (one if len(cells) == 1 else more).format(n=len(cells))
        self._summary.setText(
            tr("Outline · {viewed} of {changed} viewed").format(viewed=viewed, changed=changed)
            if cells
            else tr("Outline")
        )
        self._summary.setVisible(bool(items))
        self._empty.setText(tr(empty))
        self._pages.setCurrentWidget(self.list if items else self._empty)

    def set_current(self, change_index: int) -> None:
        """Mark the row of the cell that the canvas is at, or the heading that stands for it; tells nobody."""
        for row, item in enumerate(self._model.items):
            if item.change_index == change_index:
                index = self._model.index(row, 0)
                self.list.selectionModel().setCurrentIndex(
                    index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                )
                self.list.scrollTo(index)
                return
        self.list.selectionModel().clear()

    def _activate(self, index: QModelIndex) -> None:
        self.activated.emit(self._model.items[index.row()].change_index)

    def _tick(self, index: QModelIndex) -> None:
        item = self._model.items[index.row()]
        if item.tickable:
            self.viewed_toggled.emit(item.change_index)
