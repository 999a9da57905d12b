"""Which of a card's choices is looked at: “Choice 1 of 2”, with a button to either side.

Imports `theme` and `parts` only. It knows how many choices there are and nothing of what they are.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme

PREVIOUS_KEY, NEXT_KEY = "Alt+Left", "Alt+Right"


class ChoiceBar(QWidget):
    """A line that steps through choices, round and round.

    The arrow keys step where the keyboard is in the line; Alt with an arrow does so wherever it is in `card`.
    """

    moved = Signal(int)
    """The choice to look at, from 0."""

    def __init__(self, theme: Theme, parent: QWidget, card: QWidget) -> None:
        super().__init__(parent)
        self._index, self._count = 0, 1
        self.said = Sentence(bold=True, parent=self)
        self.previous_button = _button(self, "‹", tr("Previous choice"), PREVIOUS_KEY)
        self.next_button = _button(self, "›", tr("Next choice"), NEXT_KEY)
        self.previous_button.clicked.connect(lambda _checked=False: self._step(-1))
        self.next_button.clicked.connect(lambda _checked=False: self._step(1))
        for key, by in ((PREVIOUS_KEY, -1), (NEXT_KEY, 1)):
            shortcut = QShortcut(QKeySequence(key), card)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._step(by))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.previous_button)
        self._layout.addWidget(self.next_button)
        self._layout.addWidget(self.said, 1)
        self.set_theme(theme)
        self.set_place(0, 1)

    def set_place(self, index: int, count: int) -> None:
        """Say which choice is looked at, from 0, of how many. With one there is nothing to choose."""
        self._index, self._count = index, count
        text = tr("Choice {number} of {count}").format(number=index + 1, count=count)
        self.said.setText(tr("{text}; one of them will do").format(text=text))
        self.setAccessibleName(text)
        for button in (self.previous_button, self.next_button):
            button.setAccessibleDescription(tr("{text} is shown").format(text=text))
        self.setVisible(count > 1)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self.said.set_theme(theme)
        self._layout.setSpacing(theme.spacing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self._step(by)

    def _step(self, by: int) -> None:
        if self._count > 1 and self.isEnabled():
            self.moved.emit((self._index + by) % self._count)


def _button(parent: QWidget, text: str, name: str, key: str) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{name} ({shown})")
    return button
