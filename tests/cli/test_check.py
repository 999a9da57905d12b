"""`nbreview check`: lines for people, an object for machines, and its exit codes."""

import json
from pathlib import Path

import pytest

from tests.builders import code, error, notebook
from tests.cli.shell import run
from tests.git_repos import Repo


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.ipynb").write_bytes(notebook(code("x = 1\nx")))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "bad.ipynb").write_bytes(
        notebook(code("import os\nnp.zeros(1)"), code("1 / 0", outputs=[error("ZeroDivisionError", "no")]))
    )
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "bad-checkpoint.ipynb").write_bytes(notebook(code("y")))
    (tmp_path / "notes.txt").write_text("y", encoding="utf-8")
    return tmp_path


def test_a_finding_is_one_line_with_its_place_and_how_it_is_known(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", folder) == 1
    bad = folder / "sub" / "bad.ipynb"
    assert capsys.readouterr().out.splitlines() == [
        f"{bad}:cell 1:2: NameError: name 'np' is not defined, when run top to bottom from a fresh kernel. "
        "[names, certain]",
        f"{bad}:cell 2: ZeroDivisionError: no, when this cell was last run. [saved-error, observed]",
    ]


def test_where_nothing_is_flagged_nothing_is_called_safe(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", folder / "good.ipynb") == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "Nothing flagged in 1 notebook. That is no proof that they run.\n"


def test_json_is_one_object(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", "--json", folder) == 1
    value = json.loads(capsys.readouterr().out)
    assert value["notebooks"] == 2 and value["errors"] == []
    first = value["findings"][0]
    assert (first["cell_index"], first["line"], first["column"], first["end_column"]) == (0, 1, 0, 2)
    assert (first["check"], first["evidence"], first["exception"]) == ("names", "certain", "NameError")


def test_a_notebook_that_cannot_be_read_does_not_hide_the_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.ipynb").write_text("{", encoding="utf-8")
    assert run(monkeypatch, "check", folder) == 2
    printed = capsys.readouterr()
    assert "broken.ipynb" in printed.err and "[names, certain]" in printed.out


def test_a_path_that_does_not_exist_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", tmp_path / "none.ipynb") == 2
    assert "none.ipynb" in capsys.readouterr().err


def test_a_path_that_the_system_refuses_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", tmp_path / f"{'x' * 300}.ipynb") == 2
    assert "is not a usable path" in capsys.readouterr().err


def test_a_folder_without_notebooks_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", tmp_path) == 2
    assert "holds no notebook; name a .ipynb file" in capsys.readouterr().err


def test_a_notebook_that_is_not_python_says_what_was_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.ipynb"
    path.write_bytes(notebook(code("x <- y"), language_info={"name": "R"}))
    assert run(monkeypatch, "check", path) == 0
    assert f"{path} is in R: only its saved errors were looked at." in capsys.readouterr().err


def test_sarif_points_into_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = folder / "sub" / "bad.ipynb"
    assert run(monkeypatch, "check", "--sarif", bad) == 1
    (sarif,) = json.loads(capsys.readouterr().out)["runs"]
    first = sarif["results"][0]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert "np.zeros" in bad.read_text(encoding="utf-8").splitlines()[region["startLine"] - 1]
    assert (first["ruleId"], first["level"]) == ("names", "error")


def test_annotations_are_for_the_runner_that_reads_standard_output(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", "--github", folder) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and all(line.startswith("::error file=") for line in lines)


def test_since_a_revision_only_what_is_new_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("one", {"a.ipynb": notebook(code("print(old)"))})
    path = repo.path("a.ipynb")
    assert run(monkeypatch, "check", "--base", "HEAD", path) == 0
    assert "Nothing new flagged in 1 notebook." in capsys.readouterr().err
    repo.write("a.ipynb", notebook(code("old = 1\nprint(old)"), code("print(fresh)")))
    assert run(monkeypatch, "check", "--base", "HEAD", path) == 1
    printed = capsys.readouterr()
    assert "'fresh'" in printed.out and "'old'" not in printed.out
    assert printed.err.startswith("gone: ") and "'old'" in printed.err


def test_a_base_goes_with_what_runs_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", "--base", "HEAD", "--stand-in", folder) == 2
    assert "without running anything" in capsys.readouterr().err


def test_an_observed_crash_fails_the_check_and_a_likely_one_alone_does_not(
    tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(notebook(code("x = 1")))
    assert run(monkeypatch, "check", "--environment", "none", "--model", tiny_model, path) == 0
    assert "[model, likely]" in capsys.readouterr().out
    path.write_bytes(notebook(code("x = [1][5]")))
    assert run(monkeypatch, "check", "--environment", "none", "--kernel", "auto", "--run-to", "1", path) == 1
    assert "IndexError: list index out of range, when it was run. [run, observed]" in capsys.readouterr().out


def test_a_stand_in_run_rests_on_saved_outputs_and_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("numpy")
    shape = {"output_type": "execute_result", "metadata": {}, "execution_count": 1}
    path = tmp_path / "saved.ipynb"
    path.write_bytes(
        notebook(
            code(
                "import numpy as np\nX = np.load('not-here.npy')\nX.shape",
                count=1,
                outputs=[{**shape, "data": {"text/plain": "(200, 12)"}}],
            ),
            code("X.reshape(100, 5)"),
        )
    )
    assert run(monkeypatch, "check", "--stand-in", "--json", path) == 1
    value = json.loads(capsys.readouterr().out)
    (found,) = [one for one in value["findings"] if one["check"] == "stand-in" and one["exception"]]
    assert (found["cell_index"], found["exception"]) == (1, "ValueError")
    assert found["message"].endswith("Rebuilt from saved outputs: X (cell 1).")
