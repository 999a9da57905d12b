"""What painters need to draw: fonts, their sizes and colours, worked out once for a theme.

Imports the theme and `presentation`. Every size comes from font metrics or the 8-pixel grid.
"""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPen, QTextCharFormat, QTextOption

from nbreview.diff.model import ChangeKind, EditKind
from nbreview.gui.diff.words import Words
from nbreview.gui.theme import Theme, code_font, prose_font
from nbreview.presentation.geometry import Columns, Metrics, columns
from nbreview.presentation.highlight import Emphasis, Token, TokenKind

LINE_SPACING = 1.3
"""Height of a line of code as a multiple of its font's height: dense, and lines stay apart."""

TAB_COLUMNS = 4

PICTURE_HEIGHT = 240
"""Place kept for a picture whose size its head does not tell, in device-independent pixels."""


class Look:
    """Fonts, metrics and colours of one theme, as the painters of the canvas use them."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.code = code_font(theme)
        self.code_small = code_font(theme, theme.caption)
        self.prose = prose_font(theme)
        self.strong = prose_font(theme, bold=True)
        self.caption = prose_font(theme, theme.caption)
        self.code_metrics = QFontMetricsF(self.code)
        self.prose_metrics = QFontMetricsF(self.prose)
        self.caption_metrics = QFontMetricsF(self.caption)
        self.unit = theme.spacing
        self.half = theme.spacing // 2
        self.digit = self.code_metrics.horizontalAdvance("0")
        line = ceil(self.code_metrics.height() * LINE_SPACING)
        prose_line = ceil(self.prose_metrics.height() * 1.4)
        self.metrics = Metrics(
            line=line,
            prose_line=prose_line,
            header=ceil(self.prose_metrics.height()) + 2 * (self.half + 1),
            fold=ceil(self.caption_metrics.height()) + 2 * self.half,
            gap=2 * self.unit,
            pad=self.half,
            digit=self.digit,
            picture=PICTURE_HEIGHT,
        )
        # Where the text of a line starts below the line's top.
        self.rise = (line - self.code_metrics.height()) / 2
        self.token_formats = {kind: _foreground(theme.color(kind)) for kind in TokenKind}
        self._emphasised: dict[tuple[TokenKind | None, Emphasis], QTextCharFormat] = {}
        self.line_option = QTextOption()
        self.line_option.setWrapMode(QTextOption.WrapMode.NoWrap)
        self.line_option.setTabStopDistance(TAB_COLUMNS * self.digit)
        self.words = Words(
            {
                "code": self.code,
                "code_small": self.code_small,
                "prose": self.prose,
                "link": _underlined(self.prose),
                "strong": self.strong,
                "caption": self.caption,
                "caption_link": _underlined(self.caption),
            }
        )
        self._colors: dict[str, QColor] = {}
        self.hatch = QBrush(theme.color("hatch"), Qt.BrushStyle.BDiagPattern)
        self.hairline = QPen(theme.color("border"), 1)

    def columns(self, width: int, *, one_column: bool, digits: int) -> Columns:
        """Divide a canvas of this width."""
        return columns(
            width, self.metrics, one_column=one_column, digits=digits, bar=self.half, between=3 * self.unit
        )

    def color(self, token: str) -> QColor:
        """A colour of the theme, always the same object: copy it before changing it."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = self.theme.color(token)
        return found

    def token_format(self, token: Token) -> QTextCharFormat:
        """How the characters of a token are painted."""
        if token.kind is not None and not token.emphasis:
            return self.token_formats[token.kind]
        wanted = token.kind, token.emphasis
        found = self._emphasised.get(wanted)
        if found is None:
            found = self._emphasised[wanted] = self._emphasise(*wanted)
        return found

    def _emphasise(self, kind: TokenKind | None, emphasis: Emphasis) -> QTextCharFormat:
        color = self.theme.color(kind or "text")
        style = _foreground(color)
        if Emphasis.FILLED in emphasis:
            style = _foreground(self.theme.color("background"))
            style.setBackground(QBrush(color))
        if Emphasis.BOLD in emphasis:
            style.setFontWeight(QFont.Weight.Bold)
        style.setFontItalic(Emphasis.ITALIC in emphasis)
        style.setFontUnderline(Emphasis.UNDERLINE in emphasis)
        return style

    def sign_color(self, kind: ChangeKind) -> QColor:
        """The colour of a change's sign; unchanged is muted."""
        return self.color("muted" if kind is ChangeKind.UNCHANGED else f"{kind}_sign")

    def line_fill(self, kind: EditKind, *, head: bool, moved: bool) -> QColor | None:
        """The tint behind one line on one side; None leaves the canvas as it is."""
        if kind is EditKind.REPLACE:
            return self.color("modified_bg")
        if kind is EditKind.INSERT and head:
            return self.color("added_bg")
        if kind is EditKind.DELETE and not head:
            return self.color("removed_bg")
        return self.color("moved_bg") if moved else None

    def line_sign(self, kind: EditKind, *, head: bool) -> tuple[str, QColor] | None:
        """The sign that stands before one line on one side, and its colour."""
        if kind is EditKind.EQUAL:
            return None
        if kind is EditKind.REPLACE:
            return ("+", self.color("added_sign")) if head else ("−", self.color("removed_sign"))
        if kind is EditKind.INSERT:
            return ("+", self.color("added_sign")) if head else None
        return None if head else ("−", self.color("removed_sign"))

    def word_fill(self, *, head: bool) -> QColor:
        """What marks the words that changed inside a line."""
        return self.color("added_word" if head else "removed_word")

    def block_fill(self, kind: ChangeKind, *, head: bool) -> QColor | None:
        """The tint behind prose, tables and pictures on one side."""
        if kind is ChangeKind.ADDED:
            return self.color("added_bg") if head else None
        if kind is ChangeKind.REMOVED:
            return None if head else self.color("removed_bg")
        if kind is ChangeKind.MODIFIED:
            return self.color("modified_bg")
        return self.color("moved_bg") if kind is ChangeKind.MOVED else None


def _foreground(color: QColor) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(QBrush(color))
    return style


def _underlined(font: QFont) -> QFont:
    underlined = QFont(font)
    underlined.setUnderline(True)
    return underlined
