"""Reads the cases of fixes in tests/data/fixes: small texts, one a crash, written by hand.

Sections begin with `== `: `cell` (a code cell above), `table`, `result` and `print` (an output of the cell
before), `target` (the cell that crashes), `error NAME LINE` (its saved error; the line counts from 0, `-` for
none), `fixed`, `or` (another answer that is right), `no fix`, `file NAME`, `snapshot`, `renames`,
`repository`.
"""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbreview.checks.fix_case import Fix
from nbreview.checks.fixes import Mender
from nbreview.checks.runner import run_checks
from nbreview.kernel.model import RuntimeSnapshot
from nbreview.notebook.reader import read_bytes
from tests.builders import code, error, notebook, stream

FOLDER = Path(__file__).parent.parent / "data" / "fixes"


@dataclass(slots=True)
class FixCase:
    """One case. `right` is empty where no fix is right."""

    name: str
    cells: list[dict[str, Any]] = field(default_factory=list)
    target: str = ""
    exception: str = ""
    message: str = ""
    line: int | None = None
    right: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    snapshot: RuntimeSnapshot | None = None
    renames: dict[str, str] = field(default_factory=dict)
    repository: dict[str, str] = field(default_factory=dict)


def read_case(path: Path) -> FixCase:
    """Read one case."""
    case = FixCase(path.stem)
    head, body = "", []
    for line in [*path.read_text(encoding="utf-8").split("\n"), "== end"]:
        if line.startswith("== "):
            if head:
                _take(case, head, "\n".join(body).rstrip("\n"))
            head, body = line[3:], []
        else:
            body.append(line)
    return case


def _take(case: FixCase, head: str, text: str) -> None:
    word, _, rest = head.partition(" ")
    match word:
        case "cell":
            case.cells.append(code(text, count=len(case.cells) + 1))
        case "table":
            cells = "".join(f"<th>{html.escape(name)}</th>" for name in rest.split("|"))
            page = f"<table><thead><tr><th></th>{cells}</tr></thead><tbody></tbody></table>"
            _result(case, {"text/html": page, "text/plain": "…"})
        case "result":
            _result(case, {"text/plain": rest})
        case "print":
            case.cells[-1]["outputs"].append(stream(text))
        case "target":
            case.target = text
        case "error":
            case.exception, _, line = rest.partition(" ")
            case.message = text
            case.line = int(line) if line.isdigit() else None
        case "fixed" | "or":
            case.right.append(text)
        case "file":
            case.files[rest] = text + "\n"
        case "snapshot":
            case.snapshot = RuntimeSnapshot(json.loads(text))
        case "renames":
            case.renames |= dict([rest.split("=")])
        case "repository":
            name, _, statement = rest.partition("=")
            case.repository[name] = statement


def _result(case: FixCase, data: Mapping[str, str]) -> None:
    case.cells[-1]["outputs"].append(
        {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": len(case.cells)}
    )


def fixes_of(case: FixCase, folder: Path) -> tuple[Fix, ...]:
    """What is shown for the case's crash. The case's files are written to `folder`."""
    for name, text in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    target = code(case.target, count=len(case.cells) + 1, outputs=[_error(case)])
    book = read_bytes(notebook(*case.cells, target), "x.ipynb")
    mender = Mender(
        book,
        snapshot=case.snapshot,
        folder=folder,
        renames=lambda: case.renames,
        imported_as=lambda name: case.repository.get(name, ""),
    )
    shown: list[Fix] = []
    for finding in run_checks(book):
        if finding.cell_index == len(case.cells) and finding.exception == case.exception:
            shown += mender.fixes_for(finding)
    return tuple(shown)


def _error(case: FixCase) -> dict[str, Any]:
    """The error as IPython 8 writes it."""
    frame: list[str] = []
    if case.line is not None:
        lines = case.target.split("\n")
        shown = [
            f"{'----> ' if number == case.line else '      '}{number + 1} {line}"
            for number, line in enumerate(lines)
        ]
        frame = ["\n".join([f"Cell In[{len(case.cells) + 1}], line {case.line + 1}", *shown])]
    traceback = ["-" * 75, f"{case.exception}  Traceback (most recent call last)", *frame]
    return error(case.exception, case.message, [*traceback, f"{case.exception}: {case.message}"])
