"""Short texts of the canvas, shaped once: line numbers, signs, the words of headers and folds.

A frame writes the same few hundred words over and over, and shaping a word takes longer than painting it.
What is kept is bounded by a number of words. Imports Qt alone.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText, QTransform

KEPT_WORDS = 4_000
"""Texts kept: those of some hundred screens, in a few megabytes."""


class Word(NamedTuple):
    """One shaped text in one font, and its width in device-independent pixels."""

    text: QStaticText
    width: float


class Words:
    """Shaped texts by font and text; fonts go by names.

    Parameters
    ----------
    fonts:
        Each font by its name.
    """

    def __init__(self, fonts: Mapping[str, QFont]) -> None:
        self._fonts = dict(fonts)
        self._metrics = {name: QFontMetricsF(font) for name, font in fonts.items()}
        self._heights = {name: metrics.height() for name, metrics in self._metrics.items()}
        self._held: OrderedDict[tuple[str, str], Word] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def word(self, font: str, text: str) -> Word:
        """A text in a font, shaped now if it is not known."""
        key = font, text
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
            return found
        shaped = QStaticText(text)
        shaped.setTextFormat(Qt.TextFormat.PlainText)
        shaped.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        shaped.prepare(QTransform(), self._fonts[font])
        self._held[key] = made = Word(shaped, self._metrics[font].horizontalAdvance(text))
        if len(self._held) > KEPT_WORDS:
            self._held.popitem(last=False)
        return made

    def width(self, font: str, text: str) -> float:
        """How wide a text is."""
        return self.word(font, text).width

    def elided(self, font: str, text: str, room: float) -> str:
        """A text cut to a width, with dots where something is left out."""
        if self.word(font, text).width <= room:
            return text
        return self._metrics[font].elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0.0))

    def draw(
        self,
        painter: QPainter,
        font: str,
        x: float,
        top: float,
        height: float,
        text: str,
        color: QColor,
        room: float | None = None,
    ) -> float:
        """Paint a text from `x` on, centred in a strip of this height and cut to `room` where one is given;
        returns its width.
        """
        word = self.word(font, text)
        if room is not None and word.width > room:
            word = self.word(font, self.elided(font, text, room))
        painter.setFont(self._fonts[font])
        painter.setPen(color)
        painter.drawStaticText(QPointF(x, top + (height - self._heights[font]) / 2), word.text)
        return word.width

    def draw_ending(
        self,
        painter: QPainter,
        font: str,
        height: float,
        places: Iterable[tuple[float, float, str]],
        color: QColor,
    ) -> None:
        """Paint texts of one font and colour: each one's right end, the top of its strip, and the text."""
        painter.setFont(self._fonts[font])
        painter.setPen(color)
        sink = (height - self._heights[font]) / 2
        for right, top, text in places:
            word = self.word(font, text)
            painter.drawStaticText(QPointF(right - word.width, top + sink), word.text)
