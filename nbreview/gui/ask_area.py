"""Where a person asks the model: about which cells, what is wanted, and how many answers to draw.

Imports `theme`, `parts` and frozen values only. What is asked is announced; the text stays until it was
taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nbreview.gui.flow import FlowRow
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.parts import Choice, Line, Sentence
from nbreview.gui.theme import Theme

NO_MODEL = QT_TR_NOOP(
    "No model is chosen. Rules still find and fix what they can; a model proposes edits and weighs crashes."
)
MOST_ANSWERS = 8


class AskScope(StrEnum):
    """About which cells is asked."""

    CELL = "cell"
    CELLS = "cells"
    NOTEBOOK = "notebook"


class AskWish(StrEnum):
    """What is wanted of them."""

    WORDS = "words"
    IMPROVE = "improve"
    COMMIT = "commit"
    FINDING = "finding"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked. `cells` are the numbers that were typed ("3-5, 8") for CELLS; `text` is the instruction
    for WORDS, `key` the commit or the finding that was picked. `answers`: how many are drawn.
    `reads`: for WORDS, the model first reads what it needs of the repository.
    """

    scope: AskScope
    wish: AskWish
    text: str = ""
    cells: str = ""
    key: str = ""
    answers: int = 1
    reads: bool = False


class AskArea(QFrame):
    """A line to ask in; Ctrl+K opens what else can be said above it."""

    asked = Signal(object)
    """An `Asked`."""
    assess = Signal()
    choose_model = Signal()
    left = Signal()
    """Esc: the keyboard goes back to what was reviewed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ask")
        self._theme = theme
        self._target = ""
        self._commits: tuple[tuple[str, str], ...] = ()
        self._findings: tuple[tuple[str, str], ...] = ()
        self._model_note = Sentence(tr(NO_MODEL), parent=self)
        self.choose_button = QPushButton(tr("Choose a model…"), self)
        self.choose_button.clicked.connect(lambda _checked=False: self.choose_model.emit())

        self.scope = Choice(self)
        self.scope.setAccessibleName(tr("About which cells"))
        for scope, words in (
            (AskScope.CELL, tr("This cell")),
            (AskScope.CELLS, tr("Chosen cells")),
            (AskScope.NOTEBOOK, tr("Whole notebook")),
        ):
            self.scope.addItem(words, scope)
        self.wish = Choice(self)
        self.wish.setAccessibleName(tr("What is wanted"))
        for wish, words in (
            (AskWish.WORDS, tr("Do what I say")),
            (AskWish.IMPROVE, tr("Just improve")),
            (AskWish.FINDING, tr("Mend a finding")),
            (AskWish.ERROR, tr("Mend the saved error")),
            (AskWish.COMMIT, tr("Do what a commit says")),
        ):
            self.wish.addItem(words, wish)
        for box in (self.scope, self.wish):  # the words are elided before the panel is widened
            box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(9)
        self.answers = QSpinBox(self)
        self.answers.setPrefix(tr("Answers: "))
        self.answers.setRange(1, MOST_ANSWERS)
        self.answers.setAccessibleName(tr("Answers to choose from"))
        self.answers.setToolTip(
            tr("So many answers are drawn; the best is shown first, the others behind it")
        )
        self.reads = QCheckBox(tr("Read the repository first"), self)
        self.reads.setToolTip(
            tr("The model looks through READMEs and opens the files that they lead to, then writes")
        )
        self.cells = QLineEdit(self)
        self.cells.setAccessibleName(tr("Numbers of the chosen cells"))
        self.cells.setPlaceholderText(tr("Cell numbers, such as 3-5, 8"))
        self.picked = Choice(self)
        self.picked.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.picked.setMinimumContentsLength(12)
        self.instruction = Line(self)
        self.instruction.setAccessibleName(tr("What to change"))
        self.propose_button = QPushButton(tr("Propose edit"), self)
        self.propose_button.setToolTip(tr("Ask the model for an edit (Ctrl+K, then Enter)"))
        self.assess_button = QPushButton(tr("Will it crash?"), self)
        self.assess_button.setToolTip(tr("Will this cell crash? (Ctrl+Shift+K)"))
        self.more_button = QToolButton(self)
        self.more_button.setText(tr("Options"))
        self.more_button.setCheckable(True)
        self.more_button.setToolTip(tr("Other cells, other wishes, several answers (Ctrl+K)"))
        self.more_button.toggled.connect(lambda _opened: self._arrange())
        for box in (self.scope, self.wish):
            box.currentIndexChanged.connect(lambda _index: self._arrange())
        self.instruction.returnPressed.connect(self._ask)
        self.cells.returnPressed.connect(self._ask)
        self.propose_button.clicked.connect(lambda _checked=False: self._ask())
        self.assess_button.clicked.connect(lambda _checked=False: self.assess.emit())

        self._model = True
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._model_note)
        self._layout.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._options = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._options.addWidget(self.scope, 1)
        self._options.addWidget(self.wish, 1)
        self._layout.addLayout(self._options)
        self._layout.addWidget(self.answers, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addWidget(self.reads, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.cells, self.picked, self.instruction):
            self._layout.addWidget(widget)
        self._buttons = FlowRow(self)
        for button in (self.propose_button, self.assess_button, self.more_button):
            self._buttons.add(button)
        self._layout.addWidget(self._buttons)
        self.set_theme(theme)
        self.set_target("")
        self.set_model(True)

    # What there is to ask about.

    def set_target(self, cell_title: str) -> None:
        """Name the cell that is asked about ("cell 3"); "" when none is chosen."""
        self._target = cell_title
        self.scope.setItemText(0, cell_title[:1].upper() + cell_title[1:] if cell_title else tr("This cell"))
        self._arrange()

    def set_model(self, available: bool, sentence: str = "") -> None:
        """Whether there is a model to ask; without one, the sentence says how to get it."""
        self._model = available
        self._model_note.setText(sentence or tr(NO_MODEL))
        self._arrange()

    def set_answers(self, count: int) -> None:
        """How many answers the settings say."""
        self.answers.setValue(count)

    def set_commits(self, commits: Sequence[tuple[str, str]]) -> None:
        """The commits whose message can be asked for: key and words, newest first."""
        self._commits = tuple(commits)
        self._arrange()

    def set_findings(self, findings: Sequence[tuple[str, str]]) -> None:
        """The findings that can be mended: key and words."""
        self._findings = tuple(findings)
        self._arrange()

    def choose_cells(self, numbers: str) -> None:
        """Ask about these cells; "" asks about the one at hand."""
        self.cells.setText(numbers)
        self.scope.setCurrentIndex(1 if numbers else 0)

    # The keyboard.

    def ask(self) -> None:
        """Open, with the keyboard in the line, or on the way to a model where there is none."""
        if self._model:
            self.more_button.setChecked(True)
            line = self._line() if self._line().isEnabled() else self.scope
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if isinstance(line, QLineEdit):
                line.selectAll()
        else:
            self.choose_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def first(self) -> QWidget:
        """Where the keyboard goes where there is no card."""
        return self.instruction if self._model else self.choose_button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.more_button.isChecked():
            self.more_button.setChecked(False)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # Look.

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._layout.setContentsMargins(unit, unit, unit, unit)
        self._buttons.set_gap(unit)
        for layout in (self._layout, self._options):
            layout.setSpacing(unit)
        self.setStyleSheet(
            f"#ask {{ background: {theme.surface}; border: none; border-top: 1px solid {theme.border}; }}"
        )
        self._model_note.set_theme(theme)
        self._flow()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Polish):
            self._flow()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        widths = [b.minimumSizeHint().width() for b in (self.propose_button, self.assess_button)]
        return QSize(max(widths) + 2 * self._theme.spacing, super().minimumSizeHint().height())

    def _flow(self) -> None:
        """What does not fit beside stands below: text at 200 % in a narrow panel."""
        unit = self._theme.spacing
        room = max(1, self.width()) - 2 * unit
        needed = sum(widget.sizeHint().width() + unit for widget in (self.scope, self.wish))
        beside = needed <= room + unit
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._options.direction() != direction:
            self._options.setDirection(direction)

    def _scope(self) -> AskScope:
        return AskScope(self.scope.currentData()) if self.more_button.isChecked() else AskScope.CELL

    def _wish(self) -> AskWish:
        return AskWish(self.wish.currentData()) if self.more_button.isChecked() else AskWish.WORDS

    def _line(self) -> QWidget:
        """The field that the wish is said in."""
        wish = self._wish()
        if wish is AskWish.WORDS:
            return self.instruction
        return self.picked if wish in (AskWish.COMMIT, AskWish.FINDING) else self.propose_button

    def _arrange(self) -> None:
        """Show what the choices ask for."""
        opened, scope, wish = self.more_button.isChecked(), self._scope(), self._wish()
        picks = wish in (AskWish.COMMIT, AskWish.FINDING)
        self._model_note.setVisible(not self._model)
        self.choose_button.setVisible(not self._model)
        for widget in (self.scope, self.wish, self.answers):
            widget.setVisible(self._model and opened)
        self.reads.setVisible(self._model and opened and wish is AskWish.WORDS)
        self.cells.setVisible(self._model and scope is AskScope.CELLS)
        self.picked.setVisible(self._model and picks)
        self.instruction.setVisible(self._model and wish is AskWish.WORDS)
        self.propose_button.setVisible(self._model)
        self.more_button.setVisible(self._model)
        about = {
            AskScope.CELL: self._target,
            AskScope.CELLS: tr("the chosen cells"),
            AskScope.NOTEBOOK: tr("the whole notebook"),
        }[scope]
        self.instruction.setPlaceholderText(
            tr("Ask for an edit of {cells}…").format(cells=about)
            if about
            else tr("Choose a cell, then ask for an edit of it")
        )
        can = bool(about) or (opened and wish is AskWish.FINDING)
        self.instruction.setEnabled(bool(about))
        self._fill()
        self.propose_button.setEnabled(can and not (picks and not self.picked.count()))
        self.assess_button.setEnabled(bool(self._target))
        self._flow()

    def _fill(self) -> None:
        """What can be picked for the wish; nothing says why by its words."""
        wish = self._wish()
        entries = {AskWish.COMMIT: self._commits, AskWish.FINDING: self._findings}.get(wish, ())
        shown = [(self.picked.itemData(row), self.picked.itemText(row)) for row in range(self.picked.count())]
        if shown != list(entries):
            chosen = self.picked.currentData()
            self.picked.clear()
            for key, words in entries:
                self.picked.addItem(words, key)
            self.picked.setCurrentIndex(max(0, self.picked.findData(chosen)) if entries else -1)
        names = {AskWish.COMMIT: tr("Commit"), AskWish.FINDING: tr("Finding")}
        self.picked.setAccessibleName(names.get(wish, tr("Commit or finding")))
        empty = {
            AskWish.COMMIT: tr("No commit has touched this notebook"),
            AskWish.FINDING: tr("Nothing was found; F9 looks at all cells"),
        }
        self.picked.setPlaceholderText(empty.get(wish, ""))

    def _ask(self) -> None:
        if not self.propose_button.isEnabled():
            return
        self.asked.emit(
            Asked(
                self._scope(),
                self._wish(),
                self.instruction.text().strip() if self._wish() is AskWish.WORDS else "",
                self.cells.text().strip(),
                str(self.picked.currentData() or ""),
                self.answers.value(),
                self.reads.isChecked() and not self.reads.isHidden(),
            )
        )
        self.instruction.clear()
