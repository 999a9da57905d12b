"""What differs between two notebooks, as frozen values in head order.

Imports only `notebook` and below. Line numbers and indices count from 0; character spans are half-open
offsets into one line, in code points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nbreview.notebook.model import Notebook
from nbreview.notebook.tables import Table


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


_EQUAL = EditKind.EQUAL
"""By this name, because until Python 3.12 looking a member up in its class takes as long as a call."""


class OutputCategory(StrEnum):
    """What an output is compared as."""

    TEXT = "text"
    TABLE = "table"
    IMAGE = "image"
    ERROR = "error"
    JSON = "json"  # JSON types, widget views, Plotly and Vega: compared as trees
    OTHER = "other"


class RelationKind(StrEnum):
    """How a cell that stands on one side only came from, or went into, a cell of the other side."""

    SPLIT = "split"  # an added cell: some of its lines were cut out of a base cell
    MERGED = "merged"  # a removed cell: its lines went into a head cell
    COPIED = "copied"  # an added cell: it repeats a base cell that is still there


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
        return any(edit.kind is not _EQUAL for edit in self.edits)

    @property
    def counts(self) -> tuple[int, int]:
        """Lines removed and lines added (a replaced line counts as one of each)."""
        kinds = [edit.kind for edit in self.edits]
        replaced = kinds.count(EditKind.REPLACE)
        return kinds.count(EditKind.DELETE) + replaced, kinds.count(EditKind.INSERT) + replaced


@dataclass(frozen=True, slots=True)
class Relation:
    """Where an added cell came from (`index` of a base cell) or a removed one went (of a head cell)."""

    kind: RelationKind
    index: int


@dataclass(frozen=True, slots=True)
class TableDiff:
    """Two tables by row and column.

    `rows` and `columns` pair positions of `base` and `head` in head order, removed ones where they stood; a
    side that lacks one holds None. `changed` are the `(row, column)` places in those two tuples whose texts
    differ on both sides, numbers beyond the tolerance only. `coarse`: past a budget, rows were paired by
    position, or a side was cut off.
    """

    base: Table
    head: Table
    rows: tuple[tuple[int | None, int | None], ...]
    columns: tuple[tuple[int | None, int | None], ...]
    changed: frozenset[tuple[int, int]]
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class ImageDiff:
    """Two pictures by decoded pixels.

    Sizes are `(width, height)` in pixels, None for a side that cannot be decoded. `ratio` is the share of
    pixels that differ, 0 to 1 (of the union of both areas). `mask` is a PNG of one bit a pixel, white where a
    pixel differs, as large as the union of both, b"" where there is none (equal, not decoded, or past the
    budget: then `coarse`).
    """

    base_size: tuple[int, int] | None
    head_size: tuple[int, int] | None
    ratio: float
    mask: bytes = field(default=b"", repr=False)
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class FrameChange:
    """One frame of a traceback: its text on each side, None on a side that lacks it."""

    kind: ChangeKind
    base: str | None
    head: str | None


@dataclass(frozen=True, slots=True)
class ErrorDiff:
    """Two errors: whether the type and the message differ, and the frames of the tracebacks in order."""

    type_changed: bool
    message_changed: bool
    frames: tuple[FrameChange, ...]


@dataclass(frozen=True, slots=True)
class TreeChange:
    """One changed leaf or branch of a JSON value. `path` are keys and list positions from the root (positions
    of the head, of the base where the head lacks it).
    """

    path: tuple[str | int, ...]
    kind: ChangeKind
    base: Any = None
    head: Any = None


@dataclass(frozen=True, slots=True)
class OutputChange:
    """One output of one cell.

    For outputs that both sides hold and that differ: `text` for text, tables (their plain text) and errors;
    `table`, `image`, `error` and `tree` for what the category names. `coarse` says that a budget was reached.
    A head stream that was written in pieces is compared with the whole of the base's: `base_indices` and
    `head_indices` list every output that takes part (`base_index` and `head_index` are the first of them).
    """

    kind: ChangeKind
    category: OutputCategory
    base_index: int | None
    head_index: int | None
    text: TextDiff | None = None
    table: TableDiff | None = None
    image: ImageDiff | None = None
    error: ErrorDiff | None = None
    tree: tuple[TreeChange, ...] = ()
    coarse: bool = False
    base_indices: tuple[int, ...] = ()
    head_indices: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """One changed leaf of metadata. `path` are the keys from the root; a side that lacks it holds None.

    `beside`: the path leads from the cell and not from its metadata, to an attachment, the execution count or
    the id.
    """

    path: tuple[str, ...]
    kind: ChangeKind
    base: Any = None
    head: Any = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class CellChange:
    """What became of one cell.

    `source` is None when the sources are equal (or ignored) or the cell stands on one side only. `outputs`
    lists every output in head order (removed ones where they stood; none where outputs are ignored),
    `metadata` only what differs and is not ignored. `type_changed`: code became markdown or the like.
    `relation` says where a cell of one side came from or went.
    """

    kind: ChangeKind
    base_index: int | None
    head_index: int | None
    source: TextDiff | None = None
    outputs: tuple[OutputChange, ...] = ()
    metadata: tuple[MetadataChange, ...] = ()
    type_changed: bool = False
    relation: Relation | None = None

    @property
    def outputs_changed(self) -> bool:
        """Whether any output differs."""
        return any(output.kind is not ChangeKind.UNCHANGED for output in self.outputs)


@dataclass(frozen=True, slots=True)
class NotebookDiff:
    """Two notebooks and what differs. `cells` is in head order, removed cells where they stood. `coarse` says
    that the time budget ended and the rest of the cells was aligned by position.
    """

    base: Notebook
    head: Notebook
    cells: tuple[CellChange, ...]
    metadata: tuple[MetadataChange, ...] = ()
    coarse: bool = False

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
