"""`nbreview check`: crashes that are known without running anything. No logic of its own."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nbreview.cli.options import PATH
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.review.model import Finding


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a line a finding.")
def check(paths: tuple[Path, ...], as_json: bool) -> int:
    """Flag cells that will crash, or did, in notebooks and folders of notebooks; nothing is run.

    Certain: run top to bottom from a fresh kernel, the cell raises. Observed: it did when it was last run.
    Cells and lines count from 1; in JSON they count from 0.

    Exit codes: 0 nothing was flagged, 1 something was, 2 a notebook could not be read.
    """
    from nbreview.checks.cells import is_python
    from nbreview.checks.runner import run_checks
    from nbreview.notebook.reader import read_file

    rows: list[dict[str, Any]] = []
    errors: list[str] = []
    number = 0
    foreign: list[str] = []
    for path in _notebooks(paths):
        try:
            if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a path cannot be looked at
                raise UserError(f"{path} is a folder and holds no notebook; name a .ipynb file.")
            notebook = read_file(path)
            found = run_checks(notebook)
        except UserError as error:
            errors.append(error.message)
            click.echo(f"nbreview: {error.message}", err=True)
            continue
        number += 1
        if not is_python(notebook):
            foreign.append(f"{path} is in {notebook.language}: only its saved errors were looked at.")
        for finding in found:
            rows.append(_row(path, finding))
            if not as_json:
                click.echo(_line(path, finding))
    if as_json:
        import orjson

        value = {"notebooks": number, "findings": rows, "errors": errors}
        click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))
        return 2 if errors else 1 if rows else 0
    for sentence in foreign:
        click.echo(sentence, err=True)
    if not rows and not errors:
        read = "1 notebook" if number == 1 else f"{number} notebooks"
        click.echo(f"Nothing flagged in {read}. That is no proof that they run.", err=True)
    return 2 if errors else 1 if rows else 0


def _notebooks(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The notebooks meant: files as given, folders searched; hidden folders and checkpoints are skipped. A
    folder without any comes as itself.
    """
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112
            yield path
            continue
        empty = True
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if name.endswith(".ipynb"):
                    empty = False
                    yield Path(folder, name)
        if empty:
            yield path


def _line(path: Path, finding: "Finding") -> str:
    line = "" if finding.line is None else f"{finding.line + 1}:"
    place = f"{path}:cell {finding.cell_index + 1}:{line}"
    return f"{place} {finding.message} [{finding.check}, {finding.evidence.value}]"


def _row(path: Path, finding: "Finding") -> dict[str, Any]:
    return {
        "path": str(path),
        "cell_index": finding.cell_index,
        "cell_id": finding.cell_id,
        "line": finding.line,
        "column": finding.column,
        "end_column": finding.end_column,
        "check": finding.check,
        "evidence": finding.evidence.value,
        "exception": finding.exception,
        "message": finding.message,
    }
