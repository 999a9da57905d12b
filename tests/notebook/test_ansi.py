"""Terminal text is understood as a terminal would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.notebook.ansi import PLAIN, Run, Style, runs, settle, strip


def test_escape_sequences_are_taken_out() -> None:
    assert strip("\x1b[0;31mError\x1b[0m: \x1b[1;4mx\x1b[K") == "Error: x"
    assert strip("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x07") == "link"
    assert strip("cut off \x1b[31") == "cut off "


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("10%\r50%\r100%", "100%"),
        ("long text\rab", "abng text"),
        ("line\r\nnext", "line\nnext"),
        ("abc\b\bX", "aXc"),
        ("\b\bx", "x"),
        ("plain", "plain"),
        ("a long line\r\x1b[Kend", "end"),
        ("old\x1b[2K\rnew", "new"),
        ("abc\x1b[2Dx\x1b[1K", "  c"),
        ("outer 1\ninner 1\x1b[A\router 2\n\rinner 2", "outer 2\ninner 2"),
        ("one\ntwo\nthree\x1b[2A\r\x1b[Jend", "end"),
        ("a\x1b[31m\x1b[3Cb\x1b[1Gc\r\nd\b", "c   b\nd"),
        ("a\nb\n\x1b[2Ac\x1b[Bd\x1b[Ee\x1b[Ff", "c\nfd\ne"),
    ],
)
def test_text_is_left_as_a_terminal_leaves_it(printed: str, left: str) -> None:
    assert settle(printed) == left


def test_runs_carry_their_colours() -> None:
    found = runs("a\x1b[1;31mb\x1b[38;5;208mc\x1b[48;2;1;2;255md\x1b[0me")
    assert found == (
        Run("a", PLAIN),
        Run("b", Style(foreground=1, bold=True)),
        Run("c", Style(foreground=208, bold=True)),
        Run("d", Style(foreground=208, background="#0102ff", bold=True)),
        Run("e", PLAIN),
    )


def test_colours_are_switched_off_one_by_one() -> None:
    found = runs("\x1b[92;103;3;4ma\x1b[39;49;23;24mb")
    assert found == (Run("a", Style(10, 11, italic=True, underline=True)), Run("b", PLAIN))


@given(st.text(alphabet="ab\x1b[];m0123458\r\b\n\x07", max_size=60))
def test_anything_is_understood_and_no_escape_is_left(text: str) -> None:
    assert "".join(run.text for run in runs(text)) == strip(text)
    assert "\x1b" not in settle(text)
