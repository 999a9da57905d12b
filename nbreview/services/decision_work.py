"""The work of deciding on several cards, or on parts of one: calls for worker threads, as in `review_work`.

What was decided is in the store and in the file when a call returns; the session takes it then. Knows nothing
of Qt.
"""

import contextlib
import threading
from collections.abc import Sequence

from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.review.model import Decision, Suggestion
from nbreview.services import decisions, hunks
from nbreview.services.assistant import Card
from nbreview.store.database import Store


class DecisionWork:
    """Decisions on groups and hunks. Stopped, none of these has done anything yet.

    Parameters
    ----------
    store:
        Where decisions are kept.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        # Two acceptances that read and write one file at the same time would lose one of them.
        self._writing = threading.Lock()

    def accept_group_work(
        self, cards: Sequence[Card], cancel: CancelToken | None = None
    ) -> tuple[Decision, ...]:
        """Write the changes of several cards to the notebook in one step, which one undo takes back."""
        with self._writing:
            _check(cancel)
            return decisions.accept_all(self.store, [card.suggestion for card in cards])

    def reject_group_work(
        self, cards: Sequence[Card], comment: str = "", cancel: CancelToken | None = None
    ) -> tuple[Decision, ...]:
        """Keep a rejection of several cards, with all their choices; those that were decided on in another
        window are passed over.
        """
        made = []
        with self._writing:
            _check(cancel)
            for card in cards:
                for choice in card.choices:
                    with contextlib.suppress(UserError):
                        made.append(decisions.reject(self.store, choice, comment))
        return tuple(made)

    def accept_hunk_work(self, card: Card, hunk: int, cancel: CancelToken | None = None) -> Suggestion | None:
        """Write one hunk of a card's change, counted in `hunks.hunks_of`; the rest that waits, None after the
        last one.
        """
        with self._writing:
            _check(cancel)
            return hunks.accept_hunk(self.store, card.suggestion, hunk)

    def reject_hunk_work(
        self, card: Card, hunk: int, comment: str = "", cancel: CancelToken | None = None
    ) -> Suggestion | None:
        """Keep that one hunk of a card's change is not wanted; the rest that waits, None after the last."""
        with self._writing:
            _check(cancel)
            return hunks.reject_hunk(self.store, card.suggestion, hunk, comment)


def _check(cancel: CancelToken | None) -> None:
    if cancel is not None:
        cancel.check()
