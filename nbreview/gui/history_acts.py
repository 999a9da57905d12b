"""What can be done with the history: swap the sides, filter it, see how the notebook grew, and follow a cell
back through the commits.

Knows the session, the tasks, the history panel, the canvas and the windows of a cell's history.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from nbreview.cancellation import CancelToken
from nbreview.gui.actions import Actions
from nbreview.gui.acts import Acts
from nbreview.gui.appearance import Appearance
from nbreview.gui.controller import ReviewController
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.diff.captions import Captions
from nbreview.gui.growth_strip import GrowthStrip
from nbreview.gui.history_panel import HistoryPanel
from nbreview.gui.language import tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.tasks import Report
from nbreview.gui.theme import Theme
from nbreview.history.model import Revision, RevisionKind
from nbreview.presentation.growth import Column
from nbreview.services.cell_history import CellHistory, CellVersion, cell_history
from nbreview.services.growth import grow
from nbreview.services.session import Topic

if TYPE_CHECKING:
    from nbreview.gui.cell_history_window import CellHistoryWindow

MAX_KEPT = 24
"""Histories of cells that are kept while the notebook is open."""
GROWTH, CELL = "growth", "cell history"
"""The slots of the two tasks."""
_Wanted = tuple[str, str, str, int]


class HistoryActs(Acts):
    """A room of the window, see `gui.room`. Owner of the strip and of the window of a cell's history."""

    _column = Signal(object, object, object)  # from a worker: which columns, Revision, Column
    _version = Signal(
        object, object, int
    )  # from a worker: of which cell, CellVersion, how many were looked at

    def __init__(
        self,
        controller: ReviewController,
        history: HistoryPanel,
        canvas: DiffCanvas,
        appearance: Appearance,
        actions: Actions,
        notices: NoticeArea,
        parent: QWidget,
    ) -> None:
        session = controller.session
        super().__init__(session, controller.tasks, parent)
        self._controller, self._history, self._canvas = controller, history, canvas
        self._appearance, self._actions, self._notices = appearance, actions, notices
        self._theme = appearance.theme()
        self._commits: tuple[Revision, ...] = ()
        self._columns: object = None  # for which commits columns are being counted
        self._kept: dict[_Wanted, CellHistory] = {}
        self._following: _Wanted | None = None
        self._goal: CellVersion | None = None  # where to go when the commit that was asked for is shown
        self.window: CellHistoryWindow | None = None
        self.strip = GrowthStrip(self._theme, history)
        self.strip.set_open(session.settings.growth_strip)
        history.add_below(self.strip)
        history.resized.connect(self.strip.set_room)
        actions["swap"].setIconText("⇄")  # what its button shows; menus have the words
        captions = canvas.findChild(Captions)
        if captions is not None:
            captions.set_swap(actions["swap"])
        # Columns are asked for once, after any number of changes to what is in the strip.
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self._count)
        self.strip.wanted.connect(self._asking.start)
        self.strip.chosen.connect(self._go)
        self.strip.folded.connect(lambda folded: self.show_growth(not folded))
        self._column.connect(self._take_column)
        self._version.connect(self._take_version)
        controller.rules_changed.connect(self._begin_strip)
        self.noticed.connect(notices.notify)
        actions["growth"].setChecked(self.strip.is_open)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {
            "swap": self.swap,
            "filter_history": self._history.show_filter,
            "growth": self.show_growth,
            "cell_history": self.show_cell_history,
        }

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        self.strip.set_theme(theme)
        self.strip.set_room(self._history.height())
        if self.window is not None:
            self.window.set_theme(theme)

    def announced(self, topics: frozenset[Topic]) -> None:
        """Another notebook, or another comparison of it."""
        if Topic.TARGET in topics:
            self._take_history()
        if Topic.COMPARISON in topics:
            self._mark()
            self._arrive()

    # The sides.

    def swap(self) -> None:
        """Show the base as head and the head as base."""
        shown = self.session.comparison
        if shown is None:
            self._notices.inform(tr("No notebook is open; open one first."))
            return
        base, head = shown.head.revision, shown.base.revision
        if base is None or head is None:
            self._notices.inform(
                tr("There is nothing to swap: this revision added the notebook. Choose two revisions first.")
            )
            return
        self._controller.compare(base, head)

    # The strip.

    def show_growth(self, shown: bool) -> None:
        """Show the strip of how the notebook grew, or its heading alone; it is so at the next start."""
        self._actions["growth"].setChecked(shown)
        if self.strip.is_open is not shown:
            self.strip.set_open(shown)
        self.strip.set_room(self._history.height())
        if shown:
            self.strip.plot.setFocus()
        else:
            self.tasks.stop(GROWTH)
        self._appearance.change_settings(growth_strip=shown)

    def _take_history(self) -> None:
        """The history was read; the commits are often those that are known."""
        opened = self.session.opened
        in_git = opened is not None and opened.target.repository is not None
        revisions = opened.revisions if opened is not None and in_git else ()
        commits = tuple(each for each in revisions if each.kind is RevisionKind.COMMIT)
        if commits != self._commits or not commits:
            self._commits = commits
            self._begin_strip()

    def _begin_strip(self) -> None:
        """Another history, or other rules of comparing it: what is under way is of no use."""
        self.tasks.stop(GROWTH)
        self._columns = object()
        self._kept.clear()
        self.strip.set_commits(self._commits)
        self._mark()

    def _mark(self) -> None:
        shown = self.session.comparison
        head = shown.head.revision if shown is not None else None
        self.strip.plot.set_current(head.commit if head is not None else "")

    def _count(self) -> None:
        opened, missing, columns = self.session.opened, self.strip.missing(), self._columns
        if opened is None or not missing or not self.strip.is_open:
            return
        target, settings, store = opened.target, self.session.settings, self.session.store

        def work(cancel: CancelToken, report: Report) -> bool:
            return grow(
                target,
                missing,
                settings,
                store,
                lambda revision, column: self._column.emit(columns, revision, column),
                cancel,
                lambda done: report(done / len(missing), f"{done} / {len(missing)}"),
            )

        def ended(_done: object = None) -> None:
            self.strip.set_counting(False)

        self.strip.set_counting(True)
        self._run(GROWTH, tr("Counting how the notebook grew"), work, ended, ended)

    def _take_column(self, columns: object, revision: Revision, column: Column) -> None:
        if columns is not self._columns:  # it was counted for another notebook, or by other rules
            return
        self.strip.set_column(revision, column)
        if column.runs:
            self._history.set_badge_of(revision, column.counts())

    def _go(self, revision: Revision) -> None:
        self._history.choose([revision])

    # A cell.

    def show_cell_history(self) -> None:
        """Open the history of the cell at hand; of one that was removed, from where it still was."""
        shown, opened = self.session.comparison, self.session.opened
        change = self._canvas.current_change()
        if shown is None or opened is None or change is None:
            self._notices.inform(tr("No cell is at hand; click one, or press N to go to a change."))
            return
        side, index = shown.head, change.head_index
        if index is None:
            side, index = shown.base, change.base_index
        if side.revision is None or index is None:
            return
        wanted = (side.revision.kind.value, side.revision.commit, side.blob, index)
        window = self._window()
        window.begin(
            tr("Cell {number} of {notebook}").format(number=index + 1, notebook=opened.target.notebook.name),
            side.notebook.language,
        )
        known = self._kept.get(wanted)
        if known is not None:
            self.tasks.stop(CELL)
            self._following = None
            window.show_history(known)
            return
        self._following = wanted
        target, revisions, settings = opened.target, opened.revisions, self.session.settings
        start, most = side.revision, len(opened.revisions)

        def work(cancel: CancelToken, report: Report) -> CellHistory:
            return cell_history(
                target,
                revisions,
                start,
                index,
                settings,
                cancel,
                lambda version, looked: self._version.emit(wanted, version, looked),
                lambda looked: report(looked / most, f"{looked} / {most}"),
            )

        def done(found: CellHistory) -> None:
            self._following = None
            while len(self._kept) >= MAX_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[wanted] = found
            window.show_history(found)

        def stopped() -> None:
            if self._following == wanted:
                self._following = None
                window.stop()

        self._run(CELL, tr("Following a cell through the commits"), work, done, stopped)

    def _window(self) -> "CellHistoryWindow":
        if self.window is None:
            from nbreview.gui.cell_history_window import CellHistoryWindow

            parent = self.parent()
            self.window = CellHistoryWindow(parent if isinstance(parent, QWidget) else None, self._theme)
            self.window.commit_wanted.connect(self._show_commit)
            self.window.stop_wanted.connect(lambda: self.tasks.stop(CELL))
        return self.window

    def _take_version(self, wanted: _Wanted, version: CellVersion, looked: int) -> None:
        if wanted == self._following and self.window is not None:
            self.window.add_version(version, looked)

    def _show_commit(self, version: CellVersion) -> None:
        """Show what a revision changed, at the cell."""
        if version.revision not in self._history.revisions():
            self._notices.inform(tr("That revision is not in the history any more; press F5 to read it."))
            return
        shown = self.session.comparison
        if shown is not None and shown.head.revision == version.revision:
            self._canvas.goto_head_cell(version.index)
            return
        self._goal = version
        self._history.choose([version.revision])

    def _arrive(self) -> None:
        """Go to the cell once the commit that was asked for is shown; another comparison ends the waiting."""
        goal, self._goal = self._goal, None
        shown = self.session.comparison
        if goal is not None and shown is not None and shown.head.revision == goal.revision:
            self._canvas.goto_head_cell(goal.index)
