"""Accept, reject and undo on real files and a real store."""

import os
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.notebook.reader import read_file
from nbreview.review.model import (
    Decision,
    DecisionKind,
    Evidence,
    Origin,
    Place,
    Suggestion,
    SuggestionState,
    new_id,
    now,
)
from nbreview.services.decisions import accept, locate, reconcile, reject, undo
from nbreview.store.database import Store
from tests.builders import code, markdown, notebook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "train.ipynb"
    path.write_bytes(
        notebook(markdown("# Train", id="a"), code("lr = 1e-3", id="b", count=4), code("fit(lr)", id="c"))
    )
    return path


def make(
    path: Path, store: Store, *, index: int = 1, base: str = "lr = 1e-3", new: str = "lr = 3e-4"
) -> Suggestion:
    suggestion = Suggestion(
        new_id(),
        Place(str(path), index, "abc"[index]),
        base,
        new,
        "Smaller steps.",
        Evidence.CERTAIN,
        Origin("rule:test"),
    )
    store.add_suggestion(suggestion)
    return suggestion


def test_accept_writes_that_cell_and_nothing_else(path: Path, store: Store) -> None:
    before = path.read_bytes()
    decision = accept(store, make(path, store))
    assert path.read_bytes() == before.replace(b"lr = 1e-3", b"lr = 3e-4")
    assert decision.kind is DecisionKind.ACCEPTED
    assert store.unapplied() == ()


def test_an_edited_acceptance_keeps_what_the_person_wrote(path: Path, store: Store) -> None:
    suggestion = make(path, store)
    accept(store, suggestion, "lr = 5e-4")
    assert read_file(path).cells[1].source == "lr = 5e-4"
    kept = store.decisions(suggestion.id)[-1]
    assert (kept.kind, kept.final_source) == (DecisionKind.EDITED, "lr = 5e-4")
    assert store.suggestion(suggestion.id).state is SuggestionState.EDITED


def test_undo_gives_back_every_byte_also_from_another_process(path: Path, store: Store) -> None:
    before = path.read_bytes()
    accept(store, make(path, store))
    store.close()
    with Store.open(store.path) as later:
        undo(later, path)
        assert path.read_bytes() == before
        assert list(later.accepted()) == []
        with pytest.raises(UserError, match="nothing to undo"):
            undo(later, path)


def test_a_changed_cell_makes_the_suggestion_stale_and_nothing_is_written(path: Path, store: Store) -> None:
    suggestion = make(path, store)
    typed = path.read_bytes().replace(b"lr = 1e-3", b"lr = 0.5")
    path.write_bytes(typed)
    with pytest.raises(UserError, match=r"Cell 2 of train\.ipynb has changed since"):
        accept(store, suggestion)
    assert path.read_bytes() == typed
    assert store.decisions(suggestion.id) == ()


def test_undo_refuses_when_the_person_has_edited_the_cell_since(path: Path, store: Store) -> None:
    accept(store, make(path, store))
    typed = path.read_bytes().replace(b"lr = 3e-4", b"lr = 0.5")
    path.write_bytes(typed)
    with pytest.raises(UserError, match="has changed since"):
        undo(store, path)
    assert path.read_bytes() == typed


def test_a_rejection_never_touches_the_file(path: Path, store: Store) -> None:
    before = path.read_bytes()
    suggestion = make(path, store)
    reject(store, suggestion, " not now ")
    assert path.read_bytes() == before
    assert store.decisions(suggestion.id)[0].comment == "not now"


def test_a_suggestion_follows_its_cell_when_cells_are_inserted_above(path: Path, store: Store) -> None:
    suggestion = make(path, store)
    path.write_bytes(
        notebook(
            code("import torch", id="new"),
            markdown("# Train", id="a"),
            code("lr = 1e-3", id="b"),
            code("fit(lr)", id="c"),
        )
    )
    assert locate(read_file(path), suggestion, suggestion.base_source) == 2
    accept(store, suggestion)
    assert [cell.source for cell in read_file(path).cells][2] == "lr = 3e-4"


def test_without_ids_equal_cells_are_not_guessed_between(tmp_path: Path) -> None:
    path = tmp_path / "old.ipynb"
    path.write_bytes(notebook(code("x = 1"), code("step()"), code("step()"), minor=4))
    place = Place(str(path), 5, None)
    suggestion = Suggestion(new_id(), place, "step()", "step(2)", "", Evidence.CERTAIN, Origin("rule:test"))
    assert locate(read_file(path), suggestion, "step()") is None


def test_a_write_that_fails_is_taken_back_in_the_store(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The disk that fills up between reading and renaming, as the operating system reports it.
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    suggestion = make(path, store)
    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UserError):
        accept(store, suggestion)
    assert path.read_bytes() == before
    assert list(store.accepted()) == []
    assert store.unapplied() == ()
    assert sorted(item.name for item in path.parent.glob("*.ipynb*")) == ["train.ipynb"]


def test_a_decision_that_never_reached_the_file_is_taken_back_at_the_next_opening(
    path: Path, store: Store
) -> None:
    suggestion = make(path, store)
    store.decide(Decision(new_id(), suggestion.id, DecisionKind.ACCEPTED, "lr = 3e-4", now()))
    assert reconcile(store, path) == 1
    assert store.unapplied() == ()
    assert list(store.accepted()) == []


def test_a_decision_that_reached_the_file_is_settled_at_the_next_opening(path: Path, store: Store) -> None:
    suggestion = make(path, store)
    store.decide(Decision(new_id(), suggestion.id, DecisionKind.ACCEPTED, "lr = 3e-4", now()))
    path.write_bytes(path.read_bytes().replace(b"1e-3", b"3e-4"))
    assert reconcile(store, path) == 0
    assert store.unapplied() == ()
    assert len(list(store.accepted())) == 1


def test_a_read_only_notebook_is_not_written(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "old.ipynb"
    old = (
        b'{"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"metadata": {}, '
        b'"cells": [{"cell_type": "code", "collapsed": false, "input": ["x = 1"], "language": "python", '
        b'"metadata": {}, "outputs": [], "prompt_number": 1}]}]}'
    )
    path.write_bytes(old)
    place = Place(str(path), 0, None)
    suggestion = Suggestion(new_id(), place, "x = 1", "x = 2", "", Evidence.CERTAIN, Origin("rule:test"))
    store.add_suggestion(suggestion)
    with pytest.raises(UserError):
        accept(store, suggestion)
    assert path.read_bytes() == old
