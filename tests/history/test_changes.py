"""Which notebooks changed between two states of a real repository."""

from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.history.changes import (
    Change,
    changed_notebooks,
    find_states,
    is_revision,
    untracked_notebooks,
)
from nbreview.history.model import FileStatus, RevisionKind
from nbreview.history.process import git_in
from tests.builders import code, notebook
from tests.git_repos import Repo

OLD = notebook(*(code(f"step_{n}()") for n in range(9)))
OTHER = notebook(code("\n".join(f"nothing_like_it = {n**5}" for n in range(40))))
NEW = OLD.replace(b"step_3", b"changed_3")


def changes(repo: Repo, *revisions: str, staged: bool = False) -> tuple[Change, ...]:
    git = git_in(repo.root)
    base, head = find_states(git, revisions, staged=staged)
    return changed_notebooks(git, base, head, lambda path: path.endswith(".ipynb"))


def said(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(change.status.value, change.previous_path, change.path) for change in found]


def test_a_range_of_commits_gives_added_modified_deleted_and_renamed_notebooks(repo: Repo) -> None:
    repo.commit("one", {"a.ipynb": OLD, "b.ipynb": OTHER, "c.ipynb": OLD + b"\n", "t.txt": "1"})
    repo.mv("a.ipynb", "lab/ü a.ipynb")
    repo.rm("b.ipynb")
    two = repo.commit("two", {"c.ipynb": NEW, "d.ipynb": notebook(code("d" * 99)), "t.txt": "2"})
    assert said(changes(repo, "HEAD~1..HEAD")) == [
        ("deleted", "", "b.ipynb"),
        ("modified", "", "c.ipynb"),
        ("added", "", "d.ipynb"),
        ("renamed", "a.ipynb", "lab/ü a.ipynb"),
    ]
    assert said(changes(repo, "HEAD~1", two[:9])) == said(changes(repo, "HEAD^!"))
    swapped = changes(repo, "HEAD..HEAD~1")
    assert [each.status.value for each in swapped] == ["renamed", "added", "modified", "deleted"]
    first = changes(repo, "HEAD~1^!")
    assert [each.status for each in first] == [FileStatus.ADDED] * 3
    base = changes(repo, "HEAD^!")[1].base
    assert base is not None
    assert repo.git("cat-file", "blob", base.blob).encode() + b"\n" == OLD + b"\n"


def test_three_dots_begin_where_the_branches_parted(repo: Repo) -> None:
    repo.commit("one", {"a.ipynb": OLD, "b.ipynb": OLD})
    repo.branch("topic")
    repo.commit("topic", {"a.ipynb": NEW})
    repo.checkout("main")
    repo.commit("main", {"b.ipynb": NEW})
    assert [each.path for each in changes(repo, "main...topic")] == ["a.ipynb"]
    assert [each.path for each in changes(repo, "main..topic")] == ["a.ipynb", "b.ipynb"]
    assert [each.path for each in changes(repo, "topic...")] == ["b.ipynb"]


def test_working_tree_index_and_head_are_three_states(repo: Repo) -> None:
    repo.commit("one", {"a.ipynb": OLD, "b.ipynb": OLD, "gone.ipynb": OLD})
    repo.write("a.ipynb", NEW)
    repo.stage()
    repo.write("b.ipynb", NEW)
    repo.write("untracked.ipynb", NEW)
    repo.path("gone.ipynb").unlink()
    assert said(changes(repo)) == [("modified", "", "b.ipynb"), ("deleted", "", "gone.ipynb")]
    assert said(changes(repo, staged=True)) == [("modified", "", "a.ipynb")]
    assert [each.path for each in changes(repo, "HEAD")] == ["a.ipynb", "b.ipynb", "gone.ipynb"]
    found = changes(repo)[0]
    assert found.base is not None and found.head is not None
    assert (found.base.kind, found.head.kind) == (RevisionKind.INDEX, RevisionKind.WORKING_TREE)


def test_what_was_staged_and_taken_back_is_no_change_against_head(repo: Repo) -> None:
    repo.commit("one", {"a.ipynb": OLD})
    repo.write("a.ipynb", NEW)
    repo.stage()
    repo.write("a.ipynb", OLD)
    assert changes(repo, "HEAD") == ()
    assert len(changes(repo)) == len(changes(repo, staged=True)) == 1


def test_a_staged_rename_that_was_edited_after_is_one_change(repo: Repo) -> None:
    repo.commit("one", {"a.ipynb": OLD})
    repo.mv("a.ipynb", "b.ipynb")
    repo.write("b.ipynb", NEW)
    assert said(changes(repo, "HEAD")) == [("renamed", "a.ipynb", "b.ipynb")]
    assert said(changes(repo)) == [("modified", "", "b.ipynb")]


def test_before_the_first_commit_everything_staged_is_added(repo: Repo) -> None:
    repo.write("a.ipynb", OLD)
    repo.stage()
    assert said(changes(repo, staged=True)) == [("added", "", "a.ipynb")]
    assert changes(repo) == ()


def test_a_conflict_is_ours_and_theirs(repo: Repo) -> None:
    repo.commit("one", {"a.ipynb": OLD})
    repo.branch("topic")
    repo.commit("theirs", {"a.ipynb": OLD.replace(b"step_3", b"theirs")})
    repo.checkout("main")
    repo.commit("ours", {"a.ipynb": OLD.replace(b"step_3", b"ours")})
    repo.conflict("topic")
    for found in (changes(repo), changes(repo, "HEAD"), changes(repo, staged=True)):
        (change,) = found
        assert change.conflict
        assert change.base is not None and change.head is not None
        assert "ours" in repo.git("cat-file", "blob", change.base.blob)
        assert "theirs" in repo.git("cat-file", "blob", change.head.blob)


def test_a_sparse_checkout_does_not_look_deleted(repo: Repo) -> None:
    repo.commit("one", {"in/a.ipynb": OLD, "out/b.ipynb": OLD})
    repo.git("sparse-checkout", "set", "in")
    assert not repo.path("out/b.ipynb").exists()
    assert changes(repo) == changes(repo, "HEAD") == ()


def test_no_filter_and_no_file_system_monitor_of_the_repository_runs(repo: Repo, tmp_path: Path) -> None:
    repo.commit("one", {"a.ipynb": OLD, ".gitattributes": "*.ipynb filter=evil diff=evil\n"})
    for name in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.command", "diff.evil.textconv"):
        repo.git("config", name, f"touch {tmp_path}/{name}")
    repo.git("config", "core.fsmonitor", f"touch {tmp_path}/monitor")
    repo.write("a.ipynb", NEW)
    assert len(changes(repo)) == len(changes(repo, "HEAD")) == 1
    assert changes(repo, staged=True) == ()
    assert [each.name for each in tmp_path.iterdir()] == ["repo"]


def test_what_is_a_revision(repo: Repo) -> None:
    repo.commit("one", {"a.ipynb": OLD})
    git = git_in(repo.root)
    assert all(
        is_revision(git, text) for text in ("HEAD", "main", "main..HEAD", "main...", "HEAD^!", "HEAD^{tree}")
    )
    assert not any(
        is_revision(git, text)
        for text in ("", "..", "...", "a.ipynb", "-p", "--all", "HEAD..-p", "a..b..c", "HEAD:a.ipynb")
    )


@pytest.mark.parametrize(
    ("revisions", "staged", "words"),
    [
        (("nowhere",), False, "no commit “nowhere”"),
        (("HEAD..nowhere",), False, "no commit “nowhere”"),
        (("HEAD", "HEAD", "HEAD"), False, "more than two"),
        (("HEAD..HEAD", "HEAD"), False, "more than two"),
        (("HEAD..HEAD",), True, "--staged"),
    ],
)
def test_revisions_that_make_no_sense_are_refused(
    repo: Repo, revisions: tuple[str, ...], staged: bool, words: str
) -> None:
    repo.commit("one", {"a.ipynb": OLD})
    with pytest.raises(UserError, match=words):
        find_states(git_in(repo.root), revisions, staged=staged)


def test_a_large_change_is_compared_by_two_children_of_git(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbreview.history.process import Git

    repo.commit("one", {f"{n}.ipynb": notebook(code(f"n = {n}")) for n in range(60)})
    repo.commit("two", {f"{n}.ipynb": notebook(code(f"n = -{n}")) for n in range(60)})
    asked: list[str] = []
    start = Git.start
    monkeypatch.setattr(
        Git,
        "start",
        lambda self, *arguments, **more: asked.append(arguments[0]) or start(self, *arguments, **more),
    )
    assert len(changes(repo, "HEAD~1..HEAD")) == 60
    assert asked.count("diff-tree") == 1
    assert len(asked) <= 5


def test_notebooks_that_git_does_not_know_are_told_apart_and_those_it_ignores_are_not(repo: Repo) -> None:
    repo.commit("one", {"a.ipynb": OLD, ".gitignore": "scratch/\n"})
    for name in ("new/ü.ipynb", "scratch/b.ipynb", "notes.txt"):
        repo.write(name, OTHER)
    git = git_in(repo.root)
    found = untracked_notebooks(git, lambda path: path.endswith(".ipynb"))
    assert said(found) == [("added", "", "new/ü.ipynb")]
    assert found[0].base is None
    assert found[0].head is not None and found[0].head.kind is RevisionKind.WORKING_TREE
