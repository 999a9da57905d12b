"""`nbreview git-setup`, with the real git: what is written, what git does with it, and that nothing stays."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nbreview.cli.git_setup import git_setup
from nbreview.errors import UserError
from tests.builders import code, notebook
from tests.git_repos import ISOLATED, Repo

SOURCE = Path(__file__).parents[2]
OLD = notebook(code("import os\nos.getcwd()", count=1), code("x = 1"))
NEW = notebook(code("import os\nos.listdir()", count=2), code("x = 1"), code("y = 2"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, which git uses too."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `nbreview`, first on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "nbreview"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{SOURCE}" exec "{sys.executable}" -m nbreview "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.fixture
def repo(home: Path, programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with two commits of a notebook and a text, and we are in a folder of it."""
    made = Repo(tmp_path / "repo")
    made.commit("first", {"work/a b.ipynb": OLD, "notes.txt": "one\n"})
    made.commit("second", {"work/a b.ipynb": NEW, "notes.txt": "two\n"})
    monkeypatch.chdir(made.path("work"))
    return made


def setup(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(git_setup, list(arguments), input=answer, standalone_mode=False)


def git(
    repo: Repo, *arguments: str, path: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= ISOLATED | {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "a@example.org"}
    environment |= {"GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "a@example.org"} | variables
    if path is not None:
        environment["PATH"] = path
    found = shutil.which("git")
    assert found
    return subprocess.run(
        [found, *arguments], cwd=repo.root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def without_nbreview(tmp_path: Path) -> str:
    """A PATH that holds git and sh alone."""
    folder = tmp_path / "bare-bin"
    folder.mkdir()
    for name in ("git", "sh"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return str(folder)


def local_files(repo: Repo) -> tuple[bytes, bytes | None]:
    attributes = repo.path(".git/info/attributes")
    return repo.path(".git/config").read_bytes(), attributes.read_bytes() if attributes.exists() else None


# --- what is written ----------------------------------------------------------------------------------------


def test_what_will_be_written_is_shown_and_nothing_is_written_where_nobody_can_be_asked(repo: Repo) -> None:
    before = local_files(repo)
    done = setup("--local")
    assert isinstance(done.exception, UserError)
    assert "add --yes" in done.exception.message
    assert '[merge "nbreview"]' in done.output
    assert "*.ipynb diff=nbreview merge=nbreview" in done.output
    assert str(repo.path(".git/info/attributes")) in done.output
    assert local_files(repo) == before


@pytest.mark.parametrize(("answer", "status"), [(b"n\n", 1), (b"y\n", 0)])
def test_at_a_terminal_it_asks(repo: Repo, answer: bytes, status: int) -> None:
    before = local_files(repo)
    ours, theirs = pty.openpty()
    os.write(ours, answer)
    done = subprocess.run(
        ["nbreview", "git-setup"], stdin=theirs, capture_output=True, text=True, check=False
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == status, done.stderr
    assert "Write this? [y/N]" in done.stdout
    assert (local_files(repo) == before) is (status == 1)


def test_it_is_written_once_and_undone_without_a_trace(repo: Repo) -> None:
    before = local_files(repo)
    assert setup("--yes").return_value == 0
    written = local_files(repo)
    assert written != before
    assert not git(repo, "status", "--short").stdout
    assert "Nothing to write" in setup("--yes").output
    assert local_files(repo) == written
    assert setup("--undo", "--yes").return_value == 0
    assert local_files(repo) == before
    assert "Nothing to take out" in setup("--undo", "--yes").output


@pytest.mark.parametrize("end", ["\n", ""])
def test_values_that_were_there_come_back(repo: Repo, end: str) -> None:
    config, attributes = repo.path(".git/config"), repo.path(".git/info/attributes")
    config.write_text(
        config.read_text() + '[diff "nbreview"] ; mine\n  command = my-own "$x"\n[alias]\n\tst = status' + end
    )
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text("*.ipynb diff=jupyternotebook\n*.png binary" + end)
    before = local_files(repo)
    assert "*.ipynb diff=jupyternotebook" in setup("--yes").output.split("count no longer", 1)[1]
    assert "--git-driver" in git(repo, "config", "diff.nbreview.command").stdout
    assert "diff: nbreview" in git(repo, "check-attr", "diff", "--", "work/a b.ipynb").stdout
    setup("--undo", "--yes")
    assert local_files(repo) == before
    assert git(repo, "config", "diff.nbreview.command").stdout == "my-own $x\n"


def test_what_others_wrote_meanwhile_stays(repo: Repo) -> None:
    setup("--yes")
    git(repo, "config", "mergetool.nbreview.hideResolved", "true")
    git(repo, "config", "user.name", "Grace")
    with repo.path(".git/info/attributes").open("a") as file:
        file.write("*.csv -diff\n")
    assert setup("--yes").return_value == 0
    assert git(repo, "config", "mergetool.nbreview.hideResolved").stdout == "true\n"
    setup("--undo", "--yes")
    assert git(repo, "config", "mergetool.nbreview.hideResolved").stdout == "true\n"
    assert git(repo, "config", "user.name").stdout == "Grace\n"
    assert repo.path(".git/info/attributes").read_text() == "*.csv -diff\n"
    assert "git-driver" not in repo.path(".git/config").read_text()


def test_a_block_that_lost_an_end_is_not_guessed_at(repo: Repo) -> None:
    setup("--yes")
    config = repo.path(".git/config")
    config.write_text(config.read_text().replace("# <<< nbreview git-setup\n", ""))
    before = local_files(repo)
    assert isinstance(setup("--undo", "--yes").exception, UserError)
    assert local_files(repo) == before


def test_a_locked_configuration_is_left_alone(repo: Repo) -> None:
    repo.write(".git/config.lock", "")
    before = local_files(repo)
    error = setup("--yes").exception
    assert isinstance(error, UserError)
    assert "config.lock" in error.message
    assert local_files(repo) == before


def test_worktrees_share_it_and_a_submodule_has_its_own(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "other")
    inner = Repo(tmp_path / "inner")
    inner.commit("first", {"c.ipynb": OLD})
    repo.git("submodule", "--quiet", "add", str(inner.root), "sub")
    outer = local_files(repo)
    monkeypatch.chdir(repo.path("sub"))
    assert setup("--yes").return_value == 0
    assert local_files(repo) == outer
    assert "nbreview" in repo.path(".git/modules/sub/info/attributes").read_text()
    monkeypatch.chdir(tmp_path / "tree")
    assert setup("--yes").return_value == 0
    assert "nbreview" in repo.path(".git/info/attributes").read_text()
    assert "diff: nbreview" in git(repo, "-C", str(tmp_path / "tree"), "check-attr", "diff", "x.ipynb").stdout


def test_outside_of_a_repository_only_global_makes_sense(
    home: Path, programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    error = setup("--yes").exception
    assert isinstance(error, UserError)
    assert "--global" in error.message


@pytest.mark.parametrize("where", ["plain", "xdg", "named"])
def test_globally_it_goes_where_git_looks(repo: Repo, home: Path, where: str) -> None:
    config, attributes = home / ".gitconfig", home / ".config/git/attributes"
    if where == "xdg":
        config = home / ".config/git/config"
        config.parent.mkdir(parents=True)
        config.write_text("[user]\n\tname = Ada\n")
    if where == "named":
        attributes = home / "my-attributes"
        config.write_text("[core]\n\tattributesFile = ~/my-attributes\n")
    before = config.read_bytes() if config.exists() else None
    assert setup("--global", "--yes").return_value == 0
    assert attributes.read_text().count("*.ipynb diff=nbreview merge=nbreview\n") == 1
    repo.write("work/a b.ipynb", OLD)
    shown = subprocess.run(["git", "diff"], cwd=repo.root, capture_output=True, text=True, check=True).stdout
    assert "≠ 1 modified  − 1 removed" in shown
    assert setup("--global", "--undo", "--yes").return_value == 0
    assert not attributes.exists()
    assert (config.read_bytes() if config.exists() else None) == before


def test_a_link_to_a_folder_of_dotfiles_stays_a_link(repo: Repo, home: Path) -> None:
    kept = home / "dotfiles"
    kept.write_text("[user]\n\tname = Ada\n")
    kept.chmod(0o600)
    (home / ".gitconfig").symlink_to(kept)
    setup("--global", "--yes")
    assert (home / ".gitconfig").is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o600
    setup("--global", "--undo", "--yes")
    assert kept.read_text() == "[user]\n\tname = Ada\n"


# --- what git does with it ----------------------------------------------------------------------------------


def test_git_diff_goes_by_cell_and_leaves_other_files_alone(repo: Repo) -> None:
    setup("--yes")
    done = git(repo, "diff", "HEAD~1")
    assert done.returncode == 0, done.stderr
    assert "a/work/a b.ipynb → b/work/a b.ipynb\n≠ 1 modified  + 1 added\n" in done.stdout
    assert "-one\n+two\n" in done.stdout
    assert "\x1b" not in done.stdout


def test_git_diff_shows_added_deleted_renamed_and_unmerged_notebooks(repo: Repo) -> None:
    setup("--yes")
    repo.commit("more", {"new.ipynb": OLD})
    repo.rm("work/a b.ipynb")
    repo.commit("less")
    repo.mv("new.ipynb", "renamed.ipynb")
    repo.write("renamed.ipynb", NEW)
    repo.commit("renamed")
    shown = git(repo, "diff", "HEAD~3", "HEAD~2").stdout
    assert "/dev/null → b/new.ipynb" in shown
    shown = git(repo, "diff", "HEAD~2", "HEAD~1").stdout
    assert "a/work/a b.ipynb → /dev/null" in shown
    assert "a/new.ipynb → b/renamed.ipynb" in git(repo, "diff", "-M10%", "HEAD~1", "HEAD").stdout
    repo.branch("left")
    repo.commit("left", {"renamed.ipynb": OLD.replace(b"getcwd", b"left")})
    repo.checkout("main")
    repo.commit("right", {"renamed.ipynb": OLD.replace(b"getcwd", b"right")})
    git(repo, "-c", "merge.nbreview.driver=false", "merge", "left")
    done = git(repo, "diff", "--cached")
    assert "* Unmerged path renamed.ipynb" in done.stdout, done.stderr
    assert done.returncode == 0


def test_a_mode_that_changed_and_a_notebook_without_difference_are_said(repo: Repo) -> None:
    setup("--yes")
    repo.path("work/a b.ipynb").chmod(0o755)
    assert "(mode 100644 → 100755)" in git(repo, "diff").stdout
    repo.path("work/a b.ipynb").chmod(0o644)
    repo.write("work/a b.ipynb", NEW.replace(b'"execution_count": 2', b'"execution_count": 9'))
    assert "no difference in what is compared" in git(repo, "diff").stdout


def test_colour_goes_into_gits_pager(repo: Repo) -> None:
    setup("--yes")
    repo.write("work/a b.ipynb", OLD)
    assert "\x1b[" in git(repo, "diff", GIT_PAGER_IN_USE="true", TERM="xterm").stdout
    assert "\x1b[" not in git(repo, "diff", TERM="xterm").stdout


def test_other_commands_stay_gits_own(repo: Repo) -> None:
    plain = {
        command: git(repo, *command.split()).stdout
        for command in (
            "log -p",
            "show",
            "diff --stat HEAD~1",
            "diff --name-only HEAD~1",
            "format-patch -1 --stdout",
        )
    }
    setup("--yes")
    for command, said in plain.items():
        assert git(repo, *command.split()).stdout == said, command
    assert "≠ 1 modified" in git(repo, "log", "-p", "--ext-diff").stdout


def test_staging_by_hunk_still_works(repo: Repo) -> None:
    setup("--yes")
    repo.write("work/a b.ipynb", OLD)
    found = shutil.which("git")
    assert found
    done = subprocess.run(
        [found, "add", "-p"], cwd=repo.root, input="y\ny\ny\ny\n", capture_output=True, text=True, check=True
    )
    assert "Stage this hunk" in done.stdout
    assert not git(repo, "diff", "--name-only").stdout


@pytest.mark.parametrize("state", ["missing", "broken"])
def test_a_missing_nbreview_breaks_nothing(
    repo: Repo, programs: Path, without_nbreview: str, state: str
) -> None:
    plain = {
        command: git(repo, *command.split()).stdout for command in ("log -p", "show", "diff --stat HEAD~1")
    }
    own = git(repo, "diff", "HEAD~1").stdout
    setup("--yes")
    path = without_nbreview
    if state == "broken":
        (programs / "nbreview").write_text("#!/bin/sh\necho broken >&2\nexit 1\n")
        path = f"{programs}{os.pathsep}{without_nbreview}"
    for command, said in plain.items():
        done = git(repo, *command.split(), path=path)
        assert (done.stdout, done.stderr, done.returncode) == (said, "", 0)
    done = git(repo, "diff", "HEAD~1", path=path)
    assert done.returncode == 0
    hunks = own[own.index("@@", own.index("ipynb")) :]
    assert hunks in done.stdout
    repo.rm("work/a b.ipynb")
    assert "deleted file" in git(repo, "diff", "HEAD", path=path).stdout


def test_an_unreadable_notebook_is_shown_as_git_shows_it(repo: Repo) -> None:
    setup("--yes")
    repo.write("work/a b.ipynb", b"<<<<<<< ours\n" + NEW)
    done = git(repo, "diff")
    assert done.returncode == 0
    assert "+<<<<<<< ours\n" in done.stdout
    assert done.stderr.startswith("nbreview: work/a b.ipynb")


def _branches(repo: Repo) -> None:
    """Two branches that change different lines of the notebook, far apart, and conflict in none."""
    base = notebook(*(code(f"step_{n}()") for n in range(20)))
    repo.commit("base", {"m.ipynb": base})
    repo.branch("topic")
    repo.commit("theirs", {"m.ipynb": base.replace(b"step_18", b"theirs_18")})
    repo.checkout("main")
    repo.commit("ours", {"m.ipynb": base.replace(b"step_2(", b"ours_2(")})


def test_without_nbreview_a_merge_is_gits_own(repo: Repo, without_nbreview: str) -> None:
    _branches(repo)
    setup("--yes")
    done = git(repo, "merge", "--no-edit", "topic", path=without_nbreview)
    assert done.returncode == 0, done.stderr
    merged = repo.path("m.ipynb").read_text()
    assert "ours_2" in merged
    assert "theirs_18" in merged


def test_without_nbreview_a_conflict_is_gits_own(repo: Repo, without_nbreview: str) -> None:
    base = notebook(code("x = 1"))
    repo.commit("base", {"m.ipynb": base})
    repo.branch("topic")
    repo.commit("theirs", {"m.ipynb": base.replace(b"x = 1", b"x = 2")})
    repo.checkout("main")
    repo.commit("ours", {"m.ipynb": base.replace(b"x = 1", b"x = 3")})
    setup("--yes")
    done = git(repo, "merge", "--no-edit", "topic", path=without_nbreview)
    assert done.returncode == 1
    assert "CONFLICT" in done.stdout
    merged = repo.path("m.ipynb").read_text()
    assert "<<<<<<< ours" in merged
    assert ">>>>>>> theirs" in merged


def test_a_merge_goes_by_cell_and_a_conflict_leaves_a_notebook(repo: Repo) -> None:
    base = notebook(*(code(f"step_{n}()", count=n) for n in range(6)))
    repo.commit("base", {"m.ipynb": base})
    repo.branch("topic")
    repo.commit("theirs", {"m.ipynb": base.replace(b"step_2", b"theirs").replace(b": 3", b": 93")})
    repo.checkout("main")
    repo.commit("ours", {"m.ipynb": base.replace(b"step_3", b"ours").replace(b": 3", b": 73")})
    setup("--yes")
    done = git(repo, "merge", "--no-edit", "topic")
    assert done.returncode == 0, done.stdout + done.stderr
    merged = repo.path("m.ipynb").read_text()
    assert "theirs" in merged
    assert "ours" in merged
    repo.checkout("topic")
    repo.commit("more", {"m.ipynb": base.replace(b"step_3", b"other")})
    assert git(repo, "merge", "--no-edit", "main").returncode == 1
    held = json.loads(repo.path("m.ipynb").read_text())
    assert "<<<<<<< " in str(held["cells"])
    assert git(repo, "diff").returncode == 0
    done = git(repo, "mergetool", "--no-prompt", "-t", "nbreview")
    assert done.returncode == 1, done.stderr  # the conflict is still there
    json.loads(repo.path("m.ipynb").read_text())


@pytest.mark.parametrize(
    ("given", "marks"),
    [
        ((), ("<<<<<<< ours", ">>>>>>> theirs")),
        (("%S", "%X", "%Y"), ("<<<<<<< ours", ">>>>>>> theirs")),
        (("abc1234", "HEAD", "topic"), ("<<<<<<< HEAD", ">>>>>>> topic")),
    ],
)
def test_conflicts_carry_the_names_that_git_gives(
    repo: Repo, tmp_path: Path, without_nbreview: str, given: tuple[str, ...], marks: tuple[str, str]
) -> None:
    setup("--yes")
    driver = git(repo, "config", "merge.nbreview.driver").stdout.strip()
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file in files:
        file.write_text(f"{file.name}\n")
    for placeholder, value in zip("OAB", files, strict=True):
        driver = driver.replace(f"%{placeholder}", str(value))
    driver = driver.replace("%L", "7").replace("%P", "m.ipynb").replace("%S %X %Y", " ".join(given))
    done = subprocess.run(["/bin/sh", "-c", driver], env={"PATH": without_nbreview}, check=False)
    assert done.returncode == 1
    merged = files[1].read_text().splitlines()
    assert (merged[0], merged[-1]) == marks


def test_a_program_outside_of_path_is_named_in_full(
    repo: Repo, programs: Path, monkeypatch: pytest.MonkeyPatch, without_nbreview: str
) -> None:
    monkeypatch.setenv("PATH", without_nbreview)
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    setup("--yes")
    assert f"{sys.executable} -m nbreview diff" in git(repo, "config", "diff.nbreview.command").stdout
    repo.write("work/a b.ipynb", OLD)
    assert "≠ 1 modified" in git(repo, "diff", path=without_nbreview).stdout


def test_files_of_odd_names_reach_the_driver(repo: Repo) -> None:
    setup("--yes")
    name = "-o $(touch x) 'ä\"%A;.ipynb"
    repo.commit("odd", {name: OLD})
    repo.write(name, NEW)
    shown = git(repo, "diff").stdout
    assert f"a/{name} → b/{name}" in shown
    assert not repo.path("x").exists()


def test_the_difftool_gets_the_notebooks_although_there_is_a_driver(repo: Repo) -> None:
    assert setup("--yes").exit_code == 0
    repo.write("work/new.ipynb", NEW)
    repo.git("add", "work/new.ipynb")
    tool = ("-c", 'difftool.nbreview.cmd=echo "tool:" "$LOCAL" "$REMOTE"')
    shown = git(repo, *tool, "difftool", "-y", "-t", "nbreview", "HEAD~1").stdout.splitlines()
    assert [line.startswith("tool:") for line in shown if "ipynb" in line] == [True, True]
    assert shown[-1].startswith("tool: /dev/null ") and shown[-1].endswith("new.ipynb")
