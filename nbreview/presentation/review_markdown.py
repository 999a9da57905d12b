"""A whole review as Markdown, fit for pasting into a pull request.

Imports `review_record` and below. What comes from a notebook stands in fences or is escaped: it can neither
begin markup, nor name a person, nor load a picture. The text of a comment is Markdown of its author's.
"""

import re
from collections.abc import Iterator, Sequence

from nbreview.diff.model import ChangeKind
from nbreview.presentation.hunks import plural, safe
from nbreview.presentation.labels import SIGNS
from nbreview.presentation.outline import cell_title, shown_cell
from nbreview.presentation.patch_text import Part, patch_text
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

LONGEST = 60_000
"""Characters of the text; a pull request takes 65,536. The changed cells that do not fit are counted."""

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~@&])")


def review_markdown(
    notebooks: Sequence[ReviewedNotebook], title: str, made: float, limit: int = LONGEST
) -> str:
    """The whole text; parameters as `review_page`, and the most characters that it may have (what was said
    stays, changes are left out first).
    """
    text = [f"# {_plain(title)}", "", f"Exported {day(made)} by nbreview.", ""]
    if not notebooks:
        text += ["Nothing differs, so there was nothing to review.", ""]
    for notebook in notebooks:
        if len(notebooks) > 1:
            text += [f"## {_plain(notebook.name)}", ""]
        text += [f"- base: {_plain(notebook.base_label)}", f"- head: {_plain(notebook.head_label)}"]
        text += [*(f"- {_plain(fact)}" for fact in facts(notebook)), ""]
        for part in (_comments, _findings, _decisions):
            text += part(notebook)
    said = "\n".join(text)
    left = limit - len(said)
    changes: list[str] = []
    for notebook in notebooks:
        shown, left = _changes(notebook, left, named=len(notebooks) > 1)
        changes += shown
    return "\n".join([said, *changes]).rstrip("\n") + "\n"


def _comments(notebook: ReviewedNotebook) -> Iterator[str]:
    if notebook.threads:
        yield from ("### Comments", "")
    for thread in notebook.threads:
        state = "open" if thread.open else "resolved"
        yield from (f"#### {_plain(place_words(notebook.diff, thread))} ({state})", "")
        quote = written_line(thread.comment)
        if thread.change is None and not quote:
            quote = thread.comment.source
        if quote.strip():
            yield from (_fenced(quote, _language(notebook, thread)), "")
        for number, each in enumerate(thread.comments):
            if number:
                yield ">"
            yield f"> **{_plain(each.author)}**, {day(each.created)}"
            yield ">"
            yield from (f"> {line}".rstrip() for line in safe(each.text).split("\n"))
        yield ""


def _findings(notebook: ReviewedNotebook) -> Iterator[str]:
    if not notebook.findings:
        return
    yield from ("### Findings", "")
    for finding in ordered(notebook.findings):
        news = ", new" if finding in notebook.new else ""
        name = _plain(cell_words(notebook.diff, finding.cell_index))
        yield f"- **{name}** ({evidence_words(finding)}{news}): {_plain(finding.message)}"
    yield ""


def _decisions(notebook: ReviewedNotebook) -> Iterator[str]:
    if not notebook.decided:
        return
    yield from ("### Decisions", "", "| Cell | Suggestion | By | Decision |", "| --- | --- | --- | --- |")
    for decided in notebook.decided:
        what, by, said = map(_plain, decision_words(decided))
        yield f"| {decided.suggestion.place.cell_index + 1} | {what} | {by} | {said} |"
    yield ""


def _changes(notebook: ReviewedNotebook, left: int, *, named: bool) -> tuple[list[str], int]:
    """The changed cells as patches, folded, as long as they fit; and how much room is left."""
    if not notebook.changed:
        return [], left
    name = f" in {_plain(notebook.name)}" if named else ""
    text = [f"### Changed cells{name}", ""]
    left -= len(text[0])
    omitted = 0
    for place in notebook.changed:
        change = notebook.diff.cells[place]
        title = (
            f"{SIGNS[change.kind]} Cell {cell_title(shown_cell(notebook.diff, change))}, {change.kind.value}"
        )
        if place in notebook.viewed:
            title += ", viewed ✓"
        one_sided = change.base_index is None or change.head_index is None
        body = _without_patch(change.kind)
        if one_sided or change.source is not None:
            patch = patch_text(notebook.diff, [Part(place)], "", "").split("\n", 2)[2]
            body = _fenced(patch, "diff")
        block = ["<details>", f"<summary>{_html(title)}</summary>", "", body, "", "</details>", ""]
        size = sum(len(line) + 1 for line in block)
        if size > left - 100:
            omitted += 1
            continue
        left -= size
        text += block
    if omitted:
        text += [f"{plural(omitted, 'more changed cell')}, left out: the text would be too long.", ""]
    return text, left


def _without_patch(kind: ChangeKind) -> str:
    return (
        "The source is the same; the place changed."
        if kind is ChangeKind.MOVED
        else ("The source is the same; outputs or metadata changed.")
    )


def _language(notebook: ReviewedNotebook, thread: Thread) -> str:
    return re.sub(r"[^A-Za-z0-9+#-]", "", notebook.diff.head.language) if thread.change is not None else ""


def _fenced(text: str, language: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{safe(text).rstrip()}\n{fence}"


def _plain(text: str) -> str:
    """A text of one line that no renderer takes for markup."""
    return _MARKUP.sub(r"\\\1", safe(" ".join(text.split())))


def _html(text: str) -> str:
    return safe(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
