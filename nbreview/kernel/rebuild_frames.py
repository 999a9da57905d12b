"""DataFrames, Series and row labels from their descriptions.

Runs inside the child process of a stand-in run; see `rebuild_world`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nbreview.kernel.rebuild_arrays import column_values, value_info
from nbreview.kernel.rebuild_world import (
    CannotRebuild,
    Exactness,
    Rebuilt,
    World,
    items,
    library,
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
    names, order_known, complete = _columns(description, width, world)
    details = description.get("per_column")
    details = details if isinstance(details, Mapping) else {}
    infos = {name: _column_info(details.get(name)) for name in names}
    dtypes = _dtypes(names, infos, description, world)
    missing = _missing_columns(names, infos, dtypes, description, rows, world)
    columns: dict[Any, Any] = {}
    parts: list[Exactness] = []
    for name in names:
        column, part = _column(rows, dtypes[name], infos[name], missing[name], world)
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

    Read are `value_info`, `dtype`, `length` or `shape`, `has_nan`, `name` and what `row_labels` reads.
    """
    pandas = library("pandas")

    info = value_info(description)
    length = _length(description)
    known_length = length is not None
    size = world.guessed_length() if length is None else length
    within_memory((size,), 8)
    dtype = _dtype_of(info, description.get("has_nan"), world)
    missing = description.get("has_nan")
    values, part = _column(size, dtype, info, missing if isinstance(missing, bool) else None, world)
    labels = row_labels(size, description, world)
    name = description.get("name")
    series = pandas.Series(values, index=labels.value, name=tuple(name) if isinstance(name, list) else name)
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

    known = items(description.get("values")) or items(value_info(description).get("unique_values"))
    if known is not None and len(known) == _length(description):
        return Rebuilt(pandas.Index(known), Exactness())
    length = _length(description)
    size = world.guessed_length() if length is None else length
    dtype = _dtype_of(value_info(description), None, world)
    values, part = _column(size, dtype, value_info(description), None, world)
    return Rebuilt(pandas.Index(values), replace(part, shape=length is not None))


def row_labels(rows: int, description: Mapping[str, Any], world: World) -> Rebuilt:
    """The row labels of a table: as `index` says, else 0, 1, … in even worlds and the same in another order
    in odd ones. Tables of one length have the same labels in one world, as those that a split made have.

    Of `index` (a mapping) are read `type`, `start` and `step`, `dtype`, `unique`, `value_info`.
    """
    import random

    numpy = library("numpy")
    pandas = library("pandas")

    index = description.get("index")
    index = index if isinstance(index, Mapping) else {"type": description.get("index_type")}
    kind = str(index.get("type") or "").rsplit(".", 1)[-1].rstrip("'>")
    if kind == "RangeIndex":
        start, step = index.get("start", 0), index.get("step", 1)
        if isinstance(start, int) and isinstance(step, int) and step:
            told = "start" in index or "step" in index
            labels = pandas.RangeIndex(start, start + rows * step, step)
            return Rebuilt(labels, Exactness(labels=told))
    invented = Exactness(labels=False)
    if kind == "DatetimeIndex":
        return Rebuilt(
            pandas.date_range("2020-01-01", periods=rows, freq="D" if rows < 60_000 else "min"), invented
        )
    if kind == "MultiIndex":
        raise CannotRebuild("its row labels have several levels")
    dtype = index.get("dtype")
    if dtype == "object" or kind == "CategoricalIndex":
        known = (
            items(value_info(index).get("unique_values"))
            or items(value_info(index).get("example_values"))
            or []
        )
        texts = [str(text) for text in known[:rows]]
        return Rebuilt(pandas.Index([*texts, *(f"row {k}" for k in range(rows - len(texts)))]), invented)
    if not world.odd:
        return Rebuilt(pandas.RangeIndex(rows), invented)
    order = numpy.random.default_rng(random.Random(rows * 7919 + world.number).getrandbits(64)).permutation(
        rows
    )
    return Rebuilt(pandas.Index(order), invented)


# --- columns ------------------------------------------------------------------------------------------------


def _columns(description: Mapping[str, Any], width: int, world: World) -> tuple[list[Any], bool, bool]:
    """The names of the columns, whether their order is known, and whether they are all that there are."""
    details = description.get("per_column")
    described = list(details) if isinstance(details, Mapping) else []
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
        names.append(f"column {number}")
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

    if isinstance(dtype, numpy.dtype):
        return column_values(rows, dtype, info, missing, world)
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
        flag = infos[name].get("has_nan")
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
