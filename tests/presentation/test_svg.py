"""A drawing is drawn as it stands still, and by itself."""

import base64

import pytest

from nbreview.presentation.svg import closed_svg

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height="8">'
)
NESTED = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
).decode()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/a.png"/>',
        '<image xlink:href="file:///tmp/a.png"/>',
        f'<image href="data:image/svg+xml;base64,{NESTED}"/>',
        f'<image href="data:image/png;base64,{NESTED}"/>',
        '<foreignObject><a href="https://example.org">x</a></foreignObject>',
        '<rect fill="url(https://example.org/a#b)"/>',
        "<style>@import 'https://example.org/a.css';</style>",
        '<rect onload="alert(1)"/>',
    ],
)
def test_nothing_leads_outside_or_runs(inside: str) -> None:
    closed = closed_svg(f"{HEAD}{inside}<circle r='3'/></svg>")
    assert "circle" in closed
    for word in ("example.org/a.png", "file:", "alert", "passwd", NESTED[:20], "@import", "url(https"):
        assert word not in closed


def test_an_embedded_picture_stays() -> None:
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 30).decode()
    assert picture in closed_svg(f'{HEAD}<image href="data:image/png;base64,{picture}"/></svg>')


def test_copies_of_copies_are_not_drawn_without_end() -> None:
    levels = "".join(
        f'<g id="l{level}">' + f'<use href="#l{level - 1}"/>' * 10 + "</g>" for level in range(1, 9)
    )
    assert closed_svg(f'{HEAD}<g id="l0"><rect/></g>{levels}</svg>') == ""
    assert closed_svg(f'{HEAD}<g id="a"><use href="#a"/></g></svg>') == ""
    assert "use" in closed_svg(f'{HEAD}<g id="l0"><rect/></g><use href="#l0"/></svg>')


def test_what_is_no_drawing_is_none() -> None:
    assert closed_svg("<svg") == ""
    assert closed_svg("") == ""
