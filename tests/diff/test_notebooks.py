"""Two notebooks in, every cell of both out, in head order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.diff.model import ChangeKind, NotebookDiff, Relation, RelationKind
from nbreview.diff.notebooks import diff_notebooks
from nbreview.diff.options import NOISE, Aspect, DiffOptions
from nbreview.notebook.model import EMPTY
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook, stream


def compared(base: bytes, head: bytes, **options: Any) -> NotebookDiff:
    return diff_notebooks(read_bytes(base, "base"), read_bytes(head, "head"), DiffOptions(**options))


def shown(diff: NotebookDiff) -> list[tuple[str, int | None, int | None]]:
    return [(cell.kind.value, cell.base_index, cell.head_index) for cell in diff.cells]


A, B, C, D = (
    f"{name} = load_{name}('{name}.csv')\n{name}.describe()" for name in ("ann", "bob", "cid", "dee")
)


def test_a_notebook_does_not_differ_from_itself() -> None:
    data = notebook(code(A), markdown("# x"))
    diff = compared(data, data)
    assert not diff.changed
    assert shown(diff) == [("unchanged", 0, 0), ("unchanged", 1, 1)]


def test_cells_come_in_head_order_and_removed_ones_where_they_stood() -> None:
    diff = compared(
        notebook(code(A), code("gone = 1"), code(B), code(C)), notebook(code(A), code(B), code(D), code(C))
    )
    assert shown(diff) == [
        ("unchanged", 0, 0),
        ("removed", 1, None),
        ("unchanged", 2, 1),
        ("added", None, 2),
        ("unchanged", 3, 3),
    ]


def test_removed_cells_come_before_added_ones_in_one_place() -> None:
    diff = compared(
        notebook(code(A), code("1\n2\n3"), code("4"), code(B)), notebook(code(A), code(D), code(B))
    )
    assert [kind for kind, _, _ in shown(diff)] == ["unchanged", "removed", "removed", "added", "unchanged"]


def test_a_moved_and_edited_cell_keeps_its_source_diff() -> None:
    diff = compared(
        notebook(code(A, id="a"), code(B, id="b"), code(C, id="c")),
        notebook(code(B, id="b"), code(C, id="c"), code(A + "\nann.info()", id="a")),
    )
    moved = diff.cells[2]
    assert (moved.kind, moved.base_index, moved.head_index) == (ChangeKind.MOVED, 0, 2)
    assert moved.source is not None
    assert moved.source.counts == (0, 1)


def test_what_a_run_changes_by_itself_is_no_change() -> None:
    base = notebook(code(A, count=1, outputs=[stream("x")], collapsed=True))
    head = notebook(code(A, count=9, outputs=[stream("x")], ExecuteTime={"end_time": "now"}))
    assert not compared(base, head).changed


def test_outputs_metadata_and_attachments_make_a_cell_modified() -> None:
    base = notebook(code(A), code(B), markdown("# x"))
    head = notebook(
        code(A, outputs=[stream("x")]), code(B, tags=["t"]), {**markdown("# x"), "attachments": {"a.png": {}}}
    )
    diff = compared(base, head)
    assert [cell.kind for cell in diff.cells] == [ChangeKind.MODIFIED] * 3
    assert diff.cells[0].outputs_changed
    assert diff.cells[1].metadata[0].path == ("tags",)
    assert all(cell.source is None for cell in diff.cells)


def test_a_changed_type_is_modified() -> None:
    diff = compared(notebook(code("# Title")), notebook(markdown("# Title")))
    assert diff.cells[0].kind is ChangeKind.MODIFIED
    assert diff.cells[0].type_changed


def test_outputs_are_listed_for_every_cell() -> None:
    diff = compared(
        notebook(code(A, outputs=[stream("x")])), notebook(code(A, outputs=[stream("x")], count=2))
    )
    assert [output.kind for output in diff.cells[0].outputs] == [ChangeKind.UNCHANGED]
    added = diff_notebooks(EMPTY, diff.head)
    assert [output.kind for output in added.cells[0].outputs] == [ChangeKind.ADDED]
    removed = diff_notebooks(diff.head, EMPTY)
    assert [output.kind for output in removed.cells[0].outputs] == [ChangeKind.REMOVED]


def test_metadata_of_the_notebook_is_compared() -> None:
    diff = compared(notebook(kernelspec={"name": "a"}), notebook(kernelspec={"name": "b"}))
    assert diff.changed
    assert diff.metadata[0].path == ("kernelspec", "name")


def test_an_upgrade_of_the_format_is_no_change() -> None:
    assert not compared(notebook(code(A), minor=4), notebook(code(A, id="new"), minor=5)).changed


CELLS = st.lists(
    st.builds(
        lambda source, kind, tag: code(source, tags=[tag]) if kind else markdown(source),
        st.sampled_from([A, B, C, "x = 1", ""]),
        st.booleans(),
        st.sampled_from("tu"),
    ),
    max_size=7,
)


@given(base=CELLS, head=CELLS)
def test_every_cell_of_both_sides_is_there_once(
    base: list[dict[str, Any]], head: list[dict[str, Any]]
) -> None:
    diff = compared(notebook(*base), notebook(*head))
    assert [c.head_index for c in diff.cells if c.head_index is not None] == list(range(len(head)))
    assert sorted(c.base_index for c in diff.cells if c.base_index is not None) == list(range(len(base)))
    stays = [c.base_index for c in diff.cells if c.base_index is not None and c.kind is not ChangeKind.MOVED]
    assert stays == sorted(stays)
    assert diff.changed == (base != head)


@given(base=CELLS, head=CELLS)
def test_the_other_direction_finds_as_much(base: list[dict[str, Any]], head: list[dict[str, Any]]) -> None:
    there, back = compared(notebook(*base), notebook(*head)), compared(notebook(*head), notebook(*base))
    assert there.changed == back.changed


def test_it_stops_when_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    found = read_bytes(notebook(code(A)), "a")
    with pytest.raises(Cancelled):
        diff_notebooks(found, EMPTY, cancel=token)


def test_ignored_sources_make_no_difference_but_still_tell_which_cell_is_which() -> None:
    base, head = notebook(code(A), code(B)), notebook(code(B + "# more"), code(A + "# more"))
    diff = compared(base, head, ignored=NOISE | {Aspect.SOURCES})
    assert {(cell.base_index, cell.head_index) for cell in diff.cells} == {(0, 1), (1, 0)}
    assert all(cell.source is None for cell in diff.cells)
    same = compared(notebook(code(A)), notebook(code(A + "# more")), ignored=NOISE | {Aspect.SOURCES})
    assert not same.changed


def test_a_changed_type_shows_even_if_sources_are_ignored() -> None:
    diff = compared(notebook(code(A)), notebook(markdown(A)), ignored=NOISE | {Aspect.SOURCES})
    assert diff.cells[0].kind is ChangeKind.MODIFIED
    assert diff.cells[0].type_changed


def test_ignored_outputs_make_no_difference_and_are_not_listed() -> None:
    base = notebook(code(A, outputs=[stream("1\n")]), code(B, outputs=[stream("x\n")]))
    head = notebook(code(A, outputs=[stream("2\n")]), code(C, outputs=[stream("x\n")]), code(D))
    diff = compared(base, head, ignored=NOISE | {Aspect.OUTPUTS})
    assert diff.cells[0].kind is ChangeKind.UNCHANGED
    assert not any(cell.outputs for cell in diff.cells)


def test_ignored_white_space_makes_no_difference() -> None:
    base, head = notebook(code("x = 1\ny=2")), notebook(code("x  =  1\ny=2  "))
    assert compared(base, head).changed
    assert not compared(base, head, whitespace=False).changed


def test_a_split_cell_is_modified_and_its_other_part_says_where_it_came_from() -> None:
    diff = compared(notebook(code(A + "\n" + B)), notebook(code(A), code(B + "\nbob.info()")))
    assert shown(diff) == [("modified", 0, 0), ("added", None, 1)]
    assert diff.cells[1].relation == Relation(RelationKind.SPLIT, 0)


def test_a_merged_cell_says_where_it_went() -> None:
    diff = compared(notebook(code(A), code(B + "\nbob.info()")), notebook(code(A + "\n" + B)))
    assert shown(diff) == [("modified", 0, 0), ("removed", 1, None)]
    assert diff.cells[1].relation == Relation(RelationKind.MERGED, 0)


def test_a_spent_time_budget_is_said() -> None:
    base, head = notebook(code(A), code(B)), notebook(code(B), code(A))
    assert compared(base, head, seconds=0.0).coarse
    assert not compared(base, head, seconds=None).coarse


def test_counts_and_ids_are_compared_on_request() -> None:
    base, head = notebook(code(A, id="a", count=1)), notebook(code(A, id="b", count=2))
    assert not compared(base, head).changed
    assert [change.path for change in compared(base, head, ignored=frozenset()).cells[0].metadata] == [
        ("execution_count",),
        ("id",),
    ]


def test_a_stream_in_pieces_is_one_output_also_where_nothing_differs() -> None:
    cell = code(A, outputs=[stream("a\n"), stream("b\n")])
    diff = compared(notebook(cell, code(B)), notebook(cell, code(B + "\n")))
    (output,) = diff.cells[0].outputs
    assert (output.base_indices, output.head_indices) == ((0, 1), (0, 1))
