"""Which outputs are rendered (Markdown, LaTeX, HTML), and what to call those that live in a browser.

Pure: imports `notebook`. Widgets, Plotly and Vega figures need a page with scripts of their own; here they
are named by what they are, with whatever still picture the output carries beside them.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nbreview.notebook import mime
from nbreview.notebook.model import Output
from nbreview.words import said

WIDGET = "application/vnd.jupyter.widget-view+json"
PLOTLY = "application/vnd.plotly.v1+json"
_VEGA = re.compile(r"application/vnd\.(vega|vegalite)\.v\d+(?:\.\d+)?\+json")
_OTHERS = {
    "application/vnd.bokehjs_exec.v0+json": said("Bokeh figure"),
    "application/vnd.bokehjs_load.v0+json": said("Bokeh library"),
    "application/vnd.holoviews_exec.v0+json": said("HoloViews figure"),
    "application/vnd.holoviews_load.v0+json": said("HoloViews library"),
    "application/geo+json": said("GeoJSON map"),
    "application/javascript": said("script"),
}
_OBJECT = re.compile(r"<[\w.]+(?:\.HTML|\.Markdown|\.Latex|\.Math)? object(?: at 0x[0-9a-f]+)?>")
_CALL = re.compile(r"([A-Za-z_]\w*)\(")
_TEXT_OF_MARKUP = re.compile(r"<[^>]*>|\s")


class RichKind(StrEnum):
    """How an output's text is read."""

    MARKDOWN = "text/markdown"
    LATEX = "text/latex"
    HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Rich:
    """A text that is rendered."""

    kind: RichKind
    text: str


def rich_part(output: Output) -> Rich | None:
    """What of an output is rendered; None where its plain text, table or picture is shown.

    HTML is rendered where the plain text says nothing (`<IPython.core.display.HTML object>`, or none at all).
    """
    data = output.data
    if mime.image_type(data) or mime.has_table(data) or embedded(output):
        return None
    for kind in (RichKind.MARKDOWN, RichKind.LATEX):
        text = data.get(kind.value)
        if isinstance(text, str) and text.strip():
            return Rich(kind, text)
    html = data.get(RichKind.HTML.value)
    plain = data.get(mime.TEXT_PLAIN)
    if not isinstance(html, str) or not _TEXT_OF_MARKUP.sub("", html[:20_000]):
        return None
    if isinstance(plain, str) and plain.strip() and _OBJECT.fullmatch(plain.strip()) is None:
        return None
    return Rich(RichKind.HTML, html)


def embedded(output: Output) -> str:
    """What an output is that needs a browser to live, in a few words; "" for any other output."""
    for kind, value in output.data.items():
        name = _name(kind, value, output)
        if name:
            return name
    return ""


def is_embedded(output: Output) -> bool:
    """Whether an output needs a browser to live: the same, without looking at what it holds."""
    return any(
        kind in (WIDGET, PLOTLY) or kind in _OTHERS or _VEGA.fullmatch(kind) is not None
        for kind in output.data
    )


def _name(kind: str, value: Any, output: Output) -> str:
    if kind == PLOTLY:
        return _plotly(value)
    if kind == WIDGET:
        plain = output.data.get(mime.TEXT_PLAIN)
        call = _CALL.match(plain) if isinstance(plain, str) else None
        if call is None:
            return said("widget, saved view only")
        return said("widget: {name}, saved view only", name=call[1])
    vega = _VEGA.fullmatch(kind)
    if vega is not None:
        return _vega("Vega-Lite" if vega[1] == "vegalite" else "Vega", value)
    return _OTHERS.get(kind, "")


def _plotly(value: Any) -> str:
    traces = value.get("data") if isinstance(value, Mapping) else None
    if not isinstance(traces, Sequence) or isinstance(traces, str):
        return said("Plotly figure")
    kinds = Counter(str(trace.get("type", "scatter")) for trace in traces if isinstance(trace, Mapping))
    if len(traces) == 1:
        words = said("Plotly figure: 1 trace")
    else:
        words = said("Plotly figure: {count} traces", count=len(traces))
    return said("{words}, {kinds}", words=words, kinds=_listed(kinds)) if kinds else words


def _vega(name: str, value: Any) -> str:
    if not isinstance(value, Mapping):
        return said("{name} chart", name=name)
    layers = value.get("layer") or value.get("marks") or [value]
    marks: Counter[str] = Counter()
    for layer in layers if isinstance(layers, list) else []:
        mark = layer.get("mark", layer.get("type")) if isinstance(layer, Mapping) else None
        mark = mark.get("type") if isinstance(mark, Mapping) else mark
        if isinstance(mark, str):
            marks[mark] += 1
    if not marks:
        return said("{name} chart", name=name)
    return said("{name} chart: {marks}", name=name, marks=_listed(marks))


def _listed(kinds: Counter[str]) -> str:
    shown = [kind[:40] for kind, _ in kinds.most_common(4)]
    return ", ".join(shown) + (", …" if len(kinds) > 4 else "")
