"""Probe, part 4: pandas objects. Sent to the kernel as text.

Standard library only, Python 3.8 and newer. Columns are read from the block manager, so that pandas caches
nothing and no subclass takes part; columns of unknown array classes are named and left alone.
"""

from __future__ import annotations

import contextlib
from typing import Any

from nbreview.kernel.probe_arrays import (
    base_view,
    compared,
    described_values,
    distinct,
    missing,
    numbers,
    numpy,
    object_types,
    thinned,
)
from nbreview.kernel.probe_core import (
    Look,
    TooMuch,
    bases,
    class_name,
    counted,
    is_a,
    key_text,
    library_class,
    literal,
    own,
    plain,
    root,
    short,
    shown,
    slot,
    type_text,
)
from nbreview.kernel.probe_values import MANY, SAMPLE


def index_labels(index: Any, limit: int) -> list[Any]:
    """The first labels of a pandas index, without making pandas cache anything."""
    held = own(index)
    kind = short(type(index))
    if kind == "RangeIndex":
        numbers_ = index._range if "_range" in held else range(0)
        return list(numbers_[:limit])
    if kind == "MultiIndex":
        levels = [index_labels(level, 100000) for level in held["_levels"]]
        codes = [base_view(codes[:limit]).tolist() for codes in held["_codes"]]
        rows = range(len(codes[0]) if codes else 0)
        nan = float("nan")
        return [
            tuple(
                [
                    levels[place][codes[place][row]] if codes[place][row] >= 0 else nan
                    for place in range(len(codes))
                ]
            )
            for row in rows
        ]
    return elements(held.get("_data"), limit)


def elements(values: Any, limit: int) -> list[Any]:
    """The first values of an array, NumPy's or pandas' own."""
    if is_a(values, numpy().ndarray):
        part = base_view(values)[:limit]
        if part.dtype.kind in "mM":
            return [str(each) for each in part]
        return list(part.tolist())
    return list(values[:limit]) if values is not None else []


def describe_index(look: Look, value: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"type": type_text(value)}
    held = own(value)
    kind = type(value).__name__
    if kind == "RangeIndex":
        numbers_ = held.get("_range", range(0))
        found.update(length=len(numbers_), literal={"$repr": repr(numbers_)}, dtype="int64")
        return found
    if kind == "MultiIndex":
        found["length"] = len(held["_codes"][0]) if held["_codes"] else 0
        found["fields"] = [plain(name) for name in list(held.get("_names", ()))[:20]]
    else:
        data = held.get("_data")
        found["length"] = len(data) if data is not None else 0
        found["dtype"] = str(data.dtype) if data is not None else ""
    found["name"] = plain(held.get("_name"))
    try:
        labels = index_labels(value, 200)
        found["values"] = [plain(label) for label in labels]
        found["complete"] = len(labels) == found["length"]
    except Exception:
        found["complete"] = False
    return found


def describe_series(look: Look, value: Any, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"type": type_text(value)}
    values = own(value)["_mgr"].blocks[0].values
    column = describe_column(look, values, True)
    found["length"] = len(values)
    found["dtype"] = column.get("dtype", "")
    for field in (
        "has_nan",
        "nan_count",
        "sampled",
        "histogram",
        "bins",
        "not_numeric",
        "value_types",
        "value_range",
    ):
        if field in column:
            found[field] = column[field]
    found["value_info"] = column["info"]
    index = own(own(value)["_mgr"])["axes"][0] if "axes" in own(own(value)["_mgr"]) else value.index
    found["index_type"] = short(type(index))
    found["name"] = plain(own(value).get("_name"))
    if is_a(values, numpy().ndarray) and len(values) <= 50:
        with contextlib.suppress(TooMuch):
            found["literal"] = literal(base_view(values).tolist(), 80, 200)
        if len(values) <= 20 and short(type(index)) != "RangeIndex":
            found["index"] = [plain(label) for label in index_labels(index, 20)]
    return found


def describe_frame(look: Look, value: Any, depth: int) -> dict[str, Any]:
    """A DataFrame: columns in order, each with dtype, kind, distinct count, range or examples, NaN."""
    manager: Any = own(value)["_mgr"]
    columns, index = manager.axes[0], manager.axes[1]
    width, height = len(columns), len(index)
    limit = look.limits["columns"]
    found: dict[str, Any] = {"type": "pandas.core.frame.DataFrame", "shape": [height, width]}
    if class_name(type(value)) != "pandas.core.frame.DataFrame":
        found["base"] = [class_name(cls) for cls in bases(type(value))[:-1]][:5]
    labels = index_labels(columns, 5 * limit)
    found["columns"] = [plain(label, 300) for label in labels]
    if len(labels) < width:
        found["columns_left_out"] = width - len(labels)
    found["index_type"] = short(type(index))
    if short(type(index)) != "RangeIndex":
        found["index"] = [plain(label) for label in index_labels(index, 5)]
    per_column: dict[str, Any] = {}
    some_nan, sampled, dtypes = False, False, []
    for place, label in enumerate(labels):
        values = (
            manager.iget_values(place)
            if hasattr(type(manager), "iget_values")
            else manager.iget(place).internal_values()
        )
        if place >= limit:
            dtypes.append(raw_column(values)[2])
            continue
        column = describe_column(look, values)
        dtypes.append(column["dtype"])
        column.pop("info", None)
        some_nan = some_nan or bool(column.get("has_nan"))
        sampled = sampled or bool(column.get("sampled"))
        per_column[key_text(label)] = column
    if len(per_column) < min(width, limit):
        found["cut"] = True
        found["reason"] = "some columns have the same name"
    found["has_nan"] = some_nan
    found["per_column"] = per_column
    if width > limit:
        found["dtypes"] = list(dict.fromkeys(dtypes))
    if sampled:
        found["sampled"] = True
    return found


def describe_column(look: Look, values: Any, series: bool = False) -> dict[str, Any]:
    """One column: the published fields, ours beside them; "info" holds a Series' published `value_info`."""
    look.check()
    array, valid, dtype = raw_column(values)
    found: dict[str, Any] = {"dtype": dtype}
    kind = array.dtype.kind if array is not None else ""
    nan_count = 0
    if valid is not None:
        nan_count = int((~valid).sum())
        array = array[valid] if nan_count else array
    category = dtype == "category"
    if kind in "biuf" and array is not None and not category:
        summary: dict[str, Any] = numbers(look, array) if array.size else {"has_nan": False}
        nan_count += summary.pop("nan_count", 0)
        unique, partly = distinct(look, array)
        if summary.pop("has_nan", False) or nan_count:
            found["has_nan"] = True
        if partly or summary.pop("sampled", False):
            found["sampled"] = True
        count = len(unique)
        found["num_unique"] = count
        found["type"] = (
            "binary" if count == 2 else "continuous" if kind == "f" or count > 10 else "categorical_numeric"
        )
        if "value_range" in summary:
            found["value_range"] = summary["value_range"]
            if look.histograms and count > 2:
                found["histogram"] = histogram(array, summary["value_range"], look.histograms)
        found["info"] = described_values(unique, kind) if count else {"value_type": "continuous"}
    elif kind in "mM" and array is not None:
        summary = numbers(look, array) if array.size else {}
        found["type"] = "datetime" if kind == "M" else "timedelta"
        if summary.get("has_nan"):
            nan_count = int(numpy().isnat(array).sum()) if not summary.get("sampled") else 1
        unique, partly = distinct(look, array.view("i8"))
        found["num_unique"] = len(unique) - (1 if nan_count and len(unique) else 0)
        if "value_range" in summary:
            found["value_range"] = summary["value_range"]
        if partly or summary.get("sampled"):
            found["sampled"] = True
        found["info"] = {"num_unique": found["num_unique"], "value_type": MANY}
    elif category:
        unique = category_values(values)
        nan_count = int((base_view(slot(values, "_ndarray")) < 0).sum())
        text_values(found, unique)
        found["categories"] = len(index_labels(category_index(values), 100000))
        found["info"] = text_info(unique)
    elif array is not None:
        nan_count = object_column(look, array, found)
    else:
        found["type"] = "unknown"
        found["info"] = {"value_type": MANY}
    if nan_count:
        found["has_nan"] = True
        found["nan_count"] = nan_count
    else:
        found["has_nan"] = False
    return found


def raw_column(values: Any) -> tuple[Any, ...]:
    """(NumPy array or None, which are valid or None, dtype's name) of a column of any kind."""
    module = numpy()
    if not is_a(values, module.ndarray) and root(type(values)) != "pandas":
        return None, None, class_name(type(values))
    dtype = str(values.dtype)[:200]
    if is_a(values, module.ndarray):
        values = base_view(values)
        return (values.ravel() if values.ndim > 1 else values), None, dtype
    data = slot(values, "_ndarray", slot(values, "_data"))
    mask = slot(values, "_mask")
    if is_a(data, module.ndarray):
        data = base_view(data).ravel()
        return data, (~base_view(mask) if is_a(mask, module.ndarray) else None), dtype
    arrow = slot(values, "_pa_array", data)
    if arrow is not None and hasattr(type(arrow), "to_pylist"):
        return pylist(arrow), None, dtype
    return None, None, dtype


def pylist(arrow: Any) -> Any:
    """The head of an Arrow column as objects: conversion by Arrow's own kernels could start threads."""
    values = arrow.slice(0, SAMPLE).to_pylist()
    array = numpy().empty(len(values), dtype=object)
    array[:] = values
    return array


def category_index(values: Any) -> Any:
    return slot(slot(values, "_dtype"), "_categories")


def category_values(values: Any) -> list[Any]:
    """The categories that occur, in order of the first places where they do (of the head when it is long)."""
    module = numpy()
    codes = base_view(slot(values, "_ndarray"))
    count = module.bincount(codes[codes >= 0].astype("i8"), minlength=0)
    occurring = set(module.flatnonzero(count).tolist())
    order = [code for code in dict.fromkeys(codes[:SAMPLE].tolist()) if code in occurring]
    order += sorted(occurring - set(order))
    labels = index_labels(category_index(values), 100000)
    return [labels[code] for code in order if code < len(labels)]


def text_values(found: dict[str, Any], unique: list[Any]) -> None:
    found["type"] = "categorical"
    found["num_unique"] = len(unique)
    name = "unique_values" if len(unique) <= 5 else "example_values"
    found[name] = [plain(part) for part in unique[:5]]


def text_info(unique: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"num_unique": len(unique), "value_type": MANY}
    if len(unique) <= 5:
        found["unique_values"] = [plain(part) for part in unique]
    return found


def object_column(look: Look, array: Any, found: dict[str, Any]) -> int:
    """A column of objects, usually strings; the number of missing ones."""
    if not look.may_count(4 * array.size):
        array = thinned(array, SAMPLE)
        found["sampled"] = True
    values = array.tolist()
    counts = counted(values)
    kinds = object_types(counts)
    empty = sum(number for cls, number in counts if cls is type(None) or missing(cls))
    if any(cls is float for cls, _ in counts):
        empty += sum(1 for part in values if type(part) is float and part != part)
    if len(kinds) > 1 or "<class 'str'>" not in kinds:
        found["value_types"] = kinds
    unique = compared(values, counts)
    if unique is not None:
        text_values(found, unique)
        found["info"] = text_info(unique)
        for part in unique[:2000]:
            if type(part) is str and not is_number(part):
                found["not_numeric"] = plain(part)
                break
    else:
        found["type"] = "categorical"
        found["num_unique"] = -1
        found["example_values"] = [{"$repr": shown(part)} for part in values[:5]]
        found["info"] = {"value_type": MANY}
    return int(empty)


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def histogram(array: Any, ends: list[Any], bins: int) -> list[Any]:
    """How many values (of a sample) lie in each of `bins` equal parts of the range."""
    module = numpy()
    some = thinned(array, 5000).astype("f8")
    low, high = float(ends[0]), float(ends[1])
    if not (high > low and high - low < 1e300):
        return []
    some = some[some == some]
    places = ((some - low) * (bins / (high - low))).astype("i8").clip(0, bins - 1)
    return list(module.bincount(places, minlength=bins).tolist())


def frame_describers() -> list[Any]:
    """(class, how it is described) of what pandas has loaded. Imports nothing."""
    found: list[Any] = []
    for home, name, describer in (
        ("frame", "DataFrame", describe_frame),
        ("series", "Series", describe_series),
        ("indexes.base", "Index", describe_index),
    ):
        cls = library_class("pandas.core." + home, name)
        if cls is not None:
            found.append((cls, describer))
    return found
