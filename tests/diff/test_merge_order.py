"""Where each cell stands in a merged notebook."""

import pytest

from nbreview.diff.merge_order import Place, merged_order
from nbreview.notebook.model import Notebook
from nbreview.notebook.reader import read_bytes
from tests.builders import code, notebook


def book(names: str) -> Notebook:
    """A notebook with one distinct cell a letter."""
    cells = [code(f"{name * 9} = {name * 5}({name!r})\nprint({name * 9})", id=name * 8) for name in names]
    return read_bytes(notebook(*cells), "a.ipynb")


def order(base: str, ours: str, theirs: str) -> str:
    """The names of the cells that a merge looks at, in order."""
    found = merged_order(book(base), book(ours), book(theirs))
    return "".join(
        ours[place.ours] if place.ours is not None else theirs[place.theirs]
        for place in found
        if place.ours is not None or place.theirs is not None
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("abcd", "abcd", "abcd", "abcd"),
        ("abcd", "axbcd", "abcyd", "axbcyd"),
        ("abcd", "xabcd", "yabcd", "xyabcd"),
        ("abcd", "abcdxz", "abcdyz", "abcdxyz"),
        ("abcdefg", "efgabcd", "abcdefg", "efgabcd"),
        ("abcdefg", "abcdefg", "efgabcd", "efgabcd"),
        ("abcdefg", "efgabcd", "abcdxefg", "efgabcdx"),
        ("abcdef", "bacdef", "abcdfe", "bacdfe"),
        ("", "ab", "bc", "abc"),
    ],
)
def test_the_order_of_both_sides_is_kept(base: str, ours: str, theirs: str, merged: str) -> None:
    assert order(base, ours, theirs) == merged


def test_a_deleted_cell_still_says_where_it_would_stand() -> None:
    found = merged_order(book("abcd"), book("abd"), book("abcd"))

    assert found[2] == Place(2, None, 2)


def test_a_cell_that_both_deleted_is_not_there() -> None:
    assert all(place.base != 2 for place in merged_order(book("abcd"), book("abd"), book("abd")))


def test_a_cell_moved_to_two_places_is_torn_and_to_one_is_not() -> None:
    torn = [place.torn for place in merged_order(book("abcd"), book("dabc"), book("adbc"))]
    agreed = [place.torn for place in merged_order(book("abcd"), book("dabc"), book("dabcx"))]

    assert torn == [True, False, False, False]
    assert not any(agreed)
