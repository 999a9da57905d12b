"""Fixes without a model, for what checks, runs and saved outputs have found.

Imports the checks beside it, `kernel.model`, `notebook`, `review` and below. A fix is a whole new source of a
cell, edited as a concrete syntax tree, so that everything else stays as written; a cell that LibCST cannot
read gets none. It is shown only after it has been looked at: the error is gone and no new one is there. The
static checks always look; a `Verify` given from above (a stand-in run, a dry run) has the last word.

A notebook has many findings and is not followed from the top for each: a `Mender` goes through it once, and
a fix is followed through its own cell. More names bound above a cell mean fewer names missing in it, so
that the cells below need to be followed again only where the changed cell leaves less than before, or where
a cell that was thought to crash would now get as far as its `del` (see `_leaves_as_much`).
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from nbreview.cancellation import CancelToken
from nbreview.checks import (
    execution,
    fix_apis,
    fix_arrays,
    fix_bound,
    fix_calls,
    fix_classes,
    fix_conversions,
    fix_estimators,
    fix_frames,
    fix_keywords,
    fix_labels,
    fix_layers,
    fix_methods,
    fix_modules,
    fix_reading,
    fix_values,
    fix_written,
    names,
)
from nbreview.checks.aliases import import_of
from nbreview.checks.cells import index_names
from nbreview.checks.fix_case import STATICALLY, Candidate, Case, Fix, Signatures, Trouble, trouble_of
from nbreview.checks.fix_effort import Effort
from nbreview.checks.fix_evidence import Followed
from nbreview.checks.fix_names import (
    Use,
    insert_import,
    miss_of,
    nearest_bound,
    use_of,
    with_name,
)
from nbreview.checks.fix_syntax import repair
from nbreview.checks.fix_tree import concrete_cell
from nbreview.checks.flow import Flow, Miss
from nbreview.checks.syntax import check_syntax
from nbreview.kernel.model import RuntimeSnapshot
from nbreview.notebook.bindings import FunctionNode
from nbreview.notebook.model import Cell, Notebook
from nbreview.review.model import Evidence, Finding
from nbreview.words import said

Rule = Callable[[Case], Iterator[Candidate]]

RULES: tuple[Rule, ...] = (
    *fix_apis.RULES,
    *fix_methods.RULES,
    *fix_keywords.RULES,
    *fix_reading.RULES,
    *fix_frames.RULES,
    *fix_labels.RULES,
    *fix_estimators.RULES,
    *fix_layers.RULES,
    *fix_values.RULES,
    *fix_conversions.RULES,
    *fix_bound.RULES,
    *fix_arrays.RULES,
    *fix_calls.RULES,
    *fix_written.RULES,
    *fix_classes.RULES,
    *fix_modules.RULES,
)
"""Every rule, surest first. The first that has an answer is asked alone; its answers are equally good."""

_NOT_COMPILED = frozenset({"SyntaxError", "IndentationError", "TabError"})


class Verify(Protocol):
    """A rung of the ladder that can see whether a fix holds, such as a stand-in run."""

    def __call__(self, changed: Notebook, finding: Finding, cell_index: int) -> str | None:
        """Say what has seen that the finding's error is gone from the changed notebook and none is new.

        None where the error is still there, or another came. `cell_index` is the cell that was changed. A
        rung that cannot tell gives back "".
        """


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

    Parameters
    ----------
    snapshot:
        What lives in a kernel right before the finding's cell, where that is known.
    folder:
        The notebook's folder: the head lines of CSV files in it are read.
    renames:
        Says which names the history renamed in this notebook, old to new; asked at most once, and only when a
        name is missing.
    imported_as:
        How the repository imports a name elsewhere, as a statement, or "".
    environment:
        What the notebook's environment says of its libraries.
    verify:
        A rung of the ladder that looks at each fix after the static checks have.
    """

    def __init__(
        self,
        notebook: Notebook,
        cancel: CancelToken | None = None,
        snapshot: RuntimeSnapshot | None = None,
        *,
        folder: Path | None = None,
        renames: Callable[[], Mapping[str, str]] | None = None,
        imported_as: Callable[[str], str] | None = None,
        environment: Signatures | None = None,
        verify: Verify | None = None,
    ) -> None:
        self._notebook = notebook
        self._cancel = cancel
        self._renames = renames
        self._renamed_names: Mapping[str, str] | None = None
        self._imported_as = imported_as
        self._environment = environment
        self._verify = verify
        self._index = index_names(notebook, cancel)
        self._checked = frozenset(cell.index for cell in self._index.cells)
        self._followed = Followed(self._index.cells, snapshot, folder)
        self._position = 0  # in the index's cells: how many of them `_flow` has followed
        self._flow = names.start(notebook)
        self._whole: tuple[Miss, ...] | None = None
        self._misses_of: dict[int, list[Miss]] = {}
        self._effort = Effort(self._index)

    def fixes_for(self, finding: Finding, *, elsewhere: bool = False) -> tuple[Fix, ...]:
        """As the function of this name.

        With `elsewhere`, also fixes that change another cell than the finding's: `Fix.cell_index` says which.
        """
        cell = self._notebook.cells[finding.cell_index]
        if cell.digest != finding.source_digest:
            raise ValueError(
                f"the finding is about an older source of cell {cell.index + 1}; run the checks again"
            )
        if finding.evidence not in (Evidence.CERTAIN, Evidence.OBSERVED) or not finding.exception:
            return ()
        if finding.check == execution.CHECK and "changed since" in finding.message:
            return ()  # what raised is no longer there
        if finding.exception in _NOT_COMPILED:
            fixes = self._for_syntax(cell, finding)
        elif finding.exception == "NameError":
            trouble = trouble_of(finding, self._notebook)
            fixes = self._for_name(cell, finding) or self._for_crash(cell, finding, trouble, elsewhere)
        else:
            fixes = self._for_crash(cell, finding, trouble_of(finding, self._notebook), elsewhere)
        return self._verified(fixes, finding)

    def _verified(self, fixes: Iterable[Fix], finding: Finding) -> tuple[Fix, ...]:
        """Those that the rung above lets through, too."""
        kept: list[Fix] = []
        for fix in fixes:
            seen: str | None = ""
            if self._verify is not None:
                self._check_cancelled()
                where = finding.cell_index if fix.cell_index is None else fix.cell_index
                seen = self._verify(self._changed(where, fix.source), finding, where)
            if seen is not None:
                kept.append(replace(fix, verified_by=seen or STATICALLY))
        return tuple(kept)

    def _changed(self, where: int, source: str) -> Notebook:
        """The notebook with one cell's source changed. Its outputs are those of the old one, and go."""
        cells = list(self._notebook.cells)
        cells[where] = replace(cells[where], source=source, outputs=())
        return replace(self._notebook, cells=tuple(cells))

    def _for_name(self, cell: Cell, finding: Finding) -> tuple[Fix, ...]:
        if not self._go_to(cell):
            return ()
        miss = miss_of(self._missing_in(cell), finding, cell)
        if miss is None:
            return ()
        use = use_of(cell, miss.name)
        fix = (
            self._renamed(cell, miss, finding.check)
            or self._import(cell, miss, use, finding.check)
            or self._rename(cell, miss, use, finding.check)
        )
        return (fix,) if fix is not None and self._holds(cell, fix, miss) else ()

    def _for_syntax(self, cell: Cell, finding: Finding) -> tuple[Fix, ...]:
        """The cell so that it compiles, where how is certain; what it then runs into is looked at too."""
        if not self._effort.may_read():
            return ()
        found = repair(cell.source, trouble_of(finding, self._notebook).message)
        if found is None or not self._is_sound(cell, Candidate(found.source, found.reason, "syntax")):
            return ()
        return (Fix(found.source, found.reason, finding.check, rule="syntax"),)

    def _for_crash(self, cell: Cell, finding: Finding, trouble: Trouble, elsewhere: bool) -> tuple[Fix, ...]:
        """Ask the rules, in their order, until one has an answer that holds."""
        if cell.index not in self._checked:
            return ()
        if finding.exception == "NameError" and not self._effort.may_answer(cell, trouble):
            return ()
        if not self._effort.may_read():
            return ()
        tree = concrete_cell(cell.source)
        if tree is None:
            return ()
        first = trouble.line
        if first is not None:
            statement = tree.statement_at(first)
            first = tree.lines(statement)[0] if statement is not None else first
        facts = self._followed.before(cell, first)
        case = Case(
            cell,
            trouble.exception,
            trouble.message,
            trouble.line,
            tree,
            facts,
            self._index,
            self._index.cells,
            self._environment,
        )
        for rule in RULES:
            self._check_cancelled()
            found: dict[tuple[int | None, str], Fix] = {}
            for candidate in rule(case):
                if candidate.cell_index is not None and not elsewhere:
                    continue
                if self._is_sound(cell, candidate):
                    found[candidate.cell_index, candidate.source] = Fix(
                        candidate.source,
                        candidate.reason,
                        finding.check,
                        candidate.rank,
                        candidate.cell_index,
                        rule=candidate.rule,
                    )
            if found:
                return tuple(sorted(found.values(), key=lambda fix: fix.rank))
        return ()

    def _is_sound(self, cell: Cell, candidate: Candidate) -> bool:
        """Whether the static checks find nothing in the changed notebook that was not there."""
        where = cell if candidate.cell_index is None else self._notebook.cells[candidate.cell_index]
        if not candidate.source or candidate.source == where.source:
            return False
        changed = replace(where, source=candidate.source, outputs=())
        if check_syntax(replace(self._notebook, cells=(changed,))):
            return False
        if self._is_behind(where) and not self._effort.may_follow(where.index):
            return False
        self._go_to(where)
        before, after = self._flow.branch(), self._flow.branch()
        names.follow(before, where, self._index)
        names.follow(after, changed, self._index)
        if not _certain(after.misses) <= _certain(before.misses):
            return False
        return self._leaves_as_much(where, before, after) or self._rest_holds(where, after)

    def _go_to(self, cell: Cell) -> bool:
        """Follow the notebook up to a cell; say whether anything can be said about it."""
        cells = self._index.cells
        if self._is_behind(cell):
            self._position, self._flow = 0, names.start(self._notebook)
        while self._position < len(cells) and cells[self._position].index < cell.index:
            self._check_cancelled()
            names.follow(self._flow, cells[self._position], self._index)
            self._position += 1
        here = self._position < len(cells) and cells[self._position].index == cell.index
        return here and not self._flow.anything and not self._flow.stopped

    def _is_behind(self, cell: Cell) -> bool:
        """Whether a cell has been followed already, so that the notebook is to be followed from the top."""
        return bool(self._position) and self._index.cells[self._position - 1].index >= cell.index

    def _import(self, cell: Cell, miss: Miss, use: Use, check: str) -> Fix | None:
        """The import that would bind a name: as this notebook does it elsewhere, else as everybody does."""
        name = miss.name
        if name in self._index.imports:
            where, statement = self._index.imports[name][0]
            if any(index == cell.index for index, _ in self._index.imports[name]):
                return None  # imported in this very cell, below its use: to be moved by hand
            why = said(
                "Cell {cell} imports “{name}” this way; here it is used before that.",
                cell=where + 1,
                name=name,
            )
        elif name in self._index.binds:
            return None  # the notebook's own variable
        else:
            attribute = use.attributes[0] if use.attributes else ""
            statement = self._imported_as(name) if self._imported_as is not None else ""
            why = said("Other notebooks of this repository import “{name}” this way.", name=name)
            if not statement:
                statement = import_of(name, self._index.packages, attribute=attribute, called=use.called)
                why = said(
                    "“{name}” is not imported anywhere in this notebook; this is how it is usually imported.",
                    name=name,
                )
        if not statement:
            return None
        return Fix(insert_import(cell.source, statement), why, check, rule="missing import")

    def _renamed(self, cell: Cell, miss: Miss, check: str) -> Fix | None:
        """The name that the history says this one was renamed to, where it may be bound here."""
        if self._renames is None or miss.name in self._index.binds or miss.via:
            return None
        if self._renamed_names is None:
            self._renamed_names = self._renames()
        meant = self._renamed_names.get(miss.name, "")
        if not meant or not self._effort.may_read():
            return None
        here = self._flow.branch(watched=miss.name)
        names.follow(here, cell, self._index)
        if here.bound_at_watched is None or meant not in here.bound_at_watched:
            return None
        source = with_name(cell.source, miss.name, meant)
        why = said(
            "“{name}” was renamed to “{meant}” in this notebook's history.", name=miss.name, meant=meant
        )
        return Fix(source, why, check, rule="renamed name") if source else None

    def _rename(self, cell: Cell, miss: Miss, use: Use, check: str) -> Fix | None:
        """The name that was meant, where one that may be bound at this place is spelled almost the same."""
        if miss.name in self._index.binds:
            return None  # spelled right: the cell that binds it stands too low
        if miss.via or miss.deleted:
            return None
        if not self._effort.may_be_slip(cell, miss.name) or not self._effort.may_read():
            return None
        here = self._flow.branch(watched=miss.name)
        names.follow(here, cell, self._index)
        if here.bound_at_watched is None or here.anything:
            return None
        meant = nearest_bound(
            miss.name,
            use,
            bound=here.bound_at_watched,
            modules=self._index.imports.keys(),
            functions=self._index.functions,
        )
        renamed = with_name(cell.source, miss.name, meant) if meant else ""
        why = said(
            "“{name}” is bound nowhere; “{meant}” is, and is spelled almost the same.",
            name=miss.name,
            meant=meant,
        )
        return Fix(renamed, why, check, rule="nearest name") if renamed else None

    def _holds(self, cell: Cell, fix: Fix, miss: Miss) -> bool:
        """Whether, with the fix in place, the error is gone and no certain finding is new."""
        if fix.source == cell.source:
            return False
        # Outputs are those of the old source: a saved error says nothing about the new one.
        changed = replace(cell, source=fix.source, outputs=())
        if check_syntax(replace(self._notebook, cells=(changed,))):
            return False
        before, after = self._flow.branch(), self._flow.branch()
        names.follow(after, changed, self._index)
        if any(left.name == miss.name for left in after.misses):
            return False
        names.follow(before, cell, self._index)
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
        if not self._effort.may_follow(len(self._index.cells) - self._position):
            return False
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
            for miss in self._whole:
                self._misses_of.setdefault(miss.cell_index, []).append(miss)
        return self._whole

    def _missing_in(self, cell: Cell) -> list[Miss]:
        """The misses of one cell of the notebook as it is."""
        self._misses()
        return self._misses_of.get(cell.index, [])

    def _check_cancelled(self) -> None:
        if self._cancel is not None:
            self._cancel.check()


def _same(function: FunctionNode, other: FunctionNode) -> bool:
    return function is other or ast.dump(function) == ast.dump(other)


def _certain(misses: Iterable[Miss]) -> set[tuple[int, str]]:
    return {(miss.cell_index, miss.name) for miss in misses if miss.certain}
