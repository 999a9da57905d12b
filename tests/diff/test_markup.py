"""What every run changes in HTML and SVG is no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff import markup
from nbreview.diff.markup import steady_html, steady_svg, steady_text

FIRST = "0f8fad5b-d9cb-469f-a165-70867728950e"
SECOND = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


@pytest.mark.parametrize(
    ("base", "head"),
    [
        (
            f'<div id="{FIRST}"></div><script>f("{FIRST}")</script>',
            f'<div id="{SECOND}"></div><script>f("{SECOND}")</script>',
        ),
        ("map_" + "a1" * 16, "map_" + "b2" * 16),
        (
            '<style>#T_a1b2c_row0{}</style><td id="T_a1b2c_row0">',
            '<style>#T_00fff_row0{}</style><td id="T_00fff_row0">',
        ),
        ('<div id="sk-container-id-1">', '<div id="sk-container-id-27">'),
        ("&lt;f at 0x7f0011223344&gt;", "&lt;f at 0x7f0011229999&gt;"),
    ],
)
def test_generated_ids_are_no_difference(base: str, head: str) -> None:
    assert steady_html(base) == steady_html(head)


def test_which_id_stands_where_still_counts() -> None:
    assert steady_html(f"{FIRST} {FIRST}") != steady_html(f"{FIRST} {SECOND}")
    assert steady_html("<b>1</b>") != steady_html("<b>2</b>")
    assert steady_text("x = 0x10") == "x = 0x10"


def svg(marker: str, date: str, path: str = "M 0 0") -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x">'
        f"<svg><metadata><dc:date>{date}</dc:date></metadata><!-- {date} -->"
        f'<defs><path id="{marker}" d="{path}"/></defs> <use xlink:href="#{marker}" style="fill: #ff0000"/>'
        f'<g clip-path="url(#{marker})"/></svg>'
    )


def test_ids_and_dates_of_a_drawing_are_no_difference_but_its_paths_are() -> None:
    assert steady_svg(svg("m123", "2024")) == steady_svg(svg("mabc", "2025"))
    assert steady_svg(svg("m123", "2024")) != steady_svg(svg("m123", "2024", "M 1 1"))
    assert "#ff0000" in steady_svg(svg("m123", "2024"))
    assert steady_svg(svg("m1", "2024")).count("\n") > 4


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
    assert "&b;" in steady_svg(bomb)


def test_what_is_too_long_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAX_TEXT", 10)
    assert steady_html(f"<p>{FIRST}</p>") == f"<p>{FIRST}</p>"
    assert steady_svg("<svg><!-- a --></svg>") == "<svg><!-- a --></svg>"


@given(st.text("<>!-id=\"'#a \n", max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert steady_html(text) == steady_html(text)
    steady_svg(text)
