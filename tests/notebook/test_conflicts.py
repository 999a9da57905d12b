"""Conflict markers in notebook files: found, and taken apart."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.notebook.conflicts import Sides, has_markers, sides
from tests.builders import code, notebook

MERGED = b"{\n<<<<<<< HEAD\n 1\n=======\n 2\n>>>>>>> topic\n}\n"
DIFF3 = b"{\n<<<<<<< HEAD\n 1\n||||||| 0123abc\n 0\n=======\n 2\n>>>>>>> topic\n}\n"


def test_a_file_is_taken_apart_into_its_sides() -> None:
    assert has_markers(MERGED)
    assert sides(MERGED) == Sides(b"{\n 1\n}\n", b"{\n 2\n}\n", None, "HEAD", "topic")


def test_the_base_comes_back_where_every_conflict_shows_it() -> None:
    assert sides(DIFF3) == Sides(b"{\n 1\n}\n", b"{\n 2\n}\n", b"{\n 0\n}\n", "HEAD", "topic")
    both = sides(DIFF3 + MERGED)
    assert both is not None
    assert both.base is None


def test_line_ends_of_windows_are_kept() -> None:
    found = sides(MERGED.replace(b"\n", b"\r\n"))

    assert found is not None
    assert (found.ours, found.theirs_label) == (b"{\r\n 1\r\n}\r\n", "topic")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}\n",
        MERGED.replace(b">>>>>>> topic\n", b""),
        MERGED.replace(b"=======\n", b""),
        MERGED.replace(b"<<<<<<< HEAD\n", b""),
        MERGED.replace(b" 1\n", MERGED),
        b"<<<<<<<< longer\n========\n>>>>>>>> longer\n",
    ],
)
def test_markers_that_do_not_pair_up_are_not_taken_apart(data: bytes) -> None:
    assert sides(data) is None


def test_a_line_of_equality_signs_outside_of_a_conflict_is_text() -> None:
    found = sides(b"Title\n=======\n" + MERGED, 7)

    assert found is not None
    assert found.ours == b"Title\n=======\n{\n 1\n}\n"


def test_markers_of_another_size_are_found_when_asked_for() -> None:
    found = sides(b"<<< a\n1\n===\n2\n>>> b\n", 3)

    assert found == Sides(b"1\n", b"2\n", None, "a", "b")


def test_a_notebook_that_speaks_of_markers_has_none() -> None:
    data = notebook(code("<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs"))

    assert json.loads(data)
    assert not has_markers(data)


@given(
    st.lists(st.sampled_from([b"<<<<<<< a\n", b"=======\n", b"||||||| b\n", b">>>>>>> c\n", b"x\n", b"\r"]))
)
def test_any_lines_give_sides_or_none(lines: list[bytes]) -> None:
    found = sides(b"".join(lines))

    assert found is None or has_markers(b"".join(lines))
