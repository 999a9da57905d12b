"""The shapes between the columns that link what stood in base with what stands in head.

A hunk's lines of base at the left and of head at the right are joined by a band with curved edges, as Meld
draws it; where one side has no lines the band comes to a point, the place where they would stand.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath, QPen

from nbreview.diff.model import EditKind
from nbreview.gui.diff.look import Look
from nbreview.presentation.geometry import Columns
from nbreview.presentation.lines import EvenRows, LineRow


class Link(NamedTuple):
    """One hunk, in rows: where it starts, and one past its last line of base and of head."""

    start: int
    base_stop: int
    head_stop: int

    @property
    def stop(self) -> int:
        """One past its last row."""
        return max(self.base_stop, self.head_stop)


def links(rows: Sequence[LineRow]) -> tuple[Link, ...]:
    """The hunks of a block; a cell that is new or gone as a whole has none."""
    return () if isinstance(rows, EvenRows) else tuple(_links(rows))


def _links(rows: Sequence[LineRow]) -> Iterator[Link]:
    start = -1
    base = head = 0
    for place, row in enumerate(rows):
        if row.kind is EditKind.EQUAL:
            if start >= 0:
                yield Link(start, base, head)
            start = -1
            continue
        if start < 0:
            start = base = head = place
        if row.base is not None:
            base = place + 1
        if row.head is not None:
            head = place + 1
    if start >= 0:
        yield Link(start, base, head)


def paint_link(painter: QPainter, link: Link, top: int, columns: Columns, look: Look) -> None:
    """Paint one band. `top` is where the block's first row starts."""
    line = look.metrics.line
    left, right = float(columns.base.right), float(columns.head.left)
    middle = (left + right) / 2
    start = float(top + link.start * line)
    base, head = float(top + link.base_stop * line), float(top + link.head_stop * line)
    band = QPainterPath(QPointF(left, start))
    band.lineTo(right, start)
    band.lineTo(right, head)
    band.cubicTo(QPointF(middle, head), QPointF(middle, base), QPointF(left, base))
    band.closeSubpath()
    edge = QPainterPath(QPointF(left, base))
    edge.cubicTo(QPointF(middle, base), QPointF(middle, head), QPointF(right, head))
    word = "modified"
    if link.base_stop == link.start:
        word = "added"
    elif link.head_stop == link.start:
        word = "removed"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(band, look.color(f"{word}_bg"))
    painter.setPen(QPen(look.color(f"{word}_sign"), 1))
    painter.drawPath(edge)
    painter.drawLine(QPointF(left, start + 0.5), QPointF(right, start + 0.5))
    painter.restore()
