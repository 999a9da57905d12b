"""NumPy arrays from their descriptions.

Runs inside the child process of a stand-in run; see `rebuild_world`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nbreview.kernel.rebuild_values import distinct_floats, distinct_integers, spread, texts
from nbreview.kernel.rebuild_world import (
    NO_LITERAL,
    CannotRebuild,
    Exactness,
    Opaque,
    Rebuilt,
    World,
    ends,
    items,
    library,
    literal,
    sizes,
    whole,
    within_memory,
)

_MOST_OBJECTS = 20_000_000
_MOST_DRAWN = 1_000_003  # larger arrays repeat what was drawn; prime, so that no row repeats the one before


def rebuild_array(description: Mapping[str, Any], world: World) -> Rebuilt:
    """An array of the shape and dtype that the description gives, with values in its range.

    Read are `shape`, `dtype`, `has_nan`, `value_range` and `value_info`.
    """
    numpy = library("numpy")

    shape = sizes(description.get("shape"))
    try:
        dtype = numpy.dtype(description.get("dtype"))
    except (TypeError, ValueError):
        raise CannotRebuild("its dtype {!r} is not known".format(description.get("dtype"))) from None
    info = value_info(description)
    within_memory(shape, max(dtype.itemsize, 1))
    size = 1
    for part in shape:
        size *= part
    told = literal(description)
    if told is not NO_LITERAL and isinstance(told, (list, tuple)) and dtype.kind in "biufcUSO":
        exact = numpy.array(told, dtype)
        if exact.shape == shape:
            return Rebuilt(exact, Exactness(texts=_texts_in(exact)))
    if dtype.hasobject and size > _MOST_OBJECTS:
        raise CannotRebuild("it holds more objects than a stand-in may")
    drawn = min(size, _MOST_DRAWN)
    values, exactness = column_values(drawn, dtype, info, has_missing(description), world)
    if dtype.hasobject and world.read is not None and len(shape) == 2 and shape[1] > 1 and not _known(info):
        # Of several columns together only some are texts: every second one, the others in odd worlds.
        numbers = numpy.arange(drawn) % shape[1] % 2 == (0 if world.odd else 1)
        values[numbers] = numpy.arange(int(numbers.sum())) % 7
    if drawn < size:
        repeated = numpy.empty(size, dtype)
        for start in range(0, size, drawn):
            repeated[start : start + drawn] = values[: size - start]
        values = repeated
    return Rebuilt(values.reshape(shape), exactness)


def value_info(description: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is said of the values: `value_info` over the description itself."""
    info = description.get("value_info")
    return {**description, **info} if isinstance(info, Mapping) else description


def _is_hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _texts_in(values: Any) -> frozenset[str]:
    return frozenset(value for value in values.ravel().tolist() if isinstance(value, str))


def has_missing(description: Mapping[str, Any]) -> Any:
    """Whether there are missing values: True, False, or None where only a sample was looked at."""
    told = description.get("has_nan")
    if told is False and description.get("sampled") is True:
        return None
    return told if isinstance(told, bool) else None


def column_values(
    length: int, dtype: Any, info: Mapping[str, Any], has_missing: Any, world: World, first: int = 0
) -> tuple[Any, Exactness]:
    """`length` values of a dtype and what of them is exact. What was told of a sample is not.

    Parameters
    ----------
    length:
        How many.
    dtype:
        NumPy's.
    info:
        `value_range`, `num_unique`, and `unique_values` (all) or `example_values` (some).
    has_missing:
        True, False, or None where it is not known.
    world:
        Source of chance.
    first:
        How many of the examples stand in the first rows.
    """
    values, exact = _column_values(length, dtype, info, has_missing, world, first)
    if info.get("sampled") is True:
        exact = replace(exact, distinct=False, bounds=False)
    return values, exact


def _column_values(
    length: int, dtype: Any, info: Mapping[str, Any], has_missing: Any, world: World, first: int
) -> tuple[Any, Exactness]:
    numpy = library("numpy")
    kind = dtype.kind
    generator = world.generator()
    if kind == "b":
        known = items(info.get("unique_values")) or items(info.get("value_range")) or [False, True]
        pool = numpy.array(sorted({bool(value) for value in known}), dtype=bool)
        values = spread(pool, length, generator, odd=world.odd)
        return values, _invented(distinct=_told(info), bounds=_told(info))
    if kind in "iu":
        pool, exactness = _integers(dtype, info, length, world, generator)
        return spread(pool, length, generator, odd=world.odd).astype(dtype, copy=False), exactness
    if kind in "fc":
        pool, exactness = _floats(dtype, info, length, world, generator)
        values = spread(pool, length, generator, odd=world.odd).astype(dtype, copy=False)
        return _with_missing(values, len(pool), has_missing, numpy.nan, world, generator, exactness)
    if kind in "US":
        known_texts = [text for text in _known(info) if isinstance(text, str)]
        pool_texts, all_there = texts(known_texts, _count(info, length, 2), _complete(info), world)
        pool = numpy.array([text.encode() if kind == "S" else text for text in pool_texts]).astype(dtype)
        exactness = _invented(distinct=all_there, texts=frozenset(known_texts))
        return spread(pool, length, generator, first).astype(dtype, copy=False), exactness
    if kind in "mM":
        return _times(length, dtype, info, world, generator), _invented(distinct=False, bounds=False)
    if kind == "O":
        values, exactness, count = object_values(length, info, world, generator, first)
        return _with_missing(values, count, has_missing, numpy.nan, world, generator, exactness)
    raise CannotRebuild(f"arrays of dtype {dtype} are not rebuilt")


def object_values(
    length: int, info: Mapping[str, Any], world: World, generator: Any, first: int = 0
) -> tuple[Any, Exactness, int]:
    """Values of an object array: texts where examples are texts, else the examples; the last result is how
    many of them are distinct. Without an example: texts in even worlds, whole numbers in odd ones.
    """
    numpy = library("numpy")

    known = _known(info)
    count = _count(info, length, max(2, len(known)))
    odd = _not_numeric(known, info, world)
    if odd and length > len(known):
        known, count = [*known, odd], max(count, len(known) + 1)
    pool = numpy.empty(0, dtype=object)
    if known and all(isinstance(value, str) for value in known):
        pool_texts, all_there = texts(known, count, _complete(info), world)
        pool = _objects(pool_texts)
        from nbreview.kernel.rebuild_values import CUT

        exact = _invented(
            distinct=all_there, texts=frozenset(text for text in known if not text.endswith(CUT))
        )
    elif known:
        pool = _objects([_plain(value) for value in known])
        exact = _invented(distinct=_complete(info), texts=frozenset(v for v in known if isinstance(v, str)))
    elif world.odd and world.read is None:
        pool = _objects(list(range(min(count, 1000))))
        exact = _invented(kind=False, dtypes=False, distinct=False)
    else:
        pool = _objects(texts([], min(count, 1000), False, world)[0])
        exact = _invented(kind=False, dtypes=False, distinct=False)
    return spread(pool, length, generator, first, world.odd), exact, len(pool)


def _not_numeric(known: list[Any], info: Mapping[str, Any], world: World) -> str:
    """A text that is no number for a column of objects of a text file whose examples are all numbers: one
    that the target names, as it does where it takes them out, else a header that was read as a row; "" for
    other columns.
    """
    name = info.get("name")
    texts = [value for value in known if isinstance(value, str)]
    if world.read is None or name in world.read or _complete(info) or len(texts) < len(known) or not texts:
        return ""
    try:
        if any(abs(float(text)) > 1e15 for text in texts):
            return ""
    except ValueError:
        return ""
    named = [text for text in world.constants if text != name]
    if named and not world.odd:
        return named[-1] if len(named[-1]) > 1 or named[-1] in "?-" else f"1{named[-1]}234"
    return name if isinstance(name, str) and name else "other"


def _objects(values: Any) -> Any:
    numpy = library("numpy")

    pool = numpy.empty(len(values), dtype=object)
    for place, value in enumerate(values):
        pool[place] = value
    return pool


def _plain(value: Any) -> Any:
    if isinstance(value, Opaque):
        raise CannotRebuild("its values are objects of another class")
    return value


def _known(info: Mapping[str, Any]) -> list[Any]:
    known = items(info.get("unique_values")) or items(info.get("example_values")) or []
    known = [_read(value) for value in known]
    odd = info.get("not_numeric")
    if isinstance(odd, str) and odd not in known:  # a text that is no number occurs, whatever the first are
        known.append(odd)
    return [value for value in known if value is not None and value == value]


def _read(value: Any) -> Any:
    """A value of which the representation is known, where that is a literal."""
    if not isinstance(value, Opaque):
        return value
    try:
        return ast.literal_eval(value.text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return value


def _complete(info: Mapping[str, Any]) -> bool:
    if info.get("sampled") is True:
        return False
    return "unique_values" in info and info.get("num_unique", 0) in (0, len(_known(info)))


def _told(info: Mapping[str, Any]) -> bool:
    return "unique_values" in info or "value_range" in info


def _count(info: Mapping[str, Any], length: int, default: int) -> int:
    found = info.get("num_unique")
    count = default if found is None or found == -1 else whole(found, "its number of distinct values")
    return min(count, length)


def _invented(**facts: Any) -> Exactness:
    return Exactness(**{"values": False, "order": False, **facts})


def _bounds(info: Mapping[str, Any]) -> Any:
    found = ends(info.get("value_range"))
    if found is not None and all(isinstance(end, (int, float)) for end in found):
        return found
    known = [value for value in _known(info) if isinstance(value, (int, float))]
    return (min(known), max(known)) if known else None


def _integers(dtype: Any, info: Mapping[str, Any], length: int, world: World, generator: Any) -> Any:
    numpy = library("numpy")

    limits = numpy.iinfo(dtype)
    if _complete(info):
        known = sorted(int(value) for value in _known(info) if isinstance(value, (int, float)))
        if known and limits.min <= known[0] and known[-1] <= limits.max:
            return numpy.array(known, dtype=dtype), _invented()
    found = _bounds(info)
    if found is None:  # 0 and 1 are labels, counts and indices of nearly everything
        return numpy.array([0, 1], dtype=dtype), _invented(distinct=False, bounds=False)
    low, high = int(found[0]), int(found[1])
    if low < limits.min or high > limits.max:
        raise CannotRebuild("its range does not fit its dtype")
    told = "num_unique" in info
    count = _count(info, length, min(max(length // 2, 2), high - low + 1, 1000))
    pool = distinct_integers(low, high, max(count, min(2, length, high - low + 1)), generator)
    return pool.astype(dtype), _invented(distinct=told)


def _floats(dtype: Any, info: Mapping[str, Any], length: int, world: World, generator: Any) -> Any:
    numpy = library("numpy")

    if _complete(info):
        known = sorted(float(value) for value in _known(info) if isinstance(value, (int, float)))
        if known:
            return numpy.array(known, dtype=dtype), _invented()
    if info.get("num_unique") == 0:
        return numpy.array([numpy.nan], dtype=dtype), _invented()
    found = _bounds(info)
    exact = _invented(distinct="num_unique" in info, bounds=found is not None)
    low, high = found if found is not None else ((0.0, 1.0), (-1.0, 2.0))[world.odd]
    if not (numpy.isfinite(low) and numpy.isfinite(high)):
        return numpy.array([low, 0.0, high], dtype=dtype), _invented(distinct=False)
    count = _count(info, length, min(max(length // 2, 2), 1000))
    pool = distinct_floats(float(low), float(high), max(count, min(2, length)), generator, not world.odd)
    pool = pool.astype(dtype)
    if dtype.kind == "f" and len(pool) > 1:
        pool = numpy.unique(numpy.clip(pool, dtype.type(low), dtype.type(high)))
    return pool, exact


def _with_missing(
    values: Any, distinct: int, has_missing: Any, missing: Any, world: World, generator: Any, exact: Exactness
) -> tuple[Any, Exactness]:
    """Some values replaced by the missing one, where there is more room than distinct values need."""
    if has_missing is None:
        return values, replace(exact, missing=False)
    if has_missing:
        values = values.copy()
        flat = values.reshape(-1)
        room = len(flat) - distinct
        if room <= 0:
            return values, replace(exact, missing=False)
        seen: dict[Any, int] = {}
        spare = []
        for place, value in enumerate(flat.tolist()):
            key = value if _is_hashable(value) else repr(value)
            if seen.setdefault(key, place) != place:
                spare.append(place)
        picked = generator.permutation(len(spare))[: max(1, len(spare) // 20)]
        for place in picked:
            flat[spare[place]] = missing
    return values, exact


def _times(length: int, dtype: Any, info: Mapping[str, Any], world: World, generator: Any) -> Any:
    numpy = library("numpy")

    found = [
        value for value in [*(items(info.get("value_range")) or []), *_known(info)] if isinstance(value, str)
    ]
    try:
        known = numpy.array(found, dtype=dtype)
    except (TypeError, ValueError):
        known = numpy.array([], dtype=dtype)
    if not len(known):
        unit = "timedelta64[D]" if dtype.kind == "m" else "datetime64[D]"
        start = numpy.timedelta64(1, "D") if dtype.kind == "m" else numpy.datetime64("2020-01-01")
        known = (start + numpy.arange(min(max(length, 1), 700))).astype(unit).astype(dtype)
    else:
        low, high = known.min(), known.max()
        steps = min(max(length, 2), 700)
        known = numpy.unique(low + (high - low) * numpy.arange(steps) // max(steps - 1, 1))
    return spread(known, length, generator)


def moment(value: Any) -> str:
    """The date or span in a text or in the representation of pandas: "Timestamp('2020-01-01 00:00:00')"."""
    if isinstance(value, str):
        return value
    found = (
        re.fullmatch(r"Time(?:stamp|delta)\('([^']*)'\)", value.text) if isinstance(value, Opaque) else None
    )
    return found.group(1) if found else ""


def rebuild_sparse(kind: str, description: Mapping[str, Any], world: World) -> Rebuilt:
    """A sparse matrix or array of SciPy, a tenth of it filled at most.

    Read are `shape`, `dtype`, `value_range` and `size`.
    """
    numpy = library("numpy")
    sparse = library("scipy.sparse")

    shape = sizes(description.get("shape"))
    if len(shape) != 2:
        raise CannotRebuild("its shape is not that of a matrix")
    maker = getattr(sparse, kind, None)
    if maker is None:
        raise CannotRebuild(f"SciPy has no {kind}")
    dtype = numpy.dtype(description.get("dtype") or "float64")
    told = description.get("size")
    filled = shape[0] * shape[1] // 10 if told is None else whole(told, "its number of stored values")
    filled = min(filled, shape[0] * shape[1], 5_000_000)
    generator = world.generator()
    places = generator.choice(shape[0] * shape[1], filled, replace=False) if filled else numpy.empty(0, int)
    values, exactness = column_values(filled, dtype, value_info(description), False, world)
    coordinates = (places // max(shape[1], 1), places % max(shape[1], 1))
    return Rebuilt(maker(sparse.coo_matrix((values, coordinates), shape=shape)), exactness)
