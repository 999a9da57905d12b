"""The models on this machine: what they are, what they would take, and loading one.

Imports `theme`, `parts` and frozen values only. It announces what is to be loaded; progress and outcome are
told to it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.parts import Choice, Sentence
from nbreview.gui.theme import Theme, load_theme, prose_font
from nbreview.llm.catalog import ModelFile

HEADERS = ("Model", "Architecture", "Parameters", "Quantisation", "Context", "Size", "Takes")
NOTHING_FOUND = (
    "No model was found in the usual folders of llama.cpp, LM Studio, Ollama and the Hugging Face cache. "
    "Choose a GGUF file that you have; a code model of 1 to 7 billion parameters, quantised to 4 bits, suits "
    "a laptop."
)
SEARCHING = "Looking for models on this machine…"
_GPU_CHOICES = (
    ("auto", "all that fit"),
    ("none", "none, run on the processor"),
    ("number", "a number of layers"),
)
_FIGURES = (2, 4, 5)
"""Columns of figures, aligned at the right."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PATH_ROLE = Qt.ItemDataRole.UserRole


def size_in_words(size: int) -> str:
    """Bytes as people read them: "4.7 GB" (powers of 1000, as file managers and model pages count)."""
    value = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit in ("B", "kB") or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def count_in_words(count: int) -> str:
    """Parameters as people say them: "7.6 B", "494 M"; "" where the file does not tell."""
    for unit, length in (("B", 10**9), ("M", 10**6), ("k", 10**3)):
        if count >= length:
            value = count / length
            return f"{value:.1f} {unit}" if value < 100 else f"{value:.0f} {unit}"
    return str(count) if count else ""


class ModelsWindow(QDialog):
    """A window beside the review, not in its way."""

    load_requested = Signal(object, str)
    """Path of a GGUF, and layers on the GPU: "auto", "none" or a number."""
    file_requested = Signal(str)
    """Let the person choose a GGUF; then load it with these layers on the GPU."""
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Models")
        self._takes: Mapping[Path, str] = {}
        self._loaded: Path | None = None
        self._loading = False
        self.state = Sentence("No model is loaded.", bold=True, parent=self)
        self.why = Sentence("", parent=self)
        self.why.hide()
        self.table = QTreeWidget(self)
        self.table.setAccessibleName("Models on this machine")
        self.table.setHeaderLabels(list(HEADERS))
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAllColumnsShowFocus(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setStretchLastSection(True)
        self.table.header().setSectionsMovable(False)
        for column in _FIGURES:
            self.table.headerItem().setTextAlignment(column, _RIGHT)
        self.table.currentItemChanged.connect(lambda _now, _before: self._chosen())
        self.table.itemActivated.connect(lambda _item, _column: self._load())
        self.path_label = Sentence("", muted=True, size="caption", parent=self)
        self.empty = Sentence(SEARCHING, muted=True, parent=self)
        self.empty.as_page()
        self._pages = QStackedLayout()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)

        self.layers = Choice(self)
        self.layers.setAccessibleName("Layers on the GPU")
        for value, words in _GPU_CHOICES:
            self.layers.addItem(words, value)
        self.layers.currentIndexChanged.connect(lambda _index: self._show_number())
        self.number = QSpinBox(self)
        self.number.setAccessibleName("Number of layers on the GPU")
        self.number.setRange(0, 999)
        self.number.setValue(16)
        label = QLabel("&Layers on the GPU:", self)
        label.setBuddy(self.layers)
        self.file_button = QPushButton("Choose &file…", self)
        self.file_button.clicked.connect(lambda _checked=False: self.file_requested.emit(self.gpu_layers()))
        self.load_button = QPushButton("&Load", self)
        self.load_button.setDefault(True)
        self.load_button.clicked.connect(lambda _checked=False: self._load())
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName("Loading")
        self.progress.setTextVisible(False)
        self.progress_label = Sentence("", muted=True, size="caption", parent=self)
        self.stop_button = QPushButton("&Stop", self)
        self.stop_button.clicked.connect(lambda _checked=False: self.stop_requested.emit())

        self._choices = QHBoxLayout()
        for widget in (label, self.layers, self.number):
            self._choices.addWidget(widget)
        self._choices.addStretch(1)
        self._choices.addWidget(self.file_button)
        self._choices.addWidget(self.load_button)
        self._running = QWidget(self)
        running = QHBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        running.addWidget(self.progress, 1)
        running.addWidget(self.progress_label, 1)
        running.addWidget(self.stop_button)
        # Its place is kept while nothing is loading, so that the window does not jump.
        policy = self._running.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._running.setSizePolicy(policy)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.state)
        self._column.addWidget(self.why)
        self._column.addLayout(self._pages, 1)
        self._column.addWidget(self.path_label)
        self._column.addLayout(self._choices)
        self._column.addWidget(self._running)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self.set_theme(theme or load_theme("light"))
        self._show_number()
        self.set_progress(None)
        self.set_searching()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        for sentence in (self.state, self.why, self.path_label, self.empty, self.progress_label):
            sentence.set_theme(theme)
        self.table.setStyleSheet(f"QTreeWidget {{ border: 1px solid {theme.border}; }}")
        self._column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, unit)
        self._column.setSpacing(unit)
        self._choices.setSpacing(unit)
        self.progress.setFixedHeight(unit)
        metrics = QFontMetrics(prose_font(theme))
        self.resize(metrics.averageCharWidth() * 110, metrics.height() * 24)

    def set_searching(self) -> None:
        """The machine is being searched."""
        if self.table.topLevelItemCount() == 0:
            self.empty.setText(SEARCHING)
            self._pages.setCurrentWidget(self.empty)
        self._chosen()

    def set_models(self, models: Sequence[ModelFile], takes: Mapping[Path, str] | None = None) -> None:
        """Show the models found. `takes` says in words what loading each would take ("5.1 GB, 28 of 28
        layers").
        """
        chosen = self.chosen_path()
        self.table.clear()
        items: list[QTreeWidgetItem] = []
        self._takes = dict(takes or {})
        for model in models:
            context = f"{model.context:,}".replace(",", " ") if model.context else ""
            item = QTreeWidgetItem(
                [
                    model.name,
                    model.architecture,
                    count_in_words(model.parameters),
                    model.quantisation,
                    context,
                    size_in_words(model.size),
                    self._takes.get(model.path, ""),
                ]
            )
            item.setData(0, _PATH_ROLE, model.path)
            for column in _FIGURES:
                item.setTextAlignment(column, _RIGHT)
            template = "" if model.chat_template else "\nno chat template in the file: a common one is used"
            item.setToolTip(0, f"{model.path}\nfound in: {model.origin}{template}")
            items.append(item)
        self.table.addTopLevelItems(items)
        self.table.setColumnHidden(len(HEADERS) - 1, not self._takes)
        if items:
            again = next((item for item in items if item.data(0, _PATH_ROLE) == chosen), items[0])
            self.table.setCurrentItem(again)
        self.empty.setText(NOTHING_FOUND)
        self._pages.setCurrentWidget(self.table if models else self.empty)
        self._mark_loaded()
        self._chosen()
        self._widen()

    def set_loaded(self, path: Path | None, text: str = "") -> None:
        """Say which model is loaded ("" for none), and mark it in the table."""
        self._loaded = path
        self.state.setText(text or "No model is loaded.")
        self._mark_loaded()

    def set_reason(self, text: str) -> None:
        """Say why this window came up, or what is missing; "" takes it away."""
        self.why.setText(text)
        self.why.setVisible(bool(text))

    def set_gpu_layers(self, value: str) -> None:
        """Choose "auto", "none" or a number of layers."""
        place = self.layers.findData(value if value in ("auto", "none") else "number")
        self.layers.setCurrentIndex(place)
        if value.isdecimal():
            self.number.setValue(int(value))

    def gpu_layers(self) -> str:
        """What is chosen: "auto", "none" or a number as text."""
        value = str(self.layers.currentData())
        return str(self.number.value()) if value == "number" else value

    def chosen_path(self) -> Path | None:
        """The model that is marked in the table."""
        item = self.table.currentItem()
        return item.data(0, _PATH_ROLE) if item is not None else None

    def set_progress(self, progress: float | None, detail: str = "") -> None:
        """Show how far a load is: 0 to 1, below 0 while unknown; None when nothing is being loaded."""
        self._loading = progress is not None
        self._running.setVisible(self._loading)
        self.progress_label.setText(detail)
        if progress is not None and progress < 0:
            self.progress.setRange(0, 0)
        else:
            self.progress.setRange(0, 1000)
            self.progress.setValue(int(1000 * (progress or 0)))
        self._chosen()

    def _widen(self) -> None:
        """As wide as the table wants to be, within the screen."""
        widths = [self.table.sizeHintForColumn(column) + 24 for column in range(len(HEADERS))]
        margins = self._column.contentsMargins()
        wanted = sum(widths) + margins.left() + margins.right() + 24
        if wanted > self.width():
            self.resize(min(wanted, int(self.screen().availableGeometry().width() * 0.9)), self.height())

    def _load(self) -> None:
        path = self.chosen_path()
        if path is not None and not self._loading:
            self.load_requested.emit(path, self.gpu_layers())

    def _chosen(self) -> None:
        path = self.chosen_path()
        self.path_label.setText(str(path) if path is not None else "")
        self.load_button.setEnabled(path is not None and not self._loading)
        self.file_button.setEnabled(not self._loading)

    def _mark_loaded(self) -> None:
        for row in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(row)
            if item is None:
                continue
            font = self.table.font()
            font.setBold(item.data(0, _PATH_ROLE) == self._loaded)
            item.setFont(0, font)

    def _show_number(self) -> None:
        self.number.setVisible(self.layers.currentData() == "number")
