"""ReviewSession: the one owner of a review's state.

Views and commands call it, it announces what changed, and views decide whether that concerns them. The calls
for worker threads are those of `review_work`; those here run on the owner's thread alone, take what the work
brought, and announce it. Knows nothing of Qt.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from nbreview.errors import UserError
from nbreview.llm.model import Engine, ModelInfo
from nbreview.review.changes import FindingChanges
from nbreview.review.model import Finding, Rung, Suggestion, Verdict
from nbreview.review.threads import Thread
from nbreview.services import assistant
from nbreview.services.assistant import Card, Checked
from nbreview.services.dismissing import key_of
from nbreview.services.kernel_review import KernelReview, Variables
from nbreview.services.opening import Comparison, Opened
from nbreview.services.remembering import remember_snapshot
from nbreview.services.review_work import ReviewWork
from nbreview.services.sides import side_of, sides_of, unchanged
from nbreview.services.verdicts import Judged, Verdicts
from nbreview.settings import Settings
from nbreview.store.database import Store
from nbreview.words import said

NOT_THE_FILE = said(
    "Suggestions are made for the file itself, and another revision is shown as head; choose the working "
    "tree in the history."
)


class Topic(StrEnum):
    """What a session announces has changed."""

    TARGET = "target"
    COMPARISON = "comparison"
    FINDINGS = "findings"
    CARDS = "cards"
    CELL = "cell"
    VIEWED = "viewed"
    COMMENTS = "comments"
    ENGINE = "engine"
    KERNEL = "kernel"
    VARIABLES = "variables"


class ReviewSession(ReviewWork):
    """State of one review: the notebook, its revisions, the comparison shown, findings and cards.

    Parameters
    ----------
    store:
        Where decisions are kept; it must outlive the session.
    engine:
        The model's engine; it may have nothing loaded.
    """

    def __init__(self, store: Store, settings: Settings, engine: Engine) -> None:
        super().__init__(store, settings, engine)
        self.comparison: Comparison | None = None
        self.findings: tuple[Finding, ...] = ()
        self.dismissed: tuple[Finding, ...] = ()
        """What is found and was dismissed; it is in no list but that of the dismissed."""
        self.changes: FindingChanges | None = None
        """Which of the rules' findings are new in the head, and which are gone; None while not known."""
        self.variables: Variables | None = None
        self.cards: tuple[Card, ...] = ()
        self.viewed: frozenset[int] = frozenset()
        self.threads: tuple[Thread, ...] = ()
        self.cell_index: int | None = None
        self.speed = 0.0
        self._known: tuple[Finding, ...] = ()
        self._dismissals: frozenset[str] = frozenset()
        self._verdicts = Verdicts()
        self._listeners: list[Callable[[frozenset[Topic]], None]] = []

    def subscribe(self, listener: Callable[[frozenset[Topic]], None]) -> Callable[[], None]:
        """Call `listener` with the topics that have changed, those of one change at once; the returned
        callable ends that.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _announce(self, *topics: Topic) -> None:
        for listener in tuple(self._listeners):
            listener(frozenset(topics))

    def adopt_opened(self, opened: Opened) -> None:
        """Review another notebook."""
        if self.kernel is None or self.kernel.notebook != opened.target.notebook:
            self._verdicts.clear()
            if self.kernel is not None:
                self._left.append(self.kernel)
            name = str(opened.target.notebook)
            self.kernel = KernelReview(
                opened.target.notebook,
                lambda kernel, snapshot: remember_snapshot(self.store, name, kernel, snapshot),
            )
            self.variables = None
        self.opened = opened
        self._adopt(opened.comparison, Topic.TARGET, Topic.KERNEL, Topic.VARIABLES)

    def adopt_comparison(self, comparison: Comparison) -> None:
        """Show another comparison; findings and cards belong to the old one and go."""
        self._adopt(comparison)

    def _adopt(self, comparison: Comparison, *more: Topic) -> None:
        self.comparison = comparison
        self._known = ()
        self.findings = ()
        self.dismissed = ()
        self.changes = None
        self.cards = ()
        self.viewed = self._ticks.of(comparison)
        self.threads = ()
        self.cell_index = None
        self._announce(*more, Topic.COMPARISON, Topic.FINDINGS, Topic.CARDS, Topic.CELL, Topic.COMMENTS)

    def adopt_refreshed(self, checked: Checked) -> bool:
        """Show the same two revisions as they are now; the chosen cell and the ticks of what is as it was
        stay. Whether it was shown: not when another notebook or comparison was chosen meanwhile.
        """
        before, after = self.comparison, checked.comparison
        if before is None or sides_of(before) != sides_of(after):
            return False
        self._show_again(before, after)
        self._take_checked(checked, Topic.COMPARISON)
        return True

    def adopt_reread(self, again: Opened, checked: Checked, shown: Comparison) -> bool:
        """Take the history, and the comparison that took the place of `shown`, after the index was written.

        Whether the comparison was shown: not when another one was chosen meanwhile.
        """
        if self.opened is None or self.opened.target.notebook != again.target.notebook:
            return False
        before, after = self.comparison, checked.comparison
        history = (Topic.TARGET,) if again.revisions != self.opened.revisions else ()
        if before is None or sides_of(before) != sides_of(shown):
            self.opened = replace(self.opened, revisions=again.revisions)
            self._announce(*history)
            return False
        self.opened = again
        if side_of(before.head) != side_of(after.head):  # nothing is staged any more, for instance
            self._adopt(after, *history)
            return self.adopt_checked(checked)
        self._show_again(before, after)
        self._take_checked(checked, *history, Topic.COMPARISON)
        return True

    def _show_again(self, before: Comparison, after: Comparison) -> None:
        """Show the same two sides as they are now; ticks of what is as it was stay, and are kept."""
        same = unchanged(before, after)
        self.viewed = self._ticks.of(after) | {index for index in self.viewed if index in same}
        self._ticks.put(after, self.viewed)
        self.comparison = after

    def adopt_checked(self, checked: Checked) -> bool:
        """Take the findings and cards of the comparison shown; those of another one are passed over."""
        if checked.comparison is not self.comparison:
            return False
        self._take_checked(checked)
        return True

    def _take_checked(self, checked: Checked, *more: Topic) -> None:
        self.cards = checked.cards
        self._known = checked.findings
        self._dismissals = checked.dismissed
        self.changes = checked.changes or self.changes
        self._announce_findings(*more, Topic.CARDS)

    def adopt_threads(self, comparison: Comparison, threads: tuple[Thread, ...]) -> bool:
        """Take the comments on the comparison shown; those of another one are passed over."""
        if comparison is not self.comparison:
            return False
        before, self.threads = self.threads, threads
        if before or threads:  # most notebooks have none, and whoever shows comments draws again for each
            self._announce(Topic.COMMENTS)
        return True

    def adopt_card(self, card: Card) -> bool:
        """Put a new card first in the queue, as it stands against the notebook now.

        Whether it was: a card for a notebook that is not shown, or not with its file as head, waits in the
        store.
        """
        shown = self.comparison
        place = card.suggestion.place
        if shown is None or not shown.writable or place.notebook != str(shown.target.notebook):
            return False
        card = assistant.make_card(shown.head.notebook, *card.choices, mends=card.mends)
        self.cards = (card, *self._cards_without(card))
        self._announce(Topic.CARDS)
        return True

    def adopt_finding(self, comparison: Comparison, finding: Finding) -> bool:
        """Take a verdict on a cell of a comparison's head; it takes the place of an earlier one.

        Whether it is shown: not when its cell is not in view as it was asked about.
        """
        if not self.adopt_judged(comparison, (Judged(finding),)):
            return False
        return any(item is finding or item == finding for item in self.findings)

    def adopt_judged(self, comparison: Comparison, judged: Sequence[Judged]) -> bool:
        """Take verdicts on cells of a comparison's head; whether its notebook is still the one under review.

        Of a run for real, only failures are news, and what overtakes an earlier verdict.
        """
        if self.opened is None or comparison.target.notebook != self.opened.target.notebook:
            return False
        side = side_of(comparison.head)
        flagged = {finding.cell_index for finding in self._known}
        told = [
            one
            for one in judged
            if one.finding.rung is not Rung.RUN
            or one.finding.verdict is Verdict.CRASH
            or one.finding.cell_index in flagged
            or self._verdicts.has(side, one.finding.cell_index)
        ]
        self._verdicts.take(side, told)
        self._announce_findings()
        return True

    def adopt_variables(self, review: KernelReview, variables: Variables | None) -> None:
        """Take what lives in the kernel; None: nobody knows any more."""
        if review is self.kernel:
            self.variables = variables
            self._announce(Topic.VARIABLES)

    def adopt_kernel(self) -> None:
        """The kernel has come, gone, or run something: verdicts on a state may be stale now."""
        kernel = self.kernel
        if kernel is not None and kernel.desk.session is None and self.variables is not None:
            self.variables = None
        self._announce_findings(Topic.KERNEL, Topic.VARIABLES)

    def _announce_findings(self, *more: Topic) -> None:
        before = self.findings
        shown, kernel = self.comparison, self.kernel
        judged: tuple[Finding, ...] = ()
        if shown is not None:
            state = kernel.state if kernel is not None else ""
            judged = self._verdicts.shown(side_of(shown.head), shown.head.notebook, state)
        found, gone = (*self._known, *judged), self.dismissed
        self.dismissed = self._dismissed_of(found)
        self.findings = tuple(each for each in found if each not in self.dismissed)
        changed = self.findings != before or self.dismissed != gone
        topics = (Topic.FINDINGS,) if changed or Topic.CARDS in more else ()
        self._announce(*more, *topics)

    def _dismissed_of(self, found: Sequence[Finding]) -> tuple[Finding, ...]:
        if self.comparison is None or not self._dismissals:
            return ()
        notebook = str(self.comparison.target.notebook)
        return tuple(each for each in found if key_of(notebook, each) in self._dismissals)

    def adopt_dismissal(self, finding_id: str, dismissed: bool) -> None:
        """Let a finding leave the lists, or come back. It is in the store already."""
        changed = self._dismissals | {finding_id} if dismissed else self._dismissals - {finding_id}
        self._dismissals = changed
        self._announce_findings()

    def adopt_decision(self, card: Card) -> None:
        """Let a decided card leave the queue. Its decision is in the store already."""
        self.adopt_group((card,))

    def adopt_group(self, cards: Sequence[Card]) -> None:
        """Let cards that were decided on together leave the queue at once."""
        for card in cards:
            self.cards = self._cards_without(card)
        self._announce(Topic.CARDS)

    def adopt_hunk(self, card: Card, rest: Suggestion | None) -> None:
        """Put what is left of a card, one hunk of which was decided on, in its place in the queue."""
        if rest is None or self.comparison is None:
            self.adopt_decision(card)
            return
        # It is for the cell as the file has it now, which is read again in a moment.
        left = replace(assistant.make_card(self.comparison.head.notebook, rest), cell_index=card.cell_index)
        own = {choice.id for choice in card.choices}
        self.cards = tuple(left if other.suggestion.id in own else other for other in self.cards)
        self._announce(Topic.CARDS)

    def adopt_settings(self, settings: Settings) -> None:
        """Use other settings from now on."""
        self.settings = settings

    def adopt_model(self, info: ModelInfo) -> None:
        """A model has been loaded; remember it for the next start; a server is by who connected."""
        if not info.remote:
            self.settings = replace(self.settings, model_path=str(info.path), endpoint="", endpoint_model="")
        self._announce(Topic.ENGINE)

    def adopt_speed(self, tokens_per_second: float) -> None:
        """The speed of the last answer."""
        if tokens_per_second > 0:
            self.speed = tokens_per_second
        self._announce(Topic.ENGINE)

    def choose_cell(self, head_index: int | None) -> None:
        """Make a cell of the head the one that questions are about."""
        if head_index != self.cell_index:
            self.cell_index = head_index
            self._announce(Topic.CELL)

    def toggle_viewed(self, change_index: int) -> None:
        """Tick a change as viewed, or take the tick away; it is so when the same is compared again."""
        self.viewed = self.viewed ^ {change_index}
        if self.comparison is not None:
            self._ticks.put(self.comparison, self.viewed)
        self._announce(Topic.VIEWED)

    def card(self, suggestion_id: str) -> Card:
        """The card of a suggestion in the queue, with this one chosen where there are several.

        Raises
        ------
        UserError
            It is there no longer (decided already, in another window perhaps).
        """
        for card in self.cards:
            for choice in card.choices:
                if choice.id == suggestion_id and choice is card.suggestion:
                    return card
                if choice.id == suggestion_id:
                    others = (other for other in card.choices if other is not choice)
                    head = self.shown().head.notebook
                    return assistant.make_card(head, choice, *others, mends=card.mends)
        raise UserError(said("This suggestion has already been decided on; choose another card."))

    def _cards_without(self, card: Card) -> tuple[Card, ...]:
        """The queue without a card, however its choices stand."""
        gone = {choice.id for choice in card.choices}
        return tuple(other for other in self.cards if gone.isdisjoint(each.id for each in other.choices))

    def editable(self) -> Comparison:
        """The comparison shown, for which an edit may be proposed.

        Raises
        ------
        UserError
            Its head is not the file itself, or is of a format that is only read.
        """
        comparison = self.shown()
        if comparison.head.notebook.read_only:
            raise UserError(comparison.head.notebook.read_only)
        if not comparison.writable:
            raise UserError(NOT_THE_FILE)
        return comparison

    def shown(self) -> Comparison:
        """The comparison shown. UserError when there is none."""
        if self.comparison is None:
            raise UserError(said("No notebook is open; open one first."))
        return self.comparison

    def close(self) -> None:
        """End all that runs for any notebook. May be called twice."""
        self.end_left_work()
        self._ticks.close()
        self.knowledge.close()
        if self.kernel is not None:
            self.kernel.close()
