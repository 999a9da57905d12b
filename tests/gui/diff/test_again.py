"""A notebook that is read again stays as the reader has it: folds, place, the cell at hand, what is found."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nbreview.diff.model import NotebookDiff
from nbreview.diff.notebooks import diff_notebooks
from nbreview.gui.diff.again import goes_on_at, places_after
from nbreview.gui.diff.canvas import DiffCanvas
from nbreview.gui.theme import Theme
from nbreview.notebook.reader import read_bytes
from nbreview.presentation.pictures import PictureMode
from nbreview.presentation.rows import FoldKind
from tests.builders import code, notebook

LONG = "\n".join(f"line_{number} = {number}" for number in range(30))
CHANGED = (10, 30, 50)


def made(*edited: int, above: int = 0, ids: bool = True, without: int = -1) -> NotebookDiff:
    """Sixty cells of which some are `edited`, with cells put `above` them and one left out."""

    def cell(number: int, source: str) -> object:
        return code(source, id=f"c{number}" if ids else None)

    def source(number: int) -> str:
        return f"{LONG}\nx = {number}" if number in CHANGED else f"same_{number} = {number}"

    base = [cell(number, source(number)) for number in range(60)]
    head = [cell(100 + number, f"new_{number} = 0") for number in range(above)]
    head += [
        cell(number, source(number) + ("  # edited" if number in edited else ""))
        for number in range(60)
        if number != without
    ]
    return diff_notebooks(read_bytes(notebook(*base), "base"), read_bytes(notebook(*head), "head"))


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme) -> DiffCanvas:
    canvas = DiffCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(900, 500)
    canvas.show()
    canvas.set_diff(made(*CHANGED), "staged", "working tree")
    return canvas


def open_cells(canvas: DiffCanvas) -> list[int]:
    """The cells that stand in opened folds."""
    blocks = [
        b for b in canvas._page.blocks if b.fold is not None and b.fold.kind is FoldKind.CELLS and b.open
    ]
    return [cell for block in blocks for cell in range(block.change, block.change + block.hidden)]


def place_of(canvas: DiffCanvas, change: int) -> int:
    """Where the header of a change stands in the view."""
    block = canvas._page.header_block(change)
    assert block is not None
    return canvas._page.offsets.top(block) - canvas.verticalScrollBar().value()


@pytest.mark.parametrize("ids", [True, False])
def test_cells_are_known_again_behind_others_that_were_put_before_them(ids: bool) -> None:
    before, after = made(*CHANGED, ids=ids), made(*CHANGED, above=2, ids=ids)
    assert places_after(before, after) == {number: number + 2 for number in range(60)}


def test_a_cell_that_is_gone_has_no_place() -> None:
    before = made(*CHANGED)
    after = diff_notebooks(before.base, made(without=20).head)
    places = places_after(before, after)
    assert places[20] == 20  # it stands there as removed
    gone = diff_notebooks(after.head, after.head)
    assert 20 not in places_after(before, gone)


def test_the_reader_goes_on_at_the_next_change_where_the_one_at_hand_is_none_any_more() -> None:
    before, after = made(*CHANGED), made(10, 50)
    places = places_after(before, after)
    assert goes_on_at(before, after, 30, places) == 50
    assert goes_on_at(before, after, 10, places) == 10
    assert goes_on_at(before, after, 20, places) == 20  # nothing had changed there before
    assert goes_on_at(before, made(10, 30), 50, places) == 30  # the last one, where none comes after
    assert goes_on_at(before, made(), 50, places) == 50


def test_open_folds_stay_open_and_what_is_looked_at_stays_in_its_place(canvas: DiffCanvas) -> None:
    canvas.goto_change(20)  # opens the fold of the cells before the second change
    canvas.goto_change(30)
    assert canvas.toggle_fold()  # the unchanged lines of it
    assert open_cells(canvas) == list(range(11, 30))
    canvas._show_block(canvas._page.header_block(30) or 0)
    stood, rows = place_of(canvas, 30), canvas._page.options.expanded
    canvas.set_diff_again(made(*CHANGED, above=3), "staged", "working tree")
    assert canvas.current_index() == 33
    assert open_cells(canvas) == list(range(14, 33))
    assert place_of(canvas, 33) == stood
    lines = [key for key in canvas._page.options.expanded if key.kind is FoldKind.LINES]
    assert [key.change for key in lines] == [33]
    assert len(canvas._page.options.expanded) == len(rows)


def test_who_has_scrolled_away_from_the_cell_at_hand_is_left_there(canvas: DiffCanvas) -> None:
    canvas.goto_change(20)
    canvas.goto_change(10)
    block = canvas._page.header_block(25)
    assert block is not None
    canvas.verticalScrollBar().setValue(canvas._page.offsets.top(block) - 40)
    stood = place_of(canvas, 25)
    canvas.set_diff_again(made(*CHANGED, above=1), "staged", "working tree")
    assert canvas.current_index() == 11
    assert place_of(canvas, 26) == stood


def test_a_picture_is_shown_as_it_was(canvas: DiffCanvas, diff: NotebookDiff) -> None:
    canvas.set_diff(diff, "base", "head")
    key = next(iter(canvas._page._outputs))
    canvas._page.views.change(key, mode=PictureMode.SWIPE)
    canvas._page.views.focused = key
    canvas.set_diff_again(diff, "base", "head")
    assert canvas._page.views.view(key).mode is PictureMode.SWIPE
    assert canvas._page.views.focused == key


def test_what_is_looked_for_is_found_in_what_is_read_again_and_in_another_diff(canvas: DiffCanvas) -> None:
    canvas.show_find()
    QTest.keyClicks(canvas._find_bar._field, "# edited")
    assert canvas._find_bar._count.text() == "1 of 3"
    canvas.set_diff_again(made(10), "staged", "working tree")
    assert canvas._find_bar._count.text() == "1 of 1"
    canvas.set_diff(made(30, 50), "other", "notebook")
    assert canvas._find_bar._count.text() == "1 of 2"
    assert canvas.find_next() == 2
