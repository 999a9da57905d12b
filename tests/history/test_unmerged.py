"""What the index holds of a notebook in conflict, and by which names, in every way that git stops."""

import pytest

from nbreview.history.model import Revision, RevisionKind, Stages
from nbreview.history.repository import Repository
from tests.git_repos import Repo


def stages(repo: Repo, path: str = "a.ipynb") -> Stages:
    repository = Repository.discover(repo.root)
    assert repository is not None
    found = repository.stages(path)
    assert found is not None
    return found


def texts(repo: Repo, found: Stages) -> list[bytes | None]:
    repository = Repository.discover(repo.root)
    assert repository is not None
    return [
        repository.read(each) if each is not None else None for each in (found.base, found.ours, found.theirs)
    ]


@pytest.fixture
def parted(repo: Repo) -> Repo:
    """`main` and `topic` changed the same line."""
    repo.commit("first", {"a.ipynb": "0\n"})
    repo.branch("topic")
    repo.commit("their work", {"a.ipynb": "2\n"})
    repo.checkout("main")
    repo.commit("our work", {"a.ipynb": "1\n"})
    return repo


def test_a_merge_has_three_versions_named_by_their_branches(parted: Repo) -> None:
    parted.conflict("topic")

    found = stages(parted)

    assert texts(parted, found) == [b"0\n", b"1\n", b"2\n"]
    assert [each.label for each in found.revisions] == ["theirs (topic)", "ours (main)", "base of the merge"]
    assert {each.kind for each in found.revisions} == {RevisionKind.INDEX}


def test_in_a_rebase_ours_is_what_the_commits_are_put_onto(parted: Repo) -> None:
    parted.checkout("topic")
    parted.git("rebase", "--quiet", "main", fails=True)

    found = stages(parted)

    assert texts(parted, found) == [b"0\n", b"1\n", b"2\n"]
    assert found.ours is not None and found.theirs is not None
    assert found.ours.label == "ours (main)"
    assert found.theirs.label.endswith("their work)")


def test_a_commit_that_is_picked_or_reverted_is_named_by_its_summary(parted: Repo) -> None:
    parted.git("cherry-pick", "topic", fails=True)
    picked = stages(parted).theirs
    assert picked is not None
    assert picked.label.endswith("their work)")

    parted.git("cherry-pick", "--abort")
    parted.git("revert", "--no-edit", "topic", fails=True)
    reverted = stages(parted).theirs
    assert reverted is not None
    assert reverted.label.startswith("theirs (without ")


def test_a_side_that_lacks_the_notebook_has_no_version(parted: Repo) -> None:
    parted.checkout("topic")
    parted.rm("a.ipynb")
    parted.commit("deleted")
    parted.checkout("main")
    parted.conflict("topic")

    assert texts(parted, stages(parted)) == [b"0\n", b"1\n", None]


def test_two_added_notebooks_have_no_base(repo: Repo) -> None:
    repo.commit("first", {"x": "1"})
    repo.branch("topic")
    repo.commit("theirs", {"new.ipynb": "2\n"})
    repo.checkout("main")
    repo.commit("ours", {"new.ipynb": "1\n"})
    repo.conflict("topic")

    assert texts(repo, stages(repo, "new.ipynb")) == [None, b"1\n", b"2\n"]


def test_only_the_path_itself_counts(parted: Repo) -> None:
    parted.conflict("topic")
    repository = Repository.discover(parted.root)
    assert repository is not None

    assert repository.stages("other.ipynb") is None
    assert repository.stages("a.ipynb/b") is None


def test_a_version_stands_against_the_base_of_the_merge(parted: Repo) -> None:
    parted.conflict("topic")
    repository = Repository.discover(parted.root)
    found = stages(parted)
    assert repository is not None and found.ours is not None and found.base is not None

    assert repository.parent(found.ours) == found.base
    assert repository.parent(found.base) is None


def test_a_resolved_path_has_no_versions_left(parted: Repo) -> None:
    parted.conflict("topic")
    parted.write("a.ipynb", "3\n")
    parted.stage("a.ipynb")
    repository = Repository.discover(parted.root)
    assert repository is not None

    assert repository.stages("a.ipynb") is None
    assert all(not isinstance(each, Revision) or not each.stage for each in repository.history("a.ipynb"))
