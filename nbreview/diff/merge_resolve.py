"""The conflicts that a merge marked in a notebook: settled by taking one side, or unmarked once a person has.

Pure: imports `merge_model`, `merge_cells` and `notebook`. Nothing that is given is changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nbreview.diff.merge_cells import MARK, Json
from nbreview.diff.merge_model import ConflictKind
from nbreview.notebook.conflicts import sides
from nbreview.notebook.model import Notebook
from nbreview.notebook.splicing import shaped_like

_BLOCKS = (ConflictKind.DELETED.value, ConflictKind.TYPE.value)
_MARKERS = ("begin", "middle", "end")


class Take(StrEnum):
    """How the conflicts are settled: `edited` as the person has left them."""

    OURS = "ours"
    THEIRS = "theirs"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The notebook without the marks of what is settled. `settled` counts the cells (and the notebook) that
    bore a mark, `left` are the indices, in `document`, of cells still in conflict.
    """

    document: Mapping[str, Any]
    settled: int
    left: tuple[int, ...]


def resolve(notebook: Notebook, take: Take) -> Resolved:
    """Settle every marked conflict of a notebook.

    OURS and THEIRS take that side's lines, cells, values and pictures, and leave what was merged without
    conflict; a cell that both sides moved stays where it is. EDITED takes the marks away where nothing is in
    conflict any more: lines without markers, versions of a cell without marker cells, values as they stand.
    """
    cells: list[Mapping[str, Any]] = []
    left: list[int] = []
    settled = 0
    for cell, open_block in _with_blocks([cell.raw for cell in notebook.cells]):
        marks = _marks(cell)
        if not marks:
            cells.append(cell)
            continue
        if take is Take.EDITED and (open_block or any(_in_conflict(cell, mark) for mark in marks)):
            left.append(len(cells))
            cells.append(cell)
            continue
        settled += 1
        part = next((mark.get("part") for mark in marks if mark.get("kind") in _BLOCKS), None)
        if part in _MARKERS or (take is not Take.EDITED and part not in (None, take.value)):
            continue
        cells.append(_settled(cell, marks, take))
    document: Mapping[str, Any] = {**notebook.raw, "cells": cells}
    marks = _marks(document)
    if marks:
        settled += 1
        document = _settled(document, marks, take)
    return Resolved(document if settled else notebook.raw, settled, tuple(left))


def _with_blocks(cells: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Every cell, and whether it belongs to a block of versions of which a marker cell is still there."""
    member = [any(mark.get("kind") in _BLOCKS for mark in _marks(cell)) for cell in cells]
    at = 0
    while at < len(cells):
        end = at + 1
        if member[at]:
            while end < len(cells) and member[end] and _part(cells[end]) != "begin":
                end += 1
        still = member[at] and any(_part(cell) in _MARKERS for cell in cells[at:end])
        for cell in cells[at:end]:
            yield cell, still
        at = end


def _part(cell: Mapping[str, Any]) -> Any:
    return next((mark.get("part") for mark in _marks(cell) if mark.get("kind") in _BLOCKS), None)


def _marks(held: Mapping[str, Any]) -> list[Json]:
    """The marks in the metadata of a cell or of the notebook, as far as they can be read."""
    metadata = held.get("metadata")
    own = metadata.get(MARK) if isinstance(metadata, dict) else None
    marks = own.get("conflicts") if isinstance(own, dict) else None
    return [mark for mark in marks if isinstance(mark, dict)] if isinstance(marks, list) else []


def _source(cell: Mapping[str, Any]) -> str:
    held = cell.get("source")
    return "".join(held) if isinstance(held, list) else held or ""


def _in_conflict(cell: Mapping[str, Any], mark: Json) -> bool:
    """Whether the lines of a conflict still stand between markers."""
    if mark.get("kind") != ConflictKind.SOURCE.value:
        return False
    return sides(_source(cell).encode("utf-8", "replace"), _size(mark)) is not None


def _size(mark: Json) -> int:
    size = mark.get("marker_size", 7)
    return size if isinstance(size, int) and 0 < size <= 1000 else 7


def _settled(held: Mapping[str, Any], marks: list[Json], take: Take) -> Json:
    """A cell, or the notebook, without its marks and with what the chosen side has."""
    found = dict(held)
    metadata = dict(found["metadata"])
    own = {key: value for key, value in metadata.pop(MARK).items() if key != "conflicts"}
    for mark in marks:
        if take is Take.EDITED:
            continue
        kind, path = mark.get("kind"), mark.get("path")
        if kind == ConflictKind.SOURCE.value:
            _take_lines(found, mark, take)
        elif kind == ConflictKind.METADATA.value and isinstance(path, list) and path:
            metadata = _with_value(metadata, path, mark, take.value)
        elif kind == ConflictKind.ATTACHMENT.value and isinstance(path, list) and path:
            _take_attachment(found, str(path[0]), mark, take)
    if own:
        metadata = {key: own if key == MARK else value for key, value in {**metadata, MARK: own}.items()}
    found["metadata"] = metadata
    return found


def _take_lines(found: Json, mark: Json, take: Take) -> None:
    source = _source(found)
    both = sides(source.encode("utf-8"), _size(mark))
    if both is None:
        return
    chosen = (both.ours if take is Take.OURS else both.theirs).decode("utf-8")
    if not source.endswith("\n"):
        chosen = chosen.removesuffix("\n")
    found["source"] = shaped_like(found.get("source"), chosen)


def _with_value(metadata: Json, path: Sequence[Any], mark: Json, side: str) -> Json:
    """The metadata with the value of one side at a path; without it where that side has none."""
    changed = dict(metadata)
    key, rest = str(path[0]), path[1:]
    if rest:
        inner = changed.get(key)
        changed[key] = _with_value(inner if isinstance(inner, dict) else {}, rest, mark, side)
    elif side in mark:
        changed[key] = mark[side]
    else:
        changed.pop(key, None)
    return changed


def _take_attachment(found: Json, name: str, mark: Json, take: Take) -> None:
    """Of two pictures of one name the chosen one, under that name; none where the chosen side deleted it."""
    held, other = found.get("attachments"), mark.get("theirs")
    if not isinstance(held, dict):
        return
    gone = name if mark.get("deleted") == take.value else other
    kept = {key: value for key, value in held.items() if key != gone}
    if take is Take.THEIRS and isinstance(other, str) and other in held:
        kept[name] = held[other]
    found["attachments"] = kept
