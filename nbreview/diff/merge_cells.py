"""Three-way merge of one cell, and how a conflict between whole cells is written.

Pure: imports the other `merge_…` modules, `metadata` and `notebook`. A cell is plain JSON here, as nbformat 4
has it; what is returned may share parts with what was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from nbreview.cancellation import CancelToken
from nbreview.diff.merge_lines import merge_text
from nbreview.diff.merge_model import Conflict, ConflictKind, MergePolicy, Prefer
from nbreview.diff.merge_values import (
    MISSING,
    Missing,
    Path,
    in_order,
    merge_mapping,
    merge_value,
    same,
)
from nbreview.diff.metadata import VOLATILE_CELL
from nbreview.notebook.model import Cell, CellType
from nbreview.notebook.splicing import shaped_like

Json = dict[str, Any]

MARK = "nbreview"
"""The key of a cell's metadata below which `conflicts` names what is left to a person: a list of objects with
`kind` and, by kind: `marker_size` of lines (where it is not 7); `part` of a block of cells; `path` of a value
with those of the versions `base`, `ours` and `theirs` that hold it; `path` of an attachment with the name
under which that of `theirs` is kept, or the side that `deleted` it.
"""

_OWN = ("cell_type", "id", "source", "metadata", "outputs", "execution_count", "attachments")
"""The keys of a cell that are merged by what they mean; any other is a value."""


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A merged cell, its conflicts (without `cell`) and sentences about what was chosen."""

    raw: Mapping[str, Any]
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()


def merge_cell(
    base: Cell | None, ours: Cell, theirs: Cell, policy: MergePolicy, cancel: CancelToken | None = None
) -> MergedCell | None:
    """Merge two versions of a cell; None when both changed its type, to different ones.

    Parameters
    ----------
    base:
        What both come from, None for a cell that both sides inserted.
    """
    before: Mapping[str, Any] = base.raw if base is not None else {}
    if same(ours.raw, theirs.raw) or (base is not None and same(theirs.raw, before)):
        return MergedCell(ours.raw)
    if base is not None and same(ours.raw, before):
        return MergedCell(theirs.raw)
    cell_type = ours.cell_type
    if base is not None and ours.cell_type is base.cell_type:
        cell_type = theirs.cell_type
    elif theirs.cell_type not in (ours.cell_type, base.cell_type if base is not None else None):
        return None
    return _Merge(base, ours, theirs, policy, cell_type).run(cancel)


class _Merge:
    """One merge in progress; owned by one call of `merge_cell`."""

    def __init__(
        self, base: Cell | None, ours: Cell, theirs: Cell, policy: MergePolicy, cell_type: CellType
    ) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self.policy = policy
        self.cell_type = cell_type
        self.raws = (base.raw if base is not None else {}, ours.raw, theirs.raw)
        self.conflicts: list[Conflict] = []
        self.marks: list[Json] = []
        self.notes: list[str] = []

    def run(self, cancel: CancelToken | None) -> MergedCell:
        before, mine, yours = ({k: v for k, v in raw.items() if k not in _OWN} for raw in self.raws)
        found: Json = merge_mapping(before, mine, yours, (), _first)
        found["cell_type"] = self.cell_type.value
        identity = merge_value(*self._held("id"), ("id",), _first)
        for held in (identity, self.ours.id, self.theirs.id):  # a side of an older format has none
            if isinstance(held, str):
                found["id"] = held
                break
        whose = self._source(found, cancel)
        found["metadata"] = merge_mapping(*self._objects("metadata"), (), self._choose_metadata)
        if self.cell_type is CellType.CODE:
            self._run_state(found, whose)
        else:
            held = self._objects("attachments")
            names = frozenset((name,) for attachments in held for name in attachments)
            self._attachments(found, merge_mapping(*held, (), _two, names))
        if self.marks:
            _mark(found, self.marks)
        order = (*self.ours.raw, *self.theirs.raw, *found)
        arranged = {key: found[key] for key in dict.fromkeys(order) if key in found}
        return MergedCell(in_order(arranged, self.ours.raw), tuple(self.conflicts), tuple(self.notes))

    def _held(self, key: str) -> tuple[Any, Any, Any]:
        before, mine, yours = (raw.get(key, MISSING) for raw in self.raws)
        return before, mine, yours

    def _objects(self, key: str) -> tuple[Json, Json, Json]:
        before, mine, yours = (raw.get(key) or {} for raw in self.raws)
        return before, mine, yours

    def _conflict(self, kind: ConflictKind, **details: Any) -> None:
        indices = (cell.index if cell is not None else None for cell in (self.base, self.ours, self.theirs))
        base, ours, theirs = indices
        self.conflicts.append(Conflict(kind, None, base, ours, theirs, **details))

    # --- source -----------------------------------------------------------------------------------------

    def _source(self, found: Json, cancel: CancelToken | None) -> Cell | None:
        """Merge the source. The side whose source stands (ours for both), None where it is made from both."""
        base = self.base.source if self.base is not None else ""
        merged = merge_text(
            base, self.ours.source, self.theirs.source, self.policy.labels, self.policy.marker_size, cancel
        )
        if merged.regions:
            self._conflict(ConflictKind.SOURCE, regions=merged.regions)
            size = {} if self.policy.marker_size == 7 else {"marker_size": self.policy.marker_size}
            self.marks.append({"kind": ConflictKind.SOURCE.value, **size})
        for side in (self.ours, self.theirs):
            if merged.text == side.source:
                found["source"] = side.raw.get("source", "")
                return side
        found["source"] = shaped_like(self.ours.raw.get("source"), merged.text)
        return None

    # --- metadata and attachments -----------------------------------------------------------------------

    def _choose_metadata(self, path: Path, base: Any, ours: Any, theirs: Any) -> Any:
        if any(path[:depth] in VOLATILE_CELL for depth in range(1, len(path) + 1)):
            return ours  # view state and timings: neither is worth a question
        self._conflict(ConflictKind.METADATA, path=path)
        self.marks.append(conflict_mark(path, base, ours, theirs))
        return _first(path, base, ours, theirs)

    def _attachments(self, found: Json, merged: Json) -> None:
        kept: Json = {}
        for name, value in merged.items():
            if not isinstance(value, _Two):
                kept[name] = value
                continue
            self._conflict(ConflictKind.ATTACHMENT, path=(name,))
            mark: Json = {"kind": ConflictKind.ATTACHMENT.value, "path": [name]}
            present = [each for each in (value.ours, value.theirs) if not isinstance(each, Missing)]
            kept[name] = present[0]
            if len(present) == 2:  # both stay: a picture cannot be put together again from a mark
                other = _free_name(name, merged.keys() | kept.keys())
                kept[other] = present[1]
                mark["theirs"] = other
            else:
                mark["deleted"] = "ours" if isinstance(value.ours, Missing) else "theirs"
            self.marks.append(mark)
        if kept or "attachments" in self.ours.raw:
            found["attachments"] = kept

    # --- outputs and execution count --------------------------------------------------------------------

    def _run_state(self, found: Json, whose: Cell | None) -> None:
        """Outputs and count: what one side changed comes from it; else, or where the source was made from
        both sides, the policy decides.
        """
        sides = [cell for cell in (self.ours, self.theirs) if cell.cell_type is CellType.CODE]
        if len(sides) == 1:  # the other side held Markdown
            side = sides[0]
            found["outputs"] = list(side.raw.get("outputs") or ())
            found["execution_count"] = side.execution_count
            return
        held = [_bare(cell) for cell in (self.base, self.ours, self.theirs)]
        agreed = same(held[1], held[2])
        chosen: Cell | None = self._changed_one(*held) if not agreed else self.ours
        mixed = whose is None and not agreed
        if chosen is None or (mixed and self.policy.outputs in (Prefer.AUTO, Prefer.DROP)):
            chosen = self._by_policy(self.policy.outputs, whose)
            what = f"taken from {_name(chosen, self.ours)}" if chosen is not None else "dropped"
            why = "made for neither source" if mixed else "changed on both sides"
            self.notes.append(f"outputs {what} ({why})")
        count = self._count(whose, chosen, agreed)
        found["execution_count"] = count
        found["outputs"] = _counted(chosen, count) if chosen is not None else []

    def _count(self, whose: Cell | None, outputs: Cell | None, agreed: bool) -> int | None:
        base, ours, theirs = (
            cell.execution_count if cell is not None else None for cell in (self.base, self.ours, self.theirs)
        )
        if ours == theirs or theirs == base:
            one: Cell | None = self.ours
        else:
            one = self.theirs if ours == base else None
        if one is None and self.policy.counts is not Prefer.AUTO:
            one = self._by_policy(self.policy.counts, whose)
            return one.execution_count if one is not None else None
        if not agreed and self.policy.counts is Prefer.AUTO:
            one = outputs  # a count belongs to the outputs that its run left
        elif one is None:
            one = self.ours
        return one.execution_count if one is not None else None

    def _by_policy(self, prefer: Prefer, whose: Cell | None) -> Cell | None:
        if prefer is Prefer.OURS:
            return self.ours
        if prefer is Prefer.THEIRS:
            return self.theirs
        return whose if prefer is Prefer.AUTO else None

    def _changed_one(self, base: Any, ours: Any, theirs: Any) -> Cell | None:
        """The side that alone changed something."""
        if same(theirs, base):
            return self.ours
        return self.theirs if same(ours, base) else None


@dataclass(frozen=True, slots=True)
class _Two:
    """Two versions of one attachment, either possibly `MISSING`."""

    ours: Any
    theirs: Any


def _two(path: Path, base: Any, ours: Any, theirs: Any) -> Any:
    return _Two(ours, theirs)


def _first(path: Path, base: Any, ours: Any, theirs: Any) -> Any:
    """The value of ours, or of theirs where ours has none: an edit outlives a deletion."""
    return theirs if isinstance(ours, Missing) else ours


def _name(side: Cell, ours: Cell) -> str:
    return "ours" if side is ours else "theirs"


def _bare(cell: Cell | None) -> list[Any]:
    """Outputs without their execution counts, which every run changes."""
    outputs = cell.raw.get("outputs") if cell is not None and cell.cell_type is CellType.CODE else None
    return [
        {key: value for key, value in output.items() if key != "execution_count"} for output in outputs or ()
    ]


def _counted(cell: Cell, count: int | None) -> list[Any]:
    """The outputs of a cell; a result that bore the cell's count bears the new one."""
    return [
        {**output, "execution_count": count}
        if "execution_count" in output and output["execution_count"] == cell.execution_count != count
        else output
        for output in cell.raw.get("outputs") or ()
    ]


def _free_name(name: str, taken: Any) -> str:
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if stem else (name, "")
    number = 1
    while (found := f"{stem}-theirs{'' if number == 1 else number}{suffix}") in taken:
        number += 1
    return found


# --- marks --------------------------------------------------------------------------------------------------


def conflict_mark(path: Path, base: Any, ours: Any, theirs: Any) -> Json:
    """The mark of a conflict in metadata, with the versions that there are."""
    versions = {"base": base, "ours": ours, "theirs": theirs}
    held = {side: value for side, value in versions.items() if not isinstance(value, Missing)}
    return {"kind": ConflictKind.METADATA.value, "path": list(path), **held}


def marked(raw: Mapping[str, Any], marks: list[Json]) -> Json:
    """A copy of a cell (or notebook) whose metadata names conflicts."""
    found = dict(raw)
    _mark(found, marks)
    return found


def _mark(found: Json, marks: list[Json]) -> None:
    metadata = dict(found.get("metadata") or {})
    held = metadata.get(MARK)
    own = dict(held) if isinstance(held, dict) else {}
    before = own.get("conflicts")
    own["conflicts"] = [*before, *marks] if isinstance(before, list) else marks
    found["metadata"] = in_order({**metadata, MARK: own}, metadata)


def conflict_block(
    kind: ConflictKind, ours: Cell | None, theirs: Cell | None, policy: MergePolicy
) -> list[Json]:
    """Two versions of a cell between Markdown cells that bear the markers; a deleted version is nothing."""
    labels, size = policy.labels, policy.marker_size
    if kind is ConflictKind.TYPE:
        said = "Both sides changed the type of this cell. Keep one version and delete the marker cells."
    elif ours is None:
        said = "Our side deleted this cell, theirs edited it. Keep it or delete it with the marker cells."
    else:
        said = "Our side edited this cell, theirs deleted it. Keep it or delete it with the marker cells."

    def marker(part: str, text: str) -> Json:
        cell = {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}
        return marked(cell, [{"kind": kind.value, "part": part}])

    def version(cell: Cell, part: str) -> Json:
        return marked(cell.raw, [{"kind": kind.value, "part": part}])

    block = [marker("begin", f"`{'<' * size} {_line(labels.ours)}`\n\n{said}")]
    if ours is not None:
        block.append(version(ours, "ours"))
    block.append(marker("middle", f"`{'=' * size}`"))
    if theirs is not None:
        block.append(version(theirs, "theirs"))
    block.append(marker("end", f"`{'>' * size} {_line(labels.theirs)}`"))
    return block


def _line(label: str) -> str:
    """A label inside a code span."""
    return " ".join(label.replace("`", "'").split())


def torn(cell: MergedCell, place: tuple[int | None, int | None, int | None]) -> MergedCell:
    """The cell with the conflict that both sides moved it, to different places."""
    conflict = Conflict(ConflictKind.MOVED, None, *place)
    raw = marked(cell.raw, [{"kind": ConflictKind.MOVED.value}])
    return replace(cell, raw=raw, conflicts=(*cell.conflicts, conflict))
