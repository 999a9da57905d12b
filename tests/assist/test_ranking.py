"""The best of several answers is shown, and the same answer is not shown twice."""

from nbreview.assist.changes import CellProposal, apply
from nbreview.assist.ranking import Candidate, Judgement, distinct, order, weigh
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import CellEdit
from tests.builders import code, markdown, notebook

BOOK = read_bytes(notebook(code("x = 1"), code("print(y)"), markdown("# Three")), "x.ipynb")


def change(source: str, index: int = 1, failed: str = "") -> tuple[CellProposal, ...]:
    return (CellProposal(CellEdit.CHANGE, index, source, failed=failed),)


def test_layout_and_comments_do_not_make_another_answer() -> None:
    same = [change("print(x)"), change("print( x )  # mended"), change("print(x)\n"), change("print(x + 1)")]
    assert distinct(BOOK, same, lambda each: each) == [same[0], same[3]]


def test_a_magic_makes_another_answer_as_does_another_cell() -> None:
    two = [change("print(x)"), change("%time\nprint(x)"), change("print(x)", 0)]
    assert distinct(BOOK, two, lambda each: each) == two


def test_first_what_the_checks_say_then_what_ran_then_the_model_then_the_smallest_change() -> None:
    broken = Candidate(change("a"), Judgement(problems=1), -0.1, 1)
    fails = Candidate(change("b"), Judgement(runs=False), -0.1, 1)
    unlikely = Candidate(change("c"), Judgement(runs=True), -2.0, 1)
    large = Candidate(change("d"), Judgement(runs=True), -0.5, 90)
    small = Candidate(change("e"), Judgement(runs=True), -0.5, 5)
    solves = Candidate(change("f"), Judgement(solved=1, runs=True), -3.0, 99)
    every = [broken, fails, unlikely, large, small, solves]
    assert [every[number] for number in order(every)] == [solves, small, large, unlikely, fails, broken]


def test_an_answer_of_which_nothing_can_be_used_comes_last() -> None:
    unusable = Candidate(change("", failed="It does not parse."), size=0)
    usable = Candidate(change("print(x)"), Judgement(problems=3), size=10)
    assert order([unusable, usable]) == [1, 0]


def test_likelihood_counts_only_where_it_is_known_of_all() -> None:
    known = Candidate(change("a"), log_likelihood=-5.0, size=9)
    unknown = Candidate(change("b"), size=3)
    assert order([known, unknown]) == [1, 0]


def test_the_judge_sees_the_notebook_as_it_would_be() -> None:
    seen = []

    def judge(changed, proposals):  # type: ignore[no-untyped-def]
        seen.append([cell.source for cell in changed.cells])
        return Judgement(problems=2)

    candidate = weigh(BOOK, change("print(x)"), -0.5, judge)
    assert seen == [["x = 1", "print(x)", "# Three"]]
    assert (candidate.judgement.problems, candidate.size) == (2, 2)


def test_cells_come_and_go_where_they_were_said_to() -> None:
    changed = apply(
        BOOK,
        (
            CellProposal(CellEdit.INSERT, -1, "first"),
            CellProposal(CellEdit.REMOVE, 0, ""),
            CellProposal(CellEdit.INSERT, 0, "instead"),
            CellProposal(CellEdit.INSERT, 2, "one"),
            CellProposal(CellEdit.INSERT, 2, "two"),
            CellProposal(CellEdit.CHANGE, 1, "broken", failed="It does not parse."),
        ),
    )
    assert [cell.source for cell in changed.cells] == [
        "first",
        "instead",
        "print(y)",
        "# Three",
        "one",
        "two",
    ]
    assert [cell.index for cell in changed.cells] == list(range(6))
