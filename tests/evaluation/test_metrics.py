"""Precision, recall, F1 and intervals: exact on small numbers."""

import pytest

from nbreview.evaluation.metrics import Counts, bootstrap, counted, quantile, share, total


def test_precision_recall_and_f1_of_a_count() -> None:
    counts = counted(frozenset("abcd"), frozenset("abe"))
    assert counts == Counts(hits=2, predicted=4, truth=3)
    assert counts.precision == 0.5
    assert counts.recall == pytest.approx(2 / 3)
    assert counts.f1 == pytest.approx(4 / 7)


def test_where_there_is_nothing_there_is_no_figure() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)
    assert Counts(0, 1, 0).f1 == 0.0
    assert share([]) is None


def test_a_total_weighs_every_cell_alike() -> None:
    assert total([Counts(1, 1, 1), Counts(0, 9, 9)]).f1 == pytest.approx(0.1)


def test_the_bootstrap_draws_whole_groups_where_there_are_enough() -> None:
    groups = {str(number): [float(number % 2)] * 3 for number in range(6)}
    found = bootstrap(groups, lambda rows: sum(rows) / len(rows))
    assert found is not None
    assert found.drawn == "repositories"
    assert 0 <= found.low < 0.5 < found.high <= 1
    assert found == bootstrap(groups, lambda rows: sum(rows) / len(rows))


def test_the_bootstrap_draws_single_rows_of_few_groups() -> None:
    found = bootstrap({"one": [1.0, 1.0, 1.0]}, lambda rows: sum(rows) / len(rows))
    assert found is not None
    assert (found.low, found.high, found.drawn) == (1.0, 1.0, "pairs")


def test_the_bootstrap_of_nothing_is_nothing() -> None:
    assert bootstrap({}, lambda rows: 1.0) is None
    assert bootstrap({"one": [1]}, lambda rows: None) is None


def test_quantiles_lie_between_neighbours() -> None:
    assert [quantile([1.0, 2.0, 4.0], q) for q in (0, 0.25, 0.5, 0.75, 1)] == [1.0, 1.5, 2.0, 3.0, 4.0]
