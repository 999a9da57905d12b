"""Rendered prose in the canvas: Markdown cells, and outputs of Markdown, LaTeX and HTML.

A piece of prose asks for its layout, which a worker makes (`nbreview.gui.diff.prose_layout`); until it has
arrived the piece is as high as was guessed and shows nothing but its tint. Nothing is read, set or laid out
on the main thread.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from nbreview.diff.model import ChangeKind, EditKind, NotebookDiff, OutputChange
from nbreview.gui.diff.background import Background
from nbreview.gui.diff.frame import (
    CENTER,
    Frame,
    Place,
    draw_text,
    fill_missing,
    fill_sides,
    label_output,
)
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.prose_layout import ROW_PAD, Formulas, LaidProse, LaidRow, lay_out
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.theme import Theme
from nbreview.notebook.model import Cell, Output
from nbreview.presentation.geometry import Column, Columns
from nbreview.presentation.markdown import Part, read_html, read_latex, read_markdown
from nbreview.presentation.prose_diff import pair_parts
from nbreview.presentation.rich_outputs import RichKind, rich_part
from nbreview.presentation.rows import Block, BlockKind, FoldKey, output_sides, sides

LAYOUT_BYTES = 48 * 2**20
"""Layouts kept; the least recently shown go first."""

AHEAD = 4
"""Markdown cells after one in view that are laid out before they come into view."""

ONLY_SOURCE = QT_TR_NOOP("Only the source differs: it reads the same.")

_READERS = {RichKind.MARKDOWN: read_markdown, RichKind.LATEX: read_latex, RichKind.HTML: read_html}

Read = Callable[[], tuple[Part, ...]]
"""Reads one side of a text."""


@dataclass(frozen=True, slots=True)
class ProseKey:
    """Which text in which look: a cell (`output` is -1) or an output of it."""

    change: int
    output: int
    room: int
    ratio: float
    one_column: bool
    theme: Theme


class Proses(QObject):
    """The laid-out texts of one canvas. `arrived` says that some text can now be painted."""

    arrived = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._formulas = Formulas()
        self._held: OrderedDict[ProseKey, LaidProse | str] = OrderedDict()
        self._bytes = 0
        background.done.connect(self._keep)

    def clear(self) -> None:
        """Forget everything: another diff is shown."""
        self._held.clear()
        self._bytes = 0

    def get(
        self, key: ProseKey, look: Look, readers: tuple[Read | None, Read | None]
    ) -> LaidProse | str | None:
        """The layout, a sentence why there is none, or None while it is being made."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
            return found
        formulas = self._formulas
        self._background.ask(key, lambda: _make(key, look, readers, formulas))
        return None

    def _keep(self, key: object, result: object) -> None:
        if not isinstance(key, ProseKey):
            return
        made = result if isinstance(result, LaidProse) else _fault(result)
        self._held[key] = made
        self._bytes += _cost(made)
        while self._bytes > LAYOUT_BYTES and len(self._held) > 1:
            _, dropped = self._held.popitem(last=False)
            self._bytes -= _cost(dropped)
        self.arrived.emit()


def _fault(result: object) -> str:
    """What a worker has raised, as a sentence."""
    return tr("This text cannot be rendered ({reason}).").format(reason=result)


class ProsePiece:
    """One text on each side that has it: a Markdown cell, or an output that is rendered."""

    width = 0.0

    def __init__(
        self,
        block: Block,
        diff: NotebookDiff,
        look: Look,
        columns: Columns,
        proses: Proses,
        ratio: float,
        guess: int,
    ) -> None:
        self.block = block
        self._diff = diff
        self._look = look
        self._proses = proses
        self._is_output = block.kind is BlockKind.OUTPUT
        change = diff.cells[block.change]
        self._kind = change.outputs[block.output].kind if self._is_output else change.kind
        self._changed = self._is_output or change.source is not None
        self._columns = columns
        self._ratio = ratio
        self._key = self._key_of(block.change, block.output)
        self._found: dict[tuple[int, str], tuple[QTextCursor, ...]] = {}
        self._laid: LaidProse | str | None = None
        self.height = guess
        self.renew()
        if not self._is_output:
            self._prepare_next()

    @property
    def waiting(self) -> bool:
        """Whether the layout is still being made."""
        return self._laid is None

    def renew(self) -> bool:
        """Take the layout if it has been made; whether it has just come."""
        if self._laid is not None:
            return False
        readers = _readers(self._diff, self.block.change, self.block.output)
        self._laid = self._proses.get(self._key, self._look, readers)
        if isinstance(self._laid, LaidProse):
            note = self._look.metrics.fold if self._only_source else 0
            self.height = max(self._laid.height, self._look.metrics.line) + 2 * self._look.unit + note
        elif self._laid is not None:
            self.height = self._look.metrics.line + 2 * self._look.unit
        return self._laid is not None

    @property
    def _only_source(self) -> bool:
        """Whether a source that differs reads the same."""
        if not isinstance(self._laid, LaidProse) or self._kind not in (ChangeKind.MODIFIED, ChangeKind.MOVED):
            return False
        return self._changed and all(row.kind is EditKind.EQUAL for row in self._laid.rows)

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """Prose hides nothing."""
        return None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """Rendered text is copied as a whole cell."""
        return None

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint both sides."""
        look, columns = self._look, frame.columns
        if self._kind is not ChangeKind.MODIFIED:
            fill_sides(painter, top, self.height, self._kind, frame, self.block)
        y = top + look.unit
        if isinstance(self._laid, str):
            painter.setFont(look.caption)
            area = QRectF(columns.head.text, y, columns.head.text_width, look.metrics.line)
            draw_text(painter, area, self._laid, look.color("muted"))
        elif self._laid is not None:
            if self._only_source:
                painter.setFont(look.caption)
                area = QRectF(columns.base.text, y, columns.width - columns.base.text, look.metrics.fold)
                draw_text(painter, area, tr(ONLY_SOURCE), look.color("muted"))
                y += look.metrics.fold
            for row in self._laid.rows:
                if row.top + row.height + y >= frame.top and row.top + y <= frame.bottom:
                    self._paint_row(painter, row, y + row.top, frame)
        if self._is_output:
            for column, head in ((columns.base, False), (columns.head, True)):
                if head or not columns.one_column:
                    label_output(painter, top + look.half, frame, self.block, column, head=head)

    def _paint_row(self, painter: QPainter, row: LaidRow, y: int, frame: Frame) -> None:
        one_column = frame.columns.one_column
        for column, document, head in (
            (frame.columns.base, row.base, False),
            (frame.columns.head, row.head, True),
        ):
            if one_column and (document is None or (head is False and row.head is not None)):
                continue
            if document is not None or not self._stands_alone:
                self._paint_tint(painter, row, y, column, frame, head=head)
            if document is not None:
                self._paint_document(painter, document, column, y + ROW_PAD, frame)

    @property
    def _stands_alone(self) -> bool:
        return self._kind in (ChangeKind.ADDED, ChangeKind.REMOVED)

    def _paint_tint(
        self, painter: QPainter, row: LaidRow, y: int, column: Column, frame: Frame, *, head: bool
    ) -> None:
        look = self._look
        if self._stands_alone:
            return  # the whole block is tinted and carries one sign in its header
        if (row.kind is EditKind.INSERT and not head) or (row.kind is EditKind.DELETE and head):
            if not frame.columns.one_column:
                fill_missing(painter, column, y, row.height, look)
            return
        fill = look.line_fill(row.kind, head=head, moved=False)
        if fill is not None:
            painter.fillRect(QRectF(column.left, y, column.width, row.height), fill)
        sign = look.line_sign(row.kind, head=head)
        if sign is not None:
            width = look.digit * 2.5
            painter.setFont(look.code)
            area = QRectF(column.text - width, y, width, min(row.height, look.metrics.line + look.unit))
            draw_text(painter, area, sign[0], sign[1], CENTER)

    def _paint_document(
        self, painter: QPainter, document: QTextDocument, column: Column, y: int, frame: Frame
    ) -> None:
        painter.save()
        painter.translate(column.text, y)
        visible = QRectF(0, frame.top - y, document.textWidth(), frame.bottom - frame.top)
        painter.setClipRect(visible)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = visible
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, self._look.color("text"))
        context.palette = palette
        if frame.needle:
            context.selections = self._marks(document, frame.needle)
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _marks(self, document: QTextDocument, needle: str) -> list[QAbstractTextDocumentLayout.Selection]:
        """What the reader looks for, marked where it stands."""
        key = (id(document), needle)
        if key not in self._found:
            found: list[QTextCursor] = []
            cursor = document.find(needle)
            while not cursor.isNull() and len(found) < 200:
                found.append(cursor)
                cursor = document.find(needle, cursor)
            self._found = {**{known: at for known, at in self._found.items() if known[1] == needle}}
            self._found[key] = tuple(found)
        shown = []
        for cursor in self._found[key]:
            style = QTextCharFormat()
            style.setBackground(self._look.color("find_bg"))
            selection = QAbstractTextDocumentLayout.Selection()
            selection.cursor = cursor
            selection.format = style
            shown.append(selection)
        return shown

    def _key_of(self, change: int, output: int) -> ProseKey:
        columns = self._columns
        room = columns.head.text_width - 2 * self._look.unit
        return ProseKey(change, output, room, self._ratio, columns.one_column, self._look.theme)

    def _prepare_next(self) -> None:
        """Have the next few Markdown cells laid out, so that scrolling finds them ready."""
        first = self.block.change + 1
        wanted = 0
        for change in range(first, min(first + 4 * AHEAD, len(self._diff.cells))):
            base, head = sides(self._diff, self._diff.cells[change])
            shown = head or base
            if shown is not None and shown.cell_type.value == "markdown":
                key = self._key_of(change, -1)
                self._proses.get(key, self._look, _readers(self._diff, change, -1))
                wanted += 1
                if wanted == AHEAD:
                    return


def rendered_output(diff: NotebookDiff, output: OutputChange, change: int) -> bool:
    """Whether an output is shown rendered: both sides that it has can be."""
    found = output_sides(diff, diff.cells[change], output)
    return all(rich_part(side) is not None for side in found if side is not None)


def _make(
    key: ProseKey, look: Look, readers: tuple[Read | None, Read | None], formulas: Formulas
) -> LaidProse:
    """Read, compare and lay out; runs on a worker."""
    base, head = (read() if read is not None else None for read in readers)
    rows = pair_parts(base, head)
    return lay_out(rows, look, key.room, key.ratio, formulas, one_column=key.one_column)


def _readers(diff: NotebookDiff, change: int, output: int) -> tuple[Read | None, Read | None]:
    at = diff.cells[change]
    if output < 0:
        base, head = sides(diff, at)
        return _cell_reader(base), _cell_reader(head)
    old, new = output_sides(diff, at, at.outputs[output])
    return _output_reader(old), _output_reader(new)


def _cell_reader(cell: Cell | None) -> Read | None:
    return None if cell is None else lambda: read_markdown(cell.source, cell.attachments)


def _output_reader(output: Output | None) -> Read | None:
    rich = rich_part(output) if output is not None else None
    return None if rich is None else lambda: _READERS[rich.kind](rich.text)


def _cost(made: LaidProse | str) -> int:
    return made.cost if isinstance(made, LaidProse) else len(made)


def warm_up() -> Sequence[Part]:
    """Load the Markdown reader: a tenth of a second that the first frame would wait for."""
    return read_markdown("# x\n\n$x$")
