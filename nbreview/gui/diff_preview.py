"""A small diff in one column, as a card shows it: removed and added lines with signs, and the words that
changed.

Imports `theme`, the canvas's rules for what may be painted, syntax colours and frozen values. Lines wrap,
as a card is narrow; its height follows its width. The canvas is for reading at length.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nbreview.diff.model import EditKind, LineEdit, Span, TextDiff
from nbreview.gui.diff.look import TAB_COLUMNS
from nbreview.gui.diff.text import shown_text
from nbreview.gui.language import tr
from nbreview.gui.theme import Theme, code_font, prose_font
from nbreview.presentation.highlight import Highlighter, Token, TokenLines

CONTEXT_LINES = 2
SMALLEST_FOLD = 3
"""Up to so many unchanged lines are shown: folding them would save next to nothing."""
MAX_ROWS = 300
_WIDTHS_KEPT = 4
"""A layout asks for the height at several widths, again and again, before it settles on one."""
MAX_COLOURED = 30_000
"""Characters of source that are coloured here, on the main thread; a longer one stays plain."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One painted row. `sign` is "−", "+", "" (context) or "⋯" (a fold, whose words are the text)."""

    sign: str
    text: str
    spans: tuple[Span, ...] = ()
    line: int = 0  # in the base for "−", else in the head
    hunk: int = -1  # which run of changed lines it belongs to


def preview_rows(diff: TextDiff, context: int = CONTEXT_LINES) -> tuple[PreviewRow, ...]:
    """The rows of a diff in one column: in each run of changes the removed lines, then the added ones."""
    near = [False] * len(diff.edits)
    for place, edit in enumerate(diff.edits):
        if edit.kind is not EditKind.EQUAL:
            for other in range(max(0, place - context), min(len(near), place + context + 1)):
                near[other] = True
    rows: list[PreviewRow] = []
    place, hunk = 0, -1
    while place < len(diff.edits):
        start = place
        if diff.edits[place].kind is not EditKind.EQUAL:
            while place < len(diff.edits) and diff.edits[place].kind is not EditKind.EQUAL:
                place += 1
            hunk += 1
            rows += _changed_rows(diff, diff.edits[start:place], hunk)
        elif near[place]:
            line = diff.edits[place].head_line or 0
            rows.append(PreviewRow("", diff.head_lines[line], line=line))
            place += 1
        else:
            while place < len(diff.edits) and not near[place]:
                place += 1
            if place - start > SMALLEST_FOLD:
                rows.append(PreviewRow("⋯", tr("{n} unchanged lines").format(n=place - start)))
                continue
            for edit in diff.edits[start:place]:
                line = edit.head_line or 0
                rows.append(PreviewRow("", diff.head_lines[line], line=line))
    if len(rows) > MAX_ROWS:
        said = tr("{n} more lines: choose Edit to see all of them").format(n=len(rows) - MAX_ROWS)
        rows = [*rows[:MAX_ROWS], PreviewRow("⋯", said)]
    return tuple(rows)


def _changed_rows(diff: TextDiff, edits: tuple[LineEdit, ...], hunk: int) -> list[PreviewRow]:
    removed = [
        PreviewRow("−", diff.base_lines[edit.base_line], edit.base_spans, edit.base_line, hunk)
        for edit in edits
        if edit.base_line is not None
    ]
    added = [
        PreviewRow("+", diff.head_lines[edit.head_line], edit.head_spans, edit.head_line, hunk)
        for edit in edits
        if edit.head_line is not None
    ]
    return removed + added


def rows_in_words(rows: Iterable[PreviewRow]) -> str:
    """Rows for the screen reader: each line with what became of it."""
    words = {"−": tr("removed"), "+": tr("added"), "": tr("unchanged"), "⋯": tr("folded")}
    return "\n".join(f"{words[row.sign]}: {row.text}" for row in rows)


class DiffPreview(QWidget):
    """Paints the rows; as high as they need at its width. One hunk may be marked; a click marks another."""

    hunk_clicked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PreviewRow, ...] = ()
        self._hunk = -1
        self._tokens: tuple[TokenLines, TokenLines] = ((), ())
        self._places: list[tuple[float, float]] = []  # top and height of each row
        self._layouts: dict[int, QTextLayout] = {}  # of the rows that wrap, or have been painted
        self._laid_width = -1
        self._laid: dict[int, tuple[list[tuple[float, float]], dict[int, QTextLayout]]] = {}
        self._take(theme)
        # Not fixed: layouts keep a hint that was made at another width, and would cut the preview off at it.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("Proposed change"))

    def set_diff(self, diff: TextDiff, language: str, highlighter: Highlighter) -> None:
        """Show another diff, coloured as `language` ("" for plain)."""
        self._rows = preview_rows(diff)
        sides = ["\n".join(lines) for lines in (diff.base_lines, diff.head_lines)]
        if language and sum(map(len, sides)) <= MAX_COLOURED:
            self._tokens = (highlighter.tokens(sides[0], language), highlighter.tokens(sides[1], language))
        else:
            self._tokens = ((), ())
        self.setAccessibleDescription(rows_in_words(self._rows))
        self._again()

    def set_hunk(self, hunk: int) -> None:
        """Mark a run of changed lines, counted from 0; −1 for none."""
        if hunk != self._hunk:
            self._hunk = hunk
            self.update()

    def hunk_area(self, hunk: int) -> QRect:
        """Where a run of changed lines is painted, for bringing it into view."""
        self._lay_out(self.width())
        places = [place for place, row in zip(self._places, self._rows, strict=True) if row.hunk == hunk]
        if hunk < 0 or not places:
            return QRect()
        top, bottom = places[0][0], sum(places[-1])
        return QRect(0, int(top), self.width(), ceil(bottom - top))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, row in zip(self._places, self._rows, strict=True):
            if row.hunk >= 0 and place[0] <= event.position().y() < sum(place):
                self.hunk_clicked.emit(row.hunk)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme, or with text of another size."""
        self._take(theme)
        self._again()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._lay_out(width)
        half = self._theme.spacing // 2
        bottom = sum(self._places[-1]) if self._places else half
        return ceil(bottom) + half + 1

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > self.minimumSizeHint().width() else int(self._digit * 40)
        return QSize(int(self._digit * 40), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self._digit * 12), 0)

    def _take(self, theme: Theme) -> None:
        self._theme = theme
        # At the size of prose: a card is narrow, and the canvas is for reading at length.
        self._code, self._caption = code_font(theme, theme.body), prose_font(theme, theme.caption)
        metrics = QFontMetricsF(self._code)
        self._digit, self._line = metrics.horizontalAdvance("0"), metrics.height()
        self._gap = ceil(self._line * 0.12)
        self._gutter = self._digit + 1.5 * theme.spacing

    def _again(self) -> None:
        self._laid_width = -1
        self._laid.clear()
        self.updateGeometry()
        self.update()

    def _room(self) -> float:
        return max(20.0, self._laid_width - self._gutter - self._theme.spacing)

    def _lay_out(self, width: int) -> None:
        if width == self._laid_width:
            return
        if len(self._laid) >= _WIDTHS_KEPT:
            self._laid.clear()
        self._laid_width = width
        known = self._laid.get(width)
        if known is not None:
            self._places, self._layouts = known
            return
        self._places, self._layouts = self._laid.setdefault(width, ([], {}))
        fits = int(self._room() / self._digit)
        top = 1.0 + self._theme.spacing // 2
        for place, row in enumerate(self._rows):
            # A short line of plain characters is one line high; only the others need laying out to know.
            if len(row.text) <= fits and row.text.isascii() and "\t" not in row.text and row.sign != "⋯":
                height = self._line
            else:
                height = self._layout_of(place).boundingRect().height()
            self._places.append((top, height + 2 * self._gap))
            top += height + 2 * self._gap

    def _layout_of(self, place: int) -> QTextLayout:
        found = self._layouts.get(place)
        if found is not None:
            return found
        row = self._rows[place]
        text = shown_text(row.text)
        layout = QTextLayout(text, self._caption if row.sign == "⋯" else self._code)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(TAB_COLUMNS * self._digit)
        layout.setTextOption(option)
        layout.setFormats(self._formats(row, text))
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._room())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        self._layouts[place] = layout
        return layout

    def _formats(self, row: PreviewRow, text: str) -> list[QTextLayout.FormatRange]:
        units = _units(text)
        tokens = self._tokens[0 if row.sign == "−" else 1]
        found: tuple[Token, ...] = ()
        if row.sign != "⋯" and row.line < len(tokens):
            found = tokens[row.line]
        color = self._theme.color
        formats = [
            _format(units, token.start, token.end, foreground=color(token.kind or "text")) for token in found
        ]
        word = color("removed_word" if row.sign == "−" else "added_word")
        return formats + [_format(units, span.start, span.end, background=word) for span in row.spans]

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(self.width())
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("background"))
        fills = {"−": "removed_bg", "+": "added_bg", "⋯": "header"}
        signs = {"−": "removed_sign", "+": "added_sign", "⋯": "muted"}
        shown = QRectF(event.rect())
        for place, (top, height) in enumerate(self._places):
            area = QRectF(1, top, self.width() - 2, height)
            if not area.intersects(shown):
                continue
            row, layout = self._rows[place], self._layout_of(place)
            if row.sign in fills:
                painter.fillRect(area, theme.color(fills[row.sign]))
            rise = (height - layout.boundingRect().height()) / 2
            if row.sign:
                painter.setFont(self._code)
                painter.setPen(theme.color(signs[row.sign]))
                first = QRectF(0, top + rise, self._gutter, layout.lineAt(0).height())
                painter.drawText(first, Qt.AlignmentFlag.AlignCenter, row.sign)
            painter.setPen(theme.color("muted" if row.sign == "⋯" else "text"))
            layout.draw(painter, QPointF(self._gutter, top + rise))
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        marked = self.hunk_area(self._hunk)
        if not marked.isEmpty():
            painter.fillRect(
                marked.adjusted(0, 0, theme.spacing // 2 - marked.width(), 0), theme.color("focus")
            )
            painter.setPen(QPen(theme.color("focus"), 1))
            painter.drawRect(marked.adjusted(0, 0, -1, -1))
        painter.end()


def _units(text: str) -> list[int] | None:
    """Offsets of code points in the UTF-16 units that Qt counts in; None where both are the same."""
    if text.isascii() or max(text) <= "\uffff":
        return None
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if character > "\uffff" else 1))
    return units


def _format(
    units: list[int] | None,
    start: int,
    end: int,
    *,
    foreground: QColor | None = None,
    background: QColor | None = None,
) -> QTextLayout.FormatRange:
    if units is not None:
        start, end = units[min(start, len(units) - 1)], units[min(end, len(units) - 1)]
    found = QTextLayout.FormatRange()
    found.start, found.length = start, max(0, end - start)
    style = QTextCharFormat()
    if foreground is not None:
        style.setForeground(QBrush(foreground))
    if background is not None:
        style.setBackground(QBrush(background))
    found.format = style
    return found
