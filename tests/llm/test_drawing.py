"""Drawing tokens: the nucleus against llama.cpp's own, shares against what the logits say."""

import ctypes
import math

import numpy as np
import pytest

from nbreview.llm.drawing import Drawing, nucleus

WORDS = 2000


def _peaked(seed: int) -> np.ndarray:
    """As a trained model's: a broad tail and a few that stand out."""
    logits = np.random.default_rng(seed).normal(0, 2.5, WORDS).astype(np.float32)
    logits[seed : seed + 5] = 16, 15, 14.5, 12, 9
    return logits


def _flat(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.5, WORDS).astype(np.float32)


@pytest.mark.parametrize("top_p", [0.1, 0.5, 0.95, 0.99])
@pytest.mark.parametrize("logits", [_peaked(1), _peaked(9), _flat(2), _flat(5)])
def test_the_nucleus_is_that_of_llama_cpp(logits: np.ndarray, top_p: float) -> None:
    llama = pytest.importorskip("llama_cpp").llama_cpp
    candidates = np.zeros(WORDS, [("id", "i4"), ("logit", "f4"), ("p", "f4")])
    candidates["id"], candidates["logit"] = np.arange(WORDS), logits
    array = llama.llama_token_data_array(
        data=candidates.ctypes.data_as(llama.llama_token_data_p), size=WORDS, selected=-1, sorted=False
    )
    sampler = llama.llama_sampler_init_top_p(top_p, 1)
    llama.llama_sampler_apply(sampler, ctypes.byref(array))
    theirs = {array.data[place].id for place in range(array.size)}
    llama.llama_sampler_free(sampler)
    masses = np.exp(logits - logits.max())
    ours = set(nucleus(masses, top_p * masses.sum()).tolist())
    # Sums of thousands of terms round: the two may differ by the token at the border.
    assert len(ours ^ theirs) <= max(1, len(theirs) // 1000)


def test_all_of_the_probability_takes_every_token_that_has_some() -> None:
    masses = np.array([1.0, 0.0, 0.25, 1e-9, 0.25], np.float32)
    assert {0, 2, 3, 4} <= set(nucleus(masses, math.inf).tolist())


def test_tokens_that_tie_with_the_last_one_are_in() -> None:
    assert nucleus(np.array([1.0, 0.5, 0.5, 0.1], np.float32), 1.2).tolist() == [0, 1, 2]


@pytest.mark.parametrize("temperature", [0.5, 1.0, 1.7])
def test_tokens_come_as_often_as_their_probability_says(temperature: float) -> None:
    logits = np.log(np.array([0.5, 0.3, 0.15, 0.05], np.float32))
    drawing, draws = Drawing(temperature, 0.9, 7, None), 20_000
    counts = np.bincount([drawing.draw(logits)[0] for _ in range(draws)], minlength=4)
    weights = np.array([0.5, 0.3, 0.15, 0.0]) ** (1 / temperature)
    expected = weights / weights.sum()
    assert counts[3] == 0  # outside of the nucleus
    assert np.all(np.abs(counts / draws - expected) <= 4 * np.sqrt(expected / draws))


def test_one_seed_draws_the_same_and_another_does_not() -> None:
    def drawn(seed: int) -> list[int]:
        drawing = Drawing(1.0, 1.0, seed, None)
        return [drawing.draw(_flat(3))[0] for _ in range(20)]

    assert drawn(11) == drawn(11) != drawn(12)


def test_without_temperature_the_first_of_the_likeliest_is_drawn() -> None:
    token, logarithm = Drawing(0.0, 0.95, 7, None).draw(np.log(np.array([0.2, 0.4, 0.4], np.float32)))
    assert token == 1
    assert logarithm == pytest.approx(math.log(0.4))


def test_the_logarithm_is_that_of_the_model_whatever_the_temperature() -> None:
    logits = _peaked(4)
    whole = math.log(np.exp(logits.astype(float) - 16).sum())
    drawing = Drawing(2.0, 1.0, 3, None)
    for _ in range(20):
        token, logarithm = drawing.draw(logits)
        assert logarithm == pytest.approx(float(logits[token]) - 16 - whole, abs=1e-4)
