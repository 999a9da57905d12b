"""What the model is writing, while it writes.

Imports `theme` and `parts` only. Nothing can be decided here: the finished suggestion comes as a card of
its own.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, code_font


class StreamCard(QFrame):
    """A card that grows while the model writes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stream")
        self._theme = theme
        self._written = ""
        self.title = Sentence(bold=True, parent=self)
        self.detail = Sentence(muted=True, size="caption", parent=self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("What the model writes")
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._layout = QVBoxLayout(self)
        for widget in (self.title, self.text, self.detail):
            self._layout.addWidget(widget)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self.setStyleSheet(
            f"#stream {{ background: {theme.raised}; border: 1px dashed {theme.accent};"
            f" border-radius: {theme.radius}px; }}"
        )
        self._layout.setContentsMargins(unit, unit, unit, unit)
        self._layout.setSpacing(unit)
        self.title.set_theme(theme)
        self.detail.set_theme(theme)
        self.text.setFont(code_font(theme))
        self._fit()

    def begin(self, title: str) -> None:
        """Start with nothing written."""
        self._written = ""
        self.title.setText(title)
        self.text.clear()
        self.text.hide()
        self.detail.setText("The model is reading. Stop: Esc")

    def write(self, text: str) -> None:
        """Show all that has been written so far; only what is new is added."""
        bar = self.text.verticalScrollBar()
        following = bar.value() >= bar.maximum() - 1
        if text.startswith(self._written):
            cursor = QTextCursor(self.text.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(self._written) :])
        else:
            self.text.setPlainText(text)
        self._written = text
        self.text.setVisible(bool(text))
        self.detail.setText("The model is writing. Nothing is applied before you accept it. Stop: Esc")
        self._fit()
        if following:
            bar.setValue(bar.maximum())

    def _fit(self) -> None:
        lines = min(max(self._written.count("\n") + 2, 3), 16)
        self.text.setFixedHeight(
            QFontMetrics(self.text.font()).lineSpacing() * lines + 2 * self._theme.spacing
        )
