"""The side-by-side diff: what a reader sees, does and is told.

The canvas calls no other panel and announces what happened by signals. Where blocks lie and how a frame
comes about is `nbreview.gui.diff.pageview`; how a block looks, the pieces beside it.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import QWidget

from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff
from nbreview.gui.diff.cells import HeaderPiece
from nbreview.gui.diff.findview import FindView
from nbreview.gui.diff.folds import FoldPlace, fold_after, folds_in
from nbreview.gui.diff.frame import Frame
from nbreview.gui.diff.gotobar import cell_named
from nbreview.gui.diff.output_view import OutputKey
from nbreview.gui.diff.overlay import paint_focus, paint_message, paint_pieces
from nbreview.gui.diff.pointer import Meaning, Pointer
from nbreview.gui.diff.selection import Caret, Selection, line_in
from nbreview.gui.theme import Theme
from nbreview.presentation.labels import change_title, describe_change
from nbreview.presentation.outline import is_flag
from nbreview.presentation.patch_text import Part, edit_place, patch_text
from nbreview.presentation.rows import BlockKind, FoldKey, MarkdownView, sides
from nbreview.review.model import Finding

NOTHING_TO_COMPARE = "Choose a revision in the history, or open a notebook, to see what changed."


class DiffCanvas(FindView):
    """Base left, head right. Changes are named by their index in `NotebookDiff.cells`."""

    current_changed = Signal(int)
    """Another change is the current one (-1: none)."""
    cell_activated = Signal(int)
    """A cell was double-clicked, or Enter was pressed on the current one."""
    menu_requested = Signal(QPoint)
    """A menu is asked for on the current cell; the place is the screen's."""
    context_requested = Signal(str, QPoint)
    """A menu is asked for on a "selection" of lines, an "output" or the "ruler"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._message = NOTHING_TO_COMPARE
        self._labels = ("", "")
        self._by_head: dict[int, int] = {}
        self._changed: list[int] = []
        self._pointer = Pointer(self._page)
        self._fold: FoldKey | None = None
        self._goto_bar.asked.connect(self._goto_named)
        self._goto_bar.closed.connect(self.setFocus)
        self._ruler.menu_requested.connect(lambda place: self.context_requested.emit("ruler", place))
        self.setAccessibleName("Differences of the notebook")
        self.setAccessibleDescription(self._message)

    # What is shown

    @property
    def diff(self) -> NotebookDiff | None:
        """The diff at hand."""
        return self._page.diff

    def set_diff(self, diff: NotebookDiff | None, base_label: str = "", head_label: str = "") -> None:
        """Show a diff, or nothing; folds close, findings and finds go, the first change becomes current."""
        self._background.forget()
        self._colouring.forget()
        self._pictures.clear()
        self._proses.clear()
        self._pointer.clear()
        self._finder.clear()
        self._findings = {}
        self._flagged = []
        self._fold = None
        self._labels = base_label, head_label
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

    def set_findings(self, findings: Mapping[int, Sequence[Finding]]) -> None:
        """Flag cells; keys are indices of head cells."""
        self._findings = {index: tuple(found) for index, found in findings.items() if found}
        flagged = (index for index, found in self._findings.items() if any(map(is_flag, found)))
        self._flagged = sorted(self._by_head[index] for index in flagged if index in self._by_head)
        self._ruler_timer.start()
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

    def set_markdown_rendered(self, on: bool) -> None:
        """Show Markdown, and outputs of it, as it reads, or its source."""
        self._set_options(markdown=MarkdownView.RENDERED if on else MarkdownView.SOURCE)

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

    def goto_output(self, key: OutputKey) -> None:
        """Give the keyboard to a picture or a table, and bring it into view."""
        self.goto_change(key.change)
        block = self._page.output_block(key)
        if block is not None:
            self.outputs.choose(key)
            self._show_block(block)
            self.setFocus()

    def accessible_text(self) -> str:
        """The change at hand as plain text, for a screen reader and for the text view."""
        diff = self._page.diff
        return (
            describe_change(diff, self._current) if diff is not None and self._current >= 0 else self._message
        )

    # Copying

    def selected_text(self) -> str:
        """The selected text; the current cell's source where no text is selected."""
        return self._selected() or self.source()

    def source(self) -> str:
        """The current cell's source, of a removed one as it was."""
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

    def copy_patch(self) -> None:
        """Put the selected lines on the clipboard as a patch; without a selection the cell's change."""
        diff = self._page.diff
        parts = self._patch_parts()
        if diff is not None and parts:
            QGuiApplication.clipboard().setText(patch_text(diff, parts, *self._labels))

    def select_cell(self) -> None:
        """Select the whole source of the current cell, on the side that has it."""
        header = self._page.header_block(self._current)
        change = self.current_change()
        if header is None or change is None or header + 1 >= len(self._page.blocks):
            return
        lines = self._page.lines_of(header + 1)
        if lines.rows:
            head, last = change.head_index is not None, len(lines.rows) - 1
            text = line_in(lines, lines.rows[last], head=head) or ""
            self._pointer.selection = Selection(
                Caret(header + 1, 0, 0), Caret(header + 1, last, len(text)), head
            )
            self.viewport().update()

    def _patch_parts(self) -> list[Part]:
        selection, page, diff = self._pointer.selection, self._page, self._page.diff
        if diff is None or self._current < 0:
            return []
        if selection is None or selection.empty:
            return [Part(self._current)]
        parts = []
        start, end = selection.start, selection.end
        for number in range(start.block, end.block + 1):
            block = page.blocks[number]
            if block.kind is not BlockKind.SOURCE:
                continue
            ends: list[int | None] = []
            for caret in (start, end):
                row = page.lines_of(number).rows[caret.row] if caret.block == number else None
                ends.append(edit_place(diff, block.change, row.base, row.head) if row is not None else None)
            parts.append(Part(block.change, *ends))
        return parts

    # Folds by keyboard

    def next_fold(self, *, backward: bool = False) -> bool:
        """Put the keyboard on the next fold below the one at hand, or below the top of the view; False where
        there is none.
        """
        page = self._page
        if not page.blocks:
            return False
        at = next(
            ((place.block, place.row) for place in self._folds_around() if place.key == self._fold), None
        )
        if at is None:
            bar = self.verticalScrollBar().value()
            at = page.offsets.at(bar + (self.viewport().height() if backward else 0)), -2
        place = fold_after(page, *at, backward=backward)
        if place is None:
            return False
        self._fold = place.key
        line = self._look.metrics.line
        top = self._look.metrics.pad + place.row * line if place.row >= 0 else 0
        self._show_block(place.block, top, line)
        return True

    def previous_fold(self) -> bool:
        """Put the keyboard on the fold before."""
        return self.next_fold(backward=True)

    def toggle_fold(self) -> bool:
        """Open or close the fold at hand; without one, the first of the current cell. False where there is
        none.
        """
        found = self._folds_around()
        wanted = next((place for place in found if place.key == self._fold), None)
        if wanted is None:
            own = (place for place in found if self._page.blocks[place.block].change == self._current)
            wanted = next(own, None)
        if wanted is None:
            return False
        self._fold = wanted.key
        self._toggle(wanted.key)
        return True

    def _folds_around(self) -> list[FoldPlace]:
        """The folds in view, and those of the current cell."""
        page, top = self._page, self.verticalScrollBar().value()
        if not page.blocks:
            return []
        numbers = set(range(page.offsets.at(top), page.offsets.at(top + self.viewport().height()) + 1))
        header = page.header_block(self._current)
        number = header if header is not None else len(page.blocks)
        while number < len(page.blocks) and page.cell_of(number) == self._current:
            numbers.add(number)
            number += 1
        return [place for number in sorted(numbers) for place in folds_in(page, number)]

    # Going elsewhere

    def ask_cell(self) -> None:
        """Open the bar that asks which cell to go to."""
        self._goto_bar.open()
        self._place_margins()

    def goto_other_end(self) -> bool:
        """From a moved cell to the place it has left, or from a copied, split or merged one to the other."""
        header = self._page.header_block(self._current)
        if header is None:
            return False
        piece = self._page.piece(header)
        if isinstance(piece, HeaderPiece) and piece.target is not None:
            self.goto_change(piece.target)
            return True
        ghost = self._page.ghost_block(self._current)
        if ghost is not None:
            self._show_block(ghost)
        return ghost is not None

    def _goto_named(self, text: str) -> None:
        diff = self._page.diff
        found = cell_named(diff, text) if diff is not None else None
        if found is None:
            self._goto_bar.say("No such cell; type a number, [count] or id.")
            self._place_margins()
            return
        self._goto_bar.shut()
        self.goto_change(found)

    def _hidden(self, start: int, stop: int) -> tuple[int, int]:
        """How many flagged cells and finds a range of changes holds."""
        flags = bisect_left(self._flagged, stop) - bisect_left(self._flagged, start)
        return flags, self._finder.count(start, stop)

    def _set_options(self, **changes: Any) -> None:
        options = replace(self._page.options, **changes)
        if options != self._page.options:
            self._pointer.clear()
            self._keeping_place(lambda: self._page.set_options(options))

    def _go(self, index: int | None) -> bool:
        if index is None:
            return False
        self.goto_change(index)
        return True

    def _set_current(self, index: int) -> None:
        if index == self._current:
            return
        self._current = index
        self._fold = None
        self._ruler_timer.start()
        diff = self._page.diff
        said = change_title(diff, index) if diff is not None and index >= 0 else self._message
        self.setAccessibleDescription(said)
        self.viewport().update()
        self.current_changed.emit(index)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pieces in view, then what lies over them."""
        painter = QPainter(self.viewport())
        if not self._page.blocks:
            painter.fillRect(event.rect(), self._look.color("background"))
            paint_message(painter, self.viewport().rect(), self._message, self._look)
            return
        self._colouring.start_frame()
        frame = self._frame()
        for area in _strips(event.region()):
            painter.setClipRect(area)
            painter.fillRect(area, self._look.color("background"))
            frame.top, frame.bottom = area.top(), area.bottom() + 1
            paint_pieces(painter, self._page, frame)
            if self.hasFocus():
                paint_focus(painter, self.viewport().rect(), self._look)

    def _frame(self) -> Frame:
        assert self._page.diff is not None  # there are blocks
        return Frame(
            look=self._look,
            columns=self._page.columns,
            diff=self._page.diff,
            options=self._page.options,
            scroll_x=self.horizontalScrollBar().value(),
            scroll_y=self.verticalScrollBar().value(),
            top=0,
            bottom=self.viewport().height(),
            current=self._current,
            hovered=self._pointer.hovered,
            hovered_link=self._pointer.hovered_link,
            findings=self._findings,
            selection=self._pointer.selection,
            needle="" if self._finder.query.pattern else self._finder.query.text,
            match=self._finder.current,
            finds=self._finder.places,
            fold=self._fold,
            hidden=self._hidden,
        )

    # Events

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
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_cell()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            if self._fold is None or not self.toggle_fold():
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
        if event.button() is not Qt.MouseButton.LeftButton or not self._page.blocks:
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        press = self._pointer.press(event.position().toPoint(), self._frame(), extend=extend)
        if press.meaning is Meaning.TOGGLE and press.fold is not None:
            self._toggle(press.fold)
        elif press.meaning is Meaning.GO_TO_CELL:
            self.goto_change(press.change)
        elif press.meaning is Meaning.GO_TO_GHOST:
            ghost = self._page.ghost_block(press.change)
            if ghost is not None:
                self._show_block(ghost)
        elif press.meaning is Meaning.SELECT and press.change >= 0:
            self._set_current(press.change)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend a selection, or show what a click would do."""
        if not self._page.blocks:
            return
        point, pointer = event.position().toPoint(), self._pointer
        if event.buttons() & Qt.MouseButton.LeftButton and pointer.dragging:
            bar, line = self.verticalScrollBar(), self._look.metrics.line
            if point.y() < 0 or point.y() >= self.viewport().height():
                bar.setValue(bar.value() + (-line if point.y() < 0 else line))
            pointer.drag(point, self._frame())
            self.viewport().update()
            return
        before = pointer.hovered, pointer.hovered_link
        self.viewport().setCursor(pointer.hover(point, self._frame()))
        if before != (pointer.hovered, pointer.hovered_link):
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The selection stays."""
        self._pointer.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word, or activate the cell whose header was meant."""
        if not self._page.blocks:
            return
        change = self._pointer.double_click(event.position().toPoint(), self._frame())
        if change >= 0:
            self.cell_activated.emit(change)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Make the cell under the pointer current, and ask for its menu; by key, that of the current one."""
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            change = self._pointer.change_at(event.pos(), self.verticalScrollBar().value())
            if change < 0:
                return
            where = self._pointer.meant(event.pos(), self.verticalScrollBar().value())
            if where != "selection":
                self._set_current(change)
            if where:
                self.context_requested.emit(where, event.globalPos())
                return
        if self._current >= 0:
            self.menu_requested.emit(event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._pointer.hovered, self._pointer.hovered_link = None, -1
        self.viewport().update()

    def _toggle(self, fold: FoldKey) -> None:
        """Open or close a fold; what stands above it stays where it is."""
        bar = self.verticalScrollBar()
        value = bar.value()
        self._pointer.clear()
        self._page.toggle(fold)
        self._refresh()
        bar.setValue(value)


def _strips(region: QRegion) -> list[QRect]:
    """What is to be painted, as strips from top to bottom that do not overlap."""
    strips: list[QRect] = []
    for area in sorted(region, key=lambda rect: rect.top()):
        if strips and area.top() <= strips[-1].bottom() + 1:
            strips[-1] = strips[-1].united(area)
        else:
            strips.append(QRect(area))
    return strips
