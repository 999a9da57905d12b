"""What the guards in a cell's source call: the builtin `_nbreview` of a stand-in run.

Runs inside the child process: standard library only, any Python from 3.8 on; imports nothing of nbreview
except its neighbours, which travel with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

from nbreview.kernel.standin_unknown import Unknown, UnknownAsked


class OutOfTime(BaseException):
    """A statement, or the whole run, took longer than it may."""


class Guard:
    """The builtin `_nbreview`.

    Parameters
    ----------
    absorbs:
        Says whether an exception is to be absorbed, because it says nothing about the notebook.
    tainted:
        Objects whose state is not known any more, by id: a statement that would have changed them failed.
    turns_allowed:
        How many turns a loop gets; None for all of them.
    """

    def __init__(
        self, absorbs: Callable[[BaseException], bool], tainted: dict[int, Any], turns_allowed: int | None
    ) -> None:
        self._absorbs = absorbs
        self._tainted = tainted
        self.turns_allowed = turns_allowed
        self.loops_cut = 0
        self.whiles_cut = 0
        self._unsure: set[int] = set()

    def absorb(self, error: BaseException) -> bool:
        """Whether the statement that raised `error` is passed over."""
        return self._absorbs(error)

    def unknown(self) -> Unknown:
        """What a name is bound to when its statement was passed over."""
        return Unknown("its statement could not run")

    def taint(self, scope: Mapping[str, Any], names: list[str]) -> None:
        """Note that the objects of these names were to be changed and were not."""
        for name in names:
            value = scope.get(name)
            if value is None or isinstance(value, (Unknown, type, int, float, str, ModuleType, Guard)):
                continue
            self._tainted[id(value)] = value
            # What is made from it has the Unknown in it.
            if type(value) is list:
                value.append(Unknown("what should have been added to it"))
            elif type(value) is dict:
                value[Unknown()] = Unknown("what should have been set in it")

    def unpack(self, value: Any, shape: Any) -> Any:
        """`value`, or Unknowns in the shape of the target when it is an Unknown."""
        return _shaped(value, shape)

    def unsure(self, loop: int) -> bool:
        """Whether a loop turned over something unknown: what it counted and collected is not known either."""
        if loop in self._unsure:
            self._unsure.discard(loop)
            return True
        return False

    def each(self, items: Any, shape: Any, loop: int) -> Iterator[Any]:
        """The items of a loop. A loop over an Unknown turns once, with an Unknown."""
        self._unsure.discard(loop)
        if isinstance(items, Unknown):
            self._unsure.add(loop)
            yield _shaped(Unknown("an item of an unknown collection"), shape)
            return
        turn = 0
        iterator = iter(items)
        while True:
            if self.turns_allowed is not None and turn >= self.turns_allowed:
                self.loops_cut += 1
                return
            try:
                item = next(iterator)
            except StopIteration:
                return
            except UnknownAsked:
                self._unsure.add(loop)
                if turn == 0:
                    yield _shaped(Unknown("an item of an unknown collection"), shape)
                return
            turn += 1
            yield _shaped(item, shape)

    def turns(self) -> Callable[[], bool]:
        """A counter for one run of a `while` loop: true as long as it may turn."""
        count = 0

        def another() -> bool:
            nonlocal count
            count += 1
            if self.turns_allowed is not None and count > self.turns_allowed:
                self.loops_cut += 1
                self.whiles_cut += 1
                return False
            return True

        return another

    def enter(self, make: Callable[[], Any]) -> Any:
        """The context manager of a `with`, an Unknown when it cannot be made here."""
        try:
            return make()
        except BaseException as error:
            if not self._absorbs(error):
                raise
            return Unknown("its context manager could not be made")


def _shaped(value: Any, shape: Any) -> Any:
    if shape is None or shape == "*":
        return [Unknown(), Unknown()] if shape == "*" and isinstance(value, Unknown) else value
    if isinstance(value, Unknown):
        found: list[Any] = []
        for part in shape:
            if part == "*":
                found += [Unknown(), Unknown()]
            else:
                found.append(_shaped(Unknown("a part of an unknown value"), part))
        return found
    if (
        isinstance(value, (tuple, list))
        and len(value) == len(shape)
        and any(isinstance(p, list) for p in shape)
    ):
        return [_shaped(item, part) if isinstance(part, list) else item for item, part in zip(value, shape)]  # noqa: B905
    return value
