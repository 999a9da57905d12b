"""Which files are read: not ignored ones, and never through a link."""

from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.history.files import folder_files, read_found, repository_files
from tests.git_repos import Repo


def test_ignored_files_and_links_are_not_files_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.py").write_text("key = 1")
    repo = Repo(tmp_path / "repo")
    root = repo.root
    (root / ".gitignore").write_text("out/\n")
    (root / "out").mkdir()
    (root / "out" / "made.py").write_text("")
    (root / "kept.py").write_text("x = 1")
    (root / "inner").mkdir()
    (root / "inner" / "mod.py").write_text("y = 1")
    repo.git("add", ".")
    (root / "new é.py").write_text("")
    (root / "link.py").symlink_to(tmp_path / "outside" / "secret.py")
    (root / "folder").symlink_to(tmp_path / "outside")
    found = [each.path for each in repository_files(root)]
    assert sorted(found) == [".gitignore", "inner/mod.py", "kept.py", "new é.py"]
    # A tracked folder that has become a link to somewhere else.
    (root / "inner" / "mod.py").unlink()
    (root / "inner").rmdir()
    (root / "inner").symlink_to(tmp_path / "outside")
    (tmp_path / "outside" / "mod.py").write_text("z = 1")
    assert "inner/mod.py" not in [each.path for each in repository_files(root)]


def test_a_folder_without_git_is_read_without_environments_and_hidden_files(tmp_path: Path) -> None:
    for name in ("a.py", ".hidden/b.py", "node_modules/c.py", "my_env/pyvenv.cfg", "my_env/d.py", "src/e.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [each.path for each in folder_files(tmp_path)] == ["a.py", "src/e.py"]


def test_a_file_that_became_a_link_or_grew_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("12345")
    (found,) = folder_files(tmp_path)
    assert read_found(found, 5) == b"12345"
    assert read_found(found, 4) is None
    found.place.unlink()
    assert read_found(found, 5) is None
    found.place.symlink_to("/etc/hostname")
    assert read_found(found, 1000) is None


def test_looking_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("")
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(folder_files(tmp_path, cancel))
