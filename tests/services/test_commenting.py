"""Comments are in the store when the call returns, and stand where they belong in the comparison shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.review.comments import CommentState
from nbreview.review.threads import Thread
from nbreview.services import commenting
from nbreview.services.opening import Comparison, compare, open_notebook
from nbreview.settings import Settings
from nbreview.store.database import Store
from tests.builders import code, markdown, notebook
from tests.git_repos import ISOLATED, Repo

OLD = notebook(
    markdown("# T", id="t"), code("lr = 1e-3\nrun(lr)", id="a"), markdown("The old table is gone.", id="g")
)
NEW = notebook(
    markdown("# T", id="t"), code("lr = 3e-4\nrun(lr)", id="a"), code("new = {k: 1 for k in keys}", id="n")
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "repo")
    made.commit("first", {"a.ipynb": OLD})
    made.path("a.ipynb").write_bytes(NEW)
    made.git("config", "user.name", "Ann\x07 Müller")
    return made


@pytest.fixture
def shown(repo: Repo) -> Comparison:
    return open_notebook(repo.path("a.ipynb"), Settings()).comparison


def change(shown: Comparison, source: str) -> int:
    for place, each in enumerate(shown.diff.cells):
        for index, side in ((each.head_index, shown.head), (each.base_index, shown.base)):
            if index is not None and source in side.notebook.cells[index].source:
                return place
    raise AssertionError(source)


def one(store: Store, shown: Comparison) -> Thread:
    (thread,) = commenting.threads_of(store, shown)
    return thread


def test_a_comment_on_a_line_knows_its_author_its_source_and_its_version(
    store: Store, shown: Comparison
) -> None:
    made = commenting.comment_on(store, shown, change(shown, "run"), 0, " Why so low?\r\n", head=True)
    assert store.comment(made.id) == made
    assert (made.author, made.text, made.line) == ("Ann Müller", "Why so low?", 0)
    assert made.source == "lr = 3e-4\nrun(lr)"
    assert made.place.blob == shown.head.blob
    thread = one(store, shown)
    assert (thread.change, thread.head, thread.line) == (change(shown, "run"), True, 0)


def test_a_comment_on_the_base_is_about_that_version(store: Store, shown: Comparison) -> None:
    made = commenting.comment_on(store, shown, change(shown, "run"), 0, "It was fine.", head=False)
    assert made.source.startswith("lr = 1e-3")
    assert made.place.blob == shown.base.blob
    assert not one(store, shown).head


@pytest.mark.parametrize(("source", "head"), [("gone", False), ("new", True)])
def test_a_cell_of_one_side_is_commented_on_there_whatever_was_asked(
    store: Store, shown: Comparison, source: str, head: bool
) -> None:
    made = commenting.comment_on(store, shown, change(shown, source), None, "Hm.", head=not head)
    assert source in made.source
    assert one(store, shown).head is head


def test_a_thread_is_answered_edited_resolved_and_opened_again(store: Store, shown: Comparison) -> None:
    target = shown.target
    made = commenting.comment_on(store, shown, 1, None, "Why?", head=True)
    reply = commenting.answer(store, target, made.id, "Because.")
    commenting.edit(store, target, reply.id, "Because of the loss.")
    commenting.edit(store, target, reply.id, "Because of the loss.")
    assert len(store.comment_events(reply.id)) == 1
    commenting.settle(store, target, made.id, resolved=True)
    thread = one(store, shown)
    assert [each.text for each in thread.comments] == ["Why?", "Because of the loss."]
    assert not thread.open
    commenting.settle(store, target, made.id, resolved=False)
    assert one(store, shown).open


def test_what_was_deleted_comes_back_with_its_answers(store: Store, shown: Comparison) -> None:
    made = commenting.comment_on(store, shown, 1, None, "Why?", head=True)
    commenting.answer(store, shown.target, made.id, "Because.")
    before = one(store, shown)
    commenting.delete(store, shown.target, made.id)
    assert commenting.threads_of(store, shown) == ()
    assert store.comment(made.id).state is CommentState.DELETED
    commenting.restore(store, shown.target, made.id)
    assert one(store, shown) == before


def test_a_comment_goes_along_to_other_comparisons_of_the_notebook(
    store: Store, repo: Repo, shown: Comparison
) -> None:
    commenting.comment_on(store, shown, change(shown, "run"), 1, "Twice?", head=True)
    later = notebook(code("import os", id="o"), code("lr = 3e-4\nx = 1\nrun(lr)", id="a"))
    repo.path("a.ipynb").write_bytes(later)
    revisions = open_notebook(repo.path("a.ipynb"), Settings())
    again = compare(shown.target, shown.base.revision, revisions.comparison.head.revision, Settings())
    thread = one(store, again)
    assert (thread.change, thread.line) == (change(again, "run"), 2)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 20_001])
def test_nothing_and_too_much_are_refused_with_what_to_do(store: Store, shown: Comparison, text: str) -> None:
    with pytest.raises(UserError, match=r"write something|make it shorter"):
        commenting.comment_on(store, shown, 1, None, text, head=True)
    assert store.comments(str(shown.target.notebook)) == ()


def test_a_comment_that_is_gone_is_said_to_be(store: Store, shown: Comparison) -> None:
    with pytest.raises(UserError, match="write a new one"):
        commenting.answer(store, shown.target, "none", "x")


def test_without_a_repository_the_account_comments(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("LOGNAME", "bo")
    path = tmp_path / "alone.ipynb"
    path.write_bytes(NEW)
    alone = open_notebook(path, Settings()).comparison
    assert commenting.comment_on(store, alone, 0, None, "Hm.", head=True).author == "bo"
