"""Primitives, lists, tuples, sets and dictionaries from their descriptions.

Runs inside the child process of a stand-in run; see `rebuild_world`.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from nbreview.kernel.rebuild_arrays import value_info
from nbreview.kernel.rebuild_values import CUT, distinct_floats, distinct_integers, texts
from nbreview.kernel.rebuild_world import (
    EXACT,
    MARK,
    CannotRebuild,
    Exactness,
    Opaque,
    Rebuilt,
    World,
    class_path,
    ends,
    items,
    literal,
    type_counts,
    whole,
)

_MOST_ITEMS = 5_000_000
_HASHED = "categorical or object"  # what CRANE-LLM calls values that are no numbers
_PRIMITIVES: Mapping[str, type] = {
    "int": int,
    "float": float,
    "bool": bool,
    "str": str,
    "bytes": bytes,
    "complex": complex,
    "NoneType": type(None),
}


class InventedText(str):
    """A text in the place of a value that is probably one. Every part of it shows that it is invented; the
    name of its class shows it in the message of whoever asks more of it than a text has.
    """

    __slots__ = ()

    def __add__(self, other: Any) -> str:
        if not isinstance(other, str):
            raise TypeError(f"an {type(self).__name__} and {other!r} do not add up")
        return str.__add__(self, other)


InventedText.__name__ = InventedText.__qualname__ = "nbreview text"


def rebuild_primitive(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """A value that the description gives. A text that it shortens gets an invented end."""
    if kind == "NoneType":
        return Rebuilt(None, EXACT)
    if "value" not in description:
        raise CannotRebuild("its value is not told")
    value = description["value"]
    if kind == "float" and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    length = description.get("length")
    if isinstance(value, Opaque) or (kind in ("complex", "bytes") and isinstance(value, str)):
        text = value.text if isinstance(value, Opaque) else value
        try:
            value = ast.literal_eval(text[: -len(CUT)] if text.endswith(CUT) else text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            raise CannotRebuild("its value is not told") from None
        if isinstance(value, str) and isinstance(length, int) and len(value) < length <= _MOST_ITEMS:
            value += MARK * (length - len(value))
            return Rebuilt(value, Exactness(values=False, invented=("the end of its text is invented",)))
    if not isinstance(value, _PRIMITIVES[kind]) or (kind == "int" and isinstance(value, bool)):
        raise CannotRebuild("its value is not of its type")
    if isinstance(value, str):
        cut = value.endswith(CUT) and (len(value) >= 20 or (isinstance(length, int) and length > len(value)))
        if cut:
            return Rebuilt(
                texts([value], 1, True, world)[0][0],
                Exactness(values=False, shape=False, invented=("the end of its text is invented",)),
            )
        return Rebuilt(value, Exactness(texts=frozenset([value])))
    return Rebuilt(value, EXACT)


def rebuild_sequence(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """A list, tuple, set or frozenset of the length that the description gives.

    Read are `length`, `literal`, `value_info` or its fields, `element_types` and `elements` (descriptions of
    some items). Items of which nothing is known are placeholders.
    """
    maker = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}[kind]
    length = whole(description.get("length"), "its length")
    if length > _MOST_ITEMS:
        raise CannotRebuild("it has more items than a stand-in may")
    told = literal(description)
    if isinstance(told, (list, tuple, set, frozenset)) and len(told) == length:
        return Rebuilt(
            maker(told), Exactness(texts=frozenset(part for part in told if isinstance(part, str)))
        )
    if description.get("fields") is not None:
        raise CannotRebuild("a named tuple comes from the cell that defines it")
    if not length:
        return Rebuilt(maker(), EXACT)
    info = value_info(description)
    kinds = type_counts(description.get("element_types"))
    described = [each for each in items(description.get("elements")) or [] if isinstance(each, Mapping)]
    scalars = set(kinds) <= {"int", "float", "str", "bool"} and set(kinds) and "value_info" in description
    if described and world.rebuild is not None and not scalars and kind in ("list", "tuple"):
        alike = len(kinds) == 1 and description.get("sampled") is not True
        parts = [_item(described, place, length, alike, world) for place in range(length)]
        return Rebuilt(maker(parts), Exactness(values=False))
    values, exactness = _items(length, info, kind, kinds, world)
    return Rebuilt(maker(values), exactness)


def _item(
    described: Sequence[Mapping[str, Any]], place: int, length: int, alike: bool, world: World
) -> object:
    """One item: as described, or like one that is; a placeholder where the items differ in type."""
    if place < len(described) or alike:
        if world.rebuild is None or length > 20_000:
            raise CannotRebuild("it has more items than a stand-in may")
        try:
            return world.rebuild("item", described[place % len(described)]).value
        except CannotRebuild as error:
            return world.placeholder("an item: " + error.reason)
    return world.placeholder(f"an item past the first {len(described)}")


def rebuild_mapping(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """A dictionary.

    Read are `detected` with `metrics` (a training history or scalar metrics: the keys) and `n_epochs`;
    `preview` (`key`, `key_type`, `value_type`, `value_repr` of the first items), `entries` (descriptions by
    key), `keys`, `literal` and `length`.
    """
    length = whole(description.get("length"), "its length")
    metrics = items(description.get("metrics"))
    told = literal(description)
    if isinstance(told, Mapping) and len(told) == length:
        return Rebuilt(_as_kind(kind, dict(told)), EXACT)
    result: dict[Any, Any]
    if metrics is not None:
        keys = [tuple(key) if isinstance(key, list) else key for key in metrics]
        if description.get("detected") == "training_history_dict":
            epochs = whole(description.get("n_epochs"), "its number of epochs")
            result = {key: [_metric(key, world) for _ in range(epochs)] for key in keys}
        else:
            result = {key: (place, place + 0.5)[world.odd] for place, key in enumerate(keys)}
        exactness = Exactness(columns=len(result) == length, shape=len(result) == length, values=False)
        return Rebuilt(_as_kind(kind, result), exactness)
    result = {}
    preview = [each for each in items(description.get("preview")) or [] if isinstance(each, Mapping)]
    if isinstance(description.get("entries"), Mapping):  # says the same, and more
        preview = []
    exact_values = True
    for each in preview:
        key = _key(each)
        result[key], exact = _previewed(each, world)
        exact_values = exact_values and exact
    entries = description.get("entries")
    for name, inner in entries.items() if isinstance(entries, Mapping) else ():
        if _hashable(name) and not isinstance(name, Opaque) and isinstance(inner, Mapping):
            result[name], exact = _previewed({"value": inner, "value_type": inner.get("type")}, world)
            exact_values = exact_values and exact
    for key in items(description.get("keys")) or []:
        name = tuple(key) if isinstance(key, list) else key
        if _hashable(name) and name not in result:
            result[name] = world.placeholder(f"the value of the key {name!r}")
            exact_values = False
    if not result and length:
        raise CannotRebuild("its keys are not told")
    complete = len(result) == length
    return Rebuilt(
        _as_kind(kind, result),
        Exactness(columns=complete, shape=complete, values=exact_values and complete, order=complete),
    )


def _as_kind(kind: str, value: dict[Any, Any]) -> Any:
    import collections

    if kind == "collections.OrderedDict":
        return collections.OrderedDict(value)
    if kind == "collections.Counter":
        return collections.Counter(value)
    if kind != "dict":
        raise CannotRebuild(f"a {kind} is not rebuilt")
    return value


def _metric(name: Any, world: World) -> float:
    return round(world.rng.uniform(0.1, 0.9), 4)


def _key(each: Mapping[str, Any]) -> Any:
    key, kind = each.get("key"), class_path({"type": each.get("key_type") or "str"})
    if isinstance(key, str) and kind != "str":
        try:
            key = ast.literal_eval(key)
        except (ValueError, SyntaxError):
            raise CannotRebuild(f"a key of type {kind} is not told") from None
    if isinstance(key, list):
        key = tuple(key)
    if not _hashable(key):
        raise CannotRebuild("a key is not told")
    return key


def _previewed(each: Mapping[str, Any], world: World) -> tuple[Any, bool]:
    """The value of a previewed item, and whether it is the real one."""
    kind = class_path({"type": each.get("value_type") or "unknown"})
    shown = each.get("value_repr")
    short = kind.rsplit(".", 1)[-1]
    if isinstance(shown, str):
        try:
            value = ast.literal_eval(shown)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            value = shown if short == "str" else None
        if value is not None and type(value).__name__ == short:
            return value, not (isinstance(value, str) and value.endswith(CUT))
    description = each.get("value")
    if isinstance(description, Mapping) and world.rebuild is not None:
        try:
            rebuilt = world.rebuild("value", description)
        except CannotRebuild as error:
            return world.placeholder("a value: " + error.reason), False
        return rebuilt.value, rebuilt.exactness.values
    return world.placeholder(f"a value of type {kind}"), False


def _items(
    length: int, info: Mapping[str, Any], kind: str, kinds: Mapping[str, int], world: World
) -> tuple[list[Any], Exactness]:
    known = [_hashed(value) for value in items(info.get("unique_values")) or [] if _is_plain(value)]
    count = info.get("num_unique")
    count = len(known) if count is None or count == -1 else whole(count, "its number of distinct values")
    told = set(kinds)
    bounds = ends(info.get("value_range"))
    exact = Exactness(
        values=length == 0, order=False, texts=frozenset(v for v in known if isinstance(v, str))
    )
    if known and len(known) == count and len(known) == len(items(info.get("unique_values")) or []):
        return _spread(known, length, world), exact
    if bounds is not None and all(isinstance(end, (int, float)) for end in bounds):
        distinct = min(length, count or length)
        if all(isinstance(end, int) for end in bounds) and told <= {"int"}:
            distinct = min(distinct, bounds[1] - bounds[0] + 1)
            pool = distinct_integers(bounds[0], bounds[1], distinct, world.generator()).tolist()
        else:
            low, high = float(bounds[0]), float(bounds[1])
            pool = distinct_floats(low, high, distinct, world.generator(), False).tolist()
        return _spread(pool, length, world), exact
    if (known and all(isinstance(value, str) for value in known)) or told == {"str"}:
        pool = texts([value for value in known if isinstance(value, str)], max(count, 1), False, world)[0]
        return _spread(pool, length, world), exact
    if count and info.get("value_type") == _HASHED and not items(info.get("unique_values")):
        pool = [InventedText(MARK.join(["", *text, ""])) for text in texts([], count, False, world)[0]]
        return _spread(pool, length, world), exact
    if kind in ("set", "frozenset"):
        raise CannotRebuild("its items are not told")
    return [world.placeholder(f"an item of a {kind}") for _ in range(length)], exact


def _spread(pool: list[Any], length: int, world: World) -> list[Any]:
    found = pool[:length] + [world.rng.choice(pool) for _ in range(length - len(pool))]
    if world.odd:
        world.rng.shuffle(found)
    return found


def _hashed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _is_plain(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(_is_plain(part) for part in value)
    return value is None or isinstance(value, (bool, int, float, str))
