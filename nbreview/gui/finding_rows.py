"""Rows of the list of findings: how they are laid out and painted, and what lies under a click.

Imports `theme`, `parts` and frozen values only. A row is as high as its sentences need.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nbreview.gui.card_view import FindingView, evidence_words
from nbreview.gui.language import QT_TR_NOOP, tr
from nbreview.gui.parts import paint_pill, pill_size
from nbreview.gui.theme import Theme, code_font, prose_font

Index = QModelIndex | QPersistentModelIndex
HAS_FIX = QT_TR_NOOP("A fix is among the suggestions.")
ROW = Qt.ItemDataRole.UserRole
_WORDS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
_ANYWHERE = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignLeft
_TRACE_LINES = 40


class Part(StrEnum):
    """What of a row was clicked."""

    ROW = "row"
    ORIGIN = "origin"
    TRACE = "trace"
    FIX = "fix"
    DISMISS = "dismiss"
    TAKE_BACK = "take back"


class Group(StrEnum):
    """Findings that lie below a line which counts them."""

    QUIET = "quiet"
    GONE = "gone"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a finding, or a line that counts others (`heading`, those of `group`). `opened`: its
    traceback, or the findings below the line, show. `gone`: it is one of the base. `dismissed`: a person
    wants to hear no more of it.
    """

    view: FindingView | None
    heading: str = ""
    opened: bool = False
    gone: bool = False
    dismissed: bool = False
    group: Group | None = None

    @property
    def links(self) -> tuple[tuple[Part, str], ...]:
        """What can be done with the finding, in words."""
        if self.view is None or self.gone:
            return ()
        if self.dismissed:
            return ((Part.TAKE_BACK, tr("Show it again")),)
        fix = ((Part.FIX, tr("Fix this")),) if self.view.fixable else ()
        return (*fix, *(() if self.view.quiet else ((Part.DISMISS, tr("Dismiss")),)))


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of text of a row, where it stands and how it is written."""

    area: QRect
    text: str
    font: QFont
    token: str
    part: Part
    wrap: Qt.TextFlag | Qt.AlignmentFlag


def pill_words(view: FindingView) -> tuple[str, str]:
    """The words of a finding's pill and the token of its colour."""
    words, token = evidence_words(view.evidence, view.probability)
    return (f"{words} · {view.rung}" if view.rung else words), "muted" if view.quiet else token


def spoken(row: Row) -> str:
    """A row for a screen reader."""
    view = row.view
    if view is None:
        state = tr("open") if row.opened else tr("closed")
        return f"{row.heading}, {state}"
    words, _token = pill_words(view)
    news = tr("dismissed") if row.dismissed else tr("gone since base") if row.gone else view.news
    origin = tr("from {cell}").format(cell=view.origin_title) if view.origin is not None else ""
    title = ", ".join(filter(None, (view.cell_title, words, news)))
    trace = view.trace if row.opened else tr("has a traceback") if view.trace else ""
    more = [view.message, view.cause, origin, tr(HAS_FIX) if view.has_fix else "", trace]
    return f"{title}: " + " ".join(filter(None, more))


class FindingDelegate(QStyledItemDelegate):
    """Paints title and pills, the sentence, then the cause, where it came from, the traceback, and whether
    there is a fix.
    """

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self.theme = theme
        self.title_font, self.font = prose_font(theme, bold=True), prose_font(theme)
        self.small_font, self.code_font = prose_font(theme, theme.caption), code_font(theme, theme.caption)
        self.title_metrics = QFontMetrics(self.title_font)
        self._heights: dict[tuple[Row, int], int] = {}

    def forget(self) -> None:
        """Other findings have come: the heights of the old ones are not kept."""
        self._heights.clear()

    def part_at(self, row: Row, area: QRect, place: QPoint) -> Part:
        """What of a row lies at a place."""
        for block in self._blocks(row, area)[0]:
            if block.part is not Part.ROW and block.area.contains(place):
                return block.part
        return Part.ROW

    def _blocks(self, row: Row, area: QRect) -> tuple[list[_Block], int]:
        """The texts of a row below its title, and the height of the whole row."""
        unit, view = self.theme.spacing, row.view
        left, width = area.left() + unit + unit // 2, max(10, area.width() - 3 * unit)
        if view is None:
            return [], self.title_metrics.height() + 2 * unit
        top = area.top() + unit + self._title_height(view)
        blocks: list[_Block] = []

        def add(text: str, font: QFont, token: str, part: Part = Part.ROW) -> None:
            nonlocal top
            top += unit // 2
            metrics, wrap = QFontMetrics(font), _ANYWHERE if font is self.code_font else _WORDS
            height = metrics.boundingRect(0, 0, width, 100_000, wrap, text).height()
            blocks.append(_Block(QRect(left, top, width, height), text, font, token, part, wrap))
            top += height

        add(view.message, self.font, "muted" if row.gone or row.dismissed or view.weaker else "text")
        if view.cause:
            add(view.cause, self.small_font, "muted")
        if view.origin is not None:
            add("← " + tr("from {cell}").format(cell=view.origin_title), self.small_font, "link", Part.ORIGIN)
        if view.trace:
            sign = "▾" if row.opened else "▸"
            add(f"{sign} " + tr("Traceback"), self.small_font, "link", Part.TRACE)
            if row.opened:
                lines = view.trace.splitlines()
                above = tr("… {count} lines above").format(count=len(lines) - _TRACE_LINES)
                cut = [above] if len(lines) > _TRACE_LINES else []
                add("\n".join([*cut, *lines[-_TRACE_LINES:]]), self.code_font, "text")
        if view.has_fix:
            add(tr(HAS_FIX), self.small_font, "muted")
        metrics, at = QFontMetrics(self.small_font), left
        for number, (part, words) in enumerate(row.links):
            wide = metrics.horizontalAdvance(words) + 1
            if number and at + wide <= left + width:  # beside the one before
                before = blocks[-1].area
                blocks.append(
                    _Block(
                        QRect(at, before.top(), wide, before.height()),
                        words,
                        self.small_font,
                        "link",
                        part,
                        _WORDS,
                    )
                )
            else:
                at = left
                add(words, self.small_font, "link", part)
                blocks[-1].area.setWidth(min(wide, width))
            at += wide + 2 * unit
        return blocks, top + unit - area.top()

    def _title_height(self, view: FindingView) -> int:
        return max(self.title_metrics.height(), pill_size(self.theme, pill_words(view)[0]).height())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        key = (row, self._view.viewport().width())
        if key not in self._heights:  # Qt asks several times a layout
            self._heights[key] = self._blocks(row, QRect(0, 0, key[1], 0))[1]
        return QSize(0, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        theme, area, view = self.theme, option.rect, row.view
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(area, theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        if view is None:
            self._paint_heading(painter, area, row, chosen)
        else:
            self._paint_title(painter, area, row, view, chosen)
            for block in self._blocks(row, area)[0]:
                painter.setFont(block.font)
                painter.setPen(theme.color("selection_text" if chosen else block.token))
                painter.drawText(block.area, block.wrap, block.text)
        painter.setPen(theme.color("border"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_title(self, painter: QPainter, area: QRect, row: Row, view: FindingView, chosen: bool) -> None:
        theme, unit = self.theme, self.theme.spacing
        words, token = pill_words(view)
        token = "muted" if row.gone or row.dismissed else token
        height = self._title_height(view)
        right = area.right() - unit - unit // 2
        news = tr("dismissed") if row.dismissed else tr("gone") if row.gone else view.news
        for text, color in ((words, token), (news, "accent")):
            if text:
                size = pill_size(theme, text)
                pill = QRect(right - size.width(), area.top() + unit + (height - size.height()) // 2, 0, 0)
                pill.setSize(size)
                paint_pill(painter, pill, theme, text, color)
                right = pill.left() - unit // 2
        if not view.weaker:
            painter.fillRect(QRect(area.left(), area.top(), unit // 2, area.height()), theme.color(token))
        left = area.left() + unit + unit // 2
        title = QRect(left, area.top() + unit, max(0, right - left - unit // 2), height)
        painter.setFont(self.title_font)
        quiet = row.gone or row.dismissed or view.weaker
        painter.setPen(theme.color("selection_text" if chosen else "muted" if quiet else "text"))
        name = self.title_metrics.elidedText(view.cell_title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_heading(self, painter: QPainter, area: QRect, row: Row, chosen: bool) -> None:
        unit = self.theme.spacing
        painter.setFont(self.font)
        painter.setPen(self.theme.color("selection_text" if chosen else "link"))
        text = f"{'▾' if row.opened else '▸'} {row.heading}"
        inner = area.adjusted(unit + unit // 2, 0, -unit, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
