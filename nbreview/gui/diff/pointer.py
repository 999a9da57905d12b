"""What the mouse does over the canvas: selecting text, opening folds, following links.

Owns the selection and what lies under the pointer; says what a click meant and leaves acting on it to the
canvas.
"""

from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt

from nbreview.gui.diff.cells import GhostPiece, HeaderPiece
from nbreview.gui.diff.embeds import EmbedPiece
from nbreview.gui.diff.frame import Frame
from nbreview.gui.diff.lines import LinesPiece
from nbreview.gui.diff.page import Page
from nbreview.gui.diff.selection import Caret, Selection, line_in
from nbreview.presentation.rows import BlockKind, FoldKey, FoldKind


class Meaning(Enum):
    """What a press on the canvas means."""

    NOTHING = 0
    TOGGLE = 1  # open or close a fold
    GO_TO_CELL = 2  # from the place a cell has left to where it is
    GO_TO_GHOST = 3  # and back
    OPEN = 5  # a page of an output in the browser
    SELECT = 4  # make the cell current; a selection may have begun


class Press(NamedTuple):
    """What was pressed: the change it belongs to, and the fold where it is one."""

    meaning: Meaning
    change: int = -1
    fold: FoldKey | None = None
    output: int = -1


class Hit(NamedTuple):
    """A block and a point inside it."""

    block: int
    x: int
    y: int


class Pointer:
    """The mouse over one page. Points are those of the viewport; `scroll_y` is how far it is scrolled."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.selection: Selection | None = None
        self.hovered: FoldKey | None = None
        self.hovered_link = -1
        self._pressed: Caret | None = None

    def clear(self) -> None:
        """Forget: another diff is shown, or blocks have other numbers now."""
        self.selection = None
        self.hovered = None
        self.hovered_link = -1
        self._pressed = None

    @property
    def dragging(self) -> bool:
        """Whether a selection is being made."""
        return self._pressed is not None

    def hit(self, point: QPoint, scroll_y: int) -> Hit | None:
        """The block under a point."""
        y = point.y() + scroll_y
        if not self._page.blocks or not 0 <= y < self._page.offsets.total:
            return None
        number = self._page.offsets.at(y)
        return Hit(number, point.x(), y - self._page.offsets.top(number))

    def change_at(self, point: QPoint, scroll_y: int) -> int:
        """The change whose cell lies under a point, -1 for none and for a fold of cells."""
        hit = self.hit(point, scroll_y)
        if hit is None:
            return -1
        block = self._page.blocks[hit.block]
        return -1 if block.fold is not None and block.fold.kind is FoldKind.CELLS else block.change

    def meant(self, point: QPoint, scroll_y: int) -> str:
        """What a menu asked for here is about: the "selection", an "output", or "" for the cell."""
        hit = self.hit(point, scroll_y)
        if hit is None:
            return ""
        selection = self.selection
        if selection is not None and not selection.empty:
            block = self._page.blocks[hit.block]
            inside = selection.start.block <= hit.block <= selection.end.block
            if inside and block.kind in (BlockKind.SOURCE, BlockKind.OUTPUT, BlockKind.METADATA):
                return "selection"
        return "output" if self._page.blocks[hit.block].kind is BlockKind.OUTPUT else ""

    def press(self, point: QPoint, frame: Frame, *, extend: bool) -> Press:
        """The left button goes down; `extend` moves the end of the selection there is."""
        hit = self.hit(point, frame.scroll_y)
        if hit is None:
            return Press(Meaning.NOTHING)
        piece, block = self._page.piece(hit.block), self._page.blocks[hit.block]
        fold = piece.fold_at(hit.x, hit.y)
        if fold is not None:
            return Press(Meaning.TOGGLE, block.change, fold)
        if isinstance(piece, GhostPiece):
            return Press(Meaning.GO_TO_CELL, block.change)
        if isinstance(piece, EmbedPiece) and piece.link_at(hit.x, hit.y):
            return Press(Meaning.OPEN, block.change, output=block.output)
        if isinstance(piece, HeaderPiece) and piece.link_at(hit.x, hit.y):
            if piece.target is not None:
                return Press(Meaning.GO_TO_CELL, piece.target)
            return Press(Meaning.GO_TO_GHOST, block.change)
        place = piece.place_at(hit.x, hit.y, self._page.columns.side_at(hit.x), frame)
        if place is None:
            self.selection = self._pressed = None
        else:
            caret = Caret(hit.block, place.row, place.column)
            if extend and self.selection is not None:
                self.selection = replace(self.selection, caret=caret)
            else:
                self.selection = Selection(caret, caret, place.head)
            self._pressed = self.selection.anchor
        return Press(Meaning.SELECT, block.change)

    def drag(self, point: QPoint, frame: Frame) -> None:
        """The pointer moves with the button down: the selection follows, on the side where it began."""
        inside = QPoint(point.x(), max(frame.top, min(point.y(), frame.bottom - 1)))
        hit = self.hit(inside, frame.scroll_y)
        if hit is None or self.selection is None or self._pressed is None:
            return
        place = self._page.piece(hit.block).place_at(hit.x, hit.y, self.selection.head, frame)
        # Over a header or a picture the selection goes as far as its edge.
        row, column = (place.row, place.column) if place is not None else (0, 0)
        self.selection = Selection(self._pressed, Caret(hit.block, row, column), self.selection.head)

    def release(self) -> None:
        """The button goes up; the selection stays."""
        self._pressed = None

    def hover(self, point: QPoint, frame: Frame) -> Qt.CursorShape:
        """The pointer moves: what a click would do shows in its shape."""
        hit = self.hit(point, frame.scroll_y)
        self.hovered, self.hovered_link = None, -1
        if hit is None:
            return Qt.CursorShape.ArrowCursor
        piece = self._page.piece(hit.block)
        self.hovered = piece.fold_at(hit.x, hit.y)
        linked = isinstance(piece, HeaderPiece | EmbedPiece) and piece.link_at(hit.x, hit.y)
        if isinstance(piece, GhostPiece) or linked:
            self.hovered_link = self._page.blocks[hit.block].change
        if self.hovered is not None or self.hovered_link >= 0:
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.IBeamCursor if isinstance(piece, LinesPiece) else Qt.CursorShape.ArrowCursor

    def double_click(self, point: QPoint, frame: Frame) -> int:
        """Select the word; the change whose header was meant, else -1."""
        hit = self.hit(point, frame.scroll_y)
        if hit is None:
            return -1
        piece = self._page.piece(hit.block)
        if isinstance(piece, HeaderPiece):
            return self._page.blocks[hit.block].change
        place = piece.place_at(hit.x, hit.y, self._page.columns.side_at(hit.x), frame)
        if place is None or not isinstance(piece, LinesPiece):
            return -1
        text = line_in(piece.lines, piece.lines.rows[place.row], head=place.head) or ""
        start, end = word_at(text, place.column)
        self.selection = Selection(
            Caret(hit.block, place.row, start), Caret(hit.block, place.row, end), place.head
        )
        return -1


def word_at(text: str, column: int) -> tuple[int, int]:
    """The word around a column: letters, digits and underscores."""
    start = end = min(column, len(text))
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return start, end
