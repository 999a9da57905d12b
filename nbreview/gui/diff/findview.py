"""A page in which something is looked for: the find bar, the finds, and the way from one to the next.

What is current and how to go there is the canvas's.
"""

from dataclasses import replace

from PySide6.QtWidgets import QToolButton, QWidget

from nbreview.gui.diff.output_view import OutputKey
from nbreview.gui.diff.pageview import PageView
from nbreview.gui.diff.pointer import Pointer
from nbreview.gui.diff.search import SOURCE, Finder, Match, Query
from nbreview.gui.diff.selection import selected_text
from nbreview.gui.theme import Theme
from nbreview.presentation.rows import BlockKind, FoldKey, FoldKind


class FindView(PageView):
    """Owns what is looked for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._finder = Finder()
        self._pointer = Pointer(self._page)
        self._find_bar.asked.connect(self.look_for)
        self._find_bar.stepped.connect(self._step)
        self._find_bar.closed.connect(self._close_find)
        self._find_bar.resized.connect(self._place_margins)

    def goto_change(self, index: int) -> None:
        """Make a change current and bring it into view, out of a fold if need be."""
        raise NotImplementedError

    def find_text(self, text: str) -> int:
        """Mark every place where the sources hold a text, go to the first from here, and count them."""
        return self.look_for(replace(self._find_bar.query, text=text))

    def look_for(self, query: Query) -> int:
        """Mark every place where a query stands, go to the first from here, and count them."""
        self._finder.start(self._page.diff, query, self._current)
        self._ruler_timer.start()
        self._show_match()
        return len(self._finder.matches)

    def find_next(self, *, backward: bool = False) -> int:
        """Go to the next find, around the end; its number from 1, 0 where there is none. Without the bar, it
        opens with what was looked for last.
        """
        if self._find_bar.isHidden() and not self._finder.query.text:
            self._find_bar.open_with(self._find_bar.query.text)
            self._place_margins()
            return self._finder.number
        self._finder.step(backward=backward)
        self._show_match()
        return self._finder.number

    def find_previous(self) -> int:
        """Go to the find before, around the start."""
        return self.find_next(backward=True)

    def show_find(self) -> None:
        """Open the find bar with the selected text in it."""
        text = self._selected()
        self._find_bar.open_with(text if text and "\n" not in text else self._finder.query.text)
        self._place_margins()

    def find_ways(self) -> dict[str, QToolButton]:
        """The switches of the find bar, by field of `Query`."""
        return dict(self._find_bar.ways)

    def set_find_way(self, way: str, on: bool) -> None:
        """How what is looked for is understood: a field of `Query`, on or off."""
        self._find_bar.ways[way].setChecked(on)

    def _selected(self) -> str:
        selection = self._pointer.selection
        if selection is None or selection.empty:
            return ""
        return selected_text(selection, self._page.blocks, self._page.lines_of)

    def _find_again(self) -> None:
        """Look for the same in another diff, and go nowhere."""
        if self._find_bar.isHidden():
            self._finder.clear()
        else:
            self._finder.start(self._page.diff, self._find_bar.query, self._current)
        self._find_bar.set_count(self._finder.number, len(self._finder.matches), self._finder.problem)
        self._ruler_timer.start()

    def _found_changes(self) -> tuple[int, ...]:
        return self._finder.changes()

    def _show_match(self) -> None:
        """Bring the find at hand into view, out of whatever fold hides it."""
        finder, page = self._finder, self._page
        self._find_bar.set_count(finder.number, len(finder.matches), finder.problem)
        self.viewport().update()
        match = finder.current
        if match is None:
            return
        self.goto_change(match.change)
        block = self._block_of(match)
        if block is None:
            return
        if page.blocks[block].kind not in (BlockKind.SOURCE, BlockKind.OUTPUT):
            self._show_block(block)
            return
        row, fold = page.find_row(block, match.line, head=match.head)
        if fold is not None:
            self._open(fold)
            row, _ = page.find_row(block, match.line, head=match.head)
        metrics = self._look.metrics
        self._show_block(block, metrics.pad + row * metrics.line, metrics.line)

    def _block_of(self, match: Match) -> int | None:
        """The block that a find stands in, out of a fold of outputs if need be."""
        page = self._page
        header = page.header_block(match.change)
        if header is None or header + 1 >= len(page.blocks):
            return None
        if match.output == SOURCE:
            return header + 1
        key = OutputKey(match.change, match.output)
        if page.output_block(key) is None:
            for block in page.blocks[header:]:
                if block.change != match.change:
                    break
                if block.fold is not None and block.fold.kind is FoldKind.OUTPUTS and not block.open:
                    self._open(block.fold)
                    if page.output_block(key) is not None:
                        break
        return page.output_block(key)

    def _open(self, fold: FoldKey) -> None:
        self._page.toggle(fold)
        self._refresh()

    def _step(self, backward: bool) -> None:
        self.find_next(backward=backward)

    def _close_find(self) -> None:
        self._finder.clear()
        self._ruler_timer.start()
        self.setFocus()
        self.viewport().update()
