"""Which names a cell uses, and which cell bound a name last: by syntax, nothing is run.

Imports only floors below.
"""

import ast
import re
import warnings
from collections.abc import Iterable, Sequence

from nbreview.kernel.model import Definition

_WORD = re.compile(r"[^\W\d]\w*")
_PAIR = re.compile(r"(?<![\w.])([^\W\d]\w*)\.([^\W\d]\w*)")
_MAGIC = re.compile(r"^(\s*)(?:%%?|!|\?)\S*(.*)$")
_KEEPS = ("%time ", "%timeit ", "%prun ", "%memit ")


def used_names(source: str) -> tuple[list[str], list[tuple[str, str]]]:
    """(names, attributes "a.b" of them as pairs) that a cell reads, in the order in which they stand.

    Where the source cannot be parsed, every word counts.
    """
    tree = parsed(source)
    if tree is None:
        words = list(dict.fromkeys(_WORD.findall(source)))
        return words, list(dict.fromkeys(_PAIR.findall(source)))
    found: list[tuple[int, int, str]] = []
    pairs: list[tuple[int, int, tuple[str, str]]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
            found.append((node.lineno, node.col_offset, node.id))
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            found.append((node.lineno, node.col_offset, node.target.id))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            pairs.append((node.lineno, node.col_offset, (node.value.id, node.attr)))
    names = dict.fromkeys(name for _, _, name in sorted(found))
    return list(names), list(dict.fromkeys(pair for _, _, pair in sorted(pairs)))


def definitions(cells: Iterable[tuple[int, str]], names: Iterable[str]) -> dict[str, Definition]:
    """Where each name was bound last. `cells` are (step, source as IPython ran it), the newest first."""
    missing = set(names)
    found: dict[str, Definition] = {}
    for step, source in cells:
        if not missing:
            break
        for name, line in bindings(source).items():
            if name in missing:
                found[name] = Definition(step, line)
                missing.discard(name)
    return found


def bindings(source: str) -> dict[str, int]:
    """The names that a cell binds at module level, each with the line (from 0) that binds it last."""
    tree = parsed(source)
    found: dict[str, int] = {}
    if tree is not None:
        _bound(tree.body, found)
    return found


def parsed(source: str) -> ast.Module | None:
    """The tree of a cell, magics blanked so that lines keep their numbers; None where it is no Python."""
    for text in (source, without_magics(source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def without_magics(source: str) -> str:
    """A cell with IPython's line magics and shell lines as `pass`; `%time x = 1` keeps its statement."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        magic = _MAGIC.match(line)
        if magic is None:
            lines[number] = re.sub(r"^(\s*[\w, ]+=\s*)[!%].*$", r"\1None", line)
        elif line.lstrip().startswith(_KEEPS):
            lines[number] = magic[1] + magic[2].strip()
        else:
            lines[number] = magic[1] + "pass"
    return "\n".join(lines)


def _bound(body: Sequence[ast.stmt], found: dict[str, int]) -> None:
    for node in body:
        line = node.lineno - 1
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] = line
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name.partition(".")[0]] = line
            continue
        inner = _magic_body(node)
        if inner is not None:
            found.update({name: line + 1 + place for name, place in bindings(inner).items()})
        for part in _expressions(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                found[part.id] = part.lineno - 1
            elif isinstance(part, ast.MatchAs | ast.MatchStar) and part.name:
                found[part.name] = part.lineno - 1
            elif isinstance(part, ast.MatchMapping) and part.rest:
                found[part.rest] = part.lineno - 1
        for field in ("body", "orelse", "handlers", "finalbody", "cases"):
            for child in getattr(node, field, ()):
                _bound(child.body if not isinstance(child, ast.stmt) else [child], found)


def _expressions(node: ast.stmt) -> Iterable[ast.AST]:
    """What a statement evaluates and binds itself, without the statements in it and without inner scopes."""
    waiting: list[ast.AST] = [node]
    while waiting:
        part = waiting.pop()
        yield part
        for child in ast.iter_child_nodes(part):
            if isinstance(child, ast.stmt | ast.Lambda | ast.ExceptHandler):
                continue
            if isinstance(child, ast.comprehension):
                waiting += [child.iter, *child.ifs]
                continue
            if isinstance(child, ast.match_case):
                waiting += [child.pattern, *([child.guard] if child.guard else [])]
                continue
            waiting.append(child)


def _magic_body(node: ast.stmt) -> str | None:
    """The body of a cell magic as IPython writes it: get_ipython().run_cell_magic(name, line, body)."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return None
    call = node.value
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "run_cell_magic" or len(call.args) != 3:
        return None
    name, body = call.args[0], call.args[2]
    known = isinstance(name, ast.Constant) and name.value in ("time", "timeit", "capture", "prun")
    return body.value if known and isinstance(body, ast.Constant) and isinstance(body.value, str) else None
