"""The training data: how many decisions are stored, what the very rows of an export look like, and
exporting them.

Imports `theme` and `parts` only. Counting, previewing and writing happen elsewhere; it is told and it
announces.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.parts import Choice, Sentence
from nbreview.gui.theme import Theme, code_font, load_theme, prose_font

NO_DECISIONS = (
    "Nothing to export yet: no accepted suggestion is stored. Accept a suggestion, as it is or after editing "
    "it, and its row stands here."
)


@dataclass(frozen=True, slots=True)
class TrainingCounts:
    """Decisions in the store, by kind; `rows` is what an export would hold."""

    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    undone: int = 0
    rows: int = 0


class _Tally(QWidget):
    """The counts as a bar divided by kind, with a legend: words and figures beside each colour."""

    KINDS = (
        ("accepted", "added_sign"),
        ("edited", "modified_sign"),
        ("rejected", "removed_sign"),
        ("undone", "control"),
    )

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts = TrainingCounts()
        self._bar = _Bar(theme, self)
        self._labels: list[tuple[QLabel, QLabel]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._bar, 0, 0, 1, 2 * len(self.KINDS))
        for place, (kind, _token) in enumerate(self.KINDS):
            figure, word = QLabel("0", self), QLabel(kind, self)
            grid.addWidget(figure, 1, 2 * place, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(word, 1, 2 * place + 1, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnStretch(2 * place + 1, 1)
            self._labels.append((figure, word))
        self._grid = grid
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = self._bar.theme = theme
        for (figure, word), (_kind, token) in zip(self._labels, self.KINDS, strict=True):
            figure.setFont(prose_font(theme, theme.title, bold=True))
            figure.setStyleSheet(f"color: {getattr(theme, 'muted' if token == 'control' else token)};")
            word.setFont(prose_font(theme))
        self._grid.setSpacing(theme.spacing)
        self._bar.setFixedHeight(theme.spacing)
        self._bar.update()

    def set_counts(self, counts: TrainingCounts) -> None:
        self._counts = counts
        values = [getattr(counts, kind) for kind, _token in self.KINDS]
        for (figure, _word), value in zip(self._labels, values, strict=True):
            figure.setText(f"{value:,}".replace(",", " "))
        words = ", ".join(f"{value} {kind}" for value, (kind, _token) in zip(values, self.KINDS, strict=True))
        self.setAccessibleName(f"Decisions stored: {words}")
        self._bar.parts = [(token, value) for value, (_kind, token) in zip(values, self.KINDS, strict=True)]
        self._bar.update()


class _Bar(QWidget):
    """A bar in parts."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.parts: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        total = sum(value for _token, value in self.parts)
        painter.fillRect(self.rect(), self.theme.color("header"))
        left = 0.0
        for token, value in self.parts:
            width = self.width() * value / total if total else 0
            if value:
                painter.fillRect(
                    int(left),
                    0,
                    max(1, int(left + width) - int(left) - 1),
                    self.height(),
                    self.theme.color(token),
                )
            left += width
        painter.end()


class TrainingWindow(QDialog):
    """A window beside the review, not in its way."""

    export_requested = Signal(str)
    """Name of the format that was chosen."""
    format_changed = Signal(str)
    """Another format was chosen: its preview is wanted."""

    def __init__(self, parent: QWidget | None = None, theme: Theme | None = None) -> None:
        super().__init__(parent)
        theme = theme or load_theme("light")
        self.setWindowTitle("Training data")
        self.title = Sentence("Decisions stored", bold=True, parent=self)
        self.tally = _Tally(theme, self)
        self._announcing = True
        self.format = Choice(self)
        self.format.setAccessibleName("Format")
        self.format.currentIndexChanged.connect(
            lambda _index: self.format_changed.emit(self.format_name()) if self._announcing else None
        )
        label = QLabel("&Format:", self)
        label.setBuddy(self.format)
        self.rows_label = Sentence("", muted=True, parent=self)
        self.preview_title = Sentence("The first rows, as they will be written", bold=True, parent=self)
        self.preview = QPlainTextEdit(self)
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName("Preview of the rows")
        self.preview.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.preview.setPlaceholderText(NO_DECISIONS)
        self.outcome = Sentence("", parent=self)
        self.outcome.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.outcome.hide()
        self.export_button = QPushButton("&Export…", self)
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(
            lambda _checked=False: self.export_requested.emit(self.format_name())
        )
        self._choices = QHBoxLayout()
        self._choices.addWidget(label)
        self._choices.addWidget(self.format)
        self._choices.addWidget(self.rows_label, 1)
        self._choices.addWidget(self.export_button)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addWidget(self.tally)
        self._column.addSpacing(theme.spacing)
        self._column.addWidget(self.preview_title)
        self._column.addWidget(self.preview, 1)
        self._column.addWidget(self.outcome)
        self._column.addLayout(self._choices)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self.set_theme(theme)
        self.set_formats((("chat", "chat (JSON Lines)"),))
        self.set_counts(TrainingCounts())

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        unit = theme.spacing
        for sentence in (self.title, self.rows_label, self.preview_title, self.outcome):
            sentence.set_theme(theme)
        self.tally.set_theme(theme)
        self.preview.setFont(code_font(theme, theme.caption))
        self._column.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._column.setSpacing(unit)
        self._choices.setSpacing(unit)
        metrics = QFontMetrics(prose_font(theme))
        self.resize(metrics.averageCharWidth() * 100, metrics.height() * 28)

    def set_formats(self, formats: Sequence[tuple[str, str]]) -> None:
        """Offer these formats: (name, words)."""
        self._announcing = False
        self.format.clear()
        for name, words in formats:
            self.format.addItem(words, name)
        self._announcing = True

    def format_name(self) -> str:
        """Name of the format that is chosen."""
        return str(self.format.currentData() or "")

    def set_counts(self, counts: TrainingCounts) -> None:
        """Show how many decisions of each kind are stored, and how many rows an export would hold."""
        self.tally.set_counts(counts)
        rows = "1 row" if counts.rows == 1 else f"{counts.rows:,} rows".replace(",", " ")
        self.rows_label.setText(f"{rows} would be written" if counts.rows else "no row to write yet")
        self.export_button.setEnabled(counts.rows > 0)

    def set_preview(self, rows: Sequence[str]) -> None:
        """Show the first rows, each as the text that will be written."""
        self.preview.setPlainText("\n\n".join(rows))

    def set_outcome(self, text: str) -> None:
        """Say what an export has written and where; "" takes it away."""
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))
