"""A reply is a whole usable cell, or a failure that says why."""

import pytest

from nbreview.assist.replies import NO_REASON, ParsedEdit, parse_edit
from nbreview.notebook.model import Cell
from nbreview.notebook.reader import read_bytes
from tests.builders import code, markdown, notebook

BEFORE = "x = 1\nprint(y)"


def cell(source: str = BEFORE, *, prose: bool = False) -> Cell:
    made = markdown(source) if prose else code(source)
    return read_bytes(notebook(made), "x.ipynb").cells[0]


def parse(
    reply: str, *, before: Cell | None = None, finish: str = "stop", language: str = "python"
) -> ParsedEdit:
    return parse_edit(reply, before or cell(), language, finish)


def test_one_block_with_a_sentence_before_it() -> None:
    assert parse("I renamed y to x. It works now.\n\n```python\nx = 1\nprint(x)\n```") == ParsedEdit(
        "x = 1\nprint(x)", "I renamed y to x."
    )


@pytest.mark.parametrize(
    "reply",
    [
        "Why.\n```\nx = 2\n```",
        "Why.\n```py\nx = 2\n```\n",
        "Why.\n~~~python\nx = 2\n~~~",
        "Why.\n````python\nx = 2\n````",
        "1. Why.\n2.\n   ```python\n   x = 2\n   ```",
        "<think>\nMaybe ```python\nx = 3\n```?\n</think>\nWhy.\n```python\nx = 2\n```",
        "thoughts without their beginning</think>Why.\n```python\nx = 2\n```",
        "```python\nx = 2\n```\nWhy.",
        "Why.\r\n```python\r\nx = 2\r\n```",
        "**Why.**\n```python\nx = 2\n```\nAgain:\n```python\nx = 2\n```",
        'Why.\n```python title="cell"\n\nx = 2\n\n```',
    ],
)
def test_the_forms_that_models_write_it_in(reply: str) -> None:
    assert parse(reply) == ParsedEdit("x = 2", "Why.")


@pytest.mark.parametrize(
    ("reply", "finish", "why"),
    [
        ("", "stop", "The reply is empty."),
        ("  \n", "stop", "The reply is empty."),
        ("<think>hm", "length", "The reply ended before the model was done thinking."),
        ("You should rename y.", "stop", "The reply has no code block."),
        ("You should", "length", "The reply ended before it came to the code block."),
        ("Why.\n```python\nx = 2", "length", "The reply is unfinished: the longest reply was reached."),
        ("Why.\n```python\nx = 2", "stop", "The reply is unfinished: its code block is not closed."),
        ("Why.\n```python\n\n```", "stop", "The code block is empty."),
        (
            f"Why.\n```python\n{BEFORE}\n```",
            "stop",
            "The code block is the cell as it was: nothing is changed.",
        ),
        (
            "Why.\n```python\nx = = 2\n```",
            "stop",
            "The code does not parse: invalid syntax, line 1 (SyntaxError).",
        ),
        (
            "Why.\n```diff\n-x\n+y\n```",
            "stop",
            "The code block is a diff, where the whole cell was asked for.",
        ),
        ("Why.\n```bash\nls\n```", "stop", "The code block is marked as bash, not as Python."),
        (
            "A.\n```python\nx = 2\n```\nB.\n```python\nx = 3\n```",
            "stop",
            "The reply has 2 code blocks, where one with the whole cell was asked for.",
        ),
        (
            "Why.\n```python\nx = 2\n# ... rest of the code unchanged\n```",
            "stop",
            "The code block leaves part of the cell out (“# ... rest of the code unchanged”).",
        ),
    ],
)
def test_what_cannot_be_used_says_why(reply: str, finish: str, why: str) -> None:
    parsed = parse(reply, finish=finish)
    assert (parsed.failed, parsed.source) == (why, "")


@pytest.mark.parametrize(
    "source",
    ["%matplotlib inline\nx = 2", "!pip install a", "await f()", "%%time\nx = 2", "x = !ls", "np.array?"],
)
def test_magics_are_no_syntax_errors(source: str) -> None:
    assert parse(f"Why.\n```python\n{source}\n```").source == source


def test_another_language_is_not_read_as_python() -> None:
    assert parse("Why.\n```r\nx <- c(1\n```", language="R").source == "x <- c(1"


def test_prose_is_taken_as_it_is_with_the_fences_inside_it() -> None:
    reply = "Why.\n````markdown\n# Title\n```python\nx = =\n```\n````"
    assert parse(reply, before=cell("# Old", prose=True)).source == "# Title\n```python\nx = =\n```"


def test_the_end_of_the_cell_stays_as_it_was() -> None:
    assert parse("Why.\n```python\nx = 2\n```", before=cell("x = 1\n")).source == "x = 2\n"


def test_an_ellipsis_that_was_there_before_is_no_omission() -> None:
    parsed = parse("Why.\n```python\n# ...\nx = 2\n```", before=cell("# ...\nx = 1"))
    assert parsed.failed == ""


def test_without_prose_there_is_no_reason() -> None:
    assert parse("```python\nx = 2\n```").reason == NO_REASON


def test_a_long_reason_is_cut() -> None:
    assert len(parse(f"{'word ' * 200}\n```python\nx = 2\n```").reason) <= 301
