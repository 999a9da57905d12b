"""What the notebook's own outputs say about its last run.

Imports `names`, `notebook`, `review` and below.
"""

import re

from nbreview.checks.names import expected_to_fail
from nbreview.notebook.model import Cell, CellType, Notebook, Output, OutputType
from nbreview.review.model import Evidence, Finding, Verdict

CHECK = "saved-error"

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_NEW_FRAME = re.compile(r"^(?:Cell|Input) In ?\[(\d+)\], (?:line (\d+)|in )", re.MULTILINE)
_ARROW = re.compile(r"^-+> ?(\d+)", re.MULTILINE)
_OLD_FRAME = re.compile(r"^<ipython-input-\d+-\w+> in ", re.MULTILINE)
_LONGEST_MESSAGE = 200


def check_saved_errors(notebook: Notebook) -> tuple[Finding, ...]:
    """Findings for cells whose last run ended in an exception, as their outputs say.

    An interruption by the user is no crash, and a cell tagged as raising did what it was meant to.
    """
    findings: list[Finding] = []
    for cell in notebook.cells:
        if cell.cell_type is not CellType.CODE or expected_to_fail(cell):
            continue
        errors = [
            out
            for out in cell.outputs
            if out.output_type is OutputType.ERROR and out.ename != "KeyboardInterrupt"
        ]
        if errors:
            findings.append(_finding(cell, errors[-1]))
    return tuple(findings)


def _finding(cell: Cell, error: Output) -> Finding:
    value = _ANSI.sub("", error.evalue).strip().split("\n", 1)[0].rstrip()
    if len(value) > _LONGEST_MESSAGE:
        value = f"{value[:_LONGEST_MESSAGE].rstrip()}…"
    named = ": ".join(part for part in (error.ename, value) if part) or "an error"
    return Finding(
        check=CHECK,
        evidence=Evidence.OBSERVED,
        verdict=Verdict.CRASH,
        cell_index=cell.index,
        source_digest=cell.digest,
        message=f"This cell ended in {named.rstrip('.')} when it was last run.",
        cell_id=cell.id,
        exception=error.ename,
        line=_line(error, cell),
    )


def _line(error: Output, cell: Cell) -> int | None:
    """The cell's own line that raised, from 0, where the traceback tells: its first frame is the cell's."""
    text = _ANSI.sub("", "\n".join(error.traceback))
    match = _NEW_FRAME.search(text)
    number = match[2] if match else None
    if number is None:
        frame = match or _OLD_FRAME.search(text)
        arrow = _ARROW.search(text, frame.end()) if frame else None
        number = arrow[1] if arrow else None
    line = int(number) - 1 if number is not None else -1
    return line if 0 <= line < len(cell.source.split("\n")) else None
