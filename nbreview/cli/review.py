"""`nbreview review`: a whole review as one self-contained page, or as Markdown for a pull request."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbreview import paths
from nbreview.cli.options import PATH, say_notice, store_option
from nbreview.settings import Settings

if TYPE_CHECKING:
    from nbreview.services.opening import Comparison


@click.command("review")
@click.argument("path", type=PATH)
@click.argument("revisions", required=False, metavar="[BASE..HEAD]")
@click.option("--html", type=PATH, metavar="FILE", help="Write one self-contained page (- is stdout).")
@click.option(
    "--markdown", type=PATH, metavar="FILE", help="Write Markdown for a pull request (- is stdout)."
)
@store_option
def review(
    path: Path, revisions: str | None, html: Path | None, markdown: Path | None, store: Path | None
) -> None:
    """Export the review of PATH, a notebook or a folder: what was compared, comments, findings, decisions,
    and what was viewed.

    \b
        nbreview review train.ipynb --html review.html
        nbreview review lab main...topic --markdown -

    Without BASE..HEAD a notebook is compared with what it was made from, as the window does, and a folder
    with the last commit. One revision is compared with the working tree.
    """
    if html is None and markdown is None:
        raise click.UsageError("Say where the review goes: --html FILE or --markdown FILE (- is stdout).")
    if html is not None and html == markdown:
        raise click.UsageError("--html and --markdown name the same file; give each its own.")
    from nbreview.services.reviewing import gather, put, review_text
    from nbreview.store.database import Store

    compared = _comparisons(path, revisions)
    with Store.open(paths.store_path(store)) as opened:
        say_notice(opened)
        gathered = [gather(opened, comparison) for comparison in compared]
    for file, is_html in ((html, True), (markdown, False)):
        if file is None:
            continue
        text = review_text(gathered, html=is_html)
        if str(file) == "-":
            click.echo(text, nl=False)
        else:
            put(text, file)


def _comparisons(path: Path, revisions: str | None) -> "list[Comparison]":
    from nbreview.services.opening import find_target, open_notebook
    from nbreview.services.reviewing import compare_range

    if revisions is None and not path.is_dir():
        return [open_notebook(find_target(path).notebook, Settings()).comparison]
    return compare_range(path, revisions or "HEAD", Settings())
