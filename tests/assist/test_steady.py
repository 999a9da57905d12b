"""Cells that are shown about a run of neighbours alike: a scan of what does not fit shares prompts too."""

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from nbreview.assist.context import Order, pack, render_cell
from nbreview.assist.steady import steady_cells
from nbreview.notebook.model import Cell, Notebook
from nbreview.notebook.reader import read_bytes
from tests.builders import code, notebook


def book(*sources: str, counted: bool = True) -> Notebook:
    cells = (code(source, count=place + 1 if counted else None) for place, source in enumerate(sources))
    return read_bytes(notebook(*cells), "x.ipynb")


def words(text: str) -> int:
    return len(text.split())


def size(cell: Cell) -> int:
    return words(cell.source)


def long_book(cells: int, counted: bool = True) -> Notebook:
    """Cells of ten words, each of which uses the first."""
    return book("table = 1", *(f"v{i} = table " + "+ 1 " * 3 for i in range(cells)), counted=counted)


def choices(shown: Notebook, room: int) -> list[frozenset[int] | None]:
    cells = shown.cells
    return [
        steady_cells(cells[:place], cells[place], cells[place + 1 :], (), room, size)
        for place in range(len(cells))
    ]


def test_where_all_fits_nothing_is_chosen() -> None:
    assert set(choices(long_book(5), 1000)) == {None}


def test_neighbours_show_the_same_cells_and_those_between_them() -> None:
    chosen = choices(long_book(60), 100)
    grown = [
        after - before == {place}
        for place, (before, after) in enumerate(itertools.pairwise(chosen))
        if before is not None and after is not None
    ]
    assert len(grown) > 40
    assert grown.count(False) <= 61 * 9 / 50 + 1  # a new run begins where half of the room is full


def test_what_a_run_needs_is_kept_however_far_it_is() -> None:
    assert all(0 in cells for cells in choices(long_book(60), 100) if cells is not None)


def test_a_cell_as_long_as_the_room_is_left_to_the_choice_for_it_alone() -> None:
    shown = book("a = 1", "b = 2", "c = " + "1 + " * 200)
    assert steady_cells(shown.cells[:2], shown.cells[2], (), (), 100, size) is None


def test_cells_that_were_not_run_show_the_same_too() -> None:
    ran, loose = long_book(40), [code(f"print({i})", id=f"loose-{i}") for i in range(5)]
    made = notebook(*(code(cell.source, count=cell.execution_count) for cell in ran.cells), *loose)
    shown = read_bytes(made, "x.ipynb")
    sets = {
        tuple(cell.index for cell in packed.shown if cell.why != "target")
        for index in range(41, 46)
        for packed in [pack(shown, index, 200, words, Order.EXECUTED, steady=200)]
    }
    assert len({frozenset(each) for each in sets}) == 1


@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.integers(10, 120), st.booleans())
def test_shown_cells_ran_before_and_fit(sizes: Sequence[int], room: int, counted: bool) -> None:
    shown = book(*(" ".join(["x"] * each) for each in sizes), counted=counted)
    for cell in shown.cells:
        packed = pack(shown, cell.index, room + 4, words, Order.EXECUTED, steady=room)
        others = {each.index for each in packed.shown} - {cell.index}
        assert all(index < cell.index for index in others)
        assert packed.tokens <= room + 4 or packed.cut
        told = others | {each.index for each in packed.left_out} | {cell.index}
        assert told == set(range(cell.index + 1))


@given(st.lists(st.integers(1, 30), min_size=2, max_size=80), st.integers(40, 120))
def test_a_scan_evaluates_no_more_than_thrice_what_the_cells_hold(sizes: Sequence[int], room: int) -> None:
    shown = book(*(" ".join(["x"] * each) for each in sizes))
    held: list[str] = []
    evaluated = total = 0
    for cell in shown.cells:
        packed = pack(shown, cell.index, room, words, Order.EXECUTED, steady=room)
        prompt = f"{packed.cells} {packed.target}".split()
        same = next((i for i, (a, b) in enumerate(zip(prompt, held, strict=False)) if a != b), None)
        evaluated += len(prompt) - (min(len(prompt), len(held)) if same is None else same)
        held = prompt
        total += words(render_cell(cell, shown.language))
    assert evaluated <= 3 * total + room
