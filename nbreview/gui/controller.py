"""ReviewController: turns acts of the person into work off the main thread, and finished work into state of
the session.

It knows the session and the tasks and no widget. The window connects panels to it and listens to the session.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.bridge import Stream
from nbreview.gui.tasks import Report, TaskRunner
from nbreview.history.model import Revision, RevisionKind
from nbreview.llm.local import missing_reason
from nbreview.llm.model import Died, Event, Loading, LoadOptions, ModelInfo, Prompting, Ready, Reply, Token
from nbreview.review.model import Finding, SuggestionState
from nbreview.services.assistant import Card, Checked
from nbreview.services.models import KnownModel, survey_models
from nbreview.services.opening import Comparison, Opened
from nbreview.services.session import ReviewSession
from nbreview.training.writer import ExportReport, export, preview


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the command line named: paths or `BASE..HEAD PATH`, and a model to load."""

    paths: tuple[str, ...] = ()
    model: Path | None = None


class ReviewController(QObject):
    """The acts of a review. Signals carry what is not state of the session."""

    badge_ready = Signal(object, object)  # Revision, counts
    streamed = Signal(str)  # the reply so far
    asked = Signal(int, str)  # head index, what is asked
    answered = Signal()  # the model is done, or failed, or was stopped
    noticed = Signal(str, str)  # level (info, warning, error), text
    model_wanted = Signal(str)  # why: open the models window
    models_found = Signal(object)  # tuple[KnownModel, ...]
    model_changed = Signal()
    counted = Signal(object)  # (counts by kind, first rows)
    exported = Signal(object)  # ExportReport
    opened = Signal()
    comparison_kept = Signal()  # a comparison was stopped or failed: what was shown before still is
    _badge_counted = Signal(object, object, object)  # from a worker: for which notebook, Revision, counts

    def __init__(self, session: ReviewSession, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.tasks = tasks
        self._events = Stream(self)
        self._events.batch.connect(self._take)
        self._reply = ""
        self._questions, self._undos = itertools.count(1), itertools.count(1)
        self._question = 0
        self._badges: dict[tuple[str, str, str], Any] = {}
        self._badge_counted.connect(self._take_badge)
        self._chosen: tuple[Revision | None, Revision] | None = None  # what a comparison under way is of
        self._again = False  # the file was written while a notebook was being opened

    # Opening and comparing.

    def start(self, arguments: Arguments) -> None:
        """Do what the command line asked for."""
        paths = arguments.paths
        if arguments.model is not None:
            self.load(arguments.model, self.session.settings.gpu_layers)
        if len(paths) == 1:
            self.open(Path(paths[0]))
        elif len(paths) == 2 and _is_range(paths[0]):
            self.open_range(paths[0], Path(paths[1]))
        elif len(paths) == 2:
            self.open_pair(Path(paths[0]), Path(paths[1]))
        elif paths:
            self.noticed.emit("error", "Name one notebook, two to compare, or BASE..HEAD and a notebook.")

    def open(self, path: Path) -> None:
        """Open a notebook for review."""
        self._open(f"Opening {path.name}", lambda c, r: self.session.open_work(path, c))

    def open_pair(self, base: Path, head: Path) -> None:
        """Compare two files."""
        title = f"Comparing {base.name} with {head.name}"
        self._open(title, lambda c, r: self.session.open_pair_work(base, head, c))

    def open_range(self, spec: str, path: Path) -> None:
        """Compare two revisions of a notebook that a range names; an empty side means HEAD."""
        base, _, head = spec.partition("..")

        def work(cancel: CancelToken, report: Report) -> Opened:
            if head.startswith("."):
                raise UserError(
                    f"“{spec}” has three dots; write {base}..{head[1:]}, two revisions as they are."
                )
            opened = self.session.open_work(path, cancel)
            target = opened.target
            if target.repository is None:
                raise UserError(f"{path} is not in a git repository; name two files to compare instead.")
            sides = [target.repository.resolve(f"{name or 'HEAD'}:{target.path}") for name in (base, head)]
            comparison = self.session.compare_work(target, sides[0], sides[1], cancel)
            return replace(opened, comparison=comparison)

        self._open(f"Comparing {spec}", work)

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
        title = f"Comparing {head.label}"
        self._run("compare", title, work, self._compared, stopped=self.comparison_kept.emit)

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
                "compare", "Reading again", lambda c, r: self.session.refresh_work(shown, c), self._refreshed
            )

    def reload(self) -> None:
        """Read the notebook and its history again."""
        opened = self.session.opened
        if opened is not None:
            self.open(opened.target.notebook)

    def _open(self, title: str, work: Callable[[CancelToken, Report], Opened]) -> None:
        self._run("open", title, work, self._adopt, stopped=self._not_opened)

    def _adopt(self, opened: Opened) -> None:
        # What is still under way for the notebook before must not arrive in this one.
        for slot in ("compare", "check", "badges", "badge"):
            self.tasks.stop(slot)
        self._badges = {}
        self.session.adopt_opened(opened)
        self.opened.emit()
        if self._again:
            self._again = False
            self.refresh()
        else:
            self._check()

    def _not_opened(self) -> None:
        """Opening was stopped or failed: what is shown stays, and a refresh that waited for it is made up."""
        if self._again:
            self._again = False
            self.refresh()

    def _compared(self, comparison: Comparison) -> None:
        self.session.adopt_comparison(comparison)
        self._check()

    def _refreshed(self, checked: Checked) -> None:
        if self.session.adopt_refreshed(checked):
            # It was checked with the file as it is now; what checks the file as it was is not wanted.
            self.tasks.stop("check")
            self._tell_problem(checked)
            self._forget_badge()

    def _check(self) -> None:
        comparison = self.session.comparison
        if comparison is not None:
            work = self.session.check_work
            self._run("check", "Checking", lambda c, r: work(comparison, c), self._checked)

    def _checked(self, checked: Checked) -> None:
        if self.session.adopt_checked(checked):
            self._tell_problem(checked)

    def _tell_problem(self, checked: Checked) -> None:
        if checked.problem:
            self.noticed.emit("warning", checked.problem)

    # Badges of the history.

    def want_badges(self, revisions: list[Revision]) -> None:
        """Count the cells that these revisions changed, in this order; what is known comes at once."""
        self._count_badges("badges", revisions)

    def _count_badges(self, slot: str, revisions: list[Revision]) -> None:
        missing = []
        for revision in revisions:
            known = self._badges.get(_badge_key(revision))
            if known is not None:
                self.badge_ready.emit(revision, known)
            elif revision.kind is not RevisionKind.FILE:
                missing.append(revision)
        if not missing or self.session.opened is None:
            return
        target, badges = self.session.opened.target, self._badges

        def work(cancel: CancelToken, report: Report) -> None:
            for done, revision in enumerate(missing):
                cancel.check()
                report(done / len(missing), revision.label)
                try:
                    counts = self.session.badge_work(revision, cancel, target)
                except UserError:
                    continue  # a revision that cannot be read has no badge; choosing it says why
                self._badge_counted.emit(badges, revision, counts)

        self._run(slot, "Counting changed cells", work, lambda result: None)

    def _take_badge(self, badges: dict[tuple[str, str, str], Any], revision: Revision, counts: Any) -> None:
        if badges is self._badges:  # else it was counted for a notebook that was open before
            badges[_badge_key(revision)] = counts
            self.badge_ready.emit(revision, counts)

    def _forget_badge(self) -> None:
        opened = self.session.opened
        if opened is None:
            return
        changed = [item for item in opened.revisions if item.kind is RevisionKind.WORKING_TREE]
        for revision in changed:
            self._badges.pop(_badge_key(revision), None)
        # Not the slot of the others, which may still be counted.
        self._count_badges("badge", changed)

    # Decisions.

    def accept(self, suggestion_id: str, edited: str | None = None) -> None:
        """Write a card's change into the notebook and keep the decision."""
        card = self._card(suggestion_id)
        if card is not None:
            work = self.session.accept_work
            self._decide(card, "Writing", lambda c, r: work(card, edited, c), written=True)

    def reject(self, suggestion_id: str, comment: str = "") -> None:
        """Keep a rejection."""
        card = self._card(suggestion_id)
        if card is not None:
            work = self.session.reject_work
            self._decide(card, "Keeping", lambda c, r: work(card, comment, c), written=False)

    def undo(self) -> None:
        """Take back the newest acceptance in this notebook."""
        opened = self.session.opened
        if opened is None:
            self.noticed.emit("info", "No notebook is open; open one first.")
            return
        target = opened.target

        def done(undone: Any) -> None:
            cell = f"Cell {undone.suggestion.place.cell_index + 1} of {target.notebook.name}"
            self.noticed.emit("info", f"{cell} is as it was before the suggestion was accepted.")
            self.refresh()

        # Each press takes one back, and a second one may come before the first is through.
        slot = f"undo {next(self._undos)}"
        self._run(slot, "Undoing", lambda c, r: self.session.undo_work(target, c), done, finish=True)

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
            self.noticed.emit("warning", "Its cell is gone; reject the card or choose another cell.")
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
            self.noticed.emit("warning", error.message)
            return None

    # The model.

    def propose(
        self, instruction: str, index: int | None = None, then: Callable[[Card], None] | None = None
    ) -> None:
        """Ask the model for an edit of the chosen cell."""
        try:
            comparison = self.session.editable()
        except UserError as error:
            self.noticed.emit("info", error.message)
            return
        index = self._cell(index)
        if index is None or not self._model_ready():
            return

        def done(card: Card) -> None:
            name = comparison.target.notebook.name
            if not self.session.adopt_card(card):
                kept = f"The suggestion for cell {index + 1} of {name} is kept"
                self.noticed.emit("info", f"{kept}; open {name} with its file as head to decide on it.")
            elif card.suggestion.state is SuggestionState.FAILED:
                self.noticed.emit("warning", card.suggestion.reason)
            elif then is not None:
                then(card)

        work = self.session.propose_work
        self._ask(
            index,
            f"Proposing an edit of cell {index + 1}",
            lambda on_event, cancel: work(comparison, index, instruction, on_event, cancel),
            done,
        )

    def assess(self, index: int | None = None) -> None:
        """Ask the model whether the chosen cell will crash."""
        index = self._cell(index)
        comparison = self.session.comparison
        if index is None or comparison is None or not self._model_ready():
            return

        def done(finding: Finding) -> None:
            if not self.session.adopt_finding(comparison, finding):
                name = comparison.target.notebook.name
                self.noticed.emit(
                    "info",
                    f"The verdict on cell {index + 1} of {name} came after something else was opened or the "
                    "cell was changed; ask again there.",
                )

        work = self.session.assess_work
        self._ask(
            index,
            f"Asking whether cell {index + 1} will crash",
            lambda on_event, cancel: work(comparison, index, on_event, cancel),
            done,
        )

    def load(self, path: Path, gpu_layers: str) -> None:
        """Load and prove a model."""
        options = self._load_options(path, gpu_layers)

        def work(cancel: CancelToken, report: Report) -> ModelInfo:
            def on_event(event: Event) -> None:
                if isinstance(event, Loading):
                    report(event.progress, event.detail or path.name)

            return self.session.load_work(options, on_event, cancel)

        # However it ends: the model that was loaded before has been given up.
        self._run("engine", f"Loading {path.name}", work, self._loaded, stopped=self.model_changed.emit)

    def _loaded(self, info: ModelInfo) -> None:
        self.session.adopt_model(info)
        self.model_changed.emit()
        if info.fallbacks:
            self.noticed.emit("warning", f"{info.name} runs, after a fallback: {'; '.join(info.fallbacks)}.")

    def find_models(self) -> None:
        """Look for models on this machine."""
        folders = [Path(folder) for folder in self.session.settings.model_folders]

        tokens = self.session.settings.context_tokens

        def work(cancel: CancelToken, report: Report) -> tuple[KnownModel, ...]:
            return survey_models(folders, tokens)

        self._run("models", "Looking for models", work, self.models_found.emit)

    def stop(self) -> None:
        """Stop whatever runs; what has begun to write says itself how it ended."""
        self.tasks.stop_all()

    def _ask(
        self,
        index: int,
        title: str,
        ask: Callable[[Callable[[Event], None], CancelToken], Any],
        done: Callable[[Any], None],
    ) -> None:
        remembered = self._remembered()
        question = next(self._questions)

        def work(cancel: CancelToken, report: Report) -> Any:
            def on_event(event: Event) -> None:
                if isinstance(event, Prompting):
                    share = f"reading the notebook, {event.done} of {event.total} tokens"
                    report(event.done / max(1, event.total), share)
                elif isinstance(event, Loading):
                    report(event.progress, event.detail)
                else:
                    self._events.push((question, event))

            if self.session.engine.info is None and remembered is not None:
                self.session.load_work(remembered, on_event, cancel)
            return ask(on_event, cancel)

        def finish(result: Any) -> None:
            self._answered()
            done(result)

        def failed(error: BaseException) -> None:
            self._answered()
            self._failed(title, error)

        # A question in the slot is stopped by this one, and must have said so before the new one begins.
        self.tasks.stop("engine")
        self._question, self._reply = question, ""
        self.asked.emit(index, title)
        self.tasks.start("engine", title, work, finish, failed, self._answered)

    def _take(self, events: list[tuple[int, Event]]) -> None:
        """Take the model's events since the last frame, in one repaint."""
        grown = False
        for question, event in events:
            if question != self._question:
                continue  # a stopped question's last words
            if isinstance(event, Token):
                self._reply += event.text
                grown = True
            elif isinstance(event, Reply):
                self.session.adopt_speed(event.tokens_per_second)
            elif isinstance(event, Ready):
                self._loaded(event.info)
            elif isinstance(event, Died):
                self.noticed.emit("error", event.message)
        if grown:
            self.streamed.emit(self._reply)

    def _answered(self) -> None:
        self._events.flush()
        self.answered.emit()
        self.model_changed.emit()

    def _cell(self, index: int | None) -> int | None:
        index = self.session.cell_index if index is None else index
        shown = self.session.comparison
        if index is not None and (shown is None or index >= len(shown.head.notebook.cells)):
            index = None
        if index is None:
            self.noticed.emit("info", "Choose a cell of the head first: click it, or press n.")
        return index

    def _remembered(self) -> LoadOptions | None:
        """The model of last time, to be loaded with the first question."""
        path = self.session.settings.model_path
        return self._load_options(Path(path), self.session.settings.gpu_layers) if path else None

    def _load_options(self, path: Path, gpu_layers: str) -> LoadOptions:
        settings = self.session.settings
        return LoadOptions(path, gpu_layers, settings.context_tokens, settings.threads)

    def _model_ready(self) -> bool:
        missing = missing_reason()
        if missing:
            self.noticed.emit("warning", missing)
            return False
        if self.session.engine.info is None and self._remembered() is None:
            self.model_wanted.emit("This needs a model: choose one that is on this machine, or a GGUF file.")
            return False
        return True

    # Training data.

    def count_training_data(self, form: str = "chat") -> None:
        """Count decisions and read the first rows of an export."""

        def work(cancel: CancelToken, report: Report) -> tuple[dict[str, int], tuple[str, ...]]:
            return self.session.store.counts(), preview(self.session.store, form)

        self._run("training", "Counting decisions", work, self.counted.emit)

    def export(self, out: Path, form: str = "chat") -> None:
        """Write the accepted suggestions as training data."""

        def work(cancel: CancelToken, report: Report) -> ExportReport:
            return export(self.session.store, out, form, cancel)

        self._run("export", f"Exporting to {out.name}", work, self.exported.emit)

    # Tasks.

    def _run(
        self,
        slot: str,
        title: str,
        work: Callable[[CancelToken, Report], Any],
        done: Callable[[Any], Any],
        stopped: Callable[[], None] | None = None,
        *,
        finish: bool = False,
    ) -> None:
        """Start a task. `stopped` is also called when it has failed, after the failure was said."""

        def failed(error: BaseException) -> None:
            self._failed(title, error)
            if stopped is not None:
                stopped()

        self.tasks.start(slot, title, work, done, failed, stopped, finish=finish)

    def _failed(self, title: str, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.noticed.emit("error", error.message)
        else:
            self.tasks.error.emit(title, error)


def _is_range(text: str) -> bool:
    """Whether a first argument is BASE..HEAD and not a path such as ../a.ipynb that may be misspelt."""
    return ".." in text and not text.endswith(".ipynb") and not Path(text).exists()


def _badge_key(revision: Revision) -> tuple[str, str, str]:
    return (revision.kind.value, revision.commit, revision.path)
