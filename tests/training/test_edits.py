"""Mined edits of both schemas become examples; what was reverted does not."""

import json
from pathlib import Path
from typing import Any

import pytest

from nbreview.errors import UserError
from nbreview.training.duplicates import LEAK
from nbreview.training.edits import REVERTED, REVERTS
from nbreview.training.splits import parse_splits
from nbreview.training.writer import NothingToExport, export_edits


def paper(commit: str, message: str, old: list[str], new: list[str]) -> dict[str, Any]:
    return {
        "repo": "lab",
        "commit": commit * 40,
        "file": "a.ipynb",
        "message": message,
        "old": old,
        "new": new,
        "cell_diff": [],
        "line_diff": [],
    }


def full(
    commit: str, message: str, base: list[tuple[str, str]], head: list[tuple[str, str]]
) -> dict[str, Any]:
    sides = [[{"id": "", "type": kind, "source": source} for kind, source in side] for side in (base, head)]
    return {
        "repository": "lab",
        "remote": "https://example.org/lab.git",
        "commit": commit * 40,
        "time": 1_700_000_000,
        "message": message,
        "path": "a.ipynb",
        "language": "julia",
        "base": sides[0],
        "head": sides[1],
    }


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_row_of_the_papers_schema_becomes_an_example(tmp_path: Path) -> None:
    edits = write(tmp_path / "e.jsonl", paper("a", "Use two", ["a = 1", "b"], ["a = 2", "b", "c"]))
    report = export_edits([edits], tmp_path / "out.jsonl", "alpaca")
    (row,) = read(report.path)
    assert (row["instruction"], row["input"], row["output"]) == ("Use two", "a = 1", "a = 2\n\nc")
    assert row["metadata"]["kind"] == "committed"
    assert report.manifest["decisions"] == {"kinds": {"committed": 1}, "first": None, "last": None}


def test_a_row_of_our_schema_keeps_its_language_remote_and_time(tmp_path: Path) -> None:
    row = full("a", "Use two\n\nIt is better.", [("markdown", "# A"), ("code", "a = 1")], [("code", "a = 2")])
    report = export_edits([write(tmp_path / "e.jsonl", row)], tmp_path / "out.jsonl", "chat")
    (written,) = read(report.path)
    assert written["messages"][-1]["content"] == "```julia\na = 2\n```"
    assert written["metadata"]["remote"] == "https://example.org/lab.git"
    assert report.manifest["decisions"]["first"] == "2023-11-14T22:13:20.000000Z"


def test_what_was_reverted_and_what_reverts_are_left_out_and_counted(tmp_path: Path) -> None:
    edits = write(
        tmp_path / "e.jsonl",
        full("a", "A mistake", [("code", "x = 1")], [("code", "x = broken(")]),
        full(
            "b",
            f'Revert "A mistake"\n\nThis reverts commit {"a" * 40}.',
            [("code", "x = y")],
            [("code", "x = 1")],
        ),
        full("c", "A good one", [("code", "z = 1")], [("code", "z = 2")]),
        full("d", "Text only", [("markdown", "# A")], [("markdown", "# B")]),
        full("e", " ", [("code", "z = 1")], [("code", "z = 3")]),
    )
    report = export_edits([edits], tmp_path / "out.jsonl")
    assert report.rows == 1
    assert report.left_out == {REVERTED: 1, REVERTS: 1, "no code cell differs": 1, "no message": 1}


def test_whole_notebooks_that_are_alike_are_not_in_two_splits(tmp_path: Path) -> None:
    cells = [f"column_{at} = frame['c{at}'].rolling({at}).mean()" for at in range(30)]
    rows = []
    for at in range(12):  # forks of one notebook, each with an edit of its own
        row = paper(f"{at:x}", f"Do {at}", [*cells, f"a{at} = {at}"], [*cells, f"b{at} = f({at * 7}, x)"])
        rows.append({**row, "repo": f"fork{at}"})
    edits, rule = write(tmp_path / "e.jsonl", *rows), parse_splits("40/30/30", "repository")
    by_cell = export_edits([edits], tmp_path / "cell", "edit-cell", splits=rule)
    by_file = export_edits([edits], tmp_path / "file", "edit-file", splits=rule)
    assert by_cell.rows == 12
    assert by_file.left_out[LEAK] > 0
    assert sum(file["rows"] > 0 for file in by_file.manifest["splits"]["files"].values()) == 1


def test_secrets_in_mined_cells_are_replaced(tmp_path: Path) -> None:
    row = paper("a", "Ask anna@uni-ulm.de", ["password = 'Sommer2026'"], ["connect('Sommer2026')"])
    report = export_edits([write(tmp_path / "e.jsonl", row)], tmp_path / "out.jsonl", "edit-file")
    text = report.path.read_text(encoding="utf-8")
    assert "Sommer2026" not in text
    assert "anna" not in text
    assert report.manifest["redactions"] == {"email": 1, "password": 2}


def test_the_same_edits_give_the_same_bytes(tmp_path: Path) -> None:
    edits = write(
        tmp_path / "e.jsonl", *(paper(f"{at}", f"Do {at}", [f"a{at}"], [f"b{at}"]) for at in range(9))
    )
    first = export_edits([edits], tmp_path / "one.parquet", "parquet")
    bytes_of_first = [path.read_bytes() for path in (first.path, first.manifest_path, first.card_path)]
    second = export_edits([edits], tmp_path / "one.parquet", "parquet")
    assert [
        path.read_bytes() for path in (second.path, second.manifest_path, second.card_path)
    ] == bytes_of_first


@pytest.mark.parametrize(
    "text", ["[]\n", "{}\n", "not JSON\n", '{"old": 3, "new": [], "message": "", "commit": ""}\n']
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "e.jsonl").write_text(text)
    with pytest.raises(UserError, match=r"Line 1 of .*e\.jsonl"):
        export_edits([tmp_path / "e.jsonl"], tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.jsonl cannot be read"):
        export_edits([tmp_path / "none.jsonl"], tmp_path / "out.jsonl")


def test_the_edits_themselves_are_not_written_over(tmp_path: Path) -> None:
    edits = write(tmp_path / "e.jsonl", paper("a", "Use two", ["a"], ["b"]))
    with pytest.raises(UserError, match="is not written over"):
        export_edits([edits], edits)


def test_nothing_left_says_why(tmp_path: Path) -> None:
    edits = write(tmp_path / "e.jsonl", paper("a", "", ["a"], ["b"]))
    with pytest.raises(NothingToExport, match="no message: 1"):
        export_edits([edits], tmp_path / "out.jsonl")
