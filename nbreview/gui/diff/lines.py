"""Rows of text side by side: source, textual outputs, metadata.

Cost is that of the visible rows: lines are laid out when first painted and kept with the piece.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from nbreview.diff.model import ChangeKind, EditKind, OutputCategory, Span
from nbreview.gui.diff.comment_marks import paint_bubble
from nbreview.gui.diff.frame import Frame, Place, draw_text, fill_missing, label_output, ring
from nbreview.gui.diff.links import links, paint_link
from nbreview.gui.diff.look import Look
from nbreview.gui.diff.search import SOURCE
from nbreview.gui.diff.selection import Caret, line_in, line_number
from nbreview.gui.diff.text import MAX_PAINTED, LaidLine
from nbreview.gui.language import spoken, tr
from nbreview.presentation.geometry import Column
from nbreview.presentation.highlight import Token, TokenLines
from nbreview.presentation.labels import row_fold_text
from nbreview.presentation.lines import LineRow, Lines
from nbreview.presentation.outline import is_flag
from nbreview.presentation.rows import Block, BlockKind, FoldKey, sides
from nbreview.review.model import Finding

Colours = Callable[[bool], TokenLines | None]
"""Tokens of the base (False) or head (True) side; None while they are not known."""

NO_TOKENS: tuple[Token, ...] = ()


class _Side(NamedTuple):
    """One row of one side as it is shown: without text where the side lacks the line."""

    row: int
    line: LineRow
    y: int
    head: bool
    laid: LaidLine | None


class LinesPiece:
    """Lines of base and head beside each other, or under each other in one column."""

    def __init__(self, number: int, block: Block, lines: Lines, look: Look, colours: Colours) -> None:
        self.number = number
        self.block = block
        self.lines = lines
        self._look = look
        self._colours = colours
        self._laid: dict[tuple[int, bool], tuple[LaidLine, TokenLines | None]] = {}
        # Most lines stand on both sides: they are laid out once.
        self._twins: dict[tuple[str, Sequence[Token]], LaidLine] = {}
        self._links = links(lines.rows)
        self.plain = False
        """Whether some of it was painted before its colours were known."""
        self._same = lines.base is lines.head or lines.base == lines.head
        self.height = len(lines.rows) * look.metrics.line + 2 * look.metrics.pad
        self.width = self._widest()

    def _widest(self) -> float:
        longest = max(max(map(len, side), default=0) for side in (self.lines.base, self.lines.head))
        return min(longest, MAX_PAINTED + 40) * self._look.digit

    def row_at(self, y: int) -> int:
        """The row at a height inside the piece, within bounds."""
        row = (y - self._look.metrics.pad) // self._look.metrics.line
        return max(0, min(row, len(self.lines.rows) - 1))

    def row_top(self, row: int) -> int:
        """Where a row starts inside the piece."""
        return self._look.metrics.pad + row * self._look.metrics.line

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """The fold at a point inside the piece."""
        return self.lines.rows[self.row_at(y)].fold if self.lines.rows else None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """The place in the text nearest to a point."""
        if not self.lines.rows:
            return None
        row = self.row_at(y)
        if frame.columns.one_column:
            head = self.lines.rows[row].head is not None
        laid = self._line(row, head)
        column = frame.columns.head if head else frame.columns.base
        return Place(row, laid.column(x - column.text + frame.scroll_x) if laid is not None else 0, head)

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint the rows that are visible."""
        height = self._look.metrics.line
        first = max(0, (frame.top - top - self._look.metrics.pad) // height)
        last = min(len(self.lines.rows), (frame.bottom - top - self._look.metrics.pad) // height + 1)
        one_column = frame.columns.one_column
        for head in (True,) if one_column else (False, True):
            shown = self._shown(top, first, last, head, one_column=one_column)
            self._paint_fills(painter, top, shown, frame)
            self._paint_gutter(painter, shown, frame)
            for side in shown:
                if side.laid is not None:
                    self._paint_text(painter, side, side.laid, frame)
        for row in range(first, last):
            line = self.lines.rows[row]
            if line.fold is not None:
                self._paint_fold(painter, top + self.row_top(row), line, frame)
        if not frame.columns.one_column:
            for link in self._links:
                if link.start < last and link.stop > first:
                    paint_link(painter, link, top + self._look.metrics.pad, frame.columns, self._look)
        if self.block.kind is BlockKind.SOURCE:
            self._paint_findings(painter, top, first, last, frame)

    def _shown(self, top: int, first: int, last: int, head: bool, *, one_column: bool) -> list[_Side]:
        """What a side shows of the rows from `first` up to `last`; in one column, each row's own side."""
        found = []
        for row in range(first, last):
            line = self.lines.rows[row]
            if line.fold is None:
                own = line.head is not None if one_column else head
                found.append(_Side(row, line, top + self.row_top(row), own, self._line(row, own)))
        return found

    def _line(self, row: int, head: bool) -> LaidLine | None:
        """The laid-out text of one row on one side; laid again when its colours have become known."""
        line = self.lines.rows[row]
        number = line_number(line, head=head)
        if number is None:
            return None
        colours = self._colours(head)
        self.plain = self.plain or colours is None
        found = self._laid.get((number, head))
        if found is not None and found[1] is colours:
            return found[0]
        tokens = colours[number] if colours is not None and number < len(colours) else NO_TOKENS
        text = spoken((self.lines.head if head else self.lines.base)[number])
        twin = text, tokens
        laid = self._twins.get(twin)
        if laid is None:
            laid = self._twins[twin] = LaidLine(text, self._look.code, self._look, tokens)
        self._laid[number, head] = laid, colours
        self.width = max(self.width, laid.width)  # wide characters take more than their count says
        return laid

    def _paint_fills(self, painter: QPainter, top: int, shown: Sequence[_Side], frame: Frame) -> None:
        """Tint the lines of one side; neighbours of one tint at once."""
        look = self._look
        height = look.metrics.line
        change = frame.diff.cells[self.block.change] if self.block.change >= 0 else None
        moved = change is not None and change.kind is ChangeKind.MOVED and self.block.kind is BlockKind.SOURCE
        place = 0
        while place < len(shown):
            first = shown[place]
            y, head, missing, kind = first.y, first.head, first.laid is None, first.line.kind
            place += 1
            end = y + height
            while place < len(shown):
                side = shown[place]
                if (side.y, side.head, side.laid is None, side.line.kind) != (end, head, missing, kind):
                    break
                end += height
                place += 1
            column = frame.columns.head if head else frame.columns.base
            if missing:
                fill_missing(painter, column, y, end - y, look, origin=top)
                continue
            fill = look.line_fill(kind, head=head, moved=moved)
            if fill is not None:
                painter.fillRect(column.left, y, column.width, end - y, fill)

    def _paint_text(self, painter: QPainter, side: _Side, laid: LaidLine, frame: Frame) -> None:
        """The text of one line, above what is marked in it."""
        look, row, line, y, head = self._look, side.row, side.line, side.y, side.head
        column = frame.columns.head if head else frame.columns.base
        if self.block.kind is BlockKind.OUTPUT and row == self._first_row(head):
            label_output(painter, y, frame, self.block, column, head=head)
        clip = frame.scroll_x > 0 or laid.width > column.text_width
        if clip:
            painter.save()
            painter.setClipRect(column.text, y, column.text_width, look.metrics.line)
        x = column.text - frame.scroll_x
        spans = line.head_spans if head else line.base_spans
        if line.kind is EditKind.REPLACE and spans:
            self._mark(painter, laid, x, y, spans, look.word_fill(head=head), frame)
        if frame.finds:
            self._mark_found(painter, row, laid, x, y, head, frame)
        if frame.selection is not None and (frame.selection.head == head or frame.columns.one_column):
            self._mark_selected(painter, row, laid, x, y, frame)
        painter.setPen(look.color("text"))
        laid.draw(painter, x, y + look.rise)
        if clip:
            painter.restore()

    def _first_row(self, head: bool) -> int:
        """The first row that shows anything of a side, among the first few."""
        for row in range(min(len(self.lines.rows), 8)):
            if line_number(self.lines.rows[row], head=head) is not None:
                return row
        return -1

    def _paint_gutter(self, painter: QPainter, shown: Sequence[_Side], frame: Frame) -> None:
        """Line numbers, signs and the signs of comments of one side."""
        look, columns = self._look, frame.columns
        words, height, sign_width = look.words, look.metrics.line, look.digit * 2.5
        comments = frame.comments and self.block.kind is BlockKind.SOURCE
        numbers: list[tuple[float, float, str]] = []
        signs: dict[str, tuple[QColor, list[tuple[float, float, str]]]] = {}
        for side in shown:
            if side.laid is None:
                continue
            line, y, head = side.line, side.y, side.head
            column = columns.head if head else columns.base
            right = column.text - sign_width
            if not self.lines.numbered:
                pass
            elif columns.one_column:
                half = (right - column.left) / 2
                for number, edge in ((line.base, right - half), (line.head, right)):
                    if number is not None:
                        numbers.append((edge, y, str(number + 1)))
            else:
                numbers.append((right, y, str((line_number(line, head=head) or 0) + 1)))
            if comments:
                self._paint_comment(painter, line, y, head, column, frame)
            sign = look.line_sign(line.kind, head=head)
            if sign is not None:
                text, color = sign
                middle = column.text - (sign_width - words.width("code", text)) / 2
                signs.setdefault(text, (color, []))[1].append((middle, y, text))
            elif not self.lines.numbered:
                x = column.text - sign_width / 2
                painter.setPen(look.hairline)
                painter.drawLine(QPointF(x, y), QPointF(x, y + height))
        if numbers:
            words.draw_ending(painter, "code_small", height, numbers, look.color("muted"))
        for color, places in signs.values():
            words.draw_ending(painter, "code", height, places, color)

    def _paint_comment(
        self, painter: QPainter, line: LineRow, y: int, head: bool, column: Column, frame: Frame
    ) -> None:
        """The sign of a comment on this line, at the left of its number."""
        marks, look = frame.comments.get(self.block.change), self._look
        if marks is None:
            return
        places = [(head, line_number(line, head=head))]
        if frame.columns.one_column:
            places = [(True, line.head), (False, line.base)]
        found = [marks.lines[place] for place in places if place in marks.lines]  # type: ignore[index]
        if not found:
            return
        size = look.digit * 1.25
        area = QRectF(column.left + 1, y + (look.metrics.line - size) / 2, size, size)
        token = "accent" if any(found) else "muted"
        paint_bubble(painter, area, look.color(token), filled=any(found))

    def _mark(
        self,
        painter: QPainter,
        laid: LaidLine,
        x: float,
        y: float,
        spans: Sequence[Span],
        color: QColor,
        frame: Frame,
    ) -> None:
        """Fill behind some characters."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        inset = self._look.rise / 2
        for span in spans:
            left, right = laid.x(span.start), laid.x(span.end)
            # A zero-width span is where something was taken out: a thin mark says so.
            width = max(right - left, 2.0)
            painter.drawRoundedRect(
                QRectF(x + left, y + inset, width, self._look.metrics.line - 2 * inset), 2, 2
            )

    def _mark_found(
        self, painter: QPainter, row: int, laid: LaidLine, x: float, y: float, head: bool, frame: Frame
    ) -> None:
        part = SOURCE if self.block.kind is BlockKind.SOURCE else self.block.output
        finds = frame.finds.get((self.block.change, part))
        number = line_number(self.lines.rows[row], head=head)
        if finds is None or number is None:
            return
        # Where both sides say the same, only the head was searched.
        for match in finds.get((head or self._same, number), ()):
            here = match == frame.match and match.head == head
            token = "find_current" if here else "find_bg"
            self._mark(painter, laid, x, y, (Span(match.start, match.end),), self._look.color(token), frame)
            if here:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._look.color("focus"), 1))
                left, right = laid.x(match.start), laid.x(match.end)
                painter.drawRect(QRectF(x + left, y + 1, right - left, self._look.metrics.line - 2))

    def _mark_selected(
        self, painter: QPainter, row: int, laid: LaidLine, x: float, y: float, frame: Frame
    ) -> None:
        assert frame.selection is not None
        head = frame.selection.head
        text = line_in(self.lines, self.lines.rows[row], head=head)
        if text is None:
            return
        columns = frame.selection.columns_in(self.number, row, len(text))
        if columns is None:
            return
        left, right = laid.x(columns[0]), laid.x(columns[1])
        if columns[1] == len(text) and frame.selection.end > Caret(self.number, row, len(text)):
            right += self._look.digit / 2  # the line break is selected, too
        area = QRectF(x + left, y, right - left, self._look.metrics.line)
        painter.fillRect(area, self._look.color("text_selection"))

    def _paint_fold(self, painter: QPainter, y: int, line: LineRow, frame: Frame) -> None:
        look = self._look
        height = look.metrics.line
        area = QRectF(frame.columns.base.left, y, frame.columns.width - frame.columns.base.left, height)
        hovered = line.fold == frame.hovered
        painter.fillRect(area, look.color("hover" if hovered else "surface"))
        if line.fold == frame.fold:
            ring(painter, area, look)
        painter.setFont(look.caption)
        earlier = (
            self.block.kind is BlockKind.OUTPUT
            and frame.diff.cells[self.block.change].outputs[self.block.output].category
            is OutputCategory.ERROR
        )
        text = f"▸  {spoken(row_fold_text(line, earlier=earlier, tr=tr))}"
        left = frame.columns.base.text
        draw_text(painter, QRectF(left, y, area.right() - left, height), text, look.color("muted"))

    def _paint_findings(self, painter: QPainter, top: int, first: int, last: int, frame: Frame) -> None:
        findings = frame.findings_of(self.block.change)
        _, cell = sides(frame.diff, frame.diff.cells[self.block.change])
        if not findings or cell is None:
            return
        digest = cell.digest
        for finding in findings:
            if finding.line is None or finding.source_digest != digest or not is_flag(finding):
                continue  # about the whole cell, or made for a source with other lines
            for row in range(first, last):
                if self.lines.rows[row].head == finding.line:
                    self._underline(painter, row, top + self.row_top(row), finding, frame)
                    break

    def _underline(self, painter: QPainter, row: int, y: int, finding: Finding, frame: Frame) -> None:
        laid = self._line(row, True)
        if laid is None:
            return
        look, column = self._look, frame.columns.head
        text = line_in(self.lines, self.lines.rows[row], head=True) or ""
        start = finding.column if finding.column is not None else len(text) - len(text.lstrip())
        end = finding.end_column if finding.end_column is not None else len(text)
        left = column.text - frame.scroll_x + laid.x(start)
        right = column.text - frame.scroll_x + max(laid.x(end), laid.x(start) + look.digit)
        bottom = y + look.metrics.line - 2.5
        step = 2.0
        points = [QPointF(left, bottom)]
        while points[-1].x() < right:
            high = len(points) % 2
            points.append(QPointF(points[-1].x() + step, bottom - step * high))
        painter.save()
        painter.setClipRect(QRectF(column.text, y, column.text_width, look.metrics.line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("error"), 1.2))
        painter.drawPolyline(QPolygonF(points))
        painter.restore()
