"""`nbreview store`: look at the store and copy it. No logic of its own."""

from pathlib import Path

import click

from nbreview import paths

_store_option = click.option(
    "--store", "path", type=click.Path(path_type=Path), envvar=paths.STORE_VARIABLE, help="Store to use."
)

_WORDS = {
    "suggestions": "suggestions",
    "accepted": "  accepted",
    "edited": "  accepted after editing",
    "rejected": "  rejected",
    "undone": "  accepted, then undone",
    "pending": "  waiting",
    "failed": "  failed",
    "decisions": "decisions",
    "notebooks": "notebooks",
    "models": "models",
    "texts": "texts kept once",
    "text_bytes": "bytes of them",
}


@click.group("store")
def store() -> None:
    """Look at the store of suggestions and decisions, and copy it."""


@store.command("path")
@_store_option
def path(path: Path | None) -> int:
    """Print where the store is: --store, else NBREVIEW_STORE, else the user's data folder."""
    click.echo(paths.store_path(path))
    return 0


@store.command("stats")
@_store_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def stats(path: Path | None, as_json: bool) -> int:
    """Count what is in the store."""
    import orjson

    from nbreview.store.database import Store

    with Store.open(paths.store_path(path), create=False) as opened:
        counts = opened.counts()
    if as_json:
        click.echo(orjson.dumps({"path": str(opened.path), **counts}, option=orjson.OPT_INDENT_2))
        return 0
    click.echo(opened.path)
    for name, word in _WORDS.items():
        click.echo(f"{word:<26}{counts[name]:>10,}")
    return 0


@store.command("backup")
@click.argument("out", type=click.Path(path_type=Path))
@_store_option
def backup(out: Path, path: Path | None) -> int:
    """Copy the store to OUT, a file that does not exist; also while a window is open on it."""
    from nbreview.store.database import Store

    with Store.open(paths.store_path(path), create=False) as opened:
        opened.backup(out)
    click.echo(f"Copied {opened.path} to {out}.")
    return 0
