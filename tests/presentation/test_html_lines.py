"""Texts in the page, line by line."""

from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind
from nbreview.presentation.html_lines import diff_table, one_side
from nbreview.presentation.html_markup import Budget
from tests.presentation.pages import Element, parsed


def rows(part: str) -> list[tuple[list[str | None], list[str]]]:
    """The numbers and the texts of each row."""
    found = []
    for row in parsed(part).find("tr"):
        cells = row.find("td")
        if cells:
            found.append(
                (
                    [cell.attributes.get("data-n") for cell in cells if "n" in cell.classes],
                    [cell.text for cell in cells if "n" not in cell.classes],
                )
            )
    return found


def table(base: str, head: str) -> str:
    return diff_table(diff_text(base, head), Budget(), "Source")


def test_lines_stand_beside_each_other_with_their_numbers() -> None:
    part = table("a = 1\nkeep\ngone", "a = 2\nkeep\n")
    assert rows(part)[:2] == [(["1", "1"], ["a = 1", "a = 2"]), (["2", "2"], ["keep", "keep"])]
    root = parsed(part)
    assert [mark.text for mark in root.find("del")] == ["1"]
    assert [mark.text for mark in root.find("ins")] == ["2"]


def test_a_line_of_one_side_leaves_the_other_empty() -> None:
    assert rows(table("a\nb", "a\nnew\nb")) == [
        (["1", "1"], ["a", "a"]),
        ([None, "2"], ["", "new"]),
        (["2", "3"], ["b", "b"]),
    ]


def test_unchanged_lines_far_from_a_change_are_folded_with_their_count() -> None:
    lines = [f"line {n}" for n in range(40)]
    head = [*lines[:20], "changed", *lines[21:]]
    root = parsed(table("\n".join(lines), "\n".join(head)))
    folds = root.find("details")
    assert [fold.find("summary")[0].text for fold in folds] == [
        "⋯ 17 unchanged lines",
        "⋯ 16 unchanged lines",
    ]
    assert [len(fold.find("tbody")[0].find("tr")) for fold in folds] == [17, 16]
    assert not any("open" in fold.attributes for fold in folds)


def test_what_the_page_cannot_hold_is_counted() -> None:
    text = diff_text("\n".join("abc"), "\n".join(f"{n} other {n}" for n in range(500)))
    part = diff_table(text, Budget(lines=100), "Source")
    assert len(rows(part)) == 100
    assert f"{len(text.edits) - 100} more lines, left out of this page" in parsed(part).text


def test_a_text_of_one_side_stands_in_its_column() -> None:
    lines = ["x", "y"]
    assert rows(one_side(lines, Budget(), "Source", EditKind.INSERT))[1] == ([None, "2"], ["", "y"])
    assert rows(one_side(lines, Budget(), "Source", EditKind.DELETE))[1] == (["2", None], ["y", ""])
    assert rows(one_side(lines, Budget(), "Source", EditKind.EQUAL))[1] == (["2"], ["y"])
    assert one_side([], Budget(), "Source", EditKind.INSERT) == ""


def test_a_long_text_shows_its_start_or_its_end() -> None:
    lines = [f"line {n}" for n in range(50)]

    def shown(root: Element) -> list[str]:
        folded = [row.text for fold in root.find("details") for row in fold.find("tr")]
        return [row.text for row in root.find("tr") if row.text not in folded and "line" in row.text]

    start = parsed(one_side(lines, Budget(), "Output", EditKind.EQUAL, shown=2))
    end = parsed(one_side(lines, Budget(), "Output", EditKind.EQUAL, shown=2, last=True))
    assert shown(start) == ["line 0", "line 1"]
    assert shown(end) == ["line 48", "line 49"]
    assert start.find("summary")[0].text == "⋯ 48 more lines"
    assert end.find("summary")[0].text == "⋯ 48 earlier lines"


def test_no_fold_hides_less_than_it_takes() -> None:
    lines = ["a", "b", "c", "d"]
    assert "details" not in one_side(lines, Budget(), "Source", EditKind.EQUAL, shown=3)
    assert "details" not in one_side(lines, Budget(), "Source", EditKind.EQUAL, shown=3, last=True)
