"""The acts on the kernel: start one, attach to one, run to a cell, look at what lives in it, end it.

Nothing runs before the person has been told what will run, and with what access, and has agreed for this
notebook. Knows the session and the tasks and no widget.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from nbreview.cancellation import CancelToken
from nbreview.checks.cells import is_python
from nbreview.errors import UserError
from nbreview.gui.acts import Acts
from nbreview.gui.asking import Option, Question
from nbreview.gui.bridge import MainThread
from nbreview.gui.language import spoken, tr
from nbreview.gui.tasks import Report, TaskRunner
from nbreview.kernel.model import KernelState
from nbreview.kernel.specs import available, need_extra
from nbreview.notebook.model import CellType
from nbreview.review.model import Verdict
from nbreview.services.assistant import Card
from nbreview.services.kernel_review import Grant, KernelReview, Ran, Variables
from nbreview.services.opening import Comparison
from nbreview.services.session import ReviewSession
from nbreview.services.verdicts import Judged

SLOT = "run"
"""The slot of all that speaks with the kernel: one thing at a time."""

Offer = tuple[str, Callable[[], None]]


class KernelActs(Acts):
    """What runs, for the notebook under review."""

    asked = Signal(object)  # Question
    offered = Signal(str, str, str, object)  # level, text, words of a button, what it does
    chosen = Signal()  # another interpreter is the notebook's: what was learned of libraries is another's
    line = Signal(str)  # what the status bar says of the kernel
    showing_variables = Signal()
    showing_findings = Signal()

    def __init__(self, session: ReviewSession, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(session, tasks, parent)
        self._main = MainThread(self)
        self._watched: KernelReview | None = None
        self._last = KernelState.NONE
        self._hung = False

    # The kernel itself.

    def watch(self) -> None:
        """Another notebook may be under review: listen to its kernel, and end that of the one before."""
        review = self.session.kernel
        if review is self._watched or review is None:
            return
        if self._watched is not None:
            self.tasks.stop(SLOT)
            self.tasks.stop("scan")
            self._watched.desk.on_change = None
            self._run(
                "leave", tr("Ending the kernel"), lambda c, r: self.session.end_left_work(), id, finish=True
            )
        self._watched, self._last, self._hung = review, KernelState.NONE, False
        review.desk.on_change = lambda: self._main.post(self._changed)

    def find(self) -> None:
        """Say in the status bar which kernel the notebook names."""
        shown, review = self.session.comparison, self.session.kernel
        if shown is not None and review is not None:
            metadata = shown.head.notebook.metadata
            look = review.desk.status_line
            self._run(
                "kernel",
                tr("Looking for its kernel"),
                lambda c, r: look(metadata),
                lambda line: self.line.emit(spoken(line)),
            )

    def start(self, index: int | None = None) -> None:
        """Ask which kernel to start, and with `index` to run to that cell then."""
        shown, review = self._shown()
        if shown is None or review is None or self._occupied():
            return
        notebook = shown.head.notebook

        def work(cancel: CancelToken, report: Report) -> tuple[Option, ...]:
            need_extra()
            choices = list(review.desk.choices())
            try:
                first = review.desk.suggested(notebook)
                choices = [
                    first,
                    *(one for one in choices if one.argv != first.argv or one.name != first.name),
                ]
            except UserError:
                if not choices:
                    raise
            return tuple(
                Option(
                    choice.title,
                    f"{choice.argv[0]}" + (f" · {spoken(choice.why)}" if choice.why else ""),
                    () if choice.problem else review.desk.what_will_run(notebook, index, choice),
                    choice.problem,
                    choice,
                )
                for choice in choices
            )

        def done(options: tuple[Option, ...]) -> None:
            name = shown.target.notebook.name
            where = f" ({spoken(shown.head.label)})" if not shown.writable else ""
            self.asked.emit(
                Question(
                    tr("Start a kernel for {name}").format(name=name),
                    tr("Start kernel") if index is None else tr("Start, then run"),
                    lambda choice: self._start(shown, review, choice, index),
                    ()
                    if index is None
                    else (
                        tr("Runs {name}{where} up to cell {index}.").format(
                            name=name, where=where, index=index + 1
                        ),
                    ),
                    options,
                    tr("No kernel was found; python -m pip install ipykernel in the notebook's environment."),
                )
            )

        self._run(SLOT, tr("Looking for kernels"), work, done)

    def attach(self) -> None:
        """Ask which running kernel to attach to."""
        shown, review = self._shown()
        if shown is None or review is None or self._occupied():
            return

        def work(cancel: CancelToken, report: Report) -> tuple[Option, ...]:
            need_extra()
            options = []
            for kernel in review.desk.running():
                name = kernel.session_name or kernel.kernel_name or kernel.file.name
                life = {
                    True: tr("answers"),
                    False: tr("does not answer"),
                    None: tr("on another machine"),
                }[kernel.alive]
                problem = kernel.problem
                if not problem and kernel.alive is False:
                    problem = tr(
                        "It does not answer: it has ended, or hangs. Restart it where it was started."
                    )
                said = () if problem else review.desk.what_will_run(shown.head.notebook, None, kernel)
                options.append(Option(name, f"{life} · {kernel.file}", said, problem, kernel))
            return tuple(options)

        def done(options: tuple[Option, ...]) -> None:
            self.asked.emit(
                Question(
                    tr("Attach to a running kernel"),
                    tr("Attach"),
                    lambda kernel: self._start(shown, review, kernel, None),
                    (),
                    options,
                    tr(
                        "No running kernel of Jupyter was found on this machine. Open the notebook in "
                        "Jupyter first, or start a kernel here."
                    ),
                )
            )

        self._run(SLOT, tr("Looking for running kernels"), work, done)

    def restart(self) -> None:
        """Restart the kernel, after asking where something would be lost."""
        self._lose(
            tr("Restart the kernel"),
            tr("Restart"),
            tr("Restarting the kernel"),
            lambda r, c: r.desk.restart(c),
        )

    def shut_down(self) -> None:
        """End the kernel, after asking where something would be lost."""
        self._lose(
            tr("Shut down the kernel"),
            tr("Shut down"),
            tr("Ending the kernel"),
            lambda r, c: r.desk.shutdown(),
        )

    def interrupt(self) -> None:
        """Stop what the kernel runs."""
        _shown, review = self._shown()
        if review is not None and self._live(review):
            self.tasks.stop(SLOT)
            self._run("interrupt", tr("Interrupting"), lambda c, r: review.desk.interrupt(), id)

    def _lose(
        self, title: str, button: str, doing: str, work: Callable[[KernelReview, CancelToken], None]
    ) -> None:
        _shown, review = self._shown()
        if review is None:
            return
        session = review.desk.session
        if session is None and review.desk.state is not KernelState.DEAD:
            self._no_kernel()
            return

        def go(_value: object = None) -> None:
            self.tasks.stop(SLOT)
            self._run(SLOT, doing, lambda c, r: work(review, c), lambda _none: self._changed())

        ran = len(review.desk.ran)
        if not ran or (session is not None and not session.owned):
            go()
            return
        said = (
            tr("What the kernel holds is lost: 1 cell has run in it, to be run again.")
            if ran == 1
            else tr("What the kernel holds is lost: {count} cells have run in it, to be run again.")
        )
        self.asked.emit(Question(title, button, go, (said.format(count=ran),)))

    def _start(self, shown: Comparison, review: KernelReview, choice: object, index: int | None) -> None:
        if self._occupied():
            return

        def work(cancel: CancelToken, report: Report) -> Ran | None:
            review.start(choice, cancel)
            if index is None:
                return None
            review.allow(Grant.RUN)
            return review.run_to(shown.head.notebook, index, cancel, _telling(report))

        def done(ran: Ran | None) -> None:
            self._changed()
            if ran is not None:
                self._after_run(shown, review, ran)
            elif not is_python(shown.head.notebook) or review.desk.why_no_probe(shown.head.notebook):
                self.noticed.emit("warning", spoken(review.desk.why_no_probe(shown.head.notebook)))
            self.chosen.emit()

        self._run(SLOT, tr("Starting the kernel"), work, done)

    # Running.

    def run_to(self, index: int | None = None) -> None:
        """Run the code cells up to the current one that have not run; the first time, it is told which."""
        shown, review = self._shown()
        index = self._cell(index)
        if shown is None or review is None or index is None or self._occupied():
            return
        if review.desk.session is None:
            self.start(index)
            return
        notebook = shown.head.notebook
        plan = review.desk.plan(notebook, index)
        if plan.problem:
            self.offered.emit("warning", spoken(plan.problem), tr("Restart kernel"), self.restart)
        elif not plan.cells:
            text = tr("Nothing is left to run: the kernel has run all cells up to cell {number}.").format(
                number=index + 1
            )
            self.offered.emit("info", text, tr("Restart kernel"), self.restart)
        elif Grant.RUN in review.grants:
            self._run_to(shown, review, index)
        else:

            def agreed(_value: object) -> None:
                review.allow(Grant.RUN)
                self._run_to(shown, review, index)

            said = review.desk.what_will_run(notebook, index)
            title = tr("Run {name} to cell {number}").format(
                name=shown.target.notebook.name, number=index + 1
            )
            self.asked.emit(Question(title, tr("Run"), agreed, said))

    def _run_to(self, shown: Comparison, review: KernelReview, index: int) -> None:
        if self._occupied():
            return

        def work(cancel: CancelToken, report: Report) -> Ran:
            return review.run_to(shown.head.notebook, index, cancel, _telling(report))

        title = tr("Running to cell {number}").format(number=index + 1)
        self._run(SLOT, title, work, lambda ran: self._after_run(shown, review, ran))

    def _after_run(self, shown: Comparison, review: KernelReview, ran: Ran) -> None:
        self.session.adopt_judged(shown, ran.judged)
        self.session.adopt_variables(review, ran.variables)
        failed = ran.report.failed
        if failed is not None:
            index = failed.step.cell_index or 0
            self.offered.emit(
                "error", spoken(ran.report.message), tr("Show findings"), self.showing_findings.emit
            )
            self._mend(shown, [one for one in ran.judged if one.finding.cell_index == index])
        else:
            level = "warning" if ran.report.stopped else "info"
            self.noticed.emit(level, " ".join(filter(None, (spoken(ran.report.message), spoken(ran.why)))))

    def _mend(self, shown: Comparison, judged: Sequence[Judged]) -> None:
        if not any(one.finding.verdict is Verdict.CRASH for one in judged):
            return

        def done(cards: tuple[Card, ...]) -> None:
            for card in cards:
                self.session.adopt_card(card)

        work = self.session.mend_work
        self._run("mend", tr("Looking for a fix"), lambda c, r: work(shown, judged, c), done)

    # What lives in the kernel.

    def variables(self) -> None:
        """Look at what lives in the kernel, and show it."""
        shown, review = self._shown()
        if shown is None or review is None:
            return
        self.showing_variables.emit()
        if review.desk.session is None:
            return  # the panel says how to fill it
        if self._occupied():
            return
        why = review.desk.why_no_probe(shown.head.notebook)
        if why:
            self.noticed.emit("info", spoken(why))
            return
        take: Callable[[Variables], None] = lambda found: self.session.adopt_variables(review, found)  # noqa: E731
        self._run(SLOT, tr("Looking at the variables"), lambda c, r: review.look(), take)

    # Inside.

    def _changed(self) -> None:
        """The kernel's state may read differently."""
        review = self.session.kernel
        if review is None or review is not self._watched:
            return
        state, detail = review.desk.state, review.desk.detail
        if (
            state is KernelState.DEAD
            and self._last is not KernelState.DEAD
            and not self.tasks.is_running(SLOT)
        ):
            text = (
                tr("The kernel has ended: {why}. What it held is gone; start one again and run to a cell.")
                if detail
                else tr("The kernel has ended. What it held is gone; start one again and run to a cell.")
            )
            self.offered.emit("error", text.format(why=spoken(detail)), tr("Start kernel…"), self.start)
        hung = "not answered" in detail or "does not stop" in detail
        if hung and not self._hung:
            text = tr("The kernel {detail}.").format(detail=spoken(detail))
            self.offered.emit("warning", text, tr("Restart kernel"), self.restart)
        self._last, self._hung = state, hung
        shown = self.session.comparison
        if state not in (KernelState.NONE, KernelState.DEAD) and shown is not None:
            self.line.emit(spoken(review.desk.status_line(shown.head.notebook.metadata)))
        else:
            self.find()
        self.session.adopt_kernel()

    def _shown(self) -> tuple[Comparison | None, KernelReview | None]:
        shown, review = self.session.comparison, self.session.kernel
        if shown is None or review is None:
            self.noticed.emit("info", tr("No notebook is open; open one first."))
            return None, None
        return shown, review

    def _cell(self, index: int | None) -> int | None:
        index = self.session.cell_index if index is None else index
        shown = self.session.comparison
        cells: Sequence[Any] = shown.head.notebook.cells if shown is not None else ()
        if index is None or index >= len(cells) or cells[index].cell_type is not CellType.CODE:
            self.noticed.emit("info", tr("Choose a code cell of the head first: click it, or press n."))
            return None
        return index

    def _occupied(self) -> bool:
        """Whether something speaks with the kernel already; says so."""
        for task in self.tasks.running():
            if task.slot == SLOT:
                self.noticed.emit(
                    "info", tr("{title} is under way; wait for it, or press Stop.").format(title=task.title)
                )
                return True
        return False

    def _live(self, review: KernelReview) -> bool:
        if review.desk.session is not None:
            return True
        self._no_kernel()
        return False

    def _no_kernel(self) -> None:
        if available():
            text = tr("No kernel is running; start one first.")
            self.offered.emit("info", text, tr("Start kernel…"), self.start)
        else:
            self.noticed.emit(
                "info", tr("No kernel is running; pip install 'nbreview[kernel]' to start one.")
            )


def _telling(report: Report) -> Callable[[int, int, int], None]:
    """A run's progress as that of a task."""

    def tell(index: int, done: int, total: int) -> None:
        words = tr("cell {cell}, {done} of {total}").format(cell=index + 1, done=done + 1, total=total)
        report(done / max(1, total), words)

    return tell
