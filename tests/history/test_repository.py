"""A repository as a review sees it: working tree, index and commits, wherever git lets a notebook live."""

import os
import threading
from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.history.model import FileStatus, Revision, RevisionKind
from nbreview.history.repository import Repository, without_credentials
from tests.git_repos import Repo

LINES = "".join(f"line {number}\n" for number in range(30))


def discovered(path: Path) -> Repository:
    repository = Repository.discover(path)
    assert repository is not None
    return repository


def places(revisions: tuple[Revision, ...]) -> list[str]:
    return [revision.summary or revision.label for revision in revisions]


def test_working_tree_then_index_then_commits(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": "1\n"})
    repo.write("a.ipynb", "2\n")
    repo.stage()
    repo.write("a.ipynb", "3\n")
    repository = discovered(repo.path("a.ipynb"))

    working, staged, first = repository.history("a.ipynb")

    assert [working.kind, staged.kind, first.kind] == [
        RevisionKind.WORKING_TREE,
        RevisionKind.INDEX,
        RevisionKind.COMMIT,
    ]
    assert [repository.read(each) for each in (working, staged, first)] == [b"3\n", b"2\n", b"1\n"]
    assert repository.parent(working) == staged
    base = repository.parent(staged)
    assert base is not None
    assert (base.commit, base.blob, base.summary) == (first.commit, first.blob, "first")
    assert repository.parent(first) is None


def test_an_index_like_head_is_no_revision_of_its_own(repo: Repo) -> None:
    head = repo.commit("first", {"a.ipynb": "1\n"})
    repository = discovered(repo.root)

    working, first = repository.history("a.ipynb")

    base = repository.parent(working)
    assert base is not None
    assert (base.kind, base.commit, base.blob) == (RevisionKind.COMMIT, head, first.blob)
    assert repository.head() == head


def test_an_untracked_notebook_was_added_in_the_working_tree(repo: Repo) -> None:
    repo.commit("first", {"other.ipynb": "1\n"})
    repo.write("a.ipynb", "2\n")
    repository = discovered(repo.root)

    (working,) = repository.history("a.ipynb")

    assert working.status is FileStatus.ADDED
    assert repository.parent(working) is None


def test_a_file_that_git_only_intends_to_add_is_not_staged(repo: Repo) -> None:
    repo.commit("first", {"other.ipynb": "1\n"})
    repo.write("a.ipynb", "2\n")
    repo.git("add", "--intent-to-add", "a.ipynb")

    (working,) = discovered(repo.root).history("a.ipynb")

    assert (working.kind, working.status) == (RevisionKind.WORKING_TREE, FileStatus.ADDED)


def test_before_the_first_commit_there_is_only_working_tree_and_index(repo: Repo) -> None:
    repo.write("a.ipynb", "1\n")
    repo.stage()
    repository = discovered(repo.root)

    working, staged = repository.history("a.ipynb")

    assert repository.head() == ""
    assert (staged.kind, staged.status) == (RevisionKind.INDEX, FileStatus.ADDED)
    assert repository.read(staged) == b"1\n"
    assert repository.parent(working) == staged
    assert repository.parent(staged) is None


def test_a_rename_that_is_only_staged_is_followed(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": LINES})
    repo.mv("a.ipynb", "b.ipynb")
    repository = discovered(repo.root)

    working, staged, first = repository.history("b.ipynb")

    assert (staged.status, staged.previous_path) == (FileStatus.RENAMED, "a.ipynb")
    assert first.path == "a.ipynb"
    assert repository.parent(working) == staged
    base = repository.parent(staged)
    assert base is not None
    assert (base.path, base.blob) == ("a.ipynb", first.blob)


def test_a_notebook_deleted_from_disk_and_index_keeps_its_commits(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": "1\n"})
    repo.rm("a.ipynb")
    repository = discovered(repo.path("a.ipynb"))

    staged, first = repository.history("a.ipynb")

    assert (staged.status, first.summary) == (FileStatus.DELETED, "first")
    with pytest.raises(UserError, match=r"a\.ipynb was deleted in staged"):
        repository.read(staged)
    base = repository.parent(staged)
    assert base is not None
    assert base.blob == first.blob


def test_a_conflict_has_its_three_versions_and_stands_against_head(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": "1\n"})
    repo.branch("side")
    repo.commit("side", {"a.ipynb": "2\n"})
    repo.checkout("main")
    head = repo.commit("main", {"a.ipynb": "3\n"})
    repo.conflict("side")
    repository = discovered(repo.root)

    revisions = repository.history("a.ipynb")

    assert places(revisions) == [
        "working tree",
        "theirs (side)",
        "ours (main)",
        "base of the merge",
        "main",
        "first",
    ]
    base = repository.parent(revisions[0])
    assert base is not None
    assert base.commit == head
    assert repository.read(repository.resolve(":2:a.ipynb")) == b"3\n"
    assert repository.read(repository.resolve(":3:a.ipynb")) == b"2\n"


def test_the_parent_of_a_renaming_commit_is_at_the_old_path(repo: Repo) -> None:
    root = repo.commit("first", {"a.ipynb": LINES})
    repo.mv("a.ipynb", "b.ipynb")
    repo.commit("rename")
    repository = discovered(repo.root)
    rename = repository.history("b.ipynb")[1]

    base = repository.parent(rename)

    assert base is not None
    assert (base.commit, base.path, base.label) == (root, "a.ipynb", f"{root[:7]} “first”")
    assert repository.read(base) == LINES.encode()
    resolved = repository.parent(repository.resolve("HEAD:b.ipynb"))
    assert resolved is not None
    assert (resolved.commit, resolved.path, resolved.blob) == (root, "a.ipynb", base.blob)


def test_a_limit_counts_commits(repo: Repo) -> None:
    for number in range(4):
        repo.commit(f"edit {number}", {"a.ipynb": f"{number}\n"})

    assert places(discovered(repo.root).history("a.ipynb", limit=2)) == ["working tree", "edit 3", "edit 2"]


def test_a_notebook_outside_of_git_has_no_repository(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text("{}")

    assert Repository.discover(tmp_path / "a.ipynb") is None
    assert Repository.discover(tmp_path / "not" / "there.ipynb") is None


def test_without_git_a_notebook_outside_of_git_still_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert Repository.discover(tmp_path / "a.ipynb") is None


def test_a_linked_worktree_has_its_own_head_and_index(repo: Repo, tmp_path: Path) -> None:
    repo.commit("first", {"a.ipynb": "1\n"})
    repo.git("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "linked"))
    linked = Repo(tmp_path / "linked")
    linked.commit("in the worktree", {"a.ipynb": "2\n"})
    linked.write("a.ipynb", "3\n")
    linked.stage()
    repository = discovered(linked.path("a.ipynb"))

    assert repository.root == (tmp_path / "linked").resolve()
    assert places(repository.history("a.ipynb")) == ["working tree", "staged", "in the worktree", "first"]
    assert places(discovered(repo.root).history("a.ipynb")) == ["working tree", "first"]


def test_a_detached_head_shows_what_it_reaches(repo: Repo) -> None:
    first = repo.commit("first", {"a.ipynb": "1\n"})
    repo.commit("second", {"a.ipynb": "2\n"})
    repo.checkout(first)

    assert places(discovered(repo.root).history("a.ipynb")) == ["working tree", "first"]


def test_at_the_edge_of_a_shallow_clone_there_is_no_parent(repo: Repo, tmp_path: Path) -> None:
    for number in range(3):
        repo.commit(f"edit {number}", {"a.ipynb": f"{number}\n"})
    repository = discovered(repo.clone(tmp_path / "shallow", "--depth", "2").root)

    _, newest, edge = repository.history("a.ipynb")

    assert (newest.summary, edge.summary) == ("edit 2", "edit 1")
    assert (edge.status, edge.parent) == (FileStatus.ADDED, "")
    assert repository.parent(edge) is None
    base = repository.parent(newest)
    assert base is not None
    assert base.commit == edge.commit


def test_a_partial_clone_lists_its_history_and_names_missing_content(repo: Repo, tmp_path: Path) -> None:
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.commit("first", {"a.ipynb": LINES})
    repo.commit("edit", {"a.ipynb": LINES + "end\n"})
    repo.mv("a.ipynb", "b.ipynb")
    repo.commit("rename")
    repo.commit("new beside it", {"c.ipynb": "beside\n"})
    repository = discovered(repo.clone(tmp_path / "partial", "--filter=blob:none").root)

    revisions = repository.history("b.ipynb")

    assert places(revisions) == ["working tree", "rename", "edit", "first"]
    assert repository.read(revisions[1]) == (LINES + "end\n").encode()
    with pytest.raises(UserError, match="partial or damaged clone"):
        repository.read(revisions[3])


def test_a_submodule_is_a_repository_of_its_own(repo: Repo, tmp_path: Path) -> None:
    inner = Repo(tmp_path / "inner")
    inner.commit("inside", {"a.ipynb": "1\n"})
    repo.git("submodule", "--quiet", "add", f"file://{inner.root}", "sub folder")
    repo.commit("add the submodule")
    notebook = repo.path("sub folder/a.ipynb")
    repository = discovered(notebook)

    assert repository.root == repo.path("sub folder").resolve()
    assert places(repository.history(repository.relative(notebook))) == ["working tree", "inside"]


def test_a_bare_repository_has_commits_only(repo: Repo, tmp_path: Path) -> None:
    repo.commit("first", {"a.ipynb": "1\n"})
    repo.clone(tmp_path / "bare.git", "--bare")
    repository = discovered(tmp_path / "bare.git")

    assert repository.bare
    assert places(repository.history("a.ipynb")) == ["first"]
    assert repository.read(repository.resolve("main:a.ipynb")) == b"1\n"


def test_a_linked_folder_and_any_current_folder_lead_to_the_same_history(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("first", {"deep/a.ipynb": "1\n"})
    (tmp_path / "link").symlink_to(repo.path("deep"), target_is_directory=True)
    monkeypatch.chdir(tmp_path / "link")
    repository = discovered(Path("a.ipynb"))

    assert repository.relative(Path("a.ipynb")) == "deep/a.ipynb"
    assert places(repository.history("deep/a.ipynb")) == ["working tree", "first"]
    assert repository.resolve("HEAD:./a.ipynb", cwd=Path()).path == "deep/a.ipynb"


@pytest.mark.parametrize(
    "name",
    [
        "sp ace 'quo\"te.ipynb",
        "-dash.ipynb",
        ":(top)x.ipynb",
        "*.ipynb",
        "né\n.ipynb",
        "\udcff.ipynb",
    ],
)
def test_any_name_is_read_from_everywhere(repo: Repo, name: str) -> None:
    repo.commit("first", {name: "1\n", "decoy.ipynb": "decoy\n"})
    repo.write(name, "2\n")
    repo.stage()
    repo.write(name, "3\n")
    repo.write("decoy.ipynb", "changed\n")
    repository = discovered(repo.path(name))
    relative = repository.relative(repo.path(name))

    revisions = repository.history(relative)

    assert relative == name
    assert [repository.read(each) for each in revisions] == [b"3\n", b"2\n", b"1\n"]
    assert repository.read(repository.resolve(f"HEAD:{name}")) == b"1\n"


def test_a_revision_is_named_as_git_names_it(repo: Repo) -> None:
    repo.commit("fix: a thing", {"deep/a.ipynb": "1\n", "b.ipynb": "b\n"})
    repo.git("tag", "-a", "v1", "-m", "tag")
    repo.commit("second", {"deep/a.ipynb": "2\n"})
    repo.write("deep/a.ipynb", "3\n")
    repo.stage()
    repository = discovered(repo.root)

    def content(spec: str) -> bytes:
        return repository.read(repository.resolve(spec, cwd=repo.path("deep")))

    assert content("HEAD:deep/a.ipynb") == b"2\n"
    assert content("v1:deep/a.ipynb") == content("HEAD~1:./a.ipynb") == content("@^:deep/a.ipynb") == b"1\n"
    assert content("HEAD:../b.ipynb") == b"b\n"
    assert content("HEAD^{/fix: a}:deep/a.ipynb") == b"1\n"
    assert content(":deep/a.ipynb") == content(":0:deep/a.ipynb") == content(":./a.ipynb") == b"3\n"
    named = repository.resolve("v1:deep/a.ipynb")
    assert (named.kind, named.summary, named.path) == (RevisionKind.COMMIT, "fix: a thing", "deep/a.ipynb")


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("HEAD", "does not name a notebook"),
        ("HEAD:", "does not name a notebook"),
        (":/fix", "does not name a notebook"),
        ("--output=x:a.ipynb", "does not name a notebook"),
        ("nowhere:a.ipynb", "no commit “nowhere”"),
        ("HEAD:absent.ipynb", r"absent\.ipynb is not a file of HEAD"),
        ("HEAD:deep", "deep is not a file of HEAD"),
        (":absent.ipynb", r"absent\.ipynb is not in the index"),
        ("HEAD:../../a.ipynb", "leads out of the repository"),
        ("HEAD:/a.ipynb", "leads out of the repository"),
    ],
)
def test_what_names_nothing_is_refused_in_a_sentence(repo: Repo, spec: str, says: str) -> None:
    repo.commit("first", {"a.ipynb": "1\n", "deep/a.ipynb": "1\n"})

    with pytest.raises(UserError, match=says):
        discovered(repo.root).resolve(spec)


def test_a_path_outside_is_refused(repo: Repo, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not inside the repository"):
        discovered(repo.root).relative(tmp_path / "elsewhere.ipynb")


def test_a_git_lfs_pointer_is_passed_on_and_no_filter_runs(repo: Repo) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 9\n"
    repo.commit("first", {"a.ipynb": pointer})
    repo.write(".gitattributes", "*.ipynb filter=lfs\n")
    repository = discovered(repo.root)

    assert repository.read(repository.resolve("HEAD:a.ipynb")) == pointer.encode()


def test_the_repository_is_left_as_it_was(repo: Repo) -> None:
    repo.commit("first", {"a.ipynb": "1\n"})
    repo.write("a.ipynb", "2\n")
    os.utime(repo.path("a.ipynb"), (1_700_000_000, 1_700_000_000))

    def everything() -> dict[str, tuple[int, bytes]]:
        files = (path for path in sorted(repo.root.rglob("*")) if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = everything()
    repository = discovered(repo.root)
    for revision in repository.history("a.ipynb"):
        repository.read(revision)
        repository.parent(revision)

    assert everything() == before


def test_threads_share_a_repository(repo: Repo) -> None:
    for number in range(3):
        repo.commit(f"edit {number}", {"a.ipynb": f"{number}\n"})
    repository = discovered(repo.root)
    expected = repository.history("a.ipynb")
    results: list[tuple[Revision, ...]] = []
    threads = [
        threading.Thread(target=lambda: results.append(repository.history("a.ipynb"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [expected] * 4


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@example.org/a/b.git", "https://example.org/a/b.git"),
        ("https://token@example.org/a.git?private_token=x", "https://example.org/a.git"),
        ("https://us@er:p@ss@example.org:8443/a.git", "https://example.org:8443/a.git"),
        ("https://example.org/a@b.git", "https://example.org/a@b.git"),
        ("ssh://git:secret@example.org:22/a.git", "ssh://git@example.org:22/a.git"),
        ("git@example.org:a/b.git", "git@example.org:a/b.git"),
        ("/srv/git/a b.git", "/srv/git/a b.git"),
        ("file:///srv/what?.git", "file:///srv/what?.git"),
    ],
)
def test_a_remote_is_shown_without_credentials(repo: Repo, url: str, shown: str) -> None:
    repo.git("config", "remote.origin.url", url)

    assert discovered(repo.root).remote() == shown == without_credentials(url)


def test_a_repository_without_origin_has_no_remote(repo: Repo) -> None:
    assert discovered(repo.root).remote() == ""
