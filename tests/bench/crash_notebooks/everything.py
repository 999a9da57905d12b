"""All pairs of the corpus."""

from tests.bench.crash_notebooks import arrays, beyond, estimators, files, networks, order, plots, tables
from tests.bench.crash_notebooks.pair import Pair

PAIRS: tuple[Pair, ...] = (
    *tables.PAIRS,
    *arrays.PAIRS,
    *estimators.PAIRS,
    *plots.PAIRS,
    *networks.PAIRS,
    *files.PAIRS,
    *order.PAIRS,
    *beyond.PAIRS,
)
