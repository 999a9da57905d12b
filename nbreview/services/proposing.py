"""Edits asked of the model: of one cell, of chosen ones or of a whole notebook, kept in the store as
suggestions.

Joins `assist`, `checks`, `kernel` and `store`. What a wish is, `wishes` says. All answers to one question are
kept; those after the best are the choices behind it. Every function may run on a worker thread and changes no
state but the store's.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from nbreview.assist.changes import CellProposal
from nbreview.assist.edits import Answer, Asking, Known, propose_answers
from nbreview.assist.exemplars import Exemplar, resembling
from nbreview.assist.origins import loaded_model
from nbreview.assist.ranking import Judge, Judgement
from nbreview.assist.retrieval import Passage, render_passage
from nbreview.assist.runtime import RuntimeText, fit_snapshot
from nbreview.assist.shown import Extra, ranges
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.kernel.crane import snapshot_text
from nbreview.kernel.model import KernelState, RuntimeSnapshot
from nbreview.llm.model import Engine, Event
from nbreview.notebook.model import Notebook, source_digest
from nbreview.review.model import (
    CellEdit,
    Evidence,
    Finding,
    Place,
    Rung,
    Suggestion,
    SuggestionState,
    Verdict,
    new_id,
    now,
)
from nbreview.services.assistant import Card, context_of, make_card, sampling_of
from nbreview.services.fixing import at_cell, make_place
from nbreview.services.kernel_review import KernelReview
from nbreview.services.libraries import Libraries, static_findings
from nbreview.services.opening import Comparison
from nbreview.services.wishes import Scope, Wish, told_findings
from nbreview.settings import Settings
from nbreview.store.database import Store
from nbreview.words import said

MOST_REMEMBERED = 400
"""Acceptances, the newest, among which edits that resemble this one are looked for."""

_RUNS = (Rung.DRY_RUN, Rung.STAND_IN)


def propose_edits(
    engine: Engine,
    store: Store,
    comparison: Comparison,
    scope: Scope,
    wish: Wish,
    settings: Settings,
    passages: Sequence[Passage],
    on_event: Callable[[Event], None],
    cancel: CancelToken,
    candidates: int = 1,
    judge: Judge | None = None,
    *,
    findings: Iterable[Finding] = (),
    snapshot: RuntimeSnapshot | None = None,
    exemplars: int = 0,
) -> tuple[Card, ...]:
    """Ask the model for a change of the head and keep what it answers, usable or not.

    The cards of one answer, in the order of the cells; of one group where they are several. Where nothing of
    an answer can be used there is one card, FAILED.

    Parameters
    ----------
    passages:
        What the repository and the libraries say, best first (`knowledge.Knowledge.knowledge_for`).
    candidates:
        How many answers are drawn, of which the best is offered first.
    findings:
        What is known of the head; what concerns the scope is told.
    snapshot:
        What lives in the kernel of the names in use; None where nothing is known.
    exemplars:
        How many earlier acceptances that resemble this are shown at most. A server is shown none of other
        repositories.

    Raises
    ------
    UserError
        The notebook has no such cells, the engine failed, or the cells do not fit its context.
    Cancelled
        `cancel` was raised; nothing was kept.
    """
    head = comparison.head.notebook
    _check_scope(head, scope, comparison.target.notebook.name)
    remote = loaded_model(engine).backend.startswith("remote")
    place = make_place(comparison.target)
    known = Known(
        findings=told_findings(findings, head, scope),
        exemplars=_exemplars(store, place, head, scope, wish, exemplars, only_here=remote),
        passages=tuple(Extra(each.name, render_passage(each)) for each in passages),
        runtime=_describe(snapshot, engine),
    )
    asking = Asking(
        sampling_of(settings), context_of(engine, settings), max(1, candidates), state_key_of(comparison)
    )
    answers = propose_answers(engine, head, scope.cells, wish.task, asking, known, judge, on_event, cancel)
    made = _suggestions(answers, head, place, scope, wish)
    store.add_suggestions([suggestion for answer in made for suggestion in answer])
    return tuple(_cards(head, made))


def state_key_of(comparison: Comparison) -> str:
    """What the evaluated prompt of a notebook is kept under."""
    return source_digest(str(comparison.target.notebook))[:32]


def snapshot_of(review: KernelReview, notebook: Notebook, scope: Scope) -> RuntimeSnapshot | None:
    """What lives in the kernel of the names that the cells of a scope use, as it is now: also where the
    kernel is past them. None without a kernel that can be looked into.
    """
    from nbreview.kernel.snapshot import take_snapshot

    session = review.desk.session
    if session is None or review.desk.why_no_probe(notebook) or review.desk.state is not KernelState.IDLE:
        return None
    cells = range(len(notebook.cells)) if scope.cells is None else scope.cells
    sources = "\n".join(notebook.cells[index].source for index in cells)
    try:
        return take_snapshot(session, sources, cells=review.desk.cells_by_count)
    except UserError:
        return None  # it became busy, or died: the code is still there to be read


def judge_of(
    comparison: Comparison,
    libraries: Libraries | None,
    cancel: CancelToken,
    review: KernelReview | None = None,
) -> Judge:
    """Looks at answers by the checks, and by a run where one cell changes and a run was allowed.

    Parameters
    ----------
    review:
        What runs for the notebook; None runs nothing.
    """
    head = comparison.head.notebook
    folder = comparison.target.notebook.parent if comparison.writable else None
    before: Counter[tuple[str, str, str]] | None = None

    def crashes(notebook: Notebook) -> Counter[tuple[str, str, str]]:
        found = static_findings(notebook, libraries, folder, cancel)
        return Counter(
            (each.check, each.exception, each.message)
            for each in found
            if each.verdict is Verdict.CRASH and each.evidence is Evidence.CERTAIN
        )

    def judge(changed: Notebook, proposals: tuple[CellProposal, ...]) -> Judgement:
        nonlocal before
        cancel.check()
        before = crashes(head) if before is None else before
        after = crashes(changed)
        problems, solved = (after - before).total(), (before - after).total()
        runs, seen_by = _runs(review, changed, proposals, cancel)
        why: str = ""
        if problems:
            what = next(iter(after - before))[2].rstrip(".")
            why = said("The checks find a new crash: {what}.", what=what)
        elif solved and not after:
            why = said("The checks no longer find the crash.")
        elif solved:
            why = said("The checks find fewer crashes.")
        if runs is not None:
            ran = said("It ran in {run}.", run=seen_by) if runs else said("It failed in {run}.", run=seen_by)
            why = said("{first} {second}", first=why, second=ran) if why else ran
        return Judgement(problems, solved, runs, why)

    return judge


def _runs(
    review: KernelReview | None, changed: Notebook, proposals: Sequence[CellProposal], cancel: CancelToken
) -> tuple[bool | None, str]:
    """Whether the only changed cell runs, and by what that was seen; None where it cannot be said."""
    alone = [each for each in proposals if not each.failed]
    if review is None or len(alone) != 1 or alone[0].edit is not CellEdit.CHANGE:
        return None, ""
    index = alone[0].index
    usable = review.usable(changed, index)
    rung = next((rung for rung in _RUNS if rung in usable), None)
    if rung is None:
        return None, ""
    try:
        judged = review.climb(changed, index, (), frozenset({rung}), cancel)
    except UserError:
        return None, ""  # the kernel is gone: it is ranked without
    verdict = judged[-1].finding.verdict if judged else Verdict.UNKNOWN
    known = {Verdict.CRASH: False, Verdict.NO_CRASH_FOUND: True}
    return known.get(verdict), said("a dry run") if rung is Rung.DRY_RUN else said("a stand-in run")


# --- suggestions --------------------------------------------------------------------------------------------


def _suggestions(
    answers: Sequence[Answer], head: Notebook, place: Place, scope: Scope, wish: Wish
) -> list[list[Suggestion]]:
    """The suggestions of each answer. Those of one question carry its id, and which choice they are."""
    question, moment = new_id(), now()
    found = []
    for choice, answer in enumerate(answers):
        settings = {
            **answer.origin.settings,
            "question": question,
            "choice": choice,
            "choices": len(answers),
            "judgement": answer.judgement.sentence,
            "scope": "notebook" if scope.cells is None else ranges(index + 1 for index in scope.cells),
            "wish": wish.kind.value,
        }
        origin = replace(answer.origin, settings=settings)
        parsed = answer.parsed
        blank = Suggestion(
            id="",
            place=place,
            base_source="",
            proposed_source="",
            reason=parsed.reason,
            evidence=Evidence.LIKELY,
            origin=origin,
            language=head.language,
            instruction=wish.instruction,
            created=moment,
        )
        proposals = parsed.proposals
        if parsed.failed and not proposals and head.cells:
            index = scope.first(wish, head)
            cell = head.cells[index]
            proposals = (CellProposal(CellEdit.CHANGE, index, "", cell.cell_type, parsed.failed),)
        group = new_id() if len(proposals) > 1 else ""
        following: Counter[int] = Counter()
        made = []
        for proposal in proposals:
            following[proposal.index] += proposal.edit is CellEdit.INSERT
            at = proposal.index + following[proposal.index]
            made.append(replace(_suggestion(blank, proposal, head, at), id=new_id(), group=group))
        found.append(made)
    return found


def _suggestion(blank: Suggestion, proposal: CellProposal, head: Notebook, at: int) -> Suggestion:
    """One cell's part. `at` is where a new cell would stand."""
    failed = bool(proposal.failed)
    made = replace(
        blank,
        edit=proposal.edit,
        cell_type=proposal.cell_type.value,
        reason=proposal.failed or blank.reason,
        evidence=Evidence.NO_VERDICT if failed else blank.evidence,
        state=SuggestionState.FAILED if failed else SuggestionState.PENDING,
    )
    if proposal.edit is CellEdit.INSERT:
        after = head.cells[proposal.index].digest if proposal.index >= 0 else ""
        place = replace(blank.place, cell_index=at, cell_id=None)
        return replace(made, place=place, after=after, proposed_source="" if failed else proposal.source)
    cell = head.cells[proposal.index]
    proposed = "" if proposal.edit is CellEdit.REMOVE else cell.source if failed else proposal.source
    place = at_cell(blank.place, head, proposal.index)
    return replace(made, place=place, base_source=cell.source, proposed_source=proposed)


def _cards(head: Notebook, made: Sequence[Sequence[Suggestion]]) -> Iterable[Card]:
    """A card for each cell of the best answer, with what the other answers make of the same cell behind
    it.
    """
    for suggestion in made[0]:
        others = (
            other
            for answer in made[1:]
            for other in answer
            if (other.place, other.edit) == (suggestion.place, suggestion.edit)
            and other.state is SuggestionState.PENDING
        )
        alternatives: dict[str, Suggestion] = {}
        for other in others:
            if other.proposed_source != suggestion.proposed_source:
                alternatives.setdefault(other.proposed_source, other)
        yield make_card(head, suggestion, *alternatives.values())


# --- what is known ------------------------------------------------------------------------------------------


def _exemplars(
    store: Store,
    place: Place,
    head: Notebook,
    scope: Scope,
    wish: Wish,
    count: int,
    *,
    only_here: bool,
) -> tuple[Exemplar, ...]:
    if count < 1:
        return ()
    cells = scope.cells or wish.cells or tuple(cell.index for cell in head.cells)
    sources = "\n".join(head.cells[index].source for index in cells if index < len(head.cells))
    newest: deque[Exemplar] = deque(maxlen=MOST_REMEMBERED)
    for suggestion, decision in store.accepted():
        if suggestion.edit is not CellEdit.CHANGE:
            continue
        theirs = suggestion.place
        here = theirs.notebook == place.notebook or (theirs.repository == place.repository != "")
        if only_here and not here:
            continue
        reason = suggestion.reason if decision.final_source == suggestion.proposed_source else ""
        newest.append(
            Exemplar(
                suggestion.id,
                suggestion.instruction,
                suggestion.base_source,
                decision.final_source,
                reason,
                suggestion.language,
                suggestion.cell_type,
            )
        )
    return resembling(newest, wish.text, sources, count, head.language)


def _describe(snapshot: RuntimeSnapshot | None, engine: Engine) -> Callable[[int], RuntimeText] | None:
    if snapshot is None or not snapshot.names:
        return None
    return lambda budget: fit_snapshot(snapshot, budget, engine.count_tokens, snapshot_text)


def _check_scope(head: Notebook, scope: Scope, name: str) -> None:
    if not any(cell.source.strip() for cell in head.cells) and scope.cells is None:
        raise UserError(
            said(
                "{name} has no cells with text, so there is nothing to change; write a cell first.", name=name
            )
        )
    if scope.cells is not None and not scope.cells:
        raise UserError(said("No cell was chosen; choose one, or ask for the whole notebook."))
    missing = [index for index in scope.cells or () if not 0 <= index < len(head.cells)]
    if missing:
        raise UserError(
            said(
                "{name} has {count} cells; choose a cell from 1 to {count}.", name=name, count=len(head.cells)
            )
        )
