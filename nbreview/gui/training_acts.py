"""The acts of the training data window: survey what is stored, count and show rows, export, all off the main
thread.

Knows the store and the tasks and no widget. What reads the store and writes the data is imported when it is
asked for: the program starts without it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.language import spoken, tr
from nbreview.gui.tasks import Report, TaskRunner
from nbreview.store.database import Store
from nbreview.training.filters import EVERYTHING, ExportFilter

if TYPE_CHECKING:
    from nbreview.training.rehearsal import Candidate, Cleaner, Rehearsal, ShownRow
    from nbreview.training.writer import ExportReport

SURVEY, CHOOSE, COUNT, SHOW, EXPORT = (
    f"training {act}" for act in ("survey", "choose", "count", "show", "export")
)


class Wanted(NamedTuple):
    """What an export is to be. `splits` is written as 80/10/10, "" for one file; `model` counts tokens."""

    format: str = "chat"
    only: ExportFilter = EVERYTHING
    without: frozenset[str] = frozenset()
    splits: str = ""
    model: Path | None = None
    max_tokens: int | None = None


class Surveyed(NamedTuple):
    """Counts by kind, every acceptance, and what each part of a filter can be chosen from."""

    counts: dict[str, int]
    candidates: "tuple[Candidate, ...]"
    choices: dict[str, list[tuple[str, int]]]


class TrainingActs(QObject):
    """The acts. A count or a row that is asked for takes the place of the one before."""

    surveyed = Signal(object)  # Surveyed
    chosen = Signal(object)  # tuple[Candidate, ...]
    counted = Signal(object)  # Rehearsal
    shown = Signal(object)  # ShownRow
    exported = Signal(object)  # ExportReport
    failed = Signal(str)  # what went wrong, with the next step
    stopped = Signal()  # the count, or the export

    def __init__(self, store: Store, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self._cleaner: Cleaner | None = None
        self._stopping = False

    def survey(self, parts: tuple[str, ...]) -> None:
        """Read what is stored; `parts` are the fields of a filter to be chosen from."""

        def work(cancel: CancelToken, report: Report) -> Surveyed:
            from nbreview.training.rehearsal import choices, survey

            counts, candidates = self._store.counts(), survey(self._store, cancel)
            return Surveyed(counts, candidates, {part: choices(candidates, part) for part in parts})

        self._start(SURVEY, tr("Reading what is stored"), work, self.surveyed.emit)

    def choose(self, candidates: "tuple[Candidate, ...]", only: ExportFilter) -> None:
        """Find those that are asked for."""

        def work(cancel: CancelToken, report: Report) -> "tuple[Candidate, ...]":
            from nbreview.training.rehearsal import chosen

            return chosen(candidates, only)

        self._start(CHOOSE, tr("Looking for what is asked for"), work, self.chosen.emit)

    def count(self, wanted: Wanted) -> None:
        """Count the rows that an export would write."""

        def work(cancel: CancelToken, report: Report) -> "Rehearsal":
            from nbreview.training.pipeline import Selection
            from nbreview.training.rehearsal import rehearse

            with _counter(wanted.model, cancel) as counter:
                splits = _splits(wanted.splits)
                # How the rows are divided is settled as they are written; here a repository is never divided.
                splits = splits.settled(2) if splits is not None else None
                selection = Selection(wanted.only, wanted.without, splits, counter, wanted.max_tokens)
                return rehearse(
                    self._store, wanted.format, selection, cancel, _counting(report), self._cleaned()
                )

        self._start(COUNT, tr("Counting rows"), work, self.counted.emit)

    def show(self, decision: str, wanted: Wanted) -> None:
        """Make the row of one decision."""

        def work(cancel: CancelToken, report: Report) -> "ShownRow":
            from nbreview.training.rehearsal import show_row

            try:
                with _counter(wanted.model, cancel) as counter:
                    return show_row(self._store, decision, wanted.format, counter, self._cleaned())
            except KeyError:
                raise UserError(
                    "This decision is not in the store any more; open the window again."
                ) from None

        self._start(SHOW, tr("Making the row"), work, self.shown.emit)

    def export(self, out: Path, wanted: Wanted) -> None:
        """Write the data."""

        def work(cancel: CancelToken, report: Report) -> "ExportReport":
            from nbreview.training.writer import export

            with _counter(wanted.model, cancel) as counter:
                return export(
                    self._store,
                    out,
                    wanted.format,
                    cancel,
                    _counting(report),
                    splits=_splits(wanted.splits),
                    without=wanted.without,
                    only=wanted.only,
                    counter=counter,
                    max_tokens=wanted.max_tokens,
                )

        # The count would only take time from it.
        self._tasks.stop(COUNT)
        self._start(EXPORT, tr("Exporting to {name}").format(name=out.name), work, self.exported.emit)

    def stop(self) -> None:
        """Stop the export and the count."""
        self._stopping = True
        for slot in (EXPORT, COUNT):
            self._tasks.stop(slot)
        self._stopping = False

    def close(self) -> None:
        """The window was closed: nobody waits for a count or a row."""
        for slot in (SURVEY, CHOOSE, COUNT, SHOW):
            self._tasks.stop(slot)
        self._cleaner = None

    def _cleaned(self) -> "Cleaner":
        from nbreview.training.rehearsal import Cleaner

        if self._cleaner is None:
            self._cleaner = Cleaner()
        return self._cleaner

    def _start(
        self, slot: str, title: str, work: Callable[[CancelToken, Report], Any], done: Callable[[Any], None]
    ) -> None:
        def failed(error: BaseException) -> None:
            if isinstance(error, UserError):
                self.failed.emit(spoken(error.message))
            else:
                self._tasks.error.emit(title, error)

        def stopped() -> None:
            # A count that makes room for the next one is not stopped for the person.
            if slot == EXPORT or self._stopping:
                self.stopped.emit()

        self._tasks.start(slot, title, work, done, failed, stopped)


def _counter(model: Path | None, cancel: CancelToken) -> Any:
    """What counts tokens, as a context."""
    from contextlib import nullcontext

    from nbreview.llm.vocabulary import open_vocabulary

    return nullcontext() if model is None else open_vocabulary(model, cancel)


def _splits(text: str) -> Any:
    from nbreview.training.splits import parse_splits

    return parse_splits(text) if text else None


def _counting(report: Report) -> Callable[[int, int], None]:
    def tell(seen: int, total: int) -> None:
        words = tr("{done} of {total}").format(done=_grouped(seen), total=_grouped(total))
        report(seen / max(1, total), words)

    return tell


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", " ")
