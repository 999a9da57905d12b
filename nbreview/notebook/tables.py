"""HTML tables of outputs as rows of plain texts, so that they can be compared and painted as grids.

Reads the tags by hand, in one pass, and builds nothing but texts: scripts, styles and links are dropped.
Imports nothing of nbreview.
"""

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CELLS = 20_000
"""Cells read of one table unless the caller says otherwise; what lies beyond is cut off."""

MAX_TEXT = 500
"""Characters kept of one cell."""

_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*")
_CELL = re.compile(r"<(t[dh])((?:\s[^<>\"']{0,200})?)>([^<]{0,2000})</t[dh]>\s{0,40}", re.IGNORECASE)
_SPAN = re.compile(r"colspan\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_OPENING = re.compile(r"<table\b", re.IGNORECASE)
_SILENT = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("style", "script", "template", "title")
}
_MAX_QUOTED = 16
"""Closing brackets inside the quotes of one tag."""
_BLOCKS = frozenset({"table", "/table", "br", "p", "/p", "div", "/div", "li", "/li", "hr", "tr", "td", "th"})
"""Tags that part two words even where no space does."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell; `header` for `<th>`. A cell that spans columns stands once, followed by empty ones."""

    text: str
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: every row has the same number of cells. `cut` says that the HTML held more."""

    rows: tuple[tuple[TableCell, ...], ...]
    cut: bool = False

    @property
    def columns(self) -> int:
        """Cells in a row."""
        return len(self.rows[0]) if self.rows else 0


def read_table(html: str, cells: int = MAX_CELLS) -> Table | None:
    """The first table of an HTML text that holds a cell; None where there is none.

    Rows that a row-spanning cell leaves short are filled at their start, as pandas writes its indexes. A
    table inside a cell is part of that cell's text. At most `cells` cells are read.
    """
    return next(iter(read_page(html, cells)[0]), None)


def read_page(html: str, cells: int = MAX_CELLS) -> tuple[tuple[Table, ...], str]:
    """Every table of an HTML text, and the text around them (white space as one blank).

    `cells` is what all the tables may hold together; nothing is read beyond them, the text around neither.
    """
    reader = _Reader(cells)
    for text, tag, attributes, inner in _tokens(html):
        if text:
            reader.text(text)
        if tag:
            reader.tag(tag, attributes)
        if inner is not None:
            if inner:
                reader.text(inner)
            reader.tag("/td", "")
        if reader.full:
            break
    reader.end_table()
    return tuple(reader.tables), " ".join("".join(reader.around).split())


def first_table(html: str) -> int:
    """Where the first table of an HTML text begins; -1 where there is none."""
    found = _OPENING.search(html)
    return found.start() if found else -1


class _Reader:
    """Collects cells. What lies outside a table is kept apart."""

    def __init__(self, cells: int) -> None:
        self.tables: list[Table] = []
        self.around: list[str] = []
        self.full = False
        self._left = cells
        self._rows: list[list[TableCell]] = []
        self._known: dict[tuple[str, bool], TableCell] = {}
        self._text: list[str] | None = None
        self._header = False
        self._span = 1
        self._depth = 0

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)
        elif not self._depth:
            self.around.append(text)

    def tag(self, tag: str, attributes: str) -> None:
        if tag in _BLOCKS and (self._text is not None or not self._depth):
            self.text(" ")
        if tag == "table":
            self._depth += 1
        elif tag == "/table":
            self._depth = max(0, self._depth - 1)
            if not self._depth:
                self.end_table()
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_cell()
            self._rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            self._text = []
            self._header = tag == "th"
            span = _SPAN.search(attributes) if attributes else None
            self._span = min(max(int(span.group(1)), 1), 1000) if span else 1
        elif tag in ("/td", "/th", "/tr"):
            self._end_cell()

    def end_table(self) -> None:
        """The table, or the text, is over: a cell that was never closed ends here."""
        self._end_cell()
        rows = [row for row in self._rows if row]
        self._rows = []
        self._depth = 0
        if rows:
            width = max(map(len, rows))
            filler = TableCell("", True)
            self.tables.append(
                Table(tuple((*[filler] * (width - len(row)), *row) for row in rows), self.full)
            )

    def _end_cell(self) -> None:
        if self._text is None:
            return
        text = " ".join("".join(self._text).split())
        self._text = None
        if not self._rows:
            self._rows.append([])
        if self._left <= 0:
            self.full = True
            return
        text = text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"
        key = (text, self._header)
        cell = self._known.get(key)
        if cell is None:
            cell = self._known[key] = TableCell(text, self._header)
        self._rows[-1].append(cell)
        if self._span > 1:
            self._rows[-1].extend([TableCell("", self._header)] * (self._span - 1))
        self._left -= self._span


def _tokens(html: str) -> Iterator[tuple[str, str, str, str | None]]:
    """`(text before, tag in lower case, its attributes, inner)`, in order.

    Comments and silent elements are left out. A cell that holds nothing but text comes as a whole: `inner` is
    its text, and its end is not told.

    Linear in the length of the text, also where brackets or quotes are never closed.
    """
    position, end = 0, len(html)
    while position < end:
        bracket = html.find("<", position)
        if bracket < 0:
            break
        text = html[position:bracket]
        if html.startswith("<!--", bracket):
            closing = html.find("-->", bracket + 4)
            position = end if closing < 0 else closing + 3
            yield _plain(text), "", "", None
            continue
        cell = _CELL.match(html, bracket)
        if cell is not None:
            yield _plain(text), cell[1].lower(), cell[2], _plain(cell[3])
            position = cell.end()
            continue
        name = _NAME.match(html, bracket + 1)
        if name is None:
            mark = html[bracket + 1 : bracket + 2]
            closing = html.find(">", bracket) if mark in ("!", "?") and mark else -1
            yield _plain(text if closing >= 0 else text + "<"), "", "", None
            position = closing + 1 if closing >= 0 else bracket + 1
            continue
        closing = _closing(html, name.end())
        if closing < 0:
            yield _plain(text), "", "", None
            position = end
            break
        tag = name.group().lower()
        yield _plain(text), tag, html[name.end() : closing], None
        position = closing + 1
        if tag in _SILENT:
            silent = _SILENT[tag].search(html, position)
            position = silent.end() if silent else end
    if position < end:
        yield _plain(html[position:]), "", "", None


def _closing(html: str, start: int) -> int:
    """Where the tag ends: the first `>` that is not inside quotes; -1 without any."""
    first = closing = html.find(">", start)
    for _ in range(_MAX_QUOTED):
        if closing < 0:
            break
        attributes = html[start:closing]
        if '"' not in attributes or attributes.count('"') % 2 == 0:
            return closing
        closing = html.find(">", closing + 1)
    return first


def _plain(text: str) -> str:
    return entities.unescape(text) if "&" in text else text
