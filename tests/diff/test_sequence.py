"""Matching of sequences: in order, complete where it matters, the same at every run."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.diff.sequence import gaps, heaviest_chain, match

ITEMS = st.lists(st.sampled_from("abcdef"), max_size=30)


@given(base=ITEMS, head=ITEMS)
def test_pairs_are_equal_elements_in_order(base: list[str], head: list[str]) -> None:
    pairs = match(base, head).pairs
    assert all(base[row] == head[column] for row, column in pairs)
    assert all(left[0] < right[0] and left[1] < right[1] for left, right in pairwise(pairs))


@given(ITEMS)
def test_equal_sequences_are_matched_whole(items: list[str]) -> None:
    assert match(items, list(items)).pairs == tuple((place, place) for place in range(len(items)))


def test_elements_that_stand_once_are_anchors() -> None:
    pairs = match(["old", "}", "{", "unique", "}", "{"], ["new", "}", "{", "}", "{", "unique"]).pairs
    assert (3, 5) in pairs


def test_an_insertion_leaves_the_rest_matched() -> None:
    base = list(range(1000))
    head = [*base[:500], "new", *base[500:]]
    assert len(match(base, head).pairs) == 1000


def test_a_sequence_without_anchors_is_matched_by_the_longest_common_part() -> None:
    assert len(match("abab" * 20, "baba" * 20).pairs) == 79


def test_when_the_budget_is_spent_the_result_says_so() -> None:
    base = [position % 7 for position in range(30_000)]
    head = [(position * 3) % 7 for position in range(30_000)]
    assert match(base, head).coarse
    assert not match(base[:100], head[:100]).coarse


def test_matching_stops_when_it_is_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        match("abc", "abd", token)


@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0.1, 5)), max_size=9),
)
def test_the_chain_is_the_heaviest_there_is(candidates: list[tuple[int, int, float]]) -> None:
    chain = [candidates[place] for place in heaviest_chain(candidates)]
    assert all(left[0] < right[0] and left[1] < right[1] for left, right in pairwise(chain))

    def best(row: int, column: int) -> float:
        later = [each for each in candidates if each[0] > row and each[1] > column]
        return max((each[2] + best(each[0], each[1]) for each in later), default=0.0)

    assert sum(weight for _, _, weight in chain) == pytest.approx(best(-1, -1))


def test_gaps_cover_what_lies_between_pairs() -> None:
    found = [(gap.base_start, gap.base_end, gap.head_start, gap.head_end) for gap, _ in gaps([(1, 2)], 3, 3)]
    assert found == [(0, 1, 0, 2), (2, 3, 3, 3)]


def test_the_result_does_not_depend_on_hash_seeds() -> None:
    program = (
        "from nbreview.diff.sequence import match; "
        "print(match('the cat and the dog and the cow'.split(), 'a cow and the cat the and dog'.split()))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
