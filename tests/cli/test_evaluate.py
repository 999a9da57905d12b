"""`nbreview evaluate alignment`: tables for people, an object for machines, files, and its errors."""

import json
from pathlib import Path

import pytest

from tests.builders import code, markdown
from tests.cli.shell import run
from tests.evaluation.forms import check_form
from tests.evaluation.labelled import write_pairs

BASE = [markdown("# Title"), *(code(f"x{k} = {k}\ny{k} = x{k} + 1\nprint(y{k})") for k in range(6))]
HEAD = [*BASE[:2], code("x1 = 1\ny1 = x1 + 2\nprint(y1)"), *BASE[3:], code("import os\nos.getcwd()")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    line = {"truth": [[k, k] for k in range(7)], "repo": "r"}
    return write_pairs(tmp_path / "data", (BASE, HEAD, line), (BASE, BASE, line))


def test_json_is_one_object_with_every_figure(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "evaluate", "alignment", folder, "--peer", "none", "--json") == 0
    value = json.loads(capsys.readouterr().out)
    check_form(value)
    assert value["dataset"]["items"] == 2 and {each["series"] for each in value["items"]} == {"nbreview"}
    assert value["data"] == {"pairs": 2, "structural": 1, "repositories": 1, "scripted_moves": 200}
    ours = value["tools"]["nbreview"]
    assert list(value["tools"]) == ["nbreview"]
    assert ours["all"]["edited"]["f1"] == 1.0 and ours["all"]["exact"] == 1.0
    assert ours["moves"]["all"]["called_moved_share"] == 1.0
    assert ours["timeouts"] == 0


def test_nbdime_stands_beside_it_in_the_same_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("nbdime")
    assert run(monkeypatch, "evaluate", "alignment", folder, "--moves", "0") == 0
    printed = capsys.readouterr()
    assert "| nbreview | 1.000 |" in printed.out and "| nbdime | " in printed.out
    assert "nbdime 4." in printed.out and "ended after 20 s a pair" in printed.out
    assert printed.err == ""


def test_the_report_is_written_as_files(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report"
    arguments = ("--peer", "none", "--moves", "3", "--limit", "1", "-o", out, "--json")
    assert run(monkeypatch, "evaluate", "alignment", folder, *arguments) == 0
    printed = capsys.readouterr()
    assert (out / "report.json").read_text(encoding="utf-8") == printed.out
    assert (out / "report.md").exists() and (out / "report.svg").exists()
    assert json.loads(printed.out)["data"]["pairs"] == 1
    assert f"Wrote {out / 'report.md'}." in printed.err


def test_a_missing_notebook_is_one_sentence_that_names_the_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "blobs" / "1-head.ipynb").unlink()
    assert run(monkeypatch, "evaluate", "alignment", folder, "--peer", "none") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "truth.jsonl, line 2: " in printed.err and "1-head.ipynb does not exist" in printed.err
    assert printed.err.count("\n") == 1


def test_a_folder_that_is_none_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "evaluate", "alignment", tmp_path / "none", "--peer", "none") == 2
    assert "holds no truth.jsonl" in capsys.readouterr().err
