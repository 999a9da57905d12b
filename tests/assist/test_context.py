"""What the model is shown: whole cells within the budget, and an account of what was left out."""

from nbreview.assist.context import Order, fenced, pack
from nbreview.assist.shown import PackedContext
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from tests.builders import code, error, markdown, notebook


def book(*cells: dict) -> Notebook:
    return read_bytes(notebook(*cells), "x.ipynb")


def count(text: str) -> int:
    return len(text.split())


def shown(packed: PackedContext) -> dict[int, str]:
    return {cell.index: cell.why for cell in packed.shown}


BOOK = book(
    markdown("# Title\nA long story about the data."),
    code("import numpy as np", count=1),
    code("raw = np.zeros(3)", count=2),
    code("unrelated = 1\n" + "unrelated += 1\n" * 20, count=3),
    code("clean = raw * 2", count=4),
    code("print(clean)", count=5),
    code("after = clean", count=6),
)


def test_everything_is_shown_in_order_when_it_fits() -> None:
    packed = pack(BOOK, 5, 10_000, count)
    assert sorted(shown(packed)) == [0, 1, 2, 3, 4, 5, 6]
    places = [
        packed.cells.index(text)
        for text in ("# Title", "import numpy", "raw =", "unrelated", "clean =", "after")
    ]
    assert places == sorted(places)
    assert packed.target == "## Cell 6\n```python\nprint(clean)\n```"
    assert packed.left_out == () and not packed.cut
    assert packed.summary == f"Shown: 7 cells, {packed.tokens} tokens."


def test_what_defines_the_names_in_use_comes_before_what_is_merely_near() -> None:
    packed = pack(BOOK, 5, 45, count)
    assert shown(packed)[4] == "defines clean"
    assert shown(packed)[2] == "defines raw"
    assert shown(packed)[1] == "defines np"
    assert 3 not in shown(packed)
    assert packed.tokens <= 45
    assert [cell.index for cell in packed.left_out] == [3]
    assert "Left out for length: cell 4 (6" in packed.summary


def test_a_library_that_the_cell_imports_makes_no_cell_below_a_use_of_it() -> None:
    target = code("import pandas as pd\nframe = pd.DataFrame()")
    found = shown(
        pack(book(code("a = 1"), target, code("b"), code("pd.options"), code("frame.head()")), 1, 999, count)
    )
    assert found == {0: "beside it", 1: "target", 2: "beside it", 3: "nearby", 4: "uses frame"}


def test_a_cell_of_imports_comes_before_work_that_begins_with_one() -> None:
    work = code("import csv\nrows = []\n" + "rows.append(1)\n" * 20)
    one = book(work, code("import os\nimport sys\nx = 1"), code("pass"), code("print(2)"), code("pass # 3"))
    packed = pack(one, 3, 40, count)
    assert shown(packed)[1] == "imports" and shown(packed)[2] == "beside it"
    assert [(cell.index, cell.why) for cell in packed.left_out] == [(0, "nearby")]
    assert {part.kind for part in packed.parts} >= {"imports", "neighbours"}


def test_of_a_markdown_cell_only_headings_are_shown() -> None:
    packed = pack(BOOK, 5, 10_000, count)
    assert "# Title" in packed.cells and "story" not in packed.cells


def test_around_a_markdown_cell_the_prose_is_shown() -> None:
    packed = pack(book(markdown("Words before."), markdown("# Here")), 1, 1_000, count)
    assert "Words before." in packed.cells and packed.target_label == "Cell 2 (markdown)"


def test_the_nearest_definition_is_taken() -> None:
    packed = pack(book(code("a = 1"), code("a = 2"), code("print(a)"), code("a = 3")), 2, 21, count)
    assert shown(packed)[1] == "defines a"
    assert 3 not in shown(packed)


def test_a_target_larger_than_the_budget_is_cut_and_says_so() -> None:
    packed = pack(book(code("\n".join(f"line {i}" for i in range(100)))), 0, 60, count)
    assert packed.cut
    assert "lines of this cell are left out for length" in packed.target
    assert "line 0\n" in packed.target and "line 99" in packed.target
    assert packed.tokens <= 60
    assert "was cut" in packed.summary


def test_the_saved_error_is_shown_for_an_edit() -> None:
    one = book(
        code(
            "1 / 0",
            outputs=[
                error("ZeroDivisionError", "division by zero", ["\x1b[31mZeroDivisionError\x1b[0m: no"])
            ],
        )
    )
    assert "ZeroDivisionError: no" in pack(one, 0, 1_000, count).error
    assert pack(one, 0, 1_000, count, Order.EXECUTED).error == ""


def test_for_a_crash_the_executed_cells_come_in_the_order_of_execution() -> None:
    one = book(
        code("late = 1", count=3),
        markdown("# No code"),
        code("early = 1", count=1),
        code("never = 1"),
        code("late + early"),
    )
    packed = pack(one, 4, 1_000, count, Order.EXECUTED)
    assert packed.cells.index("early = 1") < packed.cells.index("late = 1")
    assert "never" not in packed.cells and "No code" not in packed.cells


def test_a_cell_that_ran_sees_only_what_ran_before_it() -> None:
    packed = pack(BOOK, 4, 1_000, count, Order.EXECUTED)
    assert "print(clean)" not in packed.cells and "raw =" in packed.cells


def test_where_nothing_ran_the_cells_above_are_taken_as_run() -> None:
    packed = pack(book(code("a = 1"), code("a"), code("b = 1")), 1, 1_000, count, Order.EXECUTED)
    assert "a = 1" in packed.cells and "b = 1" not in packed.cells


def test_prompts_of_neighbouring_cells_begin_alike() -> None:
    first = pack(BOOK, 4, 10_000, count, Order.EXECUTED).cells
    second = pack(BOOK, 5, 10_000, count, Order.EXECUTED).cells
    assert second.startswith(first)


def test_without_other_cells_it_says_none() -> None:
    assert pack(book(code("a")), 0, 100, count).cells == "(none)"


def test_a_fence_is_longer_than_those_inside() -> None:
    assert fenced("```\nx\n```", "md") == "````md\n```\nx\n```\n````"
