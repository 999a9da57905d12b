"""*Run to here*: which cells it would run after what a kernel has run already, and how to say so.

The kernel's history is a tuple of `RanCell`: which sources, in which order. A cell whose source has changed
since it ran, or came into the notebook before one that ran, makes what the kernel holds differ from what the
notebook says; that is what *stale* is told from. Nothing is run here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nbreview.kernel.model import Step
from nbreview.kernel.running import Executed
from nbreview.notebook.model import Cell, CellType, Notebook
from nbreview.words import said

RAISES = "raises-exception"
"""The tag of a cell that is meant to fail (nbconvert, Jupyter Book): the run goes on after it."""

SKIPPED = "skip-execution"
"""The tag of a cell that is not run (nbclient's `skip_cells_with_tag`)."""

ACCESS = said(
    "They run as you, with all that you may do: files, network, other programs. Nothing is held back."
)

_LONGEST_ERROR = 280
_SHELL = re.compile(
    r"^\s*(?:[\w, ]+=\s*)?!|^%%(?:bash|sh|script|system|!)|^\s*%(?:pip|conda|system|sx)\b", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class RanCell:
    """A cell that was run in the kernel. `digest` is that of its source as it ran.

    `ended_run`: it was stopped half-way, or failed without being meant to, so that nothing was run after it.
    """

    step: Step
    digest: str
    result: Executed
    ended_run: bool = False


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What *Run to here* would run. `done` cells have run before and are as they were.

    `problem` says why it cannot go on from what the kernel holds, "" where it can; running from a fresh
    kernel always can.
    """

    cells: tuple[Cell, ...]
    done: int = 0
    left_out: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """How *Run to here* ended. `failed` is the cell whose error ended it, or None.

    `message` is one sentence for the person.
    """

    ran: tuple[RanCell, ...]
    message: str
    failed: RanCell | None = None
    stopped: bool = False


def ran_cell(cell: Cell, result: Executed) -> RanCell:
    """What to remember of a cell that has just been run."""
    meant = result.status == "error" and RAISES in cell.tags
    return RanCell(Step(cell.source, cell.index), cell.digest, result, result.status != "ok" and not meant)


def plan_run(notebook: Notebook, index: int, ran: Sequence[RanCell]) -> RunPlan:
    """What is left to run until the kernel has run the code cells up to and including the one at `index`."""
    wanted = [cell for cell in notebook.cells[: index + 1] if cell.cell_type is CellType.CODE]
    cells = [cell for cell in wanted if cell.source.strip() and SKIPPED not in cell.tags]
    left_out = sum(SKIPPED in cell.tags for cell in wanted)
    # A cell that ended a run is run again; all before it must be what the notebook says now.
    done = [before for before in ran if not before.ended_run]
    for position, before in enumerate(done):
        if position == len(cells):
            return RunPlan((), len(cells), left_out)
        if before.digest != cells[position].digest:
            why = said(
                "Cell {number} is not what the kernel has run there; restart the kernel, then run to here.",
                number=cells[position].index + 1,
            )
            return RunPlan((), position, left_out, why)
    return RunPlan(tuple(cells[len(done) :]), len(done), left_out)


def told(plan: RunPlan) -> tuple[str, ...]:
    """Sentences that say what would run, and with what access."""
    if plan.problem:
        return (plan.problem,)
    if not plan.cells:
        return (said("Nothing is left to run: the kernel has run all cells up to here."),)
    numbers = [cell.index + 1 for cell in plan.cells]
    if len(numbers) == 1:
        lines = [said("Runs the code cell {number}; stops at the first error.", number=numbers[0])]
    else:
        lines = [
            said(
                "Runs {count} code cells, from cell {first} to cell {last} in the notebook's order; stops at "
                "the first error.",
                count=len(numbers),
                first=numbers[0],
                last=numbers[-1],
            )
        ]
    if plan.done:
        lines.append(said("{count} before that have run already and are not run again.", count=plan.done))
    if plan.left_out:
        lines.append(said("Left out: {count} tagged {tag}.", count=plan.left_out, tag=SKIPPED))
    shell = [str(cell.index + 1) for cell in plan.cells if _SHELL.search(cell.source)]
    if shell:
        lines.append(said("Shell commands or installations are in cell {numbers}.", numbers=", ".join(shell)))
    return (*lines, ACCESS)


def report_of(ran: Sequence[RanCell], index: int) -> RunReport:
    """How a run to the cell at `index` ended, from what it ran."""
    if ran and ran[-1].ended_run:
        last = ran[-1]
        number, result = (last.step.cell_index or 0) + 1, last.result
        if result.status == "error":
            error = f"{result.exception}: {result.message}"
            why = said("Cell {number} failed: {error}", number=number, error=error[:_LONGEST_ERROR])
            return RunReport(tuple(ran), why, failed=last)
        stopped = said("Cell {number}: {reason}", number=number, reason=result.message)
        return RunReport(tuple(ran), stopped, stopped=True)
    count, here = len(ran), index + 1
    if not count:
        return RunReport((), said("Nothing was left to run; the kernel is at cell {number}.", number=here))
    if count == 1:
        return RunReport(tuple(ran), said("1 cell run; the kernel is at cell {number}.", number=here))
    done = said("{count} cells run; the kernel is at cell {number}.", count=count, number=here)
    return RunReport(tuple(ran), done)


def stale_cells(notebook: Notebook, ran: Sequence[RanCell]) -> tuple[int, ...]:
    """The cells whose source is not what the kernel ran there last, of those that it ran, by index."""
    last = {one.step.cell_index: one.digest for one in ran if one.step.cell_index is not None}
    cells = notebook.cells
    return tuple(
        index
        for index, digest in sorted(last.items())
        if index >= len(cells) or cells[index].digest != digest
    )
