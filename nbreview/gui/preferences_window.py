"""The preferences: every setting of the schema, by section, with what it may be.

Imports `theme`, `parts`, `language` and the schema of the settings. It holds no settings: it shows what it is
given and announces each change, which takes effect at once.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import Field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.language import tr
from nbreview.gui.parts import Column, Sentence
from nbreview.gui.preferences_fields import Editor, make_editor
from nbreview.gui.theme import Theme, load_theme, prose_font
from nbreview.settings import SECTIONS, Settings


class PreferencesWindow(QDialog):
    """A window beside the review, not in its way."""

    changed = Signal(str, object)
    """Name of a setting, and its new value."""

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Preferences"))
        self._settings = Settings()
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, tuple[QFormLayout, QWidget]] = {}
        self._sentences: list[Sentence] = []
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("Find a setting"))
        self.filter.setAccessibleName(tr("Find a setting"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.sections = QListWidget(self)
        self.sections.setProperty("framed", True)
        self.sections.setAccessibleName(tr("Sections"))
        self.pages = QStackedWidget(self)
        self.nothing = Sentence(
            tr("No setting is called that; empty the field above to see all."), muted=True, parent=self
        )
        self.nothing.hide()
        self.reset_button = QPushButton(tr("&Restore defaults of this section"), self)
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(lambda _checked=False: self._reset())
        close = QPushButton(tr("&Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        for section in SECTIONS:
            self.sections.addItem(tr(section))
            self.pages.addWidget(self._page(section))
        self.sections.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.sections.setCurrentRow(0)

        middle = QHBoxLayout()
        left = QVBoxLayout()
        left.addWidget(self.filter)
        left.addWidget(self.sections, 1)
        middle.addLayout(left)
        right = QVBoxLayout()
        right.addWidget(self.nothing)
        right.addWidget(self.pages, 1)
        middle.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.reset_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        self._column = QVBoxLayout(self)
        self._column.addLayout(middle, 1)
        self._column.addLayout(buttons)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self.set_theme(theme or load_theme("light"))
        self.set_settings(self._settings)

    def _page(self, section: str) -> QScrollArea:
        inside = Column()
        form = QFormLayout(inside)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for item in dataclasses.fields(Settings):
            if item.metadata["section"] == section:
                self._add_row(form, item)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr(section))
        area.setWidget(inside)
        return area

    def _add_row(self, form: QFormLayout, item: "Field[Any]") -> None:
        label = tr(item.metadata["label"])
        editor = make_editor(item, self._announcer(item.name))
        self._editors[item.name] = editor
        widget = editor.widget
        widget.setAccessibleName(label)
        column = QVBoxLayout()
        column.setSpacing(0)
        if isinstance(widget, QAbstractSpinBox | QComboBox):  # no wider than what they can hold
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(widget)
        said = [tr(item.metadata["help"])] if item.metadata["help"] else []
        if item.metadata.get("restart"):
            said.append(tr("Takes effect when the program starts next."))
        if said:
            sentence = Sentence(" ".join(said), muted=True, size="caption")
            self._sentences.append(sentence)
            widget.setAccessibleDescription(sentence.text())
            column.addWidget(sentence)
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(column)
        if isinstance(widget, QCheckBox):
            widget.setText(label)
            form.addRow(holder)
        else:
            # Above and not beside it: at 200 % there is no room for two columns of words.
            name = Sentence(label)
            name.setBuddy(widget)
            self._sentences.append(name)
            column.insertWidget(0, name)
            form.addRow(holder)
        self._rows[item.name] = (form, holder)

    def _announcer(self, name: str) -> Callable[[object], None]:
        def announce(value: object) -> None:
            if getattr(self._settings, name) != value:
                known: dict[str, Any] = {name: value}
                self._settings = dataclasses.replace(self._settings, **known)
                self.changed.emit(name, value)

        return announce

    def set_settings(self, settings: Settings) -> None:
        """Show these values; nothing is announced."""
        self._settings = settings
        for name, editor in self._editors.items():
            editor.show(getattr(settings, name))

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        for sentence in (*self._sentences, self.nothing):
            sentence.set_theme(theme)
        metrics = QFontMetrics(prose_font(theme))
        wide = max(metrics.horizontalAdvance(self.sections.item(row).text()) for row in range(len(SECTIONS)))
        self.sections.setFixedWidth(wide + 4 * unit)
        self.filter.setFixedWidth(wide + 4 * unit)
        self._column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._column.setSpacing(2 * unit)
        for form, _ in self._rows.values():
            form.setVerticalSpacing(2 * unit)
            form.setHorizontalSpacing(2 * unit)
            form.setContentsMargins(2 * unit, 0, unit, 0)
        self.resize(metrics.averageCharWidth() * 105, metrics.height() * 32)

    def _filter(self, text: str) -> None:
        """Show the settings whose words hold the text; sections without one go."""
        wanted = text.casefold().strip()
        found: set[str] = set()
        for item in dataclasses.fields(Settings):
            words = " ".join((tr(item.metadata["label"]), tr(item.metadata["help"] or " "), item.name))
            shows = wanted in words.casefold()
            form, holder = self._rows[item.name]
            form.setRowVisible(holder, shows)
            if shows:
                found.add(item.metadata["section"])
        for row, section in enumerate(SECTIONS):
            self.sections.item(row).setHidden(section not in found)
        rows = [row for row, section in enumerate(SECTIONS) if section in found]
        self.nothing.setVisible(not rows)
        self.pages.setVisible(bool(rows))
        if rows and self.sections.currentRow() not in rows:
            self.sections.setCurrentRow(rows[0])

    def _reset(self) -> None:
        section = SECTIONS[self.sections.currentRow()]
        for item in dataclasses.fields(Settings):
            if item.metadata["section"] == section:
                self._editors[item.name].show(item.default)
                self._announcer(item.name)(item.default)
