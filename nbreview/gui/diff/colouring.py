"""Syntax colours without a stalled frame: text is painted plain at once, its colours come from a thread.

Imports the highlighter and Qt. Who asks gets the tokens or None; `arrived` says that asking again is worth
it. What is painted goes before what is asked for ahead, and what was painted last before what has gone by.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from time import perf_counter, sleep

from PySide6.QtCore import QObject, Signal

from nbreview.diff.model import NotebookDiff, OutputCategory
from nbreview.gui.diff.background import Background
from nbreview.notebook.model import Cell
from nbreview.presentation.highlight import Highlighter, TokenLines, language_of, terminal_tokens, tokenize
from nbreview.presentation.rows import Block, BlockKind, output_sides, sides

BATCH_CHARACTERS = 3_000
"""Characters that are coloured for one answer: a page of short cells arrives together, and soon."""

MAX_WAITING = 600
"""Sources that wait for the thread; those asked for longest ago are forgotten, and asked for again if they
come into view again.
"""

HOLD_SECONDS = 0.04
"""How long the thread rests for a frame that never comes, as of a window that is covered."""

Asked = tuple[str, str]
"""A source and its language."""


class Colouring(QObject):
    """Colours for the blocks of one canvas. `arrived` says that some of what is painted has its colours."""

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._highlighter = Highlighter()
        # A thread of its own: a page of pictures being decoded must not leave the text without colours.
        self._background = Background(self, threads=1)
        self._waiting: OrderedDict[Asked, bool] = OrderedDict()  # whether it is painted
        self._batch: dict[Asked, bool] = {}
        self._held_until = 0.0
        self.frame = 0
        self._background.done.connect(self._keep)

    @property
    def busy(self) -> bool:
        """Whether some source that has been painted waits for its colours."""
        return any(self._batch.values()) or any(self._waiting.values())

    def forget(self) -> None:
        """Drop what waits: another diff is shown."""
        self._waiting.clear()
        self._batch = {}
        self._background.forget()

    def close(self) -> None:
        """Wait for the thread; nothing is delivered afterwards."""
        self._waiting.clear()
        self._background.close()

    def start_frame(self) -> None:
        """A frame begins: what had no colours in the last one may ask again."""
        self.frame += 1
        self.hold()

    def end_frame(self) -> None:
        """A frame is painted: the thread may go on."""
        self._held_until = 0.0

    def hold(self) -> None:
        """Have the thread rest until the end of the frame that is about to be made.

        Both share one interpreter, and the painter hands it over at every call of Qt: next to a thread that
        reads text, a frame would take many times as long.
        """
        self._held_until = perf_counter() + HOLD_SECONDS

    def _rest(self) -> None:
        """On the thread: wait while a frame is made."""
        while perf_counter() < self._held_until:
            sleep(0.001)

    def tokens(self, source: str, language: str) -> TokenLines | None:
        """The tokens of a source that is being painted, or None while they are made."""
        known = self._highlighter.known(source, language)
        if known is not None or not language:
            return known or ()
        asked = (source, language)
        if asked in self._batch:
            self._batch[asked] = True
            return None
        self._waiting[asked] = True
        self._waiting.move_to_end(asked)
        while len(self._waiting) > MAX_WAITING:
            self._waiting.popitem(last=False)
        self._work()
        return None

    def ask_ahead(self, diff: NotebookDiff, blocks: Iterable[Block]) -> None:
        """Colour what may come into view next, the nearest blocks first, once all that is painted has its
        colours.
        """
        for asked in [asked for asked, painted in self._waiting.items() if not painted]:
            del self._waiting[asked]  # what was ahead has gone by, or is asked for again
        for block in blocks:
            if block.kind is not BlockKind.SOURCE:
                continue
            for asked in set(_asked(diff, block)):
                if (
                    asked[1]
                    and asked not in self._waiting
                    and asked not in self._batch
                    and self._highlighter.known(*asked) is None
                ):
                    self._waiting[asked] = False
                    self._waiting.move_to_end(asked, last=False)
        self._work()

    def for_block(self, diff: NotebookDiff, block: Block) -> Callable[[bool], TokenLines | None]:
        """What a piece asks for the colours of its base (False) or head (True) lines."""
        if block.kind is BlockKind.OUTPUT:
            return _terminal(diff, block)
        if block.kind is not BlockKind.SOURCE:
            return lambda head: ()
        wanted = _asked(diff, block)
        found: dict[bool, TokenLines] = {}
        asked = {False: -1, True: -1}

        def tokens(head: bool) -> TokenLines | None:
            if head in found:
                return found[head]
            if asked[head] == self.frame:
                return None
            asked[head] = self.frame
            answer = self.tokens(*wanted[head])
            if answer is not None:
                found[head] = answer
            return answer

        return tokens

    def _work(self) -> None:
        """Give the thread its next batch: what was painted last."""
        if self._batch or not self._waiting:
            return
        characters = 0
        while self._waiting and (not self._batch or characters < BATCH_CHARACTERS):
            asked, painted = self._waiting.popitem(last=True)
            self._batch[asked] = painted
            characters += len(asked[0])
        batch = tuple(self._batch)
        rest = self._rest
        self._background.ask(batch, lambda: tuple(_coloured(*asked, rest) for asked in batch))

    def _keep(self, key: object, result: object) -> None:
        assert isinstance(key, tuple)
        coloured = result if isinstance(result, tuple) else ((),) * len(key)  # there was no memory for it
        painted = any(self._batch.values())
        self._batch = {}
        for (source, language), tokens in zip(key, coloured, strict=True):
            self._highlighter.remember(source, language, tokens)
        self._work()
        if painted:
            self.arrived.emit()


def _coloured(source: str, language: str, rest: Callable[[], None]) -> TokenLines:
    try:
        return tokenize(source, language, rest)
    except Exception:  # a lexer of another language that fails on its text leaves the source plain
        return ()


def _asked(diff: NotebookDiff, block: Block) -> tuple[Asked, Asked]:
    """The sources of both sides; a side without one asks for nothing."""
    base, head = sides(diff, diff.cells[block.change])
    return _side(base, diff.base.language), _side(head, diff.head.language)


def _side(cell: Cell | None, notebook_language: str) -> Asked:
    if cell is None:
        return "", ""
    return cell.source, language_of(cell.cell_type, notebook_language)


def _terminal(diff: NotebookDiff, block: Block) -> Callable[[bool], TokenLines | None]:
    """Colours of a textual output: those that its escape sequences ask for."""
    change = diff.cells[block.change]
    output = change.outputs[block.output]
    if output.category not in (OutputCategory.TEXT, OutputCategory.ERROR):
        return lambda head: ()
    found: dict[bool, TokenLines] = {}

    def tokens(head: bool) -> TokenLines:
        if head not in found:
            side = output_sides(diff, change, output)[head]
            text = ""
            if side is not None:
                plain = side.data.get("text/plain")
                text = (
                    "\n".join(side.traceback) if side.traceback else plain if isinstance(plain, str) else ""
                )
            # What overwrites itself is settled elsewhere; its columns would not fit.
            coloured = "\x1b" in text and "\r" not in text and "\b" not in text
            found[head] = terminal_tokens(text) if coloured else ()
        return found[head]

    return tokens
