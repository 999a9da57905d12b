"""Accept, reject and undo a suggestion: the only code that writes a notebook and the store together.

Joins `store` and `notebook.writer`; `staging` writes notebooks too, where there is no decision to keep. May
run on a worker thread. The order is what makes it safe: the new bytes are made first (nothing has happened
if that fails), the decision is put into the store, the file is replaced in one step, and the decision is
marked as applied. Whatever interrupts this, `reconcile` finds out from the file which half was done.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from nbreview.errors import UserError
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import load_file, read_bytes
from nbreview.notebook.writer import replace_source, write_atomic
from nbreview.review.model import Decision, DecisionKind, Suggestion, SuggestionState, new_id, now
from nbreview.store.database import Store

OPEN_STATES = frozenset({SuggestionState.PENDING, SuggestionState.UNDONE, SuggestionState.FAILED})
"""States in which a suggestion still waits for a decision; an acceptance taken back waits again."""


@dataclass(frozen=True, slots=True)
class Undone:
    """An acceptance that was taken back."""

    suggestion: Suggestion
    decision: Decision


def locate(notebook: Notebook, suggestion: Suggestion, source: str) -> int | None:
    """Index of the cell that a suggestion belongs to, if that cell now holds exactly `source`; None when it
    is stale.

    The cell's place is tried first, then its id, then the only cell with that source.
    """
    index = suggestion.place.cell_index
    cells = notebook.cells
    if (
        0 <= index < len(cells)
        and cells[index].source == source
        and cells[index].id == suggestion.place.cell_id
    ):
        return index
    if suggestion.place.cell_id is not None:
        same_id = [cell for cell in cells if cell.id == suggestion.place.cell_id]
        if len(same_id) == 1:
            return same_id[0].index if same_id[0].source == source else None
    same_source = [cell.index for cell in cells if cell.source == source]
    return same_source[0] if len(same_source) == 1 else None


def accept(store: Store, suggestion: Suggestion, edited: str | None = None) -> Decision:
    """Write a suggestion into the notebook's file and keep the decision.

    Parameters
    ----------
    edited:
        The source as the person changed it before accepting; None takes the proposal as it is.

    Raises
    ------
    UserError
        It has been decided on already, the cell has changed since (the suggestion is stale) or the file
        cannot be written. The file is as it was.
    """
    _check_undecided(store, suggestion)
    path = Path(suggestion.place.notebook)
    final = suggestion.proposed_source if edited is None else edited
    kind = DecisionKind.ACCEPTED if final == suggestion.proposed_source else DecisionKind.EDITED
    data = _replaced(path, suggestion, suggestion.base_source, final, "ask for the suggestion again")
    decision = Decision(new_id(), suggestion.id, kind, final, now())
    comment = "The file could not be written."
    before = Decision(
        new_id(), suggestion.id, DecisionKind.UNDONE, suggestion.base_source, now(), comment, applied=True
    )
    return _decide_and_write(store, path, data, decision, before)


def reject(store: Store, suggestion: Suggestion, comment: str = "") -> Decision:
    """Keep a rejection. The notebook is not touched.

    Raises
    ------
    UserError
        It has been decided on already, or the store cannot be written.
    """
    _check_undecided(store, suggestion)
    decision = Decision(
        new_id(), suggestion.id, DecisionKind.REJECTED, "", now(), comment.strip(), applied=True
    )
    store.decide(decision)
    return decision


def undo(store: Store, notebook: Path) -> Undone:
    """Take back the newest acceptance in this notebook, also one made before the program was last closed.

    Raises
    ------
    UserError
        There is nothing to undo, or the cell has been edited since.
    """
    newest = store.last_acceptance(str(notebook))
    if newest is None:
        raise UserError(
            f"Nothing has been accepted in {notebook.name} that could be undone; accept a suggestion first."
        )
    suggestion, accepted = newest
    data = _replaced(
        notebook,
        suggestion,
        accepted.final_source,
        suggestion.base_source,
        "change it back by hand, as undoing would lose that edit",
    )
    decision = Decision(new_id(), suggestion.id, DecisionKind.UNDONE, suggestion.base_source, now())
    before = replace(accepted, id=new_id(), time=now(), applied=True)
    return Undone(suggestion, _decide_and_write(store, notebook, data, decision, before))


def reconcile(store: Store, notebook: Path) -> int:
    """Settle decisions that were stored but perhaps not written (the program was ended in between).

    Returns how many acceptances turned out not to be in the file; they are taken back, so that their cards
    are pending again.
    """
    open_decisions = [pair for pair in store.unapplied() if pair[0].place.notebook == str(notebook)]
    if not open_decisions:
        return 0
    current = read_bytes(load_file(notebook), notebook.name)
    lost = 0
    for suggestion, decision in open_decisions:
        if (
            locate(current, suggestion, decision.final_source) is None
            and decision.kind is not DecisionKind.UNDONE
        ):
            comment = "The program ended before the file was written."
            taken_back = Decision(
                new_id(),
                suggestion.id,
                DecisionKind.UNDONE,
                suggestion.base_source,
                now(),
                comment,
                applied=True,
            )
            store.decide(taken_back)
            lost += 1
        store.mark_applied(decision.id)
    return lost


def _check_undecided(store: Store, suggestion: Suggestion) -> None:
    """Another press, window or process may have been first; a second decision would contradict the file."""
    if store.suggestion(suggestion.id).state not in OPEN_STATES:
        raise UserError("This suggestion has already been decided on; choose another card.")


def _replaced(path: Path, suggestion: Suggestion, expected: str, source: str, advice: str) -> bytes:
    """The file's bytes with the suggestion's cell holding `source`; refused, with advice, when it holds
    another text.
    """
    data = load_file(path)
    notebook = read_bytes(data, path.name)
    if notebook.read_only:
        raise UserError(notebook.read_only)
    index = locate(notebook, suggestion, expected)
    if index is None:
        place = suggestion.place.cell_index + 1
        raise UserError(f"Cell {place} of {path.name} has changed since; {advice}.")
    return replace_source(data, index, source, path.name)


def _decide_and_write(
    store: Store, path: Path, data: bytes, decision: Decision, before: Decision
) -> Decision:
    """Store `decision`, write the file, mark it. When the write fails, `before` is what the store is taken
    back to.
    """
    store.decide(decision)
    try:
        write_atomic(path, data)
    except UserError:
        # The file is as it was: say so in the store as well, or the export would teach a change nobody has.
        store.decide(before)
        store.mark_applied(decision.id)
        raise
    store.mark_applied(decision.id)
    return decision
