"""The inside of a card at hand: the change, its reason, who made it, and what can be done with it.

Imports `theme`, the small widgets and frozen values only. `cards` decides what its buttons mean.
"""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from nbreview.gui.card_cells import CellList
from nbreview.gui.card_choices import ChoiceBar
from nbreview.gui.card_hunks import HunkBar
from nbreview.gui.card_shown import ShownContext
from nbreview.gui.card_view import CardView
from nbreview.gui.code_edit import CodeEdit
from nbreview.gui.diff_preview import DiffPreview
from nbreview.gui.flow import FlowRow
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.parts import Column, Fold, Sentence
from nbreview.gui.theme import Theme, code_font
from nbreview.presentation.highlight import Highlighter
from nbreview.review.model import CellEdit, SuggestionState

STALE_NOTE = QT_TR_NOOP(
    "The cell has changed since this was made, so it cannot be applied. Make it again for the cell as it is."
)
FAILED_NOTE = QT_TR_NOOP("The model's answer could not be used. Make it again, or reject it.")


class CardBody(Column):
    """What a card at hand shows below its header."""

    edit_cancelled = Signal()

    def __init__(self, view: CardView, theme: Theme, highlighter: Highlighter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._highlighter, self._view = theme, highlighter, view
        self._editor: CodeEdit | None = None
        self._shown: ShownContext | None = None
        self._raw: QPlainTextEdit | None = None
        self.cells = CellList(theme, self)
        self.choices = ChoiceBar(theme, self, parent)
        self.judgement = Sentence(muted=True, size="caption", parent=self)
        self.reason = Sentence(parent=self)
        self.note = Sentence(size="body", parent=self)
        self.note.setObjectName("note")
        self.hunks = HunkBar(theme, self)
        self.hunks.moved.connect(self.set_hunk)
        self.diff = DiffPreview(theme, self)
        self.diff.hunk_clicked.connect(self.set_hunk)
        self.made_by = Sentence(muted=True, size="caption", parent=self)
        self.fold = Fold(tr("What the model was shown"), self)
        self.fold.toggled.connect(self._unfold)
        self.raw_fold = Fold(tr("What the model wrote"), self)
        self.raw_fold.toggled.connect(self._unfold_raw)
        self.accept_button = QPushButton(tr("Accept ✓"), self)
        self.accept_button.setProperty("primary", True)
        self.edit_button = QPushButton(tr("Edit ✎"), self)
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.reject_button = QPushButton(tr("Reject ✗"), self)
        self.remake_button = QPushButton(tr("Make again"), self)
        self.accept_button.setToolTip(
            tr("Write this change into the notebook (Ctrl+Enter); Ctrl+Z takes it back")
        )
        self.edit_button.setToolTip(tr("Change the proposal, then accept it (Ctrl+Shift+E)"))
        self.cancel_button.setToolTip(tr("Leave the proposal as it was made (Esc)"))
        self.reject_button.setToolTip(tr("Put this aside; the notebook stays as it is (Ctrl+Backspace)"))
        self.remake_button.setToolTip(tr("Ask again, for the cell as it is now (Ctrl+Shift+M)"))
        self.comment_line = QLineEdit(self)
        self.comment_line.setPlaceholderText(tr("Reason to reject (optional)"))
        self.comment_line.setAccessibleName(tr("Reason for rejecting, optional"))
        self._buttons = FlowRow(self)
        for button in self._own_buttons():
            self._buttons.add(button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        above: tuple[QWidget, ...] = (
            self.cells,
            self.choices,
            self.judgement,
            self.reason,
            self.note,
            self.hunks,
            self.diff,
        )
        below: tuple[QWidget, ...] = (self.comment_line, self.made_by, self.raw_fold, self.fold)
        for widget in above:
            self._layout.addWidget(widget)
        self._layout.addWidget(self._buttons)
        for widget in below:
            self._layout.addWidget(widget)
        self.set_theme(theme)
        self.set_view(view)

    def set_view(self, view: CardView) -> None:
        self._view = view
        state = view.state
        notes = {SuggestionState.STALE: stale_note(view.edit), SuggestionState.FAILED: tr(FAILED_NOTE)}
        self.judgement.setText(view.judgement)
        self.judgement.setVisible(bool(view.judgement))
        self.reason.setText(view.reason)
        self.reason.setVisible(bool(view.reason))
        self.note.setText(view.note or notes.get(state, ""))
        self.note.setVisible(bool(self.note.text()))
        self.diff.set_diff(view.diff, view.language, self._highlighter)
        self.diff.setVisible(view.diff.changed and self._editor is None)
        self.set_hunk(self.hunks.index)
        self.made_by.setText(tr("Made by {maker}").format(maker=view.made_by))
        self.made_by.setVisible(bool(view.made_by))
        self.fold.setVisible(bool(view.shown or view.parts))
        tokens = tr("Shown · {tokens} tokens").format(tokens=f"{view.tokens:,}")
        self.fold.set_title(tokens if view.tokens else tr("What the model was shown"))
        self.raw_fold.setVisible(bool(view.raw))
        if self._shown is not None:
            self._shown.set_view(view)
        if self._raw is not None:
            self._raw.setPlainText(view.raw)
        pending = state is SuggestionState.PENDING
        self.accept_button.setVisible(pending)
        self.edit_button.setVisible(pending and self._editor is None)
        self.remake_button.setVisible(not pending)
        self.accept_button.setEnabled(pending)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        unit = theme.spacing
        for sentence in (self.judgement, self.reason, self.note, self.made_by):
            sentence.set_theme(theme)
        self.note.setStyleSheet(
            f"#note {{ background: {theme.warning_bg}; color: {theme.text}; border-left: {unit // 2}px solid"
            f" {theme.warning}; padding: {unit // 2}px {unit}px; }}"
        )
        self.diff.set_theme(theme)
        self.cells.set_theme(theme)
        self.choices.set_theme(theme)
        self.hunks.set_theme(theme)
        self.fold.set_theme(theme)
        self.raw_fold.set_theme(theme)
        if self._editor is not None:
            self._editor.set_theme(theme)
        if self._shown is not None:
            self._shown.set_theme(theme)
        if self._raw is not None:
            self._raw.setFont(code_font(theme, theme.caption))
        self._layout.setSpacing(unit)
        self._buttons.set_gap(unit)
        self.cancel_button.setVisible(self._editor is not None)

    def set_hunk(self, hunk: int) -> None:
        """Put a hunk at hand, counted from 0; where only one is left, the whole change is."""
        view = self._view
        count = len(view.hunks)
        reading = self._editor is None and view.state is SuggestionState.PENDING
        self.hunks.set_place(max(0, hunk), count if reading else 0, view.hunks_before if reading else 0)
        self.diff.set_hunk(self.hunks.index if reading and count > 1 else -1)

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
        self.set_hunk(self.hunks.index)
        self.accept_button.setText(tr("Accept edited ✓") if editing else tr("Accept ✓"))
        self.edit_button.setVisible(not editing and self._view.state is SuggestionState.PENDING)
        self.cancel_button.setVisible(editing)
        if not editing:
            self.first_button().setFocus()

    def minimumSizeHint(self) -> QSize:
        # The narrowest is one button below the other: what the buttons ask for side by side must not be the
        # law.
        widest = [button.minimumSizeHint().width() for button in self._own_buttons()]
        widest += [bar.minimumSizeHint().width() for bar in (self.cells, self.hunks) if not bar.isHidden()]
        return QSize(max(widest), 0)

    def _own_buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.accept_button,
            self.remake_button,
            self.edit_button,
            self.cancel_button,
            self.reject_button,
        )

    def _unfold(self, opened: bool) -> None:
        if opened and self._shown is None:
            self._shown = ShownContext(self._theme, self)
            self._shown.set_view(self._view)
            self.fold.set_inside(self._shown)

    def _unfold_raw(self, opened: bool) -> None:
        if opened and self._raw is None:
            self._raw = QPlainTextEdit(self)
            self._raw.setReadOnly(True)
            self._raw.setAccessibleName(tr("What the model wrote"))
            self._raw.setFont(code_font(self._theme, self._theme.caption))
            self._raw.setPlainText(self._view.raw)
            self._raw.setMinimumHeight(QFontMetrics(self._raw.font()).lineSpacing() * 12)
            self.raw_fold.set_inside(self._raw)


def stale_note(edit: CellEdit) -> str:
    """Why a suggestion cannot be applied any more, and what to do."""
    if edit is CellEdit.INSERT:
        return tr(
            "The cell that this was to follow has changed since, so it cannot be inserted. Make it again for "
            "the notebook as it is."
        )
    if edit is CellEdit.REMOVE:
        return tr(
            "The cell has changed since this was made, so it is not removed. Make it again for the notebook "
            "as it is."
        )
    return tr(STALE_NOTE)
