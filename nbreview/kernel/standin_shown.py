"""Stand-ins for what saved outputs show, put in while the executed cells are replayed.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports
nothing of nbreview except its neighbours, which travel with it.

A value that the replay made from known values alone is left as it is, whatever an output says: the output may
be older than the code. What is unknown, was guessed, or rests on other stand-ins is replaced where it is not
what was displayed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nbreview.kernel.rebuild_shown import settled
from nbreview.kernel.rebuild_world import CannotRebuild, Exactness
from nbreview.kernel.standin_overlay import agrees, stand_in
from nbreview.kernel.standin_unknown import unknown_within

_OF_TYPES = re.compile(
    r"accessor|unsupported operand|not supported between|ufunc|object is not|must be str|expected str"
    r"|'(?:int|float|bool|str|Timestamp|numpy\.\w+|int64|float64)' object|can only concatenate"
    r"|cannot concatenate|dtype|datetime|bad operand|argument of|[Cc]ould not convert|Cannot convert|numeric"
)
"""Messages that hang on the type of a column, as Python, NumPy and pandas word them."""

_SPACE_AT_END = re.compile(r"['\"]\s+\S|\S\s+['\"]")


class ShownStandIns:
    """What the outputs say, by the statement behind which it holds, and what of it was put in.

    Parameters
    ----------
    told:
        Of the request: for each `step`, `statement`, `name`, `description` and `told_by`.
    seed, number:
        Of the world.
    as_text:
        Columns that show numbers only are taken for texts that read as numbers.
    """

    def __init__(self, told: Any, seed: int, number: int, as_text: bool = False) -> None:
        self._seed, self._number, self._as_text = seed, number, as_text
        self._told: dict[tuple[int, int], dict[str, Mapping[str, Any]]] = {}
        self.used: dict[str, list[int]] = {}
        self.guessed_types = False
        self.hangs_on_types = False  # whether what was trusted last may be otherwise with `as_text`
        for one in told or ():
            if isinstance(one, dict) and isinstance(one.get("description"), dict):
                place = (int(one["step"]), int(one["statement"]))
                self._told.setdefault(place, {})[str(one["name"])] = one

    def behind(self, step: int, statement: int) -> Mapping[str, Mapping[str, Any]]:
        """What is displayed of names as they are behind a statement."""
        return self._told.get((step, statement), {})

    def wanted(self, name: str, told: Mapping[str, Any], value: Any, unsure: bool) -> bool:
        """Whether a stand-in is to take the place of a value.

        Parameters
        ----------
        unsure:
            It was guessed itself, or may rest on something that was.
        """
        if value is None or unknown_within(value, 1):
            return True
        if not unsure and not self.used:
            return False
        facts = told["description"]
        return unsure or not _agrees(value, facts)

    def make(
        self, name: str, told: Mapping[str, Any], constants: tuple[str, ...]
    ) -> tuple[Any, Exactness] | None:
        """The stand-in and what of it is exact; None where not enough was displayed."""
        try:
            found = settled(told["description"], self._number, as_text=self._as_text)
        except CannotRebuild:
            return None
        value, exact, why = stand_in(
            name, {name: dict(found.description)}, self._seed, self._number, {}, None, constants
        )
        if why or exact is None:
            return None
        self.used[name] = [int(step) for step in told.get("told_by", ())]
        self.guessed_types = self.guessed_types or found.dtypes or found.kind
        return value, replace(
            exact,
            shape=exact.shape and not found.shape,
            kind=exact.kind and not found.kind,
            dtypes=not found.dtypes,
        )

    def distrust(self, error: BaseException, kinds: set[str], message: str, values: list[Any]) -> str:
        """Why an exception may hang on what the outputs leave open, or ""."""
        if not self.used:
            return ""
        self.hangs_on_types = self.guessed_types and _OF_TYPES.search(message) is not None
        if "KeyError" in kinds and _SPACE_AT_END.search(message):
            return "a displayed table has lost white space around the names of its columns"
        if not kinds & {"NameError", "SyntaxError"} and any(map(_is_empty, values)):
            return "what is empty here may not be"
        return ""

    def sizes(self, error: BaseException, values: list[Any]) -> str:
        """For an index out of range, the sizes of what was indexed: those that rest on invented values
        differ between two worlds.
        """
        if not self.used or not isinstance(error, IndexError):
            return ""
        lengths = [len(value) if isinstance(value, (list, tuple)) else _shape(value) for value in values]
        return " ".join(str(length) for length in lengths if length is not None)


def _is_empty(value: Any) -> bool:
    """A table or array without a row, also within what pandas indexes it with."""
    shape = _shape(value)
    return shape is not None and 0 in shape


def _shape(value: Any) -> tuple[int, ...] | None:
    if type(value).__name__.endswith("Indexer") and type(value).__module__.startswith("pandas."):
        value = getattr(value, "obj", None)
    # Asked of the class: an object that is half built may answer without end.
    if not hasattr(type(value), "__array__"):
        return None
    try:
        return tuple(value.shape)
    except Exception:
        return None


def _agrees(value: Any, facts: Mapping[str, Any]) -> bool:
    """Whether a value may be what was displayed."""
    shape = facts.get("shape")
    if isinstance(shape, list) and hasattr(value, "shape"):
        real = tuple(value.shape)
        if len(real) != len(shape) or any(
            told not in (None, size)
            for told, size in zip(shape, real)  # noqa: B905
        ):
            return False
    names = facts.get("columns")
    if isinstance(names, list) and hasattr(value, "columns"):
        try:
            if {str(name).strip() for name in names} != {str(name).strip() for name in value.columns}:
                return False
        except TypeError:
            return False
    plain = {key: facts[key] for key in ("type", "length", "value") if facts.get(key) not in (None, "")}
    if facts.get("type") in ("dict",) and "length" not in facts:
        plain.pop("length", None)
    return agrees(value, plain) if plain and "value" not in plain else True
