"""The parts of a diff that can be taken by themselves, as frozen values.

Imports only `model`. A part is named by its place in one `NotebookDiff` and means nothing in another one.
"""

from dataclasses import dataclass

from nbreview.diff.model import EditKind, TextDiff


@dataclass(frozen=True, slots=True)
class WholePart:
    """Everything, also what the diff does not list: the other notebook."""


@dataclass(frozen=True, slots=True)
class NotebookPart:
    """All that lies outside of the cells: metadata, format version, unknown fields."""


@dataclass(frozen=True, slots=True)
class CellPart:
    """One cell with all it holds, and its place: inserted, removed, moved, changed. `change` counts in
    `NotebookDiff.cells`.
    """

    change: int


@dataclass(frozen=True, slots=True)
class SourcePart:
    """The source of one cell."""

    change: int


@dataclass(frozen=True, slots=True)
class HunkPart:
    """One hunk of the source of one cell. `hunk` counts in `hunks(change.source)`."""

    change: int
    hunk: int


@dataclass(frozen=True, slots=True)
class OutputPart:
    """One output of one cell (all pieces of a stream that was written in pieces). `output` counts in
    `CellChange.outputs`.
    """

    change: int
    output: int


@dataclass(frozen=True, slots=True)
class MetadataPart:
    """One change of metadata, of an attachment, a count or an id. `entry` counts in `CellChange.metadata`, or
    in `NotebookDiff.metadata` where `change` is None.
    """

    change: int | None
    entry: int


Part = WholePart | NotebookPart | CellPart | SourcePart | HunkPart | OutputPart | MetadataPart


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of changed lines: `edits[start:end]` of a `TextDiff`."""

    start: int
    end: int


def hunks(diff: TextDiff) -> tuple[Hunk, ...]:
    """The runs of lines that are not equal, in order."""
    found = []
    start = None
    for place, edit in enumerate(diff.edits):
        if edit.kind is EditKind.EQUAL:
            if start is not None:
                found.append(Hunk(start, place))
            start = None
        elif start is None:
            start = place
    if start is not None:
        found.append(Hunk(start, len(diff.edits)))
    return tuple(found)
