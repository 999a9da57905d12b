"""Names that are used before any cell binds them.

Imports `cells`, `flow`, `notebook`, `review` and below.

What a finding says, exactly: *when the notebook is run top to bottom from a fresh kernel, this cell raises
NameError (or, for later names of the same cell, would raise it once the earlier ones are mended)*. The
order is that of the document, not that of the execution counts: counts tell what one person's kernel went
through, the document is what the next person runs. Counts and saved outputs only add to the message: a cell
that ran without error when it was saved relied on a cell that has since been moved, changed or deleted.
Every code cell is taken to run, and everything that a cell may bind on any path is taken as bound, also
where the cell itself crashes: each cell is checked on its own.

Nothing is said about cells in other languages, cells tagged `raises-exception`, and names that no cell
binds in a notebook with a papermill `parameters` cell (they may be injected).
"""

import re
from collections.abc import Iterator

from nbreview.cancellation import CancelToken
from nbreview.checks.cells import NameIndex, expected_to_fail, index_names, python_version
from nbreview.checks.flow import Flow, Miss
from nbreview.notebook.bindings import cell_binds, parse_cell
from nbreview.notebook.model import Cell, Notebook, OutputType
from nbreview.review.model import Evidence, Finding, Verdict
from nbreview.words import Said, said

CHECK = "names"

_NAMED = re.compile(r"NameError: name '([^']+)' is not defined")

_UNSEEN_IN_TEXT = ("import *", "exec(", "globals(", "locals(", "%run", "%load_ext", "%pylab", "get_ipython")


def start(notebook: Notebook) -> Flow:
    """The run of a notebook before its first cell."""
    version = python_version(notebook)
    # Annotations are evaluated up to Python 3.13 (PEP 649 defers them from 3.14 on).
    return Flow(annotations=version is not None and version < (3, 14))


def follow(flow: Flow, cell: Cell, index: NameIndex) -> None:
    """Follow the names of one cell, in thought: nothing is executed.

    `flow.misses` grows by the names that the cell reads where nothing can have bound them.
    """
    if flow.anything or flow.stopped:
        return  # from here on nothing can be said
    parsed = parse_cell(cell.source)
    if parsed.tree is None:
        flow.bound |= cell_binds(cell.source)
        flow.anything |= any(magic.binds_unknown for magic in parsed.plain.magics)
        flow.anything |= parsed.plain.python and any(text in cell.source for text in _UNSEEN_IN_TEXT)
        return
    before = len(flow.misses)
    failing = expected_to_fail(cell)
    try:
        flow.cell(cell.index, parsed, completes=not failing)
    except RecursionError:  # an expression of a thousand terms: followed no further
        flow.anything = True
    flow.misses[before:] = [
        miss
        for miss in flow.misses[before:]
        if not failing and (miss.name in index.binds or not index.injectable)
    ]


def check_names(notebook: Notebook, cancel: CancelToken | None = None) -> tuple[Finding, ...]:
    """Findings for every name that is certainly read before it is bound; one a name and cell.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    index = index_names(notebook, cancel)
    flow = start(notebook)
    for cell in index.cells:
        if cancel is not None:
            cancel.check()
        follow(flow, cell, index)
    return tuple(_findings(notebook, index, flow.misses))


def _findings(notebook: Notebook, index: NameIndex, misses: list[Miss]) -> Iterator[Finding]:
    earlier: dict[int, Miss] = {}
    for miss in misses:
        if not miss.certain:
            continue
        cell = notebook.cells[miss.cell_index]
        yield Finding(
            check=CHECK,
            evidence=Evidence.CERTAIN,
            verdict=Verdict.CRASH,
            cell_index=cell.index,
            source_digest=cell.digest,
            message=_message(index, cell, miss, earlier.get(cell.index)),
            cell_id=cell.id,
            exception="NameError",
            line=miss.line,
            column=miss.column,
            end_column=miss.end_column,
        )
        earlier.setdefault(cell.index, miss)


def saved_errors(cell: Cell) -> tuple[tuple[str, str], ...]:
    """Exception and message of each error output that the cell holds."""
    return tuple((out.ename, out.evalue) for out in cell.outputs if out.output_type is OutputType.ERROR)


def missing_name(finding: Finding) -> str:
    """The name that a finding of this check is about: its place may be that of a call that reaches it."""
    match = _NAMED.match(finding.message)
    return match[1] if match else ""


def _message(index: NameIndex, cell: Cell, miss: Miss, earlier: Miss | None) -> Said:
    """What is wrong first, then when, then why: a narrow place shows only the beginning."""
    later = next((number for number in index.binds.get(miss.name, ()) if number > cell.index), None)
    what = _what(miss, later)
    if earlier is None:
        text = said("{what}, when run top to bottom from a fresh kernel.", what=what)
    else:
        text = said("{what}, once '{earlier}' is there.", what=what, earlier=earlier.name)
    saved = saved_errors(cell)
    if any(name == "NameError" and f"'{miss.name}'" in value for name, value in saved):
        text = said("{finding} Its last run ended in this, too.", finding=text)
    if later is not None:
        return text
    if miss.deleted:
        return said("{finding} It was deleted with del before.", finding=text)
    if cell.execution_count is not None and not saved:
        text = said(
            "{finding} It was, when last run: what bound it has been changed or deleted since.", finding=text
        )
    return text


def _what(miss: Miss, later: int | None) -> Said:
    """What Python says, and by which way it gets there. `later`: the cell below that binds the name."""
    name, calls = miss.name, " → ".join(f"{function}()" for function in miss.via)
    if later is None:
        if not calls:
            return said("NameError: name '{name}' is not defined", name=name)
        return said(
            "NameError: name '{name}' is not defined (read in {calls}, called here)", name=name, calls=calls
        )
    if not calls:
        return said("NameError: name '{name}' is not defined before cell {cell}", name=name, cell=later + 1)
    return said(
        "NameError: name '{name}' is not defined before cell {cell} (read in {calls}, called here)",
        name=name,
        cell=later + 1,
        calls=calls,
    )
