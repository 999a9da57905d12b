"""Marked conflicts: settled by one side, or unmarked once a person has edited them."""

import json
from typing import Any

import nbformat
import pytest

from nbreview.diff.merge import merge_notebooks
from nbreview.diff.merge_lines import Labels
from nbreview.diff.merge_model import MergePolicy
from nbreview.diff.merge_resolve import Resolved, Take, resolve
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook

TITLE = markdown("# Title\n=======", id="t")


def read(*cells: dict[str, Any], **metadata: Any) -> Notebook:
    return read_bytes(notebook(*cells, **metadata), "a.ipynb")


def merged(base: Notebook, ours: Notebook, theirs: Notebook, **policy: Any) -> Notebook:
    found = merge_notebooks(base, ours, theirs, MergePolicy(**policy))
    assert found.conflicts
    return read_bytes(json.dumps(found.document).encode(), "merged")


def taken(conflicted: Notebook, take: Take) -> Any:
    found = resolve(conflicted, take)
    assert not found.left
    document = json.loads(json.dumps(found.document))
    nbformat.validate(document)
    return document


BASE = read(TITLE, code("a\nx = 1", id="a"), code("gone()", id="g"), code("type", id="k"), title="0")
OURS = read(TITLE, code("a\nx = 2", id="a"), code("gone(1)", id="g"), markdown("type", id="k"), title="1")
RAW = {"cell_type": "raw", "id": "k", "metadata": {}, "source": ["type"]}
THEIRS = read(TITLE, code("a\nx = 3", id="a"), RAW)


@pytest.mark.parametrize("size", [3, 7])
def test_taking_a_side_leaves_that_side_where_all_was_in_conflict(size: int) -> None:
    conflicted = merged(BASE, OURS, THEIRS, marker_size=size, labels=Labels("main", "base", "topic"))

    assert taken(conflicted, Take.OURS)["cells"] == OURS.raw["cells"]
    theirs = taken(conflicted, Take.THEIRS)["cells"]
    assert [cell["source"] for cell in theirs] == [cell["source"] for cell in THEIRS.raw["cells"]]
    assert [cell["cell_type"] for cell in theirs] == ["markdown", "code", "raw"]


def test_values_are_those_of_the_side() -> None:
    conflicted = merged(
        read(code("a", id="a", k={"x": 1}), title="0"),
        read(code("a", id="a", k={"x": 2}), title="1"),
        read(code("a", id="a", k={}), title="2"),
    )

    assert taken(conflicted, Take.OURS)["metadata"] == {"title": "1"}
    assert taken(conflicted, Take.THEIRS)["metadata"] == {"title": "2"}
    assert taken(conflicted, Take.OURS)["cells"][0]["metadata"] == {"k": {"x": 2}}
    assert taken(conflicted, Take.THEIRS)["cells"][0]["metadata"] == {"k": {}}


def test_of_two_pictures_of_one_name_the_chosen_one_stays() -> None:
    def shown(*data: str) -> Notebook:
        held = {"a.png": {"image/png": data[0]}} if data else {}
        return read(markdown("![](attachment:a.png)", id="m") | {"attachments": held})

    conflicted = merged(shown(), shown("AAAA"), shown("BBBB"))
    assert taken(conflicted, Take.THEIRS)["cells"] == shown("BBBB").raw["cells"]
    assert taken(conflicted, Take.OURS)["cells"] == shown("AAAA").raw["cells"]

    conflicted = merged(shown("AAAA"), shown(), shown("BBBB"))
    assert taken(conflicted, Take.THEIRS)["cells"] == shown("BBBB").raw["cells"]
    assert taken(conflicted, Take.OURS)["cells"] == shown().raw["cells"]


def test_nothing_is_unmarked_that_still_has_markers() -> None:
    found = resolve(merged(BASE, OURS, THEIRS), Take.EDITED)

    # The lines, the cell deleted there with its three markers, and two types with theirs.
    assert found.left == (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)


def test_what_a_person_has_edited_is_unmarked() -> None:
    conflicted = merged(BASE, OURS, THEIRS)
    cells = [dict(cell.raw) for cell in conflicted.cells]
    cells[1]["source"] = ["a\n", "x = 4"]
    edited = read_bytes(json.dumps({**conflicted.raw, "cells": [*cells[:2], cells[3]]}).encode(), "edited")

    document = taken(edited, Take.EDITED)

    assert document["cells"] == [TITLE, code("a\nx = 4", id="a"), code("gone(1)", id="g")]
    assert "nbreview" not in document["metadata"]


def test_a_notebook_without_marks_is_left_alone() -> None:
    plain = read(TITLE, code("<<<<<<< a\n=======\n>>>>>>> b"), nbreview={"conflicts": "none"})

    assert resolve(plain, Take.OURS) == Resolved(plain.raw, 0, ())
