"""Taking back what was done with comments, newest first: what Ctrl+Z asks before it takes back an act on a
cell.

Knows the session and its times, and nothing of threads: what takes a step back, and how it is written, is the
caller's.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from nbreview.gui.language import tr
from nbreview.gui.tasks import TaskRunner
from nbreview.review.model import now
from nbreview.services.session import ReviewSession

MOST = 100
"""Steps that are kept, as long as the window is open."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One thing done with a comment of a notebook at a time (seconds since the epoch).

    `take_back` runs on a worker thread; `undone` is what is said then.
    """

    time: float
    notebook: str
    undone: str
    take_back: Callable[[], object]


class CommentUndo:
    """The steps of one window.

    Parameters
    ----------
    undo_cell:
        Takes back the newest act on a cell or acceptance, where that is newer than every step.
    write:
        Runs what takes a step back, and says the words once it is in the store.
    failed:
        Told when the store cannot be asked.
    """

    def __init__(
        self,
        session: ReviewSession,
        tasks: TaskRunner,
        undo_cell: Callable[[], object],
        write: Callable[[Callable[[], object], str], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._session, self._tasks, self._undo_cell = session, tasks, undo_cell
        self._write, self._failed = write, failed
        self._steps: list[Step] = []
        self._numbers = itertools.count(1)

    def note(self, undone: str, take_back: Callable[[], object]) -> Step:
        """Something was done in the notebook at hand."""
        step = Step(now(), str(self._session.target().notebook), undone, take_back)
        self._steps = [*self._steps, step][-MOST:]
        return step

    def take_back(self, step: Step) -> bool:
        """Take back one step, if that has not been done already."""
        if step not in self._steps:
            return False
        self._steps.remove(step)
        self._write(step.take_back, step.undone)
        return True

    def undo(self) -> None:
        """Take back the newest thing done in the notebook at hand: with a comment, else with a cell."""
        opened = self._session.opened
        name = str(opened.target.notebook) if opened is not None else ""
        newest = next((step for step in reversed(self._steps) if step.notebook == name), None)
        if opened is None or newest is None:
            self._undo_cell()
            return
        target, step = opened.target, newest

        def done(time: float) -> None:
            if time > step.time:
                self._undo_cell()
            elif not self.take_back(step):
                self.undo()  # an earlier press has taken it

        slot = f"undo asked {next(self._numbers)}"
        work = self._session.newest_act_time
        self._tasks.start(slot, tr("Undoing"), lambda _c, _r: work(target), done, self._failed)
