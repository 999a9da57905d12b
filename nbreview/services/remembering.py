"""What a review leaves in the store besides decisions: findings and what became of them, states of kernels
that were looked at, and that the review was held.

Joins `review` and `store`. Runs on worker threads. A store that cannot be written is no reason to keep what
was found from a person: nothing here raises for that; a decision says so when it cannot be kept.
"""

import contextlib
from collections.abc import Iterable, Sequence

from nbreview.errors import UserError
from nbreview.kernel.model import RuntimeSnapshot
from nbreview.notebook.model import source_digest
from nbreview.review.model import Finding, Rung, SuggestionState, Verdict, new_id, now
from nbreview.review.outcomes import FindingOutcome, KeptFinding, OutcomeKind, kept
from nbreview.review.records import Review
from nbreview.services.fixing import at_cell, make_place
from nbreview.services.opening import Comparison, Opened
from nbreview.store.database import Store
from nbreview.store.snapshots import KeptSnapshot

_SETTLED = (OutcomeKind.FIXED, OutcomeKind.DISMISSED, OutcomeKind.GONE)
_RAN = (Rung.RUN, Rung.DRY_RUN)


def remember_checked(store: Store, comparison: Comparison, findings: Sequence[Finding]) -> None:
    """Keep what the rules say of the file as it is, and what became of what they said before: fixed by an
    acceptance, or gone.

    `findings` are all that the static rung has found, with what is known of the libraries.
    """
    if not comparison.writable:
        return
    with contextlib.suppress(UserError):
        notebook = str(comparison.target.notebook)
        before = [each for each in store.findings(notebook) if each.finding.rung is Rung.STATIC]
        fresh = _kept(comparison, findings)
        store.put_findings(fresh)
        here = {each.id for each in fresh}
        left = [each for each in before if each.id not in here]
        if left:
            _settle(store, notebook, left)


def remember_judged(store: Store, comparison: Comparison, findings: Sequence[Finding]) -> None:
    """Keep what runs and models say, and that a run has confirmed what was said before of the same source."""
    if not comparison.writable or not findings:
        return
    with contextlib.suppress(UserError):
        fresh = _kept(comparison, findings)
        store.put_findings(fresh)
        seen = {
            (each.finding.source_digest, each.finding.exception): each.finding
            for each in fresh
            if each.finding.rung in _RAN and each.finding.verdict is Verdict.CRASH
        }
        if not seen:
            return
        for earlier in store.findings(str(comparison.target.notebook)):
            finding = earlier.finding
            ran = seen.get((finding.source_digest, finding.exception))
            if ran is None or finding.rung in _RAN or finding.verdict is not Verdict.CRASH:
                continue
            if not any(one.kind is OutcomeKind.CONFIRMED for one in store.outcomes(earlier.id)):
                _put(store, earlier.id, OutcomeKind.CONFIRMED, reason=ran.message)


def remember_snapshot(store: Store, notebook: str, kernel: str, snapshot: RuntimeSnapshot) -> None:
    """Keep the state of a kernel that was looked at; an equal state is kept once."""
    with contextlib.suppress(UserError):
        if not store.snapshots(notebook, snapshot.digest):
            store.add_snapshot(KeptSnapshot(new_id(), notebook, kernel, now(), snapshot))


def remember_review(store: Store, opened: Opened) -> None:
    """Keep that a notebook is under review, and what was compared first."""
    comparison, target = opened.comparison, opened.target
    base, head = comparison.base.revision, comparison.head.revision
    with contextlib.suppress(UserError):
        place = make_place(target)
        store.put_review(
            Review(
                id=new_id(),
                notebook=str(target.notebook),
                started=now(),
                repository=place.repository,
                remote=place.remote,
                path=target.path,
                base_commit=base.commit if base is not None else "",
                head_commit=head.commit if head is not None else "",
                base_blob=base.blob if base is not None else "",
                head_blob=head.blob if head is not None else "",
            )
        )


def _kept(comparison: Comparison, findings: Sequence[Finding]) -> list[KeptFinding]:
    if not findings:
        return []  # a place costs a look at git and at the whole file
    place, head, time = make_place(comparison.target), comparison.head.notebook, now()
    return [kept(at_cell(place, head, finding.cell_index), finding, time) for finding in findings]


def _settle(store: Store, notebook: str, left: Iterable[KeptFinding]) -> None:
    """Say of findings that are there no longer what became of them."""
    mended = {
        source_digest(suggestion.base_source): suggestion.id
        for suggestion in store.suggestions(notebook)
        if suggestion.state in (SuggestionState.ACCEPTED, SuggestionState.EDITED)
    }
    for each in left:
        if any(one.kind in _SETTLED for one in store.outcomes(each.id)):
            continue
        by = mended.get(each.finding.source_digest, "")
        kind = OutcomeKind.FIXED if by else OutcomeKind.GONE
        _put(store, each.id, kind, suggestion_id=by)


def _put(store: Store, finding: str, kind: OutcomeKind, *, suggestion_id: str = "", reason: str = "") -> None:
    store.add_outcome(FindingOutcome(new_id(), finding, kind, now(), suggestion_id, reason))
