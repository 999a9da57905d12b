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


# --- many notebooks -----------------------------------------------------------------------------------------


def test_without_arguments_it_is_git_diff_for_notebooks(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "diff") == 0
    repo.write("work/a b.ipynb", OLD)
    assert run(monkeypatch, "diff") == 1
    assert capsys.readouterr().out.startswith(":work/a b.ipynb → work/a b.ipynb\n≠ 1 modified  − 1 removed\n")
    assert run(monkeypatch, "diff", "--staged") == 0
    repo.stage()
    assert (run(monkeypatch, "diff"), run(monkeypatch, "diff", "--cached")) == (0, 1)


def test_a_range_can_be_a_table_names_or_json(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit("third", {"work/b.ipynb": OLD})
    assert run(monkeypatch, "diff", "--stat", "HEAD~2..HEAD") == 1
    assert capsys.readouterr().out == (
        " work/a b.ipynb | 2 ≠+\n"
        " work/b.ipynb   | 2 ++\n"
        " 2 notebooks changed, 1 cell modified (≠), 3 added (+)\n"
    )
    assert run(monkeypatch, "diff", "--name-only", "-z", "HEAD~2", "HEAD") == 1
    assert capsys.readouterr().out == "work/a b.ipynb\0work/b.ipynb\0"
    assert run(monkeypatch, "diff", "--json", "HEAD~2...HEAD", "--", "b.ipynb", "a b.ipynb") == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["base"].partition(":")[2] for record in records] == ["work/a b.ipynb", ""]


def test_a_notebook_that_cannot_be_read_is_a_sentence_and_the_others_go_on(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit("third", {"work/z.ipynb": OLD})
    repo.write("work/a b.ipynb", OLD[:-9])
    repo.write("work/z.ipynb", NEW)
    assert run(monkeypatch, "diff", "HEAD") == 2
    out, err = capsys.readouterr()
    assert "work/z.ipynb" in out
    assert err.startswith("nbreview: work/a b.ipynb is truncated")
    assert err.count("\n") == 1


def test_a_notebook_that_was_only_renamed_or_is_empty_is_named(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.mv("work/a b.ipynb", "work/c.ipynb")
    repo.write("work/none.ipynb", notebook())
    repo.stage()
    assert run(monkeypatch, "diff", "--staged") == 1
    out = capsys.readouterr().out
    assert "(renamed)" in out
    assert "(added)" in out


def test_parts_are_ignored_and_shown_by_name(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (pair / "old.ipynb").write_bytes(notebook(code("x = 1", count=1, tags=["a"])))
    (pair / "new.ipynb").write_bytes(notebook(code("x  =  1", count=2, tags=["b"])))
    assert run(monkeypatch, "diff", "-w", "--ignore", "tags", "old.ipynb", "new.ipynb") == 0
    assert (
        run(monkeypatch, "diff", "-w", "--ignore", "tags", "--show", "counts", "old.ipynb", "new.ipynb") == 1
    )
    assert run(monkeypatch, "diff", "--ignore", "tags,sources", "old.ipynb", "new.ipynb") == 0
    assert run(monkeypatch, "diff", "--ignore", "all", "--show", "tags", "old.ipynb", "new.ipynb") == 1
    capsys.readouterr()
    assert run(monkeypatch, "diff", "--ignore", "colours", "old.ipynb", "new.ipynb") == 2
    assert "“colours” is no part of a notebook" in capsys.readouterr().err
    assert run(monkeypatch, "diff", "--ignore", "tags", "--show", "tags", "old.ipynb", "new.ipynb") == 2


def test_two_formats_exclude_each_other(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "diff", "--stat", "--json", "old.ipynb", "new.ipynb") == 2
    assert "--json and --stat exclude each other" in capsys.readouterr().err


def test_a_page_a_patch_and_two_columns_are_written(
    pair: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "diff", "--html", "page.html", "old.ipynb", "new.ipynb") == 1
    assert "listdir" in (pair / "page.html").read_text(encoding="utf-8")
    assert run(monkeypatch, "diff", "--html", "none/page.html", "old.ipynb", "new.ipynb") == 2
    assert "none/page.html cannot be written" in capsys.readouterr().err
    assert run(monkeypatch, "diff", "--nbdime", "old.ipynb", "new.ipynb") == 1
    assert json.loads(capsys.readouterr().out)[0]["op"] == "patch"
    assert run(monkeypatch, "diff", "-y", "--width", "60", "old.ipynb", "new.ipynb") == 1
    assert "  2 − os.getcwd()             │ 2 + os.listdir()" in capsys.readouterr().out


def test_a_range_starts_without_what_it_does_not_need(repo: Repo) -> None:
    program = (
        "import sys; from nbreview.cli.main import cli; "
        "cli.main(['diff', '--name-only', 'HEAD~1..HEAD'], standalone_mode=False); "
        "heavy = {'PySide6', 'nbformat', 'jsonschema', 'sqlite3', 'llama_cpp', 'jupyter_client', 'rich'}; "
        "sys.exit(str(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "work/a b.ipynb\n"
    assert done.stderr.strip() == "set()"
