"""How nbreview looks: colour tokens, sizes and fonts, and the one place where they are put on an application.

Painters take a `Theme` and ask it for colours by name; nothing else in `gui/` writes a colour down. Imports
PySide6, the kinds of change and the bottom floor only. tests/gui/test_theme.py proves the contrast of every
text on every background that it may stand on.
"""

from dataclasses import asdict, dataclass, fields
from functools import cache, lru_cache
from string import Template

import orjson
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from nbreview import paths
from nbreview.diff.model import ChangeKind
from nbreview.errors import UserError

THEMES = ("light", "dark")

CODE_FAMILIES = (
    "JetBrains Mono",
    "Cascadia Code",
    "SF Mono",
    "Menlo",
    "Consolas",
    "DejaVu Sans Mono",
    "Liberation Mono",
)
"""Typefaces for code, the first one installed is used; the system's fixed font where none is."""


Role = QPalette.ColorRole

PALETTE = {
    Role.Window: "surface",
    Role.WindowText: "text",
    Role.Base: "background",
    Role.AlternateBase: "surface",
    Role.Text: "text",
    Role.Button: "raised",
    Role.ButtonText: "text",
    Role.BrightText: "error",
    Role.Highlight: "selection",
    Role.HighlightedText: "selection_text",
    Role.ToolTipBase: "raised",
    Role.ToolTipText: "text",
    Role.PlaceholderText: "muted",
    Role.Link: "link",
    Role.LinkVisited: "link",
    Role.Light: "raised",
    Role.Midlight: "header",
    Role.Mid: "border",
    Role.Dark: "control",
    Role.Shadow: "border",
    Role.Accent: "accent",
}
"""Which token fills which role of Qt's palette."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: colours as `#rrggbb`, sizes of text in points, `spacing` and `radius` in independent pixels.

    Backgrounds: `background` of what is read, `surface` of panels, `raised` of cards and inputs, `header` of
    strips. A control's outline is `control` (3:1 against its surroundings), a mere divider `border`. `*_bg`
    fills a line, `*_word` the words that changed inside it, `*_sign` colours signs and words about a
    change.
    """

    name: str
    dark: bool
    background: str
    surface: str
    raised: str
    header: str
    hover: str
    border: str
    control: str
    text: str
    muted: str
    accent: str
    accent_text: str
    accent_bg: str
    selection: str
    selection_text: str
    focus: str
    link: str
    error: str
    error_bg: str
    warning: str
    warning_bg: str
    added_bg: str
    added_word: str
    added_sign: str
    removed_bg: str
    removed_word: str
    removed_sign: str
    modified_bg: str
    modified_sign: str
    moved_bg: str
    moved_sign: str
    missing_bg: str
    hatch: str
    find_bg: str
    find_current: str
    text_selection: str
    syntax_keyword: str
    syntax_string: str
    syntax_number: str
    syntax_comment: str
    syntax_function: str
    syntax_class: str
    syntax_builtin: str
    syntax_decorator: str
    syntax_operator: str
    syntax_magic: str
    syntax_heading: str
    ansi_red: str
    ansi_green: str
    ansi_yellow: str
    ansi_blue: str
    ansi_magenta: str
    ansi_cyan: str
    caption: float = 9.0
    body: float = 10.0
    code: float = 11.0
    title: float = 13.0
    prose_family: str = ""
    code_family: str = ""
    spacing: int = 8
    radius: int = 4

    def color(self, token: str) -> QColor:
        """The colour of a token (`"added_bg"`); AttributeError for a name that is none."""
        return QColor(_color(getattr(self, token)))  # a copy: whoever asked may change its alpha

    def sign_color(self, kind: ChangeKind) -> QColor:
        """The colour of a change's sign; unchanged is muted."""
        return self.color("muted" if kind is ChangeKind.UNCHANGED else f"{kind}_sign")

    def fill_color(self, kind: ChangeKind) -> QColor:
        """The tint of a change's background; unchanged has that of the canvas."""
        return self.color("background" if kind is ChangeKind.UNCHANGED else f"{kind}_bg")


@lru_cache(maxsize=256)
def _color(value: str) -> QColor:
    return QColor(value)


_WORDS = ("name", "prose_family", "code_family")
COLOR_TOKENS = tuple(item.name for item in fields(Theme) if item.type is str and item.name not in _WORDS)


def load_theme(
    name: str,
    palette: str = "blue-orange",
    *,
    contrast: bool = False,
    code_size: float | None = None,
    text_scale: float = 1.0,
    families: tuple[str, str] = ("", ""),
) -> Theme:
    """Read a theme from `resources/themes`.

    Parameters
    ----------
    name:
        "light" or "dark" ("system" is resolved by `system_theme_name`).
    palette:
        Colours of a change: "blue-orange", or another one that the theme's file names ("green-red").
    contrast:
        Text at 7:1 and firm outlines.
    code_size:
        Size of code in points; the theme's own where None.
    text_scale:
        Factor on every size of text: 2.0 for text at 200 %.
    families:
        Typefaces of prose and of code; "" leaves the choice to the system.

    Raises
    ------
    UserError
        The theme's file is missing or lacks a colour.
    """
    path = paths.resource("themes", f"{name}-contrast.json" if contrast else f"{name}.json")
    try:
        values = orjson.loads(path.read_bytes())
        colors = {**values["colors"], **values["palettes"].get(palette, {})}
        return Theme(
            name=name,
            **{"dark": values["dark"], **colors},
            caption=9.0 * text_scale,
            body=10.0 * text_scale,
            code=(code_size or 11.0) * text_scale,
            title=13.0 * text_scale,
            prose_family=families[0],
            code_family=families[1],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"The theme {path} cannot be used ({error}); install nbreview again to restore it."
        ) from error


def system_theme_name() -> str:
    """ "dark" or "light", as the desktop asks for; light where it does not say."""
    hints = QGuiApplication.styleHints()
    return "dark" if hints is not None and hints.colorScheme() is Qt.ColorScheme.Dark else "light"


def system_contrast() -> bool:
    """Whether the desktop asks for high contrast; not known before Qt 6.10."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is None:
        return False
    return bool(accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast)


@cache
def _installed(family: str) -> bool:
    """Whether there is a typeface of this name: asked for each of many widgets, and slow to answer."""
    return QFontDatabase.hasFamily(family)


def code_font(theme: Theme, size: float | None = None) -> QFont:
    """The typeface of code, in points (`theme.code` where `size` is None)."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font = QFont(fixed)
    wanted = (theme.code_family, *CODE_FAMILIES)
    installed = [family for family in wanted if family and _installed(family)]
    font.setFamilies([*installed, fixed.family()])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    font.setPointSizeF(size or theme.code)
    return font


def prose_font(theme: Theme, size: float | None = None, *, bold: bool = False) -> QFont:
    """The typeface of everything but code, in points (`theme.body` where `size` is None)."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if theme.prose_family:
        font.setFamilies([theme.prose_family, font.family()])
    font.setPointSizeF(size or theme.body)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def palette_of(theme: Theme) -> QPalette:
    """The theme as Qt's palette, for what the style sheet leaves to the style."""
    palette = QPalette()
    for role, token in PALETTE.items():
        palette.setColor(role, theme.color(token))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("control"))
    return palette


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Put a theme on the whole application: Fusion style, palette, font of prose and the style sheet.

    Every widget is polished anew, which takes half a second; each window asks for it, the first one gets it.
    """
    sheet, palette, font = style_sheet(theme), palette_of(theme), prose_font(theme)
    if not app.styleSheet():  # with one, Qt does not tell the name of the style
        app.setStyle("Fusion")
    elif (app.styleSheet(), app.palette(), app.font()) == (sheet, palette, font):
        return
    app.setPalette(palette)
    app.setStyleSheet(sheet)
    app.setFont(font)


def style_sheet(theme: Theme) -> str:
    """`resources/themes/style.qss` with the theme's tokens filled in."""
    path = paths.resource("themes", "style.qss")
    try:
        template = Template(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(
            f"The style {path} cannot be read ({error}); install nbreview again to restore it."
        ) from error
    unit = theme.spacing
    return template.substitute(
        asdict(theme),
        half=unit // 2,
        unit=unit,
        wide=unit + unit // 2,
        double=2 * unit,
        box=round(theme.body * 1.4),
        # Qt reads a path of a style sheet with forward slashes on every system.
        check=paths.resource("icons", f"check-{'dark' if theme.dark else 'light'}.svg").as_posix(),
    )
