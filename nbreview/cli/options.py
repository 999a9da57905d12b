"""What several commands take, said once."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview import paths
from nbreview.diff.options import NOISE, Aspect

if TYPE_CHECKING:
    from nbreview.store.database import Store

PATH = click.Path(path_type=Path, readable=False)
"""A file or folder. Whether it can be read is found out, and said in a sentence, by what reads it."""

store_option = click.option("--store", type=PATH, envvar=paths.STORE_VARIABLE, help="Store to use.")

ALL_ASPECTS = "all"


def say_notice(store: "Store") -> None:
    """Say what was done about a store that was found damaged, where anything was."""
    if store.notice:
        click.echo(f"nbreview: {store.notice}", err=True)


_AFTER_DASHES = "nbreview.cli.options.after_dashes"


def harmless(text: str) -> str:
    """A text made harmless for a terminal: no control characters, no lone surrogates."""
    return "".join(each if each.isprintable() else "�" for each in text)


class RevisionsAndPaths(click.Command):
    """A command that takes revisions, then paths: it remembers what stood behind `--`, which click drops."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take off what stands behind `--`; `after_dashes` gives it."""
        if "--" in args:
            place = args.index("--")
            ctx.meta[_AFTER_DASHES] = tuple(args[place + 1 :])
            args = args[:place]
        return super().parse_args(ctx, args)


def after_dashes(context: click.Context) -> tuple[str, ...] | None:
    """What stood behind `--` on the command line of a `RevisionsAndPaths`; None where there was none."""
    found = context.meta.get(_AFTER_DASHES)
    return found if isinstance(found, tuple) else None


def ignored_aspects(ignore: Iterable[str], show: Iterable[str]) -> frozenset[Aspect]:
    """The aspects that make no difference: noise and what is ignored, without what is to be shown.

    Parameters
    ----------
    ignore, show:
        Names of aspects separated by commas, or `all`. What one side names counts before `all` of the other.

    Raises
    ------
    click.UsageError
        There is no such aspect, or one is to be ignored and shown.
    """
    ignored, shown = _aspects(ignore), _aspects(show)
    if not ignored & shown:
        return (NOISE - shown) | ignored
    if ignored == frozenset(Aspect) != shown:
        return ignored - shown
    if shown == frozenset(Aspect) != ignored:
        return ignored
    both = ", ".join(sorted(ignored & shown))
    raise click.UsageError(f"{both} cannot be ignored and shown; name it once.")


def _aspects(texts: Iterable[str]) -> frozenset[Aspect]:
    found: set[Aspect] = set()
    for word in ",".join(texts).lower().split(","):
        name = word.strip()
        if name == ALL_ASPECTS:
            found.update(Aspect)
        elif name in list(Aspect):
            found.add(Aspect(name))
        elif name:
            known = ", ".join((*Aspect, ALL_ASPECTS))
            raise click.UsageError(f"“{name}” is no part of a notebook; choose from {known}.")
    return frozenset(found)
