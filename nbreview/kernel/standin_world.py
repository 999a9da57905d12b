"""One stand-in run in one invented world: replay the executed cells, put stand-ins in, run the target.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on, and whatever
libraries the notebook's environment has; imports nothing of nbreview except its neighbours, which travel
with it.

What it does, in the order in which it does it: every top-level statement that the target depends on is run
with a guard; where it fails, its targets become Unknown, or what the snapshot says of them. Before the
target, what disagrees with the snapshot is replaced. Then the target runs statement by statement; the first
exception that can be trusted ends it (see `standin_trust`).
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import contextlib
import importlib
import inspect
import linecache
import signal
import sys
import types
from collections.abc import Iterable, Mapping
from typing import Any

from nbreview.kernel.standin_files import Pictures, WeightFiles
from nbreview.kernel.standin_frames import CELL_FILE, chain, comparable, frames, is_cell, package_of
from nbreview.kernel.standin_guard import Guard, OutOfTime
from nbreview.kernel.standin_keys import part_label
from nbreview.kernel.standin_overlay import (
    numbered,
    other_versions,
    same_versions,
)
from nbreview.kernel.standin_parts import label_parts
from nbreview.kernel.standin_patches import (
    apply_imported,
    apply_once,
    unknown_of_unknown,
    unknown_when_missing,
)
from nbreview.kernel.standin_scope import StandIns, allow
from nbreview.kernel.standin_script import Script, cell_file, fits_hidden
from nbreview.kernel.standin_shown import ShownStandIns
from nbreview.kernel.standin_sizes import Sizes
from nbreview.kernel.standin_source import (
    bound_names,
    deleted_names,
    guarded,
    loaded_names,
    parse,
)  # fmt: skip
from nbreview.kernel.standin_torch import hurry
from nbreview.kernel.standin_trust import distrust, innermost
from nbreview.kernel.standin_unknown import Unknown, UnknownAsked, unknown_within

_LONGEST_COMPARED = 1_000_000  # whole: a cut within quotes would let their content be compared
_NO_DATA = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


class World(StandIns):
    """A namespace in which a notebook's cells run on stand-ins.

    Parameters
    ----------
    request:
        What the parent sent: `executed` (list of sources), `target`, `names` (descriptions of the snapshot),
        `libraries` (their versions in the notebook's kernel, where those are known),
        `shown` (what outputs say, see `standin_shown`), `seed`, `world` (its place among the seeds), `turns`
        (of a loop, or None), `seconds` of the processor, so that a busy machine finds what an idle one does.
    """

    def __init__(self, request: Mapping[str, Any]) -> None:
        super().__init__(request)
        self.executed: list[str] = list(request["executed"])
        self.target: str = request["target"]
        self.outputs = ShownStandIns(
            request.get("shown"), self.seed, self.number, bool(request.get("as_text"))
        )
        Pictures.mode = str(request.get("pictures") or Pictures.mode)
        Pictures.world = Sizes.world = self.number
        Sizes.learn(self.descriptions.values())
        if request.get("turns") is not None:
            hurry()
        self.differs: set[str] = set()  # libraries of another version than the notebook ran with
        self.same: set[str] = set()  # libraries of the very version
        self._libraries: Mapping[str, Any] = request.get("libraries") or {}
        self.bound_at: dict[str, int] = {}
        self.open_scope = False  # whether names may be bound that no statement shows: star imports, exec
        self.confirming = bool(request.get("confirming"))
        self.passed_over = 0
        self._passed_before = 0
        self._fits_hidden = False  # whether something may be fitted in what is not replayed as it stands
        self.starved = False  # whether memory was refused to the target
        self._refused: set[int] = set()
        self.guard = Guard(self._absorbs, self.tainted, request.get("turns"))

    # What the trust rules ask

    def statement_names(self, file: str, line: int) -> set[str]:
        """The names read by the innermost statement at a line of a cell."""
        return self.script.names_at(file, line)

    def may_be_bound(self, name: str) -> bool:
        """Whether a name that is missing here may exist in the notebook's kernel."""
        return (
            self.open_scope
            or self.script.opened
            or name in self.descriptions
            or name in self.script.globals_declared
            or name in self.script.bound
            or not name
        )

    def never_fitted(self, objects: Iterable[Any]) -> bool:
        """Whether an estimator among these was certainly not fitted: the snapshot says so, or all has run."""
        if not (self.passed_over or self.guard.loops_cut or self._fits_hidden):
            return True
        told = {
            id(self.namespace.get(name)): what["is_fitted"]
            for name, what in self.descriptions.items()
            if "is_fitted" in what
        }
        known = [told[id(value)] for value in objects if id(value) in told]
        return bool(known) and not any(known)

    def all_ran(self) -> bool:
        """Whether everything of the target has run so far, and every loop to its end."""
        return self.in_target and self.passed_over == self._passed_before and not self.guard.loops_cut

    # The run

    def run(self) -> dict[str, Any]:
        """What the parent gets: `status` ("raised", "finished", "timeout"), and what belongs to it."""
        sys.modules["__main__"] = self.module
        builtins._nbreview = self.guard  # type: ignore[attr-defined]
        self.namespace.update({"__name__": "__main__", "__builtins__": builtins, "__doc__": None})
        for name in ("get_ipython", "In", "Out", "_", "__", "_i", "_ih", "_oh", "_dh", "exit", "quit"):
            self.namespace[name] = Unknown("IPython's own")
        self.namespace["display"] = lambda *values, **named: None
        self.namespace["open"] = unknown_when_missing(open)
        for function in (len, max, min, sum, sorted):
            self.namespace[function.__name__] = unknown_of_unknown(function)
        self.namespace["input"] = lambda *values: Unknown("what a person types")
        for number in (signal.SIGALRM, signal.SIGPROF):
            signal.signal(number, self._alarm)
        apply_once()
        apply_imported()
        try:
            target = parse(self.target, cell_file(len(self.executed)))
        except SyntaxError as error:
            return {
                "status": "raised", "exception": type(error).__name__, "message": str(error.msg),
                "line": (error.lineno or 1) - 1, "library": "", "origin": None, "frames": [],
                "comparable": comparable(str(error.msg)),
            }  # fmt: skip
        self.script = Script(self.executed, self.target, target)
        self.notes += self.script.notes
        WeightFiles.wanted = True
        self._replay(target)
        WeightFiles.wanted = False
        self.differs |= other_versions(self.descriptions.values())
        self.same = same_versions(self._libraries) - self.differs
        self.agree_with_snapshot()
        told = {name for name, what in self.descriptions.items() if what.get("index") or numbered(what)}
        self.parts = label_parts(self.namespace, self.script.parts - told, self.number)
        return self._run_target(target)

    def _alarm(self, number: int, frame: Any) -> None:
        raise OutOfTime("out of time")

    def _replay(self, target: list[ast.stmt]) -> None:
        needed = self.script.needed(target)
        self._fits_hidden = fits_hidden((step for _, step in self.script.steps), needed)
        kept = 0.55 * self.seconds  # for the target
        for place, (number, statement) in enumerate(self.script.steps):
            if not needed[place]:
                continue
            left = self.remaining() - kept
            definition = isinstance(
                statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Delete)
            )
            # One that takes long leaves something for those behind it.
            budget = max(left, 0.3 * self.seconds) if definition else min(0.4 * left, 0.2 * self.seconds)
            pictures = Pictures.made
            failed = self._replay_one(number, statement, budget)
            if Pictures.made > pictures or self.invented & loaded_names(statement):
                self.invented.update(bound_names(statement))
            else:
                self.invented.difference_update(bound_names(statement))
            for name in bound_names(statement):
                if self.script.last_binding.get(name) == place and name in self.descriptions:
                    value = self.namespace.get(name)
                    if failed or unknown_within(value, 1) or name in self.invented:
                        self.overlay(name)
                        self.learn_lengths(name, statement)
                self.bound_at[name] = number
            if failed:
                self.forget_roots(statement, place, failed.startswith(OutOfTime.__name__))
            self._show(number, self.script.places[place])

    def _show(self, number: int, place: int) -> None:
        """Put in what the outputs say of names as they are behind a statement."""
        for name, told in self.outputs.behind(number, place).items():
            value = self.namespace.get(name)
            unsure = id(value) in self.guessed or id(value) in self.incomplete or id(value) in self.tainted
            if not self.outputs.wanted(name, told, value, unsure):
                continue
            allow(max(0.1, 0.3 * self.remaining()))
            try:
                made = self.outputs.make(name, told, self.script.constants)
            except OutOfTime:
                made = None
            allow(0)
            if made is not None:
                self.put(name, *made, told["description"])

    def _replay_one(self, number: int, statement: ast.stmt, budget: float) -> str:
        """Run one executed statement; why it failed, or ""."""
        if isinstance(statement, ast.ImportFrom) and any(alias.name == "*" for alias in statement.names):
            star = statement.module or ""
        else:
            star = ""
        if isinstance(statement, ast.Delete):
            for name in deleted_names(statement):
                self.namespace.pop(name, None)
        error = self._execute(number, statement, budget)
        if error is None:
            self.spread_taint(statement)
            return ""
        if star:
            self.open_scope = True
        self._calibrate(error, statement)
        self.passed_over += 1
        why = f"{type(error).__name__}: {_text(error)[:120]}"
        self.notes.append(f"cell {number + 1} line {statement.lineno}: {why}")
        for name in bound_names(statement):
            if not (
                isinstance(statement, (ast.Import, ast.ImportFrom)) and self._import_one(statement, name)
            ):
                self.namespace[name] = Unknown(why)
        return why

    def _import_one(self, statement: Any, name: str) -> bool:
        """Of an import of several names, bind one that exists."""
        aliases = [a for a in statement.names if (a.asname or a.name.split(".")[0]) == name]
        single: ast.stmt
        if isinstance(statement, ast.ImportFrom):
            single = ast.ImportFrom(statement.module, aliases, statement.level)
        else:
            single = ast.Import(aliases)
        return self._execute(0, ast.copy_location(single, statement), 10.0) is None

    def _execute(self, number: int, statement: ast.stmt, budget: float) -> BaseException | None:
        """Run one top-level statement; the exception that ended it, None when there was none."""
        if budget <= 0.02:
            return OutOfTime("no time was left")
        self._refused.clear()
        self.running = statement
        try:
            flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
            code = compile(guarded(statement), cell_file(number), "exec", flags, dont_inherit=True)
            allow(budget)
            try:
                if isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
                    with contextlib.suppress(ImportError):
                        importlib.import_module(statement.module)
                        apply_imported()  # before its names are bound
                if code.co_flags & inspect.CO_COROUTINE:
                    asyncio.run(eval(code, self.namespace))  # IPython's "autoawait"
                else:
                    exec(code, self.namespace)
            finally:
                allow(0)
                apply_imported()
        except BaseException as error:
            return error
        self.forget_tainted()
        return None

    def _absorbs(self, error: BaseException) -> bool:
        if isinstance(error, (GeneratorExit, StopIteration, StopAsyncIteration, OutOfTime)):
            return False
        if id(error) in self._refused:
            return False
        if self.in_target:
            self.starved = self.starved or isinstance(error, MemoryError)
            why = distrust(error, self)
            if not why:
                self._refused.add(id(error))
                self._kept = error  # keeps its id from being used again
                return False
            if len(self.notes) < 60:
                self.notes.append(
                    f"inside the target: passed over, {why} ({type(error).__name__}: {_text(error)[:100]})"
                )
        self.passed_over += 1
        return True

    def _calibrate(self, error: BaseException, statement: ast.stmt) -> None:
        """An executed cell ran in the notebook's environment. Where it fails here on known values because a
        name or a signature is missing in a library, that library is another version here.
        """
        if isinstance(error, (UnknownAsked, OutOfTime)) or unknown_within(list(vars(error).values())):
            return
        if isinstance(error, ModuleNotFoundError):
            package = (error.name or "").split(".")[0]
            if package and "." in (error.name or "") and package in sys.modules:
                self.differs.add(package)
        elif isinstance(error, ImportError):
            self.differs.add((error.name or "").split(".")[0])
        elif isinstance(error, AttributeError):
            owner = getattr(error, "obj", None)
            if isinstance(owner, types.ModuleType):
                self.differs.add(owner.__name__.split(".")[0])
        elif (
            isinstance(error, TypeError) and "unexpected keyword" in str(error) and not distrust(error, self)
        ):
            self.differs.add(package_of(frames(error.__traceback__)))

    # The target

    def _run_target(self, target: list[ast.stmt]) -> dict[str, Any]:
        self.in_target = True
        number = len(self.executed)
        run = 0
        passed_before, whiles_before = self.passed_over, self.guard.whiles_cut
        self._passed_before = passed_before
        for statement in target:
            if isinstance(statement, ast.Delete):
                self.script.bound -= set(deleted_names(statement))
            error = self._execute(number, statement, self.remaining())
            run += 1
            if error is None:
                self.spread_taint(statement)
                continue
            if isinstance(error, OutOfTime) and self.remaining() < 0.1:
                return {"status": "timeout", "line": statement.lineno - 1, "notes": self.notes[-40:]}
            self.starved = self.starved or isinstance(error, MemoryError)
            why = distrust(error, self)
            if not why:
                return self._raised(error, statement)
            self.passed_over += 1
            said = f"{type(error).__name__}: {_text(error)[:200]}"
            self.notes.append(f"target line {statement.lineno}: passed over, {why} ({said})")
            for name in bound_names(statement):
                self.namespace[name] = Unknown(why)
            self.forget_roots(statement, len(self.script.steps))
        return {
            "status": "finished", "statements": run, "passed_over": self.passed_over - passed_before,
            "loops_cut": self.guard.loops_cut, "whiles_cut": self.guard.whiles_cut - whiles_before,
            "starved": self.starved, "notes": self.notes[-40:], "shown": self.outputs.used,
        }  # fmt: skip

    def _raised(self, error: BaseException, statement: ast.stmt) -> dict[str, Any]:
        places = list(frames(error.__traceback__))
        sizes = self.outputs.sizes(error, innermost(error, self))
        target_file = cell_file(len(self.executed))
        lines = [line for frame, line in places if frame.f_code.co_filename == target_file]
        names: set[str] = set()
        for frame, line in places:
            if is_cell(frame):
                names |= self.statement_names(frame.f_code.co_filename, line)
        origins = [
            self.bound_at[name] for name in names
            if name in self.bound_at and not isinstance(self.namespace.get(name), _NO_DATA)
        ]  # fmt: skip
        return {
            "status": "raised",
            "exception": type(error).__name__,
            "message": _text(error)[:4000],
            "comparable": f"{comparable(_bare(error)[:_LONGEST_COMPARED])} {sizes}",
            "label": part_label(error, self),
            "types": self.outputs.hangs_on_types,
            "line": (lines[0] if lines else statement.lineno) - 1,
            "pictures": Pictures.used,
            "mixed": self.mixed,
            "library": package_of(places),
            "origin": max(origins) if origins else None,
            "shown": self.outputs.used,
            "frames": [_frame(frame, line, len(self.executed)) for frame, line in places if _shown(frame)][
                -30:
            ],
            "causes": [type(link).__name__ for link in chain(error)][1:4],
            "notes": self.notes[-40:],
        }


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:
        return ""


def _bare(error: BaseException) -> str:
    """The message; of a KeyError over columns without the quotes around it (rows are compared by `label`)."""
    key = error.args[0] if isinstance(error, KeyError) and error.args else None
    return key if isinstance(key, str) and "[columns]" in key else _text(error)


def _shown(frame: Any) -> bool:
    return not str(frame.f_globals.get("__name__", "")).startswith("nbreview.")


def _frame(frame: Any, line: int, target: int) -> dict[str, Any]:
    file = frame.f_code.co_filename
    text = linecache.getline(file, line).strip()
    if file.startswith(CELL_FILE):
        number = int(file[len(CELL_FILE) : -1])
        file = "" if number == target else f"cell {number + 1}"
    return {"file": file, "line": line - 1, "function": frame.f_code.co_name, "text": text[:300]}
