"""Labelled edits out of both schemas, one item a mode."""

from pathlib import Path

import pytest

from nbreview.errors import UserError
from nbreview.evaluation.edit_items import Mode, read_edits, read_modes
from tests.evaluation.edit_files import full_row, paper_row, write_rows

ALL = tuple(Mode)


def test_a_row_of_the_paper_gives_an_item_for_each_mode(tmp_path: Path) -> None:
    row = paper_row("r", ["a", "x = 1", "c"], ["a", "x = 2", "c", "d"])
    items = {item.mode: item for item in read_edits(write_rows(tmp_path / "e.jsonl", [row]), ALL).items}
    assert (items[Mode.CELL].before, items[Mode.CELL].after, items[Mode.CELL].index) == ("x = 1", "x = 2", 1)
    assert (items[Mode.CELLS].before, items[Mode.CELLS].after) == ("x = 1", "x = 2\n\nd")
    assert (items[Mode.FILE].before, items[Mode.FILE].after) == ("a\n\nx = 1\n\nc", "a\n\nx = 2\n\nc\n\nd")
    assert {item.group for item in items.values()} == {"r"}
    assert len({item.id for item in items.values()}) == len({item.digest for item in items.values()}) == 3


def test_a_row_of_ours_keeps_markdown_around_the_cell_and_takes_the_diff_at_its_word(tmp_path: Path) -> None:
    row = full_row("r", ["# T", "x = 1", "k"], ["# U", "k", "x = 2"], [(0, 0), (1, 2)])
    items = read_edits(write_rows(tmp_path / "e.jsonl", [row]), (Mode.CELL,)).items
    assert [(item.before, item.after, item.index) for item in items] == [("x = 1", "x = 2", 1)]
    assert items[0].cells == (("markdown", "# T"), ("code", "x = 1"), ("code", "k"))
    assert items[0].repository == "https://example.org/people/r.git"


def test_what_gives_no_item_is_counted(tmp_path: Path) -> None:
    rows = [
        paper_row("r", ["x = 1"], ["x = 2"]),
        paper_row("r", ["x = 1"], ["x = 2"]),
        paper_row("s", ["x = 1"], ["x = 1"]),
        paper_row("t", ["x = 1"], ["x = 2"], "  "),
        paper_row("u", ["a"], ["a", "b"]),
        {"repo": "v"},
        [1],
    ]
    found = read_edits(write_rows(tmp_path / "e.jsonl", rows), (Mode.CELL, Mode.CELLS))
    assert len(found.items) == 2
    assert dict(found.skipped) == {
        "listed twice": 2,
        "no code cell differs": 1,
        "without a message": 1,
        "no cell that was changed by itself": 1,
        "nothing there before": 1,
        "lines that are no mined edit": 2,
    }
    assert "Left out, listed twice: 2." in found.problems


def test_a_file_without_an_edit_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_text("{\n\nnull\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"holds no labelled edit \(lines that are no mined edit: 2\)"):
        read_edits(tmp_path / "broken.jsonl", ALL)
    with pytest.raises(UserError, match="cannot be read"):
        read_edits(tmp_path / "none.jsonl", ALL)


def test_modes_are_named_and_others_refused() -> None:
    assert read_modes("file, CELL") == (Mode.CELL, Mode.FILE)
    for text in ("line", "", ","):
        with pytest.raises(UserError, match="choose from cell, cells, file"):
            read_modes(text)
