"""Where cells came from and went, by whole lines."""

from nbreview.diff.model import Relation, RelationKind
from nbreview.diff.relations import NO_RELATIONS, contained, relate, unique_lines
from nbreview.notebook.model import Cell
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook

FIT = "model = Ridge(alpha=1.0)\nmodel.fit(train_x, train_y)"
PLOT = "axis.plot(history['loss'])\naxis.set_title('loss of the model')"


def cells(*texts: str) -> tuple[Cell, ...]:
    return read_bytes(notebook(*(code(text) for text in texts)), "a").cells


def test_a_cell_whose_lines_were_cut_out_of_another_was_split_from_it() -> None:
    found = relate(cells(FIT + "\n" + PLOT), cells(FIT, PLOT), {0: 0})
    assert found.added == {1: Relation(RelationKind.SPLIT, 0)}


def test_lines_that_are_still_in_the_other_cell_were_copied() -> None:
    found = relate(cells(FIT, PLOT), cells(FIT, PLOT, PLOT), {0: 0, 1: 1})
    assert found.added == {2: Relation(RelationKind.COPIED, 1)}


def test_a_cell_whose_lines_stand_in_another_now_was_merged() -> None:
    found = relate(cells(FIT, PLOT), cells(FIT + "\n" + PLOT), {0: 0})
    assert found.removed == {1: Relation(RelationKind.MERGED, 0)}


def test_lines_that_the_other_cell_had_all_along_are_no_merge() -> None:
    both = FIT + "\n" + PLOT
    assert not relate(cells(both, PLOT), cells(both + "\n# seen"), {0: 0}).removed


def test_less_than_half_of_a_cell_is_no_relation() -> None:
    own = "\n".join(f"table.add_row(values[{n}])" for n in range(9))
    assert relate(cells(FIT + "\n" + PLOT), cells(FIT, PLOT + "\n" + own), {0: 0}).added == {}


def test_imports_and_punctuation_relate_nothing() -> None:
    trifle = "import numpy as np\nfrom pathlib import Path\n%pip install pandas numpy\n# ----------------"
    assert relate(cells(FIT + "\n" + trifle), cells(FIT, trifle), {0: 0}).added == {}
    assert relate(cells(FIT, trifle), cells(FIT, trifle, trifle), {0: 0, 1: 1}).added == {}


def test_nothing_is_related_where_nothing_is_left_over_or_nothing_is_matched() -> None:
    assert relate(cells(FIT), cells(FIT), {0: 0}) is NO_RELATIONS
    assert relate(cells(FIT), cells(PLOT), {}) is NO_RELATIONS


def test_a_cell_is_contained_if_the_other_begins_with_it_or_it_is_a_good_part() -> None:
    small, other = cells("## Summary", "x = 1")
    begun, within = cells("## Summary\n" + "prose\n" * 30, FIT + "\nx = 1\n" + PLOT)
    assert 0 < contained(small, begun) < 0.1
    assert contained(other, within) == 0
    assert contained(cells(PLOT)[0], within) > 0.4


def test_cells_of_two_types_contain_nothing_of_each_other() -> None:
    code_cell = cells(FIT)[0]
    text = read_bytes(notebook(markdown(FIT)), "a").cells[0]
    assert contained(code_cell, code_cell) == 1
    assert contained(code_cell, text) == 0


def test_unique_lines_stand_in_one_cell() -> None:
    assert unique_lines(cells("a = load()\nshow(a)", "b = load()\nshow(a)", "show(a)")) == {
        0: {"a = load()"},
        1: {"b = load()"},
    }
