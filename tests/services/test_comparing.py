"""The notebooks that a command line names."""

from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.services.comparing import Compared, Unread, compare_changed, compare_driven, is_pair
from tests.builders import code, notebook
from tests.git_repos import ISOLATED, Repo

OLD = notebook(code("import os\nos.getcwd()"), code("x = 1"))
NEW = notebook(code("import os\nos.listdir()"), code("x = 1"), code("y = 2"))


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with notebooks at its top and in two folders, and we are in one of them."""
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "repo")
    made.commit("one", dict.fromkeys(("top.ipynb", "lab/a.ipynb", "lab/deep/b.ipynb", "other/c.ipynb"), OLD))
    made.commit("two", dict.fromkeys(("top.ipynb", "lab/a.ipynb", "lab/deep/b.ipynb", "other/c.ipynb"), NEW))
    monkeypatch.chdir(made.path("lab"))
    return made


def paths(*arguments: str, behind: tuple[str, ...] | None = None) -> list[str]:
    return [each.path for each in compare_changed(arguments, behind) if isinstance(each, Compared)]


def test_paths_count_from_the_current_folder(repo: Repo) -> None:
    assert paths("HEAD~1") == ["lab/a.ipynb", "lab/deep/b.ipynb", "other/c.ipynb", "top.ipynb"]
    assert paths("HEAD~1", ".") == ["lab/a.ipynb", "lab/deep/b.ipynb"]
    assert paths("HEAD~1", "deep", "../top.ipynb") == ["lab/deep/b.ipynb", "top.ipynb"]
    assert paths("HEAD~1", "..") == paths("HEAD~1")
    assert paths("HEAD~1", "*b.ipynb") == ["lab/deep/b.ipynb"]


def test_gits_signs_start_at_the_root_and_leave_out(repo: Repo) -> None:
    assert paths("HEAD~1", ":/other") == ["other/c.ipynb"]
    assert paths("HEAD~1", ":!deep") == ["lab/a.ipynb", "other/c.ipynb", "top.ipynb"]
    assert paths("HEAD~1", ".", ":^*b.ipynb") == ["lab/a.ipynb"]
    assert paths("HEAD~1", behind=(":(top,exclude)lab",)) == ["other/c.ipynb", "top.ipynb"]
    assert paths("HEAD~1", behind=(":/",)) == paths("HEAD~1")
    assert not is_pair(("a.ipynb", ":!b.ipynb"))
    with pytest.raises(UserError, match="“attr:text”"):
        paths("HEAD~1", behind=(":(attr:text)lab",))


def test_a_path_that_is_gone_is_named_behind_dashes(repo: Repo) -> None:
    repo.rm("lab/a.ipynb")
    with pytest.raises(UserError, match="neither a revision nor a file"):
        paths("HEAD~1", "a.ipynb")
    assert paths("HEAD~1", behind=("a.ipynb",)) == ["lab/a.ipynb"]


def test_a_name_that_is_revision_and_file_is_refused_as_git_does(repo: Repo) -> None:
    repo.write("lab/main", NEW)
    with pytest.raises(UserError, match="both a revision and a file"):
        paths("main")
    assert not is_pair(("main", "a.ipynb"))
    assert is_pair(("./main", "a.ipynb"))
    assert paths("main", behind=()) == []


def test_a_renamed_notebook_is_found_by_either_name(repo: Repo) -> None:
    repo.mv("lab/a.ipynb", "lab/z.ipynb")
    repo.commit("three")
    for name in ("a.ipynb", "z.ipynb"):
        (found,) = compare_changed(("HEAD^!",), (name,))
        assert isinstance(found, Compared)
        assert (found.previous_path, found.path, found.note) == ("lab/a.ipynb", "lab/z.ipynb", "renamed")
        assert found.changed
        assert not found.diff.changed


def test_one_that_cannot_be_read_keeps_nobody_from_the_others(repo: Repo) -> None:
    repo.write("lab/a.ipynb", NEW[:-20])
    repo.write("top.ipynb", OLD)
    found = list(compare_changed((), None))
    assert [type(each) for each in found] == [Unread, Compared]
    assert isinstance(found[0], Unread)
    assert found[0].sentence.startswith("lab/a.ipynb is truncated")


def test_sides_are_called_what_git_show_takes(repo: Repo) -> None:
    repo.write("top.ipynb", OLD)
    (found,) = compare_changed((), None)
    assert isinstance(found, Compared)
    assert (found.base_label, found.head_label) == (":top.ipynb", "top.ipynb")
    (found,) = compare_changed(("HEAD^!", "a.ipynb"), None)
    assert isinstance(found, Compared)
    assert repo.git("show", found.head_label).encode() + b"\n" == NEW


def test_an_intent_to_add_is_an_added_notebook(repo: Repo) -> None:
    repo.write("new.ipynb", NEW)
    repo.git("add", "-N", "new.ipynb")
    (found,) = compare_changed((), None)
    assert isinstance(found, Compared)
    assert len(found.diff.cells) == 3


def test_outside_of_a_repository_a_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match="BASE and HEAD"):
        compare_changed(())
    assert is_pair(("none.ipynb", "other.ipynb"))


def test_a_bare_repository_has_no_working_tree(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    monkeypatch.chdir(bare.root)
    assert paths("HEAD~1", "HEAD") == ["lab/a.ipynb", "lab/deep/b.ipynb", "other/c.ipynb", "top.ipynb"]
    with pytest.raises(UserError, match="bare"):
        compare_changed(())
    assert len(list(compare_changed(("HEAD~1..HEAD",)))) == 4


def test_anything_but_gits_arguments_is_no_driver_call() -> None:
    with pytest.raises(UserError, match="git-setup"):
        compare_driven(("a", "b"))
