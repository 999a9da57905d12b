"""What was decided in the review of a notebook, newest first, and how much of a divided suggestion is left.

Joins the store and `hunks`. May run on a worker thread. Rejections are taken back here, as they have never
been in a file; acceptances are taken back by `decisions.undo`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from nbreview.errors import UserError
from nbreview.review.model import Decision, DecisionKind, Suggestion, SuggestionState, new_id, now
from nbreview.services.hunks import hunks_of
from nbreview.store.database import Store
from nbreview.words import said

MOST = 200
"""Decisions that are listed; older ones are in the training data."""

_DECIDED = (
    SuggestionState.ACCEPTED,
    SuggestionState.EDITED,
    SuggestionState.REJECTED,
    SuggestionState.UNDONE,
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A suggestion and the decision that stands."""

    suggestion: Suggestion
    decision: Decision


@dataclass(frozen=True, slots=True)
class ReviewHistory:
    """What became of the suggestions for a notebook.

    `decided` is newest first, at most `MOST`; `count` is how many there are. `hunks` says of each waiting
    suggestion that was divided how many hunks it began with.
    """

    decided: tuple[Decided, ...] = ()
    count: int = 0
    hunks: tuple[tuple[str, int], ...] = ()


def review_history(store: Store, notebook: str) -> ReviewHistory:
    """What was decided on for a notebook, in this session and in those before.

    Raises
    ------
    UserError
        The store cannot be read.
    """
    known = store.suggestions(notebook)
    settled = []
    for suggestion in known:
        if suggestion.state in _DECIDED:
            decisions = store.decisions(suggestion.id)
            if decisions:
                settled.append(Decided(suggestion, decisions[-1]))
    settled.sort(key=lambda each: each.decision.time, reverse=True)
    return ReviewHistory(tuple(settled[:MOST]), len(settled), tuple(_totals(known)))


def _totals(known: Iterable[Suggestion]) -> Iterable[tuple[str, int]]:
    """How many hunks the suggestion had that a waiting one is what is left of."""
    by_id = {suggestion.id: suggestion for suggestion in known}
    for suggestion in by_id.values():
        if not suggestion.part_of or suggestion.state is not SuggestionState.PENDING:
            continue
        whole = suggestion
        while whole.part_of in by_id and whole.part_of != whole.id:
            whole = by_id[whole.part_of]
        yield suggestion.id, len(hunks_of(whole))


def bring_back(store: Store, suggestion_id: str) -> Suggestion:
    """Take a rejection back: the suggestion waits again. The notebook is not touched.

    Raises
    ------
    UserError
        It is not rejected (any more), or the store cannot be written.
    """
    suggestion = store.suggestion(suggestion_id)
    if suggestion.state is not SuggestionState.REJECTED:
        raise UserError(said("This suggestion is not rejected any more; look for it among the cards."))
    undone = Decision(
        new_id(), suggestion.id, DecisionKind.UNDONE, suggestion.base_source, now(), applied=True
    )
    store.decide(undone)
    if suggestion.part_of:
        store.make_whole(suggestion.part_of)
    return store.suggestion(suggestion_id)
