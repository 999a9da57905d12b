"""The moved cells of a matching: what stands outside the heaviest in-order chain."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from nbreview.evaluation.order import Pair, out_of_order


def even(pairs: list[Pair]) -> dict[Pair, int]:
    return dict.fromkeys(pairs, 1)


def test_nothing_moved_where_the_order_is_kept() -> None:
    pairs = [(0, 1), (1, 2), (5, 9)]
    assert out_of_order(pairs, even(pairs)) == frozenset()
    assert out_of_order([], {}) == frozenset()


def test_one_cell_moved_down() -> None:
    pairs = [(0, 3), (1, 0), (2, 1), (3, 2)]
    assert out_of_order(pairs, even(pairs)) == {(0, 3)}


def test_the_lighter_of_two_swapped_cells_moved() -> None:
    assert out_of_order([(0, 1), (1, 0)], {(0, 1): 5, (1, 0): 9}) == {(0, 1)}


def test_of_two_that_weigh_the_same_the_first_stays() -> None:
    pairs = [(0, 1), (1, 0)]
    assert out_of_order(pairs, even(pairs)) == {(1, 0)}


@given(st.permutations(range(6)), st.lists(st.integers(1, 5), min_size=6, max_size=6))
def test_no_chain_is_heavier_than_the_one_that_stays(order: list[int], weights: list[int]) -> None:
    pairs = list(enumerate(order))
    weight = dict(zip(pairs, weights, strict=True))
    kept = set(pairs) - out_of_order(pairs, weight)
    assert sorted(head for _, head in kept) == [head for _, head in sorted(kept)]
    heaviest = max(
        sum(weight[pair] for pair in chain)
        for size in range(1, 7)
        for chain in combinations(pairs, size)
        if all(first[1] < second[1] for first, second in pairwise(chain))
    )
    assert sum(weight[pair] for pair in kept) == heaviest
