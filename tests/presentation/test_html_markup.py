"""The smallest parts of the page."""

import base64

import pytest

from nbreview.diff.model import Span
from nbreview.presentation.highlight import Token, TokenKind
from nbreview.presentation.html_markup import (
    LONGEST_LINE,
    TOKEN_CLASSES,
    Budget,
    coloured_line,
    data_uri,
    esc,
)


def test_text_is_escaped_for_elements_and_attributes_alike() -> None:
    assert esc("<a b=\"c\" d='e'>&amp;") == "&lt;a b=&quot;c&quot; d=&#x27;e&#x27;&gt;&amp;amp;"
    assert esc("\x1b[31m\u202e\r") == "␛[31m‹U+202E›␍"


def test_colours_and_changed_words_nest_however_they_overlap() -> None:
    keyword, number = TOKEN_CLASSES[TokenKind.KEYWORD], TOKEN_CLASSES[TokenKind.NUMBER]
    tokens = (Token(0, 6, TokenKind.KEYWORD), Token(7, 10, TokenKind.NUMBER))
    assert coloured_line("return 1<2", tokens, (Span(3, 8),), "ins") == (
        f'<span class="{keyword}">ret</span>'
        f'<ins><span class="{keyword}">urn</span> <span class="{number}">1</span></ins>'
        f'<span class="{number}">&lt;2</span>'
    )
    assert coloured_line("a<b") == "a&lt;b"


def test_a_long_line_shows_the_place_that_changed() -> None:
    line = "x" * 500_000 + "HERE" + "y" * 500_000
    shown = coloured_line(line, (), (Span(500_000, 500_004),), "del")
    assert "<del>HERE</del>" in shown
    assert "… 499,800 more characters …" in shown
    assert len(shown) < LONGEST_LINE + 300


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text/html", "PGI+"),
        ("image/png", 'aGk=" onerror="x'),
        ("image/png", ""),
        ("image/png", "not base64!"),
        ("image/png", 7),
        ("image/png", None),
        ('image/x" onerror="x', "aGk="),
        ("image/../text/html", "aGk="),
        ("application/pdf", "aGk="),
    ],
)
def test_only_pictures_become_addresses(kind: str, value: object) -> None:
    assert data_uri(kind, value) == ""


def test_pictures_are_base64_whatever_they_hold() -> None:
    assert data_uri("image/png", "aGVs\nbG8=\n") == "data:image/png;base64,aGVsbG8="
    svg = "<svg onload='alert(1)'/>"
    uri = data_uri("image/svg+xml", svg)
    assert base64.b64decode(uri.removeprefix("data:image/svg+xml;base64,")).decode() == svg


def test_a_budget_gives_until_it_is_spent() -> None:
    budget = Budget(coloured=10, quiet=5, pictures=3, lines=4)
    assert budget.take("quiet", 3)
    assert not budget.take("quiet", 3)
    assert budget.take("quiet", 2)
    assert [budget.rows(3), budget.rows(3), budget.rows(3)] == [3, 1, 0]
    assert budget.colours("x = 1", "python") != ()
    assert budget.colours("long_name = 1", "python") == ()
