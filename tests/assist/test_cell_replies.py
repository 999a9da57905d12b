"""A reply about several cells: each block goes to the cell that its line names, and what cannot be used fails
by itself."""

import pytest

from nbreview.assist.cell_replies import ParsedCells, parse_cells
from nbreview.notebook.model import CellType, Notebook
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import CellEdit
from tests.builders import code, markdown, notebook

BOOK = read_bytes(
    notebook(code("a = 1"), code("b = 2"), markdown("# Three"), code("# Cell 4: plot\nd = 4"), code("e = 5")),
    "x.ipynb",
)
CHANGE, INSERT, REMOVE = CellEdit.CHANGE, CellEdit.INSERT, CellEdit.REMOVE


def parse(
    reply: str, *, asked: tuple[int, ...] = (0, 1, 2, 3, 4), finish: str = "stop", book: Notebook = BOOK
) -> ParsedCells:
    return parse_cells(reply, book, asked, finish)


def made(parsed: ParsedCells) -> list[tuple[CellEdit, int, str]]:
    return [(each.edit, each.index, each.source) for each in parsed.proposals if not each.failed]


def test_the_form_that_was_asked_for() -> None:
    parsed = parse(
        "Renamed a.\n\n## cell 1\n```python\nalpha = 1\n```\n\n"
        "## new cell after 1\n```markdown\n# Next\n```\n\n## remove cell 5\n"
    )
    assert made(parsed) == [(CHANGE, 0, "alpha = 1"), (INSERT, 0, "# Next"), (REMOVE, 4, "")]
    assert parsed.proposals[1].cell_type is CellType.MARKDOWN
    assert (parsed.reason, parsed.failed, parsed.whole) == ("Renamed a.", "", True)


@pytest.mark.parametrize(
    "line",
    [
        "## cell 2",
        "## Cell 2",
        "### Cell 2:",
        "**Cell 2**",
        "**Cell 2:**",
        "Cell 2:",
        "## Cell 2 (code)",
        "## Cell [2]",
        "## Cell #2",
        "## Updated cell 2",
        "- Cell 2:",
        "`## cell 2`",
        "## Cell 2 - use three",
    ],
)
def test_the_labels_that_models_write(line: str) -> None:
    assert made(parse(f"Why.\n{line}\n```python\nb = 3\n```")) == [(CHANGE, 1, "b = 3")]


@pytest.mark.parametrize(
    ("line", "index"),
    [
        ("## new cell after 2", 1),
        ("## New cell after cell 2", 1),
        ("## new code cell after 2", 1),
        ("## New cell (code) after cell 2:", 1),
        ("## insert a new cell before cell 2", 0),
        ("## add cell after 2", 1),
        ("**New cell below cell 2**", 1),
        ("## new cell before 1", -1),
        ("## new cell at the beginning", -1),
        ("## new cell at the end", 4),
        ("## new cell after the last cell", 4),
    ],
)
def test_where_a_new_cell_goes(line: str, index: int) -> None:
    assert made(parse(f"Why.\n{line}\n```python\nz = 0\n```")) == [(INSERT, index, "z = 0")]


@pytest.mark.parametrize(
    ("line", "indices"),
    [
        ("## remove cell 2", [1]),
        ("## Delete cell 2", [1]),
        ("## cell 2: remove", [1]),
        ("## Cell 2 (removed)", [1]),
        ("## remove cells 2 and 5", [1, 4]),
        ("## remove cells 1-3", [0, 1, 2]),
    ],
)
def test_what_is_removed(line: str, indices: list[int]) -> None:
    assert made(parse(f"Why.\n{line}\n")) == [(REMOVE, index, "") for index in indices]


def test_a_sentence_about_a_cell_is_no_label() -> None:
    parsed = parse(
        "Cell 2 uses a name that cell 1 does not bind, which fails when it is run.\n"
        "Delete cell 5 if you do not need it any more.\n## cell 1\n```python\na = 3\n```"
    )
    assert made(parsed) == [(CHANGE, 0, "a = 3")]


def test_a_label_inside_the_block_is_understood() -> None:
    assert made(parse("Why.\n```python\n# Cell 2\nb = 3\n```")) == [(CHANGE, 1, "b = 3")]
    both = parse("Why.\n```python\n# cell 1\na = 7\n# cell 2\nb = 8\n```")
    assert [(index, source.strip()) for _, index, source in made(both)] == [(0, "a = 7"), (1, "b = 8")]


def test_a_comment_of_the_author_that_looks_like_a_label_stays() -> None:
    parsed = parse("Why.\n## cell 4\n```python\n# Cell 4: plot\nd = 40\n```")
    assert made(parsed) == [(CHANGE, 3, "# Cell 4: plot\nd = 40")]


def test_cells_that_are_repeated_as_they_were_are_no_changes() -> None:
    parsed = parse("Why.\n## cell 1\n```python\na = 1\n```\n## cell 2\n```python\nb = 3\n```")
    assert made(parsed) == [(CHANGE, 1, "b = 3")] and parsed.whole
    same = parse("Why.\n## cell 1\n```python\na = 1\n```")
    assert same.failed == "The reply changes no cell."


def test_one_cell_that_does_not_parse_does_not_spoil_the_others() -> None:
    parsed = parse("Why.\n## cell 1\n```python\na = = 1\n```\n## cell 2\n```python\nb = 3\n```")
    assert made(parsed) == [(CHANGE, 1, "b = 3")]
    assert not parsed.whole and "Cell 1: The code does not parse" in parsed.complaint


@pytest.mark.parametrize(
    ("reply", "finish", "why"),
    [
        ("", "stop", "The reply is empty."),
        ("<think>hm", "length", "The reply ended before the model was done thinking."),
        ("You should rename it.", "stop", "The reply has no code block."),
        ("You should", "length", "The reply ended before it came to a code block."),
        ("Why.\n```python\nb = 3\n```", "stop", "A code block does not say which cell it is for."),
        (
            "Why.\n## cell 1\n```python\na = 2",
            "length",
            "The reply is unfinished: the longest reply was reached.",
        ),
        ("Why.\n## cell 1\n```python\na = = 2\n```", "stop", "The code does not parse"),
        ("Why.\n## cell 1\n```python\na = 2\n```", "stop", "Cell 1 was not among the cells"),
    ],
)
def test_what_cannot_be_used_says_why(reply: str, finish: str, why: str) -> None:
    parsed = parse(reply, finish=finish, asked=(1, 2) if "not among" in why else (0, 1, 2, 3, 4))
    assert parsed.failed.startswith(why) and not made(parsed)


def test_of_a_reply_that_was_cut_off_the_finished_cells_can_be_used() -> None:
    parsed = parse("Why.\n## cell 1\n```python\na = 2\n```\n## cell 2\n```python\nb =", finish="length")
    assert made(parsed) == [(CHANGE, 0, "a = 2")]
    assert [each.failed for each in parsed.proposals] == [
        "",
        "The reply is unfinished: the longest reply was reached.",
    ]


def test_one_cell_that_was_asked_about_needs_no_label() -> None:
    assert made(parse("Why.\n```python\nb = 3\n```", asked=(1,))) == [(CHANGE, 1, "b = 3")]


def test_a_cell_cannot_be_changed_twice_or_changed_and_removed() -> None:
    twice = parse("Why.\n## cell 1\n```python\na = 2\n```\n## cell 1\n```python\na = 3\n```")
    assert made(twice) == [] and "two code blocks for cell 1" in twice.failed
    both = parse("Why.\n## cell 1\n```python\na = 2\n```\n## remove cell 1")
    assert made(both) == [(CHANGE, 0, "a = 2")] and "both changed and removed" in both.complaint


def test_markdown_keeps_headings_that_look_like_labels() -> None:
    parsed = parse("Why.\n## cell 3\n````markdown\n# Three\n## Cell 1\n```python\nx\n```\n````")
    assert made(parsed) == [(CHANGE, 2, "# Three\n## Cell 1\n```python\nx\n```")]


def test_a_thought_about_cells_changes_none() -> None:
    parsed = parse("<think>\n## remove cell 1\n</think>\nWhy.\n## cell 2\n```python\nb = 3\n```")
    assert made(parsed) == [(CHANGE, 1, "b = 3")]
