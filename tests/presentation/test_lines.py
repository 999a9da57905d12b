"""The rows of a block agree with the count that it was given, and stand beside what they belong to."""

from dataclasses import replace

import pytest

from nbreview.diff.model import (
    CellChange,
    ChangeKind,
    EditKind,
    NotebookDiff,
    OutputCategory,
    OutputChange,
    TreeChange,
)
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.lines import EvenRows, Lines, block_lines, output_text, split
from nbreview.presentation.rows import Block, BlockKind, FoldKey, FoldKind, ViewOptions, build_blocks
from tests.builders import code, display, error, markdown, notebook, stream

LONG = "\n".join(f"line {number}" for number in range(60))


def diff_of(base: list[dict[str, object]], head: list[dict[str, object]]):  # type: ignore[no-untyped-def]
    return diff_notebooks(read_bytes(notebook(*base), "base"), read_bytes(notebook(*head), "head"))


@pytest.fixture
def diff():  # type: ignore[no-untyped-def]
    changed = LONG.replace("line 30", "line thirty").replace("line 45\n", "")
    return diff_of(
        [
            code(LONG, id="a", outputs=[stream("x\n" * 100)]),
            code("gone\nfor good", id="b"),
            markdown("# Title\ntext", id="c", tags=["one"]),
            code("last", id="d", outputs=[error("E", "e", [f"frame {n}" for n in range(50)])]),
            code("\n".join(["moved", "cell", "of", "many", "lines"]), id="e"),
        ],
        [
            code("\n".join(["moved", "cell", "of", "many", "lines"]), id="e"),
            code(changed, id="a", outputs=[stream("x\n" * 50 + "y\n" * 50)]),
            markdown("# Title\ntext, more", id="c", tags=["two"]),
            code("new\nlines", id="f"),
            code("last", id="d", outputs=[error("E", "e", [f"frame {n}" for n in range(51)])]),
        ],
    )


@pytest.mark.parametrize("one_column", [False, True])
@pytest.mark.parametrize("context", [0, 3, 1000])
def test_rows_are_as_many_as_the_block_said(diff, one_column: bool, context: int) -> None:  # type: ignore[no-untyped-def]
    options = ViewOptions(
        one_column=one_column, context_lines=context, metadata=True, fold_unchanged=False, outputs=True
    )
    for _ in range(3):  # as it is, then with one fold after another opened
        for block in build_blocks(diff, options):
            if block.kind in (BlockKind.SOURCE, BlockKind.METADATA, BlockKind.OUTPUT):
                assert len(block_lines(diff, block, options).rows) == block.rows
        keys = [
            row.fold
            for block in build_blocks(diff, options)
            if block.kind in (BlockKind.SOURCE, BlockKind.OUTPUT)
            for row in block_lines(diff, block, options).rows
            if row.fold is not None
        ]
        options = replace(options, expanded=options.expanded | set(keys[:2]))


def source_lines(diff, change: int, options: ViewOptions) -> Lines:  # type: ignore[no-untyped-def]
    blocks = build_blocks(diff, options)
    block = next(b for b in blocks if b.kind is BlockKind.SOURCE and b.change == change)
    return block_lines(diff, block, options)


def test_every_line_of_both_sides_is_shown_once_or_folded(diff) -> None:  # type: ignore[no-untyped-def]
    for one_column in (False, True):
        lines = source_lines(diff, 1, ViewOptions(one_column=one_column))
        hidden = sum(row.hidden for row in lines.rows)
        base = [row.base for row in lines.rows if row.base is not None]
        head = [row.head for row in lines.rows if row.head is not None]
        assert base == sorted(set(base))
        assert head == sorted(set(head))
        assert len(base) + hidden == len(lines.base)
        assert len(head) + hidden == len(lines.head)


def test_in_one_column_what_went_stands_above_what_came() -> None:
    diff = diff_of([code("a = 1\nb = 2\nsame", id="x")], [code("a = 10\nb = 20\nsame", id="x")])
    rows = source_lines(diff, 0, ViewOptions(one_column=True)).rows
    assert [(row.base, row.head) for row in rows] == [(0, None), (1, None), (None, 0), (None, 1), (2, 2)]
    assert all(row.base_spans or row.head_spans for row in rows[:4])


def test_lines_of_an_added_cell_are_insertions_and_of_a_removed_one_deletions(diff) -> None:  # type: ignore[no-untyped-def]
    kinds = {change.kind: index for index, change in enumerate(diff.cells)}
    added = source_lines(diff, kinds["added"], ViewOptions())
    removed = source_lines(diff, kinds["removed"], ViewOptions())
    assert {row.kind for row in added.rows} == {EditKind.INSERT}
    assert {row.kind for row in removed.rows} == {EditKind.DELETE}
    assert (list(added.base), list(removed.head)) == ([], [])


def test_a_long_traceback_keeps_its_last_frames(diff) -> None:  # type: ignore[no-untyped-def]
    options = ViewOptions(context_lines=1000)
    index = next(
        i for i, change in enumerate(diff.cells) if change.outputs and change.outputs[0].category == "error"
    )
    block = next(b for b in build_blocks(diff, options) if b.kind is BlockKind.OUTPUT and b.change == index)
    lines = block_lines(diff, block, options)
    assert lines.rows[0].fold is not None
    assert lines.rows[0].fold.kind is FoldKind.TEXT
    assert lines.head[lines.rows[-1].head or 0] == "frame 50"


def test_metadata_say_where_and_what(diff) -> None:  # type: ignore[no-untyped-def]
    options = ViewOptions(metadata=True)
    block = next(b for b in build_blocks(diff, options) if b.kind is BlockKind.METADATA)
    lines = block_lines(diff, block, options)
    assert (lines.base[0], lines.head[0]) == ('tags = ["one"]', 'tags = ["two"]')


def test_even_rows_are_built_when_asked_for() -> None:
    rows = EvenRows(EditKind.INSERT, 10_000_000)
    assert len(rows) == 10_000_000
    assert rows[-1].head == 9_999_999
    assert [row.head for row in rows[2:4]] == [2, 3]
    with pytest.raises(IndexError):
        rows[10_000_000]


def test_text_is_split_at_line_feeds_only() -> None:
    assert split("a\r\nb\x0cc\u2028d\n") == ["a", "b\x0cc\u2028d"]


def test_outputs_are_read_as_a_terminal_would_leave_them() -> None:
    book = read_bytes(
        notebook(
            code(
                "a",
                outputs=[stream("10%\r99%\x1b[31m!\x1b[0m\n"), error("E", "why"), display(text_latex="$x$")],
            )
        ),
        "test",
    )
    assert [output_text(output) for output in book.cells[0].outputs] == ["99%!\n", "E: why", "$x$"]


def test_a_block_is_small() -> None:
    assert Block(BlockKind.HEADER, 3).rows == 1


def test_a_stream_written_in_pieces_is_shown_whole() -> None:
    pieces = [stream("a\n"), stream("b\n"), stream("c\n")]
    book = read_bytes(notebook(code("x", outputs=pieces)), "book")
    output = OutputChange(
        ChangeKind.UNCHANGED, OutputCategory.TEXT, 0, 0, base_indices=(0, 1, 2), head_indices=(0, 1, 2)
    )
    diff = NotebookDiff(book, book, (CellChange(ChangeKind.MODIFIED, 0, 0, outputs=(output,)),))
    options = ViewOptions(expanded=frozenset({FoldKey(FoldKind.OUTPUTS, 0, 0)}))
    block = next(block for block in build_blocks(diff, options) if block.kind is BlockKind.OUTPUT)
    lines = block_lines(diff, block, options)
    assert (block.rows, list(lines.head)) == (3, ["a", "b", "c"])


@pytest.mark.parametrize("one_column", [False, True])
def test_changed_leaves_of_json_are_shown_by_path_and_value(one_column: bool) -> None:
    book = read_bytes(notebook(code("x", outputs=[display(text_plain="a")])), "book")
    tree = (
        TreeChange(("layout", "axes", 2, "title"), ChangeKind.MODIFIED, "a", "b"),
        TreeChange(("data", 0), ChangeKind.ADDED, None, {"x": 1}),
        TreeChange(("data", 1), ChangeKind.REMOVED, "z" * 5_000, None),
    )
    output = OutputChange(ChangeKind.MODIFIED, OutputCategory.JSON, 0, 0, tree=tree)
    diff = NotebookDiff(book, book, (CellChange(ChangeKind.MODIFIED, 0, 0, outputs=(output,)),))
    options = ViewOptions(one_column=one_column)
    block = next(block for block in build_blocks(diff, options) if block.kind is BlockKind.OUTPUT)
    lines = block_lines(diff, block, options)
    assert block.rows == len(lines.rows) == (4 if one_column else 3)
    assert lines.head == ['layout.axes[2].title = "b"', 'data[0] = {"x": 1}']
    assert lines.base[0] == 'layout.axes[2].title = "a"'
    assert lines.base[1].endswith(" …") and len(lines.base[1]) < 2_100
