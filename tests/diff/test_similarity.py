"""Likeness separates an edited cell from a stranger."""

from nbreview.diff.similarity import Likeness
from nbreview.notebook.model import Cell
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook


def cells(*texts: str) -> tuple[Cell, ...]:
    return read_bytes(notebook(*(code(text) for text in texts)), "a").cells


def test_equal_is_one_and_blank_or_another_type_is_nothing() -> None:
    assert Likeness(cells("x = 1"), cells("x = 1")).score(0, 0) == 1
    assert Likeness(cells(""), cells("")).score(0, 0) == 0
    head = read_bytes(notebook(markdown("x = 1")), "a").cells
    assert Likeness(cells("x = 1"), head).score(0, 0) == 0


def test_an_edited_cell_is_closer_than_a_stranger() -> None:
    base = cells("model = Ridge(alpha=1.0)\nmodel.fit(train_x, train_y)")
    head = cells(
        "model = Ridge(alpha=0.5)\nmodel.fit(train_x, train_y)\nprint(model.coef_)",
        "fig, ax = plt.subplots()\nax.plot(loss)\nax.set_title('loss')",
    )
    likeness = Likeness(base, head)
    assert likeness.score(0, 0) > 0.7
    assert likeness.score(0, 1) < 0.35


def test_signs_alone_are_compared_by_character() -> None:
    assert Likeness(cells("---"), cells("----")).score(0, 0) > 0.8


def test_cells_that_share_a_rare_word_or_line_point_at_each_other() -> None:
    base = cells(*(f"frame_{n} = read(path)\nplot(series_{n})" for n in range(60)))
    head = cells(*(f"frame_{n} = read(path, sep=';')\nplot(series_{n})" for n in reversed(range(60))))
    likeness = Likeness(base, head)
    assert set(likeness.sharing_words(range(60), range(60))) == {(n, 59 - n) for n in range(60)}
    assert set(likeness.sharing_lines(range(60), range(60))) == {(n, 59 - n) for n in range(60)}


def test_a_pair_is_compared_once() -> None:
    likeness = Likeness(cells("x = load(1)"), cells("x = load(2)"))
    assert likeness.score(0, 0) == likeness.score(0, 0)
    assert likeness.compared == 1


def test_very_long_sources_are_compared_by_a_sample_of_their_words() -> None:
    words = " ".join(f"word{n}" for n in range(12_000))
    others = " ".join(f"other{n}" for n in range(6_000))
    half = words[: len(words) // 2] + others
    likeness = Likeness(cells(words), cells(words + " more", half, others, "word1"))
    assert likeness.score(0, 0) > 0.99
    assert 0.4 < likeness.score(0, 1) < 0.6
    assert likeness.score(0, 2) < 0.2
    assert likeness.score(0, 3) < 0.01


def test_of_a_source_as_long_as_a_picture_only_the_ends_are_read() -> None:
    picture = "![plot](data:image/png;base64," + "iVBORw0KGgo/" * 100_000 + ")\n"
    likeness = Likeness(cells(picture + "The loss falls."), cells(picture + "The loss rises."))
    assert likeness.score(0, 0) > 0.99
    assert likeness.words(0, 0) < 50_000
