"""Edits of several cells, hunks decided on apart, and decisions that are one write, are kept as they were."""

from dataclasses import replace

import pytest

from nbreview.review.model import CellEdit, DecisionKind, SuggestionState
from nbreview.review.records import FileWrite
from nbreview.store import writes
from nbreview.store.database import Store
from nbreview.store.upkeep import verify_store
from tests.store.samples import NOTEBOOK, decision, suggestion


def test_an_inserted_and_a_removed_cell_are_kept_with_their_group(store: Store) -> None:
    inserted = suggestion("i", base_source="", edit=CellEdit.INSERT, after="ab" * 32, group="g1")
    removed = suggestion("r", proposed_source="", edit=CellEdit.REMOVE, group="g1")
    store.add_suggestions([inserted, removed])
    assert store.suggestions(NOTEBOOK) == (inserted, removed)


def test_several_suggestions_are_kept_all_or_none(store: Store) -> None:
    class Unkept(Exception):
        pass

    def failing() -> object:
        yield suggestion("s1")
        raise Unkept

    with pytest.raises(Unkept):
        store.add_suggestions(failing())  # type: ignore[arg-type]
    assert store.suggestions(NOTEBOOK) == ()


def test_parts_stand_in_the_place_of_what_was_divided_until_it_is_whole_again(store: Store) -> None:
    store.add_suggestion(suggestion())
    parts = [suggestion("h", part_of="s1"), suggestion("r", part_of="s1")]
    assert store.divide("s1", parts)
    assert not store.divide("s1", [suggestion("late", part_of="s1")])
    assert _states(store) == {"s1": "divided", "h": "pending", "r": "pending"}
    assert store.divided(NOTEBOOK) == ("s1",)
    store.decide(decision("d1", "h"))
    assert not store.make_whole("s1")
    store.decide(decision("d2", "h", DecisionKind.UNDONE))
    assert store.make_whole("s1")
    assert not store.make_whole("s1")
    assert _states(store) == {"s1": "pending", "h": "divided", "r": "divided"}
    assert store.divide("s1", [suggestion("h2", part_of="s1"), suggestion("r2", part_of="s1")])
    assert store.divide("r2", [suggestion("h3", part_of="r2"), suggestion("r3", part_of="r2")])
    assert not store.make_whole("s1")
    assert store.make_whole("r2")
    assert store.make_whole("s1")
    counts = store.counts()
    assert (counts["suggestions"], counts["pending"], counts["divided"]) == (7, 1, 6)
    with pytest.raises(KeyError):
        store.divide("unknown", [])


def test_what_was_divided_is_found_as_such_and_never_among_the_acceptances(store: Store) -> None:
    store.add_suggestion(suggestion())
    store.decide(decision())
    store.divide("s1", [suggestion("h", part_of="s1")])
    assert {hit.state for hit in store.search("größe", state="divided")} == {"divided"}
    assert list(store.accepted()) == []
    assert store.last_acceptance(NOTEBOOK) is None


def test_decisions_of_one_write_are_kept_settled_and_found_together(store: Store) -> None:
    for id in ("s1", "s2", "s3"):
        store.add_suggestion(suggestion(id))
    taken = [decision(f"d{id}", f"s{id}", batch="b") for id in (1, 2)]
    write = FileWrite("b", NOTEBOOK, "aa" * 32, "bb" * 32)
    store.decide_all(taken, write, {"d2": b"a cell"})
    store.decide(decision("d3", "s3"))
    assert store.file_write("b") == write
    assert [made.id for made, _ in store.unapplied()] == ["s1", "s2", "s3"]
    assert [made.id for made, _ in store.written_with("d1")] == ["s1", "s2"]
    assert [made.id for made, _ in store.written_with("d3")] == ["s3"]
    assert (store.kept("d2"), store.kept("d1")) == (b"a cell", None)
    store.settle("b")
    assert store.file_write("b") is None
    assert [made.id for made, _ in store.unapplied()] == ["s3"]
    back = [decision(f"u{id}", f"s{id}", DecisionKind.UNDONE, batch="c") for id in (1, 2)]
    store.decide_all(back)
    store.settle("c", ["d2"])
    assert store.kept("d2") is None
    assert store.written_with("d1") == ()
    assert verify_store(store).unused_texts == 0


def test_decisions_of_one_write_are_kept_all_or_none(store: Store) -> None:
    store.add_suggestion(suggestion())
    with pytest.raises(KeyError):
        store.decide_all([decision("d1", batch="b"), decision("d2", "unknown", batch="b")])
    assert store.decisions("s1") == ()


def test_the_batch_of_a_decision_is_never_changed(store: Store) -> None:
    store.add_suggestion(suggestion())
    store.decide(decision(batch="b"))
    with pytest.raises(Exception, match="never changed"), store._writing() as db:
        db.execute("UPDATE decisions SET batch = 'c'")
    assert store.decisions("s1") == (decision(batch="b"),)


def test_of_removed_cells_the_oldest_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "KEPT_BYTES", 2500)
    for number in range(4):
        store.add_suggestion(suggestion(f"s{number}"))
        write = FileWrite(f"b{number}", NOTEBOOK, "", "")
        taken = replace(decision(f"d{number}", f"s{number}"), batch=f"b{number}")
        store.decide_all([taken], write, {taken.id: bytes([number]) * 1000})
    assert [store.kept(f"d{number}") is not None for number in range(4)] == [False, False, True, True]


def _states(store: Store) -> dict[str, str]:
    return {made.id: SuggestionState(made.state).value for made in store.suggestions(NOTEBOOK)}
