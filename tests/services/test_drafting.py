"""Drafts in the store, and their cells as suggestions that are accepted like any other."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.assist.drafts import Drafter, DraftError, DraftStep, with_choice
from nbreview.assist.retrieval import Passage, PassageKind
from nbreview.cancellation import CancelToken
from nbreview.errors import UserError
from nbreview.llm.model import Reply, Sampling
from nbreview.notebook.reader import read_file
from nbreview.review.model import CellEdit, SuggestionState
from nbreview.services import drafting
from nbreview.services.decisions import accept_all, undo
from nbreview.store.database import Store
from tests.assist.drafting import whole_draft
from tests.assist.engines import ScriptedEngine, reply
from tests.builders import code, notebook


def drafter(replies: list[Reply]) -> Drafter:
    engine = ScriptedEngine(list(replies))
    return Drafter(engine, Sampling(max_tokens=512), 8192, lambda event: None, CancelToken())


def begun(tmp_path: Path) -> drafting.Draft:
    (tmp_path / "data.csv").write_text("load,day\n1,2\n")
    return drafting.begin("Foretell the load.", [tmp_path / "data.csv"], "MAE", tmp_path / "new.ipynb")


def finished(tmp_path: Path, store: Store) -> drafting.Draft:
    draft, made = begun(tmp_path), drafter(whole_draft())
    while draft.state.next_step is not None:
        draft = drafting.advance(made, store, draft, plans=2)
    return draft


def test_every_step_is_kept_and_a_draft_is_reopened_as_it_was_left(tmp_path: Path, store: Store) -> None:
    draft = finished(tmp_path, store)
    assert [each.step for each in store.draft_steps(draft.id)] == [step.value for step in DraftStep]
    assert drafting.reopen(store, draft.id) == draft
    assert draft.state.task.files[0].name == "data.csv"
    edited = drafting.edit(store, draft, with_choice(draft.state, 1))
    again = drafting.reopen(store, draft.id)
    assert again == edited and again.state.next_step is DraftStep.IMPROVEMENT
    assert store.drafts() == (draft.id,)
    with pytest.raises(UserError, match="no draft"):
        drafting.reopen(store, "none")


def test_what_the_repository_holds_is_kept_with_the_draft(tmp_path: Path, store: Store) -> None:
    passage = Passage("load.py", 1, 2, "read", "def read():\n    ...", kind=PassageKind.DEFINITION)
    made = drafter(whole_draft())
    draft = drafting.inform(made, begun(tmp_path), (passage, replace(passage, text="word " * 9000)))
    assert [each.name for each in draft.state.task.passages] == ["load.py:1"]
    draft = drafting.advance(made, store, draft, plans=2)
    assert drafting.reopen(store, draft.id) == draft
    assert "def read()" in draft.origins[0].messages[-1]["content"]


def test_the_cells_are_inserted_into_a_new_notebook_as_one_step_that_is_undone_as_one(
    tmp_path: Path, store: Store
) -> None:
    draft = finished(tmp_path, store)
    made = drafting.insert(store, draft)
    assert read_file(draft.notebook).cells == ()
    assert {each.group for each in made} == {made[0].group} and made[0].group
    assert {each.edit for each in made} == {CellEdit.INSERT}
    assert made[0].origin.settings["draft"] == draft.id
    kept = store.suggestions(str(draft.notebook))
    assert [each.state for each in kept] == [SuggestionState.PENDING] * len(made)
    accept_all(store, kept)
    written = read_file(draft.notebook).cells
    assert [(str(each.cell_type), each.source) for each in written] == [
        (each.cell_type, each.source) for each in draft.state.cells
    ]
    undo(store, draft.notebook)
    assert read_file(draft.notebook).cells == ()


def test_the_cells_go_behind_the_last_cell_of_a_notebook_that_is_there(tmp_path: Path, store: Store) -> None:
    (tmp_path / "new.ipynb").write_bytes(notebook(code("first = 1")))
    draft = finished(tmp_path, store)
    accept_all(store, drafting.insert(store, draft))
    sources = [cell.source for cell in read_file(draft.notebook).cells]
    assert sources[0] == "first = 1" and sources[1].startswith("# Better trees")
    assert len(sources) == 1 + len(draft.state.cells)


def test_a_step_that_failed_is_kept_with_what_the_model_said(tmp_path: Path, store: Store) -> None:
    draft = begun(tmp_path)
    with pytest.raises(DraftError):
        drafting.advance(drafter([reply("No plan."), reply("Still none.")]), store, draft)
    (kept,) = store.draft_steps(draft.id)
    assert kept.step == "failed plans"
    assert [each["reply"] for each in json.loads(kept.content)["origins"]] == ["No plan.", "Still none."]


def test_what_cannot_be_drafted_is_said(tmp_path: Path, store: Store) -> None:
    with pytest.raises(UserError, match="no task"):
        drafting.begin("  ", [], "", tmp_path / "a.ipynb")
    with pytest.raises(UserError, match="cannot be read"):
        drafting.begin("x", [tmp_path / "none.csv"], "", tmp_path / "a.ipynb")
    with pytest.raises(UserError, match="no cells yet"):
        drafting.insert(store, begun(tmp_path))
    lost = drafting.Draft("d", tmp_path / "none" / "a.ipynb", finished(tmp_path, store).state)
    with pytest.raises(UserError, match="cannot be made"):
        drafting.insert(store, lost)
