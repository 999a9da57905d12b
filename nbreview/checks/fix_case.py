"""A crash as the rules of fixes see it, what they answer, and how near two spellings are.

Imports the checks below it, `notebook`, `review` and below.
"""

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from nbreview.checks import execution
from nbreview.checks.cells import NameIndex
from nbreview.checks.fix_facts import Facts
from nbreview.checks.fix_known import Known
from nbreview.checks.fix_tree import ConcreteCell, concrete_cell
from nbreview.notebook.ansi import strip
from nbreview.notebook.model import Cell, Notebook, OutputType
from nbreview.review.model import Finding
from nbreview.words import said

STATICALLY = said("static checks")

_NAMED = re.compile(r"^[\w.]*(?:Error|Exception|Warning|StopIteration)\w*: ")
_WHEN = re.compile(r"(?:, when this cell was last run.*|; it has been changed since\.)$", re.DOTALL)
_SEPARATORS = re.compile(r"[\s_\-.]+")


class Signatures(Protocol):
    """What an environment says of its libraries; `checks.environment.Environment` is one."""

    def signature(self, target: str) -> list[list[list[Any]]] | None:
        """Signatures of a function or class, as rows of name, kind and whether there is a default."""

    def has_attribute(self, target: str, name: str) -> bool | None:
        """Whether a module or class has an attribute; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A new source for one cell, why it is right in a sentence, and the check that it answers.

    Fixes of one finding with equal `rank` are equally good: choices of one card; 0 is best. `cell_index` is
    the cell to change where that is not the finding's own. `verified_by` says what has seen that the error is
    gone and none is new. `rule` names the kind of fix.
    """

    source: str
    reason: str
    check: str
    rank: int = 0
    cell_index: int | None = None
    verified_by: str = STATICALLY
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a rule proposes. `cell_index`: None for the finding's own cell."""

    source: str
    reason: str
    rule: str
    rank: int = 0
    cell_index: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One crash. `line` counts from 0 in the cell, None where it is not known.

    `cells` are the Python cells of the notebook; `facts` are what is known right before the line.
    """

    cell: Cell
    exception: str
    message: str
    line: int | None
    tree: ConcreteCell
    facts: Facts
    index: NameIndex
    cells: tuple[Cell, ...]
    environment: Signatures | None = None

    def said(self, pattern: str) -> re.Match[str] | None:
        """Whether the message has this in it."""
        return re.search(pattern, self.message)

    def known(self, node: Any) -> Known | None:
        """What is known of the value of a concrete expression."""
        try:
            return self.facts.describe(ast.parse(self.tree.text(node).strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError):
            return None

    def trees(
        self, *words: str, any_of: Collection[str] | None = None
    ) -> Iterator[tuple[ConcreteCell, int | None]]:
        """This cell, then those above it that can be read, nearest first, each with its index (None for this
        one): where something is to be changed.

        Parameters
        ----------
        words, any_of:
            What is looked for cannot be where one of `words`, or each of `any_of`, is not written. A cell is
            read into a tree in milliseconds, and a notebook has thousands of cells.
        """
        yield self.tree, None
        for cell in reversed(self.above()):
            source = cell.source
            if not all(word in source for word in words):
                continue
            if any_of is not None and not any(word in source for word in any_of):
                continue
            tree = concrete_cell(source)
            if tree is not None:
                yield tree, cell.index

    def above(self) -> tuple[Cell, ...]:
        """The Python cells above this one."""
        return self.cells[: bisect_left(self.cells, self.cell.index, key=_index)]

    def below(self) -> tuple[Cell, ...]:
        """The Python cells below this one."""
        return self.cells[bisect_right(self.cells, self.cell.index, key=_index) :]

    def at_line(self, kind: type[Any]) -> list[Any]:
        """The concrete nodes of one kind in the statement that raised."""
        return self.tree.at(self.line, kind)


def _index(cell: Cell) -> int:
    return cell.index


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a finding says of a crash: exception, message (all its lines) and line."""

    exception: str
    message: str
    line: int | None


def trouble_of(finding: Finding, notebook: Notebook) -> Trouble:
    """The crash that a finding tells of.

    The message is that of the exception itself: of the finding's cause, of the output that the cell holds,
    or of the finding's own words.
    """
    cell = notebook.cells[finding.cell_index]
    exception = finding.exception
    errors = [
        strip(output.evalue).strip("\n")
        for output in cell.outputs
        if output.output_type is OutputType.ERROR and output.ename == exception
    ]
    for saved in reversed(errors):
        if finding.check == execution.CHECK or saved.split("\n")[0].rstrip(".") in finding.message:
            return Trouble(exception, saved, finding.line)
    if finding.cause is not None and finding.cause.message:
        return Trouble(exception, finding.cause.message, finding.line)
    return Trouble(exception, _NAMED.sub("", _WHEN.sub("", finding.message)), finding.line)


def all_of(parts: Sequence[str]) -> str:
    """Phrases as one: a, b and c are "a and b and c"."""
    whole = parts[0]
    for part in parts[1:]:
        whole = said("{before} and {part}", before=whole, part=part)
    return whole


def meant_pairs(meant: Mapping[str, str]) -> str:
    """What was written and what was meant, for a reason."""
    return all_of([said("“{name}” is “{meant}”", name=name, meant=other) for name, other in meant.items()])


def plain_form(name: str) -> str:
    """A name without case, white space, underscores, hyphens and dots."""
    return _SEPARATORS.sub("", name).casefold()


def nearest(name: str, choices: Iterable[str], *, slips: bool = True) -> str:
    """The one choice that was plausibly meant, "" where there is none or more than one.

    Equal but for case, white space and separators first; then one slip of the pen (two in a name of eight
    letters or more), the digits being the same: `score_1` is not `score_2`.
    """
    others = [other for other in dict.fromkeys(choices) if other != name]
    alike = [other for other in others if plain_form(other) == plain_form(name)]
    if alike or not slips:
        return alike[0] if len(alike) == 1 else ""
    from rapidfuzz.distance import OSA

    plain = plain_form(name)
    if len(plain) < 4:
        return ""
    best: list[str] = []
    limit = 2 if len(plain) >= 8 else 1
    for other in others:
        form = plain_form(other)
        if len(form) < 4 or re.sub(r"\D", "", form) != re.sub(r"\D", "", plain) or form[0] != plain[0]:
            continue
        distance = OSA.distance(plain, form, score_cutoff=limit)
        if distance < limit:
            limit, best = distance, [other]
        elif distance == limit:
            best.append(other)
    return best[0] if len(best) == 1 else ""


def one_of(table: Mapping[str, Collection[str]], name: str) -> Collection[str]:
    """The entry of a table for a name or, failing that, for its last part."""
    return table.get(name) or table.get(name.rpartition(".")[2], ())
