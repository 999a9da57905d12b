"""Apply or revert parts of a diff: the whole, a cell, an output, a hunk of lines, one change of metadata.

Pure: imports `model`, `parts`, `sequence` and `notebook`; never changes a `raw`. Every part stands on one of
two sides. With nothing taken the document is the base, with everything taken it is the head, and to revert
parts is to start from the head and take them from the base: one rule for both ways. What a diff does not list
because it is ignored (execution counts, view state) belongs to its cell, or to the notebook outside of the
cells.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from nbreview.diff.model import CellChange, ChangeKind, NotebookDiff, OutputChange, TextDiff
from nbreview.diff.parts import (
    CellPart,
    HunkPart,
    MetadataPart,
    NotebookPart,
    OutputPart,
    Part,
    SourcePart,
    WholePart,
    hunks,
)
from nbreview.diff.sequence import heaviest_chain
from nbreview.errors import UserError
from nbreview.notebook.model import Cell, Notebook
from nbreview.notebook.splicing import File, rewrite, same, shaped_like
from nbreview.words import said

_WITH_IDS = 5  # nbformat 4.5 is the first whose cells have ids
_MISSING = object()
_T = TypeVar("_T")


def parts(diff: NotebookDiff) -> tuple[Part, ...]:
    """The parts that together make the whole: a cell each for all that differ in anything, ignored or not,
    and what lies outside of the cells where that differs.
    """
    found: list[Part] = [CellPart(place) for place, change in enumerate(diff.cells) if _differs(diff, change)]
    if not same(_fields(diff.base.raw), _fields(diff.head.raw)):
        found.append(NotebookPart())
    return tuple(found)


def patched(diff: NotebookDiff, chosen: Iterable[Part], *, reverse: bool = False) -> Mapping[str, Any]:
    """The base with these parts of the head; with `reverse` the head with these parts given back to the base.

    The result is JSON as `Notebook.raw` holds it and shares with both sides what it does not change. A part
    that lies in another one (a hunk of a cell that is taken whole) adds nothing. Where one side has a format
    without cell ids (before 4.5), ids go with the format that the result has: they are left out, or taken
    from the same cell of the other side; none is invented. An id that is there twice stays, as in a merge of
    git.

    Raises
    ------
    UserError
        The diff has no such part, the part belongs to a cell that is not there to be changed, or a side is of
        format 3 and only read.
    """
    taken = frozenset(chosen)
    own, other = (diff.head, diff.base) if reverse else (diff.base, diff.head)
    for side in (own, other):
        if side.read_only:
            raise UserError(side.read_only)
    if WholePart() in taken:
        return other.raw
    if not taken:
        return own.raw
    inner = _by_cell(diff, taken)
    cells = _cells(diff, taken, inner, reverse)
    return _document(diff, taken, cells, own, other)


def patched_bytes(
    diff: NotebookDiff,
    base: bytes,
    head: bytes,
    chosen: Iterable[Part],
    name: str,
    *,
    reverse: bool = False,
) -> bytes:
    """What `patched` gives, written into the bytes of the side that it starts from; all else keeps its bytes.

    Parameters
    ----------
    base, head:
        The bytes that the two notebooks were read from; b"" for a notebook that is not there.
    name:
        What messages call the file.

    Raises
    ------
    UserError
        As `patched`, or the bytes cannot be changed.
    """
    value = patched(diff, chosen, reverse=reverse)
    own, other = File(base, diff.base.raw), File(head, diff.head.raw)
    if reverse:
        own, other = other, own
    for file in (own, other):
        if value is file.value:
            return file.data
    if not own.data:
        return rewrite(other, value, name)
    return rewrite(own, value, name, (other,))


# --- the notebook -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell, the side that it comes from, and what the other side has for it."""

    side: Notebook
    raw: Mapping[str, Any]
    partner: Mapping[str, Any]


def _document(
    diff: NotebookDiff, taken: frozenset[Part], cells: Sequence[_Place], own: Notebook, other: Notebook
) -> Mapping[str, Any]:
    fields, rest = (other, own) if NotebookPart() in taken else (own, other)
    if not fields.raw:
        if not cells:
            return fields.raw
        fields = rest  # a notebook that is not there has no fields to give to its first cell
    value = dict(fields.raw)
    for part in taken:
        if isinstance(part, MetadataPart) and part.change is None and NotebookPart() not in taken:
            entry = _entry(diff.metadata, part.entry)
            value = _with(value, other.raw, ("metadata", *entry.path))
    value["cells"] = [_formatted(cell, fields.nbformat_minor) for cell in cells]
    return value


def _formatted(cell: _Place, minor: int) -> Mapping[str, Any]:
    """A cell with or without its id, where the format of the notebook differs in that from the cell's."""
    if (minor < _WITH_IDS) == (cell.side.nbformat_minor < _WITH_IDS):
        return cell.raw
    if minor < _WITH_IDS:
        return (
            {key: value for key, value in cell.raw.items() if key != "id"} if "id" in cell.raw else cell.raw
        )
    return _with(cell.raw, cell.partner, ("id",)) if "id" in cell.partner else cell.raw


def _by_cell(diff: NotebookDiff, taken: frozenset[Part]) -> dict[int, list[Part]]:
    """The parts of each cell that is not taken whole."""
    found: dict[int, list[Part]] = {}
    for part in taken:
        change = getattr(part, "change", None)
        if change is None:
            continue
        _entry(diff.cells, change)
        if CellPart(change) not in taken:
            found.setdefault(change, []).append(part)
    return found


def _cells(
    diff: NotebookDiff, taken: frozenset[Part], inner: Mapping[int, list[Part]], reverse: bool
) -> list[_Place]:
    own, other = (diff.head, diff.base) if reverse else (diff.base, diff.head)
    pairs = [
        _Pair(_indices(change.base_index), _indices(change.head_index), change.kind is not ChangeKind.MOVED)
        for change in diff.cells
    ]
    for number in inner:
        if not (pairs[number].head if reverse else pairs[number].base):
            raise UserError(
                said("The cell that this change belongs to is not there to be changed; take the whole cell.")
            )
    found: list[_Place] = []
    for slot in _interleaved(pairs, len(diff.base.cells), len(diff.head.cells)):
        from_other = CellPart(slot.owner) in taken
        index = slot.head if from_other is not reverse else slot.base
        if index is None:
            continue
        side, away = (other, own) if from_other else (own, other)
        raw = side.cells[index].raw
        there = slot.head if side is diff.base else slot.base
        if there is None and slot.owner >= 0:  # it moved, and stands on the other side elsewhere
            change = diff.cells[slot.owner]
            there = change.head_index if side is diff.base else change.base_index
        if slot.owner in inner:
            raw = _cell(diff, slot.owner, inner[slot.owner], reverse)
        found.append(_Place(side, raw, {} if there is None else away.cells[there].raw))
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    """Which elements of two lists belong to one change; `anchored` where it may hold the lists together."""

    base: tuple[int, ...]
    head: tuple[int, ...]
    anchored: bool = True


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in the joint order of two lists. `owner` is the pair it belongs to, -1 for none."""

    owner: int
    base: int | None
    head: int | None


def _interleaved(pairs: Sequence[_Pair], base_length: int, head_length: int) -> list[_Slot]:
    """One order of all places of two lists: whichever pairs stand on the side of the base, the elements that
    are there are in the order of their own list. What moved has a place on each side.
    """
    meeting = [
        (number, pair) for number, pair in enumerate(pairs) if pair.anchored and pair.base and pair.head
    ]
    chain = heaviest_chain([(pair.base[0], pair.head[0], 1.0) for _, pair in meeting])
    anchors = sorted((meeting[k][1].base[0], meeting[k][1].head[0], meeting[k][0]) for k in chain)
    base_owner = {index: number for number, pair in enumerate(pairs) for index in pair.base}
    head_owner = {index: number for number, pair in enumerate(pairs) for index in pair.head}
    found: list[_Slot] = []
    row = column = 0
    for base, head, owner in [*anchors, (base_length, head_length, -1)]:
        found.extend(_Slot(base_owner.get(index, -1), index, None) for index in range(row, base))
        found.extend(_Slot(head_owner.get(index, -1), None, index) for index in range(column, head))
        if owner >= 0:
            found.append(_Slot(owner, base, head))
        row, column = base + 1, head + 1
    return found


def _indices(index: int | None, pieces: tuple[int, ...] = ()) -> tuple[int, ...]:
    return pieces or (() if index is None else (index,))


# --- one cell -----------------------------------------------------------------------------------------------


def _cell(diff: NotebookDiff, number: int, chosen: Sequence[Part], reverse: bool) -> Mapping[str, Any]:
    """A cell as its own side has it, with these parts as the other side has them."""
    change = diff.cells[number]
    base = None if change.base_index is None else diff.base.cells[change.base_index]
    head = None if change.head_index is None else diff.head.cells[change.head_index]
    own, other = (head, base) if reverse else (base, head)
    assert own is not None  # `_cells` has refused it
    raw = dict(own.raw)
    theirs: Mapping[str, Any] = {} if other is None else other.raw
    lines = {part.hunk for part in chosen if isinstance(part, HunkPart)}
    if any(isinstance(part, SourcePart) for part in chosen):
        if other is None:
            raise _gone()
        raw = _with(raw, theirs, ("source",))
    elif lines:
        if other is None or change.source is None:
            raise _gone()
        raw = _with_hunks(raw, own, other, change.source, lines, reverse)
    outputs = {part.output for part in chosen if isinstance(part, OutputPart)}
    if outputs:
        if change.type_changed:
            raise _whole()
        raw["outputs"] = _outputs(change.outputs, outputs, base, head, reverse)
    for part in chosen:
        if isinstance(part, MetadataPart):
            raw = _with(raw, theirs, _path(change, part.entry, base, head))
    return raw


def _with_hunks(
    raw: dict[str, Any], own: Cell, other: Cell, diff: TextDiff, chosen: set[int], reverse: bool
) -> dict[str, Any]:
    source = with_hunks(own.source, other.source, diff, chosen, reverse=reverse)
    if source == other.source:
        return _with(raw, other.raw, ("source",))
    raw["source"] = shaped_like(raw.get("source"), source)
    return raw


def with_hunks(own: str, other: str, diff: TextDiff, chosen: Iterable[int], *, reverse: bool = False) -> str:
    """A text with these hunks (counted in `parts.hunks`) as another text has them.

    Parameters
    ----------
    diff:
        From `own` to `other`; with `reverse` from `other` to `own`.

    Raises
    ------
    UserError
        The diff has no such hunk.
    """
    known = hunks(diff)
    taken = [_entry(known, number) for number in chosen]
    places = {place for hunk in taken for place in range(hunk.start, hunk.end)}
    own_lines, other_lines = own.split("\n"), other.split("\n")
    lines = []
    own_end = other_end = 0  # behind the last line that the diff lists
    for place, edit in enumerate(diff.edits):
        own_line, other_line = edit.base_line, edit.head_line
        if reverse:
            own_line, other_line = other_line, own_line
        own_end = own_end if own_line is None else own_line + 1
        other_end = other_end if other_line is None else other_line + 1
        number = other_line if place in places else own_line
        if number is not None:
            lines.append((other_lines if place in places else own_lines)[number])
    own_rest, other_rest = own_lines[own_end:], other_lines[other_end:]
    if own_rest == other_rest == [""]:
        return "".join(line + "\n" for line in lines)  # every line of both ends, and so do these
    return "\n".join([*lines, *(own_rest if own else ())])


def _outputs(
    changes: Sequence[OutputChange], chosen: set[int], base: Cell | None, head: Cell | None, reverse: bool
) -> list[Mapping[str, Any]]:
    for number in chosen:
        _entry(changes, number)
    base_outputs, head_outputs = base.outputs if base else (), head.outputs if head else ()
    pairs = [
        _Pair(
            _indices(change.base_index, change.base_indices),
            _indices(change.head_index, change.head_indices),
        )
        for change in changes
    ]
    found: list[Mapping[str, Any]] = []
    for slot in _interleaved(pairs, len(base_outputs), len(head_outputs)):
        at_head = (slot.owner in chosen) is not reverse
        index = slot.head if at_head else slot.base
        if index is not None:
            found.append((head_outputs if at_head else base_outputs)[index].raw)
    return found


def _path(change: CellChange, number: int, base: Cell | None, head: Cell | None) -> tuple[str, ...]:
    """Where an entry of a cell's metadata lies in the cell."""
    entry = _entry(change.metadata, number)
    if base is None or head is None:
        raise _gone()
    if not entry.beside:
        return ("metadata", *entry.path)
    if change.type_changed:
        raise _whole()
    return entry.path


# --- JSON ---------------------------------------------------------------------------------------------------


def _with(own: Mapping[str, Any], other: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """`own` with what `other` has at a path, or without it where the other has nothing there.

    A new key stands where the other side has it. An object that is empty then and that the other side lacks
    goes too.
    """
    key, rest = path[0], path[1:]
    value = other.get(key, _MISSING)
    if rest:
        held = own.get(key)
        inner = _with(held if isinstance(held, dict) else {}, value if isinstance(value, dict) else {}, rest)
        if inner or isinstance(value, dict):
            value = inner
    if value is _MISSING:
        return {each: held for each, held in own.items() if each != key}
    if key in own:
        return {**own, key: value}
    order = list(other)
    before = [each for each in order[: order.index(key)] if each in own] if key in other else list(own)
    if not before:
        return {key: value, **own}
    found: dict[str, Any] = {}
    for each, held in own.items():
        found[each] = held
        if each == before[-1]:
            found[key] = value
    return found


def _fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key != "cells"}


def _differs(diff: NotebookDiff, change: CellChange) -> bool:
    if change.base_index is None or change.head_index is None or change.kind is ChangeKind.MOVED:
        return True
    return not same(diff.base.cells[change.base_index].raw, diff.head.cells[change.head_index].raw)


def _entry(entries: Sequence[_T], number: int) -> _T:
    if not 0 <= number < len(entries):
        raise _gone()
    return entries[number]


def _gone() -> UserError:
    return UserError(said("That change is not part of this comparison; compare the two versions again."))


def _whole() -> UserError:
    return UserError(said("The cell changed its type, so its parts belong together; take the whole cell."))
