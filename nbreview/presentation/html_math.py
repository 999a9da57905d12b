"""Formulas in the page, drawn where they stand: LaTeX becomes an SVG in the colour of the text around it.

Imports `html_markup` and `mathematics`. Of what the typesetter draws only shapes and their measures are taken
over, so that nothing of a notebook's choice but a colour's name gets into the page. What cannot be set, and
what is more than the page holds, stays the source that the author wrote.
"""

import re
from functools import lru_cache
from xml.etree import ElementTree

from nbreview.presentation.html_markup import Budget, esc
from nbreview.presentation.mathematics import Formula, Typesetter

DROPS = 64
"""Classes that lower a formula below the line of its text, a sixteenth of a letter's size each."""

_SIZE = 16.0
_NUMBER = r"-?\d+(?:\.\d+)?"
_MEASURES = {
    "path": ("d", "transform"),
    "rect": ("x", "y", "width", "height"),
    "line": ("x1", "y1", "x2", "y2", "stroke", "stroke-width"),
}
_PAINTS = ("fill", "stroke")
_PAINT = re.compile(r"none|currentColor|[a-z]{3,20}|#[0-9a-fA-F]{3,8}", re.ASCII)
_MEASURE = re.compile(r"[-+0-9.eE,\sA-Za-z()]*", re.ASCII)
_VIEW = re.compile(rf"{_NUMBER}(?: {_NUMBER}){{3}}", re.ASCII)


def formula(source: str, written: str, budget: Budget, *, display: bool, block: bool = False) -> str:
    """A formula as HTML.

    Parameters
    ----------
    source:
        LaTeX without what marks it as such.
    written:
        What the author wrote, with its dollars: what is shown where it is not drawn.
    display:
        On a line of its own.
    block:
        Outside of a paragraph.
    """
    drawn = _drawn(source.strip(), display)
    if drawn is None or not budget.take("formulas", len(drawn)):
        return f"<pre>{esc(written.strip())}</pre>" if block else f"<code>{esc(written)}</code>"
    label = f'role="img" aria-label="{esc(source.strip())}"'
    drawing = drawn.replace("<svg ", f"<svg {label} ", 1)
    return f'<span class="display">{drawing}</span>' if display else drawing


def drops() -> str:
    """The style of the classes that put a formula on the line of its text."""
    return "\n".join(f".d{number} {{ vertical-align: -{number / 16:g}em; }}" for number in range(DROPS))


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    return Typesetter()


@lru_cache(maxsize=512)
def _drawn(source: str, display: bool) -> str | None:
    """The same formula stands on both sides of most diffs: it is set once."""
    made = _typesetter().set(source, _SIZE, "currentColor", display=display)
    return _closed(made) if made is not None else None


def _closed(made: Formula) -> str | None:
    """The drawing with shapes alone, measured in letters of the text around it; None where it holds more."""
    try:
        root = ElementTree.fromstring(made.svg)
    except (ElementTree.ParseError, RecursionError):
        return None
    view = root.get("viewBox", "")
    if _VIEW.fullmatch(view) is None:
        return None
    shapes: list[str] = []
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name in ("svg", "g"):
            continue
        if name not in _MEASURES:
            return None
        attributes = []
        for key, value in element.attrib.items():
            if key in _PAINTS:
                if _PAINT.fullmatch(value) is None:
                    return None
            elif key not in _MEASURES[name] or _MEASURE.fullmatch(value) is None:
                return None
            attributes.append(f'{key}="{value}"')
        shapes.append(f"<{name} {' '.join(attributes)}/>")
    drop = min(round(made.descent / _SIZE * 16), DROPS - 1)
    width, height = made.width / _SIZE, (made.ascent + made.descent) / _SIZE
    return (
        f'<svg class="formula d{max(drop, 0)}" viewBox="{view}" width="{width:.3f}em" '
        f'height="{height:.3f}em">{"".join(shapes)}</svg>'
    )
