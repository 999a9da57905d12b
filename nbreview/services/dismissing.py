"""Findings that a person has dismissed: they leave the lists, stay in the store, and can be shown again.

Joins `review` and the store. May run on a worker thread. A dismissal is of one finding of one exact source:
when the cell changes, what is found then is another finding.
"""

from nbreview.review.model import Finding, Place, new_id, now
from nbreview.review.outcomes import FindingOutcome, OutcomeKind, finding_id, kept
from nbreview.services.fixing import at_cell, make_place
from nbreview.services.opening import Comparison
from nbreview.store.database import Store

TAKEN_BACK = "The dismissal was taken back."


def key_of(notebook: str, finding: Finding) -> str:
    """The id under which the store knows a finding of a notebook (absolute path)."""
    return finding_id(Place(notebook, finding.cell_index), finding)


def dismiss(store: Store, comparison: Comparison, finding: Finding, reason: str = "") -> str:
    """Keep that a person wants to hear no more of a finding; its id.

    Raises
    ------
    UserError
        The store cannot be written.
    """
    place = at_cell(make_place(comparison.target), comparison.head.notebook, finding.cell_index)
    one = kept(place, finding, now())
    store.put_findings([one])
    store.add_outcome(FindingOutcome(new_id(), one.id, OutcomeKind.DISMISSED, now(), reason=reason.strip()))
    return one.id


def take_back(store: Store, finding: str) -> None:
    """Show a dismissed finding, by its id, again.

    Raises
    ------
    UserError
        The store cannot be written.
    """
    store.add_outcome(FindingOutcome(new_id(), finding, OutcomeKind.STILL_THERE, now(), reason=TAKEN_BACK))
