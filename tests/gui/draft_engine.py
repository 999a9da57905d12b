"""What tests of drafts share: a scripted engine that can be held until it is stopped, and the acts of drafts
on a session of their own, without the window of the review.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.gui.controller import ReviewController
from nbreview.gui.draft_acts import DraftActs
from nbreview.gui.draft_window import DraftWindow
from nbreview.gui.tasks import TaskRunner
from nbreview.llm.local import LocalEngine
from nbreview.llm.model import Event, Reply, Request, Token
from nbreview.services.drafting import Draft
from nbreview.services.session import ReviewSession, Topic
from nbreview.store.database import Store
from tests.assist.engines import INFO, ScriptedEngine
from tests.gui.programs import SETTINGS

WIDE = replace(INFO, context_tokens=8192)


@dataclass
class HeldEngine(ScriptedEngine):
    """Writes its replies word by word. At the question of number `hold` it waits until it is stopped, as a
    model that writes on and on.
    """

    hold: int = -1
    held: threading.Event = field(default_factory=threading.Event)

    def ask(self, request: Request, on_event: Callable[[Event], None], cancel: CancelToken) -> Reply:
        if len(self.requests) == self.hold:
            self.hold = -1
            on_event(Token("It goes on"))
            stopped = threading.Event()
            cancel.on_cancel(stopped.set)
            self.held.set()
            assert stopped.wait(30), "nobody stopped it"
            cancel.check()
        answer = super().ask(request, on_event, cancel)
        for word in answer.text.split(" "):
            on_event(Token(f"{word} "))
        on_event(answer)
        return answer


class Desk:
    """The acts of drafts with a notebook open, and what they said."""

    def __init__(self, store: Store, notebook: Path, qtbot: QtBot) -> None:
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.parent.show()
        self.qtbot = qtbot
        self.tasks = TaskRunner(self.parent)
        self.session = ReviewSession(store, SETTINGS, LocalEngine())
        self.controller = ReviewController(self.session, self.tasks, self.parent)
        self.acts = DraftActs(self.session, self.controller, self.parent)
        self.session.subscribe(self.acts.announced)
        self.said: list[str] = []
        self.acts.noticed.connect(lambda level, text: self.said.append(text))
        self.faults: list[BaseException] = []
        self.tasks.error.connect(lambda title, error: self.faults.append(error))
        self.session.adopt_opened(self.session.open_work(notebook))
        self.notebook = self.session.shown().target.notebook
        self.folder = self.notebook.parent
        self.acts.open()
        self.settled(self.window.isVisible)

    @property
    def window(self) -> DraftWindow:
        return self.acts.window_

    @property
    def draft(self) -> Draft:
        assert self.acts.draft is not None
        return self.acts.draft

    def settled(self, reached: Callable[[], bool], seconds: int = 60) -> None:
        """Wait until `reached` and no task runs."""

        def look() -> None:
            running = [task.title for task in self.tasks.running()]
            running += [str(step) for step, page in self.window.step_pages.items() if not page.complete]
            assert reached() and not running, f"running: {running}, said: {self.said}, {self.faults}"

        self.qtbot.waitUntil(look, timeout=seconds * 1000)

    def give_model(self, replies: list[Reply | UserError], hold: int = -1) -> HeldEngine:
        engine = HeldEngine(list(replies), info=WIDE, hold=hold)
        self.session.engine = engine
        self.acts.announced(frozenset({Topic.ENGINE}))
        return engine

    def describe(self, text: str = "Foretell the load.") -> None:
        """Write a task, and add the data file beside the notebook."""
        self.qtbot.keyClicks(self.window.task.task, text)
        self.window.task.plans.setValue(2)
        self.acts.add_data((self.folder / "data.csv",))
        self.settled(lambda: len(self.window.task.files()) == 1)

    def done(self) -> bool:
        return self.acts.draft is not None and self.acts.draft.state.next_step is None

    def draft_all(self) -> None:
        self.describe()
        self.window.go_button.click()
        self.settled(self.done)

    def close(self) -> None:
        assert self.tasks.shutdown()
        self.session.close()
        assert not self.faults
