"""A whole review as one self-contained HTML page, which loads nothing and runs nothing.

Imports the other parts of the page (`html_*`) and below. The cells are those of `nbreview diff --html`;
threads stand in their cells. Everything that was typed or comes from a notebook passes through `esc`.
"""

from collections.abc import Sequence

from nbreview.presentation.html_cells import notebook_cells
from nbreview.presentation.html_markup import Budget, esc, note
from nbreview.presentation.html_style import policy, style
from nbreview.presentation.review_record import (
    ReviewedNotebook,
    cell_words,
    day,
    decision_words,
    evidence_words,
    facts,
    ordered,
    place_words,
)
from nbreview.review.threads import Thread, written_line

_STYLE = "review.css"
_CLASSES = {"By": ' class="by"'}


def review_page(
    notebooks: Sequence[ReviewedNotebook], title: str, made: float, budget: Budget | None = None
) -> str:
    """The whole page.

    Parameters
    ----------
    notebooks:
        What was reviewed, in this order.
    title:
        The page's heading.
    made:
        When the review was exported, in seconds since the epoch.
    budget:
        How much the page may hold of cells; what lies beyond is counted and said.
    """
    budget = budget or Budget()
    parts = [_start(title, made)]
    if not notebooks:
        parts.append(note("Nothing differs, so there was nothing to review."))
    if len(notebooks) > 1:
        parts.append(_list(notebooks))
    for number, notebook in enumerate(notebooks):
        parts.append(_notebook(notebook, f"b{number}", budget))
    parts.append("</main>\n</body>\n</html>\n")
    return "\n".join(parts)


def _start(title: str, made: float) -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(_STYLE, scripted=False)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="nbreview">
<title>{esc(title)}</title>
<style>{style(_STYLE)}</style>
</head>
<body>
<a class="hidden skip" href="#main">Skip to the review</a>
<header class="bar"><h1>{esc(title)}</h1>
<fieldset><legend class="hidden">Columns</legend>
<label><input type="radio" name="columns" id="two" checked>Two columns</label>
<label><input type="radio" name="columns" id="one">One column</label></fieldset>
<fieldset><legend class="hidden">Colours</legend>
<label><input type="radio" name="theme" id="system" checked>System</label>
<label><input type="radio" name="theme" id="light">Light</label>
<label><input type="radio" name="theme" id="dark">Dark</label></fieldset>
<span class="note">exported {esc(day(made))}</span>
</header>
<main id="main">"""


def _list(notebooks: Sequence[ReviewedNotebook]) -> str:
    rows = "".join(
        f'<tr><th scope="row"><a href="#b{number}">{esc(each.name)}</a></th>'
        f"<td>{esc(' · '.join(facts(each)))}</td></tr>"
        for number, each in enumerate(notebooks)
    )
    heading = '<thead><tr><th scope="col">Notebook</th><th scope="col">Review</th></tr></thead>'
    return f'<table class="list">{heading}<tbody>{rows}</tbody></table>'


def _notebook(notebook: ReviewedNotebook, place: str, budget: Budget) -> str:
    told = "".join(f"<li>{esc(fact)}</li>" for fact in facts(notebook))
    parts = [
        f'<section class="notebook" id="{place}" aria-labelledby="{place}t">',
        f'<header><h2 id="{place}t">{esc(notebook.name)}</h2></header>',
        f'<ul class="facts">{told}</ul>',
        _comments(notebook, place),
        _findings(notebook),
        _decisions(notebook),
        f'<div class="columns"><span>base: {esc(notebook.base_label)}</span>'
        f"<span>head: {esc(notebook.head_label)}</span></div>",
    ]

    def inside(change: int) -> str:
        threads = notebook.threads_at(change)
        body = "".join(_thread(notebook, thread) for thread in threads)
        shown = f'<div class="threads">{body}</div>' if body else ""
        ticked = '<p class="viewed">✓ viewed</p>' if change in notebook.viewed else ""
        return ticked + shown

    parts.extend(notebook_cells(notebook.diff, place, budget, inside))
    if not notebook.diff.cells:
        parts.append(note("The notebook has no cells on either side."))
    parts.append("</section>")
    return "\n".join(parts)


def _comments(notebook: ReviewedNotebook, place: str) -> str:
    """The threads as a list that leads to them; those whose cell is gone stand here in full."""
    if not notebook.threads:
        return ""
    rows = "".join(
        f'<tr><td><a href="#t{esc(thread.id)}">{esc(place_words(notebook.diff, thread))}</a></td>'
        f"<td>{esc(thread.comment.text.splitlines()[0] if thread.comment.text else '')}</td>"
        f'<td class="by">{esc(thread.comment.author)}</td>'
        f"<td>{'open' if thread.open else 'resolved'}</td></tr>"
        for thread in notebook.threads
    )
    heads = _heads("Where", "Comment", "By", "State")
    gone = "".join(_thread(notebook, thread) for thread in notebook.lost)
    return (
        f'<section class="panel"><h3 id="{place}c">Comments</h3>'
        f"<table>{heads}<tbody>{rows}</tbody></table>{gone}</section>"
    )


def _thread(notebook: ReviewedNotebook, thread: Thread) -> str:
    state = "open" if thread.open else "resolved"
    quote = written_line(thread.comment)
    if thread.change is None and not quote:
        quote = thread.comment.source
    quoted = f'<code class="quote">{esc(quote)}</code>' if quote.strip() else ""
    said = "".join(
        f'<div class="remark"><span class="who">{esc(each.author)} · {esc(day(each.created))}</span>'
        f"<p>{esc(each.text)}</p></div>"
        for each in thread.comments
    )
    return (
        f'<article class="thread {state}" id="t{esc(thread.id)}"><header>'
        f'<h4>{esc(place_words(notebook.diff, thread))}</h4><span class="state">{state}</span></header>'
        f"{quoted}{said}</article>"
    )


def _findings(notebook: ReviewedNotebook) -> str:
    if not notebook.findings:
        return ""
    rows = []
    for finding in ordered(notebook.findings):
        kind = esc(finding.evidence.value.replace(" ", "-"))
        news = " (new)" if finding in notebook.new else ""
        rows.append(
            f"<tr><td>{esc(cell_words(notebook.diff, finding.cell_index))}</td>"
            f'<td class="known {kind}">{esc(evidence_words(finding))}{news}</td>'
            f"<td>{esc(finding.message)}</td></tr>"
        )
    heads = _heads("Cell", "Known", "Finding")
    return (
        f'<section class="panel"><h3>Findings</h3><table>{heads}<tbody>{"".join(rows)}</tbody></table>'
        "<p>Findings say how they are known; that nothing was found does not say that the notebook runs.</p>"
        "</section>"
    )


def _decisions(notebook: ReviewedNotebook) -> str:
    if not notebook.decided:
        return ""
    rows = []
    for decided in notebook.decided:
        what, by, said = decision_words(decided)
        rows.append(
            f"<tr><td>Cell {decided.suggestion.place.cell_index + 1}</td><td>{esc(what)}</td>"
            f'<td class="by">{esc(by)}</td><td>{esc(said)}</td></tr>'
        )
    heads = _heads("Cell", "Suggestion", "By", "Decision")
    table = f"<table>{heads}<tbody>{''.join(rows)}</tbody></table>"
    return f'<section class="panel"><h3>Decisions</h3>{table}</section>'


def _heads(*names: str) -> str:
    cells = (f'<th scope="col"{_CLASSES.get(name, "")}>{name}</th>' for name in names)
    return f"<thead><tr>{''.join(cells)}</tr></thead>"
