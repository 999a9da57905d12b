"""`nbreview check`: which cells will crash, and how that is known. No logic of its own."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nbreview.cli.engine import endpoint_option, open_model
from nbreview.cli.options import PATH, harmless
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.review.model import Finding
    from nbreview.services.checking import Checker, CheckPlan, CheckReport


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("--base", metavar="REVISION", help="Only what is new since this revision of git.")
@click.option(
    "--environment",
    default="auto",
    show_default=True,
    metavar="PYTHON",
    help="Interpreter whose libraries the notebook is held against; auto (that of its kernel, else our own; "
    "never one beside the notebook), or none.",
)
@click.option("--stand-in", is_flag=True, help="Run cells on stand-ins for the data, in a contained process.")
@click.option("--kernel", metavar="NAME", help="Start this kernel; auto takes the notebook's.")
@click.option(
    "--run-to", type=click.IntRange(min=0), metavar="N", help="RUN cells 1 to N in the kernel, for real."
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Run the next cell in a contained fork of the kernel, which stays as it is.",
)
@click.option(
    "--model",
    type=PATH,
    metavar="FILE.gguf",
    help="Ask a model about each cell; with --endpoint, its name there.",
)
@endpoint_option
@click.option("--code-only", is_flag=True, help="Tell the model nothing of the kernel's state.")
@click.option(
    "--votes", type=click.IntRange(1, 15), default=1, help="How often the model reasons about a cell."
)
@click.option(
    "--cell",
    "cells",
    type=click.IntRange(min=1),
    multiple=True,
    help="Only this cell, above the static rung.",
)
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option("--sarif", "form", flag_value="sarif", help="Print SARIF 2.1.0, with the lines of the files.")
@click.option("--github", "form", flag_value="github", help="Print annotations for GitHub's actions.")
def check(
    paths: tuple[Path, ...],
    base: str | None,
    environment: str,
    stand_in: bool,
    kernel: str | None,
    run_to: int | None,
    dry_run: bool,
    model: Path | None,
    endpoint: str,
    code_only: bool,
    votes: int,
    cells: tuple[int, ...],
    form: str | None,
) -> int:
    """Flag cells that will crash, or did, in notebooks and folders of notebooks.

    Certain: run top to bottom from a fresh kernel, the cell raises. Observed: it was run, or saved its error.
    Likely: a model says so. Nothing is run unless --run-to, --dry-run or --stand-in asks for it, and nothing
    is ever called safe. Cells and lines count from 1; in JSON they count from 0.

    Exit codes: 0 nothing certain or observed, 1 something was, 2 a notebook could not be read.
    """
    from nbreview.services.checking import Checker, CheckPlan

    if (run_to is not None or dry_run) and not kernel:
        kernel = "auto"
    if base and (stand_in or kernel or model or endpoint):
        raise UserError("--base compares what is known without running anything; leave out the other rungs.")
    plan = CheckPlan(
        environment=environment,
        kernel=kernel or "",
        run_to=None if not run_to else run_to - 1,
        dry_run=dry_run,
        stand_in=stand_in,
        cells=tuple(number - 1 for number in cells),
        base=base or "",
        snapshot=not code_only,
    )
    with contextlib.ExitStack() as stack:
        if model is not None or endpoint:
            plan = _with_model(stack, plan, model, endpoint, votes)
        checker = stack.enter_context(Checker(plan, _progress))
        return _report(list(_notebooks(paths)), checker, form or "text")


def _with_model(
    stack: contextlib.ExitStack, plan: "CheckPlan", model: Path | None, endpoint: str, votes: int
) -> "CheckPlan":
    from dataclasses import replace

    _progress(f"Loading {model.name if model is not None else endpoint}")
    return replace(plan, asked=open_model(stack, model, votes, endpoint))


def _report(paths: list[Path], checker: "Checker", form: str) -> int:
    reports: list[CheckReport] = []
    errors: list[str] = []
    for path in paths:
        try:
            if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a path cannot be looked at
                raise UserError(f"{path} is a folder and holds no notebook; name a .ipynb file.")
            report = checker.check(path)
        except UserError as error:
            errors.append(error.message)
            _progress("")
            click.echo(f"nbreview: {error.message}", err=True)
            continue
        reports.append(report)
        _progress("")
        if form == "text":
            for finding in report.findings:
                click.echo(_line(report.path, finding))
            for finding in report.gone:
                click.echo(f"gone: {_line(report.path, finding)}", err=True)
    if form == "json":
        _print_json(reports, errors)
    elif form == "sarif":
        _print_sarif(reports, errors)
    elif form == "github":
        _print_github(reports)
    else:
        _close(reports, errors, bool(checker.plan.base))
    return 2 if errors else 1 if any(report.crashes for report in reports) else 0


def _close(reports: "list[CheckReport]", errors: list[str], compared: bool) -> None:
    """The last words, on standard error."""
    for report in reports:
        for note in report.notes:
            click.echo(note, err=True)
    if errors or any(report.findings for report in reports):
        return
    read = "1 notebook" if len(reports) == 1 else f"{len(reports)} notebooks"
    new = "new " if compared else ""
    click.echo(f"Nothing {new}flagged in {read}. That is no proof that they run.", err=True)


def _print_json(reports: "list[CheckReport]", errors: list[str]) -> None:
    import orjson

    value = {
        "notebooks": len(reports),
        "findings": [_row(report.path, finding) for report in reports for finding in report.findings],
        "gone": [_row(report.path, finding) for report in reports for finding in report.gone],
        "errors": errors,
    }
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))


def _print_sarif(reports: "list[CheckReport]", errors: list[str]) -> None:
    import orjson

    from nbreview import __version__
    from nbreview.presentation.sarif import flag, sarif_log

    flagged = [each for report in reports for each in flag(report.path, report.data, report.findings)]
    click.echo(orjson.dumps(sarif_log(flagged, __version__, errors), option=orjson.OPT_INDENT_2))


def _print_github(reports: "list[CheckReport]") -> None:
    from nbreview.presentation.sarif import annotations, flag

    for report in reports:
        for line in annotations(flag(report.path, report.data, report.findings)):
            click.echo(line)


def _progress(sentence: str) -> None:
    """One line that changes, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{sentence}", nl=False, err=True)


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
    origin = ""
    if finding.origin_index is not None and finding.origin_index != finding.cell_index:
        origin = f" The value comes from cell {finding.origin_index + 1}."
    message = harmless(" ".join(finding.message.split()))
    return f"{place} {message}{origin} [{finding.check}, {finding.evidence.value}]"


def _row(path: Path, finding: "Finding") -> dict[str, Any]:
    cause = finding.cause
    return {
        "path": str(path),
        "cell_index": finding.cell_index,
        "cell_id": finding.cell_id,
        "line": finding.line,
        "column": finding.column,
        "end_column": finding.end_column,
        "check": finding.check,
        "rung": finding.rung.value,
        "evidence": finding.evidence.value,
        "verdict": finding.verdict.value,
        "probability": finding.probability,
        "exception": finding.exception,
        "message": finding.message,
        "origin_index": finding.origin_index,
        "crash_type": cause.crash_type.value if cause is not None and cause.crash_type else None,
        "root_cause": cause.root_cause.value if cause is not None and cause.root_cause else None,
        "stage": cause.stage.value if cause is not None and cause.stage else None,
        "library": cause.library if cause is not None else "",
    }
