"""Which of several answers to one question is best.

Imports `changes`, `notebook`, `review` and below. Answers that are the same to Python are one (comments and
layout aside: equal syntax trees). The order: what the checks say, whether it runs where that was tried, how
likely the model itself finds it, how little it changes. What the checks say comes from whoever may ask them,
as a `Judge`; this floor may not.
"""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.distance import Indel

from nbreview.assist.changes import CellProposal, apply
from nbreview.notebook.bindings import parse_cell
from nbreview.notebook.model import CellType, Notebook
from nbreview.review.model import CellEdit

_T = TypeVar("_T")
_PYTHON = frozenset({"python", "ipython", "python3"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found about a notebook as an answer would make it.

    `problems` counts the crashes that the checks see in it and did not see before, `solved` those that are
    gone. `runs` says whether a dry run of the changed cell finished, None where none was possible. `sentence`
    is for the card, "" where there is nothing to say.
    """

    problems: int = 0
    solved: int = 0
    runs: bool | None = None
    sentence: str = ""


Judge = Callable[[Notebook, tuple[CellProposal, ...]], Judgement]
"""Looks at a notebook as an answer would make it; the proposals say what was changed."""

NO_JUDGEMENT = Judgement()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What an answer is ranked by. `log_likelihood` is the mean over its tokens, None where it is not known;
    `size` counts the characters that it takes out and puts in.
    """

    proposals: tuple[CellProposal, ...]
    judgement: Judgement = NO_JUDGEMENT
    log_likelihood: float | None = None
    size: int = 0

    @property
    def usable(self) -> int:
        """How many cells' proposals can be offered."""
        return sum(not each.failed for each in self.proposals)


def distinct(
    notebook: Notebook, answers: Sequence[_T], proposals: Callable[[_T], tuple[CellProposal, ...]]
) -> list[_T]:
    """The answers without those that are the same as an earlier one."""
    seen: set[object] = set()
    kept: list[_T] = []
    for answer in answers:
        key = tuple(_key(notebook, each) for each in proposals(answer) if not each.failed)
        if key not in seen:
            seen.add(key)
            kept.append(answer)
    return kept


def order(candidates: Sequence[Candidate]) -> list[int]:
    """The candidates' numbers, best first; what is equally good stays in the order in which it came."""
    known = all(each.log_likelihood is not None for each in candidates)

    def key(number: int) -> tuple[object, ...]:
        each, found = candidates[number], candidates[number].judgement
        return (
            each.usable == 0,
            sum(bool(one.failed) for one in each.proposals),
            found.problems,
            -found.solved,
            found.runs is False,
            found.runs is not True,
            -(each.log_likelihood or 0.0) if known else 0.0,
            each.size,
            number,
        )

    return sorted(range(len(candidates)), key=key)


def weigh(
    notebook: Notebook,
    proposals: tuple[CellProposal, ...],
    log_likelihood: float | None,
    judge: Judge | None,
) -> Candidate:
    """An answer with all that it is ranked by."""
    judgement = NO_JUDGEMENT
    if judge is not None and any(not each.failed for each in proposals):
        judgement = judge(apply(notebook, proposals), proposals)
    return Candidate(proposals, judgement, log_likelihood, sum(_size(notebook, each) for each in proposals))


def _size(notebook: Notebook, proposal: CellProposal) -> int:
    if proposal.failed:
        return 0
    before = "" if proposal.edit is CellEdit.INSERT else notebook.cells[proposal.index].source
    return int(Indel.distance(before, proposal.source))


def _key(notebook: Notebook, proposal: CellProposal) -> tuple[object, ...]:
    return (proposal.edit, proposal.index, proposal.cell_type, _meaning(notebook, proposal))


def _meaning(notebook: Notebook, proposal: CellProposal) -> str:
    """The syntax tree of Python, with its magics; the text of anything else."""
    if proposal.cell_type is CellType.CODE and notebook.language.lower() in _PYTHON:
        parsed = parse_cell(proposal.source)
        if parsed.tree is not None:
            magics = [line.strip() for line in proposal.source.split("\n") if line.lstrip()[:1] in ("%", "!")]
            return "\n".join([ast.dump(parsed.tree), *magics])
    return proposal.source.strip()
