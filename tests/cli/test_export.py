"""`nbreview export` and its exit codes."""

import json
from pathlib import Path

import pytest

from nbreview.store.database import Store
from tests.cli.shell import run


def test_it_says_what_it_wrote(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.jsonl"
    assert run(monkeypatch, "export", "--format", "chat", out, "--store", stored) == 0
    assert capsys.readouterr().out == f"Wrote 1 example to {out}, manifest {tmp_path / 'x.manifest.json'}.\n"
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_json_names_the_files_and_holds_the_manifest(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBREVIEW_STORE", str(stored))
    assert run(monkeypatch, "export", tmp_path / "x.jsonl", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    manifest = json.loads((tmp_path / "x.manifest.json").read_bytes())
    assert printed.pop("out") == str(tmp_path / "x.jsonl")
    assert printed.pop("manifest_path") == str(tmp_path / "x.manifest.json")
    assert printed == manifest


def test_nothing_to_write_is_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.open(tmp_path / "empty.sqlite3").close()
    out = tmp_path / "x.jsonl"
    assert run(monkeypatch, "export", out, "--store", tmp_path / "empty.sqlite3") == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("nbreview: No accepted suggestion is in ")
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--store", "missing.sqlite3"], "There is no store at missing.sqlite3 yet"),
        (["--format", "yaml"], "There is no export format “yaml”; choose one of: chat, "),
    ],
)
def test_an_error_is_exit_code_2_and_one_sentence(
    stored: Path,
    tmp_path: Path,
    arguments: list[str],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("NBREVIEW_STORE", str(stored))
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "export", "x.jsonl", *arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"nbreview: {sentence}")
    assert printed.err.count("\n") == 1
    assert not Path("x.jsonl").exists()


def test_splits_make_a_folder_that_can_be_verified(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "data"
    assert run(monkeypatch, "export", out, "--splits", "80/10/10", "--store", stored) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "card.md",
        "manifest.json",
        "test.jsonl",
        "train.jsonl",
        "validation.jsonl",
    ]
    capsys.readouterr()
    assert run(monkeypatch, "export", "--verify", out) == 0
    assert capsys.readouterr().out == f"{out} is what its manifest says.\n"


def test_what_does_not_verify_is_exit_code_1(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.jsonl"
    run(monkeypatch, "export", out, "--store", stored)
    (tmp_path / "x.card.md").unlink()
    capsys.readouterr()
    assert run(monkeypatch, "export", "--verify", out) == 1
    assert capsys.readouterr().out == "The data card x.card.md is missing.\n"
    assert run(monkeypatch, "export", "--verify", out, "--json") == 1
    assert json.loads(capsys.readouterr().out)["problems"] == ["The data card x.card.md is missing."]


def test_mined_edits_need_no_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit = {
        "repo": "lab",
        "commit": "a" * 40,
        "file": "a.ipynb",
        "message": "Ask a@lab.edu",
        "old": ["a"],
        "new": ["b"],
    }
    (tmp_path / "edits.jsonl").write_text(json.dumps(edit) + "\n", encoding="utf-8")
    monkeypatch.setenv("NBREVIEW_STORE", str(tmp_path / "none.sqlite3"))
    out = tmp_path / "out.jsonl"
    assert run(monkeypatch, "export", out, "--edits", tmp_path / "edits.jsonl", "--format", "edit-file") == 0
    assert "Replaced, email: 1.\n" in capsys.readouterr().out


def test_filters_choose_what_is_written(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBREVIEW_STORE", str(stored))
    out = tmp_path / "x.jsonl"
    assert run(monkeypatch, "export", out, "--state", "accepted", "--since", "2000-01-01") == 0
    with_filters = json.loads((tmp_path / "x.manifest.json").read_bytes())["filters"]
    assert "state: accepted" in with_filters
    assert run(monkeypatch, "export", tmp_path / "y.jsonl", "--maker", "nobody") == 1
    assert "(not asked for: " in capsys.readouterr().err
    assert run(monkeypatch, "export", tmp_path / "y.jsonl", "--state", "rejected") == 2
    assert "choose one of: accepted, edited, committed" in capsys.readouterr().err


def test_a_decision_can_be_left_out_by_its_id(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBREVIEW_STORE", str(stored))
    run(monkeypatch, "export", tmp_path / "x.jsonl")
    row = json.loads((tmp_path / "x.jsonl").read_text(encoding="utf-8"))["metadata"]
    capsys.readouterr()
    assert run(monkeypatch, "export", tmp_path / "y.jsonl", "--without", row["decision"]) == 1
    assert "left out by hand: 1" in capsys.readouterr().err
    assert run(monkeypatch, "export", tmp_path / "y.jsonl", "--without", row["suggestion"]) == 2
    assert "name the decision that is to be left out" in capsys.readouterr().err


def test_lengths_are_counted_with_a_model_and_counted_again(
    stored: Path,
    tiny_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("NBREVIEW_STORE", str(stored))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    out = tmp_path / "x.jsonl"
    assert run(monkeypatch, "export", out, "--model", tiny_model) == 0
    assert "19 of 20 rows within" in capsys.readouterr().out
    assert run(monkeypatch, "export", "--verify", out) == 0
    assert "The lengths in tokens were not counted again" in capsys.readouterr().out
    assert run(monkeypatch, "export", "--verify", out, "--model", tiny_model) == 0
    assert capsys.readouterr().out == f"{out} is what its manifest says.\n"
    assert run(monkeypatch, "export", tmp_path / "y.jsonl", "--model", tiny_model, "--max-tokens", "1") == 1
    assert "longer than 1 tokens: 1" in capsys.readouterr().err
    assert run(monkeypatch, "export", tmp_path / "y.jsonl", "--max-tokens", "1") == 2
    assert "name the model's file" in capsys.readouterr().err
