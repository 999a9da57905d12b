"""ReviewController: turns acts of the person into work off the main thread, and finished work into state of
the session.

It knows the session and the tasks and no widget. The window connects panels to it and listens to the session.
"""

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.badges import BadgeCounter
from nbreview.gui.language import spoken, tr
from nbreview.gui.model_acts import ModelActs
from nbreview.gui.part_acts import PartActs
from nbreview.gui.revision_keys import revision_key
from nbreview.gui.tasks import Report, TaskRunner
from nbreview.gui.trial_acts import TrialActs
from nbreview.history.model import Revision
from nbreview.paths import is_folder
from nbreview.review.model import Rung
from nbreview.services.assistant import Card, Checked
from nbreview.services.engines import lacking
from nbreview.services.opening import Comparison, Opened
from nbreview.services.repository_review import (
    ChangedNotebook,
    RepositoryReview,
    ReviewRange,
    is_notebook,
    is_range,
)
from nbreview.services.session import ReviewSession

if TYPE_CHECKING:
    from nbreview.training.writer import ExportReport


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a command line named: paths or `BASE..HEAD PATH`, seen from `folder`, and a model to load."""

    paths: tuple[str, ...] = ()
    model: Path | None = None
    folder: Path = field(default_factory=Path.cwd)

    def path(self, place: int) -> Path:
        """One of the paths, absolute."""
        return Path(os.path.abspath(self.folder / self.paths[place]))  # noqa: PTH100 - links keep their name

    def review(self) -> ReviewRange | None:
        """The folder or range that is named, if it is one and not a notebook. A path alone may be either."""
        if len(self.paths) == 1 and is_range(self.paths[0]):
            return ReviewRange(self.folder, self.paths[0])
        if len(self.paths) == 1 and not is_notebook(self.paths[0]):
            return ReviewRange(self.path(0))
        if len(self.paths) == 2 and is_range(self.paths[0]) and not is_notebook(self.paths[1]):
            return ReviewRange(self.path(1), self.paths[0])
        return None


class ReviewController(ModelActs):
    """The acts of a review. Signals carry what is not state of the session."""

    exported = Signal(object)  # ExportReport
    opened = Signal()
    rules_changed = Signal()  # what is compared; counts of changed cells are to be asked for again
    review_wanted = Signal(object)  # ReviewRange: a folder or a range of a repository
    comparison_kept = Signal()  # a comparison was stopped or failed: what was shown before still is

    def __init__(self, session: ReviewSession, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(session, tasks, parent)
        self.badges = BadgeCounter(session, tasks, self)
        self.parts = PartActs(session, tasks, self)
        self.parts.written.connect(self.reread)
        self.parts.noticed.connect(self.noticed)
        self.kernel = TrialActs(session, tasks, self)
        self.kernel.noticed.connect(self.noticed)
        self.kernel.chosen.connect(self._learn)
        self._chosen: tuple[Revision | None, Revision] | None = None  # what a comparison under way is of
        self._again = False  # the file was written while a notebook was being opened
        self._replacing = False  # a comparison makes room for another

    # Opening and comparing.

    def start(self, arguments: Arguments) -> None:
        """Do what the command line asked for."""
        paths = arguments.paths
        if arguments.model is not None:
            self.load(arguments.model, self.session.settings.gpu_layers)
        review = arguments.review()
        if review is not None and review.spec:
            self.review_wanted.emit(review)
        elif len(paths) == 1:
            self.open_path(arguments.path(0))
        elif len(paths) == 2 and is_range(paths[0]):
            self.open_range(paths[0], arguments.path(1))
        elif len(paths) == 2:
            self.open_pair(arguments.path(0), arguments.path(1))
        elif paths:
            self.noticed.emit(
                "error",
                tr("Name one notebook or folder, two notebooks to compare, or BASE..HEAD and one of these."),
            )

    def open_path(self, path: Path) -> None:
        """Open a notebook, or review a folder."""
        if is_notebook(path.name):
            self.open(path)
            return

        def done(folder: bool) -> None:
            if folder:
                self.review_wanted.emit(ReviewRange(path))
            else:
                self.open(path)

        self._run("open", tr("Opening {name}").format(name=path.name), lambda c, r: is_folder(path), done)

    def open_changed(self, review: RepositoryReview, *notebooks: ChangedNotebook) -> None:
        """Open one notebook of a folder or range under review: the first of these that can be read."""

        def work(cancel: CancelToken, report: Report) -> Opened:
            for notebook in notebooks[:-1]:
                with contextlib.suppress(UserError):
                    return self.session.open_changed_work(review, notebook, cancel)
            return self.session.open_changed_work(review, notebooks[-1], cancel)

        self._open(tr("Opening {name}").format(name=notebooks[0].name), work)

    def open(self, path: Path) -> None:
        """Open a notebook for review."""
        self._open(tr("Opening {name}").format(name=path.name), lambda c, r: self.session.open_work(path, c))

    def open_at(self, path: Path, sides: object) -> None:
        """Open a notebook and compare the two revisions that `sides_key` named, if they are still there."""

        def work(cancel: CancelToken, report: Report) -> Opened:
            opened = self.session.open_work(path, cancel)
            found = {tuple(revision_key(each)): each for each in opened.revisions if not each.stage}
            keys = [tuple(side) for side in sides] if isinstance(sides, list) else []
            chosen = [found.get(key) for key in keys]
            shown = [revision_key(side.revision) for side in (opened.comparison.base, opened.comparison.head)]
            if sides == shown or len(chosen) != 2 or chosen[0] is None or chosen[1] is None:
                return opened
            comparison = self.session.compare_work(opened.target, chosen[0], chosen[1], cancel)
            return replace(opened, comparison=comparison)

        self._open(tr("Opening {name}").format(name=path.name), work)

    def open_pair(self, base: Path, head: Path) -> None:
        """Compare two files."""
        title = tr("Comparing {base} with {head}").format(base=base.name, head=head.name)
        self._open(title, lambda c, r: self.session.open_pair_work(base, head, c))

    def open_range(self, spec: str, path: Path) -> None:
        """Compare two revisions of a notebook that a range names. An empty side means HEAD, three dots mean
        the commit where the two parted.
        """
        title = tr("Comparing {name}").format(name=spec)
        self._open(title, lambda c, r: self.session.open_range_work(spec, path, c))

    def compare(self, base: Revision | None, head: Revision) -> None:
        """Show one revision against its parent, or two against each other."""
        if self.session.opened is None:
            return
        target = self.session.opened.target

        def work(cancel: CancelToken, report: Report) -> Comparison:
            if base is None:
                return self.session.alone_work(target, head, cancel)
            return self.session.compare_work(target, base, head, cancel)

        self._chosen = (base, head)
        self._stop_comparing()  # which is no reason to go back to what is shown
        title = tr("Comparing {name}").format(name=spoken(head.label))
        self._run("compare", title, work, self._compared, stopped=self._keep_comparison)

    def refresh(self) -> None:
        """Read both sides again, because the file was written."""
        shown = self.session.comparison
        if self.tasks.is_running("open"):
            # What is being opened may have been read before the file was written.
            self._again = True
        elif self.tasks.is_running("compare") and self._chosen is not None:
            self.compare(*self._chosen)
        elif shown is not None:
            self._chosen = None
            self._run(
                "compare",
                tr("Reading again"),
                lambda c, r: self.session.refresh_work(shown, c),
                self._refreshed,
            )

    def reread(self) -> None:
        """Read what is staged again, and both sides, because the index or the file was written."""
        opened, shown = self.session.opened, self.session.comparison
        if self.tasks.is_running("open"):
            self._again = True
        elif opened is not None and shown is not None:
            if self.tasks.is_running("compare"):
                self.refresh()

            def done(read: tuple[Opened, Checked]) -> None:
                again, checked = read
                if self.session.adopt_reread(again, checked, shown):
                    self.tasks.stop("check")
                    self._tell_problem(checked)
                    self._learn()
                self.badges.written()

            work = self.session.reread_work
            self._run("reread", tr("Reading again"), lambda c, r: work(opened, shown, c), done)

    def compare_again(self) -> None:
        """Compare what is shown by other rules, and count the changed cells of each revision by them."""
        self.badges.clear()
        self.refresh()
        self.rules_changed.emit()

    def reload(self) -> None:
        """Read the notebook and its history again."""
        opened = self.session.opened
        if opened is not None:
            self.open(opened.target.notebook)

    def _open(self, title: str, work: Callable[[CancelToken, Report], Opened]) -> None:
        self._run("open", title, work, self._adopt, stopped=self._not_opened)

    def _adopt(self, opened: Opened) -> None:
        # What is still under way for the notebook before must not arrive in this one.
        self._stop_comparing()
        self.tasks.stop("reread")
        self.tasks.stop("check")
        self.tasks.stop("libraries")
        self.badges.clear()
        self.session.adopt_opened(opened)
        self.opened.emit()
        if opened.problem:
            self.noticed.emit("warning", spoken(opened.problem))
        self.kernel.watch()
        self.kernel.find()
        if self._again:
            self._again = False
            self.reread()
        else:
            self._check()

    def _not_opened(self) -> None:
        """Opening was stopped or failed: what is shown stays, and a reading that waited for it is made up."""
        if self._again:
            self._again = False
            self.reread()

    def _stop_comparing(self) -> None:
        self._replacing = True
        self.tasks.stop("compare")
        self._replacing = False

    def _keep_comparison(self) -> None:
        if not self._replacing:
            self.comparison_kept.emit()

    def _compared(self, comparison: Comparison) -> None:
        self.session.adopt_comparison(comparison)
        self._check()

    def _refreshed(self, checked: Checked) -> None:
        if self.session.adopt_refreshed(checked):
            # It was checked with the file as it is now; what checks the file as it was is not wanted.
            self.tasks.stop("check")
            self._tell_problem(checked)
            self._learn()
            self.badges.written()

    def _check(self) -> None:
        comparison = self.session.comparison
        if comparison is not None:
            work = self.session.check_work
            self._run("check", tr("Checking"), lambda c, r: work(comparison, c), self._checked)

    def _checked(self, checked: Checked) -> None:
        if self.session.adopt_checked(checked):
            self._tell_problem(checked)
            self._learn()

    def _learn(self) -> None:
        """Check again with what the notebook's libraries say, and hold the findings against the base."""
        comparison = self.session.comparison
        if comparison is not None:

            def done(checked: Checked) -> None:
                if self.session.adopt_checked(checked):
                    self._tell_problem(checked)

            work = self.session.learn_work
            self._run("libraries", tr("Looking at the libraries"), lambda c, r: work(comparison, c), done)

    def _tell_problem(self, checked: Checked) -> None:
        if checked.problem:
            self.noticed.emit("warning", spoken(checked.problem))

    # Decisions.

    def accept(self, suggestion_id: str, edited: str | None = None) -> None:
        """Write a card's change into the notebook and keep the decision."""
        card = self._card(suggestion_id)
        if card is not None:
            work = self.session.accept_work
            self._decide(card, tr("Writing"), lambda c, r: work(card, edited, c), written=True)

    def reject(self, suggestion_id: str, comment: str = "") -> None:
        """Keep a rejection."""
        card = self._card(suggestion_id)
        if card is not None:
            work = self.session.reject_work
            self._decide(card, tr("Keeping"), lambda c, r: work(card, comment, c), written=False)

    def remake(self, suggestion_id: str) -> None:
        """Ask for a stale suggestion again, for the cell as it is now."""
        card = self._card(suggestion_id)
        comparison = self.session.comparison
        if card is None or comparison is None:
            return
        place = card.suggestion.place
        same = [cell.index for cell in comparison.head.notebook.cells if cell.id == place.cell_id is not None]
        index = same[0] if same else place.cell_index
        if card.cell_index is not None:  # it failed, and its cell is as it was
            index = card.cell_index
        if index >= len(comparison.head.notebook.cells):
            self.noticed.emit("warning", tr("Its cell is gone; reject the card or choose another cell."))
            return

        def settle(new: Card) -> None:
            # The old card is answered by the new one: a rejection of what no longer fits, said as such.
            self.reject(suggestion_id, "Stale: made again.")

        self.propose(card.suggestion.instruction, index, settle)

    def _decide(
        self, card: Card, title: str, work: Callable[[CancelToken, Report], Any], *, written: bool
    ) -> None:
        def done(decision: Any) -> None:
            self.session.adopt_decision(card)
            if written:
                self.refresh()

        def failed(error: BaseException) -> None:
            self._failed(title, error)
            if isinstance(error, UserError) and self.session.comparison is not None:
                self.refresh()  # the cell has changed, or another window has decided: show what is so now

        # The second press of two finds the slot taken, and does nothing.
        slot = f"decide {card.suggestion.id}"
        self.tasks.start(slot, title, work, done, failed, finish=True)

    def _card(self, suggestion_id: str) -> Card | None:
        try:
            return self.session.card(suggestion_id)
        except UserError as error:
            self.noticed.emit("warning", spoken(error.message))
            return None

    # Crashes.

    def assess(self, index: int | None = None) -> None:
        """Will this cell crash? Judged by what was allowed and by a model that is loaded; with neither, it is
        asked which of them may look.
        """
        index = self._cell(index)
        shown = self.session.comparison
        if index is None or shown is None:
            return
        use = self.kernel.usable(index)
        if self.has_model:
            self.ask_crash(index, use, self.kernel.take_verdict)
        elif use or self.kernel.is_sure(index):
            self.kernel.climb(index)
        else:
            self.kernel.ask_which(index, lacking(self.session.engine, self.session.settings), self._look)

    def _look(self, rung: Rung, index: int) -> None:
        """Judge a cell by the rung that was chosen; each asks for what it needs."""
        if rung is Rung.DRY_RUN:
            self.kernel.dry_run(index)
        elif rung is Rung.STAND_IN:
            self.kernel.stand_in(index)
        else:
            self.ask_crash(index, frozenset(), self.kernel.take_verdict)

    # Training data.

    def export(self, out: Path, form: str = "chat") -> None:
        """Write the accepted suggestions as training data."""

        def work(cancel: CancelToken, report: Report) -> "ExportReport":
            from nbreview.training.writer import export

            return export(self.session.store, out, form, cancel)

        self._run("export", tr("Exporting to {name}").format(name=out.name), work, self.exported.emit)

    def stop(self) -> None:
        """Stop whatever runs; what has begun to write says itself how it ended."""
        self.tasks.stop_all()
