"""The work of a review: what may run on any worker thread, and changes nothing but the store and, where a
person asks for it, the notebook or git's index.

What it is about is given: a person may have opened another notebook by the time that a thread is free.
`session` holds the state. Knows nothing of Qt.
"""

import contextlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.assist.retrieval import Passage
from nbreview.cancellation import CancelToken
from nbreview.diff.model import ChangeKind
from nbreview.errors import UserError
from nbreview.history.blobs import BlobReader
from nbreview.history.model import FileStatus, Revision, RevisionKind
from nbreview.llm.model import Engine, Event, LoadOptions, ModelInfo
from nbreview.review.model import Decision, Finding, Rung
from nbreview.services import assistant, decisions, opening
from nbreview.services.acts import CellAct
from nbreview.services.assistant import Card, Checked
from nbreview.services.decision_work import DecisionWork
from nbreview.services.engines import TaskEngine
from nbreview.services.kernel_review import KernelReview
from nbreview.services.learning import SessionKnowledge, Tell
from nbreview.services.libraries import LibraryShelf
from nbreview.services.opening import Comparison, Opened, Target, place_name
from nbreview.services.options import diff_options, fingerprint
from nbreview.services.remembering import remember_checked, remember_judged, remember_review
from nbreview.services.undoing import UndoList
from nbreview.services.verdicts import Judged
from nbreview.services.viewed import ViewedTicks
from nbreview.services.wishes import Scope, Wish
from nbreview.settings import Settings
from nbreview.store.database import Store
from nbreview.words import said

if TYPE_CHECKING:
    from nbreview.services.repository_review import ChangedNotebook, RepositoryReview


class ReviewWork(DecisionWork):
    """What a review does, as calls for worker threads.

    Parameters
    ----------
    store:
        Where decisions are kept; it must outlive the review.
    engine:
        The model's engine; it may have nothing loaded.
    """

    def __init__(self, store: Store, settings: Settings, engine: Engine) -> None:
        super().__init__(store)
        self.settings = settings
        self.engine = engine
        self.opened: Opened | None = None
        self.kernel: KernelReview | None = None
        self._ticks = ViewedTicks(store)
        self._undo_list = UndoList(store)
        # Two checks at the same time would both make a suggestion of the same fix.
        self._checking = threading.Lock()
        self._shelf = LibraryShelf()
        self.knowledge = SessionKnowledge()
        self._left: list[KernelReview] = []  # of notebooks reviewed before, until they have ended

    def target(self) -> Target:
        """The opened notebook. UserError when there is none."""
        if self.opened is None:
            raise UserError(said("No notebook is open; open one first."))
        return self.opened.target

    def review_of(self, comparison: Comparison) -> KernelReview:
        """What runs for a comparison's notebook. UserError when another one is reviewed by now."""
        kernel = self.kernel
        if kernel is None or kernel.notebook != comparison.target.notebook:
            raise UserError(
                said(
                    "{name} is not under review any more; open it again.",
                    name=comparison.target.notebook.name,
                )
            )
        return kernel

    def end_left_work(self) -> None:
        """End what still runs for notebooks that were reviewed before this one."""
        while self._left:
            self._left.pop().close()

    def open_work(self, path: Path, cancel: CancelToken | None = None) -> Opened:
        """Open a notebook; settles first what an interrupted program left between the store and the file."""
        target = opening.find_target(path)
        self._settle(target.notebook)
        opened = opening.open_notebook(target.notebook, self.settings, cancel)
        opened = replace(opened, place=self.store.place(place_name(target)))
        self._remember(opened)
        self._ticks.load(opened.comparison)
        return opened

    def open_pair_work(self, base: Path, head: Path, cancel: CancelToken | None = None) -> Opened:
        """Open two files to compare."""
        target = opening.find_target(head)
        self._settle(target.notebook)
        opened = opening.open_pair(base, target.notebook, self.settings, cancel)
        self._remember(opened)
        self._ticks.load(opened.comparison)
        return opened

    def open_changed_work(
        self, review: "RepositoryReview", notebook: "ChangedNotebook", cancel: CancelToken | None = None
    ) -> Opened:
        """Open one notebook of a folder or range under review, compared as the review compares."""
        from nbreview.services.repository_review import open_changed

        if review.repository is not None:
            self._settle(review.repository.path_of(notebook.path))
        return self._noted(open_changed(review, notebook, self.settings, cancel))

    def open_range_work(self, spec: str, path: Path, cancel: CancelToken | None = None) -> Opened:
        """Open a notebook, compared between the two revisions of a range."""
        from nbreview.services.repository_review import open_range

        self._settle(opening.find_target(path).notebook)
        return self._noted(open_range(spec, path, self.settings, cancel))

    def compare_work(
        self, target: Target, base: Revision | None, head: Revision | None, cancel: CancelToken | None = None
    ) -> Comparison:
        """Read and compare two revisions of a notebook."""
        comparison = opening.compare(target, base, head, self.settings, cancel)
        self._ticks.load(comparison)
        return comparison

    def alone_work(self, target: Target, revision: Revision, cancel: CancelToken | None = None) -> Comparison:
        """Compare one revision of a notebook with its parent."""
        return self.compare_work(target, opening.parent_of(target, revision), revision, cancel)

    def badge_work(
        self,
        revision: Revision,
        cancel: CancelToken | None = None,
        target: Target | None = None,
        blobs: BlobReader | None = None,
    ) -> dict[ChangeKind, int]:
        """Count the cells that a revision changed, of the opened notebook where no `target` is given; what
        two blobs differ in is counted once and kept. `blobs` is as in `count_cells`.
        """
        target = target or self.target()
        pair = (revision.parent_blob, revision.blob)
        depends_on = fingerprint(diff_options(self.settings))
        # The commit that added the notebook stands against nothing; the working tree has no blob.
        added = revision.kind is RevisionKind.COMMIT and revision.status is FileStatus.ADDED
        keeps = bool(revision.blob) and (bool(revision.parent_blob) or added)
        known = self.store.badge(*pair, depends_on) if keeps else None
        if known is not None:
            return {kind: known.get(kind.value, 0) for kind in ChangeKind}
        counts = opening.count_cells(target, revision, self.settings, cancel, blobs)
        if keeps:
            with contextlib.suppress(UserError):  # counted again the next time
                self.store.put_badges(
                    [(*pair, {kind.value: count for kind, count in counts.items()})], depends_on
                )
        return counts

    def check_work(self, comparison: Comparison, cancel: CancelToken | None = None) -> Checked:
        """Run the checks that need no model, with what is known of the libraries, and bring back the cards
        that wait.
        """
        with self._checking:
            at_hand = self._shelf.at_hand(comparison.target.notebook, self._chosen(comparison))
            return assistant.check(comparison, self.store, cancel, at_hand)

    def learn_work(self, comparison: Comparison, cancel: CancelToken | None = None) -> Checked:
        """Learn what the checks want to know of the libraries, check again, and hold the findings against
        those of the base. Takes seconds the first time.
        """
        head, path = comparison.head.notebook, comparison.target.notebook
        libraries = self._shelf.learn(path, head, self._chosen(comparison), cancel)
        with self._checking:
            checked = assistant.check(comparison, self.store, cancel, libraries)
            remember_checked(self.store, comparison, checked.findings)
        return assistant.compare_with_base(checked, libraries, cancel)

    def _chosen(self, comparison: Comparison) -> Path | None:
        kernel = self.kernel
        same = kernel is not None and kernel.notebook == comparison.target.notebook
        return kernel.chosen if kernel is not None and same else None

    def load_work(
        self, options: LoadOptions, on_event: Callable[[Event], None], cancel: CancelToken
    ) -> ModelInfo:
        """Load and prove a model."""
        return self.engine.load(options, on_event, cancel)

    def knowledge_work(
        self, comparison: Comparison, scope: Scope, wish: Wish, tell: Tell, cancel: CancelToken
    ) -> tuple[Passage, ...]:
        """What the repository and the libraries say about a wish, for `propose_work`."""
        chosen = self._chosen(comparison)
        engine = TaskEngine(self.engine, cancel)
        return self.knowledge.passages_for(
            engine, comparison, scope, wish, tell, cancel, python=chosen, settings=self.settings
        )

    def propose_work(
        self,
        comparison: Comparison,
        scope: Scope | int,
        wish: Wish | str,
        on_event: Callable[[Event], None],
        cancel: CancelToken,
        *,
        candidates: int | None = None,
        exemplars: int | None = None,
        known: Sequence[Finding] = (),
        passages: Sequence[Passage] = (),
    ) -> tuple[Card, ...]:
        """Ask the model for an edit of the head, which `editable` gave; the cards of its answer.

        Parameters
        ----------
        scope, wish:
            An index is that cell, a text is an instruction.
        candidates, exemplars:
            None: as the settings say.
        known:
            The findings of the head: what concerns the scope is told to the model.
        """
        from nbreview.services import proposing

        settings, review = self.settings, self.kernel
        if review is not None and review.notebook != comparison.target.notebook:
            review = None  # another notebook is under review by now
        scope = Scope.of(scope) if isinstance(scope, int) else scope
        libraries = self._shelf.at_hand(comparison.target.notebook, self._chosen(comparison))
        head = comparison.head.notebook
        return proposing.propose_edits(
            TaskEngine(self.engine, cancel),
            self.store,
            comparison,
            scope,
            Wish.of(wish) if isinstance(wish, str) else wish,
            settings,
            passages,
            on_event,
            cancel,
            settings.candidates if candidates is None else candidates,
            proposing.judge_of(comparison, libraries, cancel, review),
            findings=known,
            snapshot=proposing.snapshot_of(review, head, scope) if review is not None else None,
            exemplars=settings.exemplars if exemplars is None else exemplars,
        )

    def judge_work(
        self,
        comparison: Comparison,
        cell_index: int,
        known: Sequence[Finding],
        use: frozenset[Rung],
        on_event: Callable[[Event], None],
        cancel: CancelToken,
    ) -> tuple[Judged, ...]:
        """Judge one cell of the head by the rungs in `use`, cheapest first; each must be allowed.

        Nothing where a rule is certain that it crashes.
        """
        review = self.review_of(comparison)
        engine = TaskEngine(self.engine, cancel)
        asked = assistant.question(engine, self.settings) if Rung.MODEL in use else None
        head, runs = comparison.head.notebook, use - {Rung.MODEL}
        judged = review.climb(head, cell_index, known, runs, cancel, asked, on_event)
        remember_judged(self.store, comparison, [one.finding for one in judged])
        return judged

    def scan_work(
        self,
        comparison: Comparison,
        known: Sequence[Finding],
        use: frozenset[Rung],
        cancel: CancelToken,
        progress: Callable[[int, int], None],
        found: Callable[[tuple[Judged, ...]], None],
        *,
        model: bool,
    ) -> int:
        """Judge every code cell of the head, as from the top; how many were looked at."""
        asked = assistant.question(TaskEngine(self.engine, cancel), self.settings) if model else None
        review = self.review_of(comparison)

        kept: list[Finding] = []

        def keep(judged: tuple[Judged, ...]) -> None:
            kept.extend(one.finding for one in judged)
            found(judged)

        try:
            return review.scan(comparison.head.notebook, known, use, cancel, progress, keep, asked)
        finally:  # at once, as the place of a finding costs a look at git; what was found before Stop stays
            remember_judged(self.store, comparison, kept)

    def mend_work(
        self, comparison: Comparison, judged: Sequence[Judged], cancel: CancelToken | None = None
    ) -> tuple[Card, ...]:
        """Suggestions for the crashes among verdicts, each seen to hold by the rung that saw the crash."""
        review = self.review_of(comparison)
        findings = tuple(one.finding for one in judged)
        # What was judged is kept already; a cell that was run by hand comes here first.
        ran = [finding for finding in findings if finding.rung is Rung.RUN]
        remember_judged(self.store, comparison, ran)
        libraries = self._shelf.at_hand(comparison.target.notebook, review.chosen)
        return assistant.mend(comparison, self.store, findings, review, libraries, cancel or CancelToken())

    def accept_work(
        self, card: Card, edited: str | None = None, cancel: CancelToken | None = None
    ) -> Decision:
        """Write a card's change to the notebook and keep the decision. Stopped, it has done nothing yet."""
        with self._writing:
            if cancel is not None:
                cancel.check()
            return decisions.accept(self.store, card.suggestion, edited)

    def reject_work(self, card: Card, comment: str = "", cancel: CancelToken | None = None) -> Decision:
        """Keep a rejection, of all choices of the card. Stopped, it has done nothing yet."""
        with self._writing:
            if cancel is not None:
                cancel.check()
            decision = decisions.reject(self.store, card.suggestion, comment)
            for other in card.alternatives:
                with contextlib.suppress(UserError):  # decided on in another window
                    decisions.reject(self.store, other, comment)
            return decision

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

    def edit_work(
        self, shown: Comparison, change: int, source: str, cancel: CancelToken | None = None
    ) -> CellAct:
        """Write another source into one cell of the file."""
        with self._writing:
            return self._undo_list.edit(shown, change, source, cancel)

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

    def newest_act_time(self, target: Target) -> float:
        """When that which `undo_work` would take back was done, in seconds since the epoch; 0 for nothing."""
        with self._writing:
            return self._undo_list.newest_time(target)

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
        self._ticks.load(again.comparison)
        return again, self.check_work(again.comparison, cancel)

    def _noted(self, opened: Opened) -> Opened:
        self._remember(opened)
        self._ticks.load(opened.comparison)
        return replace(opened, place=self.store.place(place_name(opened.target)))

    def _settle(self, notebook: Path) -> None:
        if notebook.is_file():
            with self._writing:
                decisions.reconcile(self.store, notebook)

    def _remember(self, opened: Opened) -> None:
        # A full disk is no reason not to look at a notebook; a decision says so when it cannot be kept.
        with contextlib.suppress(UserError):
            self.store.touch_recent(str(opened.target.notebook))
        remember_review(self.store, opened)
