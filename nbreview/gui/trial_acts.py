"""The acts that try cells without running them for real: dry run, stand-ins, a scan of all cells.

Each is allowed by name for a notebook, after it was told what it does and how it is held. Knows the session
and the tasks and no widget.
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from nbreview.cancellation import CancelToken
from nbreview.checks.cells import is_python
from nbreview.errors import UserError
from nbreview.gui.asking import Option, Question
from nbreview.gui.bridge import Stream
from nbreview.gui.kernel_acts import SLOT, KernelActs
from nbreview.gui.language import spoken, tr
from nbreview.gui.tasks import Report, TaskRunner
from nbreview.notebook.model import CellType
from nbreview.review.model import Evidence, Finding, Rung, Verdict
from nbreview.services.kernel_review import Grant, KernelReview
from nbreview.services.opening import Comparison
from nbreview.services.session import ReviewSession
from nbreview.services.verdicts import Judged


class TrialActs(KernelActs):
    """What runs for the notebook under review, and what is only tried."""

    def __init__(self, session: ReviewSession, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(session, tasks, parent)
        self._found = Stream(self)
        self._found.batch.connect(self._take_found)
        self._scan = 0

    def dry_run(self, index: int | None = None) -> None:
        """Try the current cell in a fork of the kernel; how it is held is told the first time."""
        shown, review = self._shown()
        index = self._cell(index)
        if shown is None or review is None or index is None or self._occupied():
            return
        why = review.why_not_at(shown.head.notebook, index)
        if review.desk.session is None:
            before = [cell.index for cell in shown.head.notebook.cells[:index] if _runs(cell)]
            go = functools.partial(self.start, before[-1] if before else None)
            self.offered.emit(
                "info",
                tr("A dry run needs a kernel that has run the cells above; start one and run to there."),
                tr("Start kernel…"),
                go,
            )
        elif why:
            left = [cell.index for cell in review.desk.plan(shown.head.notebook, index).cells]
            before = [cell for cell in left if cell != index]
            if before:
                self.offered.emit(
                    "info",
                    spoken(why),
                    tr("Run to cell {before}").format(before=before[-1] + 1),
                    lambda: self.run_to(before[-1]),
                )
            else:
                self.offered.emit("info", spoken(why), tr("Restart kernel"), self.restart)
        elif Grant.DRY_RUN in review.grants:
            self._climb(shown, index, frozenset({Rung.DRY_RUN}))
        else:
            self._ask_dry_run(shown, review, index)

    def _ask_dry_run(self, shown: Comparison, review: KernelReview, index: int) -> None:
        def work(cancel: CancelToken, report: Report) -> tuple[str, ...]:
            from nbreview.kernel.access import CONTAINED

            held = review.containment()
            if held.level is None:
                held_not = (*map(spoken, held.sentences), tr("Try the cell on stand-ins instead."))
                raise UserError(" ".join(held_not))
            here = tr("Here it is held by {level}.").format(level=held.level)
            return (*CONTAINED.sentences, " ".join((here, *map(spoken, held.sentences))))

        def agreed(_value: object) -> None:
            review.allow(Grant.DRY_RUN)
            if not self._occupied():
                self._climb(shown, index, frozenset({Rung.DRY_RUN}))

        def done(said: tuple[str, ...]) -> None:
            name = shown.target.notebook.name
            self.asked.emit(
                Question(
                    tr("Dry run of cell {index}").format(index=index + 1),
                    tr("Allow dry runs"),
                    agreed,
                    (*said, tr("Allowed for {name} until it is closed.").format(name=name)),
                )
            )

        self._run(SLOT, tr("Asking how a dry run would be held"), work, done)

    def stand_in(self, index: int | None = None) -> None:
        """Try the current cell on stand-ins; what that is, is told the first time."""
        shown, review = self._shown()
        index = self._cell(index)
        if shown is None or review is None or index is None or self._occupied():
            return
        if not is_python(shown.head.notebook):
            self.noticed.emit(
                "info",
                tr("{language}: stand-ins are for Python; ask a model instead.").format(
                    language=shown.head.notebook.language
                ),
            )
            return
        if Grant.STAND_IN in review.grants:
            self._climb(shown, index, frozenset({Rung.STAND_IN}))
            return

        def agreed(_value: object) -> None:
            review.allow(Grant.STAND_IN)
            if not self._occupied():
                self._climb(shown, index, frozenset({Rung.STAND_IN}))

        def done(said: tuple[str, ...]) -> None:
            name = shown.target.notebook.name
            title = tr("Try cell {number} on stand-ins").format(number=index + 1)
            said = (*said, tr("Allowed for {name} until it is closed.").format(name=name))
            self.asked.emit(Question(title, tr("Allow stand-ins"), agreed, said))

        # The interpreter is looked for in files.
        notebook = shown.head.notebook
        self._run(SLOT, tr("Looking for Python"), lambda c, r: review.stand_in_sentences(notebook), done)

    def usable(self, index: int) -> frozenset[Rung]:
        """The rungs that run something and may be used for a cell now, without asking."""
        shown, review = self._shown()
        if shown is None or review is None or self.tasks.is_running(SLOT):
            return frozenset()
        return review.usable(shown.head.notebook, index)

    def is_sure(self, index: int) -> bool:
        """Whether a rule is certain of a crash in a cell, so that nothing needs to be run or asked."""
        return any(
            finding.cell_index == index and finding.evidence is Evidence.CERTAIN
            for finding in self.session.findings
        )

    def ask_which(self, index: int, no_model: str, look: Callable[[Rung, int], None]) -> None:
        """Ask by which rung a cell is to be judged, and say what each of them does."""
        shown, review = self._shown()
        index_ = self._cell(index)
        if shown is None or review is None or index_ is None:
            return
        python = is_python(shown.head.notebook)
        no_python = "" if python else tr("It is for Python notebooks; ask a model.")
        why = review.why_not_at(shown.head.notebook, index)
        options = (
            Option(
                tr("On stand-ins"),
                tr("No kernel: the data is invented from what is known of it"),
                (
                    tr(
                        "Objects that stand in for the data are made from the cells above, and the "
                        "cell is run on them in a child process. You are told what it may do before it runs."
                    ),
                ),
                no_python,
                Rung.STAND_IN,
            ),
            Option(
                tr("Dry run"),
                tr("On the real state: the cell runs in a copy of the kernel"),
                (
                    *((why,) if why else ()),
                    tr(
                        "The cell is run in a copy of the live kernel, which ends with it. You are told how "
                        "it is held before it runs."
                    ),
                ),
                no_python,
                Rung.DRY_RUN,
            ),
            Option(
                tr("Ask a model"),
                tr("A model on this machine reads the cells; nothing is run"),
                (
                    tr(
                        "A model reads the cells, and the kernel's state where there is one, and says how "
                        "likely a crash is. It may be wrong."
                    ),
                ),
                no_model,
                Rung.MODEL,
            ),
        )
        title = tr("Will cell {number} crash? Choose how to look").format(number=index + 1)

        def agreed(rung: object) -> None:
            if isinstance(rung, Rung):
                look(rung, index)

        self.asked.emit(Question(title, tr("Go on"), agreed, (), options))

    def climb(self, index: int) -> None:
        """Judge a cell by what is allowed and needs no model."""
        shown = self.session.comparison
        if shown is not None and not self._occupied():
            self._climb(shown, index, self.usable(index))

    def _climb(self, shown: Comparison, index: int, use: frozenset[Rung]) -> None:
        known = tuple(self.session.findings)
        sure = [one for one in known if one.cell_index == index and one.rung is Rung.STATIC]
        work = self.session.judge_work

        def done(judged: tuple[Judged, ...]) -> None:
            self.take_verdict(shown, index, judged, sure)

        title = tr("Trying cell {number}").format(number=index + 1)
        self._run(SLOT, title, lambda c, r: work(shown, index, known, use, lambda event: None, c), done)

    def take_verdict(
        self, shown: Comparison, index: int, judged: Sequence[Judged], sure: Sequence[Finding] = ()
    ) -> None:
        """Show what a cell was judged to be, and look for a fix."""
        name = shown.target.notebook.name
        if not self.session.adopt_judged(shown, judged):
            self.noticed.emit(
                "info",
                tr(
                    "The verdict on cell {number} of {name} came after something else was opened; ask again "
                    "there."
                ).format(number=index + 1, name=name),
            )
            return
        if judged:
            self._mend(shown, judged)
        else:
            what = spoken(sure[0].message) if sure else tr("there is no code in it to judge.")
            self.noticed.emit(
                "info",
                tr("Cell {index}: nothing needs to be run to know it: {what}").format(
                    index=index + 1, what=what
                ),
            )
        self.showing_findings.emit()

    # All cells.

    def scan(self) -> None:
        """Judge every code cell by what is allowed: rules, stand-ins, a model that is loaded."""
        shown, review = self._shown()
        if shown is None or review is None:
            return
        use = {Rung.STAND_IN} if Grant.STAND_IN in review.grants else set()
        if not is_python(shown.head.notebook):
            use = set()
        model = self.session.engine.info is not None
        if model and self.tasks.is_running("engine"):
            self.noticed.emit("info", tr("The model is answering; wait for it, or press Stop, then scan."))
            return
        known = tuple(self.session.findings)
        self._scan += 1
        number = self._scan
        work_of = self.session.scan_work

        def work(cancel: CancelToken, report: Report) -> int:
            def progress(done: int, total: int) -> None:
                report(done / max(1, total), f"{done}/{total}")

            def found(judged: tuple[Judged, ...]) -> None:
                self._found.push((number, shown, judged))

            return work_of(shown, known, frozenset(use), cancel, progress, found, model=model)

        def done(count: int) -> None:
            self._found.flush()
            by = [tr("rules")]
            if use:
                by.append(tr("stand-ins"))
            if model:
                by.append(tr("the model"))
            cells = {item.cell_index for item in self.session.findings if item.verdict is Verdict.CRASH}
            crashes = (
                tr("{count} of them with a crash").format(count=len(cells)) if cells else tr("no crash found")
            )
            text = tr("{count} code cells were looked at by {by}: {crashes}.").format(
                count=count, by=", ".join(by), crashes=crashes
            )
            if use or not is_python(shown.head.notebook):
                self.noticed.emit("info", text)
            else:
                self.offered.emit(
                    "info",
                    tr("{text} Stand-ins see more; allow them to scan with them.").format(text=text),
                    tr("Allow stand-ins…"),
                    self._allow_and_scan,
                )

        self._run("scan", tr("scanning"), work, done, self._found.clear)

    def _allow_and_scan(self) -> None:
        shown, review = self._shown()
        if shown is None or review is None:
            return

        def agreed(_value: object) -> None:
            review.allow(Grant.STAND_IN)
            self.scan()

        def done(said: tuple[str, ...]) -> None:
            name = shown.target.notebook.name
            allowed = tr("Allowed for {name} until it is closed.").format(name=name)
            said = (*said, tr("Every code cell is tried."), allowed)
            self.asked.emit(
                Question(
                    tr("Try all cells of {name} on stand-ins").format(name=name),
                    tr("Allow and scan"),
                    agreed,
                    said,
                )
            )

        notebook = shown.head.notebook
        self._run(SLOT, tr("Looking for Python"), lambda c, r: review.stand_in_sentences(notebook), done)

    def _take_found(self, batch: list[tuple[int, Comparison, tuple[Judged, ...]]]) -> None:
        for number, shown, judged in batch:
            if number == self._scan and self.tasks.is_running("scan"):
                self.session.adopt_judged(shown, judged)


def _runs(cell: Any) -> bool:
    return cell.cell_type is CellType.CODE and bool(cell.source.strip())
