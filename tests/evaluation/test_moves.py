"""Cells moved by a script: the truth is kept, and the same is made at every run."""

import json

from nbreview.evaluation.moves import KINDS, scripted_moves
from nbreview.evaluation.pairs import Sheet, make_sheet
from tests.builders import code, notebook


def sheet(*sources: str) -> Sheet:
    return make_sheet(json.loads(notebook(*(code(source) for source in sources))))


LONG = [sheet(*(f"a{k} = {k}\nb{k} = {k * n}\nprint(a{k}, b{k})" for k in range(9))) for n in (1, 2, 3)]


def test_every_kind_is_made_and_every_notebook_meets_it() -> None:
    made = scripted_moves(LONG, 9)
    assert {(pair.base, pair.repository) for pair in made} == {
        (part, kind) for part in LONG for kind in KINDS
    }


def test_the_truth_holds() -> None:
    for pair in scripted_moves(LONG, 30):
        assert len(pair.truth) == len(pair.base.sources) == len(pair.head.sources)
        changed = {(i, j) for i, j in pair.truth if pair.base.sources[i] != pair.head.sources[j]}
        assert changed == pair.edited
        assert len(pair.edited) == (pair.repository == "moved and edited")
        assert pair.moved and pair.structural


def test_the_same_is_made_at_every_run() -> None:
    assert scripted_moves(LONG, 12) == scripted_moves(LONG, 12)
    assert scripted_moves(LONG, 12) != scripted_moves(LONG, 12, seed=2)


def test_an_edit_replaces_one_word_of_one_line() -> None:
    for pair in scripted_moves(LONG, 30):
        for row, column in pair.edited:
            old, new = pair.base.sources[row].splitlines(), pair.head.sources[column].splitlines()
            assert sum(first != second for first, second in zip(old, new, strict=True)) == 1


def test_cells_that_stand_twice_or_are_blank_are_not_moved() -> None:
    twins = sheet("same", "same", "", "only\none\nof its kind", "", "same")
    for pair in scripted_moves([twins], 6):
        assert {row for row, column in pair.truth if pair.head.sources[column].startswith("only")} <= {3}
        assert [source for source in pair.head.sources if source in ("same", "")] == [
            "same",
            "same",
            "",
            "",
            "same",
        ]


def test_notebooks_in_which_nothing_can_be_moved_are_left_out() -> None:
    assert scripted_moves([sheet("a", "b"), sheet(*["same"] * 8)], 5) == []
    assert scripted_moves([], 5) == []
    assert scripted_moves(LONG, 0) == []
