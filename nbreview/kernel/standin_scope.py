"""The namespace of a stand-in run: what stands in for which name, and what of it is not to be relied on.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports
nothing of nbreview except its neighbours, which travel with it.
"""

from __future__ import annotations

import ast
import signal
import time
import types
from collections.abc import Mapping, Sized
from typing import Any

from nbreview.kernel.rebuild_world import Exactness
from nbreview.kernel.standin_origin import one_for_one
from nbreview.kernel.standin_overlay import agrees, numbered, stand_in, type_name
from nbreview.kernel.standin_script import Script, cell_file
from nbreview.kernel.standin_sizes import Sizes
from nbreview.kernel.standin_source import (
    bound_names,
    called_methods,
    library_of,
    loaded_names,
    root_name,
    stored_roots,
)
from nbreview.kernel.standin_unknown import Unknown

WAITING = 2.0  # how much longer than its time of the processor a run may take by the clock
_MOST_ITEMS = 50
_STRUCTURE = {"add", "add_module", "append", "insert", "extend", "pop"}  # methods that change a model's parts
_CONTAINERS = (list, dict, set, bytearray)


_READ = (int, float, str, bytes, list, tuple, dict, set)


def _is_model(value: Any) -> bool:
    """Whether what an object gives has the right shape whatever it has learned."""
    return any(hasattr(type(value), name) for name in ("forward", "predict", "transform", "call"))


def allow(seconds: float) -> None:
    """Raise `OutOfTime` after so many seconds of the processor, or `WAITING` times as many by the clock; 0:
    not any more.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.5 if seconds else 0)
    signal.setitimer(signal.ITIMER_REAL, WAITING * seconds, 0.5 if seconds else 0)


def _with_items(value: Any) -> list[Any]:
    return [value, *(value[:_MOST_ITEMS] if isinstance(value, (list, tuple)) else ())]


class StandIns:
    """Stand-ins by name.

    Parameters
    ----------
    request:
        See `standin_world.World`.

    Attributes
    ----------
    namespace:
        In which the cells run.
    tainted, interrupted, incomplete, guessed:
        By id: objects whose state is not known; those among them that were left half made (a statement ran
        out of time, or a part could not be added); those with other columns, keys or attributes than the real
        one; those of guessed length.
    labels, parts:
        By id: row labels that are those of the real table; and those of which some are missing, nobody knows
        which.
    vague_labels:
        Whether a stand-in has row labels that may be of another class.
    texts:
        Texts that are values of the real data.
    unordered:
        Whether the columns of a table are in an order that is not the real one.
    mixed:
        Whether a table of objects stands in of which nobody knows whether they are texts or numbers.
    invented:
        Names of what was made of invented pictures.
    """

    script: Script
    running: ast.stmt | None = None

    def __init__(self, request: Mapping[str, Any]) -> None:
        self.descriptions: dict[str, Any] = {
            name: value for name, value in (request.get("names") or {}).items() if isinstance(value, dict)
        }
        self.seed = int(request.get("seed", 1))
        self.seconds = float(request.get("seconds", 10.0))
        self.number = int(request.get("world", 0))
        self.module = types.ModuleType("__main__")
        self.namespace: dict[str, Any] = self.module.__dict__
        self.tainted: dict[int, Any] = {}
        self.interrupted: dict[int, Any] = {}
        self.incomplete: dict[int, Any] = {}
        self.guessed: dict[int, Any] = {}
        self.labels: dict[int, Any] = {}
        self.parts: dict[int, Any] = {}
        self.vague_labels = False
        self.mixed = False
        self.unordered = False
        self.texts: frozenset[str] = frozenset()
        self.invented: set[str] = set()
        self.in_target = False
        self.notes: list[str] = []
        self._started = time.process_time(), time.monotonic()

    def remaining(self) -> float:
        """Seconds of the processor that are left."""
        spent, passed = time.process_time() - self._started[0], time.monotonic() - self._started[1]
        return self.seconds - max(spent, passed / WAITING)

    def overlay(self, name: str) -> None:
        """Bind a name to a stand-in for what the snapshot says of it."""
        made = self.script.made.get(name, {})
        read = self.script.read.get(name)
        real = self.namespace.get(name)
        value, exactness, why = stand_in(
            name, self.descriptions, self.seed, self.number, made, read, self.script.constants, real
        )
        if why:
            self.notes.append(f"{name}: {why}")
            if real is not None and agrees(real, self.descriptions[name]):
                return
            value = self._made_as_written(self.descriptions[name], value)
        self.invented.discard(name)
        self.put(name, value, exactness, self.descriptions[name])

    def _made_as_written(self, description: Mapping[str, Any], otherwise: Any) -> Any:
        """An object of a class that the notebook names in one call only, made by that call. What was done to
        one of a library since then is not known.
        """
        module, _, kind = type_name(description).rpartition(".")
        call = self.script.only_calls.get(kind)
        if call is None:
            return otherwise
        allow(max(0.1, 0.3 * self.remaining()))
        try:
            made = eval(compile(ast.Expression(call), cell_file(0), "eval"), self.namespace)
        except BaseException:
            made = otherwise
        allow(0)
        if type(made).__name__ != kind:
            return otherwise
        if module != "__main__":
            self.tainted[id(made)] = made
        return made

    def put(self, name: str, value: Any, exactness: Exactness | None, told: Mapping[str, Any]) -> None:
        """Bind a name to a stand-in, and note what of it is not exact. `told` is its description."""
        if exactness is not None and not exactness.shape:
            self.guessed[id(value)] = value
        if exactness is not None and not (exactness.columns and exactness.kind):
            self.incomplete[id(value)] = value
        if (
            exactness is not None
            and not exactness.dtypes
            and type(value).__module__.startswith("torch.utils.")
        ):
            Sizes.types_invented = True
        if exactness is not None and not exactness.dtypes and str(getattr(value, "dtype", "")) == "object":
            self.mixed = self.mixed or len(getattr(value, "shape", ())) > 1
        if exactness is not None and not exactness.order and hasattr(value, "columns"):
            self.unordered = True
        self.texts |= exactness.texts if exactness is not None else frozenset()
        labels = getattr(value, "index", None) if hasattr(type(value), "iloc") else None
        if labels is not None and exactness is not None and exactness.labels:
            self.labels[id(labels)] = labels
        elif hasattr(type(value), "__array__") and not numbered(told):
            self.vague_labels = True
        self.namespace[name] = value

    def agree_with_snapshot(self) -> None:
        """Put stand-ins in where the namespace is not what the snapshot says."""
        for name, description in self.descriptions.items():
            if name.startswith("__"):
                continue
            allow(max(0.1, self.remaining()))
            value = self.namespace.get(name)
            unlike = isinstance(value, Unknown) or name in self.invented or not agrees(value, description)
            if name not in self.namespace or unlike:
                self.overlay(name)
        allow(0)

    def learn_lengths(self, name: str, statement: ast.stmt) -> None:
        """What a known collection was made of, item by item, has as many items as it has."""
        source, value = one_for_one(name, statement, self.script.distinct), self.namespace.get(name)
        if (
            isinstance(value, Sized)
            and id(value) not in self.guessed
            and isinstance(self.namespace.get(source), Unknown)
        ):
            items = range(len(value))
            self.namespace[source] = [Unknown(f"an item of {source}") for _ in items]

    def forget_roots(self, statement: ast.stmt, place: int, interrupted: bool = False) -> None:
        """What a failed statement would have changed in place is not known any more; one that was interrupted
        may have left it as no run to its end does.
        """
        for name in stored_roots(statement):
            value = self.namespace.get(name)
            if value is None or isinstance(value, (Unknown, types.ModuleType, type, types.FunctionType)):
                continue
            if str(getattr(value, "dtype", "")) == "object" and type(value).__name__ == "ndarray":
                continue  # an array of axes, say: it is an item of it that was to be changed
            later = self.script.last_binding.get(name, -1) > place
            if isinstance(value, _CONTAINERS) or hasattr(value, "__array__"):
                if name in self.descriptions and not later and not self.in_target:
                    self.overlay(name)
                else:
                    self.namespace[name] = Unknown("a statement that changes it could not run")
            else:
                self.tainted[id(value)] = value
                if interrupted or called_methods(statement, name) & _STRUCTURE:
                    self.interrupted[id(value)] = value

    def spread_taint(self, statement: ast.stmt) -> None:
        """What came from an object of unknown state, and is of its library, is in such a state too; what was
        read from one that is no model is not known.
        """
        read = self.reading() if self.tainted else []
        value = getattr(statement, "value", None)
        source = self.namespace.get(root_name(value)) if read and isinstance(value, ast.expr) else None
        if id(source) in self.tainted and not _is_model(source):
            for name in bound_names(statement):
                if isinstance(self.namespace.get(name), _READ):
                    self.namespace[name] = Unknown("it was read from what is not in a known state")
        libraries = {library_of(value) for value in read if id(value) in self.tainted} - {"builtins"}
        for name in bound_names(statement) if libraries else ():
            value = self.namespace.get(name)
            for part in _with_items(value):
                if library_of(part) in libraries and not hasattr(part, "__array__"):
                    self.tainted[id(part)] = part

    def reading(self) -> list[Any]:
        """The values of the names that the top-level statement reads that runs or ran last; items too."""
        names = loaded_names(self.running) if self.running is not None else set()
        values = [self.namespace[name] for name in names if name in self.namespace]
        return [part for value in values for part in _with_items(value)]

    def forget_tainted(self) -> None:
        """Names of collections and tables that a nested statement should have changed and did not are
        Unknown.
        """
        if not self.tainted:
            return
        for name, value in list(self.namespace.items()):
            if id(value) in self.tainted and (isinstance(value, _CONTAINERS) or hasattr(value, "__array__")):
                self.namespace[name] = Unknown("a statement that changes it could not run")
