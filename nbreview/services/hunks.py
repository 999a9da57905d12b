"""Decide on a suggestion hunk by hunk: one hunk by itself, and the rest as a suggestion that waits.

A suggestion that is divided is DIVIDED from then on: it is neither shown nor exported, and two parts stand in
its place. The hunk is a suggestion like any other, and so is its decision; the rest is proposed for the cell
as it is after that decision, so it can be divided again. The last hunk is the rest itself. When every part is
undecided again (undone, or never decided), the whole comes back and the parts go.

Joins `decisions` and the store. May run on a worker thread.
"""

from dataclasses import replace

from nbreview.diff.lines import diff_text
from nbreview.diff.parts import Hunk, hunks
from nbreview.diff.patch import with_hunks
from nbreview.errors import UserError
from nbreview.review.model import CellEdit, Suggestion, SuggestionState, new_id
from nbreview.services import decisions
from nbreview.store.database import Store
from nbreview.words import said


def hunks_of(suggestion: Suggestion) -> tuple[Hunk, ...]:
    """The runs of changed lines of a suggestion, in order; places in `diff_text(base, proposed).edits`."""
    return hunks(diff_text(suggestion.base_source, suggestion.proposed_source))


def divide(
    store: Store, suggestion: Suggestion, hunk: int, *, taken: bool = True
) -> tuple[Suggestion, Suggestion | None]:
    """Put one hunk by itself, and the rest, in the place of a suggestion; both are in the store.

    Parameters
    ----------
    taken:
        Whether the rest is proposed for the cell with the hunk in it, else for the cell without.

    Returns
    -------
    tuple
        The hunk and the rest. Of the only hunk: the suggestion itself, which stays as it is, and None.

    Raises
    ------
    UserError
        There is no such hunk, or the suggestion has been decided on already.
    """
    base, proposed = suggestion.base_source, suggestion.proposed_source
    diff = diff_text(base, proposed)
    known = hunks(diff)
    if not 0 <= hunk < max(1, len(known)):
        raise UserError(said("This suggestion has no such change; choose one of those that its card shows."))
    if len(known) < 2 or suggestion.edit is not CellEdit.CHANGE:
        return suggestion, None
    with_hunk = with_hunks(base, proposed, diff, [hunk])
    rest_base = with_hunk if taken else base
    rest_proposed = proposed if taken else with_hunks(proposed, base, diff, [hunk], reverse=True)
    if rest_base == rest_proposed:
        return suggestion, None
    decisions.check_undecided(store, suggestion)
    whole = replace(suggestion, part_of=suggestion.id, state=SuggestionState.PENDING)
    part = replace(whole, id=new_id(), proposed_source=with_hunk)
    rest = replace(whole, id=new_id(), base_source=rest_base, proposed_source=rest_proposed)
    if not store.divide(suggestion.id, (part, rest)):
        raise UserError(said("This suggestion has already been decided on; choose another card."))
    return part, rest


def accept_hunk(store: Store, suggestion: Suggestion, hunk: int) -> Suggestion | None:
    """Write one hunk into the notebook's file and keep the decision; the rest that waits, None after the
    last hunk.

    Raises
    ------
    UserError
        As `divide` and `decisions.accept`; the suggestion is whole then.
    """
    part, rest = divide(store, suggestion, hunk)
    try:
        decisions.accept(store, part)
    except UserError:
        store.make_whole(suggestion.id)
        raise
    return rest


def reject_hunk(store: Store, suggestion: Suggestion, hunk: int, comment: str = "") -> Suggestion | None:
    """Keep that one hunk is not wanted; the rest that waits, None after the last hunk. The notebook is not
    touched.

    Raises
    ------
    UserError
        As `divide` and `decisions.reject`; the suggestion is whole then.
    """
    part, rest = divide(store, suggestion, hunk, taken=False)
    try:
        decisions.reject(store, part, comment)
    except UserError:
        store.make_whole(suggestion.id)
        raise
    return rest
