"""What a review window is furnished with: panels around a canvas, and the wiring between them, the controller
and the session.

Holds no state of the review. Panels announce acts by signals, which go to the controller; the session
announces what changed, and the panels are handed new data. `window` imports this once its frame shows.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QSplitter

from nbreview import __version__
from nbreview.gui import views
from nbreview.gui.appearance import Appearance
from nbreview.gui.assistant_panel import AssistantPanel
from nbreview.gui.canvas_acts import CanvasActs
from nbreview.gui.card_acts import CardActs
from nbreview.gui.cell_acts import CellActs
from nbreview.gui.cell_editor import CellEditor
from nbreview.gui.comment_acts import CommentActs
from nbreview.gui.compare_acts import CompareActs
from nbreview.gui.controller import ReviewController
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.disk_watch import DiskWatch
from nbreview.gui.faults import Faults
from nbreview.gui.file_acts import FileActs
from nbreview.gui.finding_acts import FindingActs
from nbreview.gui.history_acts import HistoryActs
from nbreview.gui.history_panel import HistoryPanel
from nbreview.gui.kernel_views import KernelViews
from nbreview.gui.language import spoken, tr
from nbreview.gui.late_room import LateRoom
from nbreview.gui.outline_panel import OutlinePanel
from nbreview.gui.output_acts import OutputActs
from nbreview.gui.palette import CommandPalette
from nbreview.gui.panels import Panels
from nbreview.gui.place_keeper import PlaceKeeper
from nbreview.gui.preferences_acts import PreferencesActs
from nbreview.gui.prose_acts import ProseActs
from nbreview.gui.repository_acts import RepositoryActs
from nbreview.gui.review_export import ReviewExport
from nbreview.gui.room import Room
from nbreview.gui.shown import ShownComparison
from nbreview.gui.side_windows import MODELS_ACTS, SideWindows
from nbreview.gui.tasks import TaskRunner
from nbreview.gui.theme import Theme, apply_theme
from nbreview.gui.window import WIDTH, ReviewWindow
from nbreview.history.model import Revision, RevisionKind
from nbreview.services.engines import lacking, remembered_name
from nbreview.services.session import ReviewSession, Topic

if TYPE_CHECKING:
    from nbreview.gui.draft_acts import DraftActs
    from nbreview.gui.models_room import ModelsRoom
    from nbreview.gui.refactor_acts import RefactorActs


REFACTOR_ACTS = ("rename_variable", "set_parameter", "wrap_cell", "collect_imports")


class Workbench(QObject):
    """All of a window but its frame, which it is built into.

    Parameters
    ----------
    settings_path:
        Where changed settings are kept; None keeps them nowhere.
    """

    def __init__(self, window: ReviewWindow, session: ReviewSession, settings_path: Path | None) -> None:
        super().__init__(window)
        self._window, self.session = window, session
        self.notices, self.start_page, self.status = window.notices, window.start_page, window.status
        self.actions_ = window.actions_
        self.appearance = Appearance(session, settings_path, self)
        self.tasks = TaskRunner(self)
        self.controller = ReviewController(session, self.tasks, window)
        theme = self.appearance.theme()
        self.faults = Faults(self.notices, self.appearance, window)
        self.history = HistoryPanel(theme)
        self.outline = OutlinePanel(theme)
        self.canvas = DiffCanvas(theme)
        self.assistant = AssistantPanel(theme)
        self.side = SideWindows(self.controller, theme, window)
        self.palette_ = CommandPalette(self.actions_.all(), theme, window)
        self.compare_acts = CompareActs(session, self.appearance, self.controller, self.actions_)
        self.cell_acts = CellActs(session, self.canvas, self.controller.parts, self.actions_, self.notices)
        self.cell_editor = CellEditor(session, self.canvas, self.controller.parts, self.notices)
        self.shown = ShownComparison(session, self.canvas, self.history)
        self.kernel_views = KernelViews(session, self.controller.kernel, self.assistant, self.canvas, window)
        self.kernel_views.speak_through(self.status, self.notices)
        self.file_acts = FileActs(session, self.controller, self.start_page, self.notices, window)
        self.repository = RepositoryActs(session, self.controller, self.history, self.notices, theme, window)
        self.repository.entered.connect(self._show_list)
        self.start_page.folder_requested.connect(self.repository.choose_folder)
        self.card_acts = CardActs(session, self.controller, self.assistant, self.canvas, self.notices, window)
        self.output_acts = OutputActs(
            session, self.canvas, self.appearance, self.actions_, self.notices, self.cell_acts.menu, window
        )
        self.history_acts = HistoryActs(
            self.controller, self.history, self.canvas, self.appearance, self.actions_, self.notices, window
        )
        self._models = LateRoom(MODELS_ACTS, self._make_models, theme)
        self.rooms: tuple[Room, ...] = (
            self._models,
            self.output_acts,
            self.history_acts,
            self.file_acts,
            self.repository,
            self.compare_acts,
            self.cell_acts,
            self.cell_editor,
            CanvasActs(self.canvas, self.actions_),
            ProseActs(self.canvas, self.tasks, self.notices),
            PreferencesActs(
                session, self.appearance, self.controller, self.compare_acts, self.canvas, window
            ),
            FindingActs(session, self.canvas, self.assistant, self.notices),
            self.card_acts,
            CommentActs(
                session, self.tasks, self.canvas, self.assistant, self.notices, self.controller.parts.undo
            ),
            ReviewExport(session, self.tasks, self.notices, window),
            self.kernel_views,
        )
        self._lay_out()
        self.places = PlaceKeeper(session, self.tasks, self.canvas, (self.columns, self._left), window)
        self.watch = DiskWatch(session, self.controller, self.tasks, self.notices, window)
        self._drafts = LateRoom(("draft",), self._make_drafts, theme)
        self._refactor = LateRoom(REFACTOR_ACTS, self._make_refactor, theme)
        self.rooms = (*self.rooms, self.places, self.watch, self._drafts, self._refactor)
        self._connect_acts()
        self.compare_acts.show()
        self.cell_acts.show()
        self._connect_panels()
        self._unsubscribe = session.subscribe(self._announced)
        self._apply_to_rooms(theme)
        self.appearance.changed.connect(self._apply)
        self.appearance.problem.connect(self.notices.warn)
        self.show_engine()
        self._show_tasks()

    def _make_drafts(self) -> "DraftActs":
        from nbreview.gui.draft_acts import DraftActs

        acts = DraftActs(self.session, self.controller, self._window)
        acts.noticed.connect(self.notices.notify)
        return acts

    def _make_refactor(self) -> "RefactorActs":
        from nbreview.gui.refactor_acts import RefactorActs

        acts = RefactorActs(self.session, self.tasks, self._window)
        acts.noticed.connect(self.notices.notify)
        return acts

    def _make_models(self) -> "ModelsRoom":
        return self.side.models_room(self.appearance, self.notices)

    @property
    def models_room(self) -> "ModelsRoom":
        """The room of models."""
        return cast("ModelsRoom", self._models.room())

    @property
    def draft_acts(self) -> "DraftActs":
        """The room of drafts."""
        return cast("DraftActs", self._drafts.room())

    @property
    def refactor_acts(self) -> "RefactorActs":
        """The room of edits that need no model."""
        return cast("RefactorActs", self._refactor.room())

    def _lay_out(self) -> None:
        # From the outside inwards: a widget that moves into another is styled anew with all that it holds.
        columns = self.columns = QSplitter(Qt.Orientation.Horizontal, self._window.pages)
        self._window.pages.addWidget(columns)
        left = self._left = QSplitter(Qt.Orientation.Vertical, columns)
        # In the order in which Tab goes through them.
        left.addWidget(self.repository.tabs)
        left.addWidget(self.outline)
        for place, widget in enumerate((left, self.canvas, self.assistant)):
            columns.addWidget(widget)
            columns.setStretchFactor(place, int(widget is self.canvas))
            columns.setCollapsible(place, widget is not self.canvas)
        left.setSizes([440, 300])
        self.panels = Panels(columns)
        self.panels.fit(WIDTH, 100)
        self.assistant.wanted.connect(lambda: self.panels.reveal(self.assistant))

    def _apply(self, theme: Theme) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)
        for panel in (
            self.notices,
            self.history,
            self.outline,
            self.canvas,
            self.assistant,
            self.status,
            self.side,
            self.palette_,
        ):
            panel.set_theme(theme)
        self._apply_to_rooms(theme)

    def _apply_to_rooms(self, theme: Theme) -> None:
        """The part of `_apply` that the panels, which were made in the theme, do not have behind them."""
        for room in self.rooms:
            room.set_theme(theme)
        self.faults.set_theme(theme)
        self.fit()
        self.actions_[f"theme_{self.session.settings.theme}"].setChecked(True)

    def fit(self) -> None:
        """Give the panels the room that the window has now."""
        self.panels.fit(self._window.width(), self.session.settings.text_percent)

    # Wiring.

    def _connect_acts(self) -> None:
        canvas, controller, assistant = self.canvas, self.controller, self.assistant
        handlers: dict[str, Callable[..., object]] = {
            "training": self.side.show_training_data,
            "export": self.side.choose_export,
            "new_window": self._window.new_window_wanted.emit,
            "close_window": self._window.close,
            "quit": self._window.quit_wanted.emit,
            "find": canvas.show_find,
            "find_next": canvas.find_next,
            "find_previous": canvas.find_previous,
            "palette": self.palette_.open,
            "show_left": self.panels.show_left,
            "show_assistant": self.panels.show_assistant,
            "one_column": canvas.set_one_column,
            "fold_unchanged": canvas.set_fold_unchanged,
            "fold_outputs": lambda folded: canvas.set_outputs_shown(not folded),
            "fold_metadata": lambda folded: canvas.set_metadata_shown(not folded),
            "text_view": self.show_text_view,
            **self.appearance.handlers(),
            "next_change": canvas.next_change,
            "previous_change": canvas.previous_change,
            "go_diff": canvas.setFocus,
            "go_outline": self.outline.setFocus,
            "go_assistant": assistant.setFocus,
            "viewed": lambda: self._tick(canvas.current_index()),
            "propose": assistant.ask,
            "assess": controller.assess,
            "accept": assistant.accept_current,
            "edit": assistant.edit_current,
            "reject": assistant.reject_current,
            "stop": controller.stop,
            "about": self._show_about,
        }
        for room in self.rooms:
            handlers.update(room.handlers())
        self.panels.connect(self.actions_)
        self.actions_.connect(handlers)

    def _connect_panels(self) -> None:
        controller, assistant = self.controller, self.assistant
        self.history.comparison_chosen.connect(controller.compare)
        self.history.visible_changed.connect(self._want_badges)
        self.outline.activated.connect(self.canvas.goto_change)
        self.outline.viewed_toggled.connect(self._tick)
        self.canvas.current_changed.connect(self._current_changed)
        assistant.accept.connect(controller.accept)
        assistant.accept_edited.connect(controller.accept)
        assistant.reject.connect(controller.reject)
        assistant.activated.connect(self._go_to_card)
        assistant.assess.connect(controller.assess)
        assistant.choose_model.connect(self.show_models)
        self.status.stop_requested.connect(controller.stop)
        self.status.model_clicked.connect(self.show_models)
        self.tasks.changed.connect(self._show_tasks)
        self.tasks.error.connect(self.faults.show)
        controller.opened.connect(self._show_opened)
        controller.badges.ready.connect(self._show_badge)
        controller.rules_changed.connect(self._want_badges)
        controller.badges.noticed.connect(self.notices.notify)
        controller.comparison_kept.connect(self.shown.mark_rows)
        controller.asked.connect(lambda index, title: assistant.begin_stream(title))
        controller.streamed.connect(assistant.set_stream)
        controller.answered.connect(assistant.end_stream)
        controller.noticed.connect(self.notices.notify)
        controller.model_wanted.connect(self._want_model)
        controller.model_changed.connect(self.show_engine)
        controller.model_changed.connect(self.appearance.keep_settings)
        self.side.load_requested.connect(self._load_model)
        self.side.exported.connect(self.notices.inform)

    # What the session announces.

    def _announced(self, topics: frozenset[Topic]) -> None:
        """Show what has changed, each panel once."""
        for wanted, show in (
            ({Topic.TARGET}, self._show_history),
            ({Topic.COMPARISON}, lambda: self.shown.show(reread=Topic.TARGET in topics)),
            ({Topic.CARDS, Topic.COMPARISON}, self.card_acts.show_cards),
            ({Topic.COMPARISON, Topic.FINDINGS, Topic.VIEWED, Topic.COMMENTS}, self._show_outline),
            ({Topic.CELL}, self._show_cell),
            ({Topic.ENGINE}, self.show_engine),
        ):
            if wanted & topics:
                show()
        for room in self.rooms:
            room.announced(topics)

    def _show_opened(self) -> None:
        self._window.pages.setCurrentWidget(self.columns)
        self.canvas.setFocus()

    def _show_list(self) -> None:
        self._window.pages.setCurrentWidget(self.columns)
        self.panels.reveal(self.panels.left)

    def _show_history(self) -> None:
        opened = self.session.opened
        if opened is None:
            return
        in_git = opened.target.repository is not None
        self.history.set_history(opened.revisions if in_git else ())
        self._window.setWindowTitle(tr("{name} — nbreview").format(name=opened.target.notebook.name))
        self._window.setWindowFilePath(str(opened.target.notebook))
        self.shown.mark_rows()

    def _show_cell(self) -> None:
        index = self.session.cell_index
        self.assistant.set_target("" if index is None else f"cell {index + 1}")

    def _show_outline(self) -> None:
        self.outline.set_outline(views.outline_items(self.session))
        self.outline.set_current(self.canvas.current_index())

    def show_engine(self) -> None:
        """Show which model is loaded; another window may have loaded it."""
        settings = self.session.settings
        remembered = spoken(remembered_name(settings))
        info = self.session.engine.info
        line = views.model_line(info, self.session.speed, remembered)
        self.status.set_model(line)
        missing = lacking(self.session.engine, settings)
        if missing:
            self.assistant.set_model(False, spoken(missing))
        else:
            self.assistant.set_model(info is not None or bool(remembered))
        self.side.set_loaded(info, line)

    def _show_tasks(self) -> None:
        running = self.tasks.running()
        self.status.set_tasks(running)
        self.side.set_tasks(running)
        # While there is nothing to stop, Esc belongs to whatever has the keyboard.
        self.actions_.enable(bool(running), "stop")

    # History and cells.

    def _want_badges(self) -> None:
        revisions = self.history.revisions()
        self.controller.badges.want([revisions[row] for row in self.history.visible_rows()])

    def _show_badge(self, revision: Revision, counts: object) -> None:
        if revision.kind is not RevisionKind.FILE:
            self.history.set_badge_of(revision, counts)  # type: ignore[arg-type]

    def _current_changed(self, index: int) -> None:
        change = self.canvas.current_change()
        self.session.choose_cell(change.head_index if change is not None else None)
        self.outline.set_current(index)
        self.cell_acts.show()

    def _tick(self, change_index: int) -> None:
        if change_index >= 0:
            self.session.toggle_viewed(change_index)

    def _go_to_card(self, suggestion_id: str) -> None:
        for card in self.session.cards:
            if card.cell_index is not None and any(one.id == suggestion_id for one in card.choices):
                self.canvas.goto_head_cell(card.cell_index)

    # Files, models and training data.

    def show_models(self) -> None:
        """Open the models window."""
        self.models_room.show()

    def show_text_view(self) -> None:
        """Open the current change as plain text."""
        self.side.show_text(tr("The current change"), self.canvas.accessible_text())

    def _load_model(self, path: Path, gpu_layers: str) -> None:
        # The path is kept once it has loaded: a broken file must not be tried again at every start.
        self.appearance.change_settings(gpu_layers=gpu_layers)
        self.controller.load(path, gpu_layers)

    def _show_about(self) -> None:
        self.notices.inform(
            tr("nbreview {version__}, Apache-2.0. Uses Qt under the LGPL.").format(version__=__version__)
        )

    def _want_model(self, reason: str) -> None:
        self.notices.notify("info", reason, tr("Choose a model…"), self.show_models)

    def shut_down(self) -> None:
        """Stop every task and wait for its thread; may be called twice."""
        self._unsubscribe()
        self._unsubscribe = lambda: None
        self.watch.stop()
        self.tasks.shutdown()
        self.session.close()
        self.canvas.close_workers()
        self.output_acts.close_workers()
