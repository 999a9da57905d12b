"""The small bar under a picture or a table: buttons, and words about what differs. It is laid out in a flow,
so that a narrow column and large text still hold it.

Imports the look. Areas are relative to the top of the piece that owns the bar.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nbreview.gui.diff.frame import CENTER, LEFT, draw_text
from nbreview.gui.diff.look import Look

OPEN = "open"
"""The part that opens the output's own window."""


class Button(NamedTuple):
    """One button: the part that it stands for, its text and its place."""

    part: str
    text: str
    area: QRectF


class OutputBar:
    """Buttons and words below `top`, between `left` and `left + room`."""

    def __init__(
        self,
        parts: Sequence[tuple[str, str]],
        words: str,
        left: float,
        top: float,
        room: float,
        look: Look,
    ) -> None:
        self._look = look
        self._left, self._room = left, room
        tall, gap = float(look.metrics.fold), float(look.half)
        x, y = left, top
        self.buttons: list[Button] = []
        for part, text in parts:
            width = look.caption_metrics.horizontalAdvance(text) + 2 * look.unit
            if x > left and x + width > left + room:
                x, y = left, y + tall + gap
            self.buttons.append(Button(part, text, QRectF(x, y, min(width, room), tall)))
            x += width + gap
        width = look.caption_metrics.horizontalAdvance(words)
        if words and x > left and x + width > left + room:
            x, y = left, y + tall
        self._words_at = x + (gap if x > left else 0), y
        self.top, self.bottom = top, y + tall

    def part_at(self, x: float, y: float) -> str:
        """The part under a point, "" for none."""
        return next((button.part for button in self.buttons if button.area.contains(x, y)), "")

    def paint(self, painter: QPainter, top: float, words: str, chosen: str, hovered: str) -> None:
        """Paint the bar of a piece whose upper edge is at `top`."""
        look = self._look
        painter.setFont(look.caption)
        for button in self.buttons:
            area = button.area.translated(0, top).adjusted(0.5, 1.5, -0.5, -1.5)
            fill = "accent_bg" if button.part == chosen else "hover" if button.part == hovered else "raised"
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.color("accent" if button.part == chosen else "control"), 1))
            painter.setBrush(look.color(fill))
            painter.drawRoundedRect(area, look.theme.radius, look.theme.radius)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            draw_text(painter, area, button.text, look.color("text"), CENTER)
        x, y = self._words_at
        room = self._left + self._room - x
        text = look.caption_metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        draw_text(painter, QRectF(x, top + y, room, look.metrics.fold), text, look.color("muted"), LEFT)
