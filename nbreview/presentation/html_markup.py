"""The smallest parts of the HTML page: escaped texts, coloured lines, pictures, folds, and what fits a page.

Imports `diff` and below. A notebook is untrusted: every text of it passes through `esc` on its way into the
page, names of classes and ids are ours alone, and the only URLs made from a notebook are `data:` URIs of
pictures.
"""

import base64
import html
import re
from collections.abc import Iterable, Sequence
from typing import Any

from nbreview.diff.model import ChangeKind, Span
from nbreview.notebook import mime
from nbreview.presentation.highlight import Emphasis, Token, TokenKind, TokenLines, tokenize
from nbreview.presentation.hunks import plural, safe
from nbreview.presentation.labels import SIGNS

LONGEST_LINE = 4_000
"""Characters of one line that are shown: a window around its first change."""

_LEAD = 200
"""Characters shown before the first change of a line that is cut."""

_PICTURES = frozenset(
    {
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif", "image/svg+xml",
        "image/x-icon", "image/vnd.microsoft.icon", "image/apng",
    }
)  # fmt: skip
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}", re.ASCII)

TOKEN_CLASSES = {
    kind: f"{'a' if kind.value.startswith('ansi') else 's'}{number}" for number, kind in enumerate(TokenKind)
}
"""Class names of syntax and terminal colours: short, since a page holds many thousands."""


EMPHASIS_CLASSES = {Emphasis.BOLD: "eb", Emphasis.ITALIC: "ei", Emphasis.UNDERLINE: "eu"}
"""Class names of what stands out by more than its colour."""


class Budget:
    """What one page may hold before the rest is counted instead of shown; shared by its notebooks.

    Parameters
    ----------
    coloured:
        Characters of source that get syntax colours.
    quiet:
        Characters of cells that did not change.
    pictures:
        Characters of base64 of all pictures.
    lines:
        Lines of text in all diffs and outputs.
    rendered:
        Characters of Markdown that are rendered.
    formulas:
        Characters of the drawings of formulas.
    """

    def __init__(
        self,
        coloured: int = 500_000,
        quiet: int = 250_000,
        pictures: int = 48_000_000,
        lines: int = 60_000,
        rendered: int = 1_500_000,
        formulas: int = 8_000_000,
    ) -> None:
        self._left = {
            "coloured": coloured,
            "quiet": quiet,
            "pictures": pictures,
            "lines": lines,
            "rendered": rendered,
            "formulas": formulas,
        }

    def take(self, what: str, amount: int) -> bool:
        """Whether `amount` more still fits; if so it is taken."""
        if amount > self._left[what]:
            return False
        self._left[what] -= amount
        return True

    def rows(self, wished: int) -> int:
        """How many of the wished lines still fit; they are taken."""
        given = min(wished, self._left["lines"])
        self._left["lines"] -= given
        return given

    def colours(self, source: str, language: str) -> TokenLines:
        """The syntax colours of a source, none where the page has had enough of them."""
        return tokenize(source, language) if self.take("coloured", len(source)) else ()


def esc(text: str) -> str:
    """The text as HTML text or attribute value; what hides or turns text is shown as its name."""
    return html.escape(safe(text), quote=True)


def coloured_line(line: str, tokens: Sequence[Token] = (), spans: Sequence[Span] = (), mark: str = "") -> str:
    """One line with its colours; `spans` are wrapped in the element `mark` (`ins` or `del`)."""
    start, end = 0, len(line)
    if end > LONGEST_LINE:
        if spans and spans[0].start > LONGEST_LINE - _LEAD:
            start = spans[0].start - _LEAD
        end = min(end, start + LONGEST_LINE)
    parts = [_left_out(start)] if start else []
    shown = [token for token in tokens if token.end > start and token.start < end]
    position = start
    for span in spans:
        first, last = max(span.start, position), min(span.end, end)
        if first >= last:
            continue
        parts.append(_coloured(line, shown, position, first))
        parts.append(f"<{mark}>{_coloured(line, shown, first, last)}</{mark}>")
        position = last
    parts.append(_coloured(line, shown, position, end))
    if end < len(line):
        parts.append(_left_out(len(line) - end))
    return "".join(parts)


def _coloured(line: str, tokens: Iterable[Token], start: int, end: int) -> str:
    if not tokens:
        return esc(line[start:end])
    parts = []
    for token in tokens:
        if token.end <= start:
            continue
        if token.start >= end:
            break
        first, last = max(token.start, start), min(token.end, end)
        parts.append(esc(line[start:first]))
        parts.append(f'<span class="{_classes(token)}">{esc(line[first:last])}</span>')
        start = last
    parts.append(esc(line[start:end]))
    return "".join(parts)


def _classes(token: Token) -> str:
    """The names of a token's style; `html_style` says what they look like."""
    name = TOKEN_CLASSES[token.kind] if token.kind is not None else "t"
    if not token.emphasis:
        return name
    filled = Emphasis.FILLED in token.emphasis
    names = [f"v{name}" if filled else name]
    names += [mark for flag, mark in EMPHASIS_CLASSES.items() if flag in token.emphasis]
    return " ".join(names)


def _left_out(count: int) -> str:
    return f'<span class="note">… {plural(count, "more character")} …</span>'


def fold(summary: str, body: str, *, kind: str = "", is_open: bool = False) -> str:
    """A part that opens by a click, with or without JavaScript. `summary` and `body` are HTML."""
    name = f' class="{kind}"' if kind else ""
    return f"<details{name}{' open' if is_open else ''}><summary>{summary}</summary>{body}</details>"


def note(text: str) -> str:
    """A remark of ours in the page."""
    return f'<p class="note">{esc(text)}</p>'


def sign(kind: ChangeKind) -> str:
    """The sign of a kind of change, and its name for those who hear the page; "" for what did not change."""
    if kind is ChangeKind.UNCHANGED:
        return ""
    return (
        f'<span class="{kind.value}" aria-hidden="true">{SIGNS[kind]}</span>'
        f'<span class="hidden">{kind.value}</span>'
    )


def data_uri(kind: str, value: Any) -> str:
    """A picture as a `data:` URI; "" for what is no picture type or no base64.

    SVG too is only ever the source of an `<img>`: browsers run no script and load nothing in there.
    """
    kind = kind.lower()
    if kind not in _PICTURES or not isinstance(value, str):
        return ""
    if kind == "image/svg+xml":
        encoded = base64.b64encode(value.encode("utf-8", "replace")).decode("ascii")
    else:
        encoded = str(mime.payload(kind, value))
        if not _BASE64.fullmatch(encoded):
            return ""
    return f"data:{kind};base64,{encoded}"


def picture(uri: str, description: str, size: tuple[int, int] | None = None, name: str = "") -> str:
    """An `<img>` of a `data:` URI made by `data_uri`."""
    place = f' width="{size[0]}" height="{size[1]}"' if size is not None else ""
    kind = f' class="{name}"' if name else ""
    return f'<img{kind} src="{uri}" alt="{esc(description)}"{place}>'


def sides(base: str | None, head: str | None, name: str = "") -> str:
    """Two parts of HTML beside each other; None for a side that has nothing."""
    parts = []
    for side, words, body in (("old", "Base", base), ("new", "Head", head)):
        if body is None:
            parts.append('<div class="none"></div>')
        else:
            parts.append(f'<div class="{side}" role="group" aria-label="{words}">{body}</div>')
    return f'<div class="sides {name}">{"".join(parts)}</div>'
