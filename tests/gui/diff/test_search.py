"""Finding in the sources and outputs of both sides."""

import pytest

from nbreview.diff.model import NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.diff.search import BadPattern, Finder, Match, Query, find_all, spans
from nbreview.notebook.reader import read_bytes
from tests.builders import code, notebook, stream


def starts(text: str, query: Query) -> list[int]:
    return [start for start, _ in spans(text, query)]


def same(*sources: str) -> NotebookDiff:
    book = read_bytes(notebook(*(code(source) for source in sources)), "book")
    return diff_notebooks(book, book)


def test_capitals_count_only_where_they_are_asked_for() -> None:
    assert starts("Data data DATA", Query("data")) == [0, 5, 10]
    assert starts("Data data DATA", Query("Data", case=True)) == [0]
    assert starts("anything", Query("")) == []


def test_finds_do_not_overlap() -> None:
    assert starts("aaaa", Query("aa")) == [0, 2]


def test_letters_that_grow_in_lower_case_keep_their_place() -> None:
    assert starts("İx x", Query("x")) == [1, 3]


def test_whole_words_are_told_from_parts_of_words() -> None:
    assert starts("lr lr_2 (lr) xlr", Query("lr", word=True)) == [0, 9]
    assert starts("x = f(a)", Query("f(", word=True)) == []
    assert starts("f((a)", Query("f(", word=True)) == [0]


def test_a_pattern_is_a_regular_expression_and_a_text_is_not() -> None:
    assert spans("a1 b22", Query(r"\d+", pattern=True)) == [(1, 2), (4, 6)]
    assert spans("a.b axb", Query("a.b")) == [(0, 3)]
    assert spans("aaa", Query("x*", pattern=True)) == []  # an empty find is none


def test_a_bad_pattern_is_said_in_words() -> None:
    with pytest.raises(BadPattern, match="Not a regular expression"):
        spans("a", Query("(", pattern=True))
    finder = Finder()
    finder.start(same("x"), Query("[", pattern=True), 0)
    assert finder.matches == []
    assert "Not a regular expression" in finder.problem
    finder.start(same("x"), Query("x", pattern=True), 0)
    assert (finder.problem, finder.number) == ("", 1)


def test_a_pattern_that_would_run_for_ever_is_given_up() -> None:
    with pytest.raises(BadPattern, match="takes too long"):
        find_all(same("a" * 60 + "b"), Query("(a|aa|a?)+$", pattern=True))


def test_both_sides_are_searched_where_they_differ() -> None:
    base = read_bytes(notebook(code("same x", id="a"), code("x = 1\ny", id="b")), "base")
    head = read_bytes(notebook(code("same x", id="a"), code("x = 2\ny", id="b")), "head")
    found = find_all(diff_notebooks(base, head), Query("x"))
    assert found == [Match(0, True, 0, 5, 6), Match(1, False, 0, 0, 1), Match(1, True, 0, 0, 1)]


def test_outputs_are_searched_only_where_that_is_asked_for() -> None:
    base = read_bytes(notebook(code("a", id="a", outputs=[stream("loss 1\nloss 2\n")])), "base")
    head = read_bytes(notebook(code("a", id="a", outputs=[stream("loss 1\nloss 3\n")])), "head")
    diff = diff_notebooks(base, head)
    assert find_all(diff, Query("loss")) == []
    found = find_all(diff, Query("loss", outputs=True))
    assert [(match.head, match.line, match.output) for match in found] == [
        (False, 0, 0),
        (False, 1, 0),
        (True, 0, 0),
        (True, 1, 0),
    ]


def test_finds_hidden_in_a_range_of_cells_are_counted() -> None:
    finder = Finder()
    finder.start(same("x", "y", "x x", "x"), Query("x"), 0)
    assert finder.count(0, 4) == 4
    assert finder.count(1, 3) == 2
    assert finder.changes() == (0, 2, 3)


def test_steps_go_around_the_ends() -> None:
    finder = Finder()
    finder.start(same("x", "x"), Query("x"), 1)
    assert finder.number == 2
    finder.step(backward=False)
    assert finder.number == 1
    finder.step(backward=True)
    assert finder.number == 2
    finder.clear()
    finder.step(backward=True)
    assert (finder.number, finder.current) == (0, None)
