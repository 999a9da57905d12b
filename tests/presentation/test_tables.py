"""Tables say what became of each row and column, sort numbers as numbers, and are copied as text."""

from nbreview.diff.model import ChangeKind, TableDiff
from nbreview.diff.tables import diff_tables
from nbreview.notebook.tables import read_table
from nbreview.presentation.tables import (
    TableSides,
    find_places,
    kinds,
    row_order,
    shown_rows,
    sides_of_diff,
    sides_of_table,
    table_words,
    tsv,
)


def html(names: list[str], rows: dict[str, list[object]]) -> str:
    head = "".join(f"<th>{name}</th>" for name in names)
    body = "".join(
        f"<tr><th>{key}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        for key, cells in rows.items()
    )
    return f"<table><tr><th></th>{head}</tr>{body}</table>"


def diff(base: str, head: str) -> TableDiff:
    old, new = read_table(base), read_table(head)
    assert old is not None
    assert new is not None
    return diff_tables(old, new, 1e-6)


def compared() -> TableSides:
    return sides_of_diff(
        diff(
            html(["loss", "step"], {"a": [0.5, 10], "b": [0.25, 9], "c": [0.125, 100]}),
            html(["loss", "step"], {"a": [0.5, 10], "c": [0.125, 101], "d": [1, 2]}),
        )
    )


def test_pairs_out_of_order_have_moved() -> None:
    assert kinds([(0, 0), (3, 1), (1, 2), (2, 3), (None, 4), (4, None)]) == (
        ChangeKind.UNCHANGED,
        ChangeKind.MOVED,
        ChangeKind.UNCHANGED,
        ChangeKind.UNCHANGED,
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
    )
    assert kinds([]) == ()


def test_rows_say_what_became_of_them() -> None:
    sides = compared()
    named = {sides.cell(row, 0, head=True) or sides.cell(row, 0, head=False): kind
             for row, kind in enumerate(sides.row_kinds)}  # fmt: skip
    found = {cell.text: kind for cell, kind in named.items() if cell is not None}
    assert found["b"] is ChangeKind.REMOVED
    assert found["d"] is ChangeKind.ADDED
    assert found["c"] is ChangeKind.MODIFIED
    assert found["a"] is ChangeKind.UNCHANGED
    assert (sides.headers, sides.index) == (1, 1)


def test_numbers_are_sorted_by_value_and_what_is_empty_stands_last() -> None:
    table = read_table(html(["n"], {"a": [10], "b": [9], "c": ["NaN"], "d": ["1,000"], "e": ["x"]}))
    assert table is not None
    sides = sides_of_table(table, ChangeKind.UNCHANGED)
    names = [sides.cell(row, 0, head=True).text for row in row_order(sides, 1)]  # type: ignore[union-attr]
    assert names == ["b", "a", "d", "e", "c"]
    down = [sides.cell(row, 0, head=True).text for row in row_order(sides, 1, descending=True)]  # type: ignore[union-attr]
    assert down == ["e", "d", "a", "b", "c"]


def test_only_changed_rows_are_left() -> None:
    sides = compared()
    assert {sides.row_kinds[row] for row in row_order(sides, None, only_changed=True)} == {
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.MODIFIED,
    }


def test_a_table_cut_short_shows_the_rows_that_differ() -> None:
    rows = {str(number): [number] for number in range(100)}
    sides = sides_of_diff(diff(html(["n"], rows), html(["n"], {**rows, "70": [7]})))
    shown = shown_rows(sides, 5)
    assert shown == [0, 70, 71, 72]
    assert len(shown_rows(sides_of_table(sides.head, ChangeKind.ADDED), 5)) == 6  # type: ignore[arg-type]


def test_text_is_found_on_both_sides() -> None:
    sides = compared()
    order = row_order(sides, None)
    assert len(find_places(sides, order, "100")) == 1
    assert len(find_places(sides, order, "101")) == 1
    assert find_places(sides, order, "nowhere") == []


def test_cells_are_copied_with_tabs() -> None:
    sides = compared()
    assert "a\t0.5\t10" in tsv(sides, range(len(sides.rows)), range(3), head=True)
    assert "100 → 101" in tsv(sides, range(len(sides.rows)), range(3), head=None)


def test_the_tolerance_is_said() -> None:
    words = table_words(compared(), 1e-6)
    assert "3 rows × 2 columns" in words
    assert "1 cell differs" in words
    assert "+ 1 row added" in words
    assert "1e-06" in words
