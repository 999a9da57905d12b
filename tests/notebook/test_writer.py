"""Writing changes one value and leaves every other byte alone."""

import json
import os
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.errors import UserError
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.notebook.writer import replace_source, write_atomic
from tests.builders import code, display, markdown, notebook

SOURCES = st.text(
    alphabet=st.one_of(
        st.sampled_from('ab "\\/\n\r\t\x0c\x1b\u2028\u00e9\U0001f600'),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


def layouts(value: dict[str, Any]) -> list[bytes]:
    """One notebook as different programs write it."""
    jupyter = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    return [
        jupyter.encode(),
        json.dumps(value, indent=2, ensure_ascii=True).encode(),
        json.dumps(value, indent="\t", ensure_ascii=False).encode() + b"\n\n",
        json.dumps(value).encode(),
        json.dumps(value, separators=(",", ":")).encode(),
        b"\xef\xbb\xbf" + jupyter.replace("\n", "\r\n").encode(),
    ]


def sources(found: Notebook) -> list[str]:
    return [cell.source for cell in found.cells]


def without_source(data: bytes, index: int) -> Any:
    """The parsed notebook with one cell's source taken out: what must not change."""
    value = json.loads(data.decode("utf-8-sig"))
    del value["cells"][index]["source"]
    return value


@given(
    olds=st.lists(SOURCES, min_size=1, max_size=3), new=SOURCES, where=st.integers(0, 2), joined=st.booleans()
)
def test_only_that_source_changes_whatever_the_layout(
    olds: list[str], new: str, where: int, joined: bool
) -> None:
    index = where % len(olds)
    cells = [code(old) for old in olds]
    if joined:
        cells = [{**cell, "source": old} for cell, old in zip(cells, olds, strict=True)]
    value = {"cells": cells, "metadata": {"n": 1}, "nbformat": 4, "nbformat_minor": 4}
    for data in layouts(value):
        changed = replace_source(data, index, new, "a.ipynb")
        expected = [new if position == index else old for position, old in enumerate(olds)]
        assert sources(read_bytes(changed, "a.ipynb")) == expected
        assert without_source(changed, index) == without_source(data, index)
        assert changed.startswith(data[: data.index(b'"source"')])
        assert type(json.loads(changed.decode("utf-8-sig"))["cells"][index]["source"]) is (
            str if joined else list
        )


@given(old=SOURCES, new=SOURCES)
def test_replacing_back_gives_the_same_bytes_in_jupyters_layout(old: str, new: str) -> None:
    data = notebook(markdown("# Title"), code(old, id="a"), code("z = 1\nz"))
    changed = replace_source(data, 1, new, "a.ipynb")
    assert changed == notebook(markdown("# Title"), code(new, id="a"), code("z = 1\nz"))
    assert replace_source(changed, 1, old, "a.ipynb") == data


def test_an_equal_source_leaves_the_bytes_alone() -> None:
    data = b'{"nbformat":4, "cells" :[ {"source" : [ "a\\n" ,"\\u0062" ]} ]}'
    assert replace_source(data, 0, "a\nb", "a") == data


def test_numbers_of_any_size_and_odd_fields_survive() -> None:
    data = notebook(code("x"), code("y")).replace(
        b'"metadata": {}', b'"metadata": {"n": 123456789012345678901234567890.10e5, "v": NaN}'
    )
    data = data.replace(b'"nbformat": 4', b'"z": ' + b"9" * 6000 + b', "nbformat": 4')
    changed = replace_source(data, 1, "changed", "a")
    assert changed == data.replace(b'"y"', b'"changed"')


def test_of_repeated_keys_the_last_one_is_changed_as_readers_see_it() -> None:
    data = (
        b'{"cells": [], "nbformat": 4, "cells": [{"cell_type": "raw", "source": "a", "s\\u006furce": "b"}]}'
    )
    changed = replace_source(data, 0, "c", "a")
    assert changed == data.replace(b'"b"', b'"c"')
    assert read_bytes(changed, "a").cells[0].source == "c"


def test_escapes_are_written_where_the_file_writes_them() -> None:
    plain = notebook(code("x = 1"), markdown("caf\u00e9"))
    assert "\u00fcber".encode() in replace_source(plain, 0, "\u00fcber", "a")
    escaped = json.dumps(json.loads(plain)).encode()
    assert b"\\u00fcber" in replace_source(escaped, 0, "\u00fcber", "a")
    ascii_only = notebook(code("print('\\u00e9 and \x1b')"), code("x"))
    assert "\u00fcber".encode() in replace_source(ascii_only, 1, "\u00fcber", "a")


def test_a_large_output_before_the_cell_is_not_touched() -> None:
    data = notebook(code("a", outputs=[display(image_png="A" * 100_000)]), code("b"))
    assert replace_source(data, 1, "c", "a") == data.replace(b'"b"', b'"c"')


def test_a_notebook_of_twenty_megabytes_is_changed_quickly() -> None:
    data = notebook(*(code("a", outputs=[display(image_png="A" * 200_000)]) for _ in range(100)), code("b"))
    started = time.process_time()
    assert replace_source(data, 100, "c", "a") == data.replace(b'"b"', b'"c"')
    assert time.process_time() - started < 1.5


@pytest.mark.parametrize(
    ("data", "index", "said"),
    [
        (notebook(code("x")), 1, "has no cell 2"),
        (notebook(code("x")), -1, "has no cell 0"),
        (notebook(), 0, "has no cell 1"),
        (b'{"nbformat": 3, "worksheets": []}', 0, "no list of cells"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code"}]}', 0, "has no source"),
        (b'{"nbformat": 4, "cells": [{"source": ["a", 1]}]}', 0, "is damaged"),
        (b'{"nbformat": 4, "cells": [{"sour', 0, "is not a notebook that can be changed"),
        (b"\xff", 0, "is not a notebook that can be changed"),
        (b"[1]", 0, "is not a notebook that can be changed"),
        (b"[" * 100_000, 0, "is not a notebook that can be changed"),
    ],
)
def test_what_cannot_be_changed_is_refused(data: bytes, index: int, said: str) -> None:
    with pytest.raises(UserError, match=said):
        replace_source(data, index, "new", "a.ipynb")


def test_half_a_surrogate_pair_is_not_written() -> None:
    with pytest.raises(UserError, match="half of a surrogate pair"):
        replace_source(notebook(code("x")), 0, "\ud800", "a.ipynb")


# --- files --------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_gets_the_ordinary_mode(tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.write_bytes(b"")
    write_atomic(tmp_path / "new.ipynb", b"x")
    assert (tmp_path / "new.ipynb").stat().st_mode == ordinary.stat().st_mode


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "real.ipynb"
    real.write_bytes(b"old")
    link = tmp_path / "link.ipynb"
    link.symlink_to(real)
    write_atomic(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="was not written \\(No space left on device\\)"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no ordinary file"):
        write_atomic(tmp_path, b"x")
    with pytest.raises(UserError, match="was not written"):
        write_atomic(tmp_path / "none" / "a.ipynb", b"x")


def test_a_very_long_name_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 120 + ".ipynb")  # 246 bytes, close to what a name may hold
    write_atomic(path, b"x")
    assert path.read_bytes() == b"x"
