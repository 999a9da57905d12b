"""`nbreview store`: look at the store, search it, copy, verify, merge and forget. No logic of its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nbreview import paths
from nbreview.cli.options import PATH, harmless, say_notice, store_option

if TYPE_CHECKING:
    from nbreview.store.database import Store
    from nbreview.store.verification import Verified

_WORDS = {
    "suggestions": "suggestions",
    "accepted": "  accepted",
    "edited": "  accepted after editing",
    "rejected": "  rejected",
    "undone": "  accepted, then undone",
    "divided": "  divided into hunks",
    "pending": "  waiting",
    "failed": "  failed",
    "decisions": "decisions",
    "comments": "comments",
    "findings": "findings",
    "outcomes": "  what became of them",
    "reviews": "reviews held",
    "snapshots": "runtime snapshots",
    "cell_acts": "acts that can be undone",
    "notebooks": "notebooks",
    "repositories": "repositories",
    "models": "models",
    "prompts": "prompts",
    "texts": "texts kept once",
    "text_bytes": "bytes of them",
}

_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("store")
def store() -> None:
    """Look at the store of suggestions and decisions, search it, copy, verify, merge and forget."""


@store.command("path")
@store_option
def path(store: Path | None) -> int:
    """Print where the store is: --store, else NBREVIEW_STORE, else the user's data folder."""
    click.echo(paths.store_path(store))
    return 0


@store.command("stats")
@store_option
@_json_option
def stats(store: Path | None, as_json: bool) -> int:
    """Count what is in the store."""
    with _opened(store) as opened:
        counts = opened.counts()
    if as_json:
        _print_json({"path": str(opened.path), **counts})
        return 0
    click.echo(opened.path)
    for name, word in _WORDS.items():
        click.echo(f"{word:<26}{counts[name]:>10,}")
    return 0


@store.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--state", help="Only what is accepted, edited, rejected, undone, pending, failed, open, …")
@click.option("--maker", help="Only what this made: model, rule, rule:NAME, or a comment's author.")
@click.option("--repository", help="Only from this repository: folder, remote, or the last part of either.")
@click.option("--since", metavar="WHEN", help="Only from then on: 2026-03-01, or an age: 36h, 30d, 6w.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@store_option
@_json_option
def search(
    words: tuple[str, ...],
    state: str | None,
    maker: str | None,
    repository: str | None,
    since: str | None,
    limit: int,
    store: Path | None,
    as_json: bool,
) -> int:
    """Find what holds all WORDS: instructions, reasons, sources, comments, paths; the latest first.

    read* is the start of a word, "several words" in quotes stand side by side.

    Exit codes: 0 found, 1 nothing found, 2 error.
    """
    from dataclasses import asdict

    from nbreview.review.model import now
    from nbreview.store.search import MARKS, in_words, parse_since

    start = parse_since(since, now()) if since is not None else None
    with _opened(store) as opened:
        hits = opened.search(
            " ".join(words), state=state, maker=maker, repository=repository, since=start, limit=limit
        )
    if as_json:
        bare = str.maketrans("", "", "".join(MARKS))
        _print_json({"hits": [{**asdict(hit), "text": hit.text.translate(bare)} for hit in hits]})
        return 0 if hits else 1
    for hit in hits:
        place = f"{hit.notebook} cell {hit.cell_index + 1}"
        click.echo(harmless(f"{hit.subject}  {in_words(hit.time)}  {hit.state}  {hit.maker}  {place}"))
        click.echo(f"    {hit.kind}: {_marked(hit.text, MARKS)}")
    if not hits:
        click.echo("Nothing found; search for the start of a word with an asterisk: read*.", err=True)
    return 0 if hits else 1


def _marked(text: str, marks: tuple[str, str]) -> str:
    pieces = []
    for piece in " ".join(text.split()).split(marks[0]):
        found, mark, rest = piece.partition(marks[1])
        pieces.append(click.style(harmless(found), bold=True) + harmless(rest) if mark else harmless(found))
    return "".join(pieces)


@store.command("show")
@click.argument("id")
@click.option("--prompt", is_flag=True, help="Also what the model was shown, and its whole reply.")
@store_option
@_json_option
def show(id: str, prompt: bool, store: Path | None, as_json: bool) -> int:
    """Show all that is kept of one thing: a suggestion with its decisions, a finding, a comment, a review.

    ID may be the start of an id, as long as it is only one thing's.
    """
    from nbreview.cli.store_show import record, text

    with _opened(store) as opened:
        shown = record(opened, id, prompt)
    if as_json:
        _print_json(shown)
    else:
        click.echo(text(shown))
    return 0


@store.command("backup")
@click.argument("out", type=PATH)
@store_option
@_json_option
def backup(out: Path, store: Path | None, as_json: bool) -> int:
    """Copy the store to OUT, a file that does not exist, and verify the copy; also while a window is open."""
    from nbreview.store.upkeep import backup_store

    with _opened(store) as opened:
        copied = backup_store(opened, out)
    if as_json:
        _print_json({"path": str(opened.path), "out": str(out), **_verified(copied)})
    else:
        click.echo(f"Copied {opened.path} to {out}.")
    return 0


@store.command("verify")
@click.option(
    "--repair", is_flag=True, help="Mend what is wrong; a broken file is set aside and written anew."
)
@store_option
@_json_option
def verify(repair: bool, store: Path | None, as_json: bool) -> int:
    """Check every page, reference and text of the store, and its search index.

    Exit codes: 0 nothing wrong (any more, with --repair), 1 damaged, 2 error.
    """
    from nbreview.store.upkeep import repair_store, verify_store

    if repair:
        repaired = repair_store(_path(store))
        found, now, recovery = repaired.found, repaired.now, repaired.recovery
    else:
        with _opened(store) as opened:
            found = now = verify_store(opened)
            recovery = opened.recovery
    damaged = not now.whole or (recovery is not None and not repair)
    if as_json:
        sentence = recovery.sentence if recovery is not None else ""
        _print_json(
            {"path": str(_path(store)), **_verified(now), "found": found.problems, "recovery": sentence}
        )
        return int(damaged)
    for problem in found.problems:
        click.echo(problem)
    if recovery is not None and repair:
        click.echo(recovery.sentence)
    if now.whole:
        click.echo(
            f"{_path(store)}: {now.rows:,} rows and {now.texts:,} texts are as they were written"
            + (f"; {now.unused_texts:,} texts are not used any more (--repair)." if now.unused_texts else ".")
        )
    elif not repair:
        click.echo("Mend it with `nbreview store verify --repair`.", err=True)
    return int(damaged)


def _verified(result: "Verified") -> dict[str, Any]:
    return {
        "whole": result.whole,
        "problems": result.problems,
        "rows": result.rows,
        "texts": result.texts,
        "lost_texts": result.lost_texts,
        "unused_texts": result.unused_texts,
    }


@store.command("merge")
@click.argument("other", type=PATH)
@store_option
@_json_option
def merge(other: Path, store: Path | None, as_json: bool) -> int:
    """Take over what OTHER, another store, holds; what is here already is not taken twice.

    Exit codes: 0 merged, 1 merged but for what has the same id and another content, 2 error.
    """
    from nbreview.store.upkeep import merge_store

    with _opened(store, create=True) as opened:
        report = merge_store(opened, other)
    if as_json:
        conflicts = [{"table": table, "id": id} for table, id in report.conflicts]
        _print_json(
            {"added": report.added, "same": report.same, "conflicts": conflicts, "damaged": report.damaged}
        )
        return int(bool(report.conflicts or report.damaged))
    click.echo(f"Added {_counted(report.added)}; here already: {_counted(report.same)}.")
    for table, id in report.conflicts:
        click.echo(harmless(f"Not taken, {id} of {table} has another content here."), err=True)
    if report.damaged:
        click.echo(f"Not taken, {report.damaged} that are damaged in {other}.", err=True)
    return int(bool(report.conflicts or report.damaged))


@store.command("forget")
@click.option("--repository", metavar="NAME", help="Its folder, its remote, or the last part of either.")
@click.option("--notebook", type=PATH, help="Path of a notebook; it need not be there any more.")
@click.option("--decision", metavar="ID", help="A decision or its suggestion; the start of an id will do.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--damaged", is_flag=True, help="Also delete damaged files that were set aside.")
@store_option
@_json_option
def forget(
    repository: str | None,
    notebook: Path | None,
    decision: str | None,
    dry_run: bool,
    damaged: bool,
    store: Path | None,
    as_json: bool,
) -> int:
    """Take a repository, a notebook or a decision out of the store, its free pages and the backups beside it.
    What models keep of prompts goes as well.

    It cannot be undone. Copies that are elsewhere, and exports, are not touched.

    Exit codes: 0 gone, 1 something may still hold it (said which), 2 error.
    """
    from nbreview.llm.local import states_folder
    from nbreview.llm.states import forget_all
    from nbreview.store.forgetting import Selection
    from nbreview.store.upkeep import forget, notebook_paths

    if sum(bool(given) for given in (repository, notebook, decision)) != 1:
        raise click.UsageError("Name one of --repository, --notebook and --decision.")
    selection = Selection(
        repository or "", notebook_paths(notebook) if notebook is not None else (), decision or ""
    )
    with _opened(store) as opened:
        done = forget(opened, selection, dry_run=dry_run, with_damaged=damaged)
    if not dry_run:
        forget_all(states_folder())  # prompts that are kept hold cells, and cost only time to make again
    if as_json:
        copies = {str(file): rows for file, rows in done.copies.items()}
        _print_json(
            {
                "dry_run": dry_run,
                "rows": done.rows,
                "copies": copies,
                "left": [str(file) for file in done.left],
                "emptied": done.emptied,
            }
        )
        return int(bool(done.left or not done.emptied))
    verb = "Would forget" if dry_run else "Forgot"
    click.echo(f"{verb} {_counted(done.rows)}.")
    for file, rows in done.copies.items():
        click.echo(f"{verb} {_counted(rows)} in the backup {file.name}.")
    for file in done.left:
        click.echo(f"{file} was damaged and may still hold it; delete it, or give --damaged.", err=True)
    if not done.emptied:
        click.echo(
            f"Another program has {opened.path} open and keeps its log, which may still hold it; end that "
            "program and forget again.",
            err=True,
        )
    return int(bool(done.left or not done.emptied))


def _counted(counts: Mapping[str, int]) -> str:
    parts = (f"{number:,} {table.replace('_', ' ')}" for table, number in counts.items() if number)
    return ", ".join(parts) or "nothing"


def _path(store: Path | None) -> Path:
    return paths.store_path(store)


def _opened(store: Path | None, create: bool = False) -> "Store":
    from nbreview.store.database import Store

    opened = Store.open(_path(store), create=create)
    say_notice(opened)
    return opened


def _print_json(value: Mapping[str, Any]) -> None:
    import orjson

    # Lone surrogates, which JSON cannot hold, become question marks.
    click.echo(orjson.dumps(_plain(value), option=orjson.OPT_INDENT_2))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
