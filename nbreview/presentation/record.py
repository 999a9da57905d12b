"""A diff as one JSON object for machines: what `nbreview diff --json` prints.

Imports `diff` and below. The shape is fixed by `resources/schemas/diff.schema.json`; keys are only ever added
to it.
"""

import base64
import math
from collections.abc import Iterable
from typing import Any

from nbreview.diff.model import (
    CellChange,
    EditKind,
    ErrorDiff,
    ImageDiff,
    LineEdit,
    MetadataChange,
    NotebookDiff,
    OutputChange,
    Span,
    TableDiff,
    TextDiff,
    TreeChange,
)
from nbreview.notebook.tables import Table


def diff_record(diff: NotebookDiff, base_label: str, head_label: str) -> dict[str, Any]:
    """The diff as plain JSON values (no NaN: it becomes null).

    Parameters
    ----------
    diff:
        What to describe.
    base_label, head_label:
        What the two sides are called: a path or `REV:PATH`.
    """
    return {
        "base": base_label,
        "head": head_label,
        "cells": [_cell(diff, change) for change in diff.cells],
        "metadata": _metadata(diff.metadata),
        "coarse": diff.coarse,
    }


def _cell(diff: NotebookDiff, change: CellChange) -> dict[str, Any]:
    metadata = _metadata(change.metadata)
    if change.type_changed and change.base_index is not None and change.head_index is not None:
        old, new = diff.base.cells[change.base_index], diff.head.cells[change.head_index]
        metadata.insert(
            0,
            {
                "path": ["cell_type"],
                "kind": "modified",
                "base": old.cell_type.value,
                "head": new.cell_type.value,
            },
        )
    return {
        "kind": change.kind.value,
        "base_index": change.base_index,
        "head_index": change.head_index,
        "source": _text(change.source),
        "outputs": [_output(output) for output in change.outputs],
        "metadata": metadata,
        "relation": None
        if change.relation is None
        else {"kind": change.relation.kind.value, "index": change.relation.index},
    }


def _text(text: TextDiff | None) -> dict[str, Any] | None:
    if text is None:
        return None
    changed = (edit for edit in text.edits if edit.kind is not EditKind.EQUAL)
    return {"edits": [_edit(text, edit) for edit in changed], "coarse": text.coarse}


def _edit(text: TextDiff, edit: LineEdit) -> dict[str, Any]:
    return {
        "kind": edit.kind.value,
        "base_line": edit.base_line,
        "head_line": edit.head_line,
        "base": None if edit.base_line is None else text.base_lines[edit.base_line],
        "head": None if edit.head_line is None else text.head_lines[edit.head_line],
        "base_spans": _spans(edit.base_spans),
        "head_spans": _spans(edit.head_spans),
    }


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _output(output: OutputChange) -> dict[str, Any]:
    return {
        "kind": output.kind.value,
        "category": output.category.value,
        "base_index": output.base_index,
        "head_index": output.head_index,
        "text": _text(output.text),
        "table": None if output.table is None else _table(output.table),
        "image": None if output.image is None else _image(output.image),
        "error": None if output.error is None else _error(output.error),
        "tree": [_branch(change) for change in output.tree],
        "coarse": output.coarse,
        "base_indices": _indices(output.base_indices, output.base_index),
        "head_indices": _indices(output.head_indices, output.head_index),
    }


def _indices(indices: tuple[int, ...], first: int | None) -> list[int]:
    """Every output that takes part: the one that is named where no list is given."""
    return list(indices) if indices or first is None else [first]


def _table(table: TableDiff) -> dict[str, Any]:
    return {
        "rows": [list(pair) for pair in table.rows],
        "columns": [list(pair) for pair in table.columns],
        "changed": [
            {
                "row": row,
                "column": column,
                "base": _text_at(table.base, table.rows[row][0], table.columns[column][0]),
                "head": _text_at(table.head, table.rows[row][1], table.columns[column][1]),
            }
            for row, column in sorted(table.changed)
        ],
        "coarse": table.coarse,
    }


def _text_at(table: Table, row: int | None, column: int | None) -> str | None:
    return None if row is None or column is None else table.rows[row][column].text


def _image(image: ImageDiff) -> dict[str, Any]:
    return {
        "base_size": None if image.base_size is None else list(image.base_size),
        "head_size": None if image.head_size is None else list(image.head_size),
        "ratio": image.ratio,
        "mask": base64.b64encode(image.mask).decode("ascii"),
        "coarse": image.coarse,
    }


def _error(error: ErrorDiff) -> dict[str, Any]:
    return {
        "type_changed": error.type_changed,
        "message_changed": error.message_changed,
        "frames": [
            {"kind": frame.kind.value, "base": frame.base, "head": frame.head} for frame in error.frames
        ],
    }


def _branch(change: TreeChange) -> dict[str, Any]:
    return {
        "path": list(change.path),
        "kind": change.kind.value,
        "base": _finite(change.base),
        "head": _finite(change.head),
    }


def _metadata(changes: Iterable[MetadataChange]) -> list[dict[str, Any]]:
    return [
        {
            "path": list(change.path),
            "kind": change.kind.value,
            "base": _finite(change.base),
            "head": _finite(change.head),
        }
        for change in changes
    ]


def _finite(value: Any) -> Any:
    """The value with null for the numbers that JSON has no word for."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    return value
