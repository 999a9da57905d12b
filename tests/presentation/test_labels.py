"""Every change has a sign and a word, and can be read aloud."""

import pytest

from nbreview.diff.model import ChangeKind
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.reader import read_bytes
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
