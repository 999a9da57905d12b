"""HTML tables become grids of plain text."""

from nbreview.notebook.tables import MAX_CELLS, MAX_TEXT, read_table

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
