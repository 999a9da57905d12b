"""The cards of a review: the fixes that need no model, and how a model is asked.

Joins `assist`, `checks` and `store`. Every function may run on a worker thread and changes no state but the
store's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.cancellation import CancelToken
from nbreview.diff.lines import diff_text
from nbreview.diff.model import TextDiff
from nbreview.errors import UserError
from nbreview.llm.model import Engine, Sampling
from nbreview.notebook.model import Notebook
from nbreview.review.changes import FindingChanges, compare_findings
from nbreview.review.model import CellEdit, Finding, Suggestion, SuggestionState, Verdict
from nbreview.services import fixing
from nbreview.services.decisions import locate
from nbreview.services.fixing import Proposed
from nbreview.services.kernel_review import KernelReview
from nbreview.services.ladder import Asked
from nbreview.services.libraries import Libraries, static_findings
from nbreview.services.opening import Comparison
from nbreview.settings import Settings
from nbreview.store.database import Store

if TYPE_CHECKING:
    from nbreview.checks.fixes import Verify


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion as it stands against the notebook now. `cell_index` is None when it is stale.

    `alternatives` answer the same: one of them or `suggestion` is chosen, and a rejection is one of all.
    `mends` is the cell whose crash they answer, None where it is none.
    """

    suggestion: Suggestion
    cell_index: int | None
    diff: TextDiff
    alternatives: tuple[Suggestion, ...] = ()
    mends: int | None = None

    @property
    def choices(self) -> tuple[Suggestion, ...]:
        """All that can be chosen."""
        return (self.suggestion, *self.alternatives)

    @property
    def state(self) -> SuggestionState:
        """The suggestion's state, STALE when its cell has changed since."""
        if self.suggestion.state is SuggestionState.FAILED:
            return SuggestionState.FAILED
        return SuggestionState.STALE if self.cell_index is None else SuggestionState.PENDING


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings of the head of a comparison, and the cards that wait for a decision, in cell order.

    `problem` says why there are no cards where the store failed; the findings stand without it. `changes`
    says which findings are new and which are gone, None where that was not asked. `dismissed` are the ids of
    findings that the person wants to hear no more of.
    """

    comparison: Comparison
    findings: tuple[Finding, ...]
    cards: tuple[Card, ...]
    problem: str = ""
    changes: FindingChanges | None = None
    dismissed: frozenset[str] = frozenset()


def make_card(
    notebook: Notebook, suggestion: Suggestion, *alternatives: Suggestion, mends: int | None = None
) -> Card:
    """Hold a suggestion against the notebook as it is now."""
    index = where(notebook, suggestion)
    diff = diff_text(suggestion.base_source, suggestion.proposed_source)
    return Card(suggestion, index, diff, alternatives, mends)


def where(notebook: Notebook, suggestion: Suggestion) -> int | None:
    """The cell that a suggestion is about now, for a new cell the one that it follows (the first one where it
    comes before all); None when it is stale.
    """
    index = locate(notebook, suggestion, suggestion.base_source)
    if suggestion.edit is not CellEdit.INSERT or index is None:
        return index
    return max(0, index - 1)


def card_of(notebook: Notebook, proposed: Proposed) -> Card:
    """The card of what was proposed, its best choice first."""
    return make_card(notebook, *proposed.choices, mends=proposed.mends)


def check(
    comparison: Comparison,
    store: Store,
    cancel: CancelToken | None = None,
    libraries: Libraries | None = None,
    verify: "Verify | None" = None,
) -> Checked:
    """Run the checks on the head, make suggestions of the fixes, and bring back what waits from earlier.

    A fix that was proposed before is the same suggestion again: it keeps its state, and stays away once it
    was decided on. `verify` is a rung that was allowed, and looks at each fix after the checks have.
    """
    head = comparison.head.notebook
    findings = static_findings(head, libraries, _folder(comparison), cancel)
    if not comparison.writable:
        return Checked(comparison, findings, ())
    try:
        environment = libraries.environment if libraries is not None else None
        mender = fixing.mender_for(comparison, cancel, environment=environment, verify=verify)
        fixes = fixing.propose_fixes(comparison, store, findings, mender, cancel)
        known = store.suggestions(str(comparison.target.notebook))
        dismissed = store.dismissed(str(comparison.target.notebook))
    except UserError as error:
        # A card whose suggestion is not in the store could not be decided on.
        return Checked(comparison, findings, (), error.message)
    cards = [card_of(head, proposed) for proposed in fixing.waiting(head, known, fixes)]
    return Checked(comparison, findings, tuple(sorted(cards, key=_card_order)), dismissed=dismissed)


def _card_order(card: Card) -> tuple[bool, int, float]:
    index = card.suggestion.place.cell_index if card.cell_index is None else card.cell_index
    return (card.cell_index is None, index, card.suggestion.created)


def compare_with_base(
    checked: Checked, libraries: Libraries | None = None, cancel: CancelToken | None = None
) -> Checked:
    """Hold what the rules say of the head against what they say of the base, both with the same libraries."""
    comparison = checked.comparison
    if comparison.base.revision is None:
        return checked  # a notebook that was added: nothing of it is news
    old = static_findings(comparison.base.notebook, libraries, _folder(comparison), cancel)
    return replace(checked, changes=compare_findings(comparison.diff, old, checked.findings))


def mend(
    comparison: Comparison,
    store: Store,
    findings: Iterable[Finding],
    review: KernelReview,
    libraries: Libraries | None,
    cancel: CancelToken,
) -> tuple[Card, ...]:
    """Suggestions for crashes that were observed, each looked at by the rung that saw the crash.

    Raises
    ------
    UserError
        The store failed, or what runs the cell is not to be had any more.
    """
    crashes = [finding for finding in findings if finding.verdict is Verdict.CRASH]
    if not comparison.writable or not crashes:
        return ()
    head, cards = comparison.head.notebook, []
    for finding in crashes:
        if head.cells[finding.cell_index].digest != finding.source_digest:
            continue
        mender = fixing.mender_for(
            comparison,
            cancel,
            environment=libraries.environment if libraries is not None else None,
            snapshot=review.snapshot_for(head, finding.cell_index),
            verify=review.verifier(finding.rung, cancel),
        )
        proposed = fixing.propose_fixes(comparison, store, (finding,), mender, cancel)
        cards += [card_of(head, each) for each in proposed]
    return tuple(cards)


def question(engine: Engine, settings: Settings) -> Asked:
    """How the model is asked for a verdict: drawn greedily, so that the same cell gets the same answer."""
    return Asked(engine, replace(sampling_of(settings), temperature=0.0), context_of(engine, settings))


def _folder(comparison: Comparison) -> Path | None:
    """Where the head's files and modules lie; None for a revision, whose files are not what lies there."""
    return comparison.target.notebook.parent if comparison.writable else None


def sampling_of(settings: Settings) -> Sampling:
    """How tokens are drawn, as the settings say."""
    return Sampling(settings.temperature, settings.top_p, settings.seed, settings.max_reply_tokens)


def context_of(engine: Engine, settings: Settings) -> int:
    """Tokens of context there are: the loaded model's, which can be fewer than were asked for."""
    return engine.info.context_tokens if engine.info is not None else settings.context_tokens
