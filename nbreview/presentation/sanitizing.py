"""HTML of a notebook reduced to what can do nothing: text, tables, lists and a few marks.

nh3 (ammonia) does the reading and the cutting; what is allowed is decided here, once, for the window and for
the pages that are written. Imports nothing of nbreview; nh3 when something is cut.
"""

import re
from html import unescape

_MARKS = frozenset(
    {"b", "strong", "i", "em", "u", "s", "del", "sub", "sup", "code", "kbd", "small", "mark", "br", "tt"}
)
_TAGS = _MARKS | {
    "p", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "hr", "pre",
    "blockquote", "center", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "samp", "var",
}  # fmt: skip
_ATTRIBUTES = {"td": {"colspan", "rowspan", "align"}, "th": {"colspan", "rowspan", "align"}, "ol": {"start"}}
_DROPPED = {
    "script", "style", "template", "iframe", "object", "embed", "svg", "math", "noscript", "title", "head",
    "form", "button", "select", "textarea", "video", "audio", "canvas",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b[^>]*>")
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_BLANK = re.compile(r"\s+")
_ALIASES = {"b": "strong", "i": "em", "del": "s", "tt": "code", "kbd": "code"}


def safe_html(html: str) -> str:
    """The HTML without scripts, styles, links, forms and pictures; a picture leaves its description."""
    import nh3

    described = _IMAGE.sub(lambda image: f"<em>▧ {_alt(image[0])}</em>", html)
    return nh3.clean(
        described,
        tags=set(_TAGS),
        clean_content_tags=_DROPPED,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        strip_comments=True,
        link_rel=None,
        url_schemes=set(),
    )


def visible_text(safe: str) -> str:
    """What safe HTML says, without its tags."""
    return _BLANK.sub(" ", unescape(_TAG.sub(" ", safe))).strip()


def inline_tag(tag: str) -> tuple[str, bool]:
    """The name of a mark within a line ("" for any other tag) and whether it begins or ends there."""
    found = _TAG.fullmatch(tag.strip())
    name = found[2].lower() if found is not None else ""
    if found is None or name not in _MARKS:
        return "", False
    return _ALIASES.get(name, name), not found[1]


def _alt(image: str) -> str:
    found = _ALT.search(image)
    words = next((group for group in found.groups() if group), "") if found is not None else ""
    return words.replace("<", "&lt;").replace(">", "&gt;") or "picture"
