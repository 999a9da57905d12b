"""`nbreview log`: the revisions of a notebook, for people and for machines."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from nbreview.cli.options import PATH, harmless
from nbreview.diff.model import ChangeKind
from nbreview.errors import UserError
from nbreview.history.model import FileStatus, Revision, RevisionKind
from nbreview.settings import Settings

_AUTHOR_WIDTH = 18
_BADGES = (
    (ChangeKind.MODIFIED, "~", "yellow"),
    (ChangeKind.ADDED, "+", "blue"),
    (ChangeKind.REMOVED, "−", "bright_red"),
    (ChangeKind.MOVED, "⇄", "magenta"),
)


@click.command("log")
@click.argument("notebook", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for machines.")
@click.option("-n", "--max-count", "limit", type=click.IntRange(min=0), help="Print at most so many commits.")
@click.option(
    "--counts",
    is_flag=True,
    help="Count the cells that each modified ~, added +, removed −, moved ⇄.",
)
def log(notebook: Path, as_json: bool, limit: int | None, counts: bool) -> None:
    """List the revisions of NOTEBOOK, newest first: the working tree, what is staged, and every commit that
    changed it, renames followed.
    """
    from nbreview.services.opening import count_cells, find_target

    target = find_target(notebook)
    repository = target.repository
    if repository is None:
        if not target.notebook.exists():
            raise UserError(f"{notebook} does not exist; check its path.")
        raise UserError(f"{notebook} is in no git repository, so it has no history; “git init” starts one.")
    revisions = repository.history(target.path, limit=limit)
    if not revisions:
        raise UserError(f"{notebook} does not exist, now or in this branch's history; check its path.")

    with repository.blobs() as blobs:

        def count(revision: Revision) -> Mapping[ChangeKind, int] | str | None:
            try:
                return count_cells(target, revision, Settings(), blobs=blobs) if counts else None
            except UserError as error:
                return error.message

        if as_json:
            records = [_record(each, count(each)) for each in revisions]
            value = {"repository": str(repository.root), "notebook": target.path, "revisions": records}
            # Not orjson: a path that is not UTF-8 holds lone surrogates, which plain JSON can escape.
            click.echo(json.dumps(value, indent=2))
            return
        for revision in revisions:
            click.echo(_line(revision, count(revision)))


def _record(revision: Revision, cells: Mapping[ChangeKind, int] | str | None) -> dict[str, Any]:
    record: dict[str, Any] = {
        "kind": revision.kind.value,
        "commit": revision.commit,
        "parent": revision.parent,
        "path": revision.path,
        "previous_path": revision.previous_path,
        "status": revision.status.value,
        "blob": revision.blob,
        "author": revision.author,
        "email": revision.email,
        "time": revision.time,
        "summary": revision.summary,
        "is_merge": revision.is_merge,
    }
    if isinstance(cells, str):
        return record | {"cells": None, "problem": cells}
    if cells is not None:
        record["cells"] = {kind.value: number for kind, number in cells.items()}
    return record


def _line(revision: Revision, cells: Mapping[ChangeKind, int] | str | None) -> str:
    if revision.kind is RevisionKind.COMMIT:
        day = datetime.fromtimestamp(revision.time).astimezone().strftime("%Y-%m-%d")
        author = harmless(revision.author)
        author = author if len(author) <= _AUTHOR_WIDTH else author[: _AUTHOR_WIDTH - 1] + "…"
        parts = [
            click.style(revision.commit[:7], fg="yellow"),
            day,
            author.ljust(_AUTHOR_WIDTH),
            harmless(revision.summary),
        ]
    else:
        parts = [click.style(revision.label, bold=True)]
    if revision.is_merge:
        parts.append("(merge)")
    if revision.previous_path:
        parts.append(f"({revision.status.value} from {harmless(revision.previous_path)})")
    elif revision.status is not FileStatus.MODIFIED:
        parts.append(f"({revision.status.value})")
    if cells is not None:
        parts.append(_badge(cells))
    return "  ".join(parts)


def _badge(cells: Mapping[ChangeKind, int] | str) -> str:
    if isinstance(cells, str):
        return click.style(f"not counted: {harmless(cells)}", fg="bright_red")
    shown = [click.style(f"{sign}{cells[kind]}", fg=hue) for kind, sign, hue in _BADGES if cells.get(kind)]
    return " ".join(shown) or "no cell changed"
