"""Two columns on a terminal."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.text import render_diff
from tests.builders import code, notebook, stream


def printed(base: bytes, head: bytes, width: int, context_lines: int = 3, color: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=color, color_system="256" if color else None)
    diff = diff_notebooks(read_bytes(base, "base"), read_bytes(head, "head"))
    render_diff(diff, "old", "new", console, context_lines, width=width)
    return out.getvalue()


def test_old_and_new_lines_stand_beside_each_other_with_their_numbers() -> None:
    base = notebook(code("import os\nrate = 0.1\nold()\nend()"))
    head = notebook(code("import os\nrate = 0.2\nend()\nnew()"))
    rows = [row.rstrip() for row in printed(base, head, 60).split("\n")]
    assert rows[4:9] == [
        "  1   import os               │ 1   import os",
        "  2 − rate = 0.1              │ 2 + rate = 0.2",
        "  3 − old()                   │",
        "  4   end()                   │ 3   end()",
        "                              │ 4 + new()",
    ]


@pytest.mark.parametrize("width", [40, 41, 80, 121])
def test_no_row_is_wider_than_the_terminal_whatever_it_holds(width: int) -> None:
    base = notebook(code("漢字" * 60 + "\n\tx = 1\n" + "e\u0301" * 50), code("same()"))
    head = notebook(code("漢字" * 59 + "宇宙\n\t\tx = 2\n" + "e\u0301" * 49), code("same()"))
    rows = printed(base, head, width).split("\n")
    lines = [row for row in rows if "│" in row]
    assert len(lines) > 6
    assert all(cell_len(row) <= width for row in lines)
    assert len({cell_len(row.split("│")[0]) for row in lines}) == 1


def test_a_wrapped_line_loses_nothing() -> None:
    base, head = "".join(f"word{n} " for n in range(40)), "".join(f"word{n} " for n in range(1, 41))
    rows = [row for row in printed(notebook(code(base)), notebook(code(head)), 50).split("\n") if "│" in row]
    columns = [row.split(" │ ") for row in rows]
    assert "".join(left[6:] for left, _ in columns).replace(" ", "") == base.replace(" ", "")
    assert "".join(right[4:] for _, right in columns).replace(" ", "") == head.replace(" ", "")


def test_words_are_marked_in_both_columns() -> None:
    text = printed(notebook(code("rate = 0.1  # slow")), notebook(code("rate = 0.2  # slow")), 80, color=True)
    assert text.count("\x1b[7;") == 2


def test_what_stands_on_one_side_stands_in_its_column() -> None:
    text = printed(notebook(code("gone()\nx"), code("same")), notebook(code("same"), code("come()")), 60)
    rows = [row.rstrip() for row in text.split("\n")]
    assert "  1 − gone()                  │" in rows
    assert "                              │ 1 + come()" in rows


def test_outputs_fold_and_have_columns_too() -> None:
    old = "".join(f"epoch {n}\n" for n in range(30))
    base = notebook(code("fit()", outputs=[stream(old)]))
    head = notebook(code("fit()", outputs=[stream(old.replace("epoch 20", "epoch twenty"))]))
    text = printed(base, head, 80, 1)
    assert "    ⋯ 19 unchanged lines\n" in text
    assert "20   epoch 19" in text
    assert "21 − epoch 20" in text
    assert "21 + epoch twenty" in text


def test_a_terminal_that_is_too_narrow_is_taken_for_a_wider_one() -> None:
    assert printed(notebook(code("a")), notebook(code("b" * 30)), 1) == printed(
        notebook(code("a")), notebook(code("b" * 30)), 40
    )
