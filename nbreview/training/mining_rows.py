"""The shapes in which mined edits are written, one JSON object a line.

Two of them: `nbreview`, everything that the diff knows (Markdown, moved cells, ids, which outputs changed,
where a renamed notebook came from), and `ipynb-edit`, that of the paper "Suggesting Code Edits in Interactive
Machine Learning Notebooks Using Large Language Models" (arXiv 2501.09745), so that what reads that data reads
ours. Each has a JSON schema in `resources/schemas`. Pure: imports `diff` and below, and what is beside it.
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from nbreview.diff.model import CellChange, ChangeKind, EditKind, NotebookDiff, TextDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.diff.options import NOISE, Aspect, DiffOptions
from nbreview.errors import UserError
from nbreview.history.model import FileStatus
from nbreview.notebook.model import Cell, CellType, Notebook, Output
from nbreview.training.formats import Row, encodable
from nbreview.training.mining_filters import Kind, MiningFilters

_OPTIONS = DiffOptions(seconds=None, ignored=NOISE | {Aspect.OUTPUTS})
"""No time budget: the same history gives the same rows on a slow machine. Outputs are compared here, by what
they show, which takes no alignment.
"""
_TAGS = {
    EditKind.EQUAL: "equal",
    EditKind.REPLACE: "replace",
    EditKind.DELETE: "delete",
    EditKind.INSERT: "insert",
}


class Source(NamedTuple):
    """The repository that a row comes from: its name, and its remote's address or ""."""

    name: str
    remote: str


class Revised(NamedTuple):
    """One notebook of one commit: what becomes at most one row. Object ids are "" where it does not stand."""

    commit: str
    parent: str
    merge: bool
    time: int
    subject: str
    message: str
    path: str
    previous_path: str
    status: FileStatus
    before: str
    after: str


RowMaker = Callable[[Source, Revised, Notebook, Notebook], Row]


@dataclass(frozen=True, slots=True)
class MiningSchema:
    """How revisions become rows.

    `schema` is the name of the file in `resources/schemas`. `renames`: a renamed notebook is compared with
    what it was renamed from; else it counts as added. `defaults` are the filters when none are named.
    """

    name: str
    schema: str
    make_row: RowMaker
    renames: bool
    defaults: MiningFilters


def find_schema(name: str) -> MiningSchema:
    """A schema by its name. Raises UserError with the names that there are."""
    if name not in SCHEMAS:
        raise UserError(f"There is no schema “{name}” for mined edits; choose one of: {', '.join(SCHEMAS)}.")
    return SCHEMAS[name]


# --- ipynb-edit ---------------------------------------------------------------------------------------------


def paper_row(source: Source, revised: Revised, base: Notebook, head: Notebook) -> Row:
    """The row that the authors of the paper would have written.

    Their rules: code cells only; `cell_diff` holds the opcodes of `difflib.SequenceMatcher` over the lists of
    sources that are not `equal`; `line_diff` has one list for each `replace` among them, the opcodes that are
    not `equal` over the lines of its cells, joined by a newline; the message is the commit's first line.
    """
    old, new = _code(base), _code(head)
    cell_diff = _opcodes(old, new)
    return {
        "repo": encodable(source.name),
        "commit": revised.commit,
        "file": encodable(revised.path),
        "message": encodable(revised.subject),
        "old": old,
        "new": new,
        "cell_diff": cell_diff,
        "line_diff": [
            _opcodes("\n".join(old[i1:i2]).split("\n"), "\n".join(new[j1:j2]).split("\n"))
            for tag, i1, i2, j1, j2 in cell_diff
            if tag == "replace"
        ],
    }


def _code(notebook: Notebook) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type is CellType.CODE]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if old == new:
        return []
    matcher = difflib.SequenceMatcher(None, old, new)
    return [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]


# --- nbreview -----------------------------------------------------------------------------------------------


def full_row(source: Source, revised: Revised, base: Notebook, head: Notebook) -> Row:
    """Everything that became of a notebook: the cells of both sides, and the edits between them."""
    diff = diff_notebooks(base, head, _OPTIONS)
    edits = [_edit(diff, change) for change in diff.cells]
    return {
        "repository": encodable(source.name),
        "remote": encodable(source.remote),
        "commit": revised.commit,
        "parent": revised.parent,
        "merge": revised.merge,
        "time": revised.time,
        "message": encodable(revised.message),
        "path": encodable(revised.path),
        "previous_path": encodable(revised.previous_path),
        "status": revised.status.value,
        "base_blob": revised.before,
        "head_blob": revised.after,
        "language": (head if revised.after else base).language,
        "base": [_cell(cell) for cell in base.cells],
        "head": [_cell(cell) for cell in head.cells],
        "edits": [edit for edit in edits if edit is not None],
        "metadata": [list(change.path) for change in diff.metadata],
        "coarse": diff.coarse,
    }


def _cell(cell: Cell) -> Row:
    return {"id": cell.id or "", "type": cell.cell_type.value, "source": cell.source}


def _edit(diff: NotebookDiff, change: CellChange) -> Row | None:
    """One cell that is not as it was; None for one that is."""
    base = None if change.base_index is None else diff.base.cells[change.base_index]
    head = None if change.head_index is None else diff.head.cells[change.head_index]
    outputs = _shown(base) != _shown(head)
    kind = change.kind
    if kind is ChangeKind.UNCHANGED:
        if not outputs:
            return None
        kind = ChangeKind.MODIFIED
    return {
        "kind": kind.value,
        "base_index": change.base_index,
        "head_index": change.head_index,
        "lines": [] if change.source is None else _lines(change.source),
        "outputs_changed": outputs,
        "type_changed": change.type_changed,
        "metadata": [list(leaf.path) for leaf in change.metadata],
        "relation": None if change.relation is None else change.relation.kind.value,
        "related_index": None if change.relation is None else change.relation.index,
    }


def _lines(text: TextDiff) -> list[tuple[str, int, int, int, int]]:
    """Runs of lines that are not equal, as opcodes: which base lines became which head lines."""
    runs: list[tuple[str, int, int, int, int]] = []
    base = head = 0
    for edit in text.edits:
        tag = _TAGS[edit.kind]
        base_end, head_end = base + (edit.base_line is not None), head + (edit.head_line is not None)
        if tag != "equal":
            if runs and (runs[-1][0], runs[-1][2], runs[-1][4]) == (tag, base, head):
                runs[-1] = (tag, runs[-1][1], base_end, runs[-1][3], head_end)
            else:
                runs.append((tag, base, base_end, head, head_end))
        base, head = base_end, head_end
    return runs


def _shown(cell: Cell | None) -> list[tuple[Any, ...]]:
    """What a cell's outputs show: not their counts, their metadata or how their texts are cut into lines."""
    return [] if cell is None else [_content(output) for output in cell.outputs]


def _content(output: Output) -> tuple[Any, ...]:
    return output.output_type, output.name, output.data, output.ename, output.evalue, output.traceback


SCHEMAS: Mapping[str, MiningSchema] = {
    schema.name: schema
    for schema in (
        MiningSchema(
            "nbreview",
            "edit.schema.json",
            full_row,
            True,
            MiningFilters(skip=frozenset(Kind) - {Kind.ADDED}, min_words=3),
        ),
        MiningSchema(
            "ipynb-edit",
            "ipynb-edit.schema.json",
            paper_row,
            False,
            MiningFilters(skip=frozenset({Kind.MERGES})),
        ),
    )
}
"""All schemas by name. The paper's data is unfiltered, and its authors leave out short messages later on."""
