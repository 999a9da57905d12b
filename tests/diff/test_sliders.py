"""Added and removed blocks stand where a person would put them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbreview.diff.lines import diff_text
from nbreview.diff.model import EditKind, LineEdit
from nbreview.diff.sliders import slide

DEF = "def {0}():\n    x = {0}\n    return 1\n"
ENTRY = '    "{0}": {{\n        "size": 1,\n    }},\n'
METHOD = "    @property\n    def {0}(self):\n        return 1\n"
LOOP = "for x in {0}:\n    if x:\n        show(x)\n"
ITEM = "- item {0}\n  more\n"
BRANCH = "elif {0}:\n    run({0})\n    stop()\n"


def inserted(base: str, head: str) -> str:
    diff = diff_text(base, head)
    assert {edit.kind for edit in diff.edits} <= {EditKind.EQUAL, EditKind.INSERT}
    lines = [e.head_line for e in diff.edits if e.kind is EditKind.INSERT and e.head_line is not None]
    assert lines == list(range(lines[0], lines[-1] + 1))
    return "".join(f"{diff.head_lines[number]}\n" for number in lines)


@pytest.mark.parametrize(
    ("before", "block", "after"),
    [
        (DEF.format("a") + "\n\n", DEF.format("b") + "\n\n", DEF.format("c")),
        (DEF.format("a"), DEF.format("b"), DEF.format("c")),
        (DEF.format("a"), "\n\n" + DEF.format("b"), ""),
        ("class A:\n" + METHOD.format("a") + "\n", METHOD.format("b") + "\n", METHOD.format("c")),
        ("class A:\n" + METHOD.format("a"), METHOD.format("b"), METHOD.format("c")),
        ("sizes = {\n" + ENTRY.format("a"), ENTRY.format("b"), ENTRY.format("c") + "}\n"),
        ("sizes = {\n" + ENTRY.format("a"), ENTRY.format("b"), "}\n"),
        (
            "fit(\n    x,\n    epochs=1,\n)\n",
            "fit(\n    y,\n    epochs=1,\n)\n",
            "fit(\n    z,\n    epochs=1,\n)\n",
        ),
        (LOOP.format("a"), LOOP.format("b"), LOOP.format("c")),
        ("if a:\n    run(a)\n    stop()\n", BRANCH.format("b"), "else:\n    run(c)\n    stop()\n"),
        ("if a:\n    f()\nelse:\n    h()\n", "if b:\n    g()\nelse:\n    h()\n", "end()\n"),
        ("# first\na()\n\n", "# second\nb()\n\n", "# third\nc()\n"),
        ("One two.\n\n", "Three four.\n\n", "Five six.\n"),
        ("One two.\n", "\nThree four.\n", ""),
        (ITEM.format("a"), ITEM.format("b"), ITEM.format("c")),
        ("# A\n\ntext\n\n", "# B\n\ntext\n\n", "# C\n\ntext\n"),
        ("```python\na()\n```\n\n", "```python\nb()\n```\n\n", "```python\nc()\n```\n"),
    ],
)
def test_a_block_begins_with_its_own_opening(before: str, block: str, after: str) -> None:
    assert inserted(before + after, before + block + after) == block


def test_a_removed_block_does_too() -> None:
    base, head = (DEF.format("a") + "\n" + b + DEF.format("c") for b in (DEF.format("b") + "\n", ""))
    removed = [e.base_line for e in diff_text(base, head).edits if e.kind is EditKind.DELETE]
    assert removed == [4, 5, 6, 7]


def test_a_block_beside_a_replaced_line_slides_away_from_it() -> None:
    base = "def a(x):\n    return 1\n"
    kinds = [
        e.kind.value for e in diff_text(base, "def a(x, y):\n    return 1\n\ndef b():\n    return 1\n").edits
    ]
    assert kinds == ["replace", "equal", "insert", "insert", "insert"]


def test_removals_beside_insertions_stay_together() -> None:
    edits = [
        LineEdit(EditKind.DELETE, 0, None),
        LineEdit(EditKind.INSERT, None, 0),
        LineEdit(EditKind.EQUAL, 1, 1),
    ]
    assert slide(edits, ["b", "a"], ["a", "a"]) == edits


LINES = st.lists(st.sampled_from(["def f():", "    x", "", "}", "    @a"]), max_size=8)


@given(LINES, LINES, LINES)
def test_sliding_keeps_every_line_and_what_is_equal(
    before: list[str], block: list[str], after: list[str]
) -> None:
    base, head = [*before, *after], [*before, *block, *after]
    start, size = len(before), len(block)
    edits = [LineEdit(EditKind.EQUAL, n, n) for n in range(start)]
    edits += [LineEdit(EditKind.INSERT, None, start + n) for n in range(size)]
    edits += [LineEdit(EditKind.EQUAL, start + n, start + size + n) for n in range(len(after))]
    placed = slide(edits, base, head)
    assert [e.base_line for e in placed if e.base_line is not None] == list(range(len(base)))
    assert [e.head_line for e in placed if e.head_line is not None] == list(range(len(head)))
    assert sum(e.kind is EditKind.INSERT for e in placed) == size
    for edit in placed:
        if edit.base_line is not None and edit.head_line is not None:
            assert base[edit.base_line] == head[edit.head_line]
    assert slide(placed, base, head) == placed
