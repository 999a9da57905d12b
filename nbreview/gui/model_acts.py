"""The acts that ask a model: load it, propose an edit, will this cell crash?

What comes back is held against the review as it is by then. Knows the session and the tasks and no widget.
"""

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.acts import Acts
from nbreview.gui.bridge import Stream
from nbreview.gui.growing import GrowingDiff
from nbreview.gui.language import spoken, tr
from nbreview.gui.stream_card import GrowingView
from nbreview.gui.tasks import Report, TaskRunner
from nbreview.llm.model import Died, Event, Loading, LoadOptions, ModelInfo, Prompting, Ready, Reply, Token
from nbreview.review.model import Finding, Rung, SuggestionState
from nbreview.services.assistant import Card
from nbreview.services.engines import lacking, load_options, remembered_options
from nbreview.services.opening import Comparison
from nbreview.services.session import ReviewSession
from nbreview.services.verdicts import Judged
from nbreview.services.wishes import Scope, Wish, scope_of_finding, wish_of_finding


class ModelActs(Acts):
    """The acts that need a model. A question stops the one before."""

    streamed = Signal(str)  # the reply so far
    grown = Signal(object)  # GrowingView: what the reply so far makes of the cells
    asked = Signal(int, str)  # head index, what is asked
    proposed = Signal(object)  # tuple[Card, ...]: an answer's cards, which are in the queue now
    answered = Signal()  # the model is done, or failed, or was stopped
    model_wanted = Signal(str)  # why: open the models window
    model_changed = Signal()

    def __init__(self, session: ReviewSession, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(session, tasks, parent)
        self._events = Stream(self)
        self._events.batch.connect(self._take)
        self._questions = itertools.count(1)
        self._question, self._reply, self._replied = 0, "", False

    def propose(
        self, instruction: str, index: int | None = None, then: Callable[[Card], None] | None = None
    ) -> None:
        """Ask the model for an edit of the chosen cell."""
        if self._editable() is None:
            return
        index = self._cell(index)
        if index is not None:
            self.propose_edits(
                Scope.of(index), Wish.of(instruction), then=lambda cards: then(cards[0]) if then else None
            )

    def fix(self, finding: Finding, candidates: int | None = None) -> None:
        """Ask the model to mend what a finding says, in its cell and where the bad value came from."""
        comparison = self._editable()
        if comparison is None:
            return
        head = comparison.head.notebook
        if finding.cell_index >= len(head.cells) or (
            head.cells[finding.cell_index].digest != finding.source_digest
        ):
            self.noticed.emit(
                "info", tr("The cell has changed since this was found; check the notebook again.")
            )
            return
        self.propose_edits(scope_of_finding(head, finding), wish_of_finding(head, finding), candidates)

    def propose_edits(
        self,
        scope: Scope,
        wish: Wish,
        candidates: int | None = None,
        then: Callable[[tuple[Card, ...]], None] | None = None,
    ) -> None:
        """Ask the model for an edit of one cell, of several, or of the notebook; its cards join the queue.

        Parameters
        ----------
        candidates:
            How many answers are drawn; None: as the settings say.
        then:
            Gets the cards, where they are shown and something of them can be used.
        """
        comparison = self._editable()
        if comparison is None or not self._model_ready():
            return
        title = _title(scope)

        def done(cards: tuple[Card, ...]) -> None:
            name = comparison.target.notebook.name
            usable = [card for card in cards if card.suggestion.state is not SuggestionState.FAILED]
            # The first of the answer shall stand first in the queue.
            shown = [self.session.adopt_card(card) for card in reversed(cards)]
            if cards and all(shown):
                self.proposed.emit(cards)
            if not all(shown):
                self.noticed.emit(
                    "info",
                    tr(
                        "The answer about {name} is kept; open {name} with its file as head to decide on it."
                    ).format(name=name),
                )
            elif not usable and cards:
                reason = spoken(cards[0].suggestion.reason).rstrip(".")
                self.noticed.emit(
                    "warning",
                    tr("{reason}; make it again with other words, or reject the card.").format(reason=reason),
                )
            elif then is not None:
                then(cards)

        session, known = self.session, tuple(self.session.findings)

        def ask(on_event: Callable[[Any], None], cancel: CancelToken, report: Report) -> tuple[Card, ...]:
            passages = session.knowledge_work(comparison, scope, wish, report, cancel)
            return session.propose_work(
                comparison,
                scope,
                wish,
                GrowingDiff(comparison.head.notebook, scope.single, on_event).watching(on_event),
                cancel,
                candidates=candidates,
                known=known,
                passages=passages,
            )

        self._ask(scope.first(wish, comparison.head.notebook), title, ask, done)

    def _editable(self) -> Comparison | None:
        """The comparison for whose head an edit may be proposed; None, said as a notice, where there is
        none.
        """
        try:
            return self.session.editable()
        except UserError as error:
            self.noticed.emit("info", spoken(error.message))
            return None

    def ask_crash(
        self, index: int, use: frozenset[Rung], done: Callable[[Comparison, int, tuple[Judged, ...]], None]
    ) -> None:
        """Judge a cell by the rungs in `use` and then by the model; `done` gets what came of it."""
        shown = self.session.comparison
        if shown is None or not self._model_ready():
            return
        known, work = tuple(self.session.findings), self.session.judge_work
        self._ask(
            index,
            tr("Asking whether cell {cell} will crash").format(cell=index + 1),
            lambda on_event, cancel, _report: work(shown, index, known, use | {Rung.MODEL}, on_event, cancel),
            lambda judged: done(shown, index, judged),
        )

    @property
    def has_model(self) -> bool:
        """Whether a model is loaded, or will be with the first question."""
        loaded = self.session.engine.info is not None
        missing = lacking(self.session.engine, self.session.settings)
        return not missing and (loaded or self._remembered() is not None)

    def load(self, path: Path, gpu_layers: str) -> None:
        """Load and prove a model file."""
        settings = replace(self.session.settings, gpu_layers=gpu_layers)
        self.load_as(load_options(path, settings), tr("Loading {name}").format(name=path.name))

    def load_as(
        self, options: LoadOptions, title: str, done: Callable[[ModelInfo], None] = lambda _: None
    ) -> None:
        """Load and prove a model with these options; `done` is called once it is there."""

        def work(cancel: CancelToken, report: Report) -> ModelInfo:
            def on_event(event: Event) -> None:
                if isinstance(event, Loading):
                    report(event.progress, event.detail or options.path.name)

            return self.session.load_work(options, on_event, cancel)

        def loaded(info: ModelInfo) -> None:
            done(info)
            self._loaded(info)

        # However it ends: the model that was loaded before may have been given up.
        self._run("engine", title, work, loaded, stopped=self.model_changed.emit)

    def _loaded(self, info: ModelInfo) -> None:
        self.session.adopt_model(info)
        self.model_changed.emit()
        if info.fallbacks:
            self.noticed.emit(
                "warning",
                tr("{name} runs, after a fallback: {join}.").format(
                    name=info.name, join="; ".join(map(spoken, info.fallbacks))
                ),
            )

    def _ask(
        self,
        index: int,
        title: str,
        ask: Callable[[Callable[[Event], None], CancelToken, Report], Any],
        done: Callable[[Any], None],
    ) -> None:
        remembered = self._remembered()
        question = next(self._questions)

        def work(cancel: CancelToken, report: Report) -> Any:
            def on_event(event: Event) -> None:
                if isinstance(event, Prompting):
                    share = tr("reading the notebook, {done} of {total} tokens").format(
                        done=event.done, total=event.total
                    )
                    report(event.done / max(1, event.total), share)
                elif isinstance(event, Loading):
                    report(event.progress, event.detail)
                else:
                    if isinstance(event, Token):
                        report(-1.0, tr("writing"))
                    self._events.push((question, event))

            if self.session.engine.info is None and remembered is not None:
                self.session.load_work(remembered, on_event, cancel)
            return ask(on_event, cancel, report)

        def finish(result: Any) -> None:
            self._answered()
            done(result)

        def failed(error: BaseException) -> None:
            self._answered()
            self._failed(title, error)

        # A question in the slot is stopped by this one, and must have said so before the new one begins.
        self.tasks.stop("engine")
        self._question, self._reply, self._replied = question, "", False
        self.asked.emit(index, title)
        self.tasks.start("engine", title, work, finish, failed, self._answered)

    def _take(self, events: list[tuple[int, Event | GrowingView]]) -> None:
        """Take the model's events since the last frame, in one repaint."""
        grown, growing = False, None
        for question, event in events:
            if question != self._question:
                continue  # a stopped question's last words
            if isinstance(event, Token):
                if self._replied:  # the next of several answers
                    self._reply, self._replied = "", False
                self._reply += event.text
                grown = True
            elif isinstance(event, GrowingView):
                growing = event
            elif isinstance(event, Reply):
                self._replied = True
                self.session.adopt_speed(event.tokens_per_second)
            elif isinstance(event, Ready):
                self._loaded(event.info)
            elif isinstance(event, Died):
                self.noticed.emit("error", spoken(event.message))
        if growing is not None:
            self.grown.emit(growing)
        if grown:
            self.streamed.emit(self._reply)

    def _answered(self) -> None:
        self._events.flush()
        self.answered.emit()
        self.model_changed.emit()

    def _cell(self, index: int | None) -> int | None:
        index = self.session.cell_index if index is None else index
        shown = self.session.comparison
        if index is not None and (shown is None or index >= len(shown.head.notebook.cells)):
            index = None
        if index is None:
            self.noticed.emit("info", tr("Choose a cell of the head first: click it, or press n."))
        return index

    def _remembered(self) -> LoadOptions | None:
        """The model of last time, to be loaded with the first question."""
        return remembered_options(self.session.settings)

    def _model_ready(self) -> bool:
        missing = lacking(self.session.engine, self.session.settings)
        if missing:
            self.noticed.emit("warning", spoken(missing))
            return False
        if self.session.engine.info is None and self._remembered() is None:
            self.model_wanted.emit(
                tr("This needs a model: choose one that is on this machine, or a GGUF file.")
            )
            return False
        return True


def _title(scope: Scope) -> str:
    """What is asked, for the status bar."""
    if scope.cells is None:
        return tr("Proposing edits of the notebook")
    if scope.single is not None:
        return tr("Proposing an edit of cell {cell}").format(cell=scope.single + 1)
    return tr("Proposing edits of {count} cells").format(count=len(scope.cells))
