"""Stand-ins for the names of a snapshot, and whether an object is what a snapshot says.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports
nothing of nbreview except its neighbours, which travel with it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import random
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from nbreview.kernel.rebuild import attributes_of, fitting_length, rebuild_exactly
from nbreview.kernel.rebuild_world import CannotRebuild, Exactness, decoded
from nbreview.kernel.rebuild_world import World as RebuildWorld
from nbreview.kernel.standin_unknown import Unknown


def type_name(description: Mapping[str, Any]) -> str:
    """The dotted name of the described type: "numpy.ndarray", "int"; "" where none is given."""
    text = str(description.get("type", ""))
    if text.startswith("<class '"):
        text = text[len("<class '") :].rstrip(">").rstrip("'")
    return text


def plain_kind(description: Mapping[str, Any]) -> str:
    """The last part of the described type's name."""
    return type_name(description).rsplit(".", 1)[-1]


def stand_in(
    name: str,
    descriptions: Mapping[str, Any],
    seed: int,
    number: int,
    made: Mapping[str, Any],
    read: frozenset[str] | None = None,
    constants: tuple[str, ...] = (),
    real: Any = None,
) -> tuple[Any, Exactness | None, str]:
    """An object for a name of the snapshot, what of it is exact, and why it is an Unknown if it is one.

    What is described of the object's attributes ("__method__" entries) is given to an Unknown. `read`,
    `constants` and `real` are as in `rebuild_world.World`.
    """
    attributes = attributes_of(name, descriptions)
    world = RebuildWorld(
        random.Random(f"{seed}:{name}"),
        number,
        made,
        fitting_length(name, descriptions),
        attributes,
        Unknown,
        read,
        constants,
        real=real,
    )
    try:
        found = rebuild_exactly(name, descriptions[name], world)
        if not found.exactness.columns:
            _with_columns(found.value, attributes, world)
        return found.value, found.exactness, ""
    except CannotRebuild as error:
        why = f"no stand-in: {error.reason}"
    value = Unknown(f"{name}: {why}")
    for attribute, description in attributes.items():
        with contextlib.suppress(CannotRebuild):
            value._nbreview_known[attribute] = rebuild_exactly(attribute, description, world).value
    return value, None, why


def _with_columns(frame: Any, attributes: Mapping[str, Mapping[str, Any]], world: RebuildWorld) -> None:
    """Give a table with invented column names the columns that are described as its attributes."""
    if not hasattr(frame, "columns"):
        return
    names = list(frame.columns)
    for attribute, description in attributes.items():
        if (
            type_name(description) != "pandas.core.series.Series"
            or attribute in names
            or attribute == "dtypes"
        ):
            continue
        with contextlib.suppress(CannotRebuild, ValueError):
            told = {"length": len(frame), **description}
            frame[attribute] = rebuild_exactly(
                attribute, told, replace(world, length=len(frame))
            ).value.values
            if names:
                del frame[names.pop()]


def other_versions(descriptions: Iterable[Any]) -> set[str]:
    """The packages that the snapshot knows with a module that they do not have here: they are other versions
    than those that the notebook ran with.
    """
    found: set[str] = set()
    for description in descriptions:
        module = type_name(description).rpartition(".")[0] if isinstance(description, Mapping) else ""
        package = module.partition(".")[0]
        if package == module or package not in sys.modules or module in sys.modules or package == "__main__":
            continue
        try:
            if importlib.util.find_spec(module) is None:
                found.add(package)
        except (ImportError, ValueError, AttributeError):
            found.add(package)
    return found


def same_versions(libraries: Mapping[str, Any]) -> set[str]:
    """The packages that are imported here in the version that a snapshot says."""
    return {
        name
        for name, version in libraries.items()
        if version and str(getattr(sys.modules.get(name), "__version__", "")) == str(version)
    }


def numbered(description: Mapping[str, Any]) -> bool:
    """Whether the row labels of a described table are certainly whole numbers."""
    kind = str(description.get("index_type") or "").rsplit(".", 1)[-1].rstrip("'>")
    first = description.get("index")
    return kind == "RangeIndex" or (
        kind in ("Index", "Int64Index")
        and isinstance(first, (list, tuple))
        and bool(first)
        and all(isinstance(label, int) and not isinstance(label, bool) for label in first)
    )


def agrees(value: Any, description: Mapping[str, Any]) -> bool:
    """Whether a real object may be the described one: type, shape, columns, length and simple values."""
    try:
        return _agrees(value, decoded(description))
    except Exception:
        return False


def _fitted(estimator: Any) -> bool:
    """Whether an estimator has been fitted, as far as scikit-learn's `check_is_fitted` can tell."""
    validation = sys.modules.get("sklearn.utils.validation")
    if validation is None or not hasattr(estimator, "fit"):
        return True
    try:
        validation.check_is_fitted(estimator)
    except Exception as error:
        return type(error).__name__ != "NotFittedError"
    return True


def _agrees(value: Any, description: Mapping[str, Any]) -> bool:
    kind = plain_kind(description)
    names = {cls.__name__ for cls in type(value).__mro__}
    if kind in ("", "function", "method", "type", "module", "ABCMeta"):
        return True
    if kind not in names and not (kind == "builtin_function_or_method" and callable(value)):
        return False
    if any(type(part).__name__ == "Sized" for part in getattr(value, "__dict__", {}).values()):
        return False  # a loader over a data set whose length was guessed
    shape = description.get("shape")
    if isinstance(shape, (list, tuple)) and hasattr(value, "shape") and tuple(value.shape) != tuple(shape):
        return False
    columns = description.get("per_column")
    if isinstance(columns, Mapping) and {str(name) for name in getattr(value, "columns", columns)} != {
        str(name) for name in columns
    }:
        return False
    dtype = description.get("dtype")
    if isinstance(dtype, str) and hasattr(value, "dtype") and str(value.dtype) != dtype:
        return False
    length = description.get("length")
    if isinstance(length, int) and isinstance(value, (list, tuple, dict, set, str)) and len(value) != length:
        return False
    if description.get("is_fitted") is True and not _fitted(value):
        return False
    if "value" in description and isinstance(value, (int, float, str, bool)):
        return bool(value == description["value"])
    return True
