"""A session stages and reverts cells, and undo takes back what was done last and still stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.history.model import RevisionKind
from nbreview.llm.local import LocalEngine
from nbreview.services.acts import ActKind, CellAct
from nbreview.services.session import ReviewSession, Topic
from nbreview.settings import Settings
from nbreview.store import records
from nbreview.store.database import Store
from tests.builders import code, notebook
from tests.git_repos import ISOLATED, Repo

BASE = notebook(
    code("import os", id="i"), code("a = 1", id="a"), code("b = 1", id="b"), code("c = 1", id="c")
)
WORK = BASE.replace(b"a = 1", b"a = np.ones(2)").replace(b"b = 1", b"b = 2").replace(b"c = 1", b"c = 2")
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
    session = ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))
    session.adopt_opened(session.open_work(repo.path(NAME)))
    session.adopt_checked(session.check_work(session.shown()))
    return session


def work(repo: Repo) -> bytes:
    return repo.path(NAME).read_bytes()


def staged(repo: Repo) -> str:
    """The lines that are staged."""
    lines = repo.git("diff", "--cached", "--no-ext-diff").splitlines()
    return " ".join(line[1:].strip() for line in lines if line[:1] == "+" and line[:3] != "+++")


def reread(session: ReviewSession) -> bool:
    assert session.opened is not None
    shown = session.shown()
    return session.adopt_reread(*session.reread_work(session.opened, shown), shown)


def labels(session: ReviewSession) -> tuple[str, str]:
    shown = session.shown()
    return shown.base.label[8:] or shown.base.label, shown.head.label


# Undo.


def test_acts_and_acceptances_are_undone_newest_first(session: ReviewSession, repo: Repo) -> None:
    states = [(work(repo), staged(repo))]

    def note() -> None:
        reread(session)
        states.append((work(repo), staged(repo)))

    session.revert_work(session.shown(), 2)
    note()
    session.accept_work(session.cards[0])
    note()
    session.stage_work(session.shown(), 3)
    note()
    assert len(set(states)) == 4
    while len(states) > 1:
        states.pop()
        session.undo_work(session.target())
        assert (work(repo), staged(repo)) == states[-1]
    with pytest.raises(UserError, match="There is nothing to undo"):
        session.undo_work(session.target())


def test_an_acceptance_of_an_earlier_session_is_undone_after_the_acts_of_this_one(
    session: ReviewSession, repo: Repo, store: Store, tmp_path: Path
) -> None:
    session.accept_work(session.cards[0])
    accepted = work(repo)
    later = ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))
    later.adopt_opened(later.open_work(repo.path(NAME)))
    later.revert_work(later.shown(), 3)
    assert isinstance(later.undo_work(later.target()), CellAct)
    assert work(repo) == accepted
    later.undo_work(later.target())
    assert work(repo) == WORK


def test_an_acceptance_that_another_window_took_back_is_passed_over(
    session: ReviewSession, repo: Repo, store: Store, tmp_path: Path
) -> None:
    session.stage_work(session.shown(), 3)
    session.accept_work(session.cards[0])
    other = ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))
    other.adopt_opened(other.open_work(repo.path(NAME)))
    other.undo_work(other.target())
    undone = session.undo_work(session.target())
    assert isinstance(undone, CellAct) and undone.kind is ActKind.STAGED
    assert (work(repo), staged(repo)) == (WORK, "")


def test_what_was_done_is_undone_after_the_program_was_closed(repo: Repo, tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite3"
    with Store.open(path) as store:
        first = ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))
        first.adopt_opened(first.open_work(repo.path(NAME)))
        first.stage_work(first.shown(), 3)
        first.revert_work(first.shown(), 2)
        first.close()
    assert (work(repo), staged(repo)) == (WORK.replace(b"b = 2", b"b = 1"), '"c = 2"')
    with Store.open(path) as store:
        second = ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))
        second.adopt_opened(second.open_work(repo.path(NAME)))
        reverted = second.undo_work(second.target())
        assert isinstance(reverted, CellAct) and reverted.kind is ActKind.REVERTED
        assert reverted.change.head_index == 2
        assert work(repo) == WORK
        unstaged = second.undo_work(second.target())
        assert isinstance(unstaged, CellAct) and unstaged.kind is ActKind.STAGED
        assert staged(repo) == ""
        with pytest.raises(UserError, match="There is nothing to undo"):
            second.undo_work(second.target())


def test_what_another_window_took_back_is_not_taken_back_again(
    session: ReviewSession, repo: Repo, store: Store, tmp_path: Path
) -> None:
    act = session.revert_work(session.shown(), 3)
    other = ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))
    other.adopt_opened(other.open_work(repo.path(NAME)))
    other.undo_work(other.target())
    with pytest.raises(UserError, match="taken back already"):
        session.undo_work(session.target(), act=act)
    assert work(repo) == WORK


def test_one_act_is_taken_back_by_itself_and_once(session: ReviewSession, repo: Repo) -> None:
    first = session.stage_work(session.shown(), 2)
    session.stage_work(session.shown(), 3)
    # The index has gone on from it.
    with pytest.raises(UserError, match="changed or committed since"):
        session.undo_work(session.target(), act=first)
    assert staged(repo) == '"b = 2" "c = 2"'
    session.undo_work(session.target())
    assert staged(repo) == '"b = 2"'
    with pytest.raises(UserError, match="taken back already"):
        session.undo_work(session.target(), act=first)


def test_what_was_committed_since_is_not_taken_out_of_the_index(session: ReviewSession, repo: Repo) -> None:
    session.revert_work(session.shown(), 2)
    reread(session)
    session.stage_work(session.shown(), 3)
    repo.git("commit", "--quiet", "-m", "second")
    with pytest.raises(UserError, match="changed or committed since"):
        session.undo_work(session.target())
    assert staged(repo) == ""
    session.undo_work(session.target())
    assert work(repo) == WORK


def test_a_revert_is_undone_although_another_cell_was_edited_since(
    session: ReviewSession, repo: Repo
) -> None:
    session.revert_work(session.shown(), 2)
    repo.write(NAME, work(repo).replace(b"c = 2", b"c = 3"))
    session.undo_work(session.target())
    assert work(repo) == WORK.replace(b"c = 2", b"c = 3")


def test_a_revert_is_not_undone_over_an_edit_of_the_same_cell(session: ReviewSession, repo: Repo) -> None:
    session.revert_work(session.shown(), 2)
    edited = work(repo).replace(b"b = 1", b"b = 99")
    repo.write(NAME, edited)
    with pytest.raises(UserError, match="change it back by hand"):
        session.undo_work(session.target())
    assert work(repo) == edited


def test_of_many_reverts_of_a_large_file_the_oldest_are_forgotten(
    session: ReviewSession, repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "KEPT_BYTES", 4 * len(WORK))
    for cell in (1, 2, 3):
        session.revert_work(session.shown(), cell)
        reread(session)
    for _ in range(2):
        session.undo_work(session.target())
    with pytest.raises(UserError, match="There is nothing to undo"):
        session.undo_work(session.target())
    assert work(repo) == WORK.replace(b"a = np.ones(2)", b"a = 1")


def test_acts_on_another_notebook_are_not_undone_in_this_one(session: ReviewSession, repo: Repo) -> None:
    session.stage_work(session.shown(), 2)
    reverted = session.revert_work(session.shown(), 3)
    first = session.target()
    repo.write("other.ipynb", BASE)
    session.adopt_opened(session.open_work(repo.path("other.ipynb")))
    with pytest.raises(UserError, match=r"other\.ipynb"):
        session.undo_work(session.target())
    # Unless it is asked for by name.
    session.undo_work(session.target(), act=reverted)
    assert work(repo) == WORK
    session.undo_work(first)
    assert staged(repo) == ""


def test_an_act_that_is_stopped_before_it_began_does_nothing(session: ReviewSession, repo: Repo) -> None:
    stopped = CancelToken()
    stopped.cancel()
    for act in (session.stage_work, session.revert_work):
        with pytest.raises(Cancelled):
            act(session.shown(), 2, stopped)
    session.stage_work(session.shown(), 2)
    with pytest.raises(Cancelled):
        session.unstage_work(session.shown(), 2, stopped)
    assert (work(repo), staged(repo)) == (WORK, '"b = 2"')


def test_a_card_for_a_reverted_cell_cannot_be_accepted(session: ReviewSession, repo: Repo) -> None:
    (card,) = [each for each in session.cards if "numpy" in each.suggestion.proposed_source]
    assert card.cell_index is not None
    session.revert_work(session.shown(), card.cell_index)
    before = work(repo)
    with pytest.raises(UserError, match="changed since"):
        session.accept_work(card)
    assert work(repo) == before


# What is shown after the index was written.


def test_the_working_tree_stands_against_what_is_staged_as_soon_as_something_is(
    session: ReviewSession, repo: Repo
) -> None:
    heard: list[frozenset[Topic]] = []
    session.choose_cell(3)
    session.toggle_viewed(3)
    session.stage_work(session.shown(), 2)
    session.subscribe(heard.append)
    assert reread(session)
    assert heard == [{Topic.TARGET, Topic.COMPARISON, Topic.FINDINGS, Topic.CARDS}]
    assert labels(session) == ("staged", "working tree")
    assert [each.kind for each in session.opened.revisions] == [  # type: ignore[union-attr]
        RevisionKind.WORKING_TREE,
        RevisionKind.INDEX,
        RevisionKind.COMMIT,
    ]
    assert (session.cell_index, session.viewed) == (3, frozenset({3}))
    session.undo_work(session.target())
    assert reread(session)
    assert labels(session) == ("“first”", "working tree")


def test_two_revisions_that_were_chosen_stay(session: ReviewSession, repo: Repo) -> None:
    session.stage_work(session.shown(), 2)
    reread(session)
    assert session.opened is not None
    working, index, commit = session.opened.revisions
    session.adopt_comparison(session.compare_work(session.target(), commit, working))
    session.stage_work(session.shown(), 3)
    assert reread(session)
    assert labels(session) == ("“first”", "working tree")
    # What is staged is another content by now, and is read again.
    session.adopt_comparison(session.compare_work(session.target(), commit, index))
    session.unstage_work(session.shown(), 2)
    assert reread(session)
    assert labels(session) == ("“first”", "staged")
    assert [cell.source for cell in session.shown().head.notebook.cells][2:] == ["b = 1", "c = 2"]


def test_the_working_tree_is_shown_where_nothing_is_staged_any_more(
    session: ReviewSession, repo: Repo
) -> None:
    session.stage_work(session.shown(), 2)
    reread(session)
    assert session.opened is not None
    _, index, commit = session.opened.revisions
    session.adopt_comparison(session.compare_work(session.target(), commit, index))
    session.unstage_work(session.shown(), 2)
    assert reread(session)
    assert labels(session) == ("“first”", "working tree")


def test_what_was_read_again_for_another_comparison_brings_the_history_alone(
    session: ReviewSession, repo: Repo
) -> None:
    session.stage_work(session.shown(), 2)
    assert session.opened is not None
    shown = session.shown()
    late = session.reread_work(session.opened, shown)
    commit = session.opened.revisions[-1]
    session.adopt_comparison(session.alone_work(session.target(), commit))
    now = session.comparison
    assert not session.adopt_reread(*late, shown)
    assert session.comparison is now
    assert session.opened.revisions[1].kind is RevisionKind.INDEX


def test_head_that_left_the_notebook_alone_is_a_parent_too(store: Store, repo: Repo, tmp_path: Path) -> None:
    repo.git("stash", "--quiet")
    repo.commit("elsewhere", {"readme.txt": "x"})
    repo.git("stash", "pop", "--quiet")
    session = ReviewSession(store, Settings(), LocalEngine(cache=tmp_path / "models.json"))
    session.adopt_opened(session.open_work(repo.path(NAME)))
    assert labels(session) == ("“elsewhere”", "working tree")
    session.stage_work(session.shown(), 2)
    assert reread(session)
    assert labels(session) == ("staged", "working tree")
