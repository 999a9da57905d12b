"""Which hunk of a card's change is at hand: “Hunk 1 of 3”, with what can be done with it alone.

Imports `theme` and `parts` only. It knows how many hunks there are and nothing of what they are.
"""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme


class HunkBar(QWidget):
    """A line that steps through the hunks, round and round, and decides on the one at hand."""

    moved = Signal(int)
    """The hunk to look at, from 0."""
    accepted = Signal(int)
    rejected = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.index, self._count = 0, 0
        self._theme = theme
        self.said = Sentence(bold=True, parent=self)
        self.previous_button = self._step_button("‹", tr("Previous hunk (Alt+PgUp)"), -1)
        self.next_button = self._step_button("›", tr("Next hunk (Alt+PgDown)"), 1)
        self.accept_button = QPushButton(tr("Accept hunk ✓"), self)
        self.accept_button.setToolTip(
            tr("Write only the marked lines into the notebook (Ctrl+Shift+Enter); the rest waits")
        )
        self.reject_button = QPushButton(tr("Reject hunk ✗"), self)
        self.reject_button.setToolTip(tr("Leave the marked lines as they are (Ctrl+Shift+Backspace)"))
        self.accept_button.clicked.connect(lambda _checked=False: self.accepted.emit(self.index))
        self.reject_button.clicked.connect(lambda _checked=False: self.rejected.emit(self.index))
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.addWidget(self.previous_button)
        self._line.addWidget(self.next_button)
        self._line.addWidget(self.said, 1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.addWidget(self.accept_button)
        self._buttons.addWidget(self.reject_button)
        self._buttons.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._line)
        self._layout.addLayout(self._buttons)
        self.set_theme(theme)
        self.hide()

    def _step_button(self, text: str, name: str, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda _checked=False: self.step(by))
        return button

    def set_place(self, index: int, count: int, before: int = 0) -> None:
        """Say which hunk is at hand, from 0, of how many; `before` is how many there were at first. With one
        that was the only one there is nothing to choose.
        """
        before = max(before, count)
        self.index, self._count = min(index, max(0, count - 1)), count
        if count == 1 < before:
            text = tr("The last of {before} hunks").format(before=before)
        elif count < before:
            text = tr("{count} of {before} hunks left; this is number {number}").format(
                count=count, before=before, number=self.index + 1
            )
        else:
            text = tr("Hunk {number} of {count}").format(number=self.index + 1, count=count)
        self.said.setText(text)
        self.setAccessibleName(text)
        for button in (self.accept_button, self.reject_button):
            button.setAccessibleDescription(text)
        for step in (self.previous_button, self.next_button):
            step.setVisible(count > 1)
        for button in (self.accept_button, self.reject_button):
            button.setVisible(count > 1)  # the last one is the whole card
        self.setVisible(before > 1)

    def step(self, by: int) -> None:
        """Go to the next hunk, or to the one before."""
        if self._count > 1:
            self.moved.emit((self.index + by) % self._count)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.said.set_theme(theme)
        for layout in (self._line, self._buttons, self._layout):
            layout.setSpacing(theme.spacing)
        self._flow()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Polish):
            self._flow()
        return super().event(event)

    def _flow(self) -> None:
        """The buttons stand below each other where there is no room beside."""
        needed = self.accept_button.sizeHint().width() + self.reject_button.sizeHint().width()
        beside = needed + self._theme.spacing <= max(1, self.width())
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._buttons.direction() != direction:
            self._buttons.setDirection(direction)

    def minimumSizeHint(self) -> QSize:
        widest = max(b.minimumSizeHint().width() for b in (self.accept_button, self.reject_button))
        return QSize(widest, super().minimumSizeHint().height())
