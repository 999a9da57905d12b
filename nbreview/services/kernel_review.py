"""What runs for the notebook under review: its kernel, its stand-in child, and what the person has allowed.

Joins `kernels`, `ladder` and the rungs of `kernel`. A notebook is untrusted: above the static rung nothing
runs unless it was allowed by name for this notebook, and what was allowed is forgotten with the review. Every
method may be called on a worker thread. Knows nothing of Qt.
"""

import re
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.cancellation import CancelToken
from nbreview.checks.cells import is_python
from nbreview.errors import UserError
from nbreview.kernel.model import KernelState, Outcome, OutcomeStatus, Program, RuntimeSnapshot, Step
from nbreview.llm.model import Event
from nbreview.notebook.ansi import strip
from nbreview.notebook.model import CellType, Notebook
from nbreview.review.model import Finding, Rung
from nbreview.services.kernels import KernelDesk
from nbreview.services.ladder import Asked, Runs, climb, finding_of, in_execution_order, program_of
from nbreview.services.libraries import python_of
from nbreview.services.running import RanCell, RunReport
from nbreview.services.verdicts import Judged
from nbreview.words import said

if TYPE_CHECKING:
    from nbreview.checks.fixes import Verify
    from nbreview.kernel.access import ContainmentReport
    from nbreview.kernel.standin import StandInServer

_IMPORTED = re.compile(r"^\s*(?:import|from)\s+(\w+)", re.MULTILINE)
_WIDE = re.compile(r" {12,}")


class Grant(StrEnum):
    """What a person has allowed, by name, on one notebook."""

    RUN = "run"
    DRY_RUN = "dry run"
    STAND_IN = "stand-in"


_TO_ALLOW = (
    (
        Rung.DRY_RUN,
        Grant.DRY_RUN,
        said("A dry run was not allowed for this notebook; allow it by name first."),
    ),
    (
        Rung.STAND_IN,
        Grant.STAND_IN,
        said("A stand-in was not allowed for this notebook; allow it by name first."),
    ),
)
"""Rungs that run something, what allows each, and what is said where that is not given."""


@dataclass(frozen=True, slots=True)
class Variables:
    """What lives in the kernel. `state` stands for the state that it was looked at in."""

    snapshot: RuntimeSnapshot
    state: str


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run to a cell ended, what it showed of the cells, and the variables afterwards.

    `variables` is None where the kernel cannot be looked into, and `why` then says why.
    """

    report: RunReport
    judged: tuple[Judged, ...]
    variables: Variables | None
    why: str = ""


class KernelReview:
    """Owns what runs for one notebook, from when it is opened until `close`.

    Parameters
    ----------
    notebook:
        The notebook's file; what runs works in its folder.
    keep:
        Called with the kernel's name and each state of it that was looked at.
    """

    def __init__(
        self, notebook: Path, keep: Callable[[str, RuntimeSnapshot], None] = lambda kernel, snapshot: None
    ) -> None:
        self.notebook = notebook
        self._keep = keep
        self.desk = KernelDesk(notebook.parent)
        self.grants: frozenset[Grant] = frozenset()
        self.chosen: Path | None = None
        """The interpreter of the kernel that the person started or attached to last."""
        self._stand_in: StandInServer | None = None
        self._standing_in = threading.Lock()
        self._closed = False

    @property
    def folder(self) -> Path:
        """The notebook's folder."""
        return self.desk.folder

    @property
    def state(self) -> str:
        """Stands for what the kernel holds; "" without a live kernel."""
        return self.desk.history_digest if self.desk.session is not None else ""

    def allow(self, grant: Grant) -> None:
        """The person has agreed, for this notebook, until it is closed."""
        self.grants |= {grant}

    def start(self, choice: object, cancel: CancelToken | None = None) -> None:
        """Start the kernel that was chosen, or attach to the running one. Errors are those of the desk."""
        from nbreview.kernel.connection import RunningKernel
        from nbreview.kernel.environments import KernelChoice

        if isinstance(choice, RunningKernel):
            # What is run there changes what its owner sees: asked about anew.
            self.grants -= {Grant.RUN, Grant.DRY_RUN}
            self.desk.attach(choice.file, cancel)
        elif isinstance(choice, KernelChoice):
            self.desk.start(choice, cancel)
        session = self.desk.session
        if session is not None and session.language == "python" and session.python:
            self.chosen = Path(session.python)

    def why_not_at(self, notebook: Notebook, index: int) -> str:
        """Why the kernel's state is not that right before a cell; "" where it is."""
        why = self.desk.why_no_probe(notebook)
        if why:
            return why
        if self.desk.state is not KernelState.IDLE:
            return said("The kernel is busy; wait for it, or press Stop.")
        plan = self.desk.plan(notebook, index)
        if plan.problem:
            return plan.problem
        before = [cell.index for cell in plan.cells if cell.index != index]
        number = index + 1
        if len(before) == 1:
            return said(
                "The kernel is not at cell {number}: cell {last} has not run; run to cell {last}.",
                number=number,
                last=before[0] + 1,
            )
        if before:
            return said(
                "The kernel is not at cell {number}: {count} cells above have not run; run to cell {last}.",
                number=number,
                count=len(before),
                last=before[-1] + 1,
            )
        if not plan.cells:
            return said(
                "Cell {number} has run already, so the kernel is past it; restart it and run to the cell "
                "before.",
                number=number,
            )
        return ""

    def usable(self, notebook: Notebook, index: int) -> frozenset[Rung]:
        """The rungs that run something and may be used for a cell without asking again."""
        rungs = set()
        if not is_python(notebook):
            return frozenset()
        if Grant.DRY_RUN in self.grants and not self.why_not_at(notebook, index):
            rungs.add(Rung.DRY_RUN)
        if Grant.STAND_IN in self.grants:
            rungs.add(Rung.STAND_IN)
        return frozenset(rungs)

    def look(self) -> Variables:
        """What lives in the kernel.

        Raises
        ------
        UserError
            There is none, it is busy, or it is not Python.
        """
        from nbreview.kernel.snapshot import take_snapshot

        session = self.desk.session
        if session is None:
            raise UserError(said("No kernel is running; start one first."))
        state = self.state
        snapshot = take_snapshot(session, "", cells=self.desk.cells_by_count)
        self._keep(session.title, snapshot)
        return Variables(snapshot, state)

    def run_to(
        self, notebook: Notebook, index: int, cancel: CancelToken, progress: Callable[[int, int, int], None]
    ) -> Ran:
        """Run to a cell, then look at what lives in the kernel. Errors are those of the desk."""
        report = self.desk.run_to(notebook, index, cancel, progress)
        judged = tuple(
            Judged(_ran_finding(notebook, one)) for one in report.ran if one.result.status != "aborted"
        )
        why = self.desk.why_no_probe(notebook)
        if why or report.stopped:
            return Ran(report, judged, None, why)
        try:
            return Ran(report, judged, self.look())
        except UserError as error:
            return Ran(report, judged, None, error.message)

    def containment(self) -> "ContainmentReport":
        """What would hold a dry run, tried with an empty cell. Raises `UserError` without a kernel."""
        from nbreview.kernel.dryrun import containment_level

        session = self.desk.session
        if session is None:
            raise UserError(said("No kernel is running; start one first."))
        return containment_level(session)

    def stand_in_sentences(self, notebook: Notebook) -> tuple[str, ...]:
        """What a stand-in run does and may do."""
        from nbreview.kernel.access import CONTAINED

        python = self._python(notebook)
        held = [sentence for sentence in CONTAINED.sentences if "kernel" not in sentence]
        return (
            said(
                "The cells above are replayed and this cell is run on stand-ins for the data: objects "
                "invented from what the kernel or, without one, the saved outputs tell of them, in a child "
                "process of {python}.",
                python=python,
            ),
            said("No kernel is needed, and none is touched."),
            *held,
        )

    def climb(
        self,
        notebook: Notebook,
        index: int,
        known: Sequence[Finding],
        use: frozenset[Rung],
        cancel: CancelToken,
        asked: Asked | None = None,
        on_event: Callable[[Event], None] = lambda event: None,
    ) -> tuple[Judged, ...]:
        """Judge a cell by the rungs in `use`, and by the model where it is asked; each must be allowed.

        Raises
        ------
        UserError
            A rung was not allowed, or cannot be had.
        """
        self._check_allowed(use)
        state = self.state
        program = self._program(notebook, index, use)
        runs = Runs(
            dry_run=self._dry_run if Rung.DRY_RUN in use else None,
            stand_in=self._stand_in_run(notebook) if Rung.STAND_IN in use else None,
        )
        found = climb(notebook, index, known, runs, cancel, program=program, asked=asked, on_event=on_event)
        return tuple(Judged(finding, state) for finding in found)

    def scan(
        self,
        notebook: Notebook,
        known: Sequence[Finding],
        use: frozenset[Rung],
        cancel: CancelToken,
        progress: Callable[[int, int], None],
        found: Callable[[tuple[Judged, ...]], None],
        asked: Asked | None = None,
    ) -> int:
        """Judge every code cell as if the notebook ran from the top; how many were looked at.

        Parameters
        ----------
        progress:
            Called with how many cells are done and how many there are.
        found:
            Called with the verdicts on each cell as they come.
        """
        self._check_allowed(use)
        cells = [cell for cell in notebook.cells if cell.cell_type is CellType.CODE and cell.source.strip()]
        if asked is not None:
            cells = in_execution_order(cells)
        stand_in = self._stand_in_run(notebook) if Rung.STAND_IN in use else None
        for done, cell in enumerate(cells):
            cancel.check()
            progress(done, len(cells))
            if stand_in is None and asked is None:
                continue
            program = program_of(notebook, cell.index, folder=self.folder)
            judged = climb(
                notebook, cell.index, known, Runs(stand_in=stand_in), cancel, program=program, asked=asked
            )
            found(tuple(Judged(finding) for finding in judged))
        progress(len(cells), len(cells))
        return len(cells)

    def verifier(self, rung: Rung, cancel: CancelToken) -> "Verify | None":
        """Sees whether a fix holds, by the rung that saw the crash; None for rungs that cannot."""
        if rung not in (Rung.DRY_RUN, Rung.STAND_IN):
            return None

        def verify(changed: Notebook, finding: Finding, cell_index: int) -> str | None:
            if cell_index != finding.cell_index and rung is Rung.DRY_RUN:
                return ""  # the kernel's state came from the cell as it was
            program = self._program(changed, finding.cell_index, frozenset({rung}))
            run = self._stand_in_run(changed)
            outcome = self._dry_run(program.target, cancel) if rung is Rung.DRY_RUN else run(program, cancel)
            if outcome.status is OutcomeStatus.RAISED:
                return None
            seen_by = said("a dry run") if rung is Rung.DRY_RUN else said("a stand-in run")
            return seen_by if outcome.status is OutcomeStatus.FINISHED else ""

        return verify

    def snapshot_for(self, notebook: Notebook, index: int) -> RuntimeSnapshot | None:
        """What a cell would find in the kernel; None where the kernel is not at the cell."""
        from nbreview.kernel.snapshot import take_snapshot

        session = self.desk.session
        if session is None or self.why_not_at(notebook, index):
            return None
        snapshot = take_snapshot(session, notebook.cells[index].source, cells=self.desk.cells_by_count)
        self._keep(session.title, snapshot)
        return snapshot

    def close(self) -> None:
        """End the kernel (or leave it where it was started elsewhere) and the stand-in child. May be called
        twice, and while something runs.
        """
        self._closed = True
        server, self._stand_in = self._stand_in, None
        if server is not None:
            server.close()
        self.desk.shutdown()

    def _program(self, notebook: Notebook, index: int, use: Iterable[Rung]) -> Program:
        """What the rungs run: on the kernel's state where it is at the cell, else as from the top."""
        if not self.why_not_at(notebook, index):
            snapshot = self.snapshot_for(notebook, index)
            return program_of(
                notebook, index, executed=self.desk.executed, snapshot=snapshot, folder=self.folder
            )
        return program_of(notebook, index, folder=self.folder)

    def _check_allowed(self, use: Iterable[Rung]) -> None:
        for rung, grant, refused in _TO_ALLOW:
            if rung in use and grant not in self.grants:
                raise UserError(refused)

    def _dry_run(self, step: Step, cancel: CancelToken) -> Outcome:
        from nbreview.kernel.dryrun import dry_run

        session = self.desk.session
        if session is None:
            raise UserError(said("No kernel is running; start one first."))
        return dry_run(session, step, cancel=cancel)

    def _stand_in_run(self, notebook: Notebook) -> Callable[[Program, CancelToken], Outcome]:
        def run(program: Program, cancel: CancelToken) -> Outcome:
            from nbreview.kernel.standin import HEAVY, StandInServer

            with self._standing_in:
                cancel.check()
                server = self._stand_in
                if server is None:
                    text = "\n".join(cell.source for cell in notebook.cells)
                    imported = set(_IMPORTED.findall(text))
                    preload = [name for name in HEAVY if name.partition(".")[0] in imported]
                    server = self._stand_in = StandInServer(self._python(notebook), preload)
                try:
                    return server.run(program, cancel=cancel)
                finally:
                    if self._closed:
                        server.close()

        return run

    def _python(self, notebook: Notebook) -> Path:
        if self.chosen is not None:
            return self.chosen
        return python_of(notebook, self.folder) if is_python(notebook) else Path(sys.executable)


def _ran_finding(notebook: Notebook, ran: RanCell) -> Finding:
    """What a run for real showed of a cell."""
    index, result = ran.step.cell_index or 0, ran.result
    status = {"ok": OutcomeStatus.FINISHED, "error": OutcomeStatus.RAISED}.get(
        result.status, OutcomeStatus.NO_VERDICT
    )
    outcome = Outcome(
        status,
        exception=result.exception,
        message=result.message,
        reason="" if status is not OutcomeStatus.NO_VERDICT else result.message or said("it did not end."),
        seconds=result.seconds,
    )
    cell = replace(notebook.cells[index], source=ran.step.source)
    finding = finding_of(cell, Rung.RUN, outcome, Program((), ran.step))
    # IPython rules a line above, and spreads the first one over the page.
    lines = [_WIDE.sub("  ", line) for line in strip("\n".join(result.traceback)).splitlines()]
    trace = "\n".join(line for line in lines if line.strip("-"))
    return replace(finding, trace=trace or finding.trace)
