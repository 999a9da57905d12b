"""A suggestion as a card, or several of one answer: what is looked at, and what the person wants of it.

Imports `theme`, the small widgets and frozen values only. A card announces what the person wants and
changes nothing by itself: it leaves when the panel is given cards without it.
"""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nbreview.gui.card_body import CardBody
from nbreview.gui.card_header import CardHeader
from nbreview.gui.card_view import CardView, evidence_words
from nbreview.gui.language import tr
from nbreview.gui.parts import Column, paint_card
from nbreview.gui.theme import Theme
from nbreview.presentation.highlight import Highlighter
from nbreview.review.model import SuggestionState


class CardMode(StrEnum):
    """What a card is used for at the moment."""

    READING = "reading"
    EDITING = "editing"


class SuggestionCard(Column):
    """One card of the queue: a line while it waits its turn, the whole of it when it is at hand."""

    accepted = Signal(str)
    accepted_edited = Signal(str, str)
    rejected = Signal(str, str)
    remade = Signal(str)
    opened = Signal(str)
    hunk_accepted = Signal(str, int)
    hunk_rejected = Signal(str, int, str)
    all_accepted = Signal(object)
    """The ids of what was chosen for each cell of the group."""
    all_rejected = Signal(object, str)
    looked_at = Signal(str)
    """Another cell of the group, or another choice, is looked at."""

    def __init__(
        self, view: CardView, theme: Theme, highlighter: Highlighter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.view = view
        self.mode = CardMode.READING
        self._theme, self._highlighter = theme, highlighter
        self._body: CardBody | None = None
        self._member, self._choice = 0, 0
        self._chosen_of: dict[str, int] = {}  # of each cell, which choice was looked at last
        self.header = CardHeader(theme, self)
        self.header.clicked.connect(lambda: self.opened.emit(self.view.id))
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.header)
        self._open = False
        self.set_theme(theme)
        self.set_view(view)

    @property
    def body(self) -> CardBody:
        """The inside; there is one once the card has been opened."""
        assert self._body is not None
        return self._body

    @property
    def chosen(self) -> CardView:
        """The choice of the cell that is looked at; most cards have only one."""
        return self.member.choices[self._choice]

    @property
    def member(self) -> CardView:
        """The cell of the group that is looked at; the card itself where it is no group."""
        return self.view.members[self._member]

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
        place, looked_at = self._member, self.chosen.id
        self.view = view
        self._member = min(place, len(view.members) - 1)
        for number, member in enumerate(view.members):
            if looked_at in {choice.id for choice in member.choices} or member.follows == looked_at:
                self._member = number
        ids = [choice.id for choice in self.member.choices]
        self._choice = ids.index(looked_at) if looked_at in ids else 0
        self._show_chosen()

    def look_at(self, suggestion_id: str) -> None:
        """Look at the cell and the choice of a suggestion; one that is not here changes nothing."""
        for number, member in enumerate(self.view.members):
            for choice, other in enumerate(member.choices):
                if other.id == suggestion_id and self.mode is CardMode.READING:
                    self._member, self._choice = number, choice
                    self._show_chosen()

    def choose(self, index: int) -> None:
        """Look at another choice, from 0. While one is being edited, that one stays."""
        if self.mode is CardMode.READING and 0 <= index < len(self.member.choices):
            self._choice = index
            self._chosen_of[self.member.id] = index
            self._show_chosen()

    def choose_cell(self, index: int) -> None:
        """Look at another cell of the group, from 0. While one is being edited, that one stays."""
        if self.mode is CardMode.READING and 0 <= index < len(self.view.members):
            self._member = index
            kept = self._chosen_of.get(self.member.id, 0)
            self._choice = min(kept, len(self.member.choices) - 1)
            self._show_chosen()
            self.looked_at.emit(self.chosen.id)
        elif self._body is not None:
            self._body.cells.set_cells(self.view.members, self._member)

    def step_cell(self, by: int) -> bool:
        """Go to the next cell of the group, or the one before; whether there is one."""
        inside = 0 <= self._member + by < len(self.view.members)
        if inside:
            self.choose_cell(self._member + by)
        return inside

    def _show_chosen(self) -> None:
        view = self.chosen
        words, token = evidence_words(view.evidence, view.probability)
        if view.state in (SuggestionState.STALE, SuggestionState.FAILED):
            words, token = tr(view.state.value), "warning" if view.state is SuggestionState.STALE else "error"
        self.header.pill.set_text(words, token)
        self.header.set_text(self._title(), "" if self._open else self._hint())
        said = tr("Suggestion for {title}: {reason}").format(title=self._title(), reason=self._hint())
        self.setAccessibleName(said)
        if self._body is not None:
            self._body.set_view(view)
            self._show_places()

    def _show_places(self) -> None:
        """Say of which cells and choices this one is."""
        self.body.choices.set_place(self._choice, len(self.member.choices))
        self.body.cells.set_cells(self.view.members, self._member)

    def _title(self) -> str:
        return self.view.title if self.view.cells and not self._open else self.chosen.title

    def _hint(self) -> str:
        """The reason in a line, and which of how many choices it is of."""
        count = len(self.member.choices)
        if count < 2 or self.view.cells:
            return self.chosen.reason
        words = tr("{number} of {count}: {reason}")
        return words.format(number=self._choice + 1, count=count, reason=self.chosen.reason)

    def set_open(self, opened: bool) -> None:
        """Show the whole card, or one line of it."""
        self._open = opened
        if opened and self._body is None:
            self._body = CardBody(self.chosen, self._theme, self._highlighter, self)
            self._connect(self._body)
            self._layout.addWidget(self._body)
            self._show_places()
        if self._body is not None:
            self._body.setVisible(opened)
        self.header.set_text(self._title(), "" if opened else self._hint())
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
        self.rejected.emit(self.member.id, self._comment())

    def accept_hunk(self) -> None:
        """Ask for the marked hunk to be applied; the only one is the whole change."""
        if not self.can_accept or self.mode is CardMode.EDITING:
            return
        if len(self.chosen.hunks) > 1:
            self.hunk_accepted.emit(self.chosen.id, self.body.hunks.index)
        else:
            self.accept()

    def reject_hunk(self) -> None:
        """Ask for the marked hunk to be put aside; the only one is the whole change."""
        if self.mode is CardMode.EDITING:
            return
        if self.can_accept and len(self.chosen.hunks) > 1:
            self.hunk_rejected.emit(self.chosen.id, self.body.hunks.index, self._comment())
        else:
            self.reject()

    def step_hunk(self, by: int) -> None:
        """Mark the next hunk, or the one before."""
        if self._body is not None:
            self._body.hunks.step(by)

    def accept_all(self) -> None:
        """Ask for all cells of the group to be changed at once, as far as they fit the notebook as it is."""
        if self.mode is CardMode.EDITING:
            return
        members = [each for each in self.view.members if each.state is SuggestionState.PENDING]
        places = {member.id: self._chosen_of.get(member.id, 0) for member in members}
        places[self.member.id] = self._choice
        chosen = [each.choices[min(places[each.id], len(each.choices) - 1)].id for each in members]
        if len(chosen) == 1:
            self.accepted.emit(chosen[0])
        elif chosen:
            self.all_accepted.emit(tuple(chosen))

    def reject_all(self) -> None:
        """Ask for all cells of the group to be put aside, with the reason that was typed."""
        if self.mode is CardMode.READING:
            self.all_rejected.emit(tuple(each.id for each in self.view.members), self._comment())

    def _comment(self) -> str:
        return self._body.comment() if self._body is not None else ""

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

    def _connect(self, body: CardBody) -> None:
        body.choices.moved.connect(self.choose)
        body.accept_button.clicked.connect(self.accept)
        body.edit_button.clicked.connect(self.edit)
        body.cancel_button.clicked.connect(self.cancel_edit)
        body.edit_cancelled.connect(self.cancel_edit)
        body.reject_button.clicked.connect(self.reject)
        body.comment_line.returnPressed.connect(self.reject)
        body.remake_button.clicked.connect(lambda _checked=False: self.remake())
        body.hunks.accepted.connect(lambda _hunk: self.accept_hunk())
        body.hunks.rejected.connect(lambda _hunk: self.reject_hunk())
        body.cells.moved.connect(self.choose_cell)
        body.cells.all_accepted.connect(self.accept_all)
        body.cells.all_rejected.connect(self.reject_all)

    def remake(self) -> None:
        """Ask for it to be made again; one that fits as it is stays."""
        if not self.can_accept:
            self.remade.emit(self.member.id)
