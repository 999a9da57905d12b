"""The record is what the schema says, for every kind of change."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbreview.diff.model import (
    CellChange,
    ChangeKind,
    ErrorDiff,
    FrameChange,
    ImageDiff,
    NotebookDiff,
    OutputCategory,
    OutputChange,
    Relation,
    RelationKind,
    TableDiff,
    TreeChange,
)
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.notebook.tables import read_table
from nbreview.paths import resource
from nbreview.presentation.record import diff_record
from tests.builders import code, display, error, markdown, notebook, stream

SCHEMA = json.loads(resource("schemas", "diff.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def record(base: bytes, head: bytes) -> dict[str, Any]:
    found = diff_record(
        diff_notebooks(read_bytes(base, "base"), read_bytes(head, "head")), "a.ipynb", "HEAD:a.ipynb"
    )
    VALIDATOR.validate(found)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    return found


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_kind_of_change_has_its_record() -> None:
    base = notebook(
        code("import os\nimport sys\nos.getcwd()", id="a", outputs=[stream("one\ntwo\n")], tags=["x"]),
        code("gone = True", id="b"),
        markdown("# A title with words", id="c"),
        code("alpha = read('a')\nalpha.describe()", id="d"),
        code("omega = read('o')\nomega.describe()", id="e"),
    )
    head = notebook(
        code(
            "import os\nimport json\nos.getcwd()",
            id="a",
            outputs=[stream("one\n2\n"), display(image_png="aGk=")],
        ),
        code("omega = read('o')\nomega.describe()", id="e"),
        markdown("# A title with words", id="c"),
        code("alpha = read('a')\nalpha.describe()", id="d", outputs=[error("E", "v")]),
        code("!pip install pandas matplotlib", id="new"),
        language_info={"name": "python", "version": "3.12"},
    )
    found = record(base, head)
    assert (found["base"], found["head"]) == ("a.ipynb", "HEAD:a.ipynb")
    cells = found["cells"]
    assert [(cell["kind"], cell["base_index"], cell["head_index"]) for cell in cells] == [
        ("modified", 0, 0),
        ("removed", 1, None),
        ("moved", 4, 1),
        ("unchanged", 2, 2),
        ("modified", 3, 3),
        ("added", None, 4),
    ]
    (edit,) = cells[0]["source"]["edits"]
    assert edit == {
        "kind": "replace",
        "base_line": 1,
        "head_line": 1,
        "base": "import sys",
        "head": "import json",
        "base_spans": [[7, 10]],
        "head_spans": [[7, 11]],
    }
    assert [output["kind"] for output in cells[0]["outputs"]] == ["modified", "added"]
    assert cells[0]["outputs"][0]["text"]["edits"][1]["head"] == "2"
    assert cells[0]["metadata"] == [{"path": ["tags"], "kind": "removed", "base": ["x"], "head": None}]
    assert [cell["source"] for cell in cells[1:]] == [None] * 5
    assert found["metadata"][0]["path"] == ["language_info", "version"]


def test_a_changed_type_is_said() -> None:
    found = record(notebook(code("# Title")), notebook(markdown("# Title")))
    assert found["cells"][0]["metadata"] == [
        {"path": ["cell_type"], "kind": "modified", "base": "code", "head": "markdown"}
    ]


def test_what_json_has_no_word_for_becomes_null() -> None:
    found = record(
        notebook(code("x", loss=1.0)), notebook(code("x", loss=[float("nan"), {"a": float("inf")}]))
    )
    assert found["cells"][0]["metadata"][0]["head"] == [None, {"a": None}]


@pytest.mark.parametrize(
    "broken",
    [
        {"base": "a", "head": "b", "cells": []},
        {"base": "a", "head": "b", "metadata": [], "cells": [{"kind": "unchanged"}]},
    ],
)
def test_the_schema_refuses_what_is_incomplete(broken: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(broken)


@pytest.mark.parametrize(
    ("kind", "base_index", "head_index"), [("added", 0, 0), ("removed", None, 0), ("moved", 1, None)]
)
def test_the_schema_knows_which_side_a_cell_stands_on(
    kind: str, base_index: int | None, head_index: int | None
) -> None:
    cell = {
        "kind": kind,
        "base_index": base_index,
        "head_index": head_index,
        "source": None,
        "outputs": [],
        "metadata": [],
    }
    assert not VALIDATOR.is_valid({"base": "a", "head": "b", "metadata": [], "cells": [cell]})


CELLS = st.lists(
    st.builds(
        lambda source, tag, outputs: code(source, tags=[tag], outputs=outputs),
        st.sampled_from(["x = 1\ny = 2", "x = 1\ny = 3", "", "z"]),
        st.sampled_from("tu"),
        st.lists(st.sampled_from([stream("a\n"), stream("b\n"), display(image_png="aGk=")]), max_size=2),
    ),
    max_size=5,
)


@settings(max_examples=50)
@given(base=CELLS, head=CELLS)
def test_every_diff_fits_the_schema(base: list[dict[str, Any]], head: list[dict[str, Any]]) -> None:
    record(notebook(*base), notebook(*head))


def test_what_outputs_are_compared_as_has_its_record() -> None:
    book = read_bytes(notebook(code("x", outputs=[display(text_plain="a") for _ in range(4)])), "a")
    tables = [read_table(f"<table><tr><th>a</th></tr><tr><td>{value}</td></tr></table>") for value in (1, 2)]
    assert tables[0] is not None and tables[1] is not None
    table = TableDiff(
        tables[0], tables[1], ((0, 0), (1, 1), (None, 1)), ((0, 0),), frozenset({(1, 0)}), coarse=True
    )
    outputs = (
        OutputChange(ChangeKind.MODIFIED, OutputCategory.TABLE, 0, 0, table=table),
        OutputChange(
            ChangeKind.MODIFIED, OutputCategory.IMAGE, 1, 1, image=ImageDiff((2, 3), None, 0.5, b"png")
        ),
        OutputChange(
            ChangeKind.MODIFIED,
            OutputCategory.ERROR,
            2,
            2,
            error=ErrorDiff(True, False, (FrameChange(ChangeKind.ADDED, None, "f()"),)),
        ),
        OutputChange(
            ChangeKind.MODIFIED,
            OutputCategory.JSON,
            3,
            3,
            tree=(TreeChange(("a", 1), ChangeKind.MODIFIED, float("nan"), 2),),
            coarse=True,
            head_indices=(3, 4),
        ),
    )
    cell = CellChange(ChangeKind.MODIFIED, 0, 0, outputs=outputs)
    part = CellChange(ChangeKind.ADDED, None, 0, relation=Relation(RelationKind.SPLIT, 0))
    found = diff_record(NotebookDiff(book, book, (cell, part), coarse=True), "a", "b")
    VALIDATOR.validate(found)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["coarse"] and found["cells"][1]["relation"] == {"kind": "split", "index": 0}
    first, second, third, fourth = found["cells"][0]["outputs"]
    assert first["table"]["changed"] == [{"row": 1, "column": 0, "base": "1", "head": "2"}]
    assert second["image"] == {
        "base_size": [2, 3],
        "head_size": None,
        "ratio": 0.5,
        "mask": "cG5n",
        "coarse": False,
    }
    assert third["error"]["frames"] == [{"kind": "added", "base": None, "head": "f()"}]
    assert fourth["tree"] == [{"path": ["a", 1], "kind": "modified", "base": None, "head": 2}]
    assert (fourth["base_indices"], fourth["head_indices"], fourth["coarse"]) == ([3], [3, 4], True)
