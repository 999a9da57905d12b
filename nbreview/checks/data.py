"""Columns, rows and keys that are taken away twice, or used after they were taken away.

Imports `cells`, `reach`, `surroundings`, `notebook` and below. Follows the notebook top to bottom and
keeps, for each table, the labels that a statement that certainly ran has taken from it, by what pandas
documents: `drop` removes labels and raises KeyError where one is not there (unless `errors="ignore"`),
`pop` and `del` remove a column and raise KeyError, `set_index` moves a column away (unless `drop=False`),
`rename` gives it another name, and with `inplace=True` these return None. A table is forgotten as soon as
anything may give it columns or rows: it is bound again, stored into, handed to a function that cannot be
seen through, used under another name or in a function, or changed where it is not certain that the
statement runs.

Nothing is said where the notebook uses another library of tables, whose `drop` may do otherwise.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nbreview.cancellation import CancelToken
from nbreview.checks.causes import classify
from nbreview.checks.cells import checked_cells, expected_to_fail
from nbreview.checks.environment import READABLE
from nbreview.checks.reach import binds_unseen, bound_names, certain_parts, may_jump, worth_searching
from nbreview.checks.surroundings import Surroundings, look_around
from nbreview.checks.takings import INPLACE, Label, Taking, constant, labels_of, taking_of
from nbreview.notebook.bindings import (
    ParsedCell,
    child_nodes,
    parse_cell,
    position,
)
from nbreview.notebook.model import Cell, Notebook
from nbreview.review.model import Evidence, Finding, Verdict
from nbreview.words import Said, said

CHECK = "data"

_OTHER_TABLES = frozenset(
    {
        "pyspark",
        "dask",
        "polars",
        "cudf",
        "modin",
        "databricks",
        "vaex",
        "h2o",
        "datatable",
        "xarray",
        "koalas",
    }
)
_ADD_NOTHING = INPLACE - {"rename", "set_index"}
_PRESERVING = frozenset(
    {"astype", "copy", "drop_duplicates", "dropna", "fillna", "head", "query", "sample", "sort_index"}
    | {"sort_values", "tail"}
)
"""Methods that return the same table with no more columns or row labels than it has."""
_MAKE_FRAMES = frozenset({"DataFrame", "read_csv", "read_excel", "read_parquet", "read_table", "read_json"})
_HARMLESS_CALLS = frozenset(
    {"print", "len", "display", "type", "id", "repr", "str", "list", "isinstance", "set"}
)
_ADDING = frozenset(
    {"insert", "reset_index", "update", "setdefault", "append", "extend", "eval", "add", "pipe"}
)
_TAKES = re.compile(r"\b(?:inplace|drop|pop|set_index|rename|del)\b")  # nothing can be gone without one
_NO_INPLACE = (None, False)

_Place = tuple[int, int]  # cell, line


@dataclass(slots=True)
class _Table:
    """What is known of one name: labels taken from the columns and from the rows, and where."""

    is_frame: bool = False
    columns: dict[Label, _Place] = field(default_factory=dict)
    rows: dict[Label, _Place] = field(default_factory=dict)
    none_since: _Place | None = None


def check_data(notebook: Notebook, cancel: CancelToken | None = None) -> tuple[Finding, ...]:
    """Findings for labels that are used after they were certainly taken away.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    cells = checked_cells(notebook)
    if not any(_TAKES.search(cell.source) for cell in cells):
        return ()
    around = look_around(cells)
    run = _Run(around, _used_in_functions(cells))
    for cell in cells:
        if cancel is not None:
            cancel.check()
        if _imports_other_tables(cell):
            break
        run.cell(cell)
        if run.stopped:
            break
    return tuple(run.findings)


def _imports_other_tables(cell: Cell) -> bool:
    return any(f"import {name}" in cell.source or f"from {name}" in cell.source for name in _OTHER_TABLES)


def _used_in_functions(cells: Iterable[Cell]) -> frozenset[str]:
    """Names that occur inside a function or lambda: calling it may do anything to them."""
    found: set[str] = set()
    for cell in cells:
        tree = parse_cell(cell.source).tree
        if tree is None or ("def " not in cell.source and "lambda" not in cell.source):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                own = {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
                found |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} - own
    return frozenset(found)


class _Run:
    """A run of the notebook in thought, for its tables."""

    def __init__(self, around: Surroundings, shared: frozenset[str]) -> None:
        self.tables: dict[str, _Table] = {}
        self.findings: list[Finding] = []
        self.stopped = False
        self._hidden = shared | around.declared_global
        self._packages: set[str] = set()  # names bound by imports of known libraries
        self._cell: Cell | None = None
        self._parsed: ParsedCell | None = None

    def cell(self, cell: Cell) -> None:
        """Follow one cell; nothing is executed."""
        parsed = parse_cell(cell.source)
        if any(magic.binds_unknown for magic in parsed.plain.magics):
            self.stopped = True
            return
        if parsed.tree is None or expected_to_fail(cell) or not parsed.plain.persistent:
            if parsed.plain.python:
                self.tables.clear()
            return
        self._cell, self._parsed = cell, parsed
        suspect = worth_searching(parsed.plain.source)
        certain = True
        for statement in parsed.tree.body:
            if suspect and binds_unseen(statement):
                self.tables.clear()
                self.stopped = not isinstance(statement, ast.ImportFrom)
                if self.stopped:
                    return
            self._statement(statement, certain)
            certain = certain and not may_jump(statement)

    def _statement(self, node: ast.stmt, certain: bool) -> None:
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
            if module.partition(".")[0] in READABLE:
                self._packages |= bound_names(node)
            return
        simple = isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Expr | ast.Delete)
        taking = taking_of(node) if simple and certain else None
        if taking is not None and taking.name in self._hidden:
            taking = None
        if simple and certain and (self.tables or taking is not None):
            self._read(node, taking)
        kept = self.tables.get(_preserved(node)) if certain else None
        for name in _may_change(node, self._packages, taking.name if taking is not None else ""):
            self.tables.pop(name, None)
        if taking is not None:
            self._take(node, taking)
        elif kept is not None:
            self.tables[_preserved(node)] = kept
        elif certain:
            self._make(node)

    def _make(self, node: ast.stmt) -> None:
        """`df = pd.read_csv(...)` and the like bind a DataFrame."""
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=package), attr=attr), keywords=keywords),
            ) if attr in _MAKE_FRAMES and package in ("pd", "pandas") and name not in self._hidden:
                if not {keyword.arg for keyword in keywords} & {"chunksize", "iterator", "sheet_name", "typ"}:
                    self.tables[name] = _Table(is_frame=True)

    def _take(self, node: ast.stmt, taking: Taking) -> None:
        assert self._cell is not None
        place = (self._cell.index, node.lineno - 1)
        table = self.tables.setdefault(taking.name, _Table())
        table.is_frame |= taking.frame
        if taking.inplace and taking.rebinds:
            self.tables[taking.name] = _Table(none_since=place)
            return
        if taking.method == "set_index":
            table.rows.clear()
        for label in taking.renamed:
            table.columns.pop(label, None)
        for label in taking.columns:
            table.columns.setdefault(label, place)
        for label in taking.rows:
            table.rows.setdefault(label, place)

    def _read(self, node: ast.stmt, taking: Taking | None) -> None:
        """Findings for what the statement needs and is certainly gone."""
        for part in certain_parts(node):
            match part:
                case ast.Attribute(value=ast.Name(id=name), attr=attr, ctx=ast.Load()) if (
                    since := self._none_since(name)
                ) is not None and not hasattr(None, attr):
                    message = f"'NoneType' object has no attribute '{attr}'"
                    self._tell(part, "AttributeError", message, _why_none(name, since), since)
                    return
                case ast.Subscript(value=ast.Name(id=name)) if (since := self._none_since(name)) is not None:
                    message = "'NoneType' object is not subscriptable"
                    self._tell(part, "TypeError", message, _why_none(name, since), since)
                    return
                case ast.Subscript(value=ast.Name(id=name), slice=key, ctx=ast.Load()):
                    table = self.tables.get(name)
                    if table is None or not table.is_frame:
                        continue
                    for label in labels_of(key) or ():
                        if label in table.columns and isinstance(label, str):
                            self._tell_gone(part, repr(label), label, table.columns[label])
                            return
        if taking is None or taking.name not in self.tables:
            return
        table = self.tables[taking.name]
        if not taking.must_exist or table.none_since is not None:
            return
        for labels, gone in ((taking.columns, table.columns), (taking.rows, table.rows)):
            missing = [label for label in labels if label in gone]
            if missing:
                told = {
                    "drop": f'"{missing} not found in axis"',
                    "set_index": f'"None of {missing} are in the columns"',
                }.get(taking.method, repr(missing[0]))
                self._tell_gone(node, told, missing[0], gone[missing[0]])
                return

    def _none_since(self, name: str) -> _Place | None:
        table = self.tables.get(name)
        return table.none_since if table is not None else None

    def _tell_gone(self, node: ast.AST, told: str, label: Label, place: _Place) -> None:
        assert self._cell is not None
        line = place[1] + 1
        if place[0] == self._cell.index:
            why = said("{label} was taken away above in this cell, line {line}", label=repr(label), line=line)
        else:
            cell = place[0] + 1
            why = said(
                "{label} was taken away by cell {cell}, line {line}", label=repr(label), cell=cell, line=line
            )
        self._tell(node, "KeyError", told, why, place)

    def _tell(self, node: ast.AST, exception: str, message: str, why: Said, place: _Place) -> None:
        assert self._cell is not None and self._parsed is not None
        line, column, end = position(self._parsed, node)
        self.findings.append(
            Finding(
                check=CHECK,
                evidence=Evidence.CERTAIN,
                verdict=Verdict.CRASH,
                cell_index=self._cell.index,
                source_digest=self._cell.digest,
                message=said("{error}: {why}.", error=f"{exception}: {message}", why=why),
                cell_id=self._cell.id,
                exception=exception,
                line=line,
                column=column,
                end_column=end,
                origin_index=place[0] if place[0] != self._cell.index else None,
                cause=classify(exception, message, "pandas", self._cell.source),
            )
        )


def _why_none(name: str, place: _Place) -> Said:
    return said(
        "with inplace=True pandas returns None, which {name} was bound to (cell {cell}, line {line})",
        name=name,
        cell=place[0] + 1,
        line=place[1] + 1,
    )


def _may_change(node: ast.stmt, packages: set[str], taken_from: str) -> Iterator[str]:
    """The names whose tables a statement may give columns or rows, or hand on under another name."""
    for name in bound_names(node):
        if name != taken_from:
            yield name
    skipped = taken_from
    stack: list[tuple[ast.AST, bool]] = [(node, False)]
    while stack:
        current, safe = stack.pop()
        match current:
            case ast.Name(id=name):
                if not safe and name != skipped:
                    yield name
                continue
            case ast.Expr(value=ast.Name()):
                continue  # shown
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                root = _root(current)
                if root and root != skipped:
                    yield root
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name) as owner, attr=method) as function):
                if name != skipped and _changes(method, current.keywords):
                    yield name
                known = name in packages
                stack += [(owner, True)]
                stack += [(part, known) for part in child_nodes(current) if part is not function]
                continue
            case ast.Call(func=ast.Name(id=name)):
                known = name in _HARMLESS_CALLS or name in packages
                stack += [(part, known) for part in child_nodes(current)]
                continue
            case ast.Attribute(value=ast.Name()):
                continue
            case ast.Subscript(value=ast.Name(), slice=key):
                stack.append((key, True))
                continue
            case ast.Compare() | ast.BinOp() | ast.UnaryOp() | ast.FormattedValue():
                stack += [(part, True) for part in child_nodes(current)]
                continue
            case ast.List() | ast.Tuple() | ast.Dict() | ast.keyword():
                stack += [(part, safe) for part in child_nodes(current)]
                continue
        stack += [(part, False) for part in child_nodes(current)]


def _changes(method: str, keywords: Sequence[ast.keyword]) -> bool:
    """Whether a method may give its table columns or rows."""
    if method in _ADDING:
        return True
    given = {keyword.arg: keyword.value for keyword in keywords}
    if constant(given.get("inplace"), False) in _NO_INPLACE:
        return False
    return method not in _ADD_NOTHING or "ignore_index" in given or None in given


def _preserved(node: ast.stmt) -> str:
    """The name in `df = df.dropna()` and the like, which give a table nothing back; "" for the rest."""
    match node:
        case ast.Assign(
            targets=[ast.Name(id=bound)],
            value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method), keywords=keywords),
        ) if bound == name and method in _PRESERVING:
            given = {keyword.arg for keyword in keywords}
            return "" if given & {"ignore_index", "inplace", None} else name
    return ""


def _root(node: ast.AST) -> str:
    """The name that a chain of attributes, items and calls begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""
