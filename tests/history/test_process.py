"""The git child: what reaches it, what it may run, and what a person reads when it fails."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.errors import UserError
from nbreview.history.process import GitError, environment, git_in
from nbreview.history.repository import Repository
from tests.git_repos import Repo


def fake_git(folder: Path, says: str) -> Path:
    """A program named git that prints one line."""
    folder.mkdir()
    program = folder / "git"
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)
    return folder


def test_git_that_is_not_installed_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(UserError, match="install it"):
        git_in(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_git_that_is_too_old_is_named_with_the_version_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(fake_git(tmp_path / "old", "git version 2.24.4")))

    with pytest.raises(UserError, match=r"git 2\.24 .* too old; install git 2\.25 or later"):
        git_in(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_program_named_git_in_the_current_folder_is_never_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fake_git(tmp_path / "reviewed", "git version 99.0")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", os.environ["PATH"]]))

    assert git_in(folder).executable == shutil.which("git", path=os.environ["PATH"].split(os.pathsep, 2)[2])


def test_the_environment_of_a_hook_or_alias_does_not_point_git_elsewhere() -> None:
    inherited = {
        "PATH": "/bin",
        "GIT_DIR": "/elsewhere/.git",
        "GIT_INDEX_FILE": "index.lock",
        "GIT_EXTERNAL_DIFF": "program",
        "GIT_SSH_COMMAND": "program",
        "GIT_CONFIG_GLOBAL": "/home/config",
        "SSH_ASKPASS": "program",
        "LC_ALL": "de_DE.UTF-8",
    }

    passed = environment(inherited)

    assert passed["PATH"] == "/bin"
    assert passed["GIT_CONFIG_GLOBAL"] == "/home/config"
    assert passed["LC_ALL"] == "C"
    assert not {"GIT_DIR", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "SSH_ASKPASS"} & set(
        passed
    )


def test_an_error_of_git_names_the_repository_and_the_next_step(repo: Repo) -> None:
    repo.path(".git/config").write_text("[broken\n")

    with pytest.raises(UserError, match=r"bad config .*; run “git fsck” there") as raised:
        Repository.discover(repo.root)
    assert str(repo.root) in raised.value.message


def test_a_repository_of_another_user_is_explained(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("first", {"a.ipynb": "{}"})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own switch for testing this refusal

    with pytest.raises(UserError, match=r"belongs to another user.*--add safe\.directory") as raised:
        Repository.discover(repo.path("a.ipynb"))
    assert str(repo.root) in raised.value.message


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes in folders are a matter of POSIX")
def test_stopping_ends_a_child_that_is_waiting(repo: Repo) -> None:
    os.mkfifo(repo.path("pipe"))  # nobody will ever write into it
    cancel = CancelToken()
    timer = threading.Timer(0.1, cancel.cancel)
    timer.start()

    with pytest.raises(Cancelled):
        git_in(repo.root).run("hash-object", "--no-filters", "pipe", cancel=cancel)
    timer.join()


def test_a_child_that_never_started_because_of_a_stop_leaves_nothing(repo: Repo) -> None:
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(Cancelled):
        git_in(repo.root).run("init", "never", cancel=cancel)
    assert not repo.path("never").exists()


@pytest.fixture
def trapped(repo: Repo, tmp_path: Path) -> tuple[Repo, Path]:
    """A repository that names a program everywhere git lets it; the program leaves a file behind."""
    sprung = tmp_path / "sprung"
    program = tmp_path / "trap.sh"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{sprung}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    repo.commit("first", {"a.ipynb": "{}\n" * 30, "other.ipynb": "[]\n"})
    repo.mv("a.ipynb", "b.ipynb")
    repo.commit("rename")
    repo.branch("side")
    repo.commit("side", {"b.ipynb": "1\n" + "{}\n" * 29})
    repo.checkout("main")
    repo.commit("main", {"b.ipynb": "{}\n" * 29 + "2\n"})
    repo.merge("side", "join")
    trap = program.as_posix()
    for name in (
        "core.fsmonitor",
        "diff.external",
        "diff.trap.command",
        "diff.trap.textconv",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
        "merge.trap.driver",
        "core.pager",
        "pager.log",
        "core.editor",
        "core.sshCommand",
        "core.askPass",
        "core.gitProxy",
        "credential.helper",
        "gpg.program",
        "core.alternateRefsCommand",
        "uploadpack.packObjectsHook",
        "remote.origin.uploadpack",
    ):
        repo.git("config", name, trap)
    for name in ("log", "cat-file", "rev-parse", "diff-index", "ls-tree", "config", "rev-list", "diff-tree"):
        repo.git("config", f"alias.{name}", f"!{trap}")
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "core.hooksPath", "hooks")
    hooks = repo.path("hooks")
    hooks.mkdir()
    for name in (
        "post-index-change",
        "pre-auto-gc",
        "reference-transaction",
        "post-checkout",
        "fsmonitor-watchman",
    ):
        shutil.copy(program, hooks / name)
    repo.path(".gitattributes").write_text("*.ipynb diff=trap filter=trap merge=trap\n")
    repo.write("b.ipynb", "changed\n")
    return repo, sprung


@pytest.mark.skipif(sys.platform == "win32", reason="the trap is a shell script")
def test_no_program_that_the_repository_names_is_run(trapped: tuple[Repo, Path]) -> None:
    repo, sprung = trapped
    subprocess.run(["git", "-C", repo.root, "status"], capture_output=True, check=False, timeout=20)
    assert sprung.exists(), "the trap must work, or this test proves nothing"
    sprung.unlink()

    repository = Repository.discover(repo.path("b.ipynb"))
    assert repository is not None
    revisions = repository.history("b.ipynb")
    for revision in revisions:
        repository.read(revision)
        repository.parent(revision)
    with repository.blobs() as blobs:
        blobs.read(revisions[1].blob)
    repository.resolve("HEAD~1:b.ipynb")
    repository.resolve(":b.ipynb")
    repository.head()
    repository.remote()

    assert [revision.summary for revision in revisions] == ["", "join", "main", "side", "rename", "first"]
    assert not sprung.exists(), sprung.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="the trap is a shell script")
def test_a_missing_object_is_not_fetched_through_a_program_that_the_repository_names(
    trapped: tuple[Repo, Path], tmp_path: Path
) -> None:
    repo, sprung = trapped
    repo.git("config", "remote.origin.url", f"file://{tmp_path / 'nowhere'}")
    repo.git("config", "remote.origin.promisor", "true")
    repo.git("config", "extensions.partialClone", "origin")
    repo.git("config", "core.repositoryFormatVersion", "1")
    repo.git("config", "protocol.allow", "always")
    repo.git("config", "protocol.file.allow", "always")
    repository = Repository.discover(repo.root)
    assert repository is not None
    blob = repository.resolve("HEAD:b.ipynb").blob
    loose = repo.path(f".git/objects/{blob[:2]}/{blob[2:]}")
    loose.unlink()
    subprocess.run(
        ["git", "-C", repo.root, "cat-file", "-e", blob], capture_output=True, check=False, timeout=20
    )
    assert sprung.exists(), "the trap must work, or this test proves nothing"
    sprung.unlink()

    with pytest.raises(UserError, match="partial or damaged clone"):
        repository.read(repository.resolve("HEAD:b.ipynb"))
    with repository.blobs() as blobs, pytest.raises(UserError, match="partial or damaged clone"):
        blobs.read(blob)

    assert not sprung.exists(), sprung.read_text()


def test_an_error_of_git_can_be_sent_between_processes() -> None:
    import pickle

    assert pickle.loads(pickle.dumps(GitError("a sentence."))).message == "a sentence."
