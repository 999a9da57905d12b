"""`nbreview merge`: three versions of a notebook into one, by hand or as git's merge driver."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nbreview.cli.options import harmless
from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.diff.merge_model import Merged, MergePolicy
    from nbreview.services.merging import MergedFile, Version

_NOTHING = {"/dev/null", os.devnull}
_ONE_OUTPUT = "--json and the notebook cannot both go to standard output; name a file with -o."
_CHOICES = click.Choice(["auto", "ours", "theirs", "drop"])


@click.command("merge")
@click.argument("versions", nargs=-1, required=True, metavar="[BASE OURS THEIRS | NOTEBOOK]")
@click.option("-o", "--output", help="File to write; it may be OURS. “-” is standard output.")
@click.option(
    "--outputs",
    type=_CHOICES,
    default="auto",
    show_default=True,
    help="Outputs that both sides changed: by the source that stands, those of ours, of theirs, or none.",
)
@click.option(
    "--counts",
    type=_CHOICES,
    default="auto",
    show_default=True,
    help="The same for execution counts; auto: the count that belongs to the outputs.",
)
@click.option("--ours-label", default="", help="Name of OURS in conflict markers (git: %X).")
@click.option("--base-label", default="", help="Name of BASE in conflict markers (git: %S).")
@click.option("--theirs-label", default="", help="Name of THEIRS in conflict markers (git: %Y).")
@click.option(
    "--marker-size",
    type=click.IntRange(min=0, max=1000),
    default=7,
    show_default=True,
    help="Characters of a conflict marker (git: %L).",
)
@click.option("--path", "shown_path", default="", help="What messages call the notebook (git: %P).")
@click.option("--force", is_flag=True, help="With NOTEBOOK: replace it even where it holds no git markers.")
@click.option(
    "--resolve",
    "take",
    type=click.Choice(["ours", "theirs", "edited"]),
    help="With NOTEBOOK: settle the conflicts marked in it by taking one side, or unmark what you edited.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object about conflicts and choices.")
@click.pass_context
def merge(
    context: click.Context,
    versions: tuple[str, ...],
    output: str | None,
    outputs: str,
    counts: str,
    ours_label: str,
    base_label: str,
    theirs_label: str,
    marker_size: int,
    shown_path: str,
    force: bool,
    take: str | None,
    as_json: bool,
) -> None:
    """Merge two edited versions of a notebook cell by cell. OURS and THEIRS come from BASE; the result goes
    to standard output or to the file that -o names.

    Given one NOTEBOOK that a git merge left in conflict, the three versions are taken from git's index and
    the merged notebook is written in its place; staging it is left to you.

    A conflict leaves a valid notebook: conflicting lines stand between markers, two versions of a whole cell
    between marker cells, and the metadata of each names the conflict below `nbreview.conflicts`. Edit it in
    Jupyter, then take the marks away with `nbreview merge --resolve edited NOTEBOOK`.

    Exit code 0: merged; 1: conflicts are left; 2: an error, nothing was written. As git's merge driver:

    \b
        nbreview merge %O %A %B -o %A --path %P --marker-size %L
    """
    from nbreview.diff.merge_lines import Labels
    from nbreview.diff.merge_model import MergePolicy, Prefer

    if len(versions) not in (1, 3):
        raise click.UsageError("Give three files, BASE OURS THEIRS, or one notebook that is in conflict.")
    if take is not None:
        if len(versions) != 1:
            raise click.UsageError("--resolve takes one notebook, in which a merge has marked conflicts.")
        context.exit(_resolve(versions[0], take, output, shown_path or versions[0], as_json))
    labels = Labels(ours_label or "ours", base_label or "base", theirs_label or "theirs")
    policy = MergePolicy(Prefer(outputs), Prefer(counts), labels, marker_size or 7)
    if len(versions) == 1:
        name = shown_path or versions[0]
        found, target = _from_index(Path(versions[0]), policy, output, force)
    else:
        name = shown_path or versions[1]
        found, target = _from_files(versions, policy, shown_path), output or "-"
    if as_json and target == "-":
        raise click.UsageError(_ONE_OUTPUT)
    _write(target, found.data)
    _report(found.merged, name, as_json)
    context.exit(1 if found.merged.conflicts else 0)


def _write(target: str, data: bytes) -> None:
    if target == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from nbreview.notebook.writer import write_atomic

    write_atomic(Path(target), data)


def _resolve(spec: str, take: str, output: str | None, name: str, as_json: bool) -> int:
    """Settle the conflicts that are marked in a notebook; returns the exit code."""
    from nbreview.diff.merge_resolve import Take
    from nbreview.services.merging import resolve_version

    if as_json and output == "-":
        raise click.UsageError(_ONE_OUTPUT)
    found = resolve_version(_version(spec, name), Take(take))
    _write(output or spec, found.data)
    left = found.resolved.left
    if as_json:
        value = {"path": _printable(name), "settled": found.resolved.settled, "left": list(left)}
        click.echo(json.dumps(value, separators=(",", ":")))
    elif left:
        cells = ", ".join(str(index + 1) for index in left)
        click.echo(
            f"{_printable(name)}: still in conflict: cell{'s' if len(left) > 1 else ''} {cells}", err=True
        )
    return 1 if left else 0


def _from_files(versions: tuple[str, ...], policy: "MergePolicy", shown: str) -> "MergedFile":
    from nbreview.services.merging import merge_versions

    base, ours, theirs = (
        _version(spec, f"{shown} ({side})" if shown else spec)
        for spec, side in zip(versions, ("base", "ours", "theirs"), strict=True)
    )
    return merge_versions(base, ours, theirs, policy)


def _version(spec: str, name: str) -> "Version":
    from nbreview.notebook.reader import load_file
    from nbreview.services.merging import Version

    return Version(name, b"" if spec in _NOTHING else load_file(Path(spec)))


def _from_index(
    path: Path, policy: "MergePolicy", output: str | None, force: bool
) -> "tuple[MergedFile, str]":
    """Merge what the index holds of a notebook. What a person has already resolved is not overwritten."""
    from nbreview.notebook.conflicts import has_markers
    from nbreview.notebook.reader import load_file
    from nbreview.services.merging import merge_unmerged
    from nbreview.services.opening import find_target

    target = find_target(path)
    if target.repository is None:
        raise UserError(f"{path} is in no git repository; name the three files BASE OURS THEIRS instead.")
    found = merge_unmerged(target.repository, target.path, policy)
    if output is None and not force and target.notebook.is_file():
        held = load_file(target.notebook)
        if held != found.data and not has_markers(held):
            raise UserError(
                f"{path} holds no conflict markers of git: it was merged already. Conflicts that are marked "
                "in it are settled with --resolve; -o merges again into another file, --force into this one."
            )
    return found, output or str(target.notebook)


def _report(merged: "Merged", name: str, as_json: bool) -> None:
    from nbreview.services.merging import summary

    if not as_json:
        for line in summary(merged, _printable(name)):
            click.echo(line, err=True)
        return
    value: dict[str, Any] = {
        "path": _printable(name),
        "clean": not merged.conflicts,
        "conflicts": [
            {
                "kind": conflict.kind.value,
                "cell": conflict.cell,
                "base": conflict.base,
                "ours": conflict.ours,
                "theirs": conflict.theirs,
                "path": list(conflict.path),
                "regions": [list(region) for region in conflict.regions],
            }
            for conflict in merged.conflicts
        ],
        "notes": [{"cell": note.cell, "text": note.text} for note in merged.notes],
    }
    click.echo(json.dumps(value, separators=(",", ":")))


def _printable(name: str) -> str:
    """A path as text; control characters and bytes that are not UTF-8 cannot be printed."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return harmless(text)
