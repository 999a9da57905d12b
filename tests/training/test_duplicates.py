"""Duplicates are left out; edits that only look alike are kept."""

from dataclasses import replace

from nbreview.store.database import Store
from nbreview.training.duplicates import EXACT, LEAK, NEAR, THRESHOLD, DuplicateFilter
from nbreview.training.examples import Example, make_example
from nbreview.training.writer import export
from tests.store.samples import decision, suggestion

LINES = [f"column_{at} = frame['c{at}'].rolling({at}).mean()\n" for at in range(40)]
TEXT = "".join(LINES)


def example(before: str, after: str) -> Example:
    return replace(make_example(suggestion(), decision()), before=before, after=after)


def edited(at: int, line: str) -> str:
    return "".join([*LINES[:at], line, *LINES[at + 1 :]])


def reasons(*examples: Example) -> list[str | None]:
    known = DuplicateFilter()
    return [known.reason(made) for made in examples]


def test_the_same_edit_again_is_an_exact_duplicate() -> None:
    assert reasons(example("x = 1\n", "x = 2\n"), example("x = 1\n", "x = 2\n")) == [None, EXACT]


def test_white_space_at_the_ends_of_lines_makes_no_difference() -> None:
    assert reasons(example("x = 1\n", "x = 2\n"), example("x = 1  \n", "x = 2")) == [None, EXACT]


def test_nearly_the_same_edit_of_nearly_the_same_cell_is_a_near_duplicate() -> None:
    new = "frame = frame.dropna(subset=['a', 'b', 'c'], how='any').reset_index(drop=True).sort_values('a')\n"
    base = edited(30, "other = 1\n")
    first = example(TEXT, edited(5, new))
    second = example(base, base.replace(LINES[5], new))
    assert reasons(first, second) == [None, NEAR]


def test_two_edits_of_one_long_cell_are_both_kept() -> None:
    assert reasons(example(TEXT, edited(5, "alpha = 1\n")), example(TEXT, edited(20, "beta(2)\n"))) == [
        None,
        None,
    ]


def test_the_same_import_added_to_different_cells_is_kept() -> None:
    other = "".join(f"plot(axes[{at}], values_{at})\n" for at in range(30))
    added = "import pandas as pd\n"
    assert reasons(example(TEXT, added + TEXT), example(other, added + other)) == [None, None]


def test_alike_cells_in_two_splits_are_a_leak_whatever_the_edit() -> None:
    known = DuplicateFilter()
    assert known.reason(example(TEXT, edited(5, "alpha = 1\n")), "train") is None
    assert known.reason(example(TEXT, edited(20, "beta(2)\n")), "test") == LEAK


def test_short_cells_are_compared_as_a_whole() -> None:
    assert reasons(example("x", "y"), example("x", "z"), example("", "y")) == [None, None, None]


def test_the_first_is_kept_and_the_rest_counted(store: Store) -> None:
    for at in range(5):
        store.add_suggestion(suggestion(f"s{at}"))
        store.decide(decision(f"d{at}", f"s{at}", time=1_700_000_000.0 + at))
    report = export(store, store.path.with_name("out.jsonl"))
    assert (report.rows, report.left_out) == (1, {EXACT: 4})
    assert report.manifest["duplicates"]["threshold"] == THRESHOLD
    assert '"decision":"d0"' in report.path.read_text(encoding="utf-8")
