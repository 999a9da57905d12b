"""`nbreview diff`: what differs between two notebooks, for people and for machines."""

import json
import os
import sys
from pathlib import Path

import click

from nbreview.errors import UserError
from nbreview.notebook.model import EMPTY, Notebook

_NOTHING = {"/dev/null", os.devnull}


@click.command("diff")
@click.argument("base")
@click.argument("head")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object (resources/schemas/diff.schema.json)."
)
@click.option(
    "-U",
    "--unified",
    "context_lines",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    help="Equal lines to print around each change.",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour: at a terminal, always (for a pager), or never. NO_COLOR switches it off as well.",
)
@click.option("--ignore-ids", is_flag=True, help="Match cells by what they hold, not by their ids.")
@click.pass_context
def diff(
    context: click.Context,
    base: str,
    head: str,
    as_json: bool,
    context_lines: int,
    color: str,
    ignore_ids: bool,
) -> None:
    """Compare two notebooks cell by cell. BASE and HEAD are files or REV:PATH, as `git show` understands it
    (HEAD~1:train.ipynb; :train.ipynb is what is staged).

    Exit code 0: no differences; 1: differences; 2: an error. Works as git's difftool:

    \b
        git config difftool.nbreview.cmd 'nbreview diff "$LOCAL" "$REMOTE"'
        git difftool --tool nbreview -- train.ipynb
    """
    from nbreview.diff.notebooks import diff_notebooks
    from nbreview.diff.options import DiffOptions

    found = diff_notebooks(_read(base), _read(head), DiffOptions(ids=not ignore_ids))
    base_label, head_label = _printable(base), _printable(head)
    if as_json:
        from nbreview.presentation.record import diff_record

        click.echo(json.dumps(diff_record(found, base_label, head_label), separators=(",", ":")))
    else:
        from rich.console import Console

        from nbreview.presentation.text import render_diff

        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # the signs, on a terminal that is not UTF-8
        console = Console(
            file=sys.stdout,
            force_terminal={"auto": None, "always": True, "never": False}[color],
            no_color=True if color == "never" else None,
        )
        render_diff(found, base_label, head_label, console, context_lines)
    context.exit(1 if found.changed else 0)


def _read(spec: str) -> Notebook:
    """The notebook that BASE or HEAD names; a file that exists wins over a revision of the same name."""
    from nbreview.notebook.reader import load_file, read_bytes

    if spec in _NOTHING:
        return EMPTY  # git's difftool gives it for a notebook that was added or removed
    path = Path(spec)
    if ":" not in spec or os.path.lexists(path):
        return read_bytes(load_file(path), spec)
    from nbreview.history.repository import Repository

    repository = Repository.discover(Path.cwd())
    if repository is None:
        raise UserError(
            f"{spec} is no file, and this folder is in no git repository where it could be a revision; "
            "check its path."
        )
    return read_bytes(repository.read(repository.resolve(spec, Path.cwd())), spec)


def _printable(spec: str) -> str:
    """The name as text: bytes of a path that are not UTF-8 cannot be printed."""
    return os.fsencode(spec).decode("utf-8", "replace")
