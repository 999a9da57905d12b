"""Styled text that is written at once."""

import io

import pytest
from rich.console import Console

from nbreview.presentation.ink import Ink


def written(ink: Ink, **options: object) -> str:
    out = io.StringIO()
    ink.write(Console(file=out, **options))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.fixture
def ink() -> Ink:
    made = Ink()
    made.append("plain ")
    made.append("loud\n", style="bold red")
    return made


def test_styles_are_dropped_where_there_is_no_terminal(ink: Ink) -> None:
    assert written(ink) == ink.plain + "\n" == "plain loud\n\n"


def test_each_piece_is_switched_on_and_off_before_its_line_ends(ink: Ink) -> None:
    assert written(ink, force_terminal=True, color_system="standard", no_color=False) == (
        "plain \x1b[1;31mloud\x1b[0m\n\n"
    )


def test_without_colour_the_weight_stays(ink: Ink) -> None:
    assert written(ink, force_terminal=True, color_system="standard", no_color=True) == (
        "plain \x1b[1mloud\x1b[0m\n\n"
    )
