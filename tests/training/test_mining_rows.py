"""The row of the paper holds what its authors' tool would have written."""

import difflib

import pytest

from nbreview.history.model import FileStatus
from nbreview.notebook.reader import read_bytes
from nbreview.training.mining_rows import Revised, Source, full_row, paper_row
from tests.builders import code, markdown, notebook

SOURCE = Source("course", "https://example.org/course.git")
REVISED = Revised(
    "a" * 40,
    "b" * 40,
    False,
    7,
    "Subject",
    "Subject\n\nBody",
    "d/x.ipynb",
    "",
    FileStatus.MODIFIED,
    "c" * 40,
    "d" * 40,
)


def test_it_has_the_fields_of_the_paper_in_their_order() -> None:
    base = read_bytes(notebook(markdown("m"), code("a\nb"), code("c")), "x")
    head = read_bytes(notebook(code("a\nB"), code("c"), code("d")), "x")
    row = paper_row(SOURCE, REVISED, base, head)
    assert list(row.items()) == [
        ("repo", "course"),
        ("commit", "a" * 40),
        ("file", "d/x.ipynb"),
        ("message", "Subject"),
        ("old", ["a\nb", "c"]),
        ("new", ["a\nB", "c", "d"]),
        ("cell_diff", [("replace", 0, 1, 0, 1), ("insert", 2, 2, 2, 3)]),
        ("line_diff", [[("replace", 1, 2, 1, 2)]]),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([], ["a"]),
        (["a"], []),
        (["a", "b", "c"], ["x\ny", "b", "z", "c"]),
        (["a\nb", "c\nd"], ["a\nB\nc"]),
        (["", "a"], ["a", "", ""]),
        ([f"cell {number % 7}" for number in range(300)], [f"cell {number % 5}" for number in range(290)]),
    ],
)
def test_its_opcodes_are_those_of_difflib(old: list[str], new: list[str]) -> None:
    sides = [read_bytes(notebook(*map(code, each)), "x") for each in (old, new)]
    row = paper_row(SOURCE, REVISED, *sides)
    opcodes = difflib.SequenceMatcher(None, old, new).get_opcodes()
    assert row["cell_diff"] == [opcode for opcode in opcodes if opcode[0] != "equal"]
    replaced = [opcode for opcode in opcodes if opcode[0] == "replace"]
    assert len(row["line_diff"]) == len(replaced)
    for lines, (_, i1, i2, j1, j2) in zip(row["line_diff"], replaced, strict=True):
        sides_of = "\n".join(old[i1:i2]).split("\n"), "\n".join(new[j1:j2]).split("\n")
        matcher = difflib.SequenceMatcher(None, *sides_of)
        assert lines == [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]


def test_runs_of_lines_rebuild_the_head_from_the_base() -> None:
    old, new = "a\nb\nc\nd\ne", "a\nB\nC\nd\nx\ne\ny"
    base, head = (read_bytes(notebook(code(source, id="a")), "x") for source in (old, new))
    (edit,) = full_row(SOURCE, REVISED, base, head)["edits"]
    lines, at = [], 0
    for _, i1, i2, j1, j2 in edit["lines"]:
        lines += old.split("\n")[at:i1] + new.split("\n")[j1:j2]
        at = i2
    assert lines + old.split("\n")[at:] == new.split("\n")
