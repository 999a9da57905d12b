"""Tables of outputs in the page."""

from nbreview.diff.model import ChangeKind, TableDiff
from nbreview.notebook.tables import Table, TableCell
from nbreview.presentation.html_markup import Budget
from nbreview.presentation.html_tables import table_alone, table_diff
from tests.presentation.pages import Element, parsed


def grid(*rows: str) -> Table:
    """A table with a header row; cells are separated by blanks."""
    return Table(
        tuple(
            tuple(TableCell(text, header=not number) for text in row.split())
            for number, row in enumerate(rows)
        )
    )


def texts(root: Element) -> list[str]:
    return [
        " ".join(cell.text for cell in row.find()[:] if cell.tag in ("td", "th")) for row in root.find("tr")
    ]


def test_rows_columns_and_cells_are_marked_where_they_changed() -> None:
    diff = TableDiff(
        base=grid("a b c", "1 2 3", "4 5 6"),
        head=grid("a c d", "1 3 9", "7 8 9"),
        rows=((0, 0), (1, 1), (2, None), (None, 2)),
        columns=((0, 0), (1, None), (2, 1), (None, 2)),
        changed=frozenset({(1, 2)}),
    )
    root = parsed(table_diff(diff, Budget()))
    assert texts(root) == [
        "  −removed  +added",
        " a b c d",
        "≠modified 1 2 3 3 9",
        "−removed 4 5 6 ",
        "+added 7  8 9",
    ]
    (changed,) = root.find("td", "mod")
    assert [(mark.tag, mark.text) for mark in changed.children] == [("del", "3"), ("ins", "3")]
    assert [cell.text for cell in root.find("tr", "gone")[0].find("del")] == ["4", "5", "6"]
    assert [cell.text for cell in root.find("tr", "came")[0].find("ins")] == ["7", "8", "9"]
    assert "3 rows × 3 columns → 3 rows × 3 columns" in root.find("caption")[0].text


def test_rows_far_from_a_change_are_counted_and_headers_stay() -> None:
    rows = [f"{n} {n}" for n in range(100)]
    base, head = grid("a b", *rows), grid("a b", *rows[:50], "50 x", *rows[51:])
    same = tuple((n, n) for n in range(101))
    root = parsed(table_diff(TableDiff(base, head, same, ((0, 0), (1, 1)), frozenset({(51, 1)})), Budget()))
    assert [row.text for row in root.find("tr", "skipped")] == ["⋯ 48 unchanged rows", "⋯ 47 unchanged rows"]
    assert len(root.find("tr")) == 1 + 5 + 2
    assert [cell.text for cell in root.find("th")] == ["a", "b"]


def test_a_wide_or_long_table_is_cut_and_counted() -> None:
    wide = grid(" ".join("c" for _ in range(100)), *(" ".join("1" for _ in range(100)) for _ in range(600)))
    root = parsed(table_alone(wide, ChangeKind.ADDED, Budget()))
    assert "201 more rows, left out of this page" in root.text
    assert "40 more columns, left out of this page" in root.text
    assert root.find("summary")[0].text == "⋯ 380 more rows"
    assert len(root.find("table", "came")) == 2
    changed = frozenset((row, 0) for row in range(601))
    same = TableDiff(
        wide, wide, tuple((n, n) for n in range(601)), tuple((n, n) for n in range(100)), changed
    )
    text = parsed(table_diff(same, Budget())).text
    assert "201 more rows, left out of this page" in text
    assert "40 more columns, left out of this page" in text


def test_a_table_that_was_cut_when_it_was_read_says_so() -> None:
    cut = Table(grid("a", "1").rows, cut=True)
    assert "only its first part was compared" in parsed(table_alone(cut, ChangeKind.REMOVED, Budget())).text
