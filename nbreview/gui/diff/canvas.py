"""The side-by-side diff: what a reader sees, does and is told.

The canvas calls no other panel and announces what happened by signals. Where blocks lie and how a frame
comes about is `nbreview.gui.diff.pageview`; how a block looks, the pieces beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff
from nbreview.gui.diff.frame import Frame
from nbreview.gui.diff.overlay import paint_focus, paint_message, paint_pieces
from nbreview.gui.diff.pageview import PageView
from nbreview.gui.diff.pointer import Meaning, Pointer
from nbreview.gui.diff.search import Finder
from nbreview.gui.diff.selection import selected_text
from nbreview.gui.theme import Theme
from nbreview.presentation.labels import change_title, describe_change
from nbreview.presentation.rows import BlockKind, FoldKey, MarkdownView, sides
from nbreview.review.model import Finding

NOTHING_TO_COMPARE = "Choose a revision in the history, or open a notebook, to see what changed."


class DiffCanvas(PageView):
    """Base left, head right. Changes are named by their index in `NotebookDiff.cells`."""

    current_changed = Signal(int)
    """Another change is the current one (-1: none)."""
    cell_activated = Signal(int)
    """A cell was double-clicked, or Enter was pressed on the current one."""
    menu_requested = Signal(QPoint)
    """A menu is asked for on the current cell; the place is the screen's."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._message = NOTHING_TO_COMPARE
        self._by_head: dict[int, int] = {}
        self._changed: list[int] = []
        self._pointer = Pointer(self._page)
        self._finder = Finder()
        self._find_bar.asked.connect(self.find_text)
        self._find_bar.stepped.connect(self._step)
        self._find_bar.closed.connect(self._close_find)
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

    def accessible_text(self) -> str:
        """The change at hand as plain text, for a screen reader and for the text view."""
        diff = self._page.diff
        return (
            describe_change(diff, self._current) if diff is not None and self._current >= 0 else self._message
        )

    # Finding and copying

    def find_text(self, text: str) -> int:
        """Mark every place where the sources hold a text, go to the first from here, and count them."""
        self._finder.start(self._page.diff, text, self._current)
        self._show_match()
        return len(self._finder.matches)

    def find_next(self, *, backward: bool = False) -> int:
        """Go to the next find, around the end; its number from 1, 0 where there is none."""
        self._finder.step(backward=backward)
        self._show_match()
        return self._finder.number

    def find_previous(self) -> int:
        """Go to the find before, around the start."""
        return self.find_next(backward=True)

    def show_find(self) -> None:
        """Open the find bar with the selected text in it."""
        text = self._selected()
        self._find_bar.open_with(text if text and "\n" not in text else self._finder.needle)
        self._place_margins()

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
        diff = self._page.diff
        said = change_title(diff, index) if diff is not None and index >= 0 else self._message
        self.setAccessibleDescription(said)
        self.viewport().update()
        self.current_changed.emit(index)

    def _show_match(self) -> None:
        """Bring the find at hand into view, out of whatever fold hides it."""
        finder, page = self._finder, self._page
        self._find_bar.set_count(finder.number, len(finder.matches))
        self.viewport().update()
        match = finder.current
        if match is None:
            return
        self.goto_change(match.change)
        header = page.header_block(match.change)
        if header is None or header + 1 >= len(page.blocks):
            return
        block = header + 1
        if page.blocks[block].kind is not BlockKind.SOURCE:
            return
        row, fold = page.find_row(block, match.line, head=match.head)
        if fold is not None:
            page.toggle(fold)
            self._refresh()
            row, _ = page.find_row(block, match.line, head=match.head)
        metrics = self._look.metrics
        self._show_block(block, metrics.pad + row * metrics.line, metrics.line)

    def _step(self, backward: bool) -> None:
        self.find_next(backward=backward)

    def _close_find(self) -> None:
        self._finder.clear()
        self.setFocus()
        self.viewport().update()

    def _selected(self) -> str:
        selection = self._pointer.selection
        if selection is None or selection.empty:
            return ""
        return selected_text(selection, self._page.blocks, self._page.lines_of)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pieces in view, then what lies over them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.color("background"))
        if not self._page.blocks:
            paint_message(painter, self.viewport().rect(), self._message, self._look)
            return
        self._colouring.start_frame()
        paint_pieces(painter, self._page, self._frame())
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
            needle=self._finder.needle,
            match=self._finder.current,
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
            self._set_current(change)
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
