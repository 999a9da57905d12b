"""Fixes for one cell, asked for from the command line: what `nbreview suggest` prints without a model.

Joins `fixing`, `ladder` and the libraries. Runs nothing of the notebook unless a stand-in run was asked for.
"""

from collections.abc import Sequence

from nbreview.cancellation import CancelToken
from nbreview.review.model import Finding, Rung, Verdict
from nbreview.services.fixing import (
    Proposed,
    StandIn,
    StandInVerify,
    is_fix,
    mender_for,
    propose_fixes,
    waiting,
)
from nbreview.services.ladder import Runs, climb, program_of
from nbreview.services.libraries import learned, libraries_for, static_findings
from nbreview.services.opening import Comparison
from nbreview.store.database import Store


def fixes_without_model(
    comparison: Comparison,
    store: Store,
    cell_index: int,
    cancel: CancelToken,
    stand_in: StandIn | None = None,
) -> tuple[Proposed, ...]:
    """Every fix of the notebook, kept in the store, those about the cell first (`about`); none where the
    notebook is only read.

    Parameters
    ----------
    stand_in:
        Runs a cell on stand-ins for the data, as the person asked: it looks at each fix, and for a crash of
        this cell where the rules know of none. None runs nothing.

    Raises
    ------
    UserError
        The store failed, or the stand-in run is not to be had.
    Cancelled
        `cancel` was raised.
    """
    head, folder = comparison.head.notebook, comparison.target.notebook.parent
    if not comparison.writable:
        return ()
    libraries = libraries_for(head, folder)
    if libraries is not None:
        libraries = learned(head, libraries, folder, cancel)
    findings = static_findings(head, libraries, folder, cancel)
    verify = None
    if stand_in is not None:
        verify = StandInVerify(stand_in, cancel, head, folder)
        findings = (*findings, *_seen_by_run(comparison, cell_index, findings, stand_in, cancel))
    environment = libraries.environment if libraries is not None else None
    mender = mender_for(comparison, cancel, environment=environment, verify=verify)
    fixes = propose_fixes(comparison, store, findings, mender, cancel)
    kept = [item for item in store.suggestions(str(comparison.target.notebook)) if is_fix(item)]
    found = waiting(head, kept, fixes)
    return tuple(sorted(found, key=lambda each: not about(each, cell_index)))


def about(proposed: Proposed, cell_index: int) -> bool:
    """Whether something proposed answers a crash of a cell, or changes it."""
    changed = {choice.place.cell_index for choice in proposed.choices}
    return proposed.mends == cell_index or cell_index in changed


def _seen_by_run(
    comparison: Comparison,
    cell_index: int,
    known: Sequence[Finding],
    stand_in: StandIn,
    cancel: CancelToken,
) -> tuple[Finding, ...]:
    """The crash that a stand-in run shows of the cell, where no other is known of it."""
    if any(one.cell_index == cell_index and one.verdict is Verdict.CRASH for one in known):
        return ()
    head, folder = comparison.head.notebook, comparison.target.notebook.parent
    program = program_of(head, cell_index, folder=folder)
    judged = climb(head, cell_index, known, Runs(stand_in=stand_in), cancel, program=program)
    return tuple(one for one in judged if one.rung is Rung.STAND_IN and one.verdict is Verdict.CRASH)
