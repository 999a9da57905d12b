"""Labelled revision pairs on disk: pairs of notebooks with the true matching of their cells.

A folder holds `truth.jsonl`, one pair a line, and `blobs/NAME.ipynb`. Of a line are read:

- `base`, `head`: names of blobs;
- `truth`: the true matching, a list of `[base index, head index]`;
- `edited`, `moved` (parts of `truth`), `inserted` (head indices) and `deleted` (base indices): made from
  `truth` where a line lacks them;
- `edited_sim`: how similar the two sources of each edited pair are, 0 to 1 (optional);
- `repo`, `pair`: what the pair belongs to and what it is called (optional).

Imports `notebook` and the bottom floor.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbreview.errors import UserError
from nbreview.evaluation.order import Pair, out_of_order
from nbreview.notebook.reader import load_file

_ID_KEYS = ("id", "cell_id", "outputId", "executionInfo", "_uuid", "_cell_guid", "uuid")
_ID_KEYS_OF_TOOLS = ("deepnote_cell_type_id", "application/vnd.databricks.v1+cell")

_TYPES = ("code", "markdown", "raw")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of a pair: the notebook as bytes, its ids hidden, and what the scores look at."""

    data: bytes
    sources: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two revisions and the true matching of their cells.

    `similarities` holds how similar the sources of an edited pair are, where the data say so. `structural`:
    cells were inserted, deleted or moved too.
    """

    name: str
    repository: str
    base: Sheet
    head: Sheet
    truth: frozenset[Pair]
    edited: frozenset[Pair]
    moved: frozenset[Pair]
    structural: bool
    similarities: tuple[tuple[Pair, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of `truth.jsonl`: where it stands and what it says."""

    path: Path
    number: int
    value: dict[str, Any]

    def wrong(self, what: str) -> UserError:
        """The sentence that says what is wrong with this line."""
        return UserError(f"{self.path}, line {self.number}: {what}; mend the line or remove it.")


def read_lines(
    folder: Path, limit: int | None = None, *, holds: str = "labelled pairs (truth.jsonl and blobs/)"
) -> list[Line]:
    """The first `limit` lines (all by default) of the folder's `truth.jsonl`; blank lines are skipped.

    Parameters
    ----------
    folder, limit:
        Where the file stands and how much of it is read.
    holds:
        What such a folder holds, for the sentence that asks for one.

    Raises
    ------
    UserError
        There is no such file, it is empty, or a line is not a JSON object.
    """
    path = folder / "truth.jsonl"
    if not path.is_file():
        raise UserError(f"{folder} holds no truth.jsonl; name a folder of {holds}.")
    lines: list[Line] = []
    for number, text in enumerate(load_file(path).split(b"\n"), start=1):
        if limit is not None and len(lines) >= limit:
            break
        if not text.strip():
            continue
        line = Line(path, number, {})
        try:
            value = json.loads(text.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise line.wrong("it is not JSON") from None
        if not isinstance(value, dict):
            raise line.wrong("it is no JSON object")
        lines.append(Line(path, number, value))
    if not lines:
        raise UserError(f"{path} holds nothing; name a folder of {holds}.")
    return lines


def read_pair(line: Line) -> LabelledPair:
    """The pair that a line describes, checked against its two notebooks.

    Raises
    ------
    UserError
        A field is missing or contradicts the notebooks, or a notebook is missing or broken.
    """
    base, head = _sheet(line, "base"), _sheet(line, "head")
    rows, columns = len(base.sources), len(head.sources)
    truth = _pairs(line, "truth")
    for pair in truth:
        if pair[0] not in range(rows) or pair[1] not in range(columns):
            raise line.wrong(
                f"truth pairs cells {pair[0]} and {pair[1]}, but the notebooks have {rows} and {columns}"
            )
    if len({row for row, _ in truth}) != len(truth) or len({column for _, column in truth}) != len(truth):
        raise line.wrong("truth matches a cell twice")
    known = frozenset(truth)
    moved = out_of_order(known, chain_weights(known, base))
    edited = [pair for pair in truth if base.sources[pair[0]] != head.sources[pair[1]]]
    if "moved" in line.value:
        moved = frozenset(_pairs(line, "moved"))
    if "edited" in line.value:
        edited = _pairs(line, "edited")
    if not (moved <= known and known.issuperset(edited)):
        raise line.wrong("edited or moved holds a pair that truth lacks")
    return LabelledPair(
        name=_text(line, "pair", f"line {line.number}"),
        repository=_text(line, "repo", ""),
        base=base,
        head=head,
        truth=known,
        edited=frozenset(edited),
        moved=moved,
        structural=bool(moved) or len(known) < rows or len(known) < columns,
        similarities=tuple(zip(edited, _similarities(line, len(edited)), strict=False)),
    )


def chain_weights(pairs: Iterable[Pair], base: Sheet) -> dict[Pair, int]:
    """How loath one is to call a pair moved: by the length of its base source."""
    return {pair: len(base.sources[pair[0]].strip()) + 1 for pair in pairs}


def make_sheet(value: dict[str, Any]) -> Sheet:
    """One side from parsed JSON: ids hidden (in `value` itself), then written as bytes."""
    hide_ids(value)
    cells = value["cells"]
    return Sheet(
        json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        tuple(source_of(cell) for cell in cells),
        tuple(cell["cell_type"] for cell in cells),
    )


def hide_ids(value: dict[str, Any]) -> None:
    """Remove whatever could tell which cell is which, in place.

    That is the id of nbformat and those that Colab, Kaggle, Deepnote and Databricks keep in the metadata. The
    minor version goes to 4 at most, so that no reader makes up ids.
    """
    minor = value.get("nbformat_minor", 0)
    if not isinstance(minor, int) or minor > 4:
        value["nbformat_minor"] = 4
    for cell in value["cells"]:
        cell.pop("id", None)
        metadata = cell.get("metadata")
        if not isinstance(metadata, dict):
            continue
        for key in (*_ID_KEYS, *_ID_KEYS_OF_TOOLS):
            metadata.pop(key, None)
        if isinstance(metadata.get("colab"), dict):
            metadata["colab"].pop("referenced_widgets", None)


def source_of(cell: dict[str, Any]) -> str:
    """The source of a cell as one text."""
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else source


def _sheet(line: Line, side: str) -> Sheet:
    name = line.value.get(side)
    if not isinstance(name, str) or not name or Path(name).name != name or "\0" in name:
        raise line.wrong(f"{side} does not name a file in blobs/")
    path = line.path.parent / "blobs" / f"{name}.ipynb"
    try:
        data = load_file(path)
    except UserError as error:
        raise UserError(f"{line.path}, line {line.number}: {error.message}") from None
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise line.wrong(f"{path} is not JSON") from None
    if not _is_notebook(value):
        raise line.wrong(f"{path} is no notebook of format 4")
    return make_sheet(value)


def _is_notebook(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("nbformat") != 4 or not isinstance(value.get("cells"), list):
        return False
    return all(isinstance(cell, dict) and _is_cell(cell) for cell in value["cells"])


def _is_cell(cell: dict[str, Any]) -> bool:
    source = cell.get("source", "")
    texts = source if isinstance(source, list) else [source]
    return cell.get("cell_type") in _TYPES and all(isinstance(text, str) for text in texts)


def _pairs(line: Line, key: str) -> list[Pair]:
    value = line.value.get(key)
    if not isinstance(value, list):
        raise line.wrong(f"{key} is no list of index pairs")
    return list(_checked(line, key, value))


def _checked(line: Line, key: str, value: list[Any]) -> Iterator[Pair]:
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2 or not all(type(index) is int for index in pair):
            raise line.wrong(f"{key} is no list of index pairs")
        yield pair[0], pair[1]


def _similarities(line: Line, count: int) -> list[float]:
    value = line.value.get("edited_sim", [])
    if not isinstance(value, list) or not all(isinstance(part, int | float) for part in value):
        raise line.wrong("edited_sim is no list of numbers")
    if value and len(value) != count:
        raise line.wrong(f"edited_sim has {len(value)} numbers for {count} edited cells")
    return [float(part) for part in value]


def _text(line: Line, key: str, default: str) -> str:
    value = line.value.get(key, default)
    if not isinstance(value, str):
        raise line.wrong(f"{key} is no text")
    return value
