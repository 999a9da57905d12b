"""`nbreview [PATH…]`: open the window."""

from pathlib import Path

import click

from nbreview.cli.options import PATH, store_option


@click.command("open")
@click.argument("paths", nargs=-1)
@store_option
@click.option("--model", type=PATH, help="Model (GGUF) to load at the start.")
def open_window(paths: tuple[str, ...], store: Path | None, model: Path | None) -> int:
    """Open the window on a notebook, on two notebooks, or on BASE..HEAD PATH."""
    # Qt is imported here and not above: no other command needs it.
    from nbreview.gui.requirements import load_ahead, require_qt

    load_ahead()
    require_qt()
    from nbreview.gui.app import run_window

    return run_window(paths, store=store, model=model)
