"""The side-by-side diff: one scroll area that paints the pieces in view.

How a frame comes about: scrolling, resizing or another diff first *settles* the view (the blocks in view
become pieces, whose exact heights replace guesses), then a paint event draws those pieces. Nothing outside
the view is laid out. The canvas owns its page, colours and pictures; it calls no other panel and announces
what happened by signals.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff
from nbreview.gui.diff.background import Background
from nbreview.gui.diff.captions import Captions
from nbreview.gui.diff.cells import GhostPiece, HeaderPiece
from nbreview.gui.diff.colouring import Colouring
from nbreview.gui.diff.findbar import FindBar
from nbreview.gui.diff.frame import Frame
from nbreview.gui.diff.images import Pictures
from nbreview.gui.diff.lines import LinesPiece
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.page import Page
from nbreview.gui.diff.ruler import Ruler
from nbreview.gui.diff.search import Match, find_all
from nbreview.gui.diff.selection import Caret, Selection, line_in, line_number, selected_text
from nbreview.gui.theme import Theme
from nbreview.presentation.labels import describe_change
from nbreview.presentation.rows import BlockKind, FoldKey, sides
from nbreview.review.model import Finding

NOTHING_TO_COMPARE = "Choose a revision in the history, or open a notebook, to see what changed."


class DiffCanvas(QAbstractScrollArea):
    """Base left, head right. Changes are named by their index in `NotebookDiff.cells`."""

    current_changed = Signal(int)
    """Another change is the current one (-1: none)."""
    cell_activated = Signal(int)
    """A cell was double-clicked, or Enter was pressed on the current one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = Look(theme)
        self._background = Background(self)
        self._colouring = Colouring(self._background, self)
        self._pictures = Pictures(self._background, self)
        self._page = Page(self._look, self._colouring, self._pictures)
        self._message = NOTHING_TO_COMPARE
        self._findings: dict[int, Sequence[Finding]] = {}
        self._current = -1
        self._by_head: dict[int, int] = {}
        self._changed: list[int] = []
        self._hovered: FoldKey | None = None
        self._hovered_link = -1
        self._selection: Selection | None = None
        self._pressed: Caret | None = None
        self._needle = ""
        self._matches: list[Match] = []
        self._match = -1
        self._settling = False
        self._ruler = Ruler(self._look, self)
        self._captions = Captions(self._look, self)
        self._find_bar = FindBar(self._look, self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Differences of the notebook")
        self.setAccessibleDescription(self._message)
        self._ruler.jumped.connect(self._jump)
        self._find_bar.asked.connect(self.find_text)
        self._find_bar.stepped.connect(self._step)
        self._find_bar.closed.connect(self._close_find)
        self._colouring.changed.connect(self.viewport().update)
        self._pictures.arrived.connect(self.viewport().update)
        self._apply_look()

    # What is shown

    @property
    def diff(self) -> NotebookDiff | None:
        """The diff at hand."""
        return self._page.diff

    def set_diff(self, diff: NotebookDiff | None, base_label: str = "", head_label: str = "") -> None:
        """Show a diff, or nothing; folds close, findings and finds go, the first change becomes current."""
        self._background.forget()
        self._pictures.clear()
        self._selection = None
        self._hovered = None
        self._findings = {}
        self._needle, self._matches, self._match = "", [], -1
        self._page.set_diff(diff)
        cells = diff.cells if diff is not None else ()
        self._by_head = {
            cell.head_index: number for number, cell in enumerate(cells) if cell.head_index is not None
        }
        self._changed = [number for number, cell in enumerate(cells) if cell.kind is not ChangeKind.UNCHANGED]
        self._captions.set_labels(base_label, head_label)
        self._current = -2  # so that the first change is announced even where it has the same number
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self._refresh()
        self._set_current(self._changed[0] if self._changed else -1)

    def set_message(self, text: str) -> None:
        """The sentence that stands where there is nothing to compare."""
        self._message = text
        if self._page.diff is None:
            self.setAccessibleDescription(text)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Another look."""
        self._look = Look(theme)
        self._page.set_look(self._look)
        self._apply_look()

    def set_findings(self, findings: Mapping[int, Sequence[Finding]]) -> None:
        """Flag cells; keys are indices of head cells."""
        self._findings = {index: tuple(found) for index, found in findings.items() if found}
        self._update_ruler()
        self.viewport().update()

    def set_one_column(self, on: bool) -> None:
        """One column with what went above what came, or two side by side."""
        self._set_options(one_column=on)

    def set_fold_unchanged(self, on: bool) -> None:
        """Fold runs of unchanged cells, or show them."""
        self._set_options(fold_unchanged=on)

    def set_outputs_shown(self, on: bool) -> None:
        """Show outputs, or only that they differ."""
        self._set_options(outputs=on)

    def set_metadata_shown(self, on: bool) -> None:
        """Show metadata that differ, or only their number."""
        self._set_options(metadata=on)

    def set_context_lines(self, count: int) -> None:
        """Unchanged lines shown around a change."""
        self._set_options(context_lines=count)

    @property
    def one_column(self) -> bool:
        """Whether one column is shown."""
        return self._page.options.one_column

    @property
    def fold_unchanged(self) -> bool:
        """Whether runs of unchanged cells fold."""
        return self._page.options.fold_unchanged

    @property
    def outputs_shown(self) -> bool:
        """Whether outputs are shown."""
        return self._page.options.outputs

    @property
    def metadata_shown(self) -> bool:
        """Whether metadata that differ are shown."""
        return self._page.options.metadata

    # Where the reader is

    def current_change(self) -> CellChange | None:
        """The change at hand."""
        diff = self._page.diff
        return diff.cells[self._current] if diff is not None and self._current >= 0 else None

    def current_index(self) -> int:
        """Index of the change at hand, -1 where there is none."""
        return max(self._current, -1)

    def next_change(self) -> bool:
        """Go to the next changed cell; False at the last one."""
        return self._go(next((number for number in self._changed if number > self._current), None))

    def previous_change(self) -> bool:
        """Go to the changed cell before; False at the first one."""
        return self._go(next((number for number in reversed(self._changed) if number < self._current), None))

    def goto_change(self, index: int) -> None:
        """Make a change current and bring it into view, out of a fold if need be."""
        if self._page.diff is None or not 0 <= index < len(self._page.diff.cells):
            return
        fold = self._page.fold_of(index) if self._page.header_block(index) is None else None
        if fold is not None:
            self._page.toggle(fold)
            self._refresh()
        self._set_current(index)
        block = self._page.header_block(index)
        if block is not None:
            self._show_block(block)

    def goto_head_cell(self, index: int) -> None:
        """Go to a cell of the head notebook."""
        if index in self._by_head:
            self.goto_change(self._by_head[index])

    def accessible_text(self) -> str:
        """The change at hand as plain text, for a screen reader and for the text view."""
        diff = self._page.diff
        return (
            describe_change(diff, self._current) if diff is not None and self._current >= 0 else self._message
        )

    # Finding and copying

    def find_text(self, text: str) -> int:
        """Mark every place where the sources hold a text, go to the first from here, and count them."""
        diff = self._page.diff
        self._needle = text
        self._matches = find_all(diff, text) if diff is not None else []
        self._match = next(
            (number for number, match in enumerate(self._matches) if match.change >= self._current), 0
        )
        if self._matches:
            self._show_match()
        self._find_bar.set_count(self._match + 1 if self._matches else 0, len(self._matches))
        self.viewport().update()
        return len(self._matches)

    def show_find(self) -> None:
        """Open the find bar with what is selected in it."""
        chosen = self._selection is not None and not self._selection.empty
        text = self.selected_text() if chosen else ""
        self._find_bar.open_with(text if text and "\n" not in text else self._needle)
        self._place_margins()

    def find_previous(self) -> int:
        """Go to the find before, around the start."""
        return self.find_next(backward=True)

    def find_next(self, *, backward: bool = False) -> int:
        """Go to the next find, around the end; its number from 1, 0 where there is none."""
        if not self._matches:
            return 0
        self._match = (self._match + (-1 if backward else 1)) % len(self._matches)
        self._show_match()
        self._find_bar.set_count(self._match + 1, len(self._matches))
        return self._match + 1

    def _step(self, backward: bool) -> None:
        self.find_next(backward=backward)

    def _close_find(self) -> None:
        self._needle, self._matches, self._match = "", [], -1
        self.setFocus()
        self.viewport().update()

    def selected_text(self) -> str:
        """The selected text; the current cell's source where no text is selected."""
        if self._selection is not None and not self._selection.empty:
            return selected_text(self._selection, self._page.blocks, self._page.lines_of)
        change, diff = self.current_change(), self._page.diff
        if change is None or diff is None:
            return ""
        base, head = sides(diff, change)
        cell = head or base
        return cell.source if cell is not None else ""

    def copy(self) -> None:
        """Put the selected text on the clipboard, without signs and line numbers."""
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)

    def close_workers(self) -> None:
        """Wait for decoding threads; call before the window goes."""
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

    # Layout

    def _apply_look(self) -> None:
        self._ruler.set_look(self._look)
        self._captions.set_look(self._look)
        self._find_bar.set_look(self._look)
        self.setViewportMargins(0, self._captions.sizeHint().height(), self._ruler.sizeHint().width(), 0)
        self._place_margins()
        self._refresh()

    def _place_margins(self) -> None:
        area = self.viewport().geometry()
        height = self._captions.sizeHint().height()
        width = self._ruler.sizeHint().width()
        self._captions.setGeometry(QRect(area.left(), area.top() - height, area.width() + width, height))
        bar = self._find_bar.sizeHint()
        self._find_bar.setGeometry(
            max(area.right() - bar.width() - self._look.unit, area.left()),
            area.top(),
            bar.width(),
            bar.height(),
        )
        self._ruler.setGeometry(QRect(area.right() + 1, area.top(), width, area.height()))

    def _set_options(self, **changes: Any) -> None:
        options = replace(self._page.options, **changes)
        if options != self._page.options:
            self._keeping_place(lambda: self._page.set_options(options))

    def _keeping_place(self, change_page: Callable[[], None]) -> None:
        """Change the page and leave what the reader looks at where it is."""
        bar = self.verticalScrollBar()
        anchor = self._current if self._current >= 0 else None
        block = self._page.header_block(anchor) if anchor is not None else None
        distance = self._page.offsets.top(block) - bar.value() if block is not None else 0
        visible = block is not None and -self.viewport().height() < distance < self.viewport().height()
        self._selection = None
        change_page()
        self._refresh()
        block = self._page.header_block(anchor) if anchor is not None else None
        if block is not None and visible:
            bar.setValue(self._page.offsets.top(block) - distance)
            self._refresh()

    def _refresh(self) -> None:
        """Settle the view, then repaint it."""
        self._page.set_size(self.viewport().width(), self.devicePixelRatioF())
        self._settle(0)
        self._captions.set_columns(self._page.columns)
        self._update_ruler()
        self.viewport().update()

    def _settle(self, direction: int) -> None:
        """Make pieces of what is in view. Scrolling up (`direction` < 0) keeps what is below in place."""
        if self._settling:
            return
        self._settling = True
        try:
            page, bar = self._page, self.verticalScrollBar()
            self._set_range()
            for _ in range(3):
                before = page.offsets.total
                value = bar.value()
                number = page.offsets.at(value)
                bottom = value + self.viewport().height()
                first_top = page.offsets.top(number) if number >= 0 else 0
                first_height = page.offsets.height(number) if number >= 0 else 0
                first = number
                top = first_top
                while 0 <= number < len(page.blocks) and top < bottom:
                    top += page.piece(number).height
                    number += 1
                if direction < 0 and first >= 0 and first_top < value:
                    grown = page.offsets.height(first) - first_height
                    if grown:
                        self._set_range()
                        bar.setValue(value + grown)
                self._set_range()
                if page.offsets.total == before:
                    break
        finally:
            self._settling = False

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
        self._ruler.set_marks(self._page.marks(set(self._findings)))
        self._update_ruler_view()

    def _update_ruler_view(self) -> None:
        total = max(self._page.total_height, 1)
        value = self.verticalScrollBar().value()
        self._ruler.set_view(value / total, min(1.0, (value + self.viewport().height()) / total))

    def _jump(self, fraction: float) -> None:
        height = self.viewport().height()
        self.verticalScrollBar().setValue(round(fraction * self._page.total_height - height / 2))

    def _go(self, index: int | None) -> bool:
        if index is None:
            return False
        self.goto_change(index)
        return True

    def _set_current(self, index: int) -> None:
        if index == self._current:
            return
        self._current = index
        self.setAccessibleDescription(self.accessible_text().split("\n", 1)[0])
        self.viewport().update()
        self.current_changed.emit(index)

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

    def _show_match(self) -> None:
        match = self._matches[self._match]
        self.goto_change(match.change)
        block = self._page.header_block(match.change)
        if block is None or block + 1 >= len(self._page.blocks):
            return
        row = self._row_of(block + 1, match)
        if row is None:
            return
        metrics = self._look.metrics
        self._show_block(block + 1, metrics.pad + row * metrics.line, metrics.line)

    def _row_of(self, block: int, match: Match) -> int | None:
        """The row that shows a find; the fold that hides it is opened."""
        if self._page.blocks[block].kind is not BlockKind.SOURCE:
            return None
        previous = 0
        for _ in range(2):
            fold: FoldKey | None = None
            for number, row in enumerate(self._page.lines_of(block).rows):
                if row.fold is not None:
                    fold = row.fold
                    continue
                line = line_number(row, head=match.head)
                if line == match.line:
                    return number
                if line is not None and line > match.line:
                    break
                previous = number
            if fold is None:
                return previous
            self._page.toggle(fold)
            self._refresh()
        return previous

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pieces in view, then what lies over them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.color("background"))
        if not self._page.blocks:
            self._paint_message(painter)
            return
        self._colouring.start_frame()
        frame = self._frame()
        page = self._page
        value = self.verticalScrollBar().value()
        number = page.offsets.at(value)
        first = number
        top = page.offsets.top(number) - value
        while number < len(page.blocks) and top < frame.bottom:
            piece = page.piece(number)
            piece.paint(painter, top, frame)
            if page.blocks[number].change == self._current and self._belongs(number):
                self._paint_bar(painter, top, piece.height, number)
            top += piece.height
            number += 1
        self._paint_sticky(painter, first, frame)
        if self.hasFocus():
            painter.setPen(QPen(self._look.color("focus"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _frame(self) -> Frame:
        assert self._page.diff is not None  # there are blocks
        return Frame(
            look=self._look,
            columns=self._page.columns,
            diff=self._page.diff,
            options=self._page.options,
            scroll_x=self.horizontalScrollBar().value(),
            top=0,
            bottom=self.viewport().height(),
            current=self._current,
            hovered=self._hovered,
            hovered_link=self._hovered_link,
            findings=self._findings,
            selection=self._selection,
            needle=self._needle,
            match=self._matches[self._match] if self._matches else None,
        )

    def _belongs(self, number: int) -> bool:
        block = self._page.blocks[number]
        return block.kind is not BlockKind.GHOST and not (
            block.fold is not None and block.kind is BlockKind.FOLD and block.fold.kind == "cells"
        )

    def _paint_bar(self, painter: QPainter, top: int, height: int, number: int) -> None:
        """The mark of the current cell, along its left edge."""
        if self._page.blocks[number].kind is BlockKind.HEADER:
            gap = self._look.metrics.gap
            top, height = top + gap, height - gap
        painter.fillRect(QRectF(0, top, self._look.half, height), self._look.color("accent"))

    def _paint_sticky(self, painter: QPainter, first: int, frame: Frame) -> None:
        """The header of the cell at the top edge stays while the cell is in view."""
        page, block = self._page, self._page.blocks[first]
        header = page.header_block(block.change)
        if header is None or not self._belongs(first):
            return
        strip_top = page.offsets.top(header) + self._look.metrics.gap - self.verticalScrollBar().value()
        if strip_top >= 0:
            return
        end = first
        while end < len(page.blocks) and page.blocks[end].change == block.change and self._belongs(end):
            end += 1
        room = page.offsets.top(end) - self.verticalScrollBar().value()
        piece = page.piece(header)
        height = self._look.metrics.header
        if isinstance(piece, HeaderPiece):
            y = min(0, room - height)
            piece.paint_strip(painter, y, frame)
            painter.setPen(self._look.hairline)
            painter.drawLine(frame.columns.base.left, y + height, frame.columns.width, y + height)
            if block.change == self._current:
                painter.fillRect(QRectF(0, y, self._look.half, height), self._look.color("accent"))

    def _paint_message(self, painter: QPainter) -> None:
        painter.setFont(self._look.prose)
        painter.setPen(self._look.color("muted"))
        area = QRectF(self.viewport().rect())
        wide = self._look.prose_metrics.averageCharWidth() * 60
        margin = max((area.width() - wide) / 2, 2.0 * self._look.unit)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area.adjusted(margin, 0, -margin, 0), int(flags), self._message)

    # Events

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The reader scrolled: settle, then repaint."""
        if self._settling:
            return
        self._settle(-1 if dy > 0 else 1)
        self._update_ruler_view()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width; what is at hand stays."""
        self._place_margins()
        self._keeping_place(lambda: None)

    def focusInEvent(self, event: QEvent) -> None:
        """Focus is visible."""
        self.viewport().update()

    def focusOutEvent(self, event: QEvent) -> None:
        """Focus is visible."""
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scrolling keys, copy, and Enter for the current cell."""
        bar = self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self.cell_activated.emit(self._current)
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() == Qt.Key.Key_Space:
            step = bar.pageStep() - 2 * self._look.metrics.line
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar.setValue(bar.value() + (-step if back else step))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open a fold, follow a link, or make the cell current and begin a selection."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        number, x, y = self._hit(event.position().toPoint())
        if number < 0:
            return
        piece, block = self._page.piece(number), self._page.blocks[number]
        fold = piece.fold_at(x, y)
        if fold is not None:
            self._hovered = None
            bar = self.verticalScrollBar()
            value = bar.value()
            self._selection = None
            self._page.toggle(fold)
            self._refresh()
            bar.setValue(value)
            return
        if isinstance(piece, GhostPiece):
            self.goto_change(block.change)
            return
        if isinstance(piece, HeaderPiece) and piece.link_at(x, y):
            ghost = self._page.ghost_block(block.change)
            if ghost is not None:
                self._show_block(ghost)
            return
        if block.change >= 0:
            self._set_current(block.change)
        head = self._page.columns.side_at(x)
        place = piece.place_at(x, y, head, self._frame())
        self._pressed = Caret(number, place.row, place.column) if place is not None else None
        if place is None:
            self._selection = None
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._selection is not None:
            self._selection = replace(self._selection, caret=Caret(number, place.row, place.column))
        else:
            caret = Caret(number, place.row, place.column)
            self._selection = Selection(caret, caret, place.head)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend a selection, or show what a click would do."""
        point = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton and self._pressed is not None:
            self._extend(point)
            return
        number, x, y = self._hit(point)
        fold, link, shape = None, -1, Qt.CursorShape.ArrowCursor
        if number >= 0:
            piece = self._page.piece(number)
            fold = piece.fold_at(x, y)
            if isinstance(piece, GhostPiece) or (isinstance(piece, HeaderPiece) and piece.link_at(x, y)):
                link = self._page.blocks[number].change
            if fold is not None or link >= 0:
                shape = Qt.CursorShape.PointingHandCursor
            elif isinstance(piece, LinesPiece):
                shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        if (fold, link) != (self._hovered, self._hovered_link):
            self._hovered, self._hovered_link = fold, link
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The selection stays."""
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word, or activate the cell whose header was meant."""
        number, x, y = self._hit(event.position().toPoint())
        if number < 0:
            return
        piece, block = self._page.piece(number), self._page.blocks[number]
        if isinstance(piece, HeaderPiece):
            self.cell_activated.emit(block.change)
            return
        place = piece.place_at(x, y, self._page.columns.side_at(x), self._frame())
        if place is None or not isinstance(piece, LinesPiece):
            return
        text = line_in(piece.lines, piece.lines.rows[place.row], head=place.head) or ""
        start = end = min(place.column, len(text))
        while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        self._selection = Selection(
            Caret(number, place.row, start), Caret(number, place.row, end), place.head
        )
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hovered, self._hovered_link = None, -1
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Another screen may have another density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refresh()
        super().changeEvent(event)

    def _hit(self, point: QPoint) -> tuple[int, int, int]:
        """The block under a point, and the point inside it; -1 where there is none."""
        y = point.y() + self.verticalScrollBar().value()
        if not self._page.blocks or y >= self._page.offsets.total:
            return -1, 0, 0
        number = self._page.offsets.at(y)
        return number, point.x(), y - self._page.offsets.top(number)

    def _extend(self, point: QPoint) -> None:
        """The selection follows the pointer, on the side where it began; past an edge the view scrolls."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if point.y() < 0 or point.y() >= height:
            bar.setValue(
                bar.value() + (self._look.metrics.line if point.y() >= height else -self._look.metrics.line)
            )
        clamped = QPoint(point.x(), max(0, min(point.y(), height - 1)))
        number, x, y = self._hit(clamped)
        if number < 0 or self._selection is None or self._pressed is None:
            return
        piece = self._page.piece(number)
        place = piece.place_at(x, y, self._selection.head, self._frame())
        if place is not None:
            caret = Caret(number, place.row, place.column)
        else:  # over a header or a picture: as far as its edge
            caret = Caret(number, 0, 0)
        self._selection = Selection(self._pressed, caret, self._selection.head)
        self.viewport().update()
