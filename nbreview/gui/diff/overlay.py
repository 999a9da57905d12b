"""What lies over the pieces: the sticky header, the mark of the current cell, the focus, the empty canvas's
sentence.
"""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nbreview.gui.diff.cells import HeaderPiece
from nbreview.gui.diff.frame import Frame
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.page import Page
from nbreview.presentation.rows import BlockKind


def paint_pieces(painter: QPainter, page: Page, frame: Frame) -> None:
    """Paint what is in view, the current cell marked along its left edge."""
    number = page.offsets.at(frame.scroll_y + frame.top)
    top = page.offsets.top(number) - frame.scroll_y
    while number < len(page.blocks) and top < frame.bottom:
        piece = page.piece(number)
        piece.paint(painter, top, frame)
        if frame.current >= 0 and page.cell_of(number) == frame.current:
            gap = frame.look.metrics.gap if page.blocks[number].kind is BlockKind.HEADER else 0
            _paint_bar(painter, top + gap, piece.height - gap, frame.look)
        top += piece.height
        number += 1
    if frame.top <= frame.look.metrics.header + 1:
        _paint_sticky(painter, page, page.offsets.at(frame.scroll_y), frame)


def paint_focus(painter: QPainter, area: QRect, look: Look) -> None:
    """The canvas has the keyboard."""
    painter.setPen(QPen(look.color("focus"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0, 0, -1, -1))


def paint_message(painter: QPainter, area: QRect, text: str, look: Look) -> None:
    """The sentence of an empty canvas, in the middle and of a length that reads well."""
    painter.setFont(look.prose)
    painter.setPen(look.color("muted"))
    margin = max((area.width() - look.prose_metrics.averageCharWidth() * 60) / 2, 2.0 * look.unit)
    flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
    painter.drawText(QRectF(area).adjusted(margin, 0, -margin, 0), flags, text)


def _paint_bar(painter: QPainter, top: int, height: int, look: Look) -> None:
    painter.fillRect(QRectF(0, top, look.half, height), look.color("accent"))


def _paint_sticky(painter: QPainter, page: Page, first: int, frame: Frame) -> None:
    """The header of the cell at the top edge stays while the cell is in view; the next cell pushes it out."""
    cell = page.cell_of(first)
    header = page.header_block(cell)
    metrics = frame.look.metrics
    if header is None or page.offsets.top(header) + metrics.gap >= frame.scroll_y:
        return
    end = first
    while end < len(page.blocks) and page.cell_of(end) == cell:
        end += 1
    piece = page.piece(header)
    if not isinstance(piece, HeaderPiece):
        return
    y = min(0, page.offsets.top(end) - frame.scroll_y - metrics.header)
    piece.paint_strip(painter, y, frame)
    painter.setPen(frame.look.hairline)
    bottom = y + metrics.header
    painter.drawLine(frame.columns.base.left, bottom, frame.columns.width, bottom)
    if cell == frame.current:
        _paint_bar(painter, y, metrics.header, frame.look)
