"""Syntax colours without a stalled frame: a little now, the rest between frames, long sources on a thread.

Imports the highlighter and Qt. Who asks gets the tokens or None; `changed` says that asking again is worth
it.
"""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from nbreview.diff.model import NotebookDiff, OutputCategory
from nbreview.gui.diff.background import Background
from nbreview.notebook.model import Cell
from nbreview.presentation.highlight import Highlighter, TokenLines, language_of, terminal_tokens, tokenize
from nbreview.presentation.rows import Block, BlockKind, output_sides, sides

FRAME_SECONDS = 0.006
"""Time that one frame may spend on colours."""

LONG_SOURCE = 4_000
"""Characters beyond which a source is coloured on a thread."""


class Colouring(QObject):
    """Colours for the blocks of one canvas."""

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._highlighter = Highlighter()
        self._background = background
        self._pending: dict[tuple[str, str], None] = {}
        self._deadline = 0.0
        self.frame = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)
        background.done.connect(self._keep)

    @property
    def busy(self) -> bool:
        """Whether some source in view waits for its colours."""
        return bool(self._pending)

    def forget(self) -> None:
        """Drop what waits: another diff is shown."""
        self._pending.clear()
        self._timer.stop()

    def start_frame(self) -> None:
        """A frame begins: it may spend its share of time."""
        self.frame += 1
        self._deadline = perf_counter() + FRAME_SECONDS

    def tokens(self, source: str, language: str) -> TokenLines | None:
        """The tokens of a source, or None while they are being made."""
        known = self._highlighter.known(source, language)
        if known is not None:
            return known
        if len(source) > LONG_SOURCE:
            self._background.ask((language, source), lambda: tokenize(source, language))
            return None
        if perf_counter() < self._deadline:
            return self._highlighter.tokens(source, language)
        self._pending[language, source] = None
        self._timer.start()
        return None

    def for_block(self, diff: NotebookDiff, block: Block) -> Callable[[bool], TokenLines | None]:
        """What a piece asks for the colours of its base (False) or head (True) lines."""
        if block.kind is BlockKind.OUTPUT:
            return _terminal(diff, block)
        if block.kind is not BlockKind.SOURCE:
            return lambda head: ()
        base, head = sides(diff, diff.cells[block.change])
        wanted = (
            _language(base, diff.base.language),
            _language(head, diff.head.language),
        )
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
        """Between frames: colour what waits, for as long as a frame lasts."""
        stop = perf_counter() + FRAME_SECONDS
        while self._pending and perf_counter() < stop:
            language, source = next(iter(self._pending))
            del self._pending[language, source]
            self._highlighter.tokens(source, language)
        if not self._pending:
            self._timer.stop()
        self.changed.emit()

    def _keep(self, key: object, result: object) -> None:
        if not isinstance(key, tuple):
            return
        language, source = key
        tokens = result if isinstance(result, tuple) else ()  # a lexer that failed leaves the source plain
        self._highlighter.remember(source, language, tokens)
        self.changed.emit()


def _language(cell: Cell | None, notebook_language: str) -> tuple[str, str]:
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
