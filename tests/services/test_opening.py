"""Open notebooks in and outside real repositories."""

import subprocess
from pathlib import Path

import pytest

from nbreview.diff.model import ChangeKind
from nbreview.errors import UserError
from nbreview.history.blobs import BlobReader
from nbreview.history.model import Revision, RevisionKind
from nbreview.history.process import Git
from nbreview.services.opening import (
    compare,
    count_cells,
    find_target,
    list_revisions,
    open_notebook,
    open_pair,
    parent_of,
)
from nbreview.settings import Settings
from tests.builders import code, notebook
from tests.git_repos import Repo


def test_the_working_tree_stands_against_the_last_commit(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write("a.ipynb", notebook(code("x = 1", id="a")))
    repo.commit("first")
    repo.write("a.ipynb", notebook(code("x = 2", id="a")))
    opened = open_notebook(tmp_path / "a.ipynb", Settings())
    shown = opened.comparison
    assert (shown.base.notebook.cells[0].source, shown.head.notebook.cells[0].source) == ("x = 1", "x = 2")
    assert shown.writable


def test_a_clean_working_tree_shows_the_last_commit_and_can_still_be_written(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    for value in (1, 2):
        repo.write("a.ipynb", notebook(code(f"x = {value}", id="a")))
        repo.commit(f"x is {value}")
    shown = open_notebook(tmp_path / "a.ipynb", Settings()).comparison
    assert shown.base.notebook.cells[0].source == "x = 1"
    assert shown.head.revision is not None and shown.head.revision.kind is RevisionKind.WORKING_TREE
    assert shown.writable


def test_a_notebook_never_committed_stands_against_nothing(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write("other.txt", b"x")
    repo.commit("first")
    repo.write("new.ipynb", notebook(code("x = 1", id="a")))
    shown = open_notebook(tmp_path / "new.ipynb", Settings()).comparison
    assert [change.kind for change in shown.diff.cells] == [ChangeKind.ADDED]


def test_a_deleted_notebook_shows_its_history(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write("gone.ipynb", notebook(code("x = 1", id="a")))
    repo.commit("first")
    (tmp_path / "gone.ipynb").unlink()
    repo.commit("remove it")
    opened = open_notebook(tmp_path / "gone.ipynb", Settings())
    assert [change.kind for change in opened.comparison.diff.cells] == [ChangeKind.REMOVED]
    assert not opened.comparison.writable


def test_a_notebook_outside_git_opens_without_history(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(notebook(code("x = 1", id="a")))
    opened = open_notebook(tmp_path / "a.ipynb", Settings())
    assert [revision.kind for revision in opened.revisions] == [RevisionKind.FILE]
    assert not opened.comparison.diff.changed
    assert opened.comparison.writable


def test_two_files_are_compared(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(notebook(code("x = 1", id="a")))
    (tmp_path / "b.ipynb").write_bytes(notebook(code("x = 2", id="a")))
    shown = open_pair(tmp_path / "a.ipynb", tmp_path / "b.ipynb", Settings()).comparison
    assert (shown.base.label, shown.head.label) == ("a.ipynb", "b.ipynb")
    assert [change.kind for change in shown.diff.cells] == [ChangeKind.MODIFIED]


def test_the_null_device_of_a_difftool_is_a_notebook_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(code("x = 1", id="a")))
    added = open_pair(Path("/dev/null"), path, Settings())
    assert [change.kind for change in added.comparison.diff.cells] == [ChangeKind.ADDED]
    assert (added.comparison.base.revision, added.target.notebook) == (None, path)
    removed = open_pair(path, Path("/dev/null"), Settings())
    assert [change.kind for change in removed.comparison.diff.cells] == [ChangeKind.REMOVED]
    assert removed.target.notebook == path
    assert not removed.comparison.writable
    with pytest.raises(UserError, match="given twice"):
        open_pair(Path("/dev/null"), Path("/dev/null"), Settings())


def test_badges_count_the_cells_a_commit_changed(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write("a.ipynb", notebook(code("x = 1", id="a"), code("y = 1", id="b")))
    repo.commit("first")
    repo.write("a.ipynb", notebook(code("x = 2", id="a"), code("y = 1", id="b"), code("z = 1", id="c")))
    repo.commit("second")
    opened = open_notebook(tmp_path / "a.ipynb", Settings())
    second = next(item for item in opened.revisions if item.summary == "second")
    counts = count_cells(opened.target, second, Settings())
    assert (counts[ChangeKind.MODIFIED], counts[ChangeKind.ADDED], counts[ChangeKind.REMOVED]) == (1, 1, 0)


@pytest.fixture
def varied(tmp_path: Path) -> Repo:
    """A notebook that was added, edited, renamed, replaced by a git-lfs pointer, deleted and added again, and
    is staged and edited since.
    """
    repo = Repo(tmp_path)
    repo.commit("added", {"a.ipynb": notebook(code("x = 1", id="a"), code("y = 1", id="b"))})
    repo.commit("edited", {"a.ipynb": notebook(code("x = 2", id="a"), code("y = 1", id="b"))})
    repo.mv("a.ipynb", "b.ipynb")
    repo.commit("renamed", {"b.ipynb": notebook(code("x = 2", id="a"))})
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 1\n"
    repo.commit("pointer", {"b.ipynb": pointer})
    repo.commit("mended", {"b.ipynb": notebook(code("x = 3", id="a"))})
    repo.rm("b.ipynb")
    repo.commit("deleted")
    repo.commit("again", {"b.ipynb": notebook(code("x = 3", id="a"), code("z = 1", id="c"))})
    repo.write("b.ipynb", notebook(code("x = 4", id="a"), code("z = 1", id="c")))
    repo.stage()
    repo.write("b.ipynb", notebook(code("x = 4", id="a")))
    return repo


def test_many_badges_are_counted_with_one_child_as_each_alone(
    varied: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = find_target(varied.root / "b.ipynb")
    revisions = list_revisions(target)
    assert len(revisions) == 9
    assert target.repository is not None

    def compared(revision: Revision) -> dict[ChangeKind, int] | str:
        try:
            shown = compare(target, parent_of(target, revision), revision, Settings())
        except UserError as error:
            return error.message
        return dict(shown.diff.counts())

    def counted(revision: Revision, blobs: BlobReader | None = None) -> dict[ChangeKind, int] | str:
        try:
            return count_cells(target, revision, Settings(), blobs=blobs)
        except UserError as error:
            return error.message

    expected = [compared(revision) for revision in revisions]
    assert sum(isinstance(each, str) for each in expected) == 2  # the pointer is a head and a base
    assert [counted(revision) for revision in revisions] == expected
    started: list[str] = []
    start = Git.start

    def noted(git: Git, *arguments: str, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        started.append(arguments[0])
        return start(git, *arguments, stderr=stderr)

    monkeypatch.setattr(Git, "start", noted)
    commits = [revision for revision in revisions if revision.kind is RevisionKind.COMMIT]
    with target.repository.blobs() as blobs:
        assert [counted(revision, blobs) for revision in commits] == expected[2:]
    assert started == ["cat-file"]


def test_a_folder_says_how_many_notebooks_it_holds(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no notebook"):
        find_target(tmp_path)
    (tmp_path / "a.ipynb").write_bytes(notebook())
    assert find_target(tmp_path).notebook.name == "a.ipynb"
    (tmp_path / "b.ipynb").write_bytes(notebook())
    with pytest.raises(UserError, match="holds 2 notebooks; name one"):
        find_target(tmp_path)


def test_a_path_that_the_system_refuses_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cannot be opened \(.*\); check its path"):
        find_target(tmp_path / f"{'x' * 300}.ipynb")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nowhere"):
        open_notebook(tmp_path / "nowhere" / "a.ipynb", Settings())
    with pytest.raises(UserError, match=r"missing\.ipynb"):
        open_notebook(tmp_path / "missing.ipynb", Settings())


# --- notebooks that a merge left in conflict ----------------------------------------------------------------


def _in_conflict(folder: Path) -> Repo:
    """`main` has x = 2, `topic` x = 3, and the merge by lines left markers in the file."""
    repo = Repo(folder)
    repo.commit("first", {"a.ipynb": notebook(code("x = 1", id="a"))})
    repo.branch("topic")
    repo.commit("theirs", {"a.ipynb": notebook(code("x = 3", id="a"))})
    repo.checkout("main")
    repo.commit("ours", {"a.ipynb": notebook(code("x = 2", id="a"))})
    repo.conflict("topic")
    return repo


def test_a_notebook_full_of_conflict_markers_opens_as_ours_against_theirs(tmp_path: Path) -> None:
    _in_conflict(tmp_path)

    opened = open_notebook(tmp_path / "a.ipynb", Settings())

    shown = opened.comparison
    assert (shown.base.label, shown.head.label) == ("ours (main)", "theirs (topic)")
    assert (shown.base.notebook.cells[0].source, shown.head.notebook.cells[0].source) == ("x = 2", "x = 3")
    assert not shown.writable
    assert "a.ipynb holds git conflict markers" in opened.problem
    assert "nbreview merge a.ipynb" in opened.problem


def test_the_versions_of_a_conflict_are_in_the_history_and_compare_with_each_other(tmp_path: Path) -> None:
    _in_conflict(tmp_path)
    opened = open_notebook(tmp_path / "a.ipynb", Settings())
    _, theirs, ours, base, *commits = opened.revisions

    assert [each.label for each in (ours, theirs, base)] == [
        "ours (main)",
        "theirs (topic)",
        "base of the merge",
    ]
    assert [each.summary for each in commits] == ["ours", "first"]
    assert parent_of(opened.target, ours) == base
    assert count_cells(opened.target, theirs, Settings())[ChangeKind.MODIFIED] == 1
    shown = compare(opened.target, base, theirs, Settings())
    assert shown.base.notebook.cells[0].source == "x = 1"


def test_a_merge_that_left_a_valid_notebook_opens_as_the_working_tree(tmp_path: Path) -> None:
    repo = _in_conflict(tmp_path)
    repo.write("a.ipynb", notebook(code("x = 4", id="a")))

    opened = open_notebook(tmp_path / "a.ipynb", Settings())

    assert opened.comparison.head.notebook.cells[0].source == "x = 4"
    assert opened.comparison.writable
    assert not opened.problem
    assert [each.stage for each in opened.revisions] == [0, 3, 2, 1, 0, 0]


@pytest.mark.parametrize("inside", [True, False])
def test_markers_without_versions_in_the_index_are_taken_apart(tmp_path: Path, inside: bool) -> None:
    repo = _in_conflict(tmp_path / "repo")
    path = repo.path("a.ipynb")
    if inside:
        repo.stage("a.ipynb")  # markers and all
    else:
        path = path.rename(tmp_path / "a.ipynb")

    opened = open_notebook(path, Settings())

    shown = opened.comparison
    assert (shown.base.label, shown.head.label) == ("ours (HEAD)", "theirs (topic)")
    assert (shown.base.notebook.cells[0].source, shown.head.notebook.cells[0].source) == ("x = 2", "x = 3")
    assert not shown.writable
    assert "holds git conflict markers" in opened.problem
    again = compare(opened.target, shown.base.revision, shown.head.revision, Settings())
    assert again.diff.counts()[ChangeKind.MODIFIED] == 1
    assert [each.stage for each in opened.revisions if each.stage] == [3, 2]


def test_the_base_that_the_markers_show_is_a_version_too(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.git("config", "merge.conflictStyle", "diff3")
    repo.commit("first", {"a.ipynb": notebook(code("x = 1", id="a"))})
    repo.branch("topic")
    repo.commit("theirs", {"a.ipynb": notebook(code("x = 3", id="a"))})
    repo.checkout("main")
    repo.commit("ours", {"a.ipynb": notebook(code("x = 2", id="a"))})
    repo.conflict("topic")
    repo.stage("a.ipynb")

    opened = open_notebook(tmp_path / "a.ipynb", Settings())

    base = next(each for each in opened.revisions if each.stage == 1)
    ours = next(each for each in opened.revisions if each.stage == 2)
    shown = compare(opened.target, base, ours, Settings())
    assert (shown.base.notebook.cells[0].source, shown.head.notebook.cells[0].source) == ("x = 1", "x = 2")


def test_markers_that_cut_a_notebook_to_pieces_are_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(b"{\n<<<<<<< HEAD\n=======\n 1\n>>>>>>> topic\n")

    with pytest.raises(UserError, match=r"holds git conflict markers \(line 2\).*nbreview merge"):
        open_notebook(path, Settings())
