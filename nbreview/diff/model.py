"""What differs between two notebooks, as frozen values in head order.

Imports only `notebook` and below. Line numbers and indices count from 0; character spans are half-open
offsets into one line, in code points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nbreview.notebook.model import Notebook


class ChangeKind(StrEnum):
    """What became of a cell or an output. MOVED may also be edited: look at `CellChange.source`."""

    UNCHANGED = "unchanged"
    MODIFIED = "modified"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


class EditKind(StrEnum):
    """What became of a line."""

    EQUAL = "equal"
    REPLACE = "replace"
    DELETE = "delete"
    INSERT = "insert"


class OutputCategory(StrEnum):
    """What an output is compared as."""

    TEXT = "text"
    TABLE = "table"
    IMAGE = "image"
    ERROR = "error"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to but not including `end` of one line."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LineEdit:
    """One row of a side-by-side text diff.

    EQUAL and REPLACE have both line numbers, DELETE only `base_line`, INSERT only `head_line`. The spans mark
    the words that changed inside a REPLACE and are empty otherwise.
    """

    kind: EditKind
    base_line: int | None
    head_line: int | None
    base_spans: tuple[Span, ...] = ()
    head_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDiff:
    """Line diff of two texts; `edits` covers every line of both, in order. `coarse` says that a budget was
    reached.
    """

    base_lines: tuple[str, ...]
    head_lines: tuple[str, ...]
    edits: tuple[LineEdit, ...]
    coarse: bool = False

    @property
    def changed(self) -> bool:
        """Whether any line differs."""
        return any(edit.kind is not EditKind.EQUAL for edit in self.edits)

    @property
    def counts(self) -> tuple[int, int]:
        """Lines removed and lines added (a replaced line counts as one of each)."""
        removed = sum(edit.kind in (EditKind.DELETE, EditKind.REPLACE) for edit in self.edits)
        added = sum(edit.kind in (EditKind.INSERT, EditKind.REPLACE) for edit in self.edits)
        return removed, added


@dataclass(frozen=True, slots=True)
class OutputChange:
    """One output of one cell. `text` is there for text, tables (their plain text) and errors that both sides
    hold.
    """

    kind: ChangeKind
    category: OutputCategory
    base_index: int | None
    head_index: int | None
    text: TextDiff | None = None


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """One changed leaf of metadata. `path` are the keys from the root; a side that lacks it holds None."""

    path: tuple[str, ...]
    kind: ChangeKind
    base: Any = None
    head: Any = None


@dataclass(frozen=True, slots=True)
class CellChange:
    """What became of one cell.

    `source` is None when the sources are equal or the cell stands on one side only. `outputs` lists every
    output in head order (removed ones where they stood), `metadata` only what differs. `type_changed`: code
    became markdown or the like. Execution counts and volatile metadata never make a cell MODIFIED.
    """

    kind: ChangeKind
    base_index: int | None
    head_index: int | None
    source: TextDiff | None = None
    outputs: tuple[OutputChange, ...] = ()
    metadata: tuple[MetadataChange, ...] = ()
    type_changed: bool = False

    @property
    def outputs_changed(self) -> bool:
        """Whether any output differs."""
        return any(output.kind is not ChangeKind.UNCHANGED for output in self.outputs)


@dataclass(frozen=True, slots=True)
class NotebookDiff:
    """Two notebooks and what differs. `cells` is in head order, removed cells where they stood."""

    base: Notebook
    head: Notebook
    cells: tuple[CellChange, ...]
    metadata: tuple[MetadataChange, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything differs (exit code 1 of `nbreview diff`)."""
        return bool(self.metadata) or any(cell.kind is not ChangeKind.UNCHANGED for cell in self.cells)

    def counts(self) -> Mapping[ChangeKind, int]:
        """How many cells of each kind."""
        counts = dict.fromkeys(ChangeKind, 0)
        for cell in self.cells:
            counts[cell.kind] += 1
        return counts
