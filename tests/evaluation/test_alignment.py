"""Scores of answers that are known to be right and wrong, exactly."""

from pathlib import Path

from nbreview.evaluation.alignment import ours, score, score_all
from nbreview.evaluation.metrics import Counts
from nbreview.evaluation.order import Pair
from nbreview.evaluation.pairs import LabelledPair, read_lines, read_pair
from nbreview.evaluation.peers import Answer
from tests.builders import code, markdown
from tests.evaluation.labelled import write_pairs

BASE = [code("import numpy as np"), code("x = np.zeros(10)"), markdown("## Results"), code("print(x.mean())")]
HEAD = [
    code("import numpy as np"),
    markdown("## Results"),
    code("print(x.mean())"),
    code("x = np.zeros(12)"),
    code("new"),
]
LINE = {"truth": [[0, 0], [1, 3], [2, 1], [3, 2]], "edited": [[1, 3]], "edited_sim": [0.9], "repo": "r"}


def labelled(folder: Path) -> LabelledPair:
    return read_pair(read_lines(write_pairs(folder, (BASE, HEAD, LINE)))[0])


def answer(*pairs: Pair, moved: frozenset[Pair] = frozenset()) -> Answer:
    return Answer(frozenset(pairs), moved, 0.25, 0.5)


def test_the_truth_itself_scores_full_marks(tmp_path: Path) -> None:
    pair = labelled(tmp_path)
    found = score(pair, answer(*pair.truth, moved=pair.moved))
    assert found.matched == Counts(4, 4, 4)
    assert found.edited == Counts(1, 1, 1)
    assert found.moved == Counts(1, 1, 1)
    assert (found.moved_paired, found.moved_called) == (1, 1)
    assert found.exact and found.exact_alike and found.structural
    assert (found.read_seconds, found.diff_seconds) == (0.25, 0.5)
    assert found.bands == ((0.9, True),)


def test_a_matching_in_place_finds_one_cell_of_four(tmp_path: Path) -> None:
    found = score(labelled(tmp_path), answer((0, 0), (1, 1), (2, 2), (3, 3)))
    assert found.matched == Counts(1, 4, 4)
    assert found.edited == Counts(0, 3, 1)
    assert found.moved == Counts(0, 0, 1)
    assert (found.moved_paired, found.moved_called) == (0, 0)
    assert not found.exact and not found.exact_alike
    assert found.bands == ((0.9, False),)


def test_a_moved_cell_may_be_found_but_not_as_moved(tmp_path: Path) -> None:
    pair = labelled(tmp_path)
    found = score(pair, answer(*pair.truth))
    assert (found.moved_paired, found.moved_called) == (1, 0)


def test_no_answer_is_an_empty_matching(tmp_path: Path) -> None:
    found = score(labelled(tmp_path), Answer(frozenset(), frozenset(), 0.0, 20.0, "time-out"))
    assert found.matched == Counts(0, 0, 4)
    assert not found.exact
    assert found.failure == "time-out"


def test_a_cell_cut_and_pasted_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    cells = [code("a = 1"), code("b = 2"), code("")]
    folder = write_pairs(tmp_path, (cells, cells, {"truth": [[0, 0]]}))
    pair = read_pair(read_lines(folder)[0])
    pasted = score(pair, answer((0, 0), (1, 1)))
    assert pasted.matched == Counts(1, 1, 1) and pasted.exact
    blank = score(pair, answer((0, 0), (2, 2)))
    assert blank.matched == Counts(1, 2, 1) and not blank.exact


def test_cells_alike_may_stand_for_each_other_in_one_figure(tmp_path: Path) -> None:
    cells = [code("plt.show()"), code("plt.show()")]
    folder = write_pairs(tmp_path, (cells, cells[:1], {"truth": [[0, 0]]}))
    found = score(read_pair(read_lines(folder)[0]), answer((1, 0)))
    assert not found.exact and found.exact_alike


def test_our_diff_is_asked_whole_and_says_what_moved(tmp_path: Path) -> None:
    pair = labelled(tmp_path)
    found = ours(pair.base.data, pair.head.data)
    assert found.pairs == pair.truth
    assert found.moved == {(1, 3)}
    assert found.failure == "" and found.read_seconds > 0 and found.diff_seconds > 0


def test_every_tool_meets_every_pair_in_turn(tmp_path: Path) -> None:
    pair = labelled(tmp_path)
    asked: list[str] = []
    tools = {name: lambda base, head, name=name: (asked.append(name), answer())[1] for name in ("one", "two")}
    found = score_all([pair, pair], tools, lambda: asked.append("step"))
    assert asked == ["one", "two", "step"] * 2
    assert [len(rows) for rows in found.values()] == [2, 2]
