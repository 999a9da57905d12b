"""A diff in nbdime's published format, so that its `nbpatch` turns the base into the head, exactly.

Imports `diff` and below. The format (nbdime's documentation, "Diff format", and its schema): a diff is a list
of operations in key order. In an object `add`, `remove`, `replace` and `patch` name a key; in a list
`addrange`, `removerange` and `patch` name a position of the base; a text is patched as the list of its lines.
nbdime knows no moves: a moved cell is removed and added.

What nbdime patches is what nbformat reads: texts that the file holds as lists of lines are joined and a few
transient keys are dropped. Both sides are brought into that form first.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.diff.sequence import gaps, match
from nbreview.notebook import mime
from nbreview.notebook.model import Cell, Notebook

Operation = dict[str, Any]

_FIRST_MINOR_WITH_IDS = 5
_TRANSIENT = frozenset({"orig_nbformat", "orig_nbformat_minor", "signature"})
_BUNDLES = frozenset({"display_data", "execute_result"})


def nbdime_diff(diff: NotebookDiff) -> list[Operation]:
    """The whole difference of two notebooks as nbdime writes it.

    Everything that differs is in it, also what the diff was told to ignore (ids, execution counts, volatile
    metadata), because applying it must yield the head. Plain JSON values; ready for `json.dumps`.
    """
    base, head = _document(diff.base), _document(diff.head)
    cells = _cells_diff(diff, base["cells"], head["cells"]) if "cells" in base and "cells" in head else None
    operations = []
    for operation in _object_diff(base, head):
        if operation["key"] != "cells" or cells is None:
            operations.append(operation)
    if cells:
        operations.append({"op": "patch", "key": "cells", "diff": cells})
    return sorted(operations, key=lambda operation: str(operation["key"]))


def _cells_diff(diff: NotebookDiff, base: Sequence[Any], head: Sequence[Any]) -> list[Operation]:
    """The list of cells: matched cells that stayed are patched, the rest is removed and added."""
    base_ids = diff.base.nbformat_minor >= _FIRST_MINOR_WITH_IDS
    head_ids = diff.head.nbformat_minor >= _FIRST_MINOR_WITH_IDS
    operations: list[Operation] = []
    row = column = 0
    for base_index, head_index in [*_stayed(diff), (len(base), len(head))]:
        operations.extend(_replaced(row, base_index, head[column:head_index]))
        if base_index < len(base):
            changes = _cell_diff(base[base_index], head[head_index], base_ids, head_ids)
            if changes:
                operations.append({"op": "patch", "key": base_index, "diff": changes})
        row, column = base_index + 1, head_index + 1
    return operations


def _stayed(diff: NotebookDiff) -> list[tuple[int, int]]:
    """The pairs that are in order on both sides."""
    pairs: list[tuple[int, int]] = []
    last = -1
    for change in diff.cells:
        if change.kind is ChangeKind.MOVED or change.base_index is None or change.head_index is None:
            continue
        if change.base_index > last:
            pairs.append((change.base_index, change.head_index))
            last = change.base_index
    return pairs


def _cell_diff(base: Any, head: Any, base_ids: bool, head_ids: bool) -> list[Operation]:
    """One cell. nbformat gives a random id to a cell of format 4.5 that has none, so that whether the base
    has one when it is patched is not known here: `replace` and `remove` do not ask.
    """
    operations = [operation for operation in _object_diff(base, head) if operation["key"] != "id"]
    old, new = base.get("id"), head.get("id")
    if new is not None and old != new:
        operations.append(
            {"op": "replace" if old is not None or base_ids else "add", "key": "id", "value": new}
        )
    elif new is None and (old is not None or (base_ids and not head_ids)):
        operations.append({"op": "remove", "key": "id"})
    return sorted(operations, key=lambda operation: str(operation["key"]))


# --- values -------------------------------------------------------------------------------------------------


def _object_diff(base: Mapping[str, Any], head: Mapping[str, Any]) -> list[Operation]:
    operations: list[Operation] = []
    for key in sorted(base.keys() | head.keys()):
        if key not in head:
            operations.append({"op": "remove", "key": key})
        elif key not in base:
            operations.append({"op": "add", "key": key, "value": head[key]})
        elif not _equal(base[key], head[key]):
            inner = _inner(base[key], head[key])
            if inner is None:
                operations.append({"op": "replace", "key": key, "value": head[key]})
            else:
                operations.append({"op": "patch", "key": key, "diff": inner})
    return operations


def _inner(base: Any, head: Any) -> list[Operation] | None:
    """The diff inside two unequal values, None where one has to be replaced by the other."""
    if isinstance(base, dict) and isinstance(head, dict):
        return _object_diff(base, head)
    if isinstance(base, list) and isinstance(head, list):
        return _list_diff(base, head)
    if isinstance(base, str) and isinstance(head, str) and _has_lines(base) and _has_lines(head):
        return _text_diff(base, head)
    return None


def _list_diff(base: Sequence[Any], head: Sequence[Any]) -> list[Operation]:
    """A list: equal elements stay, those that stand opposite each other are patched where they can be."""
    operations: list[Operation] = []
    pairs = match([_key(value) for value in base], [_key(value) for value in head]).pairs
    for gap, _ in gaps(pairs, len(base), len(head)):
        row, column = gap.base_start, gap.head_start
        while row < gap.base_end and column < gap.head_end:
            inner = _inner(base[row], head[column]) if _alike(base[row], head[column]) else None
            if inner is None:
                break
            operations.append({"op": "patch", "key": row, "diff": inner})
            row, column = row + 1, column + 1
        operations.extend(_replaced(row, gap.base_end, head[column : gap.head_end]))
    return operations


def _text_diff(base: str, head: str) -> list[Operation]:
    """A text as the list of its lines, divided as nbdime divides them (`str.splitlines`)."""
    old, new = base.splitlines(keepends=True), head.splitlines(keepends=True)
    operations: list[Operation] = []
    for gap, _ in gaps(match(old, new).pairs, len(old), len(new)):
        operations.extend(_replaced(gap.base_start, gap.base_end, new[gap.head_start : gap.head_end]))
    return operations


def _replaced(start: int, end: int, values: Sequence[Any]) -> list[Operation]:
    """New values in the place of base positions `start` to `end`; nbdime wants the addition first."""
    operations: list[Operation] = []
    if values:
        operations.append({"op": "addrange", "key": start, "valuelist": list(values)})
    if end > start:
        operations.append({"op": "removerange", "key": start, "length": end - start})
    return operations


def _alike(base: Any, head: Any) -> bool:
    """Whether one list element became the other: outputs of one type, or objects of any other list."""
    return (
        isinstance(base, dict)
        and isinstance(head, dict)
        and base.get("output_type") == head.get("output_type")
        and base.get("name") == head.get("name")
    )


def _has_lines(text: str) -> bool:
    return "\n" in text or "\r" in text


def _equal(base: Any, head: Any) -> bool:
    """Whether two JSON values are the same, where 1, 1.0 and true are not."""
    if type(base) is not type(head):
        return False
    if isinstance(base, dict):
        return base.keys() == head.keys() and all(_equal(value, head[key]) for key, value in base.items())
    if isinstance(base, list):
        return len(base) == len(head) and all(map(_equal, base, head))
    return bool(base == head) or (isinstance(base, float) and repr(base) == repr(head))


def _key(value: Any) -> Any:
    """A hashable value that is equal exactly for equal JSON values."""
    if isinstance(value, dict):
        return (dict, frozenset((key, _key(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return (list, tuple(map(_key, value)))
    return (type(value), repr(value) if isinstance(value, float) else value)


# --- what nbformat reads ------------------------------------------------------------------------------------


def _document(notebook: Notebook) -> dict[str, Any]:
    """The notebook as nbformat hands it to nbdime; `{}` for the side of a file that is not there."""
    if not notebook.raw:
        return {}
    if notebook.raw.get("nbformat") == notebook.nbformat:
        document = dict(notebook.raw)
        document["metadata"] = {key: held for key, held in notebook.metadata.items() if key not in _TRANSIENT}
    else:  # it was upgraded, raw is what it was upgraded from, and nbformat drops nothing afterwards
        document = {"nbformat": notebook.nbformat, "nbformat_minor": notebook.nbformat_minor}
        document["metadata"] = dict(notebook.metadata)
    document["cells"] = [_cell(cell) for cell in notebook.cells]
    return document


def _cell(cell: Cell) -> dict[str, Any]:
    value = dict(cell.raw)
    if "source" in value:
        value["source"] = cell.source
    if "metadata" in value:
        value["metadata"] = {key: held for key, held in cell.metadata.items() if key != "trusted"}
    if isinstance(value.get("attachments"), dict):
        value["attachments"] = {
            name: mime.joined(bundle) if isinstance(bundle, dict) else bundle
            for name, bundle in value["attachments"].items()
        }
    if isinstance(value.get("outputs"), list) and cell.outputs:
        value["outputs"] = [_output(output.raw) for output in cell.outputs]
    return value


def _output(raw: Mapping[str, Any]) -> dict[str, Any]:
    value = dict(raw)
    if value.get("output_type") in _BUNDLES:
        if isinstance(value.get("data"), dict):
            value["data"] = mime.joined(value["data"])
    elif isinstance(value.get("text"), list):
        value["text"] = "".join(value["text"])
    return value
