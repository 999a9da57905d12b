"""HTML tables become grids of plain text."""

from hypothesis import given
from hypothesis import strategies as st

from nbreview.notebook.tables import MAX_CELLS, MAX_TEXT, first_table, read_page, read_table

PANDAS = """<div><style scoped>.dataframe tbody tr th { vertical-align: top; }</style>
<table border="1" class="dataframe">
<thead><tr style="text-align: right;"><th></th><th>name</th><th>loss</th></tr></thead>
<tbody><tr><th>0</th><td>a &amp; b</td><td>0.5</td></tr>
<tr><th>1</th><td><b>bold</b><br>text</td><td>1</td></tr></tbody>
</table><p>2 rows × 2 columns</p></div>"""


def test_a_data_frame_is_read() -> None:
    table = read_table(PANDAS)
    assert table is not None
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["", "name", "loss"],
        ["0", "a & b", "0.5"],
        ["1", "bold text", "1"],
    ]
    assert [cell.header for cell in table.rows[1]] == [True, False, False]
    assert table.columns == 3


def test_rows_that_a_spanning_cell_shortens_are_filled_at_their_start() -> None:
    table = read_table(
        "<table><tr><th rowspan=2>a</th><th>x</th><td>1</td></tr><tr><th>y</th><td>2</td></tr></table>"
    )
    assert table is not None
    assert [[cell.text for cell in row] for row in table.rows] == [["a", "x", "1"], ["", "y", "2"]]


def test_a_cell_over_several_columns_takes_them() -> None:
    table = read_table("<table><tr><th colspan=2>a</th></tr><tr><td>1</td><td>2</td></tr></table>")
    assert table is not None
    assert [cell.text for cell in table.rows[0]] == ["a", ""]


def test_scripts_are_never_text() -> None:
    table = read_table("<table><tr><td>a<script>alert(1)</script><style>b{}</style></td></tr></table>")
    assert table is not None
    assert table.rows[0][0].text == "a"


def test_what_is_no_table_is_none() -> None:
    assert read_table("<p>text</p>") is None
    assert read_table("<table></table>") is None


def test_broken_html_gives_what_it_holds() -> None:
    table = read_table("<table><td>a<td>b<tr><td>c")
    assert table is not None
    assert [[cell.text for cell in row] for row in table.rows] == [["a", "b"], ["", "c"]]


def test_huge_tables_and_cells_are_cut() -> None:
    table = read_table("<table>" + "<tr><td>x</td><td>y</td></tr>" * MAX_CELLS + "</table>")
    assert table is not None
    assert table.cut
    assert len(table.rows) == MAX_CELLS // 2
    wide = read_table(f"<table><tr><td>{'x' * 10_000}</td></tr></table>")
    assert wide is not None
    assert len(wide.rows[0][0].text) == MAX_TEXT + 1


def test_every_table_and_the_text_around_them_are_read() -> None:
    tables, around = read_page(PANDAS + "<p>and</p>" + PANDAS.replace("0.5", "0.25"))
    assert [table.rows[1][2].text for table in tables] == ["0.5", "0.25"]
    assert around == "2 rows × 2 columns and 2 rows × 2 columns"
    assert read_page("<!-- <table> --><p>a</p>b < c &lt; d") == ((), "a b < c < d")
    assert first_table("<p></p><TABLE>") == 7
    assert first_table("<tablet>") == -1


def test_a_table_in_a_cell_is_part_of_its_text() -> None:
    table = read_table("<table><tr><td>a<table><tr><td>b</td></tr></table>c</td><td>d</td></tr></table>")
    assert table is not None
    assert [[cell.text for cell in row] for row in table.rows] == [["a b c", "d"]]


def test_brackets_in_attributes_are_no_end_of_a_tag() -> None:
    table = read_table('<table><tr><td title="a > b">x</td><td title=\'"\'>y</td></tr></table>')
    assert table is not None
    assert [cell.text for cell in table.rows[0]] == ["x", "y"]


def test_reading_stops_at_the_limit() -> None:
    (table,), _ = read_page("<table>" + "<tr><td>x</td></tr>" * 9 + "</table>", 4)
    assert (len(table.rows), table.cut) == (4, True)


@given(st.text("<>/tabledrh\"'!- =&;", max_size=80))
def test_any_text_is_read(html: str) -> None:
    tables, _ = read_page("<table>" + html)
    assert all(len(row) == table.columns for table in tables for row in table.rows)
