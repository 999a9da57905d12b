"""Columns of small multiples: what they hold, how they are written down, and where their marks lie."""

import itertools

import pytest

from nbreview.diff.model import ChangeKind
from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.model import CellType
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.growth import (
    LEAST_MARK,
    NARROWEST,
    TALLEST_CELL,
    WIDEST,
    Column,
    Run,
    column_of,
    decode,
    encode,
    lay_out,
    marks_of,
    nearest_column,
    sampled,
    stride_for,
    tallest,
)
from tests.builders import code, markdown, notebook

SAME, NEW, GONE, EDITED = ChangeKind.UNCHANGED, ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MODIFIED
COLUMN = Column(
    (
        Run(12, CellType.CODE, SAME),
        Run(1, CellType.MARKDOWN, NEW),
        Run(2, CellType.CODE, GONE),
        Run(3, CellType.RAW, EDITED),
        Run(1, CellType.CODE, ChangeKind.MOVED),
    )
)


def test_a_column_is_what_the_diff_says_of_each_cell() -> None:
    base = notebook(code("load()"), code("x = 1\ny = 2\nz = 3"), code("goes_away()"))
    head = notebook(markdown("# A title"), code("load()"), code("x = 1\ny = 2\nz = 30"))
    column = column_of(diff_notebooks(read_bytes(base, "base"), read_bytes(head, "head")))
    assert encode(column) == "1m+1c=1c~1c-"
    assert (column.cells, column.marks) == (3, 4)
    assert column.counts()[EDITED] == 1


def test_a_column_is_kept_as_a_short_text() -> None:
    assert encode(COLUMN) == "12c=1m+2c-3r~1c>"
    assert decode(encode(COLUMN)) == COLUMN
    assert decode("") == Column(())


@pytest.mark.parametrize("text", ["x", "3c", "c=", "1c=oops", "01c=", "-1c=", "12345678c="])
def test_a_text_that_is_no_column_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a column"):
        decode(text)


def test_every_commit_has_a_column_while_there_is_room() -> None:
    assert stride_for(100, 100 * NARROWEST) == 1
    assert list(sampled(4, 1)) == [3, 2, 1, 0]


@pytest.mark.parametrize("commits", [101, 1_000, 1_203, 10_000])
def test_more_commits_than_room_are_sampled_evenly_and_the_newest_is_shown(commits: int) -> None:
    strip = lay_out(commits, 40, 100 * NARROWEST, 80)
    places = list(sampled(commits, strip.stride))
    assert places[-1] == 0
    assert {older - newer for older, newer in itertools.pairwise(places)} == {strip.stride}
    assert strip.columns == len(places) <= 100
    assert strip.column_width >= NARROWEST


def test_a_wider_strip_shows_the_commits_of_a_narrow_one_too() -> None:
    narrow, wide = (set(sampled(1_000, stride_for(1_000, width))) for width in (300, 900))
    assert narrow < wide


def test_few_commits_do_not_become_broad() -> None:
    strip = lay_out(2, 3, 1_000, 90)
    assert (strip.column_width, strip.cell_height) == (WIDEST, TALLEST_CELL)
    assert strip.column_at(1.5 * WIDEST) == 1
    assert strip.column_at(2.5 * WIDEST) is None
    assert strip.column_at(-1) is None


def test_a_strip_of_nothing_has_no_column() -> None:
    assert lay_out(0, 0, 300, 80).column_at(0) is None


def test_marks_fill_the_column_from_the_top() -> None:
    marks = marks_of(COLUMN, 4.0)
    assert [(mark.top, mark.height) for mark in marks if mark.change is SAME] == [(0, 48)]
    assert {mark.change: mark.top for mark in marks}[GONE] == 13 * 4.0


def test_one_changed_cell_of_thousands_is_seen_over_the_others() -> None:
    column = Column(
        (Run(2_000, CellType.CODE, SAME), Run(1, CellType.CODE, NEW), Run(2_000, CellType.MARKDOWN, SAME))
    )
    ground, change = marks_of(column, 0.02)
    assert ground.cell_type is None
    assert ground.height == pytest.approx(80.02)
    assert change.change is NEW
    assert change.height == LEAST_MARK


def test_the_highest_column_counts() -> None:
    assert tallest([COLUMN, Column(())]) == 19
    assert tallest([]) == 0


def test_a_commit_without_a_column_stands_in_that_of_the_next_newer_one() -> None:
    places = list(sampled(10, 4))
    assert places == [8, 4, 0]
    assert [nearest_column(places, place) for place in (0, 3, 4, 7, 9)] == [2, 2, 1, 1, 0]
    assert nearest_column([], 3) is None
