"""The command line's entry: finds the command, and turns what a person can mend into one sentence and exit
code 2.

Commands live one module a group and are imported when they are called, so that `nbreview diff` pays neither
for Qt nor for a model. Anything that is not a command is a path to open in the window.
"""

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from nbreview import __version__
from nbreview.cancellation import Cancelled
from nbreview.errors import UserError

COMMANDS = {
    "open": "nbreview.cli.open:open_window",
    "diff": "nbreview.cli.diff:diff",
    "log": "nbreview.cli.log:log",
    "merge": "nbreview.cli.merge:merge",
    "review": "nbreview.cli.review:review",
    "check": "nbreview.cli.check:check",
    "draft": "nbreview.cli.draft:draft",
    "suggest": "nbreview.cli.suggest:suggest",
    "models": "nbreview.cli.models:models",
    "store": "nbreview.cli.store:store",
    "export": "nbreview.cli.export:export",
    "mine": "nbreview.cli.mine:mine",
    "evaluate": "nbreview.cli.evaluate:evaluate",
    "git-setup": "nbreview.cli.git_setup:git_setup",
    "demo": "nbreview.cli.demo:demo",
}
"""Name of each command and where it lives."""


class _ReaderGone(Exception):
    """The reader of stdout (a pager, `head`) has seen enough; click would make exit code 1 of it, which says
    that notebooks differ.
    """


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for, and opens the window for anything else."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands, in the order of a review."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is no command and no option of the group for something to open."""
        if not args or (args[0] not in COMMANDS and args[0] not in ("--help", "-h", "--version")):
            args = ["open", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe is for `main` to judge."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGone from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nbreview")
def cli() -> None:
    """Review Jupyter notebooks: cell-level diffs over git history, a local model that proposes edits and
    flags crashes, and a store of every decision.

    `nbreview [PATH…]` opens the window: a notebook, two notebooks to compare, or `BASE..HEAD PATH`.
    """


def main() -> NoReturn:
    """Run the command line and exit. Exit code 2: an error that the sentence on stderr says how to mend; 130:
    interrupted; 141: the reader of stdout has gone, as the shell says of git.
    """
    try:
        result = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        sys.exit(130)
    except (KeyboardInterrupt, Cancelled):
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except UserError as error:
        click.echo(f"nbreview: {error.message}", err=True)
        sys.exit(2)
    except (BrokenPipeError, _ReaderGone):
        # Keep the interpreter from complaining at its end, when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    sys.exit(result if isinstance(result, int) else 0)
