"""Stage, unstage and revert a cell, and undo the newest of these acts and of the acceptances.

Joins `staging`, `merging`, `decisions` and the store. May run on a worker thread; the caller holds the lock
of what writes. What was done is in the store, and can be taken back after the program was closed; where the
store could not take it, it is known until then.
"""

from pathlib import Path

from nbreview.cancellation import CancelToken
from nbreview.diff.parts import CellPart
from nbreview.errors import UserError
from nbreview.history.process import git_in
from nbreview.history.staging import committed_entry, staged_entry
from nbreview.notebook.reader import load_file
from nbreview.review.model import new_id, now
from nbreview.services import decisions
from nbreview.services.acts import ActKind, CellAct
from nbreview.services.editing import edit_source
from nbreview.services.kept_acts import kept, restored
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
from nbreview.words import said

_MAX_BYTES = 2**30


class UndoList:
    """What has been done with cells, notebook by notebook. One caller at a time.

    Parameters
    ----------
    store:
        Where acceptances and acts are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unkept: list[CellAct] = []  # what the store could not take, oldest first

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

    def edit(
        self, comparison: Comparison, change: int, source: str, cancel: CancelToken | None = None
    ) -> CellAct:
        """Write another source into one cell of the file; errors are those of `edit_source`."""
        done = edit_source(comparison, change, source, cancel)
        return self._note(ActKind.EDITED, comparison, change, done)

    def undo(self, target: Target, act: CellAct | None = None) -> CellAct | decisions.Undone:
        """Take back one act, of whichever notebook, else the newest act or acceptance in a notebook; what was
        taken back.

        Raises
        ------
        UserError
            There is nothing to undo, or what the act changed has been changed since. Staging that git has
            gone on from is forgotten then, so that what was done before it can be undone.
        """
        known = self._known(act.notebook if act is not None else target.notebook)
        if act is not None and all(one.id != act.id for one in known):
            raise UserError(
                said("This has been taken back already; undo again takes back what was done before it.")
            )
        newest = act or (known[-1] if known else None)
        accepted = self._store.last_acceptance(str(target.notebook)) if act is None else None
        if newest is None or (accepted is not None and accepted[1].time >= newest.time):
            return decisions.undo(self._store, target.notebook)
        if isinstance(newest.done, Staging):
            self._check_staged(newest, newest.done)
            undo_staging(newest.done)
        else:
            _put_back(newest.done)
        self._forget(newest)
        return newest

    def newest_time(self, target: Target) -> float:
        """When the newest act or acceptance that can be taken back was done; 0 where there is none."""
        acts, accepted = self._known(target.notebook), self._store.last_acceptance(str(target.notebook))
        return max(acts[-1].time if acts else 0.0, accepted[1].time if accepted is not None else 0.0)

    def _note(self, kind: ActKind, comparison: Comparison, change: int, done: Staging | Reverting) -> CellAct:
        committed = None
        if isinstance(done, Staging):
            committed = committed_entry(git_in(done.repository.root), done.path)
        notebook, what = comparison.target.notebook, comparison.diff.cells[change]
        act = CellAct(kind, notebook, what, comparison.base.label, done, committed, new_id(), now())
        try:
            self._store.put_cell_act(kept(act))
        except UserError:  # it is done: it can be taken back while the program runs
            self._unkept.append(act)
        return act

    def _known(self, notebook: Path) -> list[CellAct]:
        """What can be taken back in a notebook, oldest first: of this window, of others and of before."""
        found = [restored(one) for one in self._store.cell_acts(str(notebook))]
        acts = [one for one in found if one is not None]
        acts += [one for one in self._unkept if one.notebook == notebook]
        return sorted(acts, key=lambda one: one.time)

    def _forget(self, act: CellAct) -> None:
        self._unkept = [one for one in self._unkept if one.id != act.id]
        self._store.drop_cell_act(act.id)

    def _check_staged(self, act: CellAct, staging: Staging) -> None:
        git = git_in(staging.repository.root)
        if (staged_entry(git, staging.path), committed_entry(git, staging.path)) == (
            staging.after,
            act.committed,
        ):
            return
        self._forget(act)
        raise UserError(
            said(
                "What is staged of {path} was changed or committed since; it was left as it is. Undo "
                "again takes back what was done before.",
                path=staging.path,
            )
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
            said(
                "That cell of {name} has changed since; change it back by hand, as undoing would "
                "lose that edit.",
                name=name,
            )
        )
    undo_reverting(Reverting(done.path, merged.data, current))
