"""A changed notebook keeps every byte that did not change."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.errors import UserError
from nbreview.notebook.reader import read_bytes
from nbreview.notebook.splicing import File, rewrite, shaped_like
from tests.builders import code, display, markdown, notebook, stream

TEXTS = st.text(alphabet=st.sampled_from('ab"\\\n\u00e9\u2028\x1b{}[],: '), max_size=8)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False), TEXTS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc\u00e9"), inner, max_size=3)
    ),
    max_leaves=8,
)
TREES = st.dictionaries(st.sampled_from(["cells", "metadata", "x", "y"]), VALUES, max_size=4)


def layouts(value: dict[str, Any]) -> list[bytes]:
    """One value as different programs write it."""
    plain = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    return [
        plain.encode(),
        json.dumps(value, indent=2, ensure_ascii=True).encode(),
        json.dumps(value, indent="\t", ensure_ascii=False).encode() + b"\n\n",
        json.dumps(value, ensure_ascii=False).encode(),
        json.dumps(value, separators=(",", ":")).encode(),
        b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode(),
        json.dumps(value, indent=0).encode(),
    ]


def parsed(data: bytes) -> Any:
    return json.loads(data.decode("utf-8-sig"))


def file(data: bytes) -> File:
    return File(data, read_bytes(data, "a.ipynb").raw)


@given(old=TREES, new=TREES)
def test_whatever_is_written_reads_back_with_its_key_order(old: dict[str, Any], new: dict[str, Any]) -> None:
    for data in layouts(old):
        for other in (None, *layouts(new)[:2]):
            origins = () if other is None else (File(other, value := parsed(other)),)
            wanted = copy.deepcopy(new) if other is None else {**value}
            written = rewrite(File(data, parsed(data)), wanted, "a", origins)
            assert json.dumps(parsed(written)) == json.dumps(new)
            assert written.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
            assert (b"\r\n" in written) <= (b"\r\n" in data)


@given(old=TREES)
def test_nothing_changed_is_nothing_written(old: dict[str, Any]) -> None:
    for data in layouts(old):
        assert rewrite(File(data, parsed(data)), copy.deepcopy(old), "a") == data


CELLS = st.lists(st.integers(0, 9), max_size=6)


@given(old=CELLS, new=CELLS)
def test_cells_are_inserted_removed_and_moved_as_jupyter_would_have_saved_them(
    old: list[int], new: list[int]
) -> None:
    def cells(numbers: list[int]) -> list[dict[str, Any]]:
        made = [code(f"x = {n}\ny = 'é'", outputs=[stream(f"{n}\n")], id=f"id{n}") for n in numbers]
        return [parsed(json.dumps(cell, sort_keys=True).encode()) for cell in made]

    data = notebook(*cells(old))
    assert rewrite(file(data), {**file(data).value, "cells": cells(new)}, "a") == notebook(*cells(new))


def test_outputs_and_metadata_of_one_cell_leave_the_rest_alone() -> None:
    data = notebook(
        markdown("# Title"), code("a", outputs=[stream("1\n"), display(text_plain="2")], tags=["x"])
    )
    value = file(data).value
    cell = value["cells"][1]
    changed = {
        **cell,
        "outputs": [cell["outputs"][1], stream("3\n")],
        "metadata": {"tags": ["x", "y"], "new": {"deep": [1, {}]}},
    }
    written = rewrite(file(data), {**value, "cells": [value["cells"][0], changed]}, "a")
    expected = notebook(
        markdown("# Title"), code("a", outputs=[display(text_plain="2"), stream("3\n")], tags=["x", "y"])
    )
    expected = expected.replace(
        b'"y"\n    ]\n   }',
        b'"y"\n    ],\n    "new": {\n     "deep": [\n      1,\n      {}\n     ]\n    }\n   }',
    )
    assert parsed(written) == parsed(expected)
    kept = data[: data.index(b'"tags"')]
    assert written.startswith(kept)
    assert b'"deep": [\n      1,\n      {}\n     ]' in written


def test_cells_from_another_file_keep_their_digits_and_take_the_layout() -> None:
    base = notebook(code("a"))
    head = json.dumps(
        json.loads(notebook(code("a"), code("bé", n=[1]))), indent=4, ensure_ascii=True
    ).encode()
    head = head.replace(
        b"                    1\n", b"                    1.50E+2, 123456789012345678901234567890\n"
    )
    other = file(head)
    written = rewrite(file(base), {**file(base).value, "cells": other.value["cells"]}, "a", [other])
    assert b"     1.50E+2,\n     123456789012345678901234567890\n    ]" in written
    assert "bé".encode() in written
    assert written.count(b"    \n") == 0


def test_a_cell_from_a_file_of_the_same_layout_is_copied_byte_for_byte() -> None:
    base = notebook(code("a"), code("z"))
    head = notebook(code("a"), code("b\\u00e9", n=[0.5]), code("z")).replace(b"0.5", b"5E-1 ")
    other = file(head)
    own = file(base)
    cells = [own.value["cells"][0], other.value["cells"][1], own.value["cells"][1]]
    assert rewrite(own, {**own.value, "cells": cells}, "a", [other]) == head


def test_odd_white_space_between_untouched_cells_stays() -> None:
    data = (
        b'{"nbformat": 4, "cells": [ {"cell_type":"raw", "source":"a"} ,{"cell_type":"raw","source" : "b"}\n'
        b',   {"cell_type":"raw","source":"c"}]  }'
    )
    value = file(data).value
    cells = [*value["cells"][:2], {"cell_type": "raw", "source": "new"}, value["cells"][2]]
    written = rewrite(file(data), {**value, "cells": cells}, "a")
    assert parsed(written)["cells"] == cells
    assert data[: data.index(b"\n")] in written
    assert b'{"cell_type":"raw","source":"c"}]  }' in written


def test_of_repeated_keys_the_last_one_counts() -> None:
    data = b'{"cells": [1], "nbformat": 4, "cells": [2, 3]}'
    held = {"cells": [2, 3], "nbformat": 4}
    assert rewrite(File(data, held), {**held, "cells": [3]}, "a") == data.replace(b"[2, 3]", b"[3]")
    assert parsed(rewrite(File(data, held), {"cells": [2, 3]}, "a")) == {"cells": [2, 3]}


def test_a_changed_line_keeps_the_escapes_of_its_neighbours() -> None:
    data = b'{"nbformat": 4, "cells": [{"cell_type": "raw", "source": ["\\u0061\\n", "b\\n", "c"]}]}'
    value = file(data).value
    cell = {**value["cells"][0], "source": ["a\n", "new\n", "c"]}
    assert rewrite(file(data), {**value, "cells": [cell]}, "a") == data.replace(b'"b\\n"', b'"new\\n"')


@pytest.mark.parametrize(
    ("held", "source", "expected"),
    [
        ("a", "b\nc", "b\nc"),
        (["a"], "b\nc", ["b\n", "c"]),
        ([], "b\u2028c", ["b\u2028", "c"]),
        (["a\u2028b\n", "c"], "d\u2028e\nf", ["d\u2028e\n", "f"]),
        (None, "a", ["a"]),
    ],
)
def test_a_source_is_shaped_as_the_old_one(held: Any, source: str, expected: Any) -> None:
    assert shaped_like(held, source) == expected


def test_what_cannot_be_written_is_refused() -> None:
    data = notebook(code("a"))
    with pytest.raises(UserError, match="half of a surrogate pair"):
        rewrite(file(data), {**file(data).value, "cells": [markdown("\ud800")]}, "a")
    with pytest.raises(UserError, match="is not a notebook that can be changed"):
        rewrite(File(b"{", {}), {"a": 1}, "a")
    with pytest.raises(UserError, match="is not a notebook that can be changed"):
        rewrite(File(data, {"cells": [1, 2, 3, 4]}), {"cells": [4, 3]}, "a")


def test_ten_thousand_cells_are_matched_without_comparing_all_with_all() -> None:
    data = notebook(*(code(f"x = {n}") for n in range(10_000)))
    cells = [code(f"y = {n}") for n in range(10_000)]
    written = rewrite(file(data), {**file(data).value, "cells": cells}, "a")
    assert written == notebook(*cells)
