"""Going through a diff: from change to change, from fold to fold, to a cell by name, to a moved cell's other
place.

Owns what is current. What is painted and what keys and mouse do is the canvas's.
"""

from bisect import bisect_left

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nbreview.diff.model import CellChange
from nbreview.gui.diff.cells import HeaderPiece
from nbreview.gui.diff.findview import FindView
from nbreview.gui.diff.folds import FoldPlace, fold_after, folds_in
from nbreview.gui.diff.gotobar import cell_named
from nbreview.gui.diff.output_view import OutputKey
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.theme import Theme
from nbreview.presentation.labels import change_title
from nbreview.presentation.rows import FoldKey

NOTHING_TO_COMPARE = QT_TR_NOOP("Choose a revision in the history, or open a notebook, to see what changed.")


class WalkView(FindView):
    """Owns the change and the fold at hand."""

    current_changed = Signal(int)
    """Another change is the current one (-1: none)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._message = tr(NOTHING_TO_COMPARE)
        self._by_head: dict[int, int] = {}
        self._changed: list[int] = []
        self._fold: FoldKey | None = None
        self._goto_bar.asked.connect(self._goto_named)
        self._goto_bar.closed.connect(self.setFocus)

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
            self._goto_bar.say(tr("No such cell; type a number, [count] or id."))
            self._place_margins()
            return
        self._goto_bar.shut()
        self.goto_change(found)

    def _hidden(self, start: int, stop: int) -> tuple[int, int]:
        """How many flagged cells and finds a range of changes holds."""
        flags = bisect_left(self._flagged, stop) - bisect_left(self._flagged, start)
        return flags, self._finder.count(start, stop)

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
        said = change_title(diff, index, tr=tr) if diff is not None and index >= 0 else self._message
        self.setAccessibleDescription(said)
        self.viewport().update()
        self.current_changed.emit(index)

    def _toggle(self, fold: FoldKey) -> None:
        """Open or close a fold; what stands above it stays where it is."""
        bar = self.verticalScrollBar()
        value = bar.value()
        self._pointer.clear()
        self._page.toggle(fold)
        self._refresh()
        bar.setValue(value)
