"""The cells that one answer is about: a line for each, and what decides on all of them at once.

Imports `theme`, `parts` and frozen values only.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from nbreview.gui.card_view import CardView
from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, prose_font
from nbreview.review.model import CellEdit, SuggestionState

SIGNS = {CellEdit.CHANGE: "≠", CellEdit.INSERT: "+", CellEdit.REMOVE: "−"}
_TOKENS = {CellEdit.CHANGE: "accent", CellEdit.INSERT: "added_sign", CellEdit.REMOVE: "removed_sign"}
_SHOWN = 8


class CellList(QWidget):
    """The list of a group's cells. Up and Down go from cell to cell while the keyboard is in it."""

    moved = Signal(int)
    """The cell to look at, from 0."""
    all_accepted = Signal()
    all_rejected = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._members: tuple[CardView, ...] = ()
        self.said = Sentence(parent=self)
        self.list = _Rows(self)
        self.list.setAccessibleName(tr("Cells of this answer"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(self._move)
        self.accept_button = QPushButton(self)
        self.accept_button.setToolTip(
            tr("Write all of these changes in one step (Ctrl+Alt+Enter); one Ctrl+Z takes them back")
        )
        self.reject_button = QPushButton(tr("Reject all ✗"), self)
        self.reject_button.setToolTip(tr("Put all of these aside; the notebook stays as it is"))
        self.accept_button.clicked.connect(lambda _checked=False: self.all_accepted.emit())
        self.reject_button.clicked.connect(lambda _checked=False: self.all_rejected.emit())
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.addWidget(self.accept_button)
        self._buttons.addWidget(self.reject_button)
        self._buttons.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.said)
        self._layout.addWidget(self.list)
        self._layout.addLayout(self._buttons)
        self.set_theme(theme)
        self.hide()

    def set_cells(self, members: Sequence[CardView], index: int) -> None:
        """Show the cells of a group, of which one is looked at."""
        self._members = tuple(members)
        self.list.blockSignals(True)
        self.list.clear()
        for member in self._members:
            stale = "" if member.state is SuggestionState.PENDING else f" · {tr(member.state.value)}"
            item = QListWidgetItem(f"{SIGNS[member.edit]}  {member.title}{stale}")
            item.setForeground(self._theme.color("muted" if stale else "text"))
            item.setToolTip(member.title)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{edit_words(member.edit)}: {member.title}{stale}"
            )
            self.list.addItem(item)
        self.list.setCurrentRow(index)
        self.list.blockSignals(False)
        fit = self.fitting()
        self.said.setText(tr("One answer for %n cells; decide on each, or on all at once.", n=len(members)))
        if len(fit) == len(self._members):
            self.accept_button.setText(tr("Accept all %n ✓", n=len(fit)))
        else:
            self.accept_button.setText(tr("Accept the %n that fit ✓", n=len(fit)))
        self.accept_button.setEnabled(bool(fit))
        self.setVisible(len(self._members) > 1)
        self._fit()

    def fitting(self) -> tuple[CardView, ...]:
        """The cells that can be accepted as the notebook is now."""
        return tuple(member for member in self._members if member.state is SuggestionState.PENDING)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.said.set_theme(theme)
        self.list.setFont(prose_font(theme))
        self._layout.setSpacing(theme.spacing)
        self._buttons.setSpacing(theme.spacing)
        if self._members:
            self.set_cells(self._members, self.list.currentRow())
        self._flow()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Polish):
            self._flow()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        widest = max(b.minimumSizeHint().width() for b in (self.accept_button, self.reject_button))
        return QSize(widest, super().minimumSizeHint().height())

    def _flow(self) -> None:
        needed = self.accept_button.sizeHint().width() + self.reject_button.sizeHint().width()
        beside = needed + self._theme.spacing <= max(1, self.width())
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._buttons.direction() != direction:
            self._buttons.setDirection(direction)

    def _fit(self) -> None:
        rows = min(_SHOWN, max(1, self.list.count()))
        height = max(self.list.sizeHintForRow(0), QFontMetrics(self.list.font()).height())
        self.list.setFixedHeight(rows * height + 2 * self.list.frameWidth() + self._theme.spacing // 2)

    def _move(self, row: int) -> None:
        if row >= 0:
            self.moved.emit(row)


class _Rows(QListWidget):
    """The rows; letters are the window's acts and not a search in five lines."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().strip() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


def edit_words(edit: CellEdit) -> str:
    """What a suggestion does to its cell, in a word."""
    words = {CellEdit.CHANGE: tr("changed"), CellEdit.INSERT: tr("new"), CellEdit.REMOVE: tr("removed")}
    return words[edit]
