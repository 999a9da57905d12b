"""Intervals and tests against scipy on known data."""

import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.evaluation.metrics import bootstrap
from nbreview.evaluation.statistics import (
    interval,
    mcnemar,
    mean_of,
    paired_difference,
    paired_outcomes,
    total_of,
    value_groups,
)

RNG = random.Random(3)
SKEWED = [RNG.expovariate(1.0) for _ in range(60)]
SINGLES = {f"r{number}": [value] for number, value in enumerate(SKEWED)}


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_an_interval_is_that_of_scipy(method: str) -> None:
    np, stats = pytest.importorskip("numpy"), pytest.importorskip("scipy.stats")
    ours = interval(value_groups(SINGLES), method=method, resamples=9999)
    theirs = stats.bootstrap(
        (np.array(SKEWED),), np.mean, n_resamples=9999, method=method, random_state=np.random.default_rng(1)
    ).confidence_interval
    assert ours is not None and ours.drawn == "repositories"
    assert ours.low == pytest.approx(theirs.low, abs=0.015)
    assert ours.high == pytest.approx(theirs.high, abs=0.015)


def test_rows_of_a_repository_are_drawn_together() -> None:
    clustered = {f"r{number}": [float(number % 2)] * 40 for number in range(10)}
    alone = {f"r{number}-{copy}": [float(number % 2)] for number in range(10) for copy in range(40)}
    wide, narrow = interval(value_groups(clustered)), interval(value_groups(alone))
    assert wide is not None and narrow is not None
    assert wide.high - wide.low > 4 * (narrow.high - narrow.low)


def test_sums_give_the_interval_that_drawing_rows_gives() -> None:
    groups = {f"r{number}": SKEWED[number * 6 : number * 6 + 6] for number in range(10)}
    rows = bootstrap(groups, lambda drawn: sum(drawn) / len(drawn))
    sums = interval(value_groups(groups))
    assert rows is not None and sums is not None
    assert (sums.low, sums.high) == pytest.approx((rows.low, rows.high))


def test_a_figure_can_be_any_function_of_sums() -> None:
    groups = {f"r{number}": [(2.0, 3.0, 4.0)] for number in range(6)}
    found = interval(groups, lambda sums: 2 * sums[0] / (sums[1] + sums[2]))
    assert found is not None and (found.low, found.high) == pytest.approx((4 / 7, 4 / 7))


def test_nothing_has_no_interval_and_equal_values_have_a_point() -> None:
    assert interval({}) is None and interval({"r": []}) is None and paired_difference({}) is None
    for method in ("percentile", "bca"):
        found = interval(value_groups({"r": [1.0] * 9}), method=method)
        assert found is not None and (found.low, found.high, found.drawn) == (1.0, 1.0, "items")
    assert mean_of(total_of(value_groups({"a": [1.0], "b": [2.0, 6.0]}))) == 3.0


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar_is_the_binomial_test_of_scipy(first: int, second: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    wanted = stats.binomtest(first, first + second, 0.5).pvalue if first + second else 1.0
    assert mcnemar(first, second) == pytest.approx(wanted, abs=1e-9)


def shifted(by: float) -> Mapping[str, Sequence[tuple[float, float]]]:
    rng = random.Random(5)
    return {f"r{number}": [(value := rng.random(), value + by + rng.gauss(0, 0.3))] for number in range(80)}


@pytest.mark.parametrize("by", [0.0, 0.05, 0.1])
def test_a_paired_bootstrap_says_what_the_paired_t_test_of_scipy_says(by: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    pairs = shifted(by)
    first, second = zip(*(row for rows in pairs.values() for row in rows), strict=True)
    wanted = stats.ttest_rel(second, first)
    found = paired_difference(pairs)
    assert found is not None and found.p is not None and found.items == 80
    assert found.p == pytest.approx(wanted.pvalue, abs=0.02)
    bounds = wanted.confidence_interval()
    assert (found.low, found.high) == pytest.approx((bounds.low, bounds.high), abs=0.01)


def test_two_equal_runs_do_not_differ() -> None:
    same = paired_difference({"a": [(0.5, 0.5)], "b": [(0.1, 0.1)]})
    assert same is not None and (same.value, same.p) == (0.0, 1.0)


def test_outcomes_that_are_right_or_wrong_count_who_alone_was_right() -> None:
    pairs = {"a": [(True, False)] * 9 + [(True, True)] * 5, "b": [(False, True)] * 1 + [(False, False)] * 5}
    found = paired_outcomes(pairs)
    assert found is not None and (found.only_first, found.only_second) == (9, 1)
    assert found.value == pytest.approx(-0.4) and found.p == pytest.approx(22 / 1024)
    assert found.low < found.value < found.high


def test_the_same_seed_gives_the_same_figures() -> None:
    assert paired_difference(shifted(0.1)) == paired_difference(shifted(0.1))
    assert interval(value_groups(SINGLES)) == interval(value_groups(SINGLES))
