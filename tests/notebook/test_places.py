"""The lines of cells are found in the file as it is laid out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.notebook.places import source_places
from nbreview.notebook.reader import read_bytes

_HEAD = {"metadata": {}, "nbformat": 4, "nbformat_minor": 4}


def _file(*sources: object, indent: int | None = 1) -> bytes:
    cells = [{"cell_type": "raw", "metadata": {}, "source": source} for source in sources]
    return json.dumps({"cells": cells, **_HEAD}, indent=indent).encode()


def test_a_line_of_a_cell_is_a_line_of_the_file() -> None:
    data = _file(["a = 1\n", "b = 2"], ["c\n"])
    text = data.decode().split("\n")
    first, second = source_places(data)
    assert [text[line - 1].strip(' ,"') for line in first] == ["a = 1\\n", "b = 2"]
    assert text[second[0] - 1].strip(' ,"') == "c\\n" and len(second) == 2


@given(st.lists(st.text(alphabet='ab\n\r"\\é', max_size=12), max_size=4), st.sampled_from([None, 1, "\t"]))
def test_every_line_of_every_source_has_a_place(sources: list[str], indent: int | None) -> None:
    split = [source.splitlines(keepends=True) for source in sources]
    for shape in (sources, split):
        data = _file(*shape, indent=indent)
        places = source_places(data)
        cells = read_bytes(data, "x.ipynb").cells
        assert [len(lines) for lines in places] == [cell.source.count("\n") + 1 for cell in cells]
        assert all(list(lines) == sorted(lines) for lines in places)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"cells": {}}', b"\xff", b'{"cells": [1]}'])
def test_what_is_no_notebook_has_no_places(data: bytes) -> None:
    assert source_places(data) == ()
