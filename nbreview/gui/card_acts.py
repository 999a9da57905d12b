"""What is done with cards beyond accepting one as it is: hunks, groups, making again, what was decided;
asking for edits of cells or of the notebook; fixing and dismissing findings.

Knows the session, the controller, the assistant panel and the notices; the work is that of the services.
"""

from collections.abc import Callable, Sequence
from time import time
from typing import Any

from PySide6.QtCore import QObject

from nbreview.errors import UserError
from nbreview.gui import views
from nbreview.gui.acts import Acts
from nbreview.gui.ask_area import Asked, AskScope, AskWish
from nbreview.gui.assistant_panel import AssistantPanel
from nbreview.gui.controller import ReviewController
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.language import spoken, tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.theme import Theme
from nbreview.history.model import RevisionKind
from nbreview.presentation.outline import is_flag
from nbreview.review.model import CellEdit, Finding, Suggestion, SuggestionState
from nbreview.services.assistant import Card
from nbreview.services.decided import ReviewHistory, bring_back, review_history
from nbreview.services.dismissing import dismiss, key_of, take_back
from nbreview.services.session import ReviewSession, Topic
from nbreview.services.wishes import (
    WHOLE,
    Scope,
    Wish,
    WishKind,
    wish_of_commit,
    wish_of_error,
    wish_of_finding,
)

MOST_COMMITS = 200
"""Commits that can be picked in the area where one asks; older ones are a matter for words."""
_LONGEST = 90


class CardActs(Acts):
    """A room of the window, see `gui.room`."""

    def __init__(
        self,
        session: ReviewSession,
        controller: ReviewController,
        assistant: AssistantPanel,
        canvas: DiffCanvas,
        notices: NoticeArea,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(session, controller.tasks, parent)
        self._controller, self._assistant, self._canvas = controller, assistant, canvas
        self._notices = notices
        self._history = ReviewHistory()
        self._read_again = False
        self.noticed.connect(notices.notify)
        assistant.hunk_accepted.connect(self.accept_hunk)
        assistant.hunk_rejected.connect(self.reject_hunk)
        assistant.all_accepted.connect(self.accept_all)
        assistant.all_rejected.connect(self.reject_all)
        assistant.remake.connect(self.remake)
        assistant.asked.connect(self.ask)
        assistant.ask_area.left.connect(canvas.setFocus)
        assistant.ask_area.set_answers(session.settings.candidates)
        assistant.undo_wanted.connect(controller.parts.undo)
        assistant.bring_back.connect(self.bring_back)
        assistant.activated.connect(self._go_to_decided)
        controller.grown.connect(assistant.grow_stream)
        controller.proposed.connect(lambda cards: assistant.show_new(cards[0].suggestion.id))
        controller.parts.undone.connect(lambda _undone: self._read_history())
        findings = assistant.findings
        findings.fix_wanted.connect(lambda number: self.fix(session.findings[int(number)]))
        findings.dismiss_wanted.connect(lambda number: self.dismiss(session.findings[int(number)]))
        findings.take_back_wanted.connect(lambda number: self._take_back(int(number.split()[-1])))

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        on = self._assistant.on_current
        return {
            "accept_hunk": lambda: on(lambda card: card.accept_hunk()),
            "reject_hunk": lambda: on(lambda card: card.reject_hunk()),
            "next_hunk": lambda: on(lambda card: card.step_hunk(1)),
            "previous_hunk": lambda: on(lambda card: card.step_hunk(-1)),
            "accept_all": lambda: on(lambda card: card.accept_all()),
            "reject_all": lambda: on(lambda card: card.reject_all()),
            "remake": lambda: on(lambda card: card.remake()),
            "next_card": lambda: self._assistant.step_card(1),
            "previous_card": lambda: self._assistant.step_card(-1),
            "show_decided": self._show_decided,
            "fix_finding": lambda: self._with_finding(self.fix),
            "dismiss_finding": lambda: self._with_finding(self.dismiss),
            "show_dismissed": self._show_dismissed,
        }

    def set_theme(self, theme: Theme) -> None:
        """The panel paints itself."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """Cards, findings or the history have changed."""
        if topics & {Topic.TARGET, Topic.CARDS}:
            self._read_history()
        if Topic.TARGET in topics:
            self._show_commits()
        if topics & {Topic.FINDINGS, Topic.COMPARISON}:
            flags = [(n, each) for n, each in enumerate(self.session.findings) if is_flag(each)]
            self._assistant.ask_area.set_findings([(str(n), _finding_line(each)) for n, each in flags])

    # Cards.

    def show_cards(self) -> None:
        """Show the queue as it is."""
        self._assistant.set_no_cards(*views.why_no_cards(self.session))
        self._assistant.set_cards(views.card_views(self.session, dict(self._history.hunks)))

    def accept_hunk(self, suggestion_id: str, hunk: int) -> None:
        """Write one hunk of a card into the notebook; the rest stays as the card at hand."""
        card = self._card(suggestion_id)
        if card is not None:
            work = self.session.accept_hunk_work
            self._divide(card, tr("Writing"), lambda c, r: work(card, hunk, c), written=True)

    def reject_hunk(self, suggestion_id: str, hunk: int, comment: str = "") -> None:
        """Keep that one hunk is not wanted; the rest stays as the card at hand."""
        card = self._card(suggestion_id)
        if card is not None:
            work = self.session.reject_hunk_work
            self._divide(card, tr("Keeping"), lambda c, r: work(card, hunk, comment, c), written=False)

    def accept_all(self, suggestion_ids: Sequence[str]) -> None:
        """Write the changes of several cards in one step, which one undo takes back."""
        cards = self._cards(suggestion_ids)
        if cards:
            work = self.session.accept_group_work
            self._settle(cards, tr("Writing"), lambda c, r: work(cards, c), written=True)

    def reject_all(self, suggestion_ids: Sequence[str], comment: str = "") -> None:
        """Put several cards aside."""
        cards = self._cards(suggestion_ids)
        if cards:
            work = self.session.reject_group_work
            self._settle(cards, tr("Keeping"), lambda c, r: work(cards, comment, c), written=False)

    def remake(self, suggestion_id: str) -> None:
        """Ask again for what is stale or failed, for the notebook as it is now; the new takes its place."""
        card = self._card(suggestion_id)
        if card is None:
            return
        suggestion = card.suggestion
        whole = suggestion.origin.settings.get("scope") == "notebook"
        if suggestion.edit is CellEdit.CHANGE and not whole:
            self._controller.remake(suggestion_id)
            return
        # Cells come and go only where the notebook was asked about: it is asked about again.
        old = [each for each in self.session.cards if each.suggestion.group == suggestion.group != ""]
        gone = [each.suggestion.id for each in old if each.state is not SuggestionState.PENDING]
        self._controller.propose_edits(
            WHOLE,
            Wish.of(suggestion.instruction),
            then=lambda _cards: self.reject_all(gone or [suggestion_id], "Stale: made again."),
        )

    def bring_back(self, suggestion_id: str) -> None:
        """Take a rejection back; its card waits again."""
        store = self.session.store

        def done(suggestion: Suggestion) -> None:
            self._controller.refresh()
            self.noticed.emit(
                "info", tr("The rejection is taken back; its card waits among the suggestions.")
            )

        slot = f"decide {suggestion_id}"
        self._run(slot, tr("Keeping"), lambda c, r: bring_back(store, suggestion_id), done, finish=True)

    def _divide(self, card: Card, title: str, work: Callable[..., Any], *, written: bool) -> None:
        def done(rest: Suggestion | None) -> None:
            self.session.adopt_hunk(card, rest)
            if written:
                self._controller.refresh()

        self._start(card.suggestion.id, title, work, done)

    def _settle(self, cards: Sequence[Card], title: str, work: Callable[..., Any], *, written: bool) -> None:
        def done(_decisions: object) -> None:
            self.session.adopt_group(cards)
            if written:
                self._controller.refresh()

        self._start(cards[0].suggestion.id, title, work, done)

    def _start(
        self, suggestion_id: str, title: str, work: Callable[..., Any], done: Callable[[Any], None]
    ) -> None:
        def failed(error: BaseException) -> None:
            self._failed(title, error)
            if isinstance(error, UserError) and self.session.comparison is not None:
                self._controller.refresh()  # another window has decided, or the cell has changed

        # The second press of two finds the slot taken, and does nothing.
        self.tasks.start(f"decide {suggestion_id}", title, work, done, failed, finish=True)

    def _card(self, suggestion_id: str) -> Card | None:
        try:
            return self.session.card(suggestion_id)
        except UserError as error:
            self.noticed.emit("warning", spoken(error.message))
            return None

    def _cards(self, suggestion_ids: Sequence[str]) -> tuple[Card, ...]:
        cards = [self._card(each) for each in suggestion_ids]
        return tuple(card for card in cards if card is not None) if all(cards) else ()

    # What was decided.

    def _read_history(self) -> None:
        """Read what was decided; what comes while it is read is read after."""
        opened, store = self.session.opened, self.session.store
        if opened is None:
            return
        if self.tasks.is_running("history"):
            self._read_again = True
            return
        notebook = str(opened.target.notebook)

        def done(history: ReviewHistory) -> None:
            again, self._read_again = self._read_again, False
            shown = self.session.opened
            if again or shown is None or str(shown.target.notebook) != notebook:
                self._read_history()
                return
            hunks, self._history = self._history.hunks, history
            self._assistant.decided.set_decided(views.decided_views(history, time()), history.count)
            if history.hunks != hunks:
                self.show_cards()

        def stopped() -> None:
            self._read_again = False

        self._run(
            "history",
            tr("Reading what was decided"),
            lambda c, r: review_history(store, notebook),
            done,
            stopped,
        )

    def _show_decided(self) -> None:
        self._assistant.show_suggestions()
        if self._history.decided:
            self._assistant.decided.show_open()
        else:
            self.noticed.emit("info", tr("Nothing is decided yet; accept or reject a card first."))

    def _go_to_decided(self, suggestion_id: str) -> None:
        """Show the cell of a decision, where it still is."""
        shown = self.session.comparison
        for each in self._history.decided:
            place = each.suggestion.place
            if each.suggestion.id == suggestion_id and shown is not None:
                index = min(place.cell_index, len(shown.head.notebook.cells) - 1)
                if index >= 0:
                    self._canvas.goto_head_cell(index)

    # Asking.

    def ask(self, asked: Asked) -> None:
        """Ask the model as the area for asking says."""
        shown = self.session.comparison
        if shown is None:
            self.noticed.emit("info", tr("No notebook is open; open one first."))
            return
        if asked.wish is AskWish.FINDING and asked.scope is AskScope.CELL:
            number = int(asked.key)
            if number < len(self.session.findings):
                self.fix(self.session.findings[number], asked.answers)
            return
        try:
            scope = self._scope_of(asked)
            if scope is None:
                return
            if asked.wish is AskWish.COMMIT:
                self._ask_commit(scope, asked)
                return
            wish = self._wish_of(asked, scope)
        except UserError as error:
            self.noticed.emit("info", spoken(error.message))
            return
        self._controller.propose_edits(scope, wish, asked.answers)

    def _ask_commit(self, scope: Scope, asked: Asked) -> None:
        """The whole message of a commit is git's to tell."""
        target = self.session.target()
        self._run(
            "wish",
            tr("Reading the commit"),
            lambda c, r: wish_of_commit(target, asked.key),
            lambda wish: self._controller.propose_edits(scope, wish, asked.answers),
        )

    def _scope_of(self, asked: Asked) -> Scope | None:
        notebook = self.session.shown().head.notebook
        if asked.scope is AskScope.NOTEBOOK:
            return WHOLE
        if asked.scope is AskScope.CELLS:
            return Scope.of(*cells_named(asked.cells, len(notebook.cells)))
        index = self.session.cell_index
        if index is None or index >= len(notebook.cells):
            self.noticed.emit("info", tr("Choose a cell of the head first: click it, or press n."))
            return None
        return Scope.of(index)

    def _wish_of(self, asked: Asked, scope: Scope) -> Wish:
        head = self.session.shown().head.notebook
        if asked.wish is AskWish.ERROR:
            return wish_of_error(head, scope.cells)
        if asked.wish is AskWish.FINDING:
            number = int(asked.key)
            if number >= len(self.session.findings):
                raise UserError("This finding is gone; choose another one.")
            return wish_of_finding(head, self.session.findings[number])
        if asked.wish is AskWish.WORDS:
            return Wish.of(asked.text, reads=asked.reads)
        return Wish(WishKind.IMPROVE)

    def _show_commits(self) -> None:
        opened = self.session.opened
        revisions = opened.revisions if opened is not None else ()
        commits = [each for each in revisions if each.kind is RevisionKind.COMMIT][:MOST_COMMITS]
        lines = [(each.commit, _short(f"{each.commit[:7]} {each.summary}")) for each in commits]
        self._assistant.ask_area.set_commits(lines)

    # Findings.

    def fix(self, finding: Finding, answers: int | None = None) -> None:
        """Ask the model to mend what a finding says."""
        self._controller.fix(finding, answers)

    def dismiss(self, finding: Finding) -> None:
        """Hear no more of a finding; it can be shown again."""
        shown, store = self.session.comparison, self.session.store
        if shown is None:
            return

        def done(finding_id: str) -> None:
            self.session.adopt_dismissal(finding_id, True)
            words = tr("Dismissed: {message}").format(message=_short(spoken(finding.message)))
            self._notices.notify("info", words, tr("Show it again"), lambda: self._restore(finding_id))

        slot = f"dismiss {key_of(str(shown.target.notebook), finding)}"
        self._run(slot, tr("Keeping"), lambda c, r: dismiss(store, shown, finding), done, finish=True)

    def _take_back(self, number: int) -> None:
        shown = self.session.comparison
        if shown is not None and number < len(self.session.dismissed):
            self._restore(key_of(str(shown.target.notebook), self.session.dismissed[number]))

    def _restore(self, finding_id: str) -> None:
        store = self.session.store
        self._run(
            f"dismiss {finding_id}",
            tr("Keeping"),
            lambda c, r: take_back(store, finding_id),
            lambda _done: self.session.adopt_dismissal(finding_id, False),
            finish=True,
        )

    def _show_dismissed(self) -> None:
        if not self.session.dismissed:
            self.noticed.emit("info", tr("Nothing is dismissed; Delete dismisses a finding of the list."))
            return
        self._assistant.show_findings()
        self._assistant.findings.show_dismissed()

    def _with_finding(self, act: Callable[[Finding], None]) -> None:
        """Do something with the finding that is marked in the list, else with the current cell's."""
        found, marked = self.session.findings, self._assistant.findings.current()
        in_list = self._assistant.findings.list.hasFocus()
        if in_list and marked.isdecimal() and int(marked) < len(found):
            act(found[int(marked)])
            return
        here = views.findings_by_cell([each for each in found if is_flag(each)])
        index = self.session.cell_index
        if index is not None and here.get(index):
            act(here[index][0])
        else:
            self.noticed.emit("info", tr("This cell has no finding; F8 goes to the next one that has."))


def cells_named(text: str, count: int) -> tuple[int, ...]:
    """Cell indexes from numbers as people write them: "3-5, 8".

    Raises
    ------
    UserError
        It names no cell, or one that is not there.
    """
    found: list[int] = []
    for part in text.replace("–", "-").replace(";", ",").split(","):
        first, _, last = (piece.strip() for piece in part.partition("-"))
        if not first and not last:
            continue
        if not first.isdecimal() or (last and not last.isdecimal()):
            raise UserError(f"“{part.strip()}” is no cell; write numbers such as 3-5, 8.")
        found += range(int(first) - 1, int(last or first))
    if not found:
        raise UserError("No cell is chosen; write their numbers, such as 3-5, 8.")
    wrong = [index for index in found if not 0 <= index < count]
    if wrong:
        raise UserError(f"There is no cell {wrong[0] + 1}; the notebook has {count}.")
    return tuple(sorted(set(found)))


def _finding_line(finding: Finding) -> str:
    return _short(
        tr("Cell {number}: {message}").format(number=finding.cell_index + 1, message=spoken(finding.message))
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
