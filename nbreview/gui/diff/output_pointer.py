"""The mouse and the keyboard on pictures and tables: which one is at hand, how it is shown, and when it is to
open in a window.

Listens before the canvas does (Qt's event filters) and takes only what falls on an output; everything else is
the canvas's. Imports the page and its pieces.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea

from nbreview.diff.model import OutputCategory
from nbreview.gui.diff.grid import GridPiece
from nbreview.gui.diff.output_bar import OPEN
from nbreview.gui.diff.output_view import OutputKey
from nbreview.gui.diff.page import Page
from nbreview.gui.diff.picture_piece import PICTURE, PicturePiece
from nbreview.presentation.pictures import PictureMode
from nbreview.presentation.rows import BlockKind

STEP, FINE_STEP = 0.05, 0.01
"""How far an arrow key moves a divider, without and with Shift."""

Shown = PicturePiece | GridPiece


class OutputPointer(QObject):
    """Owner of which picture or table is at hand."""

    opened = Signal(object)
    """An output (`OutputKey`) is wanted in a window of its own."""
    chosen = Signal(object)
    """Another output is at hand; None for none."""
    menu_requested = Signal(object, QPoint)
    """A menu is wanted on an output; the place is the screen's."""
    resized = Signal(object)
    """An output is shown in another way, and may need another height."""

    def __init__(self, page: Page, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._page, self._area = page, area
        self._dragged: OutputKey | None = None
        area.viewport().installEventFilter(self)
        area.installEventFilter(self)

    # What is at hand.

    def current(self) -> Shown | None:
        """The picture or table at hand."""
        key = self._page.views.focused
        number = self._page.output_block(key) if key is not None else None
        return self._piece(number) if number is not None else None

    @property
    def default_mode(self) -> PictureMode:
        """How pictures are shown that were not given a view of their own."""
        return self._page.views.mode

    def outputs(self) -> list[tuple[int, OutputKey]]:
        """Blocks of every picture and table that is not folded away, in order."""
        return [
            (number, OutputKey(block.change, block.output))
            for number, block in enumerate(self._page.blocks)
            if self._page.category(block) in (OutputCategory.IMAGE, OutputCategory.TABLE)
        ]

    def choose(self, key: OutputKey | None) -> None:
        """Give the keyboard to an output, or take it away."""
        if key == self._page.views.focused:
            return
        self._page.views.focused = key
        self._area.viewport().update()
        self.chosen.emit(key)

    def show_as(self, mode: PictureMode) -> bool:
        """Show the picture at hand in one way; False where there is none with two sides."""
        piece = self.current()
        if not isinstance(piece, PicturePiece) or not piece.compared:
            return False
        self._page.views.change(piece.key, mode=mode)
        self.resized.emit(piece.key)
        return True

    def show_all(self, mode: PictureMode) -> None:
        """Show every picture in one way."""
        self._page.views.show_all(mode)
        self.resized.emit(None)

    def set_tables(self, *, tolerance: float, rows: int) -> None:
        """By which tolerance tables were compared, and how many rows are shown before one folds."""
        views = self._page.views
        if (views.tolerance, views.shown_rows) != (tolerance, rows):
            views.tolerance, views.shown_rows = tolerance, rows
            self.resized.emit(None)

    # Events.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what falls on a picture or a table."""
        kind = event.type()
        if kind is QEvent.Type.KeyPress and watched is self._area and isinstance(event, QKeyEvent):
            return self._key(event)
        if kind is QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            return watched is self._area.viewport() and self._menu(event)
        # The kind first: the last events of a canvas come when half of it is gone.
        if not isinstance(event, QMouseEvent) or watched is not self._area.viewport():
            return False
        if kind is QEvent.Type.MouseMove:
            return self._move(event)
        if kind is QEvent.Type.MouseButtonPress:
            return self._press(event)
        if kind is QEvent.Type.MouseButtonDblClick:
            return self._double_click(event)
        if kind is QEvent.Type.MouseButtonRelease and self._dragged is not None:
            self._dragged = None
        return False

    def _press(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        piece, part = self._hit(event.position().toPoint())
        if piece is None or not part:
            self.choose(None)
            return False
        self.choose(piece.key)
        if part == OPEN:
            self.opened.emit(piece.key)
            return True
        if isinstance(piece, PicturePiece):
            if part != PICTURE:
                self.show_as(PictureMode(part))
                return True
            if self._slide(piece, event.position().toPoint()):
                self._dragged = piece.key
        return False  # the canvas makes the cell current

    def _double_click(self, event: QMouseEvent) -> bool:
        piece, part = self._hit(event.position().toPoint())
        if piece is None or not part or event.button() is not Qt.MouseButton.LeftButton:
            return False
        if part in tuple(PictureMode):
            self.show_as(PictureMode(part))  # the second press of two quick ones
        else:
            self.opened.emit(piece.key)
        return True

    def _move(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        views = self._page.views
        if self._dragged is not None and event.buttons() & Qt.MouseButton.LeftButton:
            piece = self.current()
            if isinstance(piece, PicturePiece):
                self._slide(piece, point)
            return True
        piece, part = self._hit(point)
        button = part if piece is not None and part in (OPEN, *PictureMode) else ""
        hovered = (piece.key, button) if piece is not None and button else None
        if hovered != views.hovered:
            views.hovered = hovered
            self._area.viewport().update()
        if hovered is not None:
            self._area.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        return hovered is not None

    def _menu(self, event: QContextMenuEvent) -> bool:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            piece: Shown | None = self.current()
        else:
            piece, part = self._hit(event.pos())
            if not part:
                return False
        if piece is None:
            return False
        self.choose(piece.key)
        self.menu_requested.emit(piece.key, event.globalPos())
        return True

    def _key(self, event: QKeyEvent) -> bool:
        piece = self.current()
        if piece is None:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.opened.emit(piece.key)
            return True
        if key == Qt.Key.Key_Escape:
            self.choose(None)
            return True
        if isinstance(piece, PicturePiece) and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = FINE_STEP if fine else STEP
            return self._shift(piece, step if key == Qt.Key.Key_Right else -step)
        return False

    # What they do.

    def _shift(self, piece: PicturePiece, step: float) -> bool:
        view = self._page.views.view(piece.key)
        if piece.mode is PictureMode.SWIPE:
            return self._set_share(piece, view.swipe + step)
        if piece.mode is PictureMode.ONION:
            return self._set_share(piece, view.opacity + step)
        return False

    def _slide(self, piece: PicturePiece, point: QPoint) -> bool:
        return self._set_share(piece, piece.share_at(point.x()))

    def _set_share(self, piece: PicturePiece, share: float) -> bool:
        name = {PictureMode.SWIPE: "swipe", PictureMode.ONION: "opacity"}.get(piece.mode)
        if name is None:
            return False
        self._page.views.change(piece.key, **{name: min(max(round(share, 4), 0.0), 1.0)})
        self._area.viewport().update()
        return True

    def _hit(self, point: QPoint) -> tuple[Shown | None, str]:
        """The output under a point of the viewport, and the part of it."""
        page = self._page
        y = point.y() + self._area.verticalScrollBar().value()
        if not page.blocks or not 0 <= y < page.offsets.total:
            return None, ""
        number = page.offsets.at(y)
        if page.blocks[number].kind is not BlockKind.OUTPUT:
            return None, ""
        piece = self._piece(number)
        if piece is None:
            return None, ""
        return piece, piece.part_at(point.x(), y - page.offsets.top(number))

    def _piece(self, number: int) -> Shown | None:
        piece = self._page.piece(number)
        return piece if isinstance(piece, PicturePiece | GridPiece) else None


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
