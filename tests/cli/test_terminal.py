"""Pager and colour, at a real terminal where one is needed."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from nbreview.cli.terminal import pager_command, terminal_width
from tests.builders import code, notebook

SOURCE = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, two notebooks in the current one, and nothing set that git listens to."""
    for name in [
        name for name in os.environ if name.startswith("GIT_") or name in ("PAGER", "LESS", "NO_COLOR")
    ]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ipynb").write_bytes(notebook(code("x = 1")))
    (tmp_path / "b.ipynb").write_bytes(notebook(code("x = 2")))
    return tmp_path


def at_terminal(*arguments: str, **variables: str) -> tuple[str, int]:
    """Run `nbreview diff a.ipynb b.ipynb` at a terminal of its own; what it shows and its exit code."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "nbreview", "diff", *arguments, "a.ipynb", "b.ipynb"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"PYTHONPATH": str(SOURCE), "TERM": "xterm-256color"} | variables,
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # the terminal is gone with its last program
        pass
    os.close(ours)
    return shown.decode(), child.wait()


def test_the_pager_is_found_in_gits_order(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "third")
    assert pager_command() == "third"
    (home / ".gitconfig").write_text("[core]\n\tpager = second -x\n")
    assert pager_command() == "second -x"
    monkeypatch.setenv("GIT_PAGER", "first")
    assert pager_command() == "first"
    for none in ("cat", ""):
        monkeypatch.setenv("GIT_PAGER", none)
        assert pager_command() == ""


def test_a_repository_cannot_name_the_pager(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "mine")
    subprocess.run(["git", "init", "--quiet"], check=True)
    subprocess.run(["git", "config", "core.pager", "evil"], check=True)
    assert pager_command() == "mine"


def test_at_a_terminal_it_goes_through_the_pager_in_colour(home: Path) -> None:
    shown, status = at_terminal(GIT_PAGER="echo paged by $LESS; cat")
    assert "paged by FRX" in shown
    assert "\x1b[" in shown
    assert status == 1


def test_the_pager_can_be_left_out_and_git_can_switch_colour_off(home: Path) -> None:
    (home / ".gitconfig").write_text("[color]\n\tui = never\n[core]\n\tpager = echo paged; cat\n")
    shown, _ = at_terminal()
    assert "paged" in shown
    assert "\x1b[" not in shown
    shown, _ = at_terminal("--no-pager", "--color", "always")
    assert "paged" not in shown
    assert "\x1b[" in shown


def test_no_color_and_a_dumb_terminal_have_none(home: Path) -> None:
    shown, _ = at_terminal("--no-pager", NO_COLOR="1")
    assert "38;5" not in shown and "\x1b[9" not in shown
    shown, _ = at_terminal("--no-pager", TERM="dumb")
    assert "\x1b[" not in shown


def test_a_pager_that_has_seen_enough_ends_it_quietly(home: Path) -> None:
    many = "\n".join(f"line_{n}()" for n in range(20_000))
    (home / "b.ipynb").write_bytes(notebook(code(many)))
    shown, status = at_terminal(GIT_PAGER="head -1")
    assert shown.count("\n") == 1
    assert status == 141  # as the shell says of git


def test_a_pipe_that_is_closed_early_ends_it_quietly(home: Path) -> None:
    many = "\n".join(f"line_{n}()" for n in range(20_000))
    (home / "b.ipynb").write_bytes(notebook(code(many)))
    child = subprocess.Popen(
        [sys.executable, "-m", "nbreview", "diff", "a.ipynb", "b.ipynb"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None and child.stderr is not None
    assert child.stdout.readline()
    child.stdout.close()
    with child.stderr:
        assert child.stderr.read() == b""
    assert child.wait() == 141


def test_in_a_pipe_there_is_no_pager_and_no_colour(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbreview", "diff", "a.ipynb", "b.ipynb"],
        env=os.environ | {"PYTHONPATH": str(SOURCE), "GIT_PAGER": "echo paged"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "paged" not in done.stdout
    assert "\x1b" not in done.stdout


def test_the_width_is_what_columns_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "133")
    assert terminal_width() == 133
    monkeypatch.setenv("COLUMNS", "nonsense")
    assert terminal_width() >= 20
