"""The small signs of comments: beside lines, in cell headers, in lists; and what a canvas is told of them.

Imports Qt's painting alone. Drawn, as not every typeface has such a sign: filled where something is open, an
outline where all is resolved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


@dataclass(frozen=True, slots=True)
class CellComments:
    """The threads of one cell: how many are open and how many resolved. `lines` are those with a thread, as
    (head, line), and whether one of it is open.
    """

    open: int = 0
    resolved: int = 0
    lines: Mapping[tuple[bool, int], bool] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """All threads."""
        return self.open + self.resolved


def paint_bubble(painter: QPainter, area: QRectF, color: QColor, *, filled: bool) -> None:
    """A speech bubble that fills `area`."""
    tail = area.height() * 0.26
    body = QRectF(area.left(), area.top(), area.width(), area.height() - tail)
    path = QPainterPath()
    path.addRoundedRect(body, body.height() * 0.28, body.height() * 0.28)
    left = body.left() + body.width() * 0.22
    point = QPainterPath(QPointF(left, body.bottom() - 1))
    point.lineTo(left, area.bottom())
    point.lineTo(left + tail * 1.4, body.bottom() - 1)
    point.closeSubpath()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.2))
    painter.setBrush(color if filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(path.united(point))
    painter.restore()
