"""`nbreview log` on real repositories."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nbreview.cli.log import log
from nbreview.errors import UserError
from tests.builders import code, markdown, notebook
from tests.git_repos import ISOLATED, Repo


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "repo")
    one, two = code("x = 1", id="one"), code("y = 2", id="two")
    made.commit("first", {"old name.ipynb": notebook(one, two)})
    made.commit("tune y", {"old name.ipynb": notebook(one, code("y = 3", id="two"), markdown("# z", id="z"))})
    made.mv("old name.ipynb", "a.ipynb")
    made.commit("rename \x1b[31mand\x1b[0m keep")
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(log, arguments, catch_exceptions=False)


def test_people_read_one_line_a_revision(repo: Repo) -> None:
    result = run(str(repo.path("a.ipynb")))

    working, rename, tune, first = result.output.splitlines()
    assert result.exit_code == 0
    assert working == "working tree"
    assert rename.startswith(f"{repo.head()[:7]}  2023-11-14  Ada Lovelace")
    assert rename.endswith("(renamed from old name.ipynb)")
    assert tune.endswith("tune y")
    assert first.endswith("first  (added)")


def test_control_characters_of_a_summary_do_not_reach_the_terminal(repo: Repo) -> None:
    output = run(str(repo.path("a.ipynb"))).output

    assert "\x1b" not in output
    assert "rename �[31mand�[0m keep" in output


def test_counts_say_what_each_revision_did_to_cells(repo: Repo) -> None:
    working, rename, tune, first = run("--counts", str(repo.path("a.ipynb"))).output.splitlines()

    assert working.endswith("no cell changed")
    assert rename.endswith("no cell changed")
    assert tune.endswith("~1 +1")
    assert first.endswith("+2")


def test_machines_read_one_object(repo: Repo) -> None:
    value = json.loads(run("--json", "--counts", "-n", "2", str(repo.path("a.ipynb"))).output)

    assert (value["repository"], value["notebook"]) == (str(repo.root.resolve()), "a.ipynb")
    working, rename, tune = value["revisions"]
    assert (working["kind"], working["commit"]) == ("working tree", "")
    assert (rename["status"], rename["previous_path"]) == ("renamed", "old name.ipynb")
    assert rename["parent"] == tune["commit"]
    assert tune["cells"] == {"unchanged": 1, "modified": 1, "moved": 0, "added": 1, "removed": 0}


def test_a_revision_that_cannot_be_read_does_not_stop_the_others(repo: Repo) -> None:
    repo.commit("broken", {"a.ipynb": '{"cells": ['})

    working, broken, *rest = run("--counts", str(repo.path("a.ipynb"))).output.splitlines()

    assert "not counted" in working
    assert "not counted" in broken
    assert len(rest) == 3
    assert rest[1].endswith("~1 +1")
    records = json.loads(run("--json", "--counts", str(repo.path("a.ipynb"))).output)["revisions"]
    assert records[1]["cells"] is None
    assert "a.ipynb" in records[1]["problem"]


def test_a_name_that_is_not_utf8_survives_json(repo: Repo) -> None:
    repo.mv("a.ipynb", "\udcff.ipynb")
    repo.commit("odd name")

    value = json.loads(run("--json", str(repo.path("\udcff.ipynb"))).output)

    assert value["notebook"] == "\udcff.ipynb"
    assert run(str(repo.path("\udcff.ipynb"))).exit_code == 0


def test_a_notebook_that_is_nowhere_is_not_said_to_lack_a_repository(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.ipynb does not exist; check its path"):
        run(str(tmp_path / "none.ipynb"))


def test_a_notebook_outside_of_git_has_no_history_and_the_next_step_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(notebook())

    with pytest.raises(UserError, match=r"in no git repository.*git init"):
        run(str(tmp_path / "a.ipynb"))


def test_a_notebook_that_never_was_is_refused(repo: Repo) -> None:
    with pytest.raises(UserError, match="does not exist, now or in this branch's history"):
        run(str(repo.path("never.ipynb")))
