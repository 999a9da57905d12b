"""The side-by-side diff: what a reader sees, does and is told.

The canvas calls no other panel and announces what happened by signals. Where blocks lie and how a frame
comes about is `nbreview.gui.diff.pageview`; how a block looks, the pieces beside it.
"""

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

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.gui.diff.again import folds_after, goes_on_at, places_after
from nbreview.gui.diff.commentview import CommentView
from nbreview.gui.diff.frame import Frame
from nbreview.gui.diff.overlay import paint_focus, paint_message, paint_pieces
from nbreview.gui.diff.pointer import Meaning
from nbreview.gui.diff.selection import Caret, Selection, line_in
from nbreview.gui.language import spoken, tr
from nbreview.gui.theme import Theme
from nbreview.presentation.labels import describe_change
from nbreview.presentation.outline import is_flag
from nbreview.presentation.patch_text import Part, edit_place, patch_text
from nbreview.presentation.rows import BlockKind, MarkdownView, sides
from nbreview.review.model import Finding


class DiffCanvas(CommentView):
    """Base left, head right. Changes are named by their index in `NotebookDiff.cells`."""

    cell_activated = Signal(int)
    """A cell was double-clicked, or Enter was pressed on the current one."""
    open_requested = Signal(int, int)
    """A page of an output (of this change) in the browser is asked for."""
    menu_requested = Signal(QPoint)
    """A menu is asked for on the current cell; the place is the screen's."""
    context_requested = Signal(str, QPoint)
    """A menu is asked for on a "selection" of lines, an "output" or the "ruler"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._labels = ("", "")
        self._ruler.menu_requested.connect(lambda place: self.context_requested.emit("ruler", place))
        self.setAccessibleName(tr("Differences of the notebook"))
        self.setAccessibleDescription(self._message)

    # What is shown

    @property
    def diff(self) -> NotebookDiff | None:
        """The diff at hand."""
        return self._page.diff

    def set_diff(self, diff: NotebookDiff | None, base_label: str = "", head_label: str = "") -> None:
        """Show a diff, or nothing; folds close, findings go, the first change becomes current."""
        self._take(diff, base_label, head_label)
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self._refresh()
        self._set_current(self._changed[0] if self._changed else -1)
        self._find_again()

    def set_diff_again(self, diff: NotebookDiff, base_label: str, head_label: str) -> None:
        """Show the notebook at hand as it was read again: what was open stays open, what is looked at stays
        where it stands, and the cell at hand stays so, or the next that differs where it no longer does.
        """
        page, before, current = self._page, self._page.diff, self._current
        if before is None or current < 0:
            self.set_diff(diff, base_label, head_label)
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        blocks, opened, seen = page.blocks, page.options.expanded, self._tops(bar.value())
        stood = [(blocks[number].change, top) for number, top in seen.items() if number in page.headers()]
        stood.sort(key=lambda place: place[0] != current or not 0 <= place[1] < height)
        places, kept = places_after(before, diff), page.views.kept()
        self._take(diff, base_label, head_label)
        folds = folds_after(opened, blocks, page.blocks, places)
        if folds:
            page.set_options(replace(page.options, expanded=folds))
        page.views.take_back(kept, places)
        self._set_range()
        for _ in range(2):  # the second time with the heights that the first has found out
            for change, top in stood:
                block = page.header_block(places.get(change, -1))
                if block is not None:
                    bar.setValue(page.offsets.top(block) - top)
                    break
            self._refresh()
        index = goes_on_at(before, diff, current, places)
        self._set_current(index if index is not None else -1)
        if index is not None and index != places.get(current):
            self.goto_change(index)
        self._find_again()

    def _take(self, diff: NotebookDiff | None, base_label: str, head_label: str) -> None:
        self._background.forget()
        self._colouring.forget()
        self._pictures.clear()
        self._proses.clear()
        self._pointer.clear()
        self._findings = {}
        self._flagged = []
        self._comments, self._commented = {}, []
        self._fold = None
        self._labels = base_label, head_label
        self._page.set_diff(diff)
        cells = diff.cells if diff is not None else ()
        self._by_head = {
            cell.head_index: number for number, cell in enumerate(cells) if cell.head_index is not None
        }
        self._changed = [number for number, cell in enumerate(cells) if cell.kind is not ChangeKind.UNCHANGED]
        self._captions.set_labels(spoken(base_label), spoken(head_label))
        self._current = -2  # so that the first change is announced even where it has the same number

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
    def theme(self) -> Theme:
        """The theme that the canvas is painted in."""
        return self._look.theme

    def head_area(self, index: int) -> QRect | None:
        """Where the text of a change's source stands on the head side, in the viewport; None while it is
        folded away.
        """
        page = self._page
        header = page.header_block(index)
        if header is None or header + 1 > len(page.blocks):
            return None
        top = page.offsets.top(header + 1) - self.verticalScrollBar().value()
        own = header + 1 < len(page.blocks) and page.blocks[header + 1].kind in (
            BlockKind.SOURCE,
            BlockKind.PROSE,
        )
        column = page.columns.head
        height = page.offsets.height(header + 1) if own else 0
        return QRect(column.left, top, column.width, height)

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

    # Copying

    def accessible_text(self) -> str:
        """The change at hand as plain text, for a screen reader and for the text view."""
        diff = self._page.diff
        return (
            describe_change(diff, self._current, tr=tr)
            if diff is not None and self._current >= 0
            else self._message
        )

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

    def put_on_clipboard(self, text: str) -> None:
        """Put any text on the clipboard."""
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

    def _set_options(self, **changes: Any) -> None:
        options = replace(self._page.options, **changes)
        if options != self._page.options:
            self._pointer.clear()
            self._keeping_place(lambda: self._page.set_options(options))

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
        self._colouring.end_frame()

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
            comments=self._comments,
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
        if self._press_comment(event.position().toPoint()):
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
        elif press.meaning is Meaning.OPEN:
            self._set_current(press.change)
            self.open_requested.emit(press.change, press.output)
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
        cursor = pointer.hover(point, self._frame())
        on_comment = self._comment_at(point) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if on_comment else cursor)
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


def _strips(region: QRegion) -> list[QRect]:
    """What is to be painted, as strips from top to bottom that do not overlap."""
    strips: list[QRect] = []
    for area in sorted(map(QRect, region), key=QRect.top):  # type: ignore[call-overload]
        if strips and area.top() <= strips[-1].bottom() + 1:
            strips[-1] = strips[-1].united(area)
        else:
            strips.append(area)
    return strips
