"""`nbreview export`: decisions, or mined edits, as training data. No logic of its own."""

from pathlib import Path

import click

from nbreview import paths
from nbreview.cli.options import PATH, store_option


@click.command("export")
@click.argument("out", type=PATH)
@click.option(
    "--format",
    "format",
    default="chat",
    show_default=True,
    help="Form of the rows: chat, prompt-completion, preference, alpaca, edit-cell, edit-file, "
    "fill-in-the-middle or parquet.",
)
@click.option(
    "--edits",
    type=PATH,
    multiple=True,
    metavar="FILE",
    help="Export edits that `nbreview mine` has written, and not the decisions in the store; repeatable.",
)
@click.option(
    "--splits",
    metavar="TRAIN/VALIDATION/TEST",
    help="Divide the rows, for example 80/10/10; OUT is then a folder with a file for each split.",
)
@click.option(
    "--split-by",
    default="auto",
    show_default=True,
    help="What is never divided: repository, notebook, or auto (repository where there are several).",
)
@click.option("--verify", is_flag=True, help="Write nothing: compare an export at OUT with its manifest.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print what was written as one JSON object.")
def export(
    out: Path,
    format: str,
    edits: tuple[Path, ...],
    splits: str | None,
    split_by: str,
    verify: bool,
    store: Path | None,
    as_json: bool,
) -> int:
    """Write accepted suggestions to OUT as training data, with a manifest and a data card beside it.

    OUT is a file (data.jsonl gets data.manifest.json and data.card.md) or a folder that exists (it gets
    chat.jsonl, manifest.json and card.md). Suggestions that were rejected, or accepted and then undone, are
    left out, and so are duplicates. Secrets, e-mail addresses and home folders become placeholders.

    Exit codes: 0 written or verified, 1 nothing to write or something wrong with what is verified, 2 error.
    """
    if verify:
        return _verify(out, as_json)
    return _write(out, format, edits, splits, split_by, store, as_json)


def _write(
    out: Path,
    format: str,
    edits: tuple[Path, ...],
    splits: str | None,
    split_by: str,
    store: Path | None,
    as_json: bool,
) -> int:
    import orjson

    from nbreview.store.database import Store
    from nbreview.training.splits import parse_splits
    from nbreview.training.writer import NothingToExport, export_edits
    from nbreview.training.writer import export as write

    division = parse_splits(splits, split_by) if splits is not None else None
    try:
        if edits:
            report = export_edits(edits, out, format, splits=division)
        else:
            with Store.open(paths.store_path(store), create=False) as opened:
                report = write(opened, out, format, splits=division)
    except NothingToExport as nothing:
        click.echo(f"nbreview: {nothing.message}", err=True)
        return 1
    if as_json:
        value = {"out": str(report.path), "manifest_path": str(report.manifest_path), **report.manifest}
        click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))
        return 0
    rows = f"{report.rows} example{'' if report.rows == 1 else 's'}"
    click.echo(f"Wrote {rows} to {report.path}, manifest {report.manifest_path}.")
    for kind, number in sorted(report.manifest["redactions"].items()):
        click.echo(f"Replaced, {kind.replace('_', ' ')}: {number}.")
    for reason, number in sorted(report.left_out.items()):
        click.echo(f"Left out, {reason}: {number}.")
    return 0


def _verify(place: Path, as_json: bool) -> int:
    import orjson

    from nbreview.training.verification import verify

    problems = verify(place)
    if as_json:
        value = {"out": str(place), "verified": not problems, "problems": list(problems)}
        click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))
    else:
        for problem in problems:
            click.echo(problem)
        if not problems:
            click.echo(f"{place} is what its manifest says.")
    return 1 if problems else 0
