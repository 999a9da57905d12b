"""Selecting by keyboard: Shift and an arrow select whole lines, across cells, of the base or of the head.

Owns nothing; the selection is the pointer's. What copying it gives is the canvas's.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from nbreview.gui.diff.line_steps import first_line, stepped, whole_lines
from nbreview.gui.diff.selection import Caret, line_in
from nbreview.gui.diff.walkview import WalkView
from nbreview.presentation.rows import BlockKind

_KEYS = {
    Qt.Key.Key_Down: lambda view: view.select_line_below(),
    Qt.Key.Key_Up: lambda view: view.select_line_above(),
    Qt.Key.Key_Left: lambda view: view.select_side(head=False),
    Qt.Key.Key_Right: lambda view: view.select_side(head=True),
}


class SelectView(WalkView):
    """What the keyboard selects."""

    def select_line_below(self) -> bool:
        """Select the line at hand, then the next one below as well; False where there is none."""
        return self._extend(up=False)

    def select_line_above(self) -> bool:
        """Select the line at hand, then the next one above as well; False where there is none."""
        return self._extend(up=True)

    def select_side(self, *, head: bool) -> bool:
        """Select the same lines on the other side; False where nothing is selected."""
        selection, page = self._pointer.selection, self._page
        if selection is None or selection.end.block >= len(page.blocks):
            return False
        anchor, caret = selection.anchor, selection.caret
        self._pointer.selection = whole_lines(
            (anchor.block, anchor.row), (caret.block, caret.row), page.lines_of, head=head
        )
        self._say()
        return True

    def select_nothing(self) -> bool:
        """Let the selection go; False where there is none."""
        selection = self._pointer.selection
        self._pointer.selection = None
        self.viewport().update()
        return selection is not None and not selection.empty

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift and an arrow select; Escape lets go."""
        shift = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
        if shift and event.key() in _KEYS:
            _KEYS[Qt.Key(event.key())](self)
        elif event.key() != Qt.Key.Key_Escape or not self.select_nothing():
            super().keyPressEvent(event)

    def _extend(self, *, up: bool) -> bool:
        page, selection = self._page, self._pointer.selection
        if not page.blocks:
            return False
        lines_of = page.lines_of
        in_source = selection is not None and page.blocks[selection.caret.block].kind is BlockKind.SOURCE
        if selection is None or not in_source:
            change = self.current_change()
            head = change is None or change.head_index is not None
            place = first_line(page.blocks, lines_of, page.header_block(self._current) or 0, head=head)
            if place is None:
                return False
            made = whole_lines(place, place, lines_of, head=head)
        elif selection.empty:  # a click said which line is at hand
            place = selection.caret.block, selection.caret.row
            made = whole_lines(place, place, lines_of, head=selection.head)
        else:
            longer = stepped(selection, page.blocks, lines_of, up=up)
            if longer is None:
                return False
            made = longer
        self._pointer.selection = made
        at = made.caret
        change_at = page.blocks[at.block].change
        if change_at != self._current:
            self._set_current(change_at)
        self._bring_into_view(at)
        self._say()
        return True

    def _bring_into_view(self, caret: Caret) -> None:
        """Scroll by no more than what is needed: the reader's eye stays on the line."""
        bar, metrics = self.verticalScrollBar(), self._look.metrics
        top = self._page.offsets.top(caret.block) + metrics.pad + caret.row * metrics.line
        lowest, highest = (
            bar.value() + self.viewport().height() - 2 * metrics.line,
            bar.value() + metrics.header,
        )
        if top > lowest:
            bar.setValue(bar.value() + top - lowest)
        elif top < highest:
            bar.setValue(bar.value() - (highest - top))
        self.viewport().update()

    def _say(self) -> None:
        """Tell a screen reader the line where the selection ends."""
        selection = self._pointer.selection
        if selection is not None:
            lines = self._page.lines_of(selection.caret.block)
            row = lines.rows[selection.caret.row]
            self.setAccessibleDescription(line_in(lines, row, head=selection.head) or "")
        self.viewport().update()
