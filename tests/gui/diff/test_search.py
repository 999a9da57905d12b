"""Finding in the sources of both sides."""

from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.diff.search import Finder, Match, find_all, occurrences
from nbreview.notebook.reader import read_bytes
from tests.builders import code, notebook


def test_capitals_count_only_where_they_are_asked_for() -> None:
    assert list(occurrences("Data data DATA", "data")) == [0, 5, 10]
    assert list(occurrences("Data data DATA", "Data")) == [0]
    assert list(occurrences("anything", "")) == []


def test_finds_do_not_overlap() -> None:
    assert list(occurrences("aaaa", "aa")) == [0, 2]


def test_letters_that_grow_in_lower_case_keep_their_place() -> None:
    assert list(occurrences("İx x", "x")) == [1, 3]


def test_both_sides_are_searched_where_they_differ() -> None:
    base = read_bytes(notebook(code("same x", id="a"), code("x = 1\ny", id="b")), "base")
    head = read_bytes(notebook(code("same x", id="a"), code("x = 2\ny", id="b")), "head")
    found = find_all(diff_notebooks(base, head), "x")
    assert found == [Match(0, True, 0, 5), Match(1, False, 0, 0), Match(1, True, 0, 0)]


def test_steps_go_around_the_ends() -> None:
    book = read_bytes(notebook(code("x"), code("x")), "book")
    finder = Finder()
    finder.start(diff_notebooks(book, book), "x", 1)
    assert finder.number == 2
    finder.step(backward=False)
    assert finder.number == 1
    finder.step(backward=True)
    assert finder.number == 2
    finder.clear()
    finder.step(backward=True)
    assert (finder.number, finder.current) == (0, None)
