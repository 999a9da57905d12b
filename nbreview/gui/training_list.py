"""The decisions of an export as a list, with a box before each that keeps it or leaves it out.

A model of rows and a view that asks it for those in sight, so that thousands cost what a screenful costs.
Imports `theme`, `parts` and frozen values only.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from nbreview.gui.language import QT_TR_NOOP, spoken, tr
from nbreview.gui.parts import paint_tick
from nbreview.gui.theme import Theme, prose_font

if TYPE_CHECKING:
    from nbreview.training.rehearsal import Candidate

Index = QModelIndex | QPersistentModelIndex
HEADERS = (
    QT_TR_NOOP("Notebook"),
    QT_TR_NOOP("Cell"),
    QT_TR_NOOP("State"),
    QT_TR_NOOP("Becomes"),
    QT_TR_NOOP("Asked for"),
    QT_TR_NOOP("Made by"),
    QT_TR_NOOP("Decided"),
)
_KEPT = QT_TR_NOOP("a row")
_WIDTHS = (18, 5, 9, 14, 26, 16, 0)
"""Of the columns, in characters; the last takes what is left."""


class DecisionModel(QAbstractTableModel):
    """The decisions that are shown, oldest first."""

    left_out_changed = Signal()
    """A box was ticked or its tick taken away."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Sequence[Candidate] = ()
        self._fates: Mapping[str, str] = {}
        self.without: set[str] = set()

    def set_theme(self, theme: Theme) -> None:
        """Take another theme's colours."""
        self._theme = theme

    def set_candidates(self, shown: "Sequence[Candidate]") -> None:
        """Show these."""
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def set_fates(self, fates: Mapping[str, str]) -> None:
        """Say what becomes of each decision: why it is left out, or "" for rows."""
        self._fates = fates
        if self._shown:
            last = self.index(len(self._shown) - 1, len(HEADERS) - 1)
            self.dataChanged.emit(self.index(0, len(HEADERS) - 1), last)

    def candidate(self, row: int) -> "Candidate | None":
        """The decision in a row of the list."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if orientation is Qt.Orientation.Horizontal and role in wanted:
            return tr(HEADERS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        made = self.candidate(index.row())
        if made is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(made, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return {0: str(made.provenance["notebook"]), 3: self._becomes(made), 4: made.title}.get(
                index.column()
            )
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            kept = made.decision not in self.without
            return Qt.CheckState.Checked if kept else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole and self._becomes(made) != tr(_KEPT):
            return self._theme.color("muted")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self._text(made, column) for column in range(len(HEADERS)))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        made = self.candidate(index.row())
        if made is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        kept = Qt.CheckState(value) is Qt.CheckState.Checked
        (self.without.discard if kept else self.without.add)(made.decision)
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(HEADERS) - 1))
        self.left_out_changed.emit()
        return True

    def keep(self, rows: Sequence[int], kept: bool) -> None:
        """Tick several rows, or take their ticks away."""
        for made in filter(None, map(self.candidate, rows)):
            (self.without.discard if kept else self.without.add)(made.decision)
        if rows and self._shown:
            last = self.index(len(self._shown) - 1, len(HEADERS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.left_out_changed.emit()

    def _text(self, made: "Candidate", column: int) -> str:
        values = made.provenance
        match column:
            case 0:
                return made.notebook.replace("\\", "/").rpartition("/")[2]
            case 1:
                return str(int(values["cell_index"]) + 1)
            case 2:
                return tr(str(values["kind"]))
            case 3:
                return self._becomes(made)
            case 4:
                return made.title
            case 5:
                return str(values["model"] or values["maker"])
            case _:
                return f"{datetime.fromtimestamp(values['time']):%Y-%m-%d}"

    def _becomes(self, made: "Candidate") -> str:
        if made.undone:
            return spoken(made.undone)
        if made.decision in self.without:
            return tr("left out by hand")
        fate = self._fates.get(made.decision)
        return "…" if fate is None else spoken(fate) or tr(_KEPT)


class _Boxes(QStyledItemDelegate):
    """Draws the box before a decision: the style's own has no outline in the dark and one size only."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        kept = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        item = QStyleOptionViewItem(option)
        self.initStyleOption(item, index)
        item.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        box = self._box(option.rect)
        item.rect = option.rect.adjusted(box.right() - option.rect.left() + self.theme.spacing // 2, 0, 0, 0)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self.theme.color("selection"))
        item.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, item, painter, item.widget)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("control"), 1))
        painter.setBrush(self.theme.color("background"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.restore()
        if kept:
            paint_tick(painter, box, self.theme.color("text"))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and self._box(option.rect).adjusted(-4, -4, 4, 4).contains(event.position().toPoint())
        ):
            kept = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if kept else Qt.CheckState.Checked
            return bool(model.setData(index, state, Qt.ItemDataRole.CheckStateRole))
        return False

    def _box(self, cell: QRect) -> QRect:
        side = min(cell.height() - 4, QFontMetrics(prose_font(self.theme)).ascent() + 2)
        return QRect(cell.left() + self.theme.spacing // 2, cell.center().y() - side // 2 + 1, side, side)


class DecisionList(QTableView):
    """Shows a `DecisionModel`. Space ticks all rows that are selected."""

    def __init__(self, model: DecisionModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._decisions = model
        self._boxes = _Boxes(theme, self)
        self.setItemDelegateForColumn(0, self._boxes)
        self.setModel(model)
        self.setAccessibleName(tr("Decisions of this export; Space keeps or leaves out"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        # One height for all: thousands of rows are not measured one by one.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's sizes."""
        font = prose_font(theme)
        self.setFont(font)
        # Said in a sheet: a header forgets its font when the application's sheet changes.
        self.horizontalHeader().setStyleSheet(
            f"QHeaderView::section {{ font-size: {font.pointSizeF():g}pt; }}"
        )
        metrics = QFontMetrics(font)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + theme.spacing // 2)
        for column, width in enumerate(_WIDTHS):
            if width:
                self.setColumnWidth(column, metrics.averageCharWidth() * width + 2 * theme.spacing)
        self._decisions.set_theme(theme)
        self._boxes.theme = theme

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Space and self.selectionModel().hasSelection():
            rows = [index.row() for index in self.selectionModel().selectedRows()]
            kept = [made.decision not in self._decisions.without for made in self._made(rows)]
            self._decisions.keep(rows, not all(kept))
            return
        super().keyPressEvent(event)

    def _made(self, rows: Sequence[int]) -> "list[Candidate]":
        return [made for made in map(self._decisions.candidate, rows) if made is not None]
