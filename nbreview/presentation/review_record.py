"""A whole review as frozen values: what an exported page, or a text for a pull request, is made from.

Imports `review`, `diff` and below. Words here are English, as in everything that is exported.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from nbreview.diff.model import ChangeKind, NotebookDiff
from nbreview.presentation.hunks import plural
from nbreview.presentation.labels import SIGNS
from nbreview.presentation.outline import cell_title, shown_cell
from nbreview.review.model import CellEdit, Decision, Evidence, Finding, Suggestion
from nbreview.review.threads import Thread

COUNTED = (ChangeKind.MODIFIED, ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED)


@dataclass(frozen=True, slots=True)
class Decided:
    """A suggestion and what the person decided about it last."""

    suggestion: Suggestion
    decision: Decision


@dataclass(frozen=True, slots=True)
class ReviewedNotebook:
    """One notebook of a review: what was compared, and all that was said, found, decided and viewed.

    `viewed` are the changes that are ticked, as indices into the diff's cells. `new` are those of the
    findings that the base lacks.
    """

    name: str
    base_label: str
    head_label: str
    diff: NotebookDiff
    threads: tuple[Thread, ...] = ()
    findings: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    decided: tuple[Decided, ...] = ()
    viewed: frozenset[int] = frozenset()

    @property
    def changed(self) -> tuple[int, ...]:
        """The changes that there are to view."""
        cells = enumerate(self.diff.cells)
        return tuple(place for place, change in cells if change.kind is not ChangeKind.UNCHANGED)

    def threads_at(self, change: int) -> tuple[Thread, ...]:
        """The threads of one cell."""
        return tuple(thread for thread in self.threads if thread.change == change)

    @property
    def lost(self) -> tuple[Thread, ...]:
        """The threads whose cell is gone."""
        return tuple(thread for thread in self.threads if thread.change is None)


def facts(notebook: ReviewedNotebook) -> tuple[str, ...]:
    """The review in numbers: changes, views, comments, findings, decisions; what is none is left out but for
    the changes.
    """
    counts = notebook.diff.counts()
    kinds = [f"{SIGNS[kind]} {counts[kind]:,} {kind.value}" for kind in COUNTED if counts[kind]]
    told = ["  ".join(kinds) or "no cell changed"]
    changed = notebook.changed
    if changed:
        told.append(f"{len(notebook.viewed & set(changed))} of {plural(len(changed), 'changed cell')} viewed")
    if notebook.threads:
        opened = sum(thread.open for thread in notebook.threads)
        told.append(f"{plural(len(notebook.threads), 'comment')}, {opened} open")
    if notebook.findings:
        told.append(plural(len(notebook.findings), "finding"))
    if notebook.decided:
        told.append(plural(len(notebook.decided), "decision"))
    return tuple(told)


def place_words(diff: NotebookDiff, thread: Thread) -> str:
    """Where a thread stands: "Cell 3, line 12", or that its cell is gone."""
    comment = thread.comment
    if thread.change is None:
        line = f"line {comment.line + 1} of " if comment.line is not None else ""
        return f"Was on {line}a cell that is gone"
    at = diff.cells[thread.change]
    index = at.head_index if thread.head else at.base_index
    number = (index if index is not None else shown_cell(diff, at).index) + 1
    words = f"Cell {number}" if thread.line is None else f"Cell {number}, line {thread.line + 1}"
    if not thread.head and at.head_index is not None:
        words += " of the base"
    if thread.line_lost:
        return f"{words}, on a line that is gone"
    return f"{words}, edited since" if thread.edited else words


def cell_words(diff: NotebookDiff, index: int) -> str:
    """The name of a cell of the head: its number and first words."""
    cells = diff.head.cells
    return f"Cell {cell_title(cells[index])}" if 0 <= index < len(cells) else f"Cell {index + 1}"


def evidence_words(finding: Finding) -> str:
    """How a finding is known: "certain", "observed", "likely 73 %"."""
    if finding.evidence is Evidence.LIKELY and finding.probability is not None:
        return f"{finding.evidence.value} {finding.probability * 100:.0f} %"
    return finding.evidence.value


def decision_words(decided: Decided) -> tuple[str, str, str]:
    """Of a decision: what was proposed, by whom, and what became of it."""
    suggestion = decided.suggestion
    what = {CellEdit.INSERT: "a new cell", CellEdit.REMOVE: "to remove the cell"}.get(
        suggestion.edit, "an edit"
    )
    origin = suggestion.origin
    by = origin.model_name if origin.maker == "model" else f"rule “{origin.maker.removeprefix('rule:')}”"
    said = decided.decision.kind.value
    if decided.decision.comment:
        said += f": {decided.decision.comment}"
    reason = f"{what}: {suggestion.reason}" if suggestion.reason else what
    return reason, by, said


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings from the top of the notebook to its end."""
    return tuple(sorted(findings, key=lambda each: (each.cell_index, each.line or 0, each.column or 0)))


def day(seconds: float) -> str:
    """A time as a date and hour of this place."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
