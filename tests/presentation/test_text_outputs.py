"""Outputs on a terminal, each as what it is."""

from typing import Any

import pytest

from nbreview.diff.model import (
    ChangeKind,
    ErrorDiff,
    FrameChange,
    ImageDiff,
    OutputCategory,
    OutputChange,
    TableDiff,
    TreeChange,
)
from nbreview.notebook.model import Output
from nbreview.notebook.reader import read_bytes
from nbreview.notebook.tables import Table, TableCell
from nbreview.presentation.hunks import OneColumn
from nbreview.presentation.ink import Ink
from nbreview.presentation.text_outputs import add_output
from tests.builders import code, display, error, notebook


def output(value: dict[str, Any]) -> Output:
    return read_bytes(notebook(code("x", outputs=[value])), "n").cells[0].outputs[0]


def said(change: OutputChange, base: Output | None = None, head: Output | None = None) -> str:
    plain = output(display(text_plain="x"))
    text = Ink()
    add_output(text, change, [base or plain], [head or plain], OneColumn())
    return text.plain


def modified(category: OutputCategory, **fields: Any) -> OutputChange:
    return OutputChange(ChangeKind.MODIFIED, category, 0, 0, **fields)


def frame(*rows: str, index: bool = True) -> Table:
    """A table as pandas writes it: a row of headers, and an index at the left; cells parted by spaces."""
    return Table(
        tuple(
            tuple(
                TableCell(text.strip("."), number == 0 or (index and place == 0))
                for place, text in enumerate(row.split(" "))
            )
            for number, row in enumerate(rows)
        )
    )


def test_a_changed_cell_of_a_table_is_named_by_row_and_column() -> None:
    base, head = frame(". loss acc", "0 0.5 1", "3 0.31 2"), frame(". loss acc", "0 0.5 1", "3 0.28 2")
    pairs = ((0, 0), (1, 1), (2, 2))
    table = TableDiff(base, head, pairs, pairs, frozenset({(2, 1)}))
    assert said(modified(OutputCategory.TABLE, table=table)).endswith("    ≠ row 3, “loss”: 0.31 → 0.28\n")


def test_a_table_without_names_is_counted_from_one() -> None:
    base, head = frame("a b", "1 2", index=False), frame("a b", "1 3", index=False)
    pairs = ((0, 0), (1, 1))
    table = TableDiff(base, head, pairs, pairs, frozenset({(1, 1)}))
    assert "≠ row 1, “b”: 2 → 3" in said(modified(OutputCategory.TABLE, table=table))


def test_rows_and_columns_that_came_and_went_have_their_sign() -> None:
    base, head = frame(". loss old", "0 0.5 1", "1 0.4 2"), frame(". loss new", "0 0.5 1", "2 0.3 9")
    rows = ((0, 0), (1, 1), (2, None), (None, 2))
    columns = ((0, 0), (1, 1), (2, None), (None, 2))
    text = said(modified(OutputCategory.TABLE, table=TableDiff(base, head, rows, columns, frozenset(), True)))
    assert "    − column “old”\n    + column “new”\n    − row 1: 0.4, 2\n    + row 2: 0.3, 9\n" in text
    assert "compared roughly" in text


def test_many_changes_of_a_table_are_cut_and_counted() -> None:
    base, head = frame(". v", *(f"{n} 1" for n in range(50))), frame(". v", *(f"{n} 2" for n in range(50)))
    pairs = tuple((n, n) for n in range(51))
    table = TableDiff(base, head, pairs, ((0, 0), (1, 1)), frozenset((n, 1) for n in range(1, 51)))
    text = said(modified(OutputCategory.TABLE, table=table))
    assert text.count("“v”") == 12
    assert text.endswith("    ⋯ 38 more changes\n")


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (ImageDiff((640, 480), (640, 480), 0.125), "640×480, 12.5 % of the pixels differ"),
        (ImageDiff((640, 480), (800, 600), 0.4), "640×480 → 800×600, 40.0 % of the pixels differ"),
        (ImageDiff((9, 9), (9, 9), 0.0001), "9×9, less than 0.1 % of the pixels differ"),
        (ImageDiff(None, (9, 9), 1.0), "not readable → 9×9"),
        (ImageDiff((9, 9), (9, 9), 0.0, coarse=True), "9×9\n    (large output: compared roughly)"),
    ],
)
def test_a_picture_says_its_size_and_how_much_differs(image: ImageDiff, words: str) -> None:
    assert said(modified(OutputCategory.IMAGE, image=image)).endswith(f"    ≠ {words}\n")


def test_an_error_says_type_message_and_the_first_frame_that_differs() -> None:
    frames = (
        FrameChange(ChangeKind.UNCHANGED, "same", "same"),
        FrameChange(ChangeKind.MODIFIED, "line 3\n  a()", "line 4\n  b()"),
        FrameChange(ChangeKind.ADDED, None, "deeper"),
    )
    text = said(
        modified(OutputCategory.ERROR, error=ErrorDiff(True, True, frames)),
        output(error("ValueError", "bad")),
        output(error("KeyError", "worse")),
    )
    assert text.endswith(
        "    ≠ type: ValueError → KeyError\n"
        "    ≠ message: bad → worse\n"
        "    − line 3\n    −   a()\n    + line 4\n    +   b()\n"
        "    ≠ 1 more frame of the traceback\n"
    )


def test_a_tree_names_each_leaf_by_its_path() -> None:
    tree = (
        TreeChange(("layout", "title"), ChangeKind.MODIFIED, "a", "b"),
        TreeChange(("data", 0, "x"), ChangeKind.ADDED, None, [1, 2]),
        TreeChange((), ChangeKind.REMOVED, 1),
    )
    assert said(modified(OutputCategory.JSON, tree=tree)).endswith(
        '    ≠ layout.title: "a" → "b"\n    + data[0].x: [1, 2]\n    − value: 1\n'
    )


def test_values_cannot_drive_the_terminal_or_fill_it() -> None:
    tree = (TreeChange(("\x1b[2J",), ChangeKind.MODIFIED, "x" * 900, "\u202e"),)
    text = said(modified(OutputCategory.JSON, tree=tree))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert len(text) < 200
