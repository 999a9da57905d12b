"""What a three-way merge is asked and what it answers, as frozen values.

Imports `merge_lines` for the labels of conflicts, and nothing else of nbreview. Indices count from 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nbreview.diff.merge_lines import Labels


class Prefer(StrEnum):
    """What becomes of outputs or execution counts that both sides changed."""

    AUTO = "auto"  # those of the side whose source stands; none below a source made from both; else ours
    OURS = "ours"
    THEIRS = "theirs"
    DROP = "drop"


class ConflictKind(StrEnum):
    """What both sides changed in ways that cannot be combined."""

    SOURCE = "source"  # the same lines
    DELETED = "deleted"  # one side deleted the cell, the other edited it
    TYPE = "type"  # code became Markdown here and raw there
    MOVED = "moved"  # to different places
    METADATA = "metadata"  # of a cell or the notebook: one key
    ATTACHMENT = "attachment"  # one name


@dataclass(frozen=True, slots=True)
class MergePolicy:
    """How notebooks are merged where there is a choice.

    Parameters
    ----------
    outputs, counts:
        What becomes of outputs and execution counts that both sides changed. What one side changed comes
        from it in any case, but for a cell whose source was made from both sides: AUTO and DROP leave no
        changed output there, as neither side's belongs to it.
    labels:
        The names of the versions in the markers of conflicts.
    marker_size:
        Characters of a conflict marker.
    """

    outputs: Prefer = Prefer.AUTO
    counts: Prefer = Prefer.AUTO
    labels: Labels = field(default_factory=Labels)
    marker_size: int = 7


DEFAULT_POLICY = MergePolicy()


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict that is left to a person.

    Parameters
    ----------
    cell:
        Index of the cell in the merged notebook (of the first marker cell for DELETED and TYPE), None for
        the notebook's own metadata.
    base, ours, theirs:
        Index of the cell in each version, None in one that lacks it.
    path:
        For METADATA the keys from the root of the metadata, for ATTACHMENT the name.
    regions:
        For SOURCE half-open ranges of line numbers in the merged source, markers included.
    """

    kind: ConflictKind
    cell: int | None
    base: int | None = None
    ours: int | None = None
    theirs: int | None = None
    path: tuple[str, ...] = ()
    regions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A choice that was made without being a conflict: which outputs were taken, whose kernel. `cell` is an
    index in the merged notebook.
    """

    cell: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged notebook as JSON, the conflicts in it, in its order, and what was chosen by policy. Parts of
    `document` may be parts of the three inputs: do not change it.
    """

    document: Mapping[str, Any]
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[Note, ...] = ()
