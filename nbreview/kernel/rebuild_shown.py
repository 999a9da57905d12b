"""What saved outputs leave open of a value, settled for one world, so that it can be rebuilt.

Runs inside the child process of a stand-in run, in the notebook's own environment: standard library only,
other libraries inside functions, any Python from 3.8 on; imports nothing of nbreview except its neighbours,
which travel with it.

A description by outputs (`kernel.shown`) holds only what is certain. Here the rest is guessed, and each guess
is made the other way round in the next world: an array or a table, dates or texts, no other values than those
displayed or more. What happens in both hardly rests on a guess.
"""

from __future__ import annotations

import datetime
import importlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbreview.kernel.rebuild_world import MARK, CannotRebuild, decoded

_FRAME = "pandas.core.frame.DataFrame"
_SERIES = "pandas.core.series.Series"
_ARRAY = "numpy.ndarray"
_MORE_COLUMNS = (3, 5)  # where a table was cut short and its width is not told
_ROWS = (100, 137)


@dataclass(frozen=True)
class Settled:
    """An ordinary description, and what of it was guessed.

    Parameters
    ----------
    description:
        As in a snapshot.
    kind, shape, dtypes:
        Whether the class, a size, or the type of a column was guessed.
    """

    description: Mapping[str, Any]
    kind: bool = False
    shape: bool = False
    dtypes: bool = False


def settled(
    facts: Mapping[str, Any], number: int, length: int | None = None, as_text: bool = False
) -> Settled:
    """What outputs say, made whole for world `number`.

    Parameters
    ----------
    facts:
        What the outputs say.
    number:
        The world.
    length:
        The number of rows to take where it is not told; None: the world's own.
    as_text:
        Columns that show numbers only are texts that read as numbers.

    Raises CannotRebuild where not enough is said.
    """
    facts = decoded(facts)
    odd = number % 2 == 1
    kind = str(facts.get("type") or "")
    shape = facts.get("shape")
    rows = facts.get("rows")
    if facts.get("class_name"):
        return Settled(_estimator(facts), shape=True)
    guessed = not kind
    if not kind:
        if not isinstance(shape, (list, tuple)) or None in shape:
            raise CannotRebuild("of which class it is was not displayed")
        kind = _ARRAY if len(shape) > 2 or odd else (_SERIES if len(shape) == 1 else _FRAME)
    if kind == _FRAME:
        return _frame(facts, odd, _ROWS[odd] if length is None else length, guessed, as_text)
    if kind == _SERIES:
        told = dict(facts, type=kind)
        count = facts.get("length", shape[0] if shape else rows)
        if count is None:
            count = _ROWS[odd] if length is None else length
        told.update(length=count, shape=[count])
        told.setdefault("dtype", "int64" if guessed else "float64")
        return Settled(
            told, guessed, "length" not in facts and not shape and rows is None, "dtype" not in facts
        )
    if kind in (_ARRAY, "torch.Tensor"):
        if not isinstance(shape, (list, tuple)) or None in shape:
            raise CannotRebuild("its shape was not displayed")
        told = dict(facts, type=kind)
        if kind == _ARRAY and "dtype" not in facts and len(shape) == 1:  # labels, as often as measures
            told.update(dtype=("int64", "float64")[odd], unique_values=[0, 1], num_unique=2)
        default = ("float64", "float32")[odd]
        told.setdefault("dtype", default if kind == _ARRAY else "torch.float32")
        return Settled(told, guessed, dtypes="dtype" not in facts)
    if kind in ("list", "tuple", "dict") and rows is not None and "length" not in facts:
        return Settled(dict(facts, length=rows), dtypes=True)
    return Settled(dict(facts, type=kind), guessed)


def _frame(facts: Mapping[str, Any], odd: bool, length: int, guessed_kind: bool, as_text: bool) -> Settled:
    """A table: its missing size, its other columns, and the type and further values of each."""
    shape = list(facts.get("shape") or (None, None))
    if len(shape) != 2:
        raise CannotRebuild("its shape is not that of a table")
    per_column = {name: dict(info) for name, info in (facts.get("per_column") or {}).items()}
    names = facts.get("columns")
    rows = shape[0] if shape[0] is not None else facts.get("rows")
    width = shape[1] if shape[1] is not None else len(names) if names is not None else None
    known = list(per_column) if names is None else list(names)
    guessed_shape = rows is None or width is None
    if width is None:
        if not known:
            raise CannotRebuild("neither its columns nor their number were displayed")
        width = len(known) + _MORE_COLUMNS[odd]
    if len(known) > width:
        raise CannotRebuild("more columns were displayed than its shape has")
    guessed_types = False
    described = {}
    for name in known:
        info, guessed = _column(per_column.get(name, {}), odd, as_text)
        described[_key(name)] = info
        guessed_types = guessed_types or guessed
    told = {"type": _FRAME, "shape": [length if rows is None else rows, width], "per_column": described}
    told.update((key, facts[key]) for key in ("index_type", "whole_index") if key in facts)
    if names is not None:
        told["columns"] = names
    elif not known:
        told["dtypes"] = ["float64"]
    return Settled(told, guessed_kind, guessed_shape, guessed_types or names is None)


def _key(name: Any) -> str:
    return name if isinstance(name, str) and not name.startswith("$") else f"${name!r}"


def _column(info: dict[str, Any], odd: bool, as_text: bool) -> tuple[dict[str, Any], bool]:
    """One column as a snapshot would describe it, and whether its type was guessed."""
    examples = info.get("unique_values") or info.get("example_values") or []
    numeric = bool(info.pop("numeric", False))
    complete = "unique_values" in info
    told = info.get("dtype")
    numbers = [value for value in examples if isinstance(value, (int, float)) and not isinstance(value, bool)]
    all_numbers = bool(examples) and len(numbers) == len(examples)
    if told is None:
        if all_numbers and as_text and not numeric:
            info["dtype"] = "object"
        elif all_numbers:
            whole = all(isinstance(value, int) for value in numbers) and not info.get("has_nan")
            info["dtype"] = "int64" if whole else "float64"
        elif examples and all(isinstance(value, bool) for value in examples) and not info.get("has_nan"):
            info["dtype"] = "bool"
        elif examples and all(_is_date(value) for value in examples):
            info["dtype"] = "object" if odd else "datetime64[ns]"
        elif examples:
            info["dtype"] = "object"
        else:
            info["dtype"] = "float64" if numeric else ("float64", "object")[odd]
    if str(info["dtype"]).startswith(("int", "uint")):
        numbers = [int(value) for value in numbers]
    if all_numbers and not complete and not str(info["dtype"]).startswith(("object", "category", "str")):
        low, high = min(numbers), max(numbers)
        span = (high - low) or 1
        if odd:  # more than what was displayed
            low, high = (low if low >= 0 else low - span), high + span
        info["value_range"] = [low, high]
        info.pop("example_values", None)
    elif examples and all(isinstance(value, str) for value in examples):
        if info["dtype"] == "datetime64[ns]":
            info["value_range"] = [min(examples), max(examples)]
        elif odd and not complete and not all(_is_date(value) or _is_number(value) for value in examples):
            info["example_values"] = [*examples, "other" + MARK]
    elif str(info["dtype"]) in ("object", "category", "str"):
        key = "unique_values" if complete else "example_values"
        if key in info:
            info[key] = [value if isinstance(value, bool) else str(value) for value in info[key]]
    return info, told is None and not numeric


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or len(value) < 10:
        return False
    try:
        datetime.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _estimator(facts: Mapping[str, Any]) -> dict[str, Any]:
    """An estimator of scikit-learn by the name of its class, which is looked for where it is documented."""
    name = str(facts["class_name"])
    for module in [module for module in list(sys.modules) if module.startswith("sklearn.")]:
        found = getattr(sys.modules[module], name, None)
        if isinstance(found, type) and hasattr(found, "get_params"):
            return _described(found, facts)
    if "sklearn" in sys.modules:
        for part in getattr(sys.modules["sklearn"], "__all__", ()):
            try:
                found = getattr(importlib.import_module("sklearn." + part), name, None)
            except ImportError:
                continue
            if isinstance(found, type) and hasattr(found, "get_params"):
                return _described(found, facts)
    raise CannotRebuild("no estimator is called " + name)


def _described(cls: type, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": cls.__module__ + "." + cls.__name__,
        "module": cls.__module__,
        "class_name": cls.__name__,
        "params": facts.get("params") or {},
    }
