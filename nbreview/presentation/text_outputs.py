"""Outputs and metadata in a diff for a terminal: each output as what it is, long lists cut and counted.

Imports `diff` and below.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from nbreview.diff.model import (
    ChangeKind,
    ErrorDiff,
    ImageDiff,
    MetadataChange,
    OutputCategory,
    OutputChange,
    TableDiff,
    TreeChange,
)
from nbreview.diff.outputs import output_text
from nbreview.notebook import mime
from nbreview.notebook.model import Output
from nbreview.notebook.tables import Table, TableCell
from nbreview.presentation.hunks import STYLES, Layout, plural, safe
from nbreview.presentation.ink import Ink
from nbreview.presentation.labels import SIGNS

_SHOWN_LINES = 12
"""Lines of an output that stands alone, and changes of a table or tree, that are printed; more is counted."""
_SHOWN_VALUE = 60
"""Characters of a value that are printed."""
_INDENT = "    "


def add_output(
    text: Ink, change: OutputChange, base: Sequence[Output], head: Sequence[Output], layout: Layout
) -> None:
    """Add one changed output of a cell whose outputs are `base` and `head`."""
    old = None if change.base_index is None else base[change.base_index]
    new = None if change.head_index is None else head[change.head_index]
    index = change.head_index if change.head_index is not None else change.base_index
    style = STYLES[change.kind]
    text.append(f"  {SIGNS[change.kind]} output {(index or 0) + 1}", style=f"bold {style}")
    described = [describe(output) for output in (old, new) if output is not None]
    if len(described) == 2 and described[0] == described[1]:
        described.pop()
    text.append(f"  {change.category}  {safe(' → '.join(described))}\n", style=style)
    if change.kind is ChangeKind.MODIFIED:
        _add_difference(text, change, old, new, layout)
    else:
        alone = new or old
        if alone is not None:
            _add_alone(text, change, alone, layout)
    if change.coarse:
        text.append(f"{_INDENT}(large output: compared roughly)\n", style="dim")


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


def add_metadata(text: Ink, changes: Iterable[MetadataChange]) -> None:
    """Add changed metadata, a line each, with the values of both sides."""
    for change in changes:
        style = STYLES[change.kind]
        path = safe(".".join(change.path))
        text.append(f"  {SIGNS[change.kind]} metadata {path}: ", style=f"bold {style}")
        text.append(" → ".join(_values(change)) + "\n", style=style)


# --- outputs ------------------------------------------------------------------------------------------------


def _add_alone(text: Ink, change: OutputChange, output: Output, layout: Layout) -> None:
    if change.category not in (OutputCategory.TEXT, OutputCategory.TABLE, OutputCategory.ERROR):
        return
    lines = output_text(output).rstrip("\n").split("\n")
    layout.lines(text, lines[:_SHOWN_LINES], _INDENT, change.kind)
    if len(lines) > _SHOWN_LINES:
        text.append(f"{_INDENT}⋯ {plural(len(lines) - _SHOWN_LINES, 'more line')}\n", style="dim")


def _add_difference(
    text: Ink, change: OutputChange, old: Output | None, new: Output | None, layout: Layout
) -> None:
    """What differs, by the most telling of what is known."""
    lines: list[_Line] = []
    if change.table is not None:
        lines = list(_table_lines(change.table))
    elif change.error is not None and old is not None and new is not None:
        lines = list(_error_lines(change.error, old, new))
    elif change.image is not None:
        lines = [(ChangeKind.MODIFIED, _image_words(change.image))]
    elif change.tree:
        lines = list(map(_tree_line, change.tree))
    if not lines:
        if change.text is not None and change.text.changed:
            layout.hunks(text, change.text, _INDENT)
        elif change.text is not None:
            text.append(f"{_INDENT}only what the text stands for differs\n", style="dim")
        return
    for kind, line in lines[:_SHOWN_LINES]:
        text.append(f"{_INDENT}{SIGNS[kind]} {safe(line)}\n", style=STYLES[kind])
    if len(lines) > _SHOWN_LINES:
        text.append(f"{_INDENT}⋯ {plural(len(lines) - _SHOWN_LINES, 'more change')}\n", style="dim")
    coarse = (change.table is not None and change.table.coarse) or (
        change.image is not None and change.image.coarse
    )
    if coarse and not change.coarse:
        text.append(f"{_INDENT}(large output: compared roughly)\n", style="dim")


_Line = tuple[ChangeKind, str]
"""What became of a row, value or frame, and what is said of it."""


def _table_lines(diff: TableDiff) -> Iterator[_Line]:
    """Columns that came and went, then rows, a line each, and the changed cells by name."""
    for base, head in diff.columns:
        if head is None and base is not None:
            yield ChangeKind.REMOVED, f"column {_column_name(diff.base, base)}"
        elif base is None and head is not None:
            yield ChangeKind.ADDED, f"column {_column_name(diff.head, head)}"
    places: dict[int, list[int]] = {}
    for row, column in sorted(diff.changed):
        places.setdefault(row, []).append(column)
    for place, (base, head) in enumerate(diff.rows):
        if head is None and base is not None:
            yield ChangeKind.REMOVED, f"{_row_name(diff.base, base)}: {_row_values(diff.base, base)}"
        elif base is None and head is not None:
            yield ChangeKind.ADDED, f"{_row_name(diff.head, head)}: {_row_values(diff.head, head)}"
        elif base is not None and head is not None:
            for column in places.get(place, ()):
                old, new = diff.columns[column]
                if old is None or new is None:
                    continue
                before, after = diff.base.rows[base][old].text, diff.head.rows[head][new].text
                where = f"{_row_name(diff.head, head)}, {_column_name(diff.head, new)}"
                yield ChangeKind.MODIFIED, f"{where}: {_cut(before)} → {_cut(after)}"


def _heads(table: Table) -> int:
    """How many rows at the top hold nothing but headers."""
    count = 0
    for row in table.rows:
        if not all(cell.header for cell in row):
            break
        count += 1
    return count


def _stub(row: Sequence[TableCell]) -> int:
    """How many cells at the start of a row are headers: its index."""
    count = 0
    for cell in row:
        if not cell.header:
            break
        count += 1
    return count


def _row_name(table: Table, row: int) -> str:
    """The row's index as the table gives it, else its number from 1; `header` for one of the top."""
    heads = _heads(table)
    if row < heads and heads < len(table.rows):
        return "header"
    cells = table.rows[row]
    named = " ".join(cell.text for cell in cells[: _stub(cells)] if cell.text)
    return (
        f"row {_cut(named)}" if named and not all(cell.header for cell in cells) else f"row {row - heads + 1}"
    )


def _column_name(table: Table, column: int) -> str:
    """What the header says of the column, in quotation marks, else its number from 1."""
    words = [row[column].text for row in table.rows[: _heads(table)] if column < len(row)]
    named = " ".join(word for word in words if word)
    return f"“{_cut(named)}”" if named else f"column {column + 1}"


def _row_values(table: Table, row: int) -> str:
    cells = table.rows[row]
    return _cut(
        ", ".join(cell.text for cell in cells[_stub(cells) :]) or ", ".join(cell.text for cell in cells)
    )


def _image_words(diff: ImageDiff) -> str:
    sizes = [f"{size[0]}×{size[1]}" if size else "not readable" for size in (diff.base_size, diff.head_size)]
    words = sizes[0] if sizes[0] == sizes[1] else " → ".join(sizes)
    if diff.base_size is None or diff.head_size is None or (diff.coarse and not diff.ratio):
        return words
    share = 100 * diff.ratio
    if not share:
        return f"{words}, the pixels are equal"
    return f"{words}, {'less than 0.1' if share < 0.1 else f'{share:.1f}'} % of the pixels differ"


def _error_lines(diff: ErrorDiff, old: Output, new: Output) -> Iterator[_Line]:
    """Type and message, then the first frame that differs; the others are counted."""
    if diff.type_changed:
        yield ChangeKind.MODIFIED, f"type: {_cut(old.ename)} → {_cut(new.ename)}"
    if diff.message_changed:
        yield ChangeKind.MODIFIED, f"message: {_cut(old.evalue)} → {_cut(new.evalue)}"
    differing = [frame for frame in diff.frames if frame.kind is not ChangeKind.UNCHANGED]
    for frame in differing[:1]:
        for kind, side in ((ChangeKind.REMOVED, frame.base), (ChangeKind.ADDED, frame.head)):
            for line in (side or "").rstrip("\n").split("\n") if side else ():
                yield kind, line
    if len(differing) > 1:
        yield ChangeKind.MODIFIED, f"{plural(len(differing) - 1, 'more frame')} of the traceback"


def _tree_line(change: TreeChange) -> _Line:
    values = [_value(change.base)] if change.kind is not ChangeKind.ADDED else []
    if change.kind is not ChangeKind.REMOVED:
        values.append(_value(change.head))
    return change.kind, f"{_tree_path(change.path)}: {' → '.join(values)}"


def _tree_path(path: Sequence[str | int]) -> str:
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".") or "value"


# --- values -------------------------------------------------------------------------------------------------


def _size(count: int) -> str:
    return (
        f"{count} B" if count < 1000 else f"{count / 1000:.1f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"
    )


def _values(change: MetadataChange) -> Iterator[str]:
    if change.kind is not ChangeKind.ADDED:
        yield safe(_value(change.base))
    if change.kind is not ChangeKind.REMOVED:
        yield safe(_value(change.head))


def _value(value: Any) -> str:
    return _cut(json.dumps(value, ensure_ascii=False, sort_keys=True))


def _cut(text: str) -> str:
    """The start of a text, on one line."""
    text = " ".join(text[: 4 * _SHOWN_VALUE].splitlines()) + text[4 * _SHOWN_VALUE :][:1]
    return text if len(text) <= _SHOWN_VALUE else text[: _SHOWN_VALUE - 1] + "…"
