"""`nbreview diff`: what differs between two notebooks, or all those of a range, for people and machines."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview.cli.options import PATH, RevisionsAndPaths, after_dashes, ignored_aspects
from nbreview.diff.options import DEFAULT_OPTIONS, NOISE, Aspect, DiffOptions
from nbreview.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from nbreview.presentation.stat import Stat
    from nbreview.services.comparing import Compared, Unread

_FORMATS = ("--json", "--stat", "--name-only", "--html", "--nbdime", "--side-by-side")


@dataclass(frozen=True, slots=True)
class _Look:
    """How a diff is printed for people."""

    color: str
    context_lines: int
    width: int | None
    side_by_side: bool
    pager: bool


@dataclass(slots=True)
class _Tally:
    """What the exit code depends on."""

    unread: list[str]
    changed: bool = False

    def readable(self, results: "Iterable[Compared | Unread]") -> "Iterator[Compared]":
        """The notebooks that could be read; the sentences of the others are kept."""
        from nbreview.services.comparing import Compared

        for result in results:
            if isinstance(result, Compared):
                self.changed = self.changed or result.changed
                yield result
            else:
                self.unread.append(result.sentence)


_PARTS = (
    f"Parts of a notebook, for --ignore and --show: {', '.join(Aspect)}; all. "
    f"Ignored unless they are shown: {', '.join(part for part in Aspect if part in NOISE)}."
)


@click.command("diff", cls=RevisionsAndPaths, epilog=_PARTS)
@click.argument("arguments", nargs=-1, metavar="[BASE HEAD | [REV | BASE..HEAD] [--] [PATH…]]")
@click.option("--staged", "--cached", is_flag=True, help="Compare what is staged, not the working tree.")
@click.option("--side-by-side", "-y", is_flag=True, help="Two columns that fit the terminal.")
@click.option("--stat", is_flag=True, help="Only how many cells changed, a line a notebook.")
@click.option("--name-only", is_flag=True, help="Only the names of the notebooks that differ.")
@click.option("-z", "nul", is_flag=True, help="With --name-only: end names with NUL, not with a new line.")
@click.option("--html", type=PATH, metavar="FILE", help="Write one self-contained page (- is stdout).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, an object a line (diff.schema.json).")
@click.option("--nbdime", is_flag=True, help="Print nbdime's diff format, which nbpatch applies.")
@click.option(
    "--ignore",
    metavar="PART,…",
    multiple=True,
    help="Parts that make no difference: outputs, metadata, tags, …",
)
@click.option(
    "--show", metavar="PART,…", multiple=True, help="Parts to compare of those ignored by default, or all."
)
@click.option(
    "-w", "--ignore-whitespace", is_flag=True, help="White space inside a line makes no difference."
)
@click.option(
    "--tolerance",
    type=click.FloatRange(min=0),
    default=DEFAULT_OPTIONS.tolerance,
    show_default=True,
    help="Relative difference up to which two numbers of a table are equal.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    default=DEFAULT_OPTIONS.seconds,
    show_default=True,
    help="Time for aligning one notebook; past it the rest is aligned by position. 0: no limit.",
)
@click.option("--ignore-ids", is_flag=True, help="Match cells by what they hold, not by their ids.")
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
    help="Colour: as git does, always, or never. NO_COLOR switches it off where it is not asked for.",
)
@click.option("--width", type=click.IntRange(min=20), help="Columns; otherwise those of the terminal.")
@click.option("--pager/--no-pager", default=True, help="Long texts at a terminal go through git's pager.")
@click.option("--git-driver", is_flag=True, hidden=True)
@click.pass_context
def diff(
    context: click.Context,
    arguments: tuple[str, ...],
    staged: bool,
    side_by_side: bool,
    stat: bool,
    name_only: bool,
    nul: bool,
    html: Path | None,
    as_json: bool,
    nbdime: bool,
    ignore: tuple[str, ...],
    show: tuple[str, ...],
    ignore_whitespace: bool,
    tolerance: float,
    seconds: float,
    ignore_ids: bool,
    context_lines: int,
    color: str,
    width: int | None,
    pager: bool,
    git_driver: bool,
) -> None:
    """Compare notebooks cell by cell.

    BASE and HEAD are files or REV:PATH, as `git show` understands it (HEAD~1:train.ipynb; :train.ipynb is
    what is staged). Otherwise every changed notebook of the repository is compared, as `git diff` does:

    \b
        nbreview diff                      the working tree with what is staged
        nbreview diff --staged             what is staged with HEAD
        nbreview diff HEAD~3               the working tree with a commit
        nbreview diff main...topic -- lab  what a branch changed, in one folder

    Exit code 0: no differences; 1: differences; 2: an error. The command `nbreview git-setup` puts this in
    the place of `git diff` for notebooks.
    """
    chosen = (as_json, stat, name_only, html is not None, nbdime, side_by_side)
    if sum(chosen) > 1:
        given = " and ".join(name for name, is_set in zip(_FORMATS, chosen, strict=True) if is_set)
        raise click.UsageError(f"{given} exclude each other; choose one.")
    ignored = ignored_aspects(ignore, show)
    if nbdime and not ignore:
        ignored = frozenset()  # a patch must lead to the very head
    options = DiffOptions(
        ids=not ignore_ids,
        seconds=seconds or None,
        ignored=ignored,
        whitespace=not ignore_whitespace,
        tolerance=tolerance,
    )
    look = _Look(color, context_lines, width, side_by_side, pager)
    if git_driver:
        _drive(after_dashes(context) or arguments, options, look)
        context.exit(0)  # git takes anything else for the end of the world
    tally = _Tally([])
    results = tally.readable(_results(arguments, after_dashes(context), staged, options))
    if nbdime:
        _print_nbdime(results, tally)
    elif as_json:
        _print_json(results)
    elif html is not None:
        _write_html(results, html)
    elif name_only:
        _print_names(results, "\0" if nul else "\n", pager and not nul)
    elif stat:
        _print_stat(results, look)
    else:
        _print_text(results, look)
    for sentence in tally.unread:
        click.echo(f"nbreview: {sentence}", err=True)
    context.exit(2 if tally.unread else 1 if tally.changed else 0)


def _results(
    arguments: tuple[str, ...], paths: tuple[str, ...] | None, staged: bool, options: DiffOptions
) -> "Iterator[Compared | Unread]":
    from nbreview.services.comparing import compare_changed, compare_pair, is_pair

    if paths is None and not staged and is_pair(arguments):
        return iter((compare_pair(arguments[0], arguments[1], options),))
    return compare_changed(arguments, paths, staged=staged, options=options)


def _print_text(results: "Iterable[Compared]", look: _Look) -> None:
    from nbreview.cli.terminal import console_on, paged

    with paged(look.pager) as out:
        console = console_on(out, look.color, look.width)
        for result in results:
            if result.changed:
                _print_one(result, console, look)


def _print_one(result: "Compared", console: "Console", look: _Look) -> None:
    from nbreview.presentation.text import render_diff, render_unchanged

    labels = (result.base_label, result.head_label)
    if not result.diff.changed:
        render_unchanged(*labels, console, result.note)
        return
    width = console.width if look.side_by_side else None
    render_diff(result.diff, *labels, console, look.context_lines, width=width, note=result.note)


def _print_stat(results: "Iterable[Compared]", look: _Look) -> None:
    from nbreview.cli.terminal import console_on, paged
    from nbreview.presentation.stat import render_stat, stat_of

    stats: list[Stat] = []
    for result in results:
        if result.changed:
            name = f"{result.previous_path} → {result.path}" if result.previous_path else result.path
            stats.append(stat_of(name, result.diff))
    with paged(look.pager) as out:
        console = console_on(out, look.color, look.width)
        render_stat(stats, console, console.width)


def _print_names(results: "Iterable[Compared]", end: str, pager: bool) -> None:
    from nbreview.cli.terminal import paged
    from nbreview.services.comparing import printable

    with paged(pager) as out:
        for result in results:
            if result.changed:
                if end == "\0":  # for machines, byte for byte
                    sys.stdout.buffer.write(os.fsencode(result.path) + b"\0")
                else:
                    out.write(printable(result.path) + end)


def _print_json(results: "Iterable[Compared]") -> None:
    from nbreview.presentation.record import diff_record

    for result in results:
        record = diff_record(result.diff, result.base_label, result.head_label)
        click.echo(json.dumps(record, separators=(",", ":")))


def _print_nbdime(results: "Iterable[Compared]", tally: _Tally) -> None:
    from nbreview.presentation.nbdime import nbdime_diff

    found = list(results)
    if len(found) != 1 and not tally.unread:
        raise UserError(
            f"The format of nbdime holds the diff of one notebook, and {len(found)} changed here; "
            "name two notebooks, BASE and HEAD."
        )
    for result in found[:1]:
        click.echo(json.dumps(nbdime_diff(result.diff), indent=2))


def _write_html(results: "Iterable[Compared]", path: Path) -> None:
    from nbreview.presentation.html import html_page

    found = [(result.base_label, result.head_label, result.diff) for result in results]
    title = f"{found[0][0]} → {found[0][1]}" if len(found) == 1 else f"{len(found)} notebooks"
    page = html_page(found, title)
    if str(path) == "-":
        click.echo(page)
        return
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be written ({error.strerror}); name another file.") from error


def _drive(arguments: tuple[str, ...], options: DiffOptions, look: _Look) -> None:
    """What git asks of an external diff: its arguments are those of `git help git`, GIT_EXTERNAL_DIFF. What
    cannot be read is an error, and the command that `git-setup` wrote then shows git's own diff.
    """
    from nbreview.cli.terminal import console_on, paged
    from nbreview.services.comparing import compare_driven

    if len(arguments) == 1:
        click.echo(f"* Unmerged path {arguments[0]}")
        return
    result = compare_driven(arguments, options)
    with paged(False) as out:
        _print_one(result, console_on(out, look.color, look.width), look)
