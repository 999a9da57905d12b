"""`nbreview git-setup`: have git ask nbreview about notebooks, and no longer. No logic of its own."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview.errors import UserError

if TYPE_CHECKING:
    from nbreview.history.setup import FileChange, Places

_PROGRAM = "nbreview"


@click.command("git-setup")
@click.option("--global", "is_global", is_flag=True, help="For all repositories of yours.")
@click.option("--local", "is_local", is_flag=True, help="For this repository only (the default).")
@click.option("--undo", is_flag=True, help="Take out what was written, and nothing else.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask; for scripts.")
def git_setup(is_global: bool, is_local: bool, undo: bool, yes: bool) -> int:
    """Have git show and merge notebooks cell by cell: a diff driver for `git diff`, a merge driver for
    `git merge`, a difftool (the window) and a mergetool, each by the name of nbreview.

    What is written is shown first. It goes into git's configuration and into an attributes file that is not
    committed. Without nbreview on PATH git does what it would do without all this.

    Exit codes: 0 written, or nothing to write; 1 you said no; 2 an error.
    """
    from nbreview.history.setup import plan, plan_undo, write

    if is_global and is_local:
        raise click.UsageError("--global and --local exclude each other; choose one.")
    places = _places(is_global)
    changes = [
        change for change in (plan_undo(places) if undo else plan(places, _program())) if change.needed
    ]
    scope = "--global" if is_global else "--local"
    if not changes:
        where = "all your repositories" if is_global else "this repository"
        click.echo(
            f"Nothing to take out: git-setup has written nothing for {where}."
            if undo
            else f"Nothing to write: git asks nbreview already in {where}."
        )
        return 0
    for change in changes:
        _show(change, undo=undo)
    if not yes:
        if not sys.stdin.isatty():
            raise UserError("Nothing was written, as nobody can be asked here; add --yes to write this.")
        if not click.confirm("Take this out?" if undo else "Write this?"):
            click.echo("Nothing was written.")
            return 1
    for change in changes:
        write(change)
    if undo:
        click.echo("Taken out.")
        return 0
    click.echo(
        "Written. `git diff` and `git merge` now go by cell; `git difftool -t nbreview` opens the window,\n"
        "`git mergetool -t nbreview` merges what is in conflict. `git log -p --ext-diff` goes by cell too,\n"
        "and `git diff --no-ext-diff` is git's own.\n"
        f"`nbreview git-setup {scope} --undo` takes it out again."
    )
    return 0


def _places(is_global: bool) -> "Places":
    from nbreview.history.process import git_in
    from nbreview.history.repository import Repository
    from nbreview.history.setup import global_places, local_places

    if is_global:
        return global_places(git_in(Path.cwd()))
    repository = Repository.discover(Path.cwd())
    if repository is None:
        raise UserError(
            f"{Path.cwd()} is in no git repository; go to one, or add --global for all your repositories."
        )
    return local_places(git_in(repository.root))


def _program() -> tuple[str, ...]:
    """What starts nbreview: its name where that is found, so that a new installation is found as well."""
    return (_PROGRAM,) if shutil.which(_PROGRAM) else (sys.executable, "-m", "nbreview")


def _show(change: "FileChange", *, undo: bool) -> None:
    if undo:
        gone = " and is deleted, as it was made for them" if change.after is None else ""
        click.echo(f"{change.path} loses these lines{gone}:\n")
    else:
        new = ", a new file," if change.before is None else ""
        click.echo(f"{change.path}{new} gets these lines at its end:\n")
    for line in change.lines:
        click.echo(f"    {line}".expandtabs(4))
    click.echo()
    if change.rivals and not undo:
        click.echo("These lines stay and count no longer, as the new one stands behind them:\n")
        for line in change.rivals:
            click.echo(f"    {line}")
        click.echo()
