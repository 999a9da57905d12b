"""The assistant: suggestions as cards, findings as a list, variables as a table, and a line to ask in.

Imports `theme`, the cards and frozen values only. The card at hand is open; when it leaves, the next one
opens by itself.
"""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from nbreview.gui.ask_area import AskArea
from nbreview.gui.card_view import CardView, FindingView
from nbreview.gui.cards import CardMode, SuggestionCard
from nbreview.gui.comments_panel import CommentsPanel
from nbreview.gui.decided_list import DecidedList
from nbreview.gui.findings_list import FindingsList
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.parts import Column, Panel, Sentence
from nbreview.gui.stream_card import GrowingView, StreamCard
from nbreview.gui.theme import Theme
from nbreview.gui.variables_panel import VariablesPanel
from nbreview.presentation.highlight import Highlighter

MAX_CARDS = 15
"""Cards that are built at once; the others are counted, and come up as these leave."""
NO_SUGGESTIONS = QT_TR_NOOP(
    "No suggestions yet. Ctrl+K asks the model for an edit of the current cell; findings with a known fix "
    "appear here by themselves."
)
NO_FINDINGS = QT_TR_NOOP(
    "No findings. What the rules know is listed here when a notebook is opened; Ctrl+Shift+K asks whether "
    "the current cell will crash, F9 looks at all cells. An empty list does not say that the notebook runs."
)
_DOUBLE_PRESS_S = 0.4


class AssistantPanel(Panel):
    """Three tabs and the line below them."""

    accept = Signal(str)
    accept_edited = Signal(str, str)
    reject = Signal(str, str)
    remake = Signal(str)
    activated = Signal(str)
    """A card was opened by the person: show its cell."""
    finding_activated = Signal(str)
    hunk_accepted = Signal(str, int)
    hunk_rejected = Signal(str, int, str)
    all_accepted = Signal(object)
    all_rejected = Signal(object, str)
    wanted = Signal()
    """Something of the panel is to be seen."""
    undo_wanted = Signal()
    bring_back = Signal(str)
    asked = Signal(object)
    """An `ask_area.Asked`."""
    assess = Signal()
    choose_model = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._highlighter = Highlighter()
        self._cards: dict[str, SuggestionCard] = {}
        self._order: list[str] = []
        self._current = ""
        self._pressed: tuple[object, float] = ("", 0.0)

        self.stream = StreamCard(theme)
        self.stream.hide()
        self._empty = Sentence(tr(NO_SUGGESTIONS), muted=True)
        self._waiting = Sentence("", muted=True, size="caption")
        self._queue = QVBoxLayout()
        inside = Column()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.stream)
        self._column.addLayout(self._queue)
        self._column.addWidget(self._waiting)
        self._column.addWidget(self._empty)
        self.decided = DecidedList(theme)
        self.decided.undo_wanted.connect(self.undo_wanted)
        self.decided.bring_back.connect(self.bring_back)
        self.decided.opened.connect(self.activated)
        self._column.addWidget(self.decided)
        self._column.addStretch(1)
        self.cards_area = QScrollArea(self)
        self.cards_area.setWidgetResizable(True)
        self.cards_area.setFrameShape(QFrame.Shape.NoFrame)
        self.cards_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards_area.setWidget(inside)

        self.findings = FindingsList(theme, tr(NO_FINDINGS), self)
        self.findings.activated.connect(self.finding_activated)
        self.variables = VariablesPanel(theme, self)
        self.comments = CommentsPanel(theme, self)
        self.comments.counted.connect(self._count_comments)
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(tr("Assistant"))
        self.tabs.setDocumentMode(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.addTab(self.cards_area, tr("Suggestions"))
        self.tabs.addTab(self.findings, tr("Findings"))
        self.tabs.addTab(self.variables, tr("Variables"))
        self.tabs.addTab(self.comments, tr("Comments"))
        for place, words in enumerate((tr("Suggestions"), tr("Findings"), tr("Variables"), tr("Comments"))):
            self.tabs.setTabToolTip(place, words)  # for where there is no room for them

        self.ask_area = AskArea(theme, self)
        self.ask_area.asked.connect(self.asked)
        self.ask_area.assess.connect(self.assess)
        self.ask_area.choose_model.connect(self.choose_model)
        self.instruction, self.choose_button = self.ask_area.instruction, self.ask_area.choose_button
        self.propose_button, self.assess_button = self.ask_area.propose_button, self.ask_area.assess_button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.ask_area)
        self.set_target("")
        self.set_model(True)
        self.set_theme(theme)
        self.set_cards(())
        self.set_findings(())

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        unit = theme.spacing
        self._column.setContentsMargins(unit, unit, unit, unit)
        self._column.setSpacing(unit)
        self._queue.setSpacing(unit)
        for sentence in (self._empty, self._waiting):
            sentence.set_theme(theme)
        self._empty.setContentsMargins(unit, 0, unit, 0)
        self.stream.set_theme(theme)
        self.decided.set_theme(theme)
        self.ask_area.set_theme(theme)
        self.findings.set_theme(theme)
        self.variables.set_theme(theme)
        self.comments.set_theme(theme)
        for card in self._cards.values():
            card.set_theme(theme)

    # Suggestions.

    def set_cards(self, views: Sequence[CardView]) -> None:
        """Show another queue. Cards that stay keep what was typed into them; the first opens if none is
        open.
        """
        held_keyboard = self._current in self._cards and self._has_focus(self._cards[self._current])
        place = self._order.index(self._current) if self._current in self._order else 0
        order = [view.id for view in views]
        shown = views[:MAX_CARDS]
        if self._current in order[MAX_CARDS:]:
            shown = (*shown[:-1], views[order.index(self._current)])
        keep = {view.id for view in shown}
        for view in shown:  # what is left of a card after a hunk takes its place
            if view.id not in self._cards and view.follows in self._cards and view.follows not in keep:
                self._cards[view.id] = self._cards.pop(view.follows)
                self._current = view.id if self._current == view.follows else self._current
        for card_id in [card_id for card_id in self._cards if card_id not in keep]:
            self._take_out(self._cards.pop(card_id))
        for position, view in enumerate(shown):
            card = self._cards.get(view.id)
            if card is None:
                card = self._cards[view.id] = self._make_card(view)
                self._queue.insertWidget(position, card)
                card.show()
            else:
                card.set_view(view)
                if self._queue.indexOf(card) != position:
                    self._queue.removeWidget(card)
                    self._queue.insertWidget(position, card)
        self._order = [view.id for view in shown]
        if self._current not in self._cards:
            self._open(self._order[min(place, len(self._order) - 1)] if self._order else "")
            if held_keyboard:
                (self._cards[self._current] if self._current else self.instruction).setFocus()
        waiting = len(views) - len(shown)
        self._waiting.setText(
            (
                tr("{waiting} more card waits below these.")
                if waiting == 1
                else tr("{waiting} more cards wait below these.")
            ).format(waiting=waiting)
        )
        self._waiting.setVisible(waiting > 0)
        count = sum(len(view.members) for view in views)
        self.tabs.setTabText(
            0, tr("Suggestions ({count})").format(count=count) if views else tr("Suggestions")
        )
        self._arrange()

    def set_no_cards(self, sentence: str = "") -> None:
        """What stands where there is no card; without a sentence, how one would come."""
        self._empty.setText(sentence or tr(NO_SUGGESTIONS))

    def show_card(self, card_id: str) -> None:
        """Open a card and bring it into view; an id that is not in the queue does nothing."""
        for view in [card.view for card in self._cards.values()]:
            if card_id == view.id or card_id in view.ids:
                self.show_suggestions()
                self._cards[view.id].look_at(card_id)
                self._open(view.id)

    def show_new(self, card_id: str) -> None:
        """Open a card that was asked for, unless another one is being edited."""
        current = self._cards.get(self._current)
        if current is None or current.mode is CardMode.READING:
            self.show_card(card_id)

    def current_card(self) -> str:
        """The id of the suggestion at hand, or ""."""
        return self._cards[self._current].chosen.id if self._current in self._cards else ""

    def accept_current(self) -> None:
        """Accept the card at hand, as edited where it is being edited (Ctrl+Enter)."""
        self.show_suggestions()
        if self._current:
            self._cards[self._current].accept()

    def reject_current(self) -> None:
        """Reject the card at hand, with the reason typed into it (Ctrl+Backspace)."""
        self.show_suggestions()
        if self._current:
            self._cards[self._current].reject()

    def edit_current(self) -> None:
        """Edit the card at hand."""
        self.show_suggestions()
        if self._current:
            self._cards[self._current].edit()

    def on_current(self, act: Callable[[SuggestionCard], object]) -> None:
        """Do something with the card at hand, which comes to the front."""
        self.show_suggestions()
        if self._current in self._cards:
            act(self._cards[self._current])
            self._show_hunk(self._cards[self._current])

    def step_card(self, by: int) -> None:
        """Go to the next cell of a group, else to the next card, or back."""
        self.show_suggestions()
        if self._current not in self._order or self._cards[self._current].step_cell(by):
            return
        place = self._order.index(self._current) + by
        if 0 <= place < len(self._order):
            self._opened(self._order[place])

    def _show_hunk(self, card: SuggestionCard) -> None:
        diff = card.body.diff
        area = diff.hunk_area(card.body.hunks.index)
        inside = self.cards_area.widget()
        if inside is not None and diff.isVisible() and not area.isEmpty():
            place = diff.mapTo(inside, area.center())
            self.cards_area.ensureVisible(place.x(), place.y(), 0, area.height() // 2 + self._theme.spacing)

    def show_suggestions(self) -> None:
        """Bring the cards to the front."""
        self._front(self.cards_area)

    def begin_stream(self, title: str) -> None:
        """The model has been asked: a card that will grow."""
        self.stream.begin(title)
        self.stream.show()
        self.show_suggestions()
        self.cards_area.verticalScrollBar().setValue(0)
        self._arrange()

    def set_stream(self, text: str) -> None:
        """All that the model has written so far."""
        self.stream.write(text)

    def grow_stream(self, growing: GrowingView) -> None:
        """What the answer so far makes of the cells."""
        self.stream.grow(growing, self._highlighter)

    def end_stream(self) -> None:
        """The model is done, was stopped or has failed."""
        self.stream.hide()
        self._arrange()

    # Findings.

    def set_findings(
        self,
        views: Sequence[FindingView],
        gone: Sequence[FindingView] = (),
        dismissed: Sequence[FindingView] = (),
    ) -> None:
        """Show other findings, those of the base that are gone, and those that were dismissed."""
        self.findings.set_findings(views, gone, dismissed)
        self.tabs.setTabText(
            1, tr("Findings ({count})").format(count=len(views)) if views else tr("Findings")
        )

    def show_findings(self) -> None:
        """Bring the findings to the front."""
        self._front(self.findings)

    def show_variables(self) -> None:
        """Bring the variables to the front."""
        self._front(self.variables)

    def show_comments(self) -> None:
        """Bring the comments to the front."""
        self._front(self.comments)

    def _front(self, page: QWidget) -> None:
        self.tabs.setCurrentWidget(page)
        self.wanted.emit()

    def _count_comments(self, count: int) -> None:
        words = tr("Comments")
        self.tabs.setTabText(self.tabs.indexOf(self.comments), f"{words} ({count})" if count else words)

    def set_current_finding(self, finding_id: str) -> None:
        """Mark a finding; tells nobody."""
        self.findings.set_current(finding_id)

    # Asking.

    def set_target(self, cell_title: str) -> None:
        """Name the cell that the line is about ("cell 3"); "" when none is chosen."""
        self.ask_area.set_target(cell_title)

    def set_model(self, available: bool, sentence: str = "") -> None:
        """Whether there is a model to ask; without one, the sentence says how to get it."""
        self.ask_area.set_model(available, sentence)
        self._aim_focus()

    def ask(self) -> None:
        """Put the keyboard into the line, or on the way to a model where there is none (Ctrl+K)."""
        self.ask_area.ask()

    # Inside.

    def _make_card(self, view: CardView) -> SuggestionCard:
        card = SuggestionCard(view, self._theme, self._highlighter, self)
        card.opened.connect(self._opened)
        card.accepted.connect(lambda card_id: self._decide(self.accept, card_id))
        card.accepted_edited.connect(lambda card_id, text: self._decide(self.accept_edited, card_id, text))
        card.rejected.connect(lambda card_id, why: self._decide(self.reject, card_id, why))
        card.remade.connect(lambda card_id: self._decide(self.remake, card_id))
        card.hunk_accepted.connect(lambda card_id, hunk: self._decide(self.hunk_accepted, card_id, hunk))
        card.hunk_rejected.connect(
            lambda card_id, hunk, why: self._decide(self.hunk_rejected, card_id, hunk, why)
        )
        card.all_accepted.connect(lambda ids: self._decide(self.all_accepted, ids))
        card.all_rejected.connect(lambda ids, why: self._decide(self.all_rejected, ids, why))
        card.looked_at.connect(self.activated)
        return card

    def _decide(self, signal: SignalInstance, key: object, *more: object) -> None:
        """Announce a decision once: a second press within a moment is the same press, on its way already."""
        now = time.monotonic()
        pressed, when = self._pressed
        self._pressed = (key, now)
        if pressed != key or now - when > _DOUBLE_PRESS_S:
            signal.emit(key, *more)

    def _take_out(self, card: SuggestionCard) -> None:
        self._queue.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _opened(self, card_id: str) -> None:
        # A card whose hunk was decided on has another id by now.
        if card_id in self._cards:
            self._open(card_id)
            self.activated.emit(self._cards[card_id].chosen.id)

    def _open(self, card_id: str) -> None:
        for other_id, card in self._cards.items():
            if other_id != card_id and card.is_open and card.mode is CardMode.READING:
                card.set_open(False)
        self._current = card_id
        if card_id:
            self._cards[card_id].set_open(True)
            self.cards_area.ensureWidgetVisible(self._cards[card_id].header)
        self._aim_focus()

    def _aim_focus(self) -> None:
        if self._current in self._cards:
            self.aim_focus(self._cards[self._current])
        else:
            self.aim_focus(self.ask_area.first())

    def _arrange(self) -> None:
        self._empty.setVisible(not self._cards and self.stream.isHidden())

    def _has_focus(self, card: SuggestionCard) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and (focused is card or card.isAncestorOf(focused))
