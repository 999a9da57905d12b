"""Probe, part 3: NumPy arrays, pandas objects, SciPy's sparse matrices. Sent to the kernel as text.

Standard library only, Python 3.8 and newer; the libraries are used where the kernel has loaded them. Only
views of the base class are read, so that no subclass takes part; no attribute that pandas would cache is
asked for; nothing is counted in full past the bounds of `Look`: then a sample at equal distances stands for
it, and "sampled" is set."""

from __future__ import annotations

import contextlib
import sys
from typing import Any

from nbreview.kernel.probe_core import (
    Look,
    TooMuch,
    bases,
    class_name,
    counted,
    id_plain,
    is_a,
    is_plain,
    library_class,
    literal,
    only_plain,
    own,
    plain,
    short,
    type_text,
)
from nbreview.kernel.probe_values import MANY, SAMPLE, number_info


def numpy() -> Any:
    """NumPy as the kernel has it; None where it is not loaded."""
    module: Any = sys.modules.get("numpy")
    return module


def base_view(value: Any) -> Any:
    """The same memory as an array of NumPy's own class."""
    array = numpy().ndarray
    return value if type(value) is array else array.view(value, array)


def thinned(array: Any, limit: int) -> Any:
    """About `limit` elements at equal distances along the axes, as a view."""
    steps, ratio = [], array.size / limit
    for place, length in enumerate(array.shape):
        share = ratio ** (1 / (array.ndim - place)) if ratio > 1 else 1
        step = max(1, min(length, int(share + 0.999)))
        steps.append(slice(step // 2 if step > 2 else 0, None, step))
        ratio /= step
    return array[tuple(steps)]


def describe_array(look: Look, value: Any, depth: int) -> dict[str, Any]:
    array = base_view(value)
    found: dict[str, Any] = {
        "type": "numpy.ndarray",
        "shape": list(array.shape),
        "dtype": str(array.dtype)[:200],
    }
    if class_name(type(value)) != "numpy.ndarray":
        found["base"] = [class_name(cls) for cls in bases(type(value))[:-1]][:5]
    mapped = any(class_name(cls).endswith(("numpy.memmap", ".memmap")) for cls in bases(type(value)))
    summary = numbers(look, array, mapped)
    found.update(summary)
    kind = array.dtype.kind
    if array.dtype.names:
        found["fields"] = [plain(name) for name in array.dtype.names[:100]]
    if array.ndim == 1 and kind in "biufOSU":
        unique, partly = distinct(look, array)
        if unique is not None:
            found["value_info"] = described_values(unique, kind)
            if partly:
                found["sampled"] = True
    if array.size <= 50:
        with contextlib.suppress(TooMuch):
            found["literal"] = literal(array.tolist(), 80, 200)
    if kind == "O" and "literal" not in found:
        found["element_types"] = object_types(counted(thinned(array, 1000).ravel().tolist()))
    return found


def described_values(unique: list[Any], kind: str) -> dict[str, Any]:
    if kind in "biuf":
        return number_info(unique, kind == "f")
    found: dict[str, Any] = {"num_unique": len(unique), "value_type": MANY}
    if len(unique) <= 5:
        found["unique_values"] = [plain(part) for part in unique]
    return found


def numbers(look: Look, array: Any, mapped: bool = False) -> dict[str, Any]:
    """NaN and range of numbers or dates; {} for other types. NaN in a sample is sure, none in it is not."""
    kind = array.dtype.kind
    if kind not in "biufcmM":
        return {}
    if array.size == 0:
        return {"has_nan": False, "value_range": "empty array"}
    found: dict[str, Any] = {}
    if mapped or not look.may_scan(array.nbytes):
        array = thinned(array, SAMPLE)
        found["sampled"] = True
    module = numpy()
    with module.errstate(all="ignore"):
        if kind == "c":
            found["has_nan"] = bool(module.isnan(array).any())
            return found
        if kind in "mM":
            missing = module.isnat(array)
            present = array[~missing]
            found["has_nan"] = bool(missing.any())
            if present.size:
                found["value_range"] = [dated(present.min()), dated(present.max())]
            return found
        if kind == "f" and array.dtype.itemsize == 2:
            array = array.astype("f4")
        low = array.min()
        found["has_nan"] = bool(low != low)
        if found["has_nan"]:
            found["nan_count"] = int(module.isnan(array).sum())
            low, high = module.fmin.reduce(array, axis=None), module.fmax.reduce(array, axis=None)
        else:
            high = array.max()
    if low == low:
        found["value_range"] = [low.item(), high.item()] if kind != "f" else [float(low), float(high)]
    return found


def dated(value: Any) -> dict[str, Any]:
    return (
        {"$repr": "Timestamp('{}')".format(str(value).replace("T", " ")[:19])}
        if value.dtype.kind == "M"
        else {"$repr": f"Timedelta('{value!s}')"}
    )


def distinct(look: Look, array: Any) -> tuple[Any, ...]:
    """(the different values without NaN, in order, whether of a sample); (None, False) where not countable.

    Numbers come sorted, other values in order of appearance. Only values of built-in types are compared.
    """
    kind, partly = array.dtype.kind, False
    if not look.may_count(array.size * (4 if kind == "O" else 1)):
        array, partly = thinned(array, SAMPLE), True
    if kind in "biuf":
        module = numpy()
        unique = few(array)
        if unique is None:
            with module.errstate(all="ignore"):
                ordered = module.sort(array, axis=None)
                if kind == "f":
                    ordered = ordered[ordered == ordered]
                if ordered.size:
                    apart = module.empty(ordered.size, dtype=bool)
                    apart[0] = True
                    apart[1:] = ordered[1:] != ordered[:-1]
                    ordered = ordered[apart]
            unique = ordered.tolist() if ordered.size <= 20 else Many(ordered)
        return unique, partly
    values = array.ravel().tolist()
    unique = compared(values, counted(values))
    return unique, partly


def compared(values: list[Any], counts: list[Any]) -> Any:
    """The different values in order of appearance, without missing ones; None where comparing would run
    code.
    """
    if not all(id_plain(cls) or missing(cls) for cls, _ in counts):
        return None
    if not only_plain(counts):
        values = [part for part in values if is_plain(part)]
    return [part for part in dict.fromkeys(values) if part is not None and part == part]


def few(array: Any) -> Any:
    """The different values of small integers, without sorting; None for others."""
    if array.dtype.kind not in "biu" or array.size < 2000:
        return None
    module = numpy()
    if array.dtype.kind == "b":
        array = array.view("u1")
        return [bool(part) for part in module.flatnonzero(module.bincount(array.ravel(), minlength=2))]
    low, high = int(array.min()), int(array.max())
    if high - low > 4 * array.size or abs(low) > 2**60 or abs(high) > 2**60:
        return None
    held = module.zeros(high - low + 1, dtype=bool)
    held[array.ravel().astype("i8") - low] = True
    ordered = module.flatnonzero(held) + low
    return ordered.tolist() if ordered.size <= 20 else Many(ordered)


class Many:
    """Sorted numbers of which only the count and the ends are needed."""

    def __init__(self, ordered: Any) -> None:
        self.ordered = ordered

    def __len__(self) -> int:
        return int(self.ordered.size)

    def __getitem__(self, place: int) -> Any:
        return self.ordered[place].item()


def missing(cls: Any) -> bool:
    """Whether this is the class of pandas' NA or NaT."""
    return class_name(cls) in ("pandas._libs.missing.NAType", "pandas._libs.tslibs.nattype.NaTType")


def object_types(counts: list[Any]) -> dict[str, Any]:
    """What `counted` told, as text."""
    return {type.__repr__(cls): number for cls, number in counts[:8]}


def describe_sparse(look: Look, value: Any, depth: int) -> dict[str, Any]:
    held = own(value)
    found: dict[str, Any] = {"type": type_text(value)}
    shape = held.get("_shape")
    if type(shape) is tuple:
        found["shape"] = list(shape)
    data: Any = held.get("data")
    if is_a(data, numpy().ndarray):
        found["dtype"] = str(data.dtype)
        found["size"] = int(data.size)
        found.update(numbers(look, base_view(data)))
    found["format"] = short(type(value)).partition("_")[0]
    return found


def array_describers() -> list[Any]:
    """(class, how it is described) of what NumPy and SciPy have loaded. Imports nothing."""
    found: list[Any] = []
    module = numpy()
    if module is None:
        return found
    found.append((module.ndarray, describe_array))
    sparse = library_class("scipy.sparse._base", "_spbase") or library_class("scipy.sparse.base", "spmatrix")
    if sparse is not None:
        found.append((sparse, describe_sparse))
    return found
