"""Names that are used before any cell binds them.

Imports `flow`, `notebook`, `review` and below.

What a finding says, exactly: *run top to bottom from a fresh kernel, this cell raises NameError (or, for
later names of the same cell, would raise it once the earlier ones are mended)*. The order is that of the
document, not that of the execution counts: counts tell what one person's kernel went through, the document
is what the next person runs. Counts and saved outputs only add to the message: a cell that ran without
error when it was saved relied on a cell that has since been moved, changed or deleted. Every code cell is
taken to run, and everything that a cell may bind on any path is taken as bound, also where the cell itself
crashes: each cell is checked on its own.

Nothing is said about cells in other languages, cells tagged `raises-exception`, and names that no cell
binds in a notebook with a papermill `parameters` cell (they may be injected).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from nbreview.cancellation import CancelToken
from nbreview.checks.flow import Flow, Miss
from nbreview.notebook.bindings import cell_binds, parse_cell
from nbreview.notebook.model import Cell, CellType, Notebook, OutputType
from nbreview.review.model import Evidence, Finding, Verdict

CHECK = "names"

_EXPECTED_TO_FAIL = frozenset({"raises-exception", "nbval-raises-exception", "nbval-skip", "skip-execution"})
_UNSEEN_IN_TEXT = ("import *", "exec(", "globals(", "locals(", "%run", "%load_ext", "%pylab", "get_ipython")


@dataclass(frozen=True, slots=True)
class Run:
    """A notebook run top to bottom in thought: the names missing, and what may be bound before one cell.

    `bound_before` holds the names that the cells above the cell asked for may bind; None when no cell was
    asked for, or something above it may bind names unseen.
    """

    misses: tuple[Miss, ...]
    bound_before: frozenset[str] | None = None


def checked_cells(notebook: Notebook) -> tuple[Cell, ...]:
    """The code cells that are Python of the notebook's own kernel."""
    if notebook.language.lower() not in ("python", "ipython", "python3"):
        return ()
    version = python_version(notebook)
    if version is not None and version[0] < 3:
        return ()
    return tuple(
        cell for cell in notebook.cells if cell.cell_type is CellType.CODE and not _other_language(cell)
    )


def expected_to_fail(cell: Cell) -> bool:
    """Whether the cell's tags say that it raises, or is not run."""
    return not _EXPECTED_TO_FAIL.isdisjoint(cell.tags)


def python_version(notebook: Notebook) -> tuple[int, int] | None:
    """The Python that the notebook was last run with, as (major, minor), where the file says so."""
    info = notebook.metadata.get("language_info")
    kernel = notebook.metadata.get("kernelspec")
    text = info.get("version") if isinstance(info, Mapping) else None
    parts = text.split(".") if isinstance(text, str) else []
    if len(parts) >= 2 and parts[0].isdigit() and parts[1].isdigit():
        return int(parts[0]), int(parts[1])
    if isinstance(kernel, Mapping) and kernel.get("name") == "python2":
        return 2, 7
    return None


def run_in_thought(notebook: Notebook, cancel: CancelToken | None = None, before: int | None = None) -> Run:
    """Follow every name from the first cell to the last; nothing is executed.

    Parameters
    ----------
    before:
        Index of the cell for which `Run.bound_before` is wanted.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    version = python_version(notebook)
    # Annotations are evaluated up to Python 3.13 (PEP 649 defers them from 3.14 on).
    flow = Flow(annotations=version is not None and version < (3, 14))
    bound_before: frozenset[str] | None = None
    skipped: set[int] = set()
    for cell in checked_cells(notebook):
        if cancel is not None:
            cancel.check()
        if flow.anything or flow.stopped:
            break  # from here on nothing can be said
        if cell.index == before:
            bound_before = frozenset(flow.bound)
        parsed = parse_cell(cell.source)
        if expected_to_fail(cell):
            skipped.add(cell.index)
        if parsed.tree is None:
            flow.bound |= cell_binds(cell.source)
            flow.anything |= any(magic.binds_unknown for magic in parsed.plain.magics)
            flow.anything |= parsed.plain.python and any(text in cell.source for text in _UNSEEN_IN_TEXT)
            continue
        try:
            flow.cell(cell.index, parsed, completes=cell.index not in skipped)
        except RecursionError:  # an expression of a thousand terms: followed no further
            flow.anything = True
    misses = (miss for miss in flow.misses if miss.cell_index not in skipped)
    if any("parameters" in cell.tags for cell in notebook.cells):
        everywhere = frozenset(name for cell in checked_cells(notebook) for name in cell_binds(cell.source))
        misses = (miss for miss in misses if miss.name in everywhere)
    return Run(tuple(misses), bound_before)


def check_names(notebook: Notebook, cancel: CancelToken | None = None) -> tuple[Finding, ...]:
    """Findings for every name that is certainly read before it is bound; one a name and cell."""
    findings: list[Finding] = []
    earlier: dict[int, Miss] = {}
    for miss in run_in_thought(notebook, cancel).misses:
        if not miss.certain:
            continue
        cell = notebook.cells[miss.cell_index]
        findings.append(
            Finding(
                check=CHECK,
                evidence=Evidence.CERTAIN,
                verdict=Verdict.CRASH,
                cell_index=cell.index,
                source_digest=cell.digest,
                message=_message(notebook, cell, miss, earlier.get(cell.index)),
                cell_id=cell.id,
                exception="NameError",
                line=miss.line,
                column=miss.column,
                end_column=miss.end_column,
            )
        )
        earlier.setdefault(cell.index, miss)
    return tuple(findings)


def saved_errors(cell: Cell) -> tuple[tuple[str, str], ...]:
    """Exception and message of each error output that the cell holds."""
    return tuple((out.ename, out.evalue) for out in cell.outputs if out.output_type is OutputType.ERROR)


def _message(notebook: Notebook, cell: Cell, miss: Miss, earlier: Miss | None) -> str:
    what = f"name '{miss.name}' is not defined"
    if miss.via:
        calls = " → ".join(f"{name}()" for name in miss.via)
        what += f" (read in {calls}, called here)"
    if earlier is None:
        text = f"Run top to bottom from a fresh kernel, this cell raises NameError: {what}."
    else:
        text = f"Once '{earlier.name}' is there, this cell raises NameError: {what}."
    saved = saved_errors(cell)
    if any(name == "NameError" and f"'{miss.name}'" in value for name, value in saved):
        text += " It did when it was last run."
    later = next(
        (other.index for other in checked_cells(notebook) if _binds_later(other, cell, miss.name)),
        None,
    )
    if later is not None:
        return f"{text} It is bound only later, in cell {later + 1}."
    if miss.deleted:
        return f"{text} It was deleted with del before."
    if cell.execution_count is not None and not saved:
        text += " It ran when it was last run, so what bound the name has been changed or deleted since."
    return text


def _binds_later(other: Cell, cell: Cell, name: str) -> bool:
    return other.index > cell.index and name in cell_binds(other.source)


def _other_language(cell: Cell) -> bool:
    """Cells of a polyglot notebook say so in their metadata (VS Code and Polyglot Notebooks do)."""
    for key in ("vscode", "polyglot_notebook", "dotnet_interactive"):
        value = cell.metadata.get(key)
        if isinstance(value, Mapping):
            named = value.get("languageId") or value.get("kernelName") or value.get("language")
            if isinstance(named, str) and named.lower() not in ("python", "ipython", "pythonkernel"):
                return True
    return False
