"""A draft of a notebook: its steps made, edited, kept in the store, and its cells turned into suggestions.

Joins `assist.drafts`, the store and the notebook's file. Every function may run on a worker thread. A draft's
cells are inserted only by a person who accepts them, as every suggestion is.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from nbreview.assist.data_files import named_from, read_data_file
from nbreview.assist.data_model import Column, DataFile
from nbreview.assist.draft_replies import DraftCell, Plan
from nbreview.assist.drafts import Drafter, DraftError, DraftState, DraftStep, DraftTask
from nbreview.assist.retrieval import Passage, render_passage
from nbreview.assist.shown import Extra
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_file
from nbreview.review.model import CellEdit, Evidence, Origin, Suggestion, new_id, now
from nbreview.services.fixing import make_place
from nbreview.services.opening import find_target
from nbreview.store.database import Store
from nbreview.store.drafts import KeptDraftStep
from nbreview.words import said

EDITED = "edited"
"""The step of a draft that a person has edited."""

_NEW = {
    "cells": [],
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft and where its cells are to go. `origins` are those of the answers that made the newest step."""

    id: str
    notebook: Path
    state: DraftState
    origins: tuple[Origin, ...] = ()


def begin(
    text: str, data: Sequence[Path], metric: str, notebook: Path, cancel: CancelToken | None = None
) -> Draft:
    """Look at the data and begin a draft.

    Parameters
    ----------
    notebook:
        The notebook that the cells are for; it need not be there yet. Data files are named from its folder.

    Raises
    ------
    UserError
        The task is empty, or a data file cannot be read.
    Cancelled
        `cancel` was raised.
    """
    if not text.strip():
        raise UserError(said("There is no task; say in words what the notebook is to do."))
    place = notebook.absolute()
    files = tuple(read_data_file(path, cancel, place.parent) for path in data)
    return begin_with(text, files, metric, place)


def begin_with(text: str, files: Sequence[DataFile], metric: str, notebook: Path) -> Draft:
    """Begin a draft with data that has been looked at already; it is named from the notebook's folder.

    Raises
    ------
    UserError
        The task is empty.
    """
    if not text.strip():
        raise UserError(said("There is no task; say in words what the notebook is to do."))
    place = notebook.absolute()
    named = tuple(replace(file, name=named_from(file.path, place.parent)) for file in files)
    return Draft(new_id(), place, DraftState(DraftTask(text.strip(), metric.strip(), named)))


def inform(drafter: Drafter, draft: Draft, passages: Sequence[Passage]) -> Draft:
    """The draft with what the repository and its libraries hold about the task, as much of it as the model
    will be shown; kept with the next step.
    """
    known = drafter.fitting([Extra(each.name, render_passage(each)) for each in passages])
    return replace(draft, state=replace(draft.state, task=replace(draft.state.task, passages=known)))


def advance(
    drafter: Drafter, store: Store, draft: Draft, step: DraftStep | None = None, plans: int = 3
) -> Draft:
    """Make the next step, or one again, and keep it. A step whose answers cannot be used is kept too.

    Raises
    ------
    UserError, Cancelled
        As `Drafter.make`; or the store cannot be written.
    """
    try:
        made = drafter.make(draft.state, step, plans)
    except DraftError as error:
        _keep(store, draft, f"failed {step or draft.state.next_step}", draft.state, error.origins)
        raise
    _keep(store, draft, made.step.value, made.state, made.origins)
    return replace(draft, state=made.state, origins=made.origins)


def edit(store: Store, draft: Draft, state: DraftState) -> Draft:
    """Keep a state that a person has edited (`drafts.with_plan` and its like)."""
    _keep(store, draft, EDITED, state, ())
    return replace(draft, state=state, origins=())


def reopen(store: Store, draft_id: str) -> Draft:
    """A draft as it was left.

    Raises
    ------
    UserError
        The store has no such draft.
    """
    steps = store.draft_steps(draft_id)
    if not steps:
        raise UserError(said("There is no draft {number} in the store; begin a new one.", number=draft_id))
    last = steps[-1]
    value = json.loads(last.content)
    return Draft(draft_id, Path(last.notebook), _state(value["state"]), _origins(value["origins"]))


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """An earlier draft, to choose from: what it is to do, for which notebook, and when it was worked on last
    (seconds since the epoch).
    """

    id: str
    text: str
    notebook: Path
    time: float


def earlier(store: Store, limit: int = 20, cancel: CancelToken | None = None) -> tuple[KeptDraft, ...]:
    """The drafts that were worked on last, newest first."""
    found = []
    for draft_id in store.drafts(limit):
        if cancel is not None:
            cancel.check()
        last = store.draft_steps(draft_id)[-1]
        text = str(json.loads(last.content)["state"]["task"]["text"])
        found.append(KeptDraft(draft_id, text, Path(last.notebook), last.time))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Position:
    """Behind which cell of the notebook cells are to go: its index, and the digest of its source."""

    index: int
    digest: str


def insert(store: Store, draft: Draft, behind: Position | None = None) -> tuple[Suggestion, ...]:
    """Suggestions that insert the draft's cells, as one group; a notebook that is not there is made, empty.

    Parameters
    ----------
    behind:
        The cell that they are to follow; None: the last one.

    Raises
    ------
    UserError
        The draft has no cells yet, the notebook cannot be read or made, or that cell has changed.
    """
    state = draft.state
    if not state.cells:
        raise UserError(said("The draft has no cells yet; make its steps first."))
    if not draft.notebook.exists():
        _make(draft.notebook)
    head = read_file(draft.notebook)
    if head.read_only:
        raise UserError(head.read_only)
    index = len(head.cells) - 1 if behind is None else _find(head, behind)
    after = head.cells[index].digest if index >= 0 else ""
    place, group, time = make_place(find_target(draft.notebook)), new_id(), now()
    origin = draft.origins[-1] if draft.origins else _written_by_hand(store, draft)
    improved, count = state.improved, len(state.cells)
    suggestions = tuple(
        Suggestion(
            id=new_id(),
            place=replace(place, cell_index=index + 1 + number, cell_id=None),
            base_source="",
            proposed_source=cell.source,
            reason=said("Draft, cell {number} of {count}.", number=number + 1, count=count)
            if improved is None
            else said(
                "Draft “{title}”, cell {number} of {count}.",
                title=improved.title,
                number=number + 1,
                count=count,
            ),
            evidence=Evidence.LIKELY,
            origin=replace(origin, settings={**origin.settings, "draft": draft.id}),
            cell_type=cell.cell_type,
            language=head.language,
            instruction=state.task.text,
            created=time,
            edit=CellEdit.INSERT,
            after=after,
            group=group,
        )
        for number, cell in enumerate(state.cells)
    )
    store.add_suggestions(suggestions)
    return suggestions


def _find(head: Notebook, behind: Position) -> int:
    """The index of a cell in the file as it is now."""
    cells = head.cells
    if behind.index < len(cells) and cells[behind.index].digest == behind.digest:
        return behind.index
    same = [cell.index for cell in cells if cell.digest == behind.digest]
    if len(same) != 1:
        raise UserError(
            said(
                "Cell {number} has changed on disk, so nothing was inserted behind it; read the "
                "notebook again and choose the cell anew, or insert at the end.",
                number=behind.index + 1,
            )
        )
    return same[0]


def _written_by_hand(store: Store, draft: Draft) -> Origin:
    """How cells came about that a person has edited: by the newest answer that there was."""
    for kept in reversed(store.draft_steps(draft.id)):
        found = _origins(json.loads(kept.content)["origins"])
        if found:
            return found[-1]
    return Origin("draft")


def _make(path: Path) -> None:
    data = json.dumps(_NEW, indent=1).encode() + b"\n"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
    except OSError as error:
        raise UserError(
            said(
                "{path} cannot be made ({reason}); name a notebook in a folder that can be written.",
                path=path,
                reason=error.strerror,
            )
        ) from error


def _keep(store: Store, draft: Draft, step: str, state: DraftState, origins: Sequence[Origin]) -> None:
    content = json.dumps(
        {"state": asdict(state), "origins": [asdict(origin) for origin in origins]},
        default=str,
        sort_keys=True,
    )
    store.add_draft_step(KeptDraftStep(new_id(), draft.id, step, str(draft.notebook), now(), content))


def _state(value: Mapping[str, Any]) -> DraftState:
    task = value["task"]
    files = tuple(
        DataFile(
            **{
                **file,
                "path": Path(file["path"]),
                "columns": tuple(
                    Column(**{**column, "samples": tuple(column["samples"])}) for column in file["columns"]
                ),
                "facts": tuple(file["facts"]),
            }
        )
        for file in task["files"]
    )
    # Drafts of before passages were read have none.
    passages = tuple(Extra(**passage) for passage in task.get("passages", ()))
    return DraftState(
        task=DraftTask(**{**task, "files": files, "passages": passages}),
        plans=tuple(Plan(**plan) for plan in value["plans"]),
        weights=tuple(value["weights"]),
        critiques=tuple(value["critiques"]),
        chosen=value["chosen"],
        why=value["why"],
        chances=tuple(value["chances"]),
        improved=Plan(**value["improved"]) if value["improved"] is not None else None,
        cells=tuple(DraftCell(**cell) for cell in value["cells"]),
    )


def _origins(values: Sequence[Mapping[str, Any]]) -> tuple[Origin, ...]:
    return tuple(Origin(**{**value, "messages": tuple(value["messages"])}) for value in values)
