"""Suggestions that change, insert and remove cells of a notebook on disk, and a process made to be killed."""

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from nbreview.notebook.reader import read_file
from nbreview.review.model import CellEdit, Evidence, Origin, Place, Suggestion, new_id
from nbreview.services.decisions import accept_all, reconcile, undo
from nbreview.store.database import Store


def suggest(path: Path, store: Store | None, index: int, proposed: str, **changes: Any) -> Suggestion:
    """A suggestion for the cell that stands at an index, or for a new one there (`edit` INSERT)."""
    cells = read_file(path).cells
    edit = changes.get("edit", CellEdit.CHANGE)
    inserts = edit is CellEdit.INSERT
    made: dict[str, Any] = {
        "id": new_id(),
        "place": Place(str(path), index, None if inserts else cells[index].id),
        "base_source": "" if inserts else cells[index].source,
        "proposed_source": proposed,
        "reason": "It reads better.",
        "evidence": Evidence.LIKELY,
        "origin": Origin("model", "tiny"),
        "after": cells[index - 1].digest if inserts and index else "",
        "group": "g",
    }
    suggestion = Suggestion(**(made | changes))
    if store is not None:
        store.add_suggestion(suggestion)
    return suggestion


def inserted(path: Path, store: Store | None, index: int, source: str, **changes: Any) -> Suggestion:
    """A suggestion of a new cell."""
    return suggest(path, store, index, source, edit=CellEdit.INSERT, **changes)


def removed(path: Path, store: Store | None, index: int, **changes: Any) -> Suggestion:
    """A suggestion to take a cell away."""
    return suggest(path, store, index, "", edit=CellEdit.REMOVE, **changes)


def three(path: Path, store: Store | None) -> tuple[Suggestion, ...]:
    """One answer about three cells: the second is changed, the third removed, and one follows the first."""
    return (
        suggest(path, store, 1, "a = 2\n"),
        removed(path, store, 2),
        inserted(path, store, 1, "import os\n"),
    )


def accept_and_undo(path: Path, store_path: Path, ids: tuple[str, ...], said: Connection) -> None:
    """Accept a group and undo it, again and again; made to be killed."""
    with Store.open(store_path) as store:
        reconcile(store, path)
        while True:
            group = [store.suggestion(id) for id in ids]
            if store.last_acceptance(str(path)) is None:
                accept_all(store, group)
            else:
                undo(store, path)
            said.send("done")
