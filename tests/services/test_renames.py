"""What a notebook's history says was renamed."""

from pathlib import Path

import pytest

from nbreview.notebook.reader import read_bytes
from nbreview.services.opening import open_notebook
from nbreview.services.renames import renamed_between, renames_of
from nbreview.settings import Settings
from tests.builders import code, notebook
from tests.git_repos import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


def between(before: list[str], after: list[str]) -> dict[str, str]:
    old, new = (
        read_bytes(notebook(*(code(source, id=f"c{number}") for number, source in enumerate(cells))), "x")
        for cells in (before, after)
    )
    return dict(renamed_between(old, new))


def test_a_name_that_was_replaced_word_for_word_where_it_is_bound_was_renamed() -> None:
    before = ["df = load()\ndf = df.dropna()", "df.head()"]
    after = ["frame = load()\nframe = frame.dropna()", "df.head()"]
    assert between(before, after) == {"df": "frame"}


def test_other_changes_of_the_cell_do_not_hide_it() -> None:
    before = ["X_tr, X_te = split(X)\nprint(X_tr.shape)"]
    after = ["X_train, X_te = split(X, seed=1)\nprint(len(X_train))\nplot()"]
    assert between(before, after) == {"X_tr": "X_train"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["a = 1", "b = a"], ["c = 1", "a = 2\nb = a"]),  # still bound elsewhere
        (["a = 1\nb = 2"], ["b = 1\nb = 2"]),  # the other was there before
        (["a = 1\na = 2"], ["c = 1\nd = 2"]),  # replaced by two
        (["a = 1\nb = 2"], ["c = 1\nc = 2"]),  # two became one
        (["a = 1"], ["a = 2"]),
        (["print(a)"], ["print(b)"]),  # read only: another variable was meant
        (["a = 1"], ["c = ("]),
    ],
)
def test_what_is_not_sure_was_not_renamed(before: list[str], after: list[str]) -> None:
    assert between(before, after) == {}


def test_commits_are_asked_too_and_a_name_renamed_twice_has_its_last_name(repo: Repo) -> None:
    for source in ("tbl = 1", "table = 1", "frame = 1", "frame = 1\nmore = 2"):
        repo.commit(source, {"x.ipynb": notebook(code(source, id="a"), code("print(tbl)", id="b"))})
    comparison = open_notebook(repo.path("x.ipynb"), Settings()).comparison
    assert renames_of(comparison) == {"tbl": "frame", "table": "frame"}


def test_a_notebook_without_history_has_no_renames(tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    path.write_bytes(notebook(code("a = 1")))
    assert renames_of(open_notebook(path, Settings()).comparison) == {}
