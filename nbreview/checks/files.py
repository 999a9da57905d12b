"""Files that a cell reads and that are not there.

Imports `cells`, `reach`, `surroundings`, `notebook` and below. Looks at the names of files on disk, opens
none. A kernel starts in the notebook's folder (Jupyter's documentation, and VS Code's default), so a
relative path that is written as a literal, or bound once to one, and that nothing there leads to raises
FileNotFoundError: unless something before may have made it. So nothing is said after a shell command, a
call whose name speaks of writing, saving, copying or downloading, a change of the working folder, or an
import of a package that is not well known; nor where the file lies in one of the folders above (some tools
run notebooks from the top of the repository).
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.checks.cells import checked_cells, expected_to_fail
from nbreview.checks.reach import (
    binds_unseen,
    bound_names,
    certain_parts,
    has_turn,
    may_jump,
    truth,
    worth_searching,
)
from nbreview.checks.surroundings import look_around
from nbreview.notebook.bindings import ParsedCell, cell_binds, parse_cell, position
from nbreview.notebook.model import Cell, Notebook
from nbreview.review.model import Evidence, Finding, Verdict
from nbreview.words import said

CHECK = "files"

_READERS: Mapping[str, frozenset[str]] = {
    "pandas": frozenset({"read_csv", "read_excel", "read_fwf", "read_json", "read_parquet", "read_pickle"})
    | {"read_feather", "read_stata", "read_table"},
    "numpy": frozenset({"genfromtxt", "load", "loadtxt"}),
    "matplotlib.pyplot": frozenset({"imread"}),
    "matplotlib.image": frozenset({"imread"}),
    "joblib": frozenset({"load"}),
    "PIL.Image": frozenset({"open"}),
}
"""Functions that document FileNotFoundError for a path, their first argument, that does not exist."""

_MAKES_FILES = re.compile(
    r"^\s*[!%]|%%|(?:save|dump|write|download|retrieve|extract|unzip|untar|upload|export|clone|mount|fetch)"
    r"|\.to_(?:csv|pickle|parquet|json|excel|feather|hdf|sql|stata|html|file)\b|mkdir|makedirs|get_file|getfile"
    r"|\bshutil\b|\bsubprocess\b|\bos\.(?:system|rename|link|symlink|popen)|\burlopen\b|\brequests\b|\bwget\b|\bgdown\b"
    r"|\bkaggle\b|\bcopyfile|\bmode\s*=|['\"](?:[wax][bt]?\+?|r[bt]?\+[bt]?)['\"]\s*\)|chdir|get_ipython|\bexec\(|__import__|\bglob\b|__file__|ftp|boto",
    re.MULTILINE | re.IGNORECASE,
)
_HARMLESS_MAGIC = re.compile(
    r"^\s*%(?:matplotlib|config|autoreload|load_ext|time|timeit|who|whos|precision)\b.*$", re.M
)
_READS = re.compile(r"\b(?:open|read_\w+|genfromtxt|load|loadtxt|imread)\b")
_NAMED_TEXT = re.compile(r"^\s*\w+\s*=\s*[rRuU]?['\"]", re.MULTILINE)
_NO_PLAIN_PATH = re.compile(r"://|[*?\[\]{}$%\n\0]|^[~/\\]|^[A-Za-z]:|^s3:|^$|^\s|\s$")
_FOLDERS_ABOVE = 6


def check_files(
    notebook: Notebook, cancel: CancelToken | None = None, folder: Path | None = None
) -> tuple[Finding, ...]:
    """Findings for literal relative paths that are read and do not exist; nothing without a folder.

    Raises
    ------
    Cancelled
        `cancel` was raised.
    """
    if folder is None:
        return ()
    cells = checked_cells(notebook)
    if not any(_READS.search(cell.source) for cell in cells):
        return ()
    around = look_around(cells, folder)
    if around.searches_elsewhere or not around.are_classes_plain:
        return ()
    constants = _constants(cells)
    modules: dict[str, str] = {}
    findings: list[Finding] = []
    for cell in cells:
        if cancel is not None:
            cancel.check()
        parsed = parse_cell(cell.source)
        text = _HARMLESS_MAGIC.sub("", cell.source)
        makes = _MAKES_FILES.search(text)
        looked = makes is not None or "import" in text or _READS.search(text) is not None
        if looked and parsed.tree is not None and not expected_to_fail(cell):
            last = text.count("\n", 0, makes.start()) if makes else len(text)
            findings += _in_cell(cell, parsed, folder, constants, modules, last)
        if makes or (parsed.tree is None and parsed.plain.python):
            break
    return tuple(findings)


def _in_cell(
    cell: Cell,
    parsed: ParsedCell,
    folder: Path,
    constants: Mapping[str, str],
    modules: dict[str, str],
    last_line: int,
) -> Iterator[Finding]:
    """Findings for one cell, up to the line from which something may make files.

    `modules` grows by what names the cell's imports bind.
    """
    assert parsed.tree is not None
    suspect = worth_searching(parsed.plain.source)
    for statement, certain in _certain_statements(parsed.tree.body):
        if suspect and binds_unseen(statement):
            return
        _note_imports(statement, modules)
        if not certain:
            continue
        for part in certain_parts(statement) if _is_simple(statement) else ():
            if not isinstance(part, ast.Call):
                continue
            path = _path_read(part, modules, constants)
            line, column, end = position(parsed, part)
            if path is None or line >= last_line or _exists(folder, path):
                continue
            yield Finding(
                check=CHECK,
                evidence=Evidence.CERTAIN,
                verdict=Verdict.CRASH,
                cell_index=cell.index,
                source_digest=cell.digest,
                message=said(
                    "FileNotFoundError: No such file or directory: {path}: nothing of that name lies "
                    "beside the notebook, and no cell above makes it.",
                    path=repr(path),
                ),
                cell_id=cell.id,
                exception="FileNotFoundError",
                line=line,
                column=column,
                end_column=end,
            )


def _certain_statements(statements: list[ast.stmt]) -> Iterator[tuple[ast.stmt, bool]]:
    """The simple statements that certainly run, and the others, each with whether it does."""
    certain = True
    for statement in statements:
        yield statement, certain
        if certain:
            yield from _inside(statement)
        certain = certain and not may_jump(statement)


def _inside(statement: ast.stmt) -> Iterator[tuple[ast.stmt, bool]]:
    match statement:
        case ast.If(test=test, body=body, orelse=orelse) if (holds := truth(test)) is not None:
            yield from _certain_statements(body if holds else orelse)
        case ast.For(iter=iterable, body=body) if has_turn(iterable):
            yield from _certain_statements(body)
        case ast.With(
            body=body, items=[ast.withitem(context_expr=ast.Call(func=ast.Name(id="open")) as call)]
        ):
            yield ast.copy_location(ast.Expr(call), call), True
            yield from _certain_statements(body)


def _is_simple(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr)


def _note_imports(statement: ast.stmt, modules: dict[str, str]) -> None:
    for name in bound_names(statement):
        modules.pop(name, None)
    match statement:
        case ast.Import(names=aliases):
            for alias in aliases:
                modules[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        case ast.ImportFrom(module=str(module), level=0, names=aliases):
            for alias in aliases:
                modules[alias.asname or alias.name] = f"{module}.{alias.name}"


def _path_read(call: ast.Call, modules: Mapping[str, str], constants: Mapping[str, str]) -> str | None:
    """The path that a call reads, if it is a reader's and the path is known."""
    if not call.args or not _is_reader(call, modules):
        return None
    match call.args[0]:
        case ast.Constant(value=str(path)):
            pass
        case ast.Name(id=name) if name in constants:
            path = constants[name]
        case _:
            return None
    return None if _NO_PLAIN_PATH.search(path) else path


def _is_reader(call: ast.Call, modules: Mapping[str, str]) -> bool:
    match call.func:
        case ast.Name(id="open") if "open" not in modules:
            mode = call.args[1] if len(call.args) > 1 else None
            mode = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), mode)
            return mode is None or (
                isinstance(mode, ast.Constant)
                and isinstance(mode.value, str)
                and mode.value.strip("tbU") == "r"
            )
        case ast.Name(id=name) if name in modules:
            module, _, function = modules[name].rpartition(".")
            return function in _READERS.get(module, ())
        case ast.Attribute(value=ast.Name(id=name), attr=function) if name in modules:
            return function in _READERS.get(modules[name], ())
    return False


def _constants(cells: tuple[Cell, ...]) -> dict[str, str]:
    """Names that one cell binds, once, to a literal text."""
    found: dict[str, str] = {}
    bound: set[str] = set()
    for cell in cells:
        tree = parse_cell(cell.source).tree
        again = bound & cell_binds(cell.source)
        for name in again:
            found.pop(name, None)
        bound |= cell_binds(cell.source)
        if tree is None or _NAMED_TEXT.search(cell.source) is None:
            continue
        counts: dict[str, int] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                counts[node.id] = counts.get(node.id, 0) + 1
        for statement in tree.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))) if (
                    counts[name] == 1 and name not in again
                ):
                    found[name] = text
    return found


def _exists(folder: Path, path: str) -> bool:
    """Whether a path leads to something from the folder or one above; true where it cannot be told."""
    try:
        return any(
            (above / path).exists() for above in (folder, *list(folder.absolute().parents)[:_FOLDERS_ABOVE])
        )
    except (OSError, ValueError):
        return True
