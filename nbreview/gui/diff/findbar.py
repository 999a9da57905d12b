"""The find bar: a field, how it is to be understood, how many were found, and the way to the next."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.diff.look import Look
from nbreview.gui.diff.search import Query
from nbreview.gui.flow import FlowRow
from nbreview.gui.language import QT_TR_NOOP, tr

WAYS = (
    ("case", "Aa", QT_TR_NOOP("Capitals count")),
    ("word", "ab|", QT_TR_NOOP("Whole words only")),
    ("pattern", ".*", QT_TR_NOOP("Regular expression")),
    ("outputs", QT_TR_NOOP("Out"), QT_TR_NOOP("Look into outputs, too")),
)
"""The ways to understand what is looked for: field of `Query`, sign, words."""


class FindBar(QFrame):
    """Lies over the top right corner of the canvas while something is looked for."""

    asked = Signal(object)
    """What to find (a `Query`) changed."""
    stepped = Signal(bool)
    """To the next find (False) or the one before (True)."""
    closed = Signal()
    resized = Signal()
    """The bar needs another height."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(tr("Find in the diff"))
        self._field.setAccessibleName(tr("Find in the diff"))
        self._field.setMinimumWidth(round(look.prose_metrics.averageCharWidth() * 12))
        self._field.installEventFilter(self)
        self._count = QLabel(self)
        self._count.setMinimumWidth(round(look.prose_metrics.horizontalAdvance("999 of 999")))
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._problem = QLabel(self)
        self._problem.setObjectName("findProblem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        row = FlowRow(self)
        row.set_gap(look.half)
        row.add(self._field)
        self.ways: dict[str, QToolButton] = {}
        for way, sign, words in WAYS:
            button = self._button(tr(sign), tr(words))
            button.setCheckable(True)
            button.toggled.connect(self._ask)
            self.ways[way] = button
            row.add(button)
        row.add(self._count)
        for sign, name, act in (
            ("↑", tr("Previous find"), lambda: self.stepped.emit(True)),
            ("↓", tr("Next find"), lambda: self.stepped.emit(False)),
            ("✕", tr("Close the find bar"), self.shut),
        ):
            button = self._button(sign, name)
            button.clicked.connect(act)
            row.add(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.half, look.half, look.half, look.half)
        layout.setSpacing(look.half)
        layout.addWidget(row)
        layout.addWidget(self._problem)
        self.set_look(look)
        self._field.textChanged.connect(self._ask)
        self.hide()

    def _button(self, sign: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.installEventFilter(self)
        return button

    def set_look(self, look: Look) -> None:
        """Another theme."""
        theme = look.theme
        self.setStyleSheet(
            f"#findBar {{ background: {theme.raised}; border: 1px solid {theme.border};"
            f" border-top: none; border-bottom-left-radius: {theme.radius}px;"
            f" border-bottom-right-radius: {theme.radius}px; }}"
            f" #findProblem {{ color: {theme.error}; }}"
            f" QToolButton:checked {{ background: {theme.accent_bg}; border: 1px solid {theme.accent};"
            f" border-radius: {theme.radius}px; }}"
        )

    @property
    def query(self) -> Query:
        """What is looked for, as the bar stands."""
        return Query(self._field.text(), **{way: button.isChecked() for way, button in self.ways.items()})

    def open_with(self, text: str) -> None:
        """Show the bar with a text to look for, selected so that typing replaces it."""
        self.show()
        self.raise_()
        self._field.setFocus()
        if text != self._field.text():
            self._field.setText(text)
        elif text:
            self._ask()
        self._field.selectAll()

    def set_count(self, number: int, total: int, problem: str = "") -> None:
        """Which find is shown, and how many there are; or why nothing can be found."""
        if not self._field.text() or problem:
            self._count.setText("")
        else:
            self._count.setText(
                tr("{number:,} of {total:,}").format(number=number, total=total) if total else tr("none")
            )
        if problem != self._problem.text():
            self._problem.setText(problem)
            self._problem.setVisible(bool(problem))
            self.resized.emit()

    def shut(self) -> None:
        """Hide the bar and its marks."""
        self.hide()
        self.closed.emit()

    def _ask(self, *_changed: object) -> None:
        self.asked.emit(self.query)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Shift+Enter go on and back, Escape closes."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            # Escape is the window's key for Stop; here it belongs to the bar.
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and watched is self._field:
                self.stepped.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.shut()
                return True
        return super().eventFilter(watched, event)
