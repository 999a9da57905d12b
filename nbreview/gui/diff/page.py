"""The diff as the canvas shows it: blocks, where they lie, and the pieces of those in view.

Holds no widget. A piece is made when its block comes into view and dropped when many others have come
since; its exact height then replaces the guess.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from nbreview.diff.model import ChangeKind, NotebookDiff, OutputCategory
from nbreview.gui.diff.cells import FoldPiece, GhostPiece, HeaderPiece
from nbreview.gui.diff.colouring import Colouring
from nbreview.gui.diff.embeds import EmbedPiece
from nbreview.gui.diff.frame import Piece
from nbreview.gui.diff.grid import GridPiece, guess_height
from nbreview.gui.diff.images import Pictures
from nbreview.gui.diff.lines import LinesPiece
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.output_view import OutputKey, OutputViews
from nbreview.gui.diff.picture_piece import PicturePiece
from nbreview.gui.diff.prose import ProsePiece, Proses, rendered_output
from nbreview.gui.diff.ruler import Mark, RulerMark
from nbreview.presentation.geometry import Columns, Offsets
from nbreview.presentation.lines import Lines, block_lines
from nbreview.presentation.rows import (
    Block,
    BlockKind,
    FoldKey,
    FoldKind,
    MarkdownView,
    ViewOptions,
    build_blocks,
    count_lines,
    sides,
)

KEPT_PIECES = 300

_IMAGE = OutputCategory.IMAGE


class Page:
    """One diff, laid out for one width."""

    def __init__(self, look: Look, colouring: Colouring, pictures: Pictures, proses: Proses) -> None:
        self.look = look
        self.diff: NotebookDiff | None = None
        self.options = ViewOptions(markdown=MarkdownView.RENDERED)
        self.blocks: list[Block] = []
        self.offsets = Offsets()
        self.columns: Columns = look.columns(800, one_column=False, digits=3)
        self.text_width = 0.0
        self.views = OutputViews()
        self._colouring = colouring
        self._pictures = pictures
        self._proses = proses
        self._width = 800
        self._ratio = 1.0
        self._digits = 3
        self._pieces: OrderedDict[int, Piece] = OrderedDict()
        self._headers: dict[int, int] = {}
        self._ghosts: dict[int, int] = {}
        self._folded: list[int] = []
        self._outputs: dict[OutputKey, int] = {}

    def set_diff(self, diff: NotebookDiff | None) -> None:
        """Show another diff, with every fold as it is at first."""
        self.diff = diff
        self.options = replace(self.options, expanded=frozenset())
        self.views.forget()
        self._digits = _digits(diff)
        self.rebuild()

    def set_options(self, options: ViewOptions) -> None:
        """Show the diff in another way."""
        self.options = options
        self.rebuild()

    def set_size(self, width: int, ratio: float) -> bool:
        """Lay out for a width and a ratio of physical to independent pixels; whether that changed much."""
        if (width, ratio) == (self._width, self._ratio):
            return False
        self._width, self._ratio = width, ratio
        self._lay_out()
        return True

    def set_look(self, look: Look) -> None:
        """Another theme or another size of text."""
        self.look = look
        self._lay_out()

    def rebuild(self) -> None:
        """Make the blocks anew."""
        self.blocks = build_blocks(self.diff, self.options) if self.diff is not None else []
        self._headers = {}
        self._ghosts = {}
        self._outputs = {}
        self._folded = []
        for number, block in enumerate(self.blocks):
            if block.kind is BlockKind.HEADER:
                self._headers[block.change] = number
            elif block.kind is BlockKind.GHOST:
                self._ghosts[block.change] = number
            elif block.fold is not None and block.fold.kind is FoldKind.CELLS:
                self._folded.append(number)
            elif block.kind is BlockKind.OUTPUT:
                self._outputs[OutputKey(block.change, block.output)] = number
        self._lay_out()

    def _lay_out(self) -> None:
        self.columns = self.look.columns(self._width, one_column=self.options.one_column, digits=self._digits)
        self._pieces.clear()
        self.text_width = 0.0
        self.offsets = Offsets(map(self._guess, self.blocks))

    def _guess(self, block: Block) -> int:
        metrics = self.look.metrics
        if block.kind is BlockKind.GHOST or (block.fold is not None and block.fold.kind is FoldKind.CELLS):
            return metrics.fold + metrics.gap
        if self.diff is not None and self.category(block) is _IMAGE:
            return self._picture(block, self.diff).height
        if self.category(block) is OutputCategory.TABLE:
            return guess_height(block.rows, self.look, self.views)
        return metrics.height(block)

    @property
    def total_height(self) -> int:
        """Height of everything, and a little air below."""
        return self.offsets.total + 2 * self.look.unit if self.blocks else 0

    def piece(self, number: int) -> Piece:
        """The piece of a block, made now if need be; corrects the block's height."""
        piece = self._pieces.get(number)
        if piece is not None:
            self._pieces.move_to_end(number)
            return piece
        piece = self._make(number)
        self._pieces[number] = piece
        self.offsets.set_height(number, piece.height)
        while len(self._pieces) > KEPT_PIECES:
            self._pieces.popitem(last=False)
        return piece

    def settle(self, top: int, height: int) -> int:
        """Make pieces of what lies below `top`; returns how much the block at the top edge grew."""
        number = first = self.offsets.at(top)
        if first < 0:
            return 0
        y = self.offsets.top(first)
        guessed = self.offsets.height(first)
        cut = y < top
        while number < len(self.blocks) and y < top + height:
            y += self.piece(number).height
            number += 1
        return self.offsets.height(first) - guessed if cut else 0

    def take_plain(self, top: int, height: int) -> list[tuple[int, int]]:
        """Where pieces in view were painted without their colours, from `top` on: (top, height) of each. They
        count as painted again.
        """
        found: list[tuple[int, int]] = []
        number = self.offsets.at(top)
        while 0 <= number < len(self.blocks) and self.offsets.top(number) < top + height:
            piece = self._pieces.get(number)
            if isinstance(piece, LinesPiece) and piece.plain:
                piece.plain = False
                found.append((self.offsets.top(number) - top, piece.height))
            number += 1
        return found

    def beside(self, top: int, height: int) -> Iterator[Block]:
        """The blocks of the page below, then of the one above, the nearest first."""
        if not self.blocks:
            return
        last = self.offsets.at(top + height)
        end = min(self.offsets.at(top + 2 * height) + 1, len(self.blocks))
        yield from self.blocks[last:end]
        start = max(self.offsets.at(max(top - height, 0)), 0)
        yield from reversed(self.blocks[start : self.offsets.at(top)])

    def renew(self, top: int, height: int) -> int | None:
        """Give text that has been laid out its height; returns how far what stands at the top edge has moved,
        None where nothing that is held has changed.
        """
        moved: int | None = None
        for number, piece in self._pieces.items():
            if not isinstance(piece, ProsePiece) or not piece.waiting or not piece.renew():
                continue
            start, before = self.offsets.top(number), self.offsets.height(number)
            self.offsets.set_height(number, piece.height)
            above = start + before <= top
            cut = start < top and start + before < top + height
            moved = (moved or 0) + (piece.height - before if above or cut else 0)
        return moved

    def header_block(self, change: int) -> int | None:
        """The block of a change's header; None while the change is folded away."""
        return self._headers.get(change)

    def headers(self) -> Collection[int]:
        """The blocks that are headers of changes."""
        return self._headers.values()

    def ghost_block(self, change: int) -> int | None:
        """The block at the place that a moved change has left."""
        return self._ghosts.get(change)

    def output_block(self, key: OutputKey) -> int | None:
        """The block of an output; None while it is folded away."""
        return self._outputs.get(key)

    def category(self, block: Block) -> OutputCategory | None:
        """What the output of a block is compared as."""
        if self.diff is None or block.kind is not BlockKind.OUTPUT:
            return None
        return self.diff.cells[block.change].outputs[block.output].category

    def table_at_edge(self, top: int, reach: int) -> bool:
        """Whether a table lies less than `reach` below `top`."""
        number = self.offsets.at(top)
        while 0 <= number < len(self.blocks) and self.offsets.top(number) < top + reach:
            if self.category(self.blocks[number]) is OutputCategory.TABLE:
                return True
            number += 1
        return False

    def remake(self, key: OutputKey | None) -> None:
        """Lay out one output again, which is shown in another way now; None for every one."""
        if key is None:
            self._lay_out()
            return
        number = self._outputs.get(key)
        if number is not None:
            self._pieces.pop(number, None)
            self.piece(number)

    def cell_of(self, number: int) -> int:
        """The change that a block is a part of, -1 for what stands between cells."""
        block = self.blocks[number]
        if block.kind is BlockKind.GHOST or (block.fold is not None and block.fold.kind is FoldKind.CELLS):
            return -1
        return block.change

    def find_row(self, number: int, line: int, *, head: bool) -> tuple[int, FoldKey | None]:
        """The row of a block that shows a line of one side, and the fold that hides it where one does."""
        row = 0
        fold: FoldKey | None = None
        for place, shown in enumerate(self.lines_of(number).rows):
            if shown.fold is not None:
                fold = shown.fold
                continue
            at = shown.head if head else shown.base
            if at == line:
                return place, None
            if at is not None and at > line:
                return row, fold
            if at is not None:
                row, fold = place, None
        return row, fold

    def fold_of(self, change: int) -> FoldKey | None:
        """The closed fold that hides a change."""
        for block in self.blocks:
            hides_cells = block.fold is not None and block.fold.kind is FoldKind.CELLS
            if hides_cells and block.change <= change < block.change + block.hidden:
                return None if block.open else block.fold
        return None

    def toggle(self, key: FoldKey) -> None:
        """Open a fold, or close it."""
        expanded = self.options.expanded
        self.set_options(
            replace(self.options, expanded=expanded - {key} if key in expanded else expanded | {key})
        )

    def lines_of(self, number: int) -> Lines:
        """The lines of a block with text."""
        piece = self.piece(number)
        if isinstance(piece, LinesPiece):
            return piece.lines
        return Lines((), (), ())

    def marks(
        self,
        flagged: Sequence[int],
        found: Sequence[int],
        current: int,
        total: int,
        commented: Sequence[int] = (),
    ) -> list[Mark]:
        """What the ruler shows for a height of `total`: changes, then changes that are `commented`, `flagged`
        or `found` in (where they are folded away, at their fold), and the current one.
        """
        marks: list[Mark] = []
        if self.diff is None:
            return marks
        tops = self.offsets.tops()
        numbers = [*self._headers.values(), len(self.blocks)]
        for place, (change, number) in enumerate(self._headers.items()):
            kind = self.diff.cells[change].kind
            if kind is ChangeKind.UNCHANGED and change != current:
                continue
            end = numbers[place + 1]
            while end - 1 > number and self.blocks[end - 1].change != change:
                end -= 1  # folds and ghosts that follow the cell are not part of it
            if kind is not ChangeKind.UNCHANGED:
                marks.append(Mark(tops[number] / total, tops[end] / total, kind))
            if change == current:
                marks.append(Mark(tops[number] / total, tops[end] / total, RulerMark.CURRENT))
        for changes, kind_of_mark in (
            (found, RulerMark.FIND),
            (flagged, RulerMark.FINDING),
            (commented, RulerMark.COMMENT),
        ):
            for change in changes:
                shown = self._headers.get(change, self._fold_block(change))
                if shown is not None:
                    marks.append(Mark(tops[shown] / total, tops[shown] / total, kind_of_mark))
        return marks

    def _fold_block(self, change: int) -> int | None:
        """The block of the closed fold that hides a change."""
        place = bisect_right(self._folded, change, key=lambda number: self.blocks[number].change) - 1
        if place < 0:
            return None
        block = self.blocks[self._folded[place]]
        return self._folded[place] if change < block.change + block.hidden else None

    def _picture(self, block: Block, diff: NotebookDiff) -> PicturePiece:
        return PicturePiece(block, diff, self.look, self.columns, self._pictures, self.views, self._ratio)

    def _prose(self, block: Block, diff: NotebookDiff) -> ProsePiece:
        guess = self.look.metrics.height(block)
        return ProsePiece(block, diff, self.look, self.columns, self._proses, self._ratio, guess)

    def _make(self, number: int) -> Piece:
        block = self.blocks[number]
        diff, look = self.diff, self.look
        assert diff is not None  # there are no blocks without a diff
        if block.kind is BlockKind.HEADER:
            return HeaderPiece(block, diff, look)
        if block.kind is BlockKind.FOLD:
            return FoldPiece(block, diff, look)
        if block.kind is BlockKind.GHOST:
            return GhostPiece(block, diff, look)
        if block.kind is BlockKind.PROSE:
            return self._prose(block, diff)
        if block.kind is BlockKind.EMBED:
            return EmbedPiece(block, diff, look)
        if block.kind is BlockKind.OUTPUT:
            output = diff.cells[block.change].outputs[block.output]
            if output.category is OutputCategory.IMAGE:
                return self._picture(block, diff)
            if output.category is OutputCategory.TABLE:
                grid = GridPiece(block, diff, self.options, look, self.columns, self.views)
                if not grid.empty:
                    self.text_width = max(self.text_width, grid.width)
                    return grid
            if self.options.markdown is not MarkdownView.SOURCE and rendered_output(
                diff, output, block.change
            ):
                return self._prose(block, diff)
        lines = block_lines(diff, block, self.options)
        piece = LinesPiece(number, block, lines, look, self._colouring.for_block(diff, block))
        self.text_width = max(self.text_width, piece.width)
        return piece


def _digits(diff: NotebookDiff | None) -> int:
    """Digits of the longest line number."""
    longest = 99
    for change in diff.cells if diff is not None else ():
        if change.source is not None:
            longest = max(longest, len(change.source.base_lines), len(change.source.head_lines))
        elif diff is not None:
            base, head = sides(diff, change)
            cell = head or base
            longest = max(longest, count_lines(cell.source) if cell is not None else 0)
    return len(str(longest))
