"""Markdown cells, rendered.

markdown-it makes HTML of CommonMark with raw HTML switched off; Qt's rich text lays it out in the theme's
colours. No resource is ever loaded: pictures become their description. Only cells in view are laid out.
"""

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QPalette, QTextDocument, QTextOption

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.gui.diff.frame import Frame, Place, fill_sides
from nbreview.gui.diff.look import Look
from nbreview.gui.theme import Theme
from nbreview.presentation.geometry import Columns
from nbreview.presentation.rows import Block, FoldKey, sides

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MAX_RENDERED = 100_000
"""Characters of a Markdown cell that are rendered; the rest is counted."""

_HEADING = re.compile(r"<(/?)h([1-6])>")
_PICTURE = re.compile(r'<img src="[^"]*" alt="([^"]*)"[^>]*/?>')


class _Closed(QTextDocument):
    """A document that loads nothing, from nowhere."""

    def loadResource(self, type: int, name: QUrl | str) -> object:
        return None


class ProsePiece:
    """One Markdown cell, on each side that has it."""

    width = 0.0

    def __init__(self, block: Block, diff: NotebookDiff, look: Look, columns: Columns) -> None:
        self.block = block
        self._look = look
        change = diff.cells[block.change]
        self._kind = change.kind
        base, head = sides(diff, change)
        room = columns.head.text_width - 2 * look.unit
        base_source = base.source if base is not None else None
        head_source = head.source if head is not None else None
        self._head = _document(head_source, look, room) if head_source is not None else None
        if base_source == head_source or (columns.one_column and self._head is not None):
            self._base = self._head
        else:
            self._base = _document(base_source, look, room) if base_source is not None else None
        tallest = max(doc.size().height() for doc in (self._base, self._head) if doc is not None)
        self.height = round(tallest) + 2 * look.unit

    def fold_at(self, x: int, y: int) -> FoldKey | None:
        """Prose hides nothing."""
        return None

    def place_at(self, x: int, y: int, head: bool, frame: Frame) -> Place | None:
        """Rendered text is copied as a whole cell."""
        return None

    def paint(self, painter: QPainter, top: int, frame: Frame) -> None:
        """Paint both sides."""
        fill_sides(painter, top, self.height, self._kind, frame, self.block)
        if frame.columns.one_column:
            self._paint_document(painter, self._head or self._base, frame.columns.head.text, top, frame)
            return
        if self._kind is not ChangeKind.ADDED:
            self._paint_document(painter, self._base, frame.columns.base.text, top, frame)
        if self._kind is not ChangeKind.REMOVED:
            self._paint_document(painter, self._head, frame.columns.head.text, top, frame)

    def _paint_document(
        self, painter: QPainter, document: QTextDocument | None, x: int, top: int, frame: Frame
    ) -> None:
        if document is None:
            return
        painter.save()
        y = top + self._look.unit
        painter.translate(x, y)
        visible = QRectF(0, frame.top - y, document.textWidth(), frame.bottom - frame.top)
        painter.setClipRect(visible)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = visible
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, self._look.color("text"))
        context.palette = palette
        document.documentLayout().draw(painter, context)
        painter.restore()


def to_html(source: str) -> str:
    """Markdown as HTML that holds no picture and nothing that the author wrote as HTML."""
    if len(source) > MAX_RENDERED:
        source = f"{source[:MAX_RENDERED]}\n\n… {len(source) - MAX_RENDERED:,} more characters"
    rendered = _markdown().render(source)
    rendered = rendered.replace("\n</code></pre>", "</code></pre>")  # Qt would show an empty line
    return _PICTURE.sub(lambda match: f"<em>▧ {match.group(1) or html.escape('picture')}</em>", rendered)


def _document(source: str, look: Look, width: float) -> QTextDocument:
    document = _Closed()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(look.prose)
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setDefaultStyleSheet(_style(look.theme))
    # Qt enlarges headings of its own on top of the size that it is told.
    shown = _HEADING.sub(lambda tag: "</p>" if tag[1] else f'<p class="h{tag[2]}">', to_html(source))
    document.setHtml(shown)
    document.setTextWidth(max(width, 40.0))
    return document


@lru_cache(maxsize=1)
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@lru_cache(maxsize=8)
def _style(theme: Theme) -> str:
    code = '"JetBrains Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace'
    half = theme.spacing // 2
    sizes = {1: theme.title * 1.15, 2: theme.title, 3: theme.body * 1.15}
    headings = "".join(
        f".h{level} {{ font-size: {sizes.get(level, theme.body):.1f}pt; font-weight: 600; "
        f"margin: {half}px 0 {half}px 0; }}"
        for level in range(1, 7)
    )
    return f"""{headings}
    p, li, blockquote {{ line-height: 125%; }}
    p, ul, ol, table, pre {{ margin: {half}px 0 {half}px 0; }}
    a {{ color: {theme.link}; }}
    code, pre {{ font-family: {code}; font-size: {theme.body:.1f}pt; }}
    pre {{ background-color: {theme.header}; }}
    table {{ border-collapse: collapse; }}
    th, td {{ padding: 2px {theme.spacing}px; border-bottom: 1px solid {theme.border}; }}
    th {{ font-weight: 600; }}
    blockquote {{ color: {theme.muted}; }}
    """
