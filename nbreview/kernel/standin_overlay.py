"""Stand-ins for the names of a snapshot, and whether an object is what a snapshot says.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports nothing
of nbreview except its neighbours, which travel with it.
"""

from __future__ import annotations

import importlib
import random
from typing import Any, Mapping

from nbreview.kernel.standin_objects import CannotRebuild, rebuild
from nbreview.kernel.standin_unknown import Unknown

METHOD = "__method__"


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
    name: str, descriptions: Mapping[str, Any], rng: random.Random, guessed: dict[int, Any]
) -> tuple[Any, str]:
    """An object for a name of the snapshot, and why it is an Unknown if it is one.

    What is described of the object's attributes ("__method__" entries) is given to an Unknown.
    """
    description = descriptions[name]
    kind = type_name(description)
    if kind == "module":
        return Unknown(f"the module {name}"), "a module that no executed cell imports here"
    try:
        return rebuild(name, description, rng), ""
    except CannotRebuild as error:
        why = f"no stand-in: {error}"
    except Exception as error:
        why = f"no stand-in: {type(error).__name__}: {error}"
    value = Unknown(f"{name}: {why}")
    prefix = f"{METHOD}{name}_"
    for entry, attribute in descriptions.items():
        if entry.startswith(prefix) and "method" not in type_name(attribute):
            try:
                value._nbreview_known[entry[len(prefix) :]] = rebuild(entry, attribute, rng)
            except Exception:
                continue
    return value, why


def agrees(value: Any, description: Mapping[str, Any]) -> bool:
    """Whether a real object may be the described one: type, shape, columns, length and simple values."""
    try:
        return _agrees(value, description)
    except Exception:
        return False


def _agrees(value: Any, description: Mapping[str, Any]) -> bool:
    kind = plain_kind(description)
    names = {cls.__name__ for cls in type(value).__mro__}
    if kind in ("", "function", "method", "type", "module", "ABCMeta"):
        return True
    if kind not in names and not (kind == "builtin_function_or_method" and callable(value)):
        return False
    shape = description.get("shape")
    if isinstance(shape, (list, tuple)) and hasattr(value, "shape") and tuple(value.shape) != tuple(shape):
        return False
    columns = description.get("per_column")
    if isinstance(columns, Mapping) and hasattr(value, "columns"):
        if {str(column) for column in value.columns} != {str(column) for column in columns}:
            return False
    dtype = description.get("dtype")
    if isinstance(dtype, str) and hasattr(value, "dtype") and str(value.dtype) != dtype:
        return False
    length = description.get("length")
    if isinstance(length, int) and isinstance(value, (list, tuple, dict, set, str)) and len(value) != length:
        return False
    if "value" in description and isinstance(value, (int, float, str, bool)):
        return bool(value == description["value"])
    return True


def importable(dotted: str) -> bool:
    """Whether the module part of a described type exists in this environment."""
    module = dotted.rsplit(".", 1)[0] if "." in dotted else ""
    if not module or module == "__main__":
        return True
    try:
        importlib.import_module(module)
    except Exception:
        return False
    return True
