"""Exporting the whole review: one page of HTML, or Markdown for a pull request.

Knows the session, the tasks and the notices. What is exported is what the session shows, and what the store
holds of its notebook.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from nbreview.errors import UserError
from nbreview.gui.language import spoken, tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.tasks import TaskRunner
from nbreview.gui.theme import Theme
from nbreview.services.session import ReviewSession, Topic


def ask_review(parent: QWidget, name: str) -> Path | None:
    """Where the review goes; `name` is proposed. Without an ending it is HTML, or what the filter says."""
    page, text = tr("One page (*.html)"), tr("Markdown for a pull request (*.md)")
    chosen, kind = QFileDialog.getSaveFileName(parent, tr("Export the review"), name, f"{page};;{text}")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(".md" if kind == text else ".html")


class ReviewExport(QObject):
    """A room of the window, see `gui.room`.

    Parameters
    ----------
    ask:
        Asks the person for a file, given a name for it.
    """

    def __init__(
        self,
        session: ReviewSession,
        tasks: TaskRunner,
        notices: NoticeArea,
        parent: QWidget,
        ask: Callable[[QWidget, str], Path | None] = ask_review,
    ) -> None:
        super().__init__(parent)
        self._session, self._tasks, self._notices = session, tasks, notices
        self._parent, self._ask = parent, ask

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {"export_review": self.export}

    def set_theme(self, theme: Theme) -> None:
        """The dialog is the system's."""

    def announced(self, topics: frozenset[Topic]) -> None:
        """What is exported is looked at when it is asked for."""

    def export(self) -> None:
        """Ask for a file and write the review into it."""
        shown = self._session.comparison
        if shown is None:
            self._notices.inform(tr("No notebook is open; open one first, then its review can be exported."))
            return
        path = self._ask(self._parent, f"{shown.target.notebook.stem}-review.html")
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the review of what is shown into a file, HTML or Markdown as its ending says."""
        session, shown = self._session, self._session.shown()
        findings, viewed = session.findings, session.viewed
        new = session.changes.new if session.changes is not None else ()

        def work(cancel: object, _report: object) -> None:
            from nbreview.services.reviewing import gather, write_review

            write_review([gather(session.store, shown, findings, new, viewed)], path, cancel)  # type: ignore[arg-type]

        def done(_nothing: None) -> None:
            self._notices.inform(
                tr("The review is in {path}.").format(path=path),
                tr("Open", "button"),
                lambda: self._open(path),
            )

        def failed(error: BaseException) -> None:
            if isinstance(error, UserError):
                self._notices.fail(spoken(error.message))
            else:
                self._tasks.error.emit(tr("Exporting the review"), error)

        self._tasks.start("export review", tr("Exporting the review"), work, done, failed, finish=True)

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._notices.warn(tr("Nothing opens {path} here; open it yourself.").format(path=path))
