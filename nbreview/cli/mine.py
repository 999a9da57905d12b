"""`nbreview mine`: the edits in a git history as data. No logic of its own."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview.cli.options import PATH

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from nbreview.training.mining import MiningProgress, MiningReport
    from nbreview.training.mining_filters import Kind, MiningFilters

_KINDS = "merges, roots, bots, generated, formatting, outputs, added, deleted"


@click.command("mine")
@click.argument("repos", metavar="REPO…", nargs=-1, required=True, type=PATH)
@click.option("-o", "--out", required=True, type=PATH, help="File (JSONL) or folder to write.")
@click.option(
    "--schema",
    default="nbreview",
    show_default=True,
    help="nbreview, or ipynb-edit: the one of arXiv 2501.09745.",
)
@click.option("--skip", multiple=True, metavar="KIND[,KIND…]", help=f"Leave out as well: {_KINDS}, or all.")
@click.option("--keep", multiple=True, metavar="KIND[,KIND…]", help="Do not leave out.")
@click.option("--min-words", type=click.IntRange(0), help="Least words in a message's first line.")
@click.option("--max-words", type=click.IntRange(1), help="Most words in a message's first line.")
@click.option("--max-size", type=click.FloatRange(0, min_open=True), help="Largest notebook, in MB [10].")
@click.option("--language", "languages", multiple=True, help="Take only notebooks in this language.")
@click.option("--workers", type=click.IntRange(1), help="Processes; one a core when not given.")
@click.option("--dask", metavar="ADDRESS", help="Run on the Dask cluster of this scheduler instead.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as one JSON object.")
def mine(
    repos: tuple[Path, ...],
    out: Path,
    schema: str,
    skip: tuple[str, ...],
    keep: tuple[str, ...],
    min_words: int | None,
    max_words: int | None,
    max_size: float | None,
    languages: tuple[str, ...],
    workers: int | None,
    dask: str | None,
    as_json: bool,
) -> int:
    """Write the edits that the history of each REPO holds to OUT, with a manifest beside it.

    REPO is a clone, bare or not, or a worktree; it is mined from its HEAD, and nothing in it is run or
    changed. Every revision of every notebook is compared with its first parent. A run that was stopped goes
    on where it was when the same command is given again.

    With the schema nbreview all KINDs but added are left out, and messages of fewer than three words. With
    ipynb-edit, only merges.

    Exit codes: 0 written, 1 written without a row or with repositories left out, 2 error.
    """
    import orjson

    from nbreview.training.mining import mine as write

    if dask is not None and workers is not None:
        raise click.UsageError(
            "--workers and --dask cannot be used together; the cluster has its own workers."
        )
    filters = _filters(schema, skip, keep, min_words, max_words, max_size, languages)
    try:
        with _executor(workers, dask) as (executor, width), _progress() as progress:
            report = write(repos, out, schema, filters, executor=executor, width=width, progress=progress)
    except KeyboardInterrupt:
        click.echo("nbreview: Stopped; the same command goes on from here.", err=True)
        raise
    for problem in report.problems:
        click.echo(f"nbreview: {problem}", err=True)
    if as_json:
        value = {
            "out": str(report.path),
            "manifest_path": str(report.manifest_path),
            "resumed": report.resumed,
            "problems": list(report.problems),
            **report.manifest,
        }
        click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))
    else:
        _summary(report)
    return 1 if report.problems or not report.rows else 0


def _summary(report: "MiningReport") -> None:
    listed = report.manifest["listed"].get("revisions of notebooks", 0)
    again = ", going on where the last run stopped" if report.resumed else ""
    click.echo(
        f"Wrote {_count(report.rows, 'edit')} out of {_count(listed, 'revision')} of notebooks to "
        f"{report.path}, manifest {report.manifest_path}{again}."
    )
    for reason, number in sorted(report.manifest["left_out"].items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"Left out, {reason}: {number}.")
    for note, number in sorted(report.manifest["notes"].items()):
        click.echo(f"{note[:1].upper()}{note[1:]}: {number}.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _filters(
    schema: str,
    skip: tuple[str, ...],
    keep: tuple[str, ...],
    min_words: int | None,
    max_words: int | None,
    max_size: float | None,
    languages: tuple[str, ...],
) -> "MiningFilters":
    from nbreview.training.mining_filters import MiningFilters
    from nbreview.training.mining_rows import find_schema

    defaults = find_schema(schema).defaults
    skipped, kept = _kinds(skip), _kinds(keep)
    if both := sorted(skipped & kept):
        raise click.UsageError(f"{', '.join(both)} cannot be left out and kept; name it once.")
    return MiningFilters(
        skip=(defaults.skip | skipped) - kept,
        min_words=defaults.min_words if min_words is None else min_words,
        max_words=max_words,
        max_bytes=defaults.max_bytes if max_size is None else int(max_size * 2**20),
        languages=frozenset(language.lower() for language in languages),
    )


def _kinds(texts: tuple[str, ...]) -> "frozenset[Kind]":
    from nbreview.training.mining_filters import Kind

    found: set[Kind] = set()
    for word in ",".join(texts).lower().split(","):
        name = word.strip()
        if name == "all":
            found.update(Kind)
        elif name in list(Kind):
            found.add(Kind(name))
        elif name:
            raise click.UsageError(f"“{name}” is no kind of revision; choose from {_KINDS}, all.")
    return frozenset(found)


@contextlib.contextmanager
def _executor(workers: int | None, dask: str | None) -> "Iterator[tuple[Executor | None, int]]":
    from nbreview.training.mining_workers import cores, dask_workers, local_workers

    if dask is not None:
        with dask_workers(dask) as (executor, width):
            yield executor, width
        return
    count = workers or cores()
    with local_workers(count) as pool:
        yield pool, count


@contextlib.contextmanager
def _progress() -> "Iterator[Callable[[MiningProgress], None] | None]":
    """A bar on stderr, where that is a terminal."""
    import sys

    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("commits, {task.fields[rows]} edits"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Looking at the repositories", total=None, rows=0)

        def show(state: "MiningProgress") -> None:
            place = f" ({state.number} of {state.repositories})" if state.repositories > 1 else ""
            bar.update(
                task,
                description=f"{state.repository}{place}",
                completed=state.commits,
                total=state.total,
                rows=state.rows,
            )

        yield show
