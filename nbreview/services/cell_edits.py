"""Several edits of one notebook as one new content of its file: cells changed, inserted and removed.

Pure functions over `notebook` and `review`: where a suggestion stands in a notebook, what the file's bytes
are with the edits in it, and what they are with the edits taken back. Everything that is not edited keeps its
bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbreview.errors import UserError
from nbreview.notebook.model import Cell, Notebook, source_digest
from nbreview.notebook.reader import read_bytes
from nbreview.notebook.splicing import File, rewrite, shaped_like
from nbreview.notebook.writer import replace_source
from nbreview.review.model import CellEdit, Suggestion
from nbreview.words import said

_WITH_IDS = 5  # nbformat 4.5 is the first whose cells have ids


@dataclass(frozen=True, slots=True)
class Edit:
    """A suggestion with the source that is written for it: the proposal, or what a person made of it."""

    suggestion: Suggestion
    final: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A file with edits in it (or taken back). `kept` is what taking a removal back needs, by suggestion."""

    data: bytes
    kept: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place between the cells of a notebook: before the cell of this index. `order` is that in the slot."""

    index: int
    order: tuple[int, int]


def locate(notebook: Notebook, suggestion: Suggestion, source: str) -> int | None:
    """Index of the cell that a suggestion belongs to, if that cell now holds exactly `source`; None when it
    is stale. For an insertion that is not in the notebook (`source` is its base source): the index that the
    new cell would have.

    The cell's place is tried first, then its id, then the only cell with that source. An insertion stands
    after the cell that it follows: the one at its place if that holds the source, else the only one that
    does.
    """
    if suggestion.edit is CellEdit.INSERT and source == suggestion.base_source:
        return _anchored(notebook, suggestion)
    index = suggestion.place.cell_index
    cells = notebook.cells
    if (
        0 <= index < len(cells)
        and cells[index].source == source
        and cells[index].id == suggestion.place.cell_id
    ):
        return index
    if suggestion.place.cell_id is not None:
        same_id = [cell for cell in cells if cell.id == suggestion.place.cell_id]
        if len(same_id) == 1:
            return same_id[0].index if same_id[0].source == source else None
    same_source = [cell.index for cell in cells if cell.source == source]
    return same_source[0] if len(same_source) == 1 else None


def find_written(notebook: Notebook, edit: Edit) -> int | None:
    """Index of the cell that holds what was accepted; for a removal, of the cell that it would stand before
    (None where a cell like it is there still).
    """
    suggestion = edit.suggestion
    if suggestion.edit is CellEdit.CHANGE:
        return locate(notebook, suggestion, edit.final)
    if suggestion.edit is CellEdit.REMOVE:
        there = locate(notebook, suggestion, suggestion.base_source)
        return min(suggestion.place.cell_index, len(notebook.cells)) if there is None else None
    own = set(_ids(suggestion))
    cells = notebook.cells
    for cell in cells:
        if cell.id in own:
            return cell.index if cell.source == edit.final else None
    if notebook.nbformat_minor >= _WITH_IDS:
        return None
    index = suggestion.place.cell_index
    if 0 <= index < len(cells) and cells[index].source == edit.final and _follows(cells, index, suggestion):
        return index
    found = [
        cell.index for cell in cells if cell.source == edit.final and _follows(cells, cell.index, suggestion)
    ]
    found = found or [cell.index for cell in cells if cell.source == edit.final]
    return found[0] if len(found) == 1 else None


def apply_edits(data: bytes, edits: Sequence[Edit], name: str, earlier: Sequence[Edit] = ()) -> Edited:
    """The file's bytes with all edits in it.

    An insertion may follow a cell that another edit of the same list inserts or changes; insertions into one
    place stand in the order of their cell indices, behind those of their group that were written `earlier`.

    Raises
    ------
    UserError
        The notebook is only read, a suggestion is stale, or two of them are about one cell. The sentence
        names the cell.
    """
    notebook = _readable(data, name)
    sources: dict[int, str] = {}
    removed: dict[int, str] = {}
    for edit in edits:
        if edit.suggestion.edit is CellEdit.INSERT:
            continue
        index = locate(notebook, edit.suggestion, edit.suggestion.base_source)
        if index is None:
            raise _stale(edit.suggestion, name)
        if index in sources or index in removed:
            raise UserError(
                said(
                    "Cell {number} of {name} is changed by two of these suggestions; accept them one by one.",
                    number=index + 1,
                    name=name,
                )
            )
        if edit.suggestion.edit is CellEdit.REMOVE:
            removed[index] = edit.suggestion.id
        else:
            sources[index] = edit.final
    slots = _slots(notebook, edits, sources, earlier, name)
    for index, source in sources.items():
        data = replace_source(data, index, source, name)
    if not removed and not slots:
        return Edited(data, {})
    return _restructured(data, removed, slots, name)


def take_back(data: bytes, edits: Sequence[Edit], kept: Mapping[str, bytes], name: str) -> bytes:
    """The file's bytes with edits, which are in it, taken out again.

    Parameters
    ----------
    kept:
        What `apply_edits` gave for each removal.

    Raises
    ------
    UserError
        A cell has been edited since, or what was removed is not kept any more. The sentence names the cell.
    """
    notebook = _readable(data, name)
    sources: dict[int, str] = {}
    removed: dict[int, str] = {}
    back: list[_Kept] = []
    for edit in edits:
        suggestion = edit.suggestion
        if suggestion.edit is CellEdit.REMOVE:
            back.append(_kept_cell(notebook, suggestion, kept, name))
            continue
        index = find_written(notebook, edit)
        if index is None:
            raise UserError(
                said(
                    "Cell {number} of {name} has changed since; change it back by "
                    "hand, as undoing would lose that edit.",
                    number=suggestion.place.cell_index + 1,
                    name=name,
                )
            )
        if suggestion.edit is CellEdit.INSERT:
            removed[index] = suggestion.id
        else:
            sources[index] = suggestion.base_source
    for index, source in sources.items():
        data = replace_source(data, index, source, name)
    if not removed and not back:
        return data
    again = read_bytes(data, name)
    raws: list[list[Mapping[str, Any]]] = [[] for _ in range(len(again.cells) + 1)]
    for one in sorted(back, key=lambda each: each.order):
        raws[one.slot].append(one.raw)
    cells: list[Mapping[str, Any]] = []
    for index, cell in enumerate(again.cells):
        cells += raws[index]
        if index not in removed:
            cells.append(cell.raw)
    cells += raws[-1]
    value = {**again.raw, "cells": cells}
    return rewrite(File(data, again.raw), value, name, [one.file for one in back])


def _readable(data: bytes, name: str) -> Notebook:
    notebook = read_bytes(data, name)
    if notebook.read_only:
        raise UserError(notebook.read_only)
    return notebook


def _stale(suggestion: Suggestion, name: str) -> UserError:
    number = suggestion.place.cell_index + 1
    if suggestion.edit is CellEdit.INSERT:
        return UserError(
            said(
                "The cell before the new cell {number} of {name} has changed since, or there are several "
                "like it; ask for the suggestion again.",
                number=number,
                name=name,
            )
        )
    return UserError(
        said(
            "Cell {number} of {name} has changed since; ask for the suggestion again.",
            number=number,
            name=name,
        )
    )


# --- insertions ---------------------------------------------------------------------------------------------


def _anchored(notebook: Notebook, suggestion: Suggestion) -> int | None:
    if not suggestion.after:
        return 0
    index = suggestion.place.cell_index
    cells = notebook.cells
    if 0 < index <= len(cells) and cells[index - 1].digest == suggestion.after:
        return index
    found = [cell.index for cell in cells if cell.digest == suggestion.after]
    return found[0] + 1 if len(found) == 1 else None


def _follows(cells: Sequence[Cell], index: int, suggestion: Suggestion) -> bool:
    return cells[index - 1].digest == suggestion.after if index else not suggestion.after


def _slots(
    notebook: Notebook,
    edits: Sequence[Edit],
    sources: Mapping[int, str],
    earlier: Sequence[Edit],
    name: str,
) -> dict[_Slot, Edit]:
    """Where each new cell goes. What follows another new cell, or the new text of one, waits for that."""
    by_digest: dict[str, list[int]] = {}
    for index, source in sources.items():
        by_digest.setdefault(source_digest(source), []).append(index + 1)
    written = {find_written(notebook, each): each.suggestion for each in earlier}
    found: dict[_Slot, Edit] = {}
    placed: dict[str, list[int]] = {}
    anchors: dict[str, int] = {}  # of the insertions of one answer that follow the same cell
    waiting = [(number, edit) for number, edit in enumerate(edits) if edit.suggestion.edit is CellEdit.INSERT]
    while waiting:
        left = []
        for number, edit in waiting:
            suggestion = edit.suggestion
            anchored = _anchored(notebook, suggestion)
            if anchored is None:
                anchored = anchors.get(suggestion.after)
            near = by_digest.get(suggestion.after, []) + placed.get(suggestion.after, [])
            if anchored is None and len(near) != 1:
                left.append((number, edit))
                continue
            index = near[0] if anchored is None else anchored
            anchors.setdefault(suggestion.after, index)
            while index in written and _precedes(written[index], suggestion):
                index += 1
            found[_Slot(index, (suggestion.place.cell_index, number))] = edit
            placed.setdefault(source_digest(edit.final), []).append(index)
        if len(left) == len(waiting):
            raise _stale(left[0][1].suggestion, name)
        waiting = left
    return found


def _precedes(written: Suggestion, suggestion: Suggestion) -> bool:
    """Whether a new cell was proposed to stand before another one, behind the same cell."""
    return (
        bool(suggestion.group)
        and (written.group, written.edit, written.after)
        == (suggestion.group, CellEdit.INSERT, suggestion.after)
        and written.place.cell_index < suggestion.place.cell_index
    )


def _restructured(data: bytes, removed: Mapping[int, str], slots: Mapping[_Slot, Edit], name: str) -> Edited:
    notebook = read_bytes(data, name)
    used = {cell.id for cell in notebook.cells}
    new: dict[int, list[Mapping[str, Any]]] = {}
    for slot in sorted(slots, key=lambda each: (each.index, each.order)):
        raw = _new_cell(notebook, slots[slot], slot.index, used)
        used.add(raw.get("id"))
        new.setdefault(slot.index, []).append(raw)
    cells: list[Mapping[str, Any]] = []
    for index, cell in enumerate(notebook.cells):
        cells += new.get(index, [])
        if index not in removed:
            cells.append(cell.raw)
    cells += new.get(len(notebook.cells), [])
    kept = {id: _keep(notebook, data, index, removed, name) for index, id in removed.items()}
    value = {**notebook.raw, "cells": cells}
    return Edited(rewrite(File(data, notebook.raw), value, name), kept)


def _new_cell(notebook: Notebook, edit: Edit, index: int, used: Iterable[str | None]) -> dict[str, Any]:
    """A cell as Jupyter writes a new one: keys in their order, the source in the shape of its neighbour's."""
    suggestion = edit.suggestion
    raw: dict[str, Any] = {"cell_type": suggestion.cell_type}
    if suggestion.cell_type == "code":
        raw["execution_count"] = None
    if notebook.nbformat_minor >= _WITH_IDS:
        taken = set(used)
        raw["id"] = next(each for each in _ids(suggestion) if each not in taken)
    raw["metadata"] = {}
    if suggestion.cell_type == "code":
        raw["outputs"] = []
    cells = notebook.cells
    near = cells[min(max(index - 1, 0), len(cells) - 1)].raw.get("source") if cells else []
    raw["source"] = shaped_like(near, edit.final)
    return raw


def _ids(suggestion: Suggestion) -> tuple[str, ...]:
    """The ids that a suggestion's new cell may get: of eight hexadecimal digits as nbformat makes them, a
    longer one where a cell has that already. They follow from the suggestion, so the cell is known again.
    """
    digest = hashlib.sha256(suggestion.id.encode("utf-8", "surrogatepass")).hexdigest()
    return tuple(digest[:length] for length in (8, 16, 32, 64))


# --- removals -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kept:
    """A removed cell on its way back: before which cell, its place among several, and where its text is."""

    slot: int
    order: int
    raw: Mapping[str, Any]
    file: File


def _keep(notebook: Notebook, data: bytes, index: int, removed: Iterable[int], name: str) -> bytes:
    """What brings a removed cell back as it was: a notebook with that cell alone, in the layout of its file,
    and the cells that will stand around it.
    """
    cells, gone = notebook.cells, set(removed)
    value = {
        key: [cells[index].raw] if key == "cells" else value
        for key, value in notebook.raw.items()
        if key in ("cells", "nbformat", "nbformat_minor")
    }
    before = [cell for cell in cells[:index] if cell.index not in gone]
    after = [cell for cell in cells[index + 1 :] if cell.index not in gone]
    told = {
        "notebook": rewrite(File(data, notebook.raw), value, name).decode("utf-8"),
        "index": index,
        "before": _name_of(before[-1]) if before else None,
        "after": _name_of(after[0]) if after else None,
    }
    return json.dumps(told).encode()


def _name_of(cell: Cell) -> list[str | None]:
    return [cell.id, cell.digest]


def _kept_cell(notebook: Notebook, suggestion: Suggestion, kept: Mapping[str, bytes], name: str) -> _Kept:
    number = suggestion.place.cell_index + 1
    content = kept.get(suggestion.id)
    if content is None:
        raise UserError(
            said(
                "The removed cell {number} of {name} is not kept any more; take it from the history instead.",
                number=number,
                name=name,
            )
        )
    told = json.loads(content)
    data = told["notebook"].encode("utf-8")
    alone = read_bytes(data, name)
    before, after = _index_of(notebook, told["before"]), _index_of(notebook, told["after"])
    index = told["index"]
    if before is not None:
        slot = before + 1
    elif after is not None:
        slot = after
    else:
        slot = min(index, len(notebook.cells))
    return _Kept(slot, index, alone.cells[0].raw, File(data, alone.raw, at_home=True))


def _index_of(notebook: Notebook, told: Sequence[str | None] | None) -> int | None:
    """The cell of an id, else the only one with a source."""
    if told is None:
        return None
    cell_id, digest = told
    for found in (
        [cell.index for cell in notebook.cells if cell_id is not None and cell.id == cell_id],
        [cell.index for cell in notebook.cells if cell.digest == digest],
    ):
        if len(found) == 1:
            return found[0]
    return None
