"""`nbreview store`: look at the store and copy it. No logic of its own."""

from pathlib import Path

import click

from nbreview import paths
from nbreview.cli.options import PATH, store_option

_WORDS = {
    "suggestions": "suggestions",
    "accepted": "  accepted",
    "edited": "  accepted after editing",
    "rejected": "  rejected",
    "undone": "  accepted, then undone",
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


@click.group("store")
def store() -> None:
    """Look at the store of suggestions and decisions, and copy it."""


@store.command("path")
@store_option
def path(store: Path | None) -> int:
    """Print where the store is: --store, else NBREVIEW_STORE, else the user's data folder."""
    click.echo(paths.store_path(store))
    return 0


@store.command("stats")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(store: Path | None, as_json: bool) -> int:
    """Count what is in the store."""
    import orjson

    from nbreview.store.database import Store

    with Store.open(paths.store_path(store), create=False) as opened:
        counts = opened.counts()
    if as_json:
        click.echo(orjson.dumps({"path": str(opened.path), **counts}, option=orjson.OPT_INDENT_2))
        return 0
    click.echo(opened.path)
    for name, word in _WORDS.items():
        click.echo(f"{word:<26}{counts[name]:>10,}")
    return 0


@store.command("backup")
@click.argument("out", type=PATH)
@store_option
def backup(out: Path, store: Path | None) -> int:
    """Copy the store to OUT, a file that does not exist; also while a window is open on it."""
    from nbreview.store.database import Store

    with Store.open(paths.store_path(store), create=False) as opened:
        opened.backup(out)
    click.echo(f"Copied {opened.path} to {out}.")
    return 0
