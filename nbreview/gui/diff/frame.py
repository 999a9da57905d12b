"""What one painting of the canvas knows, and what a piece of it can do.

A *piece* is a block that has come into view: it knows its exact height and paints itself; pieces hold no
state of the view. Imports the look and the floors below `gui`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.gui.diff.comment_marks import CellComments
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.search import Finds, Match
from nbreview.gui.diff.selection import Selection
from nbreview.presentation.geometry import Column, Columns
from nbreview.presentation.rows import Block, FoldKey, ViewOptions, output_sides
from nbreview.review.model import Finding

_LINE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
# Numbers and no flags: joining two flags of Qt takes longer than painting the text.
LEFT = Qt.AlignmentFlag.AlignLeft.value | _LINE
CENTER = Qt.AlignmentFlag.AlignHCenter.value | _LINE
RIGHT = Qt.AlignmentFlag.AlignRight.value | _LINE


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text: row of a block and column (code points) on one side."""

    row: int
    column: int
    head: bool


@dataclass(slots=True)
class Frame:
    """Everything that one painting needs. `top` and `bottom` bound the part to paint, in the canvas's own
    pixels. `fold` is the fold at hand for the keyboard; `hidden` counts flagged cells and finds in a range of
    changes.
    """

    look: Look
    columns: Columns
    diff: NotebookDiff
    options: ViewOptions
    scroll_x: int = 0
    scroll_y: int = 0
    top: int = 0
    bottom: int = 0
    current: int = -1
    hovered: FoldKey | None = None
    hovered_link: int = -1
    findings: Mapping[int, Sequence[Finding]] | None = None
    selection: Selection | None = None
    needle: str = ""
    match: Match | None = None
    finds: Mapping[tuple[int, int], Finds] = field(default_factory=dict)
    fold: FoldKey | None = None
    hidden: Callable[[int, int], tuple[int, int]] | None = None
    comments: Mapping[int, CellComments] = field(default_factory=dict)

    def findings_of(self, change: int) -> Sequence[Finding]:
        """The findings of a change's head cell."""
        head_index = self.diff.cells[change].head_index
        return self.findings.get(head_index, ()) if self.findings and head_index is not None else ()


class Piece(Protocol):
    """A block that has come into view."""

    height: int
    width: float  # of its text, for the horizontal scroll bar; 0 where it fits by itself

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint with the upper edge at `top`; what lies outside the frame's bounds may be left out."""

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """The fold at a point inside the piece."""

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """The place in the text nearest to a point inside the piece; None where there is no text."""


def ring(painter: QPainter, area: QRectF, look: Look) -> None:
    """Mark what the keyboard is on."""
    painter.setPen(QPen(look.color("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(1, 1, -1, -1))


def fill_missing(
    painter: QPainter, column: Column, top: float, height: float, look: Look, origin: float | None = None
) -> None:
    """Paint the side where nothing stands: a quiet hatch, whose lines begin at `origin` (else at the top)."""
    area = QRectF(column.left, top, column.width, height)
    painter.fillRect(area, look.color("missing_bg"))
    painter.setBrushOrigin(0, round(top if origin is None else origin))
    painter.fillRect(area, look.hatch)


def fill_sides(
    painter: QPainter, top: int, height: int, kind: ChangeKind, frame: Frame, block: Block
) -> None:
    """Tint both sides of a block without lines, and hatch the side that lacks it."""
    look, columns = frame.look, frame.columns
    if columns.one_column:
        fill = look.block_fill(kind, head=kind is not ChangeKind.REMOVED)
        if fill is not None:
            painter.fillRect(QRectF(columns.head.left, top, columns.head.width, height), fill)
        return
    for column, head, absent in (
        (columns.base, False, ChangeKind.ADDED),
        (columns.head, True, ChangeKind.REMOVED),
    ):
        if kind is absent:
            fill_missing(painter, column, top, height, look)
            continue
        fill = look.block_fill(kind, head=head)
        if fill is not None:
            painter.fillRect(QRectF(column.left, top, column.width, height), fill)


def fill_between(painter: QPainter, top: float, height: float, kind: ChangeKind, frame: Frame) -> None:
    """Tint the room between the sides as well, where something lies across both."""
    columns, fill = frame.columns, frame.look.block_fill(kind, head=True)
    if fill is not None and not columns.one_column and kind is ChangeKind.MODIFIED:
        between = columns.head.left - columns.base.right
        painter.fillRect(QRectF(columns.base.right, top, between, height), fill)


def label_output(
    painter: QPainter, top: int, frame: Frame, block: Block, column: Column, *, head: bool
) -> None:
    """Say in the gutter that this is an output, and of which stream."""
    look = frame.look
    change = frame.diff.cells[block.change]
    side = output_sides(frame.diff, change, change.outputs[block.output])[head]
    if side is None:
        return
    painter.setFont(look.caption)
    area = QRectF(column.left + look.half, top, column.text - column.left, look.metrics.line)
    draw_text(painter, area, "err" if side.name == "stderr" else "out", look.color("muted"))


def draw_text(
    painter: QPainter,
    area: QRectF,
    text: str,
    color: QColor,
    align: int = LEFT,
) -> None:
    """Paint one line of text in the painter's font, vertically centred."""
    painter.setPen(color)
    painter.drawText(area, align, text)
