"""`nbreview review` writes the whole review to files or to stdout."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from nbreview.cli.review import review
from nbreview.errors import UserError
from tests.builders import code, notebook
from tests.git_repos import ISOLATED, Repo


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NBREVIEW_STORE", str(tmp_path / "store.sqlite3"))
    made = Repo(tmp_path / "repo")
    made.commit("first", {"a.ipynb": notebook(code("x = 1", id="a"))})
    made.commit(
        "second", {"a.ipynb": notebook(code("x = 2", id="a")), "b.ipynb": notebook(code("y", id="b"))}
    )
    monkeypatch.chdir(made.root)
    return made


def run(*arguments: str) -> str:
    done = CliRunner().invoke(review, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_both_forms_of_one_notebook(repo: Repo, tmp_path: Path) -> None:
    page, text = tmp_path / "r.html", tmp_path / "r.md"
    run("a.ipynb", "HEAD~1..HEAD", "--html", str(page), "--markdown", str(text))
    assert "<script" not in page.read_text("utf-8")
    assert "-x = 1\n+x = 2" in text.read_text("utf-8")


def test_a_folder_and_stdout(repo: Repo) -> None:
    said = run(".", "HEAD~1..HEAD", "--markdown", "-")
    assert said.startswith("# Review of 2 notebooks\n")
    assert "## a.ipynb" in said
    assert "## b.ipynb" in said


def test_without_revisions_it_is_what_the_window_shows(repo: Repo) -> None:
    assert "x = 2" in run("a.ipynb", "--markdown", "-")


def test_where_it_goes_must_be_said(repo: Repo) -> None:
    assert CliRunner().invoke(review, ["a.ipynb"]).exit_code == 2
    assert CliRunner().invoke(review, ["a.ipynb", "--html", "x", "--markdown", "x"]).exit_code == 2


def test_a_revision_that_is_not_there_is_said(repo: Repo) -> None:
    with pytest.raises(UserError, match="nowhere"):
        CliRunner().invoke(review, ["a.ipynb", "nowhere..HEAD", "--markdown", "-"], catch_exceptions=False)
