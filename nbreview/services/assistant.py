"""Context → model → suggestion → store: the two things that the model is asked, and the fixes that need no
model.

Joins `assist`, `checks` and `store`. Every function may run on a worker thread and changes no state but the
store's.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from nbreview.assist.edits import propose_edit
from nbreview.cancellation import CancelToken
from nbreview.checks.fixes import Mender
from nbreview.diff.lines import diff_text
from nbreview.diff.model import TextDiff
from nbreview.errors import UserError
from nbreview.llm.model import Engine, Event, Sampling
from nbreview.notebook.model import Notebook
from nbreview.review.changes import FindingChanges, compare_findings
from nbreview.review.model import (
    Evidence,
    Finding,
    Origin,
    Place,
    Suggestion,
    SuggestionState,
    Verdict,
    new_id,
    now,
)
from nbreview.services.decisions import OPEN_STATES, locate
from nbreview.services.kernel_review import KernelReview
from nbreview.services.ladder import Asked
from nbreview.services.libraries import Libraries, static_findings
from nbreview.services.opening import Comparison, Target
from nbreview.settings import Settings
from nbreview.store.database import Store


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion as it stands against the notebook now. `cell_index` is None when it is stale."""

    suggestion: Suggestion
    cell_index: int | None
    diff: TextDiff

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
    says which findings are new and which are gone, None where that was not asked.
    """

    comparison: Comparison
    findings: tuple[Finding, ...]
    cards: tuple[Card, ...]
    problem: str = ""
    changes: FindingChanges | None = None


def make_place(target: Target) -> Place:
    """Where the suggestions for a notebook belong, with their provenance; `at_cell` names the cell."""
    repository = target.repository
    return Place(
        notebook=str(target.notebook),
        cell_index=0,
        repository=str(repository.root) if repository is not None else "",
        remote=repository.remote() if repository is not None else "",
        commit=repository.head() if repository is not None else "",
        path=target.path,
    )


def at_cell(place: Place, notebook: Notebook, cell_index: int) -> Place:
    """The place of one cell."""
    return replace(place, cell_index=cell_index, cell_id=notebook.cells[cell_index].id)


def make_card(notebook: Notebook, suggestion: Suggestion) -> Card:
    """Hold a suggestion against the notebook as it is now."""
    index = locate(notebook, suggestion, suggestion.base_source)
    return Card(suggestion, index, diff_text(suggestion.base_source, suggestion.proposed_source))


def check(
    comparison: Comparison,
    store: Store,
    cancel: CancelToken | None = None,
    libraries: Libraries | None = None,
) -> Checked:
    """Run the checks on the head, make a suggestion of each fix, and bring back what waits from earlier.

    A fix that was proposed before is the same suggestion again: it keeps its state, and stays away once it
    was decided on.
    """
    head = comparison.head.notebook
    findings = static_findings(head, libraries, _folder(comparison), cancel)
    if not comparison.writable:
        return Checked(comparison, findings, ())
    try:
        known = store.suggestions(str(comparison.target.notebook))
        mender = Mender(
            head,
            cancel,
            folder=comparison.target.notebook.parent,
            environment=libraries.environment if libraries is not None else None,
        )
        fixes = tuple(_rule_suggestions(comparison, findings, known, mender, cancel))
        for suggestion in fixes:
            store.add_suggestion(suggestion)
    except UserError as error:
        # A card whose suggestion is not in the store could not be decided on.
        return Checked(comparison, findings, (), error.message)
    kept = [suggestion for suggestion in known if suggestion.state in OPEN_STATES]
    cards = [make_card(head, suggestion) for suggestion in (*kept, *fixes)]
    # A rule's stale card says nothing any more: the rule has just looked at the cell as it is now.
    cards = [card for card in cards if card.cell_index is not None or card.suggestion.origin.maker == "model"]
    return Checked(comparison, findings, tuple(sorted(cards, key=_card_order)))


def _card_order(card: Card) -> tuple[bool, int, float]:
    index = card.suggestion.place.cell_index if card.cell_index is None else card.cell_index
    return (card.cell_index is None, index, card.suggestion.created)


def _rule_suggestions(
    comparison: Comparison,
    findings: Iterable[Finding],
    known: Iterable[Suggestion],
    mender: Mender,
    cancel: CancelToken | None,
) -> Iterable[Suggestion]:
    """The best fix of each finding that has not been proposed for this very source before."""
    head = comparison.head.notebook
    seen = {(item.origin.maker, item.base_source, item.proposed_source) for item in known}
    place: Place | None = None
    for finding in findings:
        if cancel is not None:
            cancel.check()
        for fix in mender.fixes_for(finding):
            cell = head.cells[finding.cell_index]
            maker = f"rule:{fix.check}"
            if (maker, cell.source, fix.source) in seen:
                break
            seen.add((maker, cell.source, fix.source))
            place = place or make_place(comparison.target)
            yield Suggestion(
                id=new_id(),
                place=at_cell(place, head, cell.index),
                base_source=cell.source,
                proposed_source=fix.source,
                reason=fix.reason,
                evidence=finding.evidence,
                origin=Origin(maker),
                cell_type=cell.cell_type.value,
                language=head.language,
                created=now(),
            )
            break


def propose(
    engine: Engine,
    store: Store,
    comparison: Comparison,
    cell_index: int,
    instruction: str,
    settings: Settings,
    on_event: Callable[[Event], None],
    cancel: CancelToken,
) -> Card:
    """Ask the model for an edit of one cell of the head and keep what it answers, usable or not.

    Raises
    ------
    UserError
        The engine failed (it died, or the cell alone does not fit its context).
    """
    head = comparison.head.notebook
    cell = head.cells[cell_index]
    proposal = propose_edit(
        engine,
        head,
        cell_index,
        instruction,
        sampling_of(settings),
        context_of(engine, settings),
        on_event,
        cancel,
    )
    suggestion = Suggestion(
        id=new_id(),
        place=at_cell(make_place(comparison.target), head, cell_index),
        base_source=cell.source,
        proposed_source=proposal.source if not proposal.failed else cell.source,
        reason=proposal.failed or proposal.reason,
        evidence=Evidence.LIKELY if not proposal.failed else Evidence.NO_VERDICT,
        origin=proposal.origin,
        cell_type=cell.cell_type.value,
        language=head.language,
        instruction=instruction,
        state=SuggestionState.FAILED if proposal.failed else SuggestionState.PENDING,
        created=now(),
    )
    store.add_suggestion(suggestion)
    return make_card(head, suggestion)


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
        mender = Mender(
            head,
            cancel,
            review.snapshot_for(head, finding.cell_index),
            folder=review.folder,
            environment=libraries.environment if libraries is not None else None,
            verify=review.verifier(finding.rung, cancel),
        )
        known = store.suggestions(str(comparison.target.notebook))
        for suggestion in _rule_suggestions(comparison, (finding,), known, mender, cancel):
            store.add_suggestion(suggestion)
            cards.append(make_card(head, suggestion))
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
