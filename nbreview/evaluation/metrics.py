"""Precision, recall, F1 and how far chance moves a figure: for every evaluation.

Imports nothing of nbreview.
"""

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

RESAMPLES = 1000
"""Bootstrap samples: enough for the second decimal of a 95 % interval."""

FEWEST_CLUSTERS = 5
"""Groups from which on whole groups are drawn; fewer say nothing about other groups."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found: `hits` of the `predicted` are among the `truth`."""

    hits: int = 0
    predicted: int = 0
    truth: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.hits + other.hits, self.predicted + other.predicted, self.truth + other.truth)

    @property
    def precision(self) -> float | None:
        """Share of the predicted that are true; None when nothing was predicted."""
        return self.hits / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the truth that was predicted; None when there was nothing to find."""
        return self.hits / self.truth if self.truth else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None when there was nothing to find and nothing was predicted."""
        return 2 * self.hits / (self.predicted + self.truth) if self.predicted + self.truth else None


def counted(predicted: frozenset[T], truth: frozenset[T]) -> Counts:
    """The counts of one set of answers against the true one."""
    return Counts(len(predicted & truth), len(predicted), len(truth))


def total(counts: Iterable[Counts]) -> Counts:
    """All of them together: figures of a total weigh every cell alike, whatever notebook it stands in."""
    return sum(counts, Counts())


def share(flags: Iterable[bool]) -> float | None:
    """Share of the true ones; None of nothing."""
    values = list(flags)
    return sum(values) / len(values) if values else None


def pass_at_k(samples: int, passed: int, k: int) -> float | None:
    """The probability that one of `k` samples passes, without bias from all that were drawn (Chen et al.
    2021, arXiv 2107.03374): 1 − C(n − c, k) / C(n, k). None when fewer than `k` were drawn.
    """
    if samples < k:
        return None
    return 1.0 - math.comb(samples - passed, k) / math.comb(samples, k)


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile interval of a figure, and what was drawn to get it (`repositories`, `pairs`)."""

    low: float
    high: float
    drawn: str


def bootstrap(
    groups: Mapping[str, Sequence[T]],
    statistic: Callable[[Sequence[T]], float | None],
    *,
    names: str = "repositories",
    singles: str = "pairs",
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> Interval | None:
    """The 95 % percentile bootstrap interval of a figure (Efron 1979), the same at every run.

    Rows of one group resemble each other, so whole groups are drawn where there are enough of them, else
    single rows.

    Parameters
    ----------
    groups:
        The rows by what they have in common: their repository, say.
    statistic:
        The figure of some rows; samples for which it is None are left out.
    names, singles:
        What the groups and the rows are called.

    Returns
    -------
    None when no sample has a figure.
    """
    clusters: list[Sequence[T]] = [groups[name] for name in sorted(groups) if groups[name]]
    drawn = names
    if len(clusters) < FEWEST_CLUSTERS:
        clusters = [[row] for cluster in clusters for row in cluster]
        drawn = singles
    if not clusters:
        return None
    rng = random.Random(seed)
    figures = []
    for _ in range(resamples):
        sample = [row for cluster in rng.choices(clusters, k=len(clusters)) for row in cluster]
        figure = statistic(sample)
        if figure is not None:
            figures.append(figure)
    if not figures:
        return None
    figures.sort()
    return Interval(quantile(figures, 0.025), quantile(figures, 0.975), drawn)


def quantile(ordered: Sequence[float], q: float) -> float:
    """The `q` quantile of values in ascending order, linear between neighbours."""
    place = q * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
