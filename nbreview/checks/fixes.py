"""Quick fixes for what the checks have found: a missing import, or the name that was meant.

Imports the checks beside it, `notebook`, `review` and below. A fix is a whole new source of the finding's
cell, and it is shown only after the checks have seen the changed notebook: the error is gone and no new one
is there. Where two names are equally near, none is offered.
"""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nbreview.checks import execution, names
from nbreview.checks.aliases import import_of
from nbreview.checks.flow import ALWAYS_BOUND, Miss
from nbreview.checks.names import checked_cells, run_in_thought
from nbreview.checks.runner import run_checks
from nbreview.notebook.bindings import bound_in_scope, cell_binds, cell_imports, parse_cell, position
from nbreview.notebook.model import Cell, Notebook
from nbreview.review.model import Finding

_SAVED_NAME_ERROR = re.compile(r"name '(\w+)' is not defined")
_CODING_OR_COMMENT = re.compile(r"\s*#")


@dataclass(frozen=True, slots=True)
class Fix:
    """A new source for the finding's cell, why it is right in a sentence, and the check that it answers."""

    source: str
    reason: str
    check: str


@dataclass(frozen=True, slots=True)
class _Use:
    """How a cell uses a missing name: attributes asked of it, and whether it is called."""

    attributes: tuple[str, ...]
    called: bool


def fixes_for(notebook: Notebook, finding: Finding) -> tuple[Fix, ...]:
    """Fixes for one finding, best first; empty when none is sure.

    Raises
    ------
    ValueError
        The finding is not about the source that its cell has now.
    """
    cell = notebook.cells[finding.cell_index]
    if cell.digest != finding.source_digest:
        raise ValueError(
            f"the finding is about an older source of cell {finding.cell_index + 1}; run the checks again"
        )
    if finding.exception != "NameError":
        return ()
    run = run_in_thought(notebook, before=cell.index)
    miss = _miss_of(run.misses, finding, cell)
    if miss is None:
        return ()
    fixes: list[Fix] = []
    use = _use(cell, miss.name)
    statement, why = _import_for(notebook, cell, miss.name, use)
    if statement:
        fixes.append(Fix(insert_import(cell.source, statement), why, finding.check))
    elif not miss.via and not miss.deleted and run.bound_before is not None:
        meant = _nearest(notebook, cell, miss.name, use, run.bound_before)
        if meant:
            renamed = _rename(cell.source, miss.name, meant)
            if renamed:
                why = f"“{miss.name}” is bound nowhere; “{meant}” is, and is spelled almost the same."
                fixes.append(Fix(renamed, why, finding.check))
    return tuple(fix for fix in fixes if _holds(notebook, cell, fix, miss, run.misses))


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


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _miss_of(misses: Iterable[Miss], finding: Finding, cell: Cell) -> Miss | None:
    """The missing name that a finding is about; a saved NameError names it, and it must lack a
    binding here too.
    """
    here = [miss for miss in misses if miss.cell_index == cell.index]
    if finding.check == names.CHECK:
        place = (finding.line, finding.column)
        # Two names missing inside one called function share the place of the call: the message tells them
        # apart.
        return next(
            (
                miss
                for miss in here
                if miss.certain
                and (miss.line, miss.column) == place
                and f"name '{miss.name}' is not" in finding.message
            ),
            None,
        )
    if finding.check == execution.CHECK:
        named = {
            match[1] for _, value in names.saved_errors(cell) if (match := _SAVED_NAME_ERROR.search(value))
        }
        return next((miss for miss in here if miss.name in named), None)
    return None


def _use(cell: Cell, name: str) -> _Use:
    tree = parse_cell(cell.source).tree
    attributes: list[str] = []
    called = False
    for node in ast.walk(tree) if tree is not None else ():
        match node:
            case ast.Attribute(value=ast.Name(id=found), attr=attr) if found == name:
                attributes.append(attr)
            case ast.Call(func=ast.Name(id=found)) if found == name:
                called = True
    return _Use(tuple(attributes), called)


def _import_for(notebook: Notebook, cell: Cell, name: str, use: _Use) -> tuple[str, str]:
    """The import that would bind a name, and why: as this notebook does it elsewhere, else as
    everybody does.
    """
    roots: set[str] = set()
    for other in checked_cells(notebook):
        for bound, statement in cell_imports(other.source):
            if bound == name:
                if other.index == cell.index:
                    return "", ""  # imported in this very cell, below its use: to be moved by hand
                return (
                    statement,
                    f"Cell {other.index + 1} imports “{name}” this way; here it is used before that.",
                )
            roots.add(statement.split()[1].partition(".")[0])
    if any(name in cell_binds(other.source) for other in checked_cells(notebook)):
        return "", ""  # the notebook's own variable
    statement = import_of(
        name, roots, attribute=use.attributes[0] if use.attributes else "", called=use.called
    )
    return (
        statement,
        f"“{name}” is not imported anywhere in this notebook; this is how it is usually imported.",
    )


def _nearest(notebook: Notebook, cell: Cell, name: str, use: _Use, bound: frozenset[str]) -> str:
    """The one bound name that was plausibly meant, or ""."""
    if any(name in cell_binds(other.source) for other in checked_cells(notebook)):
        return ""  # spelled right: the cell that binds it stands too low
    modules = {
        bound_name for other in checked_cells(notebook) for bound_name, _ in cell_imports(other.source)
    }
    functions = {
        node.name
        for other in checked_cells(notebook)
        if (tree := parse_cell(other.source).tree) is not None
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    candidates = [other for other in bound if _near(name, other)]
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
    if name == other or name.startswith("_") != other.startswith("_"):
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


def _rename(source: str, name: str, meant: str) -> str:
    """The source with every use of a name renamed, or "" where the cell binds the name itself or a
    use cannot be placed.
    """
    parsed = parse_cell(source)
    if parsed.tree is None or name in bound_in_scope(parsed.tree):
        return ""
    places: list[tuple[int, int]] = []
    lines = source.split("\n")
    for node in ast.walk(parsed.tree):
        if isinstance(node, ast.arg) and node.arg == name:
            return ""
        if not isinstance(node, ast.Name) or node.id != name:
            continue
        if isinstance(node.ctx, ast.Store):
            return ""
        line, column, _ = position(parsed, node)
        if lines[line][column : column + len(name)] != name:
            return ""  # inside an f-string, whose positions Python 3.11 does not tell
        places.append((line, column))
    for line, column in sorted(places, reverse=True):
        lines[line] = lines[line][:column] + meant + lines[line][column + len(name) :]
    return "\n".join(lines)


def _holds(notebook: Notebook, cell: Cell, fix: Fix, miss: Miss, before: Iterable[Miss]) -> bool:
    """Whether, with the fix in place, the error is gone and no finding is new.

    The checks that look at one cell by itself need to see only the changed cell; names are followed through
    the whole notebook again.
    """
    if fix.source == cell.source:
        return False
    # Outputs are those of the old source: a saved error says nothing about the new one.
    changed_cell = replace(cell, source=fix.source, outputs=())
    cells = (*notebook.cells[: cell.index], changed_cell, *notebook.cells[cell.index + 1 :])
    after = run_in_thought(replace(notebook, cells=cells)).misses
    if any((left.cell_index, left.name) == (cell.index, miss.name) for left in after):
        return False
    by_itself = replace(notebook, cells=(replace(changed_cell, index=0),))
    alone = [finding for finding in run_checks(by_itself) if finding.check != names.CHECK]
    return not alone and _certain(after) <= _certain(before)


def _certain(misses: Iterable[Miss]) -> set[tuple[int, str]]:
    return {(miss.cell_index, miss.name) for miss in misses if miss.certain}
