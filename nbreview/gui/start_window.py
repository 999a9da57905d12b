"""The start page: notebooks opened lately, ways to open one, and a place to drop files.

Imports `theme` and `parts` only. Opening is announced; nothing is read here, not even whether a file still
exists.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.flow import FlowRow
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, load_theme, prose_font
from nbreview.paths import is_folder

DEMO_HINT = QT_TR_NOOP("New here? “nbreview demo” in a terminal makes a sample repository and opens it.")
DROP_HINT = QT_TR_NOOP("or drop a notebook or a folder here, or two notebooks to compare")
NO_RECENT = QT_TR_NOOP("Notebooks that you open are listed here, newest first.")
_COLUMN_CHARACTERS = 72


def dropped_notebooks(data: QMimeData) -> tuple[Path, ...]:
    """The notebooks (`.ipynb` files on this machine) and folders among what is being dragged, in their
    order.
    """
    dragged = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return tuple(path for path in dragged if path.suffix.lower() == ".ipynb" or is_folder(path))


class _RecentList(QListWidget):
    """Recent notebooks; Enter opens, Delete forgets."""

    chosen = Signal(object)
    forgotten = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self.forgotten.emit(item.data(Qt.ItemDataRole.UserRole))
        else:
            super().keyPressEvent(event)


class _RecentDelegate(QStyledItemDelegate):
    """Paints the file's name, and its folder below it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def row_height(self) -> int:
        name, folder = prose_font(self.theme, bold=True), prose_font(self.theme, self.theme.caption)
        return QFontMetrics(name).height() + QFontMetrics(folder).height() + 2 * self.theme.spacing

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return QSize(0, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        theme, area = self.theme, option.rect
        path: Path = index.data(Qt.ItemDataRole.UserRole)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(area, theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        area = area.adjusted(2 * theme.spacing, theme.spacing, -2 * theme.spacing, -theme.spacing)
        name, folder = prose_font(theme, bold=True), prose_font(theme, theme.caption)
        metrics, small = QFontMetrics(name), QFontMetrics(folder)
        painter.setFont(name)
        painter.setPen(theme.color("selection_text" if chosen else "text"))
        text = metrics.elidedText(path.name, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area.left(), area.top() + metrics.ascent(), text)
        painter.setFont(folder)
        painter.setPen(theme.color("selection_text" if chosen else "muted"))
        text = small.elidedText(_folder_words(path), Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area.left(), area.top() + metrics.height() + small.ascent(), text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()


def _folder_words(path: Path) -> str:
    """The folder as people write it: the home folder as `~`."""
    try:
        return str(Path("~") / path.parent.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path.parent)


class StartPage(QWidget):
    """What is seen before a notebook is open."""

    open_requested = Signal()
    compare_requested = Signal()
    folder_requested = Signal()
    path_chosen = Signal(object)
    """A recent notebook: its path."""
    path_forgotten = Signal(object)
    """A recent notebook is to be taken from the list."""
    dropped = Signal(object)
    """Tuple of one path (open it) or two (compare them)."""

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._theme = theme or load_theme("light")
        self._dragging = False
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Start"))
        self.title = Sentence(tr("nbreview"), size="title", bold=True)
        self.subtitle = Sentence(
            tr("Review what changed in a notebook, whether it still runs, and mend what does not.")
        )
        self.open_button = QPushButton(tr("Open notebook…"))
        self.open_button.setProperty("primary", True)
        self.open_button.setToolTip(tr("Ctrl+O"))
        self.open_button.clicked.connect(lambda _checked=False: self.open_requested.emit())
        self.compare_button = QPushButton(tr("Compare two…"))
        self.compare_button.setAccessibleName(tr("Compare two notebooks"))
        self.compare_button.setToolTip(tr("Ctrl+Shift+O"))
        self.compare_button.clicked.connect(lambda _checked=False: self.compare_requested.emit())
        self.folder_button = QPushButton(tr("Open folder…"))
        self.folder_button.setToolTip(tr("Ctrl+Alt+O"))
        self.folder_button.clicked.connect(lambda _checked=False: self.folder_requested.emit())
        self.drop_hint = Sentence(tr(DROP_HINT), muted=True, size="caption")
        self.recent_title = Sentence(tr("Recent"), bold=True)
        self.recent = _RecentList()
        self.recent.setAccessibleName(tr("Recent notebooks"))
        self.recent.setMouseTracking(True)
        self.recent.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._delegate = _RecentDelegate(self._theme, self)
        self.recent.setItemDelegate(self._delegate)
        self.recent.chosen.connect(self.path_chosen)
        self.recent.forgotten.connect(self.path_forgotten)
        self.recent.itemClicked.connect(
            lambda item: self.path_chosen.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        self.no_recent = Sentence(tr(NO_RECENT), muted=True)
        self.demo_hint = Sentence(tr(DEMO_HINT), muted=True, size="caption")
        self.demo_hint.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

        self._buttons = FlowRow()
        for button in (self.open_button, self.folder_button, self.compare_button):
            self._buttons.add(button)
        self._middle = QWidget()
        self._column = QVBoxLayout(self._middle)
        self._column.addStretch(2)
        self._column.addWidget(self.title)
        self._column.addWidget(self.subtitle)
        self._column.addWidget(self._buttons)
        self._column.addWidget(self.drop_hint)
        self._column.addWidget(self.recent_title)
        self._column.addWidget(self.recent)
        self._column.addWidget(self.no_recent)
        self._column.addWidget(self.demo_hint)
        self._column.addStretch(3)
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._middle, 8)
        across.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.setFocusProxy(self.open_button)
        self.set_theme(self._theme)
        self.set_recent(())

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = self._delegate.theme = theme
        unit = theme.spacing
        for sentence in (
            self.title,
            self.subtitle,
            self.drop_hint,
            self.recent_title,
            self.no_recent,
            self.demo_hint,
        ):
            sentence.set_theme(theme)
        self.title.set_font(prose_font(theme, theme.title * 1.6, bold=True))
        self.recent_title.setContentsMargins(0, 2 * unit, 0, 0)
        self.demo_hint.setContentsMargins(0, unit, 0, 0)
        self._buttons.set_gap(unit)
        self._column.setSpacing(unit)
        self._column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._middle.setMaximumWidth(QFontMetrics(prose_font(theme)).averageCharWidth() * _COLUMN_CHARACTERS)
        self.recent.setStyleSheet(
            f"QListWidget {{ border: 1px solid {theme.border}; border-radius: {theme.radius}px; }}"
        )
        self._fit_recent()
        self.update()

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Show other recent notebooks, newest first."""
        self.recent.clear()
        for path in paths:
            item = QListWidgetItem(path.name)
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{path.name} in {_folder_words(path)}")
            item.setToolTip(tr("{path}\nEnter opens it, Delete takes it from the list").format(path=path))
            self.recent.addItem(item)
        self.recent.setVisible(bool(paths))
        self.no_recent.setVisible(not paths)
        self._fit_recent()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.window().focusWidget() is None:  # else the first widget that was made would get the keyboard
            self.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if 1 <= len(dropped_notebooks(event.mimeData())) <= 2:
            event.acceptProposedAction()
            self._set_dragging(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_dragging(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dragging(False)
        paths = dropped_notebooks(event.mimeData())
        if 1 <= len(paths) <= 2:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._dragging:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self._theme.spacing
        painter.setPen(QPen(self._theme.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(self._theme.color("accent_bg"))
        painter.drawRoundedRect(self.rect().adjusted(unit, unit, -unit, -unit), unit, unit)
        painter.end()

    def _set_dragging(self, dragging: bool) -> None:
        self._dragging = dragging
        self.drop_hint.setText(tr("Drop to open") if dragging else tr(DROP_HINT))
        self.update()

    def _fit_recent(self) -> None:
        rows = min(self.recent.count(), 6)
        self.recent.setMaximumHeight(rows * self._delegate.row_height() + 4)
        self.recent.setMinimumHeight(min(2, rows) * self._delegate.row_height() + 4)
        self.recent.doItemsLayout()
