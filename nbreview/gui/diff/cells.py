"""Cell headers, folds and the places that moved cells have left."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.gui.card_view import evidence_name
from nbreview.gui.diff.comment_marks import CellComments, paint_bubble
from nbreview.gui.diff.frame import CENTER, Frame, Place, draw_text, ring
from nbreview.gui.diff.look import Look
from nbreview.gui.language import spoken, tr
from nbreview.presentation.labels import SIGNS, HeaderText, fold_text, ghost_text, header_text
from nbreview.presentation.outline import is_flag
from nbreview.presentation.rows import Block, FoldKey, FoldKind
from nbreview.review.model import Evidence, Finding


class HeaderPiece:
    """A cell's header: its number, prompt and type, what became of it, and what was found in it."""

    width = 0.0

    def __init__(self, block: Block, diff: NotebookDiff, look: Look) -> None:
        self.block = block
        self.height = look.metrics.gap + look.metrics.header
        self._look = look
        self._text: HeaderText = header_text(diff, block.change, tr=tr)
        self._kind = diff.cells[block.change].kind
        self._link = QRectF()
        self._comments = QRectF()

    @property
    def target(self) -> int | None:
        """The change that the link leads to; None: the place that a moved cell has left."""
        return self._text.target

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """Headers hide nothing."""
        return None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """Headers hold no text of the notebook."""
        return None

    def link_at(self, x: int, y: int) -> bool:
        """Whether a point inside the piece lies on "from cell 9"."""
        return not self._link.isNull() and self._link.left() <= x <= self._link.right()

    def comments_at(self, x: int) -> bool:
        """Whether a point inside the piece lies on the sign of its comments."""
        return not self._comments.isNull() and self._comments.left() <= x <= self._comments.right()

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint the gap above and the strip."""
        self.paint_strip(painter, top + self._look.metrics.gap, frame)

    def paint_strip(self, painter: QPainter, y: int, frame: Frame) -> None:
        """Paint the strip alone: a header whose cell reaches out of view above sticks to the top."""
        look = self._look
        left = frame.columns.base.left
        strip = QRectF(left, y, frame.columns.width - left, look.metrics.header)
        current = frame.current == self.block.change
        painter.fillRect(strip, look.color("accent_bg" if current else "header"))
        painter.setPen(look.hairline)
        painter.drawLine(strip.topLeft(), strip.topRight())
        text = self._text
        pen = _Pen(painter, strip, look)
        pen.x = strip.left() + look.unit
        pen.write(text.number, "code_small", look.color("muted"))
        start = strip.left() + look.unit
        pen.at_least(start + look.digit * 4)
        if text.prompt:
            pen.write(text.prompt, "code", look.color("text"))
        pen.at_least(start + look.digit * 13)
        pen.write(text.cell_type, "prose", look.color("muted"))
        pen.at_least(start + look.digit * 13 + look.words.width("prose", "markdown") + 2 * look.unit)
        if text.sign:
            color = look.sign_color(self._kind)
            pen.badge(text.sign, color, look.color(f"{self._kind}_bg"))
            pen.write(text.word, "strong", color, after=look.half)
        self._link = QRectF()
        if text.link:
            self._link = pen.write(text.link, "link", look.color("moved_sign"))
        for note in text.notes:
            pen.write(note, "prose", look.color("muted"))
        for tag in text.tags:
            pen.chip(tag)
        comments = frame.comments.get(self.block.change)
        self._comments = pen.comments(comments) if comments is not None else QRectF()
        findings = frame.findings_of(self.block.change)
        if findings:
            pen.flag(findings)


class _Pen:
    """Writes words one after another along a strip."""

    def __init__(self, painter: QPainter, strip: QRectF, look: Look) -> None:
        self.painter = painter
        self.strip = strip
        self.look = look
        self.x = strip.left()

    def at_least(self, x: float) -> None:
        """Move on to a column, so that headers line up below each other."""
        self.x = max(self.x, x)

    def write(self, text: str, font: str, color: QColor, after: float | None = None) -> QRectF:
        """Write a text where the pen stands, cut to what is left of the strip; returns where it stands."""
        words, strip = self.look.words, self.strip
        room = strip.right() - self.look.unit - self.x
        width = words.draw(self.painter, font, self.x, strip.top(), strip.height(), text, color, room)
        area = QRectF(self.x, strip.top(), width + 1, strip.height())
        self.x += width + (1.5 * self.look.unit if after is None else after + self.look.half)
        return area

    def badge(self, sign: str, color: QColor, fill: QColor) -> None:
        """A sign on the tint of its change."""
        words, size = self.look.words, self.look.prose_metrics.height()
        area = QRectF(self.x, self.strip.center().y() - size / 2, size, size)
        radius = self.look.theme.radius
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(QPen(color, 1))
        self.painter.setBrush(fill)
        self.painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        x = self.x + (size - words.width("strong", sign)) / 2
        words.draw(self.painter, "strong", x, area.top(), size, sign, color)
        self.x += size + self.look.half + 2

    def chip(self, text: str) -> None:
        """A tag in an outline."""
        look = self.look
        width = look.caption_metrics.horizontalAdvance(text) + 2 * look.half + 2
        height = look.caption_metrics.height() + 2
        if self.x + width > self.strip.right() - look.unit:
            return
        area = QRectF(self.x, self.strip.center().y() - height / 2, width, height)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(QPen(look.color("control"), 1))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(
            area.adjusted(0.5, 0.5, -0.5, -0.5), look.theme.radius, look.theme.radius
        )
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self.painter.setFont(look.caption)
        draw_text(self.painter, area, text, look.color("muted"), CENTER)
        self.x += width + look.half

    def comments(self, comments: CellComments) -> QRectF:
        """The sign of comments with their number; returns where it stands, null where there is no room."""
        look, words, strip = self.look, self.look.words, self.strip
        text, token = str(comments.open or comments.count), "accent" if comments.open else "muted"
        size = look.prose_metrics.ascent()
        width = size + look.half + words.width("prose", text)
        if self.x + width > strip.right() - look.unit:
            return QRectF()
        bubble = QRectF(self.x, strip.center().y() - size / 2 + 1, size, size)
        paint_bubble(self.painter, bubble, look.color(token), filled=bool(comments.open))
        x = self.x + size + look.half
        words.draw(self.painter, "prose", x, strip.top(), strip.height(), text, look.color(token))
        area = QRectF(self.x, strip.top(), width, strip.height())
        self.x += width + 1.5 * look.unit
        return area

    def flag(self, findings: Sequence[Finding]) -> None:
        """The first finding at the right, with how it is known; more as a count."""
        look = self.look
        first = findings[0]
        sign = "⚠ " if is_flag(first) else ""
        text = f"{sign}{finding_words(first)}"
        if len(findings) > 1:
            text += f"   +{len(findings) - 1}"
        words, strip = look.words, self.strip
        room = strip.right() - 2 * look.unit - self.x
        if room < words.width("prose", "⚠ …"):
            if not sign:
                return
            room = words.width("prose", "⚠ ")
        text = words.elided("prose", text, room)
        x = strip.right() - look.unit - words.width("prose", text)
        sure = first.evidence in (Evidence.CERTAIN, Evidence.OBSERVED)
        token = ("error" if sure else "warning") if sign else "muted"
        words.draw(self.painter, "prose", x, strip.top(), strip.height(), text, look.color(token))


def finding_words(finding: Finding) -> str:
    """A finding in one line: how it is known, with the probability where there is one, and what it says."""
    sure = evidence_name(finding.evidence)
    if finding.probability is not None:
        sure += f" {finding.probability:.0%}"
    return f"{spoken(finding.message)}  ({sure})"


class FoldPiece:
    """One line that stands for what is hidden; a click opens it."""

    width = 0.0

    def __init__(self, block: Block, diff: NotebookDiff, look: Look) -> None:
        self.block = block
        self._look = look
        self._cells = block.fold is not None and block.fold.kind is FoldKind.CELLS
        gap = look.metrics.gap if self._cells else 0
        self.height = look.metrics.fold + gap
        self._top = gap
        self._text = f"{'▾' if block.open else '▸'}  {fold_text(diff, block, tr=tr)}"

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """This fold, below the gap that stands before it."""
        return self.block.fold if y >= self._top else None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """Folds hold no text."""
        return None

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint the line."""
        look = self._look
        left = frame.columns.base.left
        area = QRectF(left, top + self._top, frame.columns.width - left, self.height - self._top)
        hovered = frame.hovered is not None and frame.hovered == self.block.fold
        if self._cells:
            painter.fillRect(area, look.color("hover" if hovered else "surface"))
        elif hovered:
            painter.fillRect(area, look.color("hover"))
        if frame.fold == self.block.fold:
            ring(painter, area, look)
        start = left + look.unit if self._cells else frame.columns.base.text
        words, room = look.words, area.right() - start - look.unit
        text = words.elided("caption", self._text, room)
        end = start + words.draw(
            painter, "caption", start, area.top(), area.height(), text, look.color("muted")
        )
        if self._cells and not self.block.open and frame.hidden is not None:
            self._paint_hidden(painter, end, area, frame)

    def _paint_hidden(self, painter: QPainter, x: float, area: QRectF, frame: Frame) -> None:
        """Say that the fold hides flagged cells, or what is looked for."""
        assert frame.hidden is not None
        flags, finds = frame.hidden(self.block.change, self.block.change + self.block.hidden)
        look = self._look
        found = (tr("{n} find") if finds == 1 else tr("{n} finds")).format(n=finds)
        for text, token in (
            (f"  ·  ⚠ {flags}" if flags else "", "warning"),
            (f"  ·  {found}" if finds else "", "text"),
        ):
            if text:
                x += look.words.draw(
                    painter, "caption", x, area.top(), area.height(), text, look.color(token)
                )


class GhostPiece:
    """The place that a moved cell has left, a line that leads to where it is now."""

    width = 0.0

    def __init__(self, block: Block, diff: NotebookDiff, look: Look) -> None:
        self.block = block
        self._look = look
        self._top = look.metrics.gap
        self.height = look.metrics.fold + self._top
        self._text = ghost_text(diff, block.change, tr=tr)

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """Nothing is hidden here."""
        return None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """Ghosts hold no text."""
        return None

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint a dashed line with words that look like a link."""
        look = self._look
        left = frame.columns.base.left
        y, height = top + self._top, self.height - self._top
        painter.setFont(look.caption)
        color = look.theme.sign_color(ChangeKind.MOVED)
        x = float(left + look.unit)
        sign = f"{SIGNS[ChangeKind.MOVED]}  "
        draw_text(painter, QRectF(x, y, 100, height), sign, color)
        x += look.caption_metrics.horizontalAdvance(sign)
        font = QFont(look.caption)
        font.setUnderline(frame.hovered_link == self.block.change)
        painter.setFont(font)
        width = look.caption_metrics.horizontalAdvance(self._text)
        draw_text(painter, QRectF(x, y, width + 1, height), self._text, color)
        painter.setPen(QPen(color, 1, Qt.PenStyle.DotLine))
        middle = y + height / 2
        start = x + width + look.unit
        painter.drawLine(QPointF(start, middle), QPointF(frame.columns.width - look.unit, middle))
