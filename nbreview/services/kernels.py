"""The kernel of one notebook: what would run, running it cell by cell, and what it holds since. No Qt.

May be used from any worker thread; one run at a time. Nothing here is done on opening a notebook: each act
is named by the person, who is told first what will run and with what access (`what_will_run`).
"""

import hashlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.connection import RunningKernel, read_connection, running_kernels
from nbreview.kernel.environments import KernelChoice, asked
from nbreview.kernel.model import KernelState, Step
from nbreview.kernel.requests import KernelEnded, Patience
from nbreview.kernel.session import KernelSession
from nbreview.kernel.specs import available, choice_for, kernel_choices
from nbreview.kernel.specs import status_line as status_without_kernel
from nbreview.notebook.model import Cell, Notebook
from nbreview.services.running import (
    RanCell,
    RunPlan,
    RunReport,
    plan_run,
    ran_cell,
    report_of,
    stale_cells,
    told,
)
from nbreview.words import Said, said

_DOING = {
    KernelState.NONE: said("none"),
    KernelState.STARTING: said("starting"),
    KernelState.IDLE: said("idle"),
    KernelState.BUSY: said("busy"),
    KernelState.DEAD: said("dead"),
}


class KernelDesk:
    """Owns the kernel of one notebook, from when one is started or attached to until `shutdown`.

    Parameters
    ----------
    folder:
        The notebook's, in which the kernel works.
    patience:
        How long a kernel is given.

    `on_change` may be set to a callable that is told, by any thread, that `state` or `status_line` may read
    differently; it must return at once.
    """

    def __init__(self, folder: Path, patience: Patience | None = None) -> None:
        self.folder = folder
        self.on_change: Callable[[], None] | None = None
        self._patience = patience
        self._session: KernelSession | None = None
        self._ran: tuple[RanCell, ...] = ()
        self._position = ""
        self._starting = ""
        self._goodbyes = 0
        self._lock = threading.Lock()
        self._acting = threading.Lock()

    @property
    def session(self) -> KernelSession | None:
        """The live kernel, for probes and dry runs; None without one."""
        session = self._session
        return None if session is None or session.state is KernelState.DEAD else session

    @property
    def state(self) -> KernelState:
        """What the kernel is doing."""
        if self._session is None:
            return KernelState.STARTING if self._starting else KernelState.NONE
        return self._session.state

    @property
    def detail(self) -> str:
        """What to add to `state`: that it is being stopped, does not answer, or how it ended. Or ""."""
        return "" if self._session is None else self._session.detail

    @property
    def ran(self) -> tuple[RanCell, ...]:
        """The cells that this kernel has run, in the order of their runs; empty once it has ended."""
        return () if self.session is None else self._ran

    @property
    def executed(self) -> tuple[Step, ...]:
        """The sources that the kernel's state came from, as `Program.executed` wants them."""
        return tuple(cell.step for cell in self.ran)

    @property
    def cells_by_count(self) -> dict[int, int]:
        """The notebook's cell index by execution count, as `take_snapshot` wants it."""
        return {
            ran.result.execution_count: ran.step.cell_index
            for ran in self.ran
            if ran.result.execution_count is not None and ran.step.cell_index is not None
        }

    @property
    def history_digest(self) -> str:
        """SHA-256 of what was run in which order: equal where nothing has run since."""
        text = "\n".join(f"{cell.digest} {cell.result.status}" for cell in self.ran)
        return hashlib.sha256(text.encode()).hexdigest()

    def choices(self) -> tuple[KernelChoice, ...]:
        """All that the notebook could be run with; nothing is started or run."""
        return kernel_choices(self.folder)

    def suggested(self, notebook: Notebook) -> KernelChoice:
        """The kernel that suits the notebook, with the reason.

        Raises
        ------
        UserError
            There is none for its language.
        """
        return choice_for(notebook.metadata, self.folder)

    def running(self) -> tuple[RunningKernel, ...]:
        """The kernels of a running Jupyter that could be attached to, newest first, the dead among them."""
        if not available():
            return ()
        session = self._session
        ours = session.connection_file if session is not None and session.owned else None
        return running_kernels(leave_out=(ours,) if ours is not None else ())

    def start(self, choice: KernelChoice, cancel: CancelToken | None = None) -> None:
        """Start a kernel in the notebook's folder, in place of the one there is.

        Raises
        ------
        UserError
            It cannot be started, or something is under way here.
        Cancelled
            Stopped on request; the one before has ended all the same.
        """
        with self._act():
            if choice.problem:
                raise UserError(choice.problem)
            checked = asked(choice)
            self._leave()
            goodbyes = self._goodbyes
            self._starting = checked.title
            self._changed()
            try:
                self._take(KernelSession.launch(checked, self.folder, cancel, self._patience), goodbyes)
            finally:
                self._starting = ""
                self._changed()

    def attach(self, connection_file: Path, cancel: CancelToken | None = None) -> None:
        """Speak with a running kernel, in place of the one there is; the person has agreed to it.

        Raises
        ------
        UserError
            Nothing answers there, or something is under way here.
        """
        with self._act():
            goodbyes = self._goodbyes
            session = KernelSession.attach(connection_file, cancel, self._patience)
            self._leave()
            self._take(session, goodbyes)

    def restart(self, cancel: CancelToken | None = None) -> None:
        """Restart a kernel that was started here; what it held is lost.

        Raises
        ------
        UserError
            There is none, it was started elsewhere, or it does not start again.
        """
        session = self._any()
        if session.owned:
            with self._lock:
                self._ran = ()
        session.restart(cancel)
        self._changed()

    def interrupt(self) -> None:
        """Stop what the kernel is running; returns at once.

        Raises
        ------
        UserError
            There is no kernel.
        """
        self._any().interrupt()

    def shutdown(self) -> None:
        """End the kernel, or leave it where it was started elsewhere. May be called twice."""
        with self._lock:
            self._goodbyes += 1
        self._leave()
        self._changed()

    def plan(self, notebook: Notebook, index: int, *, fresh: bool = False) -> RunPlan:
        """What *Run to here* would run for the cell at `index`: the code cells up to and including it.

        Parameters
        ----------
        fresh:
            From a kernel that has run nothing.
        """
        return plan_run(notebook, index, () if fresh else self.ran)

    def what_will_run(
        self, notebook: Notebook, index: int | None = None, kernel: KernelChoice | RunningKernel | None = None
    ) -> tuple[str, ...]:
        """Sentences to show before anything runs: what is started, which cells, and with what access.

        Parameters
        ----------
        index:
            The cell to run to; None where only a kernel is started or attached to.
        kernel:
            What would be started or attached to; None: the kernel there is goes on.
        """
        lines = [self._what_kernel(kernel)]
        if index is None:
            if isinstance(kernel, KernelChoice):
                lines.append(said("No cell is run. It may do all that you may do, once cells are run in it."))
            return tuple(lines)
        return (*lines, *told(self.plan(notebook, index, fresh=kernel is not None)))

    def run_to(
        self,
        notebook: Notebook,
        index: int,
        cancel: CancelToken | None = None,
        progress: Callable[[int, int, int], None] | None = None,
        on_output: Callable[[int, Mapping[str, Any]], None] | None = None,
        cell_timeout: float | None = None,
    ) -> RunReport:
        """Run the code cells up to and including `index` that the kernel has not run yet.

        Parameters
        ----------
        progress:
            Called before each cell with its index, how many are done and how many there are.
        on_output:
            Called with a cell's index and each of its outputs, within bounds.
        cell_timeout:
            Seconds for one cell; None: no limit.

        Raises
        ------
        UserError
            There is no kernel, it holds something else than the notebook says, or it ended.
        """
        with self._act():
            session = self._any()
            plan = self.plan(notebook, index)
            if plan.problem:
                raise UserError(plan.problem)
            ran: list[RanCell] = []
            try:
                for done, cell in enumerate(plan.cells):
                    if cancel is not None and cancel.cancelled:
                        why = said("Stopped before cell {number}.", number=cell.index + 1)
                        return RunReport(tuple(ran), why, stopped=True)
                    self._position = said(
                        "running cell {number} ({done} of {count})",
                        number=cell.index + 1,
                        done=done + 1,
                        count=len(plan.cells),
                    )
                    self._changed()
                    if progress is not None:
                        progress(cell.index, done, len(plan.cells))
                    ran.append(self._run(session, cell, cancel, on_output, cell_timeout))
                    if ran[-1].ended_run:
                        break
            finally:
                self._position = ""
                self._changed()
        return report_of(ran, index)

    def stale_cells(self, notebook: Notebook) -> tuple[int, ...]:
        """The cells whose source is not what the kernel ran there last, of those that it ran, by index."""
        return stale_cells(notebook, self.ran)

    def why_no_probe(self, notebook: Notebook) -> str:
        """Why this kernel cannot be looked into, as a sentence with the next step; "" where it can."""
        session = self.session
        if session is None:
            return said("No kernel is running; start one first.")
        language = session.language or notebook.language
        if language != "python":
            return said(
                "This kernel speaks {language}: snapshots and dry runs are for Python; the model can still "
                "be asked about the code.",
                language=language,
            )
        return ""

    def status_line(self, metadata: Mapping[str, Any]) -> str:
        """What the status bar says, for a notebook with this metadata."""
        session = self._session
        if session is None:
            starting = self._starting
            if not starting:
                return status_without_kernel(metadata)
            return said("kernel: {title}, starting", title=starting)
        state, detail, title = session.state, session.detail, session.title
        during = self._position and state is KernelState.BUSY and not detail
        doing = self._position if during else _DOING[state]
        if detail:
            doing = said("{doing}, {detail}", doing=doing, detail=detail)
        if self.ran and state is KernelState.IDLE:
            doing = said("{doing} · {count} cells run", doing=doing, count=len(self.ran))
        if session.owned:
            return said("kernel: {title}, {doing}", title=title, doing=doing)
        return said("kernel: {title}, attached, {doing}", title=title, doing=doing)

    def _run(
        self,
        session: KernelSession,
        cell: Cell,
        cancel: CancelToken | None,
        on_output: Callable[[int, Mapping[str, Any]], None] | None,
        timeout: float | None,
    ) -> RanCell:
        def hand_on(output: Mapping[str, Any]) -> None:
            if on_output is not None:
                on_output(cell.index, output)

        try:
            result = session.execute(cell.source, hand_on, cancel, timeout)
        except KernelEnded as error:
            with self._lock:
                self._ran = ()
            raise KernelEnded(
                said("Cell {number}: {reason}", number=cell.index + 1, reason=error.message)
            ) from error
        ran = ran_cell(cell, result)
        with self._lock:
            if self._session is session:
                self._ran = (*self._ran, ran)
        return ran

    def _what_kernel(self, kernel: KernelChoice | RunningKernel | None) -> Said:
        if isinstance(kernel, KernelChoice):
            title: str = kernel.title
            if kernel.why:
                title = said("{title} ({why})", title=title, why=kernel.why)
            return said(
                "Starts {title}: {program}, working in {folder}.",
                title=title,
                program=kernel.argv[0],
                folder=self.folder,
            )
        if isinstance(kernel, RunningKernel):
            name = kernel.session_name or kernel.kernel_name or kernel.file.name
            address = read_connection(kernel.file)
            if not address.local:
                name = said("{name} on {host}", name=name, host=address.ip)
            return said(
                "Attaches to the running kernel {name}: what is run there changes what its owner "
                "sees. It is never restarted or shut down from here.",
                name=name,
            )
        session = self._any()
        if session.owned:
            return said("Goes on in {title}.", title=session.title)
        return said("Goes on in {title}, which was started elsewhere.", title=session.title)

    def _any(self) -> KernelSession:
        if self._session is None:
            raise UserError(said("No kernel is running; start one first."))
        return self._session

    def _take(self, session: KernelSession, goodbyes: int) -> None:
        """Keep a kernel that has just started, unless it was shut down before it had."""
        with self._lock:
            wanted = goodbyes == self._goodbyes
            if wanted:
                self._session, self._ran = session, ()
        if not wanted:
            session.shutdown()
            raise UserError(said("The kernel was shut down before it had started; start it again."))
        session.on_change = self._changed
        self._changed()

    def _leave(self) -> None:
        with self._lock:
            session, self._session, self._ran = self._session, None, ()
        if session is not None:
            session.on_change = None
            session.shutdown()

    def _act(self) -> "_Act":
        return _Act(self._acting)

    def _changed(self) -> None:
        if (callback := self.on_change) is not None:
            callback()


class _Act:
    """One act at a time; a second one is told so instead of waiting for the first."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            raise UserError(said("Something is under way in this kernel; wait for it, or press Stop."))

    def __exit__(self, *_: object) -> None:
        self._lock.release()
