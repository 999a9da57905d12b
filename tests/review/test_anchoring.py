"""A comment goes with its cell and its line, wherever they are now."""

from dataclasses import replace

import pytest

from nbreview.notebook.model import source_digest
from nbreview.notebook.reader import read_bytes
from nbreview.review.anchoring import anchor
from nbreview.review.comments import Comment
from nbreview.review.model import Place
from tests.builders import code, markdown, notebook

SOURCE = "import os\ntrain, test = split(frame, 0.2)\nmodel.fit(train)\nprint(model.score(test))\n"
FIRST, OTHER, LAST = code("x = 1", id="f"), code("y = 2", id="o"), markdown("# End", id="l")


def comment(line: int | None, cell_id: str | None = "c", source: str = SOURCE) -> Comment:
    place = Place("/a.ipynb", 1, cell_id)
    return Comment("k", place, line, "Why?", "ann", 1.0, source_digest=source_digest(source), source=source)


def found(remark: Comment, *cells: dict[str, object], minor: int = 5) -> tuple[int | None, int | None, bool]:
    (one,) = anchor([remark], read_bytes(notebook(*cells, minor=minor), "a.ipynb"))
    return one.cell_index, one.line, one.edited


@pytest.mark.parametrize("line", [None, 0, 2])
def test_it_stays_where_nothing_changed(line: int | None) -> None:
    assert found(comment(line), FIRST, code(SOURCE, id="c")) == (1, line, False)


def test_it_goes_along_when_the_cell_moves() -> None:
    assert found(comment(2), OTHER, LAST, FIRST, code(SOURCE, id="c")) == (3, 2, False)


def test_it_goes_along_without_ids_to_the_nearest_cell_with_the_source() -> None:
    cells = [code(SOURCE), code("z"), code("y"), code(SOURCE)]
    remark = replace(comment(2, None), place=Place("/a.ipynb", 2))
    assert found(remark, *cells, minor=4) == (3, 2, False)


def test_a_line_goes_down_when_lines_are_put_in_above() -> None:
    edited = code("import sys\nimport re\n" + SOURCE, id="c")
    assert found(comment(2), FIRST, edited) == (1, 4, False)


def test_a_line_that_was_edited_is_found_and_said_to_be() -> None:
    edited = code(SOURCE.replace("model.fit(train)", "model.fit(train, epochs=3)"), id="c")
    assert found(comment(2), FIRST, edited) == (1, 2, True)
    assert found(comment(1), FIRST, edited) == (1, 1, False)


def test_a_line_that_was_deleted_leaves_the_comment_on_its_cell() -> None:
    edited = code(SOURCE.replace("import os\n", ""), id="c")
    assert found(comment(0), FIRST, edited) == (1, None, True)


def test_an_edited_cell_is_known_without_its_id() -> None:
    edited = code(SOURCE.replace("0.2", "0.3"))
    remark = comment(2, None)
    assert found(remark, code("a"), code("b"), code("c"), edited, minor=4) == (3, 2, False)


def test_of_a_cell_that_is_gone_it_says_so() -> None:
    assert found(comment(2), FIRST, OTHER, LAST) == (None, None, True)


def test_a_remark_on_an_empty_cell_is_not_taken_to_a_stranger() -> None:
    remark = comment(None, None, "")
    assert found(remark, code("a"), code("b"), minor=4) == (None, None, True)
    assert found(remark, code("a"), code(""), minor=4) == (1, None, False)


def test_an_older_comment_of_which_only_the_digest_is_known_keeps_its_line() -> None:
    old = replace(comment(2), source="")
    assert found(old, FIRST, code(SOURCE.replace("0.2", "0.3"), id="c")) == (1, 2, True)
    assert found(old, FIRST, code("short", id="c")) == (1, None, True)
