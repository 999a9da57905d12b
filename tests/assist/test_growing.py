"""A reply that is still being written shows what it will change; the rest of the cell stays as it was."""

from nbreview.assist.growing import Growth
from nbreview.notebook.reader import read_bytes
from nbreview.review.model import CellEdit
from tests.builders import code, notebook

BASE = "import os\na = 1\nb = 2\nc = 3\nprint(a)"
BOOK = read_bytes(notebook(code(BASE), code("x = 1")), "x.ipynb")
AFTER = "import os\nimport sys\na = 1\nb = 20\nc = 3\nprint(a)"
REPLY = f"Added sys.\n```python\n{AFTER}\n```"


def test_while_it_thinks_there_is_nothing_to_show() -> None:
    growth = Growth(BOOK, 0)
    assert growth.take("<think>\nshould I ```python\nx```").thinking
    assert not growth.take("").thinking


def test_what_is_not_written_yet_stays_as_it_was() -> None:
    growth = Growth(BOOK, 0)
    (cell,) = growth.take("Added sys.\n```python\nimport os\nimport sys\na = 1\n").cells
    assert cell.source == "import os\nimport sys\na = 1\nb = 2\nc = 3\nprint(a)" and not cell.done
    (cell,) = growth.take("Added sys.\n```python\nimport os\nimport sys\na = 1\nb = 20\n").cells
    assert cell.source == "import os\nimport sys\na = 1\nb = 20\nc = 3\nprint(a)"


def test_every_prefix_of_a_reply_can_be_shown_and_the_last_is_the_answer() -> None:
    growth = Growth(BOOK, 0)
    for end in range(len(REPLY) + 1):
        grown = growth.take(REPLY[:end])
        assert len(grown.cells) <= 1
    assert grown.cells[0].source == AFTER and grown.cells[0].done
    assert grown.words == "Added sys."


def test_several_cells_grow_each_under_its_label() -> None:
    said = "Why.\n## cell 2\n```python\nx = 2\n```\n## new cell after 2\n```python\ny = 3\n```\n"
    said += "## remove cell 1\n"
    cells = Growth(BOOK).take(said).cells
    assert [(cell.edit, cell.index, cell.source) for cell in cells] == [
        (CellEdit.CHANGE, 1, "x = 2"),
        (CellEdit.INSERT, 1, "y = 3"),
        (CellEdit.REMOVE, 0, ""),
    ]
