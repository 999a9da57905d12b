"""What the notebook's own outputs and execution counts say about its last run.

Imports `cells`, `notebook`, `review` and below. What a run top to bottom would raise is `names`' to say.
That cells were run in another order than they stand is no crash: it is information, and given only where it
matters, for an output that came from another binding of a name than the one a run top to bottom would use.
A count is that of a cell's last run, so it proves no more than what its message says: counts may come from
several sessions of a kernel.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nbreview.cancellation import CancelToken
from nbreview.checks.cells import NameIndex, expected_to_fail, index_names
from nbreview.notebook.ansi import strip
from nbreview.notebook.bindings import cell_binds, cell_uses
from nbreview.notebook.model import Cell, CellType, Notebook, Output, OutputType
from nbreview.review.model import Evidence, Finding, Verdict
from nbreview.words import Said, said

CHECK = "saved-error"
ORDER = "order"

_NEW_FRAME = re.compile(r"^(?:Cell|Input) In ?\[\d+\], (?:line \d+|in )", re.MULTILINE)
_OLD_FRAME = re.compile(r"^<ipython-input-\d+-\w+> in ", re.MULTILINE)
_SHOWN_LINE = re.compile(r"(-+>)?[ \t]*(\d+)(?: (.*))?$")
_MAGIC = re.compile(r"^\s*[%!?]|\?\s*$|=\s*[%!]")  # what IPython rewrites before Python sees it
_LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a traceback shows of the cell's own frame: its lines by number (from 0), and which one raised."""

    shown: Mapping[int, str]
    raised: int


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


def check_order(notebook: Notebook, cancel: CancelToken | None = None) -> tuple[Finding, ...]:
    """Information on cells whose saved output rests on another binding of a name than a run top to bottom
    would use; at most one a cell, and never a verdict on a crash.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    index = index_names(notebook, cancel)
    ran = {cell.index: cell.execution_count for cell in index.cells if cell.execution_count is not None}
    if not ran:
        return ()
    findings: list[Finding] = []
    for cell in index.cells:
        if cancel is not None:
            cancel.check()
        if cell.index not in ran or not cell.outputs or any(output.ename for output in cell.outputs):
            continue
        text = next(filter(None, (_otherwise(index, ran, cell, name) for name in _reads(cell))), None)
        if text is not None:
            findings.append(
                Finding(
                    check=ORDER,
                    evidence=Evidence.OBSERVED,
                    verdict=Verdict.UNKNOWN,
                    cell_index=cell.index,
                    source_digest=cell.digest,
                    message=text,
                    cell_id=cell.id,
                )
            )
    return tuple(findings)


def _reads(cell: Cell) -> list[str]:
    return sorted(cell_uses(cell.source) - cell_binds(cell.source))


def _otherwise(index: NameIndex, ran: Mapping[int, int], cell: Cell, name: str) -> Said | None:
    """How the run that the output comes from was another than one from top to bottom; None: it was not."""
    binding = index.binds.get(name, ())
    above = [number for number in binding if number < cell.index]
    if name in index.imports or not above:
        return None  # an import is the same again; unbound above is for `names` to tell
    count = ran[cell.index]
    before = [number for number in binding if ran.get(number, count) < count]
    if not before:
        if all(number not in ran for number in binding):
            return said(
                "'{name}' is bound by cell {binder}, which holds no trace of a run, and this cell "
                "was run ([{count}]): its output comes from a cell that has been changed since, or is gone.",
                name=name,
                binder=above[-1] + 1,
                count=count,
            )
        return None
    last = max(before, key=lambda number: ran[number])
    if last > cell.index:
        return said(
            "By the counts, this cell was run ([{count}]) after cell {last} below it ([{last_count}]), "
            "which binds '{name}' as well: run top to bottom, it uses what cell {binder} binds, and "
            "its output may be another.",
            count=count,
            last=last + 1,
            last_count=ran[last],
            name=name,
            binder=above[-1] + 1,
        )
    return None


def _finding(cell: Cell, error: Output) -> Finding:
    value = strip(error.evalue).strip().split("\n", 1)[0].rstrip()
    if len(value) > _LONGEST_MESSAGE:
        value = f"{value[:_LONGEST_MESSAGE].rstrip()}…"
    named = ": ".join(part for part in (error.ename, value) if part).rstrip(".") or said("An error")
    frame = _own_frame(error)
    message = said("{error}, when this cell was last run.", error=named)
    if frame is not None and _lines_like(frame, cell.source) == ():
        message = said("{error}, when this cell was last run; it has been changed since.", error=named)
    return Finding(
        check=CHECK,
        evidence=Evidence.OBSERVED,
        verdict=Verdict.CRASH,
        cell_index=cell.index,
        source_digest=cell.digest,
        message=message,
        cell_id=cell.id,
        exception=error.ename,
        line=_line(frame, cell.source) if frame is not None else None,
    )


def _own_frame(error: Output) -> _Frame | None:
    """The cell's own frame, the first of its traceback; None where the text of the line that raised is not
    shown.
    """
    text = strip("\n".join(error.traceback))
    header = _NEW_FRAME.search(text) or _OLD_FRAME.search(text)
    if header is None:
        return None
    shown: dict[int, str] = {}
    raised: int | None = None
    for line in text[header.end() :].split("\n")[1:]:
        if line.strip() == "(...)":  # lines in between that are not shown
            continue
        match = _SHOWN_LINE.match(line.strip())
        if match is None:
            break
        number = int(match[2]) - 1
        shown[number] = (match[3] or "").strip()
        if match[1]:
            raised = number
    return _Frame(shown, raised) if raised is not None else None


def _line(frame: _Frame, source: str) -> int | None:
    """Where the line that raised stands in the cell as it is now, from 0; None where that is not sure.

    It stands where it stood when everything that the traceback shows is still there. Otherwise the source
    has been changed since the run, and its text must stand in the cell once.
    """
    lines = source.split("\n")
    if all(number < len(lines) and _is_shown_as(lines[number], text) for number, text in frame.shown.items()):
        return frame.raised
    like = _lines_like(frame, source)
    return like[0] if len(like) == 1 else None


def _lines_like(frame: _Frame, source: str) -> tuple[int, ...]:
    """The lines of a source that the traceback would show as the line that raised."""
    text = frame.shown[frame.raised]
    return tuple(number for number, line in enumerate(source.split("\n")) if _is_shown_as(line, text))


def _is_shown_as(line: str, text: str) -> bool:
    """Whether a traceback shows a line of a cell as `text`: without its indentation, and magics as calls."""
    return line.strip() == text or ("get_ipython()" in text and _MAGIC.search(line) is not None)
