"""A notebook in a file, judged: what `nbreview check` does with each.

Joins `ladder`, `kernels` and git. Above the static rung nothing runs unless the plan says so by name. A
`Checker` owns what its runs need (a kernel, a stand-in server) and takes it down at its end.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from nbreview.cancellation import CancelToken
from nbreview.checks.cells import is_python
from nbreview.checks.environment import Environment, read_environment
from nbreview.diff.notebooks import diff_notebooks
from nbreview.errors import UserError
from nbreview.history.changes import is_revision
from nbreview.history.process import git_in
from nbreview.history.repository import Repository
from nbreview.kernel.environments import KernelChoice
from nbreview.kernel.model import Outcome, OutcomeStatus, Program, Step
from nbreview.kernel.specs import choice_named, environments
from nbreview.notebook.model import EMPTY, CellType, Notebook
from nbreview.notebook.reader import load_file, read_bytes
from nbreview.review.changes import compare_findings
from nbreview.review.model import Evidence, Finding, Rung, Verdict
from nbreview.services.ladder import Asked, Runs, climb, finding_of, in_execution_order, program_of
from nbreview.services.libraries import Libraries, learned, python_of, static_findings
from nbreview.words import said

if TYPE_CHECKING:
    from nbreview.kernel.standin import StandInServer
    from nbreview.services.kernels import KernelDesk

AUTO = "auto"
NONE = "none"
_UNFINISHED = said("it did not come to its end.")


@dataclass(frozen=True, slots=True)
class CheckPlan:
    """What is asked of each notebook.

    `environment` is the interpreter whose libraries the static rung and stand-in runs go by: AUTO (that of
    the kernel that the notebook names, else our own), NONE, or a path. `kernel` is the name of a kernel to
    start, or AUTO; "" starts none. `run_to` is the index of the cell up to which that kernel runs the
    notebook for real; the next code cell is then the one that the rungs above judge. `cells` restricts these
    to some cells; empty means all. `base` is a revision: only what is new since then is reported.
    """

    environment: str = AUTO
    kernel: str = ""
    run_to: int | None = None
    dry_run: bool = False
    stand_in: bool = False
    cells: tuple[int, ...] = ()
    base: str = ""
    asked: Asked | None = None
    snapshot: bool = True


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found in one notebook. With a base, `findings` are the new ones and `gone` those that base
    had. `notes` are sentences about what could not be looked at.
    """

    path: Path
    notebook: Notebook
    data: bytes
    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def crashes(self) -> tuple[Finding, ...]:
        """The findings that make a check fail: crashes that are certain or were observed."""
        return tuple(finding for finding in self.findings if fails(finding))


def fails(finding: Finding) -> bool:
    """Whether a finding is a crash that is certain or was observed."""
    return finding.verdict is Verdict.CRASH and finding.evidence in (Evidence.CERTAIN, Evidence.OBSERVED)


class Checker:
    """Checks notebooks one after the other.

    Parameters
    ----------
    plan:
        What is asked.
    progress:
        Called with a sentence before anything that takes time.
    """

    def __init__(self, plan: CheckPlan, progress: Callable[[str], None] = lambda sentence: None) -> None:
        self.plan = plan
        self._progress = progress
        self._environments: dict[Path, Environment] = {}
        self._stand_ins: dict[Path, StandInServer] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._stand_ins:
            self._stand_ins.popitem()[1].close()

    def check(self, path: Path, cancel: CancelToken | None = None) -> CheckReport:
        """Judge the notebook in a file.

        Raises
        ------
        UserError
            It cannot be read, the base is no revision, or the kernel or model that was asked for is not to
            be had.
        Cancelled
            `cancel` was raised.
        """
        cancel = cancel or CancelToken()
        data = load_file(path)
        notebook = read_bytes(data, str(path))
        notes: list[str] = []
        if not is_python(notebook):
            notes.append(f"{path} is in {notebook.language}: only its saved errors were looked at.")
        folder = path.resolve().parent
        environment = self._environment(notebook, folder)
        known = self._static(notebook, environment, folder, cancel)
        if self.plan.base:
            before = _at_revision(path, self.plan.base)
            old = self._static(before, environment, folder, cancel)
            changes = compare_findings(diff_notebooks(before, notebook), old, known)
            return CheckReport(path, notebook, data, changes.new, changes.gone, tuple(notes))
        judged: tuple[Finding, ...] = ()
        if is_python(notebook):
            judged = tuple(self._judge(notebook, known, folder, cancel))
        found = sorted((*known, *judged), key=lambda one: (one.cell_index, one.line or 0))
        return CheckReport(path, notebook, data, tuple(found), (), tuple(notes))

    def _environment(self, notebook: Notebook, folder: Path) -> Environment | None:
        """The libraries to go by. AUTO never runs what lies beside the notebook: a stranger may have put it
        there.
        """
        named = self.plan.environment
        if named == NONE or not is_python(notebook):
            return None
        python = python_of(notebook, folder) if named == AUTO else Path(named)
        if named != AUTO and not python.is_file():
            raise UserError(
                said("{name} is no Python interpreter; name one, such as .venv/bin/python.", name=named)
            )
        if python not in self._environments:
            self._environments[python] = read_environment(python)
        return self._environments[python]

    def _static(
        self, notebook: Notebook, environment: Environment | None, folder: Path, cancel: CancelToken
    ) -> tuple[Finding, ...]:
        if environment is None:
            return static_findings(notebook, None, folder, cancel)
        # Where nobody said that this is where the notebook runs, what is missing here may be there.
        assumed = self.plan.environment == AUTO and environment.python == Path(sys.executable)
        libraries = learned(notebook, Libraries(environment, assumed), folder, cancel)
        self._environments[environment.python] = libraries.environment
        return static_findings(notebook, libraries, folder, cancel)

    def _judge(
        self, notebook: Notebook, known: tuple[Finding, ...], folder: Path, cancel: CancelToken
    ) -> Iterable[Finding]:
        """The rungs above the static one, for the cells that were asked about."""
        plan = self.plan
        if plan.kernel:
            yield from self._in_kernel(notebook, known, folder, cancel)
            return
        if not plan.stand_in and plan.asked is None:
            return
        stand_in = self._stand_in(notebook, folder) if plan.stand_in else None
        for cell in in_execution_order(notebook.cells) if plan.asked is not None else notebook.cells:
            if cell.cell_type is not CellType.CODE or (plan.cells and cell.index not in plan.cells):
                continue
            self._progress(f"Judging cell {cell.index + 1} of {len(notebook.cells)}")
            program = program_of(notebook, cell.index, folder=folder)
            yield from climb(
                notebook,
                cell.index,
                known,
                Runs(stand_in=stand_in),
                cancel,
                program=program,
                asked=plan.asked,
            )

    def _in_kernel(
        self, notebook: Notebook, known: tuple[Finding, ...], folder: Path, cancel: CancelToken
    ) -> Iterable[Finding]:
        """Run the notebook up to a cell in a kernel of its own, and judge the next one on that state."""
        from nbreview.services.kernels import KernelDesk

        plan = self.plan
        last = -1 if plan.run_to is None else plan.run_to
        if last >= len(notebook.cells):
            count = len(notebook.cells)
            raise UserError(
                said(
                    "There is no cell {number}; the notebook has {count}: choose one of them.",
                    number=last + 1,
                    count=count,
                )
            )
        desk = KernelDesk(folder)
        choice = self._suggested(desk, notebook) if plan.kernel == AUTO else choice_named(plan.kernel)
        self._progress(f"Starting {choice.title}")
        desk.start(choice, cancel)
        try:
            if last >= 0:
                report = desk.run_to(notebook, last, cancel, self._running)
                if report.failed is not None:
                    yield _ran(notebook, report.failed.step, report.failed.result)
                    return
            target = next(
                (cell for cell in notebook.cells[last + 1 :] if cell.cell_type is CellType.CODE), None
            )
            if target is not None:
                yield from self._on_state(notebook, target.index, known, desk, folder, cancel)
        finally:
            desk.shutdown()

    def _suggested(self, desk: "KernelDesk", notebook: Notebook) -> KernelChoice:
        """The kernel that suits the notebook. What lies beside it is started only where it was named: it runs
        with all the person's rights before anything is contained.
        """
        named = self.plan.environment
        if named not in (AUTO, NONE):
            python = Path(named).absolute()
            for choice in environments(desk.folder):
                if choice.prefix is not None and python.is_relative_to(choice.prefix.absolute()):
                    return choice
        choice = desk.suggested(notebook)
        if choice.beside:
            raise UserError(
                said(
                    "{folder} lies beside the notebook, where a stranger may have put it, and is started "
                    "only where it is named: --environment {program}, or another --kernel NAME.",
                    folder=choice.prefix,
                    program=choice.argv[0],
                )
            )
        return choice

    def _on_state(
        self,
        notebook: Notebook,
        index: int,
        known: tuple[Finding, ...],
        desk: "KernelDesk",
        folder: Path,
        cancel: CancelToken,
    ) -> Iterable[Finding]:
        from nbreview.kernel.dryrun import dry_run
        from nbreview.kernel.snapshot import take_snapshot

        plan, session = self.plan, desk.session
        if session is None:
            raise UserError(said("The kernel has ended before the cell could be judged; run it again."))
        self._progress(f"Judging cell {index + 1} on the kernel's state")
        counts = {
            ran.result.execution_count: ran.step.cell_index
            for ran in desk.ran
            if ran.result.execution_count is not None and ran.step.cell_index is not None
        }
        snapshot = None
        if plan.snapshot:
            snapshot = take_snapshot(session, notebook.cells[index].source, cells=counts)
        program = program_of(notebook, index, executed=desk.executed, snapshot=snapshot, folder=folder)

        def run(step: Step, stop: CancelToken) -> Outcome:
            return dry_run(session, step, cancel=stop)

        runs = Runs(
            dry_run=run if plan.dry_run else None,
            stand_in=self._stand_in(notebook, folder) if plan.stand_in else None,
        )
        yield from climb(notebook, index, known, runs, cancel, program=program, asked=plan.asked)

    def _running(self, index: int, done: int, total: int) -> None:
        self._progress(f"Running cell {index + 1} ({done + 1} of {total})")

    def _stand_in(self, notebook: Notebook, folder: Path) -> Callable[[Program, CancelToken], Outcome]:
        from nbreview.kernel.standin import StandInServer

        environment = self._environment(notebook, folder)
        python = environment.python if environment is not None else Path(sys.executable)
        if python not in self._stand_ins:
            self._stand_ins[python] = StandInServer(python)
        server = self._stand_ins[python]
        return lambda program, stop: server.run(program, cancel=stop)


def _ran(notebook: Notebook, step: Step, result: object) -> Finding:
    """The cell at which a run for real ended."""
    from nbreview.kernel.running import Executed

    assert isinstance(result, Executed)
    index = step.cell_index or 0
    status = OutcomeStatus.RAISED if result.status == "error" else OutcomeStatus.NO_VERDICT
    outcome = Outcome(
        status,
        exception=result.exception,
        message=result.message,
        reason="" if status is OutcomeStatus.RAISED else result.message or _UNFINISHED,
        seconds=result.seconds,
    )
    finding = finding_of(notebook.cells[index], Rung.RUN, outcome, Program((), step))
    return replace(finding, trace="\n".join(result.traceback) or finding.trace)


def _at_revision(path: Path, revision: str) -> Notebook:
    """A notebook as a revision has it; the empty one where it was not there yet."""
    repository = Repository.discover(path)
    if repository is None:
        raise UserError(
            said(
                "{path} is in no git repository, so there is no {revision}; name no revision.",
                path=path,
                revision=revision,
            )
        )
    if not is_revision(git_in(repository.root), revision):
        raise UserError(
            said(
                "There is no revision “{revision}” in {root}; “git log” lists those that exist.",
                revision=revision,
                root=repository.root,
            )
        )
    relative = repository.relative(path)
    try:
        found = repository.resolve(f"{revision}:{relative}")
    except UserError:  # the notebook was not there yet
        return EMPTY
    return read_bytes(repository.read(found), f"{revision}:{relative}")
