"""The index entry of a notebook is read, refused or set; nothing else is written and no filter runs."""

import os
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.history.process import Git, git_in
from nbreview.history.staging import (
    Entry,
    check_filters,
    committed_entry,
    content,
    new_mode,
    set_entry,
    staged_entry,
    store,
)
from tests.git_repos import Repo

PATH = "é folder/a, b.ipynb"


@pytest.fixture
def git(repo: Repo) -> Git:
    repo.commit("first", {PATH: "one\n", "other": "x\n"})
    return git_in(repo.root)


def blob(repo: Repo, data: bytes) -> str:
    return repo.git("hash-object", "--stdin", stdin=data)


def listed(repo: Repo) -> list[str]:
    return repo.git("ls-files", "-z", "-s").split("\0")


def test_index_and_commit_are_read(repo: Repo, git: Git) -> None:
    repo.write(PATH, "two\n")
    repo.stage()
    staged, committed = staged_entry(git, PATH), committed_entry(git, PATH)
    assert staged == Entry("100644", blob(repo, b"two\n"))
    assert (content(git, staged), content(git, committed)) == (b"two\n", b"one\n")
    assert staged_entry(git, "none") is None
    assert committed_entry(git, "none") is None
    assert content(git, None) == b""


def test_before_the_first_commit_nothing_is_committed(repo: Repo) -> None:
    repo.write("a", "1")
    repo.stage()
    git = git_in(repo.root)
    assert committed_entry(git, "a") is None
    assert staged_entry(git, "a") == Entry("100644", blob(repo, b"1"))


def test_only_that_entry_is_set(repo: Repo, git: Git) -> None:
    before = staged_entry(git, PATH)
    after = Entry("100755", store(git, PATH, b"new\n"))
    set_entry(git, PATH, after, before)
    assert staged_entry(git, PATH) == after
    assert repo.git("show", f":{PATH}") == "new"
    assert repo.path(PATH).read_bytes() == b"one\n"
    assert any(line.endswith("\tother") for line in listed(repo))
    set_entry(git, PATH, None, after)
    assert staged_entry(git, PATH) is None
    set_entry(git, PATH, before, None)
    assert repo.git("status", "--porcelain") == ""


def test_an_entry_that_has_changed_meanwhile_is_left_alone(repo: Repo, git: Git) -> None:
    before = staged_entry(git, PATH)
    repo.write(PATH, "theirs\n")
    repo.stage()
    with pytest.raises(UserError, match="has changed meanwhile"):
        set_entry(git, PATH, Entry("100644", store(git, PATH, b"ours\n")), before)
    assert repo.git("show", f":{PATH}") == "theirs"


def test_a_locked_index_is_said_and_left_alone(repo: Repo, git: Git) -> None:
    lock = repo.write(".git/index.lock", b"")
    before = staged_entry(git, PATH)
    with pytest.raises(UserError, match="another git is at work"):
        set_entry(git, PATH, Entry("100644", store(git, PATH, b"new\n")), before)
    lock.unlink()
    assert staged_entry(git, PATH) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anything")
def test_a_repository_that_may_not_be_written_is_said(repo: Repo, git: Git) -> None:
    objects = repo.path(".git/objects")
    objects.chmod(0o500)
    try:
        with pytest.raises(UserError, match="may not be written by you"):
            store(git, PATH, b"something else\n")
    finally:
        objects.chmod(0o700)


def test_an_announced_file_is_empty_and_announced_again(repo: Repo, git: Git) -> None:
    repo.write("new.ipynb", "x")
    repo.git("add", "--intent-to-add", "new.ipynb")
    status = repo.git("status", "--porcelain")
    announced = staged_entry(git, "new.ipynb")
    assert announced is not None and announced.intended
    assert content(git, announced) == b""
    after = Entry("100644", store(git, "new.ipynb", b"y"))
    set_entry(git, "new.ipynb", after, announced)
    assert repo.git("status", "--porcelain") == "AM new.ipynb"
    set_entry(git, "new.ipynb", announced, after)
    assert repo.git("status", "--porcelain") == status


def test_a_staged_empty_file_is_not_taken_for_an_announced_one(repo: Repo, git: Git) -> None:
    repo.write("empty", "")
    repo.stage()
    assert staged_entry(git, "empty") == Entry("100644", blob(repo, b""))


def test_a_conflict_is_refused(repo: Repo, git: Git) -> None:
    repo.branch("side")
    repo.commit("side", {PATH: "side\n"})
    repo.checkout("main")
    repo.commit("main", {PATH: "main\n"})
    repo.conflict("side")
    with pytest.raises(UserError, match="is in a merge conflict"):
        staged_entry(git, PATH)


@pytest.mark.parametrize(
    ("flag", "said"), [("--skip-worktree", "sparse checkout"), ("--assume-unchanged", "marked as unchanging")]
)
def test_what_git_was_told_not_to_look_at_is_refused(repo: Repo, git: Git, flag: str, said: str) -> None:
    repo.git("update-index", flag, PATH)
    with pytest.raises(UserError, match=said):
        staged_entry(git, PATH)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_refused(repo: Repo, git: Git) -> None:
    repo.path("link.ipynb").symlink_to("other")
    repo.stage()
    with pytest.raises(UserError, match="is a link"):
        staged_entry(git, "link.ipynb")


# --- filters and line endings -------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["clean", "process"])
def test_a_filter_is_refused_and_never_run(repo: Repo, git: Git, tmp_path: Path, option: str) -> None:
    trace = tmp_path / "ran"
    repo.git("config", f"filter.strip.{option}", f"touch '{trace}'")
    repo.write(".gitattributes", "*.ipynb filter=strip\n")
    with pytest.raises(UserError, match="goes through the filter “strip”"):
        check_filters(git, PATH, b"")
    store(git, PATH, b"a\r\n", staged=b"")
    assert not trace.exists()


def test_a_filter_without_a_program_stores_the_file_as_it_is(repo: Repo, git: Git) -> None:
    repo.write(".gitattributes", "*.ipynb filter=lfs\n")
    check_filters(git, PATH, b"")
    assert store(git, PATH, b"a\n", staged=b"") == blob(repo, b"a\n")


@pytest.mark.parametrize(
    ("attribute", "said"), [("working-tree-encoding=UTF-16", "another encoding"), ("ident", "git expands")]
)
def test_what_else_comes_in_between_is_refused(repo: Repo, git: Git, attribute: str, said: str) -> None:
    repo.write(".gitattributes", f"*.ipynb {attribute}\n")
    with pytest.raises(UserError, match=said):
        check_filters(git, PATH, b"$Id: 1 $")


@pytest.mark.parametrize(
    ("settings", "attributes"),
    [
        ({}, ""),
        ({"core.autocrlf": "true"}, ""),
        ({"core.autocrlf": "input", "core.safecrlf": "true"}, ""),
        ({}, "*.ipynb text\n"),
        ({}, "*.ipynb text=auto eol=crlf\n"),
        ({"core.autocrlf": "true"}, "*.ipynb -text\n"),
        ({"core.autocrlf": "true"}, "*.ipynb binary\n"),
    ],
)
@pytest.mark.parametrize("before", [b"", b"1\n2\n", b"1\r\n2\r\n"])
def test_line_endings_are_stored_as_git_add_stores_them(
    repo: Repo, settings: dict[str, str], attributes: str, before: bytes
) -> None:
    repo.write("a.ipynb", before)
    repo.stage()
    if not before:
        repo.git("rm", "--quiet", "--cached", "a.ipynb")
    for key, value in settings.items():
        repo.git("config", key, value)
    repo.write(".gitattributes", attributes)
    data = b"1\r\nnew\r\n"
    git = git_in(repo.root)
    found = store(git, "a.ipynb", data, staged=before)
    repo.git("config", "core.safecrlf", "false")
    repo.write("a.ipynb", data)
    repo.stage("a.ipynb")
    assert found == repo.git("rev-parse", ":a.ipynb")


def test_the_mode_of_a_new_file_is_what_git_would_see(repo: Repo, git: Git) -> None:
    assert new_mode(git, executable=True) == "100755"
    assert new_mode(git, executable=False) == "100644"
    repo.git("config", "core.fileMode", "false")
    assert new_mode(git, executable=True) == "100644"
