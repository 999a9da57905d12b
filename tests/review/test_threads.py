"""Threads stand where they read as they were written, and go along when cells move, change and split."""

from nbreview.diff.notebooks import diff_notebooks
from nbreview.notebook.model import source_digest
from nbreview.notebook.reader import read_bytes
from nbreview.review.comments import Comment, CommentState
from nbreview.review.model import Place
from nbreview.review.threads import Thread, place_threads, written_line
from tests.builders import code, notebook

SOURCE = "frame = load('a.csv')\nframe = frame.dropna()\nmodel = fit(frame, epochs=3)\nmodel.save('m.bin')"


def remark(
    source: str = SOURCE, line: int | None = 2, id: str = "k", cell: str = "c", **more: object
) -> Comment:
    place = Place("/a.ipynb", 0, cell)
    digest = source_digest(source)
    return Comment(id, place, line, "Why?", "ann", 1.0, source_digest=digest, source=source, **more)  # type: ignore[arg-type]


def placed(comment: Comment, base: list[dict[str, object]], head: list[dict[str, object]]) -> Thread:
    old, new = (read_bytes(notebook(*cells), "a.ipynb") for cells in (base, head))
    (thread,) = place_threads([comment], diff_notebooks(old, new))
    return thread


def where(thread: Thread) -> tuple[int | None, bool, int | None]:
    return thread.change, thread.head, thread.line


def test_a_line_that_both_sides_hold_stands_on_the_head() -> None:
    cells = [code(SOURCE, id="c")]
    assert where(placed(remark(), cells, cells)) == (0, True, 2)


def test_it_goes_along_when_the_cell_moves_and_lines_come_in_above() -> None:
    moved = [code("x = 1", id="x"), code("y = 2", id="y"), code("import os\n" + SOURCE, id="c")]
    thread = placed(remark(), [code(SOURCE, id="c"), *moved[:2]], moved)
    assert where(thread) == (2, True, 3)
    assert not thread.edited


def test_a_line_that_was_taken_out_stands_on_the_base() -> None:
    shorter = SOURCE.replace("frame = frame.dropna()\n", "")
    thread = placed(remark(line=1), [code(SOURCE, id="c")], [code(shorter, id="c")])
    assert where(thread) == (0, False, 1)


def test_a_line_that_was_edited_since_stands_where_it_reads_as_it_did_and_says_so() -> None:
    edited = SOURCE.replace("epochs=3", "epochs=30")
    thread = placed(remark(), [code(SOURCE, id="c")], [code(edited, id="c")])
    assert where(thread) == (0, False, 2)
    assert thread.edited


def test_in_versions_that_both_came_later_it_stands_on_the_line_as_it_is_now() -> None:
    edited = [code(SOURCE.replace("epochs=3", "epochs=30"), id="c")]
    thread = placed(remark(), edited, edited)
    assert where(thread) == (0, True, 2)
    assert thread.edited


def test_a_line_goes_with_the_half_of_a_cell_that_was_split() -> None:
    lines = SOURCE.split("\n")
    halves = [code("\n".join(lines[:2]), id="c"), code("\n".join(lines[2:]), id="d")]
    assert where(placed(remark(), halves, halves)) == (1, True, 0)
    assert where(placed(remark(line=0), halves, halves)) == (0, True, 0)


def test_a_line_that_two_cells_hold_is_not_guessed_at() -> None:
    other = [code("a = 1", id="c"), code("model.save('m.bin')", id="d"), code("model.save('m.bin')", id="e")]
    thread = placed(remark(line=3), other, other)
    assert where(thread) == (0, True, None)
    assert thread.line_lost


def test_of_a_cell_that_was_removed_it_stands_on_the_base() -> None:
    other = code("x = 1", id="x")
    assert where(placed(remark(), [code(SOURCE, id="c"), other], [other])) == (0, False, 2)


def test_of_a_cell_that_is_on_neither_side_it_comes_last_with_the_old_line() -> None:
    old, new = (read_bytes(notebook(code("x = 1", id="x")), "a.ipynb") for _ in range(2))
    lost, there = remark(), remark("x = 1", None, "there", "x")
    threads = place_threads([lost, there], diff_notebooks(old, new))
    assert [thread.id for thread in threads] == ["there", "k"]
    assert threads[1].change is None
    assert written_line(threads[1].comment) == "model = fit(frame, epochs=3)"


def test_answers_follow_their_comment_and_go_with_it() -> None:
    late = remark(id="late", reply_to="k")
    stray = remark(id="stray", reply_to="deleted")
    old = read_bytes(notebook(code(SOURCE, id="c")), "a.ipynb")
    resolved = remark(state=CommentState.RESOLVED)
    (thread,) = place_threads([late, stray, resolved], diff_notebooks(old, old))
    assert [comment.id for comment in thread.comments] == ["k", "late"]
    assert not thread.open
