"""Two JSON values as trees: which leaves and branches differ.

Pure: imports `model`, `numbers`, `sequence` and below. Objects are compared key by key, lists with their
equal elements aligned (so that an inserted element is one addition), everything else as a leaf. Works down
with a stack of its own: no depth of nesting is too deep.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Indel

from nbreview.cancellation import CancelToken
from nbreview.diff.model import ChangeKind, TreeChange
from nbreview.diff.numbers import near
from nbreview.diff.sequence import gaps, heaviest_chain, match

MAX_CHANGES = 2_000
"""Changes that one diff lists; there are more where it is coarse."""

_MAX_ELEMENTS = 50_000
"""Elements of a list, between its equal ends, that are aligned one by one."""
_STEPS = 400_000
"""Pairs of values that one diff looks at."""
_GRID = 400
"""Pairs up to which the replaced elements of a list are compared all with all."""
_COMPARED = 500
"""Characters of an element's text that its similarity is judged by."""
_SIMILAR = 0.4
"""Least similarity of two branches that stand for one edited branch."""

_Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TreeDiff:
    """What differs, keys in alphabetical order; `coarse`: past a budget, whole branches or not all of it."""

    changes: tuple[TreeChange, ...]
    coarse: bool = False


def diff_trees(base: Any, head: Any, tolerance: float = 0.0, cancel: CancelToken | None = None) -> TreeDiff:
    """What differs between two JSON values.

    NaN equals itself, 1 equals 1.0, true is not 1, the order of an object's keys does not count. Two numbers
    of which one is a fraction are equal within the relative `tolerance`.

    Raises
    ------
    Cancelled
        `cancel` was raised meanwhile.
    """
    walk = _Walk(tolerance)
    stack: list[tuple[_Place, ChangeKind, Any, Any]] = [((), ChangeKind.MODIFIED, base, head)]
    steps = 0
    while stack:
        path, kind, old, new = stack.pop()
        steps += 1
        if cancel is not None and steps % 500 == 1:
            cancel.check()
        if kind is not ChangeKind.MODIFIED:
            walk.found.append(TreeChange(path, kind, old, new))
        elif not _same(old, new):
            inner = None if steps > _STEPS else walk.inside(path, old, new)
            if inner is not None:
                stack.extend(reversed(inner))
            elif not (_is_number(old) and _is_number(new) and near(old, new, tolerance)):
                walk.coarse = walk.coarse or steps > _STEPS
                walk.found.append(TreeChange(path, kind, old, new))
        if len(walk.found) >= MAX_CHANGES and stack:
            walk.coarse = True
            break
    return TreeDiff(tuple(walk.found), walk.coarse)


class _Walk:
    """One comparison: what has been found, and whether a budget was reached."""

    def __init__(self, tolerance: float) -> None:
        self.tolerance = tolerance
        self.found: list[TreeChange] = []
        self.coarse = False

    def inside(self, path: _Place, base: Any, head: Any) -> list[tuple[_Place, ChangeKind, Any, Any]] | None:
        """What to compare one level down; None for leaves and for what is too large to be aligned."""
        if isinstance(base, dict) and isinstance(head, dict):
            return [
                ((*path, key), _kind(key in base, key in head), base.get(key), head.get(key))
                for key in sorted(base.keys() | head.keys())
            ]
        if not isinstance(base, list) or not isinstance(head, list):
            return None
        start = _common(base, head)
        tail = _common(base[start:][::-1], head[start:][::-1])
        rows, columns = base[start : len(base) - tail], head[start : len(head) - tail]
        if len(rows) == len(columns) and all(
            _is_number(old) and _is_number(new) and (_same(old, new) or near(old, new, self.tolerance))
            for old, new in zip(rows, columns, strict=True)
        ):
            return []
        if max(len(rows), len(columns)) > _MAX_ELEMENTS:
            self.coarse = True
            return None
        return self._aligned(path, rows, columns, start)

    def _aligned(
        self, path: _Place, base: list[Any], head: list[Any], start: int
    ) -> list[tuple[_Place, ChangeKind, Any, Any]]:
        base_texts, head_texts = [_text(value) for value in base], [_text(value) for value in head]
        found: list[tuple[_Place, ChangeKind, Any, Any]] = []
        for gap, pair in gaps(match(base_texts, head_texts).pairs, len(base), len(head)):
            rows = range(gap.base_start, gap.base_end)
            columns = range(gap.head_start, gap.head_end)
            row, column = gap.base_start, gap.head_start
            pairs = _alike(base, head, rows, columns, base_texts, head_texts)
            for base_index, head_index in [*pairs, (gap.base_end, gap.head_end)]:
                found.extend(
                    ((*path, start + index), ChangeKind.REMOVED, base[index], None)
                    for index in range(row, base_index)
                )
                found.extend(
                    ((*path, start + index), ChangeKind.ADDED, None, head[index])
                    for index in range(column, head_index)
                )
                if base_index < gap.base_end and head_index < gap.head_end:
                    place = (*path, start + head_index)
                    found.append((place, ChangeKind.MODIFIED, base[base_index], head[head_index]))
                row, column = base_index + 1, head_index + 1
            if pair is not None and not _same(base[pair[0]], head[pair[1]]):
                found.append(((*path, start + pair[1]), ChangeKind.MODIFIED, base[pair[0]], head[pair[1]]))
        return found


def _alike(
    base: list[Any],
    head: list[Any],
    rows: range,
    columns: range,
    base_texts: Sequence[str],
    head_texts: Sequence[str],
) -> list[tuple[int, int]]:
    """Pairs of replaced elements: by position where there are as many on both sides, else by likeness."""
    if len(rows) == len(columns) or len(rows) * len(columns) > _GRID:
        return list(zip(rows, columns, strict=False))
    candidates = []
    for row in rows:
        for column in columns:
            if _shape(base[row]) != _shape(head[column]):
                continue
            score = Indel.normalized_similarity(base_texts[row][:_COMPARED], head_texts[column][:_COMPARED])
            if score >= _SIMILAR or _shape(base[row]) == "leaf":
                candidates.append((row, column, 0.1 + float(score)))
    return [candidates[k][:2] for k in heaviest_chain(candidates)]


def _kind(in_base: bool, in_head: bool) -> ChangeKind:
    if in_base and in_head:
        return ChangeKind.MODIFIED
    return ChangeKind.REMOVED if in_base else ChangeKind.ADDED


def _common(base: list[Any], head: list[Any]) -> int:
    """How many elements at the start are equal."""
    count = 0
    for old, new in zip(base, head, strict=False):
        if not _same(old, new):
            break
        count += 1
    return count


def _same(base: Any, head: Any) -> bool:
    """Whether two values are certainly equal (what is nested too deep to be asked is not)."""
    if isinstance(base, (dict, list)) or isinstance(head, (dict, list)):
        if type(base) is not type(head) or len(base) != len(head):
            return False
        # Equality takes true for 1 and NaN for different: their texts settle both.
        try:
            return bool(base == head) and (
                not (_has_truth(base) or _has_truth(head)) or _text(base) == _text(head)
            )
        except RecursionError:
            return False
    if isinstance(base, bool) or isinstance(head, bool):
        return base is head
    return bool(base == head) or (base != base and head != head)


def _has_truth(value: Any) -> bool:
    """Whether a flat look finds a truth value or a branch that may hold one."""
    values = value.values() if isinstance(value, dict) else value
    return any(isinstance(inner, (bool, dict, list)) for inner in values)


def _text(value: Any) -> str:
    """A text that is equal for equal values."""
    if isinstance(value, str):
        return f'"{value}'
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    try:
        return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    except (RecursionError, TypeError, ValueError):
        return f"{type(value).__name__} too deep"


def _shape(value: Any) -> str:
    return "object" if isinstance(value, dict) else "list" if isinstance(value, list) else "leaf"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
