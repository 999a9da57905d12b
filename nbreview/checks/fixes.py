"""Quick fixes for what the checks have found: a missing import, or the name that was meant.

Imports the checks beside it, `notebook`, `review` and below. A fix is a whole new source of the finding's
cell, and it is shown only after the checks have seen the changed notebook: the error is gone and no new one
is there. Where two names are equally near, none is offered.

A notebook has many findings and is not followed from the top for each: a `Mender` goes through it once, and
a fix is followed through its own cell. More names bound above a cell mean fewer names missing in it, so
that the cells below need to be followed again only where the changed cell leaves less than before, or where
a cell that was thought to crash would now get as far as its `del` (see `_leaves_as_much`).
"""

import ast
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from nbreview.cancellation import CancelToken
from nbreview.checks import execution, names
from nbreview.checks.aliases import import_of
from nbreview.checks.cells import index_names
from nbreview.checks.flow import ALWAYS_BOUND, Flow, Miss
from nbreview.checks.syntax import check_syntax
from nbreview.notebook.bindings import FunctionNode, bound_in_scope, parse_cell, position
from nbreview.notebook.model import Cell, Notebook
from nbreview.review.model import Finding

_SAVED_NAME_ERROR = re.compile(r"name '(\w+)' is not defined")
_CODING_OR_COMMENT = re.compile(r"\s*#")
_MOST_ADDED = 3  # letters and underscores by which a slip of the pen makes a name longer or shorter


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


def fixes_for(notebook: Notebook, finding: Finding, cancel: CancelToken | None = None) -> tuple[Fix, ...]:
    """Fixes for one finding, best first; empty when none is sure. For many findings, keep a `Mender`.

    Raises
    ------
    ValueError
        The finding is not about the source that its cell has now.
    Cancelled
        `cancel` was raised.
    """
    return Mender(notebook, cancel).fixes_for(finding)


class Mender:
    """Finds fixes for the findings of one notebook. Quickest when asked in the order of the cells, as
    `run_checks` gives them. For one thread.
    """

    def __init__(self, notebook: Notebook, cancel: CancelToken | None = None) -> None:
        self._notebook = notebook
        self._cancel = cancel
        self._index = index_names(notebook, cancel)
        self._position = 0  # in the index's cells: how many of them `_flow` has followed
        self._flow = names.start(notebook)
        self._whole: tuple[Miss, ...] | None = None

    def fixes_for(self, finding: Finding) -> tuple[Fix, ...]:
        """As the function of this name."""
        cell = self._notebook.cells[finding.cell_index]
        if cell.digest != finding.source_digest:
            raise ValueError(
                f"the finding is about an older source of cell {cell.index + 1}; run the checks again"
            )
        if finding.exception != "NameError" or not self._go_to(cell):
            return ()
        before = self._flow.branch()
        names.follow(before, cell, self._index)
        miss = _miss_of(before.misses, finding, cell)
        if miss is None:
            return ()
        use = _use(cell, miss.name)
        fix = self._import(cell, miss, use, finding.check) or self._rename(cell, miss, use, finding.check)
        return (fix,) if fix is not None and self._holds(cell, fix, miss, before) else ()

    def _go_to(self, cell: Cell) -> bool:
        """Follow the notebook up to a cell; say whether anything can be said about it."""
        cells = self._index.cells
        if self._position and cells[self._position - 1].index >= cell.index:
            self._position, self._flow = 0, names.start(self._notebook)
        while self._position < len(cells) and cells[self._position].index < cell.index:
            self._check_cancelled()
            names.follow(self._flow, cells[self._position], self._index)
            self._position += 1
        here = self._position < len(cells) and cells[self._position].index == cell.index
        return here and not self._flow.anything and not self._flow.stopped

    def _import(self, cell: Cell, miss: Miss, use: _Use, check: str) -> Fix | None:
        """The import that would bind a name: as this notebook does it elsewhere, else as everybody does."""
        name = miss.name
        if name in self._index.imports:
            where, statement = self._index.imports[name][0]
            if any(index == cell.index for index, _ in self._index.imports[name]):
                return None  # imported in this very cell, below its use: to be moved by hand
            why = f"Cell {where + 1} imports “{name}” this way; here it is used before that."
        elif name in self._index.binds:
            return None  # the notebook's own variable
        else:
            attribute = use.attributes[0] if use.attributes else ""
            statement = import_of(name, self._index.packages, attribute=attribute, called=use.called)
            why = f"“{name}” is not imported anywhere in this notebook; this is how it is usually imported."
        return Fix(insert_import(cell.source, statement), why, check) if statement else None

    def _rename(self, cell: Cell, miss: Miss, use: _Use, check: str) -> Fix | None:
        """The name that was meant, where one that may be bound at this place is spelled almost the same."""
        if miss.name in self._index.binds:
            return None  # spelled right: the cell that binds it stands too low
        if miss.via or miss.deleted:
            return None
        here = self._flow.branch(watched=miss.name)
        names.follow(here, cell, self._index)
        if here.bound_at_watched is None or here.anything:
            return None
        meant = _nearest(
            miss.name,
            use,
            bound=here.bound_at_watched,
            modules=self._index.imports.keys(),
            functions=self._index.functions,
        )
        renamed = _with_name(cell.source, miss.name, meant) if meant else ""
        why = f"“{miss.name}” is bound nowhere; “{meant}” is, and is spelled almost the same."
        return Fix(renamed, why, check) if renamed else None

    def _holds(self, cell: Cell, fix: Fix, miss: Miss, before: Flow) -> bool:
        """Whether, with the fix in place, the error is gone and no certain finding is new."""
        if fix.source == cell.source:
            return False
        # Outputs are those of the old source: a saved error says nothing about the new one.
        changed = replace(cell, source=fix.source, outputs=())
        if check_syntax(replace(self._notebook, cells=(changed,))):
            return False
        after = self._flow.branch()
        names.follow(after, changed, self._index)
        if any(left.name == miss.name for left in after.misses):
            return False
        if not _certain(after.misses) <= _certain(before.misses):
            return False
        return self._leaves_as_much(cell, before, after) or self._rest_holds(cell, after)

    def _leaves_as_much(self, cell: Cell, before: Flow, after: Flow) -> bool:
        """Whether a changed cell cannot have made a finding in the cells below it.

        What follows reads the state only to ask whether a name is bound, which functions it can follow into
        and which names the notebook defines itself. With the same functions and definitions, and every name
        bound that was, all misses below were there before. One thing turns it round: a cell with a certain
        miss is taken to crash before its `del`, so that a mended one deletes.
        """
        if (after.anything, after.stopped, after.annotations, after.defined) != (
            before.anything,
            before.stopped,
            before.annotations,
            before.defined,
        ):
            return False
        if not after.bound >= before.bound or after.functions.keys() != before.functions.keys():
            return False
        if not all(_same(after.functions[name], before.functions[name]) for name in before.functions):
            return False
        deleting = {index for index in self._index.deleting if index > cell.index}
        return not deleting or deleting.isdisjoint(miss.cell_index for miss in self._misses())

    def _rest_holds(self, cell: Cell, after: Flow) -> bool:
        """Follow the cells below a changed one: whether no certain finding is new."""
        rest = after.branch()
        for below in self._index.cells[self._position + 1 :]:
            self._check_cancelled()
            names.follow(rest, below, self._index)
        return _certain(rest.misses) <= _certain(self._misses())

    def _misses(self) -> tuple[Miss, ...]:
        """Every miss of the notebook as it is."""
        if self._whole is None:
            flow = self._flow.branch()
            for cell in self._index.cells[self._position :]:
                self._check_cancelled()
                names.follow(flow, cell, self._index)
            self._whole = (*self._flow.misses, *flow.misses)
        return self._whole

    def _check_cancelled(self) -> None:
        if self._cancel is not None:
            self._cancel.check()


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


def _nearest(
    name: str, use: _Use, *, bound: Iterable[str], modules: Container[str], functions: Container[str]
) -> str:
    """The one bound name that was plausibly meant, or ""."""
    first = (name[0].lower(), name[0].upper())
    # Thousands of names may be bound, and nearly all of them differ at first sight.
    alike = [other for other in bound if other[0] in first and abs(len(other) - len(name)) <= _MOST_ADDED]
    candidates = [other for other in alike if _near(name, other)]
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


def _with_name(source: str, name: str, meant: str) -> str:
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


def _same(function: FunctionNode, other: FunctionNode) -> bool:
    return function is other or ast.dump(function) == ast.dump(other)


def _certain(misses: Iterable[Miss]) -> set[tuple[int, str]]:
    return {(miss.cell_index, miss.name) for miss in misses if miss.certain}
