"""The report of a fault, to be read and copied. Imports `parts`, `theme` and `language` only."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, code_font


class FaultWindow(QDialog):
    """A window beside the review, not in its way: the review goes on."""

    def __init__(self, parent: QWidget | None, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("A mistake of nbreview"))
        self.said = Sentence(
            tr(
                "This is a mistake of the program, and nothing of yours was changed by it. The report below "
                "names places in the program; it holds no text of a notebook and no file name of yours. Copy "
                "it into an issue of the project, with what you did last."
            ),
            parent=self,
        )
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(tr("The report"))
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTextInteractionFlags(
            self.text.textInteractionFlags() | self.text.textInteractionFlags().TextSelectableByKeyboard
        )
        self.copy_button = QPushButton(tr("&Copy report"), self)
        self.copy_button.setDefault(True)
        self.copy_button.clicked.connect(
            lambda _checked=False: QGuiApplication.clipboard().setText(self.text.toPlainText())
        )
        close = QPushButton(tr("C&lose"), self)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.copy_button)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.said)
        self._column.addWidget(self.text, 1)
        self._column.addLayout(buttons)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        self.said.set_theme(theme)
        self.text.setFont(code_font(theme))
        self._column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._column.setSpacing(unit)
        metrics = self.text.fontMetrics()
        self.resize(metrics.averageCharWidth() * 90, metrics.height() * 26)

    def show_report(self, report: str) -> None:
        """Show a report and put the keyboard on the button that copies it."""
        self.text.setPlainText(report)
        self.show()
        self.raise_()
        self.activateWindow()
        self.copy_button.setFocus()
