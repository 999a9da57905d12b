"""A change as plain text, for a screen reader or for copying (F7).

Imports `theme` only. The words are made in `presentation`; the canvas is painted and has none of its own.
"""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from nbreview.gui.language import tr
from nbreview.gui.theme import Theme, code_font, load_theme


class TextView(QDialog):
    """A window beside the review, not in its way: it stays open while the person goes on."""

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Change as text"))
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(tr("The change as text"))
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # Read-only text has no caret by default, and without one the keyboard cannot walk the lines.
        self.text.setTextInteractionFlags(
            self.text.textInteractionFlags() | self.text.textInteractionFlags().TextSelectableByKeyboard
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self.set_theme(theme or load_theme("light"))

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's typeface of code."""
        self.text.setFont(code_font(theme))
        metrics = self.text.fontMetrics()
        self.resize(metrics.averageCharWidth() * 90, metrics.height() * 30)

    def show_change(self, title: str, text: str) -> None:
        """Show a change and put the keyboard at its beginning."""
        self.setWindowTitle(title)
        self.text.setPlainText(text)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.show()
        self.activateWindow()
        self.text.setFocus()
