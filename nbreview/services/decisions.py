"""Accept, reject and undo suggestions: the only code that writes a notebook and the store together.

Joins `store` and `cell_edits`; `staging` writes notebooks too, where there is no decision to keep. May
run on a worker thread. The order is what makes it safe: the new bytes are made first (nothing has happened
if that fails), the decisions are put into the store with the digests of the file before and after, the file
is replaced in one step, and the decisions are marked as applied. Whatever interrupts this, `reconcile` finds
out from the file which half was done. Suggestions that are accepted together are one write: the file holds
all of them or none, and one undo takes them back.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from nbreview.errors import UserError
from nbreview.notebook.reader import load_file, read_bytes
from nbreview.notebook.writer import write_atomic
from nbreview.review.model import CellEdit, Decision, DecisionKind, Suggestion, SuggestionState, new_id, now
from nbreview.review.records import FileWrite
from nbreview.services.cell_edits import Edit, apply_edits, find_written, locate, take_back
from nbreview.store.database import Store
from nbreview.words import said

__all__ = [
    "OPEN_STATES",
    "Undone",
    "accept",
    "accept_all",
    "check_undecided",
    "locate",
    "reconcile",
    "reject",
    "undo",
]

OPEN_STATES = frozenset({SuggestionState.PENDING, SuggestionState.UNDONE, SuggestionState.FAILED})
"""States in which a suggestion still waits for a decision; an acceptance taken back waits again."""

_Pairs = Sequence[tuple[Suggestion, Decision]]
_ACCEPTANCES = (DecisionKind.ACCEPTED, DecisionKind.EDITED)


@dataclass(frozen=True, slots=True)
class Undone:
    """An acceptance that was taken back. `others` are those that had been accepted together with it."""

    suggestion: Suggestion
    decision: Decision
    others: tuple["Undone", ...] = ()


def accept(store: Store, suggestion: Suggestion, edited: str | None = None) -> Decision:
    """Write a suggestion into the notebook's file and keep the decision: its cell is changed, inserted or
    removed.

    Parameters
    ----------
    edited:
        The source as the person changed it before accepting; None takes the proposal as it is.

    Raises
    ------
    UserError
        It has been decided on already, the cell has changed since (the suggestion is stale; of an insertion:
        the cell that it follows) or the file cannot be written. The file is as it was.
    """
    final = suggestion.proposed_source if edited is None else edited
    return _accept(store, (Edit(suggestion, final),))[0]


def accept_all(store: Store, suggestions: Sequence[Suggestion]) -> tuple[Decision, ...]:
    """Write several suggestions for one notebook in one step, as they are proposed; all of them or none.

    Raises
    ------
    UserError
        As `accept`, of any of them; or they are for several notebooks, or two change the same cell.
    """
    if not suggestions:
        return ()
    if len({suggestion.place.notebook for suggestion in suggestions}) > 1:
        raise UserError(
            said("These suggestions are for several notebooks; accept those of one notebook together.")
        )
    return _accept(store, tuple(Edit(one, one.proposed_source) for one in suggestions))


def reject(store: Store, suggestion: Suggestion, comment: str = "") -> Decision:
    """Keep a rejection. The notebook is not touched.

    Raises
    ------
    UserError
        It has been decided on already, or the store cannot be written.
    """
    check_undecided(store, suggestion)
    decision = Decision(
        new_id(), suggestion.id, DecisionKind.REJECTED, "", now(), comment.strip(), applied=True
    )
    store.decide(decision)
    return decision


def undo(store: Store, notebook: Path) -> Undone:
    """Take back the newest acceptance in this notebook, with those that were accepted together with it; also
    one made before the program was last closed.

    A suggestion that was divided into hunks stands again, whole, as soon as none of its parts is decided on.

    Raises
    ------
    UserError
        There is nothing to undo, or the cell has been edited since.
    """
    newest = store.last_acceptance(str(notebook))
    if newest is None:
        raise UserError(
            said(
                "There is nothing to undo in {name}; what you accept, edit, revert or stage can be.",
                name=notebook.name,
            )
        )
    together = store.written_with(newest[1].id) or (newest,)
    kept = {
        suggestion.id: content
        for suggestion, accepted in together
        if (content := store.kept(accepted.id)) is not None
    }
    old = load_file(notebook)
    edits = [Edit(suggestion, accepted.final_source) for suggestion, accepted in together]
    data = take_back(old, edits, kept, notebook.name)
    batch, moment = new_id(), now()
    undone = [
        Decision(new_id(), suggestion.id, DecisionKind.UNDONE, suggestion.base_source, moment, batch=batch)
        for suggestion, _ in together
    ]
    _write(store, notebook, old, data, undone, {}, lambda: _accept_again(store, together))
    store.settle(batch, [accepted.id for _, accepted in together])
    for suggestion, _ in together:
        if suggestion.part_of:
            store.make_whole(suggestion.part_of)
    first, *others = (Undone(one, decision) for (one, _), decision in zip(together, undone, strict=True))
    return replace(first, others=tuple(others))


def reconcile(store: Store, notebook: Path) -> int:
    """Settle decisions that were stored but perhaps not written (the program was ended in between), and let
    what was divided without a decision stand whole again.

    Returns how many acceptances turned out not to be in the file; they are taken back, so that their cards
    are pending again.
    """
    lost = _settle_open(store, notebook)
    for whole in store.divided(str(notebook)):
        store.make_whole(whole)
    return lost


def _settle_open(store: Store, notebook: Path) -> int:
    pairs = [pair for pair in store.unapplied() if pair[0].place.notebook == str(notebook)]
    if not pairs:
        return 0
    data = load_file(notebook)
    current = read_bytes(data, notebook.name)
    lost = 0
    for batch in _batches(pairs):
        name = batch[0][1].batch
        write = store.file_write(name) if name else None
        done = _was_done(write, data)
        undoing = batch[0][1].kind is DecisionKind.UNDONE
        if done is None:
            # The file has been written by somebody else since. One cell tells of the whole batch.
            done = undoing or any(
                find_written(current, Edit(suggestion, decision.final_source)) is not None
                for suggestion, decision in batch
            )
        if not done and undoing:
            _accept_again(store, [_accepted_before(store, suggestion) for suggestion, _ in batch])
        elif not done:
            _take_back_in_store(store, batch, "The program ended before the file was written.")
            lost += len(batch)
        if name:
            released = [_accepted_before(store, one)[1].id for one, _ in batch] if done and undoing else []
            store.settle(name, released)
        else:
            store.mark_applied(batch[0][1].id)
    return lost


def _batches(pairs: _Pairs) -> Iterator[_Pairs]:
    """Decisions in the order in which they were made, those of one write together."""
    for name, group in groupby(pairs, key=lambda pair: pair[1].batch):
        batch = list(group)
        if name:
            yield batch
        else:
            yield from ([pair] for pair in batch)


def _was_done(write: FileWrite | None, data: bytes) -> bool | None:
    """Whether the file holds what a write was to make of it; None where it holds something else."""
    if write is None:
        return None
    digest = _digest(data)
    if digest == write.after:
        return True
    return False if digest == write.before else None


def _accept(store: Store, edits: Sequence[Edit]) -> tuple[Decision, ...]:
    for edit in edits:
        check_undecided(store, edit.suggestion)
    path = Path(edits[0].suggestion.place.notebook)
    old = load_file(path)
    edited = apply_edits(old, edits, path.name, _earlier(store, edits))
    batch, moment = new_id(), now()
    decisions = [
        Decision(
            new_id(),
            edit.suggestion.id,
            DecisionKind.ACCEPTED if edit.final == edit.suggestion.proposed_source else DecisionKind.EDITED,
            edit.final,
            moment,
            batch=batch,
        )
        for edit in edits
    ]
    pairs = [(edit.suggestion, decision) for edit, decision in zip(edits, decisions, strict=True)]
    kept = {
        decision.id: edited.kept[suggestion.id]
        for suggestion, decision in pairs
        if suggestion.id in edited.kept
    }
    comment = "The file could not be written."
    _write(store, path, old, edited.data, decisions, kept, lambda: _take_back_in_store(store, pairs, comment))
    store.settle(batch)
    return tuple(decisions)


def _earlier(store: Store, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """New cells of the same answers that are in the file already."""
    groups = {edit.suggestion.group for edit in edits if edit.suggestion.edit is CellEdit.INSERT} - {""}
    if not groups:
        return ()
    return tuple(
        Edit(made, _accepted_before(store, made)[1].final_source)
        for made in store.suggestions(edits[0].suggestion.place.notebook)
        if made.group in groups
        and made.edit is CellEdit.INSERT
        and made.state in (SuggestionState.ACCEPTED, SuggestionState.EDITED)
    )


def _write(
    store: Store,
    path: Path,
    old: bytes,
    new: bytes,
    decisions: Sequence[Decision],
    kept: Mapping[str, bytes],
    give_up: Callable[[], None],
) -> None:
    """Store decisions of one batch and write the file. When the write fails, `give_up` takes the store back:
    the file is as it was, and an export must not teach a change that nobody has.
    """
    batch = decisions[0].batch
    store.decide_all(decisions, FileWrite(batch, str(path), _digest(old), _digest(new)), kept)
    try:
        write_atomic(path, new)
    except UserError:
        give_up()
        store.settle(batch, kept)
        raise


def _take_back_in_store(store: Store, pairs: _Pairs, comment: str) -> None:
    """Say of acceptances that never reached the file that they do not stand."""
    moment = now()
    store.decide_all(
        [
            Decision(
                new_id(),
                suggestion.id,
                DecisionKind.UNDONE,
                suggestion.base_source,
                moment,
                comment,
                applied=True,
            )
            for suggestion, _ in pairs
        ]
    )


def _accept_again(store: Store, pairs: _Pairs) -> None:
    """Say of acceptances whose undoing never reached the file that they stand as they did."""
    moment = now()
    again = [replace(accepted, id=new_id(), time=moment, applied=True) for _, accepted in pairs]
    kept = {
        new.id: content
        for new, (_, accepted) in zip(again, pairs, strict=True)
        if (content := store.kept(accepted.id)) is not None
    }
    store.decide_all(again, None, kept)


def _accepted_before(store: Store, suggestion: Suggestion) -> tuple[Suggestion, Decision]:
    """The newest acceptance of a suggestion, which a later decision took back."""
    accepted = [one for one in store.decisions(suggestion.id) if one.kind in _ACCEPTANCES]
    return suggestion, accepted[-1]


def check_undecided(store: Store, suggestion: Suggestion) -> None:
    """Another press, window or process may have been first; a second decision would contradict the file."""
    if store.suggestion(suggestion.id).state not in OPEN_STATES:
        raise UserError(said("This suggestion has already been decided on; choose another card."))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
