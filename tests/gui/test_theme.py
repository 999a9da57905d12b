"""The themes are complete, readable and put on the whole application."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtGui import QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from nbreview.diff.model import ChangeKind
from nbreview.errors import UserError
from nbreview.gui.theme import (
    COLOR_TOKENS,
    THEMES,
    Theme,
    apply_theme,
    code_font,
    load_theme,
    palette_of,
    prose_font,
    system_theme_name,
)

LINE_BACKGROUNDS = ("background", "added_bg", "removed_bg", "modified_bg", "moved_bg")
CODE_BACKGROUNDS = (
    *LINE_BACKGROUNDS,
    "added_word",
    "removed_word",
    "find_bg",
    "find_current",
    "text_selection",
)
PANEL_BACKGROUNDS = (*LINE_BACKGROUNDS, "surface", "raised", "header", "hover", "accent_bg", "selection")
CODE_TEXTS = ("text", *(token for token in COLOR_TOKENS if token.startswith(("syntax_", "ansi_"))))
PANEL_TEXTS = (
    "text", "muted", "link", "error", "warning", "added_sign", "removed_sign", "modified_sign", "moved_sign"
)  # fmt: skip
PAIRS = (
    *product(CODE_TEXTS, CODE_BACKGROUNDS),
    *product(PANEL_TEXTS, PANEL_BACKGROUNDS),
    ("accent_text", "accent"),
    ("accent", "surface"),
    ("accent", "accent_bg"),
    ("selection_text", "selection"),
    ("error", "error_bg"),
    ("text", "error_bg"),
    ("warning", "warning_bg"),
    ("text", "warning_bg"),
    ("muted", "missing_bg"),
)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(
    params=[(name, palette) for name in THEMES for palette in ("blue-orange", "green-red")], ids="-".join
)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(*request.param)


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_text_is_readable_on_every_background_it_stands_on(theme: Theme) -> None:
    weak = {
        (text, background): round(ratio, 2)
        for text, background in PAIRS
        if (ratio := contrast(getattr(theme, text), getattr(theme, background))) < 4.5
    }
    assert weak == {}


def test_outlines_of_controls_and_focus_stand_out(theme: Theme) -> None:
    for outline, background in product(("control", "focus"), ("background", "surface", "raised")):
        assert contrast(getattr(theme, outline), getattr(theme, background)) >= 3


def test_each_change_has_its_own_colour(theme: Theme) -> None:
    kinds = [kind for kind in ChangeKind if kind is not ChangeKind.UNCHANGED]
    assert len({theme.sign_color(kind).name() for kind in kinds}) == len(kinds)
    assert len({theme.fill_color(kind).name() for kind in kinds}) == len(kinds)


def test_text_at_200_percent_doubles_every_size() -> None:
    normal, large = load_theme("light"), load_theme("light", text_scale=2.0)
    assert (large.caption, large.body, large.code, large.title) == (
        2 * normal.caption, 2 * normal.body, 2 * normal.code, 2 * normal.title
    )  # fmt: skip


def test_an_unknown_theme_is_a_sentence() -> None:
    with pytest.raises(UserError, match="install nbreview again"):
        load_theme("sepia")


def test_the_system_theme_is_one_that_exists(qapp: object) -> None:
    assert system_theme_name() in THEMES


def test_fonts_have_the_sizes_of_the_theme(qapp: object) -> None:
    theme = load_theme("light", code_size=14)
    assert code_font(theme).pointSizeF() == 14
    assert code_font(theme, 9).pointSizeF() == 9
    assert prose_font(theme).pointSizeF() == theme.body
    metrics = QFontMetricsF(code_font(theme))
    assert metrics.horizontalAdvance("iiii") == pytest.approx(metrics.horizontalAdvance("MMMM"))


@pytest.fixture
def bare_application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, given back with the look that it had."""
    palette, font, sheet = qapp.palette(), qapp.font(), qapp.styleSheet()
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_is_put_on_the_whole_application(bare_application: QApplication, name: str) -> None:
    theme = load_theme(name)
    apply_theme(bare_application, theme)
    assert theme.accent in bare_application.styleSheet()
    assert bare_application.palette().color(QPalette.ColorRole.Window).name() == theme.surface
    assert bare_application.font().pointSizeF() == theme.body
    assert palette_of(theme).color(QPalette.ColorRole.Text).name() == theme.text


@pytest.mark.parametrize("palette", ["blue-orange", "green-red"])
@pytest.mark.parametrize("name", THEMES)
def test_high_contrast_means_seven_to_one(name: str, palette: str) -> None:
    theme = load_theme(name, palette, contrast=True)
    weak = {
        (text, background): round(ratio, 2)
        for text, background in PAIRS
        if (ratio := contrast(getattr(theme, text), getattr(theme, background))) < 7
    }
    assert weak == {}
    for outline, background in product(("control", "focus"), ("background", "surface", "raised")):
        assert contrast(getattr(theme, outline), getattr(theme, background)) >= 4.5
