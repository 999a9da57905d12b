"""What a missing name may have been meant to be: an import, a bound name, a name that was renamed.

Imports `aliases`, `flow`, `names`, `execution`, `fix_tree`, `notebook` and below.
"""

import ast
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nbreview.checks import execution, names
from nbreview.checks.fix_tree import concrete_cell
from nbreview.checks.flow import ALWAYS_BOUND, Miss
from nbreview.notebook.bindings import bound_in_scope, parse_cell
from nbreview.notebook.model import Cell
from nbreview.review.model import Finding

_SAVED_NAME_ERROR = re.compile(r"name '(\w+)' is not defined")
_WORD = re.compile(r"[^\W\d]\w*")
_CODING_OR_COMMENT = re.compile(r"\s*#")
_MOST_ADDED = 3  # letters and underscores by which a slip of the pen makes a name longer or shorter


@dataclass(frozen=True, slots=True)
class Use:
    """How a cell uses a missing name: attributes asked of it, and whether it is called."""

    attributes: tuple[str, ...]
    called: bool


def insert_import(source: str, statement: str) -> str:
    """Put an import at the top of a cell: below magics, comments, a docstring and `from __future__`
    imports.
    """
    parsed = parse_cell(source)
    lines = source.split("\n")
    magic_lines = {magic.line for magic in parsed.plain.magics}
    row = 0
    for number, line in enumerate(lines):
        if number in magic_lines or _CODING_OR_COMMENT.match(line) or (row == number and not line.strip()):
            row = number + 1
            continue
        if number - 1 in magic_lines and not parsed.plain.source.split("\n")[number].strip():
            magic_lines.add(number)  # the rest of a magic continued with a backslash
            row = number + 1
            continue
        break
    body = parsed.tree.body if parsed.tree is not None else []
    for index, node in enumerate(body):
        docstring = index == 0 and len(body) > 1 and _is_text(node)
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if docstring or future:
            row = max(row, node.end_lineno or row)
    at = next((line for line in lines if line.strip()), "")
    indent = at[: len(at) - len(at.lstrip())] if parsed.plain.shifts and any(parsed.plain.shifts) else ""
    prompt = ">>> " if at.lstrip().startswith(">>>") else ""
    return "\n".join([*lines[:row], f"{indent}{prompt}{statement}", *lines[row:]])


def insert_line(source: str, line: str) -> str:
    """Put a line at the top of a cell: below cell magics only."""
    lines = source.split("\n")
    row = 0
    while row < len(lines) and (lines[row].startswith("%%") or (row and not lines[row].strip())):
        row += 1
    return "\n".join([*lines[:row], line, *lines[row:]])


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def miss_of(misses: Iterable[Miss], finding: Finding, cell: Cell) -> Miss | None:
    """The missing name that a finding is about; a saved NameError names it, and it must lack a
    binding here too.
    """
    here = [miss for miss in misses if miss.cell_index == cell.index]
    if finding.check == names.CHECK:
        # Two names missing inside one called function share the place of the call.
        place = (names.missing_name(finding), finding.line, finding.column)
        return next(
            (miss for miss in here if miss.certain and (miss.name, miss.line, miss.column) == place), None
        )
    if finding.check == execution.CHECK:
        named = {
            match[1] for _, value in names.saved_errors(cell) if (match := _SAVED_NAME_ERROR.search(value))
        }
        return next((miss for miss in here if miss.name in named), None)
    return None


def use_of(cell: Cell, name: str) -> Use:
    tree = parse_cell(cell.source).tree
    attributes: list[str] = []
    called = False
    for node in ast.walk(tree) if tree is not None else ():
        match node:
            case ast.Attribute(value=ast.Name(id=found), attr=attr) if found == name:
                attributes.append(attr)
            case ast.Call(func=ast.Name(id=found)) if found == name:
                called = True
    return Use(tuple(attributes), called)


def words(source: str) -> list[str]:
    """Every word of a cell: all names that it can bind are among them."""
    return _WORD.findall(source)


def alike(name: str, names: Iterable[str]) -> Iterator[str]:
    """Those names of which a name looks like a slip of the pen."""
    first = (name[0].lower(), name[0].upper())
    # Thousands of names may be bound, and nearly all of them differ at first sight.
    for other in names:
        if other[0] in first and abs(len(other) - len(name)) <= _MOST_ADDED and _near(name, other):
            yield other


def nearest_bound(
    name: str, use: Use, *, bound: Iterable[str], modules: Container[str], functions: Container[str]
) -> str:
    """The one bound name that was plausibly meant, or ""."""
    candidates = list(alike(name, bound))
    if use.called:
        candidates += [
            other
            for other in ALWAYS_BOUND
            if other.islower() and not other.startswith("_") and _near(name, other)
        ]
    if use.attributes and not use.called:
        candidates = [other for other in candidates if other not in functions]
    elif not use.called:
        candidates = [other for other in candidates if other not in modules or other in functions]
    candidates = sorted(set(candidates))
    return candidates[0] if len(candidates) == 1 else ""


def _near(name: str, other: str) -> bool:
    """Whether `name` looks like a slip of the pen for `other`.

    Equal but for case and underscores; or one slip (a letter dropped, doubled, swapped with its neighbour
    or, in a long word, replaced) inside one word of four letters or more, after its first letter. A
    difference in digits, in a plural s, or in a short word (`X_train` and `y_train`, `df1` and `df2`) tells
    variables apart and is no slip.
    """
    if name == other or name[0].lower() != other[0].lower():
        return False
    if name.replace("_", "").lower() == other.replace("_", "").lower():
        return len(name) > 1
    left, right = name.split("_"), other.split("_")
    if len(left) != len(right):
        return False
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(differing) != 1:
        return False
    return _one_slip(*differing[0], shortest=3 if len(left) > 1 else 4)


def _one_slip(word: str, other: str, shortest: int) -> bool:
    from rapidfuzz.distance import OSA

    if min(len(word), len(other)) < shortest or max(len(word), len(other)) < 4 or word[0] != other[0]:
        return False
    if OSA.distance(word, other, score_cutoff=1) != 1:
        return False
    if re.sub(r"\D", "", word) != re.sub(r"\D", "", other):
        return False
    if word.rstrip("s") == other.rstrip("s"):
        return False
    if len(word) != len(other) or sorted(word) == sorted(other):
        return True
    return min(len(word), len(other)) >= 6


def with_name(source: str, name: str, meant: str) -> str:
    """The source with every use of a name renamed, "" where the cell binds it itself or cannot be read."""
    parsed = parse_cell(source)
    if parsed.tree is None or name in bound_in_scope(parsed.tree):
        return ""
    for node in ast.walk(parsed.tree):
        if isinstance(node, ast.arg) and node.arg == name:
            return ""
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            return ""
    tree = concrete_cell(source)
    if tree is None:
        return ""
    import libcst as cst

    changes: dict[Any, Any] = {}
    for used in tree.nodes(cst.Name):
        if used.value == name and not tree.is_label(used):
            changes[used] = _renamed(meant)
    return tree.edited(changes) if changes else ""


def _renamed(name: str) -> Any:
    def edit(node: Any) -> Any:
        return node.with_changes(value=name)

    return edit
