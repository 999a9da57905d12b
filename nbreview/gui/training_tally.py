"""How many decisions of each kind are stored, as a bar with a legend.

Imports `theme` only.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.theme import Theme, prose_font


@dataclass(frozen=True, slots=True)
class TrainingCounts:
    """Decisions in the store, by kind."""

    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    undone: int = 0


class Tally(QWidget):
    """The counts as a bar divided by kind, with a legend: words and figures beside each colour."""

    KINDS = (
        (QT_TR_NOOP("accepted"), "added_sign"),
        (QT_TR_NOOP("edited"), "modified_sign"),
        (QT_TR_NOOP("rejected"), "removed_sign"),
        (QT_TR_NOOP("undone"), "control"),
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
            figure, word = QLabel("0", self), QLabel(tr(kind), self)
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
        words = ", ".join(
            f"{value} {tr(kind)}" for value, (kind, _token) in zip(values, self.KINDS, strict=True)
        )
        self.setAccessibleName(tr("Decisions stored: {words}").format(words=words))
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
