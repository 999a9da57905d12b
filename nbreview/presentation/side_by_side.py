"""A text diff in two columns that fit a terminal: base left, head right, long lines wrapped, words marked.

Imports `diff` and below, and rich (its table of character widths) when something is laid out.
"""

from collections.abc import Callable, Iterable, Iterator

from nbreview.diff.model import ChangeKind, EditKind, LineEdit, Span, TextDiff
from nbreview.presentation.hunks import STYLES, add_coarse, marked_parts, plural, runs, safe
from nbreview.presentation.ink import Ink
from nbreview.presentation.labels import SIGNS

MIN_WIDTH = 40
"""Columns of a terminal below which lines would be wrapped beyond recognition."""

_RULE = " │ "
_TAB = 4

_Part = tuple[str, str]
"""A text and its style."""


class TwoColumns:
    """Lays out lines for a terminal of `width` columns; `MIN_WIDTH` at least."""

    def __init__(self, width: int, context_lines: int = 3) -> None:
        from rich.cells import get_character_cell_size

        self._width = max(width, MIN_WIDTH)
        self._context_lines = context_lines
        self._cell_size: Callable[[str], int] = get_character_cell_size

    def hunks(self, text: Ink, diff: TextDiff, indent: str) -> None:
        """Add the changed lines of both sides beside each other, with some equal ones around them."""
        digits = len(str(max(len(diff.base_lines), len(diff.head_lines), 1)))
        for visible, edits in runs(diff.edits, self._context_lines):
            if not visible:
                text.append(f"{indent}⋯ {plural(len(edits), 'unchanged line')}\n", style="dim")
                continue
            for edit in edits:
                self._add_row(text, indent, digits, *_sides(diff, edit))
        add_coarse(text, diff, indent)

    def lines(self, text: Ink, lines: Iterable[str], indent: str, kind: ChangeKind) -> None:
        """Add lines to the column of the side that holds them."""
        numbered = list(lines)
        digits = len(str(len(numbered)))
        for number, line in enumerate(numbered):
            side = (number, [(line, STYLES[kind])], kind)
            if kind is ChangeKind.REMOVED:
                self._add_row(text, indent, digits, side, None)
            else:
                self._add_row(text, indent, digits, None, side)

    def _add_row(
        self, text: Ink, indent: str, digits: int, base: "_Side | None", head: "_Side | None"
    ) -> None:
        """One line of each side, on as many rows of the terminal as the longer one takes."""
        margin = digits + 3  # number, space, sign, space
        column = (self._width - len(indent) - len(_RULE)) // 2
        rows = [self._wrapped(side, column - margin) for side in (base, head)]
        for row in range(max(len(rows[0]), len(rows[1]))):
            text.append(indent)
            for position, (side, wrapped) in enumerate(zip((base, head), rows, strict=True)):
                used = 0
                if side is not None and row < len(wrapped):
                    number, _, kind = side
                    shown = str(number + 1) if row == 0 else ""
                    text.append(f"{shown:>{digits}} ", style="dim")
                    text.append(f"{(SIGNS[kind] if row == 0 else '') or ' '} ", style=STYLES[kind])
                    used = margin
                    for part, style in wrapped[row]:
                        text.append(part, style=style)
                        used += self._width_of(part)
                if position == 0:
                    text.append(" " * (column - used))
                    text.append(_RULE, style="dim")
            text.append("\n")

    def _width_of(self, text: str) -> int:
        return len(text) if text.isascii() else sum(map(self._cell_size, text))

    def _wrapped(self, side: "_Side | None", width: int) -> list[list[_Part]]:
        """The parts of a line in rows no wider than `width`; a wide character never stands on two rows."""
        if side is None:
            return []
        rows: list[list[_Part]] = [[]]
        used = 0
        for part, style in side[1]:
            start = 0
            shown = _expanded(part, used)
            if shown.isascii() and used + len(shown) <= width:
                rows[-1].append((shown, style))
                used += len(shown)
                continue
            for position, letter in enumerate(shown):
                size = self._cell_size(letter)
                if used + size > width:
                    rows[-1].append((shown[start:position], style))
                    rows.append([])
                    start, used = position, 0
                used += size
            rows[-1].append((shown[start:], style))
        return rows


_Side = tuple[int, list[_Part], ChangeKind]
"""A line's number from 0, its parts, and what became of it."""


def _expanded(part: str, column: int) -> str:
    """The part with tabs as spaces, safe to print."""
    if "\t" not in part:
        return safe(part)
    shown: list[str] = []
    for letter in part:
        size = _TAB - column % _TAB if letter == "\t" else 1
        shown.append(" " * size if letter == "\t" else letter)
        column += size
    return safe("".join(shown))


def _sides(diff: TextDiff, edit: LineEdit) -> Iterator[_Side | None]:
    equal = edit.kind is EditKind.EQUAL
    for number, lines, spans, kind in (
        (edit.base_line, diff.base_lines, edit.base_spans, ChangeKind.REMOVED),
        (edit.head_line, diff.head_lines, edit.head_spans, ChangeKind.ADDED),
    ):
        if number is None:
            yield None
        elif equal:
            yield number, [(lines[number], "")], ChangeKind.UNCHANGED
        else:
            yield number, _styled(lines[number], spans, STYLES[kind]), kind


def _styled(line: str, spans: Iterable[Span], style: str) -> list[_Part]:
    return [(part, f"{style} reverse" if marked else style) for part, marked in marked_parts(line, spans)]
