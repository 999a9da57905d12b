"""Repositories for the tests of `history`, apart from the user's own git configuration."""

from pathlib import Path

import pytest

from tests.git_repos import ISOLATED, Repo


@pytest.fixture(autouse=True)
def isolated_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")
