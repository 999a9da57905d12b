"""Three-way merge of notebooks: one base, two edited versions in; a valid notebook and its conflicts out.

Imports the other `merge_…` modules, `metadata` and `notebook`; never changes what it is given and reads no
file. What becomes of each part:

- Cells are matched with the base on either side (`cells.align`) and ordered by `merge_order`. What one side
  did stands; what both did alike stands once.
- A deleted cell goes, unless the other side edited it (source, type, attachments or metadata that is not
  volatile; having run it again is no edit): then both stand between marker cells.
- Sources are merged by line. A conflict stays in the cell, between markers, and the cell is marked.
- Metadata is merged by key, tags as a set, attachments by name. Of a key that both sides changed, ours
  stands and the mark holds the rest.
- The kernel and the language are each taken whole. Both sides having run other versions of one language is no
  conflict: ours stands, and a note says so.
- Outputs and execution counts follow the policy and are never a conflict.

Every mark is below `nbreview.conflicts` in the metadata of its cell or of the notebook.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.diff.merge_cells import (
    Json,
    MergedCell,
    conflict_block,
    conflict_mark,
    marked,
    merge_cell,
    torn,
)
from nbreview.diff.merge_model import DEFAULT_POLICY, Conflict, ConflictKind, Merged, MergePolicy, Note
from nbreview.diff.merge_order import Place, merged_order
from nbreview.diff.merge_values import Missing, Path, in_order, merge_mapping, same
from nbreview.diff.metadata import VOLATILE_NOTEBOOK, cell_changes
from nbreview.notebook.model import Cell, Notebook

_UNITS = frozenset({("kernelspec",), ("language_info",)})
_LANGUAGE_KEYS: dict[Path, str] = {("kernelspec",): "language", ("language_info",): "name"}
_OWN = ("cells", "metadata", "nbformat", "nbformat_minor")
_IDS_SINCE = 5
"""The minor version of format 4 from which every cell has an id."""


def merge_notebooks(
    base: Notebook,
    ours: Notebook,
    theirs: Notebook,
    policy: MergePolicy = DEFAULT_POLICY,
    cancel: CancelToken | None = None,
) -> Merged:
    """Merge two edited versions of a notebook of format 4.

    Parameters
    ----------
    base:
        What both come from; `EMPTY` where each side added the notebook.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    if same(ours.raw, theirs.raw) or same(theirs.raw, base.raw):
        return Merged(ours.raw)
    if same(ours.raw, base.raw):
        return Merged(theirs.raw)
    return _Merge(base, ours, theirs, policy).run(cancel)


class _Merge:
    """One merge in progress; owned by one call of `merge_notebooks`."""

    def __init__(self, base: Notebook, ours: Notebook, theirs: Notebook, policy: MergePolicy) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.policy = policy
        self.cells: list[Mapping[str, Any]] = []
        self.old: set[int] = set()  # positions of cells that keep their id before any new one
        self.conflicts: list[Conflict] = []
        self.notes: list[Note] = []
        self.marks: list[Json] = []

    def run(self, cancel: CancelToken | None) -> Merged:
        versions = (self.base.raw, self.ours.raw, self.theirs.raw)
        rest = [{key: value for key, value in raw.items() if key not in _OWN} for raw in versions]
        document = merge_mapping(rest[0], rest[1], rest[2], (), _ours)
        document["metadata"] = self._metadata()
        for place in merged_order(self.base, self.ours, self.theirs, cancel):
            if cancel is not None:
                cancel.check()
            self._place(place, cancel)
        if self.marks:
            document = marked(document, self.marks)
        minor = max(self.ours.nbformat_minor, self.theirs.nbformat_minor)
        document["nbformat"], document["nbformat_minor"] = 4, minor
        document["cells"] = self._with_ids() if minor >= _IDS_SINCE else list(self.cells)
        keys = dict.fromkeys((*self.ours.raw, *self.theirs.raw, *document))
        arranged = in_order({key: document[key] for key in keys if key in document}, self.ours.raw)
        return Merged(arranged, tuple(self.conflicts), tuple(self.notes))

    # --- the notebook's own metadata ----------------------------------------------------------------------

    def _metadata(self) -> Json:
        metadata = (self.base.metadata, self.ours.metadata, self.theirs.metadata)
        return merge_mapping(*metadata, (), self._choose, _UNITS)

    def _choose(self, path: Path, base: Any, ours: Any, theirs: Any) -> Any:
        if any(path[:depth] in VOLATILE_NOTEBOOK for depth in range(1, len(path) + 1)):
            return ours
        key = _LANGUAGE_KEYS.get(path)
        if key and isinstance(ours, dict) and isinstance(theirs, dict) and ours.get(key) == theirs.get(key):
            self.notes.append(Note(None, f"{path[0]} taken from ours (changed on both sides)"))
            return ours
        self.conflicts.append(Conflict(ConflictKind.METADATA, None, path=path))
        self.marks.append(conflict_mark(path, base, ours, theirs))
        return _ours(path, base, ours, theirs)

    # --- cells --------------------------------------------------------------------------------------------

    def _place(self, place: Place, cancel: CancelToken | None) -> None:
        base = self.base.cells[place.base] if place.base is not None else None
        ours = self.ours.cells[place.ours] if place.ours is not None else None
        theirs = self.theirs.cells[place.theirs] if place.theirs is not None else None
        if ours is not None and theirs is not None:
            merged = merge_cell(base, ours, theirs, self.policy, cancel)
            if merged is None:
                self._block(ConflictKind.TYPE, base, ours, theirs)
                return
            if place.torn:
                merged = torn(merged, (place.base, place.ours, place.theirs))
            self._add(merged, old=True)
        elif base is None:
            inserted = ours if ours is not None else theirs
            assert inserted is not None
            self._add(MergedCell(inserted.raw), old=ours is not None)
        else:
            kept = ours if ours is not None else theirs
            assert kept is not None
            if _edited(base, kept):
                self._block(ConflictKind.DELETED, base, ours, theirs)

    def _add(self, merged: MergedCell, *, old: bool) -> None:
        at = len(self.cells)
        if old:
            self.old.add(at)
        self.conflicts += [replace(conflict, cell=at) for conflict in merged.conflicts]
        self.notes += [Note(at, text) for text in merged.notes]
        self.cells.append(merged.raw)

    def _block(self, kind: ConflictKind, base: Cell | None, ours: Cell | None, theirs: Cell | None) -> None:
        at = len(self.cells)
        first, second, third = (cell.index if cell is not None else None for cell in (base, ours, theirs))
        self.conflicts.append(Conflict(kind, at, first, second, third))
        self.cells += conflict_block(kind, ours, theirs, self.policy)
        self.old.add(at + 1 if ours is not None else at + 2)

    def _with_ids(self) -> list[Mapping[str, Any]]:
        """The cells, each with an id of its own: who had one first keeps it, others get one that follows from
        what they hold, so that the same merge gives the same bytes.
        """
        order = sorted(range(len(self.cells)), key=lambda at: at not in self.old)
        taken: set[str] = set()
        found: list[Mapping[str, Any]] = list(self.cells)
        unnamed: list[int] = []
        for at in order:
            identity = self.cells[at].get("id")
            if isinstance(identity, str) and identity and identity not in taken:
                taken.add(identity)
            else:
                unnamed.append(at)
        for at in sorted(unnamed):
            cell = self.cells[at]
            identity = _new_id(cell, taken)
            taken.add(identity)
            found[at] = in_order({**cell, "id": identity}, cell)
        return found


def _edited(base: Cell, side: Cell) -> bool:
    """Whether a side changed a cell in a way that a deletion on the other side must not lose."""
    return (
        base.source != side.source or base.cell_type is not side.cell_type or bool(cell_changes(base, side))
    )


def _new_id(cell: Mapping[str, Any], taken: set[str]) -> str:
    source = cell.get("source")
    text = "".join(part for part in source if isinstance(part, str)) if isinstance(source, list) else source
    number = 0
    while True:
        digest = hashlib.sha256(f"{cell.get('cell_type')}\0{text}\0{number}".encode("utf-8", "replace"))
        identity = digest.hexdigest()[:8]
        if identity not in taken:
            return identity
        number += 1


def _ours(path: Path, base: Any, ours: Any, theirs: Any) -> Any:
    return theirs if isinstance(ours, Missing) else ours
