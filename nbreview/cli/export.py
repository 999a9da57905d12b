"""`nbreview export`: accepted suggestions as training data. No logic of its own."""

from pathlib import Path

import click

from nbreview import paths
from nbreview.cli.options import PATH, store_option


@click.command("export")
@click.argument("out", type=PATH)
@click.option(
    "--format", "format", default="chat", show_default=True, help="Form of the rows: chat (messages, JSONL)."
)
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print what was written as one JSON object.")
def export(out: Path, format: str, store: Path | None, as_json: bool) -> int:
    """Write accepted suggestions to OUT as JSONL, with a manifest beside it.

    OUT is a file (data.jsonl gets data.manifest.json) or a folder that exists (it gets chat.jsonl and
    manifest.json). Suggestions that were rejected, or accepted and then undone, are left out.

    Exit codes: 0 written, 1 nothing to write, 2 error.
    """
    import orjson

    from nbreview.store.database import Store
    from nbreview.training.writer import NothingToExport
    from nbreview.training.writer import export as write

    with Store.open(paths.store_path(store), create=False) as opened:
        try:
            report = write(opened, out, format)
        except NothingToExport as nothing:
            click.echo(f"nbreview: {nothing.message}", err=True)
            return 1
    if as_json:
        value = {"out": str(report.path), "manifest_path": str(report.manifest_path), **report.manifest}
        click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))
        return 0
    rows = f"{report.rows} example{'' if report.rows == 1 else 's'}"
    click.echo(f"Wrote {rows} to {report.path}, manifest {report.manifest_path}.")
    for reason, number in sorted(report.left_out.items()):
        click.echo(f"Left out, {reason}: {number}.")
    return 0
