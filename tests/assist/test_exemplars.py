"""Earlier edits are shown where they resemble what is asked for, the likest next to the question."""

from nbreview.assist.exemplars import Exemplar, resembling, turns
from nbreview.assist.prompts import CELLS_EDIT, EDIT, load_template

READ = Exemplar(
    "1", "Read fewer columns", "df = pd.read_csv('a.csv')", "df = pd.read_csv('a.csv', usecols=[0])"
)
PLOT = Exemplar("2", "Label the axes", "plt.plot(x)\nplt.show()", "plt.plot(x)\nplt.xlabel('x')\nplt.show()")
R = Exemplar("3", "Read fewer columns", "df <- read.csv('a.csv')", "df <- read.csv('b.csv')", language="R")


def test_what_resembles_most_comes_first_and_only_of_the_language() -> None:
    source = "data = pd.read_csv('b.csv')"
    assert resembling([PLOT, R, READ], "read only two columns", source, 5) == (READ,)
    assert resembling([PLOT, READ], "", "plt.plot(y)\nplt.show()", 1) == (PLOT,)
    assert resembling([READ], "read only two columns", source, 0) == ()


def test_an_edit_that_changed_nothing_and_a_second_of_the_same_cell_teach_nothing() -> None:
    nothing = Exemplar("4", READ.instruction, READ.before, READ.before)
    again = Exemplar("5", READ.instruction, READ.before, "df = pd.read_csv('a.csv', nrows=5)")
    assert resembling([nothing, again, READ], READ.instruction, READ.before, 5) == (READ,)


def test_turns_are_asked_as_the_window_asks_and_answered_as_it_wants() -> None:
    first, second, third, fourth = turns([READ, PLOT], load_template(EDIT))
    assert [turn.role for turn in (first, second, third, fourth)] == ["user", "assistant"] * 2
    assert "Label the axes" in first.content and "plt.xlabel" in second.content
    assert third.content.endswith("# Task\nRead fewer columns")
    assert fourth.content == "Read fewer columns.\n\n```python\ndf = pd.read_csv('a.csv', usecols=[0])\n```"


def test_where_several_cells_are_asked_about_an_example_names_its_cell() -> None:
    _, answer = turns([READ], load_template(CELLS_EDIT), labelled=True)
    assert answer.content.startswith("Read fewer columns.\n\n## cell 1\n```python\n")
