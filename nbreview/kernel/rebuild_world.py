"""What a rebuilt object is: its value, what of it can be relied on, and the world that the rest is of.

Runs inside the child process of a stand-in run, in the notebook's own environment: standard library only,
other libraries inside functions, any Python from 3.8 on; imports nothing of nbreview except its neighbours,
which travel with it.
"""

from __future__ import annotations

import ast
import importlib
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 1 << 30
"""An object that would take more is not rebuilt."""

MARK = "\ue0b5"
"""Stands in invented names of columns and in the invented end of a text that was shortened: a message with it
is about an invention that all worlds share. A private character, which no notebook uses.
"""


class CannotRebuild(Exception):
    """The description does not say enough, or contradicts itself. `reason` is a clause without full stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Exactness:
    """Which facts about a rebuilt object are those of the real one. What is not exact was invented.

    Parameters
    ----------
    kind:
        It is of the real class: its attributes and methods are the real ones.
    shape:
        Its length, shape or number of samples.
    columns:
        The set of its columns, keys or attributes is complete: another one does not exist.
    order:
        The order of its columns, keys or items.
    dtypes:
        Its dtype, or those of its columns.
    distinct:
        How many distinct values there are (in each column).
    values:
        Every value, and where it stands.
    labels:
        Its row labels.
    missing:
        Whether there is a missing value, and in which columns.
    bounds:
        All values lie between the real least and greatest, and both occur.
    device:
        Where it lives (torch).
    texts:
        Texts that occur in the real data. A text in a message that is not among them may be invented.
    invented:
        Clauses, for people, that say what was invented.
    """

    kind: bool = True
    shape: bool = True
    columns: bool = True
    order: bool = True
    dtypes: bool = True
    distinct: bool = True
    values: bool = True
    labels: bool = True
    missing: bool = True
    bounds: bool = True
    device: bool = True
    texts: frozenset[str] = frozenset()
    invented: tuple[str, ...] = ()


EXACT = Exactness()
"""Nothing was invented."""


@dataclass(frozen=True)
class Rebuilt:
    """A rebuilt object and what of it can be relied on."""

    value: Any
    exactness: Exactness


@dataclass(frozen=True)
class World:
    """What the invented parts are drawn from.

    Two worlds that differ in `number` by one make opposite choices wherever the description leaves a choice
    (order, row labels, which column has the missing values, distinct values): what happens in both hardly
    rests on an invention.

    Parameters
    ----------
    rng:
        Draws what has many choices. The same state makes the same object.
    number:
        Which world this is: 0, 1, …
    made:
        Constants of the call that made the object, by keyword (`class_mode`, `index_col`), as `made_by` reads
        them from the source.
    length:
        What to take where the description does not say how long an object is; None: the world's own guess.
    attributes:
        Descriptions of attributes of the object, by name.
    unknown:
        Makes a placeholder for an item that nothing is known of, from a clause that says what it stands for.
        None: what would need one cannot be rebuilt.
    read:
        Columns set since the object was read from a text file; None where it was not read from one.
    constants:
        Texts that the target cell names.
    real:
        What the notebook's own statements made, which is not in the described state.
    rebuild:
        Rebuilds a part of the object from its name and description; set by `rebuild`.
    """

    rng: random.Random
    number: int = 0
    made: Mapping[str, Any] = field(default_factory=dict)
    length: int | None = None
    attributes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    unknown: Callable[[str], object] | None = None
    read: frozenset[str] | None = None
    constants: tuple[str, ...] = ()
    real: Any = None
    rebuild: Callable[[str, Mapping[str, Any]], Rebuilt] | None = None

    @property
    def odd(self) -> bool:
        """Whether the second of two choices is taken."""
        return self.number % 2 == 1

    def generator(self) -> Any:
        """A NumPy generator drawn from `rng`."""
        numpy = library("numpy")

        return numpy.random.default_rng(self.rng.getrandbits(64))

    def guessed_length(self) -> int:
        """A length where none is known: the one given, else one that no two neighbouring worlds share."""
        return self.length if self.length is not None else (100, 137)[self.odd]

    def placeholder(self, why: str) -> object:
        """An object that nothing is known of. Raises CannotRebuild where the caller has none."""
        if self.unknown is None:
            raise CannotRebuild(why)
        return self.unknown(why)


# --- reading a description ----------------------------------------------------------------------------------


def decoded(value: Any) -> Any:
    """The Python values of a description as JSON holds it (the wrappers of `kernel.literals`). A value of
    which only the representation is known becomes an `Opaque`.
    """
    if isinstance(value, Mapping):
        if len(value) == 1:
            ((key, inside),) = value.items()
            if key == "$repr":
                return Opaque(str(inside))
            if key in ("$tuple", "$list", "$set") and isinstance(inside, (list, tuple)):
                parts = [decoded(part) for part in inside]
                return tuple(parts) if key == "$tuple" else parts
        return {_decoded_key(key): decoded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [decoded(part) for part in value]
    return value


def _decoded_key(key: Any) -> Any:
    if not isinstance(key, str) or not key.startswith("$"):
        return key
    try:
        value = ast.literal_eval(key[1:])
        hash(value)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return Opaque(key[1:])
    return value


@dataclass(frozen=True)
class Opaque:
    """A value of which only the representation is known."""

    text: str


NO_LITERAL = Opaque("")
"""No value is told."""


def literal(description: Mapping[str, Any]) -> Any:
    """The whole value, where the description holds it; `NO_LITERAL` otherwise."""
    return description.get("literal", NO_LITERAL)


def type_counts(value: Any) -> dict[str, int]:
    """How many values of which type: `{"<class 'str'>": 3}` as `{"str": 3}`."""
    if not isinstance(value, Mapping):
        return {}
    return {
        class_path({"type": name}): count
        for name, count in value.items()
        if isinstance(name, str) and name and isinstance(count, int)
    }


def library(name: str) -> Any:
    """A module of the notebook's environment, imported when it is needed."""
    return importlib.import_module(name)


def class_path(description: Mapping[str, Any]) -> str:
    """The dotted class of a description: `"<class 'numpy.ndarray'>"` and `"numpy.ndarray"` are one."""
    kind = description.get("type")
    if not isinstance(kind, str) or not kind:
        raise CannotRebuild("its description names no type")
    kind = kind.strip()
    if kind.startswith("<class '") and kind.endswith("'>"):
        kind = kind[len("<class '") : -len("'>")]
    return kind


def whole(value: Any, what: str, least: int = 0) -> int:
    """A count. Raises CannotRebuild for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise CannotRebuild(what + " is no count")
    return value


def sizes(value: Any, what: str = "its shape") -> tuple[int, ...]:
    """A shape. Raises CannotRebuild for anything else."""
    if not isinstance(value, (list, tuple)):
        raise CannotRebuild(what + " is not known")
    return tuple(whole(part, what) for part in value)


def within_memory(shape: Iterable[int], item_bytes: int) -> int:
    """The bytes of an array. Raises CannotRebuild where they are too many."""
    total = item_bytes
    for size in shape:
        total *= size
    if total > MOST_BYTES:
        raise CannotRebuild(
            f"it would take {total / 2**30:.1f} GiB, more than a stand-in may ({MOST_BYTES / 2**30:.0f} GiB)"
        )
    return total


def items(value: Any) -> list[Any] | None:
    """A list or tuple as a list, None for anything else."""
    return list(value) if isinstance(value, (list, tuple)) else None


def ends(value: Any) -> tuple[Any, Any] | None:
    """The ends of a range, None where there is none."""
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return None
    low, high = value
    try:
        return (low, high) if low <= high else None
    except TypeError:
        return None
