"""DataFrames, Series and row labels from their descriptions.

Runs inside the child process of a stand-in run; see `rebuild_world`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nbreview.kernel.rebuild_arrays import column_values, has_missing, moment, value_info
from nbreview.kernel.rebuild_world import (
    MARK,
    NO_LITERAL,
    CannotRebuild,
    Exactness,
    Opaque,
    Rebuilt,
    World,
    class_path,
    decoded,
    items,
    library,
    literal,
    sizes,
    whole,
    within_memory,
)

_MOST_CELLS = 40_000_000


def rebuild_frame(description: Mapping[str, Any], world: World) -> Rebuilt:
    """A DataFrame of the shape that the description gives, with its columns.

    Read are `shape`, `per_column` (for each column `type`, `dtype`, `num_unique`, `value_range`,
    `unique_values` or `example_values`, `has_nan`), `dtypes` (the set of them, where columns are not
    described one by one), `columns` (their names in order), `has_nan` (somewhere).
    """
    pandas = library("pandas")

    shape = sizes(description.get("shape"))
    if len(shape) != 2:
        raise CannotRebuild("its shape is not that of a table")
    rows, width = shape
    within_memory(shape, 8)
    if rows * width > _MOST_CELLS:
        raise CannotRebuild("it has more cells than a stand-in may")
    details = _details(description, width, world)
    names, order_known, complete = _columns(description, list(details), width, world)
    infos = {name: details.get(name, {}) for name in names}
    dtypes = _dtypes(names, infos, description, world)
    missing = _missing_columns(names, infos, dtypes, description, rows, world)
    columns: dict[Any, Any] = {}
    parts: list[Exactness] = []
    for name in names:
        column, part = _column(rows, dtypes[name], {**infos[name], "name": name}, missing[name], world)
        columns[name] = column
        parts.append(part)
    labels = row_labels(rows, description, world)
    frame = pandas.DataFrame(columns, index=labels.value)
    frame = frame[names] if len(names) else frame
    if names and all(isinstance(name, tuple) for name in names):
        frame.columns = pandas.MultiIndex.from_tuples(names)
    exactness = Exactness(
        shape=len(names) == width,
        columns=complete,
        order=order_known,
        dtypes=complete and all(_dtype_told(infos[name]) for name in names),
        distinct=all(part.distinct for part in parts),
        values=rows == 0,
        labels=labels.exactness.labels,
        missing=_missing_told(infos, description),
        bounds=all(part.bounds for part in parts),
        texts=frozenset().union(*(part.texts for part in parts)),
        invented=_sentences(complete, order_known, labels.exactness.labels),
    )
    return Rebuilt(frame, exactness)


def rebuild_series(description: Mapping[str, Any], world: World) -> Rebuilt:
    """A Series. Where the description gives no length, the world's guess is taken.

    Read are `value_info`, `dtype`, `length` or `shape`, `has_nan`, `name`, `literal` and what `row_labels`
    reads.
    """
    numpy, pandas = library("numpy"), library("pandas")

    info = value_info(description)
    length = _length(description)
    known_length = length is not None
    size = world.guessed_length() if length is None else length
    within_memory((size,), 8)
    dtype = _dtype_of(info, description.get("has_nan"), world)
    missing = has_missing(description)
    labels = row_labels(size, description, world)
    told = literal(description)
    if (
        told is not NO_LITERAL
        and isinstance(told, list)
        and len(told) == size
        and isinstance(dtype, numpy.dtype)
    ):
        texts = frozenset(value for value in told if isinstance(value, str))
        series = pandas.Series(told, index=labels.value, name=_name(description), dtype=dtype)
        return Rebuilt(series, Exactness(texts=texts, labels=labels.exactness.labels))
    values, part = _column(size, dtype, info, missing, world)
    series = pandas.Series(values, index=labels.value, name=_name(description))
    return Rebuilt(
        series,
        replace(
            part,
            shape=known_length,
            dtypes=_dtype_told(info) and part.dtypes,
            labels=labels.exactness.labels,
            missing=part.missing and isinstance(missing, bool),
        ),
    )


def rebuild_index(description: Mapping[str, Any], world: World) -> Rebuilt:
    """An Index of texts or numbers; labels that are not told are placeholders of the world's guess."""
    pandas = library("pandas")

    length = _length(description)
    told = literal(description)
    if isinstance(told, Opaque) and told is not NO_LITERAL:
        ends = re.fullmatch(r"range\((-?\d+), (-?\d+)(?:, (-?\d+))?\)", told.text)
        if ends:
            return Rebuilt(pandas.RangeIndex(*(int(part) for part in ends.groups() if part)), Exactness())
    known = items(description.get("values")) or items(value_info(description).get("unique_values"))
    if known is not None and len(known) == length:
        return Rebuilt(pandas.Index(known, name=_name(description)), Exactness())
    if known and all(isinstance(label, str) for label in known) and length is not None:
        labels = [*known, *(f"label {k}{MARK}" for k in range(len(known), length))]
        return Rebuilt(pandas.Index(labels[:length]), Exactness(columns=False, values=False))
    size = world.guessed_length() if length is None else length
    dtype = _dtype_of(value_info(description), None, world)
    values, part = _column(size, dtype, value_info(description), None, world)
    return Rebuilt(pandas.Index(values), replace(part, shape=length is not None))


def row_labels(rows: int, description: Mapping[str, Any], world: World) -> Rebuilt:
    """The row labels of a table: as told, else 0, 1, … in even worlds and the same in another order in odd
    ones. Tables of one length have the same labels in one world, as those that a split made have.

    Read are `index_type` (the class), `index` (the first labels) and `whole_index` (they count from 0 on).
    """
    numpy, pandas = library("numpy"), library("pandas")
    kind = str(description.get("index_type") or "").rsplit(".", 1)[-1].rstrip("'>")
    first = items(description.get("index")) or []
    if len(first) >= rows and first:
        first = [
            tuple(label) if isinstance(label, list) else moment(label) or label for label in first[:rows]
        ]
        index = pandas.MultiIndex.from_tuples(first) if kind == "MultiIndex" else pandas.Index(first)
        return Rebuilt(pandas.to_datetime(index) if kind == "DatetimeIndex" else index, Exactness())
    invented = Exactness(labels=False)
    if kind == "RangeIndex":
        return Rebuilt(pandas.RangeIndex(rows), Exactness(labels=description.get("whole_index") is True))
    if kind == "DatetimeIndex":
        return Rebuilt(_dates(rows, first), invented)
    if kind in ("MultiIndex", "PeriodIndex", "IntervalIndex", "TimedeltaIndex"):
        raise CannotRebuild("its row labels are of the class " + kind)
    if kind == "CategoricalIndex" or (first and all(isinstance(label, str) for label in first)):
        known = list(dict.fromkeys(first))
        labels = [*known, *(f"row {place}{MARK}" for place in range(len(known), rows))]
        return Rebuilt(pandas.Index(labels), invented)
    whole_numbers = [label for label in first if isinstance(label, int) and not isinstance(label, bool)]
    rest = numpy.setdiff1d(numpy.arange(rows + len(first)), whole_numbers)
    rest = rest[: rows - len(whole_numbers)]
    if world.odd:
        seed = random.Random(rows * 7919 + world.number).getrandbits(64)
        rest = numpy.random.default_rng(seed).permutation(rest)
    if not whole_numbers and not world.odd:
        return Rebuilt(pandas.RangeIndex(rows), invented)
    return Rebuilt(pandas.Index(numpy.concatenate([numpy.array(whole_numbers, dtype=int), rest])), invented)


def _dates(rows: int, first: list[Any]) -> Any:
    """Dates that begin with those told, at the distance of the first two; days where none are told."""
    pandas = library("pandas")
    known = pandas.to_datetime([text for text in map(moment, first) if text])
    if len(known) > 1 and known[1] != known[0] and rows * abs(known[1] - known[0]).days < 80_000:
        return pandas.date_range(known[0], periods=rows, freq=known[1] - known[0])
    start = known[0] if len(known) else "2020-01-01"
    return pandas.date_range(start, periods=rows, freq="D" if rows < 60_000 else "min")


def _name(description: Mapping[str, Any]) -> Any:
    name = description.get("name")
    return tuple(name) if isinstance(name, list) else None if isinstance(name, (Opaque, dict)) else name


# --- columns ------------------------------------------------------------------------------------------------


def _details(description: Mapping[str, Any], width: int, world: World) -> dict[Any, Mapping[str, Any]]:
    """What is told of each column, also where a column is described as an attribute of the table only."""
    frame = library("pandas").DataFrame
    told = description.get("per_column")
    details = {name: _column_info(info) for name, info in told.items()} if isinstance(told, Mapping) else {}
    for name, attribute in world.attributes.items():
        column = class_path(attribute).rsplit(".", 1)[-1] == "Series" and not hasattr(frame, name)
        if column and name not in details and len(details) < width:
            details[name] = value_info(decoded(attribute))
    return details


def _columns(
    description: Mapping[str, Any], described: list[Any], width: int, world: World
) -> tuple[list[Any], bool, bool]:
    """The names of the columns, whether their order is known, and whether they are all that there are."""
    listed = items(description.get("columns"))
    if listed is not None and all(isinstance(name, (str, int, float, tuple, list)) for name in listed):
        names = [tuple(name) if isinstance(name, list) else name for name in listed]
        if len(set(names)) == len(names) == width:
            return names, True, True
    names = described
    if len(names) > width:
        raise CannotRebuild("more columns are described than its shape has")
    complete = len(names) == width
    for number in range(width - len(names)):
        names.append(f"column {number}{MARK}")
    if world.odd and width > 1:
        shuffled = names[:]
        world.rng.shuffle(shuffled)
        names = shuffled if shuffled != names else names[::-1]
    return names, width < 2 and complete, complete


def _column_info(info: Any) -> Mapping[str, Any]:
    return info if isinstance(info, Mapping) else {}


def _dtypes(
    names: list[Any], infos: Mapping[Any, Mapping[str, Any]], description: Mapping[str, Any], world: World
) -> dict[Any, Any]:
    """The dtype of each column: as told, else by its values, else drawn from those of the table."""
    known = items(description.get("dtypes")) or []
    undescribed = [name for name in names if not infos[name]]
    drawn: dict[Any, Any] = {}
    if known and undescribed:
        # Each dtype occurs at least once; numbers are the most frequent in tables that models are fitted on.
        order = undescribed[:]
        world.rng.shuffle(order)
        for place, name in enumerate(order):
            drawn[name] = known[place] if place < len(known) else known[place % len(known)]
    nan = description.get("has_nan")
    return {
        name: _dtype_of({**infos[name], "dtype": drawn[name]} if name in drawn else infos[name], nan, world)
        for name in names
    }


def _dtype_told(info: Mapping[str, Any]) -> bool:
    return isinstance(info.get("dtype"), str)


def _dtype_of(info: Mapping[str, Any], has_missing: Any, world: World) -> Any:
    """The dtype of a column or Series, as pandas names it."""
    pandas = library("pandas")

    told = info.get("dtype")
    if isinstance(told, str):
        try:
            return pandas.api.types.pandas_dtype(told)
        except TypeError:
            raise CannotRebuild(f"the dtype {told!r} is not known") from None
    shown = [*(items(info.get("value_range")) or []), *(items(info.get("unique_values")) or [])]
    shown += items(info.get("example_values")) or []
    shown = [value for value in shown if value is not None]
    if shown and all(isinstance(value, bool) for value in shown):
        return pandas.api.types.pandas_dtype("bool")
    numbers = bool(shown) and all(isinstance(value, (int, float)) for value in shown)
    if numbers and all(isinstance(value, int) for value in shown):
        return pandas.api.types.pandas_dtype("int64")
    if numbers or info.get("num_unique") == 0:
        return pandas.api.types.pandas_dtype("float64")
    return pandas.api.types.pandas_dtype("object")


def _column(rows: int, dtype: Any, info: Mapping[str, Any], missing: Any, world: World) -> Any:
    """The values of one column and what of them is exact. Extension dtypes are made from plain values."""
    numpy = library("numpy")
    pandas = library("pandas")

    shown = items(info.get("unique_values")) or items(info.get("example_values")) or []
    first = min(1, len(shown)) if world.odd else len(shown)  # they are told in order of appearance
    if isinstance(dtype, numpy.dtype):
        return column_values(rows, dtype, info, missing, world, first)
    if isinstance(dtype, pandas.CategoricalDtype):
        values, part = column_values(rows, numpy.dtype(object), info, missing, world)
        return pandas.Categorical(values), part
    if isinstance(dtype, pandas.DatetimeTZDtype):
        values, part = column_values(rows, numpy.dtype("datetime64[ns]"), info, False, world)
        return pandas.DatetimeIndex(values).tz_localize(dtype.tz), replace(part, missing=missing is False)
    plain = "object"
    if pandas.api.types.is_bool_dtype(dtype):
        plain = "bool"
    elif pandas.api.types.is_integer_dtype(dtype):
        plain = "int64"
    elif pandas.api.types.is_float_dtype(dtype):
        plain = "float64"
    values, part = column_values(rows, numpy.dtype(plain), info, False, world)
    try:
        made = pandas.array(values, dtype=dtype)
    except (TypeError, ValueError, NotImplementedError):
        raise CannotRebuild(f"columns of dtype {dtype} are not rebuilt") from None
    if missing and rows > 1:
        made[rows - 1] = pandas.NA
    return made, replace(part, missing=missing is not None)


def _missing_columns(
    names: list[Any],
    infos: Mapping[Any, Mapping[str, Any]],
    dtypes: Mapping[Any, Any],
    description: Mapping[str, Any],
    rows: int,
    world: World,
) -> dict[Any, bool | None]:
    """Which columns get missing values.

    Where only the table is said to have some, they stand in one half of the columns that can hold them in
    even worlds and in the other half in odd ones, so that a crash over one column is not seen in both.
    """
    numpy = library("numpy")

    anywhere = description.get("has_nan")
    told: dict[Any, bool | None] = {}
    open_names = []
    for name in names:
        flag = has_missing(infos[name])
        if isinstance(flag, bool):
            told[name] = flag
        elif (
            anywhere is False
            or (isinstance(dtypes[name], numpy.dtype) and dtypes[name].kind in "iub")
            or infos[name].get("num_unique") == rows
        ):
            told[name] = False
        elif infos[name].get("num_unique") == 0:
            told[name] = True
        else:
            open_names.append(name)
    if anywhere is not True:
        return {**told, **dict.fromkeys(open_names)}
    if True not in told.values() and open_names:
        for place, name in enumerate(sorted(open_names, key=str)):
            told[name] = len(open_names) == 1 or (place % 2 == 1) is world.odd
    return {**dict.fromkeys(open_names, False), **told}


def _missing_told(infos: Mapping[Any, Mapping[str, Any]], description: Mapping[str, Any]) -> bool:
    if description.get("has_nan") is False:
        return True
    return all(isinstance(info.get("has_nan"), bool) for info in infos.values())


def _length(description: Mapping[str, Any]) -> int | None:
    length = description.get("length")
    if length is None:
        shape = items(description.get("shape"))
        length = shape[0] if shape else None
    return None if length is None else whole(length, "its length")


def _sentences(complete: bool, order_known: bool, labels_known: bool) -> tuple[str, ...]:
    said = ["its values are invented within what is known of each column"]
    if not complete:
        said.append("names of columns are invented")
    if not order_known:
        said.append("the order of its columns is invented")
    if not labels_known:
        said.append("its row labels are invented")
    return tuple(said)
