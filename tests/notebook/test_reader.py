"""The reader takes every notebook that is one and says in one sentence why something else is not."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff.notebooks import diff_notebooks
from nbreview.errors import UserError
from nbreview.notebook.model import CellType, OutputType
from nbreview.notebook.reader import load_file, read_bytes, read_file
from nbreview.presentation.record import diff_record
from tests.builders import code, display, error, markdown, notebook, stream


def as_json(**changed: Any) -> bytes:
    """A small valid notebook with some keys changed (None removes one)."""
    value: dict[str, Any] = {"cells": [code("x = 1")], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    value |= changed
    return json.dumps({key: held for key, held in value.items() if held is not None}).encode()


def refusal(data: bytes) -> str:
    """The sentence that the reader refuses `data` with."""
    with pytest.raises(UserError) as caught:
        read_bytes(data, "work.ipynb")
    message = caught.value.message
    assert message.startswith("work.ipynb")
    assert "\n" not in message
    assert message.endswith(".")
    return message


def test_cells_are_read_with_what_they_hold() -> None:
    data = notebook(
        markdown("# Title\ntext", id="m"),
        code("x = 1\nx", id="c", count=3, outputs=[stream("a\nb\n")], tags=["keep"]),
    )
    title, cell = read_bytes(data, "a.ipynb").cells
    assert (title.index, title.id, title.cell_type, title.source) == (
        0,
        "m",
        CellType.MARKDOWN,
        "# Title\ntext",
    )
    assert (cell.index, cell.id, cell.execution_count, cell.tags) == (1, "c", 3, ("keep",))
    assert cell.source == "x = 1\nx"
    assert cell.outputs[0].data == {"text/plain": "a\nb\n"}
    assert cell.outputs[0].name == "stdout"


def test_a_missing_id_stays_missing_at_every_read() -> None:
    data = notebook(code("x"), code("y"), minor=4)
    assert [cell.id for cell in read_bytes(data, "a").cells] == [None, None]
    assert read_bytes(data, "a") == read_bytes(data, "a")


def test_mime_bundles_are_joined_and_json_values_kept() -> None:
    output = display(text_plain=["a\n", "b"], image_png="aGk=")
    output["data"]["application/vnd.x+json"] = ["not", "lines"]
    found = read_bytes(notebook(code("x", outputs=[output])), "a").cells[0].outputs[0]
    assert found.output_type is OutputType.DISPLAY_DATA
    assert found.data == {
        "text/plain": "a\nb",
        "image/png": "aGk=",
        "application/vnd.x+json": ["not", "lines"],
    }


def test_errors_keep_their_traceback() -> None:
    cell = code("x", outputs=[error("ValueError", "bad", ["\x1b[31mline\x1b[0m", "end"])])
    found = read_bytes(notebook(cell), "a").cells[0].outputs[0]
    assert (found.ename, found.evalue, found.traceback) == (
        "ValueError",
        "bad",
        ("\x1b[31mline\x1b[0m", "end"),
    )


def test_the_language_comes_from_the_file() -> None:
    assert read_bytes(notebook(language_info={"name": "R"}), "a").language == "R"
    assert read_bytes(notebook(kernelspec={"language": "julia", "name": "j"}), "a").language == "julia"
    assert read_bytes(notebook(kernelspec={"name": "?"}), "a").language == "python"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + as_json(), id="byte order mark"),
        pytest.param(as_json(nbformat_minor=None), id="no minor version"),
        pytest.param(as_json(metadata=None), id="no metadata"),
        pytest.param(as_json(nbformat=4.0), id="version written as a float"),
        pytest.param(as_json(future={"a": [1]}), id="unknown field"),
        pytest.param(as_json(cells=[{"cell_type": "code", "source": "x = 1"}]), id="code without outputs"),
        pytest.param(as_json(cells=[{**code("x = 1"), "execution_count": "*"}]), id="odd execution count"),
        pytest.param(as_json(metadata={"loss": float("nan"), "best": float("inf")}), id="NaN and Infinity"),
        pytest.param(as_json(metadata={"seed": 10**40}), id="huge integer"),
        pytest.param(as_json().replace(b"\n", b"\r\n"), id="CRLF"),
    ],
)
def test_odd_but_harmless_files_are_read(data: bytes) -> None:
    assert read_bytes(data, "a").cells[0].source == "x = 1"


def test_unknown_fields_stay_in_raw() -> None:
    found = read_bytes(as_json(future={"a": [1]}), "a")
    assert found.raw["future"] == {"a": [1]}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \n", "is empty", id="blank"),
        pytest.param(b"hello", "is not JSON (line 1, column 1", id="no JSON"),
        pytest.param(as_json()[:-20], "is truncated", id="truncated"),
        pytest.param(notebook(code("x"))[:60], "breaks off in line 5", id="truncated in a line"),
        pytest.param(as_json()[:10] + b"}", "is not JSON", id="broken in the middle"),
        pytest.param('{"a": "é'.encode()[:-1], "is truncated", id="truncated in a character"),
        pytest.param(b"[1, 2]", "it holds a list", id="a list"),
        pytest.param(b"3", "it holds a number", id="a number"),
        pytest.param(b'{"a": 1}', "no nbformat number", id="another JSON file"),
        pytest.param(as_json(nbformat=True), "no nbformat number", id="version of a wrong type"),
        pytest.param(as_json(nbformat=2), "format 2, which is too old", id="format 2"),
        pytest.param(as_json(nbformat=5), "format 5, which is newer", id="format 5"),
        pytest.param(as_json(cells=None), "has no cells", id="no cells"),
        pytest.param(as_json(cells={"a": 1}), "has an object where its cells", id="cells no list"),
        pytest.param(as_json(cells=[code("x"), 3]), "cell 2 should be an object (found a number)", id="cell"),
        pytest.param(as_json(cells=[{**code("x"), "source": 3}]), "cell 1 has a source", id="source"),
        pytest.param(as_json(cells=[{**code("x"), "source": ["a", 3]}]), "source whose lines", id="line"),
        pytest.param(as_json(cells=[{**code("x"), "cell_type": "heading"}]), "cell_type", id="cell type"),
        pytest.param(as_json(cells=[{**code("x"), "cell_type": []}]), "cell_type", id="cell type a list"),
        pytest.param(as_json(cells=[{**code("x"), "id": 7}]), "cell 1 has an id", id="id"),
        pytest.param(as_json(cells=[{**code("x"), "metadata": []}]), "has metadata", id="metadata"),
        pytest.param(as_json(cells=[{**code("x"), "outputs": {}}]), "has outputs", id="outputs"),
        pytest.param(as_json(cells=[code("x", outputs=[{"output_type": "pyout"}])]), "output 1", id="output"),
        pytest.param(
            as_json(cells=[code("x", outputs=[{**stream("x"), "text": 3}])]),
            "output 1 has a text",
            id="stream",
        ),
        pytest.param(as_json(metadata=[]), "its notebook has metadata", id="notebook metadata"),
        pytest.param(
            as_json(cells=[code("a"), code("b")]).replace(b'"b"', b'"\\ud800"'),
            "half of a surrogate pair in cell 2",
            id="lone surrogate",
        ),
        pytest.param(as_json().decode().encode("utf-16"), "UTF-16", id="UTF-16 with a mark"),
        pytest.param(as_json().decode().encode("utf-16-le"), "UTF-16", id="UTF-16 without"),
        pytest.param(
            '{"a": "caf\u00e9 au lait"}'.encode("latin-1"), "is not UTF-8 text (line 1)", id="Latin-1"
        ),
        pytest.param(b"[" * 100_000, "nests too deeply", id="nested"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary file", id="a picture"),
        pytest.param(
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
            "git lfs pull",
            id="LFS pointer",
        ),
        pytest.param(b'{"n": ' + b"1" * 5000 + b"}", "thousands of digits", id="endless number"),
    ],
)
def test_what_is_no_notebook_is_refused_with_the_reason(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_conflict_markers_are_named_with_their_line_and_a_way_out() -> None:
    lines = notebook(code("x")).decode().splitlines()
    lines[4:4] = ["<<<<<<< HEAD", '   "a": 1,', "=======", '   "a": 2,', ">>>>>>> topic"]
    message = refusal("\n".join(lines).encode())
    assert "git conflict markers (line 5)" in message
    assert "git checkout --ours" in message


def test_conflict_markers_inside_a_source_are_only_text() -> None:
    data = notebook(code("<<<<<<< HEAD\n=======\n>>>>>>> x"))
    assert read_bytes(data, "a").cells[0].source.startswith("<<<<<<<")


def test_too_many_bytes_are_refused_before_they_are_parsed() -> None:
    with pytest.raises(UserError, match="larger than the limit of 1 MB"):
        read_bytes(b"{" * (2**20 + 1), "a.ipynb", max_bytes=2**20)


V3 = {
    "metadata": {"name": "old"},
    "nbformat": 3,
    "nbformat_minor": 0,
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 2, "source": ["Hi"], "metadata": {}},
                {
                    "cell_type": "code",
                    "input": ["a = 1\n", "a"],
                    "language": "python",
                    "collapsed": False,
                    "prompt_number": 3,
                    "metadata": {},
                    "outputs": [{"output_type": "pyout", "prompt_number": 3, "text": ["1"], "metadata": {}}],
                },
            ],
            "metadata": {},
        }
    ],
}


def test_format_3_is_upgraded_for_reading_only() -> None:
    data = json.dumps(V3).encode()
    found = read_bytes(data, "old.ipynb")
    assert [cell.source for cell in found.cells] == ["## Hi", "a = 1\na"]
    assert found.cells[1].outputs[0].data == {"text/plain": "1"}
    assert [cell.id for cell in found.cells] == [None, None]
    assert "format 3" in found.read_only
    assert found == read_bytes(data, "old.ipynb")


@pytest.mark.parametrize("worksheets", [3, [{"cells": 3}], [{"cells": [{"cell_type": "code"}]}], None])
def test_a_damaged_format_3_is_refused(worksheets: object) -> None:
    assert "damaged notebook of format 3" in refusal(json.dumps(V3 | {"worksheets": worksheets}).encode())


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mit Leerzeichen é.ipynb"
    path.write_bytes(notebook(code("x")))
    assert read_file(path).cells[0].source == "x"


def test_a_missing_file_a_folder_and_a_large_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        load_file(tmp_path / "none.ipynb")
    with pytest.raises(UserError, match="is a folder"):
        load_file(tmp_path)
    with pytest.raises(UserError, match="not a usable path"):
        load_file(Path("a\0b"))
    large = tmp_path / "large.ipynb"
    with large.open("wb") as file:
        file.truncate(200 * 2**20)  # sparse: nothing is written, and nothing must be read
    started = time.perf_counter()
    with pytest.raises(UserError, match="larger than the limit of 128 MB \\(200 MB\\)"):
        load_file(large)
    assert time.perf_counter() - started < 0.5


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.ipynb"
    path.write_bytes(notebook())
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        with pytest.raises(UserError, match="may not be read"):
            load_file(path)
    else:
        pytest.skip("this user may read everything")


def test_reading_format_4_does_not_import_nbformat() -> None:
    program = (
        "import sys; from nbreview.notebook.reader import read_bytes; "
        'read_bytes(b\'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\', "a"); '
        'sys.exit("nbformat" in sys.modules)'
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
PLACES = [
    ("nbformat",),
    ("nbformat_minor",),
    ("metadata",),
    ("metadata", "language_info"),
    ("cells",),
    ("cells", 0),
    *[("cells", 0, key) for key in ("id", "cell_type", "source", "metadata", "outputs", "attachments")],
    ("cells", 0, "execution_count"),
    ("cells", 0, "metadata", "tags"),
    ("cells", 0, "outputs", 0),
    *[("cells", 0, "outputs", 0, key) for key in ("output_type", "text", "name")],
    *[("cells", 0, "outputs", 1, key) for key in ("data", "metadata")],
    ("cells", 0, "outputs", 1, "data", "text/plain"),
    *[("cells", 0, "outputs", 2, key) for key in ("ename", "evalue", "traceback")],
]


@given(place=st.sampled_from(PLACES), value=JSON)
def test_any_value_anywhere_is_read_and_compared_or_refused_in_one_sentence(
    place: tuple[str | int, ...], value: object
) -> None:
    cell = code("x", id="a", outputs=[stream("a"), display(text_plain="b"), error("E", "v", ["t"])])
    whole: Any = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    plain = read_bytes(json.dumps(whole).encode(), "plain.ipynb")
    target = whole
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    try:
        found = read_bytes(json.dumps(whole).encode(), "odd.ipynb")
    except UserError as refused:
        assert refused.message.startswith("odd.ipynb")
        return
    json.dumps(diff_record(diff_notebooks(plain, found), "a", "b"), allow_nan=False)
    assert all(isinstance(tag, str) for each in found.cells for tag in each.tags)
