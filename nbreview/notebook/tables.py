"""HTML tables of outputs as rows of plain texts, so that they can be compared and painted as grids.

Reads with the standard library's parser and builds nothing but texts: scripts, styles and links are
dropped. Imports nothing of nbreview.
"""

from dataclasses import dataclass
from html.parser import HTMLParser

MAX_CELLS = 20_000
"""Cells read of one table; what lies beyond is cut off."""

MAX_TEXT = 500
"""Characters kept of one cell."""


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


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[TableCell]] = []
        self.cut = False
        self._cells = 0
        self._text: list[str] | None = None
        self._header = False
        self._span = 1
        self._silent = 0
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._silent += 1
        elif tag == "table":
            self._depth += 1
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            self._text = []
            self._header = tag == "th"
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 1000) if span.isdecimal() else 1
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            self._end_cell()
            self._depth -= 1
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._silent:
            self._text.append(data)

    def close(self) -> None:
        """The text is over: a cell that was never closed ends here."""
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._text is None:
            return
        text = " ".join("".join(self._text).split())
        self._text = None
        if not self.rows:
            self.rows.append([])
        if self._cells >= MAX_CELLS:
            self.cut = True
            return
        text = text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"
        self.rows[-1].append(TableCell(text, self._header))
        self.rows[-1].extend([TableCell("", self._header)] * (self._span - 1))
        self._cells += self._span


def read_table(html: str) -> Table | None:
    """The first table of an HTML text; None where there is none.

    Rows that a row-spanning cell leaves short are filled at their start, as pandas writes its indexes.
    """
    start = html.lower().find("<table")
    if start < 0:
        return None
    reader = _Reader()
    end = html.lower().find("</table>", start)
    reader.feed(html[start : end + 8 if end >= 0 else len(html)])
    reader.close()
    rows = [row for row in reader.rows if row]
    if not rows:
        return None
    width = max(map(len, rows))
    filler = TableCell("", True)
    return Table(tuple((*[filler] * (width - len(row)), *row) for row in rows), reader.cut)
