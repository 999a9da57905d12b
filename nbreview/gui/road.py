"""The whole road, walked by the window itself: the demo where there is no display.

Drives the real window through its own acts, on a real repository and store and, when one is given, a real
model, and writes a picture of each step. It waits for the window's tasks, never for a time; where something
does not come to an end, it says at which step."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from nbreview.diff.model import ChangeKind
from nbreview.errors import UserError
from nbreview.gui.app import Program, make_application, running_program
from nbreview.gui.controller import Arguments
from nbreview.history.model import Revision, RevisionKind
from nbreview.notebook.model import CellType
from nbreview.review.model import Evidence
from nbreview.services.samples import SampleRepository
from nbreview.settings import Settings

PATIENCE_S = 300
"""Longest wait for one step: a large model on a slow processor takes its time."""


@dataclass(frozen=True, slots=True)
class RoadReport:
    """Pictures in the order of the steps, and the exported training data."""

    shots: tuple[Path, ...]
    export: Path


def walk_road(
    sample: SampleRepository,
    out: Path,
    *,
    store: Path,
    model: Path | None = None,
    settings: Settings,
    say: Callable[[str], None],
) -> RoadReport:
    """Review the sample repository from the first look to the export.

    Parameters
    ----------
    out:
        Folder of the pictures and the export; made when missing.
    model:
        GGUF to ask; without one, the steps that need none are walked.
    settings:
        Look of the pictures, and how the model is asked; nothing of it is kept.
    say:
        Gets one line a step.

    Raises
    ------
    UserError
        The folder cannot be written, the model cannot be used, or a step did not come to its end.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{out} cannot be made ({error.strerror}); name another folder.") from error
    make_application()
    with running_program(store, settings) as program:
        return _Walk(program, sample, out, say).walk(model)


class _Walk:
    """One walk: the program, and what has been gathered so far."""

    def __init__(
        self, program: Program, sample: SampleRepository, out: Path, say: Callable[[str], None]
    ) -> None:
        self.window = program.window
        self.session = program.session
        self.controller = program.window.controller
        self.sample = sample
        self.out = out
        self.say = say
        self.shots: list[Path] = []

    def walk(self, model: Path | None) -> RoadReport:
        self.window.resize(1640, 960)  # the offscreen platform's screen is smaller than anybody's
        self.window.show()
        self.shoot("start", "the start page")
        self.choose_commits()
        self.flag()
        if model is not None:
            self.ask(model)
        self.decide()
        export = self.export()
        return RoadReport(tuple(self.shots), export)

    def choose_commits(self) -> None:
        self.controller.start(Arguments((str(self.sample.notebook),)))
        self.settle("opening the notebook", lambda: self.session.opened is not None)
        self.shoot("opened", "history, and the working tree against what is staged")
        moving = self.commit(lambda counts: counts.get(ChangeKind.MOVED, 0) > 0)
        self.window.history.choose([moving])
        self.settle("comparing a commit with its parent", lambda: self.head() == moving)
        self.window.canvas.next_change()
        self.shoot("commit", f"the commit {moving.label} against its parent")
        commits = self.commits()
        self.window.history.choose([commits[-2], commits[0]])
        self.settle("comparing two commits", lambda: self.head() == commits[0])
        self.window.canvas.next_change()
        self.shoot("two-commits", "two commits against each other")

    def flag(self) -> None:
        working = self.revisions()[0]
        self.window.history.choose([working])
        self.settle(
            "checking the working tree", lambda: self.head() == working and bool(self.session.findings)
        )
        finding = next(item for item in self.session.findings if item.evidence is Evidence.CERTAIN)
        self.window.canvas.goto_head_cell(finding.cell_index)
        self.window.assistant.show_findings()
        self.shoot("flagged", finding.message)
        self.settle("suggesting a fix", lambda: bool(self.session.cards))
        self.window.assistant.show_suggestions()
        self.shoot("suggested", self.session.cards[0].suggestion.reason)

    def ask(self, model: Path) -> None:
        self.controller.load(model, self.session.settings.gpu_layers)
        self.settle("loading the model", lambda: self.session.engine.info is not None)
        index = self.session.cards[0].cell_index or 0
        before = len(self.session.findings)
        # What a rule is certain of is not asked.
        sure = {finding.cell_index for finding in self.session.findings}
        cells = self.session.shown().head.notebook.cells
        asked_of = next(
            cell.index for cell in cells if cell.cell_type is CellType.CODE and cell.index not in sure
        )
        self.controller.assess(asked_of)
        self.settle("asking whether a cell will crash", lambda: len(self.session.findings) > before)
        self.window.assistant.show_findings()
        self.shoot("assessed", self.session.findings[-1].message)
        asked = len(self.session.cards)
        self.controller.propose("Make this cell clearer.", index)
        self.settle("asking for an edit", lambda: len(self.session.cards) > asked)
        self.window.assistant.show_suggestions()
        self.shoot("proposed", self.session.cards[0].suggestion.reason)

    def decide(self) -> None:
        certain = [card for card in self.session.cards if card.suggestion.evidence is Evidence.CERTAIN]
        for number, card in enumerate(certain):
            self.controller.accept(card.suggestion.id)
            self.settle(
                "accepting a suggestion",
                lambda gone=card.suggestion.id: all(  # type: ignore[misc]
                    other.suggestion.id != gone for other in self.session.cards
                ),
            )
            if number == 0:
                self.shoot("accepted", f"accepted: {card.suggestion.reason}")
        self.window.canvas.set_one_column(True)
        self.shoot("one-column", "one column")
        self.window.canvas.set_one_column(False)

    def export(self) -> Path:
        self.window.side.show_training_data()
        self.settle("counting decisions", lambda: self.window.side.training.isVisible())
        self.shoot("training-data", "what has been gathered", self.window.side.training)
        path = self.out / "accepted.jsonl"
        path.unlink(missing_ok=True)
        self.controller.export(path)
        self.settle("exporting", path.exists)
        self.say(f"exported: {path}")
        return path

    def revisions(self) -> tuple[Revision, ...]:
        assert self.session.opened is not None
        return self.session.opened.revisions

    def commits(self) -> list[Revision]:
        return [item for item in self.revisions() if item.kind is RevisionKind.COMMIT]

    def commit(self, wanted: Callable[[dict[ChangeKind, int]], bool]) -> Revision:
        """The newest commit whose badge answers `wanted`, else the newest of all."""
        commits = self.commits()
        return next((item for item in commits if wanted(self.session.badge_work(item))), commits[0])

    def head(self) -> Revision | None:
        return self.session.comparison.head.revision if self.session.comparison is not None else None

    def settle(self, step: str, reached: Callable[[], bool]) -> None:
        """Wait until `reached` is true and no task is left."""

        arrived = False
        loop = QEventLoop()

        def look() -> None:
            nonlocal arrived
            # Kept, not asked again behind the loop: a task of the window's own may have begun by then.
            arrived = reached() and not self.window.tasks.running()
            if arrived:
                loop.quit()

        tick = QTimer()
        tick.setInterval(10)
        tick.timeout.connect(look)
        limit = QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        tick.start()
        limit.start(PATIENCE_S * 1000)
        loop.exec()
        tick.stop()
        if not arrived:
            said = self.window.notices.latest()
            raise UserError(f"The demo stopped while {step}: {said or 'nothing came within five minutes'}")

    def shoot(self, name: str, caption: str, widget: QWidget | None = None) -> None:
        """Write a picture of the window (or another) as it is once everything has been painted."""
        widget = widget or self.window
        widget.show()
        self.window.canvas.settle()
        QApplication.processEvents()
        path = self.out / f"{len(self.shots) + 1:02d}-{name}.png"
        if not widget.grab().save(str(path)):
            raise UserError(f"{path} could not be written; name another folder with --out.")
        self.shots.append(path)
        self.say(f"{path.name}: {caption}")
