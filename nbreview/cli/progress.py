"""A bar on stderr for the commands that take their time."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def progress_bar(length: int, label: str) -> Iterator[Callable[[], None]]:
    """A bar on stderr, at a terminal only; what it yields moves it one step."""
    if not (length and sys.stderr.isatty()):
        yield lambda: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


@contextmanager
def going_on(output: Path | None) -> Iterator[None]:
    """Says, when the run inside is interrupted, what becomes of what it has done."""
    try:
        yield
    except KeyboardInterrupt:
        kept = "the same command goes on from here" if output is not None else "nothing was kept without -o"
        click.echo(f"nbreview: Stopped; {kept}.", err=True)
        raise
