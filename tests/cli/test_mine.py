"""`nbreview mine` and its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import code, notebook
from tests.cli.shell import run
from tests.git_repos import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "course")
    made.commit("Start of it all", {"a.ipynb": notebook(code("x = 1"))})
    made.commit("Set x to two", {"a.ipynb": notebook(code("x = 2"))})
    made.commit("wip", {"a.ipynb": notebook(code("x = 3"))})
    return made


def test_it_says_what_it_wrote_and_what_it_left_out(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.jsonl"
    assert run(monkeypatch, "mine", repo.root, "-o", out, "--workers", 1) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        f"Wrote 1 edit out of 3 revisions of notebooks to {out}, manifest {tmp_path / 'x.manifest.json'}.",
        "Left out, message too short: 1.",
        "Left out, root commit: 1.",
    ]
    assert printed.err == ""


def test_json_names_the_files_and_holds_the_manifest(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.jsonl"
    arguments = ("--schema", "ipynb-edit", "--workers", 1, "--json")
    assert run(monkeypatch, "mine", repo.root, "-o", out, *arguments) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed.pop("out") == str(out)
    assert printed.pop("manifest_path") == str(tmp_path / "x.manifest.json")
    assert (printed.pop("resumed"), printed.pop("problems")) == (False, [])
    assert printed == json.loads((tmp_path / "x.manifest.json").read_bytes())
    assert printed["data"]["rows"] == 3


def test_filters_are_added_to_the_schemas_own_or_taken_from_them(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def filters(*arguments: object) -> object:
        command = ("mine", repo.root, "-o", tmp_path / "x.jsonl", "--workers", 1, "--json")
        assert run(monkeypatch, *command, *arguments) == 0
        return json.loads(capsys.readouterr().out)["filters"]

    paper = ("--schema", "ipynb-edit")
    nothing = {"skip": [], "min_words": 0, "max_words": None, "max_bytes": 10485760, "languages": []}
    assert filters("--keep", "all", "--min-words", 0) == nothing
    assert filters(*paper, "--skip", "roots,bots", "--keep", "merges") == {
        **nothing,
        "skip": ["bots", "roots"],
    }
    assert filters(*paper, "--max-words", 9, "--max-size", 0.5, "--language", "Python") == {
        "skip": ["merges"],
        "min_words": 0,
        "max_words": 9,
        "max_bytes": 524288,
        "languages": ["python"],
    }


def test_no_row_or_a_repository_left_out_is_exit_code_1(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("mine", "-o", tmp_path / "x.jsonl", "--workers", 1, repo.root)
    assert run(monkeypatch, *command, tmp_path / "missing") == 1
    missing = tmp_path / "missing"
    sentence = f"nbreview: {missing} does not exist; name the folder of a git repository.\n"
    assert capsys.readouterr().err == sentence
    assert run(monkeypatch, *command, "--language", "julia") == 1
    assert "Left out, other language: 1." in capsys.readouterr().out


def test_interrupted_it_says_how_to_go_on(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("nbreview.training.mining.mine_chunk", interrupt)
    command = ("mine", repo.root, "-o", tmp_path / "x.jsonl", "--workers", 1)
    assert run(monkeypatch, *command) == 130
    assert capsys.readouterr().err.strip() == "nbreview: Stopped; the same command goes on from here."
    monkeypatch.undo()
    assert run(monkeypatch, *command) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_at_a_terminal_there_is_a_bar(repo: Repo, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "nbreview", "mine", str(repo.root), "-o", "x.jsonl", "--workers", "1"]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True
    )
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert "course" in shown
    assert "3/3" in shown
    assert "commits, 1 edits" in shown
    assert done.stdout.startswith(b"Wrote 1 edit out of 3 revisions of notebooks to x.jsonl")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["missing", "-o", "x.jsonl"],
            "nbreview: missing does not exist; name the folder of a git repository.",
        ),
        ([".", "-o", "x.jsonl"], "nbreview: . is not a git repository; name the folder of a clone."),
        (
            ["course", "-o", "x.jsonl", "--schema", "csv"],
            "nbreview: There is no schema “csv” for mined edits",
        ),
        (["course", "-o", "no/x.jsonl"], "nbreview: There is no folder no; make it first"),
        (["course", "-o", "x.jsonl", "--skip", "all,typos"], "“typos” is no kind of revision; choose from"),
        (["course", "-o", "x", "--skip", "bots", "--keep", "bots"], "bots cannot be left out and kept"),
        (
            ["course", "-o", "x", "--workers", "2", "--dask", "a:1"],
            "--workers and --dask cannot be used together",
        ),
    ],
)
def test_an_error_is_exit_code_2_and_one_sentence(
    repo: Repo,
    tmp_path: Path,
    arguments: list[str],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "mine", *arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert sentence in printed.err
    assert [path.name for path in tmp_path.iterdir()] == ["course"]
