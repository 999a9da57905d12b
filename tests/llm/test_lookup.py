"""Guessing from the prompt: what followed before, and only while it gains."""

from hypothesis import given
from hypothesis import strategies as st

from nbreview.llm.lookup import Lookup, Pace


def test_what_followed_the_last_tokens_before_is_guessed() -> None:
    assert Lookup([1, 2, 3, 4, 5, 9, 1, 2, 3]).guess(3) == (4, 5, 9)
    assert Lookup([1, 2, 3, 4]).guess(3) == ()
    assert Lookup([]).guess(3) == ()


def test_the_longest_run_decides_and_then_the_most_recent() -> None:
    assert Lookup([1, 2, 3, 7, 0, 2, 3, 8, 0, 1, 2, 3]).guess(1) == (7,)
    assert Lookup([2, 3, 7, 0, 2, 3, 8, 0, 2, 3]).guess(1) == (8,)


@given(st.lists(st.integers(0, 4), max_size=60), st.integers(0, 8))
def test_a_guess_is_a_piece_of_the_text_that_stood_behind_the_same_two_tokens(
    tokens: list[int], limit: int
) -> None:
    grown = Lookup()
    for token in tokens:
        grown.add(token)
    guess = grown.guess(limit)
    assert guess == Lookup(tokens).guess(limit)
    assert len(guess) <= limit
    if guess:
        piece = [*tokens[-2:], *guess]
        assert any(tokens[at : at + len(piece)] == piece for at in range(len(tokens)))


def drawn(pace: Pace, batches: int, right: float, single: float, batch: float) -> int:
    """Draw so many batches; a share of each guess is right. How many tokens were guessed."""
    guessed = 0
    for _ in range(batches):
        length = pace.length
        guessed += length
        pace.note(length, int(length * right), batch if length else single)
    return guessed


def test_guesses_get_longer_while_they_are_right() -> None:
    pace = Pace()
    drawn(pace, 2, 1.0, 1.0, 1.5)
    lengths = []
    for _ in range(4):
        lengths.append(pace.length)
        pace.note(pace.length, pace.length, 1.5)
    assert lengths == [4, 8, 16, 16]
    pace.note(16, 3, 1.5)
    assert pace.length == 4


def test_guessing_pauses_where_it_costs_more_than_it_brings_and_ever_longer() -> None:
    pace = Pace()
    assert drawn(pace, 400, 0.0, 1.0, 1.5) < 60, "wrong guesses in batches that take half as long again"
    gains = Pace()
    assert drawn(gains, 100, 1.0, 1.0, 1.5) > 1400


def test_a_slow_machine_for_batches_is_noticed_though_every_guess_is_right() -> None:
    assert drawn(Pace(), 200, 1.0, 1.0, 40.0) < 200
