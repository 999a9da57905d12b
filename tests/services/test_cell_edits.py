"""Cells are changed, inserted and removed together, and taken back, on real files and a real store."""

import hashlib
import json
import multiprocessing
import os
import random
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.notebook.model import source_digest
from nbreview.notebook.reader import read_file
from nbreview.review.model import CellEdit, Decision, DecisionKind, SuggestionState, new_id, now
from nbreview.review.records import FileWrite
from nbreview.services.assistant import make_card
from nbreview.services.cell_edits import Edit, apply_edits, locate
from nbreview.services.decisions import accept, accept_all, reconcile, reject, undo
from nbreview.store.database import Store
from tests.builders import code, markdown, notebook, stream
from tests.services.edits import accept_and_undo, inserted, removed, suggest, three

ROWS = (
    markdown("# Train", id="a"),
    code("a = 1\n", id="b", count=4),
    code("b = 1.50\n", outputs=[stream("ünï\n")], id="c", count=7, tags=["x"]),
    code("fit(a)", id="d"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "train.ipynb"
    path.write_bytes(notebook(*ROWS))
    return path


def sources(path: Path) -> list[str]:
    return [cell.source for cell in read_file(path).cells]


def test_a_new_cell_is_written_as_jupyter_writes_one_and_nothing_else_changes(
    path: Path, store: Store
) -> None:
    before = path.read_text()
    made = inserted(path, store, 2, "import os\nx = 'ü'")
    accept(store, made)
    after = path.read_text()
    start = after.index('  {\n   "cell_type": "code",\n   "execution_count": null,\n   "id": "')
    end = start + after[start:].index("  },\n") + 5
    assert after[:start] + after[end:] == before
    cell = read_file(path).cells[2]
    assert (cell.source, cell.outputs, cell.execution_count) == ("import os\nx = 'ü'", (), None)
    assert cell.id is not None and len(cell.id) == 8
    assert "ü" in after[start:end]
    assert store.suggestion(made.id).state is SuggestionState.ACCEPTED


def test_a_new_markdown_cell_has_no_outputs(path: Path, store: Store) -> None:
    accept(store, inserted(path, store, 1, "## Data", cell_type="markdown"))
    assert list(read_file(path).cells[1].raw) == ["cell_type", "id", "metadata", "source"]


def test_a_notebook_whose_format_has_no_ids_gets_none(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "old.ipynb"
    path.write_bytes(notebook(code("a"), code("b"), minor=4))
    before = path.read_bytes()
    accept(store, inserted(path, store, 1, "c"))
    assert sources(path) == ["a", "c", "b"]
    assert b'"id"' not in path.read_bytes()
    undo(store, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("index", range(4))
def test_a_removed_cell_comes_back_byte_for_byte(path: Path, store: Store, index: int) -> None:
    before = path.read_bytes()
    accept(store, removed(path, store, index))
    assert len(sources(path)) == 3
    undo(store, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("index", range(5))
def test_a_new_cell_is_taken_out_byte_for_byte(path: Path, store: Store, index: int) -> None:
    before = path.read_bytes()
    accept(store, inserted(path, store, index, "new"))
    assert sources(path)[index] == "new"
    undo(store, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "layout",
    [
        {"indent": 4},
        {"indent": None},
        {"indent": "\t", "ensure_ascii": True},
        {"indent": None, "separators": (",", ":")},
    ],
)
def test_the_layout_of_the_file_stays(tmp_path: Path, store: Store, layout: dict[str, object]) -> None:
    path = tmp_path / "other.ipynb"
    value = json.loads(notebook(*ROWS))
    path.write_text(json.dumps(value, **layout), encoding="utf-8", newline="\r\n")  # type: ignore[arg-type]
    before = path.read_bytes()
    accept_all(store, three(path, store))
    cells = [ROWS[0], {"source": ["import os\n"]}, {**ROWS[1], "source": ["a = 2\n"]}, ROWS[3]]
    found = json.loads(path.read_bytes())["cells"]
    assert [cell["source"] for cell in found] == [cell["source"] for cell in cells]
    expected = json.dumps({**value, "cells": found}, **layout)  # type: ignore[arg-type]
    assert path.read_bytes().decode() == expected.replace("\n", "\r\n")
    undo(store, path)
    assert path.read_bytes() == before


def test_a_group_is_one_write_and_one_undo_also_after_a_restart(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    kept = tmp_path / "kept.sqlite3"
    with Store.open(kept) as store:
        accept(store, suggest(path, store, 3, "fit(a, 2)"))
        alone = path.read_bytes()
        decisions = accept_all(store, three(path, store))
        assert len({decision.batch for decision in decisions}) == 1
        assert sources(path) == ["# Train", "import os\n", "a = 2\n", "fit(a, 2)"]
        assert store.unapplied() == ()
    with Store.open(kept) as store:
        undone = undo(store, path)
        assert path.read_bytes() == alone
        assert len(undone.others) == 2
        assert {one.suggestion.edit for one in (undone, *undone.others)} == set(CellEdit)
        undo(store, path)
        assert path.read_bytes() == before
        with pytest.raises(UserError, match="There is nothing to undo"):
            undo(store, path)


def test_what_was_undone_can_be_accepted_again(path: Path, store: Store) -> None:
    before, group = path.read_bytes(), three(path, store)
    accept_all(store, group)
    after = path.read_bytes()
    for _ in range(2):
        undo(store, path)
        assert path.read_bytes() == before
        accept_all(store, group)
        assert path.read_bytes() == after


def test_new_cells_stand_in_the_order_of_the_answer(path: Path, store: Store) -> None:
    first = inserted(path, store, 1, "one")
    second = inserted(path, store, 2, "two", after=first.after)  # says what it follows now
    third = inserted(path, store, 3, "three", after=source_digest("two"))  # says what it will follow
    accept_all(store, (third, second, first))
    assert sources(path)[:4] == ["# Train", "one", "two", "three"]


def test_new_cells_that_are_accepted_one_by_one_stand_in_the_order_of_the_answer(
    path: Path, store: Store
) -> None:
    made = [inserted(path, store, 2, f"{number}") for number in range(3)]
    made = [replace(one, place=replace(one.place, cell_index=2 + at)) for at, one in enumerate(made)]
    with Store.open(path.with_suffix(".sqlite3")) as kept:
        kept.add_suggestions(made)
        accept(kept, made[0])
        accept(kept, made[2])
        accept(kept, made[1])
        assert sources(path)[1:6] == ["a = 1\n", "0", "1", "2", "b = 1.50\n"]
        for left in (["0", "2"], ["0"], []):
            undo(kept, path)
            assert sources(path)[2:-2] == left


def test_a_new_cell_may_follow_one_that_is_changed_or_removed_with_it(path: Path, store: Store) -> None:
    accept_all(
        store,
        (
            suggest(path, store, 1, "a = 2\n"),
            inserted(path, store, 2, "after the change", after=source_digest("a = 2\n")),
            removed(path, store, 2),
            inserted(path, store, 3, "in its place"),
        ),
    )
    assert sources(path) == ["# Train", "a = 2\n", "after the change", "in its place", "fit(a)"]
    undo(store, path)
    assert sources(path) == [str("".join(row["source"])) for row in ROWS]


def test_a_group_with_one_stale_suggestion_changes_nothing(path: Path, store: Store) -> None:
    group = three(path, store)
    path.write_bytes(path.read_bytes().replace(b"b = 1.50", b"b = 1.75"))
    before = path.read_bytes()
    with pytest.raises(UserError, match=r"Cell 3 of train\.ipynb has changed since"):
        accept_all(store, group)
    assert path.read_bytes() == before
    assert {store.suggestion(one.id).state for one in group} == {SuggestionState.PENDING}


def test_two_suggestions_for_one_cell_are_not_accepted_together(path: Path, store: Store) -> None:
    with pytest.raises(UserError, match="accept them one by one"):
        accept_all(store, (suggest(path, store, 1, "x"), suggest(path, store, 1, "y")))


def test_a_decided_suggestion_is_not_accepted_with_its_group(path: Path, store: Store) -> None:
    group = three(path, store)
    reject(store, group[0])
    with pytest.raises(UserError, match="already been decided"):
        accept_all(store, group)


def test_a_new_cell_is_stale_when_what_it_follows_changed_or_is_there_twice(path: Path, store: Store) -> None:
    made = inserted(path, store, 2, "new")
    assert locate(read_file(path), made, "") == 2
    shifted = notebook(code("0", id="z"), *ROWS)
    path.write_bytes(shifted)
    assert locate(read_file(path), made, "") == 3
    assert make_card(read_file(path), made).cell_index == 2  # the cell that it follows
    path.write_bytes(notebook(code("a = 1\n", id="y"), code("0", id="z"), *ROWS))
    assert locate(read_file(path), made, "") is None
    path.write_bytes(shifted.replace(b"a = 1", b"a = 5"))
    assert make_card(read_file(path), made).state is SuggestionState.STALE
    with pytest.raises(UserError, match=r"before the new cell 3 of train\.ipynb has changed"):
        accept(store, made)


def test_an_edited_new_cell_is_taken_out_again(path: Path, store: Store) -> None:
    before = path.read_bytes()
    decision = accept(store, inserted(path, store, 1, "new"), edited="my own")
    assert decision.kind is DecisionKind.EDITED
    assert sources(path)[1] == "my own"
    undo(store, path)
    assert path.read_bytes() == before


def test_a_new_cell_that_was_edited_since_is_not_taken_out(path: Path, store: Store) -> None:
    accept(store, inserted(path, store, 1, "new"))
    path.write_bytes(path.read_bytes().replace(b'"new"', b'"newer"'))
    before = path.read_bytes()
    with pytest.raises(UserError, match="undoing would lose that edit"):
        undo(store, path)
    assert path.read_bytes() == before


def test_a_removed_cell_comes_back_between_its_neighbours_although_others_were_edited(
    path: Path, store: Store
) -> None:
    accept(store, removed(path, store, 2))
    path.write_bytes(
        notebook(code("0", id="z"), *(row for row in ROWS if row["id"] != "c")).replace(b"fit(a)", b"fit(b)")
    )
    undo(store, path)
    assert sources(path) == ["0", "# Train", "a = 1\n", "b = 1.50\n", "fit(b)"]
    assert read_file(path).cells[3].outputs[0].raw == stream("ünï\n")


def test_the_only_cell_can_be_removed_and_comes_back(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "one.ipynb"
    path.write_bytes(notebook(ROWS[2]))
    before = path.read_bytes()
    accept(store, removed(path, store, 0))
    assert sources(path) == []
    undo(store, path)
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_written_stays_and_the_group_waits(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, group = path.read_bytes(), three(path, store)
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write whatever the mode says
    with pytest.raises(UserError, match="read-only"):
        accept_all(store, group)
    assert path.read_bytes() == before
    assert {store.suggestion(one.id).state for one in group} == {SuggestionState.UNDONE}
    assert store.unapplied() == ()
    monkeypatch.undo()
    path.chmod(0o644)
    accept_all(store, group)
    written = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UserError, match="read-only"):
        undo(store, path)
    assert path.read_bytes() == written
    assert {store.suggestion(one.id).state for one in group} == {SuggestionState.ACCEPTED}
    monkeypatch.undo()
    undo(store, path)
    assert path.read_bytes() == before


def test_a_group_of_which_only_the_store_knows_is_taken_back_whole(path: Path, store: Store) -> None:
    group = three(path, store)
    data = path.read_bytes()
    after = apply_edits(data, [Edit(one, one.proposed_source) for one in group], path.name)
    decisions = [
        Decision(new_id(), one.id, DecisionKind.ACCEPTED, one.proposed_source, now(), batch="b")
        for one in group
    ]
    write = FileWrite(
        "b", str(path), hashlib.sha256(data).hexdigest(), hashlib.sha256(after.data).hexdigest()
    )
    store.decide_all(decisions, write)
    assert reconcile(store, path) == 3
    assert list(store.accepted()) == []
    # And of a write that was done, all of them stand.
    again = [replace(one, id=new_id(), batch="c") for one in decisions]
    store.decide_all(again, replace(write, batch="c"))
    path.write_bytes(after.data)
    assert reconcile(store, path) == 0
    assert len(list(store.accepted())) == 3
    assert store.unapplied() == ()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_group_is_wholly_in_the_file_or_not_at_all_when_the_program_is_killed_again_and_again(
    path: Path, tmp_path: Path
) -> None:
    store_path = tmp_path / "killed.sqlite3"
    with Store.open(store_path) as store:
        group = three(path, store)
    ids = tuple(one.id for one in group)
    old = path.read_bytes()
    new = apply_edits(old, [Edit(one, one.proposed_source) for one in group], path.name).data
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["sqlite_utils", "tests.services.edits"])
    chance = random.Random(4)
    seen = set()
    for _ in range(24):
        heard, said = processes.Pipe(duplex=False)
        process = processes.Process(target=accept_and_undo, args=(path, store_path, ids, said))
        process.start()
        said.close()
        for _ in range(chance.randrange(1, 4)):
            heard.recv()
        process.join(chance.random() * 0.03)  # somewhere in the midst of the next write
        process.kill()
        process.join(30)
        assert process.exitcode == -signal.SIGKILL
        heard.close()
        process.close()
        with Store.open(store_path) as store:
            reconcile(store, path)
            held = path.read_bytes()
            assert held in (old, new)
            accepted = {one.id for one, _ in store.accepted()}
            assert accepted == (set(ids) if held == new else set())
            assert store.unapplied() == ()
            seen.add(held == new)
    assert seen == {True, False}
    assert not list(tmp_path.glob("*.backup"))
