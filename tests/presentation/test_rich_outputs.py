"""Outputs that need a browser are named by what they are; those that read as prose are found."""

from typing import Any

import pytest

from nbreview.notebook.model import Output
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.rich_outputs import PLOTLY, WIDGET, RichKind, embedded, is_embedded, rich_part
from tests.builders import code, notebook


def output(**data: Any) -> Output:
    shown = {"output_type": "display_data", "metadata": {}, "data": data}
    return read_bytes(notebook(code("x", outputs=[shown])), "x").cells[0].outputs[0]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({PLOTLY: {"data": [{"type": "bar"}, {}, {}]}}, "Plotly figure: 3 traces, scatter, bar"),
        ({PLOTLY: {"data": "odd"}}, "Plotly figure"),
        (
            {WIDGET: {"model_id": "1"}, "text/plain": "IntSlider(value=7)"},
            "widget: IntSlider, saved view only",
        ),
        ({WIDGET: {}}, "widget, saved view only"),
        ({"application/vnd.vegalite.v5+json": {"mark": {"type": "bar"}}}, "Vega-Lite chart: bar"),
        ({"application/vnd.vega.v5+json": {"marks": [{"type": "rect"}]}}, "Vega chart: rect"),
        ({"application/vnd.vega.v5+json": 3}, "Vega chart"),
        ({"application/json": {}}, ""),
    ],
)
def test_what_needs_a_browser_is_named(data: dict[str, Any], name: str) -> None:
    assert embedded(output(**data)) == name
    assert is_embedded(output(**data)) == bool(name)


def test_html_is_rendered_only_where_the_plain_text_says_nothing() -> None:
    html = {"text/html": "<p>words</p>"}
    shown = rich_part(output(**html, **{"text/plain": "<IPython.core.display.HTML object>"}))
    assert shown is not None and shown.kind is RichKind.HTML
    assert rich_part(output(**html, **{"text/plain": "LinearRegression()"})) is None
    assert rich_part(output(**{"text/html": "<div></div>"})) is None


def test_a_picture_beside_latex_is_shown_as_the_picture() -> None:
    assert rich_part(output(**{"text/latex": "$x$", "image/png": "iVBO"})) is None
    assert rich_part(output(**{"text/latex": "$x$", "text/plain": "x"})) is not None
