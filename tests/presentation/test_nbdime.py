"""nbdime's own patch turns the base into the head."""

import json
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
import nbdime
import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbdime.diff_format import validate_diff
from nbdime.diff_utils import to_diffentry_dicts
from nbdime.patching import patch_notebook
from nbdime.utils import read_notebook

from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.model import EMPTY, Notebook
from nbreview.notebook.reader import read_bytes, read_file
from nbreview.presentation.nbdime import nbdime_diff
from tests.builders import code, display, error, markdown, notebook, stream

FIXTURES = sorted((Path(nbdime.__file__).parent / "tests" / "files").glob("*.ipynb"))
valid = fastjsonschema.compile(
    json.loads((Path(nbdime.__file__).parent / "diff_format.schema.json").read_text("utf-8"))
)


@cache
def ours(path: Path) -> Notebook:
    return read_file(path)


@cache
def theirs(path: Path) -> Any:
    """What nbdime reads."""
    return read_with_nbdime(path)


def read_with_nbdime(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_notebook(str(path), on_null="empty")


def without_random_ids(value: Any, path: Path) -> Any:
    """nbformat gives a cell of format 4.5 without an id a random one at every read."""
    held = json.loads(path.read_text("utf-8"))["cells"]
    copy = json.loads(json.dumps(value))
    for cell, raw in zip(copy["cells"], held, strict=True):
        if "id" not in raw:
            cell.pop("id", None)
    return copy


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def patched(base: Any, operations: list[dict[str, Any]]) -> Any:
    entries = to_diffentry_dicts(json.loads(json.dumps(operations)))
    validate_diff(entries, deep=True)
    return patch_notebook(base, entries)


def round_trip(tmp_path: Path, base: bytes, head: bytes) -> list[dict[str, Any]]:
    """Check one pair through files and nbformat; returns the operations."""
    paths = tmp_path / "base.ipynb", tmp_path / "head.ipynb"
    for path, data in zip(paths, (base, head), strict=True):
        path.write_bytes(data)
    operations = nbdime_diff(diff_notebooks(read_file(paths[0]), read_file(paths[1])))
    valid(operations)
    assert canonical(patched(read_with_nbdime(paths[0]), operations)) == canonical(read_with_nbdime(paths[1]))
    return operations


def test_all_of_the_fixtures_are_there() -> None:
    assert len(FIXTURES) == 53


@pytest.mark.parametrize("base", FIXTURES, ids=lambda path: path.stem)
def test_nbdime_turns_this_base_into_each_of_its_other_fixtures(base: Path) -> None:
    failed = []
    for head in FIXTURES:
        operations = nbdime_diff(diff_notebooks(ours(base), ours(head)))
        if head is base:
            assert operations == []
            continue
        valid(operations)
        result = patched(theirs(base), operations)
        expected = canonical(without_random_ids(theirs(head), head))
        if canonical(without_random_ids(result, head)) != expected:
            failed.append(head.name)
    assert failed == []


def test_the_nbpatch_command_writes_the_head(tmp_path: Path) -> None:
    base = FIXTURES[[path.name for path in FIXTURES].index("cellids--local.ipynb")]
    head = FIXTURES[[path.name for path in FIXTURES].index("cellids--remote.ipynb")]
    patch, out = tmp_path / "patch.json", tmp_path / "out.ipynb"
    patch.write_text(json.dumps(nbdime_diff(diff_notebooks(ours(base), ours(head)))), encoding="utf-8")
    command = [sys.executable, "-m", "nbdime.nbpatchapp", str(base), str(patch), "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert canonical(nbformat.read(out, as_version=4)) == canonical(theirs(head))


def test_a_changed_line_is_patched_as_a_line(tmp_path: Path) -> None:
    operations = round_trip(
        tmp_path,
        notebook(code("a = 1\nb = 2\nc = 3", id="x")),
        notebook(code("a = 1\nb = 20\nc = 3", id="x")),
    )
    lines = [
        {"op": "addrange", "key": 1, "valuelist": ["b = 20\n"]},
        {"op": "removerange", "key": 1, "length": 1},
    ]
    source = [{"op": "patch", "key": "source", "diff": lines}]
    assert operations == [
        {"op": "patch", "key": "cells", "diff": [{"op": "patch", "key": 0, "diff": source}]}
    ]


def test_a_moved_cell_is_removed_and_added(tmp_path: Path) -> None:
    cells = [code(f"value_{n} = compute({n})\nprint(value_{n})", id=f"c{n}") for n in range(5)]
    operations = round_trip(tmp_path, notebook(*cells), notebook(*cells[1:], cells[0]))
    (cells_patch,) = operations
    assert cells_patch["diff"] == [
        {"op": "removerange", "key": 0, "length": 1},
        {"op": "addrange", "key": 5, "valuelist": [{**cells[0], "source": "".join(cells[0]["source"])}]},
    ]


def test_what_a_diff_ignores_is_in_it_all_the_same(tmp_path: Path) -> None:
    base = notebook(code("x = 1", id="a", count=1, collapsed=False), code("y", id="b"))
    head = notebook(code("x = 1", id="z", count=9, collapsed=True), code("y", id="b"))
    operations = round_trip(tmp_path, base, head)
    (cell,) = operations[0]["diff"]
    assert [operation["key"] for operation in cell["diff"]] == ["execution_count", "id", "metadata"]


def test_outputs_types_and_formats_change_too(tmp_path: Path) -> None:
    picture = display(image_png="aGVsbG8=", text_plain=["<Figure>"])
    base = notebook(
        code("a\nb", outputs=[stream("1\n2\n"), picture, error("ValueError", "bad", ["one", "two"])]),
        markdown("# Title\u2028with a separator\x0cand a form feed\nend"),
        minor=4,
    )
    head = notebook(
        markdown("a\nb", id="n1"),
        code("# Title\u2028with another separator\x0cand a form feed\nend", outputs=[picture], id="n2"),
        minor=5,
    )
    round_trip(tmp_path, base, head)
    round_trip(tmp_path, head, base)


def test_true_is_not_one_and_one_is_not_one_point_nought(tmp_path: Path) -> None:
    values = [
        1,
        True,
        1.0,
        [1],
        [True],
        [1.0],
        {"a": 1},
        {"a": True},
        None,
        "1",
        [],
        {},
        [{"a": 1}, {"a": 1.0}],
    ]
    for value in values:
        for other in values:
            base, head = (notebook(code("x", held=held), minor=4) for held in (value, other))
            round_trip(tmp_path, base, head)


def test_a_file_that_was_added_or_removed_is_patched_from_nothing_and_to_nothing() -> None:
    full = read_bytes(notebook(code("x = 1")), "full")
    made = patched({}, nbdime_diff(diff_notebooks(EMPTY, full)))
    assert made["cells"][0]["source"] == "x = 1"
    assert made["nbformat"] == 4
    assert patched(made, nbdime_diff(diff_notebooks(full, EMPTY))) == {}


def test_a_notebook_of_format_3_is_patched_as_nbformat_reads_it(tmp_path: Path) -> None:
    old = nbformat.v3.new_notebook(
        worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell("x = 1\ny = 2")])]
    )
    base, head = tmp_path / "base.ipynb", tmp_path / "head.ipynb"
    base.write_text(json.dumps(old), encoding="utf-8")
    head.write_bytes(notebook(code("x = 1\ny = 3"), minor=4))
    operations = nbdime_diff(diff_notebooks(read_file(base), read_file(head)))
    assert canonical(patched(read_with_nbdime(base), operations)) == canonical(read_with_nbdime(head))


# Few distinct lines, so that notebooks share some, and every break that `str.splitlines` knows.
LINES = st.sampled_from(["a = 1\n", "b\n", "b\r\n", "", "c\x0b", "d\u2028", "e\x0c", "f\r", "\n", "last"])
SOURCES = st.lists(LINES, max_size=5).map("".join)
VALUES = st.recursive(
    st.sampled_from([0, 1, True, 1.0, None, "", "x\ny", "x\nz"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
    max_leaves=6,
)
OUTPUTS = st.one_of(
    st.builds(stream, SOURCES, st.sampled_from(["stdout", "stderr"])),
    st.builds(lambda text, value: display(text_plain=text, application_json=value), SOURCES, VALUES),
    st.builds(error, st.sampled_from(["E", "F"]), SOURCES, st.lists(SOURCES, max_size=2)),
)
CELLS = st.one_of(
    st.builds(lambda source, outputs, held: code(source, outputs=outputs, held=held), SOURCES,
              st.lists(OUTPUTS, max_size=3), VALUES),
    st.builds(lambda source, held: markdown(source, held=held), SOURCES, VALUES),
)  # fmt: skip
NOTEBOOKS = st.lists(CELLS, max_size=6).map(lambda cells: notebook(*cells, minor=4))


@given(NOTEBOOKS, NOTEBOOKS)
def test_any_notebook_is_turned_into_any_other(base: bytes, head: bytes) -> None:
    operations = nbdime_diff(diff_notebooks(read_bytes(base, "base"), read_bytes(head, "head")))
    valid(operations)
    before, after = (nbformat.v4.nbjson.reads(data.decode()) for data in (base, head))
    assert canonical(patched(before, operations)) == canonical(after)
