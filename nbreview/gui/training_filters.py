"""What an export is made of, as drop-down lists: the parts of `training.filters.ExportFilter`.

Imports `theme`, `parts` and frozen values only.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from nbreview.errors import UserError
from nbreview.gui.language import QT_TR_NOOP, spoken, tr
from nbreview.gui.parts import Choice
from nbreview.gui.theme import Theme, prose_font
from nbreview.training.filters import EVERYTHING, ExportFilter, parse_filter

PARTS = (
    ("states", QT_TR_NOOP("S&tate")),
    ("makers", QT_TR_NOOP("&Made by")),
    ("models", QT_TR_NOOP("Mo&del")),
    ("repositories", QT_TR_NOOP("&Repository")),
    ("notebooks", QT_TR_NOOP("&Notebook")),
    ("languages", QT_TR_NOOP("&Language")),
)
_COLUMNS = 4
_TYPING_MS = 400
"""Milliseconds without a key after which a date counts as written."""


class FilterBar(QWidget):
    """A drop-down list for each part of a filter, and since when."""

    changed = Signal()
    """Something else is asked for."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._announcing = True
        self._lists: dict[str, Choice] = {}
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for place, (part, words) in enumerate(PARTS):
            choice = Choice(self)
            choice.setMinimumContentsLength(8)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.addItem(tr("all"), "")
            choice.setAccessibleName(tr(words).replace("&", ""))
            choice.currentIndexChanged.connect(lambda _index: self._announce())
            self._lists[part] = choice
            self._put(place, tr(words), choice)
        self.since = QLineEdit(self)
        self.since.setAccessibleName(tr("Since"))
        self.since.setPlaceholderText("2026-03-01, 30d")
        self.since.setClearButtonEnabled(True)
        self._put(len(PARTS), tr("Sin&ce"), self.since)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._announce)
        self.since.textChanged.connect(lambda _text: self._typing.start())
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's sizes."""
        self._grid.setHorizontalSpacing(theme.spacing)
        self._grid.setVerticalSpacing(theme.spacing // 2)
        for widget in (*self._labels, *self._lists.values(), self.since):
            widget.setFont(prose_font(theme))

    def set_choices(self, choices: Mapping[str, Sequence[tuple[str, int]]]) -> None:
        """Offer these values of each part, with how many decisions have each; what was chosen stays."""
        self._announcing = False
        for part, choice in self._lists.items():
            before = choice.currentData()
            choice.clear()
            choice.addItem(tr("all"), "")
            for value, number in choices.get(part, ()):
                choice.addItem(f"{value} ({number})", value)
            choice.setCurrentIndex(max(0, choice.findData(before)))
            choice.setEnabled(choice.count() > 2 or choice.currentIndex() > 0)
        self._announcing = True

    def choose(self, part: str, value: str) -> None:
        """Choose a value of a part; "" for all."""
        self._lists[part].setCurrentIndex(max(0, self._lists[part].findData(value)))

    def problem(self) -> str:
        """What is wrong with what is asked for; "" mostly."""
        try:
            parse_filter(since=self.since.text())
        except UserError as error:
            return spoken(error.message)
        return ""

    def only(self) -> ExportFilter:
        """What is asked for; everything where a date is half written."""
        values = {part: [choice.currentData()] for part, choice in self._lists.items()}
        try:
            return parse_filter(
                values["states"],
                values["makers"],
                values["models"],
                values["repositories"],
                values["notebooks"],
                values["languages"],
                self.since.text(),
            )
        except UserError:
            return EVERYTHING

    def _put(self, place: int, words: str, field: QWidget) -> None:
        label = QLabel(words, self)
        label.setBuddy(field)
        self._labels.append(label)
        row, column = divmod(place, _COLUMNS)
        self._grid.addWidget(label, row, 2 * column)
        self._grid.addWidget(field, row, 2 * column + 1)
        self._grid.setColumnStretch(2 * column + 1, 1)

    def _announce(self) -> None:
        self._typing.stop()
        if self._announcing:
            self.changed.emit()
