"""ReviewSession: the one owner of a review's state.

Views and commands call it, it announces what changed, and views decide whether that concerns them. Its
methods come in two kinds. Those under *work* may run on any worker thread, are given what they are about and
change nothing but the store and, where a person asks for it, the notebook or git's index. Those under *state*
run on the owner's thread alone, take what the work brought, and announce it. Knows nothing of Qt.
"""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.diff.model import ChangeKind
from nbreview.errors import UserError
from nbreview.history.model import Revision
from nbreview.llm.model import Engine, Event, LoadOptions, ModelInfo
from nbreview.review.model import Decision, Finding
from nbreview.services import assistant, decisions, opening
from nbreview.services.assistant import Card, Checked
from nbreview.services.opening import Comparison, Opened, Side, Target
from nbreview.services.options import diff_options, fingerprint
from nbreview.services.undoing import CellAct, UndoList
from nbreview.settings import Settings
from nbreview.store.database import Store

NOT_THE_FILE = (
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
    ENGINE = "engine"


class ReviewSession:
    """State of one review: the notebook, its revisions, the comparison shown, findings and cards.

    Parameters
    ----------
    store:
        Where decisions are kept; it must outlive the session.
    engine:
        The model's engine; it may have nothing loaded.
    """

    def __init__(self, store: Store, settings: Settings, engine: Engine) -> None:
        self.store = store
        self.settings = settings
        self.engine = engine
        self.opened: Opened | None = None
        self.comparison: Comparison | None = None
        self.findings: tuple[Finding, ...] = ()
        self.cards: tuple[Card, ...] = ()
        self.viewed: frozenset[int] = frozenset()
        self.cell_index: int | None = None
        self.speed = 0.0
        # Two acceptances that read and write one file at the same time would lose one of them.
        self._writing = threading.Lock()
        self._undo_list = UndoList(store)
        # Two checks at the same time would both make a suggestion of the same fix.
        self._checking = threading.Lock()
        self._known: tuple[Finding, ...] = ()
        self._assessed: dict[tuple[tuple[str, str, str], str, int], Finding] = {}
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

    # Work: any thread, no state changed. What it is about is given: a person may have opened
    # another notebook by the time that a thread is free.

    def open_work(self, path: Path, cancel: CancelToken | None = None) -> Opened:
        """Open a notebook; settles first what an interrupted program left between the store and the file."""
        target = opening.find_target(path)
        self._settle(target.notebook)
        opened = opening.open_notebook(target.notebook, self.settings, cancel)
        self._remember(target.notebook)
        return opened

    def open_pair_work(self, base: Path, head: Path, cancel: CancelToken | None = None) -> Opened:
        """Open two files to compare."""
        target = opening.find_target(head)
        self._settle(target.notebook)
        opened = opening.open_pair(base, target.notebook, self.settings, cancel)
        self._remember(opened.target.notebook)
        return opened

    def compare_work(
        self, target: Target, base: Revision | None, head: Revision | None, cancel: CancelToken | None = None
    ) -> Comparison:
        """Read and compare two revisions of a notebook."""
        return opening.compare(target, base, head, self.settings, cancel)

    def alone_work(self, target: Target, revision: Revision, cancel: CancelToken | None = None) -> Comparison:
        """Compare one revision of a notebook with its parent."""
        return opening.compare(target, opening.parent_of(target, revision), revision, self.settings, cancel)

    def badge_work(
        self, revision: Revision, cancel: CancelToken | None = None, target: Target | None = None
    ) -> dict[ChangeKind, int]:
        """Count the cells that a revision changed, of the opened notebook where no `target` is given; what
        two blobs differ in is counted once and kept.
        """
        target = target or self.target()
        pair = (revision.parent_blob, revision.blob)
        depends_on = fingerprint(diff_options(self.settings))
        known = self.store.badge(*pair, depends_on) if all(pair) else None
        if known is not None:
            return {kind: known.get(kind.value, 0) for kind in ChangeKind}
        counts = opening.count_cells(target, revision, self.settings, cancel)
        if all(pair):
            with contextlib.suppress(UserError):  # counted again the next time
                self.store.put_badges(
                    [(*pair, {kind.value: count for kind, count in counts.items()})], depends_on
                )
        return counts

    def check_work(self, comparison: Comparison, cancel: CancelToken | None = None) -> Checked:
        """Run the checks that need no model, and bring back the cards that wait."""
        with self._checking:
            return assistant.check(comparison, self.store, cancel)

    def load_work(
        self, options: LoadOptions, on_event: Callable[[Event], None], cancel: CancelToken
    ) -> ModelInfo:
        """Load and prove a model."""
        return self.engine.load(options, on_event, cancel)

    def propose_work(
        self,
        comparison: Comparison,
        cell_index: int,
        instruction: str,
        on_event: Callable[[Event], None],
        cancel: CancelToken,
    ) -> Card:
        """Ask the model for an edit of one cell of the head, which `editable` gave."""
        return assistant.propose(
            self.engine, self.store, comparison, cell_index, instruction, self.settings, on_event, cancel
        )

    def assess_work(
        self,
        comparison: Comparison,
        cell_index: int,
        on_event: Callable[[Event], None],
        cancel: CancelToken,
    ) -> Finding:
        """Ask the model whether one cell of the head will crash."""
        return assistant.assess(self.engine, comparison, cell_index, self.settings, on_event, cancel)

    def accept_work(
        self, card: Card, edited: str | None = None, cancel: CancelToken | None = None
    ) -> Decision:
        """Write a card's change to the notebook and keep the decision. Stopped, it has done nothing yet."""
        with self._writing:
            if cancel is not None:
                cancel.check()
            decision = decisions.accept(self.store, card.suggestion, edited)
            self._undo_list.accepted(Path(card.suggestion.place.notebook), decision)
            return decision

    def reject_work(self, card: Card, comment: str = "", cancel: CancelToken | None = None) -> Decision:
        """Keep a rejection. Stopped, it has done nothing yet."""
        with self._writing:
            if cancel is not None:
                cancel.check()
            return decisions.reject(self.store, card.suggestion, comment)

    def stage_work(self, shown: Comparison, change: int, cancel: CancelToken | None = None) -> CellAct:
        """Put one cell of the working tree, by its place in the diff shown, into the index."""
        with self._writing:
            return self._undo_list.stage(shown, change, cancel)

    def unstage_work(self, shown: Comparison, change: int, cancel: CancelToken | None = None) -> CellAct:
        """Take one cell out of the index."""
        with self._writing:
            return self._undo_list.unstage(shown, change, cancel)

    def revert_work(self, shown: Comparison, change: int, cancel: CancelToken | None = None) -> CellAct:
        """Give one cell of the file back to the base that is shown."""
        with self._writing:
            return self._undo_list.revert(shown, change, cancel)

    def undo_work(
        self, target: Target, cancel: CancelToken | None = None, act: CellAct | None = None
    ) -> CellAct | decisions.Undone:
        """Take back one act, else the newest act or acceptance in a notebook. Stopped, it has done nothing
        yet.
        """
        with self._writing:
            if cancel is not None:
                cancel.check()
            return self._undo_list.undo(target, act)

    def refresh_work(self, shown: Comparison, cancel: CancelToken | None = None) -> Checked:
        """Read both sides of a comparison again, after the file was written, and check the head anew."""
        again = self.compare_work(shown.target, shown.base.revision, shown.head.revision, cancel)
        return self.check_work(again, cancel)

    def reread_work(
        self, opened: Opened, shown: Comparison, cancel: CancelToken | None = None
    ) -> tuple[Opened, Checked]:
        """Read what is not committed, and the comparison shown, after the index was written; check the head
        anew.
        """
        again = opening.reread(opened, shown, self.settings, cancel)
        return again, self.check_work(again.comparison, cancel)

    def _settle(self, notebook: Path) -> None:
        if notebook.is_file():
            with self._writing:
                decisions.reconcile(self.store, notebook)

    def _remember(self, notebook: Path) -> None:
        # A full disk is no reason not to look at a notebook; a decision says so when it cannot be kept.
        with contextlib.suppress(UserError):
            self.store.touch_recent(str(notebook))

    # State: the owner's thread only.

    def adopt_opened(self, opened: Opened) -> None:
        """Review another notebook."""
        if self.opened is None or self.opened.target.notebook != opened.target.notebook:
            self._assessed.clear()
        self.opened = opened
        self._adopt(opened.comparison, Topic.TARGET)

    def adopt_comparison(self, comparison: Comparison) -> None:
        """Show another comparison; findings and cards belong to the old one and go."""
        self._adopt(comparison)

    def _adopt(self, comparison: Comparison, *more: Topic) -> None:
        self.comparison = comparison
        self._known = ()
        self.findings = ()
        self.cards = ()
        self.viewed = frozenset()
        self.cell_index = None
        self._announce(*more, Topic.COMPARISON, Topic.FINDINGS, Topic.CARDS, Topic.CELL)

    def adopt_refreshed(self, checked: Checked) -> bool:
        """Show the same two revisions as they are now; the chosen cell and the ticks of what is as it was
        stay. Whether it was shown: not when another notebook or comparison was chosen meanwhile.
        """
        before, after = self.comparison, checked.comparison
        if before is None or _sides(before) != _sides(after):
            return False
        same = _unchanged(before, after)
        self.viewed = frozenset(index for index in self.viewed if index in same)
        self.comparison = after
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
        if before is None or _sides(before) != _sides(shown):
            self.opened = replace(self.opened, revisions=again.revisions)
            self._announce(*history)
            return False
        self.opened = again
        if _side(before.head) != _side(after.head):  # nothing is staged any more, for instance
            self._adopt(after, *history)
            return self.adopt_checked(checked)
        same = _unchanged(before, after)
        self.viewed = frozenset(index for index in self.viewed if index in same)
        self.comparison = after
        self._take_checked(checked, *history, Topic.COMPARISON)
        return True

    def adopt_checked(self, checked: Checked) -> bool:
        """Take the findings and cards of the comparison shown; those of another one are passed over."""
        if checked.comparison is not self.comparison:
            return False
        self._take_checked(checked)
        return True

    def _take_checked(self, checked: Checked, *more: Topic) -> None:
        self.cards = checked.cards
        self._known = checked.findings
        self.findings = (*self._known, *self._still_true())
        self._announce(*more, Topic.FINDINGS, Topic.CARDS)

    def adopt_card(self, card: Card) -> bool:
        """Put a new card first in the queue, as it stands against the notebook now.

        Whether it was: a card for a notebook that is not shown, or not with its file as head, waits in the
        store.
        """
        shown = self.comparison
        place = card.suggestion.place
        if shown is None or not shown.writable or place.notebook != str(shown.target.notebook):
            return False
        card = assistant.make_card(shown.head.notebook, card.suggestion)
        self.cards = (card, *(other for other in self.cards if other.suggestion.id != card.suggestion.id))
        self._announce(Topic.CARDS)
        return True

    def adopt_finding(self, comparison: Comparison, finding: Finding) -> bool:
        """Take a model's verdict on a cell of a comparison's head; it takes the place of an earlier one.

        Whether it is shown: not when its cell is not in view as it was asked about.
        """
        if self.opened is None or comparison.target.notebook != self.opened.target.notebook:
            return False
        self._assessed[(_side(comparison.head), finding.source_digest, finding.cell_index)] = finding
        self.findings = (*self._known, *self._still_true())
        self._announce(Topic.FINDINGS)
        return any(item is finding for item in self.findings)

    def adopt_decision(self, card: Card) -> None:
        """Let a decided card leave the queue. Its decision is in the store already."""
        self.cards = tuple(other for other in self.cards if other.suggestion.id != card.suggestion.id)
        self._announce(Topic.CARDS)

    def adopt_settings(self, settings: Settings) -> None:
        """Use other settings from now on."""
        self.settings = settings

    def adopt_model(self, info: ModelInfo) -> None:
        """A model has been loaded; remember it for the next start."""
        self.settings = replace(self.settings, model_path=str(info.path))
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
        """Tick a change as viewed, or take the tick away."""
        self.viewed = self.viewed ^ {change_index}
        self._announce(Topic.VIEWED)

    def card(self, suggestion_id: str) -> Card:
        """The card of a suggestion in the queue.

        Raises
        ------
        UserError
            It is there no longer (decided already, in another window perhaps).
        """
        for card in self.cards:
            if card.suggestion.id == suggestion_id:
                return card
        raise UserError("This suggestion has already been decided on; choose another card.")

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
            raise UserError("No notebook is open; open one first.")
        return self.comparison

    def target(self) -> Target:
        """The opened notebook. UserError when there is none."""
        if self.opened is None:
            raise UserError("No notebook is open; open one first.")
        return self.opened.target

    def _still_true(self) -> list[Finding]:
        """Verdicts of the model on this head whose cell still holds the source they were given for."""
        if self.comparison is None:
            return []
        cells, side = self.comparison.head.notebook.cells, _side(self.comparison.head)
        return [
            finding
            for (asked, digest, index), finding in self._assessed.items()
            if asked == side and index < len(cells) and cells[index].digest == digest
        ]


def _side(side: Side) -> tuple[str, str, str]:
    """What a side is, however its revision was found."""
    revision = side.revision
    if revision is None:
        return ("", "", "")
    return (f"{revision.kind.value} {revision.stage}", revision.commit, revision.path)


def _sides(comparison: Comparison) -> tuple[object, ...]:
    return comparison.target.notebook, _side(comparison.base), _side(comparison.head)


def _unchanged(before: Comparison, after: Comparison) -> frozenset[int]:
    """Indices of changes that are what they were."""

    def texts(comparison: Comparison) -> list[tuple[object, ...]]:
        base, head = comparison.base.notebook.cells, comparison.head.notebook.cells
        return [
            (
                change.kind,
                base[change.base_index].source if change.base_index is not None else None,
                head[change.head_index].source if change.head_index is not None else None,
            )
            for change in comparison.diff.cells
        ]

    pairs = zip(texts(before), texts(after), strict=False)
    return frozenset(index for index, (old, new) in enumerate(pairs) if old == new)
