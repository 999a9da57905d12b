"""What lies between matched cells is paired by likeness, by lines, by type and at last by place."""

from typing import Any

from nbreview.diff.gaps import blank_in_gaps, by_position, grown, in_gaps, in_place, retyped
from nbreview.diff.ladder import Ladder
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook

FIT = "model = Ridge(alpha=1.0)\nmodel.fit(train_x, train_y)"


def ladder(base: list[dict[str, Any]], head: list[dict[str, Any]]) -> Ladder:
    sides = (read_bytes(notebook(*side), "a").cells for side in (base, head))
    return Ladder(*sides, None, None, float)


def test_similar_cells_are_paired_in_order() -> None:
    found = ladder([code("a, b = 1, 2"), code(FIT)], [code(FIT + "\nmodel"), code("x"), code(FIT + "  #")])
    assert in_gaps(found, 0.5) == [(1, 2)]


def test_large_gaps_are_split_at_what_is_rare() -> None:
    base = [code(f"frame_{n} = load(path)\nplot(frame_{n})") for n in range(50)]
    head = [code(f"frame_{n} = load(path, sep)\nplot(frame_{n})") for n in range(5, 50)]
    assert in_gaps(ladder(base, head), 0.5) == [(n, n - 5) for n in range(5, 50)]


def test_a_cell_that_grew_is_paired_by_its_lines() -> None:
    long = "\n".join(f"second_{n} = other(thing_{n})" for n in range(20))
    assert grown(ladder([code("## Plan")], [code("x"), code("## Plan\n" + long)])) == [(0, 1)]


def test_a_retyped_cell_is_paired_by_its_words() -> None:
    words = "Here the model is trained on all of the data"
    assert retyped(ladder([code(words)], [markdown(words + "!")])) == [(0, 0)]
    assert retyped(ladder([code(words)], [code(words)])) == []


def test_blank_cells_are_paired_by_their_types() -> None:
    found = ladder([code(""), markdown("")], [markdown(" "), code("")])
    assert len(blank_in_gaps(found)) == 1


def test_the_only_ones_of_their_type_are_paired_in_order() -> None:
    found = ladder([code("1"), markdown("a")], [code("2"), markdown("b"), markdown("c")])
    assert in_place(found) == [(0, 0)]
    crossed = ladder([code("1"), markdown("a"), code("3")], [markdown("b")])
    assert in_place(crossed) == [(1, 0)]


def test_by_position_pairs_cells_of_one_type() -> None:
    found = ladder([code("1"), markdown("a"), code("3")], [code("4"), code("5")])
    assert by_position(found) == [(0, 0)]
