"""The models on this machine in a list; beside it what is known of the chosen one and where it would go.

Imports `theme`, `parts` and the model panels only. It announces what is to be planned, loaded or tested.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.language import spoken, tr
from nbreview.gui.model_bars import memory_in_words
from nbreview.gui.model_details import ModelDetails, count_in_words, size_in_words
from nbreview.gui.model_plan import ModelPlan
from nbreview.gui.parts import Column, Sentence
from nbreview.gui.theme import Theme
from nbreview.llm.catalog import BrokenModel, ModelFile
from nbreview.services.models import KnownModel, Survey
from nbreview.services.offloading import Here, Planned

_FIGURES = (1, 3, 4)
"""Columns of figures, aligned at the right."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FILE_ROLE = Qt.ItemDataRole.UserRole
_PLAN_AFTER_MS = 120


class ModelsPage(QWidget):
    """What was found here."""

    plan_wanted = Signal(object, object)
    """Path of a GGUF, and how it would be loaded (`Chosen`)."""
    load_requested = Signal(object, object, bool)
    """The same, and whether it was agreed that it takes more memory than is free."""
    speed_requested = Signal(object, object)
    file_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: Path | None = None
        self._busy = self._waiting = False
        self.table = QTreeWidget(self)
        self.table.setAccessibleName(tr("Models on this machine"))
        self.table.setHeaderLabels(
            [tr("Model"), tr("Parameters"), tr("Quantisation"), tr("Size"), tr("Takes")]
        )
        self.table.setUniformRowHeights(True)
        self.table.setAllColumnsShowFocus(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionsMovable(False)
        for column in _FIGURES:
            self.table.headerItem().setTextAlignment(column, _RIGHT)
        self.table.currentItemChanged.connect(lambda _now, _before: self._choose())
        self.table.itemActivated.connect(lambda _item, _column: self.load())
        self.empty = Sentence(_searching(), muted=True, parent=self)
        self.empty.as_page()
        list_ = QWidget(self)
        self._pages = QStackedLayout(list_)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        self.details = ModelDetails(theme, self)
        self.plan = ModelPlan(theme, self)
        self.plan.changed.connect(self._plan_soon)
        self.plan.agreed.connect(lambda: self._load_agreed(beyond=True))
        self.plan.speed_wanted.connect(self._test_speed)
        inside = Column(self)
        self._beside = QVBoxLayout(inside)
        self._beside.addWidget(self.details)
        self._beside.addWidget(self.plan)
        self._beside.addStretch(1)
        self.beside = QScrollArea(self)
        self.beside.setWidgetResizable(True)
        self.beside.setFrameShape(QFrame.Shape.NoFrame)
        self.beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.beside.setWidget(inside)
        self._sides = QSplitter(Qt.Orientation.Horizontal, self)
        self._sides.addWidget(list_)
        self._sides.addWidget(self.beside)
        self._sides.setStretchFactor(0, 1)
        self._sides.setStretchFactor(1, 1)
        self._sides.setChildrenCollapsible(False)
        self.file_button = QPushButton(tr("Choose &file…"), self)
        self.file_button.clicked.connect(lambda _checked=False: self.file_requested.emit())
        self.load_button = QPushButton(tr("&Load"), self)
        self.load_button.setDefault(True)
        self.load_button.clicked.connect(lambda _checked=False: self.load())
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self.load_button)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.file_button)
        row.addWidget(self.load_button)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._sides, 1)
        self._column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PLAN_AFTER_MS)
        self._timer.timeout.connect(self._want_plan)
        self.set_theme(theme)
        self.set_searching()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        self.empty.set_theme(theme)
        self.details.set_theme(theme)
        self.plan.set_theme(theme)
        self.table.setStyleSheet(f"QTreeWidget {{ border: 1px solid {theme.border}; }}")
        self._column.setContentsMargins(unit, unit, unit, unit)
        self._column.setSpacing(unit)
        self._beside.setContentsMargins(unit, 0, 2 * unit, 0)
        self._beside.setSpacing(2 * unit)

    def set_searching(self) -> None:
        """The machine is being searched."""
        if self.table.topLevelItemCount() == 0:
            self.empty.setText(_searching())
            self._pages.setCurrentWidget(self.empty)
        self._choose()

    def set_survey(self, found: Survey, here: Here | None, chosen: Path | None = None) -> None:
        """Show what was found: models first, then what cannot be asked, folded. `chosen` is marked."""
        before = self.chosen_file()
        wanted = chosen or (before.path if before is not None else None) or self._loaded
        self.plan.set_here(here)
        self.table.blockSignals(True)
        self.table.clear()
        for model in found.models:
            self.table.addTopLevelItem(_row(model))
        if found.others:
            self._add_group(tr("Write no text: embeddings, projectors"), found.others)
        if found.broken:
            self._add_group(tr("Broken files"), found.broken)
        self.table.setRootIsDecorated(bool(found.others or found.broken))
        self.table.blockSignals(False)
        items = self._items()
        same = (item for item, file in items if wanted is not None and _is_at(file, wanted))
        again = next(same, items[0][0] if items else None)
        if again is not None:
            self.table.setCurrentItem(again)
        self.empty.setText(_nothing_found())
        self._pages.setCurrentWidget(self.table if items else self.empty)
        self._mark_loaded()
        self._choose()

    def set_loaded(self, path: Path | None) -> None:
        """Mark the model that is loaded."""
        self._loaded = path
        self._mark_loaded()

    def set_planned(self, path: Path, planned: Planned | None, said: str = "") -> None:
        """Show a plan of the model that is chosen; that of another one is passed over."""
        if path != self.chosen_path():
            return
        self.plan.set_planned(planned, said)
        self.plan.set_busy(self._busy)
        if self._waiting:
            self._waiting = False
            if planned is not None:
                self.load()

    def set_busy(self, busy: bool) -> None:
        """While something is loaded or tested, nothing else can be begun."""
        self._busy = busy
        self._enable()

    def chosen_file(self) -> ModelFile | BrokenModel | None:
        """What is marked in the list."""
        item = self.table.currentItem()
        file = item.data(0, _FILE_ROLE) if item is not None else None
        return file if isinstance(file, ModelFile | BrokenModel) else None

    def chosen_path(self) -> Path | None:
        """The model that is marked and could be loaded."""
        file = self.chosen_file()
        return file.path if isinstance(file, ModelFile) and file.kind == "language" else None

    def load(self) -> None:
        """Load the chosen model, once its plan is there; what does not fit is asked about first."""
        path = self.chosen_path()
        if path is None or self._busy:
            return
        if self.plan.planned is None or self._timer.isActive():
            self._waiting = True
            self._plan_soon()
        elif not self.plan.ask():
            self._load_agreed(beyond=False)
        else:
            self.beside.ensureWidgetVisible(self.plan.decline_button)

    def _load_agreed(self, *, beyond: bool) -> None:
        path = self.chosen_path()
        if path is not None and not self._busy:
            self.load_requested.emit(path, self.plan.chosen(), beyond)

    def _test_speed(self) -> None:
        path = self.chosen_path()
        if path is not None and not self._busy:
            self.speed_requested.emit(path, self.plan.chosen())

    def _choose(self) -> None:
        file = self.chosen_file()
        self.details.show_file(file)
        path = self.chosen_path()
        self.plan.setVisible(path is not None)
        self.beside.setVisible(file is not None)
        self._waiting = False
        if path is not None:
            self.plan.set_planned(None, tr("Working out what it would take…"))
            self._plan_soon()
        self._enable()

    def _plan_soon(self) -> None:
        self._timer.start()

    def _want_plan(self) -> None:
        path = self.chosen_path()
        if path is not None:
            self.plan_wanted.emit(path, self.plan.chosen())

    def _enable(self) -> None:
        self.load_button.setEnabled(self.chosen_path() is not None and not self._busy)
        self.file_button.setEnabled(not self._busy)
        self.plan.set_busy(self._busy)

    def _add_group(self, title: str, files: Sequence[ModelFile | BrokenModel]) -> None:
        group = QTreeWidgetItem([f"{title} ({len(files)})"])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.table.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        for file in files:
            if isinstance(file, BrokenModel):
                item = QTreeWidgetItem([file.path.name])
                item.setToolTip(0, spoken(file.why))
                item.setData(0, _FILE_ROLE, file)
                group.addChild(item)
                item.setFirstColumnSpanned(True)
            else:
                group.addChild(_file_row(file, ""))

    def _items(self) -> list[tuple[QTreeWidgetItem, ModelFile | BrokenModel]]:
        found: list[tuple[QTreeWidgetItem, ModelFile | BrokenModel]] = []
        for row in range(self.table.topLevelItemCount()):
            top = self.table.topLevelItem(row)
            assert top is not None
            below = [top.child(place) for place in range(top.childCount())]
            for item in (top, *(each for each in below if each is not None)):
                file = item.data(0, _FILE_ROLE)
                if file is not None:
                    found.append((item, file))
        return found

    def _mark_loaded(self) -> None:
        for item, file in self._items():
            font = self.table.font()
            font.setBold(file.path == self._loaded)
            item.setFont(0, font)


def _is_at(file: ModelFile | BrokenModel, path: Path) -> bool:
    """Whether a file lies there, under whatever name."""
    also = file.also if isinstance(file, ModelFile) else ()
    return path in (file.path, *also) or file.path.resolve() == path.resolve()


def _row(model: KnownModel) -> QTreeWidgetItem:
    takes = ""
    if model.need_bytes:
        takes = memory_in_words(model.need_bytes)
        takes = takes if model.fits else tr("{size}: too much").format(size=takes)
    return _file_row(model.file, takes)


def _file_row(file: ModelFile, takes: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem(
        [file.name, count_in_words(file.parameters), file.quantisation, size_in_words(file.size), takes]
    )
    item.setData(0, _FILE_ROLE, file)
    item.setToolTip(0, str(file.path))
    for column in _FIGURES:
        item.setTextAlignment(column, _RIGHT)
    return item


def _searching() -> str:
    """While the machine is being searched."""
    return tr("Looking for models on this machine…")


def _nothing_found() -> str:
    """Where there is none."""
    return tr(
        "No model was found in the usual folders of llama.cpp, LM Studio, Ollama, Jan and the Hugging Face "
        "cache. Get one under Download, ask one on a server, or choose a GGUF file that you have; a code "
        "model of 1 to 7 billion parameters, quantised to 4 bits, suits a laptop."
    )
