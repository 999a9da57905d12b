"""What the rungs climb: pairs that stay, gaps, and a clock."""

import pytest

from nbreview.cancellation import Cancelled, CancelToken
from nbreview.diff.ladder import Ladder, TimeIsUp
from nbreview.notebook.reader import read_bytes
from tests.builders import code, notebook


def ladder(base: int, head: int, seconds: float | None = None, cancel: CancelToken | None = None) -> Ladder:
    sides = (read_bytes(notebook(*[code("x = 1")] * size), "a").cells for size in (base, head))
    hands = iter(range(1000))
    return Ladder(*sides, seconds, cancel, lambda: float(next(hands)))


def test_a_cell_is_taken_once() -> None:
    found = ladder(3, 3)
    found.take([(0, 0), (0, 1), (1, 0), (2, 1)])
    assert found.partner == {0: 0, 2: 1}
    assert found.free() == ([1], [2])


def test_gaps_lie_between_neighbours_of_the_chain() -> None:
    found = ladder(5, 5)
    found.take([(1, 1), (3, 2)])
    assert found.free_gaps() == [([0], [0]), ([4], [3, 4])]


def test_gaps_inside_what_moved_come_first() -> None:
    found = ladder(8, 8)
    found.take([(0, 5), (2, 7), (3, 0), (4, 1), (5, 2)])
    assert found.moved() == [(0, 5), (2, 7)]
    assert found.free_gaps()[0] == ([1], [6])


def test_the_clock_ends_the_work() -> None:
    found = ladder(1, 1, seconds=2.5)
    found.poll()
    found.poll()
    with pytest.raises(TimeIsUp):
        found.poll()


def test_without_a_budget_it_never_ends() -> None:
    found = ladder(1, 1)
    for _ in range(2000):
        found.poll()


def test_steps_look_at_the_token_once_in_a_while() -> None:
    token = CancelToken()
    token.cancel()
    found = ladder(1, 1, cancel=token)
    found.step()
    with pytest.raises(Cancelled):
        for _ in range(64):
            found.step()
