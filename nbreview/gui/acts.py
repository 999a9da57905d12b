"""What every group of acts needs: the session, the tasks, and a way to say what went wrong.

Imports `tasks` and the session's services; no widget.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.language import spoken
from nbreview.gui.tasks import Report, TaskRunner
from nbreview.services.session import ReviewSession


class Acts(QObject):
    """Acts that run as tasks."""

    noticed = Signal(str, str)  # level (info, warning, error), text

    def __init__(self, session: ReviewSession, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.tasks = tasks

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
            self.noticed.emit("error", spoken(error.message))
        else:
            self.tasks.error.emit(title, error)
