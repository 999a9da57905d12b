"""The names by which a person may call the ends of a range, from real repositories."""

from nbreview.history.names import NameKind, revision_names
from nbreview.history.process import git_in
from tests.git_repos import Repo


def test_branches_come_first_then_tags_then_commits(repo: Repo) -> None:
    repo.commit("first", {"a.txt": "1"})
    repo.git("tag", "v1")
    repo.branch("feature/ä")
    head = repo.commit("faster, smaller", {"a.txt": "2"})
    names = revision_names(git_in(repo.root))
    assert (names.current, names.main) == ("feature/ä", "main")
    kinds = [each.kind for each in names.names]
    assert kinds == [NameKind.BRANCH, NameKind.BRANCH, NameKind.TAG, NameKind.COMMIT, NameKind.COMMIT]
    assert [(each.name, each.summary) for each in names.names[:3]] == [
        ("feature/ä", "faster, smaller"),
        ("main", "first"),
        ("v1", "first"),
    ]
    assert head.startswith(names.names[3].name)


def test_the_branch_that_others_go_into_is_what_the_remote_says(repo: Repo) -> None:
    repo.commit("first", {"a.txt": "1"})
    repo.git("update-ref", "refs/remotes/origin/production", "HEAD")
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/production")
    names = revision_names(git_in(repo.root))
    assert names.main == "origin/production"
    assert [each.name for each in names.names if each.kind is NameKind.REMOTE_BRANCH] == ["origin/production"]
    repo.git("branch", "production")
    assert revision_names(git_in(repo.root)).main == "production"


def test_a_repository_without_a_commit_has_no_names(repo: Repo) -> None:
    names = revision_names(git_in(repo.root))
    assert (names.names, names.current, names.main) == ((), "main", "")


def test_a_detached_head_is_on_no_branch(repo: Repo) -> None:
    first = repo.commit("first", {"a.txt": "1"})
    repo.checkout(first)
    assert revision_names(git_in(repo.root)).current == ""
