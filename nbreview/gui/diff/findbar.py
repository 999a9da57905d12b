"""The find bar: a field, how many were found, and the way to the next."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from nbreview.gui.diff.look import Look


class FindBar(QFrame):
    """Lies over the top right corner of the canvas while something is looked for."""

    asked = Signal(str)
    """The text to find changed."""
    stepped = Signal(bool)
    """To the next find (False) or the one before (True)."""
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self._field = QLineEdit(self)
        self._field.setPlaceholderText("Find in sources")
        self._field.setAccessibleName("Find in sources")
        self._field.setMinimumWidth(round(look.prose_metrics.averageCharWidth() * 28))
        self._field.installEventFilter(self)
        self._count = QLabel(self)
        self._count.setMinimumWidth(round(look.prose_metrics.horizontalAdvance("999 of 999")))
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(look.half, look.half, look.half, look.half)
        layout.setSpacing(look.half)
        layout.addWidget(self._field)
        layout.addWidget(self._count)
        for sign, name, act in (
            ("↑", "Previous find", lambda: self.stepped.emit(True)),
            ("↓", "Next find", lambda: self.stepped.emit(False)),
            ("✕", "Close the find bar", self.shut),
        ):
            button = QToolButton(self)
            button.setText(sign)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.clicked.connect(act)
            layout.addWidget(button)
        self.set_look(look)
        self._field.textChanged.connect(self.asked)
        self.hide()

    def set_look(self, look: Look) -> None:
        """Another theme."""
        theme = look.theme
        self.setStyleSheet(
            f"#findBar {{ background: {theme.raised}; border: 1px solid {theme.border};"
            f" border-top: none; border-bottom-left-radius: {theme.radius}px;"
            f" border-bottom-right-radius: {theme.radius}px; }}"
        )

    def open_with(self, text: str) -> None:
        """Show the bar with a text to look for, selected so that typing replaces it."""
        self.show()
        self.raise_()
        self._field.setFocus()
        if text != self._field.text():
            self._field.setText(text)
        elif text:
            self.asked.emit(text)
        self._field.selectAll()

    def set_count(self, number: int, total: int) -> None:
        """Which find is shown, and how many there are."""
        if not self._field.text():
            self._count.setText("")
        else:
            self._count.setText(f"{number} of {total}" if total else "none")

    def shut(self) -> None:
        """Hide the bar and its marks."""
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter go on and back, Escape closes."""
        if watched is not self._field or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            # Escape is the window's key for Stop; here it belongs to the bar.
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.stepped.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.shut()
                return True
        return super().eventFilter(watched, event)
