"""The review of a folder or a range in the window: finds the changed notebooks, opens one after the other,
and keeps what was viewed.

Knows the session, the controller and the panel of files, and stands beside the history in the left column.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.acts import Acts
from nbreview.gui.controller import ReviewController
from nbreview.gui.files import ask_review_folder
from nbreview.gui.files_model import row_of_change, row_of_file
from nbreview.gui.files_panel import FilesPanel
from nbreview.gui.language import spoken, tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.parts import Tabs
from nbreview.gui.tasks import Report
from nbreview.gui.theme import Theme
from nbreview.history.model import RevisionKind
from nbreview.services.repository_review import (
    ChangedNotebook,
    Counted,
    RepositoryReview,
    ReviewRange,
    count_changed,
    find_names,
    find_review,
    set_viewed,
)
from nbreview.services.session import ReviewSession, Topic

if TYPE_CHECKING:
    from nbreview.gui.range_window import RangeWindow

_Key = tuple[str, str, str]


class RepositoryActs(Acts):
    """A room of the window, see `gui.room`. `tabs` holds the files, while there are some, and the history."""

    entered = Signal()
    """A folder or range is under review: its list is to be seen, whether or not a notebook is open."""
    changed = Signal()
    """Another folder or range is under review, or none."""
    _counted = Signal(object, int, object)  # from a worker: which counting, place, Counted

    def __init__(
        self,
        session: ReviewSession,
        controller: ReviewController,
        history: QWidget,
        notices: NoticeArea,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(session, controller.tasks, window)
        self._controller, self._notices, self._window, self._theme = controller, notices, window, theme
        self.review: RepositoryReview | None = None
        self._places: dict[Path, int] = {}
        self._counting = object()
        self._unwritten: dict[_Key, tuple[RepositoryReview, ChangedNotebook, bool]] = {}
        self._range_window: RangeWindow | None = None
        self._history = history
        self.tabs = Tabs()
        self.panel = FilesPanel(theme, self.tabs)  # also while it is no tab: it goes with it
        self.panel.hide()
        self.tabs.setAccessibleName(tr("Files and history"))
        self.tabs.addTab(history, tr("History"))
        self.panel.opened.connect(self.show)
        self.panel.toggled.connect(self.toggle_viewed)
        self.panel.close_wanted.connect(self.close)
        self.noticed.connect(notices.notify)
        self._counted.connect(self._take_counted)
        controller.review_wanted.connect(self.open)
        controller.rules_changed.connect(self._count)

    # What the window asks of a room.

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {
            "open_folder": self.choose_folder,
            "review_range": self.ask_range,
            "close_review": self.close,
            "reload": self.reload,
            "go_files": self.go_files,
            "go_history": self.go_history,
            "next_file": lambda: self._step(1),
            "previous_file": lambda: self._step(-1),
            "next_unviewed": self.show_unviewed,
            "file_viewed": self.toggle_current,
        }

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.panel.set_theme(theme)
        if self._range_window is not None:
            self._range_window.set_theme(theme)

    def announced(self, topics: frozenset[Topic]) -> None:
        """Mark the notebook that is shown, and count it anew where its file was written."""
        if self.review is not None and topics & {Topic.TARGET, Topic.COMPARISON}:
            self._mark()

    # Opening and closing.

    def open(
        self, asked: ReviewRange, current: Path | None = None, otherwise: Callable[[], None] | None = None
    ) -> None:
        """Review a folder or a range.

        Parameters
        ----------
        current:
            The notebook to show first, if it is among those that changed; else the first that has not been
            viewed.
        otherwise:
            Called where `current` is not among them, or the review cannot be opened.
        """
        store = self.session.store

        def work(cancel: CancelToken, report: Report) -> RepositoryReview:
            return find_review(asked, store, cancel, report)

        self._run(
            "repository",
            tr("Looking for changed notebooks"),
            work,
            lambda review: self._adopt(review, current, otherwise),
            stopped=otherwise,
        )

    def restore(self, kept: Mapping[str, Any], notebook: Path | None, sides: object) -> None:
        """Open what `kept` gave before the restart, with the notebook that was shown."""

        def notebook_alone() -> None:
            if notebook is not None:
                self._controller.open_at(notebook, sides)

        asked = ReviewRange(Path(str(kept.get("folder", ""))), str(kept.get("range", "")))
        self.open(asked, notebook, notebook_alone)

    def kept(self) -> dict[str, str] | None:
        """What is under review, for `restore`; None for nothing."""
        if self.review is None:
            return None
        return {"folder": str(self.review.asked.folder), "range": self.review.asked.spec}

    def close(self) -> None:
        """Put the list away; the notebook that is shown stays."""
        self.tasks.stop("repository")
        self.tasks.stop("file counts")
        self.review = None
        self._places = {}
        self.tabs.removeTab(self.tabs.indexOf(self.panel))
        self.panel.hide()
        self.changed.emit()

    def reload(self) -> None:
        """Look again for what has changed, and read the notebook that is shown again."""
        review = self.review
        if review is None:
            self._controller.reload()
            return
        opened = self.session.opened
        shown = opened.target.notebook if opened is not None else None
        self.open(review.asked, shown, self._controller.reload)

    def choose_folder(self) -> None:
        """Ask for a folder and review it."""
        folder = ask_review_folder(self._window)
        if folder is not None:
            self.open(ReviewRange(folder))

    def ask_range(self) -> None:
        """Ask for a range in the repository at hand, or in one that is chosen first."""
        folder = self._folder()
        if folder is None:
            folder = ask_review_folder(self._window)
        if folder is not None:
            self._ask_range(folder)

    def _folder(self) -> Path | None:
        if self.review is not None:
            return self.review.asked.folder
        opened = self.session.opened
        if opened is None or opened.target.repository is None:
            return None
        return opened.target.repository.root

    def _ask_range(self, folder: Path) -> None:
        if self._range_window is None:
            from nbreview.gui.range_window import RangeWindow

            window = self._range_window = RangeWindow(self._window, self._theme)
            window.chosen.connect(lambda chosen, spec: self.open(ReviewRange(chosen, spec)))
            window.folder_wanted.connect(self._other_folder)
        asking = self._range_window
        asking.ask(folder)
        self._run(
            "names",
            tr("Listing branches"),
            lambda cancel, _report: find_names(folder, cancel),
            lambda names: asking.set_names(folder, names),
        )

    def _other_folder(self) -> None:
        folder = ask_review_folder(self._window)
        if folder is not None:
            self._ask_range(folder)

    def _adopt(
        self, review: RepositoryReview, current: Path | None, otherwise: Callable[[], None] | None
    ) -> None:
        asked, again = review.asked, self.review is not None and self.review.asked == review.asked
        if not review.changed and not review.notebooks:
            said = tr("No notebook has changed in {range}, and {folder} holds none; open another folder.")
            if not asked.spec:
                said = tr("{folder} holds no notebook; open another folder, or one .ipynb file.")
            self._notices.warn(said.format(range=asked.spec, folder=asked.folder))
            if otherwise is not None:
                otherwise()
            if not again:
                return
        only = len(review.notebooks) == 1 and not asked.spec and not again
        if only and all(_path(review, each) == review.notebooks[0] for each in review.changed):
            self._controller.open(review.notebooks[0])
            return
        self._list(review)
        self._count()
        self.entered.emit()
        opened = self.session.opened
        if current is None and not again and opened is not None:
            current = opened.target.notebook  # what is being read stays, as the review compares it
        place = self._places.get(current) if current is not None else None
        if place is not None and review.changed:
            self.show(place)
        elif otherwise is not None:
            otherwise()
        elif review.changed and not again:
            # The first that is left to view. One that cannot be read says so in the list, and is passed over.
            order = self.panel.places_unviewed() or tuple(range(len(review.changed)))
            self._controller.open_changed(review, *(review.changed[place] for place in order))
        self.changed.emit()

    def _list(self, review: RepositoryReview) -> None:
        """Show a review's notebooks."""
        asked = review.asked
        self.review = review
        paths = [_path(review, each) for each in review.changed] or list(review.notebooks)
        self._places = {path: place for place, path in enumerate(paths)}
        rows = [row_of_change(each) for each in review.changed]
        rows = rows or [row_of_file(path, asked.folder) for path in review.notebooks]
        viewed = [place for place, each in enumerate(review.changed) if each.key in review.viewed]
        title = asked.spec or asked.folder.name or str(asked.folder)
        self.panel.set_files(rows, viewed, title, _caption(review), tr("There is no notebook here any more."))
        if self.tabs.indexOf(self.panel) < 0:
            self.tabs.insertTab(0, self.panel, tr("Files"))
            self.tabs.setCurrentWidget(self.panel)
            self.tabs.setTabToolTip(0, tr("Notebooks under review"))
        if self.session.opened is None:
            self._window.setWindowTitle(tr("{title} — nbreview").format(title=title))
        self._mark()

    # The notebooks.

    def show(self, place: int) -> None:
        """Show a notebook of the list in the diff."""
        review = self.review
        if review is None:
            return
        if review.changed:
            self._controller.open_changed(review, review.changed[place])
        else:
            self._controller.open(review.notebooks[place])

    def show_unviewed(self) -> None:
        """Show the next notebook that has not been viewed."""
        if not self._is_listing():
            return
        places = self.panel.places_unviewed()
        if places:
            self.show(places[0])
        elif self.review is not None and self.review.changed:
            self._notices.inform(tr("No other notebook is left to view."))

    def go_files(self) -> None:
        """Put the keyboard into the list of files."""
        if self._is_listing():
            self.tabs.setCurrentWidget(self.panel)
            self.panel.setFocus()

    def go_history(self) -> None:
        """Put the keyboard into the history."""
        self.tabs.setCurrentWidget(self._history)
        self._history.setFocus()

    def _step(self, step: int) -> None:
        if not self._is_listing():
            return
        place = self.panel.place_beside(step)
        if place is not None:
            self.show(place)
        else:
            last = tr("This is the last notebook of the list.")
            self._notices.inform(last if step > 0 else tr("This is the first notebook of the list."))

    def _is_listing(self) -> bool:
        """Whether there is a list; says how to come by one where there is none."""
        if self.review is None:
            self._notices.inform(
                tr("No folder is open; “Open folder or repository…” in the File menu lists its notebooks.")
            )
        return self.review is not None

    def _mark(self) -> None:
        opened, review = self.session.opened, self.review
        place = self._places.get(opened.target.notebook, -1) if opened is not None else -1
        self.panel.set_open(place)
        if review is None or place < 0 or not review.changed:
            return
        comparison, notebook = self.session.comparison, review.changed[place]
        side = notebook.change.head
        if (
            comparison is None
            or side is None
            or side.kind is not RevisionKind.WORKING_TREE
            or comparison.head.revision is None
            or comparison.head.revision.kind is not RevisionKind.WORKING_TREE
            or comparison.base.blob != notebook.base_blob
            or len(comparison.head.blob) != len(notebook.head_blob)
            or comparison.head.blob == notebook.head_blob
        ):
            return
        # The file was written since it was listed: another version, which nobody has viewed yet.
        written = replace(notebook, head_blob=comparison.head.blob)
        changed = (*review.changed[:place], written, *review.changed[place + 1 :])
        self.review = replace(review, changed=changed)
        known = self.panel.model.known.get(place, Counted(None))
        self.panel.set_known(
            place, replace(known, counts=dict(comparison.diff.counts()), problem="", findings=0)
        )
        self.panel.set_viewed(place, written.key in review.viewed)

    # Counting and ticks.

    def _count(self) -> None:
        """Count the cells that differ, in the background."""
        review, counting = self.review, object()
        self._counting = counting
        if review is None or not review.changed:
            return
        store, settings = self.session.store, self.session.settings

        def work(cancel: CancelToken, report: Report) -> None:
            count_changed(
                store,
                review,
                settings,
                lambda place, known: self._counted.emit(counting, place, known),
                cancel,
                report,
            )

        self._run("file counts", tr("Counting changed cells"), work, lambda _: None)

    def _take_counted(self, counting: object, place: int, known: Counted) -> None:
        if counting is self._counting and self.review is not None:
            self.panel.set_known(place, known)

    def toggle_current(self) -> None:
        """Tick the notebook that is shown, or take its tick away."""
        if not self._is_listing():
            return
        place = self.panel.model.open_place
        if place >= 0 and self.panel.model.files[place].tickable:
            self.toggle_viewed(place)
        else:
            self._notices.inform(
                tr("The notebook shown is not among those that changed; choose one in Files.")
            )

    def toggle_viewed(self, place: int) -> None:
        """Tick a notebook's two versions as viewed, or take the tick away."""
        review = self.review
        if review is None or place >= len(review.changed):
            return
        notebook = review.changed[place]
        viewed = place not in self.panel.model.viewed
        self.panel.set_viewed(place, viewed)
        self.review = replace(
            review, viewed=review.viewed | {notebook.key} if viewed else review.viewed - {notebook.key}
        )
        self._unwritten[notebook.key] = (review, notebook, viewed)
        # After the event: a second press of the key is then one more thing to write, and no other task.
        QTimer.singleShot(0, self, self._write_viewed)

    def _write_viewed(self) -> None:
        if not self._unwritten or self.tasks.is_running("viewed files"):
            return
        ticks, self._unwritten = tuple(self._unwritten.values()), {}
        store = self.session.store

        def work(cancel: CancelToken, report: Report) -> str:
            try:
                for review, notebook, viewed in ticks:
                    set_viewed(store, review, notebook, viewed=viewed)
            except UserError as error:
                return spoken(error.message)
            return ""

        def done(problem: str) -> None:
            if problem:
                self._notices.warn(problem)
            self._write_viewed()

        self.tasks.start("viewed files", "", work, done, finish=True)


def _path(review: RepositoryReview, notebook: ChangedNotebook) -> Path:
    assert review.repository is not None  # only a repository's notebooks change
    return review.repository.path_of(notebook.path)


def _caption(review: RepositoryReview) -> str:
    """What is to be known of a review, below its title."""
    asked = review.asked
    if review.repository is None:
        said = tr("Not in a git repository: all {number} notebooks are listed; Enter opens one.")
        return said.format(number=len(review.notebooks))
    where = asked.folder.name if asked.spec else tr("since the last commit")
    if not review.changed:
        said = tr("{where}: no notebook has changed. All {number} are listed; Enter opens one.")
        return said.format(where=where, number=len(review.notebooks))
    one, more = tr("{where} · 1 notebook changed"), tr("{where} · {number} notebooks changed")
    return (one if len(review.changed) == 1 else more).format(where=where, number=len(review.changed))
