"""A scroll area that shows a page: margins, scroll bars, and the settling that precedes every frame.

How a frame comes about: scrolling, resizing or another page first *settles* the view (the blocks in view
become pieces, whose exact heights replace guesses), then a paint event draws those pieces. Nothing outside
the view is laid out.
"""

import time
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QEventLoop, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from nbreview.diff.images import load_decoders
from nbreview.gui.diff.background import Background
from nbreview.gui.diff.captions import Captions
from nbreview.gui.diff.colouring import Colouring
from nbreview.gui.diff.findbar import FindBar
from nbreview.gui.diff.gotobar import GotoBar
from nbreview.gui.diff.images import Pictures
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.output_pointer import OutputPointer
from nbreview.gui.diff.output_view import OutputKey
from nbreview.gui.diff.page import Page
from nbreview.gui.diff.prose import Proses, warm_up
from nbreview.gui.diff.ruler import Ruler
from nbreview.gui.theme import Theme
from nbreview.presentation.highlight import tokenize
from nbreview.review.model import Finding

PEACE_MS = 150
"""How long no text has been rendered before the ruler follows: all its marks move a little each time."""


class PageView(QAbstractScrollArea):
    """Owns the page, its colours and pictures, and the strips around the viewport."""

    moved = Signal()
    """Something lies elsewhere now: scrolled, laid out anew, another fold."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look(theme)
        self._background = Background(self)
        self._colouring = Colouring(self)
        self._pictures = Pictures(self._background, self)
        self._proses = Proses(self._background, self)
        self._page = Page(self._look, self._colouring, self._pictures, self._proses)
        self._current = -1
        self._findings: Mapping[int, Sequence[Finding]] = {}
        self._flagged: Sequence[int] = []
        self._commented: Sequence[int] = []
        self._settling = False
        self._shown = 0  # how far the page is scrolled in what was painted last
        self._ruler = Ruler(self._look, self)
        self._captions = Captions(self._look, self)
        self._find_bar = FindBar(self._look, self)
        self._goto_bar = GotoBar(self._look, self)
        # The marks are those of the whole notebook: worked out once after any number of changes.
        self._ruler_timer = QTimer(self, singleShot=True, interval=0)
        self._ruler_timer.timeout.connect(self._update_ruler)
        self._ruler.jumped.connect(self._jump)
        self._ahead_timer = QTimer(self, singleShot=True, interval=0)
        self._ahead_timer.timeout.connect(self._ask_ahead)
        self._colouring.arrived.connect(self._colours_arrived)
        self._pictures.arrived.connect(self.viewport().update)
        self._proses.arrived.connect(self._prose_arrived)
        self.outputs = OutputPointer(self._page, self)
        """Pictures and tables: the one at hand, and how each is shown."""
        self.outputs.resized.connect(self._remake)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        # Every pixel is painted: what has been painted may be moved when the reader scrolls.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._apply_look()
        self._background.ask("first frame", _prepare)

    def set_theme(self, theme: Theme) -> None:
        """Another look."""
        self._look = Look(theme)
        self._page.set_look(self._look)
        self._apply_look()

    def close_workers(self) -> None:
        """Wait for decoding threads; call before the window goes."""
        self._ahead_timer.stop()
        self._colouring.close()
        self._background.close()

    def settle(self, seconds: float = 5.0) -> None:
        """Work until everything in view is painted as it will stay, or the time is over."""
        end = time.monotonic() + seconds
        self.grab()
        while not self.settled and time.monotonic() < end:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    @property
    def settled(self) -> bool:
        """Whether nothing in view still waits for its colours or its picture."""
        return not self._colouring.busy and not self._background.busy

    def _apply_look(self) -> None:
        self._ruler.set_look(self._look)
        self._captions.set_look(self._look)
        self._find_bar.set_look(self._look)
        self._goto_bar.set_look(self._look)
        self.setViewportMargins(0, self._captions.sizeHint().height(), self._ruler.sizeHint().width(), 0)
        self._place_margins()
        self._refresh()

    def _place_margins(self) -> None:
        area = self.viewport().geometry()
        height = self._captions.sizeHint().height()
        width = self._ruler.sizeHint().width()
        self._captions.setGeometry(QRect(area.left(), area.top() - height, area.width() + width, height))
        for bar in (self._find_bar, self._goto_bar):
            size = bar.sizeHint()
            left = max(area.right() - size.width() - self._look.unit, area.left())
            room = min(size.width(), area.width())
            high = bar.heightForWidth(room) if bar.hasHeightForWidth() else size.height()
            bar.setGeometry(left, area.top(), room, high)
        self._ruler.setGeometry(QRect(area.right() + 1, area.top(), width, area.height()))

    def _keeping_place(self, change_page: Callable[[], None]) -> None:
        """Change the page and leave what the reader looks at where it is: the current cell if it is in
        view, else the one at the top edge.
        """
        page, value = self._page, self.verticalScrollBar().value()
        anchor = self._current
        block = page.header_block(anchor)
        if block is None or not value <= page.offsets.top(block) < value + self.viewport().height():
            anchor = page.cell_of(page.offsets.at(value)) if page.blocks else -1
            block = page.header_block(anchor)
        distance = page.offsets.top(block) - value if block is not None else 0
        change_page()
        self._refresh()
        block = page.header_block(anchor)
        if block is not None:
            self.verticalScrollBar().setValue(page.offsets.top(block) - distance)
            self._refresh()

    def _remake(self, key: OutputKey | None) -> None:
        """An output is shown in another way: what stands above it stays where it is."""
        if key is None:
            self._keeping_place(lambda: self._page.remake(None))
            return
        value = self.verticalScrollBar().value()
        self._page.remake(key)
        self._refresh()
        self.verticalScrollBar().setValue(value)

    def _refresh(self, ruler_ms: int = 0) -> None:
        """Settle the view, then repaint it; the marks of the ruler after some milliseconds of peace."""
        self._page.set_size(self.viewport().width(), self.devicePixelRatioF())
        self._settle(0)
        self._shown = self.verticalScrollBar().value()
        self._captions.set_columns(self._page.columns)
        self._ahead_timer.start()
        self._update_ruler_view()
        self._ruler_timer.start(ruler_ms)
        self.viewport().update()
        self.moved.emit()

    def _found_changes(self) -> Sequence[int]:
        """The changes that hold what is looked for."""
        return ()

    def _settle(self, direction: int) -> None:
        """Make pieces of what is in view. Scrolling up (`direction` < 0) keeps what is below in place."""
        if self._settling:
            return
        self._settling = True
        try:
            bar = self.verticalScrollBar()
            self._set_range()
            for _ in range(3):
                before = self._page.offsets.total
                grown = self._page.settle(bar.value(), self.viewport().height())
                self._set_range()
                if direction < 0 and grown:
                    bar.setValue(bar.value() + grown)
                if self._page.offsets.total == before:
                    break
        finally:
            self._settling = False

    def _prose_arrived(self) -> None:
        """Rendered text has its height now: what is read at the top edge stays where it is."""
        bar = self.verticalScrollBar()
        at_end = bar.value() == bar.maximum() > 0
        moved = self._page.renew(bar.value(), self.viewport().height())
        if moved is None:
            return  # it was made ahead, and is not in view
        self._settling = True
        try:
            self._set_range()
            bar.setValue(bar.maximum() if at_end else bar.value() + moved)
        finally:
            self._settling = False
        self._refresh(PEACE_MS)

    def _ask_ahead(self) -> None:
        """Have the pages beside the one in view coloured before they are seen."""
        page = self._page
        if page.diff is not None:
            beside = page.beside(self.verticalScrollBar().value(), self.viewport().height())
            self._colouring.ask_ahead(page.diff, beside)

    def _colours_arrived(self) -> None:
        """Paint what was painted without its colours."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        for top, tall in self._page.take_plain(value, height):
            self.viewport().update(0, top, self.viewport().width(), tall)

    def _set_range(self) -> None:
        page, size = self._page, self.viewport().size()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, page.total_height - size.height()))
        vertical.setPageStep(size.height())
        vertical.setSingleStep(self._look.metrics.line)
        room = page.columns.head.text_width - self._look.unit
        horizontal.setRange(0, max(0, round(page.text_width) - room))
        horizontal.setPageStep(max(room, 1))
        horizontal.setSingleStep(round(4 * self._look.digit))

    def _update_ruler(self) -> None:
        height = self._ruled_height()
        self._ruler.set_marks(
            self._page.marks(self._flagged, self._found_changes(), self._current, height, self._commented)
        )
        self._update_ruler_view()

    def _ruled_height(self) -> int:
        """What the ruler's height stands for: marks of a short page stand beside their cells."""
        return max(self._page.total_height, self.viewport().height(), 1)

    def _update_ruler_view(self) -> None:
        total = self._ruled_height()
        value = self.verticalScrollBar().value()
        self._ruler.set_view(value / total, min(1.0, (value + self.viewport().height()) / total))

    def _jump(self, fraction: float) -> None:
        height = self.viewport().height()
        self.verticalScrollBar().setValue(round(fraction * self._ruled_height() - height / 2))

    def _show_block(self, number: int, row_top: int = 0, row_height: int = 0) -> None:
        """Bring a block's top, or one row of it, into view where it is not."""
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        top = self._page.offsets.top(number) + row_top
        need = row_height or self._page.offsets.height(number) + 3 * self._look.metrics.line
        sticky = self._look.metrics.header if row_height else 0
        if not bar.value() + sticky <= top <= bar.value() + height - need:
            bar.setValue(top - (height // 3 if row_height else 0))
            self._settle(0)
            # The guesses between here and there are corrected now: go to where it really is.
            top = self._page.offsets.top(number) + row_top
            bar.setValue(top - (height // 3 if row_height else 0))
        self._refresh()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The reader scrolled: settle, then move what was painted and paint what has come into view."""
        if self._settling:
            return
        self._colouring.hold()
        self._ahead_timer.start()
        before = self._tops(self._shown)
        self._settle(-1 if dy > 0 else 1)
        self._shown = self.verticalScrollBar().value()
        self._update_ruler_view()
        after = self._tops(self._shown)
        moves = {after[number] - top for number, top in before.items() if number in after}
        if dx or len(moves) != 1 or not self._move(moves.pop()):
            self.viewport().update()
        self.moved.emit()

    def _tops(self, value: int) -> dict[int, int]:
        """Where the blocks in view stand when the page is scrolled to `value`."""
        page, height = self._page, self.viewport().height()
        tops: dict[int, int] = {}
        number = page.offsets.at(value)
        if number < 0:
            return tops
        top = page.offsets.top(number) - value
        while number < len(page.blocks) and top < height:
            tops[number] = top
            top += page.offsets.height(number)
            number += 1
        return tops

    def _move(self, dy: int) -> bool:
        """Move what is painted; what lies over it (the sticky header, the focus) is painted again. False
        where it cannot be moved: by more than the view, by half a pixel, or with a widget over it.
        """
        viewport = self.viewport()
        height = viewport.height()
        exact = (dy * self.devicePixelRatioF()).is_integer()
        if abs(dy) >= height or not exact or any(child.isVisible() for child in self._over_viewport()):
            return False
        if self._page.table_at_edge(self._shown - max(-dy, 0), self._look.metrics.header + abs(dy)):
            return False  # its column headers stay while its rows go beneath them
        if dy:
            viewport.scroll(0, dy, viewport.rect())
        width, header = viewport.width(), self._look.metrics.header + 2
        viewport.update(0, 0, width, header + max(dy, 0))
        edge = height - 2 + min(dy, 0)
        viewport.update(0, edge, width, height - edge)
        return True

    def _over_viewport(self) -> list[QWidget]:
        children = [child for child in self.viewport().children() if isinstance(child, QWidget)]
        return [*children, self._find_bar, self._goto_bar]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width; what is at hand stays."""
        self._place_margins()
        self._keeping_place(lambda: None)

    def changeEvent(self, event: QEvent) -> None:
        """Another screen may have another density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refresh()
        super().changeEvent(event)


def _prepare() -> None:
    """Load the lexer, the Markdown renderer and the decoders of pictures: half a second that the first frame
    would wait for.
    """
    tokenize("x = 1", "python")
    warm_up()
    load_decoders()
