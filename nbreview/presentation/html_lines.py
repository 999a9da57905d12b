"""Texts in the page: a line diff in two columns, and a text that stands on one side or is the same on both.

Imports `html_markup` and below. A text diff is a run of tables with four columns (number, base, number,
head); what folds stands between two of them in a `<details>`, so that it opens without JavaScript.
"""

from collections.abc import Iterable, Iterator, Sequence

from nbreview.diff.model import EditKind, LineEdit, TextDiff
from nbreview.presentation.highlight import Token, TokenLines
from nbreview.presentation.html_markup import Budget, coloured_line, fold, note
from nbreview.presentation.hunks import plural
from nbreview.presentation.rows import MIN_FOLDED_LINES, folded_runs

CONTEXT = 3
"""Equal lines shown around each change."""

_ROWS = 3_000
"""Rows shown of one text; the rest is counted."""

_COLUMNS = '<colgroup><col class="n"><col><col class="n"><col></colgroup>'
_SINGLE = '<colgroup><col class="n"><col></colgroup>'
_HEADINGS = (
    '<thead class="hidden"><tr><th scope="col">Line</th><th scope="col">Base</th>'
    '<th scope="col">Line</th><th scope="col">Head</th></tr></thead>'
)


def diff_table(
    text: TextDiff,
    budget: Budget,
    caption: str,
    base_tokens: TokenLines = (),
    head_tokens: TokenLines = (),
    *,
    numbered: bool = True,
) -> str:
    """A line diff in two columns. `caption` is read aloud, never seen."""
    rows = _Rows(text, base_tokens, head_tokens, numbered)
    left = min(_ROWS, budget.rows(min(_ROWS, len(text.edits))))
    parts: list[str] = []
    position = 0
    runs = folded_runs(text.edits, CONTEXT)
    for start, stop in [*runs, (len(text.edits), len(text.edits))]:
        shown = text.edits[position : min(start, position + left)]
        parts.append(_table(rows.html(shown), caption))
        left -= len(shown)
        if start - position > len(shown):
            hidden = len(text.edits) - position - len(shown)
            parts.append(note(f"{plural(hidden, 'more line')}, left out of this page"))
            break
        if stop > start:
            inside = text.edits[start : min(stop, start + left)]
            left -= len(inside)
            cut = stop - start - len(inside)
            body = _table(rows.html(inside), caption)
            if cut:
                body += note(f"{plural(cut, 'unchanged line')}, left out of this page")
            parts.append(fold(f"⋯ {plural(stop - start, 'unchanged line')}", body, kind="fold lines-fold"))
        position = stop
    if text.coarse:
        parts.append(note("Large change: its lines are paired roughly."))
    return "".join(parts)


def one_side(
    lines: Sequence[str],
    budget: Budget,
    caption: str,
    kind: EditKind,
    tokens: TokenLines = (),
    *,
    numbered: bool = True,
    shown: int = _ROWS,
    last: bool = False,
) -> str:
    """Lines that one side holds (INSERT, DELETE) in its column, or lines of both (EQUAL) across the page.

    Parameters
    ----------
    shown:
        Lines that stand open; more are folded, and past what the page may hold counted.
    last:
        Whether the open lines are the last ones and not the first.
    """
    if not lines:
        return ""
    given = budget.rows(min(len(lines), _ROWS))
    start = len(lines) - given if last else 0
    places = range(start, start + given)
    if len(lines) < shown + MIN_FOLDED_LINES:
        shown = len(lines)
    opened = places[-shown:] if last else places[:shown]
    folded = places[:-shown] if last else places[shown:]

    def table(numbers: Iterable[int]) -> str:
        rows = (_alone(lines[k], k, kind, tokens[k] if k < len(tokens) else (), numbered) for k in numbers)
        return _table(rows, caption, single=kind is EditKind.EQUAL)

    parts = [table(opened)] if opened else []
    rest = []
    if len(lines) > given:
        rest.append(note(f"{plural(len(lines) - given, 'more line')}, left out of this page"))
    if folded:
        summary = f"⋯ {plural(len(lines) - len(opened), 'earlier line' if last else 'more line')}"
        rest.append(table(folded))
        rest = [fold(summary, "".join(rest), kind="fold lines-fold")]
    return "".join([*rest, *parts] if last else [*parts, *rest])


class _Rows:
    """The rows of one text diff."""

    def __init__(self, text: TextDiff, base: TokenLines, head: TokenLines, numbered: bool) -> None:
        self._text = text
        self._base = base
        self._head = head
        self._numbered = numbered

    def html(self, edits: Iterable[LineEdit]) -> Iterator[str]:
        for edit in edits:
            if edit.kind is EditKind.EQUAL:
                yield f"<tr>{self._old(edit, '')}{self._new(edit, '')}</tr>"
            elif edit.kind is EditKind.REPLACE:
                yield f'<tr class="rep">{self._old(edit, " del")}{self._new(edit, " ins")}</tr>'
            elif edit.kind is EditKind.DELETE:
                yield f'<tr class="gone">{self._old(edit, " del")}{_EMPTY}</tr>'
            else:
                yield f'<tr class="came">{_EMPTY}{self._new(edit, " ins")}</tr>'

    def _old(self, edit: LineEdit, kind: str) -> str:
        number = edit.base_line
        if number is None:
            return _EMPTY
        tokens = self._base[number] if number < len(self._base) else ()
        line = coloured_line(self._text.base_lines[number], tokens, edit.base_spans, "del")
        return f'{_number(number, self._numbered)}<td class="old{kind}">{line}</td>'

    def _new(self, edit: LineEdit, kind: str) -> str:
        number = edit.head_line
        if number is None:
            return _EMPTY
        tokens = self._head[number] if number < len(self._head) else ()
        line = coloured_line(self._text.head_lines[number], tokens, edit.head_spans, "ins")
        return f'{_number(number, self._numbered)}<td class="new{kind}">{line}</td>'


_EMPTY = '<td class="n x"></td><td class="x"></td>'


def _number(number: int, numbered: bool) -> str:
    # By an attribute, so that copied text has no numbers in it.
    return f'<td class="n" data-n="{number + 1}"></td>' if numbered else '<td class="n"></td>'


def _alone(line: str, number: int, kind: EditKind, tokens: Sequence[Token], numbered: bool) -> str:
    text = coloured_line(line, tokens)
    place = _number(number, numbered)
    if kind is EditKind.INSERT:
        return f'<tr class="came">{_EMPTY}{place}<td class="new ins">{text}</td></tr>'
    if kind is EditKind.DELETE:
        return f'<tr class="gone">{place}<td class="old del">{text}</td>{_EMPTY}</tr>'
    return f"<tr>{place}<td>{text}</td></tr>"


def _table(rows: Iterable[str], caption: str, *, single: bool = False) -> str:
    body = "".join(rows)
    if not body:
        return ""
    hidden = f'<caption class="hidden">{caption}</caption>'
    if single:
        return f'<table class="lines single">{hidden}{_SINGLE}<tbody>{body}</tbody></table>'
    return f'<table class="lines">{hidden}{_COLUMNS}{_HEADINGS}<tbody>{body}</tbody></table>'
