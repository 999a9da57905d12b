"""The window that asks for the names of an edit without a model: which variable, and what it is to be.

Imports `theme` and `parts` only. It is not modal, holds one form at a time, and does nothing but tell what
was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from nbreview.gui.language import tr
from nbreview.gui.parts import Sentence
from nbreview.gui.theme import Theme, load_theme, prose_font


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked for.

    `choices` are names to pick from, each with the text that the second field then begins with; without any,
    there is only the second field. `agreed` is called with the name and the text.
    """

    title: str
    said: str
    label: str
    agreed: Callable[[str, str], None]
    choices_label: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


class RefactorWindow(QDialog):
    """Asks one form; a new one takes the place of the one before."""

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._form: Form | None = None
        self.title = Sentence(bold=True, size="title", parent=self)
        self.said = Sentence(parent=self)
        self.names = QComboBox(self)
        self.names.setEditable(True)
        self.names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.names.currentTextChanged.connect(self._picked)
        self.text = QLineEdit(self)
        self.text.textChanged.connect(lambda _text: self._enable())
        self.agree_button = QPushButton(tr("Suggest"), self)
        self.agree_button.setDefault(True)
        self.agree_button.setToolTip(tr("Makes suggestions; nothing is written before you accept them"))
        self.agree_button.clicked.connect(lambda _checked=False: self._agree())
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.agree_button)
        self._layout = QFormLayout(self)
        self._layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._layout.addRow(self.title)
        self._layout.addRow(self.said)
        self._layout.addRow(tr("Name"), self.names)
        self._layout.addRow(tr("Text"), self.text)
        self._layout.addRow(buttons)
        self.set_theme(theme or load_theme("light"))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        self.title.set_theme(theme)
        self.said.set_theme(theme)
        self._layout.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._layout.setSpacing(unit + unit // 2)
        self.setMinimumWidth(QFontMetrics(prose_font(theme)).averageCharWidth() * 56)

    def ask(self, form: Form) -> None:
        """Ask, in place of what was asked before."""
        self._form = form
        self.setWindowTitle(form.title)
        self.title.setText(form.title)
        self.said.setText(form.said)
        self._layout.setRowVisible(self.names, bool(form.choices))
        self._name(self.names, form.choices_label)
        self._name(self.text, form.label)
        self.names.clear()
        self.names.addItems(list(form.choices))
        self._picked(self.names.currentText())
        self.adjustSize()
        self.show()
        self.raise_()
        self.activateWindow()
        first: QWidget = self.names if form.choices else self.text
        first.setFocus()

    def _name(self, widget: QWidget, label: str) -> None:
        widget.setAccessibleName(label)
        shown = self._layout.labelForField(widget)
        if shown is not None:
            shown.setProperty("text", label)

    def _picked(self, name: str) -> None:
        if self._form is not None:
            self.text.setText(self._form.choices.get(name.strip(), ""))
            self.text.selectAll()
        self._enable()

    def _enable(self) -> None:
        form = self._form
        named = form is not None and (not form.choices or bool(self.names.currentText().strip()))
        self.agree_button.setEnabled(named and bool(self.text.text().strip()))

    def _agree(self) -> None:
        form = self._form
        if form is not None:
            self.accept()
            form.agreed(self.names.currentText().strip(), self.text.text().strip())
