"""How far chance moves a figure, and whether two runs differ by more than chance.

Imports `metrics` and the standard library: no NumPy. Rows of one repository resemble each other, so whole
repositories are drawn, not rows (Cameron, Gelbach and Miller 2008). Figures are functions of sums over rows,
so that a sample costs one addition a repository, however many rows there are.
"""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from statistics import NormalDist

from nbreview.evaluation.metrics import FEWEST_CLUSTERS, RESAMPLES, Interval, quantile

Sums = Sequence[float]
Figure = Callable[[Sums], float | None]
Pick = Callable[[Sums], Sums]
Groups = Mapping[str, Sequence[Sums]]
"""The addends of each row, by what rows have in common: their repository."""

_LOW, _HIGH = 0.025, 0.975
_NORMAL = NormalDist()
_MOST_KEPT = 4_000_000
# Fewer distinct figures than this have no skew to be corrected for.
_FEWEST_FOR_BCA = 3


def mean_of(sums: Sums) -> float | None:
    """The mean, where a row's addends are its value and 1."""
    return sums[0] / sums[1] if sums[1] else None


def value_groups(values: Mapping[str, Sequence[float]]) -> dict[str, list[Sums]]:
    """The addends with which `mean_of` is the figure."""
    return {name: [(value, 1.0) for value in rows] for name, rows in values.items()}


def total_of(groups: Groups) -> list[float]:
    """The sums over all rows; empty of nothing."""
    return _added([row for rows in groups.values() for row in rows])


def interval(
    groups: Groups,
    figure: Figure = mean_of,
    *,
    method: str = "percentile",
    resamples: int = RESAMPLES,
    seed: int = 1,
    names: str = "repositories",
    singles: str = "items",
) -> Interval | None:
    """The 95 % interval of a figure, the same at every run.

    Parameters
    ----------
    groups:
        Addends by repository; with fewer than five repositories single rows are drawn.
    figure:
        Of the sums over the rows drawn; samples for which it is None are left out.
    method:
        `percentile` (Efron 1979) or `bca`, corrected for bias and skew (Efron 1987).
    resamples, seed:
        How many samples, and where the drawing of chance begins.
    names, singles:
        What the groups and the rows are called.

    Returns
    -------
    None when no sample has a figure.
    """
    clusters, drawn = _clusters(groups, names, singles)
    if not clusters:
        return None
    figures = sorted(found for found in map(figure, _samples(clusters, resamples, seed)) if found is not None)
    if not figures:
        return None
    low, high = _LOW, _HIGH
    if method == "bca":
        low, high = _corrected(clusters, figure, figures)
    return Interval(quantile(figures, low), quantile(figures, high), drawn)


@dataclass(frozen=True, slots=True)
class Difference:
    """How much the second run has more than the first: of `items` rows in both.

    `p` is the probability of a difference at least as large by chance alone, None where there is nothing to
    tell it from. `test` names how it was found. `only_first` and `only_second` count the rows which only that
    run got right (outcomes that are right or wrong).
    """

    value: float
    low: float
    high: float
    p: float | None
    test: str
    items: int
    only_first: int | None = None
    only_second: int | None = None


def paired_difference(
    pairs: Mapping[str, Sequence[tuple[float, float]]], *, resamples: int = 2 * RESAMPLES, seed: int = 1
) -> Difference | None:
    """The difference of two means over the same rows, tested by a paired bootstrap over repositories.

    `p` is two-sided: the share of samples whose difference lies as far from the difference found as that lies
    from nought (Efron and Tibshirani 1993, section 16.4).

    Parameters
    ----------
    pairs:
        Values of the first and of the second run, by repository.

    Returns
    -------
    None when there are no pairs.
    """
    groups = value_groups({name: [second - first for first, second in rows] for name, rows in pairs.items()})
    clusters, drawn = _clusters(groups, "repositories", "items")
    found = mean_of(total_of(groups)) if clusters else None
    if found is None:
        return None
    figures = sorted(
        value for value in map(mean_of, _samples(clusters, resamples, seed)) if value is not None
    )
    far = sum(abs(value - found) >= abs(found) - 1e-12 for value in figures)
    same = figures[0] == figures[-1]
    return Difference(
        found,
        quantile(figures, _LOW),
        quantile(figures, _HIGH),
        None if same and len(clusters) < 2 else min(1.0, (far + 1) / (len(figures) + 1)),
        f"paired bootstrap over {drawn}",
        sum(len(rows) for rows in groups.values()),
    )


def paired_outcomes(pairs: Mapping[str, Sequence[tuple[bool, bool]]]) -> Difference | None:
    """The difference of two shares of right answers on the same rows: interval as `paired_difference`, `p`
    by McNemar's exact test (McNemar 1947), which takes the rows for independent of each other.
    """
    numbers = {name: [(float(a), float(b)) for a, b in rows] for name, rows in pairs.items()}
    difference = paired_difference(numbers, resamples=RESAMPLES)
    if difference is None:
        return None
    flat = [pair for rows in pairs.values() for pair in rows]
    first, second = sum(a and not b for a, b in flat), sum(b and not a for a, b in flat)
    return Difference(
        difference.value,
        difference.low,
        difference.high,
        mcnemar(first, second),
        "McNemar's exact test",
        difference.items,
        first,
        second,
    )


def mcnemar(only_first: int, only_second: int) -> float:
    """Two-sided p of the exact test: of the rows that differ, each is either run's with probability 1/2.

    Parameters
    ----------
    only_first, only_second:
        Rows that only that run got right.
    """
    differing, fewer = only_first + only_second, min(only_first, only_second)
    if only_first == only_second:
        return 1.0
    ways = sum(math.comb(differing, count) for count in range(fewer + 1))
    return min(1.0, float(2 * ways / (1 << differing)))


# --- drawing ------------------------------------------------------------------------------------------------


def _clusters(groups: Groups, names: str, singles: str) -> tuple[list[Sums], str]:
    """What is drawn, as sums, and what it is called."""
    filled = [groups[name] for name in sorted(groups) if groups[name]]
    if len(filled) >= FEWEST_CLUSTERS:
        return [_added(rows) for rows in filled], names
    return [row for rows in filled for row in rows], singles


def _samples(clusters: Sequence[Sums], resamples: int, seed: int) -> Iterator[list[float]]:
    columns = list(zip(*clusters, strict=True))
    if len(clusters) == 1:
        yield from ([*clusters[0]] for _ in range(resamples))
        return
    small = len(clusters) * resamples <= _MOST_KEPT
    picks = _kept_picks(len(clusters), resamples, seed) if small else _picks(len(clusters), resamples, seed)
    for pick in picks:
        yield [sum(pick(column)) for column in columns]


def _picks(count: int, resamples: int, seed: int) -> Iterator[Pick]:
    """For each sample, what takes the rows drawn out of a column."""
    rng = random.Random(seed)
    for _ in range(resamples):
        yield itemgetter(*rng.choices(range(count), k=count))


@lru_cache(maxsize=4)
def _kept_picks(count: int, resamples: int, seed: int) -> tuple[Pick, ...]:
    """The same for all figures of as many rows: drawing takes longer than adding."""
    return tuple(_picks(count, resamples, seed))


def _added(rows: Sequence[Sums]) -> list[float]:
    return [math.fsum(column) for column in zip(*rows, strict=True)]


def _corrected(clusters: Sequence[Sums], figure: Figure, figures: Sequence[float]) -> tuple[float, float]:
    """Which quantiles BCa takes: z0 from the share of samples below the figure, the acceleration from the
    figures without one cluster each.
    """
    total = _added(clusters)
    found = figure(total)
    left_out = [
        value
        for row in clusters
        if (value := figure([whole - part for whole, part in zip(total, row, strict=True)])) is not None
    ]
    if found is None or len(set(left_out)) < _FEWEST_FOR_BCA:
        return _LOW, _HIGH
    below = sum(value < found for value in figures) + 0.5 * sum(value == found for value in figures)
    share = min(max(below / len(figures), 1 / len(figures)), 1 - 1 / len(figures))
    bias = _NORMAL.inv_cdf(share)
    center = math.fsum(left_out) / len(left_out)
    cubes = math.fsum((center - value) ** 3 for value in left_out)
    squares = math.fsum((center - value) ** 2 for value in left_out)
    skew = cubes / (6 * squares**1.5) if squares else 0.0

    def moved(level: float) -> float:
        shifted = bias + _NORMAL.inv_cdf(level)
        return _NORMAL.cdf(bias + shifted / (1 - skew * shifted))

    return moved(_LOW), moved(_HIGH)
