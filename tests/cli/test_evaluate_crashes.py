"""`nbreview evaluate crashes`: tables for people, an object for machines, files, and its errors."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import run
from tests.evaluation.crash_folder import small_folder
from tests.evaluation.forms import check_form


def test_json_is_one_object_with_the_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small_folder(tmp_path)
    assert run(monkeypatch, "evaluate", "crashes", folder, "--rungs", "static", "--json") == 0
    value = json.loads(capsys.readouterr().out)
    check_form(value)
    figures = {each["name"]: each["value"] for each in value["measures"]}
    assert (figures["accuracy"], figures["recall"], figures["F1"]) == (0.75, 0.5, pytest.approx(2 / 3))
    assert value["cases"] == 4 and value["accuracy"] == 0.75 and value["false_positives"] == 0
    assert value["pairs_both_right"] == 1 and value["recall"] == 0.5 and value["f1"] == pytest.approx(2 / 3)
    assert value["rungs"] == ["static"] and value["snapshot"] is True


def test_tables_for_people_and_files_for_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = small_folder(tmp_path / "data"), tmp_path / "report"
    arguments = ("--rungs", "static", "--only", "names", "--code-only", "--jobs", 1, "-o", out)
    assert run(monkeypatch, "evaluate", "crashes", folder, *map(str, arguments)) == 0
    printed = capsys.readouterr()
    assert "# Will this cell crash?" in printed.out and "code only" in printed.out
    assert f"Wrote {out / 'report.json'}." in printed.err
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["cases"] == 2
    assert (out / "report.md").exists() and (out / "report.svg").exists()


def test_equal_input_gives_equal_reports_apart_from_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small_folder(tmp_path)
    texts = []
    for _ in range(2):
        assert run(monkeypatch, "evaluate", "crashes", folder, "--rungs", "static", "--json") == 0
        value = json.loads(capsys.readouterr().out)
        value["seconds"] = value["time"] = value["by_rung"]["static"]["seconds"] = None
        for row in [*value["rows"], *value["items"]]:
            row["seconds"] = None
        texts.append(json.dumps(value))
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--rungs", "magic"), "there is no rung 'magic'"),
        (("--only", "pandas"), "no case of the library 'pandas'"),
        (("--python", "/no/such/python"), "is no interpreter"),
    ],
)
def test_bad_input_is_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    assert run(monkeypatch, "evaluate", "crashes", small_folder(tmp_path), *arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and sentence in printed.err and printed.err.count("\n") == 1


def test_a_folder_that_is_none_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "evaluate", "crashes", tmp_path / "none") == 2
    assert "holds no truth.jsonl" in capsys.readouterr().err


def test_a_model_is_asked_where_the_rungs_see_no_crash(
    tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small_folder(tmp_path)
    arguments = ("--rungs", "static", "--model", tiny_model, "--json")
    assert run(monkeypatch, "evaluate", "crashes", folder, *arguments) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["rungs"] == ["static", "model"]
    assert (value["by_rung"]["static"]["asked"], value["by_rung"]["model"]["asked"]) == (4, 3)
