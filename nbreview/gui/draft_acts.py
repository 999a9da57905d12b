"""The act "Draft from a task": makes the steps of a draft on a worker, keeps them, and hands its cells to the
review as suggestions.

Knows the session, the controller, the tasks and the window of drafts. It holds the draft at hand; earlier
ones are in the store.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import localtime, strftime

from PySide6.QtWidgets import QWidget

from nbreview.assist.drafts import Drafter, DraftError, DraftState, DraftStep
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui import views
from nbreview.gui.acts import Acts
from nbreview.gui.bridge import Stream
from nbreview.gui.controller import ReviewController
from nbreview.gui.draft_files import DraftFiles
from nbreview.gui.draft_task_page import Earlier
from nbreview.gui.draft_window import DraftView, DraftWindow, Failure
from nbreview.gui.language import spoken, tr
from nbreview.gui.tasks import Report
from nbreview.gui.theme import Theme, load_theme
from nbreview.llm.model import Event, Loading, LoadOptions, Prompting, Ready, Reply, Token
from nbreview.presentation.highlight import TokenLines, tokenize
from nbreview.review.model import Suggestion
from nbreview.services import drafting
from nbreview.services.assistant import context_of, make_card, sampling_of
from nbreview.services.draft_edits import with_part
from nbreview.services.drafting import Draft, KeptDraft, Position
from nbreview.services.engines import TaskEngine, lacking, remembered_name, remembered_options
from nbreview.services.session import ReviewSession, Topic

SLOT = "draft"
NEW_NAME = "draft.ipynb"
_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Doing:
    """A step is begun."""

    step: DraftStep


class DraftActs(Acts):
    """A room of the window, see `gui.room`."""

    def __init__(self, session: ReviewSession, controller: ReviewController, parent: QWidget) -> None:
        super().__init__(session, controller.tasks, parent)
        self._controller = controller
        self._parent, self._theme = parent, load_theme("light")
        self._window: DraftWindow | None = None  # made when it is first wanted
        self.draft: Draft | None = None
        self._view = DraftView()
        self._events = Stream(self)
        self._events.batch.connect(self._take)
        self._runs = itertools.count(1)
        self._run_number = 0  # of the run whose events are taken; 0: none runs
        self._reply, self._replied = "", False
        self.tasks.changed.connect(self._show_progress)

    @property
    def window_(self) -> DraftWindow:
        """The window of drafts."""
        if self._window is None:
            self._window = DraftWindow(self._parent, self._theme)
            self._connect(self._window)
        return self._window

    def _connect(self, window: DraftWindow) -> None:
        window.begin_wanted.connect(self._begin)
        window.again_wanted.connect(self.make)
        window.edited.connect(self._edit)
        window.chosen.connect(lambda index: self._edit((DraftStep.CHOICE.value, index), "", True))
        window.insert_wanted.connect(self.insert)
        window.stop_wanted.connect(lambda: self.tasks.stop(SLOT))
        window.model_wanted.connect(
            lambda: self._controller.model_wanted.emit(tr("A draft needs a model: choose one that is here."))
        )
        files = self._files = DraftFiles(self.tasks, window)  # lives as long as the window
        window.dropped.connect(files.add)
        window.task.files_wanted.connect(files.choose)
        window.task.notebook_wanted.connect(files.choose_notebook)
        window.task.reopen_wanted.connect(self.reopen)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each act does."""
        return {"draft": self.open}

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._theme = theme
        if self._window is not None:
            self._window.set_theme(theme)

    def announced(self, topics: frozenset[Topic]) -> None:
        """Another notebook, another cell or another model."""
        if self._window is None or not self._window.isVisible():
            return
        if topics & {Topic.TARGET, Topic.COMPARISON, Topic.CELL}:
            self._show_places()
        if Topic.ENGINE in topics:
            self._show_model()

    def open(self) -> None:
        """Show the window, with the draft at hand if there is one."""
        self._show_places()
        self._show_model()
        self._find_earlier()
        window = self.window_
        window.show()
        window.raise_()
        window.activateWindow()
        if self.draft is None:
            window.task.task.setFocus()

    def add_data(self, paths: tuple[Path, ...]) -> None:
        """Look at data files that the person has added."""
        DraftFiles(self.tasks, self.window_).add(paths)

    # Steps.

    def _begin(self) -> None:
        page = self.window_.task
        notebook = page.notebook()
        if notebook is None:
            return
        text, metric, files = page.text(), page.metric_line.text(), page.files()
        if notebook.suffix != ".ipynb":
            notebook = notebook.with_name(f"{notebook.name}.ipynb")
        self._make(lambda cancel: drafting.begin_with(text, files, metric, notebook), None)

    def make(self, step: DraftStep | None = None) -> None:
        """Make a step again, and all that follow; None: those that are missing."""
        draft = self.draft
        if draft is not None:
            self._make(lambda cancel: draft, step)

    def _make(self, start: Callable[[CancelToken], Draft], first: DraftStep | None) -> None:
        if not self._model_ready():
            return
        page = self.window_.task
        run, plans, reads = next(self._runs), page.plans.value(), page.reads.isChecked()
        session, settings = self.session, self.session.settings
        options = self._options()
        self._run_number = run

        def tell(event: object) -> None:
            self._events.push((run, event))

        def work(cancel: CancelToken, report: Report) -> Draft:
            def on_event(event: Event) -> None:
                if isinstance(event, Loading):
                    report(event.progress, tr("loading the model"))
                elif isinstance(event, Prompting):
                    report(event.done / max(1, event.total), tr("reading"))
                elif isinstance(event, Token):
                    report(-1.0, tr("writing"))
                tell(event)

            draft = start(cancel)
            tell(draft)
            tell(_Doing(first or draft.state.next_step or DraftStep.PLANS))
            if session.engine.info is None and options is not None:
                session.load_work(options, on_event, cancel)
            engine = TaskEngine(session.engine, cancel)
            context = context_of(engine, settings)
            drafter = Drafter(engine, sampling_of(settings), context, on_event, cancel)
            step = first or draft.state.next_step
            if step is DraftStep.PLANS:
                found = session.knowledge.passages_for_task(
                    engine,
                    draft.notebook,
                    draft.state.task.text,
                    report,
                    cancel,
                    reads=reads,
                    settings=settings,
                )
                draft = drafting.inform(drafter, draft, found)
                tell(draft)
            while step is not None:
                tell(_Doing(step))
                report(-1.0, "")
                draft = drafting.advance(drafter, session.store, draft, step, plans)
                tell(draft)
                step = draft.state.next_step
            return draft

        def failed(error: BaseException) -> None:
            self._events.flush()
            step = self._view.doing or first or DraftStep.PLANS
            self._ended()
            if isinstance(error, UserError):
                raw = error.reply if isinstance(error, DraftError) else ""
                self._show(replace(self._view, failure=Failure(step, spoken(error.message), raw)))
            else:
                self.tasks.error.emit(tr("Drafting"), error)

        def stopped() -> None:
            self._ended()
            self._show(replace(self._view, stopped=True))

        self._show(replace(self._view, failure=None, stopped=False, saved=""))
        self.tasks.start(SLOT, tr("Drafting"), work, lambda draft: self._ended(), failed, stopped)

    def _ended(self) -> None:
        """The run is over: its last words are taken, and nothing of it afterwards."""
        self._events.flush()
        self._run_number = 0
        self._show(replace(self._view, doing=None))
        self._find_earlier()
        self._controller.model_changed.emit()

    def _take(self, events: list[tuple[int, object]]) -> None:
        grown = False
        for run, event in events:
            if run != self._run_number:
                continue  # a stopped run's last words
            if isinstance(event, Draft):
                self._take_draft(event)
            elif isinstance(event, _Doing):
                self._reply, self._replied = "", False
                self._show(replace(self._view, doing=event.step))
            elif isinstance(event, Token):
                if self._replied:  # the next of several answers
                    self._reply, self._replied = "", False
                self._reply += event.text
                grown = True
            elif isinstance(event, Reply):
                self._replied = True
                self.session.adopt_speed(event.tokens_per_second)
            elif isinstance(event, Ready):
                self.session.adopt_model(event.info)
        if grown:
            self.window_.write(self._reply)

    def _take_draft(self, draft: Draft) -> None:
        self.draft = draft
        self.window_.task.set_known([each.name for each in draft.state.task.passages])
        self._show(replace(self._view, state=draft.state))
        self._show_places()
        self._colour(draft.state)

    def _edit(self, key: tuple[str, int], text: str, go_on: bool) -> None:
        draft = self.draft
        if draft is None or self.tasks.is_running(SLOT):
            return
        step, index = DraftStep(key[0]), key[1]
        store = self.session.store

        def work(cancel: CancelToken, report: Report) -> Draft:
            return drafting.edit(store, draft, with_part(draft.state, step, index, text))

        def done(edited: Draft) -> None:
            self.window_.end_edits()
            self._show(replace(self._view, failure=None, stopped=False, saved=""))
            self._take_draft(edited)
            if go_on and self._has_model() and edited.state.next_step is not None:
                self.make()

        def failed(error: BaseException) -> None:
            if isinstance(error, UserError):
                self.window_.refuse_edit(key, spoken(error.message))
            else:
                self.tasks.error.emit(tr("Keeping an edit"), error)

        self.tasks.start("draft edit", tr("Keeping an edit"), work, done, failed, finish=True)

    # Earlier drafts.

    def _find_earlier(self) -> None:
        store = self.session.store
        self._run(
            "draft list",
            tr("Looking for earlier drafts"),
            lambda cancel, report: drafting.earlier(store, cancel=cancel),
            self._show_earlier,
        )

    def _show_earlier(self, drafts: tuple[KeptDraft, ...]) -> None:
        self.window_.task.set_earlier([Earlier(each.id, _title(each)) for each in drafts])

    def reopen(self, draft_id: str) -> None:
        """Show an earlier draft as it was left."""
        store = self.session.store

        def done(draft: Draft) -> None:
            task = draft.state.task
            self.window_.task.set_task(task.text, task.metric, task.files, draft.notebook)
            self.window_.end_edits()
            self._show(DraftView())
            self._take_draft(draft)

        if not self.tasks.is_running(SLOT):
            self._run(
                "draft list", tr("Reopening a draft"), lambda c, r: drafting.reopen(store, draft_id), done
            )

    # Cells.

    def _colour(self, state: DraftState) -> None:
        """Have the cells coloured; the plain ones are there already."""
        sources = [cell.source for cell in state.cells if cell.cell_type == "code"]
        language = state.task.language
        if not sources:
            return

        def work(cancel: CancelToken, report: Report) -> dict[str, TokenLines]:
            found = {}
            for source in sources:
                cancel.check()
                found[source] = tokenize(source, language)
            return found

        self.tasks.start("draft look", tr("Colouring cells"), work, self.window_.set_tokens)

    def insert(self) -> None:
        """Make suggestions of the cells, and show them in the review."""
        draft = self.draft
        if draft is None or draft.state.next_step is not None:
            return
        store, behind = self.session.store, self._position(draft)

        def done(made: tuple[Suggestion, ...]) -> None:
            waiting = tr("%n cells wait in {name}; accept them in the review.", "", len(made)).format(
                name=draft.notebook.name
            )
            self._show(replace(self._view, saved=waiting))
            shown = self.session.comparison
            if shown is None or shown.target.notebook != draft.notebook:
                self._controller.open(draft.notebook)
                return
            head = shown.head.notebook
            # The first cell shall stand first in the queue.
            adopted = [self.session.adopt_card(make_card(head, each)) for each in reversed(made)]
            if not all(adopted):
                self.noticed.emit(
                    "info",
                    tr("The cells are kept; show {name} with its file as head to decide on them.").format(
                        name=draft.notebook.name
                    ),
                )

        def work(cancel: CancelToken, report: Report) -> tuple[Suggestion, ...]:
            return drafting.insert(store, draft, behind)

        def failed(error: BaseException) -> None:
            if isinstance(error, UserError):
                self._show(replace(self._view, failure=Failure(DraftStep.CELLS, spoken(error.message))))
            else:
                self.tasks.error.emit(tr("Inserting cells"), error)

        self.tasks.start("draft insert", tr("Inserting cells"), work, done, failed, finish=True)

    def _position(self, draft: Draft) -> Position | None:
        """The cell that was chosen to insert behind; None: the last."""
        shown, index = self.session.comparison, self.session.cell_index
        if self.window_.position.currentData() != "cell" or shown is None or index is None:
            return None
        if shown.target.notebook != draft.notebook or index >= len(shown.head.notebook.cells):
            return None
        return Position(index, shown.head.notebook.cells[index].digest)

    # What is shown.

    def _show(self, view: DraftView) -> None:
        self._view = view
        self.window_.set_view(view)

    def _show_places(self) -> None:
        shown, index = self.session.comparison, self.session.cell_index
        opened = shown.target.notebook if shown is not None and shown.writable else None
        if shown is not None and shown.head.notebook.read_only:
            opened = None
        folder = shown.target.notebook.parent if shown is not None else Path.cwd()
        self.window_.task.set_places(opened, folder / NEW_NAME)
        choices: list[tuple[str, str]] = []
        if self.draft is not None and opened == self.draft.notebook:
            if index is not None:
                choices.append(("cell", tr("Behind cell {number}").format(number=index + 1)))
            choices.append(("end", tr("At the end")))
        self.window_.set_positions(choices)

    def _show_model(self) -> None:
        info = self.session.engine.info
        if missing := lacking(self.session.engine, self.session.settings):
            self.window_.set_model(False, spoken(missing))
        elif info is not None and info.backend.startswith("remote"):
            said = tr(
                "Asked: {model} at {host}. The task, the names of columns and a few of their values are sent "
                "there; no other files are."
            ).format(model=info.name, host=info.backend.partition(": ")[2])
            self.window_.set_model(True, said)
        elif info is not None:
            line = views.model_line(info, self.session.speed, "")
            self.window_.set_model(
                True, tr("Asked: {model}. Nothing leaves this machine.").format(model=line)
            )
        elif self._options() is not None:
            name = spoken(remembered_name(self.session.settings))
            self.window_.set_model(True, tr("{model} is loaded with the first step.").format(model=name))
        else:
            self.window_.set_model(
                False,
                tr(
                    "A draft needs a model, and none is loaded. Choose one that is on this machine; a code "
                    "model of 7 billion parameters writes better plans than a small one."
                ),
            )

    def _show_progress(self) -> None:
        task = next((each for each in self.tasks.running() if each.slot == SLOT), None)
        if task is not None and self._window is not None:
            self._window.set_progress(task.progress, task.detail)

    def _has_model(self) -> bool:
        missing = lacking(self.session.engine, self.session.settings)
        return not missing and (self.session.engine.info is not None or self._options() is not None)

    def _model_ready(self) -> bool:
        self._show_model()
        return self._has_model()

    def _options(self) -> LoadOptions | None:
        """The model of last time, to be loaded with the first step."""
        return remembered_options(self.session.settings)


def _title(draft: KeptDraft) -> str:
    words = " ".join(draft.text.split())
    short = words if len(words) <= _TITLE_LENGTH else f"{words[:_TITLE_LENGTH]}…"
    return f"{short} — {draft.notebook.name}, {strftime('%Y-%m-%d %H:%M', localtime(draft.time))}"
