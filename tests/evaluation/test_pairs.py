"""Labelled pairs on disk: what is read, what is hidden, and the sentence about what is broken."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from nbreview.errors import UserError
from nbreview.evaluation.pairs import read_lines, read_pair
from tests.builders import code, markdown
from tests.evaluation.labelled import write_pairs

BASE = [code("a = 1", id="x"), code("b = 2", id="y"), markdown("gone", id="z")]
HEAD = [code("b = 22", id="y"), code("a = 1", id="x", cell_id="x")]
TRUTH = {"truth": [[0, 1], [1, 0]]}


def test_what_a_line_leaves_out_is_made_from_the_truth(tmp_path: Path) -> None:
    pair = read_pair(read_lines(write_pairs(tmp_path, (BASE, HEAD, TRUTH)))[0])
    assert pair.truth == {(0, 1), (1, 0)}
    assert pair.edited == {(1, 0)}
    assert pair.moved == {(1, 0)}
    assert pair.structural
    assert (pair.name, pair.repository) == ("line 1", "")


def test_what_a_line_says_counts(tmp_path: Path) -> None:
    line = {**TRUTH, "edited": [[1, 0]], "edited_sim": [0.9], "moved": [[0, 1]], "repo": "r", "pair": "p"}
    pair = read_pair(read_lines(write_pairs(tmp_path, (BASE, HEAD, line)))[0])
    assert pair.moved == {(0, 1)}
    assert pair.similarities == (((1, 0), 0.9),)
    assert (pair.name, pair.repository) == ("p", "r")


def test_ids_are_hidden(tmp_path: Path) -> None:
    pair = read_pair(read_lines(write_pairs(tmp_path, (BASE, HEAD, TRUTH)))[0])
    for sheet in (pair.base, pair.head):
        value = json.loads(sheet.data)
        assert value["nbformat_minor"] == 4
        assert all("id" not in cell and cell["metadata"] == {} for cell in value["cells"])


def test_edited_cells_alone_are_not_structural(tmp_path: Path) -> None:
    pair = read_pair(read_lines(write_pairs(tmp_path, ([code("a")], [code("b")], {"truth": [[0, 0]]})))[0])
    assert not pair.structural


def test_a_limit_takes_the_first_lines(tmp_path: Path) -> None:
    folder = write_pairs(tmp_path, (BASE, HEAD, TRUTH), (BASE, HEAD, TRUTH))
    assert [line.number for line in read_lines(folder, 1)] == [1]


def test_a_folder_without_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"holds no truth\.jsonl; name a folder"):
        read_lines(tmp_path)
    (tmp_path / "truth.jsonl").write_text("\n\n", encoding="utf-8")
    with pytest.raises(UserError, match="holds nothing"):
        read_lines(tmp_path)


@pytest.mark.parametrize(("text", "what"), [("{", "it is not JSON"), ("[1]", "it is no JSON object")])
def test_a_broken_line_is_named(tmp_path: Path, text: str, what: str) -> None:
    folder = write_pairs(tmp_path, (BASE, HEAD, TRUTH))
    with (folder / "truth.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    with pytest.raises(UserError, match=rf"truth\.jsonl, line 3: {what}; mend the line or remove it"):
        read_lines(folder)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"truth": None}, "truth is no list of index pairs"),
        ({"truth": [[0]]}, "truth is no list of index pairs"),
        ({"truth": [[0, True]]}, "truth is no list of index pairs"),
        ({"truth": [[0, 9]]}, "truth pairs cells 0 and 9, but the notebooks have 3 and 2"),
        ({"truth": [[-1, 0]]}, "truth pairs cells -1 and 0"),
        ({"truth": [[0, 0], [0, 1]]}, "truth matches a cell twice"),
        ({"edited": [[2, 0]]}, "edited or moved holds a pair that truth lacks"),
        ({"moved": 3}, "moved is no list of index pairs"),
        ({"edited_sim": [0.5, 0.5]}, "edited_sim has 2 numbers for 1 edited cells"),
        ({"edited_sim": ["much"]}, "edited_sim is no list of numbers"),
        ({"repo": 3}, "repo is no text"),
        ({"base": "../secret"}, "base does not name a file in blobs/"),
        ({"head": None}, "head does not name a file in blobs/"),
        ({"head": "none"}, "none.ipynb does not exist"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(tmp_path: Path, change: dict[str, Any], what: str) -> None:
    folder = write_pairs(tmp_path, (BASE, HEAD, {**TRUTH, **change}))
    with pytest.raises(UserError, match=rf"truth\.jsonl, line 1: .*{re.escape(what)}"):
        read_pair(read_lines(folder)[0])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[]", "is no notebook of format 4"),
        (b'{"nbformat": 3}', "is no notebook of format 4"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 3}]}', "is no notebook of format 4"),
    ],
)
def test_a_broken_notebook_is_named(tmp_path: Path, data: bytes, what: str) -> None:
    folder = write_pairs(tmp_path, (BASE, HEAD, TRUTH))
    (folder / "blobs" / "0-head.ipynb").write_bytes(data)
    with pytest.raises(UserError, match=rf"truth\.jsonl, line 1: .*0-head\.ipynb {what}"):
        read_pair(read_lines(folder)[0])
