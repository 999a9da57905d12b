"""A value that nothing is known of: what a stand-in run binds where a statement could not run.

Runs inside the child process of a stand-in run, in the notebook's own environment: standard library only, any
Python from 3.8 on; imports nothing of nbreview.

An `Unknown` absorbs what cannot fail for every value: attributes, calls, items, arithmetic, comparisons, the
start of an iteration. What would need a fact (its truth, its length, its items, a number or an array of it)
raises `UnknownAsked`, which derives from BaseException so that `except Exception` in a library lets it pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar


class UnknownAsked(BaseException):
    """Something asked an Unknown for a fact. No statement about the notebook follows from it."""


class Unknown:
    """Absorbs operations; raises `UnknownAsked` when a fact about it is asked for.

    Parameters
    ----------
    why:
        What it stands for and why it is not known, for the outcome's reason.
    """

    # For instances of a class derived from an unknown base, whose own __init__ may not call ours.
    _nbreview_why: str = ""
    _nbreview_known: ClassVar[dict[str, Any]] = {}

    def __init__(self, why: str = "") -> None:
        object.__setattr__(self, "_nbreview_why", why)
        object.__setattr__(self, "_nbreview_known", {})

    def __getattr__(self, name: str) -> Any:
        known = object.__getattribute__(self, "_nbreview_known")
        if name in known:
            return known[name]
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name.startswith(("_repr_", "_ipython_", "_nbreview_")):
            raise AttributeError(name)
        return Unknown(object.__getattribute__(self, "_nbreview_why"))

    def __setattr__(self, name: str, value: Any) -> None:
        return None

    def __delattr__(self, name: str) -> None:
        return None

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        # An Unknown used as a decorator leaves the function in place of hiding it.
        if len(arguments) == 1 and not named and isinstance(arguments[0], type(_a_function)):
            return arguments[0]
        return Unknown(self._why())

    def __getitem__(self, key: Any) -> Unknown:
        return Unknown(self._why())

    def __setitem__(self, key: Any, value: Any) -> None:
        return None

    def __delitem__(self, key: Any) -> None:
        return None

    def __enter__(self) -> Unknown:
        return Unknown(self._why())

    def __exit__(self, *details: Any) -> None:
        return None

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return (UnknownBase,)

    def __iter__(self) -> Iterator[Any]:
        return _Items(self._why())

    def __reduce__(self) -> Any:
        return (Unknown, (self._why(),))

    def __deepcopy__(self, memo: Any) -> Unknown:
        return self

    def __copy__(self) -> Unknown:
        return self

    def __repr__(self) -> str:
        return "<nbreview: unknown>"  # libraries write "<unknown>" themselves

    def __hash__(self) -> int:
        return id(self) >> 4

    def __instancecheck__(self, instance: Any) -> bool:
        raise UnknownAsked(self._why())

    def __subclasscheck__(self, cls: Any) -> bool:
        raise UnknownAsked(self._why())

    def _why(self) -> str:
        return str(object.__getattribute__(self, "_nbreview_why"))


class UnknownBase(Unknown):
    """Stands for a base class that is not known: an instance of a class derived from it knows its own
    attributes and absorbs the others.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__("an instance of a class whose base is not known")

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__()

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)


class _Items:
    """The start of an iteration is allowed, its first item is not."""

    def __init__(self, why: str) -> None:
        self.why = why

    def __iter__(self) -> _Items:
        return self

    def __next__(self) -> Any:
        raise UnknownAsked(self.why)


def _a_function() -> None:
    """Its type is what `Unknown.__call__` compares with."""


def _absorbing() -> Callable[..., Any]:
    def operate(self: Unknown, *others: Any) -> Any:
        return Unknown(self._why())

    return operate


def _asking() -> Callable[..., Any]:
    def ask(self: Unknown, *others: Any, **named: Any) -> Any:
        raise UnknownAsked(self._why())

    return ask


_BINARY = [
    "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "divmod",
    "pow",
    "lshift",
    "rshift",
    "and",
    "or",
    "xor",
    "matmul",
]
_ABSORBED = [
    *(f"__{name}__" for name in _BINARY),
    *(f"__r{name}__" for name in _BINARY),
    *(f"__i{name}__" for name in _BINARY if name != "divmod"),
    *(f"__{name}__" for name in ["neg", "pos", "abs", "invert", "eq", "ne", "lt", "le", "gt", "ge", "round"]),
]
_ASKED = [
    f"__{name}__"
    for name in [
        "bool",
        "len",
        "contains",
        "int",
        "float",
        "complex",
        "index",
        "str",
        "bytes",
        "format",
        "array",
        "next",
        "reversed",
        "fspath",
        "length_hint",
        "trunc",
        "floor",
        "ceil",
        "await",
        "aiter",
        "anext",
    ]
]
for _name in _ABSORBED:
    setattr(Unknown, _name, _absorbing())
for _name in _ASKED:
    setattr(Unknown, _name, _asking())
Unknown.__array_priority__ = 1e9  # type: ignore[attr-defined]  # array + Unknown asks the Unknown first
Unknown.__array_ufunc__ = None  # type: ignore[attr-defined]


def unknown_within(value: Any, depth: int = 3, width: int = 200) -> bool:
    """Whether `value` is an Unknown or holds one, as far as `depth` levels and `width` items are looked
    at.
    """
    if isinstance(value, Unknown) or (isinstance(value, type) and issubclass(value, Unknown)):
        return True
    if depth == 0:
        return False
    kind = type(value)
    try:
        if kind is dict:
            items = list(value.values())[:width] + list(value.keys())[:width]
        elif kind in (list, tuple, set, frozenset) or (isinstance(value, tuple) and hasattr(kind, "_fields")):
            items = list(value)[:width]
        elif hasattr(value, "__dict__") and not isinstance(value, type) and kind.__name__ != "module":
            items = list(vars(value).values())[:width]
        else:
            return False
        return any(unknown_within(item, depth - 1, width) for item in items)
    except Exception:
        return False
