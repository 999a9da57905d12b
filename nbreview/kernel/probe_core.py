"""Probe, part 1: looking at an object without running anything of its own. Sent to the kernel as text.

Standard library only, Python 3.8 and newer, and only modules that a kernel has loaded long before: the probe
imports nothing new. Imports from other parts of the probe vanish when the parts are joined (`probe`).

The rule that everything here keeps: no code of a class that we do not know runs. So no `repr`, `len`,
`isinstance` (it asks `__class__`), `getattr`, `==`, `hash` or iteration on such objects, only what their
types' slots and their own `__dict__` hold. Properties run only where a known library defines them."""

from __future__ import annotations

import collections
import sys
import time
import types
from typing import Any

TRUSTED = frozenset(
    [
        "builtins",
        "numpy",
        "pandas",
        "scipy",
        "sklearn",
        "torch",
        "torchvision",
        "tensorflow",
        "keras",
        "tf_keras",
        "statsmodels",
    ]
)
_MRO = type.__dict__["__mro__"].__get__
_MODULE = type.__dict__["__module__"].__get__
_QUALNAME = type.__dict__["__qualname__"].__get__
_FLAGS = type.__dict__["__flags__"].__get__
_SPACE = type.__dict__["__dict__"].__get__
_SLOTS = (types.GetSetDescriptorType, types.MemberDescriptorType)
_PLAIN = frozenset(map(id, (type(None), bool, int, float, complex, str, bytes)))
_GROUPS = frozenset(map(id, (list, tuple, dict, set, frozenset)))
MISSING = object()


class Untold(Exception):
    """This cannot be looked at without running what is not ours; the message says what."""


class TimeUp(Exception):
    """The time for looking is over."""


class Look:
    """What one look at a kernel may still take; owned by `answer`."""

    def __init__(self, limits: Any, namespace: dict[str, Any]) -> None:
        self.limits = limits
        self.home = namespace
        self.names = {name: value for name, value in list(namespace.items()) if type(name) is str}
        self.deadline = time.monotonic() + limits["seconds"]
        self.scan = limits["scan_bytes"]
        self.distinct = limits["distinct"]
        self.histograms = limits["bins"]
        self.trusted: dict[int, Any] = {}
        self.table: dict[int, Any] = {}
        self.loaders: list[Any] = []
        self.name = ""

    def check(self) -> None:
        if time.monotonic() > self.deadline:
            raise TimeUp

    def may_scan(self, size: int) -> bool:
        """Whether so many bytes may be read; takes them from what is left."""
        if size > self.limits["scan_each"] or size > self.scan:
            return False
        self.scan -= size
        return True

    def may_count(self, count: int) -> bool:
        """Whether so many values may be counted; takes them from what is left."""
        if count > self.limits["distinct_each"] or count > self.distinct:
            return False
        self.distinct -= count
        return True


def bases(cls: Any) -> Any:
    return _MRO(cls)


def space(cls: Any) -> Any:
    """What a class itself defines."""
    return _SPACE(cls)


def type_text(value: Any) -> str:
    return type.__repr__(type(value))


def class_name(cls: Any) -> str:
    """ "pandas.core.frame.DataFrame", without asking the class."""
    module, name = _MODULE(cls), _QUALNAME(cls)
    return f"{module}.{name}" if type(module) is str else name


def short(cls: Any) -> str:
    """ "DataFrame", without asking the class."""
    return class_name(cls).rpartition(".")[2]


def made_by_class(cls: Any) -> bool:
    """Whether a `class` statement (or what does the same) made it: Py_TPFLAGS_HEAPTYPE of the C API."""
    return bool(_FLAGS(cls) & (1 << 9))


def root(cls: Any) -> str:
    module = _MODULE(cls)
    return module.partition(".")[0] if type(module) is str else ""


def trusted(look: Look, cls: Any) -> bool:
    """Whether a class really is what a known library's module holds under its name."""
    key = id(cls)
    if key not in look.trusted:
        look.trusted[key] = (_reachable(cls), cls)
    return bool(look.trusted[key][0])


def _reachable(cls: Any) -> bool:
    if root(cls) not in TRUSTED:
        return False
    found: Any = sys.modules.get(_MODULE(cls))
    parts = _QUALNAME(cls).split(".")
    # Some libraries put a module of a class of their own there; its dictionary is one all the same.
    if root(cls) != "builtins" and not is_a(found, types.ModuleType):
        return False
    held: Any = own(found)
    for part in parts[:-1]:
        held = dict.get(held, part)
        if type(held) is not type:
            return False
        held = dict(space(held))
    found = dict.get(held, parts[-1])
    # Classes of compiled extensions and private ones need not be reachable under their name.
    return found is cls or (found is None and not made_by_class(cls))


def own(value: Any) -> dict[str, Any]:
    """The attributes that an object itself holds; empty where they cannot be had without running code."""
    for cls in bases(type(value)):
        found = space(cls).get("__dict__", MISSING)
        if found is MISSING:
            continue
        if type(found) not in _SLOTS:
            return {}
        try:
            held = found.__get__(value)
        except (AttributeError, TypeError):
            return {}
        return held if any(base is dict for base in bases(type(held))) else {}
    return {}


def slot(value: Any, name: str, default: Any = None) -> Any:
    """An attribute of the object's own, or in a slot of its type; nothing is computed."""
    found = dict.get(own(value), name, MISSING)
    if found is not MISSING:
        return found
    raw = defined(value, name)[1]
    if type(raw) not in _SLOTS:
        return default
    try:
        return raw.__get__(value, type(value))
    except AttributeError:
        return default


def defined(value: Any, name: str) -> Any:
    """(class, raw value) of what the type of `value` defines under `name`; (None, MISSING) if nothing."""
    for cls in bases(type(value)):
        held = space(cls)
        if name in held:
            return cls, held[name]
    return None, MISSING


def attribute(look: Look, value: Any, name: str, default: Any = None) -> Any:
    """An attribute, computed only where a slot or a known library's property does it.

    Raises `Untold` where code of an unknown class would have to run.
    """
    cls, raw = defined(value, name)
    if raw is not MISSING:
        if type(raw) in _SLOTS or type(raw) is property:
            if type(raw) is property and not trusted(look, cls):
                raise Untold(f"{name} is a property of {class_name(cls)}")
            try:
                return raw.__get__(value, type(value))
            except (AttributeError, NotImplementedError):
                return default
        if "__set__" in _names(type(raw)):
            raise Untold(f"{name} is computed by {class_name(type(raw))}")
    held = dict.get(own(value), name, MISSING)
    if held is not MISSING:
        return held
    if raw is MISSING or type(raw) is types.FunctionType:
        return default if raw is MISSING else raw
    if type(raw) is types.MethodDescriptorType:
        return raw.__get__(value, type(value))
    if "__get__" in _names(type(raw)):
        raise Untold(f"{name} is computed by {class_name(type(raw))}")
    return raw


def _names(cls: Any) -> set[Any]:
    return {name for base in bases(cls) for name in space(base)}


def is_a(value: Any, cls: Any) -> bool:
    """`isinstance` that believes the type and not `__class__`."""
    return any(base is cls for base in bases(type(value)))


def library_class(module: str, name: str) -> Any:
    """A class of a module that is loaded; None where it is not. Imports nothing."""
    found = sys.modules.get(module)
    return dict.get(own(found), name) if found is not None else None


def is_plain(value: Any) -> bool:
    """Whether this is a number, a string, bytes or None of exactly the built-in type: harmless to use."""
    return id(type(value)) in _PLAIN


def counted(values: list[Any]) -> list[Any]:
    """[(type, how many values are of exactly it)], the most frequent first. Types are told apart by identity:
    comparing them could run a metaclass.
    """
    if len(set(map(id, map(type, values)))) == 1:
        return [(type(values[0]), len(values))]
    counts = collections.Counter(map(id, map(type, values)))
    found = {id(cls): cls for cls in map(type, values)}
    return [(found[key], number) for key, number in counts.most_common()]


def id_plain(cls: Any) -> bool:
    """Whether a class is one of the plain ones."""
    return id(cls) in _PLAIN


def only_plain(counts: list[Any]) -> bool:
    """Whether all values so counted are plain."""
    return all(id(cls) in _PLAIN for cls, _ in counts)


def is_class(value: Any) -> bool:
    return any(base is type for base in bases(type(value)))


def shown(value: Any, room: int = 120, depth: int = 0) -> str:
    """A representation that runs nothing unknown, at most `room` characters and a little."""
    cls = type(value)
    if cls is str or cls is bytes:
        return repr(value if len(value) <= room else value[:room]) + ("..." if len(value) > room else "")
    if cls is int and value.bit_length() > 4 * room:
        return f"<int of {value.bit_length()} bits>"
    if id(cls) in _PLAIN or cls is range or cls is type(Ellipsis):
        return repr(value)
    if id(cls) in _GROUPS and depth < 3:
        return _shown_parts(value, room, depth)
    if is_class(value):
        return type.__repr__(value)
    if cls is types.ModuleType:
        return "<module {}>".format(shown(dict.get(own(value), "__name__"), 60))
    if cls is types.FunctionType or cls is types.BuiltinFunctionType:
        return f"<function {value.__name__}>"
    dtype = library_class("numpy", "dtype")
    if (class_name(cls) in _REPRESENTED and _library(cls)) or any(base is dtype for base in bases(cls)):
        text = repr(value)
        return text if len(text) <= room else text[:room] + "..."
    return f"<{class_name(cls)} object>"


_REPRESENTED = frozenset(
    [
        "datetime.datetime",
        "datetime.date",
        "datetime.time",
        "datetime.timedelta",
        "decimal.Decimal",
        "fractions.Fraction",
        "uuid.UUID",
        "pathlib.PosixPath",
        "pathlib.WindowsPath",
        "pathlib._local.PosixPath",
        "pathlib._local.WindowsPath",
        "builtins.slice",
        "pandas._libs.tslibs.timestamps.Timestamp",
        "pandas._libs.tslibs.timedeltas.Timedelta",
        "pandas._libs.tslibs.period.Period",
        "pandas._libs.tslibs.nattype.NaTType",
        "pandas._libs.missing.NAType",
        "pandas._libs.interval.Interval",
        "torch.dtype",
        "torch.device",
        "torch.Size",
        "torch.torch.Size",
        "numpy.datetime64",
        "numpy.timedelta64",
        "pandas.Timestamp",
        "pandas.Timedelta",
        "pandas.Period",
        "pandas.Interval",
        "pandas.core.dtypes.dtypes.CategoricalDtype",
    ]
)


def _library(cls: Any) -> bool:
    """Compiled classes cannot be made by a notebook; others must be what their module holds."""
    if not made_by_class(cls):
        return True
    held: Any = own(sys.modules.get(_MODULE(cls)))
    return dict.get(held, _QUALNAME(cls)) is cls


def _shown_parts(value: Any, room: int, depth: int) -> str:
    cls = type(value)
    signs = "[]" if cls is list else "()" if cls is tuple else "{}"
    parts, used = [], 0
    for part in list(value)[:50] if len(value) < 10000 else _first(value, 50):
        text = shown(part, room, depth + 1)
        if cls is dict:
            text += ": " + shown(value[part] if is_plain(part) else None, room, depth + 1)
        parts.append(text)
        used += len(text) + 2
        if used > room:
            break
    if len(parts) < len(value):
        parts.append("...")
    elif cls is tuple and len(parts) == 1:
        parts.append("")
    return signs[0] + ", ".join(parts).rstrip(" ") + signs[1]


def _first(value: Any, count: int) -> list[Any]:
    found = []
    for part in value:
        found.append(part)
        if len(found) == count:
            break
    return found


class TooMuch(Exception):
    """The value is no literal, or a longer one than asked for."""


def literal(value: Any, count: int, room: int = 500) -> Any:
    """A whole value as JSON types, in the wrapping that `kernel.literals` reads.

    Raises `TooMuch` where it holds more than `count` values, a text longer than `room`, itself, or something
    that is no literal.
    """
    left = [count]

    def part(value: Any, depth: int) -> Any:
        left[0] -= 1
        if left[0] < 0 or depth > 6:
            raise TooMuch
        cls = type(value)
        if value is None or cls is bool or cls is float or (cls is int and value.bit_length() <= 256):
            return value
        if cls is str and len(value) <= room:
            return value
        if (cls is bytes and len(value) <= room) or cls is complex:
            return {"$repr": repr(value)}
        if id(cls) in _GROUPS and len(value) <= left[0]:
            if cls is dict:
                return {checked(key): part(held, depth + 1) for key, held in value.items()}
            parts = [part(held, depth + 1) for held in value]
            return parts if cls is list else {"$tuple" if cls is tuple else "$set": parts}
        scalar = numpy_scalar(value)
        if scalar is MISSING:
            raise TooMuch
        return part(scalar, depth)

    def checked(key: Any) -> str:
        if not (is_plain(key) or type(key) is tuple) or len(repr(literal(key, 10))) > room:
            raise TooMuch
        return key_text(key)

    return part(value, 0)


def plain(value: Any, room: int = 120) -> Any:
    """A value as JSON types; what is long, or no literal, becomes a text of it."""
    try:
        return literal(value, 40, room)
    except TooMuch:
        return {"$repr": shown(value, room)}


def numpy_scalar(value: Any) -> Any:
    """A NumPy number or string as Python's; MISSING where it is none (dates keep their representation)."""
    cls = type(value)
    if root(cls) == "numpy" and not made_by_class(cls) and "item" in _names(cls):
        if short(cls) in ("datetime64", "timedelta64", "void", "ndarray", "longdouble", "clongdouble"):
            return MISSING
        found = value.item()
        return found if is_plain(found) and type(found) is not bytes else MISSING
    return MISSING


def key_text(key: Any) -> str:
    """A key of a mapping or a column label, as `kernel.literals` reads it."""
    scalar = numpy_scalar(key)
    key = key if scalar is MISSING else scalar
    if type(key) is str and not key.startswith("$"):
        return key if len(key) <= 300 else "$" + shown(key, 300)
    return "$" + shown(key, 200)
