"""Three-way merge of JSON values: metadata key by key, tags as a set, everything else as one value.

Pure: imports nothing of nbreview. Nothing that is given is changed; what is returned may share parts with it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

Path = tuple[str, ...]
"""Keys from the root."""


class Missing:
    """The type of `MISSING`."""

    __slots__ = ()


MISSING: Final = Missing()
"""Stands for a key that is not there; None is a value of its own."""

Chooser = Callable[[Path, Any, Any, Any], Any]
"""Takes the path and the three versions of a value that both sides changed, each possibly `MISSING`, and
returns the one to take: this is where a caller takes note of a conflict.
"""


def same(first: Any, second: Any) -> bool:
    """Whether two JSON values are the same: true is not 1, 1 is not 1.0, NaN equals itself, and the order of
    keys says nothing.
    """
    if first is second:
        return True
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return len(first) == len(second) and all(
            key in second and same(value, second[key]) for key, value in first.items()
        )
    if isinstance(first, list):
        return len(first) == len(second) and all(map(same, first, second))
    return bool(first == second or (first != first and second != second))


def merge_value(
    base: Any, ours: Any, theirs: Any, path: Path, choose: Chooser, units: frozenset[Path] = frozenset()
) -> Any:
    """One value of three versions, `MISSING` where a version lacks it: what only one side changed comes from
    it, objects that both changed are merged by key, and what is left is the chooser's. Objects at the paths
    in `units` are not taken apart.
    """
    if same(ours, theirs) or same(theirs, base):
        return ours
    if same(ours, base):
        return theirs
    if isinstance(ours, dict) and isinstance(theirs, dict) and path not in units:
        return merge_mapping(base if isinstance(base, dict) else {}, ours, theirs, path, choose, units)
    if path == ("tags",) and (tags := _tags(base, ours, theirs)) is not None:
        return tags
    return choose(path, base, ours, theirs)


def merge_mapping(
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    path: Path,
    choose: Chooser,
    units: frozenset[Path] = frozenset(),
) -> dict[str, Any]:
    """Two edited objects merged by key. The keys keep the order of ours, sorted if they were; new ones of
    theirs follow.
    """
    merged: dict[str, Any] = {}
    for key in (*ours, *(key for key in theirs if key not in ours)):
        value = merge_value(
            base.get(key, MISSING),
            ours.get(key, MISSING),
            theirs.get(key, MISSING),
            (*path, key),
            choose,
            units,
        )
        if not isinstance(value, Missing):
            merged[key] = value
    return in_order(merged, ours)


def in_order(merged: dict[str, Any], like: Mapping[str, Any]) -> dict[str, Any]:
    """The same object with its keys sorted if those of `like` are, as Jupyter writes them."""
    keys = list(like)
    return dict(sorted(merged.items())) if keys == sorted(keys) else merged


def _tags(base: Any, ours: Any, theirs: Any) -> list[str] | None:
    """Tags as a set: those of ours in their order without what theirs took away, then what theirs added.
    None where a version holds anything but texts.
    """
    found: list[list[str]] = []
    for held in (base, ours, theirs):
        if isinstance(held, Missing):
            held = []
        if not isinstance(held, list) or not all(isinstance(tag, str) for tag in held):
            return None
        found.append(held)
    before, mine, yours = found
    kept = [tag for tag in mine if tag in yours or tag not in before]
    return [*kept, *(tag for tag in yours if tag not in before and tag not in kept)]
