"""A diff for people at a terminal, in the manner of `git diff`.

Imports `diff` and below, and rich only when something is printed. What a notebook holds is never trusted:
control characters and those that turn the direction of a text are shown as their names, so that no file can
drive the terminal or hide what it says.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from nbreview.diff.model import (
    CellChange,
    ChangeKind,
    EditKind,
    LineEdit,
    MetadataChange,
    NotebookDiff,
    OutputCategory,
    OutputChange,
    Span,
    TextDiff,
)
from nbreview.diff.outputs import output_text
from nbreview.notebook import mime
from nbreview.notebook.model import Output
from nbreview.presentation.labels import SIGNS, header_text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_STYLES = {
    ChangeKind.UNCHANGED: "dim",
    ChangeKind.MODIFIED: "yellow",
    ChangeKind.MOVED: "magenta",
    ChangeKind.ADDED: "bright_blue",
    ChangeKind.REMOVED: "dark_orange",
}
_SHOWN_LINES = 12
"""Lines of an added or removed output that are printed; the rest is counted."""
_SHOWN_VALUE = 60
"""Characters of a metadata value that are printed."""
_INDENT = "    "

# Everything that a terminal may obey, that ends a line for some program, or that reorders what is read.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def render_diff(
    diff: NotebookDiff, base_label: str, head_label: str, console: "Console", context_lines: int = 3
) -> None:
    """Print what differs; nothing at all where nothing does.

    Parameters
    ----------
    diff:
        What to print.
    base_label, head_label:
        What the two sides are called.
    console:
        Where to print. Colour is its business: rich honours `NO_COLOR` and drops styles in a pipe.
    context_lines:
        Equal lines around each hunk.
    """
    if not diff.changed:
        return
    _print(console, _heading(diff, base_label, head_label))
    unchanged = 0
    for index, change in enumerate(diff.cells):
        if change.kind is ChangeKind.UNCHANGED:
            unchanged += 1
            continue
        _print_fold(console, unchanged)
        unchanged = 0
        _print(console, _cell(diff, index, change, context_lines))
    _print_fold(console, unchanged)
    if diff.metadata:
        text = _text()
        text.append("≠ notebook metadata\n", style="bold yellow")
        _add_metadata(text, diff.metadata)
        _print(console, text)


def safe(text: str) -> str:
    """The text with every character that is not safe to print replaced by its name."""
    return _UNSAFE.sub(_named, text)


def _named(match: re.Match[str]) -> str:
    point = ord(match.group())
    if point < 0x20:
        return chr(0x2400 + point)  # Unicode has a picture of each control character
    return "␡" if point == 0x7F else f"‹U+{point:04X}›"


def _text() -> "Text":
    from rich.text import Text

    return Text()


def _print(console: "Console", text: "Text") -> None:
    # One print for a cell and no wrapping: lines stay lines, in a pager too.
    console.print(text, soft_wrap=True, highlight=False)


def _print_fold(console: "Console", count: int) -> None:
    if count:
        text = _text()
        text.append(f"⋯ {count} unchanged cell{'s' if count > 1 else ''}\n", style="dim")
        _print(console, text)


def _heading(diff: NotebookDiff, base_label: str, head_label: str) -> "Text":
    counts = diff.counts()
    parts = [
        (f"{SIGNS[kind]} {counts[kind]} {kind}", _STYLES[kind])
        for kind in (ChangeKind.MODIFIED, ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED)
        if counts[kind]
    ]
    text = _text()
    text.append(f"{safe(base_label)} → {safe(head_label)}\n", style="bold")
    for position, (part, style) in enumerate(parts or [("no cell changed", "dim")]):
        text.append("  " if position else "")
        text.append(part, style=style)
    text.append("\n")
    return text


def _cell(diff: NotebookDiff, index: int, change: CellChange, context_lines: int) -> "Text":
    header = header_text(diff, index)
    style = _STYLES[change.kind]
    text = _text()
    text.append(f"{header.sign} cell {header.number}", style=f"bold {style}")
    details = [header.cell_type, header.prompt, f"{header.word} {header.link}".strip(), *header.notes]
    text.append("  " + safe("  ".join(detail for detail in details if detail)) + "\n", style=style)
    base = None if change.base_index is None else diff.base.cells[change.base_index]
    head = None if change.head_index is None else diff.head.cells[change.head_index]
    if change.source is not None:
        _add_hunks(text, change.source, "  ", context_lines)
    elif base is None or head is None:
        cell = head or base
        if cell is not None and cell.source:
            lines = cell.source.removesuffix("\n").split("\n")
            _add_lines(text, lines, "  ", change.kind)
    base_outputs = base.outputs if base is not None else ()
    head_outputs = head.outputs if head is not None else ()
    for output in change.outputs:
        if output.kind is not ChangeKind.UNCHANGED:
            _add_output(text, output, base_outputs, head_outputs, context_lines)
    _add_metadata(text, change.metadata)
    return text


# --- text ---------------------------------------------------------------------------------------------------


def _add_lines(text: "Text", lines: Iterable[str], indent: str, kind: ChangeKind) -> None:
    for line in lines:
        text.append(f"{indent}{SIGNS[kind]} {safe(line)}\n", style=_STYLES[kind])


def _add_hunks(text: "Text", diff: TextDiff, indent: str, context_lines: int) -> None:
    """The changed lines with some equal ones around them; what is left out is counted."""
    shown = _near_changes(diff.edits, context_lines)
    for visible, group in groupby(zip(diff.edits, shown, strict=True), key=lambda pair: pair[1]):
        edits = [edit for edit, _ in group]
        if visible:
            _add_edits(text, diff, edits, indent)
        else:
            several = "s" if len(edits) > 1 else ""
            text.append(f"{indent}⋯ {len(edits)} unchanged line{several}\n", style="dim")
    if diff.coarse:
        text.append(f"{indent}(large change: lines are paired roughly)\n", style="dim")


def _near_changes(edits: Sequence[LineEdit], context_lines: int) -> list[bool]:
    shown = [False] * len(edits)
    end = 0
    for position, edit in enumerate(edits):
        if edit.kind is not EditKind.EQUAL:
            first, last = max(end, position - context_lines), min(len(edits), position + context_lines + 1)
            shown[first:last] = [True] * (last - first)
            end = position
    return shown


def _add_edits(text: "Text", diff: TextDiff, edits: Iterable[LineEdit], indent: str) -> None:
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


def _add_marked(text: "Text", line: str, spans: Iterable[Span], indent: str, kind: ChangeKind) -> None:
    style = _STYLES[kind]
    text.append(f"{indent}{SIGNS[kind]} ", style=style)
    start = 0
    for span in spans:
        text.append(safe(line[start : span.start]), style=style)
        text.append(safe(line[span.start : span.end]), style=f"{style} reverse")
        start = span.end
    text.append(safe(line[start:]) + "\n", style=style)


# --- outputs and metadata -----------------------------------------------------------------------------------


def _add_output(
    text: "Text",
    change: OutputChange,
    base: Sequence[Output],
    head: Sequence[Output],
    context_lines: int,
) -> None:
    old = None if change.base_index is None else base[change.base_index]
    new = None if change.head_index is None else head[change.head_index]
    index = change.head_index if change.head_index is not None else change.base_index
    style = _STYLES[change.kind]
    text.append(f"  {SIGNS[change.kind]} output {(index or 0) + 1}", style=f"bold {style}")
    described = [describe(output) for output in (old, new) if output is not None]
    if len(described) == 2 and described[0] == described[1]:
        described.pop()
    text.append(f"  {change.category}  {safe(' → '.join(described))}\n", style=style)
    if change.text is not None:
        _add_hunks(text, change.text, _INDENT, context_lines)
        if not change.text.changed:
            text.append(f"{_INDENT}only what the text stands for differs\n", style="dim")
        return
    alone = new or old
    if change.kind is ChangeKind.MODIFIED or alone is None:
        return
    if change.category in (OutputCategory.TEXT, OutputCategory.TABLE, OutputCategory.ERROR):
        lines = output_text(alone).rstrip("\n").split("\n")
        _add_lines(text, lines[:_SHOWN_LINES], _INDENT, change.kind)
        if len(lines) > _SHOWN_LINES:
            text.append(f"{_INDENT}⋯ {len(lines) - _SHOWN_LINES} more lines\n", style="dim")


def describe(output: Output) -> str:
    """An output in a few words: the stream's name, the error's, or the richest type and its size."""
    if output.ename or output.evalue:
        return output.ename or "error"
    if output.name:
        return output.name
    image = mime.image_type(output.data)
    if image:
        return f"{image} {_size(len(mime.image_bytes(image, output.data[image])))}"
    return ", ".join(sorted(output.data)) or "empty"


def _size(count: int) -> str:
    return (
        f"{count} B" if count < 1000 else f"{count / 1000:.1f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"
    )


def _add_metadata(text: "Text", changes: Iterable[MetadataChange]) -> None:
    for change in changes:
        style = _STYLES[change.kind]
        path = safe(".".join(change.path))
        text.append(f"  {SIGNS[change.kind]} metadata {path}: ", style=f"bold {style}")
        text.append(" → ".join(_values(change)) + "\n", style=style)


def _values(change: MetadataChange) -> Iterator[str]:
    if change.kind is not ChangeKind.ADDED:
        yield _value(change.base)
    if change.kind is not ChangeKind.REMOVED:
        yield _value(change.head)


def _value(value: Any) -> str:
    shown = safe(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return shown if len(shown) <= _SHOWN_VALUE else shown[: _SHOWN_VALUE - 1] + "…"
