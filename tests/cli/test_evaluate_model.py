"""`nbreview evaluate edits`, `tasks` and `compare`, with the real llama.cpp on a tiny random model."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import run
from tests.evaluation.edit_files import six_edits
from tests.evaluation.forms import check_form
from tests.evaluation.task_files import write_repository, write_tasks
from tests.llm.chat_server import say, serve

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Short replies, and nothing of the person's own settings and cache."""
    path = tmp_path / "settings.json"
    path.write_text('{"context_tokens": 2048, "max_reply_tokens": 24}', encoding="utf-8")
    monkeypatch.setattr("nbreview.paths.settings_path", lambda: path)
    monkeypatch.setattr("nbreview.paths.cache_dir", lambda: tmp_path / "cache")


def test_edits_are_scored_kept_and_compared(
    tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    data, out = six_edits(tmp_path / "edits.jsonl"), tmp_path / "out"
    arguments = ("--model", tiny_model, "--modes", "cell", "--exemplars", "0", "--limit", "2", "-o", out)
    texts = []
    for _ in range(2):
        assert run(monkeypatch, "evaluate", "edits", data, *arguments, "--json") == 0
        printed = capsys.readouterr()
        assert (out / "report.json").read_text(encoding="utf-8") == printed.out
        texts.append(json.loads(printed.out))
        check_form(texts[-1])
    first, again = texts
    assert first["evaluation"] == "edits" and first["model"]["name"] == "Tiny"
    assert {each["series"] for each in first["items"]} == {
        "unchanged, one cell",
        "model, one cell, 0 exemplars",
    }
    assert first["by_series"]["model, one cell, 0 exemplars"]["cut_short"] == 2
    assert first["measures"] == again["measures"] and first["items"] == again["items"]
    assert "2 answers were kept from an earlier run." in again["notes"]
    assert {path.name for path in out.iterdir()} == {
        "answers.jsonl",
        "report.json",
        "report.md",
        "report.svg",
    }
    assert run(monkeypatch, "evaluate", "compare", out, out, "--json") == 0
    value = json.loads(capsys.readouterr().out)
    check_form(value)
    assert value["of"] == "edits" and all(each["difference"] == 0 for each in value["differences"])


def test_tasks_are_scored_in_the_sandbox(
    tmp_path: Path, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    data, out = write_tasks(tmp_path), tmp_path / "out"
    copies = write_repository(tmp_path)
    arguments = ("--model", tiny_model, "--samples", "2", "--repositories", copies, "--seconds", "10")
    assert run(monkeypatch, "evaluate", "tasks", data, *arguments, "-o", out) == 0
    printed = capsys.readouterr()
    assert "# Programs for tasks in a repository" in printed.out
    value = json.loads((out / "report.json").read_text(encoding="utf-8"))
    check_form(value)
    assert value["evaluation"] == "tasks" and value["dataset"]["items"] == 1
    series = {(each["series"], each["name"]) for each in value["measures"]}
    assert ("model", "output kind") in series and ("the data set's own program", "all arguments") in series
    assert ("model", "pass@5") not in series  # two samples cannot tell


def test_a_model_on_a_server_is_scored_and_one_right_program_of_five_is_counted_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    data = write_tasks(tmp_path, {}, {"id": 2, "path": "nowhere/"})
    right, wrong, slow = (
        f"```bash\n{code}\n```"
        for code in (
            "python train.py --dataset cora --epochs 3",
            "python train.py --dataset cora --epochs 4",
            "python train.py --dataset cora --epochs 3; sleep 30",
        )
    )
    limits = ("--samples", "5", "--repositories", write_repository(tmp_path), "--seconds", "1.5")
    with serve() as server:
        server.scripts += [say([each]) for each in (wrong, right, slow, "Never.", wrong)] + [say([right])] * 5
        arguments = ("--endpoint", server.url, *limits, "-o", tmp_path / "out", "--json")
        assert run(monkeypatch, "evaluate", "tasks", data, *arguments) == 0
        value, asked = json.loads(capsys.readouterr().out), len(server.asked)
        assert run(monkeypatch, "evaluate", "tasks", data, *arguments) == 0
        assert len(server.asked) == asked == 10
    shares = {each["name"]: each["value"] for each in value["measures"] if each["series"] == "model"}
    assert [shares[name] for name in ("pass@1", "pass@2", "pass@5")] == pytest.approx([0.1, 0.2, 0.5])
    assert shares["time-outs"] == pytest.approx(0.1)
    assert "Tasks without a copy of their repository, run in an empty folder: 1." in value["notes"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("edits", "none.jsonl"), "name a file with --model, or a server with --endpoint"),
        (("tasks", "none.jsonl"), "name a file with --model, or a server with --endpoint"),
        (("edits", "none.jsonl", "--model", "m.gguf"), "none.jsonl cannot be read"),
        (("edits", "none.jsonl", "--model", "m.gguf", "--modes", "line"), "there is no mode 'line'"),
        (("edits", "none.jsonl", "--model", "m.gguf", "--exemplars", "x"), "write 0,1,5"),
        (("tasks", "none.jsonl", "--model", "m.gguf"), "none.jsonl cannot be read"),
        (("tasks", "none.jsonl", "--model", "m.gguf", "--repositories", "none"), "none is no folder"),
        (("tasks", "none.jsonl", "--model", "m.gguf", "--python", "none"), "none is no interpreter"),
        (("compare", "none", "other"), "none cannot be read"),
    ],
)
def test_bad_input_is_one_sentence_and_writes_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Printed,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert run(monkeypatch, "evaluate", *arguments, "-o", "out") == 2
    printed = capsys.readouterr()
    assert printed.out == "" and sentence in printed.err and printed.err.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before
