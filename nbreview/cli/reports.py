"""Where a report goes: stdout, and a folder."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nbreview.evaluation.report import Report


def show(report: "Report", as_json: bool, output: Path | None) -> None:
    """Print a report, as JSON or as tables, and write its files where a folder is named."""
    from nbreview.evaluation.report import json_text, markdown, write_report

    if output is not None:
        for path in write_report(report, output):
            click.echo(f"Wrote {path}.", err=True)
    click.echo(json_text(report) if as_json else markdown(report), nl=False)
