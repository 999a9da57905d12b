"""ReviewSession: the one owner of a review's state.

Views and commands call it, it announces what changed, and views decide whether that concerns them. Its
methods come in two kinds. Those under *work* may run on any worker thread, read what they are given and
change nothing but the store. Those under *state* run on the owner's thread alone, take what the work brought,
and announce it. Knows nothing of Qt.
"""

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
from nbreview.services.opening import Comparison, Opened, Target
from nbreview.settings import Settings
from nbreview.store.database import Store


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
        self._assessed: dict[tuple[str, int], Finding] = {}
        self._listeners: list[Callable[[Topic], None]] = []

    def subscribe(self, listener: Callable[[Topic], None]) -> Callable[[], None]:
        """Call `listener` with each topic that changes; the returned callable ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _announce(self, *topics: Topic) -> None:
        for topic in topics:
            for listener in tuple(self._listeners):
                listener(topic)

    # Work: any thread, no state changed.

    def open_work(self, path: Path, cancel: CancelToken | None = None) -> Opened:
        """Open a notebook; settles first what an interrupted program left between the store and the file."""
        target = opening.find_target(path)
        if target.notebook.is_file():
            decisions.reconcile(self.store, target.notebook)
        opened = opening.open_notebook(target.notebook, self.settings, cancel)
        self.store.touch_recent(str(target.notebook))
        return opened

    def open_pair_work(self, base: Path, head: Path, cancel: CancelToken | None = None) -> Opened:
        """Open two files to compare."""
        return opening.open_pair(base, head, self.settings, cancel)

    def compare_in(
        self, target: Target, base: Revision | None, head: Revision | None, cancel: CancelToken | None = None
    ) -> Comparison:
        """Read and compare two revisions of a notebook that need not be the opened one yet."""
        return opening.compare(target, base, head, self.settings, cancel)

    def compare_work(
        self, base: Revision | None, head: Revision | None, cancel: CancelToken | None = None
    ) -> Comparison:
        """Read and compare two revisions of the opened notebook."""
        return self.compare_in(self._target(), base, head, cancel)

    def alone_work(self, revision: Revision, cancel: CancelToken | None = None) -> Comparison:
        """Compare one revision with its parent."""
        target = self._target()
        return opening.compare(target, opening.parent_of(target, revision), revision, self.settings, cancel)

    def badge_work(self, revision: Revision, cancel: CancelToken | None = None) -> dict[ChangeKind, int]:
        """Count the cells that a revision changed; what two blobs differ in is counted once and kept."""
        pair = (revision.parent_blob, revision.blob)
        depends_on = f"similarity {self.settings.similarity:g}"
        known = self.store.badge(*pair, depends_on) if all(pair) else None
        if known is not None:
            return {kind: known.get(kind.value, 0) for kind in ChangeKind}
        counts = opening.count_cells(self._target(), revision, self.settings, cancel)
        if all(pair):
            self.store.put_badges(
                [(*pair, {kind.value: count for kind, count in counts.items()})], depends_on
            )
        return counts

    def check_work(self, comparison: Comparison, cancel: CancelToken | None = None) -> Checked:
        """Run the checks that need no model, and bring back the cards that wait."""
        return assistant.check(comparison, self.store, cancel)

    def load_work(
        self, options: LoadOptions, on_event: Callable[[Event], None], cancel: CancelToken
    ) -> ModelInfo:
        """Load and prove a model."""
        return self.engine.load(options, on_event, cancel)

    def propose_work(
        self, cell_index: int, instruction: str, on_event: Callable[[Event], None], cancel: CancelToken
    ) -> Card:
        """Ask the model for an edit of one cell of the head."""
        return assistant.propose(
            self.engine,
            self.store,
            self._writable(),
            cell_index,
            instruction,
            self.settings,
            on_event,
            cancel,
        )

    def assess_work(self, cell_index: int, on_event: Callable[[Event], None], cancel: CancelToken) -> Finding:
        """Ask the model whether one cell of the head will crash."""
        comparison = self._shown()
        return assistant.assess(self.engine, comparison, cell_index, self.settings, on_event, cancel)

    def accept_work(self, card: Card, edited: str | None = None) -> Decision:
        """Write a card's change to the notebook and keep the decision."""
        with self._writing:
            return decisions.accept(self.store, card.suggestion, edited)

    def reject_work(self, card: Card, comment: str = "") -> Decision:
        """Keep a rejection."""
        return decisions.reject(self.store, card.suggestion, comment)

    def undo_work(self) -> decisions.Undone:
        """Take back the newest acceptance in the opened notebook."""
        with self._writing:
            return decisions.undo(self.store, self._target().notebook)

    def refresh_work(self, cancel: CancelToken | None = None) -> tuple[Comparison, Checked]:
        """Read both sides again, after the file was written, and check the head anew."""
        shown = self._shown()
        comparison = self.compare_work(shown.base.revision, shown.head.revision, cancel)
        return comparison, self.check_work(comparison, cancel)

    # State: the owner's thread only.

    def adopt_opened(self, opened: Opened) -> None:
        """Review another notebook."""
        self.opened = opened
        self._assessed.clear()
        self._announce(Topic.TARGET)
        self.adopt_comparison(opened.comparison)

    def adopt_comparison(self, comparison: Comparison) -> None:
        """Show another comparison; findings and cards belong to the old one and go."""
        self.comparison = comparison
        self.findings = ()
        self.cards = ()
        self.viewed = frozenset()
        self.cell_index = None
        self._announce(Topic.COMPARISON, Topic.FINDINGS, Topic.CARDS, Topic.CELL)

    def adopt_refreshed(self, comparison: Comparison, checked: Checked) -> None:
        """Show the same two revisions as they are now; the chosen cell and the viewed ticks stay."""
        self.comparison = comparison
        self._announce(Topic.COMPARISON)
        self.adopt_checked(checked)

    def adopt_checked(self, checked: Checked) -> None:
        """Take the findings and cards of the comparison shown."""
        self.cards = checked.cards
        self.findings = (*checked.findings, *self._still_true())
        self._announce(Topic.FINDINGS, Topic.CARDS)

    def adopt_card(self, card: Card) -> None:
        """Put a new card first in the queue."""
        self.cards = (card, *(other for other in self.cards if other.suggestion.id != card.suggestion.id))
        self._announce(Topic.CARDS)

    def adopt_finding(self, finding: Finding) -> None:
        """Take a model's verdict; it takes the place of an earlier one on the same cell."""
        before = self._assessed.get((finding.source_digest, finding.cell_index))
        self._assessed[(finding.source_digest, finding.cell_index)] = finding
        self.findings = (*(item for item in self.findings if item is not before), finding)
        self._announce(Topic.FINDINGS)

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

    def _still_true(self) -> list[Finding]:
        """Verdicts of the model whose cell still holds the source they were given for."""
        cells = self.comparison.head.notebook.cells if self.comparison is not None else ()
        return [
            finding
            for (digest, index), finding in self._assessed.items()
            if index < len(cells) and cells[index].digest == digest
        ]

    def _target(self) -> Target:
        if self.opened is None:
            raise UserError("No notebook is open; open one first.")
        return self.opened.target

    def _shown(self) -> Comparison:
        if self.comparison is None:
            raise UserError("No notebook is open; open one first.")
        return self.comparison

    def _writable(self) -> Comparison:
        comparison = self._shown()
        if comparison.head.notebook.read_only:
            raise UserError(comparison.head.notebook.read_only)
        if not comparison.writable:
            raise UserError(
                "Edits are proposed for the file itself only; choose the working tree as head in the history."
            )
        return comparison
