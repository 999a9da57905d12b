"""Lines of text for a terminal: what may be printed at all, in which style, and a text diff in one column.

Imports `diff` and below. What a notebook holds is never trusted: control
characters and those that turn the direction of a text are shown as their names, so that no file can drive the
terminal or hide what it says.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

from nbreview.diff.model import ChangeKind, EditKind, LineEdit, Span, TextDiff
from nbreview.presentation.ink import Ink
from nbreview.presentation.labels import SIGNS

STYLES = {
    ChangeKind.UNCHANGED: "dim",
    ChangeKind.MODIFIED: "yellow",
    ChangeKind.MOVED: "magenta",
    ChangeKind.ADDED: "bright_blue",
    ChangeKind.REMOVED: "dark_orange",
}

# Everything that a terminal may obey, that ends a line for some program, or that reorders what is read.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Layout(Protocol):
    """How lines are put on the terminal: below each other, or in two columns."""

    def hunks(self, text: Ink, diff: TextDiff, indent: str) -> None:
        """Add the changed lines of a diff with some equal ones around them."""

    def lines(self, text: Ink, lines: Iterable[str], indent: str, kind: ChangeKind) -> None:
        """Add lines that stand on one side only."""


def safe(text: str) -> str:
    """The text with every character that is not safe to print replaced by its name."""
    return _UNSAFE.sub(_named, text)


def _named(match: re.Match[str]) -> str:
    point = ord(match.group())
    if point < 0x20:
        return chr(0x2400 + point)  # Unicode has a picture of each control character
    return "␡" if point == 0x7F else f"‹U+{point:04X}›"


def plural(count: int, word: str) -> str:
    """`1 line`, `2 lines`, `1,200 lines`."""
    return f"{count:,} {word}{'s' * (count != 1)}"


def runs(edits: Sequence[LineEdit], context_lines: int) -> Iterator[tuple[bool, list[LineEdit]]]:
    """The edits of a diff in runs: shown (a change, or within `context_lines` of one), or folded."""
    shown = [False] * len(edits)
    end = 0
    for position, edit in enumerate(edits):
        if edit.kind is not EditKind.EQUAL:
            first, last = max(end, position - context_lines), min(len(edits), position + context_lines + 1)
            shown[first:last] = [True] * (last - first)
            end = position
    for visible, group in groupby(zip(edits, shown, strict=True), key=lambda pair: pair[1]):
        yield visible, [edit for edit, _ in group]


class OneColumn:
    """Old lines above new ones, as in a patch."""

    def __init__(self, context_lines: int = 3) -> None:
        self._context_lines = context_lines

    def hunks(self, text: Ink, diff: TextDiff, indent: str) -> None:
        """Add the changed lines with some equal ones around them; what is left out is counted."""
        for visible, edits in runs(diff.edits, self._context_lines):
            if visible:
                _add_edits(text, diff, edits, indent)
            else:
                text.append(f"{indent}⋯ {plural(len(edits), 'unchanged line')}\n", style="dim")
        add_coarse(text, diff, indent)

    def lines(self, text: Ink, lines: Iterable[str], indent: str, kind: ChangeKind) -> None:
        """Add each line behind the sign of its kind."""
        for line in lines:
            text.append(f"{indent}{SIGNS[kind]} {safe(line)}\n", style=STYLES[kind])


def add_coarse(text: Ink, diff: TextDiff, indent: str) -> None:
    """Say that a budget was reached, where it was."""
    if diff.coarse:
        text.append(f"{indent}(large change: lines are paired roughly)\n", style="dim")


def _add_edits(text: Ink, diff: TextDiff, edits: Iterable[LineEdit], indent: str) -> None:
    """Equal lines as they are; of each changed run the old lines, then the new ones."""
    for equal, group in groupby(edits, key=lambda edit: edit.kind is EditKind.EQUAL):
        run = list(group)
        if equal:
            for edit in run:
                if edit.head_line is not None:
                    text.append(f"{indent}  {safe(diff.head_lines[edit.head_line])}\n")
            continue
        for edit in run:
            if edit.base_line is not None:
                line = diff.base_lines[edit.base_line]
                _add_marked(text, line, edit.base_spans, indent, ChangeKind.REMOVED)
        for edit in run:
            if edit.head_line is not None:
                _add_marked(text, diff.head_lines[edit.head_line], edit.head_spans, indent, ChangeKind.ADDED)


def _add_marked(text: Ink, line: str, spans: Iterable[Span], indent: str, kind: ChangeKind) -> None:
    style = STYLES[kind]
    text.append(f"{indent}{SIGNS[kind]} ", style=style)
    for part, marked in marked_parts(line, spans):
        text.append(safe(part), style=f"{style} reverse" if marked else style)
    text.append("\n")


def marked_parts(line: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """A line in parts, each with whether it is marked."""
    start = 0
    for span in spans:
        yield line[start : span.start], False
        yield line[span.start : span.end], True
        start = span.end
    yield line[start:], False
