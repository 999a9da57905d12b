"""What a notebook's outputs and a snapshot say of its values, read together with its assignments.

Imports `fix_facts`, `kernel.model`, `notebook` and below. Nothing is executed.
"""

import ast
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbreview.checks.fix_facts import Facts
from nbreview.checks.fix_known import Known
from nbreview.kernel.model import RuntimeSnapshot
from nbreview.notebook.bindings import parse_cell
from nbreview.notebook.model import Cell, CellType, OutputType

_HEADERS = re.compile(r"<thead.*?>(.*?)</thead>", re.DOTALL | re.IGNORECASE)
_HEADER_ROW = re.compile(r"<tr.*?>(.*?)</tr>", re.DOTALL | re.IGNORECASE)
_HEADER = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL | re.IGNORECASE)
_INFO_LINE = re.compile(r"^ *\d+ {1,}(.+?) {2,}(?:\d+ non-null +)?[\w\[\], ]+$", re.MULTILINE)


class Followed:
    """A notebook that is followed from the top, once, as far as it is asked about. For one thread.

    Parameters
    ----------
    cells:
        The notebook's Python cells, in order.
    snapshot:
        What lives in a kernel right before the cell that is asked about, where that is known.
    folder:
        The notebook's folder, None where there is none.
    """

    def __init__(self, cells: Sequence[Cell], snapshot: RuntimeSnapshot | None, folder: Path | None) -> None:
        self._cells = cells
        self._snapshot = snapshot
        self._folder = folder
        self._position = 0
        self._facts = Facts(folder=folder)

    def before(self, target: Cell, line: int | None) -> Facts:
        """What is known right before a line of a cell (from 0; None: behind its last)."""
        if self._position and self._cells[self._position - 1].index >= target.index:
            self._position, self._facts = 0, Facts(folder=self._folder)
        while self._position < len(self._cells) and self._cells[self._position].index < target.index:
            cell = self._cells[self._position]
            self._position += 1
            tree = parse_cell(cell.source).tree
            if tree is not None and cell.cell_type is CellType.CODE:
                self._facts.follow(tree.body)
                _read_outputs(self._facts, cell, tree)
        facts = self._facts.branch()
        if self._snapshot is not None:
            _read_snapshot(facts, self._snapshot)
        tree = parse_cell(target.source).tree
        if tree is not None:
            facts.follow(tree.body, len(target.source) if line is None else line)
            for node in ast.walk(tree):  # imports count wherever they stand
                if isinstance(node, ast.Import | ast.ImportFrom):
                    facts.follow([node])
        return facts


def _read_snapshot(facts: Facts, snapshot: RuntimeSnapshot) -> None:
    for name, described in snapshot.names.items():
        kind = str(described.get("type") or described.get("kind") or "").rpartition(".")[2].rstrip("'>")
        columns = _column_names(described.get("columns", described.get("keys")))
        if kind:
            cut = bool(described.get("columns_left_out") or described.get("cut"))
            shape = described.get("shape")
            dimensions = len(shape) if isinstance(shape, list | tuple) else None
            facts.names[name] = Known(
                kind, columns or (), columns is not None and not cut, dimensions=dimensions
            )


def _column_names(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, Mapping):
        return tuple(str(name) for name in value)
    if not isinstance(value, list | tuple):
        return None
    names = [part.get("name") if isinstance(part, Mapping) else part for part in value]
    return tuple(name for name in names if isinstance(name, str))


def _read_outputs(facts: Facts, cell: Cell, tree: ast.Module) -> None:
    """Columns that a cell's saved outputs show of the frame that its last line asks for."""
    shown = tree.body[-1].value if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    for output in cell.outputs:
        text = output.data.get("text/plain")
        if output.output_type is OutputType.STREAM and isinstance(text, str):
            for name in _infos(tree):
                _learn(facts, name, tuple(_INFO_LINE.findall(text)[1:]) or _infos_of(text), True)
        if output.output_type is not OutputType.EXECUTE_RESULT or shown is None:
            continue
        name, attribute = _shown_frame(shown)
        page = output.data.get("text/html")
        if name and attribute == "" and isinstance(page, str):
            columns = _html_columns(page)
            _learn(facts, name, tuple(column for column in columns if column != "..."), "..." not in columns)
        elif name and attribute == "columns" and isinstance(text, str):
            _learn(facts, name, *_listed(text))


def _infos(tree: ast.Module) -> list[str]:
    return [
        node.value.func.value.id
        for node in tree.body
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr == "info"
        and isinstance(node.value.func.value, ast.Name)
    ]


def _infos_of(text: str) -> tuple[str, ...]:
    """The columns of `df.info()` of older versions, which do not number them."""
    return tuple(re.findall(r"^(\S.*?) {2,}\d+ non-null", text, re.MULTILINE))


def _learn(facts: Facts, name: str, columns: tuple[str, ...], complete: bool) -> None:
    if not columns:
        return
    known = facts.names.get(name, Known("DataFrame"))
    if known.kind == "DataFrame":
        # A table's HTML may have lost white space that the columns have.
        if known.complete and [*map(str.strip, known.columns)] == [*map(str.strip, columns)]:
            return
        facts.names[name] = replace(known, columns=columns, complete=complete)


def _shown_frame(node: ast.expr) -> tuple[str, str]:
    """The frame that an expression shows, and whether its columns only."""
    match node:
        case ast.Name(id=name):
            return name, ""
        case ast.Call(
            func=ast.Attribute(
                value=ast.Name(id=name), attr="head" | "tail" | "sample" | "copy" | "sort_values" | "dropna"
            )
        ):
            return name, ""
        case ast.Attribute(value=ast.Name(id=name), attr="columns"):
            return name, "columns"
        case ast.Call(
            func=ast.Name(id="list"), args=[ast.Attribute(value=ast.Name(id=name), attr="columns")]
        ):
            return name, "columns"
        case ast.Call(
            func=ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=name), attr="columns"), attr="tolist" | "to_list"
            )
        ):
            return name, "columns"
        case ast.Call(func=ast.Name(id="list"), args=[ast.Name(id=name)]):
            return name, "columns"
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Slice()):
            return name, ""
    return "", ""


def _html_columns(page: str) -> tuple[str, ...]:
    head = _HEADERS.search(page)
    rows = _HEADER_ROW.findall(head[1]) if head else []
    if not rows:
        return ()
    cells = [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in _HEADER.findall(rows[0])]
    if len(rows) > 1 and any(
        html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in _HEADER.findall(rows[1])[1:]
    ):
        return ()  # columns of several levels
    return tuple(cell for number, cell in enumerate(cells) if cell.strip() and number > 0)


def _listed(text: str) -> tuple[tuple[str, ...], bool]:
    """The names in the text of an Index or a list."""
    match = re.match(r"\s*(?:Index\(\s*)?(\[.*\])", text, re.DOTALL)
    if match is None:
        return (), False
    inner = re.sub(r"^\s*\.\.\.\s*$", "", match[1], flags=re.MULTILINE).replace("...,", "")
    try:
        value = ast.literal_eval(inner)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return (), False
    names = tuple(name for name in value if isinstance(name, str))
    return names, "..." not in match[1] and len(names) == len(value)
