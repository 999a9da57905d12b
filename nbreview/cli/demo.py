"""`nbreview demo`: make the sample repository and review it, in the window or by itself."""

import os
from pathlib import Path

import click

from nbreview.cli.options import PATH
from nbreview.errors import UserError

FOLDER = "nbreview-demo"


@click.command("demo")
@click.option(
    "--folder",
    type=PATH,
    help=f"Where to make it; must be new or empty (default: ./{FOLDER}, numbered when that exists).",
)
@click.option(
    "--offscreen",
    is_flag=True,
    help="Go through the whole review without a display and write a picture of each step.",
)
@click.option("--model", type=PATH, help="Model (GGUF) to use.")
@click.option("--out", type=PATH, help="Folder of pictures and export (FOLDER/pictures).")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", help="Look of the pictures.")
@click.option("--scale", type=click.Choice(["1", "2"]), default="1", help="Pixels a point in the pictures.")
@click.option("--store", type=PATH, help="Store to use (FOLDER/decisions.sqlite3).")
def demo(
    folder: Path | None,
    offscreen: bool,
    model: Path | None,
    out: Path | None,
    theme: str,
    scale: str,
    store: Path | None,
) -> int:
    """Make a sample repository (a small machine-learning project with a history) and review it.

    Everything lies in one folder that can be removed afterwards; the decisions go into a store of its own,
    so that practice does not become training data.
    """
    from nbreview.gui.requirements import has_display, require_qt
    from nbreview.services.samples import make_sample_repository

    if model is not None and not model.is_file():
        raise UserError(f"{model} is not a file; name a GGUF file, or leave --model out.")
    alone = offscreen or not (has_display(os.environ) or os.environ.get("QT_QPA_PLATFORM"))
    if alone:
        # Both are read by Qt when it is imported and when the application is made.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ["QT_SCALE_FACTOR"] = scale
    require_qt()
    folder = folder or free_folder(Path.cwd())
    sample = make_sample_repository(folder / "energy-demand")
    click.echo(f"sample repository: {sample.root}")
    store = store or folder / "decisions.sqlite3"
    if alone:
        from nbreview.gui.app import quiet_offscreen
        from nbreview.gui.road import walk_road
        from nbreview.settings import Settings

        quiet_offscreen()
        report = walk_road(
            sample,
            out or folder / "pictures",
            store=store,
            model=model,
            settings=Settings(theme=theme),
            say=click.echo,
        )
        click.echo(f"{len(report.shots)} pictures: {report.shots[0].parent.absolute()}")
        click.echo(f"export: {report.export.absolute()}")
        return 0
    from nbreview.gui.app import run_window

    return run_window((str(sample.notebook),), store=store, model=model)


def free_folder(parent: Path) -> Path:
    """The first of nbreview-demo, nbreview-demo-2, … that is not there or is empty."""
    number = 1
    while True:
        folder = parent / (FOLDER if number == 1 else f"{FOLDER}-{number}")
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return folder
        number += 1
