"""Labelled edits: what a person asked for, the code before, and the code that its author made of it.

Reads what `nbreview mine` writes, in both schemas: JSON lines with `base`, `head` and `edits` (nbreview), or
with `old` and `new` (ipynb-edit, arXiv 2501.09745). A row gives an item for each mode:

- `cell`: one cell that was changed by itself, shown in its notebook;
- `cells`: all cells that were changed, added or removed, as one text (the paper's cell level);
- `file`: all code of the notebook as one text (the paper's file level).

Imports `notebook` and the bottom floor.
"""

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson

from nbreview.errors import UserError
from nbreview.training.examples import CELLS


class Mode(StrEnum):
    """How much of a notebook is asked for."""

    CELL = "cell"
    CELLS = "cells"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class EditItem:
    """One labelled edit.

    `cells` holds type and source of the notebook's cells, `index` the one meant (-1 for several). `group` is
    what intervals draw and exemplars may not share: the repository, or the notebook where that has no name.
    """

    id: str
    mode: Mode
    repository: str
    notebook: str
    message: str
    before: str
    after: str
    language: str
    cells: tuple[tuple[str, str], ...] = ()
    index: int = -1

    @property
    def group(self) -> str:
        """The repository, or else the notebook."""
        return self.repository or self.notebook

    @property
    def digest(self) -> str:
        """SHA-256 of all that an answer to it depends on."""
        text = [self.mode, self.message, self.before, self.after, self.language, str(self.index)]
        data = orjson.dumps([text, self.cells if self.mode is Mode.CELL else ()])
        return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class EditSet:
    """Items in the order of the file, and why there are not more: reasons with their counts."""

    items: tuple[EditItem, ...]
    skipped: Mapping[str, int]

    @property
    def problems(self) -> tuple[str, ...]:
        """What was left out, as sentences."""
        return tuple(f"Left out, {reason}: {count}." for reason, count in sorted(self.skipped.items()))


def read_modes(names: str) -> tuple[Mode, ...]:
    """The modes that a text names, separated by commas. Raises UserError for one that is none."""
    wanted = [name.strip().lower() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in set(Mode)]
    if unknown or not wanted:
        said = f"there is no mode {unknown[0]!r}" if unknown else "no mode is named"
        raise UserError(f"--modes {names!r}: {said}; choose from {', '.join(Mode)}.")
    return tuple(mode for mode in Mode if mode in wanted)


def read_edits(path: Path, modes: Sequence[Mode]) -> EditSet:
    """The items of a file of mined edits.

    Parameters
    ----------
    modes:
        Which items are made of a row.

    Raises
    ------
    UserError
        The file cannot be read, or holds no item.
    """
    skipped: Counter[str] = Counter()
    items: dict[str, EditItem] = {}
    for item in _items(path, modes, skipped):
        if item.id in items:
            skipped["listed twice"] += 1
        else:
            items[item.id] = item
    if not items:
        why = f" ({', '.join(f'{reason}: {count}' for reason, count in sorted(skipped.items()))})"
        raise UserError(
            f"{path} holds no labelled edit{why if skipped else ''}; name a file that `nbreview mine` has "
            "written."
        )
    return EditSet(tuple(items.values()), dict(skipped))


def _items(path: Path, modes: Sequence[Mode], skipped: Counter[str]) -> Iterator[EditItem]:
    try:
        with path.open("rb") as stream:
            for line in stream:
                if not line.strip():
                    continue
                try:
                    row = orjson.loads(line)
                    yield from _of_row(row, modes, skipped)
                except (KeyError, TypeError, ValueError, IndexError, AttributeError):
                    skipped["lines that are no mined edit"] += 1
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}); name a file of mined edits.") from None


def _of_row(row: Any, modes: Sequence[Mode], skipped: Counter[str]) -> list[EditItem]:
    full = "base" in row
    message = _text(row, "message").strip()
    if not message:
        skipped["without a message"] += 1
        return []
    if full:
        base, head = _cells(row["base"]), _cells(row["head"])
        name, file = _text(row, "repository"), _text(row, "path")
        remote, language = _text(row, "remote"), _text(row, "language")
        single = list(_recorded(row["edits"], base, head))
    else:
        base, head = _plain(row["old"]), _plain(row["new"])
        name, file, remote, language = _text(row, "repo"), _text(row, "file"), "", "python"
        single = list(_replaced(base, head))
    old, new = _code(base), _code(head)
    if old == new:
        skipped["no code cell differs"] += 1
        return []
    where = f"{name}@{_text(row, 'commit')[:12]}:{file}"
    blank = EditItem("", Mode.FILE, remote or name, f"{remote or name}:{file}", message, "", "", language)
    items = []
    for mode in modes:
        if mode is Mode.CELL:
            if not single:
                skipped["no cell that was changed by itself"] += 1
            items += [
                replace(
                    blank,
                    id=f"{where}#cell/{at}",
                    mode=mode,
                    before=base[at][1],
                    after=head[to][1],
                    cells=base,
                    index=at,
                )
                for at, to in single
            ]
            continue
        before, after = _whole(old, new) if mode is Mode.FILE else _changed(old, new)
        if not before.strip():
            skipped["nothing there before"] += 1
        else:
            items.append(replace(blank, id=f"{where}#{mode}", mode=mode, before=before, after=after))
    return items


def _recorded(
    edits: Iterable[Mapping[str, Any]],
    base: Sequence[tuple[str, str]],
    head: Sequence[tuple[str, str]],
) -> Iterator[tuple[int, int]]:
    """Code cells whose source was changed, by what the diff of the row says."""
    for edit in edits:
        at, to = edit["base_index"], edit["head_index"]
        if at is None or to is None:
            continue
        if base[at][0] == head[to][0] == "code" and _differ(base[at][1], head[to][1]):
            yield at, to


def _replaced(base: Sequence[tuple[str, str]], head: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Cells replaced by as many cells."""
    for tag, i1, i2, j1, j2 in _opcodes(_code(base), _code(head)):
        if tag == "replace" and i2 - i1 == j2 - j1:
            for at, to in zip(range(i1, i2), range(j1, j2), strict=True):
                if _differ(base[at][1], head[to][1]):
                    yield at, to


def _differ(before: str, after: str) -> bool:
    return bool(before.strip()) and bool(after.strip()) and before.rstrip() != after.rstrip()


def _changed(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    opcodes = _opcodes(old, new)
    before = CELLS.join(source for _, i1, i2, _, _ in opcodes for source in old[i1:i2])
    return before, CELLS.join(source for _, _, _, j1, j2 in opcodes for source in new[j1:j2])


def _whole(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    return CELLS.join(old), CELLS.join(new)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]


def _cells(values: Any) -> tuple[tuple[str, str], ...]:
    return tuple((_text(cell, "type"), _text(cell, "source")) for cell in values)


def _plain(values: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("sources")
    return tuple(("code", value) for value in values)


def _code(cells: Iterable[tuple[str, str]]) -> list[str]:
    return [source for kind, source in cells if kind == "code"]


def _text(row: Mapping[str, Any], name: str) -> str:
    if not isinstance(row[name], str):
        raise TypeError(name)
    return str(row[name])
