"""One walk lists every notebook of every commit, and holds one commit at a time."""

from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.history.mining_log import count_commits, is_partial, notebook_commits, shallow_commits
from nbreview.history.model import FileStatus
from nbreview.history.process import Git, GitError, git_in
from tests.git_repos import Repo

TEXT = "".join(f"line {number}\n" for number in range(50))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "r")


def git(repo: Repo) -> Git:
    return git_in(repo.root)


def test_commits_come_newest_first_with_their_notebooks_alone(repo: Repo) -> None:
    repo.commit("first\n\nbody: one\n", {"a.ipynb": "1", "deep/b c.ipynb": "2", "x.py": "3"})
    repo.commit("only code", {"x.py": "4"})
    repo.commit("second", {"a.ipynb": "5"})
    second, first = notebook_commits(git(repo), repo.head())
    assert (first.subject, first.message, first.parents) == ("first", "first\n\nbody: one", ())
    assert [(each.path, each.status) for each in first.changes] == [
        ("a.ipynb", FileStatus.ADDED),
        ("deep/b c.ipynb", FileStatus.ADDED),
    ]
    (change,) = second.changes
    assert (change.before, change.status) == (first.changes[0].after, FileStatus.MODIFIED)
    assert second.time == first.time + 120
    assert (second.author, second.email) == ("Ada Lovelace", "ada@example.org")
    assert count_commits(git(repo), repo.head()) == 2


def test_renames_deletions_and_odd_names_are_told(repo: Repo) -> None:
    repo.commit("first", {"ü\n:a.ipynb": TEXT, "b.ipynb": "b"})
    repo.mv("ü\n:a.ipynb", "new.ipynb")
    repo.rm("b.ipynb")
    repo.commit("second", {"new.ipynb": TEXT + "more\n"})
    changes = {change.path: change for change in next(notebook_commits(git(repo), repo.head())).changes}
    assert changes["b.ipynb"].status is FileStatus.DELETED
    assert changes["b.ipynb"].after == ""
    renamed = changes["new.ipynb"]
    assert (renamed.status, renamed.previous_path) == (FileStatus.RENAMED, "ü\n:a.ipynb")
    exact = next(notebook_commits(git(repo), repo.head(), exact=True))
    assert {change.path for change in exact.changes} == {"b.ipynb", "new.ipynb", "ü\n:a.ipynb"}


def test_both_sides_of_a_merge_are_walked_and_its_own_edits_told(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": "1"})
    repo.branch("side")
    repo.commit("side", {"b.ipynb": "2"})
    repo.checkout("main")
    main = repo.commit("main", {"a.ipynb": "3"})
    repo.merge("side", "quiet")
    repo.branch("other")
    repo.commit("other", {"c.ipynb": "4"})
    repo.checkout("main")
    repo.commit("main again", {"d.ipynb": "4"})
    repo.merge("other", "x", "--no-commit")
    repo.commit("loud", {"a.ipynb": "5"})
    found = {commit.subject: commit for commit in notebook_commits(git(repo), repo.head())}
    assert set(found) == {"first", "side", "main", "quiet", "other", "main again", "loud"}
    assert found["quiet"].changes == ()
    (change,) = found["loud"].changes
    assert (change.path, change.status) == ("a.ipynb", FileStatus.MODIFIED)
    assert change.before == found["main"].changes[0].after
    assert main in {parent for commit in found.values() for parent in commit.parents}


def test_links_and_submodules_are_not_regular(repo: Repo) -> None:
    repo.path("link.ipynb").symlink_to("a.ipynb")
    repo.commit("first", {"a.ipynb": "1"})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head()},sub.ipynb")
    repo.git("commit", "--quiet", "-m", "second")
    found = [change for commit in notebook_commits(git(repo), repo.head()) for change in commit.changes]
    assert {change.path: change.regular for change in found} == {
        "a.ipynb": True,
        "link.ipynb": False,
        "sub.ipynb": False,
    }


def test_a_message_of_many_shapes_breaks_nothing(repo: Repo) -> None:
    for message in (":100644 100644 a b M", "x\n\n\n:y\n", "\u00fc" * 70_000):
        repo.git(
            "commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "-F", "-", stdin=message.encode()
        )
        repo.commit(message[:9], {"a.ipynb": message})
    repo.write("a.ipynb", "without a message")
    repo.stage()
    repo.git("commit", "--quiet", "--allow-empty-message", "-m", "")
    commits = list(notebook_commits(git(repo), repo.head()))
    assert [len(commit.changes) for commit in commits] == [1, 1, 1, 1]
    assert commits[0].message == ""


def test_the_kind_of_clone_is_known(repo: Repo, tmp_path: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit("first", {"a.ipynb": "1"})
    repo.commit("second", {"a.ipynb": "2"})
    shallow = repo.clone(tmp_path / "shallow", "--depth", "1")
    partial = repo.clone(tmp_path / "partial", "--filter=blob:none")
    assert shallow_commits(git(repo)) == frozenset()
    assert shallow_commits(git(shallow)) == {repo.head()}
    assert [is_partial(git(each)) for each in (repo, shallow, partial)] == [False, False, True]


def test_a_commit_that_is_not_there_is_one_sentence(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": "1"})
    with pytest.raises(GitError, match=r"^git cannot list the history of .*; run “git fsck” there"):
        list(notebook_commits(git(repo), "f" * 40))


def test_it_can_be_stopped_and_left(repo: Repo) -> None:
    for number in range(3):
        repo.commit(f"number {number}", {"a.ipynb": str(number)})
    walk = notebook_commits(git(repo), repo.head())
    next(walk)
    walk.close()  # type: ignore[attr-defined]
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(notebook_commits(git(repo), repo.head(), cancel=cancel))
