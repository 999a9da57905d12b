"""The acts that move a cell between the file, git's index and the base: stage, unstage, revert, and undo.

Knows the session and the tasks and no widget.
"""

import itertools
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.acts import Acts
from nbreview.gui.language import QT_TR_NOOP, spoken, tr
from nbreview.gui.tasks import TaskRunner
from nbreview.services.acts import ActKind, CellAct
from nbreview.services.opening import Comparison
from nbreview.services.session import ReviewSession

_Work = Callable[[Comparison, int, CancelToken | None], CellAct]
_DOING = {
    "Staging": QT_TR_NOOP("Staging cell {number}"),
    "Unstaging": QT_TR_NOOP("Unstaging cell {number}"),
    "Reverting": QT_TR_NOOP("Reverting cell {number}"),
}
"""What the status bar says, by the beginning of the task's slot."""
_TAKEN_BACK = {
    ActKind.REVERTED: QT_TR_NOOP("{name} is as it was before cell {number} was reverted."),
    ActKind.EDITED: QT_TR_NOOP("{name} is as it was before cell {number} was edited."),
    ActKind.STAGED: QT_TR_NOOP("What is staged of {name} is as it was before cell {number} was staged."),
    ActKind.UNSTAGED: QT_TR_NOOP("What is staged of {name} is as it was before cell {number} was unstaged."),
}


class PartActs(Acts):
    """What is done with one cell of the comparison shown, named by its place in the diff."""

    done = Signal(str, object)  # what was done, and the act to undo
    undone = Signal(object)  # the act or acceptance that was taken back
    written = Signal()  # the file or the index is no longer what was read

    def __init__(self, session: ReviewSession, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(session, tasks, parent)
        self._undos = itertools.count(1)

    def stage(self, change: int) -> None:
        """Put a cell of the working tree into the index, and nothing else."""
        self._start("Staging", change, self.session.stage_work)

    def unstage(self, change: int) -> None:
        """Take a cell out of the index."""
        self._start("Unstaging", change, self.session.unstage_work)

    def revert(self, change: int) -> None:
        """Give a cell of the file back to the base."""
        self._start("Reverting", change, self.session.revert_work)

    def edit(self, shown: Comparison, change: int, source: str, ended: Callable[[bool], None]) -> None:
        """Write another source into a cell of the file; `ended` is told whether it was written."""
        title = tr("Saving cell {number}").format(number=_number(shown.diff.cells[change]))
        work = self.session.edit_work

        def done(act: CellAct) -> None:
            ended(True)
            self.done.emit(happened(act), act)
            self.written.emit()

        def failed(error: BaseException) -> None:
            self._failed(title, error)
            ended(False)

        slot = f"Saving {change}"
        self.tasks.start(slot, title, lambda c, r: work(shown, change, source, c), done, failed, finish=True)

    def undo(self, act: CellAct | None = None) -> None:
        """Take back one act, else the newest act or acceptance in this notebook."""
        opened = self.session.opened
        if opened is None:
            self.noticed.emit("info", tr("No notebook is open; open one first."))
            return
        target = opened.target

        def done(undone: Any) -> None:
            if isinstance(undone, CellAct):
                self.noticed.emit("info", taken_back(undone))
            else:
                text = tr("Cell {number} of {name} is as it was before the suggestion was accepted.")
                number = undone.suggestion.place.cell_index + 1
                self.noticed.emit("info", text.format(number=number, name=target.notebook.name))
            self.undone.emit(undone)
            self.written.emit()

        # Each press takes one back, and a second one may come before the first is through.
        slot = f"undo {next(self._undos)}"
        work = self.session.undo_work
        self._run(slot, tr("Undoing"), lambda c, r: work(target, c, act), done, finish=True)

    def _start(self, doing: str, change: int, work: _Work) -> None:
        shown = self.session.comparison
        if shown is None or not 0 <= change < len(shown.diff.cells):
            self.noticed.emit("info", tr("No cell is at hand; open a notebook and choose a change."))
            return

        def done(act: CellAct) -> None:
            self.done.emit(happened(act), act)
            self.written.emit()

        def failed(error: BaseException) -> None:
            self._failed(title, error)
            if isinstance(error, UserError):
                self.written.emit()  # the file or the index may have changed: show what is so now

        # The second press of two finds the slot taken, and does nothing.
        slot = f"{doing} {change}"
        title = tr(_DOING[doing]).format(number=_number(shown.diff.cells[change]))
        self.tasks.start(slot, title, lambda c, r: work(shown, change, c), done, failed, finish=True)


def happened(act: CellAct) -> str:
    """What an act did, as a sentence."""
    name, number = act.notebook.name, _number(act.change)
    removed, added = act.change.head_index is None, act.change.base_index is None
    if act.kind is ActKind.EDITED:
        said = tr("Cell {number} of {name} is saved as you edited it.")
    elif act.kind is ActKind.STAGED and removed:
        said = tr("The removal of cell {number} of {name} is staged.")
    elif act.kind is ActKind.STAGED:
        said = tr("Cell {number} of {name} is staged.")
    elif act.kind is ActKind.UNSTAGED and removed:
        said = tr("The removal of cell {number} of {name} is no longer staged.")
    elif act.kind is ActKind.UNSTAGED:
        said = tr("Cell {number} of {name} is no longer staged.")
    elif removed:
        said = tr("Cell {number} of the base ({base}) is in {name} again.")
    elif added:
        said = tr("Cell {number} is out of {name}: the base ({base}) does not hold it.")
    else:
        said = tr("Cell {number} of {name} is as in the base again ({base}).")
    return said.format(number=number, name=name, base=spoken(act.base))


def taken_back(act: CellAct) -> str:
    """What undoing an act did, as a sentence."""
    return tr(_TAKEN_BACK[act.kind]).format(name=act.notebook.name, number=_number(act.change))


def _number(change: Any) -> int:
    """A cell's number for people: in the head, of a removed cell in the base."""
    index = change.head_index if change.head_index is not None else change.base_index
    return int(index) + 1
