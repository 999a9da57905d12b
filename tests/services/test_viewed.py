"""Ticks come back when the same versions are compared again; groups and hunks are decided on in a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.llm.local import LocalEngine
from nbreview.review.model import SuggestionState
from nbreview.services.session import ReviewSession, Topic
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, notebook
from tests.git_repos import ISOLATED, Repo
from tests.services.edits import suggest, three

BASE = notebook(code("a = 1", id="a"), code("b = 1", id="b"), code("c = 1", id="c"), code("d", id="d"))
WORK = BASE.replace(b"b = 1", b"b = 2").replace(b"c = 1", b"c = 2")
NAME = "train.ipynb"


@pytest.fixture(autouse=True)
def isolated_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("first", {NAME: BASE})
    repo.write(NAME, WORK)
    return repo


@pytest.fixture
def session(store: Store, repo: Repo, tmp_path: Path) -> ReviewSession:
    return opened(store, repo, tmp_path)


def opened(store: Store, repo: Repo, tmp_path: Path) -> ReviewSession:
    session = ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))
    session.adopt_opened(session.open_work(repo.path(NAME)))
    session.adopt_checked(session.check_work(session.shown()))
    return session


def test_ticks_come_back_after_a_restart(
    session: ReviewSession, store: Store, repo: Repo, tmp_path: Path
) -> None:
    session.toggle_viewed(1)
    session.toggle_viewed(2)
    session.toggle_viewed(1)
    session.close()
    assert opened(store, repo, tmp_path).viewed == {2}


def test_each_pair_of_versions_has_its_own_ticks(
    session: ReviewSession, store: Store, repo: Repo, tmp_path: Path
) -> None:
    assert session.opened is not None
    _, commit = session.opened.revisions
    session.toggle_viewed(1)
    first = session.shown()
    session.adopt_comparison(session.alone_work(session.target(), commit))
    assert session.viewed == frozenset()
    session.toggle_viewed(0)
    again = session.compare_work(session.target(), first.base.revision, first.head.revision)
    session.adopt_comparison(again)
    assert session.viewed == {1}
    session.close()


def test_what_was_viewed_before_it_was_committed_is_viewed_after(
    session: ReviewSession, store: Store, repo: Repo, tmp_path: Path
) -> None:
    session.toggle_viewed(2)
    session.close()
    repo.commit("second", {NAME: WORK})
    later = opened(store, repo, tmp_path)
    assert later.opened is not None
    newest = next(one for one in later.opened.revisions if one.commit)
    later.adopt_comparison(later.alone_work(later.target(), newest))
    assert later.viewed == {2}


def test_ticks_of_what_stayed_are_kept_for_the_file_as_it_is_now(
    session: ReviewSession, store: Store, repo: Repo, tmp_path: Path
) -> None:
    session.toggle_viewed(1)
    session.toggle_viewed(2)
    repo.write(NAME, WORK.replace(b"c = 2", b"c = 3"))
    assert session.adopt_refreshed(session.refresh_work(session.shown()))
    assert session.viewed == {1}
    session.close()
    assert opened(store, repo, tmp_path).viewed == {1}


def test_a_tick_is_shown_at_once_although_the_store_is_busy(session: ReviewSession, store: Store) -> None:
    heard: list[frozenset[Topic]] = []
    session.subscribe(heard.append)
    with store._writing():
        session.toggle_viewed(1)
        assert session.viewed == {1}
        assert heard == [{Topic.VIEWED}]
    session.close()


# Groups and hunks.


def test_a_group_leaves_the_queue_at_once_and_is_undone_at_once(
    session: ReviewSession, store: Store, repo: Repo
) -> None:
    path, before = repo.path(NAME), repo.path(NAME).read_bytes()
    three(path, store)
    session.adopt_checked(session.check_work(session.shown()))
    assert len(session.cards) == 3
    heard: list[frozenset[Topic]] = []
    session.subscribe(heard.append)
    cards = session.cards
    decisions = session.accept_group_work(cards)
    session.adopt_group(cards)
    assert (len(decisions), len(session.cards)) == (3, 0)
    assert heard == [{Topic.CARDS}]
    session.undo_work(session.target())
    assert path.read_bytes() == before
    session.adopt_refreshed(session.refresh_work(session.shown()))
    assert len(session.cards) == 3
    session.reject_group_work(session.cards, "no")
    assert {one.state for one in store.suggestions(str(path))} == {SuggestionState.REJECTED}


def test_the_rest_takes_the_place_of_a_card_whose_hunk_was_decided_on(
    session: ReviewSession, store: Store, repo: Repo
) -> None:
    path = repo.path(NAME)
    base = "\n".join(f"{letter} = 1" for letter in "abcde")
    path.write_bytes(
        BASE.replace(b'"b = 1"', b",".join(f'"{line}\\n"'.encode() for line in base.split("\n")))
    )
    session.adopt_refreshed(session.refresh_work(session.shown()))
    source = session.shown().head.notebook.cells[1].source
    suggest(path, store, 1, source.replace("a = 1", "a = 9").replace("e = 1", "e = 9"))
    suggest(path, store, 3, "dd")
    session.adopt_checked(session.check_work(session.shown()))
    card = session.cards[0]
    rest = session.accept_hunk_work(card, 0)
    session.adopt_hunk(card, rest)
    assert [one.suggestion.place.cell_index for one in session.cards] == [1, 3]
    session.adopt_refreshed(session.refresh_work(session.shown()))
    card = session.cards[0]
    assert card.suggestion == rest
    assert card.state is SuggestionState.PENDING
    last = session.reject_hunk_work(card, 0, "no")
    session.adopt_hunk(card, last)
    assert [one.suggestion.place.cell_index for one in session.cards] == [3]
    with pytest.raises(UserError, match="already been decided"):
        session.accept_hunk_work(card, 0)
