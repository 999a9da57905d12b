"""A suggestion is decided on hunk by hunk, on real files and a real store."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbreview.errors import UserError
from nbreview.notebook.reader import read_file
from nbreview.review.model import DecisionKind, Suggestion, SuggestionState
from nbreview.services import decisions
from nbreview.services.assistant import make_card
from nbreview.services.decisions import accept, accept_all, reconcile, reject, undo
from nbreview.services.hunks import accept_hunk, divide, hunks_of, reject_hunk
from nbreview.store.database import Store
from nbreview.training.examples import accepted_examples
from tests.builders import code, markdown, notebook
from tests.services.edits import inserted, suggest

BASE = "import os\na = 1\nb = 2\nc = 3\nd = 4\n"
PROPOSED = "import sys\na = 1\nb = 20\nc = 3\nd = 4\ne = 5\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "train.ipynb"
    path.write_bytes(notebook(markdown("# T", id="a"), code(BASE, id="b"), code("fit()", id="c")))
    return path


@pytest.fixture
def whole(path: Path, store: Store) -> Suggestion:
    return suggest(path, store, 1, PROPOSED, instruction="Better.")


def source(path: Path) -> str:
    return read_file(path).cells[1].source


def waiting(store: Store, path: Path) -> list[tuple[str, str]]:
    """Base and proposal of what waits and can be accepted now."""
    notebook = read_file(path)
    found = [one for one in store.suggestions(str(path)) if one.state in decisions.OPEN_STATES]
    fresh = [one for one in found if make_card(notebook, one).state is SuggestionState.PENDING]
    return [(one.base_source, one.proposed_source) for one in fresh]


def test_an_accepted_hunk_is_written_and_the_rest_waits_for_the_cell_as_it_is_now(
    path: Path, store: Store, whole: Suggestion
) -> None:
    assert len(hunks_of(whole)) == 3
    before = path.read_bytes()
    rest = accept_hunk(store, whole, 1)
    assert rest is not None
    assert path.read_bytes() == before.replace(b"b = 2", b"b = 20")
    assert store.suggestion(whole.id).state is SuggestionState.DIVIDED
    assert waiting(store, path) == [(source(path), PROPOSED)]
    assert len(hunks_of(rest)) == 2
    assert (rest.part_of, rest.instruction, rest.group) == (whole.id, "Better.", "g")


def test_a_rejected_hunk_leaves_the_file_and_is_not_in_the_rest(
    path: Path, store: Store, whole: Suggestion
) -> None:
    before = path.read_bytes()
    rest = reject_hunk(store, whole, 0, "os is needed")
    assert path.read_bytes() == before
    assert waiting(store, path) == [(BASE, PROPOSED.replace("sys", "os"))]
    (part,) = [one for one in store.suggestions(str(path)) if one.state is SuggestionState.REJECTED]
    assert part.proposed_source == BASE.replace("os", "sys")
    assert store.decisions(part.id)[0].comment == "os is needed"
    assert rest is not None
    accept(store, rest)
    assert source(path) == PROPOSED.replace("sys", "os")


def test_the_last_hunk_is_the_rest_itself(path: Path, store: Store, whole: Suggestion) -> None:
    rest: Suggestion | None = whole
    for _ in range(3):
        assert rest is not None
        rest = accept_hunk(store, rest, 0)
    assert rest is None
    assert source(path) == PROPOSED
    assert waiting(store, path) == []


def test_the_only_hunk_is_a_plain_decision(path: Path, store: Store) -> None:
    only = suggest(path, store, 1, BASE.replace("b = 2", "b = 20"))
    assert divide(store, only, 0) == (only, None)
    assert accept_hunk(store, only, 0) is None
    assert store.suggestion(only.id).state is SuggestionState.ACCEPTED
    new = inserted(path, store, 1, "x = 1\ny = 2")
    assert reject_hunk(store, new, 0) is None
    assert store.suggestion(new.id).state is SuggestionState.REJECTED


def test_undo_of_an_accepted_hunk_brings_the_whole_back(path: Path, store: Store, whole: Suggestion) -> None:
    before = path.read_bytes()
    rest = accept_hunk(store, whole, 1)
    assert rest is not None
    one = path.read_bytes()
    accept_hunk(store, rest, 0)
    undo(store, path)
    assert path.read_bytes() == one
    assert store.suggestion(rest.id).state is SuggestionState.PENDING
    assert len(waiting(store, path)) == 1
    undo(store, path)
    assert path.read_bytes() == before
    assert store.suggestion(whole.id).state is SuggestionState.PENDING
    assert waiting(store, path) == [(BASE, PROPOSED)]
    accept_hunk(store, store.suggestion(whole.id), 2)
    assert source(path) == BASE + "e = 5\n"


def test_a_hunk_that_was_undone_waits_alone_where_another_one_was_rejected(
    path: Path, store: Store, whole: Suggestion
) -> None:
    rest = accept_hunk(store, whole, 1)
    assert rest is not None
    reject_hunk(store, rest, 0)
    undo(store, path)
    assert source(path) == BASE
    assert store.suggestion(whole.id).state is SuggestionState.DIVIDED
    # Nothing is lost: with the hunk in it again, the cell is the one that the rest was made for.
    assert waiting(store, path) == [(BASE, BASE.replace("b = 2", "b = 20"))]
    (again,) = [one for one in store.suggestions(str(path)) if one.state is SuggestionState.UNDONE]
    accept(store, again)
    assert waiting(store, path) == [(source(path), source(path) + "e = 5\n")]


def test_the_rest_is_accepted_and_undone_with_its_group(path: Path, store: Store, whole: Suggestion) -> None:
    other = suggest(path, store, 2, "fit(1)")
    rest = accept_hunk(store, whole, 1)
    assert rest is not None
    before = path.read_bytes()
    accept_all(store, (rest, other))
    assert (source(path), read_file(path).cells[2].source) == (PROPOSED, "fit(1)")
    undo(store, path)
    assert path.read_bytes() == before


def test_a_suggestion_stays_whole_when_its_hunk_cannot_be_written(
    path: Path, store: Store, whole: Suggestion
) -> None:
    path.write_bytes(path.read_bytes().replace(b"c = 3", b"c = 33"))
    with pytest.raises(UserError, match="has changed since"):
        accept_hunk(store, whole, 0)
    assert store.suggestion(whole.id).state is SuggestionState.PENDING
    with pytest.raises(UserError, match="no such change"):
        accept_hunk(store, whole, 3)


def test_what_is_decided_on_is_not_divided(path: Path, store: Store, whole: Suggestion) -> None:
    reject(store, whole)
    with pytest.raises(UserError, match="already been decided"):
        reject_hunk(store, whole, 0)
    other = suggest(path, store, 1, PROPOSED)
    accept_hunk(store, other, 0)
    with pytest.raises(UserError, match="already been decided"):
        accept_hunk(store, other, 0)
    with pytest.raises(UserError, match="already been decided"):
        accept(store, other)


def test_what_was_divided_without_a_decision_is_whole_at_the_next_opening(
    path: Path, store: Store, whole: Suggestion
) -> None:
    part, _ = divide(store, whole, 0)
    assert store.suggestion(part.id).state is SuggestionState.PENDING
    reconcile(store, path)  # the program was killed before the decision
    assert store.suggestion(whole.id).state is SuggestionState.PENDING
    assert store.suggestion(part.id).state is SuggestionState.DIVIDED


def test_each_hunk_is_an_example_of_its_own_and_the_divided_one_is_none(
    path: Path, store: Store, whole: Suggestion
) -> None:
    rest = accept_hunk(store, whole, 1)
    assert rest is not None
    accept_hunk(store, rest, 0)
    examples = [one for one in accepted_examples(store) if not isinstance(one, str)]
    first = BASE.replace("b = 2", "b = 20")
    assert [(one.before, one.after) for one in examples] == [
        (BASE, first),
        (first, first.replace("os", "sys")),
    ]
    assert {one.instruction for one in examples} == {"Better."}


# Any two texts.

lines = st.lists(st.sampled_from(["a", "b", "", "  c", "# ü", "d\r"]), max_size=9)
texts = st.builds(lambda parts, end: "\n".join(parts) + end, lines, st.sampled_from(["", "\n", "\n\n"]))


@settings(max_examples=60, deadline=None)
@given(base=texts, proposed=texts, kind=st.sampled_from(["code", "markdown"]), seed=st.integers(0, 999))
def test_all_hunks_in_any_order_make_the_proposal_and_none_leaves_the_file(
    tmp_path_factory: pytest.TempPathFactory, base: str, proposed: str, kind: str, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path, chance = folder / "any.ipynb", random.Random(seed)
    cell = code(base, id="b") if kind == "code" else markdown(base, id="b")
    path.write_bytes(notebook(cell, code("x", id="c")))
    before = path.read_bytes()
    with Store.open(folder / "store.sqlite3") as store:
        first = suggest(path, store, 0, proposed, cell_type=kind)
        rest: Suggestion | None = first
        turns = 0
        while rest is not None:
            rest = reject_hunk(store, rest, chance.randrange(max(1, len(hunks_of(rest)))))
            turns += 1
        assert path.read_bytes() == before
        assert turns <= 20
        rest = replace(first, id="again")
        store.add_suggestion(rest)
        while rest is not None:
            rest = accept_hunk(store, rest, chance.randrange(max(1, len(hunks_of(rest)))))
        assert read_file(path).cells[0].source == proposed
        while store.last_acceptance(str(path)) is not None:
            assert undo(store, path).decision.kind is DecisionKind.UNDONE
        assert path.read_bytes() == before
        assert store.suggestion("again").state in (SuggestionState.PENDING, SuggestionState.UNDONE)
