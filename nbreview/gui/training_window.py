"""The training data: how many decisions are stored, which of them an export is made of, what the very rows
look like, and exporting them.

Imports `theme`, `parts` and the panels that it is made of. Counting, previewing and writing happen elsewhere;
it is told and it announces.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QFontMetrics, QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.language import QT_TR_NOOP, spoken, tr
from nbreview.gui.parts import Choice, Sentence
from nbreview.gui.theme import Theme, load_theme, prose_font
from nbreview.gui.training_filters import FilterBar
from nbreview.gui.training_list import DecisionList, DecisionModel
from nbreview.gui.training_row import CHOOSE, RowPreview, grouped
from nbreview.gui.training_tally import Tally, TrainingCounts
from nbreview.training.filters import OUTSIDE

if TYPE_CHECKING:
    from nbreview.training.rehearsal import Candidate, Rehearsal, ShownRow

NO_DECISIONS = QT_TR_NOOP(
    "Nothing to export yet: no accepted suggestion is stored. Accept a suggestion, as it is or after editing "
    "it, and its row stands here."
)
NONE_CHOSEN = QT_TR_NOOP(
    "No decision is like this; choose “all” in one of the lists above, or an earlier date."
)
SPLITS = (
    ("", QT_TR_NOOP("one file")),
    ("80/10/10", QT_TR_NOOP("80 % to train, 10 % to validate, 10 % to test")),
    ("90/5/5", QT_TR_NOOP("90 % to train, 5 % to validate, 5 % to test")),
    ("70/15/15", QT_TR_NOOP("70 % to train, 15 % to validate, 15 % to test")),
)
_CHOOSE_FILE = "choose"
_SETTLING_MS = 400
"""Milliseconds that a person may go on choosing before rows are counted anew."""


class TrainingWindow(QDialog):
    """A window beside the review, not in its way."""

    wanted_changed = Signal()
    """Other decisions are asked for: the list is to be chosen anew."""
    count_requested = Signal()
    """The rows are to be counted anew: another format, other boxes, another model."""
    row_requested = Signal(str)
    """Id of the decision whose row is to be shown."""
    export_requested = Signal(str)
    """Name of the format that was chosen."""
    model_requested = Signal()
    """Let the person choose the model whose tokens are counted."""
    stop_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        theme = theme or load_theme("light")
        self._theme = theme
        self.setWindowTitle(tr("Training data"))
        self._chosen: Sequence[Candidate] = ()
        self._shown = ""
        self._folder: Path | None = None
        self._exporting = False
        self._announcing = True
        self.title = Sentence(tr("Decisions stored"), bold=True, parent=self)
        self.tally = Tally(theme, self)
        self.filters = FilterBar(theme, self)
        self.filters.changed.connect(self._filter)
        self.model = DecisionModel(theme, self)
        self.list = DecisionList(self.model, theme, self)
        self.row = RowPreview(theme, self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(self.row)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self.format, self.splits, self.lengths = (Choice(self) for _ in range(3))
        self.longest = QLineEdit(self)
        self.rows_label = Sentence("", muted=True, parent=self)
        self.outcome = Sentence("", parent=self)
        self.folder_button = QPushButton(tr("&Open folder"), self)
        self.export_button = QPushButton(tr("&Export…"), self)
        self.stop_button = QPushButton(tr("Sto&p"), self)
        self.progress = QProgressBar(self)
        self._arrange()
        # What is chosen is settled a moment after the last key or click.
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_SETTLING_MS)
        self._counting.timeout.connect(self.count_requested)
        self.model.left_out_changed.connect(self._counting.start)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._ask_row())
        self.model.modelReset.connect(self._ask_row)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self.set_theme(theme)
        self.set_formats((("chat", "chat (JSON Lines)"),))
        self.set_models(())
        self.set_counts(TrainingCounts())
        self.set_chosen(())
        self.set_progress(None)

    def _arrange(self) -> None:
        """Name the controls, connect them and lay them out."""
        for words, choice in (
            (tr("Format"), self.format),
            (tr("Files"), self.splits),
            (tr("Lengths"), self.lengths),
        ):
            choice.setAccessibleName(words)
        for value, words in SPLITS:
            self.splits.addItem(tr(words), value)
        self.format.currentIndexChanged.connect(lambda _index: self._form())
        self.splits.currentIndexChanged.connect(lambda _index: self._recount())
        self.lengths.activated.connect(lambda _index: self._measure())
        self.longest.setValidator(QIntValidator(1, 10_000_000, self))
        self.longest.setPlaceholderText(tr("of any length"))
        self.longest.setAccessibleName(tr("Longest row, in tokens"))
        self.longest.textChanged.connect(lambda _text: self._recount())
        self.outcome.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.folder_button.clicked.connect(lambda _checked=False: self._open_folder())
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(
            lambda _checked=False: self.export_requested.emit(self.format_name())
        )
        self.stop_button.clicked.connect(lambda _checked=False: self.stop_requested.emit())
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self._labels = []
        self._options = QGridLayout()
        options = (
            (tr("&Format:"), self.format),
            (tr("F&iles:"), self.splits),
            (tr("Len&gths in:"), self.lengths),
            (tr("Lo&ngest row:"), self.longest),
        )
        for place, (words, field) in enumerate(options):
            label = QLabel(words, self)
            label.setBuddy(field)
            self._labels.append(label)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            if isinstance(field, Choice):
                field.setMinimumContentsLength(10)
                field.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            row, column = divmod(place, 2)
            self._options.addWidget(label, row, 2 * column)
            self._options.addWidget(field, row, 2 * column + 1)
            self._options.setColumnStretch(2 * column + 1, 1)
        self._said = QHBoxLayout()
        self._said.addWidget(self.outcome, 1)
        self._said.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignTop)
        self._acts = QHBoxLayout()
        self._acts.addWidget(self.rows_label, 1)
        for widget in (self.progress, self.stop_button, self.export_button):
            self._acts.addWidget(widget)
        self._column = QVBoxLayout(self)
        for item in (self.title, self.tally, self.filters):
            self._column.addWidget(item)
        self._column.addWidget(self._split, 1)
        self._column.addLayout(self._options)
        self._column.addLayout(self._said)
        self._column.addLayout(self._acts)
        self.set_outcome("")

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        for part in (
            self.title,
            self.rows_label,
            self.outcome,
            self.tally,
            self.filters,
            self.list,
            self.row,
        ):
            part.set_theme(theme)
        for widget in (*self._labels, self.format, self.splits, self.lengths, self.longest):
            widget.setFont(prose_font(theme))
        self._column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        for layout in (self._column, self._acts, self._said, self._options):
            layout.setSpacing(unit)
        metrics = QFontMetrics(prose_font(theme))
        self.progress.setFixedWidth(metrics.averageCharWidth() * 20)
        wide, high = metrics.averageCharWidth() * 150, metrics.height() * 38
        screen = self.screen().availableSize()
        self.resize(min(wide, screen.width()), min(high, screen.height()))

    def set_formats(self, formats: Sequence[tuple[str, str]]) -> None:
        """Offer these formats: (name, words)."""
        self._announcing = False
        self.format.clear()
        for name, words in formats:
            self.format.addItem(words, name)
        self._announcing = True

    def set_models(self, models: Sequence[tuple[str, Path]], chosen: Path | None = None) -> None:
        """Offer these models to count tokens with: (name, file)."""
        before = chosen or self.model_file()
        self.lengths.clear()
        self.lengths.addItem(tr("words and signs"), None)
        for name, path in models:
            self.lengths.addItem(tr("tokens of {name}").format(name=name), path)
        self.lengths.addItem(tr("tokens of another model…"), _CHOOSE_FILE)
        paths = [None, *(path for _name, path in models)]
        self.lengths.setCurrentIndex(paths.index(before) if before in paths else 0)
        self.longest.setEnabled(self.model_file() is not None)

    def format_name(self) -> str:
        """Name of the format that is chosen."""
        return str(self.format.currentData() or "")

    def splits_text(self) -> str:
        """How the rows are divided, as 80/10/10; "" for one file."""
        return str(self.splits.currentData() or "")

    def model_file(self) -> Path | None:
        """The model whose tokens are counted."""
        chosen = self.lengths.currentData()
        return chosen if isinstance(chosen, Path) else None

    def max_tokens(self) -> int | None:
        """How many tokens a row may have."""
        written = self.longest.text().strip()
        return int(written) if written.isdecimal() and self.model_file() is not None else None

    def set_counts(self, counts: TrainingCounts) -> None:
        """Show how many decisions of each kind are stored."""
        self.tally.set_counts(counts)
        self.row.set_empty(CHOOSE if counts.accepted + counts.edited else NO_DECISIONS)

    def set_chosen(self, chosen: "Sequence[Candidate]") -> None:
        """Show the decisions that are asked for; what becomes of them is not counted yet."""
        self._chosen = chosen
        self.model.set_fates({})
        self.model.set_candidates(chosen)
        self.export_button.setEnabled(bool(chosen) and not self._exporting)
        words = _decisions(len(chosen))
        self.rows_label.setText(
            tr("{words} asked for; counting rows…").format(words=words)
            if chosen
            else tr("no row to write yet")
        )
        if chosen:
            self.list.selectRow(0)

    def set_rehearsal(self, made: "Rehearsal") -> None:
        """Say what an export would write."""
        self.model.set_fates(made.fates)
        one, more = tr("1 row would be written"), tr("{count} rows would be written")
        words = one if made.rows == 1 else more.format(count=grouped(made.rows))
        reasons = sorted(made.left_out.items(), key=lambda item: (-item[1], item[0]))
        left = ", ".join(
            f"{spoken(reason).removeprefix('left out ')}: {number}"
            for reason, number in reasons
            if reason != OUTSIDE
        )
        self.rows_label.setText(
            tr("{words}; left out: {left}").format(words=words, left=left) if left else words
        )
        self.export_button.setEnabled(made.rows > 0 and not self._exporting)

    def set_row(self, shown: "ShownRow") -> None:
        """Show the row of the decision that is chosen in the list; a row of another comes too late."""
        if shown.decision == self._shown:
            self.row.set_row(shown)

    def set_progress(self, done: float | None, *, exporting: bool = False) -> None:
        """Show how far an export or a count is, from 0 to 1 (below 0: unknown); None when none runs."""
        before, self._exporting = self._exporting, exporting and done is not None
        self.progress.setVisible(done is not None)
        self.stop_button.setVisible(done is not None)
        if done is not None:
            self.progress.setRange(0, 0 if done < 0 else 1000)
            self.progress.setValue(max(0, int(done * 1000)))
        if before != self._exporting:
            self.export_button.setEnabled(not self._exporting and bool(self._chosen))

    def set_stopped(self) -> None:
        """Say that the count was stopped; an export is possible all the same."""
        self.export_button.setEnabled(bool(self._chosen))
        self.rows_label.setText(
            tr("{number} asked for; the rows are not counted").format(number=_decisions(len(self._chosen)))
        )

    def set_outcome(self, text: str, *, folder: Path | None = None, failed: bool = False) -> None:
        """Say what an export has written and where, or why it has not; "" takes it away."""
        self._folder = folder
        self.outcome.setText(text)
        self.outcome.setStyleSheet(f"color: {self._theme.error};" if failed else "")
        self.outcome.setVisible(bool(text))
        self.folder_button.setVisible(folder is not None)
        if failed:
            self.set_stopped()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _filter(self) -> None:
        problem = self.filters.problem()
        self.set_outcome(problem, failed=bool(problem))
        if not problem:
            self.wanted_changed.emit()

    def _form(self) -> None:
        if self._announcing:
            self._shown = ""
            self._ask_row()
            self._recount()

    def recount(self) -> None:
        """Ask for the rows to be counted, and the row at hand to be made, anew."""
        self._form()

    def _recount(self) -> None:
        self.rows_label.setText(
            tr("{number} asked for; counting rows…").format(number=_decisions(len(self._chosen)))
        )
        self._counting.start()

    def _measure(self) -> None:
        if self.lengths.currentData() == _CHOOSE_FILE:
            self.lengths.setCurrentIndex(0)
            self.model_requested.emit()
            return
        self.longest.setEnabled(self.model_file() is not None)
        self._form()

    def _ask_row(self) -> None:
        made = self.model.candidate(self.list.currentIndex().row())
        if made is None:
            self._shown = ""
            self.row.set_row(None)
        elif made.decision != self._shown:
            self._shown = made.decision
            self.row_requested.emit(made.decision)

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _decisions(count: int) -> str:
    return tr("1 decision") if count == 1 else tr("{count} decisions").format(count=grouped(count))
