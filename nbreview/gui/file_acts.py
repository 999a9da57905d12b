"""Opening notebooks: by dialog, dropped on the window, or from the list of recent ones.

Knows the controller, the start page and the notices.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from nbreview.gui.controller import ReviewController
from nbreview.gui.files import ask_notebook, ask_pair
from nbreview.gui.language import tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.start_window import StartPage
from nbreview.gui.theme import Theme
from nbreview.services.session import ReviewSession, Topic


class FileActs:
    """A room of the window, see `gui.room`."""

    def __init__(
        self,
        session: ReviewSession,
        controller: ReviewController,
        start_page: StartPage,
        notices: NoticeArea,
        parent: QWidget,
    ) -> None:
        self._session, self._controller = session, controller
        self._start_page, self._notices, self._parent = start_page, notices, parent
        start_page.open_requested.connect(self.choose_notebook)
        start_page.compare_requested.connect(self.choose_pair)
        start_page.path_chosen.connect(controller.open_path)
        start_page.path_forgotten.connect(self._forget_recent)
        start_page.dropped.connect(self.open_dropped)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {
            "open": self.choose_notebook,
            "compare": self.choose_pair,
        }

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._start_page.set_theme(theme)

    def announced(self, topics: frozenset[Topic]) -> None:
        """What is opened does not change what can be opened."""

    def _forget_recent(self, path: Path) -> None:
        self._session.store.forget_recent(str(path))
        self._start_page.set_recent([Path(path) for path in self._session.store.recent()])

    def open_dropped(self, paths: tuple[Path, ...]) -> None:
        """Open one notebook or folder, or compare two notebooks."""
        if len(paths) > 2:
            self._notices.inform(
                tr("{len} files were dropped; drop one to review it, or two to compare them.").format(
                    len=len(paths)
                )
            )
        elif len(paths) == 2:
            self._controller.open_pair(*paths)
        elif paths:
            self._controller.open_path(paths[0])

    def choose_notebook(self) -> None:
        """Ask for a notebook and open it."""
        path = ask_notebook(self._parent)
        if path is not None:
            self._controller.open(path)

    def choose_pair(self) -> None:
        """Ask for two notebooks and compare them."""
        pair = ask_pair(self._parent)
        if pair is not None:
            self._controller.open_pair(*pair)
