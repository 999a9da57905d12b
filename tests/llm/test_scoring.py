"""Probabilities of continuations, against sums made by hand."""

import math

import pytest

np = pytest.importorskip("numpy")

from nbreview.llm import scoring  # noqa: E402


def model(table: dict[tuple[int, ...], dict[int, float]], seen: list[tuple[int, ...]] | None = None):  # type: ignore[no-untyped-def]
    def after(path: tuple[int, ...]):  # type: ignore[no-untyped-def]
        if seen is not None:
            seen.append(path)
        row = np.full(10, -np.inf)
        for token, probability in table[path].items():
            row[token] = math.log(probability)
        return row

    return after


def test_single_tokens_are_normalised_over_the_options() -> None:
    after = model({(): {1: 0.3, 2: 0.1}})
    assert scoring.probabilities([(1,), (2,)], after) == pytest.approx((0.75, 0.25))


def test_tokens_of_one_option_multiply() -> None:
    after = model({(): {1: 0.5, 2: 0.5}, (1,): {3: 0.2}})
    assert scoring.probabilities([(1, 3), (2,)], after) == pytest.approx((0.1 / 0.6, 0.5 / 0.6))


def test_what_all_share_is_not_weighed() -> None:
    seen: list[tuple[int, ...]] = []
    after = model({(7, 8): {1: 0.2, 2: 0.6}}, seen)
    assert scoring.probabilities([(7, 8, 1), (7, 8, 2)], after) == pytest.approx((0.25, 0.75))
    assert seen == [(7, 8)]


def test_an_option_that_another_continues_counts_only_for_itself() -> None:
    after = model({(): {1: 0.5, 2: 0.5}, (1,): {3: 0.4}})
    no, not_, yes = scoring.probabilities([(1,), (1, 3), (2,)], after)
    assert (no, not_, yes) == pytest.approx((0.3, 0.2, 0.5))


def test_a_chain_of_continuations_is_taken_off_once() -> None:
    after = model({(): {1: 1.0}, (1,): {2: 0.5}, (1, 2): {3: 0.5}})
    assert scoring.probabilities([(1,), (1, 2), (1, 2, 3)], after) == pytest.approx((0.5, 0.25, 0.25))


def test_equal_options_share() -> None:
    after = model({(): {1: 0.2, 2: 0.2}})
    assert scoring.probabilities([(1,), (1,), (2,)], after) == pytest.approx((0.25, 0.25, 0.5))


def test_impossible_options_come_out_even() -> None:
    after = model({(): {5: 1.0}, (1,): {5: 1.0}})
    assert sum(scoring.probabilities([(1, 2), (1, 3)], after)) == pytest.approx(1.0)


def test_one_option_is_certain() -> None:
    assert scoring.probabilities([(1, 2)], model({})) == (1.0,)


def test_log_softmax_survives_large_logits() -> None:
    row = scoring.log_softmax(np.array([1000.0, 1000.0, -np.inf]))
    assert row[:2] == pytest.approx(math.log(0.5))


@pytest.mark.parametrize(
    ("logits", "expected"),
    [([1.0, -math.inf], True), ([math.nan, 1.0], False), ([math.inf, 1.0], False), ([-math.inf], False)],
)
def test_numbers_are_told_from_what_is_none(logits: list[float], expected: bool) -> None:
    assert scoring.finite(np.array(logits)) is expected
