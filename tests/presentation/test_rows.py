"""A diff becomes blocks: what folds, what is shown, and that it costs no line that nobody sees."""

import time
from dataclasses import replace

from nbreview.diff.model import (
    CellChange,
    ChangeKind,
    EditKind,
    LineEdit,
    MetadataChange,
    NotebookDiff,
    OutputCategory,
    OutputChange,
    TextDiff,
)
from nbreview.notebook.model import EMPTY, Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.rows import (
    LONG_OUTPUT,
    SHOWN_OF_LONG_OUTPUT,
    Block,
    BlockKind,
    ViewOptions,
    build_blocks,
    count_lines,
    folded_runs,
)
from tests.builders import code, error, markdown, notebook, stream

SAME, CHANGED, MOVED = ChangeKind.UNCHANGED, ChangeKind.MODIFIED, ChangeKind.MOVED
ADDED, REMOVED = ChangeKind.ADDED, ChangeKind.REMOVED
HEADER, SOURCE, PROSE, OUTPUT = BlockKind.HEADER, BlockKind.SOURCE, BlockKind.PROSE, BlockKind.OUTPUT
FOLD, GHOST, METADATA = BlockKind.FOLD, BlockKind.GHOST, BlockKind.METADATA


def read(*cells: dict[str, object]) -> Notebook:
    return read_bytes(notebook(*cells), "test.ipynb")


def replaced(*numbers: int, of: int) -> TextDiff:
    """A diff of two texts of `of` lines in which the given lines differ."""
    kinds = (EditKind.REPLACE if number in numbers else EditKind.EQUAL for number in range(of))
    edits = tuple(LineEdit(kind, number, number) for number, kind in enumerate(kinds))
    lines = tuple(map(str, range(of)))
    return TextDiff(lines, lines, edits)


def diff_of(cells: Notebook, *changes: CellChange, **fields: object) -> NotebookDiff:
    return NotebookDiff(cells, cells, changes, **fields)  # type: ignore[arg-type]


def kinds(blocks: list[Block]) -> list[BlockKind]:
    return [block.kind for block in blocks]


def test_nothing_becomes_nothing() -> None:
    assert build_blocks(NotebookDiff(EMPTY, EMPTY, ()), ViewOptions()) == []


def test_a_run_of_unchanged_cells_is_one_fold() -> None:
    cells = read(code("a"), code("b"), code("c"), code("d"))
    changes = [CellChange(SAME, number, number) for number in range(4)]
    changes[2] = CellChange(CHANGED, 2, 2, replaced(0, of=1))
    blocks = build_blocks(diff_of(cells, *changes), ViewOptions())
    assert kinds(blocks) == [FOLD, HEADER, SOURCE, FOLD]
    assert [block.hidden for block in blocks if block.kind is FOLD] == [2, 1]


def test_an_opened_fold_shows_its_cells_below_it() -> None:
    cells = read(code("a"), markdown("# b"))
    diff = diff_of(cells, CellChange(SAME, 0, 0), CellChange(SAME, 1, 1))
    (fold,) = build_blocks(diff, ViewOptions())
    assert fold.fold is not None
    blocks = build_blocks(diff, ViewOptions(expanded=frozenset({fold.fold})))
    assert kinds(blocks) == [FOLD, HEADER, SOURCE, HEADER, PROSE]
    assert blocks[0].open


def test_without_folding_every_cell_is_shown() -> None:
    cells = read(code("a"), code("b"))
    diff = diff_of(cells, CellChange(SAME, 0, 0), CellChange(SAME, 1, 1))
    assert kinds(build_blocks(diff, ViewOptions(fold_unchanged=False))) == [HEADER, SOURCE, HEADER, SOURCE]


def test_changed_markdown_is_lines_and_unchanged_markdown_is_prose() -> None:
    cells = read(markdown("# a"), markdown("# b"))
    diff = diff_of(cells, CellChange(ADDED, None, 0), CellChange(CHANGED, 1, 1, replaced(0, of=1)))
    assert kinds(build_blocks(diff, ViewOptions())) == [HEADER, PROSE, HEADER, SOURCE]


def test_an_empty_cell_is_its_header() -> None:
    assert kinds(build_blocks(diff_of(read(code("")), CellChange(ADDED, None, 0)), ViewOptions())) == [HEADER]


def test_unchanged_lines_far_from_a_change_fold() -> None:
    text = replaced(10, of=21)
    assert folded_runs(text.edits, 3) == [(0, 7), (14, 21)]
    assert folded_runs(text.edits, 3, frozenset({14})) == [(0, 7)]
    assert folded_runs(text.edits, 9) == []


def test_a_fold_of_three_lines_would_save_nothing() -> None:
    assert folded_runs(replaced(0, 10, of=11).edits, 3) == []
    assert folded_runs(replaced(0, 11, of=12).edits, 3) == [(4, 8)]


def test_rows_count_what_is_seen() -> None:
    cells = read(code("\n".join(map(str, range(21)))))
    diff = diff_of(cells, CellChange(CHANGED, 0, 0, replaced(10, of=21)))
    assert build_blocks(diff, ViewOptions())[1].rows == 9
    assert build_blocks(diff, ViewOptions(one_column=True))[1].rows == 10
    assert build_blocks(diff, ViewOptions(context_lines=100))[1].rows == 21


def test_the_source_of_a_moved_cell_folds_after_a_few_lines() -> None:
    cells = read(code("\n".join("abcdefghij")))
    blocks = build_blocks(diff_of(cells, CellChange(MOVED, 0, 0)), ViewOptions())
    assert [(block.kind, block.rows) for block in blocks if block.kind is SOURCE] == [(SOURCE, 4)]


def test_a_moved_cell_leaves_a_ghost_where_it_stood() -> None:
    base = read(code("a"), code("b"), code("c"))
    head = read(code("c"), code("a"), code("b"))
    changes = (CellChange(MOVED, 2, 0), CellChange(SAME, 0, 1), CellChange(SAME, 1, 2))
    blocks = build_blocks(NotebookDiff(base, head, changes), ViewOptions())
    assert kinds(blocks) == [HEADER, SOURCE, FOLD, GHOST]
    assert blocks[-1].change == 0


def test_a_ghost_splits_the_fold_that_would_swallow_it() -> None:
    base = read(code("a"), code("x"), code("b"))
    head = read(code("a"), code("b"), code("x"))
    changes = (CellChange(SAME, 0, 0), CellChange(SAME, 2, 1), CellChange(MOVED, 1, 2))
    blocks = build_blocks(NotebookDiff(base, head, changes), ViewOptions())
    assert kinds(blocks) == [FOLD, GHOST, FOLD, HEADER, SOURCE]


def test_outputs_that_stayed_fold_and_those_that_differ_are_shown() -> None:
    cells = read(code("a", outputs=[stream("1\n"), stream("2\n", "stderr"), stream("3\n")]))
    outputs = (
        OutputChange(SAME, OutputCategory.TEXT, 0, 0),
        OutputChange(SAME, OutputCategory.TEXT, 1, 1),
        OutputChange(CHANGED, OutputCategory.TEXT, 2, 2, replaced(0, of=1)),
    )
    diff = diff_of(cells, CellChange(CHANGED, 0, 0, outputs=outputs))
    blocks = build_blocks(diff, ViewOptions())
    assert kinds(blocks) == [HEADER, SOURCE, FOLD, OUTPUT]
    assert blocks[2].hidden == 2
    opened = ViewOptions(expanded=frozenset({blocks[2].fold}))  # type: ignore[arg-type]
    assert kinds(build_blocks(diff, opened)) == [HEADER, SOURCE, FOLD, OUTPUT, OUTPUT, OUTPUT]


def test_hidden_outputs_leave_a_line_where_they_differ() -> None:
    cells = read(code("a", outputs=[stream("1\n")]))
    differing = (OutputChange(CHANGED, OutputCategory.TEXT, 0, 0, replaced(0, of=1)),)
    same = (OutputChange(SAME, OutputCategory.TEXT, 0, 0),)
    hidden = ViewOptions(outputs=False, fold_unchanged=False)
    blocks = build_blocks(diff_of(cells, CellChange(CHANGED, 0, 0, outputs=differing)), hidden)
    assert kinds(blocks) == [HEADER, SOURCE, FOLD]
    assert kinds(build_blocks(diff_of(cells, CellChange(SAME, 0, 0, outputs=same)), hidden)) == [
        HEADER,
        SOURCE,
    ]


def test_a_very_long_output_folds_until_it_is_opened() -> None:
    cells = read(code("a", outputs=[stream("x\n" * 500)]))
    outputs = (OutputChange(ADDED, OutputCategory.TEXT, None, 0),)
    diff = diff_of(cells, CellChange(ADDED, None, 0, outputs=outputs))
    block = build_blocks(diff, ViewOptions())[-1]
    assert (block.kind, block.rows) == (OUTPUT, SHOWN_OF_LONG_OUTPUT + 1)
    assert block.rows < LONG_OUTPUT


def test_metadata_are_a_line_until_they_are_wanted() -> None:
    change = MetadataChange(("tags",), CHANGED, ["a"], ["b"])
    diff = diff_of(read(code("a")), CellChange(CHANGED, 0, 0, metadata=(change,)), metadata=(change, change))
    assert kinds(build_blocks(diff, ViewOptions())) == [FOLD, HEADER, SOURCE, FOLD]
    shown = build_blocks(diff, ViewOptions(metadata=True))
    assert kinds(shown) == [METADATA, HEADER, SOURCE, METADATA]
    assert shown[0].change == -1
    assert shown[0].rows == 2


def test_traceback_lines_are_counted_with_the_breaks_inside_them() -> None:
    cells = read(code("a", outputs=[error("E", "e", ["one", "two\nthree"])]))
    outputs = (OutputChange(ADDED, OutputCategory.ERROR, None, 0),)
    blocks = build_blocks(diff_of(cells, CellChange(ADDED, None, 0, outputs=outputs)), ViewOptions())
    assert blocks[-1].rows == 3


def test_lines_are_counted_as_people_do() -> None:
    assert [count_lines(text) for text in ("", "a", "a\n", "a\nb", "\n")] == [0, 1, 1, 2, 1]


def test_ten_times_the_lines_of_folded_cells_cost_nothing() -> None:
    """No timing against a clock: the same number of steps, seen as text that is never looked at."""

    class Untouchable(str):
        def count(self, *args: object) -> int:  # type: ignore[override]
            raise AssertionError("a folded source was read")

    cells = read(*(code(str(number)) for number in range(50)))
    hidden = tuple(replace(cell, source=Untouchable("x\n" * 1000)) for cell in cells.cells)
    book = replace(cells, cells=hidden)
    changes = (CellChange(SAME, number, number) for number in range(50))
    assert len(build_blocks(diff_of(book, *changes), ViewOptions())) == 1


def test_five_thousand_cells_take_no_noticeable_time() -> None:
    cells = read(*(code(f"a{number}\nb\nc") for number in range(5_000)))
    text = replaced(1, of=3)
    diff = diff_of(cells, *(CellChange(CHANGED, number, number, text) for number in range(5_000)))
    started = time.process_time()
    blocks = build_blocks(diff, ViewOptions())
    assert len(blocks) == 10_000
    assert time.process_time() - started < 1.0  # 30 ms on an idle machine; the bound only catches a square
