"""What is copied is what stands there, on one side, without signs."""

from nbreview.diff.model import EditKind
from nbreview.gui.diff.selection import Caret, Selection, selected_text
from nbreview.presentation.lines import EvenRows, LineRow, Lines
from nbreview.presentation.rows import Block, BlockKind, FoldKey, FoldKind

FOLD = LineRow(EditKind.EQUAL, None, None, fold=FoldKey(FoldKind.LINES, 0, 1), hidden=2)
FOLDED = Lines(
    ("a", "b", "c", "dd"),
    ("a", "b", "c", "ee", "f"),
    (
        LineRow(EditKind.EQUAL, 0, 0),
        FOLD,
        LineRow(EditKind.REPLACE, 3, 3),
        LineRow(EditKind.INSERT, None, 4),
    ),
)
OUTPUT = Lines((), ("out",), EvenRows(EditKind.INSERT, 1), numbered=False)
BLOCKS = [
    Block(BlockKind.HEADER, 0),
    Block(BlockKind.SOURCE, 0, 4),
    Block(BlockKind.OUTPUT, 0, 1, 0),
    Block(BlockKind.HEADER, 1),
    Block(BlockKind.SOURCE, 1, 4),
]


def copied(start: tuple[int, int, int], end: tuple[int, int, int], *, head: bool) -> str:
    selection = Selection(Caret(*start), Caret(*end), head)
    return selected_text(selection, BLOCKS, lambda number: OUTPUT if number == 2 else FOLDED)


def test_part_of_a_line() -> None:
    assert copied((1, 2, 1), (1, 2, 2), head=True) == "e"


def test_the_direction_of_the_drag_does_not_matter() -> None:
    assert copied((1, 3, 1), (1, 2, 1), head=True) == "e\nf"


def test_folded_lines_are_copied() -> None:
    assert copied((1, 0, 0), (1, 2, 1), head=False) == "a\nb\nc\nd"


def test_rows_that_a_side_lacks_give_nothing() -> None:
    assert copied((1, 2, 0), (1, 3, 5), head=False) == "dd"


def test_across_cells_only_source_counts() -> None:
    assert copied((1, 3, 0), (4, 0, 1), head=True) == "f\na"


def test_an_output_can_be_copied_by_itself() -> None:
    assert copied((2, 0, 0), (2, 0, 3), head=True) == "out"


def test_columns_of_a_row() -> None:
    selection = Selection(Caret(1, 2, 3), Caret(1, 4, 5), True)
    assert selection.columns_in(1, 1, 9) is None
    assert selection.columns_in(1, 2, 9) == (3, 9)
    assert selection.columns_in(1, 3, 9) == (0, 9)
    assert selection.columns_in(1, 4, 2) == (0, 2)
    assert selection.columns_in(2, 3, 9) is None
