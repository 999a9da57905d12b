"""A diff as one JSON object for machines: what `nbreview diff --json` prints.

Imports `diff` and below. The shape is fixed by `resources/schemas/diff.schema.json`; keys are only ever added
to it.
"""

import math
from collections.abc import Iterable
from typing import Any

from nbreview.diff.model import (
    CellChange,
    EditKind,
    LineEdit,
    MetadataChange,
    NotebookDiff,
    OutputChange,
    Span,
    TextDiff,
)


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
    }


def _text(text: TextDiff | None) -> dict[str, Any] | None:
    if text is None:
        return None
    changed = (edit for edit in text.edits if edit.kind is not EditKind.EQUAL)
    return {"edits": [_edit(text, edit) for edit in changed]}


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
