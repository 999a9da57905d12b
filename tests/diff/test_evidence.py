"""What speaks for a cell besides its words: equal outputs, names it alone defines, the heading it begins."""

from typing import Any

import pytest

from nbreview.diff.cells import align
from nbreview.diff.evidence import same_definitions, same_levels, same_outputs
from nbreview.notebook.model import Cell
from nbreview.notebook.reader import read_bytes
from tests.builders import code, display, error, markdown, notebook, stream

PICTURE = display(image_png="iVBORw0KGgo" * 9)


def cells(*parts: dict[str, Any]) -> tuple[Cell, ...]:
    return read_bytes(notebook(*parts), "notebook").cells


def outputs(*parts: list[dict[str, Any]]) -> tuple[Cell, ...]:
    return cells(*(code(f"step_{place}()", outputs=part) for place, part in enumerate(parts)))


def everywhere(base: tuple[Cell, ...], head: tuple[Cell, ...]) -> dict[int, int]:
    return same_outputs(base, head, range(len(base)), range(len(head)))


def test_outputs_that_stand_once_on_either_side_agree() -> None:
    base = outputs([stream("1000 rows, 12 columns\n")], [PICTURE], [error("KeyError", "'price of a house'")])
    assert everywhere(base, outputs(*(list(cell.raw["outputs"]) for cell in reversed(base)))) == {
        0: 2,
        1: 1,
        2: 0,
    }


@pytest.mark.parametrize("trifle", [[], [stream("True\n")], [display(text_plain="0")]])
def test_a_trifle_of_output_says_nothing(trifle: list[dict[str, Any]]) -> None:
    assert everywhere(outputs(trifle), outputs(trifle)) == {}


def test_outputs_that_stand_twice_say_nothing() -> None:
    assert everywhere(outputs([PICTURE], [PICTURE]), outputs([PICTURE])) == {}


def test_the_count_of_a_result_makes_no_difference() -> None:
    result = {**display(text_plain="a long result of some kind"), "output_type": "execute_result"}
    base, head = ([{**result, "execution_count": count}] for count in (3, 8))
    assert everywhere(outputs(base), outputs(head)) == {0: 0}


def test_only_the_cells_asked_for_are_looked_at() -> None:
    assert same_outputs(outputs([PICTURE]), outputs([PICTURE]), [0], []) == {}


@pytest.mark.parametrize(
    "source",
    [
        "def load(path):\n    return path",
        "async def load(path): ...",
        "class load:\n    pass",
        "load = 3",
        "load: int = 3",
        "load <- function(path) path",
        "%%time\nload = 3 +",
    ],
)
def test_what_a_cell_defines_is_read_from_its_text(source: str) -> None:
    assert same_definitions(cells(code(source)), cells(code("load = open"))) == {(0, 0): 1.0}


def test_no_definition_is_a_comparison_an_inner_name_prose_or_a_name_defined_twice() -> None:
    head = cells(code("load = open\ninner = 1\ntwice = 2"))
    base = [
        code("load == 3\nif x:\n    inner = 2"),
        markdown("load = 3"),
        code("twice = 1"),
        code("twice = 4"),
    ]
    assert same_definitions(cells(*base), head) == {}


def test_the_share_is_of_the_cell_that_defines_less() -> None:
    base, head = cells(code("a = 1\nb = 2\nc = 3")), cells(code("b = 1\nc = 2"), code("a = 4\nd = 5"))
    assert same_definitions(base, head) == {(0, 0): 1.0, (0, 1): 0.5}


def test_headings_agree_by_their_level_where_it_stands_once() -> None:
    base = cells(markdown("## Data"), markdown("### Get it"), markdown("### Read it"), code("# no heading"))
    head = cells(markdown("### Fetch"), markdown("## Where it comes from"), markdown("#hashtag"))
    assert same_levels(base, head, range(4), range(3)) == {0: 1}


# --- what the ladder makes of it ----------------------------------------------------------------------------


def test_a_rewritten_cell_that_was_not_run_again_is_known_by_its_output() -> None:
    base = cells(code("draw(frame, by='month', with_legend=True)", outputs=[PICTURE]), markdown("The end."))
    head = cells(
        code("draw(frame, by='week', with_title=True)"),
        code("frame.plot.bar(by='month', stacked=True, legend=True)", outputs=[PICTURE]),
        markdown("The end."),
    )
    assert (0, 1) in align(base, head).pairs
    assert (1, 0) in align(head, base).pairs


def test_equal_outputs_alone_join_no_strangers() -> None:
    base = cells(code("alpha beta gamma delta", outputs=[PICTURE]), code("epsilon"), markdown("The end."))
    head = cells(
        code("one"), code("two three"), code("four, five; six: 7", outputs=[PICTURE]), markdown("The end.")
    )
    assert all(row != 0 for row, _ in align(base, head).pairs)


def test_the_cell_that_sets_the_configuration_stays_it_whatever_is_put_before_it() -> None:
    base = cells(markdown("# Start"), code("config_list = read('LIST')\nllm_config = {'timeout': 120}"))
    head = cells(
        markdown("# Start"),
        code("! pip install everything"),
        code("import os\nfrom typing import Any\n\nconfig_list: list[Any] = [\n    os.environ,\n]"),
    )
    assert (1, 2) in align(base, head).pairs


def test_a_section_that_was_given_another_title_keeps_it() -> None:
    base = cells(code("a = 1"), markdown("## How it is done"), markdown("One."), markdown("### Model"))
    head = cells(code("a = 1"), markdown("## Code"), code("print(a)"))
    assert (1, 1) in align(base, head).pairs
    assert (1, 1) in align(head, base).pairs


def test_a_blank_cell_beside_it_does_not_hide_a_cell_rewritten_in_place() -> None:
    base = cells(markdown("# Summary"), code("for day in answers:\n    print(answers[day])"), code(""))
    head = cells(markdown("# Summary"), code("report(everything)"))
    assert (1, 1) in align(base, head).pairs
