"""Rendered prose laid out: parts of Markdown, LaTeX or HTML become documents of Qt, ready to be painted.

Everything here runs on a worker: reading, comparing, setting formulas, decoding pictures and laying out.
The documents then belong to the main thread, which only paints what is visible of them. No document ever
loads anything: pictures are put into it beforehand.
"""

import html
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from threading import Lock

from PySide6.QtCore import QByteArray, QCoreApplication, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFontInfo,
    QFontMetrics,
    QImage,
    QPainter,
    QTextDocument,
    QTextOption,
)

from nbreview.diff.model import EditKind, Span
from nbreview.gui.diff.decoding import decode
from nbreview.gui.diff.look import Look
from nbreview.gui.language import spoken, tr
from nbreview.gui.theme import Theme
from nbreview.presentation.highlight import tokenize
from nbreview.presentation.markdown import Part, Run, RunKind
from nbreview.presentation.mathematics import Typesetter
from nbreview.presentation.pictures import shown_size
from nbreview.presentation.prose_diff import ProseRow

FORMULA_BYTES = 24 * 2**20
"""Formulas kept as pictures; the least recently used go first."""

FORMULA_SCALE = 1.12
"""Letters of formulas are smaller than those of a window's typeface at the same size."""

TALLEST_PICTURE = 2_000
"""Device-independent pixels of a picture in prose."""

ROW_PAD = 3
"""Pixels above and below the text of a row."""

_HEADINGS = {"h1": 1.75, "h2": 1.4, "h3": 1.18, "h4": 1.0, "h5": 1.0, "h6": 1.0}
"""Sizes of headings as multiples of the text's."""


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A stretch of both sides, `top` below the upper edge; a side without it holds None."""

    kind: EditKind
    top: int
    height: int
    base: QTextDocument | None
    head: QTextDocument | None


@dataclass(frozen=True, slots=True)
class LaidProse:
    """A whole text, laid out for one width. `cost` is about what it takes, in bytes."""

    rows: tuple[LaidRow, ...]
    height: int
    cost: int


@dataclass(frozen=True, slots=True)
class _FormulaKey:
    source: str
    size: float
    color: str
    fill: str
    display: bool
    ratio: float
    x_height: int


@dataclass(frozen=True, slots=True)
class _FormulaPicture:
    image: QImage
    width: int
    height: int


class Formulas:
    """Formulas as pictures, kept by source, size and colour up to a number of bytes; safe for threads."""

    def __init__(self) -> None:
        self._typesetter = Typesetter()
        self._lock = Lock()
        self._held: OrderedDict[_FormulaKey, _FormulaPicture | None] = OrderedDict()
        self._bytes = 0

    def get(self, key: _FormulaKey) -> _FormulaPicture | None:
        """The formula's picture; None where it stays source."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = self._draw(key)
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._bytes += made.image.sizeInBytes() if made is not None else 100
            while self._bytes > FORMULA_BYTES and len(self._held) > 1:
                _, dropped = self._held.popitem(last=False)
                self._bytes -= dropped.image.sizeInBytes() if dropped is not None else 100
        return made

    def _draw(self, key: _FormulaKey) -> _FormulaPicture | None:
        from PySide6.QtSvg import QSvgRenderer

        formula = self._typesetter.set(key.source, key.size, key.color, display=key.display)
        if formula is None:
            return None
        renderer = QSvgRenderer(QByteArray(formula.svg.encode()))
        if not renderer.isValid():
            return None
        # A document centres such a picture on half the height of an x: room above or below makes the
        # formula's own line fall on that of the text.
        half = key.x_height / 2
        height = round(max(2 * formula.ascent - half, 2 * formula.descent + half) + 0.5)
        line = (height + half) / 2
        if key.display:
            height, line = round(formula.ascent + formula.descent + 0.5), formula.ascent
        width = round(formula.width + 0.5)
        image = QImage(QSize(width, height) * key.ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(key.ratio)
        image.fill(QColor(key.fill) if key.fill else Qt.GlobalColor.transparent)
        painter = QPainter(image)
        area = QRectF(0, line - formula.ascent, formula.width, formula.ascent + formula.descent)
        renderer.render(painter, area)
        painter.end()
        return _FormulaPicture(image, width, height)


class ClosedDocument(QTextDocument):
    """A document that loads nothing, from nowhere."""

    def loadResource(self, type: int, name: QUrl | str) -> object:
        return None


def lay_out(
    rows: Sequence[ProseRow],
    look: Look,
    room: float,
    ratio: float,
    formulas: Formulas,
    *,
    one_column: bool = False,
) -> LaidProse:
    """Lay out the rows of a text for a room of this width. Runs on a worker.

    Parameters
    ----------
    room:
        Width of one side in device-independent pixels.
    ratio:
        Physical pixels for one of those, for formulas and pictures.
    """
    laid: list[LaidRow] = []
    top = cost = 0
    for kind, base, head in _stretches(rows, one_column=one_column):
        documents: list[QTextDocument | None] = []
        for parts, word in ((base, look.theme.removed_word), (head, look.theme.added_word)):
            if parts is None:
                documents.append(None)
            elif documents and base is head:
                documents.append(documents[0])
            else:
                writer = _Writer(look, room, ratio, formulas, word)
                documents.append(writer.document(parts))
                cost += writer.cost
        height = max(round(document.size().height() + 0.5) for document in documents if document is not None)
        laid.append(LaidRow(kind, top, height + 2 * ROW_PAD, documents[0], documents[1]))
        top += height + 2 * ROW_PAD
    application = QCoreApplication.instance()
    for row in laid:
        for document in (row.base, row.head):
            if document is not None and application is not None:
                document.moveToThread(application.thread())
    return LaidProse(tuple(laid), top, cost)


_Marked = tuple[Part, tuple[Span, ...]]
_Side = list[_Marked] | None


def _stretches(rows: Sequence[ProseRow], *, one_column: bool) -> Iterable[tuple[EditKind, _Side, _Side]]:
    """What becomes one document on each side: neighbours that are alike are laid out together."""
    made: list[tuple[EditKind, _Side, _Side]] = []
    for row in rows:
        base: _Side = [(row.base, row.base_spans)] if row.base is not None else None
        head: _Side = [(row.head, row.head_spans)] if row.head is not None else None
        if row.kind is EditKind.REPLACE and one_column:
            made += [(row.kind, base, None), (row.kind, None, head)]
        elif row.kind is EditKind.REPLACE or (row.kind is EditKind.EQUAL and row.base != row.head):
            made.append((row.kind, None if one_column and row.kind is EditKind.EQUAL else base, head))
        elif made and made[-1][0] is row.kind and _joins(row.kind, made[-1]):
            # What is equal shares its list, and with it its document.
            side = made[-1][2] if row.kind is not EditKind.DELETE else made[-1][1]
            assert side is not None
            side += head or base or []
        elif row.kind is EditKind.EQUAL:
            made.append((row.kind, head, head))
        else:
            made.append((row.kind, base, head))
    return made


def _joins(kind: EditKind, before: tuple[EditKind, _Side, _Side]) -> bool:
    """Whether another part of this kind goes into the documents of the one before."""
    return kind is not EditKind.EQUAL or before[1] is before[2]


class _Writer:
    """Writes parts as the HTML that Qt's rich text understands, and makes a document of it."""

    def __init__(self, look: Look, room: float, ratio: float, formulas: Formulas, word: str) -> None:
        self._look = look
        self._room = max(room, 40.0)
        self._ratio = ratio
        self._formulas = formulas
        self._word = word
        self._numbers = count()
        self._resources: list[tuple[str, QImage]] = []
        self._out: list[str] = []
        self._spans: tuple[Span, ...] = ()
        self._place = 0
        self._scale = 1.0
        self.cost = 0

    def document(self, parts: Sequence[_Marked]) -> QTextDocument:
        """The parts as one document, laid out."""
        for part, spans in parts:
            self._spans = spans
            self._place = 0
            for run in part.runs:
                self._write(run)
                self._place += len(run.words)
        text = "".join(self._out)
        document = ClosedDocument()
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self._look.prose)
        document.setDocumentMargin(0)
        document.setIndentWidth(3 * self._look.unit)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        document.setDefaultStyleSheet(_style(self._look.theme))
        for name, image in self._resources:
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
            self.cost += image.sizeInBytes()
        document.setHtml(text)
        document.setTextWidth(self._room)
        document.size()  # lays it out now, here
        self.cost += 16 * len(text) + 4_000
        return document

    def _write(self, run: Run) -> None:
        match run.kind:
            case RunKind.OPEN:
                self._out.append(self._opened(run.text))
            case RunKind.CLOSE:
                self._out.append(_CLOSED.get(run.text, f"</{run.text}>"))
                self._scale = 1.0 if run.text in _HEADINGS else self._scale
            case RunKind.TEXT:
                self._out.append(self._marked(spoken(run.text)))
            case RunKind.ADDRESS:
                shown = self._marked(run.text)
                self._out.append(f'<span class="address"> ({shown})</span>')
            case RunKind.LISTING:
                self._listing(run)
            case RunKind.FORMULA | RunKind.DISPLAY:
                self._formula(run)
            case RunKind.PICTURE:
                self._picture(run)
            case RunKind.BREAK:
                self._out.append("<br>")
            case RunKind.RULE:
                self._out.append("<hr>")
            case RunKind.HTML:
                self._out.append(f"<div>{run.text}</div>")

    def _opened(self, name: str) -> str:
        name, _, detail = name.partition(":")
        if name in _HEADINGS:
            self._scale = _HEADINGS[name]
            return f'<p class="{name}">'
        if name == "ol":
            return f'<ol start="{int(detail or 1)}">'
        if name in ("td", "th"):
            return f'<{name} align="{detail or "left"}">'
        return _OPENED.get(name, f"<{name}>")

    def _marked(self, text: str, offset: int = 0) -> str:
        """A text with the words that changed on their tint. `offset` counts from the run's beginning."""
        start = self._place + offset
        parts: list[str] = []
        done = 0
        for span in self._spans:
            first, last = max(span.start - start, done), min(span.end - start, len(text))
            if first >= last:
                continue
            parts.append(_escaped(text[done:first]))
            parts.append(f'<span style="background-color:{self._word}">{_escaped(text[first:last])}</span>')
            done = last
        return "".join([*parts, _escaped(text[done:])])

    def _touched(self, length: int) -> bool:
        """Whether something that is marked as a whole holds a change."""
        return any(span.start < self._place + length and span.end > self._place for span in self._spans)

    def _listing(self, run: Run) -> None:
        lines = run.text.split("\n")
        tokens = tokenize(run.text, run.detail)
        shown: list[str] = []
        offset = 0
        for number, line in enumerate(lines):
            done, parts = 0, []
            for token in tokens[number] if number < len(tokens) else ():
                parts.append(self._marked(line[done : token.start], offset + done))
                color = getattr(self._look.theme, token.kind or "text")
                inside = self._marked(line[token.start : token.end], offset + token.start)
                parts.append(f'<span style="color:{color}">{inside}</span>')
                done = token.end
            parts.append(self._marked(line[done:], offset + done))
            shown.append("".join(parts))
            offset += len(line) + 1
        body = "\n".join(shown)
        self._out.append(
            f'<table class="listing" width="100%" cellspacing="0" bgcolor="{self._look.theme.header}">'
            f"<tr><td><pre>{body}</pre></td></tr></table>"
        )

    def _formula(self, run: Run) -> None:
        display = run.kind is RunKind.DISPLAY
        font = self._look.prose
        pixels = QFontInfo(font).pixelSize() * self._scale
        font = type(font)(font)
        font.setPointSizeF(font.pointSizeF() * self._scale)
        key = _FormulaKey(
            run.text,
            round(pixels * FORMULA_SCALE, 2),
            self._look.theme.text,
            self._word if self._touched(len(run.text)) else "",
            display,
            self._ratio,
            QFontMetrics(font).xHeight(),
        )
        picture = self._formulas.get(key)
        if picture is None:
            if display:
                self._listing(Run(RunKind.LISTING, run.text, "latex"))
            else:
                self._out.append(f"<code>{self._marked(run.text)}</code>")
            return
        shown = self._image(picture.image, picture.width, picture.height)
        self._out.append(f'<p class="display" align="center">{shown}</p>' if display else shown)

    def _picture(self, run: Run) -> None:
        if run.held is not None:
            size = shown_size(*run.held, {}) or (320, 240)
            scale = min(1.0, (self._room - 8) / size[0], TALLEST_PICTURE / size[1])
            width, height = max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)
            found = decode(*run.held, QSize(width, height) * self._ratio)
            if isinstance(found, QImage):
                # Drawn for white paper; what is transparent stays readable in the dark.
                paper = QImage(found.size(), QImage.Format.Format_RGB32)
                paper.fill(Qt.GlobalColor.white)
                painter = QPainter(paper)
                painter.drawImage(0, 0, found)
                painter.end()
                self._out.append(self._image(paper, width, height))
                return
            words = f"▧ {run.text} ({found})"
        else:
            words = f"▧ {run.text}"
        mark = f' style="background-color:{self._word}"' if self._touched(len(run.text)) else ""
        address = f"{_escaped(run.detail)}, {tr('not loaded')}"
        where = f'<span class="address"> ({address})</span>' if run.detail else ""
        self._out.append(f"<em{mark}>{_escaped(words)}</em>{where if run.held is None else ''}")

    def _image(self, image: QImage, width: int, height: int) -> str:
        name = f"held:{next(self._numbers)}"
        self._resources.append((name, image))
        return f'<img src="{name}" width="{width}" height="{height}" style="vertical-align:middle">'


_OPENED = {
    "line": "",
    "link": '<span class="link">',
    "quote": '<table class="quote" cellspacing="0"><tr><td>',
    "note": '<p class="note">',
    "table": '<table class="grid" cellspacing="0">',
    "p": "<p>",
}
_CLOSED = {
    **dict.fromkeys(_HEADINGS, "</p>"),
    "line": "",
    "link": "</span>",
    "quote": "</td></tr></table>",
    "note": "</p>",
}


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


@lru_cache(maxsize=8)
def _style(theme: Theme) -> str:
    code = '"JetBrains Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace'
    unit = theme.spacing
    half = unit // 2
    headings = "".join(
        f"p.{level} {{ font-size: {theme.body * scale:.1f}pt; font-weight: 600; "
        f"margin: {unit if scale > 1.1 else half}px 0 {half}px 0; }}"
        for level, scale in _HEADINGS.items()
    )
    return f"""{headings}
    p, li {{ line-height: {half}px; -qt-line-height-type: line-distance; }}
    p, pre {{ margin: {half}px 0 {half}px 0; }}
    ul, ol {{ margin: 0; -qt-list-indent: 1; }}
    li {{ margin: 2px 0 2px 0; }}
    .link {{ color: {theme.link}; text-decoration: underline; }}
    .address {{ color: {theme.muted}; font-size: {theme.caption:.1f}pt; }}
    .note {{ color: {theme.muted}; }}
    code, pre {{ font-family: {code}; font-size: {theme.body * 0.95:.1f}pt; }}
    code {{ background-color: {theme.header}; }}
    pre {{ margin: 0; white-space: pre-wrap; line-height: {half - 1}px;
        -qt-line-height-type: line-distance; }}
    table {{ border-collapse: collapse; margin: {half}px 0 {half}px 0; }}
    th, td {{ padding: {half - 1}px {unit}px; border-bottom: 1px solid {theme.border}; }}
    th {{ font-weight: 600; border-bottom: 1px solid {theme.control}; }}
    table.listing td {{ padding: {half}px {unit}px; border: 0px; }}
    table.quote td {{ padding: 0 0 0 {unit}px; border: 0px; border-left: 3px solid {theme.control};
        color: {theme.muted}; }}
    """
