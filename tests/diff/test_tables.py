"""Tables are compared by row and column."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbreview.diff import tables
from nbreview.diff.model import TableDiff
from nbreview.diff.tables import diff_tables, table_changed
from nbreview.notebook.tables import Table, TableCell, read_table


def table(html: str) -> Table:
    found = read_table(html)
    assert found is not None
    return found


def frame(names: str, *rows: Sequence[object], heads: str = "") -> Table:
    """A data frame as pandas writes it: the first value of a row is its index."""
    head = "".join(f"<th>{name}</th>" for name in ["", *names.split()])
    body = "".join(
        f"<tr><th>{row[0]}</th>{''.join(f'<td>{value}</td>' for value in row[1:])}</tr>" for row in rows
    )
    return table(f"<table><thead>{heads}<tr>{head}</tr></thead><tbody>{body}</tbody></table>")


BASE = frame("a b c", (0, 1, 2.5, "x"), (1, 2, 3.5, "y"), (2, 3, 4.5, "z"))
ALL = tuple((number, number) for number in range(4))


def found(head: Table, tolerance: float = 1e-6) -> TableDiff:
    diff = diff_tables(BASE, head, tolerance)
    assert not diff.coarse
    return diff


def test_an_equal_table_is_unchanged() -> None:
    diff = found(BASE)
    assert (diff.rows, diff.columns, diff.changed) == (ALL, ALL, frozenset())
    assert not table_changed(diff)


def test_numbers_within_the_tolerance_are_equal() -> None:
    head = frame("a b c", (0, 1, "2.50000001", "x"), (1, 2, 3.6, "y"), (2, 3, 4.5, "z"))
    assert found(head).changed == {(2, 2)}
    assert found(head, 0.0).changed == {(1, 2), (2, 2)}
    assert not table_changed(found(head, 0.05))


def test_an_inserted_row_shifts_the_count_and_nothing_else() -> None:
    head = frame("a b c", (0, 1, 2.5, "x"), (1, 7, 8, "new"), (2, 2, 3.5, "y"), (3, 3, 4.5, "z"))
    diff = found(head)
    assert diff.rows == ((0, 0), (1, 1), (None, 2), (2, 3), (3, 4))
    assert diff.changed == {(3, 0), (4, 0)}
    back = diff_tables(head, BASE, 1e-6)
    assert back.rows == ((0, 0), (1, 1), (2, None), (3, 2), (4, 3))


def test_a_row_is_known_by_its_label_whatever_else_changes() -> None:
    base = frame("a b", ("mean", 1.5, 2.5), ("std", 0.5, 0.25), ("max", 3, 4))
    head = frame("a b", ("mean", 9.5, 8.5), ("min", 7, 7), ("max", 6, 5))
    diff = diff_tables(base, head)
    assert diff.rows == ((0, 0), (1, 1), (2, None), (None, 2), (3, 3))
    assert diff.changed == {(1, 1), (1, 2), (4, 1), (4, 2)}


def test_a_sorted_table_is_changed_though_every_cell_is_there() -> None:
    diff = found(frame("a b c", (2, 3, 4.5, "z"), (0, 1, 2.5, "x"), (1, 2, 3.5, "y")))
    assert diff.rows == ((0, 0), (3, 1), (1, 2), (2, 3))
    assert (diff.changed, table_changed(diff)) == (frozenset(), True)


def test_columns_are_known_by_their_names() -> None:
    swapped = found(frame("c a b", (0, "x", 1, 2.5), (1, "y", 2, 3.5), (2, "z", 3, 4.5)))
    assert (swapped.columns, swapped.changed) == (((0, 0), (3, 1), (1, 2), (2, 3)), frozenset())
    assert table_changed(swapped)
    shorter = found(frame("a c", (0, 1, "x"), (1, 2, "y"), (2, 3, "z")))
    assert (shorter.rows, shorter.columns) == (ALL, ((0, 0), (1, 1), (2, None), (3, 2)))


def test_a_renamed_column_is_known_by_what_it_holds() -> None:
    diff = found(frame("a b d", (0, 1, 2.5, "x"), (1, 2, 3.5, "y"), (2, 3, 4.5, "z")))
    assert (diff.columns, diff.changed) == (ALL, {(0, 3)})


def test_headers_of_two_levels_name_a_column_together() -> None:
    def levels(*tops: str) -> Table:
        heads = f"<tr><th></th><th colspan=2>{tops[0]}</th><th colspan=2>{tops[1]}</th></tr>"
        return frame("mean std mean std", (0, *tops[0], *tops[1]), heads=heads)

    diff = diff_tables(levels("ab", "cd"), levels("cd", "ab"))
    assert diff.columns == ((0, 0), (3, 1), (4, 2), (1, 3), (2, 4))
    assert diff.changed == frozenset({(0, 1), (0, 2), (0, 3), (0, 4)} & diff.changed)


def test_rows_of_an_index_of_two_levels_are_known_by_both() -> None:
    html = (
        "<table><tr><th></th><th></th><th>v</th></tr>"
        "<tr><th rowspan=2>p</th><th>x</th><td>{}</td></tr><tr><th>y</th><td>2</td></tr>"
        "<tr><th rowspan=2>q</th><th>x</th><td>3</td></tr><tr><th>y</th><td>4</td></tr></table>"
    )
    diff = diff_tables(table(html.format(1)), table(html.format(9)))
    assert (len(diff.rows), diff.changed) == (5, {(1, 2)})


def test_a_table_without_headers_is_compared_by_place() -> None:
    base = table("<table><tr><td>1</td><td>a</td></tr><tr><td>2</td><td>b</td></tr></table>")
    head = table("<table><tr><td>1</td><td>a</td></tr><tr><td>2</td><td>c</td></tr></table>")
    assert diff_tables(base, head).changed == {(1, 1)}


def test_past_the_grid_rows_are_paired_by_position(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_GRID", 4)
    base = frame("a", *((f"x{n}", n) for n in range(5)))
    head = frame("a", *((f"y{n}", -n - 9) for n in range(5)))
    diff = diff_tables(base, head)
    assert (diff.coarse, len(diff.rows)) == (True, 6)


cells = st.builds(TableCell, st.sampled_from(["", "a", "b", "1", "1.5", "1.50", "nan", "−2"]), st.booleans())


@st.composite
def grids(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6))
    return Table(tuple(map(tuple, rows)))


@given(grids(), grids(), st.sampled_from([0.0, 1e-6, 0.2]))
@settings(max_examples=200)
def test_every_row_and_column_of_both_sides_is_told_once(base: Table, head: Table, tolerance: float) -> None:
    assert not table_changed(diff_tables(base, base, tolerance))
    diff = diff_tables(base, head, tolerance)
    for pairs, old, new in (
        (diff.rows, len(base.rows), len(head.rows)),
        (diff.columns, base.columns, head.columns),
    ):
        assert sorted(pair[0] for pair in pairs if pair[0] is not None) == list(range(old))
        assert [pair[1] for pair in pairs if pair[1] is not None] == list(range(new))
    assert all(None not in diff.rows[row] + diff.columns[column] for row, column in diff.changed)
