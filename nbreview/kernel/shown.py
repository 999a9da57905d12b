"""What a notebook's saved outputs say of its values, for stand-ins where no kernel can be asked.

Imports `model`, `shown_outputs`, `standin_source` and floors below. Nothing is executed.

An output is evidence of the state right behind the statement that displayed it. From the statement that gave
a name its value, or changed it in place, to the next one that does, the name has one *version*; what the
outputs in between say of it is put together, and what contradicts itself is dropped. Outputs count only of
cells that ran in the order of the document, by their execution counts: a cell that was run again later, or
never, makes everything that came from it uncertain.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbreview.kernel.model import Shown
from nbreview.kernel.shown_outputs import displayed
from nbreview.kernel.shown_text import ARRAY, FRAME, Facts
from nbreview.kernel.standin_source import (
    bound_names,
    deleted_names,
    loaded_names,
    own_nodes,
    parse,
    root_name,
    stored_roots,
)
from nbreview.notebook.model import Cell, OutputType

_LEAVING = {
    "head", "tail", "sample", "copy", "info", "describe", "plot", "hist", "boxplot", "value_counts",
    "corr", "cov", "isnull", "isna", "notnull", "notna", "nunique", "unique", "groupby", "sum", "mean",
    "median", "mode", "std", "var", "min", "max", "count", "quantile", "cumsum", "pct_change", "diff",
    "shift", "summary", "score", "predict", "predict_proba", "transform", "decision_function",
    "evaluate", "get_params", "to_csv", "to_excel", "to_numpy", "to_dict", "tolist", "to_list",
    "to_string", "items", "keys", "values", "get", "query", "dropna", "fillna", "drop", "sort_values",
    "sort_index", "reset_index", "set_index", "rename", "astype", "replace", "drop_duplicates", "agg",
    "aggregate", "apply", "map", "applymap", "pivot", "pivot_table", "melt", "merge", "join",
    "corrwith", "nlargest", "nsmallest", "memory_usage", "duplicated", "shape", "eval", "parameters",
    "state_dict", "show", "savefig", "index", "round", "clip", "iterrows", "itertuples", "style",
    "assign",
}  # fmt: skip
"""Methods that leave the length, the columns and the types of their object as they are."""
_GIVING = {
    **{f"pandas.read_{form}": FRAME for form in ("csv", "table", "excel", "parquet", "json", "sql")},
    **{f"numpy.{name}": ARRAY for name in ("load", "loadtxt", "genfromtxt", "fromfile")},
}
"""What pandas and NumPy document to be returned. An array has a shape; what `load` gives of an archive of
several has none to be displayed.
"""
_GIVING_OTHERS = frozenset(("chunksize", "iterator", "typ", "sheet_name", "squeeze"))
_PURE = {
    "print", "display", "len", "type", "repr", "str", "list", "tuple", "set", "dict", "sorted", "sum",
    "min", "max", "isinstance", "range", "enumerate", "zip", "id", "round", "abs", "any", "all", "int",
    "float", "bool", "help", "iter", "next", "map", "filter",
}  # fmt: skip


def what_outputs_show(cells: Sequence[Cell], before: int) -> tuple[Shown, ...]:
    """What the saved outputs of the code cells above a cell say, in the order of the document.

    Parameters
    ----------
    cells:
        All code cells of the notebook that are not blank, in order: those below tell what ran out of order.
    before:
        How many of them are above the cell that is asked about. `Shown.step` counts among these.
    """
    if not any(cell.outputs for cell in cells[:before]):
        return ()
    late = _out_of_order(cells)
    parsed = [_statements(cell.source) for cell in cells[:before]]
    reader = _Reader(_functions(parsed), _modules(parsed))
    for step, (cell, statements) in enumerate(zip(cells, parsed, strict=False)):
        if statements is None:
            continue
        told = {} if late[step] or _failed(cell) else displayed(cell, statements)
        for place, statement in enumerate(statements):
            reader.follow(step, place, statement, late[step])
            for name, facts in told.get(place, ()):
                reader.learn(name, facts, step, place)
    return reader.found()


def _statements(source: str) -> list[ast.stmt] | None:
    try:
        return parse(source, "<cell>")
    except SyntaxError:
        return None


def _out_of_order(cells: Sequence[Cell]) -> list[bool]:
    """Which cells did not run, or ran after one that stands below them."""
    found, least = [], float("inf")
    for cell in reversed(cells):
        count = cell.execution_count
        found.append(count is None or count > least)
        least = min(least, count) if count is not None else least
    return found[::-1]


def _failed(cell: Cell) -> bool:
    return any(output.output_type is OutputType.ERROR for output in cell.outputs)


# --- versions -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Version:
    """A name's value from the statement that made or changed it on, and what outputs say of it."""

    name: str
    step: int
    statement: int
    facts: Facts = field(default_factory=dict)
    told_by: list[int] = field(default_factory=list)
    broken: bool = False  # two outputs contradict each other
    made: str = ""  # the class that the call which made it is documented to return


class _Reader:
    """Follows the statements in order and keeps the current version of each name."""

    def __init__(self, functions: Mapping[str, set[str]], modules: Mapping[str, str]) -> None:
        self._functions = functions
        self._modules = modules
        self._versions: list[_Version] = []
        self._current: dict[str, _Version] = {}
        self._alike: dict[str, set[str]] = {}  # names that may stand for one object, or parts of one
        self._unsure: set[str] = set()

    def follow(self, step: int, place: int, statement: ast.stmt, late: bool) -> None:
        """Begin new versions of what a statement binds or changes."""
        if isinstance(statement, ast.Import | ast.ImportFrom):
            return
        bound = {*bound_names(statement), *deleted_names(statement)}
        changed = self._changed(statement)
        for name in list(changed):
            changed |= self._alike.get(name, set())
        unsure = late or bool(loaded_names(statement) & self._unsure)
        for name in bound:
            for others in self._alike.values():
                others.discard(name)
            self._alike.pop(name, None)
        self._join(statement)
        made = self._made(statement)
        for name in sorted(bound | changed):
            self._versions.append(_Version(name, step, place, made=made if name in bound else ""))
            self._current[name] = self._versions[-1]
            if unsure:
                self._unsure.add(name)
            elif name in bound and name not in changed:
                self._unsure.discard(name)

    def learn(self, name: str, facts: Facts, step: int, place: int) -> None:
        """Put what an output says of a name to its current version."""
        if name in self._unsure or not facts:
            return
        version = self._current.get(name)
        if version is None:  # bound where no statement shows it: it is there from here on
            version = self._current[name] = _Version(name, step, place)
            self._versions.append(version)
        version.broken = version.broken or not _merged(version.facts, facts)
        if step not in version.told_by:
            version.told_by.append(step)

    def found(self) -> tuple[Shown, ...]:
        """The versions of which something was displayed."""
        return tuple(
            Shown(one.step, one.statement, one.name, _described(one), tuple(one.told_by))
            for one in self._versions
            if one.facts and not one.broken
        )

    def _made(self, statement: ast.stmt) -> str:
        """The class of what a call of a library gives, for the calls in `_GIVING` whose result is bound as it
        is.
        """
        match statement:
            case ast.Assign(
                targets=[ast.Name()],
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name), keywords=words),
            ):
                given = _GIVING.get(f"{self._modules.get(module, '')}.{name}", "")
                return "" if any(word.arg in _GIVING_OTHERS for word in words) else given
        return ""

    def _changed(self, statement: ast.stmt) -> set[str]:
        """The names whose objects a statement may change in place: in length, columns or types."""
        found: set[str] = set()
        loops: dict[str, set[str]] = {}
        for node in own_nodes(statement):
            if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
                found.add(root_name(node))
            elif isinstance(node, ast.AugAssign):
                found.add(root_name(node.target))
            elif isinstance(node, ast.Call):
                found |= self._changed_by_call(node)
            elif isinstance(node, ast.For):
                names = {part.id for part in ast.walk(node.iter) if isinstance(part, ast.Name)}
                for part in ast.walk(node.target):
                    if isinstance(part, ast.Name):
                        loops[part.id] = names
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                call = node.value
                if isinstance(call.func, ast.Attribute) and call.func.attr not in _LEAVING:
                    found.add(root_name(call.func))
        for name in list(found):
            found |= loops.get(name, set())
        return found - self._modules.keys() - {""}

    def _changed_by_call(self, call: ast.Call) -> set[str]:
        if isinstance(call.func, ast.Attribute):
            inplace = any(
                word.arg == "inplace" and not (isinstance(word.value, ast.Constant) and not word.value.value)
                for word in call.keywords
            )
            mutating = call.func.attr in ("append", "extend", "insert", "pop", "remove", "update", "clear")
            return {root_name(call.func)} if inplace or mutating else set()
        if not isinstance(call.func, ast.Name) or call.func.id in _PURE or call.func.id in self._modules:
            return set()
        values = [*call.args, *(word.value for word in call.keywords)]
        given = {part.id for value in values for part in ast.walk(value) if isinstance(part, ast.Name)}
        return given | self._functions.get(call.func.id, set())

    def _join(self, statement: ast.stmt) -> None:
        """Remember that `b = a`, `b = a.values` and `b = a[…]` may share one object."""
        if not isinstance(statement, ast.Assign) or not isinstance(
            statement.value, ast.Name | ast.Attribute | ast.Subscript
        ):
            return
        source = root_name(statement.value)
        for target in statement.targets:
            if isinstance(target, ast.Name) and source and source != target.id:
                group = {source, target.id} | self._alike.get(source, set())
                for name in group:
                    self._alike[name] = self._alike.get(name, set()) | group - {name}


def _described(version: _Version) -> Facts:
    """The facts as a snapshot has them, whose keys are texts: other labels are written as `$repr`."""
    facts = version.facts
    if version.made and not facts.get("type") and "class_name" not in facts:
        facts = {**facts, "type": version.made}
    columns = facts.get("per_column")
    if columns is None:
        return facts
    return {**facts, "per_column": {_key(name): info for name, info in columns.items()}}


def _key(name: Any) -> str:
    return name if isinstance(name, str) and not name.startswith("$") else f"${name!r}"


def _functions(parsed: Iterable[Sequence[ast.stmt] | None]) -> dict[str, set[str]]:
    """For each function of the notebook, the outer names that calling it may change."""
    found: dict[str, set[str]] = {}
    for statements in parsed:
        for statement in statements or ():
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                names = {
                    name
                    for node in ast.walk(statement)
                    if isinstance(node, ast.Global)
                    for name in node.names
                }
                for part in statement.body:
                    names.update(stored_roots(part))
                found[statement.name] = found.get(statement.name, set()) | names
    return found


def _modules(parsed: Iterable[Sequence[ast.stmt] | None]) -> dict[str, str]:
    """Names of imported modules, with what they stand for, and of what is imported from them (with "")."""
    found: dict[str, str] = {}
    for statements in parsed:
        for statement in statements or ():
            for node in ast.walk(statement):
                if isinstance(node, ast.Import):
                    found |= {(one.asname or one.name.split(".")[0]): one.name for one in node.names}
                elif isinstance(node, ast.ImportFrom):
                    found |= dict.fromkeys(bound_names(node), "")
    return found


def _merged(known: Facts, told: Facts) -> bool:
    """Put facts to those known; false where they contradict each other."""
    for key, value in told.items():
        before = known.get(key)
        if key == "per_column":
            columns = known.setdefault(key, {})
            for name, info in value.items():
                columns[name] = {**info, **columns.get(name, {})}
        elif key == "shape" and before is not None:
            if len(before) != len(value):
                return False
            pairs = list(zip(before, value, strict=True))
            if any(None not in pair and pair[0] != pair[1] for pair in pairs):
                return False
            known[key] = [one if one is not None else other for one, other in pairs]
        elif before in (None, ""):
            known[key] = value
        elif key in ("type", "columns", "length", "dtype") and value not in ("", before):
            if key == "columns" and [str(name).strip() for name in before] == [
                str(name).strip() for name in value
            ]:
                continue  # a table's HTML may have lost white space that the columns have
            return False
    columns, shape = known.get("columns"), known.get("shape")
    return not (columns is not None and shape is not None and shape[1:] not in ([None], [len(columns)]))
