"""A diff as one self-contained HTML page: what `nbreview diff --html FILE` writes.

Imports the other parts of the page (`html_*`) and below. The page loads nothing from anywhere, can be read
without JavaScript, and holds nothing of a notebook that a browser would run: see `html_markup`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.presentation.html_cells import notebook_cells
from nbreview.presentation.html_markup import Budget, esc, note
from nbreview.presentation.html_style import policy, script, style
from nbreview.presentation.hunks import plural
from nbreview.presentation.labels import SIGNS

_COUNTED = (ChangeKind.MODIFIED, ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED)


class PageNotebook(NamedTuple):
    """One notebook of a page: what its two sides are called (a path or `REV:PATH`), and what differs."""

    base_label: str
    head_label: str
    diff: NotebookDiff


def html_page(
    notebooks: Sequence[PageNotebook | tuple[str, str, NotebookDiff]],
    title: str,
    budget: Budget | None = None,
) -> str:
    """The whole page.

    Parameters
    ----------
    notebooks:
        What to show, in this order; those without differences are listed only.
    title:
        The page's heading.
    budget:
        How much the page may hold; what lies beyond is counted and said.
    """
    budget = budget or Budget()
    shown = [PageNotebook(*notebook) for notebook in notebooks]
    parts = [_start(title), _list(shown)]
    for number, notebook in enumerate(shown):
        if notebook.diff.changed:
            parts.append(_notebook_start(notebook, number))
            parts.extend(notebook_cells(notebook.diff, f"b{number}", budget))
            parts.append("</section>")
    parts.append(f"</main>\n<script>{script()}</script>\n</body>\n</html>\n")
    return "\n".join(parts)


def _start(title: str) -> str:
    shown = esc(title)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy()}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="nbreview">
<title>{shown}</title>
<style>{style()}</style>
</head>
<body>
<a class="hidden skip" href="#main">Skip to the changes</a>
<header class="bar"><h1>{shown}</h1>
<fieldset><legend class="hidden">Columns</legend>
<label><input type="radio" name="columns" id="two" checked>Two columns</label>
<label><input type="radio" name="columns" id="one">One column</label></fieldset>
<fieldset><legend class="hidden">Colours</legend>
<label><input type="radio" name="theme" id="system" checked>System</label>
<label><input type="radio" name="theme" id="light">Light</label>
<label><input type="radio" name="theme" id="dark">Dark</label></fieldset>
<div class="buttons"><button type="button" data-act="previous">Previous <kbd>p</kbd></button>
<button type="button" data-act="next">Next change <kbd>n</kbd></button>
<button type="button" data-act="open">Open or close all <kbd>e</kbd></button>
<span id="place" class="note" role="status"></span></div>
</header>
<main id="main">"""


def _list(notebooks: Sequence[PageNotebook]) -> str:
    """All notebooks with their counts, as a pull request lists its files."""
    changed = sum(notebook.diff.changed for notebook in notebooks)
    if not changed:
        return note("Nothing differs.")
    if len(notebooks) == 1:
        return ""
    headings = "".join(
        f'<th scope="col" class="count {kind.value}">{SIGNS[kind]} {kind.value}</th>' for kind in _COUNTED
    )
    rows = []
    for number, notebook in enumerate(notebooks):
        counts = notebook.diff.counts()
        name = esc(_name(notebook))
        link = f'<a href="#b{number}">{name}</a>' if notebook.diff.changed else f"{name} (no difference)"
        cells = "".join(
            f'<td class="count {kind.value}">{f"{SIGNS[kind]} {counts[kind]:,}" if counts[kind] else ""}</td>'
            for kind in _COUNTED
        )
        rows.append(f'<tr><th scope="row">{link}</th>{cells}</tr>')
    caption = f"{plural(changed, 'notebook')} of {len(notebooks):,} changed"
    return (
        f'<table class="list"><caption class="hidden">{caption}</caption>'
        f'<thead><tr><th scope="col">{caption}</th>{headings}</tr></thead><tbody>'
        f"{''.join(rows)}</tbody></table>"
    )


def _name(notebook: PageNotebook) -> str:
    """What the list calls a notebook: the head's name, and the base's where it is another."""
    if notebook.base_label == notebook.head_label:
        return notebook.head_label
    return f"{notebook.base_label} → {notebook.head_label}"


def _notebook_start(notebook: PageNotebook, number: int) -> str:
    counts = notebook.diff.counts()
    facts = "".join(
        f'<span class="count {kind.value}">{SIGNS[kind]} {counts[kind]:,} {kind.value}</span>'
        for kind in _COUNTED
        if counts[kind]
    )
    return (
        f'<section class="notebook" id="b{number}" aria-labelledby="b{number}t">'
        f'<header><h2 id="b{number}t">{esc(_name(notebook))}</h2>{facts}</header>'
        f'<div class="columns"><span>base: {esc(notebook.base_label)}</span>'
        f"<span>head: {esc(notebook.head_label)}</span></div>"
    )
