"""The review window: a frame with the start page, which shows at once, and the workbench built into it.

The start of the program waits for this module: what only a review needs is imported by `furnish`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from nbreview.gui.actions import Actions
from nbreview.gui.appearance import wanted_theme
from nbreview.gui.language import tr
from nbreview.gui.notice import NoticeArea
from nbreview.gui.start_window import StartPage, dropped_notebooks
from nbreview.gui.status_bar import StatusBar
from nbreview.gui.theme import apply_theme
from nbreview.settings import Settings
from nbreview.store.database import Store

if TYPE_CHECKING:
    from nbreview.gui.draft_acts import DraftActs
    from nbreview.gui.models_room import ModelsRoom
    from nbreview.gui.refactor_acts import RefactorActs
    from nbreview.gui.workbench import Workbench
    from nbreview.services.session import ReviewSession

WIDTH, HEIGHT = 1640, 980
"""Of a window that opens for the first time, in pixels."""


class ReviewWindow(QMainWindow):
    """One window. It can be shown when it is made, and used once it is furnished.

    `shut_down` ends its tasks; the program does so before it closes the store.

    Parameters
    ----------
    store:
        Names the notebooks opened lately.
    """

    new_window_wanted = Signal()
    quit_wanted = Signal()
    closed = Signal()
    """The window is about to go; what it shows can still be asked for."""

    def __init__(self, store: Store, settings: Settings) -> None:
        super().__init__()
        self._workbench: Workbench | None = None
        theme = wanted_theme(settings)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)  # first: widgets that are there already keep the font of the system

        self.notices = NoticeArea(self, theme)
        self.start_page = StartPage(theme=theme)
        self.start_page.set_recent([Path(path) for path in store.recent()])
        self.status = StatusBar(self, theme)
        self.actions_ = Actions(self)
        self.actions_.build_menus(self.menuBar())
        # From the outside inwards: a widget that moves into another is styled anew with all that it holds.
        center = QWidget(self)
        self.setCentralWidget(center)
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        self.pages = QStackedWidget(center)
        column.addWidget(self.pages, 1)
        self.pages.addWidget(self.start_page)
        self.setStatusBar(self.status)
        self.setAcceptDrops(True)
        self.setWindowTitle(tr("nbreview"))
        self.resize(QSize(WIDTH, HEIGHT).boundedTo(self.screen().availableSize() * 0.95))
        self.start_page.setFocus()

    def furnish(self, session: "ReviewSession", settings_path: Path | None) -> None:
        """Build in what a review is read and worked on with.

        Parameters
        ----------
        settings_path:
            Where changed settings are kept; None keeps them nowhere.
        """
        from nbreview.gui.workbench import Workbench

        bench = self._workbench = Workbench(self, session, settings_path)
        self.session, self.tasks, self.controller = session, bench.tasks, bench.controller
        self.appearance, self.faults, self.palette_ = bench.appearance, bench.faults, bench.palette_
        self.history, self.outline, self.canvas = bench.history, bench.outline, bench.canvas
        self.assistant, self.side, self.panels = bench.assistant, bench.side, bench.panels
        self.repository, self.places, self.rooms = bench.repository, bench.places, bench.rooms
        self.cell_acts, self.cell_editor, self.card_acts = bench.cell_acts, bench.cell_editor, bench.card_acts
        self.file_acts, self.output_acts, self.history_acts = (
            bench.file_acts,
            bench.output_acts,
            bench.history_acts,
        )
        self.kernel_views, self.watch = bench.kernel_views, bench.watch
        self.show_engine, self.show_models = bench.show_engine, bench.show_models

    @property
    def models_room(self) -> "ModelsRoom":
        """The room of models."""
        return self._furnished().models_room

    @property
    def draft_acts(self) -> "DraftActs":
        """The room of drafts."""
        return self._furnished().draft_acts

    @property
    def refactor_acts(self) -> "RefactorActs":
        """The room of edits that need no model."""
        return self._furnished().refactor_acts

    def _furnished(self) -> "Workbench":
        assert self._workbench is not None
        return self._workbench

    # Qt.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_notebooks(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.file_acts.open_dropped(dropped_notebooks(event.mimeData()))
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._workbench is not None:
            self._workbench.fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        # Gone for the person at once; a model may take a moment to notice that it was stopped.
        if self._workbench is not None:
            self.places.keep()
            self.closed.emit()
            self.hide()
            self.shut_down()
        super().closeEvent(event)

    def shut_down(self) -> None:
        """Stop every task and wait for its thread; may be called twice."""
        if self._workbench is not None:
            self._workbench.shut_down()
