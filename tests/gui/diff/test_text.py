"""Characters stand where their columns say, and none can hide."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from nbreview.gui.diff.look import Look
from nbreview.gui.diff.text import MAX_PAINTED, LaidLine, shown_text
from nbreview.gui.theme import Theme
from nbreview.presentation.highlight import Emphasis, Token, TokenKind


@pytest.fixture
def look(qapp: object, theme: Theme) -> Look:
    return Look(theme)


@pytest.mark.parametrize("text", ["plain = 1", "a\tb", "größe = 'é'", "😀 = '😀' * 3", "日本語"])
def test_columns_and_places_agree(look: Look, text: str) -> None:
    laid = LaidLine(text, look.code, look, [Token(0, len(text), TokenKind.STRING)])
    places = [laid.x(column) for column in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == pytest.approx(laid.width)
    assert [laid.column(place) for place in places] == list(range(len(text) + 1))


def test_a_column_beyond_the_end_is_the_end(look: Look) -> None:
    laid = LaidLine("ab", look.code, look)
    assert laid.x(99) == pytest.approx(laid.width)
    assert laid.column(10_000) == 2
    assert laid.column(-50) == 0


def test_an_empty_line_has_one_place(look: Look) -> None:
    laid = LaidLine("", look.code, look)
    assert (laid.x(0), laid.x(3), laid.column(50), laid.width) == (0, 0, 0, 0)


def test_what_cannot_be_seen_is_made_visible() -> None:
    assert shown_text("a\u202eb\u2066c\u2028d\x00e\x1bf") == "a␦b␦c⏎d␀e␛f"
    assert shown_text("a\tb") == "a\tb"
    assert len(shown_text("a\u202eb")) == 3


def test_an_endless_line_is_cut_with_a_count() -> None:
    shown = shown_text("x" * (MAX_PAINTED + 12_345))
    assert len(shown) < MAX_PAINTED + 50
    assert "12,345 more characters" in shown


def test_bold_underlined_and_filled_text_is_painted_so(look: Look) -> None:
    plain, bold = (
        painted(look, Token(0, 4, TokenKind.RED, emphasis)) for emphasis in (Emphasis.NONE, Emphasis.BOLD)
    )
    lined = painted(look, Token(0, 4, None, Emphasis.UNDERLINE))
    filled = painted(look, Token(0, 4, TokenKind.RED, Emphasis.FILLED))
    ground, red = look.color("background").rgb(), look.color("ansi_red").rgb()
    assert ink(bold, ground) > ink(plain, ground)
    row = max(
        range(lined.height()), key=lambda y: sum(lined.pixel(x, y) != ground for x in range(lined.width()))
    )
    assert sum(lined.pixel(x, row) != ground for x in range(lined.width())) > 3 * look.digit
    assert sum(filled.pixel(x, y) == red for x in range(filled.width()) for y in range(filled.height())) > (
        filled.width() * filled.height() / 3
    )


def painted(look: Look, token: Token) -> QImage:
    laid = LaidLine("Name", look.code, look, [token])
    image = QImage(int(laid.width) + 1, look.metrics.line, QImage.Format.Format_RGB32)
    image.fill(look.color("background"))
    painter = QPainter(image)
    laid.draw(painter, 0, look.rise)
    painter.end()
    return image


def ink(image: QImage, ground: int) -> int:
    return sum(
        255 - QColor(image.pixel(x, y)).green() for x in range(image.width()) for y in range(image.height())
    )
