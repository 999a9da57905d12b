"""The cells of a stand-in run as statements: which there are, what they read and bind, which are needed.

Runs inside the child process of a stand-in run: standard library only, any Python from 3.8 on; imports
nothing of nbreview except its neighbours, which travel with it.
"""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterable, Sequence
from typing import Any

from nbreview.kernel.standin_frames import CELL_FILE
from nbreview.kernel.standin_origin import distinct_names, text_constants, text_file_names
from nbreview.kernel.standin_parts import part_names
from nbreview.kernel.standin_source import (
    bound_names,
    called_name,
    constant_keywords,
    deleted_names,
    loaded_names,
    parse,
    path_constants,
    plain_source,
    stored_attributes,
    touched_names,
)

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_HEADS = ("test", "iter", "items", "value", "targets", "target", "exc", "msg")
_OPENING = ("%run", "%load", "%store", "%pylab")


class Script:
    """The top-level statements of the executed cells and of the target.

    Parameters
    ----------
    executed:
        Sources, in the order of execution.
    source, target:
        The target's source and its statements.

    Attributes
    ----------
    steps, places:
        The statements with the number of their cell, and the place of each in it.
    last_binding:
        The place in `steps` at which each name was bound last.
    made:
        For each name, the constants of the call that its value came from.
    read, constants, distinct, parts:
        What `standin_origin` and `standin_parts` tell of the statements, and of the target.
    only_calls:
        The call of each name that is called in one way only.
    opened:
        Whether names may be bound that no statement shows.
    notes:
        What could not be parsed, and why.
    """

    def __init__(self, executed: Sequence[str], source: str, target: list[ast.stmt]) -> None:
        self.steps: list[tuple[int, ast.stmt]] = []
        self.places: list[int] = []
        self.last_binding: dict[str, int] = {}
        self.made: dict[str, dict[str, Any]] = {}
        self.globals_declared: set[str] = set()
        self.notes: list[str] = []
        self.opened = any(word in text for text in executed for word in _OPENING)
        self._read_at: dict[tuple[str, int], set[str]] = {}
        for number, text in enumerate(executed):
            try:
                statements = parse(text, cell_file(number))
            except SyntaxError as error:
                self.notes.append(f"cell {number + 1} cannot be parsed: {error.msg}")
                self.opened = True
                continue
            self.steps += [(number, statement) for statement in statements]
            self.places += range(len(statements))
            self._remember(number, text, statements)
        self._remember(len(executed), source, target)
        for place, (_, statement) in enumerate(self.steps):
            for name in bound_names(statement):
                self.last_binding[name] = place
                self.made[name] = constant_keywords(statement)
            for name in deleted_names(statement):
                self.last_binding.pop(name, None)
        self.bound = set(self.last_binding)
        self.read = text_file_names(statement for _, statement in self.steps)
        self.constants = text_constants(target)
        self.distinct = distinct_names(statement for _, statement in self.steps)
        self.only_calls = _only_calls(statement for _, statement in self.steps)
        self.parts = part_names(statement for _, statement in self.steps)

    def names_at(self, file: str, line: int) -> set[str]:
        """The names read by the innermost statement at a line of a cell."""
        return self._read_at.get((file, line), set())

    def _remember(self, number: int, source: str, statements: list[ast.stmt]) -> None:
        file = cell_file(number)
        text = plain_source(source)
        linecache.cache[file] = (len(text), None, [line + "\n" for line in text.split("\n")], file)
        for top in statements:
            for node in ast.walk(top):
                if isinstance(node, ast.Global):
                    self.globals_declared.update(node.names)
                if isinstance(node, ast.stmt):
                    # A compound statement itself fails in its head only.
                    heads = [part for field in _HEADS for part in _as_list(getattr(node, field, None))]
                    body: Any = getattr(node, "body", None)
                    simple = body is None
                    names: set[str] = set()
                    for part in [node] if simple else heads:
                        names |= loaded_names(part)
                    last = (node.end_lineno or node.lineno) if simple else body[0].lineno - 1
                    for line in range(node.lineno, max(node.lineno, last) + 1):
                        self._read_at.setdefault((file, line), set()).update(names)

    def needed(self, target: list[ast.stmt]) -> list[bool]:
        """Which top-level statements the target depends on, by walking backwards over the names."""
        wanted: set[str] = set()
        for statement in target:
            wanted |= loaded_names(statement)
        modules = {name for _, node in self.steps if isinstance(node, (ast.Import, ast.ImportFrom))
                   for name in bound_names(node)}  # fmt: skip
        files = path_constants(target)
        needed = [False] * len(self.steps)
        for place in range(len(self.steps) - 1, -1, -1):
            statement = self.steps[place][1]
            binds = set(bound_names(statement)) | set(deleted_names(statement))
            touches = set(touched_names(statement)) - (modules - set(stored_attributes(statement)))
            always = isinstance(statement, (ast.Import, ast.ImportFrom)) and any(
                alias.name == "*" for alias in statement.names
            )
            if always or (binds | touches) & wanted or (files and files & path_constants([statement])):
                needed[place] = True
                wanted |= loaded_names(statement)
        return needed


def fits_hidden(statements: Iterable[ast.stmt], needed: Iterable[bool]) -> bool:
    """Whether something may be fitted where nobody sees it: in a function or a class, or in a statement that
    was not needed.
    """
    for statement, is_needed in zip(statements, needed):  # noqa: B905
        scopes = [node for node in ast.walk(statement) if isinstance(node, _SCOPES)]
        for scope in [statement] if not is_needed else scopes:
            for node in ast.walk(scope):
                if isinstance(node, ast.Attribute) and node.attr.lstrip("_").startswith(
                    ("fit", "partial_fit")
                ):
                    return True
    return False


def _only_calls(steps: Iterable[ast.stmt]) -> dict[str, ast.Call]:
    """For each name that is called with the same arguments everywhere: that call."""
    written: dict[str, dict[str, ast.Call]] = {}
    for step in steps:
        for node in ast.walk(step):
            if isinstance(node, ast.Call) and called_name(node):
                written.setdefault(called_name(node), {})[ast.dump(node)] = node
    return {name: next(iter(calls.values())) for name, calls in written.items() if len(calls) == 1}


def cell_file(number: int) -> str:
    """What a cell is called in tracebacks."""
    return f"{CELL_FILE}{number}>"


def _as_list(value: Any) -> list[ast.AST]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, ast.AST)]
