"""What a person wants of a notebook, and of which cells: an instruction, a commit message, a finding, an
error output, or only that it be better.

Joins `assist`, `history` and what is open. Changes no state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from nbreview.assist.context import saved_error
from nbreview.assist.edits import Task
from nbreview.assist.shown import Extra
from nbreview.errors import UserError
from nbreview.history.process import GitError, git_in
from nbreview.notebook.model import Notebook
from nbreview.review.model import Evidence, Finding, Verdict
from nbreview.services.opening import Target
from nbreview.words import said

_LONGEST_TRACE = 1_500
_RANKS = {Evidence.CERTAIN: 0, Evidence.OBSERVED: 1, Evidence.LIKELY: 2}


class WishKind(StrEnum):
    """What a wish is made of."""

    INSTRUCTION = "instruction"
    COMMIT = "commit"
    FINDING = "finding"
    ERROR = "error"
    IMPROVE = "improve"


_SECTIONS = {WishKind.COMMIT: "commit", WishKind.FINDING: "finding", WishKind.ERROR: "raised"}


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cells of the head may change, by index; None: all of the notebook, and cells may come and go."""

    cells: tuple[int, ...] | None

    @classmethod
    def of(cls, *cells: int) -> "Scope":
        """These cells."""
        return cls(tuple(sorted(set(cells))))

    @property
    def single(self) -> int | None:
        """The only cell, where it is one."""
        return self.cells[0] if self.cells is not None and len(self.cells) == 1 else None

    def first(self, wish: "Wish", notebook: Notebook) -> int:
        """The cell that an answer stands at which is about none in particular."""
        named = [index for index in wish.cells if index < len(notebook.cells)]
        return named[0] if named and self.cells is None else self.cells[0] if self.cells else 0


WHOLE = Scope(None)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted. `text` is the instruction, the message or the finding, "" to improve; `cells` are those
    that it is about. `reads`: the model first reads what the task needs of the repository, by itself.
    """

    kind: WishKind
    text: str = ""
    cells: tuple[int, ...] = ()
    reads: bool = False

    @classmethod
    def of(cls, instruction: str, *, reads: bool = False) -> "Wish":
        """An instruction; without words, to improve."""
        words = instruction.strip()
        return cls(WishKind.INSTRUCTION, words, reads=reads) if words else cls(WishKind.IMPROVE)

    @property
    def task(self) -> Task:
        """As the model is asked for it."""
        if not self.text.strip() or self.kind is WishKind.IMPROVE:
            return Task("improve", cells=self.cells)
        return Task(_SECTIONS.get(self.kind, "instruction"), self.text.strip(), self.cells)

    @property
    def instruction(self) -> str:
        """As it is kept with a suggestion: words that could be asked again."""
        first = self.text.strip().split("\n", 1)[0]
        if self.kind in (WishKind.FINDING, WishKind.ERROR) and first:
            return f"Mend this: {first}"
        return "" if self.kind is WishKind.IMPROVE else self.text.strip()


def wish_of_finding(notebook: Notebook, finding: Finding) -> Wish:
    """To mend what a finding says: its message, the exception, where the bad value came from, and the way to
    the crash.
    """
    what = finding.message.strip()
    if finding.exception and finding.exception not in what:
        what = f"{finding.exception}: {what}"
    lines = [f"{what} (cell {finding.cell_index + 1})"]
    if finding.line is not None and finding.cell_index < len(notebook.cells):
        source = notebook.cells[finding.cell_index].source.split("\n")
        if finding.line < len(source):
            lines.append(f"Line {finding.line + 1}: {source[finding.line].strip()}")
    cells = [finding.cell_index]
    origin = finding.origin_index
    if origin is not None and origin != finding.cell_index and 0 <= origin < len(notebook.cells):
        lines.append(f"The value that it fails on comes from cell {origin + 1}.")
        cells.append(origin)
    if finding.trace.strip():
        lines.append(finding.trace.strip()[-_LONGEST_TRACE:])
    return Wish(WishKind.FINDING, "\n".join(lines), tuple(cells))


def scope_of_finding(notebook: Notebook, finding: Finding) -> Scope:
    """The cell of a finding, and with it the cell that the bad value came from."""
    origin = finding.origin_index
    known = origin is not None and 0 <= origin < len(notebook.cells)
    return Scope.of(finding.cell_index, *([origin] if known and origin is not None else []))


def wish_of_error(notebook: Notebook, cells: Iterable[int] | None = None) -> Wish:
    """To mend the error that the last run of a cell, or the first such cell of the notebook, ended in.

    Raises
    ------
    UserError
        No cell holds an error.
    """
    every = range(len(notebook.cells)) if cells is None else sorted(cells)
    failed = [index for index in every if saved_error(notebook.cells[index])]
    if not failed:
        if cells is not None and len(every) == 1:
            raise UserError(
                said(
                    "Cell {number} does not hold an error output; run the notebook and save it, or say in "
                    "words what to change.",
                    number=every[0] + 1,
                )
            )
        raise UserError(
            said(
                "No cell holds an error output; run the notebook and save it, or say in words what to change."
            )
        )
    error = notebook.cells[failed[0]].outputs
    last = [output for output in error if output.ename][-1:]
    name = f"{last[0].ename}: {last[0].evalue}" if last else saved_error(notebook.cells[failed[0]])
    return Wish(WishKind.ERROR, f"{name.strip()} (cell {failed[0] + 1})", tuple(failed))


def wish_of_commit(target: Target, revision: str) -> Wish:
    """To make of the notebook what the message of a commit says.

    Raises
    ------
    UserError
        The notebook is in no repository, or there is no such commit.
    """
    if target.repository is None:
        raise UserError(
            said("{name} is in no git repository; say in words what to change.", name=target.notebook.name)
        )
    git = git_in(target.repository.root)
    try:
        if revision.startswith("-"):
            raise GitError("not a revision")
        message = git.run("show", "-s", "--format=%B", f"{revision}^{{commit}}").decode("utf-8", "replace")
    except GitError as error:
        root = target.repository.root
        raise UserError(
            said(
                "There is no commit “{revision}” in {root}; “git log” there lists those that exist.",
                revision=revision,
                root=root,
            )
        ) from error
    if not message.strip():
        raise UserError(
            said("The commit {revision} has no message; say in words what to change.", revision=revision)
        )
    return Wish(WishKind.COMMIT, message.strip())


def told_findings(findings: Iterable[Finding], notebook: Notebook, scope: Scope) -> tuple[Extra, ...]:
    """What was found about the cells of a scope, the surest first, as lines for the model."""
    wanted = None if scope.cells is None else set(scope.cells)
    told = [
        each
        for each in findings
        if each.message
        and each.evidence in _RANKS
        and each.verdict is not Verdict.NO_CRASH_FOUND
        and each.cell_index < len(notebook.cells)
        and (wanted is None or each.cell_index in wanted)
    ]
    told.sort(key=lambda each: (_RANKS[each.evidence], each.cell_index))
    lines = dict.fromkeys(
        f"- Cell {each.cell_index + 1}: {each.message} ({each.evidence.value})" for each in told
    )
    return tuple(Extra(line[2:62], line) for line in lines)
