"""One line of text, laid out: where its characters stand and how they are coloured.

Imports Qt and the look. Columns are code points, as everywhere in nbreview; Qt counts UTF-16 units, and
this is the one place that knows.
"""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextLine

from nbreview.gui.diff.look import Look
from nbreview.gui.language import tr
from nbreview.presentation.highlight import Token

MAX_PAINTED = 4_000
"""Characters of one line that are laid out: nobody reads further, and a minified megabyte must not stall a
frame.
"""

_VISIBLE = {code: 0x2400 + code for code in range(32) if code != 9}
_VISIBLE |= {0x7F: 0x2421, 0x2028: 0x23CE, 0x2029: 0x23CE}
# Direction controls reorder what is read (CVE-2021-42574): a reviewer must see them, not their effect.
_VISIBLE |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0x2426)


def shown_text(text: str) -> str:
    """The text as it is painted: control characters made visible, one for one, and cut at `MAX_PAINTED`."""
    if len(text) > MAX_PAINTED:
        more = tr("{count} more characters").format(count=f"{len(text) - MAX_PAINTED:,}")
        text = f"{text[:MAX_PAINTED]} … {more}"
    return text if text.isascii() and text.isprintable() else text.translate(_VISIBLE)


class LaidLine:
    """A line laid out without wrapping. `width` is in device-independent pixels."""

    __slots__ = ("_layout", "_line", "_units", "width")

    def __init__(self, text: str, font: QFont, look: Look, tokens: Iterable[Token] = ()) -> None:
        text = shown_text(text)
        # Offsets of code points in UTF-16 units; None while both count alike.
        self._units: list[int] | None = None
        if not text.isascii() and max(text) > "\uffff":
            units = [0]
            for character in text:
                units.append(units[-1] + (2 if character > "\uffff" else 1))
            self._units = units
        layout = QTextLayout(text, font)
        layout.setTextOption(look.line_option)
        layout.setCacheEnabled(True)
        formats = []
        for token in tokens:
            span = QTextLayout.FormatRange()
            span.start = self._unit(token.start)
            span.length = self._unit(token.end) - span.start
            span.format = look.token_format(token)
            formats.append(span)
        if formats:
            layout.setFormats(formats)
        layout.beginLayout()
        self._line: QTextLine = layout.createLine()
        if self._line.isValid():
            self._line.setLineWidth(1e6)
        layout.endLayout()
        self._layout = layout
        self.width = self._line.naturalTextWidth() if self._line.isValid() else 0.0

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Paint with the top left corner at (x, y), in the painter's pen where no token says otherwise."""
        self._layout.draw(painter, QPointF(x, y))

    def x(self, column: int) -> float:
        """Where a column starts, from the line's left."""
        if not self._line.isValid():
            return 0.0
        found: Any = self._line.cursorToX(self._unit(column))  # declared as object; it is a pair
        return float(found[0])

    def column(self, x: float) -> int:
        """The column boundary nearest to x."""
        if not self._line.isValid():
            return 0
        unit = self._line.xToCursor(x)
        if self._units is None:
            return int(unit)
        return next((place for place, start in enumerate(self._units) if start >= unit), len(self._units) - 1)

    def _unit(self, column: int) -> int:
        if self._units is None:
            return min(column, 2**31 - 1)
        return self._units[min(column, len(self._units) - 1)]
