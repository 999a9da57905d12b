"""A suggestion as a card: the change, the reason, who made it, and what can be done with it.

Imports `theme`, the small widgets and frozen values only. A card announces what the person wants and
changes nothing by itself: it leaves when the panel is given cards without it.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nbreview.diff.model import TextDiff
from nbreview.gui.card_choices import ChoiceBar
from nbreview.gui.card_header import CardHeader
from nbreview.gui.code_edit import CodeEdit
from nbreview.gui.diff_preview import DiffPreview
from nbreview.gui.parts import Column, Fold, Sentence, paint_card
from nbreview.gui.theme import Theme, code_font
from nbreview.presentation.highlight import Highlighter
from nbreview.review.model import Evidence, SuggestionState

STALE_NOTE = (
    "The cell has changed since this was made, so it cannot be applied. Make it again for the cell as it is."
)
FAILED_NOTE = "The model's answer could not be used. Make it again, or reject it."


@dataclass(frozen=True, slots=True)
class CardView:
    """What a card shows.

    `title` names the cell. `probability` goes with LIKELY. `diff` is from `base` to `proposed`. `made_by`
    says which model or rule, and how long it took. `shown` are the messages that the model was given, as
    (role, text). `note` is the sentence that goes with a state (stale, failed). `raw` is what a model wrote
    that could not be used. `alternatives` are the other choices of the card, equally good.
    """

    id: str
    title: str
    evidence: Evidence
    probability: float | None
    reason: str
    diff: TextDiff
    proposed: str
    base: str
    made_by: str
    shown: tuple[tuple[str, str], ...] = ()
    state: SuggestionState = SuggestionState.PENDING
    note: str = ""
    raw: str = ""
    language: str = "python"
    alternatives: tuple["CardView", ...] = ()

    @property
    def choices(self) -> tuple["CardView", ...]:
        """All that can be chosen on the card, this one first."""
        return (self, *self.alternatives)


@dataclass(frozen=True, slots=True)
class FindingView:
    """What the list of findings shows of one.

    `has_fix`: a card with a fix is among the suggestions. `rung` says by what it is known. `cause` names the
    crash: type, root cause, library. `origin` is the index of the cell that the bad value came from, and
    `origin_title` its name. `news` is "new" for what the base lacks. `weaker`: something stronger is known
    of the same cell. `quiet`: it says that no crash was found, or nothing. `trace` is the way to the crash,
    line by line.
    """

    id: str
    cell_title: str
    evidence: Evidence
    probability: float | None
    message: str
    has_fix: bool = False
    rung: str = ""
    cause: str = ""
    origin: int | None = None
    origin_title: str = ""
    news: str = ""
    weaker: bool = False
    quiet: bool = False
    trace: str = ""


class CardMode(StrEnum):
    """What a card is used for at the moment."""

    READING = "reading"
    EDITING = "editing"


def evidence_words(evidence: Evidence, probability: float | None) -> tuple[str, str]:
    """The pill of an evidence: its words ("likely 73 %") and the theme's token of its colour."""
    if evidence is Evidence.LIKELY and probability is not None:
        return f"likely {probability * 100:.0f} %", "warning"
    tokens = {Evidence.CERTAIN: "accent", Evidence.OBSERVED: "error", Evidence.LIKELY: "warning"}
    return evidence.value, tokens.get(evidence, "muted")


class SuggestionCard(Column):
    """One card of the queue: a line while it waits its turn, the whole of it when it is at hand."""

    accepted = Signal(str)
    accepted_edited = Signal(str, str)
    rejected = Signal(str, str)
    remade = Signal(str)
    opened = Signal(str)

    def __init__(
        self, view: CardView, theme: Theme, highlighter: Highlighter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.view = view
        self.mode = CardMode.READING
        self._theme, self._highlighter = theme, highlighter
        self._body: _Body | None = None
        self._choice = 0
        self.header = CardHeader(theme, self)
        self.header.clicked.connect(lambda: self.opened.emit(self.view.id))
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.header)
        self._open = False
        self.set_theme(theme)
        self.set_view(view)

    @property
    def body(self) -> "_Body":
        """The inside; there is one once the card has been opened."""
        assert self._body is not None
        return self._body

    @property
    def chosen(self) -> CardView:
        """The choice that is looked at; most cards have only one."""
        return self.view.choices[self._choice]

    @property
    def can_accept(self) -> bool:
        """Whether it may be applied: a stale or failed one may not."""
        return self.chosen.state is SuggestionState.PENDING

    @property
    def is_open(self) -> bool:
        """Whether the whole card shows."""
        return self._open

    def set_view(self, view: CardView) -> None:
        """Show another state of the suggestion. What the person has typed stays."""
        if view == self.view and self.header.pill.text:
            return
        looked_at = self.chosen.id
        self.view = view
        ids = [choice.id for choice in view.choices]
        self._choice = ids.index(looked_at) if looked_at in ids else 0
        self._show_chosen()

    def choose(self, index: int) -> None:
        """Look at another choice, from 0. While one is being edited, that one stays."""
        if self.mode is CardMode.READING and 0 <= index < len(self.view.choices):
            self._choice = index
            self._show_chosen()

    def _show_chosen(self) -> None:
        view = self.chosen
        words, token = evidence_words(view.evidence, view.probability)
        if view.state in (SuggestionState.STALE, SuggestionState.FAILED):
            words, token = view.state.value, "warning" if view.state is SuggestionState.STALE else "error"
        self.header.pill.set_text(words, token)
        self.header.set_text(view.title, "" if self._open else self._hint())
        self.setAccessibleName(f"Suggestion for {view.title}: {self._hint()}")
        if self._body is not None:
            self._body.set_view(view)
            self._body.choices.set_place(self._choice, len(self.view.choices))

    def _hint(self) -> str:
        """The reason in a line, and which of how many choices it is of."""
        count = len(self.view.choices)
        return f"{self._choice + 1} of {count}: {self.chosen.reason}" if count > 1 else self.chosen.reason

    def set_open(self, opened: bool) -> None:
        """Show the whole card, or one line of it."""
        self._open = opened
        if opened and self._body is None:
            self._body = _Body(self.chosen, self._theme, self._highlighter, self)
            self._connect(self._body)
            self._layout.addWidget(self._body)
            self._body.choices.set_place(self._choice, len(self.view.choices))
        if self._body is not None:
            self._body.setVisible(opened)
        self.header.set_text(self.chosen.title, "" if opened else self._hint())
        self.setFocusProxy(self._body.first_button() if opened and self._body is not None else self.header)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._layout.setContentsMargins(unit + unit // 2, unit, unit, unit)
        self._layout.setSpacing(unit)
        self.header.set_theme(theme)
        if self._body is not None:
            self._body.set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        # Painted, not styled: a style sheet on each card costs more than everything else in it.
        painter = QPainter(self)
        paint_card(painter, self.rect(), self._theme, marked=self._open)
        painter.end()

    def accept(self) -> None:
        """Ask for the change to be applied, as edited where it is being edited."""
        if not self.can_accept:
            return
        if self.mode is CardMode.EDITING:
            self.accepted_edited.emit(self.chosen.id, self.body.edited_source())
        else:
            self.accepted.emit(self.chosen.id)

    def reject(self) -> None:
        """Ask for the suggestion to be put aside with all its choices, and the reason that was typed, if
        any.
        """
        self.rejected.emit(self.view.id, self._body.comment() if self._body is not None else "")

    def edit(self) -> None:
        """Turn the diff into a box with the proposal."""
        if self.can_accept and self.mode is CardMode.READING:
            self.mode = CardMode.EDITING
            self.body.choices.setEnabled(False)
            self.body.set_editing(True)

    def cancel_edit(self) -> None:
        """Back to the diff; the next Edit begins with the proposal again."""
        if self.mode is CardMode.EDITING:
            self.mode = CardMode.READING
            self.body.choices.setEnabled(True)
            self.body.set_editing(False)

    def _connect(self, body: "_Body") -> None:
        body.choices.moved.connect(self.choose)
        body.accept_button.clicked.connect(self.accept)
        body.edit_button.clicked.connect(self.edit)
        body.cancel_button.clicked.connect(self.cancel_edit)
        body.edit_cancelled.connect(self.cancel_edit)
        body.reject_button.clicked.connect(self.reject)
        body.comment_line.returnPressed.connect(self.reject)
        body.remake_button.clicked.connect(lambda _checked=False: self.remade.emit(self.view.id))


class _Body(Column):
    """What a card at hand shows below its header."""

    edit_cancelled = Signal()

    def __init__(self, view: CardView, theme: Theme, highlighter: Highlighter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._highlighter, self._view = theme, highlighter, view
        self._editor: CodeEdit | None = None
        self._shown: QPlainTextEdit | None = None
        self.choices = ChoiceBar(theme, self, parent)
        self.reason = Sentence(parent=self)
        self.note = Sentence(size="body", parent=self)
        self.note.setObjectName("note")
        self.diff = DiffPreview(theme, self)
        self.made_by = Sentence(muted=True, size="caption", parent=self)
        self.fold = Fold("What the model was shown", self)
        self.fold.toggled.connect(self._unfold)
        self.accept_button = QPushButton("Accept ✓", self)
        self.accept_button.setProperty("primary", True)
        self.edit_button = QPushButton("Edit ✎", self)
        self.cancel_button = QPushButton("Cancel", self)
        self.reject_button = QPushButton("Reject ✗", self)
        self.remake_button = QPushButton("Make again", self)
        self.accept_button.setToolTip(
            "Write this change into the notebook (Ctrl+Enter); Ctrl+Z takes it back"
        )
        self.edit_button.setToolTip("Change the proposal, then accept it (Ctrl+Shift+E)")
        self.cancel_button.setToolTip("Leave the proposal as it was made (Esc)")
        self.reject_button.setToolTip("Put this aside; the notebook stays as it is (Ctrl+Backspace)")
        self.remake_button.setToolTip("Ask again, for the cell as it is now")
        self.comment_line = QLineEdit(self)
        self.comment_line.setPlaceholderText("Why not? Optional; Enter rejects with this reason")
        self.comment_line.setAccessibleName("Reason for rejecting, optional")
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in (
            self.accept_button,
            self.remake_button,
            self.edit_button,
            self.cancel_button,
            self.reject_button,
        ):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        above: tuple[QWidget, ...] = (self.choices, self.reason, self.note, self.diff)
        below: tuple[QWidget, ...] = (self.comment_line, self.made_by, self.fold)
        for widget in above:
            self._layout.addWidget(widget)
        self._layout.addLayout(self._buttons)
        for widget in below:
            self._layout.addWidget(widget)
        self.set_theme(theme)
        self.set_view(view)

    def set_view(self, view: CardView) -> None:
        self._view = view
        state = view.state
        notes = {SuggestionState.STALE: STALE_NOTE, SuggestionState.FAILED: FAILED_NOTE}
        self.reason.setText(view.reason)
        self.reason.setVisible(bool(view.reason))
        self.note.setText(view.note or notes.get(state, ""))
        self.note.setVisible(bool(self.note.text()))
        self.diff.set_diff(view.diff, view.language, self._highlighter)
        self.diff.setVisible(view.diff.changed and self._editor is None)
        self.made_by.setText(f"Made by {view.made_by}")
        self.made_by.setVisible(bool(view.made_by))
        self.fold.setVisible(bool(view.shown or view.raw))
        if self._shown is not None:
            self._shown.setPlainText(_shown_text(view))
        pending = state is SuggestionState.PENDING
        self.accept_button.setVisible(pending)
        self.edit_button.setVisible(pending and self._editor is None)
        self.remake_button.setVisible(not pending)
        self.accept_button.setEnabled(pending)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        unit = theme.spacing
        for sentence in (self.reason, self.note, self.made_by):
            sentence.set_theme(theme)
        self.note.setStyleSheet(
            f"#note {{ background: {theme.warning_bg}; color: {theme.text}; border-left: {unit // 2}px solid"
            f" {theme.warning}; padding: {unit // 2}px {unit}px; }}"
        )
        self.diff.set_theme(theme)
        self.choices.set_theme(theme)
        self.fold.set_theme(theme)
        if self._editor is not None:
            self._editor.set_theme(theme)
        if self._shown is not None:
            self._shown.setFont(code_font(theme, theme.caption))
        self._layout.setSpacing(unit)
        self._buttons.setSpacing(unit)
        self._flow()

    def first_button(self) -> QWidget:
        """Where the keyboard goes when the card comes up."""
        if self._editor is not None:
            return self._editor
        return self.accept_button if self._view.state is SuggestionState.PENDING else self.remake_button

    def comment(self) -> str:
        return self.comment_line.text().strip()

    def edited_source(self) -> str:
        return self._editor.toPlainText() if self._editor is not None else self._view.proposed

    def set_editing(self, editing: bool) -> None:
        if editing and self._editor is None:
            self._editor = CodeEdit(self._theme, self)
            self._editor.setPlainText(self._view.proposed)
            self._editor.cancelled.connect(self.edit_cancelled)
            self._layout.insertWidget(self._layout.indexOf(self.diff), self._editor)
            QWidget.setTabOrder(self._editor, self.accept_button)
            self._editor.moveCursor(QTextCursor.MoveOperation.Start)
            self._editor.setFocus()
        elif not editing and self._editor is not None:
            self._layout.removeWidget(self._editor)
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None
        self.diff.setVisible(not editing and self._view.diff.changed)
        self.accept_button.setText("Accept edited ✓" if editing else "Accept ✓")
        self.edit_button.setVisible(not editing and self._view.state is SuggestionState.PENDING)
        self.cancel_button.setVisible(editing)
        self._flow()
        if not editing:
            self.first_button().setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Polish):
            self._flow()
        return super().event(event)

    def _flow(self) -> None:
        """Buttons stand side by side where there is room, else below each other: text at 200 % in a narrow
        panel.
        """
        self.cancel_button.setVisible(self._editor is not None)
        shown = [button for button in self.findChildren(QPushButton) if not button.isHidden()]
        needed = sum(button.sizeHint().width() + self._theme.spacing for button in shown)
        beside = needed <= max(self.width(), 1) + self._theme.spacing
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._buttons.direction() != direction:
            self._buttons.setDirection(direction)

    def minimumSizeHint(self) -> QSize:
        # The narrowest is one button below the other: what the buttons ask for side by side must not be the
        # law.
        widest = max(button.minimumSizeHint().width() for button in self.findChildren(QPushButton))
        return QSize(widest, 0)

    def _unfold(self, opened: bool) -> None:
        if opened and self._shown is None:
            self._shown = QPlainTextEdit(self)
            self._shown.setReadOnly(True)
            self._shown.setAccessibleName("What the model was shown")
            self._shown.setFont(code_font(self._theme, self._theme.caption))
            self._shown.setPlainText(_shown_text(self._view))
            self._shown.setMinimumHeight(QFontMetrics(self._shown.font()).lineSpacing() * 12)
            self.fold.set_inside(self._shown)


def _shown_text(view: CardView) -> str:
    parts = [f"—— {role} ——\n{text.rstrip()}" for role, text in view.shown]
    if view.raw:
        parts.append(f"—— what the model wrote ——\n{view.raw.rstrip()}")
    return "\n\n".join(parts)
