"""Fixes and edits that need no model, as suggestions in the store.

Joins `checks`, `store` and what the repository knows. Every function may run on a worker thread and changes
no state but the store's. The choices of one card were made at one moment: equal makers and equal times of
creation are what holds them together, here and in the store.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nbreview.cancellation import CancelToken
from nbreview.checks.fix_case import Fix
from nbreview.errors import UserError
from nbreview.history.changes import file_blob
from nbreview.kernel.model import Outcome, OutcomeStatus, Program, RuntimeSnapshot
from nbreview.notebook.model import Notebook
from nbreview.review.model import Evidence, Finding, Origin, Place, Suggestion, SuggestionState, new_id, now
from nbreview.services.decisions import OPEN_STATES, locate
from nbreview.services.ladder import DRY_RUN, RUN, STAND_IN, program_of
from nbreview.services.opening import Comparison, Target
from nbreview.services.renames import renames_of
from nbreview.services.repository_imports import RepositoryImports
from nbreview.store.database import Store
from nbreview.words import said

if TYPE_CHECKING:
    from nbreview.checks.environment import Environment
    from nbreview.checks.fixes import Mender, Verify

RULE = "rule:"
MOST_CHOICES = 5
NOT_THE_FILE = said(
    "An edit is made of the file itself, and another revision is shown as head; choose the working tree in "
    "the history."
)
_NO_COMMIT = "0" * 40
"""What git writes for the commit before the first one."""

_SEEN_BY = "; seen by "
_TAKEN = frozenset({SuggestionState.ACCEPTED, SuggestionState.EDITED})
_OBSERVED = frozenset({f"{RULE}{check}" for check in (RUN, DRY_RUN, STAND_IN)})

Choices = tuple[Suggestion, ...]
"""Suggestions of which one is to be chosen, best first; never empty."""

StandIn = Callable[[Program, CancelToken], Outcome]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What one card holds.

    Choices of equal rank are equally good; 0 is best. `mends` is the cell whose crash they answer, which may
    be another than the one that they change; None for what answers no crash.
    """

    choices: Choices
    ranks: tuple[int, ...]
    mends: int | None = None

    @classmethod
    def alone(cls, suggestion: Suggestion) -> "Proposed":
        """A suggestion that is the only choice of its card and answers no crash."""
        return cls((suggestion,), (0,))


def make_place(target: Target) -> Place:
    """Where the suggestions for a notebook belong, with their provenance; `at_cell` names the cell."""
    repository = target.repository
    if repository is None:
        return Place(notebook=str(target.notebook), cell_index=0, path=target.path)
    commit = repository.head()
    return Place(
        notebook=str(target.notebook),
        cell_index=0,
        repository=str(repository.root),
        remote=repository.remote(),
        commit=commit,
        path=target.path,
        blob=file_blob(target.notebook, commit or _NO_COMMIT).removeprefix("?"),
    )


def at_cell(place: Place, notebook: Notebook, cell_index: int) -> Place:
    """The place of one cell."""
    return replace(place, cell_index=cell_index, cell_id=notebook.cells[cell_index].id)


def rule_origin(check: str, rule: str, seen_by: str = "") -> Origin:
    """How a rule's suggestion was made: the check that it answers, the kind of fix, and what has seen that it
    holds. What a model's origin keeps of its prompt, this one keeps of its rule.
    """
    return Origin(f"{RULE}{check}", template=f"{rule}{_SEEN_BY}{seen_by}" if seen_by else rule)


def rule_of(origin: Origin) -> tuple[str, str]:
    """The kind of fix and what has seen that it holds, "" where nothing has; of a rule's origin."""
    rule, _, seen_by = origin.template.partition(_SEEN_BY)
    return rule, seen_by


def is_fix(suggestion: Suggestion) -> bool:
    """Whether a rule made it by itself, for a finding; an edit that was asked for says what was asked."""
    return suggestion.origin.maker.startswith(RULE) and not suggestion.instruction


def mender_for(
    comparison: Comparison,
    cancel: CancelToken | None = None,
    *,
    environment: "Environment | None" = None,
    snapshot: RuntimeSnapshot | None = None,
    verify: "Verify | None" = None,
) -> "Mender":
    """A mender of the head that knows what the files, the history and the repository around it say."""
    from nbreview.checks.fixes import Mender  # needed by nothing that the window shows at first

    target = comparison.target
    imported_as = None
    if target.repository is not None and not target.repository.bare:
        imported_as = RepositoryImports(target.repository.root, target.notebook.resolve(), cancel)
    return Mender(
        comparison.head.notebook,
        cancel,
        snapshot,
        folder=target.notebook.parent if comparison.writable else None,
        renames=lambda: renames_of(comparison, cancel),
        imported_as=imported_as,
        environment=environment,
        verify=verify,
    )


def propose_fixes(
    comparison: Comparison,
    store: Store,
    findings: Iterable[Finding],
    mender: "Mender",
    cancel: CancelToken | None = None,
) -> tuple[Proposed, ...]:
    """The fixes of each finding that wait for a decision, kept in the store.

    A fix that was proposed before is the same suggestion again: it keeps its state, and stays away once it
    was decided on. Two findings with the same fix have one suggestion.

    Raises
    ------
    UserError
        The store failed.
    Cancelled
        `cancel` was raised.
    """
    head = comparison.head.notebook
    known = {_key(item): item for item in store.suggestions(str(comparison.target.notebook)) if is_fix(item)}
    place: Place | None = None
    told: set[tuple[object, ...]] = set()
    found: list[Proposed] = []
    new: list[Suggestion] = []
    for finding in findings:
        if cancel is not None:
            cancel.check()
        fixes = mender.fixes_for(finding, elsewhere=True)[:MOST_CHOICES]
        if not fixes:
            continue
        place = place or make_place(comparison.target)
        choices = [_suggestion(head, finding, fix, place) for fix in fixes]
        earlier = [known[_key(choice)].created for choice in choices if _key(choice) in known]
        moment = min(earlier, default=now())
        group: list[tuple[Suggestion, int]] = []
        for fix, choice in zip(fixes, choices, strict=True):
            key = _key(choice)
            if key not in known:
                known[key] = replace(choice, created=moment)
                new.append(known[key])
            elif known[key].reason == choice.reason:
                known[key] = replace(known[key], reason=choice.reason)  # which can be translated
            if key not in told and known[key].state in OPEN_STATES:
                group.append((known[key], fix.rank))
            told.add(key)
        if group:
            suggestions, ranks = zip(*group, strict=True)
            found.append(Proposed(suggestions, ranks, finding.cell_index))
    if new:  # at once: each writing waits for the disk
        store.add_suggestions(new)
    return tuple(found)


def waiting(
    notebook: Notebook, known: Iterable[Suggestion], fixes: Sequence[Proposed] = ()
) -> tuple[Proposed, ...]:
    """What waits for a decision: each suggestion, and the choices of a card together.

    A rule's suggestion for a cell that has changed says nothing any more, and one that a check has made is
    true only as long as the check says so again (`fixes`); what a run has shown stays as long as its cell,
    and until one of its choices is taken.
    """
    known = tuple(known)
    found = list(fixes)
    taken_of = {_card_of(item) for item in known if item.state in _TAKEN}
    told = {_key(choice) for card in found for choice in card.choices}
    together: dict[tuple[str, float], list[Suggestion]] = {}
    found += _answers(known)
    for item in known:
        if item.state not in OPEN_STATES or not item.origin.maker.startswith(RULE):
            continue
        if _key(item) in told or locate(notebook, item, item.base_source) is None:
            continue
        if item.instruction or item.part_of:  # what a person left of a fix stays theirs to decide on
            found.append(Proposed.alone(item))
        elif item.origin.maker in _OBSERVED and _card_of(item) not in taken_of:
            together.setdefault(_card_of(item), []).append(item)
    for items in together.values():
        found.append(Proposed(tuple(items), (0,) * len(items), items[0].place.cell_index))
    return tuple(found)


def _answers(known: Sequence[Suggestion]) -> list[Proposed]:
    """What models have answered and waits: the answers to one question about one cell are the choices of one
    card. Once one answer was taken in part, the others are of no use; what only they would change never is.
    """
    taken = {_question(item): _choice(item) for item in known if item.state in _TAKEN and _question(item)}
    cards: dict[tuple[object, ...], list[Suggestion]] = {}
    for item in known:
        if item.state not in OPEN_STATES or item.origin.maker.startswith(RULE):
            continue
        question = _question(item)
        if question and taken.get(question, _choice(item)) != _choice(item):
            continue
        alone = not question or item.part_of
        key = (item.id,) if alone else (question, item.place, item.edit, item.after)
        cards.setdefault(key, []).append(item)
    found = []
    for items in cards.values():
        items.sort(key=_choice)
        first = _choice(items[0])
        if first == 0 or taken.get(_question(items[0])) == first:
            found.append(Proposed(tuple(items), tuple(_choice(item) for item in items)))
    return found


def _question(item: Suggestion) -> str:
    """What a model's suggestion answers, with others; "" where it answers by itself."""
    return str(item.origin.settings.get("question", ""))


def _choice(item: Suggestion) -> int:
    """Which of a question's answers it is of, the best being 0."""
    return int(item.origin.settings.get("choice", 0))


def propose_edit(
    comparison: Comparison, store: Store, instruction: str, rule: str, sources: Mapping[int, str]
) -> Choices:
    """Keep what an edit that needs no model would make of the head, one suggestion for each changed cell, in
    the order of the cells; those of several cells are one group. Nothing is written before they are accepted.

    Raises
    ------
    UserError
        The head is not the file itself, or the store failed.
    """
    if not comparison.writable:
        raise UserError(comparison.head.notebook.read_only or NOT_THE_FILE)
    head, moment = comparison.head.notebook, now()
    place = make_place(comparison.target)
    changed = sorted(index for index, source in sources.items() if source != head.cells[index].source)
    group = new_id() if len(changed) > 1 else ""
    made = []
    for index in changed:
        cell = head.cells[index]
        made.append(
            Suggestion(
                id=new_id(),
                place=at_cell(place, head, index),
                base_source=cell.source,
                proposed_source=sources[index],
                reason=said("{what}.", what=instruction),
                evidence=Evidence.CERTAIN,
                origin=rule_origin("edit", rule),
                cell_type=cell.cell_type.value,
                language=head.language,
                instruction=instruction,
                group=group,
                created=moment,
            )
        )
    store.add_suggestions(made)
    return tuple(made)


@dataclass(slots=True)
class StandInVerify:
    """Looks at a fix by a stand-in run of the finding's cell, before and after. A `Verify`.

    A run that did not show the error before the fix has nothing to say about its absence afterwards. What
    was seen is kept: the same cells are not run twice.
    """

    run: StandIn
    cancel: CancelToken
    notebook: Notebook
    folder: Path | None = None
    _seen: dict[tuple[str, ...], Outcome] | None = None

    def __call__(self, changed: Notebook, finding: Finding, cell_index: int) -> str | None:
        """As `Verify` says."""
        before = self._outcome(self.notebook, finding.cell_index)
        after = self._outcome(changed, finding.cell_index)
        shown = before.status is OutcomeStatus.RAISED and before.exception == finding.exception
        if after.status is OutcomeStatus.RAISED:
            same = (before.status, before.exception, before.message) == (
                after.status,
                after.exception,
                after.message,
            )
            return "" if same and not shown else None
        return said("a stand-in run") if shown and after.status is OutcomeStatus.FINISHED else ""

    def _outcome(self, notebook: Notebook, index: int) -> Outcome:
        if self._seen is None:
            self._seen = {}
        key = tuple(cell.digest for cell in notebook.cells[: index + 1])
        if key not in self._seen:
            self.cancel.check()
            self._seen[key] = self.run(program_of(notebook, index, folder=self.folder), self.cancel)
        return self._seen[key]


def _suggestion(notebook: Notebook, finding: Finding, fix: Fix, place: Place) -> Suggestion:
    index = finding.cell_index if fix.cell_index is None else fix.cell_index
    cell = notebook.cells[index]
    return Suggestion(
        id=new_id(),
        place=at_cell(place, notebook, index),
        base_source=cell.source,
        proposed_source=fix.source,
        reason=fix.reason,
        evidence=finding.evidence,
        origin=rule_origin(fix.check, fix.rule, fix.verified_by),
        cell_type=cell.cell_type.value,
        language=notebook.language,
    )


def _card_of(suggestion: Suggestion) -> tuple[str, float]:
    """What the choices of one card have in common."""
    return (suggestion.origin.maker, suggestion.created)


def _key(suggestion: Suggestion) -> tuple[object, ...]:
    """What makes two fixes one."""
    return (suggestion.place.cell_id, suggestion.base_source, suggestion.proposed_source)
