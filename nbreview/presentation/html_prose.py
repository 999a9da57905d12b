"""Markdown in the page, rendered by markdown-it with raw HTML switched off.

Imports `html_markup`, `html_math` and `markdown`, and below; markdown-it only when something is rendered.
Formulas are drawn (see `html_math`). Nothing is loaded: pictures are
shown where the notebook itself holds them (attachments, `data:` URIs) and named by their address where not.
Links to the web are kept for a person to click and tell nobody where they come from; all others are text.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from nbreview.notebook import mime
from nbreview.presentation.html_markup import Budget, data_uri, esc, note, picture
from nbreview.presentation.html_math import formula
from nbreview.presentation.hunks import plural
from nbreview.presentation.markdown import FORMULA_BLOCKS, RunKind, read_formulas, read_latex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_RENDERED = 100_000
"""Characters of a Markdown text that are rendered; the rest is counted."""

_WEB = re.compile(r"https?://", re.IGNORECASE)
_INLINE = re.compile(r"data:(image/[a-z0-9.+-]+);base64,(.*)", re.IGNORECASE | re.DOTALL)
_LONG_INLINE = re.compile(r"data:(image/[a-z0-9.+-]+);base64,([A-Za-z0-9+/]{200,}={0,2})", re.IGNORECASE)
_HELD = re.compile(r"held(\d{1,9})", re.ASCII)
_HEADING_SHIFT = 3
"""The page's own headings are h1 to h3."""


def prose(source: str, attachments: Mapping[str, Any], budget: Budget) -> str:
    """A Markdown text as HTML. `attachments` are those of its cell."""
    held: list[str] = []

    def keep(match: re.Match[str]) -> str:
        # A picture written into the text is no text: it neither counts nor is read as Markdown.
        held.append(match[2])
        return f"data:{match[1]};base64,held{len(held) - 1}"

    source = _LONG_INLINE.sub(keep, source)
    cut = len(source) - MAX_RENDERED
    if not budget.take("rendered", min(len(source), MAX_RENDERED)):
        return note(f"{plural(len(source), 'character')} of Markdown, not rendered")
    parser = _parser()
    tokens = parser.parse(source[:MAX_RENDERED])
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + _HEADING_SHIFT)}"
        elif token.type == "inline" and token.children:
            token.children = _closed(token.children, attachments, held, budget)
        elif token.type in ("th_open", "td_open"):
            token.attrs = {}  # an alignment would be a style of its own
        elif token.type in FORMULA_BLOCKS:
            mark = "" if token.type == "amsmath" else "$$"
            written = f"{mark}{token.content}{mark}"
            token.content = formula(token.content, written, budget, display=True, block=True)
            token.type = "html_block"
        elif token.type == "fence":
            token.info = ""  # its language would become a class name of the notebook's choice
    rest = note(f"{plural(cut, 'more character')} of Markdown, not rendered") if cut > 0 else ""
    return f'<div class="prose">{parser.renderer.render(tokens, parser.options, {})}{rest}</div>'


def latex(source: str, budget: Budget) -> str:
    """An output of LaTeX as HTML: one formula, or text with formulas in it."""
    parts = read_latex(source)
    if len(parts) == 1 and len(parts[0].runs) == 1 and parts[0].runs[0].kind is RunKind.DISPLAY:
        drawn = formula(parts[0].runs[0].text, source, budget, display=True, block=True)
        return f'<div class="prose">{drawn}</div>'
    return prose(source, {}, budget)


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    read_formulas(parser)
    # The default refuses some addresses by leaving the Markdown as it is, and checks nothing else; what may
    # be an address is decided in `_closed`, for links and for pictures.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _closed(
    children: Sequence["Token"], attachments: Mapping[str, Any], held: Sequence[str], budget: Budget
) -> list["Token"]:
    """The tokens of one line of prose with every link and picture made harmless."""
    from markdown_it.token import Token

    made: list[Token] = []
    ends: list[str] = []
    for token in children:
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if _WEB.match(address):
                start = f'<a href="{esc(address)}" rel="noopener noreferrer nofollow" title="{esc(address)}">'
                ends.append("</a>")
            else:
                start = f'<span class="link" title="{esc(address)}">'
                ends.append("</span>")
            made.append(Token("html_inline", "", 0, content=start))
        elif token.type == "link_close":
            made.append(Token("html_inline", "", 0, content=ends.pop() if ends else ""))
        elif token.type == "image":
            shown = _picture(str(token.attrs.get("src", "")), token.content, attachments, held, budget)
            made.append(Token("html_inline", "", 0, content=shown))
        elif token.type in ("math_inline", "math_inline_double"):
            mark = token.markup or ("$" if token.type == "math_inline" else "$$")
            display = token.type == "math_inline_double"
            drawn = formula(token.content, f"{mark}{token.content}{mark}", budget, display=display)
            made.append(Token("html_inline", "", 0, content=drawn))
        else:
            made.append(token)
    return made


def _picture(
    address: str, description: str, attachments: Mapping[str, Any], held: Sequence[str], budget: Budget
) -> str:
    words = description or "picture"
    uri = ""
    if address.startswith("attachment:"):
        address = f"attachment: {unquote(address.removeprefix('attachment:'))}"
        bundle = attachments.get(address.removeprefix("attachment: "))
        if isinstance(bundle, Mapping):
            uri = next((found for kind, value in bundle.items() if (found := data_uri(kind, value))), "")
    else:
        inline = _INLINE.fullmatch(address)
        if inline:
            kept = _HELD.fullmatch(inline[2])
            value = held[int(kept[1])] if kept and int(kept[1]) < len(held) else inline[2]
            uri = data_uri(inline[1], _svg_text(value) if "svg" in inline[1].lower() else value)
    if uri and budget.take("pictures", len(uri)):
        return picture(uri, words)
    reason = "too large for this page" if uri else "not loaded"
    shown = address if len(address) <= 200 else address[:200] + "…"
    return f'<span class="remote">▧ {esc(words)} ({reason}: {esc(shown)})</span>'


def _svg_text(encoded: str) -> str:
    """An SVG that Markdown holds as base64, as nbformat stores it elsewhere: as text."""
    return mime.image_bytes("image/png", encoded).decode("utf-8", "replace")
