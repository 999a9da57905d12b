"""`nbreview diff` as it is run from a shell: what it prints and its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from nbreview.paths import resource
from tests.builders import code, notebook
from tests.cli.shell import run
from tests.git_repos import ISOLATED, Repo

OLD = notebook(code("import os\nos.getcwd()"), code("x = 1"))
NEW = notebook(code("import os\nos.listdir()"), code("x = 1"), code("y = 2"))


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside git with two notebooks, and we are in it."""
    (tmp_path / "old.ipynb").write_bytes(OLD)
    (tmp_path / "new.ipynb").write_bytes(NEW)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with two commits of one notebook, and we are in a folder of it."""
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "repo")
    made.commit("first", {"work/a b.ipynb": OLD})
    made.commit("second", {"work/a b.ipynb": NEW})
    monkeypatch.chdir(made.path("work"))
    return made


def test_equal_notebooks_print_nothing_and_exit_with_0(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "diff", "old.ipynb", "old.ipynb") == 0
    assert capsys.readouterr() == ("", "")


def test_differences_are_printed_and_exit_with_1(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "diff", "old.ipynb", "new.ipynb") == 1
    out = capsys.readouterr().out
    assert out.startswith("old.ipynb → new.ipynb\n≠ 1 modified  + 1 added\n")
    assert "  − os.getcwd()\n  + os.listdir()\n" in out
    assert "\x1b" not in out


def test_json_is_what_the_schema_says(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = json.loads(resource("schemas", "diff.schema.json").read_text(encoding="utf-8"))
    assert run(monkeypatch, "diff", "--json", "old.ipynb", "new.ipynb") == 1
    found = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(schema).validate(found)
    assert (found["base"], found["head"]) == ("old.ipynb", "new.ipynb")
    assert [cell["kind"] for cell in found["cells"]] == ["modified", "unchanged", "added"]
    assert run(monkeypatch, "diff", "--json", "old.ipynb", "old.ipynb") == 0
    assert all(cell["kind"] == "unchanged" for cell in json.loads(capsys.readouterr().out)["cells"])


def test_an_empty_side_is_an_empty_notebook(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "diff", "/dev/null", "new.ipynb") == 1
    assert "+ 3 added" in capsys.readouterr().out
    assert run(monkeypatch, "diff", "new.ipynb", "/dev/null") == 1
    assert "− 3 removed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.ipynb", "new.ipynb"), "nbreview: none.ipynb does not exist; check the path.\n"),
        ((".", "new.ipynb"), "nbreview: . is a folder"),
        (
            ("HEAD:old.ipynb", "new.ipynb"),
            "nbreview: HEAD:old.ipynb is no file, and this folder is in no git",
        ),
        (("broken.ipynb", "new.ipynb"), "nbreview: broken.ipynb is truncated"),
    ],
)
def test_an_error_is_one_sentence_and_exit_code_2(
    pair: Path,
    arguments: tuple[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (pair / "broken.ipynb").write_bytes(OLD[:-10])
    assert run(monkeypatch, "diff", *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(said)
    assert err.count("\n") == 1


def test_missing_arguments_exit_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "diff", "only-one.ipynb") == 2
    assert "HEAD" in capsys.readouterr().err


def test_revisions_are_compared(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "diff", "HEAD~1:work/a b.ipynb", "HEAD:./a b.ipynb") == 1
    assert "+ 1 added" in capsys.readouterr().out
    assert run(monkeypatch, "diff", "HEAD:work/a b.ipynb", "a b.ipynb") == 0
    repo.write("work/a b.ipynb", OLD)
    repo.stage()
    assert run(monkeypatch, "diff", "HEAD:work/a b.ipynb", ":work/a b.ipynb") == 1
    assert run(monkeypatch, "diff", "HEAD:work/none.ipynb", "a b.ipynb") == 2


def test_a_file_wins_over_a_revision_of_its_name(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("work/HEAD:a.ipynb", NEW)
    assert run(monkeypatch, "diff", "HEAD:a.ipynb", "a b.ipynb") == 0


def test_ids_can_be_ignored(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (pair / "old.ipynb").write_bytes(notebook(code("a = load()\na.plot()", id="1"), code("short", id="2")))
    (pair / "new.ipynb").write_bytes(notebook(code("b = 1", id="1"), code("short", id="2")))
    assert run(monkeypatch, "diff", "old.ipynb", "new.ipynb") == 1
    with_ids = capsys.readouterr().out
    assert run(monkeypatch, "diff", "--ignore-ids", "-U0", "--color", "always", "old.ipynb", "new.ipynb") == 1
    assert capsys.readouterr().out != with_ids


def test_it_works_as_gits_difftool(repo: Repo) -> None:
    environment = os.environ | ISOLATED
    tool = f'"{sys.executable}" -m nbreview diff "$LOCAL" "$REMOTE"'
    done = subprocess.run(
        ["git", "-c", f"difftool.nb.cmd={tool}", "difftool", "--no-prompt", "--tool", "nb", "HEAD~1", "HEAD"],
        cwd=repo.root,
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=False,
    )
    assert "≠ 1 modified  + 1 added" in done.stdout.decode(), done.stderr


def test_it_starts_without_what_it_does_not_need(pair: Path) -> None:
    program = (
        "import sys; from nbreview.cli.main import cli; "
        "cli.main(['diff', 'old.ipynb', 'new.ipynb'], standalone_mode=False); "
        "heavy = {'PySide6', 'nbformat', 'jsonschema', 'sqlite3', 'llama_cpp', 'httpx'}; "
        "sys.exit(str(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=False,
    )
    assert done.stderr.decode().strip() == "set()"
