"""HTML and SVG without what every run changes, so that two runs of one program can be compared as texts.

Pure: imports nothing of nbreview. Works with patterns on the text: nothing is parsed, so no entity is ever
expanded and no document is too damaged.
"""

import re

MAX_TEXT = 8_000_000
"""Characters up to which a text is looked through; a longer one is given back as it is."""

_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}\b")
_RUN_ID = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"  # Plotly, Bokeh, widgets
    r"|(?<=[_-])[0-9a-f]{32}(?![0-9a-f])"  # folium's map_…, altair-viz-…
    r"|(?<=\bT_)[0-9a-f]{5,36}(?=[_\"'\s{])"  # pandas' Styler
    r"|(?<=\bsk-container-id-)\d+"  # scikit-learn counts its reprs
    r"|(?<=\bsk-estimator-id-)\d+"
)
_SVG_NOISE = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\][^>]*)?>|<!--.*?-->|<metadata\b.*?</metadata\s*>",
    re.DOTALL | re.IGNORECASE,
)
_BETWEEN = re.compile(r">\s*<")
_DEFINED = re.compile(r"\bid\s*=\s*[\"']([^\"'<>]{1,200})[\"']")
_NAMED = re.compile(r"(\bid\s*=\s*[\"']|#)([^\"'()<>\s]{1,200})")


def steady_text(text: str) -> str:
    """A text without the memory addresses of its objects (`<f at 0x7f…>`)."""
    return _ADDRESS.sub("at 0x…", text) if " 0x" in text else text


def steady_html(html: str) -> str:
    """An HTML text whose generated ids are numbered in the order in which they come: two texts are equal
    afterwards if they are equal up to the names of those ids.
    """
    if len(html) > MAX_TEXT:
        return html
    numbers: dict[str, str] = {}
    return _RUN_ID.sub(
        lambda found: numbers.setdefault(found.group(), f"#{len(numbers) + 1}"), steady_text(html)
    )


def steady_svg(svg: str) -> str:
    """A drawing with one element a line, without comments and metadata (dates, versions), its ids numbered
    in the order in which they are defined.
    """
    if len(svg) > MAX_TEXT:
        return svg
    text = _BETWEEN.sub(">\n<", _SVG_NOISE.sub("", svg).strip())
    numbers: dict[str, str] = {}
    for found in _DEFINED.finditer(text):
        numbers.setdefault(found.group(1), f"id{len(numbers) + 1}")
    return _NAMED.sub(lambda found: found.group(1) + numbers.get(found.group(2), found.group(2)), text)
