"""Blocks lie where the sums say, after any number of corrections."""

import random
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.presentation.geometry import Metrics, Offsets, columns
from nbreview.presentation.rows import Block, BlockKind

METRICS = Metrics(line=20, prose_line=22, header=28, fold=24, gap=16, pad=4, digit=8.0, picture=240)


@given(st.lists(st.integers(0, 500)), st.data())
def test_offsets_are_running_sums_even_after_corrections(heights: list[int], data: st.DataObject) -> None:
    offsets = Offsets(heights)
    for _ in range(5 if heights else 0):
        index = data.draw(st.integers(0, len(heights) - 1))
        heights[index] = data.draw(st.integers(0, 500))
        offsets.set_height(index, heights[index])
    tops = [0, *accumulate(heights)]
    assert [offsets.top(index) for index in range(len(heights) + 1)] == tops == offsets.tops()
    assert offsets.total == tops[-1]
    assert [offsets.height(index) for index in range(len(offsets))] == heights


@given(st.lists(st.integers(1, 500), min_size=1), st.integers(-10, 20_000))
def test_a_point_lies_in_the_block_that_covers_it(heights: list[int], y: int) -> None:
    offsets = Offsets(heights)
    found = offsets.at(y)
    if y < 0:
        assert found == 0
    elif y >= offsets.total:
        assert found == len(heights) - 1
    else:
        assert offsets.top(found) <= y < offsets.top(found) + heights[found]


def test_blocks_without_height_cover_nothing() -> None:
    offsets = Offsets([0, 10, 0, 0, 10])
    assert [offsets.at(y) for y in (0, 9, 10, 19)] == [1, 1, 4, 4]


def test_no_blocks_cover_no_point() -> None:
    assert Offsets().at(0) == -1
    assert Offsets().total == 0


def test_a_correction_says_by_how_much_the_rest_moves() -> None:
    offsets = Offsets([10, 20, 30])
    assert offsets.set_height(1, 25) == 5
    assert offsets.set_height(1, 25) == 0
    assert offsets.top(2) == 35


def test_a_hundred_thousand_blocks_go_far_beyond_what_a_list_view_can() -> None:
    offsets = Offsets([400] * 100_000)
    assert offsets.total == 40_000_000
    place = random.Random(1).randrange(100_000)
    assert offsets.at(place * 400 + 399) == place


@pytest.mark.parametrize(
    ("block", "height"),
    [
        (Block(BlockKind.HEADER, 0), 44),
        (Block(BlockKind.SOURCE, 0, 10), 208),
        (Block(BlockKind.FOLD, 0), 24),
        (Block(BlockKind.PROSE, 0, 2), 52),
        (Block(BlockKind.OUTPUT, 0, 3), 68),
    ],
)
def test_heights_come_from_the_metrics(block: Block, height: int) -> None:
    assert METRICS.height(block) == height


def test_two_columns_are_equally_wide_and_their_texts_line_up() -> None:
    layout = columns(1001, METRICS, one_column=False, digits=3, bar=4, between=8)
    assert abs(layout.base.width - layout.head.width) <= 1
    assert layout.base.right + 8 == layout.head.left
    assert layout.head.right == 1001
    assert layout.base.text - layout.base.left == layout.head.text - layout.head.left
    assert [layout.side_at(x) for x in (10, layout.head.left, 1000)] == [False, True, True]


def test_one_column_has_room_for_two_line_numbers() -> None:
    one = columns(1000, METRICS, one_column=True, digits=3, bar=4, between=8)
    two = columns(1000, METRICS, one_column=False, digits=3, bar=4, between=8)
    assert one.base == one.head
    assert one.base.text > two.base.text
    assert one.side_at(0)


def test_a_canvas_of_no_width_has_columns_all_the_same() -> None:
    layout = columns(0, METRICS, one_column=False, digits=9, bar=4, between=8)
    assert layout.head.width >= 1
    assert layout.head.text_width >= 1
