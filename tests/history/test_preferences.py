"""What a person has set for git."""

import subprocess
from pathlib import Path

import pytest

from nbreview.history.preferences import user_settings


def test_the_persons_settings_are_read_and_a_repositorys_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more").write_text("[color]\n\tui\n")
    (tmp_path / "mine").write_text(f"[core]\n\tpager = less -S\n[include]\n\tpath = {tmp_path}/more\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "mine"))
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "config", "core.pager", "evil"], check=True)
    assert user_settings(tmp_path) == {"core.pager": "less -S", "color.ui": "true"}


def test_nothing_set_and_no_git_are_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert user_settings(tmp_path) == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert user_settings(tmp_path) == {}
