"""What was decided is listed, newest first; a rejection can be taken back."""

from dataclasses import replace
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.notebook.reader import read_file
from nbreview.review.model import DecisionKind, Evidence, Origin, Place, Suggestion, new_id
from nbreview.services import decisions
from nbreview.services.decided import bring_back, review_history
from nbreview.services.hunks import accept_hunk, reject_hunk
from nbreview.store.database import Store
from tests.builders import code, notebook

BASE = "a = 1\nb = 2\nc = 3\nd = 4\ne = 5"
PROPOSED = "a = 10\nb = 2\nc = 30\nd = 4\ne = 50"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "n.ipynb"
    path.write_bytes(notebook(code(BASE, id="a", count=1), code("x", id="b", count=2)))
    return path


def kept(store: Store, path: Path, index: int = 0, proposed: str = PROPOSED) -> Suggestion:
    cell = read_file(path).cells[index]
    made = Suggestion(
        new_id(),
        Place(str(path), index, cell.id),
        cell.source,
        proposed,
        "Because.",
        Evidence.LIKELY,
        Origin("model"),
    )
    store.add_suggestion(made)
    return made


def test_every_kind_of_decision_is_listed_newest_first(store: Store, path: Path) -> None:
    rejected = kept(store, path, 1, "y")
    decisions.reject(store, rejected, "no")
    first = kept(store, path)
    decisions.accept(store, first, PROPOSED + "\nf = 6")
    history = review_history(store, str(path))
    assert [each.decision.kind for each in history.decided] == [DecisionKind.EDITED, DecisionKind.REJECTED]
    decisions.undo(store, path)
    history = review_history(store, str(path))
    assert [each.decision.kind for each in history.decided] == [DecisionKind.UNDONE, DecisionKind.REJECTED]
    assert history.decided[1].decision.comment == "no"
    assert history.count == 2


def test_what_is_left_knows_how_many_hunks_there_were(store: Store, path: Path) -> None:
    rest = accept_hunk(store, kept(store, path), 0)
    assert rest is not None
    assert dict(review_history(store, str(path)).hunks) == {rest.id: 3}
    last = reject_hunk(store, rest, 0)
    assert last is not None
    assert dict(review_history(store, str(path)).hunks) == {last.id: 3}


def test_a_rejection_is_taken_back_once_and_the_file_is_not_touched(store: Store, path: Path) -> None:
    before = path.read_bytes()
    made = kept(store, path)
    decisions.reject(store, made)
    assert bring_back(store, made.id).state in decisions.OPEN_STATES
    assert path.read_bytes() == before
    with pytest.raises(UserError, match="not rejected any more"):
        bring_back(store, made.id)
    decisions.accept(store, replace(made))
    assert read_file(path).cells[0].source == PROPOSED


def test_a_rejected_hunk_that_is_brought_back_makes_the_suggestion_whole(store: Store, path: Path) -> None:
    whole = kept(store, path)
    reject_hunk(store, whole, 1)
    part = next(each.suggestion for each in review_history(store, str(path)).decided)
    bring_back(store, part.id)
    assert store.suggestion(whole.id).state in decisions.OPEN_STATES
    assert review_history(store, str(path)).hunks == ()
