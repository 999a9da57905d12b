"""The command palette: any act by a few of its letters.

Imports `theme` only. It lists the `QAction`s that it is given and triggers the one chosen; what they do is
their window's business. A frame over the window instead of a dialog: nothing modal, nothing for the window
manager to place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.language import tr
from nbreview.gui.theme import Theme, prose_font

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROWS_SHOWN = 10
_WIDTH_IN_CHARACTERS = 64


@dataclass(frozen=True, slots=True)
class Match:
    """How well a query fits a text: the higher the better, and which characters it took."""

    score: int
    positions: tuple[int, ...]


def fuzzy_match(query: str, text: str) -> Match | None:
    """Find the query's letters in the text, in order; None where they are not all there.

    Letters that start a word, and letters that follow each other, count more; an early and a short text
    wins a tie. Every first letter is tried as a start, so that "nc" takes the N and C of "Next change" and
    not those inside "function".
    """
    letters = [letter for letter in query.casefold() if not letter.isspace()]
    folded = [character.casefold() for character in text]
    if not letters:
        return Match(0, ())
    best: Match | None = None
    for start, character in enumerate(folded):
        if character != letters[0]:
            continue
        found = _match_from(letters, folded, start)
        if found is not None and (best is None or found.score > best.score):
            best = found
    return best


def _match_from(letters: list[str], folded: list[str], start: int) -> Match | None:
    positions = [start]
    for letter in letters[1:]:
        after = positions[-1] + 1
        here = [place for place in range(after, len(folded)) if folded[place] == letter]
        if not here:
            return None
        if here[0] == after:
            positions.append(after)
            continue
        positions.append(next((place for place in here if _starts_word(folded, place)), here[0]))
    score = -len(folded) - start
    for number, place in enumerate(positions):
        score += 40 if _starts_word(folded, place) else 0
        score += 60 if number and place == positions[number - 1] + 1 else 0
    return Match(score, tuple(positions))


def _starts_word(folded: list[str], place: int) -> bool:
    return place == 0 or not folded[place - 1].isalnum()


class _ActionModel(QAbstractListModel):
    """The actions that fit the query, best first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.actions: tuple[QAction, ...] = ()
        self.rows: list[tuple[QAction, Match]] = []

    def set_query(self, query: str) -> None:
        found = [
            (action, fuzzy_match(query, action_name(action))) for action in self.actions if action.isVisible()
        ]
        rows = [(action, match) for action, match in found if match is not None]
        rows.sort(key=lambda row: (not row[0].isEnabled(), -row[1].score) if query.strip() else (0, 0))
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        action, _match = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return action_name(action)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            available = "" if action.isEnabled() else tr("not available now")
            return ", ".join(filter(None, (action_name(action), shortcut_text(action), available)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        # An act that is not available can be visited, and says so; it cannot be done.
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _ActionDelegate(QStyledItemDelegate):
    """Paints an act's name, the letters found in the accent colour, and its key at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = QFontMetrics(prose_font(self.theme)).height() + 2 * self.theme.spacing
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _ActionModel)
        action, match = model.rows[index.row()]
        theme, area = self.theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(area, theme.color("selection"))
        plain, bold = prose_font(theme), prose_font(theme, bold=True)
        area = area.adjusted(2 * theme.spacing, 0, -2 * theme.spacing, 0)
        usual = "control" if not action.isEnabled() else "selection_text" if chosen else "text"
        keys = shortcut_text(action)
        if keys:
            painter.setFont(plain)
            painter.setPen(theme.color("control" if not action.isEnabled() else usual if chosen else "muted"))
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
        left = area.left()
        taken = set(match.positions)
        for place, character in enumerate(action_name(action)):
            painter.setFont(bold if place in taken else plain)
            painter.setPen(theme.color("accent" if place in taken and action.isEnabled() else usual))
            width = painter.fontMetrics().horizontalAdvance(character)
            painter.drawText(
                QRect(left, area.top(), width + 2, area.height()), Qt.AlignmentFlag.AlignVCenter, character
            )
            left += width
        if action.isCheckable() and action.isChecked():
            painter.setFont(plain)
            painter.setPen(theme.color("muted" if not chosen else "selection_text"))
            painter.drawText(
                QRect(left + theme.spacing, area.top(), area.width(), area.height()),
                Qt.AlignmentFlag.AlignVCenter,
                "✓",
            )
        painter.restore()


class CommandPalette(QFrame):
    """Opens over the top of its window; letters narrow, arrows choose, Enter does it, Escape leaves."""

    def __init__(self, actions: Sequence[QAction], theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setAccessibleName(tr("Command palette"))
        self._model = _ActionModel(self)
        self._model.actions = tuple(actions)
        self._delegate = _ActionDelegate(theme, self)
        self._before: QWidget | None = None
        self._query = QLineEdit(self)
        self._query.setAccessibleName(tr("What to do"))
        self._query.setPlaceholderText(tr("What do you want to do?"))
        self._query.textChanged.connect(self._narrow)
        self._query.installEventFilter(self)
        self._list = QListView(self)
        self._list.setAccessibleName(tr("Acts"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFocusProxy(self._query)  # whose arrow keys go through the list
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._trigger)
        self._nothing = QLabel(tr("No act has these letters. Fewer letters find more."), self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.spacing)
        layout.setContentsMargins(theme.spacing, theme.spacing, theme.spacing, theme.spacing)
        layout.addWidget(self._query)
        layout.addWidget(self._list)
        layout.addWidget(self._nothing)
        window.installEventFilter(self)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._delegate.theme = theme
        self.setStyleSheet(
            f"#palette {{ background: {theme.raised}; border: 1px solid {theme.control};"
            f" border-radius: {2 * theme.radius}px; }}"
            f"#palette QListView {{ background: {theme.raised}; }}"
        )
        self._query.setFont(prose_font(theme, theme.title))
        self._place()

    def open(self) -> None:
        """Show every act and take the keyboard."""
        focused = self.window().focusWidget()
        self._before = None if focused is not None and self.isAncestorOf(focused) else focused
        self._query.clear()
        self._narrow("")
        self._place()
        self.show()
        self.raise_()
        self._query.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Leave without doing anything; the keyboard goes back to where it was."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def names(self) -> tuple[str, ...]:
        """The acts shown now, best first."""
        return tuple(action_name(action) for action, _match in self._model.rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._query:
            # Escape and Enter are shortcuts of the window as well; while the palette is open they are the
            # palette's.
            if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
                if event.key() in _OWN_KEYS:
                    event.accept()
                    return True
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            elif event.type() == QEvent.Type.FocusOut and self.window().isActiveWindow():
                self.hide()
        elif event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._trigger(self._list.currentIndex())
        elif key in _STEPS:
            self._step(_STEPS[Qt.Key(key)])
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        rows = len(self._model.rows)
        if rows:
            row = self._list.currentIndex().row() + by
            row = row % rows if abs(by) == 1 else max(0, min(rows - 1, row))
            self._list.setCurrentIndex(self._model.index(row, 0))

    def _narrow(self, query: str) -> None:
        self._model.set_query(query)
        found = bool(self._model.rows)
        self._list.setVisible(found)
        self._nothing.setVisible(not found)
        if found:
            self._list.setCurrentIndex(self._model.index(0, 0))
        self._place()

    def _trigger(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        action, _match = self._model.rows[index.row()]
        if action.isEnabled():
            self.dismiss()
            action.trigger()

    def _place(self) -> None:
        """Centre below the window's top edge, as high as the acts need, and never larger than the window."""
        theme, window = self._delegate.theme, self.parentWidget()
        if window is None:
            return
        row = self._delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self._list.setFixedHeight(row * min(ROWS_SHOWN, max(1, len(self._model.rows))))
        characters = QFontMetrics(prose_font(theme)).averageCharWidth() * _WIDTH_IN_CHARACTERS
        width = min(characters, window.width() - 4 * theme.spacing)
        height = min(self.sizeHint().height(), window.height() - 8 * theme.spacing)
        self.resize(width, height)
        self.move(QPoint((window.width() - width) // 2, 5 * theme.spacing))


_STEPS: dict[Qt.Key, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS_SHOWN,
    Qt.Key.Key_PageUp: -ROWS_SHOWN,
}
_OWN_KEYS = (*_STEPS, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def action_name(action: QAction) -> str:
    """An action's text for people: no mnemonic, no dots."""
    return action.text().replace("&", "").removesuffix("…")


def shortcut_text(action: QAction) -> str:
    """The key of an action as this system writes it, or ""."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
