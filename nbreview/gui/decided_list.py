"""What was decided, below the cards: “Decided (5)”, a line for each, and ways back.

Imports `theme`, `parts` and frozen values only.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from nbreview.gui.card_view import DecidedView
from nbreview.gui.language import tr
from nbreview.gui.parts import Column, Fold
from nbreview.gui.theme import Theme, prose_font

_ROWS = 8


class DecidedList(Column):
    """A fold with the decisions, newest first. Enter shows the cell of one."""

    opened = Signal(str)
    undo_wanted = Signal()
    bring_back = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._views: tuple[DecidedView, ...] = ()
        self.fold = Fold("", self)
        inside = QWidget(self)
        self.list = QListWidget(inside)
        self.list.setAccessibleName(tr("Decided"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.list.currentRowChanged.connect(self._offer)
        self.undo_button = QPushButton(tr("Undo the newest"), inside)
        self.undo_button.setToolTip(tr("Takes back what was written into the notebook last (Ctrl+Z)"))
        self.undo_button.clicked.connect(lambda _checked=False: self.undo_wanted.emit())
        self.back_button = QPushButton(tr("Bring back"), inside)
        self.back_button.setToolTip(tr("Takes this rejection back: the card waits again"))
        self.back_button.clicked.connect(self._bring_back)
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.addWidget(self.list)
        self._inside.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._inside.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.fold.set_inside(inside)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.fold)
        self.set_theme(theme)
        self.set_decided(())

    def set_decided(self, views: Sequence[DecidedView], count: int = 0) -> None:
        """Show other decisions; `count` is how many there are with those that are not listed."""
        self._views = tuple(views)
        marked = self.current()
        self.list.clear()
        for view in self._views:
            words = [view.word, view.title, view.comment or view.reason]
            item = QListWidgetItem(" · ".join(filter(None, words)))
            item.setData(Qt.ItemDataRole.UserRole, view.id)
            said = tr("{what}, {cell}, {when}: {why}").format(
                what=view.word, cell=view.title, when=view.when, why=view.comment or view.reason
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            item.setToolTip(said)
            item.setForeground(self._theme.color(view.token))
            self.list.addItem(item)
            if view.id == marked:
                self.list.setCurrentItem(item)
        self.fold.set_title(tr("Decided ({count})").format(count=max(count, len(self._views))))
        self.setVisible(bool(self._views))
        self._offer(self.list.currentRow())
        self._fit()

    def current(self) -> str:
        """The id of the marked decision's suggestion, or ""."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def show_open(self) -> None:
        """Open the fold, with the keyboard on the newest decision."""
        self.fold.set_open(True)
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.fold.set_theme(theme)
        for widget in (self.list, self.undo_button, self.back_button):
            widget.setFont(prose_font(theme))
        self._inside.setSpacing(theme.spacing // 2)
        for row, view in enumerate(self._views):
            self.list.item(row).setForeground(theme.color(view.token))
        self._fit()

    def _fit(self) -> None:
        rows = min(_ROWS, max(1, self.list.count()))
        height = max(self.list.sizeHintForRow(0), QFontMetrics(self.list.font()).height())
        self.list.setFixedHeight(rows * height + 2 * self.list.frameWidth() + self._theme.spacing // 2)

    def _offer(self, row: int) -> None:
        chosen = self._views[row] if 0 <= row < len(self._views) else None
        self.back_button.setVisible(chosen is not None and chosen.rejected)

    def _bring_back(self) -> None:
        if self.current():
            self.bring_back.emit(self.current())
