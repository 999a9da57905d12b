"""Stage, unstage and revert a cell, and undo the newest of these acts and of the acceptances.

Joins `staging`, `merging` and `decisions`. May run on a worker thread; the caller holds the lock of what
writes. What a person did to the index or the file by such an act is known until the program ends;
acceptances are in the store and outlive it.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.diff.model import CellChange
from nbreview.diff.parts import CellPart
from nbreview.errors import UserError
from nbreview.history.process import git_in
from nbreview.history.staging import Entry, committed_entry, staged_entry
from nbreview.notebook.reader import load_file
from nbreview.review.model import Decision
from nbreview.services import decisions
from nbreview.services.opening import Comparison, Target
from nbreview.services.staging import (
    Reverting,
    Staging,
    revert_part,
    stage_part,
    undo_reverting,
    undo_staging,
    unstage_part,
)
from nbreview.store.database import Store

_MAX_BYTES = 2**30
_KEPT_BYTES = 2**28
"""Contents of files that are kept to take reverts back, in bytes; past it the oldest go. The newest stays."""


class ActKind(StrEnum):
    """What was done with a cell."""

    STAGED = "staged"
    UNSTAGED = "unstaged"
    REVERTED = "reverted"


@dataclass(frozen=True, slots=True)
class CellAct:
    """One act, as `UndoList.undo` takes it back.

    `change` is the cell's as it was shown and `base` the label of what it was shown against. `committed` is
    what HEAD held: what has been committed since is not taken out of the index.
    """

    kind: ActKind
    notebook: Path
    change: CellChange
    base: str
    done: Staging | Reverting
    committed: Entry | None = None


class UndoList:
    """What has been done in this session, notebook by notebook, oldest first. One caller at a time.

    Parameters
    ----------
    store:
        Where acceptances are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._done: dict[Path, list[CellAct | Decision]] = {}

    def stage(self, comparison: Comparison, change: int, cancel: CancelToken | None = None) -> CellAct:
        """Put one cell into the index. `change` counts in the cells of the comparison's diff; errors are
        those of `stage_part`.
        """
        done = stage_part(comparison, CellPart(change), cancel)
        return self._note(ActKind.STAGED, comparison, change, done)

    def unstage(self, comparison: Comparison, change: int, cancel: CancelToken | None = None) -> CellAct:
        """Take one cell out of the index; errors are those of `unstage_part`."""
        done = unstage_part(comparison, CellPart(change), cancel)
        return self._note(ActKind.UNSTAGED, comparison, change, done)

    def revert(self, comparison: Comparison, change: int, cancel: CancelToken | None = None) -> CellAct:
        """Give one cell of the file back to the base; errors are those of `revert_part`."""
        done = revert_part(comparison, CellPart(change), cancel)
        return self._note(ActKind.REVERTED, comparison, change, done)

    def accepted(self, notebook: Path, decision: Decision) -> None:
        """Remember when, among the other acts, a suggestion was accepted."""
        self._done.setdefault(notebook, []).append(decision)

    def undo(self, target: Target, act: CellAct | None = None) -> CellAct | decisions.Undone:
        """Take back one act, of whichever notebook, else the newest act or acceptance in a notebook; what was
        taken back.

        Raises
        ------
        UserError
            There is nothing to undo, or what the act changed has been changed since. Staging that git has
            gone on from is forgotten then, so that what was done before it can be undone.
        """
        done = self._done.setdefault(act.notebook if act is not None else target.notebook, [])
        if act is not None and act not in done:
            raise UserError(
                "This has been taken back already; undo again takes back what was done before it."
            )
        newest = act or self._newest(done, target)
        if isinstance(newest, CellAct):
            if isinstance(newest.done, Staging):
                self._check_staged(newest, newest.done, done)
                undo_staging(newest.done)
            else:
                _put_back(newest.done)
            done.remove(newest)
            return newest
        undone = decisions.undo(self._store, target.notebook)
        if newest is not None and newest.suggestion_id == undone.suggestion.id:
            done.remove(newest)
        return undone

    def _note(self, kind: ActKind, comparison: Comparison, change: int, done: Staging | Reverting) -> CellAct:
        committed = None
        if isinstance(done, Staging):
            committed = committed_entry(git_in(done.repository.root), done.path)
        notebook = comparison.target.notebook
        act = CellAct(kind, notebook, comparison.diff.cells[change], comparison.base.label, done, committed)
        self._done.setdefault(notebook, []).append(act)
        self._forget_oldest(notebook)
        return act

    def _forget_oldest(self, notebook: Path) -> None:
        """Keep memory bounded: a revert holds the whole file twice."""
        done = self._done[notebook]
        held = 0
        for act in reversed(done[:]):
            if isinstance(act, CellAct) and isinstance(act.done, Reverting):
                held += len(act.done.before) + len(act.done.after)
                if held > _KEPT_BYTES and act is not done[-1]:
                    done.remove(act)

    def _newest(self, done: list[CellAct | Decision], target: Target) -> CellAct | Decision | None:
        """The newest act; acceptances that another window took back are forgotten."""
        while done:
            newest = done[-1]
            if isinstance(newest, CellAct):
                return newest
            standing = self._store.last_acceptance(str(target.notebook))
            if standing is not None and standing[1].time >= newest.time:
                return newest
            done.pop()
        return None

    def _check_staged(self, act: CellAct, staging: Staging, done: list[CellAct | Decision]) -> None:
        git = git_in(staging.repository.root)
        if (staged_entry(git, staging.path), committed_entry(git, staging.path)) == (
            staging.after,
            act.committed,
        ):
            return
        done.remove(act)
        raise UserError(
            f"What is staged of {staging.path} was changed or committed since; it was left as it is. Undo "
            "again takes back what was done before."
        )


def _put_back(done: Reverting) -> None:
    """Take a reverted cell back, also when other cells of the file have been edited since."""
    current = load_file(done.path, max_bytes=_MAX_BYTES)
    if current == done.after:
        undo_reverting(done)
        return
    name = done.path.name
    # Here: the program starts without what merges notebooks.
    from nbreview.services.merging import Version, merge_versions

    merged = merge_versions(
        Version(name, done.after), Version(name, current), Version(name, done.before), max_bytes=_MAX_BYTES
    )
    if merged.merged.conflicts:
        raise UserError(
            f"That cell of {name} has changed since; change it back by hand, as undoing would lose that edit."
        )
    undo_reverting(Reverting(done.path, merged.data, current))
