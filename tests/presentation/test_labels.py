"""Every change has a sign and a word, and can be read aloud."""

import pytest

from nbreview.diff.model import (
    CellChange,
    ChangeKind,
    ErrorDiff,
    ImageDiff,
    NotebookDiff,
    OutputCategory,
    OutputChange,
    Relation,
    RelationKind,
    TableDiff,
)
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
from nbreview.notebook.tables import read_table
from nbreview.presentation.labels import (
    SIGNS,
    change_title,
    describe_change,
    fold_text,
    ghost_text,
    header_text,
)
from nbreview.presentation.rows import BlockKind, ViewOptions, build_blocks
from tests.builders import code, markdown, notebook, stream


@pytest.fixture
def diff():  # type: ignore[no-untyped-def]
    base = [
        markdown("# Title\nwith a text", id="t"),
        code("a = 1\nb = 2", id="a", count=3, tags=["parameters"], outputs=[stream("one\n")]),
        code("gone", id="g"),
        code("moved", id="m"),
        code("same", id="s", outputs=[stream("old\n")]),
    ]
    head = [
        code("moved", id="m"),
        markdown("# Title\nwith a text", id="t"),
        code("a = 1\nb = 3", id="a", count=4, tags=["parameters"], outputs=[stream("two\n")]),
        code("same", id="s", outputs=[stream("new\n")]),
        markdown("added", id="n"),
    ]
    return diff_notebooks(read_bytes(notebook(*base), "base"), read_bytes(notebook(*head), "head"))


def index_of(diff, kind: ChangeKind) -> int:  # type: ignore[no-untyped-def]
    return next(index for index, change in enumerate(diff.cells) if change.kind is kind)


def test_each_kind_of_change_has_its_own_sign() -> None:
    signs = [SIGNS[kind] for kind in ChangeKind if kind is not ChangeKind.UNCHANGED]
    assert len(set(signs)) == len(signs) == 4


def test_a_header_says_number_prompt_type_change_and_tags(diff) -> None:  # type: ignore[no-untyped-def]
    header = header_text(diff, index_of(diff, ChangeKind.MODIFIED))
    assert (header.number, header.prompt, header.cell_type) == ("3", "In [4]", "code")
    assert (header.sign, header.word, header.tags) == ("≠", "modified", ("parameters",))
    assert header.notes == ("−1 +1", "outputs differ")


def test_a_moved_cell_says_from_where_and_its_ghost_to_where(diff) -> None:  # type: ignore[no-untyped-def]
    index = index_of(diff, ChangeKind.MOVED)
    assert header_text(diff, index).link == "from cell 4"
    assert ghost_text(diff, index) == "cell 4 moved to cell 1"


def test_a_fold_of_cells_counts_them_and_names_the_first_heading(diff) -> None:  # type: ignore[no-untyped-def]
    fold = next(block for block in build_blocks(diff, ViewOptions()) if block.kind is BlockKind.FOLD)
    assert fold_text(diff, fold) == "1 unchanged cell  ·  Title"


def test_hidden_outputs_that_differ_say_so(diff) -> None:  # type: ignore[no-untyped-def]
    blocks = build_blocks(diff, ViewOptions(outputs=False))
    texts = [fold_text(diff, block) for block in blocks if block.kind is BlockKind.FOLD]
    assert "1 changed output, hidden" in texts


def test_a_change_can_be_read_aloud(diff) -> None:  # type: ignore[no-untyped-def]
    index = index_of(diff, ChangeKind.MODIFIED)
    assert change_title(diff, index) == "Cell 3, code, modified. −1 +1. outputs differ."
    assert describe_change(diff, index).splitlines() == [
        "Cell 3, code, modified. −1 +1. outputs differ.",
        "  a = 1",
        "− b = 2",
        "+ b = 3",
        "Output, text, modified:",
        "− one",
        "+ two",
    ]


def test_removed_and_added_cells_are_read_with_their_sign(diff) -> None:  # type: ignore[no-untyped-def]
    assert "− gone" in describe_change(diff, index_of(diff, ChangeKind.REMOVED))
    assert "+ added" in describe_change(diff, index_of(diff, ChangeKind.ADDED))


def with_outputs(*outputs: OutputChange) -> NotebookDiff:
    return NotebookDiff(BOOK, BOOK, (CellChange(ChangeKind.MODIFIED, 0, 0, outputs=outputs),))


BOOK = read_bytes(notebook(code("x", outputs=[stream("a")]), code("y")), "book")


@pytest.mark.parametrize(
    ("kind", "relation", "link", "target"),
    [
        (ChangeKind.ADDED, Relation(RelationKind.SPLIT, 0), "split from cell 1", 0),
        (ChangeKind.ADDED, Relation(RelationKind.COPIED, 0), "copy of cell 1", 0),
        (ChangeKind.REMOVED, Relation(RelationKind.MERGED, 0), "merged into cell 1", 0),
        (ChangeKind.REMOVED, Relation(RelationKind.MERGED, 7), "merged into cell 8", None),
    ],
)
def test_a_cell_says_which_other_it_belongs_with_and_leads_there(
    kind: ChangeKind, relation: Relation, link: str, target: int | None
) -> None:
    base, head = (1, None) if kind is ChangeKind.REMOVED else (None, 1)
    part = CellChange(kind, base, head, relation=relation)
    found = header_text(NotebookDiff(BOOK, BOOK, (CellChange(ChangeKind.MODIFIED, 0, 0), part)), 1)
    assert (found.link, found.target) == (link, target)


def test_a_picture_says_how_much_of_it_differs() -> None:
    def note(image: ImageDiff) -> str:
        output = OutputChange(ChangeKind.MODIFIED, OutputCategory.IMAGE, 0, 0, image=image)
        return header_text(with_outputs(output), 0).notes[0]

    assert note(ImageDiff((4, 4), (4, 4), 0.125)) == "picture differs in 12.5 %"
    assert note(ImageDiff((4, 4), (4, 4), 0.0001)) == "picture differs in under 0.1 %"
    assert note(ImageDiff((4, 4), (8, 6), 0.5)) == "picture 4 × 4 → 8 × 6"
    assert note(ImageDiff((4, 4), None, 1.0)) == "picture differs"
    assert note(ImageDiff((4, 4), (4, 4), 1.0, coarse=True)) == "picture differs"


def test_a_table_says_how_many_of_its_cells_rows_and_columns_differ() -> None:
    table = read_table("<table><tr><th>a</th></tr><tr><td>1</td></tr></table>")
    assert table is not None

    def note(**parts: object) -> str:
        whole = {"rows": ((0, 0), (1, 1)), "columns": ((0, 0),), "changed": frozenset(), **parts}
        found = TableDiff(table, table, **whole)  # type: ignore[arg-type]
        output = OutputChange(ChangeKind.MODIFIED, OutputCategory.TABLE, 0, 0, table=found)
        return header_text(with_outputs(output), 0).notes[0]

    assert note(changed=frozenset({(1, 0)})) == "1 table cell differs"
    assert note(rows=((0, 0), (None, 1)), columns=((0, None),)) == "+1 row, −1 column"
    assert note() == "table differs"


def test_a_new_error_is_named_and_what_is_compared_coarsely_says_so() -> None:
    error_output = OutputChange(ChangeKind.ADDED, OutputCategory.ERROR, None, 0, coarse=True)
    assert header_text(with_outputs(error_output), 0).notes == ("now ends in an error", "compared coarsely")
    gone = OutputChange(ChangeKind.REMOVED, OutputCategory.ERROR, 0, None)
    assert header_text(with_outputs(gone), 0).notes == ("no longer ends in an error",)
    assert header_text(with_outputs(error_output, gone), 0).notes[0] == "outputs differ"
    other = ErrorDiff(True, True, ())
    changed = OutputChange(ChangeKind.MODIFIED, OutputCategory.ERROR, 0, 0, error=other)
    assert header_text(with_outputs(changed), 0).notes == ("another error",)
