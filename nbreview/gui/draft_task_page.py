"""The first page of a draft: the task in words, its data files as they were read, the metric, and where the
cells are to go.

Imports `theme`, `parts` and frozen values. It reads no file; it announces what is to be read, and is told
what was found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nbreview.assist.data_model import DataFile, size_words
from nbreview.gui.language import spoken, tr
from nbreview.gui.parts import Choice, Sentence
from nbreview.gui.theme import Theme, code_font, prose_font

_PATH = Qt.ItemDataRole.UserRole
MOST_SHOWN = 60
"""Columns of a file that are listed; the others are counted."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier draft to go back to, in words."""

    id: str
    title: str


class TaskPage(QWidget):
    """What is asked of a draft. Not modal, and nothing is begun by it."""

    files_wanted = Signal(bool)
    """Let the person choose data: files, or (true) a folder."""
    notebook_wanted = Signal()
    """Let the person name a new notebook."""
    reopen_wanted = Signal(str)
    """Show an earlier draft."""
    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._files: list[DataFile] = []
        self._reading: list[str] = []
        self._open_notebook: Path | None = None
        self._new_notebook = Path()
        self.task = QPlainTextEdit(self)
        self.task.setTabChangesFocus(True)
        self.task.setAccessibleName(tr("Task"))
        self.task.setPlaceholderText(
            tr(
                "What the notebook is to do, for instance: Predict tomorrow's load of each station from the "
                "last two weeks; show where the model is wrong."
            )
        )
        self.task.textChanged.connect(self.changed)
        self.metric_line = QLineEdit(self)
        self.metric_line.setAccessibleName(tr("Metric"))
        self.metric_line.setPlaceholderText(tr("How the result is measured, as in: mean absolute error"))
        self.plans = QSpinBox(self)
        self.plans.setRange(1, 9)
        self.plans.setValue(3)
        self.plans.setAccessibleName(tr("Plans to weigh"))
        self.reads = QCheckBox(tr("Read the repository first"), self)
        self.reads.setToolTip(
            tr("The model looks through READMEs and opens the files that they lead to, then writes")
        )
        self.known = Sentence(muted=True, parent=self)
        self.known.hide()
        self._make_data()
        self._make_places()
        self.earlier = Choice(self)
        self.earlier.setAccessibleName(tr("Earlier drafts"))
        self.earlier.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.earlier.setMinimumContentsLength(20)
        self.reopen_button = self._button(tr("&Reopen"))
        self.reopen_button.clicked.connect(
            lambda _checked=False: self.reopen_wanted.emit(self.earlier.currentData())
        )
        row = QHBoxLayout()
        row.addWidget(self.earlier, 1)
        row.addWidget(self.reopen_button)
        self._earlier_row = QWidget(self)
        self._earlier_row.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self._form = QFormLayout(self)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.addRow(tr("&Task"), self.task)
        self._form.addRow(tr("&Data"), self._data)
        self._form.addRow(tr("&Metric"), self.metric_line)
        self._form.addRow(tr("Cells go &into"), self._places)
        self._form.addRow(tr("&Plans to weigh"), self.plans)
        self._form.addRow(self.reads)
        self._form.addRow(self.known)
        self._form.addRow(tr("&Earlier drafts"), self._earlier_row)
        for row_widget, field in ((self._data, self.tree), (self._earlier_row, self.earlier)):
            label = self._form.labelForField(row_widget)
            if isinstance(label, QLabel):
                label.setBuddy(field)
        self.set_earlier(())
        self.set_theme(theme)
        self._show_files()

    def _make_data(self) -> None:
        self.tree = QTreeWidget(self)
        self.tree.setColumnCount(4)
        self.tree.setHeaderLabels([tr("Column"), tr("Type"), tr("Missing"), tr("Values, for instance")])
        self.tree.setAccessibleName(tr("Data files and their columns"))
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setProperty("framed", True)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.tree.headerItem().setTextAlignment(2, right)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.tree.itemSelectionChanged.connect(self._enable)
        self.nothing = Sentence(
            tr(
                "No data yet: add files, or drop them here. Their columns, types and a few values are read; "
                "nothing is read before you add it."
            ),
            muted=True,
            parent=self,
        )
        self.data_said = Sentence(parent=self)
        self.data_said.setForegroundRole(QPalette.ColorRole.BrightText)
        self.data_said.hide()
        self.add_button = self._button(tr("&Add files…"))
        self.add_button.clicked.connect(lambda _checked=False: self.files_wanted.emit(False))
        self.folder_button = self._button(tr("Add a &folder…"))
        self.folder_button.clicked.connect(lambda _checked=False: self.files_wanted.emit(True))
        self.remove_button = self._button(tr("Re&move"))
        self.remove_button.setToolTip(tr("Takes the chosen files off the list; nothing is deleted"))
        self.remove_button.clicked.connect(lambda _checked=False: self._remove())
        buttons = QHBoxLayout()
        for button in (self.add_button, self.folder_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._data = QWidget(self)
        self._data_column = QVBoxLayout(self._data)
        self._data_column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.nothing, self.tree, self.data_said):
            self._data_column.addWidget(widget)
        self._data_column.addLayout(buttons)

    def _make_places(self) -> None:
        self.into_open = QRadioButton(self)
        self.into_new = QRadioButton(tr("A new notebook"), self)
        self._group = QButtonGroup(self)
        for button in (self.into_open, self.into_new):
            self._group.addButton(button)
            button.toggled.connect(lambda _on: self._show_places())
        self.new_path = QLineEdit(self)
        self.new_path.setAccessibleName(tr("File of the new notebook"))
        self.new_path.textChanged.connect(self.changed)
        self.choose_button = self._button(tr("&Choose…"))
        self.choose_button.setAccessibleName(tr("Choose the file of the new notebook"))
        self.choose_button.clicked.connect(lambda _checked=False: self.notebook_wanted.emit())
        row = QHBoxLayout()
        row.addWidget(self.into_new)
        row.addWidget(self.new_path, 1)
        row.addWidget(self.choose_button)
        self._places = QWidget(self)
        column = QVBoxLayout(self._places)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.into_open)
        column.addLayout(row)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button

    # What was written.

    def text(self) -> str:
        """The task."""
        return self.task.toPlainText().strip()

    def files(self) -> tuple[DataFile, ...]:
        """The data files, as they were read."""
        return tuple(self._files)

    def notebook(self) -> Path | None:
        """Where the cells are to go; None where nothing is named."""
        if self.into_open.isChecked() and self._open_notebook is not None:
            return self._open_notebook
        name = self.new_path.text().strip()
        return Path(name).expanduser() if name else None

    def ready(self) -> bool:
        """Whether a draft can be begun with what is written."""
        return bool(self.text()) and self.notebook() is not None and not self._reading

    # What is shown.

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(unit + unit // 2)
        self._data_column.setSpacing(unit // 2)
        metrics = QFontMetrics(prose_font(theme))
        self.task.setFont(prose_font(theme))
        self.task.setFixedHeight(metrics.lineSpacing() * 4 + 2 * unit)
        self.plans.setMaximumWidth(metrics.averageCharWidth() * 12)
        for row in range(self._form.rowCount()):
            item = self._form.itemAt(row, QFormLayout.ItemRole.LabelRole)
            label = item.widget() if item is not None else None
            if label is not None:
                label.setFont(prose_font(theme))
        for sentence in (self.nothing, self.data_said, self.known):
            sentence.set_theme(theme)
        self._show_files()

    def set_places(self, open_notebook: Path | None, new_notebook: Path) -> None:
        """The notebook that is open, if its file can be written into, and where a new one would go."""
        before = self._open_notebook
        self._open_notebook, self._new_notebook = open_notebook, new_notebook
        self.into_open.setVisible(open_notebook is not None)
        if open_notebook is not None:
            self.into_open.setText(
                tr("The open notebook, {name}").format(name=open_notebook.name.replace("&", "&&"))
            )
        if not self.new_path.text().strip():
            self.new_path.setText(str(new_notebook))
        if open_notebook != before or self._group.checkedButton() is None:
            (self.into_open if open_notebook is not None else self.into_new).setChecked(True)
        self._show_places()

    def set_new_notebook(self, path: Path) -> None:
        """Take a file that was chosen for a new notebook."""
        self.new_path.setText(str(path))
        self.into_new.setChecked(True)

    def _show_places(self) -> None:
        new = not self.into_open.isChecked()
        self.new_path.setEnabled(new)
        self.choose_button.setEnabled(new)
        self.changed.emit()

    def set_earlier(self, drafts: Sequence[Earlier]) -> None:
        """The drafts that can be reopened."""
        chosen = self.earlier.currentData()
        self.earlier.clear()
        for draft in drafts:
            self.earlier.addItem(draft.title, draft.id)
        place = self.earlier.findData(chosen)
        self.earlier.setCurrentIndex(max(0, place) if drafts else -1)
        self._form.setRowVisible(self._earlier_row, bool(drafts))

    def set_known(self, names: Sequence[str]) -> None:
        """What of the repository and its libraries the draft at hand was made with."""
        self.known.setVisible(bool(names))
        if names:
            self.known.setText(tr("The model was shown: {names}").format(names=", ".join(names)))

    def set_task(self, text: str, metric: str, files: Sequence[DataFile], notebook: Path) -> None:
        """Show what a draft was asked for."""
        self.task.setPlainText(text)
        self.metric_line.setText(metric)
        self._files = list(files)
        if notebook == self._open_notebook:
            self.into_open.setChecked(True)
        else:
            self.set_new_notebook(notebook)
        self._show_files()

    def begin_reading(self, path: Path) -> None:
        """A data file is being looked at."""
        self._reading.append(str(path))
        self.data_said.hide()
        self._show_files()

    def add_file(self, asked: Path, file: DataFile | None, problem: str = "") -> None:
        """What was found in a file that was asked for; `problem` says why it is not on the list."""
        if str(asked) in self._reading:
            self._reading.remove(str(asked))
        if file is not None:
            self._files = [each for each in self._files if each.path != file.path] + [file]
        if problem:
            self.data_said.setText(problem)
            self.data_said.show()
        self._show_files()

    def _remove(self) -> None:
        chosen = {
            (item.parent() or item).data(0, _PATH) for item in self.tree.selectedItems() if item is not None
        }
        self._files = [each for each in self._files if str(each.path) not in chosen]
        self.data_said.hide()
        self._show_files()

    def _show_files(self) -> None:
        self.tree.clear()
        muted = self._theme.color("muted")
        for file in self._files:
            top = QTreeWidgetItem([_title(file)])
            top.setData(0, _PATH, str(file.path))
            top.setToolTip(0, str(file.path))
            top.setFont(0, prose_font(self._theme, bold=True))
            self.tree.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)
            for said in (*file.facts, *([file.problem] if file.problem else [])):
                self._say(top, spoken(said), "warning" if said == file.problem else "muted")
            for column in file.columns[:MOST_SHOWN]:
                missing = str(column.missing) if column.missing > 0 else ""
                row = QTreeWidgetItem([column.name, spoken(column.type), missing, ", ".join(column.samples)])
                row.setForeground(1, muted)
                row.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                row.setFont(0, code_font(self._theme, self._theme.body))
                row.setFont(3, code_font(self._theme, self._theme.body))
                row.setToolTip(3, ", ".join(column.samples))
                top.addChild(row)
            more = len(file.columns) - MOST_SHOWN
            if more > 0:
                self._say(top, tr("{count} more columns").format(count=more), "muted")
            top.setExpanded(True)
        for path in self._reading:
            item = QTreeWidgetItem([tr("Reading {name}…").format(name=Path(path).name)])
            item.setForeground(0, muted)
            self.tree.addTopLevelItem(item)
            item.setFirstColumnSpanned(True)
        there = bool(self._files or self._reading)
        self.tree.setVisible(there)
        self.nothing.setVisible(not there)
        metrics = QFontMetrics(prose_font(self._theme))
        self.tree.setMinimumWidth(metrics.averageCharWidth() * 20)
        rows = 1 + len(self._reading)
        for file in self._files:
            rows += 1 + len(file.facts) + bool(file.problem) + min(len(file.columns), MOST_SHOWN + 1)
        self.tree.setFixedHeight((metrics.height() + 6) * max(4, min(rows, 12)) + self._theme.spacing)
        for place, wide in enumerate((26, 12, 9)):
            self.tree.setColumnWidth(place, metrics.averageCharWidth() * wide)
        self._enable()
        self.changed.emit()

    def _say(self, top: QTreeWidgetItem, text: str, token: str) -> None:
        item = QTreeWidgetItem([text])
        item.setForeground(0, self._theme.color(token))
        item.setToolTip(0, text)
        top.addChild(item)
        item.setFirstColumnSpanned(True)

    def _enable(self) -> None:
        self.remove_button.setEnabled(bool(self.tree.selectedItems()))


def _title(file: DataFile) -> str:
    words = [spoken(file.kind), spoken(size_words(file.size))]
    if file.rows >= 0:
        rows = tr("%n rows", "", file.rows) if file.exact else tr("about %n rows", "", file.rows)
        words.append(rows)
    return f"{file.name} — {', '.join(words)}"
