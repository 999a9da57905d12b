"""Answers that are kept: found again, whole after a kill, apart by key."""

from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.evaluation.journal import Journal, key_of


def test_answers_are_found_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "answers.jsonl"
    with Journal(path) as journal:
        journal.put("a", {"reply": "é\n1"})
        assert journal.kept == 0 and journal.get("a") == {"reply": "é\n1"} and journal.get("b") is None
    with Journal(path) as journal:
        assert journal.kept == 1 and journal.get("a") == {"reply": "é\n1"}


@pytest.mark.parametrize("cut", range(1, 18))
def test_a_line_cut_anywhere_costs_that_line_only(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "answers.jsonl"
    with Journal(path) as journal:
        journal.put("a", {"n": 1})
        journal.put("b", {"n": 2})
    path.write_bytes(path.read_bytes()[:-cut])
    with Journal(path) as journal:
        assert journal.get("a") == {"n": 1} and journal.get("b") is None
        journal.put("b", {"n": 3})
    with Journal(path) as journal:
        assert (journal.get("a"), journal.get("b")) == ({"n": 1}, {"n": 3})


def test_lines_of_something_else_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text('no JSON\n[1]\n{"reply": 1}\n{"key": "a", "n": 1}\n', encoding="utf-8")
    with Journal(path) as journal:
        assert journal.kept == 1 and journal.get("a") == {"n": 1}


def test_without_a_file_answers_last_as_long_as_the_run() -> None:
    with Journal(None) as journal:
        journal.put("a", {"n": 1})
        assert journal.get("a") == {"n": 1}


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match=r"could not be kept in .*; name another folder with -o"):
        Journal(tmp_path / "file" / "answers.jsonl")


def test_keys_are_of_all_parts() -> None:
    assert key_of("a", {"x": 1, "y": 2}) == key_of("a", {"y": 2, "x": 1}) != key_of("a", {"x": 1})
