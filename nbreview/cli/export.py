"""`nbreview export`: decisions, or mined edits, as training data. No logic of its own."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nbreview import paths
from nbreview.cli.options import PATH, harmless, say_notice, store_option
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.llm.vocabulary import Vocabulary
    from nbreview.store.database import Store


@click.command("export")
@click.argument("out", type=PATH)
@click.option(
    "--format",
    "format",
    default="chat",
    show_default=True,
    help="Form of the rows: chat, prompt-completion, preference, alpaca, edit-cell, edit-file, paper-cell, "
    "paper-file, fill-in-the-middle or parquet.",
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
@click.option(
    "--model",
    type=PATH,
    metavar="FILE.gguf",
    help="Count the length of every row in tokens of this model; with --verify, count them again.",
)
@click.option("--max-tokens", type=int, metavar="N", help="Leave out rows of more tokens of the model.")
@click.option("--state", "states", multiple=True, help="Only: accepted, edited or committed; repeatable.")
@click.option(
    "--maker",
    "makers",
    multiple=True,
    help="Only what was made by: model, rule, a rule's name, author; repeatable.",
)
@click.option(
    "--by-model", "models", multiple=True, metavar="NAME", help="Only suggestions of this model; repeatable."
)
@click.option(
    "--repository",
    "repositories",
    multiple=True,
    metavar="NAME",
    help="Only from this repository, by its name, address or folder; * stands for anything; repeatable.",
)
@click.option(
    "--notebook",
    "notebooks",
    multiple=True,
    metavar="NAME",
    help="Only from this notebook, by its name or path; * stands for anything; repeatable.",
)
@click.option("--language", "languages", multiple=True, help="Only cells of this language; repeatable.")
@click.option(
    "--since", metavar="WHEN", help="Only decided from then on: 2026-03-01, or an age: 36h, 30d, 6w."
)
@click.option("--until", metavar="WHEN", help="Only decided before then.")
@click.option(
    "--without", multiple=True, metavar="ID", help="Leave this decision out, by its id; repeatable."
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
    model: Path | None,
    max_tokens: int | None,
    states: tuple[str, ...],
    makers: tuple[str, ...],
    models: tuple[str, ...],
    repositories: tuple[str, ...],
    notebooks: tuple[str, ...],
    languages: tuple[str, ...],
    since: str | None,
    until: str | None,
    without: tuple[str, ...],
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
        return _verify(out, model, as_json)
    from nbreview.training.filters import parse_filter
    from nbreview.training.splits import parse_splits

    only = parse_filter(states, makers, models, repositories, notebooks, languages, since, until)
    division = parse_splits(splits, split_by) if splits is not None else None
    with _counter(model) as counter:
        wanted = {"only": only, "splits": division, "counter": counter, "max_tokens": max_tokens}
        return _write(out, format, edits, without, wanted, store, as_json)


@contextlib.contextmanager
def _counter(model: Path | None) -> Iterator["Vocabulary | None"]:
    """What counts tokens, where a model is named."""
    if model is None:
        yield None
        return
    from nbreview.llm.vocabulary import open_vocabulary

    with open_vocabulary(model) as vocabulary:
        yield vocabulary


def _write(
    out: Path,
    format: str,
    edits: tuple[Path, ...],
    without: tuple[str, ...],
    wanted: dict[str, Any],
    store: Path | None,
    as_json: bool,
) -> int:
    import orjson

    from nbreview.store.database import Store
    from nbreview.training.writer import NothingToExport, export_edits
    from nbreview.training.writer import export as write

    if edits and without:
        raise UserError("Mined edits are no decisions, so none can be left out by an id; use --notebook.")
    try:
        if edits:
            report = export_edits(edits, out, format, **wanted)
        else:
            with Store.open(paths.store_path(store), create=False) as opened:
                say_notice(opened)
                left_out = [_decision(opened, start) for start in without]
                report = write(opened, out, format, without=left_out, **wanted)
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
    counted = report.manifest["lengths"].get("model")
    if counted is not None:
        tokens = counted["tokens"]
        click.echo(
            f"Tokens of {harmless(counted['name'])} in a row: {tokens['least']} to {tokens['most']}, median "
            f"{tokens['median']}, 19 of 20 rows within {tokens['p95']}, in all {tokens['total']}."
        )
    return 0


def _decision(store: "Store", start: str) -> str:
    """The decision that an id, or the start of one, names."""
    kind, found = store.identify(start)
    if kind != "decision":
        raise UserError(f"{start} is a {kind}; name the decision that is to be left out.")
    return found


def _verify(place: Path, model: Path | None, as_json: bool) -> int:
    import orjson

    from nbreview.training.verification import left_unchecked, verify

    with _counter(model) as counter:
        problems = verify(place, counter=counter)
        unchecked = left_unchecked(place, counter)
    if as_json:
        value = {
            "out": str(place),
            "verified": not problems,
            "problems": list(problems),
            "unchecked": list(unchecked),
        }
        click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))
    else:
        for sentence in (*problems, *unchecked):
            click.echo(sentence)
        if not problems:
            click.echo(f"{place} is what its manifest says.")
    return 1 if problems else 0
